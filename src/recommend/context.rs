//! What every recommender reads: the study with what was found, looked up by position.

use std::collections::BTreeMap;

use crate::analysis::at_risk;
use crate::analysis::{Facts, Findings, communities, neglect};
use crate::audit::{self, Audit, Confidence, Expected};
use crate::config::Config;
use crate::forecast::Chance;
use crate::forecast::mbg::Parameters;
use crate::people::Person;
use crate::study::Study;
use crate::ties::{Direction, OwnerTie};
use crate::units::Channel;

use super::gaps::Gaps;

/// A study with its findings.
#[derive(Debug)]
pub struct Context<'a> {
    /// The study.
    pub study: &'a Study,
    /// The settings.
    pub config: &'a Config,
    /// Lettered community by position.
    pub community: Vec<Option<usize>>,
    /// Bridges by position.
    pub bridges: BTreeMap<usize, &'a audit::Bridge>,
    /// Straits between communities.
    pub straits: &'a [audit::Strait],
    /// The earlier audit.
    pub previous: Option<&'a Audit>,
    /// Pairs of people who may be one person.
    pub undecided: u32,
    /// MBG/NBD as fitted on these ties.
    pub mbg: Option<Parameters>,
    /// Straits that hang on a person, with their thinness, by position.
    thin: BTreeMap<usize, BTreeMap<(String, String), f64>>,
    /// Value that the owner says, by position.
    told_value: BTreeMap<usize, f64>,
    /// Communities.
    communities: &'a [audit::Community],
    /// Diversity by dimension.
    pub diversity: &'a [audit::Diversity],
    /// What the owner wants and how far it is.
    pub goals: Option<&'a audit::GoalsFound>,
    /// The gaps to close.
    pub gaps: Gaps,
    /// Introductions, once they are worked out; the cards are made of them.
    pub introductions: Option<audit::Introductions>,
    /// Peak strength from which a tie counts as valued.
    pub valued_from: f64,
    /// Results that analyses share.
    pub facts: &'a Facts,
}

/// Weight of the fit with the goals in the value of a tie.
const FIT: f64 = 0.2;

impl<'a> Context<'a> {
    /// Looks everything up once.
    #[must_use]
    pub fn new(
        study: &'a Study,
        findings: &'a Findings,
        facts: &'a Facts,
        config: &'a Config,
        previous: Option<&'a Audit>,
    ) -> Self {
        let position: BTreeMap<&str, usize> = study
            .ties
            .iter()
            .enumerate()
            .map(|(at, tie)| (study.people.person(tie.who).key.as_str(), at))
            .collect();
        let community = communities::lettered(facts);
        let thin = thin(&findings.tables.straits, &position);
        let bridges = findings
            .tables
            .bridges
            .iter()
            .filter_map(|bridge| Some((*position.get(bridge.id.as_str())?, bridge)))
            .collect();
        Self {
            study,
            config,
            community,
            bridges,
            straits: &findings.tables.straits,
            previous,
            undecided: findings.tables.identity.undecided,
            mbg: facts.chances.mbg,
            thin,
            told_value: told_value(study, config),
            communities: &findings.tables.communities,
            diversity: &findings.tables.diversity,
            goals: findings.tables.goals.as_ref(),
            gaps: Gaps::of(study, &findings.tables.diversity, findings.tables.goals.as_ref()),
            introductions: None,
            valued_from: neglect::valued_from(study),
            facts,
        }
    }

    /// The tie at a position.
    #[must_use]
    pub fn tie(&self, at: usize) -> &'a OwnerTie {
        &self.study.ties[at]
    }

    /// The person at a position.
    #[must_use]
    pub fn person(&self, at: usize) -> &'a Person {
        self.study.people.person(self.study.ties[at].who)
    }

    /// Chance that a touch is answered: the tie's own record, shrunk to the owner's, falling with silence.
    #[must_use]
    pub fn answer(&self, at: usize) -> f64 {
        self.facts.answers.chance(self.tie(at), self.study.as_of)
    }

    /// Expected gain in P(contact within 90 days) of one touch: `q (P1 − P0)`; 0 without history.
    #[must_use]
    pub fn uplift(&self, at: usize) -> f64 {
        self.chance(at)
            .map_or(0.0, |chance| self.answer(at) * (chance.touched - chance.now).max(0.0))
    }

    /// Whether the owner wants no effort for a tie.
    #[must_use]
    pub fn is_spared(&self, at: usize) -> bool {
        self.told_value.get(&at).is_some_and(|told| *told <= 0.0)
    }

    /// Value of a tie, 0..1: what the owner says; else past strength at its peak, what it alone links, and where goals are set its fit with them.
    #[must_use]
    pub fn value(&self, at: usize) -> f64 {
        if let Some(told) = self.told_value.get(&at) {
            return *told;
        }
        let alone = at_risk::value(self.tie(at).peak, self.bridges.get(&at).copied());
        if !self.gaps.are_goals {
            return alone;
        }
        (1.0 - FIT) * alone + FIT * self.gaps.fit(self.study, at)
    }

    /// What is expected of a touch that is answered with this chance.
    #[must_use]
    pub fn expected(&self, at: usize, answer: f64) -> Expected {
        let chance = self.chance(at);
        Expected {
            now: chance.map(|chance| chance.now),
            touched: chance.map(|chance| chance.touched),
            answer,
        }
    }

    /// Whether a tie was strong, or the owner wants to hear from them at a pace of their own.
    #[must_use]
    pub fn is_valued(&self, at: usize) -> bool {
        let tie = self.tie(at);
        tie.peak >= self.valued_from || tie.rhythm.wanted.is_some()
    }

    /// The channel of most of the contact's own messages, else of the contact days, else a message.
    #[must_use]
    pub fn channel(&self, at: usize) -> Channel {
        let usual = |own: bool| {
            let mut counts = BTreeMap::new();
            for touch in &self.tie(at).touches {
                let theirs = touch.direction == Direction::In;
                if touch.channel.is_contact() && (theirs || !own) {
                    *counts.entry(touch.channel).or_insert(0_u32) += 1;
                }
            }
            counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|best| best.0)
        };
        usual(true).or_else(|| usual(false)).unwrap_or(Channel::Message)
    }

    /// Firm from 12 contact days, fair from 4, else tentative.
    #[must_use]
    pub fn confidence(&self, at: usize) -> Confidence {
        match self.tie(at).days.len() {
            12.. => Confidence::Firm,
            4.. => Confidence::Fair,
            _ => Confidence::Tentative,
        }
    }

    /// A circle by its letter, in words that fit into a sentence, with the letter.
    #[must_use]
    pub fn circle(&self, letter: &str) -> String {
        let found = self.communities.iter().find(|community| community.letter == letter);
        let name = found.map_or("", |community| community.name.as_str());
        match name.strip_prefix("Around ") {
            Some(hub) => format!("the circle around {hub} ({letter})"),
            None if name.is_empty() => format!("circle {letter}"),
            None => format!("{name} ({letter})"),
        }
    }

    /// The contact days of a tie as one piece of evidence.
    #[must_use]
    pub fn contact_days(&self, at: usize) -> String {
        let tie = self.tie(at);
        let days = crate::text::count(tie.days.len() as u64, "contact day");
        match tie.days.last() {
            Some(last) => format!("{days}, last {}", crate::text::full_day(last.date())),
            None => days,
        }
    }

    /// Straits that hang on the person at a position, with their thinness: 1 for a sole link, ½ for one of two.
    #[must_use]
    pub fn thin_straits(&self, at: usize) -> BTreeMap<(String, String), f64> {
        self.thin.get(&at).cloned().unwrap_or_default()
    }

    /// The chance of contact as things stand and after a touch; `None` without any contact so far.
    #[must_use]
    pub fn chance(&self, at: usize) -> Option<Chance> {
        self.facts.chances.by_tie[at]
    }

    /// The community letter of a position.
    #[must_use]
    pub fn letter(&self, at: usize) -> Option<String> {
        self.community[at].map(communities::letter)
    }
}

/// The straits that hang on one person (thinness 1) or two (½), by position of these.
fn thin(
    straits: &[audit::Strait],
    position: &BTreeMap<&str, usize>,
) -> BTreeMap<usize, BTreeMap<(String, String), f64>> {
    let mut found: BTreeMap<usize, BTreeMap<(String, String), f64>> = BTreeMap::new();
    for strait in straits {
        let thinness = if strait.hangs_on.len() == 1 { 1.0 } else { 0.5 };
        for at in strait.hangs_on.iter().filter_map(|id| position.get(id.as_str())) {
            let pair = (strait.a.clone(), strait.b.clone());
            found.entry(*at).or_default().insert(pair, thinness);
        }
    }
    found
}

/// The values of `[plan.value]`, 0..1; where several lists name somebody, the largest.
fn told_value(study: &Study, config: &Config) -> BTreeMap<usize, f64> {
    let mut told: BTreeMap<usize, f64> = BTreeMap::new();
    for (value, who) in config
        .plan
        .value
        .iter()
        .flat_map(|(value, list)| list.iter().map(move |who| (value.share(), who)))
    {
        for person in study.people.find(who) {
            if let Some(at) = study.place(person) {
                let known = told.entry(at).or_insert(value);
                *known = known.max(value);
            }
        }
    }
    told
}
