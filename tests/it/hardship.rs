//! What files and machines may do to a run besides failing it (`faults`): they change while they are read, hold days
//! that clocks and calendars stumble over, numbers that are none, names in every script; memory is short.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;
use weaktie::config::Config;

use crate::support::{Sandbox, files_below, root};
use crate::travel::files;

const HEAD: &str = "timestamp,from,to,channel\n";

fn audit_of(sandbox: &Sandbox, out: &str) -> Value {
    serde_json::from_str(&sandbox.read(&format!("{out}/audit.json"))).expect("whole JSON")
}

/// Rows read, used and skipped over all inputs; each input's account is checked.
fn account(audit: &Value) -> (u64, u64, u64) {
    let number = |input: &Value, key: &str| input[key].as_u64().expect("a count");
    audit["inputs"].as_array().expect("inputs").iter().fold((0, 0, 0), |sum, input| {
        let [read, used, skipped] =
            ["rows_read", "rows_used", "rows_skipped"].map(|key| number(input, key));
        assert_eq!(read, used + skipped, "{input}");
        (sum.0 + read, sum.1 + used, sum.2 + skipped)
    })
}

#[test]
fn a_file_that_changes_while_it_is_read_breaks_nothing() {
    let row = |n: u32| {
        let (day, hour) = (n % 28 + 1, n % 24);
        format!(
            "2025-{:02}-{day:02}T{hour:02}:00:00Z,me@example.org,p{}@example.org,email\n",
            n / 28 % 12 + 1,
            n % 40
        )
    };
    let text: String = (0..60_000).map(row).collect();
    let mut seen = BTreeSet::new();
    for (trial, pause) in [0_u64, 1, 2, 3, 5, 8, 13, 21, 34, 55].into_iter().enumerate() {
        let sandbox = Sandbox::new();
        let path = sandbox.file("log.csv", format!("{HEAD}{text}"));
        let mut run = Command::new(env!("CARGO_BIN_EXE_weaktie"))
            .args(["ties", "log.csv", "--out", "t.csv", "--json"])
            .current_dir(sandbox.path("."))
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a run");
        // Not for ever: a log that grows faster than it is read has no end.
        for _ in 0..30 {
            if run.try_wait().expect("a state").is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(pause + 1));
            let open = std::fs::OpenOptions::new().write(true).append(trial % 3 == 0).open(&path);
            let mut file = open.expect("the log");
            match trial % 3 {
                0 => std::io::Write::write_all(&mut file, row(7).repeat(900).as_bytes())
                    .expect("written"),
                1 => file.set_len(pause * 40_000 + 11).expect("cut"),
                _ => std::io::Write::write_all(&mut file, &[b'\n', 0, b'"', 0xff].repeat(9_000))
                    .expect("written"),
            }
        }
        let output = run.wait_with_output().expect("it ended");
        let code = output.status.code().expect("no signal");
        seen.insert(code);
        let stderr = String::from_utf8_lossy(&output.stderr);
        match code {
            0 => {
                let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
                let told = &told["inputs"][0];
                let number =
                    |key: &str| told[key].as_u64().unwrap_or_else(|| panic!("{key}: {told}"));
                assert_eq!(number("rows_read"), number("rows_used") + number("rows_skipped"));
                assert!(sandbox.read("t.csv").ends_with('\n'));
            }
            3 | 4 => {
                assert!(stderr.contains("error: "), "{stderr}");
                assert_eq!(sandbox.entries(), ["log.csv"]);
            }
            other => panic!("exit code {other}: {stderr}"),
        }
    }
    assert!(seen.contains(&0), "{seen:?}");
}

/// Days on which clocks and calendars stumble: how a log spells them, and whether they are days at all.
const DAYS: &[(&str, bool)] = &[
    ("2024-02-29T12:00:00Z", true),
    ("2023-02-29T12:00:00Z", false),
    ("2000-02-29T00:00:00Z", true),
    ("1900-02-29T00:00:00Z", false),
    ("2016-12-31T23:59:60Z", true),
    ("2025-03-30T02:30:00+01:00", true),
    ("2025-10-26T02:30:00+02:00", true),
    ("2011-12-30T12:00:00-10:00", true),
    ("2025-06-15T00:30:00+14:00", true),
    ("2025-06-15T23:30:00-12:00", true),
    ("2025-06-15T12:00:00+05:45", true),
    ("2025-06-15T24:30:00Z", false),
    ("2025-06-31T12:00:00Z", false),
    ("2025-13-01T12:00:00Z", false),
    ("2025-00-10T12:00:00Z", false),
    ("0000-00-00T00:00:00Z", false),
    ("2025-06-15T12:00:00+99:00", false),
    ("1583-01-01T00:00:00Z", false),
    ("9999-12-31T23:59:59Z", true),
    ("99999-01-01T00:00:00Z", false),
];

#[test]
fn leap_days_leap_seconds_and_zones_are_days_or_are_told_of() {
    let sandbox = Sandbox::new();
    let mut log = HEAD.to_owned();
    for (n, (when, _)) in DAYS.iter().enumerate() {
        let _ = writeln!(log, "{when},me@example.org,p{n}@example.org,email");
    }
    sandbox.file("log.csv", &log);
    let mut ties = Vec::new();
    for zone in [
        "UTC",
        "Pacific/Kiritimati",
        "Pacific/Niue",
        "Europe/Oslo",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
    ] {
        sandbox.file(
            "zone.toml",
            format!("[me]\nemails = [\"me@example.org\"]\ntime_zone = \"{zone}\"\n"),
        );
        let run = sandbox.weaktie(&[
            "audit",
            "log.csv",
            "--config",
            "zone.toml",
            "--as-of",
            "2026-01-31",
            "--out",
            "out",
        ]);
        assert_eq!(run.code(), 0, "{zone}: {}", run.stderr());
        let audit = audit_of(&sandbox, "out");
        let (read, used, skipped) = account(&audit);
        assert_eq!(read, DAYS.len() as u64, "{zone}");
        let bad = DAYS.iter().filter(|(_, is_day)| !is_day).count() as u64;
        // A possible day after the report's is left out too.
        assert_eq!((used, skipped), (read - bad - 1, bad + 1), "{zone}: {}", audit["inputs"]);
        ties.push(audit["ties"].as_array().expect("ties").len());
    }
    assert!(ties.iter().all(|count| *count == ties[0]), "{ties:?}");
}

#[test]
fn seconds_beyond_32_bits_and_before_1970_are_days() {
    // 2^31 - 1, 2^31, 2^32 and their like in milliseconds; the first second of 1970; one before it.
    let days = [
        ("2038-01-19T03:14:07Z", "2038-01-19"),
        ("2038-01-19T03:14:08Z", "2038-01-19"),
        ("2106-02-07T06:28:16Z", "2106-02-07"),
        ("1970-01-01T00:00:00Z", "1970-01-01"),
        ("1969-12-31T23:59:59Z", "1969-12-31"),
        ("1901-12-13T20:45:51Z", "1901-12-13"),
    ];
    let sandbox = Sandbox::new();
    let mut log = HEAD.to_owned();
    for (n, (when, _)) in days.iter().enumerate() {
        let _ = writeln!(log, "{when},me@example.org,p{n}@example.org,email");
    }
    sandbox.file("log.csv", &log);
    let run = sandbox.weaktie(&[
        "audit",
        "log.csv",
        "--me",
        "me@example.org",
        "--as-of",
        "2200-01-01",
        "--out",
        "out",
    ]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let audit = audit_of(&sandbox, "out");
    // No log is believed to be older than 1980: those rows are told of.
    assert_eq!(account(&audit), (6, 3, 3), "{}", audit["inputs"]);
    let ties = audit["ties"].as_array().expect("ties");
    for (n, (_, day)) in days.iter().enumerate().take(3) {
        let tie = ties.iter().find(|tie| tie["b"] == format!("p{n}@example.org")).expect("a tie");
        assert_eq!((tie["first"].as_str(), tie["last"].as_str()), (Some(*day), Some(*day)));
    }
    // Numbers no program writes as times are refused row by row, never taken for a day of 1970.
    for odd in [
        "2147483648999999999999",
        "-9223372036854775808",
        "9223372036854775807",
        "1e400",
        "NaN",
        "inf",
        "-0",
    ] {
        sandbox.file("odd.csv", format!("{HEAD}2026-01-05T10:00:00Z,me@example.org,a@example.org,email\n{odd},me@example.org,b@example.org,email\n"));
        let run = sandbox.weaktie(&["audit", "odd.csv", "--me", "me@example.org", "--out", "odd"]);
        assert_eq!(run.code(), 0, "{odd}: {}", run.stderr());
        assert_eq!(account(&audit_of(&sandbox, "odd")), (2, 1, 1), "{odd}");
    }
}

#[test]
fn numbers_that_are_none_are_refused_in_the_settings() {
    let keys = [
        "[network]\nhalf_life = ",
        "[channels.email]\nweight = ",
        "[plan]\ndiversity = ",
        "[plan]\nbridging = ",
        "[plan]\nhold_out = ",
        "[neglect]\nladder = [1.5, 3.0, ",
        "[neglect]\nladder = [1.5, 8.0, ",
        "[goals.mix.seniority]\nsenior = ",
        "[goals]\nindustries.finance = ",
        "[goals]\ncompanies.Bolt = ",
    ];
    for key in keys {
        for number in ["nan", "-nan", "inf", "-inf", "-1.0", "1e308"] {
            let end = if key.contains("ladder") { "]" } else { "" };
            let text = format!("{key}{number}{end}\n");
            // A large finite number is a threshold like another; all others are refused.
            let may_pass = number == "1e308" && (key.contains("ladder") || key.contains("goals"));
            assert!(may_pass || Config::parse(&text, "t").is_err(), "accepted: {text}");
        }
    }
}

/// A given and a last name in each script, and names that shaping, sorting and folding stumble over.
const NAMES: &[(&str, &str)] = &[
    ("Ирина", "Соколова"),
    ("Ελένη", "Παπαδοπούλου"),
    ("Նարե", "Պետրոսյան"),
    ("ნინო", "ბერიძე"),
    ("נועה", "לוי"),
    ("فاطمة", "الزهراء"),
    ("ዓለም", "ተስፋዬ"),
    ("अनिता", "शर्मा"),
    ("অনিতা", "রায়"),
    ("ਸਿਮਰਨ", "ਕੌਰ"),
    ("અનિતા", "પટેલ"),
    ("கவிதா", "குமார்"),
    ("లక్ష్మి", "రావు"),
    ("ಲಕ್ಷ್ಮೀ", "ಗೌಡ"),
    ("ലക്ഷ്മി", "നായർ"),
    ("නිමාලි", "පෙරේරා"),
    ("สมหญิง", "ใจดี"),
    ("ນາງ", "ແກ້ວ"),
    ("အောင်", "ဆန်းစု"),
    ("សុខា", "ចាន់"),
    ("བསྟན་འཛིན", "རྒྱ་མཚོ"),
    ("张", "伟"),
    ("佐藤", "花子"),
    ("민준", "이"),
    ("ᏣᎳᎩ", "ᎠᏂ"),
    ("ᓄᓇᕗᑦ", "ᐃᓄᒃ"),
    ("𞤀𞤣𞤢𞤥", "𞤄𞤢"),
    ("Zoë", "Ångström"),
    ("Z̷a̷l̷g̷o̷", "T̸e̸x̸t̸"),
    ("👩‍👩‍👧‍👦", "Ek"),
    ("İpek", "Işık"),
    ("ß", "ſt"),
];

#[test]
fn names_in_every_script_come_out_as_they_went_in() {
    let sandbox = Sandbox::new();
    let mut list =
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_owned();
    let mut log = HEAD.to_owned();
    for (n, (first, last)) in NAMES.iter().enumerate() {
        let _ = writeln!(
            list,
            "{first},{last},https://www.linkedin.com/in/p{n},,{last} {first},Engineer,08 Jan 2024"
        );
        for month in 1..10 {
            let day = n % 28 + 1;
            let them = format!("https://www.linkedin.com/in/p{n}");
            let (from, to) = if month % 2 == 0 {
                ("me@example.org", &*them)
            } else {
                (&*them, "me@example.org")
            };
            let _ = writeln!(log, "2025-{month:02}-{day:02}T10:00:00Z,{from},{to},email");
        }
    }
    sandbox.file("in/Connections.csv", list);
    sandbox.file("in/log.csv", log);
    let run = sandbox.weaktie(&["audit", "in", "--me", "me@example.org", "--out", "out"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let audit = audit_of(&sandbox, "out");
    let people = audit["people"].as_array().expect("people");
    assert_eq!(people.len(), NAMES.len(), "nobody is joined or lost");
    let csv = sandbox.read("out/people.csv");
    for (n, (first, last)) in NAMES.iter().enumerate() {
        let id = format!("p{n}");
        let person = people.iter().find(|person| person["id"] == *id).expect("the person");
        assert_eq!(person["name"], format!("{first} {last}"));
        assert!(csv.contains(&format!("{first} {last}")), "{first} {last}");
    }
    for path in files_below(&sandbox.path("out")) {
        let is_text = path.extension().is_some_and(|end| end != "parquet");
        let bytes = std::fs::read(&path).expect("a file");
        assert!(
            !is_text || std::str::from_utf8(&bytes).is_ok(),
            "{} is cut inside a letter",
            path.display()
        );
    }
    for level in ["initials", "pseudonym"] {
        let run = sandbox.weaktie(&["report", "out", "--redact", level, "--out", level]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let text = sandbox.read(&format!("{level}/report.html"));
        let shown = NAMES.iter().find(|(first, last)| text.contains(&format!("{first} {last}")));
        assert_eq!(shown, None, "{level}");
    }
    let run = sandbox.weaktie(&["show", "out", "佐藤 花子"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
}

#[test]
fn one_thread_and_sixty_four_write_the_same_bytes() {
    let sandbox = Sandbox::new();
    let data = root().join("data/sample").display().to_string();
    for (out, threads) in [("one", "1"), ("many", "64")] {
        let run = sandbox.weaktie(&["audit", &data, "--threads", threads, "--out", out]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
    }
    let (one, many) = (files(&sandbox.path("one")), files(&sandbox.path("many")));
    for (name, bytes) in &one {
        assert!(many.get(name) == Some(bytes), "{name} differs");
    }
    assert_eq!(one.len(), many.len());
}

/// Runs the program with so many megabytes of addresses; `None` when a signal ended it.
#[cfg(target_os = "linux")]
fn within(sandbox: &Sandbox, megabytes: u32, arguments: &[&str]) -> Option<i32> {
    let script = format!("ulimit -v {}; exec \"$0\" \"$@\"", megabytes * 1_024);
    let run = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_weaktie")])
        .args(arguments)
        .current_dir(sandbox.path(""))
        .env_clear()
        .output()
        .expect("sh runs");
    run.status.code()
}

#[cfg(target_os = "linux")]
#[test]
fn little_memory_ends_a_run_and_spoils_nothing() {
    let sandbox = Sandbox::new();
    let sample = root().join("reports/sample").display().to_string();
    let data = root().join("data/sample").display().to_string();
    assert_eq!(sandbox.weaktie(&["report", &sample, "--brief", "--out", "target"]).code(), 0);
    let before = files(&sandbox.path("target"));
    let audit = ["audit", &data, "--threads", "1", "--out", "target"];
    let (mut failed, mut done) = (0, 0);
    for megabytes in [24, 60, 100, 140, 180, 220, 300, 2_000] {
        if within(&sandbox, megabytes, &audit) == Some(0) {
            done += 1;
            assert_eq!(
                account(&audit_of(&sandbox, "target")).0,
                account(&audit_of(&sandbox, "target")).1 + account(&audit_of(&sandbox, "target")).2
            );
            assert_eq!(
                sandbox.weaktie(&["report", &sample, "--brief", "--out", "target"]).code(),
                0
            );
        } else {
            failed += 1;
        }
        assert!(files(&sandbox.path("target")) == before, "{megabytes} MB");
    }
    assert!(failed >= 1 && done >= 1, "{failed} ended for want of memory, {done} done");
}

#[test]
fn the_clock_is_looked_at_by_one_command_alone() {
    // A clock that is far off can then spoil nothing but the day that `touch` takes for today.
    let mut read = 0;
    for path in files_below(&root().join("src")) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        for clock in
            ["Timestamp::now", "Zoned::now", "SystemTime", "Instant::now", "TimeZone::system"]
        {
            if text.contains(clock) {
                read += 1;
                assert!(path.ends_with("cli/commands/touch.rs"), "{} asks {clock}", path.display());
            }
        }
    }
    assert!(read >= 1);
}
