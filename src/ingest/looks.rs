//! What a file looks like when it is not a table, by its first bytes and never by its name.
//!
//! Responsible for the words and the advice in "is a web page, not a table".

use super::table;

/// What a file is instead of a table, and what its owner can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// With its article: "an Excel workbook".
    pub(super) what: &'static str,
    /// What to do.
    pub(super) hint: &'static str,
}

const SAVE_AS_CSV: &str =
    "open it and save it as CSV (UTF-8), or use the file from the original export";
const ASK_AGAIN: &str =
    "download the export again: LinkedIn, Settings, Data privacy, Get a copy of your data";
const NOT_DATA: &str =
    "give the LinkedIn export (ZIP or folder) or a log with timestamp,from,to,channel";
const OTHER_FORMAT: &str =
    "this format is not read as a table; give a CSV with timestamp,from,to,channel";
const AUDIT_READS: &str =
    "`weaktie audit` and `weaktie inspect` read it; `weaktie ties` reads CSV logs";
const AS_MAIL: &str = "export the mailbox as mbox or as .eml files (Thunderbird with ImportExportTools, or `readpst` for a .pst), \
                       and give those";
const AS_CALENDAR: &str =
    "export the calendar as iCalendar (.ics) or the contacts as vCard (.vcf), and give those";

/// First bytes, and what they mean.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "an Excel workbook or another zipped document", SAVE_AS_CSV),
    (b"PK\x05\x06", "an empty ZIP archive", ASK_AGAIN),
    (b"!BDN", "an Outlook data file (.pst, .ost)", AS_MAIL),
    (b"\xcf\xad\x12\xfe", "an Outlook Express mailbox (.dbx)", AS_MAIL),
    (b"bplist00", "a property list of a Mac", AS_CALENDAR),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", SAVE_AS_CSV),
    (b"\x89PNG", "a PNG picture", NOT_DATA),
    (b"\xff\xd8\xff", "a JPEG picture", NOT_DATA),
    (b"GIF8", "a GIF picture", NOT_DATA),
    (b"%PDF", "a PDF document", NOT_DATA),
    (b"SQLite format 3\0", "a SQLite database", OTHER_FORMAT),
    (b"PAR1", "a Parquet file", OTHER_FORMAT),
    (b"\x1f\x8b", "a compressed file inside a compressed file", NOT_DATA),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and give the folder"),
    (b"Rar!", "a RAR archive", "unpack it and give the folder"),
    (b"\x7fELF", "a program", NOT_DATA),
    (b"MZ\x90", "a program", NOT_DATA),
    (b"BZh", "a bzip2 file", "unpack it and give the file"),
    (b"\xfd7zXZ", "an XZ file", "unpack it and give the file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it; `weaktie ties` reads logs packed so"),
    (b"RIFF", "a picture, sound or film", NOT_DATA),
    (b"II*\0", "a TIFF picture", NOT_DATA),
    (b"MM\0*", "a TIFF picture", NOT_DATA),
    (b"\0\0\0\x18ftyp", "a picture or film", NOT_DATA),
    (b"\0\0\0\x20ftyp", "a picture or film", NOT_DATA),
    (b"\0\0\0\x1cftyp", "a picture or film", NOT_DATA),
    (b"ID3", "a sound", NOT_DATA),
    (b"OggS", "a sound or film", NOT_DATA),
];

/// First words, lower-case, and what they mean.
const WORDS: &[(&str, &str, &str)] = &[
    ("<!doctype html", "a web page", ASK_AGAIN),
    ("<html", "a web page", ASK_AGAIN),
    ("<head", "a web page", ASK_AGAIN),
    ("<body", "a web page", ASK_AGAIN),
    ("<script", "a web page", ASK_AGAIN),
    ("<meta", "a web page", ASK_AGAIN),
    ("<!--", "a web page", ASK_AGAIN),
    ("<table", "a table saved as a web page", SAVE_AS_CSV),
    ("<svg", "an SVG picture", NOT_DATA),
    ("<?xml", "an XML file", OTHER_FORMAT),
    ("{\\rtf", "a document (RTF)", NOT_DATA),
    ("begin:vcalendar", "a calendar (iCalendar)", AUDIT_READS),
    ("begin:vcard", "an address book (vCard)", AUDIT_READS),
    ("{", "a JSON file", OTHER_FORMAT),
    ("[{", "a JSON file", OTHER_FORMAT),
    ("[\n", "a JSON file", OTHER_FORMAT),
    ("[\r\n", "a JSON file", OTHER_FORMAT),
    ("received: ", "a mail message", AUDIT_READS),
    ("return-path: ", "a mail message", AUDIT_READS),
    ("delivered-to: ", "a mail message", AUDIT_READS),
    ("mime-version: ", "a mail message", AUDIT_READS),
    ("message-id: ", "a mail message", AUDIT_READS),
];

/// What the bytes look like when they are not a table; `None` when they may be one.
pub(super) fn look(bytes: &[u8]) -> Option<Look> {
    if is_outlook_message(bytes) {
        return Some(Look { what: "an Outlook message (.msg)", hint: AS_MAIL });
    }
    let magic = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic));
    if let Some((_, what, hint)) = magic {
        return Some(Look { what, hint });
    }
    let head: Vec<u8> = bytes.iter().copied().take(1024).collect();
    let utf16 = table::is_utf16(&head);
    let text = if utf16 {
        table::decode(head.clone()).text.to_lowercase()
    } else {
        String::from_utf8_lossy(&head).to_lowercase()
    };
    let start = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    if let Some((_, what, hint)) = WORDS.iter().find(|(word, ..)| start.starts_with(word)) {
        return Some(Look { what, hint });
    }
    let is_headed = ["\nfrom: ", "\nsubject: ", "\ndate: "].iter().any(|word| start.contains(word));
    if start.starts_with("from ") && is_headed {
        return Some(Look { what: "a mailbox (mbox)", hint: AUDIT_READS });
    }
    if utf16 {
        return None;
    }
    if bytes.get(257..262) == Some(b"ustar") {
        let hint = "unpack it and give the folder";
        return Some(Look { what: "a TAR archive", hint });
    }
    // A tail of NULs is a damaged download of text; control bytes throughout are no text at all.
    let text_end = head.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let control = |byte: &&u8| **byte < 9 || (14..32).contains(*byte);
    let odd = head.iter().take(text_end).filter(control).count();
    (odd * 20 > text_end).then_some(Look { what: "a binary file", hint: NOT_DATA })
}

/// Whether a compound file is a message: its streams are named so, in UTF-16.
fn is_outlook_message(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "__substg1.0_".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(b"\xd0\xcf\x11\xe0") && memchr::memmem::find(bytes, &name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gotcha_23_other_files_are_named_for_what_they_are() {
        let what = |bytes: &[u8]| look(bytes).map(|look| look.what);
        assert_eq!(what(b"\x89PNG\r\n\x1a\n"), Some("a PNG picture"));
        assert_eq!(what(b"\xef\xbb\xbf  <!DOCTYPE HTML><html>"), Some("a web page"));
        assert_eq!(what(b"BEGIN:VCARD\r\n"), Some("an address book (vCard)"));
        assert_eq!(what(b"From x Mon\nFrom: x@example.org\n"), Some("a mailbox (mbox)"));
        assert_eq!(what(&[1, 2, 3, 4, 5]), Some("a binary file"));
        assert_eq!(what(b"<table><tr>"), Some("a table saved as a web page"));
        assert_eq!(what(b"{\\rtf1 x"), Some("a document (RTF)"));
        let page: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(what(&page), Some("a web page"));
        assert_eq!(what(b"a,b\n1,2\n\0\0\0\0\0\0\0\0\0\0"), None);
        assert_eq!(what(b"\xff\xfeF\0i\0"), None);
        assert_eq!(what(b""), None);
        assert_eq!(what(b"!BDN\0\0"), Some("an Outlook data file (.pst, .ost)"));
        let message = [
            b"\xd0\xcf\x11\xe0".to_vec(),
            "__substg1.0_".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ]
        .concat();
        assert_eq!(what(&message), Some("an Outlook message (.msg)"));
        let hint = |bytes: &[u8]| look(bytes).map(|look| look.hint);
        assert!(hint(&message).is_some_and(|hint| hint.contains("readpst")));
    }
}
