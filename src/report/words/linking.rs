//! What the report says of who links whom: causes of constraint, removal, strengthening, inferred ties.

use std::fmt::Write as _;

use crate::audit::{Band, Bridge, ConstraintCauses};
use crate::report::view::View;

use super::{circle_within, count, counted, list, minutes, percent, thousands};

/// All small communities together.
pub(crate) const OTHERS: &str = "other circles";
/// People in no community.
pub(crate) const OUTSIDE: &str = "outside every circle";
/// The total of a waterfall.
pub(crate) const ALL: &str = "all";
/// Opens the table of causes.
pub(crate) const BINDS_TABLE: &str = "What binds you as a table";
/// How to read the weak ties.
pub(crate) const SWEET_HOW: &str = "each square counts ties weaker than your median, by contacts you share and by days in touch \
     within a year; lined where the shared contacts are guessed from a common employer. In randomised trials new jobs came \
     most often through ties with a middling number of shared contacts (Rajkumar et al. 2022).";
/// How to read resilience.
pub(crate) fn resilience_how(logged: bool) -> String {
    format!(
        "how much of your {} the largest employers and industries hold together, of those whose class is known; a line that \
         jumps at once hangs on one of them.",
        people(logged)
    )
}

/// The axis of resilience.
pub(crate) fn rank_axis(logged: bool) -> &'static str {
    if logged { "rank by active ties →" } else { "rank by contacts →" }
}

fn people(logged: bool) -> &'static str {
    if logged { "active ties" } else { "contacts" }
}

/// A community by letter and name.
pub(crate) fn circle(view: &View<'_>, letter: Option<&str>) -> String {
    let mut all = view.audit.findings.communities.iter();
    let found = letter.and_then(|letter| all.find(|community| community.letter == letter));
    found.map_or_else(|| OUTSIDE.to_owned(), super::circle)
}

/// The constraint as printed.
pub(crate) fn constraint(value: f64) -> String {
    if value < 0.1 { format!("{value:.3}") } else { format!("{value:.2}") }
}

/// Too few communities for the waterfall.
pub(crate) fn few_circles() -> &'static str {
    "What binds you cannot be split: fewer than three circles hold ties of yours. Load mail or calendar."
}

/// The waterfall's title: who holds the largest part, and whether they know each other.
pub(crate) fn binds(view: &View<'_>, causes: &ConstraintCauses) -> String {
    let Some(first) = causes.circles.iter().find(|circle| circle.letter.is_some()) else {
        return few_circles().to_owned();
    };
    let pairs = u64::from(first.people) * u64::from(first.people.saturating_sub(1)) / 2;
    let name = first.letter.as_deref().unwrap_or_default();
    let community = view.audit.findings.communities.iter().find(|c| c.letter == name);
    let name =
        community.map_or(name, |community| crate::report::view::circle_name(&community.name));
    let among = match u64::from(first.ties) {
        0 => "no two of whom were seen together".to_owned(),
        ties if ties == pairs => "who all know each other".to_owned(),
        ties => format!(
            "with {} among them",
            counted(usize::try_from(ties).unwrap_or(0), "tie", "ties")
        ),
    };
    format!(
        "{} of your constraint comes from {} of {}, {among}",
        percent(first.share),
        counted(first.people as usize, "contact", "contacts"),
        circle_within(name)
    )
}

/// How to read the waterfall.
pub(crate) fn binds_how(causes: &ConstraintCauses) -> String {
    let before = causes.before.map_or_else(String::new, |before| {
        format!(
            " Last time it was {}; a hollow dot marks where a circle's bar ended then.",
            constraint(before)
        )
    });
    format!(
        "your constraint over active contacts ({}) split by circle; a circle weighs more the more its people know each other. \
         Lower is more open.{before}",
        constraint(causes.constraint)
    )
}

/// Too few weak ties.
pub(crate) fn few_weak(n: u32) -> String {
    if n == 0 {
        return "Which weak ties share contacts with you cannot be told: load mail or calendar."
            .to_owned();
    }
    format!(
        "Only {} can be placed, too few for a chart.",
        counted(n as usize, "weak tie", "weak ties")
    )
}

/// The sweet spot's title, of the ties whose shared contacts were observed.
pub(crate) fn sweet(middle: u32, observed: u32) -> String {
    match observed {
        0 => "No weak tie of yours was seen to share a contact with you".to_owned(),
        observed => format!(
            "Of {} seen to share contacts with you, {} {} a middling number",
            super::figure(observed.into(), "weak tie", "weak ties"),
            count(middle as usize),
            if middle == 1 { "shares" } else { "share" }
        ),
    }
}

/// The tier of the weak ties, with those placed by a guess.
pub(crate) fn sweet_tier(tier: &str, estimated: u32) -> String {
    match estimated {
        0 => tier.to_owned(),
        n => format!("{tier} · {} placed by inference", thousands(n.into())),
    }
}

/// `3–5`, `21+`.
pub(crate) fn range(low: u32, high: Option<u32>) -> String {
    match high {
        Some(high) if high == low => low.to_string(),
        Some(high) => format!("{low}–{high}"),
        None => format!("{low}+"),
    }
}

/// A row of the weak ties, by its lowest number of contact days.
pub(crate) fn days_a_year(low: u32, short: bool) -> &'static str {
    match (low, short) {
        (0, false) => "silent this year",
        (1, false) => "1–2 days in touch",
        (3, false) => "3–11 days in touch",
        (_, false) => "12+ days in touch",
        (0, true) => "silent",
        (1, true) => "1–2 days",
        (3, true) => "3–11 days",
        (_, true) => "12+ days",
    }
}

/// Too few classified for resilience.
pub(crate) fn few_classified() -> &'static str {
    "Employers and industries are known of too few contacts (fewer than 30, or than 60%) to say what hangs on one of them."
}

/// `active ties whose employer is known`.
pub(crate) fn of_known(dimension: &str, logged: bool) -> String {
    let (one, _) = super::dimension(dimension);
    format!("{} whose {one} is known", people(logged))
}

/// The plural of an attribute.
pub(crate) fn many(dimension: &str) -> &'static str {
    super::dimension(dimension).1
}

/// The title of resilience, of so many people.
pub(crate) fn resilience(
    dimension: &str,
    (known, whom): (u32, &str),
    largest: &str,
    shares: &[f64],
) -> String {
    let (one, many) = super::dimension(dimension);
    let first = shares.first().copied().unwrap_or(0.0);
    let top = shares.len().min(5);
    let five = shares.get(top.saturating_sub(1)).copied().unwrap_or(first);
    format!(
        "The largest {one}, {largest}, holds {} of your {} {whom}; the first {} {many} {}",
        percent(first),
        thousands(known.into()),
        count(top),
        percent(five)
    )
}

/// The answer of the section on resilience: the share of the largest employer among those whose employer is known.
pub(crate) fn resilience_answer(view: &View<'_>) -> String {
    let mut all = view.audit.findings.diversity.iter();
    let found = all.find(|found| found.dimension == "company" && found.headline);
    let largest = found.and_then(|found| {
        let known = found.classes.iter().filter(|class| class.class != "unknown");
        let most = known.map(|class| class.people).max()?;
        (found.known >= 30).then(|| f64::from(most) / f64::from(found.known))
    });
    match largest {
        None => "Too few employers are known to say what hangs on one".to_owned(),
        Some(share) if share >= 0.25 => {
            format!("One employer holds {} of those whose employer is known", percent(share))
        }
        Some(share) => {
            let share = percent(share);
            format!("No employer holds more than {share} of those whose employer is known")
        }
    }
}

/// What a silence or a touch would change, under the section's answer: each sentence where there is something to say.
pub(crate) fn changes(view: &View<'_>) -> Option<String> {
    let told: Vec<String> =
        [removal(view), strengthen(view), inferred(view)].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// What falls away with the foremost bridge.
fn removal(view: &View<'_>) -> Option<String> {
    let bridges = view.audit.findings.bridges.iter();
    let with = |bridge: &&Bridge| bridge.removal.as_ref().is_some_and(|all| all.people > 0);
    let bridge =
        bridges.filter(with).find(|bridge| view.names_people() && !bridge.id.is_empty())?;
    let removal = bridge.removal.as_ref()?;
    let name = view.name(&bridge.id);
    let people = counted(removal.people as usize, "person", "people");
    let mut text = match removal.communities.len() {
        0 => format!(
            "If the tie with {name} goes quiet, you lose the only observed route to {people}"
        ),
        n => format!(
            "If the tie with {name} goes quiet, you lose the only observed route to {people}, and of {} to the rest",
            counted(n, "community", "communities")
        ),
    };
    if let Some([before, after]) = removal.effective_size {
        let _ = write!(text, "; your effective size goes from {before:.1} to {after:.1}");
    }
    if let Some(rank) = bridge.rank.filter(|rank| rank.interval[0] != rank.interval[1]) {
        let [low, high] = rank.interval;
        let _ = write!(
            text,
            ". Among your bridges that is place {}, with the ties drawn anew between {low} and {high}",
            rank.place
        );
    }
    text.push('.');
    Some(text)
}

/// Which weak ties gain most.
fn strengthen(view: &View<'_>) -> Option<String> {
    let all = view.audit.findings.strengthen.as_ref()?;
    // Each alone: together they gain less than the sum.
    let told: Vec<String> = (all.ties.iter())
        .map(|tie| format!("{} (+{:.1})", view.name(&tie.id), tie.effective_size))
        .collect();
    let time: u32 = all.ties.iter().map(|tie| tie.minutes).sum();
    (!told.is_empty()).then(|| {
        format!(
            "Of your weak ties, bringing these towards your median strength would gain most an hour, by the model and each \
             by itself: {}, in effective size with tie weights ({:.1} now); {} in all.",
            list(&told),
            all.effective_size,
            minutes(time)
        )
    })
}

/// The owner's constraint with inferred ties.
fn inferred(view: &View<'_>) -> Option<String> {
    let all = view.audit.findings.with_inferred.as_ref()?;
    let own = |band: &&Band| band.id.is_none() && band.measure == "constraint";
    let band = all.numbers.iter().find(own)?;
    Some(format!(
        "Your constraint is {} by observed ties only; with inferred ones {} (90% band {}–{}).",
        band.observed.map_or_else(|| "unknown".to_owned(), constraint),
        constraint(band.median),
        constraint(band.low),
        constraint(band.high)
    ))
}

/// How firm a bridge is, for the table: `8–12`.
pub(crate) fn interval([low, high]: [u32; 2]) -> String {
    if low == high { low.to_string() } else { format!("{low}–{high}") }
}

/// The role a bridge mostly plays.
pub(crate) fn role(bridge: &Bridge) -> String {
    let (roles, chance) = (bridge.roles, bridge.roles_chance);
    let all = [
        (roles.liaison, "liaison between circles", chance.map(|all| all.liaison)),
        (roles.gatekeeper, "gatekeeper of a circle", chance.map(|all| all.gatekeeper)),
        (roles.itinerant, "go-between in another circle", chance.map(|all| all.itinerant)),
        (roles.coordinator, "coordinator in the own circle", chance.map(|all| all.coordinator)),
    ];
    let most = all.into_iter().max_by_key(|(pairs, ..)| *pairs);
    match most.filter(|(pairs, ..)| *pairs > 0) {
        None => String::new(),
        Some((_, name, Some(chance))) if chance.p <= BEYOND => {
            format!("{name}, more than by chance")
        }
        Some((_, name, _)) => name.to_owned(),
    }
}

/// Chance of as many open pairs up to which a role is said to be more than chance.
const BEYOND: f64 = 0.05;

/// Opens the table of bridges.
pub(crate) fn bridges_table(rows: usize) -> String {
    format!("The {} as a table", super::figure(rows as u64, "bridge", "bridges"))
}
