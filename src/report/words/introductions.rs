//! What is said of introductions: reasons, paths, doors opened; by the report and by the commands alike.

use crate::audit::{
    Hop, Introduction, KnownBy, Ledger, Meeting, MeetingBy, Person, Reason, WarmUp, Way, WaysIn,
};
use crate::report::view::View;
use crate::text;
use crate::units::Evidence;

use super::percent;

/// Share of self-made contacts above which a network is called inbred (Uzzi & Dunlap 2005).
pub(crate) const INBRED: f64 = 0.65;

/// Name with position and employer, as far as known.
pub(crate) fn who(person: Option<&Person>, id: &str) -> String {
    let Some(person) = person else { return id.to_owned() };
    let name = if person.name.trim().is_empty() { id } else { person.name.trim() };
    match (&person.position, &person.company) {
        (Some(title), Some(company)) => format!("{name} ({title}, {company})"),
        (Some(only), None) | (None, Some(only)) => format!("{name} ({only})"),
        (None, None) => name.to_owned(),
    }
}

/// Why two people fit, as a sentence without its full stop.
pub(crate) fn reason(pair: &Introduction) -> String {
    let mut need = None;
    let (mut industry, mut function, mut sides) = (None, None, None);
    for reason in &pair.reasons {
        match reason {
            Reason::NeedMet(what) => need = Some(what),
            Reason::SameIndustry(code) => industry = Some(text::class_within(code)),
            Reason::SameFunction(code) => function = Some(text::class_within(code)),
            Reason::OtherSide(codes) => sides = Some(codes),
        }
    }
    let within = match (industry, function, sides) {
        (Some(industry), _, Some([one, other])) => Some(format!(
            "both work in {industry}, on different sides of it ({}, {})",
            text::class_within(one),
            text::class_within(other)
        )),
        (Some(industry), Some(function), _) if industry != function => {
            Some(format!("both work in {function}, in {industry}"))
        }
        (Some(both), Some(_), _) => Some(format!("both work in {both}")),
        (Some(only), None, None) | (None, Some(only), _) => Some(format!("both work in {only}")),
        (None, None, _) => None,
    };
    let sentence = match (need, within) {
        (Some(need), Some(within)) if !need.is_empty() => {
            format!("one needs what the other offers ({need}), and {within}")
        }
        (Some(need), None) if !need.is_empty() => {
            format!("one needs what the other offers ({need})")
        }
        (Some(_), _) => "one needs what the other offers".to_owned(),
        (None, Some(within)) => within,
        (None, None) => "nothing known speaks against it".to_owned(),
    };
    super::capital(&sentence)
}

/// Where the two stand to each other.
pub(crate) fn apart(pair: &Introduction) -> String {
    let circles = match &pair.circles {
        [Some(a), Some(b)] if a == b => format!("Both belong to circle {a}"),
        [Some(a), Some(b)] => format!("Different circles ({a}, {b})"),
        _ => "At least one is outside every circle".to_owned(),
    };
    let common = match pair.common {
        0 => "no contact of yours is seen with both".to_owned(),
        n => format!("{} of yours seen with both", text::count(n.into(), "contact")),
    };
    format!("{circles}; no tie is seen between them; {common}")
}

/// Every factor of the score.
pub(crate) fn factors(pair: &Introduction) -> String {
    // Without a contact both are seen with nothing leads one to the other.
    let anyway = if pair.p_meet > 0.0 { percent(pair.p_meet) } else { "next to none".to_owned() };
    format!(
        "Score {:.2} = standing with both {:.2} × fit {:.2} × unlikely otherwise {:.2} × not asked lately {:.2}; chance that \
         they come together anyway within 90 days {anyway} (a model's word)",
        pair.score, pair.feasible, pair.fit, pair.unlikely, pair.rested
    )
}

/// What the owner gives up.
pub(crate) fn gives_up(pair: &Introduction) -> String {
    let ego = pair.ego;
    let link = if ego.is_only_link { "; you are the only link seen between them now" } else { "" };
    format!(
        "You give up a hole: effective size {:.2} to {:.2}{link}",
        ego.effective_size, ego.effective_size_after
    )
}

/// What the owner gains; `None` without a model of contact.
pub(crate) fn gains(pair: &Introduction, names: [&str; 2]) -> Option<String> {
    let told: Vec<String> = names
        .iter()
        .zip(pair.ego.contact.iter().zip(&pair.ego.contact_after))
        .filter_map(|(name, (now, after))| {
            let [now, after] = [(*now)?, (*after)?].map(percent);
            Some(if now == after {
                format!("{name} {now} as now")
            } else {
                format!("{name} {now} to {after}")
            })
        })
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "You gain a reason to write to both: chance of contact in 90 days {}",
            told.join(", ")
        )
    })
}

/// The message that asks one side first.
pub(crate) fn opt_in(pair: &Introduction, to: &str, other: &str) -> String {
    let mut why = reason(pair);
    if let Some(first) = why.get(..1).map(str::to_lowercase) {
        why.replace_range(..1, &first);
    }
    let why = why.replacen("both work", "you both work", 1);
    format!(
        "{to}, would it be welcome if I introduced you to {other}? I think of it since {why}. If not, just say so and I \
         leave it at that."
    )
}

/// How the chance of meeting is told.
pub(crate) fn meeting(model: &Meeting) -> String {
    let tried = model.tried.map_or_else(String::new, |tried| {
        format!(
            " Tried on your last quarter ({} pairs, {} of them came together): average precision {:.3}, the best simple way {:.3}.",
            text::thousands(tried.pairs.into()),
            text::thousands(tried.met.into()),
            tried.model,
            tried.baseline
        )
    });
    let how = match model.by {
        MeetingBy::Untried => {
            "The chance to meet anyway is learnt on other people's logs; yours holds too few new ties to try it."
        }
        MeetingBy::Tried => "The chance to meet anyway is learnt on other people's logs.",
        MeetingBy::ResourceAllocation => {
            "The chance to meet anyway is told by common contacts alone (resource allocation), which ordered your last \
             quarter better than the model."
        }
    };
    format!("{how}{tried}")
}

/// What a hop rests on.
pub(crate) fn hop(hop: &Hop, is_own: bool) -> String {
    let last = hop.last.map_or_else(String::new, |day| format!(", last {}", text::full_day(day)));
    let what = if is_own { "interaction" } else { "shared event" };
    let sure = if is_own || hop.probability >= 0.995 {
        String::new()
    } else {
        format!("; that they know each other: {}", percent(hop.probability))
    };
    let evidence = match hop.evidence {
        Evidence::Interaction => "in direct contact",
        Evidence::CoPresence => "seen together",
        Evidence::Declared => "declared",
        Evidence::Inferred => "inferred",
    };
    format!("{evidence}: {}{last}{sure}", text::count(hop.interactions.into(), what))
}

/// A way in one line.
pub(crate) fn chain(way: &Way, name: impl Fn(&str) -> String) -> String {
    let names = way.hops.iter().map(|hop| name(&hop.to));
    std::iter::once("you".to_owned()).chain(names).collect::<Vec<String>>().join(" → ")
}

/// Nobody leads there: whom to warm up.
pub(crate) fn no_path<'w>(warm: Option<&'w WarmUp>, name: impl Fn(&'w str) -> String) -> String {
    let Some(warm) = warm else {
        return "No verified path, and nobody to warm up is seen.".to_owned();
    };
    let last = warm
        .last
        .map_or_else(|| "never in touch".to_owned(), |day| format!("last {}", text::full_day(day)));
    if warm.is_target {
        return format!("No verified path. Nearest warm-up: {} directly ({last}).", name(&warm.id));
    }
    let hops = match warm.hops {
        1 => "one step from there".to_owned(),
        n => format!("{n} steps from there"),
    };
    format!("No verified path. Nearest warm-up: {} ({last}), {hops}.", name(&warm.id))
}

/// The ledger in a sentence.
pub(crate) fn ledger(ledger: &Ledger) -> String {
    if ledger.brokers.is_empty() {
        return NO_DOORS.to_owned();
    }
    let own = self_made(ledger);
    let line = own.map_or_else(String::new, |own| {
        let side = if own > INBRED { "above" } else { "at or below" };
        format!(
            "; {} of the {} whose first contact is on record began without one, {side} the {} that is called inbred",
            percent(own),
            text::count(ledger.begun.into(), "contact"),
            percent(INBRED)
        )
    });
    format!(
        "{} opened {} to you{line}",
        super::capital(&super::counted(ledger.brokers.len(), "contact", "contacts")),
        super::counted(ledger.by_introduction as usize, "door", "doors")
    )
}

/// Share of the contacts on record that began without an introduction; `None` without any.
pub(crate) fn self_made(ledger: &Ledger) -> Option<f64> {
    let begun = f64::from(ledger.begun);
    (begun > 0.0).then(|| 1.0 - f64::from(ledger.by_introduction) / begun)
}

/// Without a log.
pub(crate) const NO_LOG: &str =
    "Without a log nobody can tell whom to introduce: load mail, messages or a calendar.";
/// No pair is good enough.
pub(crate) const NONE_CLEARS: &str = "No introduction clears the bar this quarter: no two contacts close to you share a field or a need and are \
     not tied already.";
/// How to read the matrix.
pub(crate) const MATRIX_HOW: &str = "circle area = pairs of contacts close to you, of the two circles, who share a field or a need and are not seen \
     together; the accent holds the best pair; a small dot: pairs, but nothing known in common. Ask both first.";
/// No goals name anybody.
pub(crate) const NO_TARGETS: &str = "Your goals name no employer or person, so no way in is worked out here. The command weaktie paths answers for anybody.";
/// Nobody of the target may be named.
pub(crate) const NOBODY_THERE: &str = "You know nobody there, or nobody you allow to be named.";
/// How to read the chains.
pub(crate) const WAYS_HOW: &str = "from you to somebody wanted over people who can say a word; width = strength of the tie, dashed = only seen \
     together, accent = the weakest link; the figure = the chance of the whole path, a model's word. Nobody is asked twice a \
     quarter.";
/// Opens the table of paths.
pub(crate) const WAYS_TABLE: &str = "Every hop with its evidence";
/// The owner in a chain.
pub(crate) const YOU: &str = "you";
/// Marks a hop.
pub(crate) const WEAKEST: &str = "weakest";
/// No introduction on record.
pub(crate) const NO_DOORS: &str = "No introduction to you is on record. Those that no log tells of may stand in weaktie.toml \
     ([[introductions.known]]).";
/// How to read who opened doors.
pub(crate) const DOORS_HOW: &str = "bars = contacts to whom somebody introduced you, found in messages to you and one other after which you began to \
     talk, or written down by you; accent = no word of yours to them since. The line: above 65% self-made, a network is \
     mostly people like oneself (Uzzi & Dunlap 2005).";
/// Opens the table of introductions.
pub(crate) const DOORS_TABLE: &str = "Every introduction to you";
/// Thanks are due.
pub(crate) const THANKS_OWED: &str = "thanks owed";
/// The share of contacts that began without an introduction.
pub(crate) const SELF_MADE: &str = "Began without one";
/// The same on a phone.
pub(crate) const SELF_MADE_SHORT: &str = "Self-made";

/// Doors opened, with thanks due.
pub(crate) fn owed(doors: usize, phone: bool) -> String {
    let count = super::thousands(doors as u64);
    if phone { format!("{count}, owed") } else { format!("{count}, {THANKS_OWED}") }
}

/// How an introduction is known.
pub(crate) fn known_by(known: KnownBy) -> &'static str {
    match known {
        KnownBy::Told => "your word",
        KnownBy::Log => "the log",
    }
}

/// A score or factor.
pub(crate) fn number(value: f64) -> String {
    format!("{value:.2}")
}

/// The matrix's title.
pub(crate) fn matrix(good: u32, best: Option<[&str; 2]>) -> String {
    let pairs = super::counted(good as usize, "pair", "pairs");
    let place = match best {
        Some([a, b]) if a == b => format!("; the best one lies within {a}"),
        Some([a, b]) => format!("; the best one joins {a} and {b}"),
        None => String::new(),
    };
    format!("{} of people close to you could gain from each other{place}", super::capital(&pairs))
}

/// What opens the table of pairs.
pub(crate) fn table(n: usize) -> String {
    format!(
        "{} worth giving, with every factor",
        super::capital(&super::counted(n, "introduction", "introductions"))
    )
}

/// The chains' title.
pub(crate) fn ways(ways: &[WaysIn]) -> String {
    let open = ways.iter().filter(|target| !target.ways.is_empty()).count();
    format!(
        "Observed ties lead to {} of {} of your goals",
        super::count(open),
        super::count(ways.len())
    )
}

/// Introductions in a sentence, where no two circles could show them.
pub(crate) fn without_circles(view: &View<'_>, give: &[Introduction]) -> String {
    if give.is_empty() || !view.names_people() {
        return NONE_CLEARS.to_owned();
    }
    let pairs: Vec<String> = give
        .iter()
        .take(5)
        .map(|pair| format!("{} and {}", view.name(&pair.a), view.name(&pair.b)))
        .collect();
    format!("No circles are seen that a map could show. Worth introducing: {}.", pairs.join("; "))
}

/// The section's answer.
pub(crate) fn section(view: &View<'_>) -> String {
    let Some(all) = view.audit.findings.introductions.as_ref() else { return NO_LOG.to_owned() };
    if !view.names_people() {
        return "Introductions are between people, and left out of this copy".to_owned();
    }
    let Some(first) = all.give.first() else { return NONE_CLEARS.to_owned() };
    let count = super::counted(all.give.len(), "introduction", "introductions");
    format!(
        "{} to give this quarter, first {} and {}",
        super::capital(&count),
        view.name(&first.a),
        view.name(&first.b)
    )
}

/// What it does to the owner, and how the chance to meet anyway is told.
pub(crate) fn remark(view: &View<'_>) -> Option<String> {
    let all = view.audit.findings.introductions.as_ref()?;
    let first = all.give.first()?;
    Some(format!(
        "{}. {}. {} Ask both first; either may say no.",
        reason(first),
        gives_up(first),
        meeting(&all.meeting)
    ))
}
