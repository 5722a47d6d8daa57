//! The columns of `weaktie ties`, in order.
//!
//! Responsible for names and units: gaps, silence, tenure and waits are in days, instants in UTC, shares and probabilities
//! within 0 to 1. An undefined value is missing, never 0.

use std::sync::Arc;

use rayon::prelude::*;

use super::features::{Features, Way};
use super::pooled::Settled;
use super::{Dyad, Dyads};
use crate::frame::{Named, Values};
use crate::units::Channel;

/// Rows of a table.
const ROWS: usize = 1 << 15;

/// Tables of at most 32,768 pairs each, together all pairs sorted by `a` and `b`; at least one, which may be empty.
/// They are made one at a time, so that the columns of all pairs never stand in memory together.
pub fn tables(dyads: &Dyads) -> impl Iterator<Item = Vec<Named>> {
    let people: Arc<[String]> = dyads.people.iter().map(|key| key.text.clone()).collect();
    let starts = (0..dyads.pairs.len().max(1)).step_by(ROWS);
    starts.map(move |start| {
        let end = (start + ROWS).min(dyads.pairs.len());
        let chances = dyads.chances.get(start..end).unwrap_or_default();
        columns(dyads, &people, dyads.pairs.get(start..end).unwrap_or_default(), chances)
    })
}

fn columns(
    dyads: &Dyads,
    people: &Arc<[String]>,
    pairs: &[Dyad],
    chances: &[Option<f64>],
) -> Vec<Named> {
    let settled: Vec<Settled> = pairs.par_iter().map(|pair| dyads.pooled.settle(pair)).collect();
    let table = Table { people, pairs, settled };
    let mut columns = vec![
        table.text("a", |pair| pair.a),
        table.text("b", |pair| pair.b),
        table.count("interactions", |f| f.interactions),
        table.count("a_to_b", |f| f.directed[0]),
        table.count("b_to_a", |f| f.directed[1]),
        table.instant("first", |f| f.first),
        table.instant("last", |f| f.last),
        table.count("contact_days", |f| f.contact_days),
        table.settled("strength", |s| s.strength),
        Named { name: "p_contact".into(), values: Values::MaybeNumber(chances.to_vec()) },
        table.word("state", |_, s| s.state.name()),
        table.settled("peak_strength", |s| s.peak_strength),
        table.number("activity", |f| f.activity),
        table.number("decay_sum", |f| f.decay_sum),
        table.number("reciprocity", |f| f.reciprocity),
        table.count("recent_channels", |f| f.recent_channels),
        table.maybe_days("silent_days", |s| s.silent),
        table.maybe_days("tenure_days", |s| s.tenure),
        table.maybe_settled("usual_gap", |s| s.usual_gap),
        table.maybe("median_gap", |f| f.median_gap),
        table.maybe("mean_gap", |f| f.mean_gap),
        table.maybe_count("longest_gap", |f| f.longest_gap),
        table.maybe("burstiness", |f| f.burstiness),
        table.maybe_settled("overdue", |s| s.overdue),
        table.maybe_settled("overdue_quantile", |s| s.overdue_quantile),
        table.count("streak_weeks", |f| f.streak),
        table.count("longest_streak_weeks", |f| f.longest_streak),
        table.word("last_from", |f, _| match f.last_from {
            Some(Way::Forward) => "a",
            Some(Way::Back) => "b",
            None => "",
        }),
        table.count("unanswered_a", |f| f.unanswered[0]),
        table.count("unanswered_b", |f| f.unanswered[1]),
        table.count("turns_to_a", |f| f.latency[0].turns),
        table.maybe("reply_days_a", |f| f.latency[0].median_days),
        table.maybe("reply_week_a", |f| f.latency[0].within_week),
        table.count("turns_to_b", |f| f.latency[1].turns),
        table.maybe("reply_days_b", |f| f.latency[1].median_days),
        table.maybe("reply_week_b", |f| f.latency[1].within_week),
    ];
    for channel in Channel::ALL {
        let values = pairs.iter().map(|pair| pair.features.channels[channel as usize]);
        columns
            .push(Named { name: channel.name().into(), values: Values::Count(values.collect()) });
    }
    columns
}

struct Table<'d> {
    people: &'d Arc<[String]>,
    pairs: &'d [Dyad],
    settled: Vec<Settled>,
}

impl Table<'_> {
    fn features(&self) -> impl Iterator<Item = &Features> {
        self.pairs.iter().map(|pair| &pair.features)
    }

    fn text(&self, name: &'static str, who: fn(&Dyad) -> u32) -> Named {
        let rows = self.pairs.iter().map(who).collect();
        Named { name: name.into(), values: Values::Chosen { list: Arc::clone(self.people), rows } }
    }

    fn word(&self, name: &'static str, word: fn(&Features, &Settled) -> &'static str) -> Named {
        let words = self.features().zip(&self.settled).map(|(f, s)| word(f, s));
        Named { name: name.into(), values: Values::Word(words.collect()) }
    }

    fn count(&self, name: &'static str, value: fn(&Features) -> u32) -> Named {
        Named { name: name.into(), values: Values::Count(self.features().map(value).collect()) }
    }

    fn maybe_count(&self, name: &'static str, value: fn(&Features) -> Option<u32>) -> Named {
        Named {
            name: name.into(),
            values: Values::MaybeCount(self.features().map(value).collect()),
        }
    }

    fn maybe_days(&self, name: &'static str, value: fn(&Settled) -> Option<u32>) -> Named {
        Named {
            name: name.into(),
            values: Values::MaybeCount(self.settled.iter().map(value).collect()),
        }
    }

    fn instant(&self, name: &'static str, value: fn(&Features) -> i64) -> Named {
        Named { name: name.into(), values: Values::Instant(self.features().map(value).collect()) }
    }

    fn number(&self, name: &'static str, value: fn(&Features) -> f64) -> Named {
        Named { name: name.into(), values: Values::Number(self.features().map(value).collect()) }
    }

    fn maybe(&self, name: &'static str, value: fn(&Features) -> Option<f64>) -> Named {
        Named {
            name: name.into(),
            values: Values::MaybeNumber(self.features().map(value).collect()),
        }
    }

    fn settled(&self, name: &'static str, value: fn(&Settled) -> f64) -> Named {
        Named {
            name: name.into(),
            values: Values::Number(self.settled.iter().map(value).collect()),
        }
    }

    fn maybe_settled(&self, name: &'static str, value: fn(&Settled) -> Option<f64>) -> Named {
        Named {
            name: name.into(),
            values: Values::MaybeNumber(self.settled.iter().map(value).collect()),
        }
    }
}
