//! What a single change of one of the owner's ties does to the owner's structural holes.
//!
//! **Definition** the owner's graph holds the contacts whose tie weighs more than 0, their ties among each other, and
//! the owner. [`Ego::with`] gives Burt's measures ([`super::structural_holes`]) of the same graph with one tie at
//! another weight: 0 takes the contact out of the graph, a weight above 0 puts one in. **Exact**: the same as building
//! the changed graph and measuring it anew, by updating only the sums that the change touches.
//!
//! **Edge cases** no contact: all undefined. **Complexity** O(n + m) once; a change of weight O(deg), a removal or an
//! addition O(Σ deg of the contact's neighbours). **Reference** Burt 1992; Borgatti 1997.

use crate::network::{Flat, id};

/// The owner's measures, before or after a change; `None` without a contact.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct EgoHoles {
    /// Contacts.
    pub contacts: usize,
    /// Constraint.
    pub constraint: Option<f64>,
    /// Effective size.
    pub effective_size: Option<f64>,
    /// Effective size over contacts.
    pub efficiency: Option<f64>,
}

/// The owner among the contacts, ready to answer what a change of one tie would do.
#[derive(Debug, Clone)]
pub struct Ego<'a> {
    flat: &'a Flat,
    /// Weight of the owner's tie with each node; 0 = not in the graph.
    own: Vec<f64>,
    /// Sum of a contact's tie weights within the graph, the owner's included.
    strength: Vec<f64>,
    /// `w_ok + Σ_q w_oq a_qk / s_q`: the square, over the owner's strength squared, is the constraint of `k`.
    reach: Vec<f64>,
    /// `Σ_q w_oq a_kq`.
    shared: Vec<f64>,
    /// A contact's heaviest tie within the graph, the owner's included.
    heaviest: Vec<f64>,
    /// Sums over the contacts: number, own weight, squared reach, `shared / heaviest`.
    sums: Sums,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    contacts: usize,
    own: f64,
    squares: f64,
    redundancy: f64,
}

impl Sums {
    fn holes(self) -> EgoHoles {
        let contacts = self.contacts as f64;
        let some = |value: f64| (self.contacts > 0).then_some(value);
        let size = contacts - self.redundancy / self.own;
        EgoHoles {
            contacts: self.contacts,
            constraint: some(self.squares / (self.own * self.own)),
            effective_size: some(size),
            efficiency: some(size / contacts),
        }
    }
}

impl<'a> Ego<'a> {
    /// The owner with ties of these weights, one a node; weights that are not above 0 are no tie.
    ///
    /// ```
    /// use weaktie::measures::what_if::Ego;
    /// use weaktie::network::Flat;
    /// // Three contacts, two of whom know each other: effective size 3 − 2·1/3.
    /// let flat = Flat::new(3, [(0, 1, 1.0)]);
    /// let ego = Ego::new(&flat, &[1.0, 1.0, 1.0]);
    /// assert_eq!(ego.holes().effective_size, Some(3.0 - 2.0 / 3.0));
    /// // Without one of the two, the others do not know each other.
    /// assert_eq!(ego.with(0, 0.0).effective_size, Some(2.0));
    /// ```
    #[must_use]
    pub fn new(flat: &'a Flat, weights: &[f64]) -> Self {
        let own: Vec<f64> =
            (0..flat.len()).map(|n| weights.get(n).copied().unwrap_or(0.0).max(0.0)).collect();
        let nodes = flat.len();
        let mut ego = Self {
            flat,
            strength: vec![0.0; nodes],
            reach: vec![0.0; nodes],
            shared: vec![0.0; nodes],
            heaviest: vec![0.0; nodes],
            own,
            sums: Sums::default(),
        };
        for node in ego.contacts() {
            (ego.strength[node], ego.heaviest[node]) = ego.tally(node, None, ego.own[node]);
        }
        for node in ego.contacts() {
            let (own, strength) = (ego.own[node], ego.strength[node]);
            ego.reach[node] += own;
            for (other, weight) in ends(flat, node) {
                if ego.own[other] > 0.0 {
                    ego.reach[other] += own * weight / strength;
                    ego.shared[other] += own * weight;
                }
            }
        }
        for node in ego.contacts() {
            ego.sums.contacts += 1;
            ego.sums.own += ego.own[node];
            ego.sums.squares += ego.reach[node] * ego.reach[node];
            ego.sums.redundancy += ego.shared[node] / ego.heaviest[node];
        }
        ego
    }

    /// The measures as things stand.
    #[must_use]
    pub fn holes(&self) -> EgoHoles {
        self.sums.holes()
    }

    /// How much of the owner's constraint each contact holds (`c_oj`), by node; they add up to the constraint.
    #[must_use]
    pub fn causes(&self) -> Vec<(usize, f64)> {
        let all = self.sums.own * self.sums.own;
        self.contacts().into_iter().map(|n| (n, self.reach[n] * self.reach[n] / all)).collect()
    }

    /// The measures if the owner's tie with `node` weighed `weight`; 0 takes the contact out of the graph.
    #[must_use]
    pub fn with(&self, node: usize, weight: f64) -> EgoHoles {
        let (before, after) = (self.own[node], weight.max(0.0));
        if before <= 0.0 && after <= 0.0 {
            return self.holes();
        }
        let mut change = Change::default();
        let stays = before > 0.0 && after > 0.0;
        let (strength, heaviest) = self.tally(node, None, after);
        let mut own_reach = if stays { self.reach[node] + after - before } else { after };
        let mut own_shared = if stays { self.shared[node] } else { 0.0 };
        for (other, tie) in self.around(node) {
            // What the contact passes on to its neighbours.
            let passed =
                |own: f64, strength: f64| if own > 0.0 { own * tie / strength } else { 0.0 };
            change.reach(other, passed(after, strength) - passed(before, self.strength[node]));
            change.shared.push((id(other), (after - before) * tie));
            if stays {
                continue;
            }
            // Its neighbours' ties add up to another sum, so that all they pass on changes.
            let own = self.own[other];
            let (was, now) = if after > 0.0 {
                (self.strength[other], self.strength[other] + tie)
            } else {
                (self.strength[other], self.strength[other] - tie)
            };
            for (third, weight) in self.around(other) {
                if third != node {
                    change.reach(third, own * weight * (1.0 / now - 1.0 / was));
                }
            }
            if after > 0.0 {
                own_reach += own * tie / now;
                own_shared += own * tie;
            }
        }
        let mut sums = self.sums;
        change.merge();
        for (other, by) in &change.reach {
            let (other, was) = (*other as usize, self.reach[*other as usize]);
            if other != node {
                sums.squares += (was + by) * (was + by) - was * was;
            }
        }
        for (other, by) in &change.shared {
            let other = *other as usize;
            let heaviest = if stays {
                self.heaviest[other]
            } else {
                self.tally(other, Some((node, after)), self.own[other]).1
            };
            sums.redundancy +=
                (self.shared[other] + by) / heaviest - self.shared[other] / self.heaviest[other];
        }
        sums.own += after - before;
        if before > 0.0 {
            sums.contacts -= 1;
            sums.squares -= self.reach[node] * self.reach[node];
            sums.redundancy -= self.shared[node] / self.heaviest[node];
        }
        if after > 0.0 {
            sums.contacts += 1;
            sums.squares += own_reach * own_reach;
            sums.redundancy += own_shared / heaviest;
        }
        sums.holes()
    }

    fn contacts(&self) -> Vec<usize> {
        (0..self.flat.len()).filter(|node| self.own[*node] > 0.0).collect()
    }

    /// Ties of a node to contacts.
    fn around(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        ends(self.flat, node).filter(|(other, _)| self.own[*other] > 0.0)
    }

    /// Sum and maximum of a node's tie weights within the graph, with `own` for the owner's; `but` names a node that
    /// is in the graph when its weight is above 0.
    fn tally(&self, node: usize, but: Option<(usize, f64)>, own: f64) -> (f64, f64) {
        let is_in = |other: usize| match but {
            Some((changed, weight)) if changed == other => weight > 0.0,
            _ => self.own[other] > 0.0,
        };
        ends(self.flat, node)
            .filter(|(other, _)| is_in(*other))
            .fold((own, own), |(sum, most), (_, weight)| (sum + weight, most.max(weight)))
    }
}

fn ends(flat: &Flat, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
    let weights = flat.weights(node).iter().copied();
    flat.neighbours(node).iter().map(|other| *other as usize).zip(weights)
}

/// What a change adds to the sums of others.
#[derive(Default)]
struct Change {
    reach: Vec<(u32, f64)>,
    shared: Vec<(u32, f64)>,
}

impl Change {
    fn reach(&mut self, node: usize, by: f64) {
        self.reach.push((id(node), by));
    }

    /// One entry a node, in the order of nodes.
    fn merge(&mut self) {
        self.reach.sort_by_key(|(node, _)| *node);
        self.reach.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::structural_holes::structural_holes;
    use crate::random::Stream;

    /// The same by building the whole graph of the contacts and the owner.
    fn brute(flat: &Flat, own: &[f64]) -> EgoHoles {
        let inside: Vec<usize> = (0..flat.len()).filter(|node| own[*node] > 0.0).collect();
        let place = |node: usize| inside.binary_search(&node).unwrap();
        let among = flat.induced(&inside);
        let edges =
            among.edges().chain(inside.iter().map(|node| (inside.len(), place(*node), own[*node])));
        let found = structural_holes(&Flat::new(inside.len() + 1, edges.collect::<Vec<_>>()));
        let last = found[inside.len()];
        EgoHoles {
            contacts: inside.len(),
            constraint: last.constraint,
            effective_size: last.effective_size,
            efficiency: last.efficiency,
        }
    }

    fn close(found: EgoHoles, expected: EgoHoles) {
        assert_eq!(found.contacts, expected.contacts);
        for (found, expected) in [
            (found.constraint, expected.constraint),
            (found.effective_size, expected.effective_size),
            (found.efficiency, expected.efficiency),
        ] {
            match (found, expected) {
                (Some(a), Some(b)) => assert!((a - b).abs() < 1e-10 * b.abs().max(1.0), "{a} {b}"),
                (a, b) => assert_eq!(a, b),
            }
        }
    }

    #[test]
    fn every_change_equals_measuring_the_changed_graph() {
        for index in 0..30 {
            let mut stream = Stream::new(4, "what-if", index);
            let weighted = index % 2 == 0;
            let edges: Vec<_> = (0..70)
                .map(|_| {
                    let weight = if weighted { stream.between(0.1, 3.0) } else { 1.0 };
                    (stream.index(25), stream.index(25), weight)
                })
                .collect();
            let flat = Flat::new(25, edges);
            let flat = if weighted { flat } else { flat.unweighted() };
            let mut own: Vec<f64> = (0..25)
                .map(|_| match (stream.chance(0.6), weighted) {
                    (true, true) => stream.between(0.1, 2.0),
                    (true, false) => 1.0,
                    _ => 0.0,
                })
                .collect();
            let ego = Ego::new(&flat, &own);
            close(ego.holes(), brute(&flat, &own));
            let causes: f64 = ego.causes().iter().map(|cause| cause.1).sum();
            assert!((causes - ego.holes().constraint.unwrap_or(0.0)).abs() < 1e-10);
            for node in 0..25 {
                let before = own[node];
                for after in [0.0, 1.0, 2.5] {
                    own[node] = after;
                    close(ego.with(node, after), brute(&flat, &own));
                }
                own[node] = before;
            }
        }
    }

    #[test]
    fn the_last_contact_leaves_nothing() {
        let flat = Flat::new(2, [(0, 1, 1.0)]);
        let ego = Ego::new(&flat, &[1.0, 0.0]);
        assert_eq!(ego.holes().constraint, Some(1.0));
        assert_eq!(ego.with(0, 0.0), EgoHoles::default());
    }
}
