//! Words of the report and of the table of ties that are no measures.

use super::measures::BURT;
use super::{Term, term};

/// Words of the report that are no measures.
pub(super) static TERMS: &[Term] = &[
    term(
        "usual-gap",
        &["rhythm", "cadence", "usual gap"],
        [
            "A tie's own rhythm: the days that usually pass between two contact days.",
            "median gap, shrunk towards yours by two gaps: exp((x ln med + 2 ln yours) / (x + 2))",
            "With few contacts mostly your own usual gap.",
            "",
        ],
    ),
    term(
        "on-rhythm",
        &["on rhythm", "states", "state"],
        [
            "Quiet for no longer than usual. States of a tie, first that fits: never active, gone, new, dormant, lapsed, neglected, slipping, on rhythm.",
            "none of the other states",
            "",
            "",
        ],
    ),
    term(
        "new",
        &[],
        [
            "A tie that has just begun.",
            "first contact within 90 days and fewer than three contact days",
            "",
            "",
        ],
    ),
    term(
        "slipping",
        &[],
        [
            "Quiet for somewhat longer than usual.",
            "silence over 1.5 usual gaps and 14 days",
            "The factors 1.5, 3 and 8 are settings.",
            "",
        ],
    ),
    term(
        "neglected",
        &["neglect", "overdue-tie"],
        [
            "Quiet for much longer than usual. The report calls such a tie overdue; the data files say `neglected`.",
            "silence over 3 usual gaps and 21 days",
            "By the tie's own rhythm: a friend of twice a year is not neglected after a month.",
            "",
        ],
    ),
    term(
        "lapsed",
        &[],
        [
            "Quiet for so long that the rhythm is gone.",
            "silence over 8 usual gaps and 60 days",
            "Ties with a usual gap over 137 days pass from neglected to dormant.",
            "",
        ],
    ),
    term(
        "dormant",
        &[],
        [
            "Once active, quiet for three years or more. Dormant ties often help most when revived.",
            "no contact for 1,095 days",
            "",
            "Levin, Walter & Murnighan 2011, Organization Science 22:923",
        ],
    ),
    term(
        "gone",
        &[],
        [
            "The other person has fallen silent towards everybody: not your neglect.",
            "no activity with anybody for max(180 days, 8 usual gaps)",
            "Only where the log shows the others' activity.",
            "",
        ],
    ),
    term(
        "never-active",
        &["never talked", "connected, never talked"],
        [
            "Connected, and no contact on record.",
            "no contact day",
            "The date of connecting is no contact day.",
            "",
        ],
    ),
    term(
        "evidence",
        &["interaction", "co-presence", "declared", "inferred", "tier"],
        [
            "How a tie is known, best first: interaction (they wrote or met), co-presence (one thread or meeting), declared (somebody said so), inferred (same employer at one time).",
            "",
            "A measure states the lowest tier it rests on. No action rests on inferred ties alone.",
            "",
        ],
    ),
    term(
        "weak-tie",
        &["weak tie"],
        [
            "A tie of little strength. Such ties lead out of one's own circle more often than strong ones.",
            "",
            "Jobs came most through moderately weak ties.",
            "Granovetter 1973, AJS 78:1360; Rajkumar et al. 2022, Science 377:1304",
        ],
    ),
    term(
        "structural-hole",
        &["hole", "broker", "brokerage"],
        [
            "A missing tie between two of somebody's contacts. Who spans it is a broker.",
            "",
            "Ties that the data does not show look like holes.",
            BURT,
        ],
    ),
    term(
        "strait",
        &["only route", "sole bridge"],
        [
            "All ties between two circles. With a single person on it that person is the only route.",
            "",
            "Of your network as observed: they may know each other in ways no log shows.",
            "",
        ],
    ),
    term(
        "transitivity",
        &[],
        [
            "How often two contacts of one person know each other, over the whole network.",
            "3 triangles / two-paths",
            "Undefined without a two-path. Average clustering weighs people alike, this one pairs.",
            "Newman, Strogatz & Watts 2001",
        ],
    ),
    term(
        "density",
        &[],
        [
            "The share of possible ties that exist.",
            "ties / (n(n - 1)/2)",
            "Undefined below two people. Falls with size: not comparable between networks.",
            "",
        ],
    ),
    term(
        "assortativity-degree",
        &["assortativity"],
        [
            "Whether busy people are tied to busy people (above 0) or to quiet ones (below).",
            "correlation of the degrees at the two ends of a tie",
            "Undefined when all have equally many ties.",
            "Newman 2002, PRL 89:208701",
        ],
    ),
    term(
        "burstiness",
        &["bursts", "bursty"],
        [
            "Whether contact comes in bursts (towards 1), at random (about 0) or like clockwork (towards -1).",
            "(sqrt(n + 1) r - sqrt(n - 1)) / ((sqrt(n + 1) - 2) r + sqrt(n - 1)), r the gaps' standard deviation over their mean, n gaps",
            "Told from five gaps on; the finite-size form, so that short histories do not look regular.",
            "Goh & Barabasi 2008, EPL 81:48002; Kim & Jo 2016, PRE 94:032311",
        ],
    ),
    term(
        "value-at-risk",
        &["value", "risk", "reachability", "at-risk", "at_risk"],
        [
            "What a silence may cost, in three numbers that are shown apart: what the tie is worth, the risk that it stays silent, the chance that a message is answered.",
            "value = 5/8 strength at its best + 3/8 what it alone links; risk = 1 - p-contact; reachability = share of your turns answered within two weeks, shrunk to yours by two turns, halved with every two years of silence",
            "Undefined without a contact day. Their product ranks ties and is never printed.",
            "",
        ],
    ),
    term(
        "whose-turn",
        &["turn", "owed", "owed-reply", "unanswered"],
        [
            "Who waits for whom: yours when they wrote last and an answer is due, theirs when you did.",
            "",
            "Private messages only; a meeting settles what was open. Two of yours without an answer within 180 days, and the tie is let rest.",
            "",
        ],
    ),
    term(
        "first-step",
        &["first-steps", "give-and-take", "reciprocity-of-initiative"],
        [
            "A conversation begun: a private message after two quiet weeks, or the first of all.",
            "",
            "In balance when each side takes 40 to 60% of them.",
            "",
        ],
    ),
    term(
        "follow-up",
        &["first-meeting"],
        [
            "What comes after a tie begins: your message or a meeting after a connection, a later contact after a first one.",
            "days from the connection or first contact, whichever came first",
            "A stranger's message that was never answered begins nothing.",
            "",
        ],
    ),
    term(
        "layers",
        &["dunbar", "layer", "5-15-50-150"],
        [
            "How many people stand how close: in touch at least weekly, monthly, twice a year, once a year.",
            "contact days of the last year; 5, 15, 50 and 150 are sizes found in many networks",
            "A reference, no target. Told from half a year of logs on.",
            "Zhou et al. 2005, Proc. R. Soc. B 272:439",
        ],
    ),
    term(
        "turnover",
        &["finite-capacity", "gained", "lost"],
        [
            "Ties gained and lost in a quarter. Time is finite: new ties displace old ones.",
            "gained - lost = change in active-ties",
            "A tie is lost when its silence passes a year or three usual gaps, not when the last word fell.",
            "Miritello et al. 2013, Scientific Reports 3:1950",
        ],
    ),
    term(
        "novelty",
        &["easy-to-write-to", "more-useful", "dormant-lists"],
        [
            "How new the surroundings of a dormant tie are to you today. People revive those they know well, and would learn more from those who are new to them.",
            "1 - mean share of your active ties in the same function, industry, employer and circle",
            "Undefined where none of the four is known. Rank adds nothing.",
            "Walter, Levin & Murnighan 2015, Organization Science 26:1447",
        ],
    ),
    term(
        "plan",
        &["objective", "gain", "greedy", "certificate"],
        [
            "The plan is the set of actions that is worth most within the limits of number, minutes, people and circles. The certificate is the share of the best possible plan that it provably reaches.",
            "F(S) = sum of q (P1 - P0) value + gaps narrowed + thin straits kept, each term over its best single action; certificate = F / least bound over prefixes",
            "What is owed or dated comes first, at most half, and carries no gain. A bound is no plan: the true share is mostly higher than the certificate.",
            "Nemhauser, Wolsey & Fisher 1978; Minoux 1978; Khuller, Moss & Naor 1999; Leskovec et al. 2007",
        ],
    ),
    term(
        "hold-out",
        &["hold_out", "trial"],
        [
            "A share of the picks that is left out at random, so that the next audits can compare: those suggested against those left out. Off unless the settings ask for it.",
            "share in touch of those suggested - share of those left out, summed over audits; 95 % interval by Newcombe's method 10",
            "Undefined while a side is empty. Introductions take no part. Only those whom the first choice picked are compared.",
            "Newcombe 1998, Statistics in Medicine 17:873",
        ],
    ),
    term(
        "half-life",
        &["half_life", "channel-weights", "channel-weight"],
        [
            "How fast a contact fades in tie strength: after this many days it counts half. Channel weights say what a meeting is worth beside a mail.",
            "2^(-age / half-life); 90 days and starting weights, unless your own past speaks clearly for others",
            "Another half-life needs a gain of over 0.02 AUC on two days of your past; weights need 100 ties with contact, and 20 events on the channel. An earlier audit's are kept, so that quarters compare.",
            "",
        ],
    ),
    term(
        "decay-sum",
        &["decay_sum"],
        [
            "How many interactions a pair had, old ones counting less and less.",
            "sum of 2^(-age / 90 days) over rows, age in seconds to the end of the last day",
            "Every row counts alike: no channel weights, no group sizes.",
            "",
        ],
    ),
    term(
        "reply-days",
        &["latency", "reply-week", "turns"],
        [
            "How long one side takes to answer the other's private messages.",
            "Kaplan-Meier over turns, a turn's wait running from its first message; the open turn is censored",
            "Told from three turns on; no median where fewer than half are answered.",
            "Kaplan & Meier 1958, JASA 53:457",
        ],
    ),
];
