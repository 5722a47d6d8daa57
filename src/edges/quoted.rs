//! The rows of a text with quotes, by the csv crate: ids may hold delimiters and line breaks.

use csv::{ByteRecord, ReaderBuilder};

use super::account::Reason;
use super::header::Header;
use super::people::Named;
use super::rows::{Ids, Piece, merged, take};

/// Reads the rows below the header.
pub(super) fn read(text: &[u8], header: &Header) -> Named {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(header.delimiter)
        .from_reader(&text[header.body..]);
    // Fields stay where they are while their ids are numbered.
    let mut records: Vec<(u64, ByteRecord)> = Vec::new();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(0, csv::Position::line);
        records.push((line, record.clone()));
    }
    let layout = header.layout;
    let last = layout.a.max(layout.b).max(layout.weight.unwrap_or(0));
    let mut piece = Piece::with_capacity(records.len());
    let mut ids = Ids::default();
    for (line, record) in &records {
        piece.lines = *line;
        let field = |column: usize| record.get(column).unwrap_or_default();
        if record.len() == 1 && field(0).trim_ascii().is_empty() {
            continue;
        }
        if record.len() <= last {
            piece.account.skip(*line, record.len(), &Reason::Short);
            continue;
        }
        let weight = layout.weight.map_or(b"1".as_slice(), field);
        let fields = [field(layout.a), field(layout.b), weight];
        let _ = take(&mut piece, layout, fields, &mut |text| Some(ids.number(text)));
    }
    merged(vec![(piece, ids.texts)], header.line - 1)
}
