//! The formats that are read, as a table: each has fixtures by quirk with ledgers, a canary in every text that must not
//! be kept, and a fuzz target.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use weaktie::ingest;

use crate::support::{CANARY, entries_of, files_below, root};

/// A format: how ledgers speak of it, how many fixtures at least show its quirks, and where it is fuzzed.
struct Format {
    name: &'static str,
    /// What the ledger of a fixture says when a file of it was read.
    said: &'static [&'static str],
    fixtures: usize,
    target: &'static str,
    /// What makes the target reach the format.
    seed: &'static str,
}

const fn format(
    name: &'static str,
    said: &'static [&'static str],
    fixtures: usize,
    target: &'static str,
    seed: &'static str,
) -> Format {
    Format { name, said, fixtures, target, seed }
}

const FORMATS: &[Format] = &[
    format("mbox", &["; mbox, headers only"], 14, "mail", "From a@example.org Mon Mar"),
    format(
        "Maildir, .eml, .emlx",
        &["a mail message, headers only", "one file a message, headers only"],
        3,
        "mail",
        "412\\nReceived:",
    ),
    format("iCalendar", &["calendar; iCalendar;"], 13, "calendar", "BEGIN:VCALENDAR"),
    format(
        "Outlook's calendar",
        &["calendar.csv: calendar; UTF-8", "outlook.csv: calendar; UTF-8"],
        2,
        "mapped",
        "Meeting Organizer",
    ),
    format("vCard", &["contacts; vCard;"], 4, "cards", "BEGIN:VCARD"),
    format(
        "Google's contacts",
        &["contacts; UTF-8, comma, header on line 1; an address book"],
        2,
        "cards",
        "E-mail 1 - ",
    ),
    format("Outlook's contacts", &["contacts; windows-1252"], 1, "cards", "E-mail 2 Address"),
    format("WhatsApp", &["a WhatsApp chat of"], 7, "chat", "_chat.txt"),
    format("Slack", &["a Slack conversation"], 2, "chat", "slack.zip"),
    format("calls and texts", &["a phone's log (XML)"], 1, "chat", "calls.xml"),
    format("a table of one's own", &["; mapped by [sources."], 3, "mapped", "SourceRule"),
    format(
        "a log",
        &["log; UTF-8, comma, header on line 1\n"],
        5,
        "log",
        "timestamp,from,to,channel",
    ),
];

/// Targets of what is no format of a source.
const OTHERS: &[&str] = &["archive", "table", "linkedin", "config", "keys", "edges"];

fn sources() -> PathBuf {
    root().join("tests/fixtures/sources")
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_format_has_fixtures_with_ledgers_and_a_fuzz_target() {
    let cases = entries_of(&sources());
    let ledgers: Vec<String> =
        cases.iter().map(|case| text(&sources().join(case).join("ledger.txt"))).collect();
    for format in FORMATS {
        let read = ledgers.iter().filter(|ledger| format.said.iter().any(|s| ledger.contains(s)));
        let found = read.count();
        assert!(found >= format.fixtures, "{}: {found} fixtures", format.name);
        let target = text(&root().join(format!("tests/fuzz/targets/{}.rs", format.target)));
        assert!(target.contains(format.seed), "{} does not reach {}", format.target, format.name);
    }
    // A fixture is of some format, is refused, or holds what is not read.
    for (case, ledger) in cases.iter().zip(&ledgers) {
        let is_known = FORMATS.iter().any(|format| format.said.iter().any(|s| ledger.contains(s)));
        assert!(is_known || ledger.starts_with("refused: "), "{case}");
    }
}

#[test]
fn every_fuzz_target_is_built_run_and_described() {
    let fuzz = root().join("tests/fuzz");
    let [manifest, run, readme] =
        ["Cargo.toml", "run.sh", "README.md"].map(|file| text(&fuzz.join(file)));
    let known: BTreeSet<&str> =
        FORMATS.iter().map(|format| format.target).chain(OTHERS.iter().copied()).collect();
    let there: BTreeSet<String> =
        entries_of(&fuzz.join("targets")).iter().map(|file| file.replace(".rs", "")).collect();
    assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
    let listed = run.lines().find(|line| line.contains("targets=\"archive")).expect("the list");
    for target in known {
        assert!(manifest.contains(&format!("path = \"targets/{target}.rs\"")), "{target}");
        assert!(listed.split([' ', '"']).any(|word| word == target), "run.sh: {target}");
        assert!(readme.contains(&format!("| `{target}` |")), "README.md: {target}");
    }
}

/// The text of a file: UTF-8, or UTF-16 with or without a mark.
fn decoded(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("a file");
    let wide = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|two| from([two[0], two[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] | [_, 0, _, 0, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, _, 0, _, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// Every text of a fixture that must not be kept: bodies, subjects, titles, places, notes.
fn secrets(path: &Path) -> Vec<String> {
    let text = decoded(path).replace("\r\n", "\n");
    let start = text.trim_start_matches('\u{feff}');
    let is = |ending: &str| path.extension().is_some_and(|found| found == ending);
    if start.starts_with("BEGIN:VC") {
        unfolded(start)
    } else if is("json") {
        let parsed = serde_json::from_str::<serde_json::Value>(start);
        let messages = parsed.ok().and_then(|json| json.as_array().cloned()).unwrap_or_default();
        let texts = messages.iter().filter_map(|message| message["text"].as_str());
        texts.map(str::to_owned).collect()
    } else if is("xml") {
        let quoted = |at: usize, key: &str| {
            let value = &start[at + key.len()..];
            value[..value.find('"').expect("a quote")].to_owned()
        };
        [" body=\"", " subject=\""]
            .iter()
            .flat_map(|key| start.match_indices(key).map(|(at, _)| quoted(at, key)))
            .collect()
    } else if is("csv") {
        cells(start)
    } else if start.starts_with("From ") || start.contains("\nFrom: ") || start.starts_with("From:")
    {
        mail(start)
    } else {
        // A chat: what stands after the name, but for what the program itself writes.
        let own = ["end-to-end encrypted", "<Media omitted>", "image omitted", "pinned a message"];
        let lines = start.lines().filter(|line| !own.iter().any(|word| line.contains(word)));
        let said = lines.filter_map(|line| line.split_once(": ").map(|(_, said)| said.to_owned()));
        said.collect()
    }
}

/// Titles, descriptions, places and notes of a calendar or of cards.
fn unfolded(text: &str) -> Vec<String> {
    let whole = text.replace("\n ", "").replace("\n\t", "");
    let is_secret = |line: &&str| {
        ["SUMMARY", "DESCRIPTION", "LOCATION", "NOTE"].iter().any(|name| line.starts_with(name))
    };
    whole.lines().filter(is_secret).map(str::to_owned).collect()
}

/// Subjects and bodies of a mailbox.
fn mail(text: &str) -> Vec<String> {
    let marked = format!("\n{text}");
    let (mut found, mut messages) = (Vec::new(), Vec::<String>::new());
    for part in marked.split("\nFrom ").filter(|part| !part.trim().is_empty()) {
        // A line of a body may begin so, without a year at its end.
        let is_first = part.lines().next().is_some_and(|line| line.contains(" 20"));
        match messages.last_mut().filter(|_| !is_first) {
            Some(last) => last.extend(["\nFrom ", part]),
            None => messages.push(part.to_owned()),
        }
    }
    for message in messages {
        found
            .extend(message.lines().filter(|line| line.starts_with("Subject:")).map(str::to_owned));
        if let Some((_, body)) = message.split_once("\n\n") {
            found.extend(Some(body.trim().to_owned()).filter(|body| !body.is_empty()));
        }
    }
    found
}

/// Cells below a header that names free text.
fn cells(text: &str) -> Vec<String> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(';') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let is_free =
        |name: &str| ["subject", "notes", "description", "topic"].contains(&&*name.to_lowercase());
    let Ok(head) = reader.headers().cloned() else { return Vec::new() };
    let free: Vec<usize> = (0..head.len()).filter(|at| is_free(&head[*at])).collect();
    let rows = reader.records().filter_map(Result::ok);
    rows.flat_map(|row| {
        free.iter().filter_map(|at| row.get(*at)).map(str::to_owned).collect::<Vec<_>>()
    })
    .filter(|cell| !cell.is_empty())
    .collect()
}

#[test]
fn a_canary_stands_in_every_body_subject_title_and_note() {
    let mut planted = 0;
    for case in entries_of(&sources()) {
        for path in files_below(&sources().join(&case).join("in")) {
            if case == "unsupported" {
                continue;
            }
            for secret in secrets(&path) {
                planted += 1;
                assert!(secret.contains(CANARY), "{}: {secret:?}", path.display());
            }
        }
    }
    println!("{planted} texts with a canary");
    assert!(planted >= 350, "{planted}");
}

/// LinkedIn's files with free text: header, and a row in which every such cell is a canary.
const LINKEDIN: &[(&str, &str, &str)] = &[
    (
        "messages.csv",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS",
        "2-zqxcanary,zqxcanary,Tom Ek,https://www.linkedin.com/in/tom-ek-k1,Pilar,https://www.linkedin.com/in/pilar-x,2024-01-31 14:05:11 UTC,zqxcanary,<p>zqxcanary</p>,INBOX,https://zqxcanary.example.org/a",
    ),
    (
        "Messages.csv",
        "From,To,Date,Subject,Content,Direction,Folder",
        "Tom Ek,Pilar,\"11/5/18, 8:00 AM\",zqxcanary,zqxcanary,INCOMING,INBOX",
    ),
    (
        "Invitations.csv",
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
        "Tom Ek,Pilar,\"1/31/24, 2:05 PM\",zqxcanary,INCOMING,https://www.linkedin.com/in/tom-ek-k1,https://www.linkedin.com/in/pilar-x",
    ),
    (
        "Recommendations_Received.csv",
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        "Tom,Ek,Bolt,Lead,zqxcanary,\"06/03/24, 09:15 AM\",VISIBLE",
    ),
    (
        "Recommendations_Given.csv",
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        "Tom,Ek,Bolt,Lead,zqxcanary,\"06/03/24, 09:15 AM\",",
    ),
    (
        "Comments.csv",
        "Date,Link,Message",
        "2024-01-31 14:05:11,https://zqxcanary.example.org,zqxcanary",
    ),
    (
        "Shares.csv",
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
        "2024-01-31 14:05:11,https://zqxcanary.example.org,zqxcanary,zqxcanary,zqxcanary,PUBLIC",
    ),
    ("Votes.csv", "Date,Link,OptionText", "2024-01-31 14:05:11,zqxcanary,zqxcanary"),
    ("Reactions.csv", "Date,Type,Link", "2024-01-31 14:05:11,LIKE,https://zqxcanary.example.org"),
    (
        "Notes.csv",
        "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On",
        "Tom,Ek,https://www.linkedin.com/in/tom-ek-k1,zqxcanary,2024-01-31 14:05:11,",
    ),
    (
        "Positions.csv",
        "Company Name,Title,Description,Location,Started On,Finished On",
        "Bolt,Lead,zqxcanary,zqxcanary,Mar 2021,",
    ),
    (
        "Education.csv",
        "School Name,Start Date,End Date,Notes,Degree Name,Activities",
        "A School,2008,2012,zqxcanary,zqxcanary,zqxcanary",
    ),
    (
        "Profile.csv",
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers",
        "Pilar,Okonjo,zqxcanary,zqxcanary,zqxcanary,Lead,zqxcanary,zqxcanary,zqxcanary,zqxcanary,zqxcanary,zqxcanary,zqxcanary",
    ),
    (
        "Events.csv",
        "Event Name,Event Time,Status,External Url",
        "zqxcanary,\"Sep 23, 2022 12:00 PM - Sep 23, 2022 12:20 PM\",zqxcanary,zqxcanary",
    ),
    (
        "Contacts.csv",
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,FullName,Birthday,Location",
        "zqxcanary,Tom,Ek,Bolt,Lead,tom@example.com,zqxcanary,\"3/9/23, 8:15 PM\",zqxcanary,Tom Ek,zqxcanary,zqxcanary",
    ),
];

#[test]
fn free_text_of_every_linkedin_file_is_dropped() {
    let list = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
                Tom,Ek,https://www.linkedin.com/in/tom-ek-k1,,Bolt,Lead,08 Jan 2024\n";
    for (name, header, row) in LINKEDIN {
        let folder = crate::support::Sandbox::new();
        folder.file("in/Connections.csv", list);
        folder.file(&format!("in/{name}"), format!("{header}\n{row}\n"));
        let files = ingest::read_all(&[folder.path("in")]).expect("an export");
        let file = files.iter().find(|file| file.file.ends_with(name)).expect("the file");
        assert_eq!(file.rows_read, 1, "{name}");
        assert!(file.rows_used == 1 || file.problems.len() == 1, "{name}: {file:?}");
        assert!(!format!("{files:?}").to_lowercase().contains(CANARY), "{name}: {files:?}");
    }
}
