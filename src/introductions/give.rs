//! Introductions worth giving: two contacts who should meet (`methods` F.1).
//!
//! Both stand close to the owner, nothing says that they know each other, and something speaks for it. `score = feasible · fit · unlikely ·
//! rested`, every factor kept: `feasible = √(s_a s_b)`; `fit` 1 for a need that the other's offer meets, else the Jaccard index of
//! industry and function, with a bonus for different functions of one industry; `unlikely = 1 − p_meet`, across circles at least
//! `1 − π`, within a circle (or where no circle of either is seen) times 0.4; `rested = exp(−load_a − load_b)`. Colleagues are left out: they need no third.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::audit::{EgoChange, Introduction, IntroductionLimits, MatrixCell, Meeting, Reason};
use crate::forecast::logistic::Line;
use crate::measures::closeness::Past;
use crate::measures::likeness::likeness;
use crate::network::{Flat, id};
use crate::units::Evidence;

use super::capacity;
use super::circle::{Circle, Contact, LIKELY};
use super::meeting::{self, HORIZON};

/// Strength from which the owner stands close enough to introduce somebody.
pub const CLOSE: f64 = 0.5;
/// Fit from which a pair counts as good.
pub const GOOD: f64 = 0.5;
/// Introductions listed for a quarter.
pub const LISTED: usize = 12;
/// Pairs are looked at among so many of the closest.
const CLOSEST: usize = 3_000;
/// Pairs of one circle mostly meet without the owner.
const WITHIN: f64 = 0.4;
/// Bonus for two sides of one industry.
const SIDES: f64 = 2.0 / 3.0;
/// Each introduction in 180 days takes this off the exponent.
const LOAD: f64 = 0.5;

/// Pairs and where they lie.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// Good pairs under the capacities of a quarter, best first, at most [`LISTED`].
    pub chosen: Vec<Introduction>,
    /// Open and good pairs by circle and circle.
    pub matrix: Vec<MatrixCell>,
}

/// What pairs are ranked with.
#[derive(Debug)]
pub struct Ranking<'a> {
    circle: &'a Circle,
    limits: &'a IntroductionLimits,
    line: Line,
    past: Past,
    graph: Flat,
    /// Contacts who may be introduced, closest first.
    close: Vec<usize>,
    /// By contact, those with whom no introduction is wanted, sorted: kept apart, or known to each other though no tie says so.
    closed: Vec<Vec<u32>>,
    /// Active ties, and ties among those contacts.
    active: [f64; 2],
}

/// A pair before it is written out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scored {
    score: f64,
    a: u32,
    b: u32,
}

/// The pairs of one contact with those who come after.
struct Row {
    /// Those that fit well.
    good: Vec<Scored>,
    /// Open pairs by the circle of the other.
    open: Vec<u32>,
}

/// Circles by number.
struct Circles<'c> {
    letters: Vec<&'c str>,
    /// By contact; `None` without a circle.
    number: Vec<Option<usize>>,
}

impl Circles<'_> {
    /// The cell of two circles in a square of all.
    fn cell(&self, x: usize, y: usize) -> usize {
        x.min(y) * self.letters.len() + x.max(y)
    }
}

impl<'a> Ranking<'a> {
    /// Prepares the ranking.
    #[must_use]
    pub fn new(circle: &'a Circle, limits: &'a IntroductionLimits, meeting: &Meeting) -> Self {
        let contacts = &circle.contacts;
        let may = |contact: &Contact| {
            contact.is_active
                && contact.strength >= CLOSE
                && !limits.suppressed.contains_key(&contact.id)
        };
        let mut close: Vec<usize> = (0..contacts.len()).filter(|at| may(&contacts[*at])).collect();
        close
            .sort_by(|a, b| contacts[*b].strength.total_cmp(&contacts[*a].strength).then(a.cmp(b)));
        close.truncate(CLOSEST);
        let is_active = |end: u32| contacts[end as usize].is_active;
        let among = circle.ties.iter().filter(|tie| tie.ends.into_iter().all(is_active)).count();
        let active = contacts.iter().filter(|contact| contact.is_active).count();
        let mut closed = vec![Vec::new(); contacts.len()];
        for [a, b] in limits.apart.iter().chain(&limits.acquainted) {
            if let Some((a, b)) = circle.place(a).zip(circle.place(b)) {
                closed[a].push(id(b));
                closed[b].push(id(a));
            }
        }
        for others in &mut closed {
            others.sort_unstable();
        }
        Self {
            circle,
            limits,
            line: Line { intercept: meeting.intercept, slopes: meeting.slopes.clone() },
            past: circle.past(f64::from(HORIZON)),
            graph: circle.graph(),
            close,
            closed,
            active: [active as f64, among as f64],
        }
    }

    /// The introductions of a quarter and the circles they join. O(close²).
    #[must_use]
    pub fn given(&self) -> Given {
        let circles = self.circles();
        let rows: Vec<Row> = self
            .close
            .par_iter()
            .enumerate()
            .map(|(nth, a)| self.row(*a, &self.close[nth + 1..], &circles))
            .collect();
        let matrix = self.matrix(&rows, &circles);
        let mut good: Vec<Scored> = rows.into_iter().flat_map(|row| row.good).collect();
        sort(&mut good);
        let ends: Vec<[usize; 2]> =
            good.iter().map(|pair| [pair.a as usize, pair.b as usize]).collect();
        let capacity: Vec<u32> = self.circle.contacts.iter().map(|one| self.room(one)).collect();
        let chosen = capacity::choose(&ends, &capacity, LISTED);
        Given {
            chosen: chosen.into_iter().map(|nth| self.told(ends[nth][0], ends[nth][1])).collect(),
            matrix,
        }
    }

    /// Everybody whom `who` should meet, best first, at most `most`; empty where a limit or a cold tie forbids it.
    #[must_use]
    pub fn with(&self, who: usize, most: usize) -> Vec<Introduction> {
        if !self.close.contains(&who) || self.room(&self.circle.contacts[who]) == 0 {
            return Vec::new();
        }
        let others = self.close.iter().filter(|other| **other != who);
        let mut pairs: Vec<Scored> = others
            .filter(|other| self.room(&self.circle.contacts[**other]) > 0)
            .filter_map(|other| Some((*other, self.open(who, *other)?)))
            .filter(|(_, fit)| *fit > 0.0)
            .map(|(other, fit)| self.scored(who, other, fit))
            .collect();
        sort(&mut pairs);
        let told = |pair: Scored| self.told(pair.a as usize, pair.b as usize);
        pairs.into_iter().take(most).map(told).collect()
    }

    /// Whether somebody stands close enough and is under no limit.
    #[must_use]
    pub fn may_introduce(&self, who: usize) -> bool {
        self.close.contains(&who)
    }

    /// Introductions of somebody that are left this quarter.
    fn room(&self, contact: &Contact) -> u32 {
        let done = self.limits.load.get(&contact.id).map_or(0, |load| load.in_quarter);
        self.limits.a_person.saturating_sub(done)
    }

    /// The pairs of one contact with others.
    fn row(&self, a: usize, others: &[usize], circles: &Circles<'_>) -> Row {
        let mut row = Row { good: Vec::new(), open: vec![0; circles.letters.len()] };
        for b in others {
            let Some(fit) = self.open(a, *b) else { continue };
            if let Some(circle) = circles.number[*b] {
                row.open[circle] += 1;
            }
            // Most pairs are not good: their chance to meet need not be worked out.
            if fit >= GOOD {
                row.good.push(self.scored(a, *b, fit));
            }
        }
        row
    }

    /// The fit of a pair; `None` where the two know each other or are kept apart.
    fn open(&self, a: usize, b: usize) -> Option<f64> {
        let (one, other) = (&self.circle.contacts[a], &self.circle.contacts[b]);
        let is_tied = self.circle.tie(a, b).is_some_and(|tie| tie.probability >= LIKELY);
        let is_colleague = one.company.is_some() && one.company == other.company;
        let is_closed = self.closed[a].binary_search(&id(b)).is_ok();
        if is_tied || is_colleague || is_closed {
            return None;
        }
        Some(self.fit(one, other))
    }

    fn scored(&self, a: usize, b: usize, fit: f64) -> Scored {
        Scored { score: self.factors(a, b, fit).0, a: id(a), b: id(b) }
    }

    /// Score, and its factors: feasible, unlikely, rested, `p_meet`.
    fn factors(&self, a: usize, b: usize, fit: f64) -> (f64, [f64; 4]) {
        let (one, other) = (&self.circle.contacts[a], &self.circle.contacts[b]);
        let feasible = libm::sqrt(one.strength * other.strength);
        let known = self.circle.tie(a, b).map_or(0.0, |tie| tie.probability);
        let p_meet = meeting::of_two(&self.line, &self.past, a, b);
        let unlikely = if is_apart(one, other) {
            (1.0 - p_meet).max(1.0 - known)
        } else {
            (1.0 - p_meet) * WITHIN
        };
        let load = |contact: &Contact| {
            let done = self.limits.load.get(&contact.id).map_or(0, |load| load.introduced);
            LOAD * f64::from(done)
        };
        let rested = libm::exp(-load(one) - load(other));
        (feasible * fit * unlikely * rested, [feasible, unlikely, rested, p_meet])
    }

    /// How well two people fit.
    fn fit(&self, a: &Contact, b: &Contact) -> f64 {
        if self.needs_met(a, b).next().or_else(|| self.needs_met(b, a).next()).is_some() {
            return 1.0;
        }
        let shared = f64::from(
            u32::from(shared(a.industry.as_ref(), b.industry.as_ref()).is_some())
                + u32::from(shared(a.function.as_ref(), b.function.as_ref()).is_some()),
        );
        let sides = if sides(a, b).is_some() { SIDES } else { 0.0 };
        (shared / (4.0 - shared) + sides).min(1.0)
    }

    /// The needs of one that the other's offers meet.
    fn needs_met(&self, one: &Contact, other: &Contact) -> impl Iterator<Item = &'a String> {
        let tags = |contact: &Contact| self.limits.tags.get(&contact.id);
        let both = tags(one).zip(tags(other)).into_iter();
        both.flat_map(|(one, other)| one.needs.iter().filter(|need| other.offers.contains(need)))
    }

    /// Why two people fit.
    fn reasons(&self, a: &Contact, b: &Contact) -> Vec<Reason> {
        let met = self.needs_met(a, b).chain(self.needs_met(b, a));
        let mut reasons: Vec<Reason> = met.map(|need| Reason::NeedMet(need.clone())).collect();
        reasons.sort();
        reasons.dedup();
        reasons.extend(sides(a, b).map(|sides| Reason::OtherSide(sides.map(Clone::clone))));
        let industry = shared(a.industry.as_ref(), b.industry.as_ref());
        let function = shared(a.function.as_ref(), b.function.as_ref());
        reasons.extend(industry.cloned().map(Reason::SameIndustry));
        reasons.extend(function.cloned().map(Reason::SameFunction));
        reasons
    }

    fn told(&self, a: usize, b: usize) -> Introduction {
        let contacts = &self.circle.contacts;
        let closer = contacts[a].strength.total_cmp(&contacts[b].strength).then(b.cmp(&a));
        let (a, b) = if closer.is_ge() { (a, b) } else { (b, a) };
        let (one, other) = (&contacts[a], &contacts[b]);
        let (fit, reasons) = (self.fit(one, other), self.reasons(one, other));
        let (score, [feasible, unlikely, rested, p_meet]) = self.factors(a, b, fit);
        let common = likeness(&self.graph, a, b).common;
        let [active, among] = self.active;
        let size = |ties: f64| active - 2.0 * ties / active.max(1.0);
        Introduction {
            a: one.id.clone(),
            b: other.id.clone(),
            score,
            feasible,
            fit,
            unlikely,
            rested,
            p_meet,
            reasons,
            common: id(common),
            circles: [one.community.clone(), other.community.clone()],
            // Both ends are the owner's own interactions; what is not seen between them is no tie at all.
            tier: Evidence::Interaction,
            ego: EgoChange {
                effective_size: size(among),
                effective_size_after: size(among + 1.0),
                is_only_link: common == 0,
                contact: [one.contact[0], other.contact[0]],
                contact_after: [one.contact[1], other.contact[1]],
            },
        }
    }

    /// Millions of pairs fall into a few cells: these are found by number.
    fn circles(&self) -> Circles<'_> {
        let contacts = &self.circle.contacts;
        let letters: BTreeSet<&str> =
            contacts.iter().filter_map(|contact| contact.community.as_deref()).collect();
        let letters: Vec<&str> = letters.into_iter().collect();
        let number = contacts
            .iter()
            .map(|contact| letters.binary_search(&contact.community.as_deref()?).ok())
            .collect();
        Circles { letters, number }
    }

    /// Pairs by circle and circle, of those who may be introduced.
    fn matrix(&self, rows: &[Row], circles: &Circles<'_>) -> Vec<MatrixCell> {
        let Circles { letters, number } = circles;
        let mut cells: Vec<Option<MatrixCell>> = vec![None; letters.len() * letters.len()];
        let place = |a: usize, b: usize| {
            let (x, y) = number[a].zip(number[b])?;
            Some(circles.cell(x, y))
        };
        let empty = |at: usize| MatrixCell {
            a: letters[at / letters.len()].to_owned(),
            b: letters[at % letters.len()].to_owned(),
            open: 0,
            good: 0,
            best: 0.0,
            tied: 0,
        };
        for (a, row) in self.close.iter().zip(rows) {
            let Some(own) = number[*a] else { continue };
            for (circle, open) in row.open.iter().enumerate().filter(|(_, open)| **open > 0) {
                let at = circles.cell(own, circle);
                cells[at].get_or_insert_with(|| empty(at)).open += open;
            }
            for pair in &row.good {
                let Some(at) = place(*a, pair.b as usize) else { continue };
                let cell = cells[at].get_or_insert_with(|| empty(at));
                cell.good += 1;
                cell.best = cell.best.max(pair.score);
            }
        }
        let mut is_close = vec![false; self.circle.contacts.len()];
        for at in &self.close {
            is_close[*at] = true;
        }
        let likely = self.circle.ties.iter().filter(|tie| tie.probability >= LIKELY);
        let tied = likely.map(|tie| tie.ends.map(|end| end as usize));
        let known = self.limits.acquainted.iter().filter_map(|[a, b]| {
            let (a, b) = (self.circle.place(a)?, self.circle.place(b)?);
            let is_seen = self.circle.tie(a, b).is_some_and(|tie| tie.probability >= LIKELY);
            (!is_seen).then_some([a, b])
        });
        for [a, b] in tied.chain(known) {
            if is_close[a]
                && is_close[b]
                && let Some(at) = place(a, b)
            {
                cells[at].get_or_insert_with(|| empty(at)).tied += 1;
            }
        }
        cells.into_iter().flatten().collect()
    }
}

/// What both are known to be.
fn shared<'c>(a: Option<&'c String>, b: Option<&String>) -> Option<&'c String> {
    a.filter(|a| Some(*a) == b)
}

/// The functions of two people on different sides of one industry.
fn sides<'c>(a: &'c Contact, b: &'c Contact) -> Option<[&'c String; 2]> {
    let functions = a.function.as_ref().zip(b.function.as_ref());
    let sides = functions
        .filter(|(x, y)| x != y && shared(a.industry.as_ref(), b.industry.as_ref()).is_some());
    sides.map(|(x, y)| [x, y])
}

/// Whether two people belong to different circles.
fn is_apart(a: &Contact, b: &Contact) -> bool {
    a.community != b.community
}

fn sort(pairs: &mut [Scored]) {
    pairs
        .par_sort_unstable_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Load, Rule, Tags};
    use crate::introductions::testing::{between, contact, limits};
    use crate::units::Day;

    /// `(id, strength, circle, industry, function)`.
    fn circle(people: &[(&str, f64, &str, &str, &str)], ties: &[(u32, u32)]) -> Circle {
        let contacts = people.iter().map(|(id, strength, letter, industry, function)| Contact {
            community: Some((*letter).to_owned()),
            industry: Some((*industry).to_owned()),
            function: Some((*function).to_owned()),
            ..contact(id, *strength)
        });
        let ties = ties.iter().map(|(a, b)| between(*a, *b, 1.0, 1.0)).collect();
        Circle::new("me".to_owned(), Day(0), contacts.collect(), ties, Some(2.0))
    }

    const PEOPLE: [(&str, f64, &str, &str, &str); 4] = [
        ("ana", 0.9, "A", "health", "sales"),
        ("ben", 0.6, "B", "health", "research"),
        ("cy", 0.8, "B", "finance", "sales"),
        ("dee", 0.3, "B", "health", "legal"),
    ];

    fn names(given: &[Introduction]) -> Vec<[&str; 2]> {
        given.iter().map(|pair| [pair.a.as_str(), pair.b.as_str()]).collect()
    }

    #[test]
    fn two_sides_of_one_industry_are_introduced_and_every_factor_adds_up() {
        let (circle, limits, meeting) = (circle(&PEOPLE, &[]), limits(), Meeting::default());
        let found = Ranking::new(&circle, &limits, &meeting).given();
        assert_eq!(names(&found.chosen), [["ana", "ben"]]);
        let pair = &found.chosen[0];
        assert!((pair.fit - 1.0).abs() < 1e-12);
        assert!((pair.feasible - (0.9_f64 * 0.6).sqrt()).abs() < 1e-12);
        let product = pair.feasible * pair.fit * pair.unlikely * pair.rested;
        assert!((pair.score - product).abs() < 1e-12);
        // Four active contacts without ties among them: 4, and 4 − 2/4 once two of them are tied.
        assert!((pair.ego.effective_size_after - 3.5).abs() < 1e-12 && pair.ego.is_only_link);
        // Dee stands too far off: of six pairs three are open.
        let open: u32 = found.matrix.iter().map(|cell| cell.open).sum();
        assert_eq!((open, found.matrix.len()), (3, 2));
    }

    #[test]
    fn who_knows_each_other_works_together_or_is_kept_apart_is_not_introduced() {
        let given = |circle: &Circle, limits: &IntroductionLimits| {
            Ranking::new(circle, limits, &Meeting::default()).given().chosen.len()
        };
        assert_eq!(given(&circle(&PEOPLE, &[(0, 1)]), &limits()), 0);
        let open = circle(&PEOPLE, &[]);
        let mut bound = limits();
        bound.apart.push(["ben".to_owned(), "ana".to_owned()]);
        assert_eq!(given(&open, &bound), 0);
        let mut bound = limits();
        bound.acquainted.push(["ana".to_owned(), "ben".to_owned()]);
        assert_eq!(given(&open, &bound), 0);
        let matrix = Ranking::new(&open, &bound, &Meeting::default()).given().matrix;
        assert_eq!(matrix.iter().map(|cell| cell.tied).sum::<u32>(), 1);
        let mut bound = limits();
        bound.suppressed.insert("ben".to_owned(), Rule::Role);
        assert_eq!(given(&open, &bound), 0);
        let mut bound = limits();
        bound.load.insert("ana".to_owned(), Load { introduced: 1, in_quarter: 1, asked: 0 });
        assert_eq!(given(&open, &bound), 0);
        bound.a_person = 2;
        assert_eq!(given(&open, &bound), 1);
        let mut house = open.clone();
        house.contacts[0].company = Some("corvane".to_owned());
        house.contacts[1].company = Some("corvane".to_owned());
        assert_eq!(given(&house, &limits()), 0);
    }

    #[test]
    fn a_need_that_an_offer_meets_fits_fully() {
        let open = circle(&PEOPLE, &[]);
        let mut bound = limits();
        let of = |needs: &[&str], offers: &[&str]| Tags {
            needs: needs.iter().map(|tag| (*tag).to_owned()).collect(),
            offers: offers.iter().map(|tag| (*tag).to_owned()).collect(),
        };
        bound.tags.insert("cy".to_owned(), of(&["a lawyer"], &[]));
        bound.tags.insert("ben".to_owned(), of(&[], &["a lawyer"]));
        let meeting = Meeting::default();
        let found = Ranking::new(&open, &bound, &meeting).with(2, 9);
        // Both of circle B: 0.4 of √(0.8·0.6) is less than a third of √(0.9·0.8).
        assert_eq!(names(&found), [["ana", "cy"], ["cy", "ben"]]);
        assert_eq!(found[1].reasons, [Reason::NeedMet("a lawyer".to_owned())]);
        assert!((found[1].fit - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nobody_is_introduced_more_often_than_the_limit() {
        let people: Vec<(String, f64, &str)> = (0..20_u8)
            .map(|n| {
                (format!("p{n:02}"), 0.95 - f64::from(n) / 50.0, ["A", "B"][usize::from(n % 2)])
            })
            .collect();
        let people: Vec<(&str, f64, &str, &str, &str)> = people
            .iter()
            .enumerate()
            .map(|(n, (id, s, letter))| (&**id, *s, *letter, "health", ["sales", "it"][n / 2 % 2]))
            .collect();
        let (open, meeting) = (circle(&people, &[]), Meeting::default());
        for most in [1, 2] {
            let mut bound = limits();
            bound.a_person = most;
            let found = Ranking::new(&open, &bound, &meeting).given().chosen;
            assert!(found.len() >= 9);
            for (id, ..) in &people {
                let times = found.iter().filter(|pair| pair.a == **id || pair.b == **id).count();
                assert!(times <= most as usize);
            }
            assert!(found.is_sorted_by(|x, y| x.score >= y.score));
        }
    }
}
