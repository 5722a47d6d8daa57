//! The objective: a sum over the chosen and two coverage terms (`methods` G.2).
//!
//! `F(S) = Σ own_i/s₀ + l_b Σ thin_AB (1 − Π (1 − q_i))/s₁ + l_d Σ gap_k (1 − Π (1 − q_i))/s₂`, the products over the chosen
//! that bridge `A,B` or stand in class `k`. Each scale `s` is the term's best single item, so that it is worth 1. Monotone and
//! submodular: a gain never grows when others are chosen first.

/// One item to choose.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Worth of its own.
    pub own: f64,
    /// Chance `q` that it comes off, for the shared terms.
    pub answer: f64,
    /// Positions in `Objective::straits`.
    pub straits: Vec<usize>,
    /// Positions in `Objective::gaps`.
    pub gaps: Vec<usize>,
}

/// What the shared terms are worth, and the scales.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Objective {
    /// Thinness of each strait, times weight, over scale.
    straits: Vec<f64>,
    /// Size of each gap, times weight, over scale.
    gaps: Vec<f64>,
    own: f64,
}

/// The three parts of a gain: own, straits, gaps.
pub type Parts = [f64; 3];

/// Chances that no chosen item keeps a strait or serves a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    straits: Vec<f64>,
    gaps: Vec<f64>,
}

impl Objective {
    /// The objective over these items; `weights` are those of straits and gaps beside 1 for the own worth.
    #[must_use]
    pub fn new(items: &[Item], straits: &[f64], gaps: &[f64], weights: [f64; 2]) -> Self {
        let best = |of: &dyn Fn(&Item) -> f64| items.iter().map(of).fold(0.0, f64::max);
        let over = |weight: f64, best: f64| if best > 0.0 { weight / best } else { 0.0 };
        let sum = |at: &[usize], of: &[f64]| at.iter().map(|at| of[*at]).sum::<f64>();
        let bridging = over(weights[0], best(&|item| item.answer * sum(&item.straits, straits)));
        let diversity = over(weights[1], best(&|item| item.answer * sum(&item.gaps, gaps)));
        Self {
            straits: straits.iter().map(|thin| thin * bridging).collect(),
            gaps: gaps.iter().map(|gap| gap * diversity).collect(),
            own: over(1.0, best(&|item| item.own)),
        }
    }

    /// Nothing chosen yet.
    #[must_use]
    pub fn open(&self) -> Open {
        Open { straits: vec![1.0; self.straits.len()], gaps: vec![1.0; self.gaps.len()] }
    }

    /// What an item adds to the chosen ones, by part.
    #[must_use]
    pub fn parts(&self, item: &Item, open: &Open) -> Parts {
        let covered = |at: &[usize], worth: &[f64], open: &[f64]| {
            at.iter().map(|at| worth[*at] * item.answer * open[*at]).sum()
        };
        [
            item.own * self.own,
            covered(&item.straits, &self.straits, &open.straits),
            covered(&item.gaps, &self.gaps, &open.gaps),
        ]
    }

    /// What an item adds to the chosen ones.
    #[must_use]
    pub fn gain(&self, item: &Item, open: &Open) -> f64 {
        let [own, straits, gaps] = self.parts(item, open);
        own + straits + gaps
    }

    /// Chooses an item.
    pub fn take(item: &Item, open: &mut Open) {
        for at in &item.straits {
            open.straits[*at] *= 1.0 - item.answer;
        }
        for at in &item.gaps {
            open.gaps[*at] *= 1.0 - item.answer;
        }
    }

    /// Parts along an order; they add up to the value of the set, whatever the order.
    #[must_use]
    pub fn along(&self, items: &[Item], order: &[usize]) -> Vec<Parts> {
        let mut open = self.open();
        order
            .iter()
            .map(|at| {
                let parts = self.parts(&items[*at], &open);
                Self::take(&items[*at], &mut open);
                parts
            })
            .collect()
    }

    /// The value of a set.
    #[must_use]
    pub fn value(&self, items: &[Item], set: &[usize]) -> f64 {
        self.along(items, set).iter().flatten().sum()
    }
}
