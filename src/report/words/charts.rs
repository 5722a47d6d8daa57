//! The finding of each chart, and the sentence in place of a chart.
//!
//! Responsible for titles that name a number or a person out of the plotted data. Charts pass in what they plot.

use crate::audit::{Audit, Diversity};
use crate::report::view::View;
use crate::units::Evidence;

use super::{
    HARD, capital, circle_within, class_within, count, counted, dimension, gaps, percent, thousands,
};

/// Silence against rhythm: ties past the last and past the second rung of the ladder among the named.
pub(crate) fn silence(
    named: usize,
    past_lapsed: usize,
    past_overdue: usize,
    [slipping, overdue, lapsed]: [f64; 3],
) -> String {
    let (n, rung) = match (named, past_lapsed, past_overdue) {
        (0, ..) => return format!("Nobody is silent for longer than {}", gaps(slipping)),
        (1, 0, 0) => return format!("The one tie at stake is within {}", gaps(overdue)),
        (1, 0, _) => return format!("The one tie at stake is past {}", gaps(overdue)),
        (1, ..) => return format!("The one tie at stake is past {}", gaps(lapsed)),
        (_, 0, n) => (n, gaps(overdue)),
        (_, n, _) => (n, gaps(lapsed)),
    };
    match n {
        0 => format!("None of the {} ties with most at stake is past {rung}", count(named)),
        n if n == named => {
            format!("All {} ties with most at stake are past {rung}", count(named))
        }
        n => format!(
            "{} of the {} ties with most at stake {} past {rung}",
            capital(&count(n)),
            count(named),
            is(n)
        ),
    }
}

fn is(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// The tie calendar: rows without contact in the period.
pub(crate) fn calendar(rows: usize, quiet: usize) -> String {
    match quiet {
        0 => format!("All {rows} were in touch this quarter, later than they usually are"),
        n if n == rows => format!("None of these {rows} was in touch this quarter"),
        n => format!(
            "{} of these {rows} {} not been in touch this quarter",
            capital(&count(n)),
            if n == 1 { "has" } else { "have" }
        ),
    }
}

/// The attention ledger: the kind of tie that takes most, now and the year before.
pub(crate) fn ledger(kind: &str, now: f64, before: Option<f64>) -> String {
    let takes = format!(
        "Where the kind of tie is known, {kind} took {} of this year’s contact days",
        percent(now)
    );
    match before.map(percent) {
        None => takes,
        Some(was) if was == percent(now) => format!("{takes}, as in the year before"),
        Some(was) => format!("{takes}, {was} the year before"),
    }
}

/// No ledger: too few contact days, or too few whose kind of tie is known.
pub(crate) fn no_ledger(days: u32) -> String {
    if days < 30 {
        return "Too few contact days this year to say where they go.".to_owned();
    }
    "Where your time goes by kind of tie cannot be said: too few contacts are known as colleagues, clients or former \
     colleagues. Load your positions, or tag people under [boundaries]."
        .to_owned()
}

/// The social signature: the top five now and before.
pub(crate) fn attention(top: f64, before: Option<f64>) -> String {
    match before {
        Some(was) if (top - was) >= 0.015 => {
            format!("Your top five rose from {} to {}", percent(was), percent(top))
        }
        Some(was) if (was - top) >= 0.015 => {
            format!("Your top five fell from {} to {}", percent(was), percent(top))
        }
        Some(was) if percent(was) == percent(top) => {
            format!("Your top five took {}, as they did before", percent(top))
        }
        Some(was) => format!("Your top five took {}, after {}", percent(top), percent(was)),
        None => format!("Your top five take {} of your contact days", percent(top)),
    }
}

/// Ties by state: on rhythm out of those that ever talked.
pub(crate) fn states(on_rhythm: u32, talked: u32) -> String {
    if on_rhythm == 0 {
        "No tie that ever talked is on rhythm".to_owned()
    } else if on_rhythm == talked {
        "Every tie that ever talked is on rhythm".to_owned()
    } else if talked < 30 {
        format!(
            "{} of {talked} ties that ever talked {} on rhythm",
            on_rhythm,
            is(on_rhythm as usize)
        )
    } else {
        let share = f64::from(on_rhythm) / f64::from(talked);
        format!("{} of the ties that ever talked are on rhythm", percent(share))
    }
}

/// Diversity over one attribute.
pub(crate) fn diversity(diversity: &Diversity) -> String {
    let (one, _) = dimension(&diversity.dimension);
    if !diversity.headline {
        return format!(
            "Only {} of {} have a known {one}: read with care",
            thousands(u64::from(diversity.known)),
            thousands(u64::from(diversity.people))
        );
    }
    let Some(first) = diversity.classes.iter().find(|class| class.class != "unknown") else {
        return format!("No {one} is known");
    };
    let name = capital(&class_within(&diversity.dimension, &first.class));
    let [takes, _, is] = super::diversity::verbs(&diversity.dimension);
    match first.share_attention {
        Some(share) => format!(
            "{name} {takes} {} of your attention and {is} {} of the people",
            percent(share),
            percent(first.share_people)
        ),
        None => format!("{name} {is} {} of your contacts", percent(first.share_people)),
    }
}

/// Too few classified for a chart.
pub(crate) fn unclassified(diversity: &Diversity) -> String {
    let (one, _) = dimension(&diversity.dimension);
    if diversity.known == 0 {
        return match diversity.dimension.as_str() {
            "company" => "No employer is known: load a LinkedIn export to see this.".to_owned(),
            "industry" => "No employer’s industry is known.".to_owned(),
            _ => "No title could be read: load a LinkedIn export to see this.".to_owned(),
        };
    }
    format!(
        "Only {} of {} have a known {one}, too few for a chart.",
        thousands(u64::from(diversity.known)),
        thousands(u64::from(diversity.people))
    )
}

/// Bridges where somebody would be cut off from the other contacts; the owner knows everybody here.
pub(crate) fn lost_without(name: &str, people: u32) -> String {
    format!(
        "Besides you, only {name} links {} to the rest",
        counted(people as usize, "person", "people")
    )
}

/// Bridges where nobody would be cut off, yet one person is the only observed link of two communities.
pub(crate) fn only_link(name: &str, a: &str, b: &str) -> String {
    format!(
        "Nobody would be cut off; only {name} joins {} and {}",
        circle_within(a),
        circle_within(b)
    )
}

/// Bridges where nobody is a single route.
pub(crate) fn nobody_lost(name: &str, reaches: usize, alike: usize) -> String {
    let into = counted(reaches, "other community", "other communities");
    if alike > 1 {
        return format!("Nobody is a single route; {} people reach {into} each", count(alike));
    }
    format!("Nobody is a single route; {name} reaches furthest, into {into}")
}

/// The archipelago.
pub(crate) fn islands(
    audit: &Audit,
    only: Option<(&str, &str)>,
    closest: Option<(&str, &str)>,
) -> String {
    if let Some((name, community)) = only {
        if community.contains(name) {
            return format!("Besides you, only {name} links their own circle to the others");
        }
        return format!(
            "Besides you, only {name} links {} to the others",
            circle_within(community)
        );
    }
    if let Some((a, b)) = closest {
        return format!(
            "{} and {} are the most closely joined; no island hangs on one person",
            capital(&circle_within(a)),
            circle_within(b)
        );
    }
    format!(
        "{} circles, and no tie seen between them",
        capital(&count(audit.findings.communities.len()))
    )
}

/// The tier of the ties among contacts behind a chart: what is there, never what could be.
pub(crate) fn tier(view: &View<'_>) -> String {
    let lowest = view.among().map(|tie| tie.evidence).max();
    match lowest {
        None => format!("lowest tier: {}", view.audit.settings.min_evidence.name()),
        Some(Evidence::Interaction) => "interaction only".to_owned(),
        Some(lowest) => {
            let of_it = view.among().filter(|tie| tie.evidence == lowest).count();
            format!(
                "lowest tier: {} ({} of {})",
                lowest.name(),
                thousands(of_it as u64),
                thousands(view.among().count() as u64)
            )
        }
    }
}

/// `n = 192 active ties · interaction · …`.
pub(crate) fn provenance(n: usize, what: &str, tier: &str, when: &str) -> String {
    format!("n{HARD}={HARD}{} {what} · {tier} · {when}", thousands(n as u64))
}

/// Ties too long silent for the axis of silence.
pub(crate) fn not_drawn(n: usize, short: bool) -> String {
    let (ties, are) = if n == 1 { ("tie", "is") } else { ("ties", "are") };
    if short {
        format!("{n} {ties} silent for 3 years or more: see the table")
    } else {
        format!(
            "{n} {ties} silent for 3 years or more {are} not drawn; the table has {}",
            if n == 1 { "it" } else { "them" }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_tier_is_that_of_the_ties_present() {
        let mut audit = testing::rich();
        let all = View::of(&audit).among().count();
        assert_eq!(tier(&View::of(&audit)), format!("lowest tier: co-presence ({all} of {all})"));
        for tie in &mut audit.ties {
            tie.evidence = Evidence::Interaction;
        }
        assert_eq!(tier(&View::of(&audit)), "interaction only");
        let last = audit.ties.last_mut().unwrap();
        last.evidence = Evidence::Inferred;
        // Below the lowest tier of the settings: no analysis saw it.
        assert_eq!(tier(&View::of(&audit)), "interaction only");
        audit.settings.min_evidence = Evidence::Inferred;
        assert_eq!(tier(&View::of(&audit)), format!("lowest tier: inferred (1 of {all})"));
    }

    #[test]
    fn findings_read_as_sentences_at_their_edges() {
        let ladder = [1.5, 3.0, 8.0];
        assert_eq!(
            silence(12, 12, 12, ladder),
            "All twelve ties with most at stake are past eight usual gaps"
        );
        assert_eq!(
            silence(12, 0, 1, [1.5, 2.5, 8.0]),
            "One of the twelve ties with most at stake is past 2.5 usual gaps"
        );
        assert_eq!(
            silence(4, 0, 0, ladder),
            "None of the four ties with most at stake is past three usual gaps"
        );
        assert_eq!(silence(1, 0, 1, ladder), "The one tie at stake is past three usual gaps");
        assert_eq!(states(0, 62), "No tie that ever talked is on rhythm");
        assert_eq!(states(62, 62), "Every tie that ever talked is on rhythm");
        assert_eq!(states(75, 162), "46% of the ties that ever talked are on rhythm");
        assert_eq!(attention(0.21, Some(0.21)), "Your top five took 21%, as they did before");
        assert_eq!(attention(0.41, Some(0.33)), "Your top five rose from 33% to 41%");
    }
}
