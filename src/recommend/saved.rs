//! Candidates -> their saved form, from which a plan is chosen now or later: cards complete, dates as the widest window.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{self, Action, ActionKind, Period, Planning};
use crate::plan::schedule::WEEKS;
use crate::text;
use crate::units::Day;

use super::candidate::{Candidate, Worth};
use super::effect::Changes;
use super::gaps::Gap;
use super::{Context, deadline, limits};

/// Candidates of one kind that are kept in any case; beyond them only the best of each circle.
const A_KIND: usize = 200;
const A_CIRCLE: usize = 6;

/// The saved form. `factors` scale the chance of an answer by kind; `promised` are the actions of the earlier plan that are still open.
pub(super) fn planning(
    context: &Context,
    mut allowed: Vec<Candidate>,
    factors: &BTreeMap<ActionKind, f64>,
    promised: &BTreeSet<&str>,
) -> Planning {
    allowed.sort_by(|a, b| (a.kind, &a.people).cmp(&(b.kind, &b.people)));
    allowed.dedup_by(|a, b| a.kind == b.kind && a.people == b.people);
    let kept = keep(context, allowed);
    let changes = Changes::of(context.facts);
    let mut gaps: BTreeMap<String, f64> = BTreeMap::new();
    let mut straits: BTreeMap<String, f64> = BTreeMap::new();
    let mut candidates = Vec::with_capacity(kept.len());
    for candidate in &kept {
        if let Worth::Gain { straits: thin, classes, .. } = &candidate.worth {
            gaps.extend(classes.iter().map(|gap| (gap_name(gap), context.gaps.size(gap))));
            straits.extend(thin.iter().map(|((a, b), thin)| (format!("{a}-{b}"), *thin)));
        }
        let factor = factors.get(&candidate.kind).copied().unwrap_or(1.0);
        let mut one = saved(context, candidate, &changes, factor);
        one.promised = promised.contains(one.action.id.as_str());
        candidates.push(one);
    }
    let config = context.config;
    let quiet = config.boundaries.quiet.iter();
    Planning {
        candidates,
        gaps,
        straits,
        diversity: config.plan.diversity,
        bridging: config.plan.bridging,
        quiet: quiet.map(|quiet| Period { from: quiet.from, to: quiet.to }).collect(),
        weekends: config.boundaries.weekends,
        minutes_a_week: config.budget.minutes_a_week,
        hold_out: config.plan.hold_out,
        barred: Vec::new(),
        from: None,
        choice: None,
        together: Vec::new(),
        trial: None,
    }
}

fn gap_name(gap: &Gap) -> String {
    format!("{}:{}", gap.0, gap.1)
}

/// In very large networks the best of each kind, and of each circle in a kind, by what they are worth alone.
fn keep(context: &Context, all: Vec<Candidate>) -> Vec<Candidate> {
    let alone = |candidate: &Candidate| match &candidate.worth {
        Worth::Due(urgency) => *urgency,
        Worth::Gain { own, answer, straits, classes } => {
            let gaps: f64 = classes.iter().map(|gap| context.gaps.size(gap)).sum();
            own + answer * (straits.values().sum::<f64>() + gaps)
        }
    };
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    for kind in all.chunk_by(|a, b| a.kind == b.kind) {
        let first = all.partition_point(|candidate| candidate.kind < kind[0].kind);
        let mut order: Vec<(f64, usize)> =
            kind.iter().enumerate().map(|(nth, c)| (alone(c), first + nth)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut of_circle: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for (rank, (_, at)) in order.into_iter().enumerate() {
            let circle = all[at].people.first().and_then(|who| context.community[*who]);
            let inside = of_circle.entry(circle).or_default();
            *inside += 1;
            if rank < A_KIND || *inside <= A_CIRCLE {
                kept.insert(at);
            }
        }
    }
    all.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, c)| c).collect()
}

fn saved(
    context: &Context,
    candidate: &Candidate,
    changes: &Changes,
    factor: f64,
) -> audit::Candidate {
    let first = candidate.people.first().copied();
    let (due, own, answer) = match &candidate.worth {
        Worth::Due(urgency) => (Some(*urgency), 0.0, first.map_or(1.0, |at| context.answer(at))),
        Worth::Gain { own, answer, .. } => (None, *own, *answer),
    };
    let answer = (answer * factor).clamp(0.0, 0.98);
    let (gaps, straits) = match &candidate.worth {
        Worth::Due(_) => (Vec::new(), Vec::new()),
        Worth::Gain { straits, classes, .. } => (
            classes.iter().map(gap_name).collect(),
            straits.keys().map(|(a, b)| format!("{a}-{b}")).collect(),
        ),
    };
    let from = limits::from(context, candidate);
    let by = match (first, due) {
        (Some(at), None) => deadline::of(context, at),
        _ => context.study.as_of.plus(7 * i32::from(WEEKS)),
    };
    let by = candidate.expires.map_or(by, |day| day.min(by)).max(from);
    audit::Candidate {
        promised: false,
        action: action(context, candidate, changes, answer, (from, by)),
        due,
        own: own * factor,
        answer,
        circle: first.and_then(|at| context.letter(at)),
        gaps,
        straits,
    }
}

fn action(
    context: &Context,
    candidate: &Candidate,
    changes: &Changes,
    answer: f64,
    (from, by): (Day, Day),
) -> Action {
    let people: Vec<String> =
        candidate.people.iter().map(|at| context.person(*at).key.clone()).collect();
    let kind = candidate.kind;
    let first = candidate.people.first().copied();
    Action {
        id: format!("{}:{}", kind.name(), people.join("+")),
        kind,
        people,
        reason: candidate.reason.clone(),
        evidence: candidate.evidence.iter().filter(|fact| !fact.is_empty()).cloned().collect(),
        tier: candidate.tier,
        goal: candidate.goal.to_owned(),
        first_move: candidate.first_move.clone(),
        talking_point: first.and_then(|at| talking_point(context, at, kind)),
        channel: first.map(|_| candidate.channel),
        minutes: candidate.minutes,
        not_before: from.date(),
        do_by: by.date(),
        expires: candidate.expires.map(Day::date),
        confidence: candidate.confidence,
        skip_if: candidate.skip_if.to_owned(),
        judged_by: candidate.judged_by.to_owned(),
        gain: BTreeMap::new(),
        expected: first.map(|at| context.expected(at, answer)),
        effects: changes.by(context, candidate),
    }
}

/// What there is to talk about, from the data alone: what they do, and how long the two have known each other.
fn talking_point(context: &Context, at: usize, kind: ActionKind) -> Option<String> {
    let (person, tie) = (context.person(at), context.tie(at));
    let work = match (&person.position, &person.company) {
        // The reason says it already.
        _ if kind == ActionKind::Congratulate => None,
        (Some(title), Some(company)) => Some(format!("{title} at {company}")),
        (Some(only), None) | (None, Some(only)) => Some(only.clone()),
        (None, None) => None,
    };
    let first = tie.touches.first().map(|touch| touch.day).into_iter().chain(tie.connected).min();
    let known = first.map(|day| format!("you have known each other since {}", month(day)));
    match (work, known) {
        (Some(work), Some(known)) => Some(format!("{work}; {known}.")),
        (Some(only), None) => Some(format!("{only}.")),
        (None, Some(known)) => Some(format!("{}.", known.replacen('y', "Y", 1))),
        (None, None) => None,
    }
}

/// `May 2021`.
fn month(day: Day) -> String {
    let words = text::full_day(day.date());
    words.split_once(' ').map_or(words.clone(), |(_, rest)| rest.to_owned())
}
