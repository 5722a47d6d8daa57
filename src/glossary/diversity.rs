//! Measures and words of diversity, goals and homophily.

use super::{Term, term};

const HILL: &str = "Hill 1973, Ecology 54:427; Jost 2006, Oikos 113:363";

/// Measures that an audit keeps by id.
pub(super) static MEASURES: &[Term] = &[
    term(
        "effective-functions",
        &["effective number", "effective-number", "diversity", "hill number", "hill"],
        [
            "How many equally common kinds of work would be as diverse as yours.",
            "effective number of order 2: 1 / sum p_k^2 over the shares p of the kinds known",
            "People of unknown kind are left out and counted; below 60% known none is given; 1 when all are alike.",
            HILL,
        ],
    ),
    term(
        "effective-industries",
        &[],
        [
            "How many equally common industries would be as diverse as those your attention goes to.",
            "effective number of order 2 over the industries of employers, by tie strength",
            "None below 60% known, or without a log.",
            HILL,
        ],
    ),
    term(
        "social-diversity",
        &["evenness", "eagle", "pielou"],
        [
            "How evenly your attention falls on your active contacts: 1 = alike on all, 0 = all on one.",
            "-sum p_i ln p_i / ln k over k contacts, p_i the share of tie strength",
            "Undefined with fewer than two active contacts.",
            "Eagle, Macy & Claxton 2010, Science 328:1029",
        ],
    ),
    term(
        "reach",
        &["circles reached"],
        [
            "How many circles a contact's own ties reach: 1 = all in one circle.",
            "effective number of order 2 over the circles of the contact's neighbours, by tie weight",
            "None for a contact without an observed tie into a circle: not seen is not alone.",
            HILL,
        ],
    ),
    term(
        "diversity-bandwidth",
        &["bandwidth", "trade-off", "rich and thin"],
        [
            "Whether contacts who reach many circles get less of your time (below 0) or more.",
            "Spearman's rank correlation of reach and contact days a month, ties with six or more contact days",
            "None below three such ties. Rich and thin: 1.5 circles or more, under one contact day a month.",
            "Aral & Van Alstyne 2011, AJS 117:90",
        ],
    ),
    term(
        "goal-divergence",
        &["jensen-shannon", "jsd", "goal", "goals", "gap"],
        [
            "How far your attention is from the mixes you set as goals: 0 = met, 1 = nothing in common.",
            "mean over attributes of H2((p + g)/2) - (H2(p) + H2(g))/2, in bits, over the known",
            "None without goals. By people where there is no log. Not a square root, as some libraries give.",
            "Lin 1991, IEEE Trans. Inf. Theory 37:145",
        ],
    ),
];

/// Words of the diversity section.
pub(super) static TERMS: &[Term] = &[
    term(
        "coverage",
        &["equal coverage", "rarefaction", "sample coverage"],
        [
            "Which share of the whole belongs to classes that are seen. Two quarters are compared at the same coverage, so that the larger one does not look more diverse for its size alone.",
            "1 - f1/n A, f1 classes seen once, A from f1 and f2; the richer quarter is thinned out to the smaller coverage",
            "None where every class is seen once. Head counts only. Contacts are a census of ties: this equalises size, no more.",
            "Chao & Jost 2012, Ecology 93:2533; Chao et al. 2014, Ecol. Monogr. 84:45",
        ],
    ),
    term(
        "unknown",
        &["unknowns", "bounds"],
        [
            "People whose class the title or employer does not tell. They are left out of shares and counted; the report says what they could change.",
            "bounds: all in the largest class, all distinct; interval: 500 completions from the known",
            "The interval assumes that being unknown has nothing to do with the class; the bounds always hold.",
            "Rubin & Schenker 1986, JASA 81:366",
        ],
    ),
    term(
        "similar-diversity",
        &["rao", "leinster-cobbold", "similar_attention", "similarity-sensitive"],
        [
            "Effective number where two classes of one kind (finance and insurance) are half alike.",
            "1 / (1 - Q), Q = sum p_i p_j d_ij, d = 0 same class, 1/2 same kind, 1 otherwise",
            "For function, seniority and industry, which have kinds. Never above the plain number.",
            "Leinster & Cobbold 2012, Ecology 93:477; Rao 1982",
        ],
    ),
    term(
        "ei-index",
        &["e-i index", "e–i", "homophily"],
        [
            "Whether ties stay within one's own kind (-1) or all lead out of it (1).",
            "(E - I) / (E + I), E ties to another class, I to the same; by head count or by attention",
            "Read against chance: the same classes dealt anew among the same people. None where your own class is not known.",
            "Krackhardt & Stern 1988, Social Psychology Quarterly 51:123",
        ],
    ),
    term(
        "inbreeding",
        &["coleman", "inbreeding homophily"],
        [
            "How much more attention goes to your own kind than its share would give: 0 = as its share, 1 = all.",
            "(H - w) / (1 - w) if H >= w, else (H - w) / w; w the goal's share, or that of your contacts by head count",
            "None where w is 0 or 1. Never measured against a population.",
            "Coleman 1958",
        ],
    ),
    term(
        "joint-gap",
        &["joint gaps", "hole", "expected"],
        [
            "A combination of industry and career band with nobody active, though somebody would be expected.",
            "expected = people times both shares; a gap from 1 expected with goals, from 3 without",
            "People with either unknown are in no combination.",
            "",
        ],
    ),
    term(
        "closing",
        &["set cover", "fewest people"],
        [
            "The fewest people you already know, and hear nothing from, whose ties would close the gaps of your goals.",
            "set multicover: greedy, then branch and bound; the report says whether fewer were ruled out",
            "By head count. What nobody known could fill is told as short.",
            "Dobson 1982, Math. Oper. Res. 7:515",
        ],
    ),
    term(
        "preset",
        &["presets", "job-search", "founder-raising", "consultant", "researcher", "new-manager"],
        [
            "A named starting point for goals: a rule of thumb of this program, not advice about you.",
            "",
            "What you write under [goals] wins, attribute by attribute.",
            "",
        ],
    ),
    term(
        "relative-seniority",
        &["mentor", "peer", "emerging", "standing"],
        [
            "A contact's career stage against yours: two ranks above mentor, two below emerging, else peer.",
            "rank of the contact's title less rank of yours",
            "Unsure for owners, boards and the retired. Your tags mentor and mentee win. Never age.",
            "",
        ],
    ),
    term(
        "relation",
        &["type of tie", "internal", "alum", "client", "vendor", "industry", "outside"],
        [
            "What a contact is to you: own house, a house you left, client, vendor, own industry, other industries.",
            "first match: your tag; your employer; an employer or school you left; your industry; another industry",
            "Clients and vendors are known from tags under [boundaries.roles] alone.",
            "",
        ],
    ),
    term(
        "time-known",
        &["time known"],
        [
            "How long you have known somebody: since connecting, or the first message if that was earlier.",
            "up to 1, 1 to 3, 3 to 7, 7 years and more",
            "A log shows nothing before its first day.",
            "",
        ],
    ),
    term(
        "protected-attributes",
        &["gender", "ethnicity", "age", "religion", "health status"],
        [
            "Never inferred here: no attribute, class or column speaks of gender, sex, age, birth, ethnicity, race, nationality, religion, health, disability, orientation, family, politics or language.",
            "",
            "A test holds every name in the data formats against the list.",
            "",
        ],
    ),
];
