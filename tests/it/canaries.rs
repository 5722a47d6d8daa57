//! Nobody is named where nobody should be: errors name rows, `forget` takes every spelling out of every file; and what
//! is promised about data stands where users read it, and is true.

use std::collections::BTreeSet;

use weaktie::audit::Audit;

use crate::support::{Sandbox, entries_of, files_below, root, text};
use crate::trust::{spellings, text_of, views};

/// Begins every name, address, employer and id of the inputs below.
const WHO: &str = "zqx";

/// Inputs with something wrong in them.
const BAD: &[(&str, &str)] = &[
    (
        "no-header.csv",
        "Zqx Person,zqx@example.org,2024-01-01\nZqx Two,zqy@example.org,2024-01-02\n",
    ),
    (
        "log.csv",
        "timestamp,from,to,channel\nsoon,zqx@example.org,zqxa@example.org,email\n\
         2026-13-06T10:00:00Z,zqx@example.org,zqxa@example.org,zqx-person\n\
         2026-01-06T10:00:00Z,zqx,zqx,email\n2026-01-06T10:00:00Z,zqx,,email\n\
         2026-01-06T10:00:00Z,\"zqx\nsoon,zqxb,zqxc,email\n",
    ),
    (
        "rows.csv",
        "timestamp,from,to\nZqx Person,zqx@example.org,zqxa@example.org\nzqx\nzqx,zqx,zqx,zqx,zqx\n",
    ),
    (
        "mixed.csv",
        "timestamp,from,to,channel\n2026-01-05T10:00:00Z,me@example.org,ana@example.org,email\n\
         soon,zqx@example.org,zqxa@example.org,email\n2026-01-06T10:00:00Z,zqx@example.org,,email\n",
    ),
    (
        "Connections.csv",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Zqx,Person,https://zqx.example.org,zqx@,Zqx Ltd,Zqx,31 Feb 2024\nZqx,\"Two,Zqx Ltd,,,,soon\n",
    ),
    (
        "messages.csv",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n\
         zqx,zqx,Zqx Person,zqx,Zqx Two,soon,zqx,zqx,INBOX\n",
    ),
    (
        "all.mbox",
        "From zqx@example.org Mon Mar 99 12:00:00 2024\nFrom: zqx@example.org\nTo: zqx@example.org\n\nzqx\n\n\
         From zqx@example.org Mon Mar  4 12:00:00 2024\nzqx without a header\n\nzqx\n",
    ),
    (
        "all.ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:zqx\nSUMMARY:zqx\nDTSTART:zqx\nORGANIZER:mailto:zqx@example.org\n\
         ATTENDEE;CN=Zqx Person:mailto:zqx@\nEND:VEVENT\nBEGIN:VEVENT\nUID:zqx\n",
    ),
    ("cards.vcf", "BEGIN:VCARD\nFN:Zqx Person\nEMAIL:zqx\nEND:VCARD\nBEGIN:VCARD\nNOTE:zqx\n"),
    ("chat.txt", "99/99/2026, 14:05 - Zqx Person: zqx\n98/99/2026, 14:05 - Zqx Two: zqx\n"),
    (
        "calls.xml",
        "<calls count=\"1\">\n<call number=\"zqx\" date=\"zqx\" type=\"1\" contact_name=\"Zqx\" />\n<call ",
    ),
    ("broken.zip", "PK\u{3}\u{4}zqx zqx zqx"),
    ("letter.txt", "Dear Zqx Person,\n\nzqx"),
];

#[test]
fn errors_and_accounts_name_rows_and_not_people() {
    let sandbox = Sandbox::new();
    for (name, text) in BAD {
        sandbox.file(&format!("in/{name}"), text);
    }
    let (mut runs, mut told, mut tables) = (0, 0, 0);
    for (name, _) in BAD {
        let (path, left) = (format!("in/{name}"), format!("left-{name}.csv"));
        for arguments in [
            vec!["audit", &path, "--out", "out"],
            vec!["inspect", &path, "--me", "me@example.org"],
            vec!["ties", &path, "--out", "t.csv", "--skipped", &left],
            vec!["classify", &path],
            vec!["backtest", &path, "--everyone"],
        ] {
            let run = sandbox.weaktie(&arguments);
            runs += 1;
            assert!([0, 1, 2, 3, 4].contains(&run.code()), "{arguments:?}: {}", run.code());
            // The one help that names people: whose network it is, asked of the owner alone.
            let stderr = run.stderr();
            let said: Vec<&str> = stderr
                .lines()
                .filter(|line| !line.starts_with("hint: busiest in the data"))
                .collect();
            told += usize::from(!said.is_empty());
            assert!(!said.join("\n").to_lowercase().contains(WHO), "{arguments:?}: {stderr}");
            if arguments[0] == "inspect" {
                let shown = run.stdout().to_lowercase();
                assert!(!shown.contains(WHO), "{arguments:?}: {shown}");
            }
            if arguments[0] == "ties" && sandbox.entries().contains(&left) {
                tables += 1;
                let rows = sandbox.read(&left).to_lowercase();
                assert!(!rows.contains(WHO), "{name}: {rows}");
            }
        }
    }
    println!(
        "{runs} runs over bad inputs, {told} of them with something to say; {tables} tables of skipped rows"
    );
    assert!(tables > 0);
    assert!(told > 40, "{told}");
}

#[test]
fn who_is_forgotten_is_in_no_file_in_any_spelling() {
    let sandbox = Sandbox::new();
    let sample = root().join("reports/sample").display().to_string();
    assert_eq!(sandbox.weaktie(&["report", &sample, "--out", "out"]).code(), 0);
    let found: Audit = serde_json::from_str(&sandbox.read("out/audit.json")).expect("an audit");
    let names: Vec<&str> = found.people.iter().map(|person| person.name.as_str()).collect();
    let is_alone = |name: &str| names.iter().filter(|other| other.contains(name)).count() == 1;
    let planned: BTreeSet<&str> =
        found.actions.iter().flat_map(|action| &action.people).map(String::as_str).collect();
    let mut chosen: Vec<_> = found
        .people
        .iter()
        .filter(|person| is_alone(&person.name) && person.name.contains(' '))
        .filter(|person| planned.contains(person.id.as_str()) || !person.emails.is_empty())
        .collect();
    chosen.truncate(3);
    assert_eq!(chosen.len(), 3);
    let texts = || -> Vec<(String, Vec<String>)> {
        let files = files_below(&sandbox.path("out"));
        files.iter().map(|path| (path.display().to_string(), views(&text_of(path)))).collect()
    };
    let holds = |secrets: &[String]| {
        texts().into_iter().find(|(_, views)| {
            views.iter().any(|view| secrets.iter().any(|secret| view.contains(secret.as_str())))
        })
    };
    let mut scanned = 0;
    for person in chosen {
        let mut secrets = spellings(&person.name);
        secrets.extend(person.profile_url.iter().flat_map(|url| spellings(url)));
        secrets.extend(person.emails.iter().flat_map(|email| spellings(email)));
        assert!(holds(&secrets).is_some(), "the search finds {} while there", person.id);
        let run = sandbox.weaktie(&["forget", &person.id, "out"]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let left = holds(&secrets);
        assert!(
            left.is_none(),
            "{} is still in {}",
            person.id,
            left.map_or(String::new(), |l| l.0)
        );
        scanned += files_below(&sandbox.path("out")).len();
    }
    println!("{scanned} files scanned after three were forgotten");
}

#[test]
fn the_statements_about_data_stand_and_are_whole() {
    let (readme, guide) = (text("README.md"), text("src/guide/data.md"));
    for word in
        ["## Limits: when not to use it", "Not for hiring or ranking staff", "No network access"]
    {
        assert!(readme.contains(word), "README.md: {word}");
    }
    for word in [
        "## Do not use it for",
        "hiring, or any decision about a person",
        "Never inferred: gender, ethnicity, age, religion, health",
        "| of | kept | dropped as the file is read |",
        "weaktie forget",
        "never_store",
    ] {
        assert!(guide.contains(word), "src/guide/data.md: {word}");
    }
    // The inventory names everything that a run writes.
    let sandbox = Sandbox::new();
    let data = root().join("data/sample").display().to_string();
    assert_eq!(sandbox.weaktie(&["audit", &data, "--out", "out"]).code(), 0);
    for entry in entries_of(&sandbox.path("out")) {
        assert!(guide.contains(&format!("`{entry}")), "src/guide/data.md does not name {entry}");
    }
    assert_eq!(sandbox.entries(), ["out"], "and nothing is written elsewhere");
}
