//! Choosing the plan: what is owed or dated first, then the greedy choice on a stated objective.
//!
//! `F(S) = Σ u_i v_i + l_b Σ thin_AB (1 − Π (1 − q_i)) + l_d Σ gap_k (1 − Π (1 − q_i))` over the chosen actions `i`:
//! expected contact kept by value, thin straits covered, gaps to the goals covered (`methods` G.2; without goals, kinds of
//! people who get less attention than they hold people). Monotone
//! submodular, so greedy by gain a minute with a plain greedy beside it is a good plan; the better of the two is
//! taken. Each term is scaled so that its best single action is worth 1. At most half of the plan is owed or dated,
//! two actions a person, three a circle; minutes and numbers stay within the budget.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::audit::{Action, ActionKind, LetRest};
use crate::note::Note;
use crate::units::Day;

use super::Context;
use super::candidate::{Candidate, Worth};
use super::gaps::{Gap, Gaps};
use super::limits::{self, Limits};

const A_PERSON: usize = 2;
const A_CIRCLE: usize = 3;
const WEEKS: usize = 13;

/// The chosen actions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// In the order to read them.
    pub actions: Vec<Action>,
    /// Ties left in peace.
    pub let_rest: Vec<LetRest>,
    /// What limits left out.
    pub notes: Vec<Note>,
}

/// Chooses among the candidates.
pub(super) fn choose(context: &Context, candidates: Vec<Candidate>) -> Plan {
    let limits = Limits::of(context);
    let mut allowed: Vec<Candidate> =
        candidates.into_iter().filter(|candidate| limits.allow(context, candidate)).collect();
    allowed.sort_by(|a, b| (a.kind, &a.people).cmp(&(b.kind, &b.people)));
    let budget = &context.config.budget;
    let mut picks = Picks::new(context, budget.minutes, budget.actions as usize);
    picks.take_due(&allowed, (budget.actions as usize).div_ceil(2));
    let scale = Scale::of(&allowed, &context.gaps);
    let by_minute = picks.clone().greedy(&allowed, &scale, true);
    let plain = picks.greedy(&allowed, &scale, false);
    let mut best = if by_minute.total > plain.total { by_minute } else { plain };
    // Read in the order of urgency; within a kind, in the order of the choice.
    best.chosen.sort_by_key(|(candidate, _)| candidate.kind);
    Plan {
        actions: schedule(context, &best.chosen),
        let_rest: limits::let_rest(context),
        notes: limits.notes(),
    }
}

/// One chosen action with the parts of its gain.
type Chosen<'a> = (&'a Candidate, BTreeMap<String, f64>);

/// A plan in the making.
#[derive(Clone)]
struct Picks<'a, 'c> {
    context: &'c Context<'c>,
    minutes: u32,
    left: usize,
    chosen: Vec<Chosen<'a>>,
    total: f64,
    /// Chance that nobody chosen keeps a strait or serves a class.
    open_straits: BTreeMap<(String, String), f64>,
    open_classes: BTreeMap<Gap, f64>,
}

/// The largest single value of each term.
struct Scale {
    own: f64,
    straits: f64,
    classes: f64,
}

impl Scale {
    fn of(candidates: &[Candidate], gaps: &Gaps) -> Self {
        let mut scale =
            Self { own: f64::MIN_POSITIVE, straits: f64::MIN_POSITIVE, classes: f64::MIN_POSITIVE };
        for candidate in candidates {
            if let Worth::Gain { own, answer, straits, classes } = &candidate.worth {
                scale.own = scale.own.max(*own);
                scale.straits = scale.straits.max(straits.values().sum::<f64>() * answer);
                let gap: f64 = classes.iter().map(|gap| gaps.size(gap)).sum();
                scale.classes = scale.classes.max(gap * answer);
            }
        }
        scale
    }
}

impl<'a, 'c> Picks<'a, 'c> {
    fn new(context: &'c Context<'c>, minutes: u32, actions: usize) -> Self {
        Self {
            context,
            minutes,
            left: actions,
            chosen: Vec::new(),
            total: 0.0,
            open_straits: BTreeMap::new(),
            open_classes: BTreeMap::new(),
        }
    }

    /// Takes owed and dated actions, most pressing first.
    fn take_due(&mut self, candidates: &'a [Candidate], most: usize) {
        let mut due: Vec<(f64, &Candidate)> = candidates
            .iter()
            .filter_map(|candidate| match candidate.worth {
                Worth::Due(urgency) => Some((urgency, candidate)),
                Worth::Gain { .. } => None,
            })
            .collect();
        // Stable: equals keep the order of kind and person.
        due.sort_by(|a, b| a.1.kind.cmp(&b.1.kind).then(b.0.total_cmp(&a.0)));
        for (_, candidate) in due {
            if self.chosen.len() < most && self.fits(candidate) {
                self.take(candidate, BTreeMap::new());
            }
        }
    }

    /// Adds the action with the largest gain (a minute, if asked) until nothing fits or gains.
    fn greedy(mut self, candidates: &'a [Candidate], scale: &Scale, by_minute: bool) -> Self {
        loop {
            let gains =
                candidates.iter().filter(|candidate| self.fits(candidate)).filter_map(|c| {
                    let parts = self.gain(c, scale)?;
                    let sum: f64 = parts.values().sum();
                    let rate = if by_minute { sum / f64::from(c.minutes.max(1)) } else { sum };
                    (sum > 1e-9).then_some((rate, c, parts))
                });
            // The first of equals: candidates are in the order of kind and person.
            let best = gains.reduce(|best, next| if next.0 > best.0 { next } else { best });
            let Some((_, candidate, parts)) = best else {
                return self;
            };
            self.total += parts.values().sum::<f64>();
            self.take(candidate, parts);
        }
    }

    fn gain(&self, candidate: &Candidate, scale: &Scale) -> Option<BTreeMap<String, f64>> {
        let Worth::Gain { own, answer, straits, classes } = &candidate.worth else {
            return None;
        };
        let covered: f64 = straits
            .iter()
            .map(|(strait, thin)| thin * answer * self.open_straits.get(strait).unwrap_or(&1.0))
            .sum();
        let narrowed: f64 = classes
            .iter()
            .map(|gap| {
                self.context.gaps.size(gap) * answer * self.open_classes.get(gap).unwrap_or(&1.0)
            })
            .sum();
        let parts = [
            ("contact kept", own / scale.own),
            ("routes kept open", covered / scale.straits),
            ("kinds of people", narrowed / scale.classes),
        ];
        Some(
            parts.into_iter().filter(|part| part.1 > 0.0).map(|(k, v)| (k.to_owned(), v)).collect(),
        )
    }

    fn fits(&self, candidate: &Candidate) -> bool {
        let circle = |c: &Candidate| self.context.community[c.people[0]];
        let with = |at: &usize| self.chosen.iter().filter(|(c, _)| c.people.contains(at)).count();
        let same = |c: &Candidate| c.kind == candidate.kind && c.people == candidate.people;
        let in_circle = self.chosen.iter().filter(|(c, _)| circle(c) == circle(candidate)).count();
        self.left > 0
            && candidate.minutes <= self.minutes
            && !self.chosen.iter().any(|(c, _)| same(c))
            && candidate.people.iter().all(|at| with(at) < limit_a_person(candidate))
            && (circle(candidate).is_none()
                || matches!(candidate.worth, Worth::Due(_))
                || in_circle < A_CIRCLE)
    }

    fn take(&mut self, candidate: &'a Candidate, parts: BTreeMap<String, f64>) {
        self.minutes -= candidate.minutes;
        self.left -= 1;
        if let Worth::Gain { answer, straits, classes, .. } = &candidate.worth {
            for strait in straits.keys() {
                *self.open_straits.entry(strait.clone()).or_insert(1.0) *= 1.0 - answer;
            }
            for gap in classes {
                *self.open_classes.entry(gap.clone()).or_insert(1.0) *= 1.0 - answer;
            }
        }
        self.chosen.push((candidate, parts));
    }
}

/// Two a person, but a second time only for an introduction: keeping a tie is one action.
fn limit_a_person(candidate: &Candidate) -> usize {
    if candidate.kind == ActionKind::Introduce { A_PERSON } else { 1 }
}

/// Spreads the plan over the quarter: up to the weekly limit while something is owed or dated, then evenly.
fn schedule(context: &Context, chosen: &[Chosen]) -> Vec<Action> {
    let a_week = context.config.budget.actions_a_week.max(1) as usize;
    let weeks = free_weeks(context);
    let due = chosen.iter().filter(|(c, _)| matches!(c.worth, Worth::Due(_))).count();
    let due_weeks = due.max(a_week).div_ceil(a_week);
    let early = due_weeks * a_week;
    let rest = chosen.len().saturating_sub(early).max(1);
    let slots = weeks.len().saturating_sub(due_weeks).max(1);
    let mut actions = Vec::with_capacity(chosen.len());
    for (index, (candidate, gain)) in chosen.iter().enumerate() {
        let slot = match index {
            first if first < early => first / a_week,
            late => due_weeks + ((late - early) * slots / rest).max((late - early) / a_week),
        };
        // A plan larger than the quarter's weeks goes on after it.
        let beyond = i32::try_from(slot.saturating_sub(weeks.len() - 1)).unwrap_or(0);
        let start = weeks[slot.min(weeks.len() - 1)].plus(7 * beyond);
        actions.push(action(context, candidate, gain.clone(), start.date(), start.plus(6).date()));
    }
    actions
}

/// The first days of the quarter's weeks in which something may be planned: those outside quiet spans. Where nearly
/// everything is quiet, weeks after the quarter.
fn free_weeks(context: &Context) -> Vec<Day> {
    let quiet: Vec<(Day, Day)> = context
        .config
        .boundaries
        .quiet
        .iter()
        .map(|quiet| (Day::from_date(quiet.from), Day::from_date(quiet.to)))
        .collect();
    let touches_quiet =
        |start: Day| quiet.iter().any(|(from, to)| *from <= start.plus(6) && start <= *to);
    let starts = (0..).map(|week| context.study.as_of.plus(7 * week + 1));
    let quarter: Vec<Day> =
        starts.clone().take(WEEKS).filter(|start| !touches_quiet(*start)).collect();
    if quarter.len() >= 4 {
        return quarter;
    }
    let later: Vec<Day> =
        starts.take(10 * WEEKS).filter(|start| !touches_quiet(*start)).take(WEEKS).collect();
    // Years of quiet: then the first day after them all.
    let last = quiet.iter().map(|(_, to)| to.plus(1)).max().unwrap_or(context.study.as_of);
    if later.is_empty() { vec![last] } else { later }
}

fn action(
    context: &Context,
    candidate: &Candidate,
    gain: BTreeMap<String, f64>,
    not_before: Date,
    do_by: Date,
) -> Action {
    let people: Vec<String> =
        candidate.people.iter().map(|at| context.person(*at).key.clone()).collect();
    Action {
        id: format!("{}:{}", candidate.kind.name(), people.join("+")),
        kind: candidate.kind,
        people,
        reason: candidate.reason.clone(),
        evidence: candidate.evidence.clone(),
        tier: candidate.tier,
        goal: candidate.goal.to_owned(),
        first_move: candidate.first_move.clone(),
        channel: Some(candidate.channel),
        minutes: candidate.minutes,
        not_before,
        do_by,
        confidence: candidate.confidence,
        skip_if: candidate.skip_if.to_owned(),
        judged_by: candidate.judged_by.to_owned(),
        gain,
    }
}
