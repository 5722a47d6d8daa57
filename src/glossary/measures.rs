//! The measures of `weaktie measure` and of the audit.

use super::{Term, term};

/// Where structural holes come from.
pub(super) const BURT: &str = "Burt 1992, Structural Holes";

/// Every measure, then every term, as `weaktie explain` lists them.
pub(super) static MEASURES: &[Term] = &[
    term(
        "degree",
        &["ties"],
        [
            "How many people somebody has a tie with.",
            "the number of different neighbours",
            "In an audit: ties among your contacts, you yourself not counted. An isolate has 0.",
            "",
        ],
    ),
    term(
        "strength",
        &["tie-strength", "tie strength"],
        [
            "In an audit: how much contact a tie holds, 0 to 1, lately and in both directions. In `weaktie measure`: the sum of a person's tie weights.",
            "audit: s = A / (A + A50), A = r^0.5 b sum of c/(k - 1) 2^(-age/h): channel weight c, k people, half-life h, reciprocity r, breadth of channels b, A50 your median; measure: sum_j a_ij",
            "Connected and never talked: 0. A50 is frozen at the first audit, so that quarters compare.",
            "Marsden & Campbell 1984; Gilbert & Karahalios 2009; sum of weights: Barrat et al. 2004",
        ],
    ),
    term(
        "betweenness",
        &["betweenness centrality"],
        [
            "How often somebody lies on the shortest way between two others: through whom the others reach each other.",
            "B(v) = sum over pairs s, t of (shortest ways through v) / (shortest ways), ways by number of ties",
            "Each unordered pair counts once, ends do not count. Pairs that cannot reach each other count for nobody.",
            "Freeman 1977; Brandes 2001, J. Math. Soc. 25:163",
        ],
    ),
    term(
        "betweenness-normalized",
        &[],
        [
            "Betweenness as a share of all pairs of others.",
            "B / ((n - 1)(n - 2) / 2), n all people of the network",
            "Undefined with two people or fewer. Leave the owner out: kept in, the owner is everybody's shortcut.",
            "Freeman 1977",
        ],
    ),
    term(
        "betweenness-weighted",
        &["betweenness-inverse-weight"],
        [
            "Betweenness where strong ties are short: a tie of weight w has the length 1/w.",
            "as betweenness, shortest ways by the sum of 1/w",
            "Lengths that agree to a relative 1e-10 are equal: sums that are equal on paper differ in their last bits.",
            "Brandes 2008, Social Networks 30:136",
        ],
    ),
    term(
        "betweenness-inverse-weight",
        &[],
        [
            "The same as betweenness-weighted, under the name that reference values use.",
            "as betweenness, shortest ways by the sum of 1/w",
            "See betweenness-weighted.",
            "Brandes 2008, Social Networks 30:136",
        ],
    ),
    term(
        "betweenness-sampled",
        &["betweenness-sampled-low", "betweenness-sampled-high"],
        [
            "Betweenness estimated, where the exact answer would take too long. `weaktie measure` draws shortest ways and gives an interval for each person, -low to -high; an audit counts from a part of the people, without a bound.",
            "share of r drawn shortest ways through v, times n(n - 1)/2; interval from r KL(share || b) <= ln(2n/0.1)",
            "All intervals of one run hold at once with 90% confidence. People whose intervals overlap are not told apart.",
            "Riondato & Kornaropoulos 2016, DMKD 30:438; audit: Brandes & Pich 2007",
        ],
    ),
    term(
        "closeness",
        &["closeness centrality"],
        [
            "How few steps somebody is from the others, on average.",
            "(r - 1) / sum of distances, times (r - 1) / (n - 1): r people reached, n in all",
            "Undefined for an isolate. In a network in parts the second factor makes parts comparable.",
            "Wasserman & Faust 1994",
        ],
    ),
    term(
        "closeness-component",
        &[],
        [
            "Closeness within one's own part of the network only.",
            "(r - 1) / sum of distances to the r - 1 others reached",
            "Undefined for an isolate. Large in tiny parts: do not compare between parts.",
            "Freeman 1979",
        ],
    ),
    term(
        "harmonic",
        &["harmonic centrality"],
        [
            "How near the others are, each by the inverse of its distance.",
            "sum over all others of 1 / distance",
            "Somebody out of reach adds 0; an isolate has 0.",
            "Marchiori & Latora 2000; Boldi & Vigna 2014",
        ],
    ),
    term(
        "constraint",
        &["structural holes", "burt"],
        [
            "How much a person's contacts are tied to each other, so that there is little room between them. Lower is more open.",
            "C_i = sum_j (p_ij + sum_q p_iq p_qj)^2, p_ij = a_ij / sum_k a_ik over the whole network",
            "An isolate has none. One contact: 1. It may exceed 1 (a triangle has 9/8) and is no percentage. Yours is taken with you in the network, your contacts' without you.",
            BURT,
        ],
    ),
    term(
        "constraint-weighted",
        &[],
        [
            "Constraint in which strong ties take more of the room.",
            "as constraint, a_ij the tie weights",
            "As constraint.",
            BURT,
        ],
    ),
    term(
        "effective-size",
        &["effective size"],
        [
            "How many contacts are left when those who know each other count for less than one.",
            "ES_i = sum_j (1 - sum_q p_iq m_jq), m_jq = a_jq / max_k a_jk; with all ties alike n - 2t/n, t ties among the n contacts",
            "An isolate has none; one contact: 1. With all ties alike between 1 and the degree.",
            "Burt 1992; Borgatti 1997, Connections 20(1):35",
        ],
    ),
    term(
        "effective-size-weighted",
        &[],
        [
            "Effective size in which strong ties make contacts more alike.",
            "as effective-size, with tie weights",
            "p over the sum of i's weights, m over the largest weight of j: some libraries take the wrong maximum.",
            BURT,
        ],
    ),
    term(
        "efficiency",
        &["efficiency-weighted"],
        [
            "The share of one's contacts that is not redundant.",
            "effective size / degree",
            "An isolate has none.",
            BURT,
        ],
    ),
    term(
        "efficiency-weighted",
        &[],
        [
            "Efficiency from the weighted effective size.",
            "effective-size-weighted / degree",
            "An isolate has none.",
            BURT,
        ],
    ),
    term(
        "hierarchy",
        &["coleman-theil"],
        [
            "Whether constraint comes from all contacts alike (0) or from one who binds them all (1).",
            "H = sum_j r_j ln r_j / (N ln N), r_j = c_ij / (C_i / N)",
            "Undefined below two contacts: a single contact has no hierarchy to speak of.",
            BURT,
        ],
    ),
    term(
        "hierarchy-weighted",
        &[],
        [
            "Hierarchy of the weighted constraint.",
            "as hierarchy, from constraint-weighted",
            "Undefined below two contacts.",
            BURT,
        ],
    ),
    term(
        "clustering",
        &["clustering coefficient", "closure"],
        [
            "How many of somebody's contacts know each other.",
            "2t / (k(k - 1)), t ties among the k contacts",
            "0 below two contacts, by custom: the one measure here that is not empty where it is undefined.",
            "Watts & Strogatz 1998, Nature 393:440",
        ],
    ),
    term(
        "clustering-barrat",
        &[],
        [
            "Clustering in which a closed pair counts by the weight of the two ties to it.",
            "sum over closed pairs j, h in both orders of (a_ij + a_ih)/2, over s_i (k_i - 1)",
            "0 below two contacts.",
            "Barrat et al. 2004, PNAS 101:3747",
        ],
    ),
    term(
        "clustering-onnela",
        &[],
        [
            "Clustering in which a triangle counts by the geometric mean of its weights.",
            "mean over pairs of (w_ij w_jh w_hi)^(1/3), weights over the largest of the network",
            "0 below two contacts.",
            "Onnela et al. 2005, PRE 71:065103",
        ],
    ),
    term(
        "triangles",
        &[],
        [
            "Pairs of contacts who know each other.",
            "ties among the contacts",
            "Of the whole network: each triangle once.",
            "",
        ],
    ),
    term(
        "embeddedness",
        &[],
        [
            "How many contacts the two ends of a tie share; of a person, the mean over the ties.",
            "2t / k, t ties among the k contacts",
            "Undefined without a tie.",
            "Granovetter 1985",
        ],
    ),
    term(
        "local-bridges",
        &["local bridge", "local-bridge"],
        [
            "Ties whose two ends share no contact: the next way round is longer than two steps.",
            "ties of embeddedness 0",
            "Every bridge is a local bridge, not the other way about.",
            "Granovetter 1973, AJS 78:1360",
        ],
    ),
    term(
        "core-number",
        &["k-core", "core"],
        [
            "How deep in the network's core somebody stands.",
            "the largest k such that the person is in a part where everybody has k ties within it",
            "An isolate has 0.",
            "Seidman 1983, Social Networks 5:269",
        ],
    ),
    term(
        "pagerank",
        &[],
        [
            "Where a walker is found who follows ties at random and now and then starts anew anywhere.",
            "x = (1 - d)/n + d sum_j x_j a_ij / s_j, d = 0.85, summing to 1",
            "Somebody without ties hands the walker to all alike.",
            "Page et al. 1999",
        ],
    ),
    term(
        "pagerank-weighted",
        &[],
        [
            "PageRank in which the walker prefers strong ties.",
            "as pagerank, a_ij the tie weights",
            "As pagerank.",
            "Page et al. 1999",
        ],
    ),
    term(
        "articulation",
        &["articulation point", "cut point", "cut-point"],
        [
            "How many people are cut off from the rest when this one is gone.",
            "people of the component outside the largest part left without the person",
            "0 for most: only an articulation point cuts anybody off. On observed ties only.",
            "Hopcroft & Tarjan 1973, CACM 16:372",
        ],
    ),
    term(
        "bridges",
        &["bridge"],
        [
            "Ties whose loss parts the network. In a report: people who join circles.",
            "ties that lie on no cycle",
            "A tie to somebody with no other tie is always a bridge.",
            "Granovetter 1973; Tarjan 1974",
        ],
    ),
    term(
        "component",
        &["components"],
        [
            "The part of the network that somebody can reach, by number: 0 is the largest.",
            "numbered by size, then by the first id",
            "An isolate is a component of one.",
            "",
        ],
    ),
    term(
        "component-size",
        &[],
        ["How many people are in somebody's component.", "", "An isolate: 1.", ""],
    ),
    term(
        "active-ties",
        &["active tie", "active-tie", "active"],
        [
            "Ties with contact lately, by their own rhythm.",
            "last contact within max(365 days, 3 times the usual gap)",
            "Connected and never talked is not active, and not neglect.",
            "",
        ],
    ),
    term(
        "overdue",
        &[],
        [
            "How long a tie has been quiet against its own usual gap.",
            "days of silence / usual gap",
            "Undefined without a contact day. The report calls a tie overdue when its state is `neglected`: quiet for over 3 usual gaps and 21 days.",
            "",
        ],
    ),
    term(
        "p-contact",
        &["chance of contact"],
        [
            "The chance of contact within 90 days, from the tie's past rhythm.",
            "stack of a pretrained logistic, learned further on the log, with MBG/NBD (bursts, then silence for good)",
            "A model, not a promise: it knows only what the logs know. `weaktie backtest` says how well it did.",
            "Batislam, Denizel & Filiztekin 2007, IJRM 24:201; module forecast",
        ],
    ),
    term(
        "signature-change",
        &["social-signature", "signature", "jsd", "jensen-shannon"],
        [
            "How much the way you spread your contact changed against the quarter before, whoever the people are.",
            "Jensen-Shannon divergence in bits between the shares of contact days by rank: H((p + q)/2) - (H(p) + H(q))/2",
            "0 = the same pattern, 1 = nothing in common. Undefined where one of the quarters has fewer than five ties, or begins before the log.",
            "Saramaki et al. 2014, PNAS 111:942",
        ],
    ),
    term(
        "survival-bridging",
        &["survival", "bridge-decay"],
        [
            "The share of ties without a common contact, active a year ago, that had contact in the year since.",
            "survived / ties a year ago",
            "Undefined below eight ties, with a log of under two years, or without ties among contacts. A common contact that no log shows counts as none.",
            "Burt 2002, Social Networks 24:333",
        ],
    ),
    term(
        "survival-embedded",
        &[],
        [
            "The share of ties with a common contact, active a year ago, that had contact in the year since.",
            "survived / ties a year ago",
            "As survival-bridging.",
            "Burt 2002, Social Networks 24:333",
        ],
    ),
    term(
        "attention-top-5",
        &["attention"],
        [
            "The share of contact that goes to the five people who get most of it.",
            "their contact over all contact in the quarter",
            "Undefined without contact in the quarter.",
            "",
        ],
    ),
    term(
        "community",
        &["communities", "leiden"],
        [
            "Which group of closely tied people somebody is in, 0 the largest.",
            "Leiden, best modularity of 20 seeds (up to 100 on small networks), improved from what all seeds agree upon; by tie weights where there are any",
            "An isolate is alone in its community. Above four million arcs fewer seeds are tried. In an audit communities of five and more have letters.",
            "Traag, Waltman & van Eck 2019, Sci. Rep. 9:5233",
        ],
    ),
    term(
        "participation",
        &["participation coefficient"],
        [
            "How evenly somebody's ties spread over the communities: 0 all in one, towards 1 over many.",
            "P_i = 1 - sum over communities c of (k_ic / k_i)^2, by tie weights",
            "The largest value is 1 - 1/communities, not 1. Without a tie: undefined. One tie: 0.",
            "Guimera & Amaral 2005, Nature 433:895",
        ],
    ),
    term(
        "modularity",
        &["q"],
        [
            "How much more ties fall within the circles than chance would have it.",
            "Q = sum_c [L_c/m - (K_c/2m)^2], L ties within, K the degrees of circle c",
            "Undefined without ties. Not comparable between networks of different size.",
            "Newman & Girvan 2004, PRE 69:026113",
        ],
    ),
    term(
        "community-stability",
        &["circle", "circles"],
        [
            "How surely somebody belongs to a circle: the share of the circle that stays together over all seeds.",
            "Leiden communities, 20 to 100 seeds; the best modularity is shown",
            "Undefined alone in a circle. Below 0.7 somebody stands between circles.",
            "Traag, Waltman & van Eck 2019, Sci. Rep. 9:5233",
        ],
    ),
];
