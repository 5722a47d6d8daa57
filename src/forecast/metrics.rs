//! How good probabilities were, once it is known what happened.
//!
//! - **AUC** the chance that a tie with contact is ranked above one without; equal scores count half.
//! - **Average precision** `Σ (R_n − R_{n−1})·P_n` over the thresholds, equal scores one threshold (as scikit-learn); its
//!   floor is the base rate.
//! - **Brier** the mean squared error; **skill** `1 − Brier / (base·(1 − base))`.
//! - **Log loss** the mean of `−ln p(what happened)`, p kept within 1e-12 of 0 and 1.
//! - **Expected / observed** the sum of probabilities over the number of ties with contact.
//! - **Reliability** bins of equal count by probability, each with the Wilson 95 % interval of its observed share.
//!
//! AUC and average precision are undefined when all or none had contact.

use crate::quantile::NORMAL_975 as Z;

/// Quality of one set of probabilities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Ties scored.
    pub ties: usize,
    /// Of these, with contact.
    pub met: usize,
    /// Area under the ROC curve.
    pub auc: f64,
    /// Average precision.
    pub ap: f64,
    /// Mean squared error.
    pub brier: f64,
    /// Brier skill against the base rate.
    pub skill: f64,
    /// Mean logarithmic loss.
    pub log_loss: f64,
    /// Expected over observed contacts.
    pub expected: f64,
}

/// Measures probabilities; `None` when all or none had contact.
#[must_use]
pub fn measure(labels: &[bool], p: &[f64]) -> Option<Metrics> {
    Ranked::new(labels, p).measure()
}

/// Probabilities put in order once, to be measured under many weights.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// Highest first.
    order: Vec<Scored>,
}

/// A tie's probability, and all that does not change with its weight.
#[derive(Debug, Clone, Copy)]
struct Scored {
    at: u32,
    label: bool,
    /// Whether the next tie has another probability.
    ends: bool,
    p: f64,
    /// The probability of what happened.
    happened: f64,
    /// The squared error.
    square: f64,
}

impl Ranked {
    /// Puts the ties in the order of their probabilities.
    #[must_use]
    pub fn new(labels: &[bool], p: &[f64]) -> Self {
        let scored = |((at, label), p): ((u32, &bool), &f64)| {
            let happened = if *label { *p } else { 1.0 - p };
            let square = (1.0 - happened) * (1.0 - happened);
            Scored { at, label: *label, ends: true, p: *p, happened, square }
        };
        let mut order: Vec<Scored> = (0..).zip(labels).zip(p).map(scored).collect();
        order.sort_by(|a, b| b.p.total_cmp(&a.p).then(a.at.cmp(&b.at)));
        for nth in 1..order.len() {
            order[nth - 1].ends = order[nth].p.total_cmp(&order[nth - 1].p).is_ne();
        }
        Self { order }
    }

    /// How many ties there are.
    #[must_use]
    pub fn ties(&self) -> usize {
        self.order.len()
    }

    /// AUC, average precision and Brier score with so many copies of each tie (by index); `None` when all or none had contact.
    /// A resampled interval asks this thousands of times.
    #[must_use]
    pub fn resampled(&self, copies: &[u32]) -> Option<[f64; 3]> {
        let (mut met, mut rest, mut above) = (0_u64, 0_u64, 0_u64);
        let (mut yes, mut no) = (0_u64, 0_u64);
        let (mut squares, mut precision) = (0.0, 0.0);
        for tie in &self.order {
            let copies = copies.get(tie.at as usize).copied().unwrap_or(0);
            squares += f64::from(copies) * tie.square;
            if tie.label {
                yes += u64::from(copies);
            } else {
                no += u64::from(copies);
            }
            if tie.ends {
                // Twice the pairs, so that equal scores count a whole half.
                above += no * (2 * met + yes);
                met += yes;
                rest += no;
                if yes > 0 {
                    precision += (yes * met) as f64 / (met + rest) as f64;
                }
                (yes, no) = (0, 0);
            }
        }
        if met == 0 || rest == 0 {
            return None;
        }
        let (met, rest) = (met as f64, rest as f64);
        Some([above as f64 / (2.0 * met * rest), precision / met, squares / (met + rest)])
    }

    /// Measures each tie once; `None` when all or none had contact.
    #[must_use]
    pub fn measure(&self) -> Option<Metrics> {
        let [auc, ap, brier] = self.resampled(&vec![1; self.order.len()])?;
        let ties = self.order.len();
        let met = self.order.iter().filter(|tie| tie.label).count();
        let base = met as f64 / ties as f64;
        let logs: f64 = self.order.iter().map(|tie| libm::log(tie.happened.max(1e-12))).sum();
        let sum: f64 = self.order.iter().map(|tie| tie.p).sum();
        Some(Metrics {
            ties,
            met,
            auc,
            ap,
            brier,
            skill: 1.0 - brier / (base * (1.0 - base)),
            log_loss: -logs / ties as f64,
            expected: sum / met as f64,
        })
    }
}

/// Ties of about one probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Ties in it.
    pub ties: usize,
    /// Of these, with contact.
    pub met: usize,
    /// Mean probability.
    pub expected: f64,
    /// Wilson 95 % interval of the observed share.
    pub interval: [f64; 2],
}

impl Bin {
    /// Share with contact.
    #[must_use]
    pub fn observed(&self) -> f64 {
        self.met as f64 / self.ties.max(1) as f64
    }
}

/// Bins of equal count, lowest probability first; none of them empty.
#[must_use]
pub fn reliability(labels: &[bool], p: &[f64], bins: usize) -> Vec<Bin> {
    let mut order: Vec<(f64, bool)> = p.iter().copied().zip(labels.iter().copied()).collect();
    // Stable: what happened does not decide the order of equal probabilities.
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ends = (0..=bins).map(|nth| nth * order.len() / bins.max(1)).collect::<Vec<usize>>();
    let slices = ends.windows(2).map(|ends| &order[ends[0]..ends[1]]);
    slices
        .filter(|slice| !slice.is_empty())
        .map(|slice| {
            let met = slice.iter().filter(|(_, met)| *met).count();
            let expected = slice.iter().map(|(p, _)| p).sum::<f64>() / slice.len() as f64;
            Bin { ties: slice.len(), met, expected, interval: wilson(met, slice.len()) }
        })
        .collect()
}

/// Wilson's 95 % interval of a share.
#[must_use]
pub fn wilson(met: usize, of: usize) -> [f64; 2] {
    let n = of.max(1) as f64;
    let p = met as f64 / n;
    let centre = p + Z * Z / (2.0 * n);
    let spread = Z * libm::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
    let scale = 1.0 + Z * Z / n;
    [((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: [bool; 12] =
        [true, false, true, true, false, false, true, false, false, true, false, false];
    const P: [f64; 12] = [0.9, 0.8, 0.8, 0.6, 0.55, 0.5, 0.5, 0.4, 0.3, 0.3, 0.2, 0.05];

    #[test]
    fn scikit_learn_says_the_same() {
        // roc_auc_score, average_precision_score, brier_score_loss, log_loss of scikit-learn 1.9.1.
        let found = measure(&LABELS, &P).unwrap();
        assert!((found.auc - 0.757_142_857_142_857_1).abs() < 1e-15);
        assert!((found.ap - 0.697_619_047_619_047_6).abs() < 1e-15);
        assert!((found.brier - 0.202_916_666_666_666_66).abs() < 1e-15);
        assert!((found.log_loss - 0.581_623_323_186_850_7).abs() < 1e-12);
        assert!((found.skill - (1.0 - 0.202_916_666_666_666_66 / (35.0 / 144.0))).abs() < 1e-12);
        assert!((found.expected - 5.9 / 5.0).abs() < 1e-12);
        assert_eq!((found.ties, found.met), (12, 5));
    }

    #[test]
    fn weights_are_copies() {
        let copies: Vec<u32> = (0..12).map(|n| n % 3).collect();
        let (mut labels, mut p) = (Vec::new(), Vec::new());
        for (at, copies) in copies.iter().enumerate() {
            for _ in 0..*copies {
                labels.push(LABELS[at]);
                p.push(P[at]);
            }
        }
        let weighted = Ranked::new(&LABELS, &P).resampled(&copies).unwrap();
        let repeated = measure(&labels, &p).unwrap();
        for (a, b) in weighted.into_iter().zip([repeated.auc, repeated.ap, repeated.brier]) {
            assert!((a - b).abs() < 1e-12);
        }
        assert_eq!(Ranked::new(&LABELS, &P).resampled(&[0; 12]), None);
    }

    #[test]
    fn one_class_alone_has_no_measure() {
        assert_eq!(measure(&[true, true], &[0.1, 0.2]), None);
        assert_eq!(measure(&[], &[]), None);
    }

    #[test]
    fn bins_are_even_and_wilson_is_known() {
        let bins = reliability(&LABELS, &P, 5);
        assert_eq!(bins.iter().map(|bin| bin.ties).collect::<Vec<_>>(), [2, 2, 3, 2, 3]);
        assert_eq!(bins.iter().map(|bin| bin.met).sum::<usize>(), 5);
        // 8 of 20: 0.2188 to 0.6134 (R: prop.test without continuity correction).
        let [low, high] = wilson(8, 20);
        assert!((low - 0.2188).abs() < 5e-5 && (high - 0.6134).abs() < 5e-5, "{low} {high}");
        assert!(reliability(&[], &[], 10).is_empty());
    }
}
