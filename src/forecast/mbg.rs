//! Will there be contact within the next days? The MBG/NBD model in closed form.
//!
//! **Definition** while alive a tie has Poisson(λ) contact days; it may end with probability `p` after every contact
//! and at time 0; λ ~ Gamma(r, α), p ~ Beta(a, b). With `x` = contact days − 1, `t` = last − first, `T` = now − first:
//! `odds_dead = a/(b+x) · ((α+T)/(α+t))^(r+x)`, `P(alive) = 1/(1 + odds_dead)`,
//! `P(contact within H) = P(alive) · (1 − ((α+T)/(α+T+H))^(r+x))`.
//!
//! **Parameters** fitted by [`super::mbg_fit`]; the prior `(½, median gap, 0.9, 1.6)` where there are too few ties.
//!
//! **Reference** Batislam, Denizel & Filiztekin 2007; closed form checked by simulation (`methods` C.4).

use crate::units::Day;

/// `r, α, a, b`; α in the unit of time, here days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// Shape of the contact rate.
    pub r: f64,
    /// Rate of the contact rate, in days.
    pub alpha: f64,
    /// First shape of the drop-out.
    pub a: f64,
    /// Second shape of the drop-out.
    pub b: f64,
}

impl Parameters {
    /// The prior for an owner with this median gap in days.
    #[must_use]
    pub fn prior(median_gap: f64) -> Self {
        Self { r: 0.5, alpha: median_gap.max(1.0), a: 0.9, b: 1.6 }
    }
}

/// A tie's history as the model sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    /// Contact days after the first.
    pub x: f64,
    /// Days from the first to the last contact day.
    pub last: f64,
    /// Days from the first contact day to now.
    pub now: f64,
}

impl History {
    /// From sorted contact days; `None` without any.
    #[must_use]
    pub fn of(days: &[Day], as_of: Day) -> Option<Self> {
        let (first, last) = (days.first()?, days.last()?);
        Some(Self {
            x: (days.len() - 1) as f64,
            last: f64::from(last.since(*first)),
            now: f64::from(as_of.since(*first)),
        })
    }

    /// The same history with one more contact, now.
    #[must_use]
    pub fn touched(self) -> Self {
        Self { x: self.x + 1.0, last: self.now, now: self.now }
    }
}

/// P(the tie is alive).
#[must_use]
pub fn p_alive(history: History, p: Parameters) -> f64 {
    let History { x, last, now } = history;
    // In logs: the power overflows for long busy ties.
    let log_odds_dead = libm::log(p.a) - libm::log(p.b + x)
        + (p.r + x) * libm::log((p.alpha + now) / (p.alpha + last));
    1.0 / (1.0 + libm::exp(log_odds_dead))
}

/// P(at least one contact within `horizon` days).
///
/// ```
/// use weaktie::forecast::mbg::{History, Parameters, p_contact};
/// let p = Parameters { r: 0.52, alpha: 6.18, a: 0.89, b: 1.61 };
/// let busy = History { x: 8.0, last: 50.0, now: 52.0 };
/// assert!((p_contact(busy, p, 13.0) - 0.730).abs() < 5e-4);
/// assert!((p_contact(busy.touched(), p, 13.0) - 0.787).abs() < 5e-4);
/// ```
#[must_use]
pub fn p_contact(history: History, p: Parameters, horizon: f64) -> f64 {
    let rate = p.r + history.x;
    let quiet =
        libm::exp(rate * libm::log((p.alpha + history.now) / (p.alpha + history.now + horizon)));
    p_alive(history, p) * (1.0 - quiet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_anchors_of_a_touch() {
        let p = Parameters { r: 0.52, alpha: 6.18, a: 0.89, b: 1.61 };
        let cases = [
            ((8.0, 50.0, 52.0), 0.730, 0.787),
            ((8.0, 30.0, 52.0), 0.130, 0.787),
            ((1.0, 10.0, 52.0), 0.078, 0.320),
            ((0.0, 0.0, 52.0), 0.036, 0.197),
        ];
        for ((x, last, now), before, after) in cases {
            let history = History { x, last, now };
            assert!((p_contact(history, p, 13.0) - before).abs() < 6e-4);
            assert!((p_contact(history.touched(), p, 13.0) - after).abs() < 6e-4);
        }
    }

    #[test]
    fn the_published_fit_of_cdnow() {
        // MBG/NBD on CDNOW: a customer who never came back after 38.86 weeks is alive with 0.3897.
        let p = Parameters { r: 0.5248, alpha: 6.1830, a: 0.8914, b: 1.6140 };
        let history = History { x: 0.0, last: 0.0, now: 38.86 };
        assert!((p_alive(history, p) - 0.3897).abs() < 5e-4);
    }

    #[test]
    fn long_busy_ties_do_not_overflow() {
        let p = Parameters::prior(2.0);
        let history = History { x: 3_000.0, last: 10.0, now: 4_000.0 };
        assert!(p_alive(history, p).abs() < 1e-12);
    }
}
