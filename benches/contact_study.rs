//! The contact model's coefficients and its proof, from six public and research logs.
//!
//! `cargo bench --bench contact_study -- train DATA` fits the pretrained coefficients on all six logs and once without each
//! (`data/forecast/coefficients.csv`, `benches/results/left_out.csv`); `… -- measure DATA [SET…]` runs the back-test on every log
//! with the coefficients that have not seen it and writes `benches/results/backtest.md`. DATA is the folder with the logs
//! named in [`SETS`]. Without DATA it says so and ends. Deterministic.
//!
//! **Training rows** every tie begun before a cut-off, for horizons of 30 and 90 days, evenly thinned; for the own-log line
//! every tie of each owner with at least 30 of them, the log cut down to that owner's ties. Logs weigh by the square root of
//! their rows (20,000 at most), owners by the square root of theirs. Ridge 30 on standardised columns; signs held.

#![expect(clippy::print_stdout, reason = "a program of its own that tells its figures")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use weaktie::dyads::{self, Log};
use weaktie::forecast::backtest::{self, Trial, Who};
use weaktie::forecast::bootstrap::Interval;
use weaktie::forecast::coefficients::Coefficients;
use weaktie::forecast::columns::{self, At, NAMES, OWN, SIGNS, Scope, WHOLE, Which};
use weaktie::forecast::logistic::{self, Hold, Line, Rows};
use weaktie::forecast::model;
use weaktie::forecast::report::{self, Gain, Report};
use weaktie::frame;
use weaktie::ingest::stream::Watch;
use weaktie::units::Day;

/// A log with its training and test cut-offs in days after its first day, by horizon, and the date of its pair-level split.
struct Set {
    name: &'static str,
    file: &'static str,
    cutoffs: &'static [(i32, &'static [i32])],
    split: (i16, i8, i8),
}

const WATCHDOG: &[i32] = &[540, 720, 900, 1080, 1260, 1440, 1620, 1800, 1980];
const DEVEL: &[i32] = &[
    1080, 1320, 1560, 1800, 2040, 2280, 2520, 2760, 3000, 3240, 3480, 3720, 3960, 4200, 4440, 4680,
    4920, 5160, 5400, 5640,
];

const SETS: &[Set] = &[
    Set {
        name: "eu",
        file: "email_eu_core_temporal/messages.csv.gz",
        cutoffs: &[(90, &[180, 270, 360, 430]), (30, &[120, 210, 300, 390, 480])],
        split: (2004, 12, 15),
    },
    Set {
        name: "manufacturing",
        file: "manufacturing_email/messages_before_2010-07-02.csv.gz",
        cutoffs: &[(30, &[60, 75, 105, 120, 150])],
        split: (2010, 4, 2),
    },
    Set {
        name: "enron",
        file: "enron_perry_wolfe/messages.csv.gz",
        cutoffs: &[
            (90, &[688, 778, 868, 958, 1048, 1090]),
            (30, &[688, 778, 868, 958, 1048, 1110]),
        ],
        split: (2001, 8, 1),
    },
    Set {
        name: "watchdog",
        file: "linux_watchdog_list/messages_before_2025-07-01.csv.gz",
        cutoffs: &[(90, WATCHDOG), (30, WATCHDOG)],
        split: (2024, 7, 1),
    },
    Set {
        name: "r-devel",
        file: "r_devel_list/messages_before_2013-07-01.csv.gz",
        cutoffs: &[(90, DEVEL), (30, DEVEL)],
        split: (2011, 7, 1),
    },
    Set {
        name: "mathoverflow",
        file: "mathoverflow/interactions.csv.gz",
        cutoffs: &[(90, &[400, 700, 1000, 1300, 1600, 1900, 2200]), (30, &[550, 1050, 1550, 2050])],
        split: (2015, 10, 1),
    },
];

/// Rows of one set and horizon at most.
const MOST_ROWS: usize = 60_000;
/// Owners of one set and cut-off at most.
const MOST_OWNERS: usize = 120;
const RIDGE: f64 = 30.0;

struct Quiet;

impl Watch for Quiet {
    fn read(&self, _: u64, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["train", data] => train(Path::new(data)),
        ["measure", data, only @ ..] => measure(Path::new(data), only),
        _ => {
            println!("contact_study: train DATA | measure DATA [SET…]");
            Ok(())
        }
    }
}

fn read(data: &Path, set: &Set) -> Outcome<Log> {
    let logs: Vec<PathBuf> = vec![data.join(set.file)];
    Ok(dyads::read(&logs, None, frame::parquet::as_csv, &Quiet)?)
}

/// Rows of one line of coefficients.
#[derive(Default)]
struct Lesson {
    columns: Vec<f64>,
    labels: Vec<bool>,
    weights: Vec<f64>,
}

impl Lesson {
    fn add(&mut self, at: &At<'_>, width: usize, which: Which, weight: impl Fn(usize) -> f64) {
        let rows = columns::rows(at, which);
        let labels: Vec<bool> = rows.iter().map(|row| model::met(at, &row.past)).collect();
        let met = labels.iter().filter(|met| **met).count();
        if width == OWN && (met < 5 || labels.len() - met < 5) {
            return;
        }
        self.weights.extend(std::iter::repeat_n(weight(rows.len()), rows.len()));
        self.columns.extend(rows.iter().flat_map(|row| row.columns[..width].to_vec()));
        self.labels.extend(labels);
    }

    /// Gives the lesson the weight of the square root of its rows.
    fn weigh(&mut self) {
        let sum: f64 = self.weights.iter().sum();
        let all = (self.labels.len().min(20_000) as f64).sqrt();
        self.weights.iter_mut().for_each(|weight| *weight *= all / sum);
    }
}

/// What one set teaches: own-log rows, whole-log rows.
fn lessons(data: &Path, set: &Set) -> Outcome<[Lesson; 2]> {
    let log = read(data, set)?;
    let histories = &log.histories;
    let first = histories.span().map_or(log.as_of, |span| span.0);
    let mut both = [Lesson::default(), Lesson::default()];
    for (horizon, cutoffs) in set.cutoffs {
        let mut here = [Lesson::default(), Lesson::default()];
        for cutoff in *cutoffs {
            let cutoff = first.plus(*cutoff);
            let at = At { histories, scope: Scope::Whole, cutoff, horizon: *horizon };
            here[1].add(&at, WHOLE, Which::Sample(MOST_ROWS / cutoffs.len()), |_| 1.0);
            let people = u32::try_from(histories.people())?;
            let busy: Vec<u32> = (0..people)
                .filter(|person| {
                    let begun = at.cutoff.plus(-horizon);
                    let ties = histories.ties_of(*person).iter();
                    ties.filter(|tie| !histories.before(**tie as usize, begun).is_empty()).count()
                        >= 30
                })
                .collect();
            for owner in busy.iter().step_by(busy.len().div_ceil(MOST_OWNERS).max(1)) {
                let own = histories.only(*owner);
                let at = At { histories: &own, scope: Scope::Own(*owner), ..at };
                here[0].add(&at, OWN, Which::All, |rows| (rows as f64).powf(-0.5));
            }
        }
        for (lesson, own) in both.iter_mut().zip(&mut here) {
            own.weigh();
            lesson.columns.append(&mut own.columns);
            lesson.labels.append(&mut own.labels);
            lesson.weights.append(&mut own.weights);
        }
    }
    println!(
        "{}: {} own rows, {} whole rows",
        set.name,
        both[0].labels.len(),
        both[1].labels.len()
    );
    Ok(both)
}

fn fit(lessons: &[&Lesson], width: usize) -> (Line, Vec<f64>) {
    let columns: Vec<f64> = lessons.iter().flat_map(|one| one.columns.clone()).collect();
    let labels: Vec<bool> = lessons.iter().flat_map(|one| one.labels.clone()).collect();
    let mut weights: Vec<f64> = lessons.iter().flat_map(|one| one.weights.clone()).collect();
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    for weight in &mut weights {
        *weight /= mean;
    }
    let rows =
        Rows { columns: &columns, width, labels: &labels, weights: Some(&weights), fixed: None };
    let hold = Hold {
        ridge: RIDGE,
        of_intercept: 0.0,
        towards: None,
        spreads: None,
        signs: &SIGNS[..width],
    };
    let count = labels.len() as f64;
    let spreads = (0..width)
        .map(|column| {
            let values = || columns.iter().skip(column).step_by(width);
            let mean = values().sum::<f64>() / count;
            (values().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt()
        })
        .collect();
    (logistic::fit(&rows, &hold), spreads)
}

fn train(data: &Path) -> Outcome<()> {
    let all: Vec<[Lesson; 2]> =
        SETS.iter().map(|set| lessons(data, set)).collect::<Outcome<_>>()?;
    let without = |left_out: Option<usize>| {
        let of = |which: usize, width: usize| {
            let kept = all.iter().enumerate().filter(|(set, _)| Some(*set) != left_out);
            let kept: Vec<&Lesson> = kept.map(|(_, both)| &both[which]).collect();
            fit(&kept, width)
        };
        let ((own, _), (whole, spreads)) = (of(0, OWN), of(1, WHOLE));
        (Coefficients { own, whole }, spreads)
    };
    let (shipped, spreads) = without(None);
    println!("{}", shipped.table());
    for (name, spread) in NAMES.iter().zip(&spreads) {
        println!("spread of {name}: {spread:.2}");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::write(root.join("data/forecast/coefficients.csv"), shipped.table())?;
    let mut left_out = "left_out,column,own,whole\n".to_owned();
    for (nth, set) in SETS.iter().enumerate() {
        for line in without(Some(nth)).0.table().lines().skip(1) {
            writeln!(left_out, "{},{line}", set.name)?;
        }
    }
    fs::write(root.join("benches/results/left_out.csv"), left_out)?;
    Ok(())
}

/// The coefficients that have not seen a set.
fn left_out(name: &str) -> Outcome<Coefficients> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/results/left_out.csv");
    let mut text = "column,own,whole\n".to_owned();
    for line in fs::read_to_string(path)?.lines() {
        if let Some((set, rest)) = line.split_once(',')
            && set == name
        {
            writeln!(text, "{rest}")?;
        }
    }
    Coefficients::parse(&text).ok_or_else(|| format!("no coefficients without {name}").into())
}

const HEAD: &str = "| set, H | trials (owners) | recency | frequency | blend | model | over the better baseline: AUC | AP | Brier | over the blend: AUC | decision |\n|---|---|---|---|---|---|---|---|---|---|---|\n";

fn measure(data: &Path, only: &[&str]) -> Outcome<()> {
    let mut tables = [(); 5].map(|()| HEAD.to_owned());
    for set in SETS.iter().filter(|set| only.is_empty() || only.contains(&set.name)) {
        let log = read(data, set)?;
        let histories = &log.histories;
        let pretrained = left_out(set.name)?;
        let (first, last) = histories.span().ok_or("an empty log")?;
        let here = At { histories, scope: Scope::Whole, cutoff: last, horizon: 90 };
        for (horizon, cutoffs) in set.cutoffs {
            let at = At { horizon: *horizon, ..here };
            let what = format!("{} {horizon}", set.name);
            let cutoffs: Vec<Day> = cutoffs.iter().map(|days| first.plus(*days)).collect();
            let run = |cutoffs: &[Day], who| backtest::run(&at, cutoffs, who, &pretrained);
            row(&mut tables[0], &what, &run(&cutoffs, Who::Everyone), *horizon)?;
            let own = backtest::cutoffs(first, log.as_of, *horizon);
            row(&mut tables[1], &what, &run(&own, Who::Everyone), *horizon)?;
            row(&mut tables[2], &what, &own_logs(&at, &cutoffs, &pretrained), *horizon)?;
            row(&mut tables[3], &what, &run(&own, Who::Pairs), *horizon)?;
        }
        let (year, month, day) = set.split;
        let split = Day::from_date(jiff::civil::date(year, month, day));
        let trials = backtest::run(&here, &[split], Who::Pairs, &pretrained);
        row(&mut tables[4], &format!("{} 90", set.name), &trials, 90)?;
    }
    let titles = [
        "Every owner, cut-offs of the training protocol",
        "Every owner, `weaktie backtest --everyone` (the last windows that do not overlap)",
        "Every owner with their own log alone (at most 60 owners a cut-off)",
        "All pairs, `weaktie backtest --pairs`",
        "All pairs, the six splits with published labels",
    ];
    let mut text = "# Back-test of the contact model\n\nMade by `cargo bench --bench contact_study -- measure DATA`: every log is measured with coefficients trained on the other five.\nCells of models: AUC / average precision / Brier, mean over trials. Gains with 95 % intervals, owners (all pairs: ties) resampled 1,000 times, ties of windows of 5,000 and more 200 times with a normal interval; the better baseline is picked per measure after the fact.\n".to_owned();
    for (title, table) in titles.iter().zip(&tables) {
        write!(text, "\n## {title}\n\n{table}")?;
    }
    println!("{text}");
    if only.is_empty() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::write(root.join("benches/results/backtest.md"), text)?;
    }
    Ok(())
}

/// Owners with nothing but their own ties, each with a model of their own.
fn own_logs(at: &At<'_>, cutoffs: &[Day], pretrained: &Coefficients) -> Vec<Trial> {
    let people = u32::try_from(at.histories.people()).unwrap_or(u32::MAX);
    let mut all = Vec::new();
    for cutoff in cutoffs {
        let begun = cutoff.plus(-at.horizon);
        let busy: Vec<u32> = (0..people)
            .filter(|person| {
                let ties = at.histories.ties_of(*person).iter();
                ties.filter(|tie| !at.histories.before(**tie as usize, begun).is_empty()).count()
                    >= backtest::FEWEST_TIES
            })
            .collect();
        let step = busy.len().div_ceil(60).max(1);
        let chosen: Vec<u32> = busy.into_iter().step_by(step).collect();
        all.extend(
            chosen
                .into_par_iter()
                .flat_map_iter(|owner| {
                    let own = at.histories.only(owner);
                    let at =
                        At { histories: &own, scope: Scope::Own(owner), cutoff: *cutoff, ..*at };
                    backtest::trials(&at, Who::One(owner), pretrained)
                })
                .collect::<Vec<Trial>>(),
        );
    }
    all
}

fn row(table: &mut String, what: &str, trials: &[Trial], horizon: i32) -> Outcome<()> {
    let Some(found) = report::of(trials, horizon) else {
        writeln!(table, "| {what} | none | | | | | | | | | |")?;
        return Ok(());
    };
    let Report { owners, means, over_baseline, over_blend, decision, .. } = &found;
    write!(table, "| {what} | {} ({owners}) |", found.trials())?;
    for kind in [2, 3, 1, 0] {
        let means = &means[kind];
        write!(table, " {:.3} / {:.3} / {:.3} |", means.auc, means.ap, means.brier)?;
    }
    let Gain { auc, ap, brier } = over_baseline;
    for gain in [auc, ap, brier, &over_blend.auc] {
        let Interval { value, low, high } = gain;
        write!(table, " {value:+.3} [{low:+.3}, {high:+.3}] |")?;
    }
    writeln!(table, " {} of {} windows |", decision.chosen.name(), decision.windows)?;
    Ok(())
}
