//! The columns of the pretrained model: a tie at a cut-off `T`, in units of the horizon `H` (`methods` C.8).
//!
//! With `d` = distinct contact days before `T`, `a = T − d`, `S_h = Σ 2^(−a/h)`:
//!
//! | column | definition |
//! |---|---|
//! | `R1 R4 R12` | `ln(S_h · ln 2 / h · H / (1 − 2^(−L/h)) + 0.02)` at `h = H, 4H, H/12`, `L` = length of the log: contact days expected in `H` |
//! | `lrec lage` | `ln(days since the last / first contact / H + 0.03)` |
//! | `lrmax` | `lrec` less the logarithm of the tie's longest gap over `H`, within ±3 |
//! | `lag2 lag3` | contact in `[T−2H, T−H)`, `[T−3H, T−2H)` |
//! | `aw1` | of the 13 slices of the last `H`, those with contact |
//! | `lper` | `ln(interactions / contact days)` |
//! | `vrec` | as `lrec`, from the last day seen together or in contact, at most `4H` ago |
//! | `Rco` | `ln(Σ 2^(−a/H) · ln 2 + 0.02)` over days in the last `4H` on which both received one message of a third |
//! | `ties active` | `ln` of the number of ties; `ln(decayed active days a day + 0.01)`: mean of both people, or the owner's |
//! | `seen_less seen_more` | whole log: `ln(days since last seen with anybody else / H + 0.03)`, the staler and the fresher of the two |
//! | `overlap` | whole log: Jaccard index of the partners of the last `2H` |
//!
//! **Symmetric** a tie has one row, whoever is called `a`: the two people enter by mean, maximum and minimum. Trained so, the
//! model ranks one owner's ties as well as rows of "owner and other" do, and all ties of a log better (numbers: [`super`]).
//!
//! **One more contact today** moves `R1 R4 R12 aw1` up and `lrec lrmax vrec` down, each never the other way; everything else
//! is held, a usual number of interactions (`lper`) and what both do elsewhere included.

use rayon::prelude::*;

use super::history::{ContactDay, Histories};
use super::mbg::History;
use super::people::{self, Person};
use crate::units::Day;

/// Columns from the tie alone.
const TIE: usize = 12;
/// The thirteen slices of the last horizon as bits.
const SLICES: u32 = (1 << 13) - 1;
/// Columns of a log that shows one person's ties.
pub const OWN: usize = 14;
/// Columns of a log that shows what people do among themselves.
pub const WHOLE: usize = 17;
/// Their names, in order.
pub const NAMES: [&str; WHOLE] = [
    "R1",
    "R4",
    "R12",
    "lrec",
    "lage",
    "lrmax",
    "lag2",
    "lag3",
    "aw1",
    "lper",
    "vrec",
    "Rco",
    "ties",
    "active",
    "seen_less",
    "seen_more",
    "overlap",
];
/// Which way a column may only pull: 1 up, −1 down, 0 either. What a contact raises never lowers the chance.
pub const SIGNS: [i8; WHOLE] = [1, 1, 1, -1, 0, -1, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0];

/// How far each column usually spreads, set by hand near its standard deviation over owners' ties: the unit in which a log's own
/// coefficients are held near the pretrained ones. A log's own spread would not do: a column that hardly varies in one
/// window would be free to take any coefficient, and vary in the next.
pub const SPREADS: [f64; WHOLE] =
    [1.5, 1.3, 1.7, 1.6, 1.0, 1.3, 0.5, 0.5, 2.5, 0.5, 1.4, 1.4, 0.8, 0.9, 1.2, 0.8, 0.1];

/// Whose contacts a log shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One person's: the number of that person.
    Own(u32),
    /// Everybody's.
    Whole,
}

impl Scope {
    /// The scope of a log by who is in it: one person's if that person has a part in more than half of all contact days.
    #[must_use]
    pub fn of(histories: &Histories) -> Self {
        histories.centre().map_or(Self::Whole, Self::Own)
    }

    /// Columns that mean something in it.
    #[must_use]
    pub fn width(self) -> usize {
        match self {
            Self::Own(_) => OWN,
            Self::Whole => WHOLE,
        }
    }
}

/// The past of a tie at a cut-off, in the numbers that plain models read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Past {
    /// Which tie.
    pub tie: u32,
    /// Interactions before the cut-off.
    pub rows: u32,
    /// Days since the last contact day, at least 1.
    pub silent: u32,
    /// What the MBG/NBD model sees.
    pub history: History,
}

impl Past {
    /// Contact days.
    #[must_use]
    pub fn days(&self) -> f64 {
        self.history.x + 1.0
    }

    /// The same past with one more contact on the last day; the same where that day has one.
    #[must_use]
    pub fn touched(self) -> Self {
        if self.silent <= 1 {
            return self;
        }
        let rows = self.rows.saturating_add(1);
        Self { rows, silent: 1, history: self.history.touched(), ..self }
    }
}

/// A tie at a cut-off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Its past.
    pub past: Past,
    /// The columns; those beyond the scope are 0.
    pub columns: [f64; WHOLE],
}

/// Which ties have a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Every tie begun before the cut-off.
    All,
    /// About so many of them, evenly spread.
    Sample(usize),
}

/// The ties begun before `cutoff`, each as a row, in the order of ties.
#[must_use]
pub fn rows(at: &At<'_>, which: Which) -> Vec<Row> {
    each(at, which, |row| row)
}

/// A log at a cut-off.
#[derive(Debug, Clone, Copy)]
pub struct At<'h> {
    /// The log.
    pub histories: &'h Histories,
    /// Whose contacts it shows.
    pub scope: Scope,
    /// Days before this are known.
    pub cutoff: Day,
    /// Days ahead, at least 1.
    pub horizon: i32,
}

impl At<'_> {
    /// The same log earlier.
    #[must_use]
    pub fn earlier(self, days: i32) -> Self {
        Self { cutoff: self.cutoff.plus(-days), ..self }
    }
}

/// What a function makes of the row of each tie, in the order of ties; rows are made one at a time. Cost: O(contact days)
/// plus, for each tie of a whole log, the fewer recent partners of its two people.
pub fn each<T: Send>(at: &At<'_>, which: Which, make: impl Fn(Row) -> T + Sync) -> Vec<T> {
    by_tie(at, which, |scale, tie, people| make(scale.row(at.histories, tie, people)))
}

/// The same with the row after one more contact on the last day beside each; the same row where that day has one.
pub fn each_touched<T: Send>(
    at: &At<'_>,
    which: Which,
    make: impl Fn(Row, Row) -> T + Sync,
) -> Vec<T> {
    by_tie(at, which, |scale, tie, people| {
        let row = scale.row(at.histories, tie, people);
        make(row, scale.touched(at.histories, &row))
    })
}

fn by_tie<T: Send>(
    at: &At<'_>,
    which: Which,
    make: impl Fn(&Scale, u32, &[Person]) -> T + Sync,
) -> Vec<T> {
    let At { histories, scope, cutoff, horizon } = *at;
    let chosen = chosen(at, which);
    let mut wanted = vec![false; histories.people()];
    match scope {
        Scope::Own(owner) => {
            if let Some(owner) = wanted.get_mut(owner as usize) {
                *owner = true;
            }
        }
        Scope::Whole => {
            for person in chosen.iter().flat_map(|tie| histories.ends(*tie as usize)) {
                wanted[person as usize] = true;
            }
        }
    }
    let people = people::people(histories, cutoff, horizon, &wanted);
    let scale = Scale::new(histories, scope, cutoff, horizon);
    chosen.into_par_iter().map(|tie| make(&scale, tie, &people)).collect()
}

/// The pasts of ties at a cut-off, in the order of ties. Cost: O(contact days).
#[must_use]
pub fn pasts(at: &At<'_>, which: Which) -> Vec<Past> {
    let past = |tie: u32| {
        let days = at.histories.before(tie as usize, at.cutoff);
        Seen::of(days, at.cutoff, at.horizon).past(tie)
    };
    chosen(at, which).into_par_iter().map(past).collect()
}

/// Ties begun before the cut-off.
fn chosen(at: &At<'_>, which: Which) -> Vec<u32> {
    let all = u32::try_from(at.histories.len()).unwrap_or(u32::MAX);
    let is_begun = |tie: &u32| !at.histories.before(*tie as usize, at.cutoff).is_empty();
    let begun: Vec<u32> = (0..all).into_par_iter().filter(is_begun).collect();
    let step = match which {
        Which::All => 1,
        Which::Sample(most) => begun.len().div_ceil(most.max(1)).max(1),
    };
    begun.into_iter().step_by(step).collect()
}

/// What all ties share at one cut-off.
struct Scale {
    scope: Scope,
    cutoff: Day,
    horizon: i32,
    /// Days from the log's first to the cut-off.
    length: f64,
    /// `2^(−age/h)` for the three half-lives, by age.
    powers: Vec<[f64; 3]>,
    /// `ln 2 / h · H / (1 − 2^(−L/h))`.
    factors: [f64; 3],
}

impl Scale {
    fn new(histories: &Histories, scope: Scope, cutoff: Day, horizon: i32) -> Self {
        let first = histories.span().map_or(cutoff, |span| span.0);
        let length = cutoff.since(first).max(1);
        let h = f64::from(horizon);
        let halves = [h, 4.0 * h, h / 12.0];
        let power = |age: i32| halves.map(|half| libm::exp2(-f64::from(age) / half));
        let whole = power(length);
        let factor = |at: usize| std::f64::consts::LN_2 / halves[at] * h / (1.0 - whole[at]);
        Self {
            scope,
            cutoff,
            horizon,
            length: f64::from(length),
            powers: (0..=length).map(power).collect(),
            factors: std::array::from_fn(factor),
        }
    }

    /// `ln(days / H + 0.03)`.
    fn log(&self, days: f64) -> f64 {
        libm::log(days / f64::from(self.horizon) + 0.03)
    }

    fn row(&self, histories: &Histories, tie: u32, people: &[Person]) -> Row {
        let days = histories.before(tie as usize, self.cutoff);
        let from = self.cutoff.plus(-4 * self.horizon);
        let together = histories.together(tie as usize, from, self.cutoff);
        let seen = Seen::of(days, self.cutoff, self.horizon);
        let mut columns = [0.0; WHOLE];
        self.tie_columns(&seen, days, together, &mut columns);
        columns[TIE..].copy_from_slice(&self.people_columns(histories.ends(tie as usize), people));
        Row { past: seen.past(tie), columns }
    }

    /// The row as it were if the last day had contact too.
    fn touched(&self, histories: &Histories, row: &Row) -> Row {
        let mut columns = row.columns;
        if row.past.silent > 1 {
            let days = histories.before(row.past.tie as usize, self.cutoff);
            self.touch(&Seen::of(days, self.cutoff, self.horizon), days, &mut columns);
        }
        Row { past: row.past.touched(), columns }
    }

    fn tie_columns(
        &self,
        seen: &Seen,
        days: &[ContactDay],
        together: &[Day],
        columns: &mut [f64; WHOLE],
    ) {
        let sums = self.sums(days);
        let last_gap = libm::log(f64::from(seen.longest).max(0.5) / f64::from(self.horizon));
        let rec = self.log(f64::from(seen.silent));
        let age = |day: &Day| self.cutoff.since(*day);
        let ages = together.iter().map(age);
        let decayed: f64 = ages.clone().map(|age| self.power(age)[0]).sum();
        let nearest = ages.min().unwrap_or(4 * self.horizon).min(seen.silent);
        let filled = [
            self.rate(sums, 0),
            self.rate(sums, 1),
            self.rate(sums, 2),
            rec,
            self.log(f64::from(seen.age)),
            rec - last_gap.clamp(-3.0, 3.0),
            f64::from(u8::from(seen.lags[0])),
            f64::from(u8::from(seen.lags[1])),
            f64::from(seen.slices.count_ones()),
            libm::log(f64::from(seen.rows) / f64::from(seen.count)),
            self.log(f64::from(nearest)),
            libm::log(decayed * std::f64::consts::LN_2 + 0.02),
        ];
        columns[..TIE].copy_from_slice(&filled);
    }

    /// The columns as they were if the last day had contact too.
    fn touch(&self, seen: &Seen, days: &[ContactDay], columns: &mut [f64; WHOLE]) {
        let today = self.power(1);
        let mut sums = self.sums(days);
        for (sum, power) in sums.iter_mut().zip(today) {
            *sum += power;
        }
        for (at, column) in columns.iter_mut().enumerate().take(3) {
            *column = self.rate(sums, at);
        }
        let longest = seen.longest.max(seen.silent - 1);
        let gap = libm::log(f64::from(longest).max(0.5) / f64::from(self.horizon));
        columns[3] = self.log(1.0);
        columns[5] = columns[3] - gap.clamp(-3.0, 3.0);
        let slices = (seen.slices | 1 << slice(1, self.horizon)) & SLICES;
        columns[8] = f64::from(slices.count_ones());
        columns[10] = columns[3];
    }

    fn power(&self, age: i32) -> [f64; 3] {
        let at = usize::try_from(age).unwrap_or(0);
        self.powers.get(at).or(self.powers.last()).copied().unwrap_or([0.0; 3])
    }

    fn sums(&self, days: &[ContactDay]) -> [f64; 3] {
        days.iter().fold([0.0; 3], |mut sums, day| {
            let powers = self.power(self.cutoff.since(day.day()));
            for (sum, power) in sums.iter_mut().zip(powers) {
                *sum += power;
            }
            sums
        })
    }

    fn rate(&self, sums: [f64; 3], at: usize) -> f64 {
        libm::log(sums[at] * self.factors[at] + 0.02)
    }

    fn people_columns(&self, ends: [u32; 2], people: &[Person]) -> [f64; WHOLE - TIE] {
        let none = Person::default();
        let of = |person: u32| people.get(person as usize).unwrap_or(&none);
        let ties = |person: &Person| libm::log(f64::from(person.ties.max(1)));
        let active = |person: &Person| libm::log(person.active + 0.01);
        if let Scope::Own(owner) = self.scope {
            return [ties(of(owner)), active(of(owner)), 0.0, 0.0, 0.0];
        }
        let [a, b] = ends.map(of);
        let unseen = |person: &Person, but_for: u32| {
            let never = self.length + 4.0 * f64::from(self.horizon);
            let last = person.last_but_for(but_for);
            self.log(last.map_or(never, |day| f64::from(self.cutoff.since(day))))
        };
        let (of_a, of_b) = (unseen(a, ends[1]), unseen(b, ends[0]));
        [
            f64::midpoint(ties(a), ties(b)),
            f64::midpoint(active(a), active(b)),
            of_a.max(of_b),
            of_a.min(of_b),
            people::overlap(a, b),
        ]
    }
}

/// The slice of the last horizon in which an age lies: 0 is the newest of 13.
fn slice(age: i32, horizon: i32) -> i32 {
    (i64::from(age) * 13 / i64::from(horizon)).try_into().unwrap_or(i32::MAX)
}

/// A tie's days, counted once.
struct Seen {
    rows: u32,
    count: u32,
    /// Days since the first and the last contact day.
    age: i32,
    silent: i32,
    longest: i32,
    lags: [bool; 2],
    slices: u32,
}

impl Seen {
    fn of(days: &[ContactDay], cutoff: Day, horizon: i32) -> Self {
        let age = |day: Option<&ContactDay>| day.map_or(1, |day| cutoff.since(day.day()).max(1));
        let mut seen = Self {
            rows: 0,
            count: u32::try_from(days.len()).unwrap_or(u32::MAX),
            age: age(days.first()),
            silent: age(days.last()),
            longest: 0,
            lags: [false; 2],
            slices: 0,
        };
        let mut before: Option<i32> = None;
        for day in days {
            let age = cutoff.since(day.day());
            seen.rows = seen.rows.saturating_add(day.rows());
            seen.longest = seen.longest.max(before.map_or(0, |before| before - age));
            before = Some(age);
            match age.saturating_sub(1) / horizon {
                0 => seen.slices |= 1 << slice(age, horizon).min(13),
                1 => seen.lags[0] = true,
                2 => seen.lags[1] = true,
                _ => {}
            }
        }
        // An age of a whole horizon lies past the thirteenth slice.
        seen.slices &= SLICES;
        seen
    }

    fn past(&self, tie: u32) -> Past {
        let history = History {
            x: f64::from(self.count) - 1.0,
            last: f64::from(self.age - self.silent),
            now: f64::from(self.age),
        };
        Past { tie, rows: self.rows, silent: self.silent.unsigned_abs(), history }
    }
}

#[cfg(test)]
mod tests {
    use super::super::history::tests::histories;
    use super::*;
    use proptest::prelude::*;

    fn at(histories: &Histories, scope: Scope, cutoff: i32, horizon: i32) -> At<'_> {
        At { histories, scope, cutoff: Day(cutoff), horizon }
    }

    fn among_others(days: &[i32]) -> Histories {
        histories(&[(0, 1, days), (0, 2, &[0]), (1, 3, &[95])])
    }

    fn one(days: &[i32], horizon: i32) -> Row {
        rows(&at(&among_others(days), Scope::Whole, 100, horizon), Which::All)[0]
    }

    #[test]
    fn a_tie_by_hand() {
        // Contact 60, 40 and 10 days ago, twice on the last; the log is 100 days long, H = 30.
        let row = one(&[40, 60, 90, 90], 30);
        let of = |name: &str| row.columns[NAMES.iter().position(|own| *own == name).unwrap()];
        let near = |name: &str, value: f64| {
            assert!((of(name) - value).abs() < 1e-9, "{name} {} {value}", of(name));
        };
        assert_eq!((row.past.rows, row.past.silent), (4, 10));
        let History { x, last, now } = row.past.history;
        assert_eq!((x, last, now), (2.0, 50.0, 60.0));
        let sum: f64 = [60.0, 40.0, 10.0].iter().map(|age: &f64| (-age / 30.0).exp2()).sum();
        near("R1", (sum * 2_f64.ln() / (1.0 - (-100.0_f64 / 30.0).exp2()) + 0.02).ln());
        near("lrec", (10.0_f64 / 30.0 + 0.03).ln());
        near("lage", (60.0_f64 / 30.0 + 0.03).ln());
        // The longest gap is 30 days.
        near("lrmax", (10.0_f64 / 30.0 + 0.03).ln());
        // Ages 40 and 60 lie in [T − 60, T − 30).
        near("lag2", 1.0);
        near("lag3", 0.0);
        near("aw1", 1.0);
        near("lper", (4.0_f64 / 3.0).ln());
        near("vrec", of("lrec"));
        near("Rco", 0.02_f64.ln());
        near("ties", 2_f64.ln());
        // 0 was last seen with 2, on day 0; 1 with 3, on day 95.
        near("seen_less", (100.0_f64 / 30.0 + 0.03).ln());
        near("seen_more", (5.0_f64 / 30.0 + 0.03).ln());
        // Partners of the last 60 days: {1} and {0, 3}.
        near("overlap", 0.0);
    }

    #[test]
    fn days_together_count_and_the_owner_stands_for_both() {
        let mut all = histories(&[(0, 1, &[40]), (0, 2, &[0])]);
        all.add_together(vec![(0, Day(96)), (0, Day(1))]);
        let row = rows(&at(&all, Scope::Own(0), 100, 30), Which::All)[0];
        assert!((row.columns[10] - (4.0_f64 / 30.0 + 0.03).ln()).abs() < 1e-12);
        let decayed = (-4.0_f64 / 30.0).exp2() * 2_f64.ln();
        // 99 days ago lies within 4 H.
        let other = (-99.0_f64 / 30.0).exp2() * 2_f64.ln();
        assert!((row.columns[11] - (decayed + other + 0.02).ln()).abs() < 1e-12);
        assert!((row.columns[12] - 2_f64.ln()).abs() < 1e-12);
        assert_eq!(row.columns[14..], [0.0; 3]);
    }

    #[test]
    fn a_sample_is_spread_evenly() {
        let ties: Vec<(u32, u32, &[i32])> = (1..101).map(|n| (0, n, &[5][..])).collect();
        let all = histories(&ties);
        let found = rows(&at(&all, Scope::Whole, 10, 5), Which::Sample(25));
        let chosen: Vec<u32> = found.iter().map(|row| row.past.tie).collect();
        assert_eq!(chosen, (0..25).map(|n| n * 4).collect::<Vec<u32>>());
        assert!(rows(&at(&all, Scope::Whole, 5, 5), Which::All).is_empty());
    }

    proptest! {
        #[test]
        fn a_touch_moves_columns_the_way_of_their_signs(
            days in proptest::collection::vec(0..100_i32, 1..30), horizon in 1..120_i32,
        ) {
            let mut days = days;
            days.sort_unstable();
            let all = among_others(&days);
            let there = at(&all, Scope::Whole, 100, horizon);
            let (row, after) = each_touched(&there, Which::All, |row, after| (row, after))[0];
            for (at, sign) in SIGNS.iter().enumerate() {
                let moved = after.columns[at] - row.columns[at];
                match sign {
                    0 => prop_assert!(moved == 0.0, "{} {moved}", NAMES[at]),
                    _ => prop_assert!(moved * f64::from(*sign) >= -1e-12, "{} {moved}", NAMES[at]),
                }
            }
        }
    }
}
