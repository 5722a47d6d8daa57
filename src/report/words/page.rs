//! The sentences of page one and the answer above each section.
//!
//! Responsible for the headline, the three sentences and every `h2`. Each is computed from the same fields that
//! the section shows, so none can be true of another network by accident.

use crate::audit::{Action, Diversity, Redaction, TieState};
use crate::report::view::{View, circle_name, lost};

use super::{capital, cards, class_within, count, counted, minutes, percent, tenth};

/// A change of effective numbers below this is noise to a reader.
const SPREAD: f64 = 0.3;

/// The quarter's one finding, at most 50 characters.
pub(crate) fn headline(view: &View<'_>) -> &'static str {
    let Some(now) = view.latest().filter(|_| view.has_log()) else {
        return if view.audit.people.is_empty() && view.audit.findings.diversity.is_empty() {
            "Nothing to report yet"
        } else {
            "Who you know is clear; how often is not yet"
        };
    };
    let Some(before) = view.previous() else {
        return match (now.active_ties, now.valued_slipping) {
            (0, _) => "Nobody on record was in touch lately",
            (_, 0) => "No tie you value has gone quiet",
            (_, 1) => "One tie you value has gone quiet",
            _ => "Some ties you value have gone quiet",
        };
    };
    let grew = f64::from(now.active_ties) - f64::from(before.active_ties);
    let noise = libm::sqrt(f64::from(before.active_ties)) / 2.0;
    let spread = now
        .effective_functions
        .zip(before.effective_functions)
        .filter(|(_, before)| beyond_noise(view, *before))
        .map(|(n, b)| n - b);
    let quiet = i64::from(now.valued_slipping) - i64::from(before.valued_slipping);
    match spread {
        Some(by) if by <= -SPREAD && grew > 0.0 => {
            "Your attention narrowed while your network grew"
        }
        Some(by) if by <= -SPREAD && grew < -noise => {
            "Your network and your attention both narrowed"
        }
        Some(by) if by <= -SPREAD => "Your attention narrowed this quarter",
        _ if quiet >= 3 => "More of the ties you value have gone quiet",
        _ if quiet <= -3 => "You are back in touch with ties you value",
        Some(by) if by >= SPREAD => "Your attention reaches wider than last quarter",
        _ if grew > noise => "Your active network grew this quarter",
        _ if grew < -noise => "Fewer of your ties are active this quarter",
        _ => "Little moved this quarter",
    }
}

/// Whether last quarter's effective number lies outside this quarter's interval.
fn beyond_noise(view: &View<'_>, before: f64) -> bool {
    let interval = functions(view).and_then(|diversity| diversity.interval);
    interval.is_none_or(|[low, high]| !(low..=high).contains(&before))
}

/// The line under the headline.
pub(crate) fn sub(view: &View<'_>) -> String {
    let name = view.audit.ego.name.trim();
    let whose = match view.audit.redaction {
        _ if name == "You" => "Your network report".to_owned(),
        Redaction::Full | Redaction::Initials if !name.is_empty() => {
            format!("Network report for {name}")
        }
        _ => "Network report".to_owned(),
    };
    format!("{whose}. Ten minutes: decide first, evidence after.")
}

fn functions<'a>(view: &View<'a>) -> Option<&'a Diversity> {
    view.audit.findings.diversity.iter().find(|diversity| diversity.dimension == "function")
}

/// Whether few enough are unknown for a headline, and something is known at all.
fn sound(diversity: &Diversity) -> bool {
    diversity.headline && diversity.known > 0
}

/// What changed.
pub(crate) fn changed(view: &View<'_>) -> String {
    let Some(now) = view.latest().filter(|_| view.has_log()) else {
        return no_log(view);
    };
    let active = counted(now.active_ties as usize, "tie is", "ties are");
    let Some(before) = view.previous() else {
        let quiet = match now.valued_slipping {
            0 => "none that were strong has gone quiet".to_owned(),
            n => format!(
                "{} that {} strong {} gone quiet",
                count(n as usize),
                have_been(n),
                if n == 1 { "has" } else { "have" }
            ),
        };
        return format!(
            "{} active; {quiet}. This is the first quarter, so there is nothing to compare with.",
            capital(&active)
        );
    };
    let moved = i64::from(now.active_ties) - i64::from(before.active_ties);
    let by = count(now.active_ties.abs_diff(before.active_ties) as usize);
    let moved = match moved {
        0 => "as many as last quarter".to_owned(),
        1.. => format!("{by} more than last quarter"),
        _ => format!("{by} fewer than last quarter"),
    };
    let spread = match (now.effective_functions, before.effective_functions) {
        (Some(n), Some(b)) if (n - b).abs() >= 0.05 => format!(
            " Your attention spreads over {} functions, {} than before.",
            tenth(n),
            if n > b {
                format!("{} more", tenth(n - b))
            } else {
                format!("{} fewer", tenth(b - n))
            }
        ),
        (Some(n), Some(_)) => {
            format!(" Your attention spreads over {} functions, as before.", tenth(n))
        }
        _ => String::new(),
    };
    let jobs = view
        .audit
        .findings
        .changes
        .as_ref()
        .and_then(|found| super::changes::in_short(view, found));
    let jobs = jobs.map_or_else(String::new, |jobs| format!(" {jobs}"));
    format!("{} active, {moved}.{spread}{jobs}", capital(&active))
}

fn have_been(n: u32) -> &'static str {
    if n == 1 { "was" } else { "were" }
}

fn no_log(view: &View<'_>) -> String {
    let contacts = view.audit.people.len();
    let known = functions(view).filter(|diversity| sound(diversity));
    let spread =
        known.and_then(|diversity| diversity.hill_people).map_or_else(String::new, |hill| {
            format!(" By head count they spread over {} functions.", tenth(hill[2]))
        });
    match contacts {
        0 => "Nothing that could be compared was loaded.".to_owned(),
        n => format!(
            "{} loaded, and no messages, mail or calendar: who you know can be read, how often you talk cannot.{spread}",
            capital(&super::figure(n as u64, "contact is", "contacts are"))
        ),
    }
}

/// Why.
pub(crate) fn why(view: &View<'_>) -> String {
    let mut told: Vec<String> = Vec::new();
    // What changed is told by the ties that made the change, not by how things stand.
    let moved = view.latest().and_then(|now| Some((now.gained?, now.lost?)));
    if let Some((gained, lost)) = moved.filter(|moved| *moved != (0, 0)) {
        told.push(format!("{}.", super::exchange::turnover(gained, lost)));
    }
    if let Some(now) = view.latest().filter(|now| now.valued_slipping > 0) {
        let n = now.valued_slipping;
        told.push(format!(
            "{} you valued {} overdue or lapsed.",
            capital(&counted(n as usize, "tie", "ties")),
            if n == 1 { "is" } else { "are" }
        ));
    }
    if let Some(share) = functions(view).filter(|d| sound(d)).and_then(leading) {
        told.push(share);
    }
    if view.names_people()
        && let [bridge] = view.only_routes().as_slice()
    {
        told.push(format!(
            "{} is, besides you, the only observed link out of a circle.",
            view.name(&bridge.id)
        ));
    } else if let n @ 2.. = view.only_routes().len() {
        told.push(format!(
            "{} people are each, besides you, the only observed link out of a circle.",
            capital(&count(n))
        ));
    }
    match told.len() {
        0 => view.audit.refused.first().map_or_else(
            || "Nothing in what was loaded explains more.".to_owned(),
            |refused| sentence(&refused.why),
        ),
        1 => told.concat(),
        _ => told[..2].join(" "),
    }
}

/// Where the largest known share goes.
fn leading(diversity: &Diversity) -> Option<String> {
    let first = diversity.classes.iter().find(|class| class.class != "unknown")?;
    let name = capital(&class_within(&diversity.dimension, &first.class));
    Some(match first.share_attention {
        Some(share) => format!(
            "{name} takes {} of your attention and is {} of the people.",
            percent(share),
            percent(first.share_people)
        ),
        None => format!("{name} is {} of your contacts.", percent(first.share_people)),
    })
}

/// Text as a sentence: capital and full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{stop}", capital(text))
}

/// What to do.
pub(crate) fn to_do(view: &View<'_>, now: &[&Action]) -> String {
    let actions = &view.audit.actions;
    let budget = minutes(view.audit.settings.budget_minutes);
    if actions.is_empty() && !view.names_people() {
        return "The plan names people, so this copy leaves it out.".to_owned();
    }
    if actions.is_empty() && view.has_log() {
        return "Nothing needs you this quarter: let your ties rest.".to_owned();
    }
    if actions.is_empty() {
        return view.audit.refused.first().map_or_else(
            || "Load a LinkedIn export, messages, mail or a calendar.".to_owned(),
            |refused| sentence(&refused.what_to_load),
        );
    }
    let planned = minutes(actions.iter().map(|action| action.minutes).sum());
    let all = counted(actions.len(), "move takes", "moves take");
    let week = match now.len() {
        0 => "None is due this week.".to_owned(),
        n => {
            let verb = if n == 1 { "comes" } else { "come" };
            let moves = cards::moves(view, now, 3);
            // Three long names would not fit thirty words' width; the cards carry them.
            format!("{} {verb} this week: {moves}.", capital(&count(n)))
        }
    };
    format!("{} {}. {week}", capital(&all), of_budget(&planned, &budget))
}

/// `2 h 50 of a budget of 6 h`; nobody may have set it, so it is not called the owner's.
fn of_budget(planned: &str, budget: &str) -> String {
    if planned == budget {
        format!("the whole budget of {budget}")
    } else {
        format!("{planned} of a budget of {budget}")
    }
}

/// Above the actions.
pub(crate) fn actions(view: &View<'_>) -> String {
    let actions = &view.audit.actions;
    let planned = minutes(actions.iter().map(|action| action.minutes).sum());
    let budget = minutes(view.audit.settings.budget_minutes);
    match actions.len() {
        0 if !view.names_people() => "The plan is left out of this copy".to_owned(),
        0 if !view.has_log() => "No move can be proposed from this data yet".to_owned(),
        0 => "Nothing needs you this quarter".to_owned(),
        1 => format!("Your next move takes {}", of_budget(&planned, &budget)),
        n => format!("Your next {n} moves take {}", of_budget(&planned, &budget)),
    }
}

/// Above the map.
pub(crate) fn shape(view: &View<'_>) -> String {
    let communities = &view.audit.findings.communities;
    let bridges = view.audit.findings.bridges.len();
    match (communities.as_slice(), bridges) {
        ([], _) => "The shape of your network cannot be seen yet".to_owned(),
        ([_], _) => "Your contacts form one circle".to_owned(),
        (all, 0) if view.names_people() => {
            format!("{}, and nobody is seen to bridge them", capital(&circle(all.len())))
        }
        // A handful of bridges is a finding; among dozens, nobody in particular holds the circles together.
        (all, 1) if view.names_people() => {
            format!("{}, held together by one person", capital(&circle(all.len())))
        }
        (all, b @ 2..=8) if view.names_people() => {
            format!("{}, held together by {} people", capital(&circle(all.len())), count(b))
        }
        ([first, second, ..], _) if first.active > second.active => {
            format!(
                "{}, {} the largest",
                capital(&circle(communities.len())),
                super::circle_within(circle_name(&first.name)).replacen("ircle ", "ircle\u{a0}", 1)
            )
        }
        (all, _) => format!("Your contacts form {}", circle(all.len())),
    }
}

fn circle(n: usize) -> String {
    counted(n, "circle", "circles")
}

/// Above attention.
pub(crate) fn attention(view: &View<'_>) -> String {
    let now = &view.audit.findings.attention.now;
    if now.is_empty() {
        return "Your attention cannot be seen yet".to_owned();
    }
    let top: f64 = now.iter().take(5).sum();
    match now.len() {
        n @ 1..=5 => format!("All your attention goes to {}", counted(n, "person", "people")),
        _ => format!("Five people take {} of your attention", fraction(top)),
    }
}

/// A share as a plain fraction where one fits within two points.
fn fraction(share: f64) -> String {
    const PLAIN: [(f64, &str); 9] = [
        (0.2, "a fifth"),
        (0.25, "a quarter"),
        (1.0 / 3.0, "a third"),
        (0.4, "two fifths"),
        (0.5, "half"),
        (0.6, "three fifths"),
        (2.0 / 3.0, "two thirds"),
        (0.75, "three quarters"),
        (0.8, "four fifths"),
    ];
    PLAIN
        .into_iter()
        .find(|(value, _)| (value - share).abs() < 0.015)
        .map_or_else(|| percent(share), |(_, words)| words.to_owned())
}

/// Above rhythm.
pub(crate) fn rhythm(view: &View<'_>) -> String {
    let states = &view.audit.findings.states;
    let of = |state| states.get(&state).copied().unwrap_or(0);
    let late = of(TieState::Neglected) + of(TieState::Lapsed);
    let ties = |n: u32| capital(&counted(n as usize, "tie is", "ties are"));
    match (late, of(TieState::Dormant)) {
        _ if !view.has_log() => "Rhythm needs a log".to_owned(),
        (0, 0) => "No tie is overdue".to_owned(),
        (0, dormant) => format!("No tie is overdue; {} dormant", ties(dormant).to_lowercase()),
        (late, 0) => format!("{} overdue or lapsed", ties(late)),
        (late, dormant) => {
            let more = if dormant == 1 { "is" } else { "are" };
            format!(
                "{} overdue or lapsed, {} more {more} dormant",
                ties(late),
                count(dormant as usize)
            )
        }
    }
}

/// What opens the list of the ties that page one counts.
pub(crate) fn valued(n: usize) -> String {
    match n {
        1 => "The tie you valued that is overdue or lapsed".to_owned(),
        n => format!("The {} ties you valued that are overdue or lapsed", count(n)),
    }
}

/// Above diversity.
pub(crate) fn diversity(view: &View<'_>) -> String {
    if let Some(goal) = super::diversity::goal_answer(view) {
        return goal;
    }
    let Some(functions) = functions(view).filter(|diversity| sound(diversity)) else {
        return "Too little is known to say how varied your network is".to_owned();
    };
    match (functions.hill_attention, functions.hill_people) {
        (Some(attention), Some(people)) if attention[2] < people[2] - SPREAD => format!(
            "You know {} functions’ worth of people and give time to {}",
            tenth(people[2]),
            tenth(attention[2])
        ),
        (Some(attention), _) => {
            format!("Your attention is spread as if over {} equal functions", tenth(attention[2]))
        }
        (None, Some(people)) => {
            format!("Your contacts are spread as if over {} equal functions", tenth(people[2]))
        }
        (None, None) => "Too little is known to say how varied your network is".to_owned(),
    }
}

/// Above bridges.
pub(crate) fn bridges(view: &View<'_>) -> String {
    let only = view.only_routes().len();
    let cutting = view.audit.findings.bridges.iter().filter(|bridge| lost(bridge) > 0).count();
    match (view.audit.findings.bridges.len(), cutting, only) {
        _ if !view.names_people() => "Bridges are people, and left out of this copy".to_owned(),
        (0, ..) => "No bridges can be seen".to_owned(),
        (_, 0, 0) => "Your network would hold without any one person".to_owned(),
        (_, _, 1) => "One person is, besides you, a circle’s only link".to_owned(),
        (_, _, n @ 2..) => {
            format!("{} people are each, besides you, a circle’s only link", capital(&count(n)))
        }
        (_, 1, 0) => "Besides you, one person links others to the rest".to_owned(),
        (_, n, 0) => {
            format!("Besides you, {} people link others to the rest", count(n))
        }
    }
}

/// Above the people.
pub(crate) fn people(view: &View<'_>) -> String {
    match view.audit.people.len() {
        1 => "The one person in this report".to_owned(),
        n => format!("The {} people in this report", super::thousands(n as u64)),
    }
}

/// What opens the table of people: how many it shows, and where the rest is.
pub(crate) fn people_shown(shown: usize, all: usize) -> String {
    if shown < all {
        let rest = super::thousands((all - shown) as u64);
        format!("Show the {shown} last in touch; the other {rest} are in people.csv")
    } else {
        "Show everybody, the last in touch first".to_owned()
    }
}

/// Above data quality.
pub(crate) fn trust(view: &View<'_>) -> String {
    let read: u64 = view.audit.inputs.iter().map(|input| input.rows_read).sum();
    let used: u64 = view.audit.inputs.iter().map(|input| input.rows_used).sum();
    match read {
        0 => "Nothing was loaded".to_owned(),
        1 if used == 1 => "The one row loaded was used".to_owned(),
        _ if used == read => format!("All {} rows were used", super::thousands(read)),
        _ => format!(
            "{} of {} rows were used; every other row has a reason",
            super::thousands(used),
            super::thousands(read)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn page_one_keeps_its_length_in_every_variant() {
        for (name, audit) in testing::variants() {
            let view = View::of(&audit);
            assert!(headline(&view).chars().count() <= 50, "{name}");
            let now: Vec<&Action> = audit.actions.iter().take(3).collect();
            for sentence in [changed(&view), why(&view), to_do(&view, &now)] {
                let words = sentence.split_whitespace().count();
                assert!(words <= 32, "{name}: {words} words: {sentence}");
                assert!(sentence.ends_with(['.', '!', '?']), "{name}: {sentence}");
                assert!(!sentence.contains("  "), "{name}: {sentence}");
            }
        }
    }
}
