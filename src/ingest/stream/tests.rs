//! The streaming reader against the audit's log reader, and the account of rows.

use std::io::Write;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::ingest::read_all;

#[derive(Debug, Default)]
struct Keep(Vec<Row>);

impl Sink for Keep {
    fn take(&mut self, rows: &[Row]) {
        self.0.extend_from_slice(rows);
    }
}

struct Quiet;

impl Watch for Quiet {
    fn read(&self, _: u64, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

fn no_parquet(path: &Path, _: fn(&str) -> bool) -> Result<Box<dyn Read + Send>> {
    Err(Error::unusable(path.display().to_string(), "Parquet is not tested here", None))
}

/// A row as text, to be compared between readers.
type Plain = (i64, String, String, Channel);

fn plain(streamed: &Streamed<Keep>) -> Vec<Plain> {
    let name = |id: u32| streamed.keys[id as usize].text.clone();
    let rows = streamed.sinks.iter().flat_map(|sink| &sink.0);
    let mut rows: Vec<Plain> =
        rows.map(|row| (row.at.0, name(row.from), name(row.to), row.channel)).collect();
    rows.sort();
    rows
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn stream(paths: &[PathBuf]) -> Result<Streamed<Keep>> {
    read(paths, Some(Day(60_000)), &Reading::default(), no_parquet, Keep::default, &Quiet)
}

/// What the audit's reader makes of the same file.
fn audited(path: &Path) -> (Vec<Plain>, Vec<(u64, Code)>, u64) {
    let mut files = read_all(&[path.to_owned()]).unwrap();
    let file = files.remove(0);
    let name = |id: u32| {
        let who = &file.mentions[id as usize];
        [&who.slug, &who.email, &who.handle, &who.name]
            .into_iter()
            .find(|t| !t.is_empty())
            .unwrap()
            .clone()
    };
    let mut rows: Vec<Plain> = file
        .interactions
        .iter()
        .map(|row| (row.at.0, name(row.from), name(row.to), row.channel))
        .collect();
    rows.sort();
    let mut skipped: Vec<(u64, Code)> = file
        .problems
        .iter()
        .filter(|problem| problem.code.skips_row())
        .map(|problem| (problem.line, problem.code))
        .collect();
    skipped.sort_unstable();
    (rows, skipped, file.rows_read)
}

use crate::ingest::Code;

fn agree(text: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "log.csv", text);
    let (rows, skipped, read) = audited(&path);
    match stream(&[path]) {
        Ok(streamed) => {
            let ledger = &streamed.ledgers[0];
            assert_eq!(plain(&streamed), rows);
            assert_eq!(ledger.skipped, skipped);
            assert_eq!(ledger.rows_read, read);
            assert_eq!(ledger.rows_used + ledger.skipped.len() as u64, ledger.rows_read);
        }
        Err(error) => assert!(rows.is_empty(), "{error}"),
    }
}

#[test]
fn odd_rows_are_judged_as_by_the_audit() {
    agree(
        b"Timestamp;Sender;Recipient;Type;Thread\r\n\
          ;;;;\r\n\
          \r\n\
          1979-12-31T21:00:00Z;a;b;email;\r\n\
          2024-01-31;;b;email;\r\n\
          2024-01-31;t.ek+x@gmail.com;tek@googlemail.com;email;\r\n\
          2024-01-31;no-reply@example.org;b;email;\r\n\
          2024-01-31;LinkedIn Member;b;email;\r\n\
          2024-01-31;a;b;email;t;extra\r\n\
          2024-01-31 10:11:12;\"\"\"Ek; Siv\"\" <siv@example.org>\";www.linkedin.com/in/Uma-X;pigeon;t\r\n\
          2024-01-31;\"a;b;email\r\n\
          2024-01-31; a ;b",
    );
}

#[test]
fn names_in_columns_of_their_own_tell_people_apart() {
    agree(
        b"date,from,to,from_name,to_name\n2024-01-31,t@example.org,,Tom Ek,Uma N.\n\
          2024-01-31,,,Tom Ek,Uma N.\n2024-01-31,,x,,Uma\n",
    );
}

#[test]
fn a_column_of_text_may_go_over_lines() {
    agree(
        b"date,from,to,subject\n2024-01-31,a,b,\"Hi,\n\nyou\"\n2024-02-01,a,c,x\n\
          2024-02-31,a,c,\"x\"\n2024-02-03,b,c,\"open\n",
    );
}

#[test]
fn other_encodings_are_read_as_by_the_audit() {
    let text = "timestamp\tfrom\tto\n2024-01-31\tMüller\tb\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    agree(&utf16);
    agree(b"\xef\xbb\xbftimestamp,from,to\n2024-01-31,a,b\n");
    agree(b"timestamp,from,to\n2024-01-31,M\xfcller,b\n");
    agree(b"timestamp,from,to\r2024-01-31,a,b\r2024-01-31,a,c\r");
    agree(b"timestamp,from,to\n2024-01-31,a,b\n\0\0\0\0");
}

fn generated(rows: usize) -> String {
    let mut text = "timestamp,from,to,channel\n".to_owned();
    for n in 0..rows {
        let (from, to) = (n * 7 % 501, n * 13 % 499);
        let minute = n % 60;
        let day = 1 + n % 28;
        let row =
            format!("2024-01-{day:02}T10:{minute:02}:00Z,p{from}@example.org,P{to}@example.org");
        text += &row;
        text += ",email\n";
        if n % 1_000 == 0 {
            text.push_str("2024-13-01,a,b,email\n");
        }
    }
    text
}

#[test]
fn many_blocks_and_packings_give_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let text = generated(60_000);
    let plain_path = write(folder.path(), "log.csv", text.as_bytes());
    let (rows, skipped, read) = audited(&plain_path);
    assert!(text.len() > 3 << 20);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
    let paths =
        [plain_path, write(folder.path(), "log.gz", &gzip), write(folder.path(), "log.zst", &zstd)];
    for path in paths {
        for threads in [1, 2, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let streamed = pool.install(|| stream(std::slice::from_ref(&path))).unwrap();
            assert!(plain(&streamed) == rows, "{} {threads}", path.display());
            assert_eq!(streamed.ledgers[0].skipped, skipped);
            assert_eq!(streamed.ledgers[0].rows_read, read);
        }
    }
    let cut = write(folder.path(), "cut.gz", &gzip[..gzip.len() / 2]);
    assert!(stream(&[cut]).unwrap_err().to_string().contains("cut short"));
}

#[test]
fn the_newest_believable_day_ends_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = generated(3_000);
    text.push_str("2031-01-01,a,b,email\n");
    let path = write(folder.path(), "log.csv", text.as_bytes());
    let streamed =
        read(&[path], None, &Reading::default(), no_parquet, Keep::default, &Quiet).unwrap();
    assert_eq!(streamed.as_of.date(), jiff::civil::date(2024, 1, 28));
    assert_eq!(streamed.ledgers[0].skipped.last().unwrap().1, Code::AfterAsOf);
    assert!(plain(&streamed).iter().all(|row| row.0 < 1_800_000_000));
}

#[test]
fn a_file_given_twice_counts_once_and_other_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = b"timestamp,from,to\n2024-01-31,a,b\n";
    write(folder.path(), "a.csv", text);
    write(folder.path(), "b.csv", text);
    let streamed = stream(&[folder.path().to_owned()]).unwrap();
    assert_eq!(plain(&streamed).len(), 1);
    assert_eq!(streamed.ledgers[1].skipped, [(2, Code::ExactDuplicate)]);
    write(folder.path(), "people.csv", b"name,town\nAna,Oslo\n");
    let streamed = stream(&[folder.path().to_owned()]).unwrap();
    assert!(streamed.ledgers[2].format.starts_with("left out: is not a known table"));
    assert_eq!(plain(&streamed).len(), 1);
    let refused = |bytes: &[u8]| {
        let path = write(folder.path(), "x.csv", bytes);
        stream(&[path]).unwrap_err().to_string()
    };
    assert!(refused(b"").contains("empty"));
    assert!(refused(b"a,b\n1,2\n").contains("not a known table"));
    assert!(refused(b"%PDF-1.4 ").contains("PDF"));
    assert!(refused(b"timestamp,from,to\n").contains("no row below the header"));
    assert!(refused(b"timestamp,from,to\nx,a,b\n").contains("bad-date on line 2"));
    let missing = stream(&[folder.path().join("none.csv")]).unwrap_err();
    assert!(matches!(missing, Error::Missing { .. }));
}

#[test]
fn a_request_to_stop_is_heard() {
    struct Stop;
    impl Watch for Stop {
        fn read(&self, _: u64, _: u64) {}

        fn stop(&self) -> bool {
            true
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "a.csv", b"timestamp,from,to\n2024-01-31,a,b\n");
    let stopped =
        read(&[path], None, &Reading::default(), no_parquet, Keep::default, &Stop).unwrap_err();
    assert!(matches!(stopped, Error::Interrupted));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_log_is_read_as_by_the_audit(rows in prop::collection::vec(
        ("(2024-01-0[1-9]|2024-02-3[01]|| 1706709911 )", "( ?[abAB]|a@x\\.org|\"a\"|\"a,b\"|)", "(b|\"b|c\"|no-reply@x\\.org|LinkedIn Member|)", "(,email|,|,x,y|,\"email\"|)"),
        1..20)) {
        let mut text = "timestamp,from,to,channel\n".to_owned();
        for (at, from, to, rest) in rows {
            text += &[at, from, format!("{to}{rest}\n")].join(",");
        }
        agree(text.as_bytes());
    }
}
