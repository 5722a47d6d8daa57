//! Numbers, dates and classes in words: the few phrases that both the plan and the report speak.
//!
//! Foundation: knows nothing of the rooms.

use std::borrow::Cow;

use jiff::civil::Date;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `24 Sep`.
///
/// ```
/// assert_eq!(weaktie::text::day(jiff::civil::date(2026, 9, 24)), "24 Sep");
/// ```
#[must_use]
pub fn day(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or(0);
    format!("{} {}", date.day(), MONTHS[month])
}

/// `24 Sep 2026`.
#[must_use]
pub fn full_day(date: Date) -> String {
    format!("{} {}", day(date), date.year())
}

/// A count with its noun: `1 tie`, `3 ties`, `2 entries`.
///
/// ```
/// use weaktie::text::count;
/// assert_eq!(count(1, "tie"), "1 tie");
/// assert_eq!(count(1_204, "message"), "1,204 messages");
/// assert_eq!((count(2, "entry"), count(2, "day")), ("2 entries".to_owned(), "2 days".to_owned()));
/// ```
#[must_use]
pub fn count(n: u64, noun: &str) -> String {
    let stem = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let noun = match (n, stem) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    format!("{} {noun}", thousands(n))
}

/// `1,204`.
#[must_use]
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share as whole per cent; never a false 0 or 100.
///
/// ```
/// use weaktie::text::percent;
/// assert_eq!([0.0, 0.004, 0.436, 0.997, 1.0].map(percent), ["0%", "<1%", "44%", ">99%", "100%"]);
/// ```
#[must_use]
pub fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        whole if share > 0.0 && whole < 1.0 => "<1%".to_owned(),
        whole if share < 1.0 && whole > 99.0 => ">99%".to_owned(),
        whole => format!("{whole:.0}%"),
    }
}

/// A span of days as a person says it: `5 days`, `3 weeks`, `4 months`, `2 years`.
///
/// ```
/// use weaktie::text::span;
/// assert_eq!(span(9.2), "9 days");
/// assert_eq!(span(23.0), "3 weeks");
/// assert_eq!(span(131.0), "4 months");
/// assert_eq!(span(1_200.0), "3 years");
/// ```
#[must_use]
pub fn span(days: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rounded number of days or more, at least 1"
    )]
    let whole = |n: f64| n.round().max(1.0) as u64;
    match days {
        d if d < 14.0 => count(whole(d), "day"),
        d if d < 70.0 => count(whole(d / 7.0), "week"),
        d if d < 730.0 => count(whole(d / 30.44), "month"),
        d => count(whole(d / 365.25), "year"),
    }
}

/// A class code in words with a capital: `software` is `Software`, `financial_services` is `Financial services`.
/// A text with capitals of its own (an employer's name) stays as it is.
///
/// ```
/// use weaktie::text::class;
/// assert_eq!(class("exec"), "General management");
/// assert_eq!(class("customer_success"), "Customer success");
/// assert_eq!(class("Corvane"), "Corvane");
/// ```
#[must_use]
pub fn class(code: &str) -> String {
    let words = match code {
        "exec" => "General management",
        "it" => "IT and security",
        "hr" => "Human resources",
        "cxo" => "Chief officer",
        "vp" => "Vice president",
        "mid" => "Mid-career",
        "entry" => "Entry level",
        "training" => "In training",
        "public" => "Public service",
        "admin" => "Administration",
        "health" => "Health care",
        "project" => "Project management",
        "ic" => "Individual contributor",
        "it_services" => "IT services",
        "professional" => "Professional services",
        "realestate" => "Real estate",
        "mentor" => "Further on than you",
        "peer" => "Peers",
        "emerging" => "Emerging",
        "0-1-years" => "Up to a year",
        "1-3-years" => "1 to 3 years",
        "3-7-years" => "3 to 7 years",
        "7-years-up" => "7 years and more",
        "internal" => "Your own house",
        "alum" => "Houses you left",
        "client" => "Clients",
        "vendor" => "Vendors",
        "industry" => "Your industry",
        "outside" => "Other industries",
        other if other.chars().any(char::is_uppercase) => other,
        other => return capital(&other.replace(['-', '_'], " ")),
    };
    words.to_owned()
}

/// A class inside a sentence: without the capital, unless it is a name.
///
/// ```
/// use weaktie::text::class_within;
/// assert_eq!(class_within("hr"), "human resources");
/// assert_eq!(class_within("it"), "IT and security");
/// ```
#[must_use]
pub fn class_within(code: &str) -> String {
    let words = class(code);
    let is_name = words == code || words.chars().nth(1).is_some_and(char::is_uppercase);
    if is_name { words } else { words.to_lowercase() }
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a spreadsheet would take a cell for a formula: it begins `=`, `+`, `-` or `@` (also in full width), or with a
/// tab or return. A negative number is none.
///
/// ```
/// use weaktie::text::is_formula;
/// assert!(is_formula("=cmd|' /C calc'!A0") && is_formula("+4722334455") && is_formula("-inf") && is_formula("＝1"));
/// assert!(!is_formula("-0.25") && !is_formula("Ana") && !is_formula(""));
/// ```
#[must_use]
pub fn is_formula(cell: &str) -> bool {
    const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let is_number =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.parse::<f64>().is_ok();
    cell.starts_with(SIGNS) && !cell.strip_prefix('-').is_some_and(is_number)
}

/// A cell that no spreadsheet takes for a formula: one that is ([`is_formula`]) is led by an apostrophe.
///
/// ```
/// assert_eq!(weaktie::text::guarded("=1+1"), "'=1+1");
/// ```
#[must_use]
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}
