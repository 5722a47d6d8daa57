//! Study, findings and plan -> the saved [`Audit`]. Copies and names; measures nothing.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::analysis::{Facts, Findings, at_risk, communities, quarters};
use crate::audit::{
    self, Audit, Ego, Exchange, FirstMeeting, Input, Period, Redaction, SCHEMA_VERSION, Settings,
    Sides, Tie, Turn,
};
use crate::canonical;
use crate::forecast::Chance;
use crate::ingest::{FileRecords, crop};
use crate::note::Note;
use crate::people as who;
use crate::people::derived::{relation::relation, relative::relative, time_known::time_known};
use crate::pipeline::Request;
use crate::recommend::Plan;
use crate::study::Study;
use crate::ties::strength::{self, QUARTER};
use crate::ties::{OwnerTie, Touch, rhythm, turns};
use crate::units::{Channel, Day, count};

/// Problems of one code listed by line; the rest is counted.
const LISTED: usize = 1_000;
/// Weeks of contact kept a tie.
const WEEKS: i32 = 39;
/// Weeks of contact kept a tie and channel, and of volume a channel.
const YEAR: usize = 52;
/// The same in days.
const DAYS: i32 = 7 * 52;

/// What an audit is put together from.
pub(crate) struct Parts<'a> {
    pub(crate) request: &'a Request,
    pub(crate) files: &'a [FileRecords],
    pub(crate) as_of_from: String,
    pub(crate) study: &'a Study,
    pub(crate) facts: &'a Facts,
    pub(crate) findings: Findings,
    pub(crate) plan: Plan,
    /// Of the half-life, and of the channel weights.
    pub(crate) origins: [audit::Origin; 2],
}

/// Puts the audit together.
pub(crate) fn audit(parts: Parts) -> Audit {
    let Parts { request, files, as_of_from, study, facts, findings, plan, origins } = parts;
    let config = &request.config;
    let zone = config.zone().unwrap_or(TimeZone::UTC);
    let owner = study.people.person(study.people.owner);
    let mut notes = findings.notes.clone();
    if study.too_large > 0 {
        notes.push(Note::TooLarge { events: study.too_large, cap: study.model.group_cap });
    }
    notes.extend(plan.notes);
    let notes = notes.iter().map(Note::to_string).collect();
    let mut inputs: Vec<Input> = files.iter().map(|file| input(file, &zone)).collect();
    // By kind first: how an export was wrapped must not change the order.
    inputs.sort_by(|a, b| (&a.kind, &a.file).cmp(&(&b.kind, &b.file)));
    Audit {
        schema_version: SCHEMA_VERSION,
        tool: format!("weaktie {}", env!("CARGO_PKG_VERSION")),
        as_of: study.as_of.date(),
        as_of_from,
        period: Period { from: study.as_of.plus(1 - QUARTER).date(), to: study.as_of.date() },
        seed: study.seed,
        redaction: Redaction::Full,
        ego: Ego {
            id: owner.key.clone(),
            name: owner.name.clone(),
            found_by: study.people.found_by.clone(),
            profile_url: owner.slug.as_deref().map(canonical::profile_url),
        },
        settings: Settings {
            budget_minutes: config.budget.minutes,
            budget_actions: config.budget.actions,
            budget_actions_a_week: config.budget.actions_a_week,
            half_life: study.model.half_life,
            half_life_from: origins[0],
            channel_weights: Channel::ALL.into_iter().zip(study.model.weights).collect(),
            channel_weights_from: origins[1],
            group_cap: study.model.group_cap,
            co_presence_discount: Some(study.model.co_presence_discount)
                .filter(|power| power.total_cmp(&1.0).is_ne()),
            ladder: study.model.ladder,
            strength_midpoint: study.midpoint,
            min_evidence: study.min_evidence,
            time_zone: config.me.time_zone.clone().unwrap_or_else(|| "UTC".to_owned()),
        },
        inputs,
        people: people(study, facts, &findings),
        ties: ties(study, facts, &findings),
        network: findings.scalars.clone(),
        findings: audit::Findings {
            notes,
            follow_through: plan.follow_through,
            volume: volume(study),
            introductions: plan.introductions,
            ..findings.tables
        },
        actions: plan.actions,
        let_rest: plan.let_rest,
        planning: plan.planning,
        refused: findings.refused,
    }
}

/// What was found about identities, with the keys by which people are named.
pub(crate) fn identity(found: &who::Identity, directory: &who::Directory) -> audit::Identity {
    let key = |id| directory.person(id).key.clone();
    let side = |id| {
        let person = directory.person(id);
        audit::Side {
            id: key(id),
            name: person.name.clone(),
            company: person.company.clone(),
            interactions: found.interactions.get(&id).copied().unwrap_or(0),
        }
    };
    let mut by_rule: BTreeMap<String, u32> = BTreeMap::new();
    for rule in found.merges.iter().flat_map(|(_, merge)| &merge.rules) {
        *by_rule.entry(rule.name().to_owned()).or_default() += 1;
    }
    let merges = found.merges.iter().map(|(id, merge)| audit::Merge {
        id: key(*id),
        keys: merge.keys.clone(),
        names: merge.names.clone(),
        rules: merge.rules.iter().map(|rule| rule.name().to_owned()).collect(),
    });
    let asks = found.asks.iter().map(|ask| audit::Ask {
        a: side(ask.a),
        b: side(ask.b),
        score: (ask.score * 100.0).round() / 100.0,
        rule: ask.rule.to_owned(),
    });
    audit::Identity {
        merged: by_rule,
        people_merged: count(found.merges.len()),
        undecided: count(found.asks.len()),
        namesakes: count(found.namesakes),
        crowded: count(found.crowded),
        decided_same: count(found.decided_same),
        decided_different: count(found.decided_different),
        merges: merges.collect(),
        asks: asks.collect(),
    }
}

/// One file's row account.
pub(crate) fn input(file: &FileRecords, zone: &TimeZone) -> Input {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut remarks: BTreeMap<String, u64> = BTreeMap::new();
    let mut problems = Vec::new();
    for problem in &file.problems {
        let book = if problem.code.skips_row() { &mut counts } else { &mut remarks };
        let seen = book.entry(problem.code.name().to_owned()).or_default();
        *seen += 1;
        if *seen <= LISTED as u64 {
            problems.push(audit::Problem {
                line: problem.line,
                code: problem.code.name().to_owned(),
                message: problem.message.to_string(),
            });
        }
    }
    let span = crop::span(file, zone);
    Input {
        file: file.file.clone(),
        kind: file.kind.name().to_owned(),
        format: file.format.clone(),
        rows_read: file.rows_read,
        rows_used: file.rows_used,
        rows_skipped: file.rows_skipped(),
        first: span.map(|(first, _)| first.date()),
        last: span.map(|(_, last)| last.date()),
        problems,
        counts,
        remarks,
        noise: file.noise.iter().map(|(rule, rows)| ((*rule).to_owned(), *rows)).collect(),
        coverage: file.coverage.iter().map(|(name, rows)| ((*name).to_owned(), *rows)).collect(),
    }
}

fn people(study: &Study, facts: &Facts, findings: &Findings) -> Vec<audit::Person> {
    let community = communities::lettered(facts);
    study
        .ties
        .par_iter()
        .enumerate()
        .map(|(at, tie)| {
            let person = study.people.person(tie.who);
            let class = |class: &Option<crate::people::attributes::Class>| {
                class.as_ref().map(|class| class.code.to_owned())
            };
            let own = &study.people.profile;
            let first = tie.touches.first().map(|touch| touch.day);
            audit::Person {
                id: person.key.clone(),
                aliases: Vec::new(),
                name: person.name.clone(),
                emails: person.emails.clone(),
                first_name: person.first_name.clone(),
                profile_url: person.slug.as_deref().map(canonical::profile_url),
                company: person.company.clone(),
                position: person.position.clone(),
                connected_on: person.connected_on,
                joined: None,
                function: class(&person.function),
                seniority: class(&person.seniority),
                industry: class(&person.industry),
                relative_seniority: relative(person, own.seniority.as_ref()).as_ref().map(derived),
                time_known: time_known(tie.connected, first, study.as_of).as_ref().map(derived),
                relation: relation(person, own).as_ref().map(derived),
                community: community[at].map(communities::letter),
                measures: findings
                    .columns
                    .iter()
                    .map(|column| (column.measure.id.to_owned(), column.values[at]))
                    .collect(),
            }
        })
        .collect()
}

fn derived(class: &crate::people::attributes::Class) -> audit::Derived {
    let (class, confidence, rule) = (class.code, class.confidence, class.rule);
    audit::Derived { class: class.to_owned(), confidence, rule: rule.to_owned() }
}

fn ties(study: &Study, facts: &Facts, findings: &Findings) -> Vec<Tie> {
    let bridges: BTreeMap<&str, &audit::Bridge> =
        findings.tables.bridges.iter().map(|bridge| (bridge.id.as_str(), bridge)).collect();
    let key = |id| study.people.person(id).key.clone();
    let owner = key(study.people.owner);
    let own = study.ties.par_iter().zip(&facts.chances.by_tie).map(|(tie, chance)| {
        let first = tie.touches.first().map(|touch| touch.day.date());
        let last = tie.touches.last().map(|touch| touch.day.date());
        let declared = tie.days.is_empty();
        Tie {
            a: owner.clone(),
            b: key(tie.who),
            evidence: if declared {
                crate::units::Evidence::Declared
            } else {
                crate::units::Evidence::Interaction
            },
            strength: tie.strength,
            interactions: u32::try_from(tie.touches.len()).unwrap_or(u32::MAX),
            first,
            last,
            probability: None,
            rhythm: Some(rhythm(
                study,
                tie,
                facts,
                *chance,
                bridges.get(key(tie.who).as_str()).copied(),
            )),
        }
    });
    let among = study.network.graph.edge_weights().map(|tie| Tie {
        a: key(tie.a),
        b: key(tie.b),
        evidence: tie.evidence,
        strength: tie.weight,
        interactions: tie.events,
        first: Some(tie.first.date()),
        last: Some(tie.last.date()),
        probability: Some(tie.probability),
        rhythm: None,
    });
    let mut ties: Vec<Tie> = own.collect();
    ties.extend(among);
    ties
}

fn rhythm(
    study: &Study,
    tie: &OwnerTie,
    facts: &Facts,
    chance: Option<Chance>,
    bridge: Option<&audit::Bridge>,
) -> audit::Rhythm {
    let (out, incoming) = tie.directions();
    let mut channels = BTreeMap::new();
    for touch in &tie.touches {
        *channels.entry(touch.channel).or_insert(0) += 1;
    }
    let period = study.as_of.plus(-QUARTER);
    audit::Rhythm {
        state: tie.rhythm.state,
        active: tie.rhythm.active,
        contact_days: u32::try_from(tie.days.len()).unwrap_or(u32::MAX),
        contact_days_in_period: tie.days_between(period, study.as_of),
        contact_days_before: tie.days_between(period.plus(-QUARTER), period),
        usual_gap: tie.rhythm.usual,
        wanted_gap: tie.rhythm.wanted,
        silent: tie.rhythm.silent,
        overdue: tie.rhythm.overdue,
        overdue_quantile: tie.rhythm.overdue_quantile,
        out,
        incoming,
        channels,
        peak_strength: tie.peak,
        p_contact: chance.map(|chance| chance.now),
        p_contact_after_touch: chance.map(|chance| chance.touched),
        weeks: weeks(&tie.days, study.as_of),
        seen: seen(tie, study.as_of),
        unanswered: tie.rhythm.unanswered,
        owed_since: tie.rhythm.owed_since.map(Day::date),
        burstiness: rhythm::burstiness_of(&tie.days),
        turn: match tie.rhythm.owed_since {
            Some(_) => Turn::Yours,
            None if tie.rhythm.unanswered > 0 => Turn::Theirs,
            None => Turn::Nobody,
        },
        at_risk: at_risk::at_risk(
            tie,
            study.as_of,
            facts.answers,
            bridge,
            chance.map(|chance| chance.now),
        ),
        exchange: (!tie.touches.is_empty()).then(|| exchange(study, tie)),
    }
}

/// What passed between the owner and one contact.
fn exchange(study: &Study, tie: &OwnerTie) -> Exchange {
    let waits = turns::waits(&tie.touches, study.as_of);
    Exchange {
        months: months(&tie.days, study.as_of),
        first_steps: turns::first_steps(&tie.touches),
        replies: Sides { yours: waits.yours.latency(), theirs: waits.theirs.latency() },
        favours: turns::given_and_received(&tie.touches),
        met: quarters::follow_up(tie).map(|met| FirstMeeting {
            on: met.begun.date(),
            followed_after: met.after.map(i32::unsigned_abs),
        }),
        strength: strength::parts(&tie.touches, study.as_of, &study.model),
    }
}

/// Contact days a calendar month, newest first, quiet months left out.
fn months(days: &[Day], as_of: Day) -> Vec<(u32, u32)> {
    let number = |day: Day| {
        let date = day.date();
        i32::from(date.year()) * 12 + i32::from(date.month())
    };
    let now = number(as_of);
    let mut months: Vec<(u32, u32)> = Vec::new();
    for back in days.iter().rev().map(|day| (now - number(*day)).max(0).unsigned_abs()) {
        match months.last_mut() {
            Some((last, days)) if *last == back => *days += 1,
            _ => months.push((back, 1)),
        }
    }
    months
}

/// The week of a touch, 0 the newest, within the year that ends on `as_of`; `None` for what is no contact.
fn week(touch: &Touch, as_of: Day) -> Option<usize> {
    let back = usize::try_from(as_of.since(touch.day)).ok()? / 7;
    (back < YEAR && touch.channel.is_contact()).then_some(back)
}

/// Weeks with contact by channel, as bits.
fn seen(tie: &OwnerTie, as_of: Day) -> BTreeMap<Channel, u64> {
    let mut seen: BTreeMap<Channel, u64> = BTreeMap::new();
    let late = tie.touches.partition_point(|touch| as_of.since(touch.day) >= DAYS);
    for touch in &tie.touches[late..] {
        if let Some(week) = week(touch, as_of) {
            *seen.entry(touch.channel).or_default() |= 1 << week;
        }
    }
    seen
}

/// The owner's interactions a week by channel; one with several people counts once a person.
fn volume(study: &Study) -> BTreeMap<Channel, Vec<u32>> {
    let mut volume: BTreeMap<Channel, Vec<u32>> = BTreeMap::new();
    for touch in study.ties.iter().flat_map(|tie| &tie.touches) {
        if let Some(week) = week(touch, study.as_of) {
            volume.entry(touch.channel).or_insert_with(|| vec![0; YEAR])[week] += 1;
        }
    }
    volume
}

/// Contact days a week, newest first, quiet weeks left out.
fn weeks(days: &[Day], as_of: Day) -> Vec<(u32, u32)> {
    let mut weeks: BTreeMap<u32, u32> = BTreeMap::new();
    for day in days {
        let back = as_of.since(*day) / 7;
        if (0..WEEKS).contains(&back) {
            *weeks.entry(back.unsigned_abs()).or_default() += 1;
        }
    }
    weeks.into_iter().collect()
}
