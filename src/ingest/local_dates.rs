//! Dates as a country or a spreadsheet writes them: month names, the order of day and month, serial numbers.
//!
//! Responsible for deciding the order of day and month once a file, never once a row.

use jiff::civil::Date;

use super::dates::{full_year, small};

/// Month names by month: English first, then German, French, Spanish, Portuguese, Italian, Dutch and the Nordic ones.
const MONTHS: [&str; 12] = [
    "january januar jänner janvier enero janeiro gennaio januari",
    "february februar février fevrier febrero fevereiro febbraio februari",
    "march märz maerz mars marzo março marco maart mrt marts",
    "april avril abril aprile",
    "may mai mayo maio maggio mei maj",
    "june juni juin junio junho giugno",
    "july juli juillet julio julho luglio",
    "august août aout agosto augustus augusti",
    "september septembre septiembre setiembre setembro settembre",
    "october oktober octobre octubre outubro ottobre",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dezembro dicembre desember",
];

/// 2003-01-01 and 2100-01-01 as days of a spreadsheet, which counts from 1899-12-30.
const SERIALS: std::ops::Range<i64> = 37_622..73_051;

/// Whether a date of two numbers and a year begins with the month or the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::ingest) enum Order {
    /// As LinkedIn writes it, and as it is read when a file does not tell.
    #[default]
    MonthFirst,
    /// As most of the world does.
    DayFirst,
}

/// What the dates of one column say about their order.
#[derive(Debug, Default)]
pub(in crate::ingest) struct OrderSigns {
    seen: u32,
    with_slashes: u32,
    day_first: u32,
    month_first: u32,
}

impl OrderSigns {
    /// Takes in one cell.
    pub(in crate::ingest) fn note(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.seen += 1;
        let date = cell.split([' ', ',']).next().unwrap_or_default();
        let Some((first, second, _, mark)) = numbers(date) else { return };
        if mark == '.' {
            return;
        }
        self.with_slashes += 1;
        self.day_first += u32::from(first > 12 && second <= 12);
        self.month_first += u32::from(second > 12 && first <= 12);
    }

    /// Whether more cells may change the answer: a column whose first dates are written out holds no others.
    pub(in crate::ingest) fn is_open(&self) -> bool {
        self.with_slashes > 0 || self.seen < 20
    }

    /// The order that most telling dates have; day first where none tells, as most of the world writes.
    pub(in crate::ingest) fn order_or_day_first(&self) -> Order {
        if self.month_first > self.day_first { Order::MonthFirst } else { Order::DayFirst }
    }

    /// The order that most telling dates have.
    pub(in crate::ingest) fn order(&self) -> Order {
        if self.day_first > self.month_first { Order::DayFirst } else { Order::MonthFirst }
    }
}

/// `11/5/2019`, `5.11.2019` (always day first), `11-5-19`.
pub(in crate::ingest) fn numeric(text: &str, order: Order) -> Option<Date> {
    let (first, second, year, mark) = numbers(text)?;
    let day_first = mark == '.' || order == Order::DayFirst;
    let (month, day) = if day_first { (second, first) } else { (first, second) };
    Date::new(year, month, day).ok()
}

fn numbers(text: &str) -> Option<(i8, i8, i16, char)> {
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    if !['/', '.', '-'].contains(&mark) {
        return None;
    }
    let mut parts = text.split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Some((small(first)?, small(second)?, full_year(year)?, mark))
}

/// A spreadsheet's own number of a day, and the seconds of its fraction.
pub(in crate::ingest) fn serial(text: &str) -> Option<(Date, i64)> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || !digits(fraction) || fraction.len() > 15 {
        return None;
    }
    let number: i64 = whole.parse().ok().filter(|number| SERIALS.contains(number))?;
    let share: f64 = format!("0.{fraction}0").parse().ok()?;
    // A minute's fraction is the rounding of the spreadsheet.
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 86,400")]
    let seconds = (share * 86_400.0).round() as i64;
    let day = jiff::civil::date(1899, 12, 30).checked_add(jiff::Span::new().days(number)).ok()?;
    Some((day, seconds.min(86_399)))
}

/// The month of `Nov`, `November`, `Sept.` or `août`: at least three letters that begin names of one month only.
pub(in crate::ingest) fn named_month(text: &str) -> Option<i8> {
    let lower = text.trim_end_matches(['.', ',']).to_lowercase();
    if lower.chars().count() < 3 {
        return None;
    }
    let starts = |names: &&str| names.split(' ').any(|name| name.starts_with(&lower));
    let mut months = MONTHS.iter().enumerate().filter(|(_, names)| starts(names));
    let (month, _) = months.next()?;
    if months.next().is_some() { None } else { i8::try_from(month + 1).ok() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_have_names_in_many_languages() {
        for (text, month) in [
            ("Nov", 11),
            ("Sept.", 9),
            ("août", 8),
            ("Okt", 10),
            ("mrt", 3),
            ("juil.", 7),
            ("dic", 12),
            ("SEP", 9),
        ] {
            assert_eq!(named_month(text), Some(month), "{text}");
        }
        for text in ["No", "jui", "Foo", ""] {
            assert_eq!(named_month(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_is_the_files_and_not_the_rows() {
        let order = |cells: &[&str]| {
            let mut signs = OrderSigns::default();
            for cell in cells {
                signs.note(cell);
            }
            signs.order()
        };
        assert_eq!(order(&["1/2/24, 1:00 PM", "31/1/2024"]), Order::DayFirst);
        assert_eq!(order(&["1/2/24", "1/31/24"]), Order::MonthFirst);
        assert_eq!(order(&["1/2/24", "", "05 Nov 2019", "31.12.2019"]), Order::MonthFirst);
    }

    #[test]
    fn a_serial_number_is_a_day() {
        assert_eq!(serial("43774"), Some((date(2019, 11, 5), 0)));
        assert_eq!(serial("43774.75"), Some((date(2019, 11, 5), 64_800)));
        for text in ["99999", "1234", "43774.x", "43774-1"] {
            assert_eq!(serial(text), None, "{text}");
        }
    }
}
