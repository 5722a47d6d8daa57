//! The room as a whole: what a user gives, and what comes of it.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::test_support::codes;
use super::*;

const CONNECTIONS: &str = "Notes:\n\"When exporting\"\n\n\
    First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Tom,Ek,https://www.linkedin.com/in/tom-x,,Bolt,Cook,05 Nov 2019\n\
    Uma,Nys,https://www.linkedin.com/in/uma-x,,,,06 Nov 2019";
const LOG: &str = "timestamp,from,to,channel\n2024-01-31,a,b,email\n2024-02-01,b,a,email\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read_files(files: &[(&str, &[u8])]) -> Result<Vec<FileRecords>> {
    let folder = folder(files);
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.path().join(name)).collect();
    read_all(&paths)
}

fn message(bytes: &[u8]) -> String {
    match read_files(&[("x.csv", bytes)]).unwrap_err() {
        Error::Unusable { file, what, hint } => {
            format!("{file}: {what}; {}", hint.unwrap_or_default())
        }
        other => other.to_string(),
    }
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn one_connections_file_alone_is_read() {
    let files = read_files(&[("Connections (1).csv", CONNECTIONS.as_bytes())]).unwrap();
    assert_eq!((files[0].kind, files[0].rows_used), (Kind::Connections, 2));
    assert_eq!(files[0].file, "Connections (1).csv");
    assert_eq!(files[0].format, "UTF-8, comma, header on line 4");
    assert_eq!(files[0].contacts[0].line, 5);
}

#[test]
fn gotcha_10_and_30_files_that_hold_no_people_are_listed_and_not_read() {
    let coach = "CONVERSATION ID,FROM,TO,DATE\n2-a,Coach,Tom,2024-01-31 00:00:00 UTC\n";
    let zip = zipped(&[
        ("Connections.csv", CONNECTIONS.as_bytes()),
        ("coach_messages.csv", coach.as_bytes()),
        ("Contacts.csv", b"Source,FirstName,LastName,Companies\nX,Siv,Alm,\n"),
        ("Reactions.csv", &zipped(&[("xl/workbook.xml", b"<x/>")])),
        ("me.png", b"\x89PNG\r\n"),
        ("empty.csv", b""),
        ("damaged.zip", b"PK\x03\x04 not really"),
    ]);
    let files = read_files(&[("e.zip", &zip)]).unwrap();
    let kinds: Vec<(&str, &str, u64)> = files
        .iter()
        .map(|file| (file.file.trim_start_matches("e.zip/"), file.kind.name(), file.rows_read))
        .collect();
    let expected = [
        ("Connections.csv", "linkedin-connections", 2),
        ("Contacts.csv", "linkedin-other", 1),
        ("Reactions.csv", "ignored", 0),
        ("coach_messages.csv", "linkedin-other", 1),
        ("damaged.zip", "ignored", 0),
        ("empty.csv", "ignored", 0),
        ("me.png", "ignored", 0),
    ];
    assert_eq!(kinds, expected);
    assert!(files.iter().skip(1).all(|file| file.rows_used == 0 && !file.format.is_empty()));
    let reactions = files.iter().find(|file| file.file.ends_with("Reactions.csv")).unwrap();
    assert!(reactions.format.contains("Excel"));
}

#[test]
fn content_wins_over_name() {
    let files = read_files(&[("Ad_Targeting.csv", CONNECTIONS.as_bytes())]).unwrap();
    assert_eq!(files[0].kind, Kind::Connections);
    let files = read_files(&[("contacts.csv", LOG.as_bytes())]).unwrap();
    assert_eq!(files[0].kind, Kind::Log);
}

#[test]
fn files_of_an_export_may_be_given_one_by_one() {
    let causes: (&str, &[u8]) = ("Receipts.csv", b"Amount\n12\n");
    let files = read_files(&[("Connections.csv", CONNECTIONS.as_bytes()), causes]).unwrap();
    assert_eq!(
        (files.len(), files[1].kind, codes(&files[1]).as_str()),
        (2, Kind::NotPeople, "not-a-person-file")
    );
    let error = read_files(&[causes]).unwrap_err().to_string();
    assert_eq!(error, "Receipts.csv: a LinkedIn file that says nothing about people");
    let picture: (&str, &[u8]) = ("x.csv", b"\x89PNG");
    assert!(read_files(&[("Connections.csv", CONNECTIONS.as_bytes()), picture]).is_err());
}

#[test]
fn gotcha_22_two_parts_of_one_export_do_not_double() {
    let part = zipped(&[("Connections.csv", CONNECTIONS.as_bytes())]);
    let more = format!("{CONNECTIONS}\nSiv,Alm,https://www.linkedin.com/in/siv-x,,,,06 Nov 2019\n");
    let whole = zipped(&[("top/Connections.csv", more.as_bytes()), ("log.csv", LOG.as_bytes())]);
    let given: &[(&str, &[u8])] = &[("a.zip", &part), ("b.zip", &whole), ("c.csv", LOG.as_bytes())];
    let files = read_files(given).unwrap();
    let used: Vec<(u64, u64)> = files.iter().map(|file| (file.rows_read, file.rows_used)).collect();
    assert_eq!(used, [(2, 2), (2, 2), (3, 1), (2, 0)]);
    assert_eq!(codes(&files[3]), "exact-duplicate exact-duplicate");
    let folder = folder(given);
    let mut paths: Vec<PathBuf> = given.iter().map(|(name, _)| folder.path().join(name)).collect();
    paths.reverse();
    let again = read_all(&paths).unwrap();
    assert_eq!(format!("{files:?}"), format!("{again:?}"));
}

#[test]
fn names_of_contacts_tell_recipients_apart() {
    let text =
        "CONVERSATION ID,FROM,TO,DATE\n2-a,Pilar,\"Tom Ek,Uma Nys\",2024-01-31 00:00:00 UTC\n";
    let given: &[(&str, &[u8])] =
        &[("Connections.csv", CONNECTIONS.as_bytes()), ("messages.csv", text.as_bytes())];
    let files = read_files(given).unwrap();
    assert_eq!(files[1].interactions.len(), 2);
}

#[test]
fn gotcha_23_what_cannot_be_read_is_named() {
    assert!(message(b"").contains("an empty file"));
    assert!(message(b"\0\0").contains("an empty file"));
    assert!(message(b"\x89PNG\r\n").contains("a PNG picture, not a table"));
    assert!(message(b"<!DOCTYPE html><html>").contains("web page"));
    assert!(message(&zipped(&[("xl/workbook.xml", b"x")])).contains("save it as CSV"));
    assert!(message(b"a,b\n1,2\n").contains("columns found: a, b"));
    let none = zipped(&[("a.txt", b"words"), ("b.png", b"\x89PNG")]);
    assert!(message(&none).contains("found a.txt, b.png; give the LinkedIn export"));
    let missing = read_all(&[PathBuf::from("/nothing/here.zip")]).unwrap_err();
    assert!(matches!(missing, Error::Missing { .. }));
}

#[test]
fn gotcha_23_a_header_alone_is_a_file_without_rows() {
    let files = read_files(&[("l.csv", b"timestamp,from,to,channel\n")]).unwrap();
    assert_eq!((files[0].rows_read, files[0].rows_used), (0, 0));
}

/// Headers of every reader, so that arbitrary bytes after them reach its rows.
const HEADERS: [&str; 24] = [
    "",
    "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n",
    "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsement Status\n",
    "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n",
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,FullName\n",
    "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n",
    "Date,Type,Link\n",
    "Date,Link,Message\n",
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n",
    "Organization,Followed On\n",
    "Date,Status,FullName\n",
    "Event Name,Event Time,Status,External Url\n",
    "School Name,Start Date,End Date,Notes,Degree Name,Activities\n",
    "Company Name,Role,Cause,Started On,Finished On,Description\n",
    "Notes:\n\"When exporting\n\nFirst Name,Last Name,Email Address,Company,Position,Connected On\n",
    "First Name;Last Name;URL;Email Address;Company;Position;Connected On\n",
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT,FOLDER\n",
    "From,To,Date,Subject,Content,Direction,Folder\n",
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n",
    "Email Address,Confirmed,Primary,Updated On\n",
    "Company Name,Title,Description,Location,Started On,Finished On\n",
    "First Name,Last Name,Headline\n",
    "timestamp,from,to,channel,thread\n",
];

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "LinkedIn Member",
        "https://www.linkedin.com/in/a%C3%AB",
        "2024-01-31 14:05:11 UTC",
        "\"",
        "\"\"",
        "31 Feb 2024",
        "2023/03/01 12:13:14 UTC",
        "43774.5",
        "31/12/2019",
        "Wed Mar 13 18:51:14 UTC 2024",
        "no-reply@example.org",
        "<p class=\"spinmail",
        "05 Nov 2019",
        "1/2/24, 1:00 PM",
        "a@example.org",
        "é, PhD",
        "\u{202f}",
        "\0",
    ]);
    let piece = prop_oneof![
        6 => Just(b",".to_vec()),
        2 => Just(b"\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        6 => words.prop_map(|word| word.as_bytes().to_vec()),
        2 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_accounted_for(header in prop::sample::select(HEADERS.to_vec()), tail in pieces()) {
        let bytes = [header.as_bytes(), &tail].concat();
        let entry = |name: &str| Entry::whole(name.to_owned(), bytes.clone());
        let items: Vec<Item> = ["a.csv", "b.csv"].into_iter().map(|name| look_at(entry(name), &Reading::default(), &Arc::default())).collect();
        for file in stages::read(items, Mail::default(), &Reading::default()) {
            prop_assert_eq!(file.rows_read, file.rows_used + file.rows_skipped());
            let mentions = u32::try_from(file.mentions.len()).unwrap();
            let threads = u32::try_from(file.threads.len()).unwrap();
            let in_range = |row: &RawInteraction| {
                row.from < mentions && row.to < mentions && row.thread <= threads
            };
            prop_assert!(file.interactions.iter().all(in_range));
            prop_assert!(file.contacts.iter().all(|contact| contact.who < mentions));
            if file.kind != Kind::Ignored && file.file == "b.csv" {
                prop_assert_eq!(file.rows_used, 0);
            }
        }
    }

    #[test]
    fn any_archive_is_opened_or_refused(tail in prop::collection::vec(any::<u8>(), 0..200)) {
        for magic in [b"PK\x03\x04".as_slice(), b"\x1f\x8b\x08\0", b""] {
            let _ = read_files(&[("x", &[magic, &tail].concat())]);
        }
    }
}
