//! What the charts of give and take, replies, follow-ups, layers and dormant ties say.
//!
//! Responsible for titles and for the sentences in place of a chart. Callers pass in what they plot.

use crate::audit::{Audit, DormantTie, Layer, Origin, ReplyLayer};
use crate::report::view::View;
use crate::text;
use crate::units::Channel;

use super::{HARD, capital, count, counted, list, percent};

/// Rows of a table under a chart.
pub(crate) fn table(rows: usize, order: &str) -> String {
    format!("The {} as a table, {order}", super::figure(rows as u64, "tie", "ties"))
}

fn is(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// Above the dormant map.
pub(crate) fn dormant_answer(view: &View<'_>) -> String {
    match view.audit.findings.dormant.len() {
        _ if !view.has_log() => "Whom to revive needs a log".to_owned(),
        0 => "Nobody you were close to has been silent for three years".to_owned(),
        n => format!(
            "{} you were close to {} silent for three years or more",
            capital(&counted(n, "person", "people")),
            if n == 1 { "has been" } else { "have been" }
        ),
    }
}

/// The dormant map: how many of the useful list are easy to write to as well.
pub(crate) fn dormant(ties: &[DormantTie]) -> String {
    let useful = ties.iter().filter(|tie| tie.useful.is_some()).count();
    let both = ties.iter().filter(|tie| tie.useful.is_some() && tie.easy.is_some()).count();
    let bring = format!(
        "{} would bring something new",
        capital(&counted(useful, "dormant tie", "dormant ties"))
    );
    match both {
        0 => format!("{bring}; none of them is among the easy ones"),
        n if n == useful => format!("{bring}, and {} easy to write to", is_they(n)),
        n => format!("{bring}; {} of them {} easy to write to, too", count(n), is(n)),
    }
}

fn is_they(n: usize) -> &'static str {
    if n == 1 { "is" } else { "all are" }
}

/// How to read the dormant map, with those about whom nothing is known.
pub(crate) fn dormant_how(unplaced: usize) -> String {
    let left_out = match unplaced {
        0 => String::new(),
        n => format!(
            " {} of whose work nothing is known {} in the table only.",
            capital(&counted(n, "person", "people")),
            is(n)
        ),
    };
    format!(
        "right = more days together in the past; up = fewer of your active ties share their circle, field or \
         employer. Bold: probably more useful; plain: easy to write to.{left_out}"
    )
}

/// Too few dormant ties for a map.
pub(crate) fn few_dormant(names: &[&str]) -> String {
    match names.len() {
        0 => "Nobody has been silent for 3 years in what you loaded.".to_owned(),
        n if n < 8 => format!(
            "Only {} once strong {} silent for 3 years or more: {}.",
            count(n),
            if n == 1 { "tie has been" } else { "ties have been" },
            list(names)
        ),
        n => format!(
            "{} once strong ties have been silent for 3 years; too little is known of their work to say who would \
             bring something new.",
            capital(&count(n))
        ),
    }
}

/// What opens the table of dormant ties.
pub(crate) fn dormant_table(rows: usize) -> String {
    table(rows, "most days together first")
}

/// Novelty in words.
pub(crate) fn novelty(novelty: Option<f64>) -> &'static str {
    match novelty {
        None => "unknown",
        Some(n) if n >= 0.9 => "new ground",
        Some(n) if n >= 0.7 => "partly",
        Some(_) => "familiar",
    }
}

/// The chance of an answer in words; the steps are those of the dots.
pub(crate) fn answer(chance: f64) -> &'static str {
    match chance {
        c if c >= 0.4 => "likely",
        c if c >= 0.2 => "possible",
        _ => "unlikely",
    }
}

/// What a tie is worth, in words.
pub(crate) fn value(value: f64) -> &'static str {
    match value {
        v if v >= 0.5 => "high",
        v if v >= 0.25 => "middling",
        _ => "low",
    }
}

/// On which lists a dormant tie stands.
pub(crate) fn lists(tie: &DormantTie) -> String {
    let places = [("useful", tie.useful), ("easy", tie.easy)];
    let told = places.into_iter().filter_map(|(name, place)| Some(format!("{name} {}", place?)));
    told.collect::<Vec<String>>().join(", ")
}

/// Above give and take.
pub(crate) fn give_answer(view: &View<'_>) -> String {
    let steps = view.own.iter().filter_map(|own| Some(own.rhythm.exchange.as_ref()?.first_steps));
    let (yours, theirs) = steps.fold((0_u64, 0_u64), |(yours, theirs), steps| {
        (yours + u64::from(steps.yours), theirs + u64::from(steps.theirs))
    });
    match yours + theirs {
        0 => "Who gives and who takes cannot be seen yet".to_owned(),
        1..20 => "Too few conversations to say who begins them".to_owned(),
        all => {
            format!("You begin {} of your conversations", percent(yours as f64 / all as f64))
        }
    }
}

/// First steps: rows drawn, of these mutual, and those that lean on the owner.
pub(crate) fn first_steps(rows: usize, mutual: usize, you: usize) -> String {
    let they = rows - mutual - you;
    if mutual == rows {
        return format!("All {} ties are in balance", count(rows));
    }
    let balanced = match mutual {
        0 => format!("None of {} ties is in balance", count(rows)),
        n => format!("{} of {} ties {} in balance", capital(&count(n)), count(rows), is(n)),
    };
    let lean = match (you, they) {
        (you, 0) => format!("you carry {}", count(you)),
        (0, they) => format!("{} {} carried by them", count(they), is(they)),
        (you, they) => format!("you carry {}, they carry {}", count(you), count(they)),
    };
    format!("{balanced}; {lean}")
}

/// Too few ties with first steps.
pub(crate) fn few_first_steps(ties: usize, has_log: bool) -> String {
    if !has_log {
        return "Give and receive needs messages or mail.".to_owned();
    }
    let found = match ties {
        0 => "none was found".to_owned(),
        n => format!("{} found", counted(n, "was", "were")),
    };
    format!("Who takes the first step shows from 8 ties with 7 or more conversations; {found}.")
}

/// The name of a layer of ties.
pub(crate) fn layer(layer: ReplyLayer) -> &'static str {
    match layer {
        ReplyLayer::All => "All ties",
        ReplyLayer::Inner => "Inner 5",
        ReplyLayer::Close => "Close 15",
        ReplyLayer::Active => "Active 50",
        ReplyLayer::Wider => "Wider 150",
        ReplyLayer::Further => "Further out",
        ReplyLayer::NewThisYear => "New this year",
    }
}

/// A layer inside a sentence.
fn people_of(layer: ReplyLayer) -> &'static str {
    match layer {
        ReplyLayer::All => "your ties",
        ReplyLayer::Inner => "the inner five",
        ReplyLayer::Close => "the close 15",
        ReplyLayer::Active => "the active 50",
        ReplyLayer::Wider => "the wider 150",
        ReplyLayer::Further => "those further out",
        ReplyLayer::NewThisYear => "newcomers",
    }
}

/// Reply times of the row that the title speaks of, in hours.
pub(crate) fn replies(layer: ReplyLayer, yours: f64, theirs: f64) -> String {
    let (you, they) = (long_hours(yours), long_hours(theirs));
    match layer {
        ReplyLayer::All => format!("You answer within {you}, they within {they}, as a rule"),
        layer => {
            format!("{} wait {you} for you; you wait {they} for them", capital(people_of(layer)))
        }
    }
}

/// No reply times.
pub(crate) fn no_replies() -> String {
    "Reply times need private messages or mail: five turns each way.".to_owned()
}

/// `19 hours`, `4 days`.
fn long_hours(hours: f64) -> String {
    match hours {
        h if h < 1.0 => "an hour".to_owned(),
        h if h < 36.0 => {
            let whole = format!("{h:.0}");
            let unit = if whole == "1" { "hour" } else { "hours" };
            format!("{whole} {unit}")
        }
        h => text::span(h / 24.0),
    }
}

/// `19 h`, `4 d`.
pub(crate) fn short_hours(hours: f64) -> String {
    match hours {
        h if h < 1.0 => format!("{:.0}{HARD}min", (h * 60.0).max(1.0)),
        h if h < 36.0 => format!("{h:.0}{HARD}h"),
        h => super::short_days(h / 24.0),
    }
}

/// After the first meeting: new ties, of these followed up within three and seven days.
pub(crate) fn follow_up(ties: usize, three: usize, week: usize) -> String {
    let of = match week {
        0 => return format!("None of {ties} new ties was followed up within a week"),
        n if n == ties => format!("All {ties} new ties were followed up within a week"),
        n => format!("{n} of {ties} new ties {} followed up within a week", was(n)),
    };
    match three {
        n if n == week => format!("{of}, all within three days"),
        0 => of,
        n => format!("{of}, {n} within three days"),
    }
}

fn was(n: usize) -> &'static str {
    if n == 1 { "was" } else { "were" }
}

/// Too few new ties.
pub(crate) fn few_new_ties(ties: usize) -> String {
    match ties {
        0 => "No tie began within the last year, so no follow-up can be judged.".to_owned(),
        n => format!(
            "Only {} began within the last year, too few to say how you follow up.",
            counted(n, "tie", "ties")
        ),
    }
}

/// How often, in words.
pub(crate) fn every(days: u32) -> &'static str {
    match days {
        0..=7 => "weekly",
        8..=31 => "monthly",
        32..=183 => "twice a year",
        _ => "once a year",
    }
}

/// Layers: people in touch weekly and monthly.
pub(crate) fn layers(layers: &[Layer]) -> String {
    let people = |at: usize| layers.get(at).map_or(0, |layer| layer.people as usize);
    match (people(0), people(1)) {
        (0, 0) => {
            let all = people(layers.len().saturating_sub(1));
            format!(
                "{} in touch within a year, nobody monthly",
                capital(&counted(all, "person was", "people were"))
            )
        }
        (0, monthly) => format!(
            "You are in touch with nobody weekly, with {} at least monthly",
            counted(monthly, "person", "people")
        ),
        (weekly, monthly) => format!(
            "You are in touch weekly with {}, at least monthly with {}",
            counted(weekly, "person", "people"),
            count(monthly)
        ),
    }
}

/// No layers.
pub(crate) fn no_layers() -> String {
    "Layers of closeness need half a year of messages, mail or meetings.".to_owned()
}

/// Ties gained and lost in the quarter.
pub(crate) fn turnover(gained: u32, lost: u32) -> String {
    let came = capital(&counted(gained as usize, "tie came", "ties came"));
    match (gained, lost) {
        (0, 0) => "No tie came and none went this quarter".to_owned(),
        (_, 0) => format!("{came}, none went this quarter"),
        (0, _) => format!("No tie came, {} this quarter", count(lost as usize) + " went"),
        _ => format!("{came}, {} went this quarter", count(lost as usize)),
    }
}

/// No two quarters to compare.
pub(crate) fn no_turnover() -> String {
    "First quarter: nothing to compare yet.".to_owned()
}

/// Whether the pattern of attention changed more than it usually does.
pub(crate) fn signature(view: &View<'_>) -> Option<String> {
    let changes = &view.audit.findings.signature;
    let (now, earlier) = changes.split_last()?;
    if now.as_of != view.audit.as_of {
        return None;
    }
    let told = format!(
        "Who gets your contact changed by {:.2} since last quarter, on a scale from 0 (not at all) to 1 (wholly)",
        now.by_person
    );
    let mut usual: Vec<f64> = earlier.iter().map(|change| change.by_person).collect();
    usual.sort_by(f64::total_cmp);
    match (usual.first(), usual.last()) {
        (Some(least), Some(most)) if usual.len() >= 3 => {
            Some(format!("{told}; in earlier quarters by {least:.2} to {most:.2}."))
        }
        _ => Some(format!("{told}.")),
    }
}

/// How ties with and without common contacts fared within a year.
pub(crate) fn survival(view: &View<'_>) -> Option<String> {
    let found = view.audit.findings.survival?;
    let kinds = [found.bridging, found.embedded];
    if kinds.iter().any(|kind| kind.ties < 8) {
        return None;
    }
    let [bridging, embedded] = kinds.map(|kind| {
        let share = percent(f64::from(kind.survived) / f64::from(kind.ties));
        format!("{share} of the {} ties", super::thousands(kind.ties.into()))
    });
    Some(format!(
        "Of a year ago, {bridging} without a common contact and {embedded} with one have been in touch since. A \
         common contact that no log shows counts as none."
    ))
}

/// The half-life, where it comes from, and how well each foretold contact.
pub(crate) fn half_life(audit: &Audit) -> String {
    let settings = &audit.settings;
    let fit = audit.findings.strength_fit.as_ref();
    let from = match (settings.half_life_from, fit) {
        (Origin::Settings, _) => "your setting",
        (Origin::EarlierAudit, _) => "that of the earlier audit",
        (Origin::Data, _) => "it foretold contact best on your own past",
        (Origin::Default, Some(_)) => "the default: none was clearly better on your own past",
        (Origin::Default, None) => "the default: the log is too short to choose from",
    };
    let curve = fit.map_or_else(String::new, |fit| {
        let mean = |auc: &[f64]| auc.iter().sum::<f64>() / auc.len().max(1) as f64;
        let told: Vec<String> = fit
            .half_lives
            .iter()
            .map(|one| format!("{:.0} days {:.2}", one.days, mean(&one.auc)))
            .collect();
        format!(
            " AUC of contact in the next 90 days, mean of {}: {}.",
            counted(fit.windows.len(), "day", "days"),
            told.join(", ")
        )
    });
    format!("Half-life {:.0} days ({from}).{curve}", settings.half_life)
}

/// Channel weights and where they come from.
pub(crate) fn weights(audit: &Audit) -> String {
    let settings = &audit.settings;
    let Some(fit) = audit.findings.strength_fit.as_ref() else {
        return "Channels have their starting weights.".to_owned();
    };
    let now = |channel: Channel, starting: f64| {
        settings.channel_weights.get(&channel).copied().unwrap_or(starting)
    };
    let told: Vec<String> = fit
        .channels
        .iter()
        .filter(|one| one.channel.is_contact())
        .map(|one| match one.fitted {
            Some(_) if settings.channel_weights_from == Origin::Data => format!(
                "{} {:.1} (from {:.0})",
                one.channel.name(),
                now(one.channel, one.starting),
                one.starting
            ),
            _ => format!("{} {:.1}", one.channel.name(), now(one.channel, one.starting)),
        })
        .collect();
    let from = match settings.channel_weights_from {
        Origin::Data => "fitted on your own past",
        Origin::EarlierAudit => "those of the earlier audit",
        Origin::Settings | Origin::Default => {
            "starting weights: none fitted on your own past was clearly better"
        }
    };
    format!("Weight of one contact: {} ({from}).", told.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_read_as_sentences_at_their_edges() {
        assert_eq!(
            first_steps(20, 12, 3),
            "Twelve of 20 ties are in balance; you carry three, they carry five"
        );
        assert_eq!(first_steps(8, 8, 0), "All eight ties are in balance");
        assert_eq!(first_steps(9, 1, 8), "One of nine ties is in balance; you carry eight");
        assert_eq!(
            first_steps(9, 0, 0),
            "None of nine ties is in balance; nine are carried by them"
        );
        assert_eq!(
            replies(ReplyLayer::NewThisYear, 96.0, 19.0),
            "Newcomers wait 4 days for you; you wait 19 hours for them"
        );
        assert_eq!(
            replies(ReplyLayer::All, 0.4, 50.0),
            "You answer within an hour, they within 2 days, as a rule"
        );
        assert_eq!(
            follow_up(20, 4, 9),
            "9 of 20 new ties were followed up within a week, 4 within three days"
        );
        assert_eq!(
            follow_up(7, 7, 7),
            "All 7 new ties were followed up within a week, all within three days"
        );
        assert_eq!(follow_up(7, 0, 0), "None of 7 new ties was followed up within a week");
        assert_eq!(turnover(19, 23), "19 ties came, 23 went this quarter");
        assert_eq!(turnover(0, 1), "No tie came, one went this quarter");
        assert_eq!(
            few_dormant(&["Ana"]),
            "Only one once strong tie has been silent for 3 years or more: Ana."
        );
        assert_eq!(short_hours(0.25), "15\u{a0}min");
    }
}
