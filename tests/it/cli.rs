//! The command line as a new user meets it, wrong input included.

use crate::support::{Sandbox, sample_world, write_world};
use weaktie::synth;

const LOG: &str = "timestamp,from,to,channel\n\
    2026-01-05T10:00:00Z,me@example.org,ana@example.org,email\n\
    2026-01-06T10:00:00Z,ana@example.org,me@example.org,email\n\
    2026-01-07T10:00:00Z,bo@example.org,ana@example.org,email\n";

/// One clear sentence on stderr, the exit code, and nothing left behind.
fn refused(sandbox: &Sandbox, arguments: &[&str], code: i32, says: &str) {
    let before = sandbox.entries();
    let run = sandbox.weaktie(arguments);
    assert_eq!(run.code(), code, "{arguments:?}: {}", run.stderr());
    let stderr = run.stderr();
    let first = stderr.lines().next().unwrap_or_default();
    assert!(first.starts_with("error: ") && first.contains(says), "{arguments:?}: {stderr}");
    assert!(stderr.lines().skip(1).all(|line| line.starts_with("hint: ")), "{stderr}");
    assert!(run.stdout().is_empty());
    assert_eq!(sandbox.entries(), before, "{arguments:?} left something behind");
}

#[test]
fn wrong_sources_get_one_clear_sentence() {
    let sandbox = Sandbox::new();
    sandbox.file("empty.csv", "");
    sandbox.file("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    sandbox.file("photos/cat.txt", "a cat");
    sandbox.file("log.csv", LOG);
    sandbox.file("header.csv", "timestamp,from,to,channel\n");
    sandbox.file("broken.zip", b"PK\x03\x04 and then nothing");
    refused(&sandbox, &["audit", "nowhere.csv"], 4, "nowhere.csv");
    refused(&sandbox, &["audit", "empty.csv"], 3, "empty.csv");
    refused(&sandbox, &["audit", "picture.csv"], 3, "PNG");
    refused(&sandbox, &["audit", "photos"], 3, "photos");
    refused(&sandbox, &["audit", "header.csv"], 3, "header.csv");
    refused(&sandbox, &["audit", "broken.zip"], 3, "broken.zip");
    refused(&sandbox, &["audit", "log.csv", "--me", "nobody@example.org"], 3, "--me");
    refused(&sandbox, &["audit", "log.csv"], 3, "whose network");
    refused(&sandbox, &["inspect", "nowhere.csv"], 4, "nowhere.csv");
}

#[test]
fn wrong_options_are_usage_errors() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    sandbox.file("weaktie.toml", "[budget]\nminuts = 5\n");
    for arguments in [
        vec!["audit"],
        vec!["audit", "log.csv", "--as-of", "31 Feb"],
        vec!["audit", "log.csv", "--threads", "0"],
        vec!["audit", "log.csv", "--redact", "somewhat"],
        vec!["conquer"],
    ] {
        assert_eq!(sandbox.weaktie(&arguments).code(), 2, "{arguments:?}");
    }
    let config = ["audit", "log.csv", "--config", "weaktie.toml"];
    refused(&sandbox, &config, 2, "weaktie.toml, line 2");
    assert!(sandbox.weaktie(&config).stderr().contains("did you mean `minutes`?"));
    sandbox.file("latin.toml", b"[me]\nnames = [\"Ma\xeblle\"]\n");
    refused(&sandbox, &["audit", "log.csv", "--config", "latin.toml"], 2, "latin.toml, line 2");
    sandbox.file("broken/audit.json", "{");
    let broken = ["audit", "log.csv", "--previous", "broken"];
    refused(&sandbox, &broken, 2, "audit.json: not a saved audit");
    assert!(sandbox.weaktie(&broken).stderr().contains("hint: name the report folder"));
}

#[test]
fn paths_that_cannot_be_read_or_written_say_what_to_do() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    sandbox.file("afile", "a file");
    sandbox.file("folder.toml/x", "a folder");
    let me = ["audit", "log.csv", "--me", "me@example.org"];
    for (more, says, hint) in [
        (["--out", "afile/x"], "afile/x", "hint: part of the path is a file"),
        (["--out", "afile"], "a file stands", "hint: choose another folder with --out"),
        (["--config", "folder.toml"], "folder.toml", "hint: it is a folder"),
        (["--previous", "afile"], "afile/audit.json", "hint: part of the path is a file"),
    ] {
        let arguments = [&me[..], &more].concat();
        refused(&sandbox, &arguments, 4, says);
        let stderr = sandbox.weaktie(&arguments).stderr();
        assert!(stderr.contains(hint), "{stderr}");
    }
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    sandbox.file("photos/cat.txt", "a cat");
    let arguments = ["audit", "log.csv", "--me", "me@example.org", "--out", "photos"];
    refused(&sandbox, &arguments, 4, "left as it is");
    assert!(sandbox.path("photos/cat.txt").exists());
}

#[test]
fn an_audit_writes_the_whole_folder_and_says_where() {
    let sandbox = Sandbox::new();
    write_world(&sandbox, &sample_world());
    let run = sandbox.weaktie(&["audit", "export", "log.csv"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stderr().is_empty(), "{}", run.stderr());
    let out = "reports/2026-09-30";
    for name in [
        "report.html",
        "audit.json",
        "people.csv",
        "actions.csv",
        "people.parquet",
        "ties.parquet",
        "charts",
    ] {
        assert!(sandbox.path(&format!("{out}/{name}")).exists(), "{name}");
    }
    let stdout = run.stdout();
    assert!(stdout.contains("report.html"));
    assert!(stdout.contains("  1. ") && stdout.contains("  3. "), "{stdout}");
    // A second run replaces the first, and draws each chart as a picture too when asked to.
    let charts = || {
        let charts = std::fs::read_dir(sandbox.path(&format!("{out}/charts"))).expect("charts");
        let mut charts: Vec<_> = charts.map(|chart| chart.expect("a chart").path()).collect();
        charts.sort();
        charts
    };
    let drawings = charts();
    assert_eq!(sandbox.weaktie(&["audit", "export", "log.csv", "--png"]).code(), 0);
    let both: Vec<_> =
        drawings.iter().flat_map(|svg| [svg.with_extension("png"), svg.clone()]).collect();
    assert_eq!(charts(), both);
    assert!(std::fs::read(&both[0]).expect("a picture").starts_with(b"\x89PNG"));
    assert_eq!(sandbox.entries(), ["export", "log.csv", "reports"]);
}

#[test]
fn inspect_says_what_is_there() {
    let sandbox = Sandbox::new();
    write_world(&sandbox, &sample_world());
    let run = sandbox.weaktie(&["inspect", "export", "log.csv", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    assert_eq!(run.code(), 0);
    assert!(found["people"].as_u64().expect("a count") > 100);
    assert!(found["answerable"].as_array().expect("a list").len() >= 5);
    for input in found["inputs"].as_array().expect("a list") {
        let rows = |key: &str| input[key].as_u64().expect("a count");
        assert_eq!(rows("rows_read"), rows("rows_used") + rows("rows_skipped"));
    }
    let text = sandbox.weaktie(&["inspect", "export", "log.csv"]).stdout();
    assert!(text.contains("no message text, no subjects"), "{text}");
    let remark =
        found["inputs"].as_array().expect("a list").iter().find_map(|input| {
            input["remarks"].as_object().expect("a table").keys().next().cloned()
        });
    let kept = format!("kept: {}", remark.expect("a row kept with a remark"));
    assert!(text.contains(&kept), "{kept} in {text}");

    let report = crate::support::audit(vec![sandbox.path("export"), sandbox.path("log.csv")]);
    let number = |key: &str| usize::try_from(found[key].as_u64().expect("a count")).expect("it");
    assert_eq!((number("contacts"), number("ties")), (report.people.len(), report.ties.len()));
    assert!(number("people") > number("contacts"));

    sandbox.file("team.csv", LOG);
    let unknown = sandbox.weaktie(&["inspect", "team.csv"]);
    assert_eq!(unknown.code(), 0, "inspect needs no owner");
    let early = sandbox.weaktie(&["inspect", "team.csv", "--as-of", "2026-01-06"]).stdout();
    assert!(early.contains("3 rows read, 2 used, 1 skipped"), "cropped like an audit: {early}");
    assert!(unknown.stdout().contains("--me"));
}

#[test]
fn the_demo_is_repeatable_and_replaces_only_its_own() {
    let sandbox = Sandbox::new();
    let arguments = ["demo", "d", "--contacts", "60", "--years", "1"];
    assert_eq!(sandbox.weaktie(&arguments).code(), 0);
    let read = |name: &str| std::fs::read(sandbox.path(name)).expect("a file");
    let first = read("d/report/audit.json");
    assert_eq!(sandbox.weaktie(&arguments).code(), 0);
    assert!(first == read("d/report/audit.json"));
    sandbox.file("mine/data/notes.txt", "mine");
    refused(&sandbox, &["demo", "mine", "--contacts", "60"], 4, "left as it is");
}

#[test]
fn an_earlier_audit_keeps_its_scale_and_a_redacted_one_is_refused() {
    let sandbox = Sandbox::new();
    let world = synth::generate(&synth::Plan { contacts: 80, years: 2, ..synth::Plan::default() });
    write_world(&sandbox, &world);
    let june = ["audit", "export", "log.csv", "--as-of", "2026-06-30", "--out", "june"];
    assert_eq!(sandbox.weaktie(&june).code(), 0);
    let with = ["audit", "export", "log.csv", "--previous", "june", "--out", "with"];
    assert_eq!(sandbox.weaktie(&with).code(), 0);
    let scale = |folder: &str| {
        let text = std::fs::read(sandbox.path(&format!("{folder}/audit.json"))).expect("a file");
        let audit: weaktie::audit::Audit = serde_json::from_slice(&text).expect("an audit");
        audit.settings.strength_midpoint.expect("a scale")
    };
    assert!((scale("june") - scale("with")).abs() < 1e-12);
    let told = sandbox.weaktie(&with).stdout();
    assert!(
        told.contains("Note: tie strength is on the scale of the audit of 30 Jun 2026"),
        "{told}"
    );
    // A later audit, or one of the same day, is no earlier one.
    for as_of in ["2026-03-31", "2026-06-30"] {
        let back =
            ["audit", "export", "log.csv", "--previous", "june", "--as-of", as_of, "--out", "x"];
        refused(&sandbox, &back, 2, "--previous june: that audit is of 30 Jun 2026, this one of");
    }
    let hidden = [&june[..6], &["hidden", "--redact", "initials"]].concat();
    assert_eq!(sandbox.weaktie(&hidden).code(), 0);
    let refused_arguments = ["audit", "export", "log.csv", "--previous", "hidden", "--out", "x"];
    refused(&sandbox, &refused_arguments, 2, "redacted");
}

#[test]
fn a_redacted_copy_stands_beside_the_full_one_and_the_terminal_names_nobody() {
    let sandbox = Sandbox::new();
    let world = synth::generate(&synth::Plan { contacts: 80, years: 2, ..synth::Plan::default() });
    write_world(&sandbox, &world);
    assert_eq!(sandbox.weaktie(&["audit", "export", "log.csv"]).code(), 0);
    let run = sandbox.weaktie(&["audit", "export", "log.csv", "--redact", "initials"]);
    assert_eq!(run.code(), 0);
    assert!(!run.stdout().contains(&world.truth.owner.name), "{}", run.stdout());
    let reports = std::fs::read_dir(sandbox.path("reports")).expect("reports");
    assert_eq!(reports.count(), 2);
}

#[test]
fn a_log_in_which_nobody_is_the_owner_is_said_so() {
    let sandbox = Sandbox::new();
    write_world(&sandbox, &sample_world());
    sandbox.file("other.csv", LOG);
    let run = sandbox.weaktie(&["audit", "export", "log.csv", "other.csv"]);
    assert_eq!(run.code(), 0);
    let next = "Next: say which address is yours, with --me or as [me] emails in weaktie.toml";
    assert!(run.stdout().contains(next), "{}", run.stdout());
    let inspected = sandbox.weaktie(&["inspect", "export", "log.csv", "other.csv"]).stdout();
    let busiest = "nobody in it is known to be you (busiest: ana@example.org, me@example.org";
    assert!(inspected.contains("other.csv") && inspected.contains(busiest), "{inspected}");
}

#[test]
fn the_terminal_shows_the_remarks() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    sandbox.file("weaktie.toml", "[boundaries]\nnever_contact = [\"Nobody Here\"]\n");
    let arguments = ["audit", "log.csv", "--me", "me@example.org", "--config", "weaktie.toml"];
    let run = sandbox.weaktie(&arguments);
    let note = "Note: 1 never_contact entry matched nobody in the data.";
    assert!(run.stdout().contains(note), "{}", run.stdout());
}

#[test]
fn another_profile_link_given_as_me_wins_over_the_files() {
    let sandbox = Sandbox::new();
    let world = sample_world();
    write_world(&sandbox, &world);
    let other = world.truth.on_rhythm.first().expect("somebody");
    let me = format!("https://www.linkedin.com/in/{other}");
    let run = sandbox.weaktie(&["audit", "export", "log.csv", "--me", &me]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(!run.stdout().starts_with(&world.truth.owner.name), "{}", run.stdout());
}

/// The log that README shows is used whole, the meeting of its last day included.
#[test]
fn the_log_of_the_readme_is_used_whole() {
    let readme = String::from_utf8(crate::support::read("README.md")).expect("UTF-8");
    let (_, rest) = readme.split_once("```csv\n").expect("an example log");
    let (log, _) = rest.split_once("```").expect("its end");
    let sandbox = Sandbox::new();
    let lines: Vec<&str> = log.lines().map(str::trim).collect();
    sandbox.file("mail.csv", lines.join("\n"));
    let run = sandbox.weaktie(&["audit", "mail.csv", "--me", "you@example.org"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stdout().contains("as of 3 Mar 2026 (2 of 2 rows used)"), "{}", run.stdout());
}

#[test]
fn extremes_do_not_break_it() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    sandbox
        .file("quiet.toml", "[[boundaries.quiet]]\nfrom = \"2020-01-01\"\nto = \"2090-01-01\"\n");
    let me = ["audit", "log.csv", "--me", "me@example.org", "--out", "x"];
    for more in [
        vec!["--as-of", "9999-12-31"],
        vec!["--config", "quiet.toml"],
        vec!["--seed", "18446744073709551615", "--threads", "64", "--brief"],
    ] {
        let run = sandbox.weaktie(&[&me[..], &more[..]].concat());
        assert_eq!(run.code(), 0, "{more:?}: {}", run.stderr());
    }
    let early = [&me[..], &["--as-of", "1999-01-01"]].concat();
    assert_eq!(sandbox.weaktie(&early).code(), 3);
}

#[test]
fn help_names_every_option() {
    let sandbox = Sandbox::new();
    let help = |arguments: &[&str]| sandbox.weaktie(arguments).stdout();
    let all = [
        help(&["--help"]),
        help(&["audit", "--help"]),
        help(&["inspect", "--help"]),
        help(&["demo", "--help"]),
        help(&["measure", "--help"]),
        help(&["explain", "--help"]),
    ];
    insta::assert_snapshot!("help", all.join("\n---\n"));
}
