//! Mail, calendars, address books, chats, calls and tables of the user's own: every quirk one folder in
//! `tests/fixtures/sources`, with `in`, perhaps `weaktie.toml`, and `ledger.txt`: what must come of it.
//!
//! To renew after a wanted change: `WEAKTIE_RENEW=1 cargo test --locked sources`, then read the difference.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use weaktie::audit::Audit;
use weaktie::config::Config;
use weaktie::ingest::{self, FileRecords, Kind};
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;
use weaktie::synth;

use crate::exports::of_file;
use crate::support::{
    CANARY, Sandbox, audit, check_ledgers, entries_of, files_below, root, sample_plan, shared,
    texts_of,
};

fn folder() -> PathBuf {
    root().join("tests/fixtures/sources")
}

fn request(case: &Path) -> Request {
    let settings = std::fs::read_to_string(case.join("weaktie.toml")).unwrap_or_default();
    let config = Config::parse(&settings, "weaktie.toml").expect("settings");
    Request { sources: vec![case.join("in")], config, seed: 1, ..Request::default() }
}

fn read(case: &Path) -> weaktie::Result<Vec<FileRecords>> {
    let request = request(case);
    ingest::read_all_with(&request.sources, &pipeline::reading(&request)?)
}

/// Where every row went, as text.
fn ledger(case: &Path) -> String {
    match read(case) {
        Ok(files) => files.iter().map(|file| of_file(file) + &beside(file)).collect(),
        Err(error) => {
            let hint = match &error {
                weaktie::Error::Unusable { hint, .. } => hint.clone().unwrap_or_default(),
                _ => String::new(),
            };
            format!("refused: {error}\n  hint: {hint}\n")
        }
    }
}

/// What only these files have: rules that left rows out, cards of one person, a proposal.
fn beside(file: &FileRecords) -> String {
    let mut out = String::new();
    for (rule, rows) in &file.noise {
        let _ = writeln!(out, "  by rule: {rule} {rows}");
    }
    for (a, b) in &file.same {
        let name = |id: u32| {
            let who = &file.mentions[id as usize];
            format!("{}{}", who.email, who.handle)
        };
        let _ = writeln!(out, "  one person: {} and {}", name(*a), name(*b));
    }
    if let Some(section) = &file.proposal {
        let _ = writeln!(out, "  proposed:\n{section}");
    }
    out
}

#[test]
fn every_fixture_has_the_ledger_it_should_have() {
    check_ledgers(&folder(), 56, ledger);
}

#[test]
fn bodies_subjects_titles_and_notes_are_nowhere() {
    let (mut planted, mut audited) = (0, 0);
    for case in entries_of(&folder()) {
        let path = folder().join(&case);
        planted += files_below(&path.join("in"))
            .iter()
            .filter(|file| {
                let bytes = std::fs::read(file).expect("a file");
                bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes())
            })
            .count();
        // What is kept in memory, field by field.
        if let Ok(files) = read(&path) {
            assert!(!format!("{files:?}").contains(CANARY), "{case}");
        }
        let me = "pilar@example.org".to_owned();
        let request = Request { me: Some(me), ..request(&path) };
        if let Ok(found) = pipeline::inspect(&request, &Silent) {
            assert!(!serde_json::to_string(&found).expect("JSON").contains(CANARY), "{case}");
        }
        if let Ok(audit) = pipeline::audit(&request, &Silent) {
            audited += 1;
            for text in texts_of(&audit) {
                assert!(!text.contains(CANARY), "{case}");
            }
        }
    }
    assert!(planted >= 50 && audited >= 20, "{planted} planted, {audited} audited");
}

#[test]
fn excluded_people_leave_nothing_behind() {
    for (case, secret) in [
        ("mail-excluded", "uma@example.net"),
        ("mail-excluded", "clinic.example.com"),
        ("calendar-excluded", "Uma Nair"),
        ("mapped-meetings", "uma@example.net"),
        ("calendar-kept-out", "secret@example.net"),
        ("calendar-kept-out", "early@example.net"),
        ("mail-folders", "secret@example.com"),
        ("mail-kept-out", "secret.example.com"),
        ("mail-kept-out", "Secret"),
        ("never-store-host", "Uma Nair"),
        ("never-store-host", "uma@example.net"),
    ] {
        let path = folder().join(case);
        let files = read(&path).expect("files");
        assert!(!format!("{files:?}").contains(secret), "{case}");
        let request = Request { me: Some("pilar@example.org".to_owned()), ..request(&path) };
        let audit = pipeline::audit(&request, &Silent).expect("an audit");
        assert!(texts_of(&audit).iter().all(|text| !text.contains(secret)), "{case}");
        let rows: u64 = files.iter().flat_map(|file| file.noise.values()).sum();
        assert!(rows > 0, "{case}: the account says how many");
    }
}

#[test]
fn a_mailbox_is_the_same_plain_packed_zipped_and_piped() {
    let mailbox = std::fs::read(folder().join("mail-plain/in/inbox.mbox")).expect("a mailbox");
    let sandbox = Sandbox::new();
    let plain = sandbox.file("a/inbox.mbox", &mailbox);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&mailbox).expect("bytes");
    let packed = sandbox.file("b/inbox.mbox.gz", gzip.finish().expect("gzip"));
    let files = [("Takeout/Mail/inbox.mbox".to_owned(), mailbox)];
    let zipped = sandbox.file("c/takeout.zip", synth::zip(&files, "").expect("a ZIP"));
    let rows = |path: PathBuf| {
        let files = ingest::read_all(&[path]).expect("mail");
        assert_eq!((files.len(), files[0].kind), (1, Kind::Mail));
        format!("{:?} {:?} {:?}", files[0].mentions, files[0].interactions, files[0].problems)
    };
    let expected = rows(plain);
    assert_eq!(rows(packed), expected);
    assert_eq!(rows(zipped), expected);
    // One of them beside another is a copy.
    let twice =
        ingest::read_all(&[sandbox.path("a"), sandbox.path("c/takeout.zip")]).expect("mail");
    assert_eq!(twice[1].rows_used, 0);
}

#[test]
#[cfg(unix)]
fn a_pipe_is_read_as_it_streams() {
    let sandbox = Sandbox::new();
    let mailbox = folder().join("mail-plain/in/inbox.mbox");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_weaktie"))
        .args(["inspect", "/dev/stdin", "--me", "pilar@example.org", "--json"])
        .current_dir(sandbox.path("."))
        .stdin(
            std::fs::File::open(mailbox)
                .map(|mut file| {
                    let (reader, mut writer) = std::io::pipe().expect("a pipe");
                    std::thread::spawn(move || {
                        let mut bytes = Vec::new();
                        file.read_to_end(&mut bytes).expect("bytes");
                        writer.write_all(&bytes).expect("written");
                    });
                    reader
                })
                .expect("a file"),
        )
        .output()
        .expect("a run");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["inputs"][0]["kind"], "mail");
    assert_eq!(json["inputs"][0]["rows_used"], 3);
}

#[test]
fn a_table_that_is_not_known_comes_with_a_section_that_reads_it() {
    let sandbox = Sandbox::new();
    let crm = folder().join("mapped-not-yet/in/crm.csv").to_string_lossy().into_owned();
    let refused = sandbox.weaktie(&["inspect", &crm]);
    assert_eq!((refused.code(), refused.stdout().as_str()), (3, ""));
    let said = refused.stderr();
    let section = &said[said.find("[sources.crm]").expect("a section")..];
    let lines: Vec<&str> =
        section.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    sandbox.file("weaktie.toml", lines.join("\n"));
    let run = sandbox.weaktie(&["inspect", &crm, "--config", "weaktie.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    assert_eq!(json["inputs"][0]["kind"], "log", "{}", run.stderr());
    assert_eq!(json["inputs"][0]["rows_used"], 3);
    // Beside other files it is told by `inspect`.
    sandbox.file(
        "all/log.csv",
        "timestamp,from,to,channel\n2026-01-05T10:00:00Z,a@example.org,b@example.org,email\n",
    );
    sandbox.file("all/crm.csv", std::fs::read(&crm).expect("bytes"));
    let told = sandbox.weaktie(&["inspect", "all", "--me", "a@example.org"]).stdout();
    assert!(told.contains("[sources.crm]"), "{told}");
}

#[test]
fn what_is_not_read_is_named_with_the_way_to_convert_it() {
    let cases = [
        ("archive.pst", "an Outlook data file (.pst, .ost)", "readpst"),
        ("letter.msg", "an Outlook message (.msg)", "mbox"),
        ("old.dbx", "an Outlook Express mailbox (.dbx)", "mbox"),
        ("book.csv", "an Excel workbook", "save it as CSV"),
        ("data.json", "a JSON file", "CSV"),
    ];
    for (file, what, way) in cases {
        let path = folder().join("unsupported/in").join(file);
        let error = ingest::read_all(&[path]).expect_err("refused");
        let weaktie::Error::Unusable { what: told, hint, .. } = &error else { panic!("{error}") };
        assert!(
            told.contains(what) && hint.as_ref().is_some_and(|hint| hint.contains(way)),
            "{error} {hint:?}"
        );
    }
    // In a folder with others, the account says so.
    let sandbox = Sandbox::new();
    sandbox.file(
        "all/log.csv",
        "timestamp,from,to,channel\n2026-01-05T10:00:00Z,a@example.org,b@example.org,email\n",
    );
    sandbox.file(
        "all/old.pst",
        std::fs::read(folder().join("unsupported/in/archive.pst")).expect("bytes"),
    );
    let told = sandbox.weaktie(&["inspect", "all", "--me", "a@example.org"]).stdout();
    assert!(
        told.contains("an Outlook data file (.pst, .ost)") && told.contains("readpst"),
        "{told}"
    );
}

#[test]
fn real_mail_and_calendars_are_accounted_for() {
    let cases = [
        ("data/mbox_linux_watchdog_2024-02", 198, 198),
        ("data/mbox_pipermail", 131 + 201, 335),
        ("data/ics", 162 + 28 + 159, 349),
    ];
    for (path, least, most) in cases {
        let Some(path) = shared(path) else { continue };
        let files = ingest::read_all(std::slice::from_ref(&path)).expect("files");
        let read: u64 = files.iter().map(|file| file.rows_read).sum();
        assert!((least..=most).contains(&read), "{}: {read}", path.display());
        for file in &files {
            assert_eq!(file.rows_read, file.rows_used + file.rows_skipped(), "{}", file.file);
        }
    }
}

#[test]
fn cards_join_the_addresses_and_numbers_of_one_person() {
    let sandbox = Sandbox::new();
    let log = "timestamp,from,to,channel\n\
               2026-01-05T10:00:00Z,pilar@example.org,greer@example.com,email\n\
               2026-01-06T10:00:00Z,g.aldous@example.net,pilar@example.org,email\n\
               2026-01-07T10:00:00Z,pilar@example.org,other@example.com,email\n";
    sandbox.file("in/log.csv", log);
    sandbox.file(
        "in/calls.xml",
        "<?xml version='1.0'?>\n<calls count=\"1\">\n<call number=\"+4722334455\" duration=\"60\" date=\"1767780000000\" type=\"2\" />\n</calls>\n",
    );
    sandbox.file(
        "in/cards.vcf",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Greer Aldous\nEMAIL:greer@example.com\nEMAIL:g.aldous@example.net\n\
         TEL:22 33 44 55\nORG:Bolt\nURL:https://www.linkedin.com/in/greer-k1\nEND:VCARD\n",
    );
    let request = Request {
        sources: vec![sandbox.path("in")],
        me: Some("pilar@example.org".to_owned()),
        seed: 1,
        ..Request::default()
    };
    let audit = pipeline::audit(&request, &Silent).expect("an audit");
    assert_eq!(audit.people.len(), 2);
    let greer = audit.people.iter().find(|person| person.id == "greer-k1").expect("Greer");
    assert_eq!((greer.name.as_str(), greer.company.as_deref()), ("Greer Aldous", Some("Bolt")));
    assert_eq!(greer.emails.len(), 2);
    let tie = audit.ties.iter().find(|tie| tie.b == "greer-k1").expect("a tie");
    assert_eq!(tie.interactions, 3, "two mails and a call");
}

#[test]
fn a_mail_address_is_asked_about_by_name_and_company_domain() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "in/Connections.csv",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Greer,Aldous,https://www.linkedin.com/in/greer-k1,,Corwick Mills,Plant Lead,08 Jan 2024\n",
    );
    let mail = |n: usize, from: &str, to: &str| {
        format!(
            "From x Mon Mar  4 12:00:00 2024\nFrom: {from}\nTo: {to}\nDate: Mon, {n} Mar 2024 12:00:00 +0000\n\
             Message-ID: <{n}@example.org>\n\nbody\n\n"
        )
    };
    let me = "Pilar Okonjo <pilar@example.org>";
    let greer = "Greer Aldous <g.aldous@corwickmills.example.com>";
    let mailbox: String = (1..9).map(|n| mail(n, me, greer)).collect();
    sandbox.file("in/sent.mbox", mailbox);
    let audit = audit(vec![sandbox.path("in")]);
    assert_eq!(audit.ego.id, "pilar@example.org", "told by the folder of sent mail");
    let asks = &audit.findings.identity.asks;
    let ask = asks.iter().find(|ask| ask.a.id == "greer-k1").expect("a question");
    assert_eq!(
        (ask.b.id.as_str(), ask.rule.as_str()),
        ("g.aldous@corwickmills.example.com", "name-and-domain")
    );
    assert_eq!(audit.people.len(), 2, "nobody is joined by a name");
}

/// What matters of the owner's ties, by contact: interactions, first and last day, contact days, strength.
fn ties(audit: &Audit) -> BTreeMap<String, (u32, String, String, u32, f64)> {
    let own = audit.ties.iter().filter(|tie| tie.a == audit.ego.id);
    own.map(|tie| {
        let day =
            |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |d| d.to_string());
        let days = tie.rhythm.as_ref().map_or(0, |rhythm| rhythm.contact_days);
        let strength = tie.strength;
        (tie.b.clone(), (tie.interactions, day(tie.first), day(tie.last), days, strength))
    })
    .collect()
}

/// What stands in one list and not in the other.
fn missing<T: PartialEq + std::fmt::Debug>(there: &[T], here: &[T]) -> String {
    let lost: Vec<String> =
        there.iter().filter(|one| !here.contains(one)).map(|one| format!("{one:?}")).collect();
    lost.join("\n")
}

#[test]
fn one_life_as_mail_calendar_and_cards_gives_the_ties_of_its_log() {
    let world = synth::generate(&sample_plan());
    let files = synth::personal_files(&sample_plan());
    let sandbox = Sandbox::new();
    for (name, bytes) in &world.files {
        sandbox.file(&format!("export/{name}"), bytes);
    }
    let log = sandbox.file("log.csv", &world.log);
    for (name, bytes) in &files {
        sandbox.file(&format!("own/{name}"), bytes);
    }
    let by_log = audit(vec![sandbox.path("export"), log]);
    let by_files = audit(vec![sandbox.path("export"), sandbox.path("own")]);
    assert_eq!(by_log.as_of, by_files.as_of);
    let (expected, found) = (ties(&by_log), ties(&by_files));
    let names = |ties: &BTreeMap<String, _>| ties.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&expected), names(&found));
    for (who, tie) in &expected {
        let other = &found[who];
        assert_eq!((tie.0, &tie.1, &tie.2, tie.3), (other.0, &other.1, &other.2, other.3), "{who}");
        // A call stands in the calendar as a meeting, which weighs more.
        assert!((tie.4 - other.4).abs() < 0.08, "{who}: {} and {}", tie.4, other.4);
    }
    let among = |audit: &Audit| {
        let ties = audit.ties.iter().filter(|tie| tie.a != audit.ego.id);
        ties.map(|tie| (tie.a.clone(), tie.b.clone(), tie.interactions, tie.first, tie.last))
            .collect::<Vec<_>>()
    };
    let (expected, found) = (among(&by_log), among(&by_files));
    assert!(
        expected == found,
        "in the log:\n{}\n\nin the files:\n{}",
        missing(&expected, &found),
        missing(&found, &expected)
    );
    for input in by_files.inputs.iter().filter(|input| input.file.starts_with("own/")) {
        assert_eq!(input.rows_read, input.rows_used + input.rows_skipped);
        assert!(input.rows_used > 0, "{}", input.file);
    }
}

#[test]
fn a_mailbox_that_is_cut_is_read_up_to_there() {
    let mut mailbox = String::new();
    for n in 1..400 {
        let _ = write!(
            mailbox,
            "From x Mon Mar  4 12:00:00 2024\nFrom: Tom Ek <tom@example.com>\nTo: pilar@example.org\n\
                 Date: Mon, 4 Mar 2024 12:00:00 +0000\nMessage-ID: <{n}@x>\n\nbody {}\n\n",
            n * 7_919
        );
    }
    let files = [("Mail/inbox.mbox".to_owned(), mailbox.clone().into_bytes())];
    let zip = synth::zip(&files, "").expect("a ZIP");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(mailbox.as_bytes()).expect("bytes");
    let gzip = gzip.finish().expect("gzip");
    for (name, packed) in [("mail.zip", zip), ("inbox.mbox.gz", gzip)] {
        let cut = packed[..packed.len() / 2].to_vec();
        let sandbox = Sandbox::new();
        let path = sandbox.file(name, &cut);
        for files in [ingest::read_all(&[path]), ingest::read_bytes(name, cut)] {
            let files = files.expect("what can be saved");
            let mail = files.iter().find(|file| file.kind == Kind::Mail).expect("mail");
            assert!((10..399).contains(&mail.rows_used), "{name}: {}", mail.rows_used);
            assert!(mail.is_cut_short(), "{name}");
        }
    }
}

#[test]
fn a_section_that_reads_no_file_is_told_of() {
    let sandbox = Sandbox::new();
    let case = folder().join("sections-unused");
    let (sources, settings) = (case.join("in"), case.join("weaktie.toml"));
    let (sources, settings) = (sources.to_string_lossy(), settings.to_string_lossy());
    let run = sandbox.weaktie(&["inspect", &*sources, "--config", &*settings]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let told = run.stdout();
    assert!(
        told.contains("Note: 3 sections [sources.NAME] of the settings read no file"),
        "{told}"
    );
    for section in ["[sources.calls]", "[sources.first]", "[sources.mail]"] {
        assert!(told.contains(section), "{section}: {told}");
    }
    assert!(!told.contains("[sources.second]  "), "{told}");
}
