//! The words on what became of the earlier plan.

use crate::audit::{FollowThrough, Outcome, PastAction};
use crate::report::view::View;

use super::{capital, cards, count, counted, day, full_day, list};

fn number(found: &FollowThrough, outcome: Outcome) -> usize {
    found.actions.iter().filter(|past| past.outcome == outcome).count()
}

/// The heading: `Of 12 actions, 7 are done and 2 were no longer needed`.
pub(crate) fn answer(found: &FollowThrough) -> String {
    let all = found.actions.len();
    let told: Vec<String> = [
        (Outcome::Done, "done"),
        (Outcome::NoLongerNeeded, "no longer needed"),
        (Outcome::Open, "still open"),
        (Outcome::NotDone, "not done"),
    ]
    .into_iter()
    .filter_map(|(outcome, words)| {
        let n = number(found, outcome);
        (n > 0).then(|| format!("{} {words}", count(n)))
    })
    .collect();
    format!("Of the last plan’s {}: {}", counted(all, "action", "actions"), list(&told))
}

/// Under the heading.
pub(crate) fn lede(found: &FollowThrough) -> String {
    let answered = found.actions.iter().filter(|past| past.answered == Some(true)).count();
    let judged = found.actions.iter().filter(|past| past.answered.is_some()).count();
    let since = full_day(found.since);
    if judged == 0 {
        return format!("Told from the logs since {since}; nothing was ticked off by hand.");
    }
    format!(
        "Told from the logs since {since}; nothing was ticked off by hand. {} of {} touches were answered within two weeks.",
        capital(&count(answered)),
        count(judged)
    )
}

/// One action: `Answer Inês, 3 Oct: answered, 4 days in touch since`.
pub(crate) fn line(view: &View<'_>, past: &PastAction) -> String {
    let headline = cards::past(view, past);
    let when = past.on.map_or_else(String::new, |on| format!(", {}", day(on)));
    let came = match (past.outcome, past.answered) {
        (Outcome::Done, Some(true)) => match past.contact_days {
            0 | 1 => ": answered".to_owned(),
            days => format!(": answered, {days} days in touch since"),
        },
        (Outcome::Done, Some(false)) => ": no answer within two weeks".to_owned(),
        (Outcome::NoLongerNeeded, _) if past.on.is_some() => ": they came first".to_owned(),
        _ => String::new(),
    };
    format!("{headline}{when}{came}")
}

/// `3 more`.
pub(crate) fn more(n: usize) -> String {
    format!("and {n} more")
}

/// Answers by kind: `Answered within two weeks, by kind: repair a strong tie 3 of 4 …`.
pub(crate) fn rates(found: &FollowThrough) -> Option<String> {
    let told: Vec<String> = found
        .by_kind
        .iter()
        .filter(|(_, record)| record.done > 0)
        .map(|(kind, record)| {
            let kind = cards::kind(*kind).to_lowercase();
            format!("{kind} {} of {}", record.answered, record.done)
        })
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Answered within two weeks, by kind: {}. The next plan expects answers accordingly.",
            list(&told)
        )
    })
}

/// What the randomised hold-out shows.
pub(crate) fn hold_out(found: &FollowThrough) -> Option<String> {
    let sums = found.hold_out?;
    let sides = format!(
        "Of {} suggested at random {} were in touch by the next audit, of {} left out {}.",
        sums.suggested, sums.suggested_met, sums.held_out, sums.held_out_met
    );
    let (Some(effect), Some(low), Some(high)) = (sums.effect, sums.low, sums.high) else {
        return Some(format!("{sides} Too few to tell what a suggestion does."));
    };
    let points = |share: f64| format!("{:+.0}", share * 100.0);
    Some(format!(
        "{sides} A suggestion moved the share by {} points (95% interval {} to {}; {} people).",
        points(effect),
        points(low),
        points(high),
        sums.suggested + sums.held_out
    ))
}
