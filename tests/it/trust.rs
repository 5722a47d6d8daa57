//! What a careful owner would try: does it talk to a network, does data break out of a file, does a redacted copy name
//! anybody in any spelling, may others read the report?

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use weaktie::synth;

use crate::support::{Sandbox, files_below, root, sample_world, write_world};

#[test]
fn no_source_file_opens_a_socket_or_starts_a_program() {
    let mut read = 0;
    for path in files_below(&root().join("src")) {
        let text = std::fs::read_to_string(&path).expect("a source file");
        read += 1;
        let words =
            ["std::net", "TcpStream", "UdpSocket", "UnixStream", "process::Command", "tokio::"];
        for word in words {
            assert!(!text.contains(word), "{} holds {word}", path.display());
        }
    }
    assert!(read > 200, "{read} files");
}

/// Texts that break out of one kind of file or another.
const EVIL: &[&str] = &[
    "<script>alert(1)</script>",
    "<svg onload=alert(2)>",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\u{1b}[31mRed\u{1b}[0m\u{7}",
    "\u{1b}]0;title\u{9c}",
    "\u{202e}evil\u{202c}",
    "Ze\u{200b}ro\u{2066}Wi\u{2069}dth\u{feff}",
    "../../etc/passwd",
    "Fold\r\nBEGIN:VEVENT\r\nSUMMARY:owned",
    "\"><img src=x onerror=alert(3)>",
    "]]></style></svg><script>alert(4)</script>",
    "'-alert(5)-'",
    "\t=1+1",
    "C:\\temp\\x;y,z",
    "**bold** [a](javascript:alert(6)) `x`",
    "\u{2028}line\u{2029}s",
];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// An export and a log in which every name, employer, title and conversation is one of [`EVIL`].
fn evil_sources(sandbox: &Sandbox) {
    let mut list =
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_owned();
    let mut log = "timestamp,from,to,channel,thread,from_name,to_name\n".to_owned();
    for n in 0..EVIL.len() * 2 {
        let evil = EVIL[n % EVIL.len()];
        let (link, day) = (format!("https://www.linkedin.com/in/p{n}"), n * 7 % 27 + 1);
        let _ = writeln!(
            list,
            "{},Last{n},{link},,{},{},0{} Jan 2024",
            quoted(evil),
            quoted(&format!("{evil} Ltd")),
            quoted(&format!("{evil} Engineer")),
            n % 9 + 1
        );
        for month in 1..=12 {
            let (me, them) = ("me@example.org,", format!("{link},"));
            let (from, to) = if month % 2 == 1 { (me, &*them) } else { (&*them, me) };
            let names = if month % 2 == 1 {
                format!("Me,{}", quoted(evil))
            } else {
                format!("{},Me", quoted(evil))
            };
            let _ = writeln!(
                log,
                "2024-{month:02}-{day:02}T10:00:00Z,{from}{to}email,{},{names}",
                quoted(evil)
            );
        }
        let other = (n + 1) % (EVIL.len() * 2);
        let _ = writeln!(
            log,
            "2024-11-{day:02}T10:00:00Z,{link},https://www.linkedin.com/in/p{other},meeting,,,"
        );
    }
    sandbox.file("in/Connections.csv", list);
    sandbox.file("in/log.csv", log);
}

/// Whether a character steers a terminal or reorders text.
fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn check_csv(place: &str, text: &str) {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut cells = 0;
    for row in rows.records() {
        for cell in &row.expect("a row") {
            cells += 1;
            let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!is_formula || cell.parse::<f64>().is_ok(), "{place}: {cell}");
        }
    }
    assert!(cells > 20, "{place}");
}

fn check_ics(place: &str, text: &str, actions: usize) {
    for line in text.split("\r\n").filter(|line| !line.is_empty()) {
        assert!(line.len() <= 75, "{place} is not folded: {line}");
        assert!(!line.contains(['\n', '\r']), "{place} holds a bare line end: {line:?}");
        let name: String =
            line.chars().take_while(|c| c.is_ascii_uppercase() || *c == '-').collect();
        let is_property = !name.is_empty() && line[name.len()..].starts_with([':', ';']);
        assert!(line.starts_with(' ') || is_property, "{place}: {line}");
    }
    assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), actions, "{place}");
    assert!(!text.contains("\r\nSUMMARY:owned"), "{place}");
}

#[test]
fn nothing_in_the_data_breaks_out_of_a_file_or_the_terminal() {
    let sandbox = Sandbox::new();
    evil_sources(&sandbox);
    let run = sandbox.weaktie(&["audit", "in", "--me", "me@example.org", "--out", "out"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let inspect = sandbox.weaktie(&["inspect", "in", "--me", "me@example.org"]);
    let shown = run.stdout() + &run.stderr() + &inspect.stdout() + &inspect.stderr();
    assert!(shown.chars().all(|c| !steers(c)), "{shown:?}");
    let actions = sandbox.read("out/actions.csv");
    let actions = csv::Reader::from_reader(actions.as_bytes()).into_records().count();
    assert!(actions >= 3, "{actions}");
    let mut kinds = BTreeSet::new();
    let out = sandbox.path("out");
    for path in files_below(&out) {
        let place = path.strip_prefix(&out).expect("inside").to_string_lossy().into_owned();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        assert!(place.chars().all(is_plain) && !place.contains(".."), "{place}");
        let ending = place.rsplit('.').next().unwrap_or_default().to_owned();
        kinds.insert(ending.clone());
        let bytes = std::fs::read(&path).expect("a file");
        let Ok(text) = String::from_utf8(bytes) else { continue };
        assert!(
            text.chars().all(|c| !steers(c)),
            "{place} holds {:?}",
            text.chars().find(|c| steers(*c))
        );
        match ending.as_str() {
            "html" | "svg" | "gexf" => {
                for tag in ["<script>alert", "<svg onload", "<img src=x", "</svg><script"] {
                    assert!(!text.contains(tag), "{place} holds {tag}");
                }
                assert!(!text.contains("href=\"javascript:"), "{place}");
            }
            "csv" => check_csv(&place, &text),
            "ics" => check_ics(&place, &text, actions),
            _ => {}
        }
    }
    let expected = ["csv", "html", "ics", "json", "md", "parquet", "svg"];
    assert!(expected.iter().all(|kind| kinds.contains(*kind)), "{kinds:?}");
}

#[test]
fn nothing_in_a_log_breaks_out_of_the_table_of_ties() {
    let sandbox = Sandbox::new();
    let mut log = "timestamp,from,to,channel\n".to_owned();
    for (n, evil) in EVIL.iter().enumerate() {
        let _ = writeln!(log, "2024-03-{:02}T10:00:00Z,{},p{n},email", n % 27 + 1, quoted(evil));
    }
    sandbox.file("log.csv", log);
    let run = sandbox.weaktie(&["ties", "log.csv", "--out", "t.csv"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let text = sandbox.read("t.csv");
    assert!(text.chars().all(|c| !steers(c)), "{:?}", text.chars().find(|c| steers(*c)));
    check_csv("t.csv", &text);
}

/// A secret in the spellings in which a file may hold it.
pub(crate) fn spellings(secret: &str) -> Vec<String> {
    let mut all = vec![secret.to_lowercase()];
    if let Some((first, last)) = secret.rsplit_once(' ') {
        all.push(format!("{last}, {first}").to_lowercase());
        all.push(format!("{first}-{last}").to_lowercase());
        all.push(format!("{first}.{last}").to_lowercase());
        all.push(format!("{first}%20{last}").to_lowercase());
        all.push(format!("{first}+{last}").to_lowercase());
    }
    let percent: String = secret
        .bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) => char::from(b).to_string(),
            b => format!("%{b:02x}"),
        })
        .collect();
    all.push(percent.to_lowercase());
    let entities = secret
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;");
    all.push(entities.to_lowercase());
    all.sort();
    all.dedup();
    all
}

/// A text lower-case, and as a calendar's reader or a page's would see it.
pub(crate) fn views(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let unfolded = lower.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";");
    let plain = lower.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    vec![lower, unfolded, plain]
}

/// A file as text; the cells of a packed table.
pub(crate) fn text_of(path: &Path) -> String {
    let mut bytes = Vec::new();
    if path.extension().is_some_and(|ending| ending == "parquet") {
        let mut rows = weaktie::frame::parquet::as_csv(path, |_| true).expect("a table");
        rows.read_to_end(&mut bytes).expect("rows");
    } else {
        bytes = std::fs::read(path).expect("a file");
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_redacted_folder_names_nobody_in_any_spelling() {
    let world = sample_world();
    let sandbox = Sandbox::new();
    let mut sources = write_world(&sandbox, &world);
    for (name, bytes) in synth::personal_files(&crate::support::sample_plan()) {
        sandbox.file(&format!("own/{name}"), bytes);
    }
    sources.push(sandbox.path("own"));
    let sources: Vec<String> =
        sources.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let run = |out: &str, redact: &[&str]| {
        let mut arguments = vec!["audit", "--out", out];
        arguments.extend(sources.iter().map(String::as_str));
        arguments.extend(redact);
        let run = sandbox.weaktie(&arguments);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        run.stdout() + &run.stderr()
    };
    run("full", &[]);
    let audit: weaktie::audit::Audit =
        serde_json::from_str(&sandbox.read("full/audit.json")).expect("an audit");
    let mut secrets: BTreeSet<String> = [audit.ego.name.clone(), audit.ego.id.clone()].into();
    for person in &audit.people {
        secrets.extend([person.id.clone(), person.name.clone()]);
        secrets.extend(person.profile_url.clone());
        secrets.extend(person.company.clone());
        secrets.extend(person.emails.iter().cloned());
    }
    secrets.retain(|secret| secret.chars().count() > 5);
    assert!(secrets.len() > 400, "{}", secrets.len());
    let spelled: BTreeSet<String> = secrets.iter().flat_map(|secret| spellings(secret)).collect();
    let spelled: Vec<&[u8]> = spelled.iter().map(String::as_bytes).collect();
    let finder = searched(&spelled);
    let full = views(&sandbox.read("full/report.html"));
    assert!(full.iter().any(|text| finder(text).is_some()), "the search finds what is there");
    for level in ["initials", "pseudonym", "aggregate"] {
        let mut texts = vec![("the terminal".to_owned(), run(level, &["--redact", level]))];
        for path in files_below(&sandbox.path(level)) {
            texts.push((path.display().to_string(), text_of(&path)));
        }
        assert!(texts.len() > 8, "{level}: {}", texts.len());
        for (place, text) in &texts {
            let found = views(text).iter().find_map(|view| finder(view));
            assert_eq!(found, None, "{place} at level {level}");
        }
    }
}

/// A search for any of some texts, by their first four bytes.
fn searched<'s>(wanted: &'s [&'s [u8]]) -> impl Fn(&str) -> Option<String> + 's {
    let mut by_start: std::collections::BTreeMap<&[u8], Vec<&[u8]>> =
        std::collections::BTreeMap::default();
    for text in wanted {
        by_start.entry(&text[..4]).or_default().push(text);
    }
    move |text: &str| {
        let bytes = text.as_bytes();
        (0..bytes.len().saturating_sub(3)).find_map(|at| {
            let here = by_start.get(&bytes[at..at + 4])?;
            let found = here.iter().find(|text| bytes[at..].starts_with(text))?;
            Some(String::from_utf8_lossy(found).into_owned())
        })
    }
}

#[test]
#[cfg(unix)]
fn only_the_owner_may_read_what_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    sandbox.file(
        "log.csv",
        "timestamp,from,to,channel\n2026-01-05T10:00:00Z,a@example.org,b@example.org,email\n",
    );
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    // What an earlier version wrote for all to read is closed when it is replaced.
    for _ in 0..2 {
        let run =
            sandbox.weaktie(&["audit", "log.csv", "--me", "a@example.org", "--out", "out/now"]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let written = files_below(&sandbox.path("out/now"));
        assert!(written.len() > 5);
        for path in &written {
            assert_eq!(mode(path), 0o600, "{}", path.display());
        }
        let folders: BTreeSet<&Path> = written.iter().filter_map(|path| path.parent()).collect();
        for folder in folders {
            assert_eq!(mode(folder), 0o700, "{}", folder.display());
        }
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(sandbox.path("out/now"), open).expect("allowed");
    }
    let run = sandbox.weaktie(&["ties", "log.csv", "--out", "ties.csv"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(mode(&sandbox.path("ties.csv")), 0o600);
}
