//! Brandes' accumulation from several sources at once.
//!
//! Eight searches advance level by level together. The path counts of a node stand side by side in one row of 64
//! bytes, so an arc is read once for all eight and a row is added at one go. A level is *pushed* along the arcs of
//! those just reached, or *pulled* by those not reached yet, whichever has fewer arcs; the way back does likewise.
//! Rows hold zero wherever a search is not on this level, so the inner loops need no conditions.
//!
//! **Reference** Brandes 2001, J. Math. Soc. 25:163; the common frontier is that of Then et al. 2014, PVLDB 8:449,
//! pull and push that of Beamer, Asanović & Patterson 2012.

use crate::network::{Flat, id};

/// Searches that advance together.
pub(super) const LANES: usize = 8;

/// One number a search: a cache line.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Row([f64; LANES]);

impl Row {
    fn add(&mut self, other: &Self) {
        for (sum, value) in self.0.iter_mut().zip(&other.0) {
            *sum += value;
        }
    }

    /// Zero in every lane outside `lanes`.
    fn only(mut self, lanes: u8) -> Self {
        for (lane, value) in self.0.iter_mut().enumerate() {
            *value = if lanes >> lane & 1 == 1 { *value } else { 0.0 };
        }
        self
    }

    /// The lanes that are not zero.
    fn lanes(&self) -> u8 {
        self.0.iter().enumerate().fold(0, |lanes, (lane, v)| lanes | u8::from(*v > 0.0) << lane)
    }
}

/// Nodes of a level with the searches that reach them there.
type Reached = (u32, u8);

/// The state of eight searches, reused from batch to batch.
pub(super) struct Waves<'a> {
    flat: &'a Flat,
    /// People for whom a node stands.
    stands_for: &'a [f64],
    /// `Σ_s stands_for(s) · δ_s(v)` over the sources so far.
    pub(super) sum: Vec<f64>,
    seen: Vec<u8>,
    paths: Vec<Row>,
    /// What the level at hand hands on.
    wave: Vec<Row>,
    /// What a pushed level has gathered.
    gathered: Vec<Row>,
    is_touched: Vec<bool>,
    touched: Vec<u32>,
    /// Nodes that some search has not reached.
    open: Vec<u32>,
    reached: Vec<Reached>,
    rows: Vec<Row>,
}

impl<'a> Waves<'a> {
    pub(super) fn new(flat: &'a Flat, stands_for: &'a [f64]) -> Self {
        let nodes = flat.len();
        Self {
            flat,
            stands_for,
            sum: vec![0.0; nodes],
            seen: vec![0; nodes],
            paths: vec![Row::default(); nodes],
            wave: vec![Row::default(); nodes],
            gathered: vec![Row::default(); nodes],
            is_touched: vec![false; nodes],
            touched: Vec::new(),
            open: Vec::new(),
            reached: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds the dependencies of up to eight different sources on every node of `members`, which must hold all that
    /// the sources reach.
    pub(super) fn run(&mut self, sources: &[u32], members: impl Iterator<Item = u32>) {
        let every = u8::MAX >> (LANES - sources.len());
        self.open.clear();
        self.open.extend(members);
        for node in &self.open {
            self.seen[*node as usize] = 0;
            self.paths[*node as usize] = Row::default();
        }
        self.reached.clear();
        for (lane, source) in sources.iter().enumerate() {
            let at = *source as usize;
            self.seen[at] = 1 << lane;
            self.paths[at].0[lane] = 1.0;
            self.wave[at] = self.paths[at];
            self.reached.push((*source, 1 << lane));
        }
        let mut starts = vec![0];
        let mut from = 0;
        while from < self.reached.len() {
            let to = self.reached.len();
            self.advance(from, every);
            starts.push(to);
            from = to;
        }
        // `starts` ends with the empty level twice over; the last waves were never handed on.
        self.rewind(sources, &starts);
    }

    fn arcs(&self, nodes: &[Reached]) -> usize {
        nodes.iter().map(|(node, _)| self.flat.degree(*node as usize)).sum()
    }

    /// Hands the wave of `reached[from..]` on and appends the level it reaches.
    fn advance(&mut self, from: usize, every: u8) {
        let to = self.reached.len();
        let pushed = self.arcs(&self.reached[from..to]);
        let seen = &self.seen;
        self.open.retain(|node| seen[*node as usize] != every);
        let pulled: usize = self.open.iter().map(|node| self.flat.degree(*node as usize)).sum();
        self.rows.clear();
        if pushed * 2 < pulled {
            self.push(from..to);
            let touched = std::mem::take(&mut self.touched);
            for node in &touched {
                let row = std::mem::take(&mut self.gathered[*node as usize]);
                self.is_touched[*node as usize] = false;
                self.arrive(*node, row);
            }
            self.touched = touched;
        } else {
            let open = std::mem::take(&mut self.open);
            for node in &open {
                let row = self.pull(*node as usize);
                self.arrive(*node, row);
            }
            self.open = open;
        }
        self.replace_wave(from..to);
        for (node, lanes) in &self.reached[to..] {
            self.seen[*node as usize] |= lanes;
        }
    }

    fn push(&mut self, level: std::ops::Range<usize>) {
        self.touched.clear();
        for (node, _) in &self.reached[level] {
            let row = self.wave[*node as usize];
            for other in self.flat.neighbours(*node as usize) {
                let at = *other as usize;
                if !self.is_touched[at] {
                    self.is_touched[at] = true;
                    self.touched.push(*other);
                }
                self.gathered[at].add(&row);
            }
        }
    }

    fn pull(&self, node: usize) -> Row {
        let mut sum = Row::default();
        for other in self.flat.neighbours(node) {
            sum.add(&self.wave[*other as usize]);
        }
        sum
    }

    fn arrive(&mut self, node: u32, row: Row) {
        let at = node as usize;
        let lanes = row.lanes() & !self.seen[at];
        if lanes != 0 {
            let row = row.only(lanes);
            self.paths[at].add(&row);
            self.reached.push((node, lanes));
            self.rows.push(row);
        }
    }

    /// The level of `old` falls silent; the level after it speaks with `rows`.
    fn replace_wave(&mut self, old: std::ops::Range<usize>) {
        for (node, _) in &self.reached[old.clone()] {
            self.wave[*node as usize] = Row::default();
        }
        for ((node, _), row) in self.reached[old.end..].iter().zip(&self.rows) {
            self.wave[*node as usize] = *row;
        }
    }

    /// The way back: dependencies from the farthest level to the sources.
    fn rewind(&mut self, sources: &[u32], starts: &[usize]) {
        let mut weight = [0.0; LANES];
        for (lane, source) in sources.iter().enumerate() {
            weight[lane] = self.stands_for[*source as usize];
        }
        // From the level beyond the last, which is empty, down to the level after the sources.
        for level in (1..starts.len() - 1).rev() {
            let here = starts[level]..starts[level + 1];
            let beyond =
                starts[level + 1]..starts.get(level + 2).map_or(self.reached.len(), |at| *at);
            self.rows.clear();
            let pushes = self.arcs(&self.reached[beyond.clone()]) * 2
                < self.arcs(&self.reached[here.clone()]);
            if pushes {
                self.push(beyond.clone());
            }
            for place in here.clone() {
                let (node, lanes) = self.reached[place];
                let at = node as usize;
                let row = if pushes { self.gathered[at] } else { self.pull(at) }.only(lanes);
                let paths = self.paths[at];
                let own = self.stands_for[at];
                let mut hands_on = Row::default();
                let mut added = 0.0;
                for (lane, weight) in weight.iter().enumerate() {
                    let depends = row.0[lane] * paths.0[lane];
                    added += depends * weight;
                    hands_on.0[lane] = (own + depends) / paths.0[lane];
                }
                self.sum[at] += added;
                self.rows.push(hands_on.only(lanes));
            }
            if pushes {
                let touched = std::mem::take(&mut self.touched);
                for node in &touched {
                    self.gathered[*node as usize] = Row::default();
                    self.is_touched[*node as usize] = false;
                }
                self.touched = touched;
            }
            for (node, _) in &self.reached[beyond] {
                self.wave[*node as usize] = Row::default();
            }
            for ((node, _), row) in self.reached[here].iter().zip(&self.rows) {
                self.wave[*node as usize] = *row;
            }
        }
        for (node, _) in &self.reached {
            self.wave[*node as usize] = Row::default();
        }
    }
}

/// Sources in groups whose searches run alike: by their busiest neighbour, then by degree, then by number.
pub(super) fn grouped(flat: &Flat, mut sources: Vec<u32>) -> Vec<u32> {
    let busiest = |node: u32| {
        let others = flat.neighbours(node as usize).iter().copied();
        others
            .max_by_key(|other| (flat.degree(*other as usize), std::cmp::Reverse(*other)))
            .unwrap_or(id(flat.len()))
    };
    sources.sort_by_cached_key(|node| (busiest(*node), flat.degree(*node as usize), *node));
    sources
}
