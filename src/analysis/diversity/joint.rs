//! Joint gaps: combinations of industry and career band in which nobody is active.
//!
//! **Question** Plenty of finance, plenty of directors: any finance director? **Definition** a cell holds the active ties of
//! one industry and one band (stages of a kind, [`super::similarity::kind`]). *Expected* is the people times both shares,
//! the goal's where the attribute has one, as if the two had nothing to do with each other. A *gap* is an empty cell of
//! which a person or more is expected by a goal, or three without goals. **Edge cases** people with either unknown are in
//! no cell. **Complexity** O(people).

use std::collections::BTreeMap;

use crate::audit;
use crate::goals::Aims;

use super::similarity::kind;

/// People expected from which an empty cell is a gap: with a goal, and without.
const EXPECTED: [f64; 2] = [1.0, 3.0];
/// Bands from the first to the last.
const BANDS: [&str; 5] = ["starting", "working", "leading", "heading", "retired"];

/// One person: industry and stage where known, and whether the tie is counted as active.
pub(super) type Placed<'a> = (Option<&'a str>, Option<&'a str>, bool);

/// The table of cells; `None` where no active tie has both known.
#[must_use]
pub(super) fn joint(people: &[Placed<'_>], aims: &Aims) -> Option<audit::Joint> {
    let band = |stage: Option<&str>| stage.and_then(|stage| kind("seniority", stage));
    let mut cells: BTreeMap<(&str, &str), [u32; 2]> = BTreeMap::new();
    let (mut industries, mut bands) = (BTreeMap::<&str, u32>::new(), BTreeMap::<&str, u32>::new());
    let (mut both, mut active) = (0_u32, 0_u32);
    for (industry, stage, is_active) in people {
        let (industry, band) = (industry.unwrap_or(UNKNOWN), band(*stage).unwrap_or(UNKNOWN));
        let cell = cells.entry((industry, band)).or_default();
        cell[1] += 1;
        active += u32::from(*is_active);
        if *is_active {
            cell[0] += 1;
            if industry != UNKNOWN && band != UNKNOWN {
                both += 1;
                *industries.entry(industry).or_default() += 1;
                *bands.entry(band).or_default() += 1;
            }
        }
    }
    if both == 0 {
        return None;
    }
    let n = f64::from(both);
    let (by_industry, by_band) = (aims.of("industry"), aims.of("seniority"));
    let industry_share = |name: &str| {
        let people = f64::from(industries.get(name).copied().unwrap_or(0)) / n;
        by_industry.map_or(people, |aim| aim.share(name, people))
    };
    let band_share = |name: &str| {
        let people = f64::from(bands.get(name).copied().unwrap_or(0)) / n;
        let wanted = by_band.map(|aim| {
            let sums =
                aim.weights.iter().filter(|(stage, _)| kind("seniority", stage) == Some(name));
            (aim, sums.map(|(_, weight)| weight).sum::<f64>())
        });
        wanted.map_or(people, |(aim, weight)| {
            if aim.is_mix {
                weight
            } else {
                crate::goals::TARGETED * weight + (1.0 - crate::goals::TARGETED) * people
            }
        })
    };
    let wanted = |industry: &str, band: &str| {
        by_industry.is_some_and(|aim| aim.weights.contains_key(industry))
            || by_band
                .is_some_and(|aim| aim.weights.keys().any(|s| kind("seniority", s) == Some(band)))
    };
    // Industries that are wanted stand in the table even where nobody is known there.
    let named = by_industry.into_iter().flat_map(|aim| aim.weights.keys().copied());
    let mut rows: Vec<&str> = cells.keys().map(|(industry, _)| *industry).chain(named).collect();
    rows.sort_unstable();
    rows.dedup();
    let active_of = |name: &str| {
        cells.iter().filter(|((i, _), _)| *i == name).map(|(_, [active, _])| active).sum::<u32>()
    };
    rows.sort_by_key(|name| (*name == UNKNOWN, std::cmp::Reverse(active_of(name)), *name));
    let seen = |band: &str| cells.keys().any(|(_, other)| *other == band);
    let columns: Vec<&str> = BANDS
        .into_iter()
        .filter(|band| *band != "retired" || seen(band))
        .chain(seen(UNKNOWN).then_some(UNKNOWN))
        .collect();
    let least = if by_industry.is_some() || by_band.is_some() { EXPECTED[0] } else { EXPECTED[1] };
    let mut found = Vec::new();
    for industry in &rows {
        for band in &columns {
            let [active, known] = cells.get(&(*industry, *band)).copied().unwrap_or_default();
            let is_known = *industry != UNKNOWN && *band != UNKNOWN;
            let expected =
                if is_known { n * industry_share(industry) * band_share(band) } else { 0.0 };
            let is_goal = is_known && wanted(industry, band);
            let goals = by_industry.is_some() || by_band.is_some();
            let is_gap = is_known && active == 0 && expected >= least && (is_goal || !goals);
            if known > 0 || is_gap {
                found.push(audit::JointCell {
                    industry: (*industry).to_owned(),
                    band: (*band).to_owned(),
                    active,
                    known,
                    expected,
                    is_goal,
                    is_gap,
                });
            }
        }
    }
    Some(audit::Joint {
        people: active,
        industries: rows.into_iter().map(str::to_owned).collect(),
        bands: columns.into_iter().map(str::to_owned).collect(),
        cells: found,
    })
}

const UNKNOWN: &str = "unknown";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::Goals;

    fn crowd() -> Vec<Placed<'static>> {
        let mut people: Vec<Placed<'static>> = Vec::new();
        for (industry, stage, active, times) in [
            ("finance", "mid", true, 10),
            ("energy", "director", true, 10),
            ("energy", "mid", true, 4),
            ("finance", "director", false, 2),
        ] {
            people.extend(std::iter::repeat_n((Some(industry), Some(stage), active), times));
        }
        people.push((None, Some("mid"), true));
        people
    }

    #[test]
    fn plenty_of_each_and_none_of_both_is_a_gap() {
        let found = joint(&crowd(), &Aims::default()).unwrap();
        assert_eq!(found.people, 25);
        assert_eq!(found.industries, ["energy", "finance", "unknown"]);
        let cell = |industry: &str, band: &str| {
            found.cells.iter().find(|cell| cell.industry == industry && cell.band == band).unwrap()
        };
        let hole = cell("finance", "leading");
        // 24 people, 10/24 in finance, 10/24 leading.
        assert!((hole.expected - 100.0 / 24.0).abs() < 1e-9);
        assert!(hole.is_gap && !hole.is_goal && (hole.active, hole.known) == (0, 2));
        assert!(!cell("energy", "leading").is_gap && !cell("unknown", "working").is_gap);
        // Nobody is retired, and a cell without anybody stands only where it is a gap.
        assert_eq!(found.bands, ["starting", "working", "leading", "heading"]);
        assert!(found.cells.iter().all(|cell| cell.known > 0 || cell.is_gap));
    }

    #[test]
    fn a_wanted_stage_makes_its_band_a_goal_in_every_industry() {
        let goals: Goals = toml::from_str("seniorities = [\"director\"]").unwrap();
        let found = joint(&crowd(), &goals.aims().unwrap()).unwrap();
        for cell in found.cells.iter().filter(|cell| cell.industry != UNKNOWN) {
            assert_eq!(cell.is_goal, cell.band == "leading", "{cell:?}");
        }
    }

    #[test]
    fn a_goal_frames_its_own_cells_alone() {
        let goals: Goals = toml::from_str("industries = [\"health\"]").unwrap();
        let found = joint(&crowd(), &goals.aims().unwrap()).unwrap();
        let gaps: Vec<&str> = found
            .cells
            .iter()
            .filter(|cell| cell.is_gap)
            .map(|cell| cell.industry.as_str())
            .collect();
        assert!(!gaps.is_empty() && gaps.iter().all(|industry| *industry == "health"), "{gaps:?}");
        assert!(joint(&[(Some("energy"), None, true)], &Aims::default()).is_none());
    }
}
