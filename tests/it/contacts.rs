//! One contact at a time: `weaktie show` and `weaktie touch`.

use crate::support::{Sandbox, sample_world, write_world};

/// The sample's report in a sandbox, with the slug of a neglected tie.
fn audited() -> (Sandbox, String) {
    let world = sample_world();
    let sandbox = Sandbox::new();
    write_world(&sandbox, &world);
    let run = sandbox.weaktie(&["audit", "export", "log.csv", "--out", "reports/2026-01-01"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    (sandbox, world.truth.neglected[0].clone())
}

fn shown(sandbox: &Sandbox, who: &str) -> serde_json::Value {
    let run = sandbox.weaktie(&["show", "reports/2026-01-01", who, "--json"]);
    assert_eq!(run.code(), 0, "{who}: {}", run.stderr());
    serde_json::from_str(&run.stdout()).expect("JSON")
}

#[test]
fn a_contact_is_shown_under_every_form_of_the_name() {
    let (sandbox, slug) = audited();
    let by_id = shown(&sandbox, &slug);
    let person = &by_id["person"];
    assert_eq!(person["id"], slug);
    assert_eq!(by_id["state"]["state"], "neglected");
    assert_eq!(by_id["state"]["after_contact"], "on-rhythm");
    assert_eq!(by_id["state"]["without_contact"][0]["state"], "lapsed");
    let rhythm = &by_id["tie"]["rhythm"];
    let months = rhythm["exchange"]["months"].as_array().expect("months");
    let days: u64 = months.iter().filter_map(|month| month[1].as_u64()).sum();
    assert_eq!(rhythm["contact_days"].as_u64(), Some(days));
    assert!(rhythm["p_contact"].as_f64() <= rhythm["p_contact_after_touch"].as_f64());
    for key in ["name", "profile_url"] {
        let other = person[key].as_str().expect("a text");
        assert_eq!(shown(&sandbox, other), by_id, "{other}");
        assert_eq!(shown(&sandbox, &other.to_uppercase()), by_id, "{other}");
    }
    let text = sandbox.weaktie(&["show", "reports/2026-01-01", &slug]).stdout();
    for part in [
        "State: overdue (`neglected` in the data)",
        "Usually every",
        "Without contact: lapsed from",
        "Chance of contact",
        "Contact days",
        "You answer",
        "Strength: ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn who_is_not_clear_gets_names_to_choose_from() {
    let (sandbox, slug) = audited();
    let name = shown(&sandbox, &slug)["person"]["name"].as_str().expect("a name").to_owned();
    let first = name.split(' ').next().expect("a word").to_owned();
    let run = sandbox.weaktie(&[
        "show",
        "reports/2026-01-01",
        &format!("{first}x {}", &name[first.len() + 1..]),
    ]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains(&name), "{}", run.stderr());
    let homonyms = &sample_world().truth.homonyms[0];
    let namesake =
        shown(&sandbox, &homonyms[0])["person"]["name"].as_str().expect("a name").to_owned();
    let run = sandbox.weaktie(&["show", "reports/2026-01-01", &namesake]);
    assert_eq!(run.code(), 2);
    assert!(homonyms.iter().all(|id| run.stderr().contains(id.as_str())), "{}", run.stderr());
    assert_eq!(sandbox.weaktie(&["show", "nowhere", "Ana"]).code(), 4);
}

#[test]
fn a_redacted_folder_shows_labels_alone() {
    let world = sample_world();
    let sandbox = Sandbox::new();
    write_world(&sandbox, &world);
    sandbox.weaktie(&["audit", "export", "log.csv", "--redact", "pseudonym", "--out", "copy"]);
    let run = sandbox.weaktie(&["show", "copy", "contact-3"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stdout().starts_with("Contact 3\n"), "{}", run.stdout());
    assert!(!run.stdout().contains(&world.truth.owner.name));
    let refused = sandbox.weaktie(&["show", "copy", "https://www.linkedin.com/in/somebody"]);
    assert_eq!((refused.code(), refused.stdout().as_str()), (2, ""));
    assert!(refused.stderr().contains("shows no links or addresses"));
    sandbox.weaktie(&["audit", "export", "log.csv", "--redact", "aggregate", "--out", "counts"]);
    let refused = sandbox.weaktie(&["show", "counts", "contact-3"]);
    assert!(refused.stderr().contains("leaves people out"), "{}", refused.stderr());
}

#[test]
fn a_touch_changes_the_tie_at_the_next_audit() {
    let (sandbox, slug) = audited();
    // Weights of one's own: nothing is fitted, so that the two audits differ by the touch alone.
    let settings = "[network]\nhalf_life = 90\n[channels]\nemail.weight = 1\nmessage.weight = 1\n\
                    meeting.weight = 4\ncall.weight = 3\n";
    sandbox.file("weaktie.toml", settings);
    let first =
        ["audit", "export", "log.csv", "--config", "weaktie.toml", "--out", "reports/2026-01-01"];
    assert_eq!(sandbox.weaktie(&first).code(), 0);
    let before = shown(&sandbox, &slug);
    let (as_of, name) =
        (before["as_of"].as_str().expect("a day"), before["person"]["name"].as_str());
    let touch =
        ["touch", name.expect("a name"), "--on", as_of, "--channel", "coffee", "--minutes", "60"];
    let run = sandbox.weaktie(&touch);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stdout().starts_with("touches.csv: meeting with "), "{}", run.stdout());
    let written = sandbox.read("touches.csv");
    assert_eq!(written.lines().count(), 2);
    assert!(
        sandbox.weaktie(&touch).stdout().contains("already")
            && sandbox.read("touches.csv") == written
    );

    let again = [&first[..3], &["touches.csv"], &first[3..]].concat();
    let run = sandbox.weaktie(&again);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let after = shown(&sandbox, &slug);
    assert_eq!(after["as_of"], before["as_of"]);
    let days =
        |shown: &serde_json::Value| shown["tie"]["rhythm"]["contact_days"].as_u64().expect("days");
    assert_eq!(days(&after), days(&before) + 1);
    assert_eq!(after["state"]["state"], "on-rhythm");
    let strength = |shown: &serde_json::Value| shown["tie"]["strength"].as_f64().expect("a number");
    assert!(strength(&after) > strength(&before));
    let meeting = |shown: &serde_json::Value| {
        shown["tie"]["rhythm"]["exchange"]["strength"]["contacts"]["meeting"]
            .as_f64()
            .unwrap_or(0.0)
    };
    // An hour in person, today: 4 · √2.
    assert!((meeting(&after) - meeting(&before) - 4.0 * 2.0_f64.sqrt()).abs() < 1e-6);

    // The same file is a log for the table of ties, too.
    let run = sandbox.weaktie(&["ties", "touches.csv", "--out", "ties.csv"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(sandbox.read("ties.csv").lines().count(), 2);
}

#[test]
fn touches_without_an_audit_need_keys() {
    let sandbox = Sandbox::new();
    let refuse = |arguments: &[&str], code: i32, says: &str| {
        let run = sandbox.weaktie(arguments);
        assert_eq!(run.code(), code, "{arguments:?}: {}", run.stderr());
        let first = run.stderr().lines().next().unwrap_or_default().to_owned();
        assert!(first.starts_with("error: ") && first.contains(says), "{arguments:?}: {first}");
        assert!(run.stderr().contains("hint: ") && sandbox.entries().is_empty(), "{arguments:?}");
    };
    let ana = "ana@example.org";
    let me = ["--me", "me@example.org"];
    refuse(&["touch", ana, "--on", "31 Feb"], 2, "--on 31 Feb: no date of the calendar");
    refuse(&["touch", ana, "--on", "2026-02-31"], 2, "no date of the calendar");
    refuse(&["touch", ana, "--on", "2999-01-01"], 2, "yet to come");
    refuse(&["touch", ana, "--on", "1970-01-01"], 2, "before 1980");
    refuse(
        &["touch", ana, "--on", "2024-01-01", "--channel", "pigeon"],
        2,
        "pigeon: no such channel",
    );
    refuse(&["touch", ana, "--on", "2024-01-01", "--channel", "endorsement"], 2, "no contact");
    refuse(
        &["touch", ana, "--on", "2024-01-01", "--channel", "email", "--minutes", "5"],
        2,
        "--minutes",
    );
    refuse(&["touch", ana, "--on", "2024-01-01"], 2, "not known who you are");
    refuse(
        &["touch", "Ana Lopes", "--on", "2024-01-01", me[0], me[1]],
        2,
        "neither a profile link",
    );
    refuse(&["touch", ana, "--on", "2024-01-01", "--me", "Mara"], 2, "--me Mara");

    let run =
        sandbox.weaktie(&["touch", ana, "--on", "2024-01-01", me[0], me[1], "--file", "met.csv"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    // Who wrote the last row writes the next.
    let run = sandbox.weaktie(&[
        "touch",
        "bo@example.org",
        "--on",
        "2024-01-02",
        "--channel",
        "call",
        "--file",
        "met.csv",
    ]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(
        sandbox.read("met.csv"),
        "timestamp,from,to,to_name,channel,minutes\n\
         2024-01-01,me@example.org,ana@example.org,,meeting,\n\
         2024-01-02,me@example.org,bo@example.org,,call,\n"
    );
    let run = sandbox.weaktie(&["inspect", "met.csv", "--me", "me@example.org", "--json"]);
    assert!(run.stdout().contains("\"rows_used\": 2"), "{}", run.stdout());
    sandbox.file("birthdays.csv", "name,birthday\nAna,2 May\n");
    let run = sandbox.weaktie(&[
        "touch",
        ana,
        "--on",
        "2024-01-01",
        me[0],
        me[1],
        "--file",
        "birthdays.csv",
    ]);
    assert_eq!(run.code(), 3);
    assert_eq!(sandbox.read("birthdays.csv"), "name,birthday\nAna,2 May\n");
}
