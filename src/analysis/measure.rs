//! What an analysis yields: measures by contact, whole-network numbers, tables to draw, notes and refusals.

use std::collections::BTreeMap;

use crate::audit;
use crate::note::Note;

/// A number with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Kebab-case and stable: the same word in JSON, CSV and the command line.
    pub id: &'static str,
    /// In words.
    pub title: &'static str,
    /// Unit and range.
    pub unit: &'static str,
}

/// One measure over the contacts of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Which measure.
    pub measure: Measure,
    /// By position in [`crate::study::Study::ties`]; `None` = undefined.
    pub values: Vec<Option<f64>>,
}

/// What one analysis found; merged over all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Measures by contact.
    pub columns: Vec<Column>,
    /// Whole-network numbers by measure id.
    pub scalars: BTreeMap<String, Option<f64>>,
    /// Tables to draw; an analysis fills its own part.
    pub tables: audit::Findings,
    /// Remarks: what was left out and why.
    pub notes: Vec<Note>,
    /// Questions the data cannot answer.
    pub refused: Vec<audit::Refused>,
}

impl Findings {
    /// Adds a column, leaving out numbers that are not finite: no NaN leaves an analysis.
    pub fn column(&mut self, measure: Measure, values: Vec<Option<f64>>) {
        let finite = |value: Option<f64>| value.filter(|v| v.is_finite());
        self.columns.push(Column { measure, values: values.into_iter().map(finite).collect() });
    }

    /// Adds a whole-network number.
    pub fn scalar(&mut self, measure: Measure, value: Option<f64>) {
        self.scalars.insert(measure.id.to_owned(), value.filter(|v| v.is_finite()));
    }

    /// Takes over what another analysis found.
    pub fn merge(&mut self, other: Self) {
        self.columns.extend(other.columns);
        self.scalars.extend(other.scalars);
        self.notes.extend(other.notes);
        self.refused.extend(other.refused);
        let (mine, theirs) = (&mut self.tables, other.tables);
        mine.quarters.extend(theirs.quarters);
        mine.states.extend(theirs.states);
        mine.diversity.extend(theirs.diversity);
        mine.diversity_change.extend(theirs.diversity_change);
        mine.homophily.extend(theirs.homophily);
        mine.joint = mine.joint.take().or(theirs.joint);
        mine.goals = mine.goals.take().or(theirs.goals);
        mine.bandwidth.extend(theirs.bandwidth);
        if !theirs.attention.now.is_empty() || !theirs.attention.before.is_empty() {
            mine.attention = theirs.attention;
        }
        mine.communities.extend(theirs.communities);
        mine.straits.extend(theirs.straits);
        mine.bridges.extend(theirs.bridges);
        mine.constraint_causes = mine.constraint_causes.take().or(theirs.constraint_causes);
        mine.strengthen = mine.strengthen.take().or(theirs.strengthen);
        mine.weak_ties = mine.weak_ties.take().or(theirs.weak_ties);
        mine.with_inferred = mine.with_inferred.take().or(theirs.with_inferred);
        mine.layers.extend(theirs.layers);
        mine.replies.extend(theirs.replies);
        mine.signature.extend(theirs.signature);
        mine.survival = theirs.survival.or(mine.survival);
        mine.dormant.extend(theirs.dormant);
        mine.forecast = mine.forecast.take().or(theirs.forecast);
    }

    /// One value of one contact.
    #[must_use]
    pub fn value(&self, id: &str, position: usize) -> Option<f64> {
        let column = self.columns.iter().find(|column| column.measure.id == id)?;
        column.values.get(position).copied().flatten()
    }
}
