//! The rows of a text without quotes, split by byte ranges and read in parallel.
//!
//! Ids that are all small whole numbers index a table. Other ids are numbered piece by piece, then joined. Both give
//! the same people in the same order.

use rayon::prelude::*;

use super::account::{Account, Reason};
use super::header::{Header, Layout};
use super::people::{Named, People, order};
use crate::network::id;

/// Bytes of a piece.
const PIECE: usize = 4 << 20;
/// Sums of weights up to this, and their squares, stay finite.
const HEAVIEST: f64 = 1e100;
/// Ids below this may index a table.
const SMALL: u32 = 1 << 26;

/// Reads the rows below the header.
pub(super) fn read(text: &[u8], header: &Header) -> Named {
    let pieces = pieces(&text[header.body..]);
    numbered(&pieces, header).unwrap_or_else(|| named(&pieces, header))
}

/// Pieces that end where a line ends.
fn pieces(mut text: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    while text.len() > PIECE {
        let more = text[PIECE..].iter().position(|byte| *byte == b'\n');
        let (piece, rest) = text.split_at(more.map_or(text.len(), |more| PIECE + more + 1));
        pieces.push(piece);
        text = rest;
    }
    pieces.push(text);
    pieces
}

/// What the rows of a piece gave, ends still as numbers of the piece's own making.
pub(super) struct Piece {
    ties: Vec<(u32, u32, f64)>,
    /// Ends of rows that gave no tie but name somebody.
    others: Vec<u32>,
    pub(super) account: Account,
    /// Lines read, of a Parquet file rows.
    pub(super) lines: u64,
}

impl Piece {
    pub(super) fn with_capacity(ties: usize) -> Self {
        let (ties, others) = (Vec::with_capacity(ties), Vec::new());
        Self { ties, others, account: Account::default(), lines: 0 }
    }
}

/// Reads one piece; `number` turns an id into a number or gives up.
fn read_piece<'t>(
    text: &'t [u8],
    layout: Layout,
    delimiter: u8,
    mut number: impl FnMut(&'t [u8]) -> Option<u32>,
) -> Option<Piece> {
    let mut piece = Piece::with_capacity(text.len() / 12);
    let last = layout.a.max(layout.b).max(layout.weight.unwrap_or(0));
    let mut at = 0;
    while at < text.len() {
        let (mut a, mut b, mut weight): (&'t [u8], &'t [u8], &'t [u8]) = (&[], &[], b"1");
        let (mut column, mut start, from) = (0, at, at);
        loop {
            let byte = text.get(at).copied().unwrap_or(b'\n');
            if byte == delimiter || byte == b'\n' {
                let field = &text[start..at];
                if column == layout.a {
                    a = field;
                } else if column == layout.b {
                    b = field;
                } else if Some(column) == layout.weight {
                    weight = field;
                }
                if byte == b'\n' {
                    break;
                }
                column += 1;
                start = at + 1;
            }
            at += 1;
        }
        piece.lines += 1;
        let is_empty = column == 0 && text[from..at].trim_ascii().is_empty();
        at += 1;
        if is_empty {
            continue;
        }
        if column < last {
            piece.account.skip(piece.lines, column + 1, &Reason::Short);
            continue;
        }
        take(&mut piece, layout, [a, b, weight], &mut number)?;
    }
    Some(piece)
}

/// Takes one row in; `None` when an id is not of the kind looked for.
pub(super) fn take<'t>(
    piece: &mut Piece,
    layout: Layout,
    fields: [&'t [u8]; 3],
    number: &mut impl FnMut(&'t [u8]) -> Option<u32>,
) -> Option<()> {
    let [a, b, weight] = fields.map(<[u8]>::trim_ascii);
    if let Some(column) = [(a, layout.a), (b, layout.b)].iter().find(|end| end.0.is_empty()) {
        piece.account.skip(piece.lines, column.1 + 1, &Reason::Blank);
        return Some(());
    }
    let column = layout.weight.map_or(layout.b, |column| column) + 1;
    let weight = match parse_weight(weight) {
        Ok(weight) => weight,
        Err(reason) => {
            piece.account.skip(piece.lines, column, &reason);
            return Some(());
        }
    };
    let (a, b) = (number(a)?, number(b)?);
    let dropped = if a == b {
        Some((layout.b + 1, Reason::SelfLoop))
    } else if weight > 0.0 {
        None
    } else {
        Some((column, Reason::ZeroWeight))
    };
    if let Some((column, reason)) = dropped {
        piece.others.extend([a, b]);
        piece.account.skip(piece.lines, column, &reason);
    } else {
        piece.ties.push((a, b, weight));
        piece.account.use_row();
    }
    Some(())
}

/// A weight from its text, correctly rounded: 0 to [`HEAVIEST`].
pub(super) fn parse_weight(text: &[u8]) -> Result<f64, Reason> {
    if let Some(weight) = short_decimal(text) {
        return Ok(weight);
    }
    let text = String::from_utf8_lossy(text);
    match text.parse::<f64>() {
        Ok(weight) if weight < 0.0 => Err(Reason::Negative(text.into_owned())),
        Ok(weight) if weight <= HEAVIEST => Ok(weight),
        Ok(weight) if weight.is_finite() => Err(Reason::TooHeavy(text.chars().take(40).collect())),
        _ => Err(Reason::NoNumber(text.chars().take(40).collect())),
    }
}

/// Digits with at most one point, at most 15 of them: both parts of the quotient are exact, so it is correctly rounded.
fn short_decimal(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] =
        [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (mut value, mut digits, mut decimals) = (0_u64, 0, None);
    for byte in text {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + u64::from(byte - b'0');
                digits += 1;
                decimals = decimals.map(|count| count + 1);
            }
            b'.' if decimals.is_none() => decimals = Some(0),
            _ => return None,
        }
        if digits > 15 {
            return None;
        }
    }
    (digits > 0).then(|| value as f64 / POWERS[decimals.unwrap_or(0)])
}

/// A small whole number as it is usually written.
fn small_number(text: &[u8]) -> Option<u32> {
    if text.len() > 8 || (text.len() > 1 && text[0] == b'0') {
        return None;
    }
    let mut value = 0_u32;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u32::from(digit);
    }
    (value < SMALL).then_some(value)
}

/// All ids being small numbers; `None` when some are not.
fn numbered(pieces: &[&[u8]], header: &Header) -> Option<Named> {
    let parts: Option<Vec<Piece>> = pieces
        .par_iter()
        .map(|piece| read_piece(piece, header.layout, header.delimiter, small_number))
        .collect();
    let parts = parts?;
    let ends = |part: &Piece| {
        let tied = part.ties.iter().map(|tie| tie.0.max(tie.1));
        tied.chain(part.others.iter().copied()).max()
    };
    let most = parts.par_iter().map(ends).max().flatten().map_or(0, |most| most as usize + 1);
    let mut node = vec![u32::MAX; most];
    for part in &parts {
        let ends = part.ties.iter().flat_map(|(a, b, _)| [a, b]);
        for end in ends.chain(&part.others) {
            node[*end as usize] = 0;
        }
    }
    for (next, node) in (0..).zip(node.iter_mut().filter(|node| **node == 0)) {
        *node = next;
    }
    let numbers = node.iter().enumerate().filter(|(_, node)| **node != u32::MAX);
    let names = numbers.map(|(number, _)| number.to_string()).collect();
    Some(joined(parts, header.line - 1, names, |_, number| node[number as usize]))
}

/// Ids of any kind.
fn named(pieces: &[&[u8]], header: &Header) -> Named {
    let parts: Vec<Read> = pieces
        .par_iter()
        .filter_map(|piece| {
            let mut ids = Ids::default();
            let number = |text| Some(ids.number(text));
            let part = read_piece(piece, header.layout, header.delimiter, number)?;
            Some((part, ids.texts))
        })
        .collect();
    merged(parts, header.line - 1)
}

/// A piece with the ids its numbers stand for.
pub(super) type Read<'t> = (Piece, Vec<&'t [u8]>);

/// Joins pieces that numbered their ids by themselves; `line` is the last line above the first.
pub(super) fn merged(parts: Vec<Read>, line: u64) -> Named {
    let (parts, texts): (Vec<Piece>, Vec<Vec<&[u8]>>) = parts.into_iter().unzip();
    let text = |bytes: &&[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut all: Vec<String> = texts.par_iter().flatten_iter().map(text).collect();
    all.par_sort_unstable_by(|a, b| order(a, b));
    all.dedup();
    let place = |bytes: &&[u8]| id(all.binary_search_by(|id| order(id, &text(bytes))).unwrap_or(0));
    let nodes: Vec<Vec<u32>> =
        texts.par_iter().map(|texts| texts.iter().map(place).collect()).collect();
    joined(parts, line, all.iter().collect(), |piece, number| nodes[piece][number as usize])
}

/// Ids in the order met.
#[derive(Default)]
#[expect(clippy::disallowed_types, reason = "only looked up, never walked through")]
pub(super) struct Ids<'t> {
    numbers: std::collections::HashMap<&'t [u8], u32>,
    pub(super) texts: Vec<&'t [u8]>,
}

impl<'t> Ids<'t> {
    pub(super) fn number(&mut self, text: &'t [u8]) -> u32 {
        *self.numbers.entry(text).or_insert_with(|| {
            self.texts.push(text);
            id(self.texts.len() - 1)
        })
    }
}

/// Puts the pieces together; `node` gives the node of a piece's number.
fn joined(
    mut parts: Vec<Piece>,
    mut lines: u64,
    people: People,
    node: impl Fn(usize, u32) -> u32 + Sync,
) -> Named {
    parts.par_iter_mut().enumerate().for_each(|(at, part)| {
        for (a, b, _) in &mut part.ties {
            (*a, *b) = (node(at, *a), node(at, *b));
        }
    });
    let mut account = Account::default();
    let mut ties = Vec::with_capacity(parts.len());
    for part in parts {
        ties.push(part.ties);
        account.append(part.account, lines);
        lines += part.lines;
    }
    Named { people, ties, account }
}
