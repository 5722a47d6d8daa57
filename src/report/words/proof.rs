//! Sentences about the chance of contact and how well it did on the past.

use crate::audit::{Backtest, BacktestModel, Forecast};

use super::{counted, percent, span, thousands};

/// The finding of the reliability diagram: how far told and seen lie apart, weighed by ties.
pub(crate) fn reliability(found: &Backtest) -> String {
    let all: f64 = found.reliability.iter().map(|bin| f64::from(bin.ties)).sum();
    let apart: f64 = found
        .reliability
        .iter()
        .map(|bin| {
            let seen = f64::from(bin.met) / f64::from(bin.ties.max(1));
            f64::from(bin.ties) * (bin.expected - seen).abs()
        })
        .sum();
    let points = (100.0 * apart / all.max(1.0)).round();
    match points {
        p if p <= 3.0 => "The chances told came true within 3 points in 100".to_owned(),
        p => format!("The chances told were off by {p:.0} points in 100 on average"),
    }
}

/// Why there is no back-test.
pub(crate) fn unverified(forecast: &Forecast) -> String {
    format!(
        "The chance of contact is not verified on your data: a back-test needs two windows of {} days, with 30 ties and 8 \
         of either kind in both.",
        forecast.horizon_days
    )
}

/// What the chance of contact rests on.
pub(crate) fn model(forecast: &Forecast) -> String {
    let by = match forecast.model.as_str() {
        "stack" if forecast.learned_from == 0 => "a model trained on other people’s logs",
        "stack" => "a model trained on other people’s logs and then on yours",
        "blend" => "a model of contact days and silence, fitted to your log",
        "recency" => "the days since the last contact alone",
        _ => "the number of interactions alone",
    };
    format!("The chance of contact within {} days comes from {by}.", forecast.horizon_days)
}

/// How it did, against the simple ways.
pub(crate) fn record(found: &Backtest) -> String {
    let ties: u32 = found.windows.iter().map(|window| window.ties).sum();
    let met: u32 = found.windows.iter().map(|window| window.met).sum();
    let when = match (found.windows.first(), found.windows.last()) {
        (Some(first), Some(last)) => format!(", {}", span(first.from, last.to)),
        _ => String::new(),
    };
    let rank = |name: &str| -> Option<f64> { Some(of(found, name)?.auc) };
    let ranks = match (rank("stack"), rank("recency"), rank("frequency")) {
        (Some(stack), Some(recency), Some(frequency)) => format!(
            " Of two ties, one with contact and one without, it put the right one first {} of the time; days since the \
             last contact did so {}, the number of interactions {}.",
            percent(stack),
            percent(recency),
            percent(frequency)
        ),
        _ => String::new(),
    };
    format!(
        "It was tried on your own past: {} of {} days{when}, {} scored, {} of them with contact.{ranks}",
        counted(found.windows.len(), "window", "windows"),
        found.horizon_days,
        counted(ties as usize, "tie", "ties"),
        thousands(met.into())
    )
}

/// The decision of the gate.
pub(crate) fn decision(found: &Backtest) -> String {
    let [to_blend, to_baseline] = found.lost_windows;
    let windows = counted(found.windows.len(), "window", "windows");
    let baseline = if found.better_baseline == "frequency" {
        "the number of interactions"
    } else {
        "days since the last contact"
    };
    let lost = format!(
        "by mean squared error it lost to the simpler model in {to_blend} and to {baseline} in {to_baseline} of {windows}"
    );
    match found.chosen.as_str() {
        "stack" => format!("So it stands: {lost}."),
        "blend" => format!("So the simpler model is used in its place: {lost}."),
        _ => format!("So {baseline} alone is used in its place: {lost}."),
    }
}

fn of<'a>(found: &'a Backtest, name: &str) -> Option<&'a BacktestModel> {
    found.models.iter().find(|model| model.model == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_record_says_what_was_tried_and_what_came_of_it() {
        let audit = testing::rich();
        let forecast = audit.findings.forecast.unwrap();
        let mut found = forecast.backtest.clone().unwrap();
        assert!(record(&found).contains("two windows of 90 days"), "{}", record(&found));
        assert!(record(&found).contains("190 of them with contact"), "{}", record(&found));
        assert!(decision(&found).starts_with("So it stands"));
        found.chosen = "frequency".into();
        found.lost_windows = [2, 2];
        assert!(decision(&found).contains("number of interactions alone"));
        assert!(model(&forecast).contains("and then on yours"));
    }
}
