//! `weaktie classify` through the program, and the rules against open occupation lists where these are at hand.

use std::collections::BTreeMap;

use weaktie::people::attributes::classify_title;
use weaktie::text;

use crate::support::{Sandbox, root, shared};

#[test]
fn the_labelled_rows_come_back_in_order_with_nine_columns() {
    let sandbox = Sandbox::new();
    let titles = root().join("data/taxonomy/dev/titles.csv");
    let titles = titles.to_str().expect("a plain path");
    let run = sandbox.weaktie(&["classify", titles]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let read = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.expect("a row"));
        rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
    };
    let input = read(&std::fs::read_to_string(titles).expect("the rows"));
    let stdout = run.stdout();
    let output = read(&stdout);
    assert_eq!(input.len(), output.len());
    let header = [
        "title",
        "input_function",
        "input_seniority",
        "lang",
        "company",
        "function",
        "function_confidence",
        "function_rule",
        "seniority",
        "seniority_confidence",
        "seniority_rule",
        "industry",
        "industry_confidence",
        "industry_rule",
    ];
    assert_eq!(output[0], header);
    // A title that a spreadsheet would take for a formula is led by an apostrophe.
    let same = |pair: &(&Vec<String>, &Vec<String>)| {
        pair.0.iter().map(|cell| text::guarded(cell)).eq(pair.1[..5].iter().map(String::as_str))
    };
    assert!(input.iter().zip(&output).skip(1).all(|pair| same(&pair)));
    let right = output.iter().skip(1).filter(|row| row[1] == row[5] && row[2] == row[8]).count();
    assert!(right * 100 >= (output.len() - 1) * 98, "{right} of {}", output.len() - 1);
    assert!(run.stderr().contains("rows read"), "{}", run.stderr());
    assert_eq!(sandbox.weaktie(&["classify", titles, "--threads", "1"]).stdout(), stdout);
}

#[test]
fn your_own_classes_win_and_errors_name_their_place() {
    let sandbox = Sandbox::new();
    sandbox
        .file("people.csv", "id;Position;Company\nana-k42;Wizard;Arcadia\nbo;Nurse;Arcadia GmbH\n");
    sandbox.file(
        "mine.toml",
        "[[class]]\ncompany = \"Arcadia\"\nindustry = \"software\"\n\n\
         [[class]]\nperson = \"ana-k42\"\nfunction = \"product\"\nseniority = \"vp\"\n",
    );
    let run = sandbox.weaktie(&["classify", "people.csv", "--overrides", "mine.toml"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let stdout = run.stdout();
    let rows: Vec<&str> = stdout.lines().skip(1).collect();
    assert_eq!(
        rows[0],
        "ana-k42,Wizard,Arcadia,product,1.00,yours,vp,1.00,yours,software,1.00,yours"
    );
    assert!(rows[1].starts_with("bo,Nurse,Arcadia GmbH,health,0.95,head-noun: nurse,mid,"));
    assert!(rows[1].ends_with(",software,1.00,yours"), "{}", rows[1]);
    assert!(run.stderr().contains("2 rows by your own entries"), "{}", run.stderr());
    sandbox.file("bad.csv", "company,industry\nArcadia,magic\n");
    for (arguments, code, says) in [
        (
            vec!["classify", "people.csv", "--overrides", "bad.csv"],
            2,
            "bad.csv, line 2: there is no industry",
        ),
        (vec!["classify", "people.csv", "--overrides", "none.toml"], 4, "none.toml"),
        (vec!["classify", "nowhere.csv"], 4, "nowhere.csv"),
        (vec!["classify", "mine.toml"], 3, "no column of titles"),
    ] {
        let run = sandbox.weaktie(&arguments);
        assert_eq!(run.code(), code, "{arguments:?}: {}", run.stderr());
        assert!(run.stderr().contains(says), "{arguments:?}: {}", run.stderr());
        assert!(run.stdout().is_empty(), "{arguments:?}");
    }
}

#[test]
fn classes_of_the_settings_reach_the_audit() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "Connections.csv",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Uma,Lind,https://www.linkedin.com/in/uma-k1,,Arcadia,Wizard,03 Mar 2026\n\
         Bo,Aas,https://www.linkedin.com/in/bo-k2,,Arcadia,Nurse,04 Mar 2026\n",
    );
    sandbox.file(
        "set/classes.csv",
        "title,company,function,industry\nWizard,,software,\n,Arcadia,,energy\n",
    );
    sandbox.file("set/weaktie.toml", "[classes]\nfile = \"classes.csv\"\n");
    let run = sandbox.weaktie(&[
        "audit",
        "Connections.csv",
        "--config",
        "set/weaktie.toml",
        "--out",
        "report",
    ]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let audit: serde_json::Value =
        serde_json::from_str(&sandbox.read("report/audit.json")).expect("JSON");
    let classes: BTreeMap<String, [String; 2]> = audit["people"]
        .as_array()
        .expect("people")
        .iter()
        .map(|person| {
            let class = |name: &str| person[name].as_str().unwrap_or("unknown").to_owned();
            (class("id"), [class("function"), class("industry")])
        })
        .collect();
    assert_eq!(classes["uma-k1"], ["software", "energy"]);
    assert_eq!(classes["bo-k2"], ["health", "energy"]);
}

/// ESCO labels with the function of their occupation group, by our own coarse mapping: agreement by language is a guard
/// against rules that were fitted to a few rows, not an accuracy.
#[test]
fn rules_agree_with_open_occupation_lists() {
    let Some(folder) = shared("taxonomy") else { return };
    let table = |name: &str| {
        let reader = csv::Reader::from_path(folder.join(name));
        reader.expect(name).into_records().map(|row| row.expect("a row")).collect::<Vec<_>>()
    };
    let functions: BTreeMap<String, String> = table("isco08_to_function.csv")
        .iter()
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    let function = |code: &str| (1..=code.len()).rev().find_map(|n| functions.get(&code[..n]));
    let mut counts: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    for row in table("esco_labels_multilingual.csv").iter().step_by(7) {
        if row[1].len() < 4 {
            continue;
        }
        let Some(wanted) = function(&row[1][..4]) else { continue };
        let count = counts.entry(row[0].to_owned()).or_default();
        count[0] += 1;
        if let Some(found) = classify_title(&row[2], "").function {
            count[1] += 1;
            count[2] += u32::from(found.code == wanted);
        }
    }
    let mut all = [0; 3];
    for (language, [rows, answered, agree]) in &counts {
        let (answered_share, agree_share) =
            (f64::from(*answered) / f64::from(*rows), f64::from(*agree) / f64::from(*answered));
        println!("{language}: answered {answered_share:.3}, agree {agree_share:.3}");
        assert!(answered_share > 0.58 && agree_share > 0.58, "{language}");
        for (total, count) in all.iter_mut().zip([rows, answered, agree]) {
            *total += count;
        }
    }
    assert!(f64::from(all[1]) > 0.74 * f64::from(all[0]));
    assert!(f64::from(all[2]) > 0.62 * f64::from(all[1]));
}
