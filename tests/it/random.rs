//! The whole audit from structured random exports: files of the right shape with odd cells in them, some cut, some doubled.
//!
//! `WEAKTIE_TRIALS=200` asks for more than the few that a plain run takes.

use std::fmt::Write as _;

use weaktie::audit::{Audit, Redaction};
use weaktie::pipeline::{self, Request};
use weaktie::privacy::redact;
use weaktie::progress::Silent;
use weaktie::random::Stream;

use crate::support::{self, CANARY, Sandbox, texts_of};

/// Cells that chance puts in place of right ones.
const ODD: &[&str] = &[
    "",
    " ",
    "\"",
    "\"\"",
    "=1+1",
    "NaN",
    "-1",
    "1e309",
    "9999-99-99",
    "31 Feb 2024",
    "LinkedIn Member",
    "a@b@c",
    "@",
    "https://www.linkedin.com/in/",
    "/in/%ff%00",
    "\u{202e}x",
    "\u{0}",
    "\u{feff}",
    "👩‍👩‍👧",
    "'; --",
    "<b>",
    "..",
    "2147483648",
];

fn cell(stream: &mut Stream, right: &str, odd: f64) -> String {
    let text = if stream.chance(odd) { ODD[stream.index(ODD.len())] } else { right };
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn row(stream: &mut Stream, cells: &[&str], odd: f64) -> String {
    let cells: Vec<String> = cells.iter().map(|right| cell(stream, right, odd)).collect();
    cells.join(",") + "\n"
}

/// Writes an export, a log, a mailbox, a calendar and cards of some people.
fn write(sandbox: &Sandbox, seed: u64) {
    let mut stream = Stream::new(seed, "random-export", 0);
    let odd = [0.0, 0.02, 0.2][stream.index(3)];
    let people = 3 + stream.index(30);
    let mut list =
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_owned();
    let (mut sent, mut invited) = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n".to_owned(),
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n".to_owned(),
    );
    let mut log = "timestamp,from,to,channel,thread\n".to_owned();
    let (mut mail, mut calendar, mut cards) =
        (String::new(), "BEGIN:VCALENDAR\n".to_owned(), String::new());
    let me = "https://www.linkedin.com/in/me-k0";
    for n in 0..people {
        let (link, address) =
            (format!("https://www.linkedin.com/in/p{n}-k1"), format!("p{n}@example.com"));
        let (first, company) = (format!("First{}", n % 20), format!("Company {}", n % 7));
        let day = format!("{:02} {} {}", n % 28 + 1, ["Jan", "Jun", "Dec"][n % 3], 2015 + n % 10);
        let title = ["Engineer", "Head of Sales", "CEO", "Nurse", "x"][n % 5];
        list += &row(&mut stream, &[&first, "Last", &link, "", &company, title, &day], odd);
        for _ in 0..stream.index(12) {
            let (month, day, hour) = (stream.index(12) + 1, stream.index(28) + 1, stream.index(24));
            let at = format!("2025-{month:02}-{day:02}T{hour:02}:00:00Z");
            let other = format!("p{}@example.com", stream.index(people));
            let (from, to) = if stream.chance(0.5) {
                ("me@example.org", &*address)
            } else {
                (&*address, "me@example.org")
            };
            let to = if stream.chance(0.1) { &other } else { to };
            log += &row(
                &mut stream,
                &[&at, from, to, ["email", "call", "meeting", "pigeon"][hour % 4], ""],
                odd,
            );
            let spoken = at.replace('T', " ").replace('Z', " UTC");
            let id = format!("2-{n}");
            sent += &row(
                &mut stream,
                &[&id, CANARY, "Me", me, &first, &link, &spoken, CANARY, CANARY, "INBOX"],
                odd,
            );
            let _ = write!(
                mail,
                "From x Mon Mar  4 12:00:00 2024\nFrom: {from}\nTo: {}\nDate: {day} Jun 2025 {hour:02}:00:00 +0000\n\
                 Message-ID: <{n}-{month}-{day}-{hour}@x>\nSubject: {CANARY}\n\n{CANARY}\n\n",
                cell(&mut stream, to, odd)
            );
            let _ = write!(
                calendar,
                "BEGIN:VEVENT\nUID:{n}-{month}-{day}\nSUMMARY:{CANARY}\nDTSTART:{}\nORGANIZER:mailto:me@example.org\n\
                 ATTENDEE:mailto:{address}\nATTENDEE:mailto:{other}\nEND:VEVENT\n",
                cell(&mut stream, &format!("2025{month:02}{day:02}T{hour:02}0000Z"), odd)
            );
        }
        invited += &row(
            &mut stream,
            &["Me", &first, "1/31/24, 2:05 PM", CANARY, "OUTGOING", me, &link],
            odd,
        );
        let _ = write!(
            cards,
            "BEGIN:VCARD\nFN:{first} Last\nEMAIL:{address}\nURL:{link}\nNOTE:{CANARY}\nEND:VCARD\n"
        );
    }
    calendar += "END:VCALENDAR\n";
    let files = [
        ("Connections.csv", list),
        ("messages.csv", sent),
        ("Invitations.csv", invited),
        ("log.csv", log),
        ("all.mbox", mail),
        ("all.ics", calendar),
        ("cards.vcf", cards),
    ];
    for (name, text) in files {
        if stream.chance(0.15) {
            continue;
        }
        let mut bytes = text.into_bytes();
        if stream.chance(odd) {
            bytes.truncate(stream.index(bytes.len() + 1));
        }
        if stream.chance(0.2) {
            sandbox.file(&format!("in/again/{name}"), &bytes);
        }
        sandbox.file(&format!("in/{name}"), bytes);
    }
    // A file of another kind is always there, so that the folder is.
    sandbox.file("in/letter.txt", CANARY);
}

/// What holds for any audit.
fn check(audit: &Audit, seed: u64) {
    for input in &audit.inputs {
        assert_eq!(input.rows_read, input.rows_used + input.rows_skipped, "{seed}: {}", input.file);
    }
    let mut ids: Vec<&str> = audit.people.iter().map(|person| person.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "{seed}: two people of one id");
    let is_known = |id: &str| id == audit.ego.id || ids.binary_search(&id).is_ok();
    for tie in &audit.ties {
        assert!(
            is_known(&tie.a) && is_known(&tie.b) && tie.a != tie.b,
            "{seed}: {} {}",
            tie.a,
            tie.b
        );
        // Ties among contacts have a summed weight.
        let most = if tie.rhythm.is_some() { 1.0 } else { f64::MAX };
        assert!((0.0..=most).contains(&tie.strength), "{seed}: strength {}", tie.strength);
        assert!(tie.first <= tie.last && tie.last <= Some(audit.as_of), "{seed}");
    }
    for person in &audit.people {
        assert!(
            person.measures.values().flatten().all(|value| value.is_finite()),
            "{seed}: {}",
            person.id
        );
    }
    let minutes: u32 = audit.actions.iter().map(|action| action.minutes).sum();
    assert!(minutes <= 360 && audit.actions.len() <= 12, "{seed}: {minutes} minutes");
    assert!(
        audit.actions.iter().all(|action| action.people.iter().all(|id| is_known(id))),
        "{seed}"
    );
}

#[test]
fn any_export_gives_a_whole_audit_or_one_clear_refusal() {
    let trials = support::trials(6);
    let (mut whole, mut refused) = (0, 0);
    for seed in 0..trials {
        let sandbox = Sandbox::new();
        write(&sandbox, seed);
        let request = Request {
            sources: vec![sandbox.path("in")],
            me: Some("me@example.org".to_owned()),
            seed: 1,
            ..Request::default()
        };
        let audit = match pipeline::audit(&request, &Silent) {
            Ok(audit) => audit,
            Err(error) => {
                refused += 1;
                assert!(
                    !error.to_string().is_empty() && !error.to_string().contains(CANARY),
                    "{seed}: {error}"
                );
                continue;
            }
        };
        whole += 1;
        check(&audit, seed);
        let saved = serde_json::to_string(&audit).expect("JSON");
        let back: Audit = serde_json::from_str(&saved).expect("an audit");
        assert!(back == audit, "{seed}: what is saved reads back the same");
        for level in [Redaction::Full, Redaction::Pseudonym, Redaction::Aggregate] {
            for text in texts_of(redact(audit.clone(), level).audit()) {
                assert!(!text.contains(CANARY), "{seed}: a body, a subject or a title");
                let is_hidden = level == Redaction::Full || !text.contains("@example.com");
                assert!(is_hidden, "{seed}: an address, {level:?}");
            }
        }
        assert!(
            pipeline::audit(&request, &Silent).expect("again") == audit,
            "{seed}: the same again"
        );
    }
    println!("{trials} random exports: {whole} audits, {refused} refused");
    assert!(whole > refused);
}
