//! `weaktie backtest --introductions`: who meets whom by themselves, against the simple link predictors.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::{Outcome, say};
use crate::error::Error;
use crate::forecast::bootstrap::Interval;
use crate::introductions::backtest::{FEWEST, Found, NAMES};
use crate::measures::closeness;
use crate::text;

/// Prints what was found.
pub(super) fn tell(
    found: Option<&Found>,
    logs: &[PathBuf],
    horizon: i32,
    as_json: bool,
) -> Outcome {
    let Some(found) = found else {
        let file = logs.first().map_or(String::new(), |path| path.display().to_string());
        let what = format!(
            "not evaluated: no window of {horizon} days holds {FEWEST} new ties between people with a common neighbour"
        );
        let hint = "load a log of more people or more days, or try another --horizon".to_owned();
        return Err(Error::unusable(file, what, Some(hint)).into());
    };
    if as_json {
        let json = serde_json::to_string_pretty(&saved(found, horizon))
            .map_err(|error| Error::Bug(error.to_string()))?;
        say(&json)?;
        return Ok(0);
    }
    say(&format!(
        "Which people with a common neighbour and no tie are tied within {horizon} days?"
    ))?;
    for window in &found.windows {
        say(&format!(
            "  {} to {}: {} pairs, {} tied",
            window.from.date(),
            window.from.plus(horizon - 1).date(),
            text::thousands(whole(window.candidates)),
            text::thousands(window.met as u64)
        ))?;
    }
    say("")?;
    say(&format!("{:<26}{:>10}{:>16}", "", "avg. prec", "of first 100"))?;
    for (nth, name) in NAMES.iter().enumerate() {
        say(&format!("{name:<26}{:>10.4}{:>16.2}", found.precision[nth], found.at_100[nth]))?;
    }
    say("")?;
    say("p_meet less the others in average precision, 95 % intervals over resampled people:")?;
    for (name, Interval { value, low, high }) in NAMES[1..].iter().zip(&found.over) {
        say(&format!("  {name}: {value:+.4} [{low:+.4}, {high:+.4}]"))?;
    }
    say("")?;
    let best = NAMES[found.best_baseline];
    if found.stands {
        say(&format!("Decision: p_meet stands; the best of the others is {best}."))?;
    } else {
        say(&format!(
            "Decision: fall back to {best}, which orders these pairs better than p_meet."
        ))?;
    }
    Ok(0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
fn whole(count: f64) -> u64 {
    count.round().max(0.0) as u64
}

fn saved(found: &Found, horizon: i32) -> serde_json::Value {
    let by_name = |values: &[f64]| -> serde_json::Map<String, serde_json::Value> {
        NAMES.iter().zip(values).map(|(name, value)| ((*name).to_owned(), json!(value))).collect()
    };
    let windows: Vec<_> = found
        .windows
        .iter()
        .map(|window| {
            json!({
                "from": window.from.date(),
                "candidates": whole(window.candidates),
                "met": window.met,
                "average_precision": by_name(&window.precision),
                "of_first_100": by_name(&window.at_100),
            })
        })
        .collect();
    let over: serde_json::Map<String, serde_json::Value> = NAMES[1..]
        .iter()
        .zip(&found.over)
        .map(|(name, one)| {
            ((*name).to_owned(), json!({"value": one.value, "low": one.low, "high": one.high}))
        })
        .collect();
    let slopes: serde_json::Map<String, serde_json::Value> = closeness::NAMES
        .iter()
        .zip(&found.line.slopes)
        .map(|(name, slope)| ((*name).to_owned(), json!(slope)))
        .collect();
    json!({
        "horizon": horizon,
        "windows": windows,
        "average_precision": by_name(&found.precision),
        "of_first_100": by_name(&found.at_100),
        "p_meet_less": over,
        "best_baseline": NAMES[found.best_baseline],
        "stands": found.stands,
        "intercept": found.line.intercept,
        "coefficients": slopes,
    })
}
