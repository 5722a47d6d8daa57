//! The attention ledger: contact days a month by the kind of tie they went to.

use crate::audit::Audit;
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Type};
use crate::report::theme::{self, Token};
use crate::report::words::{self, charts as finding};

/// Months drawn, and on a phone.
const MONTHS: usize = 24;
const MONTHS_PHONE: usize = 12;
/// Fewest contact days of the last year, and the least share of them with a known kind of tie.
const FEWEST: u32 = 30;
const KNOWN: f64 = 0.25;
const HEIGHT: f64 = 252.0;

/// Kinds of tie that are drawn as one, bottom of the bar first; the last holds what is unknown.
const KINDS: [(&[&str], &str, Token); 5] = [
    (&["internal"], "your employer", Token::Me),
    (&["client", "vendor"], "clients and vendors", Token::Them),
    (&["alum"], "earlier employers and schools", Token::Seq3),
    (&["industry", "outside"], "other employers", Token::Seq1),
    (&[], "unknown", Token::Unk),
];

/// Contact days of a month by kind, in the order of [`KINDS`].
type Month = [u32; KINDS.len()];

/// The attention ledger.
pub(super) struct Ledger;

impl super::Chart for Ledger {
    fn id(&self) -> &'static str {
        "ledger"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let months = ledger(audit);
        let year = |from: usize| sum(&months[from..from + 12]);
        let (now, before) = (year(0), year(12));
        let all: u32 = now.iter().sum();
        let known = all - now[KINDS.len() - 1];
        if all < FEWEST || f64::from(known) < KNOWN * f64::from(all) {
            return Empty::because(finding::no_ledger(all));
        }
        let share = |of: &Month, kind: usize| {
            let known: u32 = of[..KINDS.len() - 1].iter().sum();
            (known >= FEWEST).then(|| f64::from(of[kind]) / f64::from(known))
        };
        // The largest known kind, the first of equals.
        let most = (0..KINDS.len() - 1).rev().max_by_key(|kind| now[*kind]).unwrap_or(0);
        let takes = f64::from(now[most]) / f64::from(known);
        Ok(Figure {
            id: self.id(),
            finding: finding::ledger(KINDS[most].1, takes, share(&before, most)),
            provenance: finding::provenance(
                all as usize,
                "contact days",
                "interaction",
                &format!("12 months to {}", words::full_day(audit.as_of)),
            ),
            how_to_read:
                "a bar is a month of contact days; shares are of those whose kind of tie is known."
                    .to_owned(),
            wide: plot(audit, &months, theme::WIDE, MONTHS),
            narrow: plot(audit, &months, theme::PHONE, MONTHS_PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

/// The months, newest first.
fn ledger(audit: &Audit) -> Vec<Month> {
    let mut months = vec![[0; KINDS.len()]; MONTHS];
    let view = super::View::of(audit);
    for tie in &audit.ties {
        let rhythm = tie.rhythm.as_ref();
        let Some(exchange) = rhythm.and_then(|rhythm| rhythm.exchange.as_ref()) else { continue };
        let other = if tie.a == audit.ego.id { &tie.b } else { &tie.a };
        let class = view.person(other).and_then(|person| person.relation.as_ref());
        let kind = class.and_then(|class| {
            KINDS.iter().position(|(classes, ..)| classes.contains(&class.class.as_str()))
        });
        for (ago, days) in &exchange.months {
            if let Some(month) = months.get_mut(*ago as usize) {
                month[kind.unwrap_or(KINDS.len() - 1)] += days;
            }
        }
    }
    months
}

fn sum(months: &[Month]) -> Month {
    let mut all = [0; KINDS.len()];
    for month in months {
        for (all, days) in all.iter_mut().zip(month) {
            *all += days;
        }
    }
    all
}

fn plot(audit: &Audit, months: &[Month], width: f64, shown: usize) -> Drawing {
    let mut drawing = Drawing::new(width, HEIGHT);
    let months = &months[..shown];
    let totals = sum(months);
    let keys: Vec<_> = KINDS
        .iter()
        .map(|(.., token)| {
            let token = *token;
            move |drawing: &mut Drawing, at: (f64, f64)| {
                drawing.bar(at.0, at.1 - 6.0, 12.0, 12.0, token);
            }
        })
        .collect();
    let entries: Vec<(f64, &str, super::Key<'_>)> = KINDS
        .iter()
        .zip(&keys)
        .zip(totals)
        .filter(|(_, days)| *days > 0)
        .map(|(((_, name, _), key), _)| (12.0, *name, key as super::Key<'_>))
        .collect();
    let legend = super::legend(&mut drawing, (0.0, 16.0), width, &entries);
    let (left, top, low) = (36.0, legend + 22.0, HEIGHT - 28.0);
    let most = months.iter().map(|month| month.iter().sum::<u32>()).max().unwrap_or(0).max(1);
    let scale = (low - top) / f64::from(most);
    for part in (0..=most).step_by(step_of(most) as usize) {
        let at = low - f64::from(part) * scale;
        drawing.line((left, at), (width, at), Paint::stroke(Token::Grid, theme::GRIDLINE));
        let count = words::thousands(part.into());
        drawing.text((left - 6.0, at + 4.0), Anchor::End, &count, Type::AXIS);
    }
    let step = (width - left) / shown as f64;
    for (ago, month) in months.iter().enumerate() {
        let at = left + (shown - 1 - ago) as f64 * step;
        let mut base = low;
        for (days, (.., token)) in month.iter().zip(KINDS) {
            let height = f64::from(*days) * scale;
            base -= height;
            drawing.bar(at + step * 0.12, base, step * 0.76, height, token);
        }
        if ago % 3 == 0 {
            let month = words::month(months_before(audit, ago));
            drawing.text((at + step / 2.0, HEIGHT - 8.0), Anchor::Middle, &month, Type::AXIS);
        }
    }
    drawing
}

/// A round step that gives two to five gridlines.
fn step_of(most: u32) -> u32 {
    let wanted = most / 2;
    let tens = 10_u32.pow(wanted.max(1).ilog10());
    [5, 2, 1].into_iter().map(|part| part * tens).find(|step| *step <= wanted).unwrap_or(1)
}

/// The first day of the month so many months ago.
fn months_before(audit: &Audit, ago: usize) -> jiff::civil::Date {
    let first = audit.as_of.first_of_month();
    first.saturating_sub(jiff::Span::new().months(i64::try_from(ago).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::super::Chart;
    use super::*;
    use crate::report::testing;

    fn with_kinds(classes: &[Option<&str>]) -> Audit {
        let mut audit = testing::rich();
        let kinds = classes.iter().cycle();
        for (person, class) in audit.people.iter_mut().zip(kinds) {
            person.relation = class.map(|class| crate::audit::Derived {
                class: class.to_owned(),
                confidence: 1.0,
                rule: "t".to_owned(),
            });
        }
        let ties = audit.ties.iter_mut().filter_map(|tie| tie.rhythm.as_mut());
        for exchange in ties.filter_map(|rhythm| rhythm.exchange.as_mut()) {
            exchange.months = vec![(0, 3), (11, 1), (12, 4), (40, 9)];
        }
        audit
    }

    #[test]
    fn a_month_is_counted_where_it_went() {
        let audit = with_kinds(&[Some("internal"), Some("client"), None]);
        let months = ledger(&audit);
        let exchanging = audit
            .ties
            .iter()
            .filter(|tie| tie.rhythm.as_ref().is_some_and(|rhythm| rhythm.exchange.is_some()));
        let ties = u32::try_from(exchanging.count()).unwrap();
        assert!(ties > 20);
        assert_eq!(months[0].iter().sum::<u32>(), 3 * ties);
        assert_eq!(sum(&months[..12]).iter().sum::<u32>(), 4 * ties);
        assert_eq!(sum(&months).iter().sum::<u32>(), 8 * ties);
        assert!(months[0][0] > 0 && months[0][1] > 0 && months[0][4] > 0 && months[0][2] == 0);
    }

    #[test]
    fn gridlines_are_round_and_few() {
        for (most, step) in [(1, 1), (3, 1), (9, 2), (11, 5), (203, 100), (9_999, 2_000)] {
            assert_eq!(step_of(most), step, "{most}");
        }
    }

    #[test]
    fn where_no_kind_is_known_it_says_so() {
        let figure = Ledger
            .figure(&with_kinds(&[Some("alum"), None]))
            .unwrap_or_else(|e| panic!("{}", e.sentence));
        assert!(figure.finding.contains("earlier employers and schools"), "{}", figure.finding);
        assert!(Ledger.figure(&with_kinds(&[None])).is_err());
    }
}
