//! Two lists of words: which word of the one stands for which of the other.
//!
//! All words of the shorter list must find theirs in the longer, in order, the first name with the first name and a
//! surname with a surname; then the two may be one person's. Words left over on one side are middle or second
//! surnames; words left over on both contradict each other.

use super::parse::{Form, Word};
use super::script::Script;
use super::words::{self, Part};

type Found = (f64, &'static str);

/// How alike two readings are, with the weakest rule; `None` when they contradict each other.
pub(super) fn compare(a: &Form, b: &Form) -> Option<Found> {
    let scripts = (a.script, b.script);
    let straight = in_order(&a.words, &b.words, scripts);
    if straight.is_some_and(|(score, _)| score >= 0.99) {
        return straight;
    }
    let joined = is_joined(&a.words, &b.words).then_some((0.88, "joined-words"));
    // One of the two the other way round: the surname first.
    let may_turn = !(a.is_ordered && b.is_ordered) && a.words.len() > 1 && b.words.len() > 1;
    let turned = may_turn.then(|| {
        let turn = |words: &[Word], left: bool| {
            let mut words = words.to_vec();
            if left {
                words.rotate_left(1);
            } else {
                words.rotate_right(1);
            }
            words
        };
        let one = |left| in_order(&turn(&a.words, left), &b.words, scripts);
        let other = |left| in_order(&a.words, &turn(&b.words, left), scripts);
        [one(true), one(false), other(true), other(false)]
            .into_iter()
            .flatten()
            .max_by(|x, y| x.0.total_cmp(&y.0))
            .filter(|(score, _)| *score >= 0.6)
            .map(|(score, rule)| (score * 0.9, if rule == "same-name" { "order" } else { rule }))
    });
    [straight, joined, turned.flatten()].into_iter().flatten().max_by(|x, y| x.0.total_cmp(&y.0))
}

/// Whether the letters are the same once spaces are left out, the surname first or last.
fn is_joined(a: &[Word], b: &[Word]) -> bool {
    let whole = |words: &[&[Word]]| -> String {
        words.iter().flat_map(|part| part.iter()).map(|word| word.text.as_str()).collect()
    };
    let plain = whole(&[a]);
    let turned = |words: &[Word]| match words {
        [first, rest @ ..] => whole(&[rest, std::slice::from_ref(first)]),
        [] => String::new(),
    };
    let back = |words: &[Word]| match words {
        [rest @ .., last] => whole(&[std::slice::from_ref(last), rest]),
        [] => String::new(),
    };
    plain.len() >= 5 && (plain == whole(&[b]) || plain == turned(b) || plain == back(b))
}

fn in_order(a: &[Word], b: &[Word], scripts: (Script, Script)) -> Option<Found> {
    let (short, long, scripts) =
        if a.len() <= b.len() { (a, b, scripts) } else { (b, a, (scripts.1, scripts.0)) };
    if short.len() == 1 {
        return single(&short[0], long, scripts);
    }
    let (score, rule, used) = place(short, long, 0, 0, scripts)?;
    let is_used = |at: usize| used & (1 << at) != 0;
    // A full surname must speak: initials alone say nothing.
    let full = (1..long.len()).any(|at| is_used(at) && !long[at].is_initial())
        && short.iter().any(|word| !word.is_initial());
    let surname = short[short.len() - 1].is_initial() || long[long.len() - 1].is_initial();
    if !full || (surname && short[0].is_initial()) {
        return None;
    }
    let left = long.len() - short.len();
    if !is_used(0) {
        // "J. Robert Ek" or "Maria Paz Ek" who goes by the second name.
        return Some((score.min(0.55), "middle-name"));
    }
    let rule = if left > 0 && rule == "same-name" { "left-out" } else { rule };
    let penalty = 0.95_f64.powi(i32::try_from(left).unwrap_or(4));
    Some((score * penalty, rule))
}

/// A name of one word: the same word, or the first name alone.
fn single(word: &Word, long: &[Word], scripts: (Script, Script)) -> Option<Found> {
    if word.is_initial() {
        return None;
    }
    let (score, rule) = words::compare(word, &long[0], Part::Given, scripts)?;
    if long[0].is_initial() {
        None
    } else if long.len() == 1 {
        Some((score * 0.9, rule))
    } else {
        (score >= 0.95).then_some((0.5, "first-name-alone"))
    }
}

/// The best placing of `short[i..]` into `long[j..]`: the lowest word score, its rule, and the words used as bits.
fn place(
    short: &[Word],
    long: &[Word],
    i: usize,
    j: usize,
    scripts: (Script, Script),
) -> Option<(f64, &'static str, u32)> {
    if i == short.len() {
        return Some((1.0, "same-name", 0));
    }
    let mut best: Option<(f64, &'static str, u32)> = None;
    let last_place = long.len() - (short.len() - i);
    for at in j..=last_place.min(30) {
        // The first name stands first, or second after one that is left out.
        if i == 0 && at > 1 {
            break;
        }
        let is_last = i + 1 == short.len();
        if is_last && at == 0 {
            continue;
        }
        let part = match (i, at) {
            _ if is_last || at + 1 == long.len() => Part::Surname,
            (0, 0) => Part::Given,
            _ => Part::Middle,
        };
        let Some((score, rule)) = words::compare(&short[i], &long[at], part, scripts) else {
            continue;
        };
        let Some((rest, rest_rule, used)) = place(short, long, i + 1, at + 1, scripts) else {
            continue;
        };
        let (score, rule) = if rest < score { (rest, rest_rule) } else { (score, rule) };
        let skipped_first = i == 0 && at == 1;
        if best.is_none_or(|(high, _, known)| {
            score > high || (score >= high && known & 1 == 0 && !skipped_first)
        }) {
            best = Some((score, rule, used | 1 << at));
        }
    }
    best
}
