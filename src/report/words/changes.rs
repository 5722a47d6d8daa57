//! The words on what moved since the earlier audit, and why.

use crate::audit::{
    Changes, Closeness, Comparable, Headline, JobChange, JobChangeKind, PersonChange,
    PersonChangeKind, Position, RankShift, TieChange, TieChangeKind,
};
use crate::report::view::View;

use super::{capital, count, counted, figure, full_day, list, percent, tenth};

/// Significance below which a change of diversity is told as one.
const LEVEL: f64 = 0.05;
/// Named in a sentence.
const NAMED: usize = 3;

/// A list under a heading.
pub(crate) struct Group {
    /// The heading.
    pub(crate) title: String,
    /// One line each.
    pub(crate) lines: Vec<String>,
    /// Whether it is folded away at first.
    pub(crate) is_folded: bool,
}

fn ties(found: &Changes, kind: TieChangeKind) -> usize {
    found.ties.iter().filter(|tie| tie.kind == kind).count()
}

fn jobs(found: &Changes, kind: JobChangeKind) -> usize {
    found.jobs.iter().filter(|job| job.kind == kind).count()
}

fn people(found: &Changes, kind: PersonChangeKind) -> usize {
    found.people.iter().filter(|person| person.kind == kind).count()
}

/// Whether anything at all moved beyond noise.
pub(crate) fn is_still(found: &Changes) -> bool {
    found.ties.is_empty()
        && found.jobs.is_empty()
        && found.companies.is_empty()
        && found.people.is_empty()
        && found.headlines.iter().all(|one| (one.now - one.before).abs() < 1e-9)
}

/// The heading: what moved, most telling first.
pub(crate) fn answer(found: &Changes) -> String {
    if is_still(found) {
        return format!("Nothing moved since {}", full_day(found.since));
    }
    let fell = ties(found, TieChangeKind::Weakened) + ties(found, TieChangeKind::Dormant);
    let rose = ties(found, TieChangeKind::Strengthened) + ties(found, TieChangeKind::Begun);
    let [new, gone] =
        [PersonChangeKind::New, PersonChangeKind::Gone].map(|kind| people(found, kind));
    let told: Vec<String> = [
        (jobs(found, JobChangeKind::Moved), "changed jobs"),
        (jobs(found, JobChangeKind::Promoted), "rose"),
        (fell, if fell == 1 { "tie fell" } else { "ties fell" }),
        (ties(found, TieChangeKind::Revived), "came back"),
        (rose, if rose == 1 { "tie grew" } else { "ties grew" }),
        (new, if new == 1 { "person is new" } else { "people are new" }),
        (gone, if gone == 1 { "person is gone" } else { "people are gone" }),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .take(4)
    .map(|(n, words)| format!("{} {words}", count(n)))
    .collect();
    if told.is_empty() {
        return format!(
            "Nobody came, went or changed beyond noise since {}",
            full_day(found.since)
        );
    }
    capital(&list(&told))
}

/// Under the heading: what was set against what, and how sure it is.
pub(crate) fn lede(found: &Changes) -> String {
    let windows = format!(
        "The last {} before {} against the last {} before {}",
        figure(found.weeks.into(), "week", "weeks"),
        full_day(found.to),
        figure(found.weeks.into(), "week", "weeks"),
        full_day(found.since)
    );
    if found.tested == 0 {
        return format!("{windows}: no tie had enough contact to be tested.");
    }
    format!(
        "{windows}. {} had enough contact to be tested (Fisher’s exact test on weeks with contact); of the changes told, one in \
         twenty may be chance. {} changed within noise.",
        capital(&counted(found.tested as usize, "tie", "ties")),
        capital(&counted(found.noise.len(), "more", "more"))
    )
}

/// What cannot be compared, if anything.
pub(crate) fn coverage(found: &Changes) -> Option<String> {
    let apart: Vec<String> = found
        .coverage
        .iter()
        .filter(|one| one.verdict != Comparable::Yes)
        .map(|one| {
            let (channel, before, now) = (one.channel.name(), tenth(one.before), tenth(one.now));
            match one.verdict {
                Comparable::Appeared => format!("{channel} is new ({now} a week)"),
                Comparable::Vanished => format!("{channel} is missing ({before} a week before)"),
                _ => format!("{channel} went from {before} to {now} a week"),
            }
        })
        .collect();
    if apart.is_empty() {
        return None;
    }
    let rest = found.coverage.iter().filter(|one| one.verdict == Comparable::Yes);
    let shared: Vec<&str> = rest.map(|one| one.channel.name()).collect();
    let then = if shared.is_empty() {
        "No channel is left to compare ties by.".to_owned()
    } else {
        format!("Ties are compared by {} alone.", list(&shared))
    };
    Some(format!(
        "The two quarters do not hold the same data: {}. A source that came or went looks like this, not people. {then}",
        list(&apart)
    ))
}

/// What else is told, where there is something to tell.
pub(crate) fn remarks(found: &Changes) -> impl Iterator<Item = String> {
    [turnover(found), diversity(found), circles(found), graph(found)].into_iter().flatten()
}

/// Turnover against signature.
fn turnover(found: &Changes) -> Option<String> {
    let turnover = found.turnover.as_ref()?;
    let share = percent(f64::from(turnover.replaced) / f64::from(turnover.top.max(1)));
    let replaced = format!("You replaced {share} of your closest {}", turnover.top);
    let held = match turnover.usual {
        Some(usual) if turnover.signature <= usual => {
            "; how you spread your attention did not change".to_owned()
        }
        Some(_) => "; how you spread your attention changed more than it usually does".to_owned(),
        None => String::new(),
    };
    Some(format!("{replaced}{held}."))
}

/// What became of diversity.
fn diversity(found: &Changes) -> Option<String> {
    let told: Vec<String> = found
        .diversity
        .iter()
        .filter(|shift| shift.p <= LEVEL)
        .map(|shift| {
            format!(
                "{} went from {} to {} effective classes by head count (95% interval of the difference {:+.1} to {:+.1})",
                shift.dimension,
                tenth(shift.before),
                tenth(shift.now),
                shift.interval[0],
                shift.interval[1]
            )
        })
        .collect();
    if told.is_empty() {
        let all: Vec<&str> = found.diversity.iter().map(|shift| shift.dimension.as_str()).collect();
        return (!all.is_empty())
            .then(|| format!("Diversity by {} did not change beyond chance.", list(&all)));
    }
    Some(format!("{}.", capital(&list(&told))))
}

/// What became of the circles.
fn circles(found: &Changes) -> Option<String> {
    let circles = found.circles.as_ref()?;
    let likeness = format!("(adjusted Rand index {:.2}, {} people)", circles.ari, circles.people);
    Some(if circles.ari >= circles.firmness.min(0.9) {
        format!("The circles are the same {likeness}.")
    } else {
        format!(
            "The circles are drawn differently {likeness}; over the seeds of one quarter {} stay together.",
            percent(circles.firmness)
        )
    })
}

/// The owner's graph numbers; those whose interval holds 0 are called noise.
fn graph(found: &Changes) -> Option<String> {
    let told: Vec<String> = found
        .graph
        .iter()
        .map(|shift| {
            let [low, high] = shift.interval;
            let beyond = if low > 0.0 || high < 0.0 { "" } else { ", within noise" };
            format!(
                "{} {:.3} to {:.3} (95% interval of the difference {low:+.3} to {high:+.3}{beyond})",
                shift.measure.replace('-', " "),
                shift.before,
                shift.now
            )
        })
        .collect();
    (!told.is_empty()).then(|| format!("{}.", capital(&list(&told))))
}

/// Name of one of the five numbers.
pub(crate) fn number(number: &str) -> &'static str {
    match number {
        "active-ties" => "Active ties",
        "effective-functions" => "Functions your attention reaches",
        "efficiency" => "Ties that open doors the others do not",
        "valued-slipping" => "Valued ties overdue or lapsed",
        _ => "New ties followed up in 7 days",
    }
}

/// The same, short enough for a phone.
pub(crate) fn short(number: &str) -> &'static str {
    match number {
        "active-ties" => "Active ties",
        "effective-functions" => "Effective functions",
        "efficiency" => "Efficiency",
        "valued-slipping" => "Valued ties late",
        _ => "Followed up in 7 days",
    }
}

/// A value of one of the five.
pub(crate) fn value(number: &str, value: f64) -> String {
    match number {
        "active-ties" | "valued-slipping" => format!("{value:.0}"),
        "effective-functions" => tenth(value),
        _ => format!("{:.1}%", value * 100.0),
    }
}

/// A part of a change, signed.
pub(crate) fn signed(number: &str, part: f64) -> String {
    let told = match number {
        "active-ties" | "valued-slipping" => format!("{part:+.0}"),
        "effective-functions" => format!("{part:+.2}"),
        _ => format!("{:+.1}", part * 100.0),
    };
    // A true minus is as wide as a plus.
    told.replace('-', "−")
}

/// The parts of a change that did something, in the order of the chart.
pub(crate) fn parts(headline: &Headline) -> Vec<(&'static str, f64)> {
    let parts = &headline.parts;
    [
        ("ties lost", parts.lost),
        ("attention moved", parts.drift),
        ("new ties", parts.new),
        ("new functions", parts.jobs),
        ("data coverage", parts.coverage),
    ]
    .into_iter()
    .filter(|(_, part)| part.abs() > 1e-9)
    .collect()
}

/// `Active ties 116 to 113: ties lost −7, new ties +4`.
pub(crate) fn why(headline: &Headline) -> String {
    let name = number(&headline.number);
    let of = |value: f64| self::value(&headline.number, value);
    let parts: Vec<String> = parts(headline)
        .iter()
        .map(|(part, by)| format!("{part} {}", signed(&headline.number, *by)))
        .collect();
    let (before, now) = (of(headline.before), of(headline.now));
    if parts.is_empty() {
        return format!("{name} {now}, as before");
    }
    format!("{name} {before} to {now}: {}", parts.join(", "))
}

/// The finding of the waterfall.
pub(crate) fn why_finding(found: &Changes) -> String {
    // The follow-up rate is all new ties, whatever it does.
    let told = found.headlines.iter().filter(|one| one.number != "follow-up");
    let all = told.flat_map(|one| {
        let scale = one.before.abs().max(one.now.abs()).max(1e-9);
        parts(one).into_iter().map(move |(part, by)| (by.abs() / scale, part, one.number.as_str()))
    });
    match all.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, part, name)) => {
            format!("{} moved most by {part}", capital(&number(name).to_lowercase()))
        }
        None => "None of the five numbers moved".to_owned(),
    }
}

/// The finding of the flows between layers.
pub(crate) fn layers_finding(found: &Changes) -> String {
    let inner = |layer: Closeness| layer <= Closeness::Fifteen;
    let sum = |holds: &dyn Fn(Closeness, Closeness) -> bool| -> u32 {
        let flows = found.layers.iter().filter(|flow| holds(flow.from, flow.to));
        flows.map(|flow| flow.people).sum()
    };
    let stayed = sum(&|from, to| inner(from) && inner(to));
    let all = sum(&|from, _| inner(from));
    format!("{} of your {} closest are still among them", capital(&count(stayed as usize)), all)
}

/// Name of a layer.
pub(crate) fn layer(layer: Closeness) -> &'static str {
    match layer {
        Closeness::Five => "closest 5",
        Closeness::Fifteen => "next 10",
        Closeness::Fifty => "up to 50",
        Closeness::Active => "other active",
        Closeness::Quiet => "not active",
        Closeness::Unknown => "not in the data",
    }
}

fn name(view: &View<'_>, id: &str) -> String {
    view.person(id).map_or_else(|| id.to_owned(), |person| view.name(&person.id).to_owned())
}

fn tie(view: &View<'_>, found: &Changes, tie: &TieChange) -> String {
    format!(
        "{}: {} of {} weeks with contact, {} before",
        name(view, &tie.id),
        tie.now,
        found.weeks,
        tie.before
    )
}

fn bridge(view: &View<'_>, bridge: &RankShift) -> String {
    let who = name(view, &bridge.id);
    if bridge.before == bridge.now {
        return format!("{who}: rank {} by betweenness, as before", bridge.now);
    }
    let [low, high] = bridge.interval;
    let interval = format!("{low:+.0} to {high:+.0}").replace('-', "−");
    format!(
        "{who}: from rank {} to {} by betweenness (95% interval of the difference {interval})",
        bridge.before, bridge.now
    )
}

fn position(position: &Position) -> String {
    match (&position.title, &position.company) {
        (Some(title), Some(company)) => format!("{title}, {company}"),
        (Some(only), None) | (None, Some(only)) => only.clone(),
        (None, None) => String::new(),
    }
}

fn job(view: &View<'_>, job: &JobChange) -> String {
    let (from, to) = (position(&job.from), position(&job.to));
    let who = name(view, &job.id);
    match job.kind {
        _ if to.is_empty() => who,
        JobChangeKind::Moved => format!("{who}: {to} (before: {from})"),
        _ => {
            let title = |position: &Position| position.title.clone().unwrap_or_default();
            format!("{who}: {} (before: {})", title(&job.to), title(&job.from))
        }
    }
}

fn person(view: &View<'_>, person: &PersonChange) -> String {
    let told = match view.person(&person.id) {
        Some(_) => name(view, &person.id),
        None => person.name.clone(),
    };
    match (&person.from, person.kind) {
        (Some(from), PersonChangeKind::Rekeyed) => format!("{told} (was {from} in the data)"),
        (Some(from), _) => format!("{told} (was {from})"),
        (None, _) => {
            let work = view.person(&person.id).and_then(|person| person.company.as_ref());
            work.map_or_else(|| told.clone(), |company| format!("{told}, {company}"))
        }
    }
}

/// Every list, most telling first; those that hold nobody are left out.
pub(crate) fn groups(view: &View<'_>, found: &Changes) -> Vec<Group> {
    let since = full_day(found.since);
    let of_ties = |kind: TieChangeKind| -> Vec<String> {
        let ties = found.ties.iter().filter(|tie| tie.kind == kind);
        ties.map(|one| tie(view, found, one)).collect()
    };
    let of_jobs = |kind: JobChangeKind| -> Vec<String> {
        found.jobs.iter().filter(|one| one.kind == kind).map(|one| job(view, one)).collect()
    };
    let of_people = |kind: PersonChangeKind| -> Vec<String> {
        found.people.iter().filter(|one| one.kind == kind).map(|one| person(view, one)).collect()
    };
    let companies = found.companies.iter().map(|company| {
        let people = figure(company.people.len() as u64, "contact", "contacts");
        format!("{} is now {} ({people})", company.from, company.to)
    });
    let noise = found.noise.iter().map(|one| tie(view, found, one));
    let of_bridges = |is_beyond: bool| -> Vec<String> {
        let bridges = found.bridges.iter().filter(|one| one.is_beyond_noise() == is_beyond);
        bridges.map(|one| bridge(view, one)).collect()
    };
    let all = [
        (format!("New job since {since}"), of_jobs(JobChangeKind::Moved), false),
        (format!("Promoted since {since}"), of_jobs(JobChangeKind::Promoted), false),
        ("Went silent".to_owned(), of_ties(TieChangeKind::Dormant), false),
        ("Fell".to_owned(), of_ties(TieChangeKind::Weakened), false),
        ("Came back".to_owned(), of_ties(TieChangeKind::Revived), false),
        ("Began".to_owned(), of_ties(TieChangeKind::Begun), false),
        ("Rose".to_owned(), of_ties(TieChangeKind::Strengthened), false),
        ("Another rank among your bridges".to_owned(), of_bridges(true), false),
        ("New in the data".to_owned(), of_people(PersonChangeKind::New), false),
        ("No longer in the data".to_owned(), of_people(PersonChangeKind::Gone), false),
        ("Employers with another name".to_owned(), companies.collect(), false),
        ("Other words for the same work".to_owned(), of_jobs(JobChangeKind::TitleEdit), true),
        ("Another name".to_owned(), of_people(PersonChangeKind::Renamed), true),
        ("Another key in the data".to_owned(), of_people(PersonChangeKind::Rekeyed), true),
        ("Changed, within noise".to_owned(), noise.collect(), true),
        ("Bridges whose rank is within noise".to_owned(), of_bridges(false), true),
    ];
    all.into_iter()
        .filter(|(_, lines, _)| !lines.is_empty())
        .map(|(title, lines, is_folded)| Group { title, lines, is_folded })
        .collect()
}

/// One sentence for page one: who changed jobs.
pub(crate) fn in_short(view: &View<'_>, found: &Changes) -> Option<String> {
    let moved: Vec<String> = found
        .jobs
        .iter()
        .filter(|job| job.kind == JobChangeKind::Moved)
        .map(|job| name(view, &job.id))
        .collect();
    let all = moved.len();
    let named: Vec<String> = moved.into_iter().take(NAMED).collect();
    let who = match all {
        0 => return None,
        n if n > NAMED => format!("{} and {} more", named.join(", "), count(n - NAMED)),
        _ => list(&named),
    };
    Some(format!("{who} changed jobs."))
}

/// `and 12 more`.
pub(crate) fn more(n: usize) -> String {
    format!("and {n} more")
}

/// The sentence in place of a chart without an earlier audit.
pub(crate) fn no_earlier() -> &'static str {
    "There is no earlier audit to compare with: name its folder with --previous."
}

/// The trend of one number over audits: `Active ties: 116 (30 Jun 2026), 113 (30 Sep 2026)`.
pub(crate) fn trend(name: &str, points: &[(jiff::civil::Date, Option<f64>)]) -> String {
    let told: Vec<String> = points
        .iter()
        .map(|(day, value)| {
            let told = value.map_or_else(|| "unknown".to_owned(), |value| self::value(name, value));
            format!("{told} ({})", full_day(*day))
        })
        .collect();
    format!("{}: {}", number(name), told.join(", "))
}
