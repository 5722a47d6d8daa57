//! The contract with those who use the program: every promise on commands, files and settings, and the test that keeps it.
//!
//! [`PROMISES`] is the index. The tests below keep the promises that no other file keeps.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use weaktie::audit::Audit;
use weaktie::units::Evidence;
use weaktie::{glossary, report};

use crate::support::{Sandbox, files_below, read, root, text};

/// A promise and the test that keeps it, a line each: `file::test` in `tests/it`, or a path below `src`.
const PROMISES: &str = "
sources are told by content, not by name | exports::names_of_files_do_not_matter_where_headers_tell
a ZIP, its folder and a folder of logs are read alike | audit::zip_folder_and_rezipped_folder_give_the_same_bytes
audit writes the report folder | cli::an_audit_writes_the_whole_folder_and_says_where
audit prints five numbers and three actions | contract::an_audit_prints_five_numbers_and_three_actions
audit --me names the owner | cli::another_profile_link_given_as_me_wins_over_the_files
audit --as-of leaves out later rows | audit::later_rows_are_left_out_and_counted
audit --previous keeps the scale; a redacted copy is refused | cli::an_earlier_audit_keeps_its_scale_and_a_redacted_one_is_refused
audit --config: every key has an effect | settings::every_documented_key_changes_what_an_audit_finds
audit --redact names nobody | trust::a_redacted_folder_names_nobody_in_any_spelling
audit --brief is the first two pages | browser::every_report_holds_in_a_browser
audit --png draws pictures | cli::an_audit_writes_the_whole_folder_and_says_where
audit --thorough, --seed and --min-evidence reach the audit | contract::flags_of_an_audit_reach_what_is_saved
audit --threads changes no byte | hardship::one_thread_and_sixty_four_write_the_same_bytes
audit --fail-on ends with 1 | travel::a_crossed_limit_is_exit_code_1_after_the_report_is_written
init writes settings from the data | plan::settings_are_written_from_the_data_and_read_back
init --me fills in the owner | contract::init_takes_the_owner_from_the_command_line
report redraws to the same bytes | travel::a_saved_audit_redraws_to_the_same_bytes
report --redact is what the audit would have written | travel::a_copy_hides_names_and_is_what_the_audit_itself_would_have_written
touch is read by the next audit | contacts::a_touch_changes_the_tie_at_the_next_audit
touch knows people by the newest audit, whatever its folder is called | contract::a_touch_asks_the_newest_audit
demo writes a life and its audit, repeatable, by seed | contract::the_demo_has_a_place_of_its_own_and_a_life_a_seed
inspect accounts for rows and names what is kept | cli::inspect_says_what_is_there
inspect --json has its keys | contract::json_has_the_keys_that_others_read
plan takes another budget and another first day | plan::a_saved_audit_is_planned_again
plan --a-week holds | contract::a_plan_holds_its_actions_a_week
paths answers by person, company, industry, function, seniority | contract::paths_lead_to_every_kind_of_target
paths says no verified path and the nearest warm-up | contract::paths_lead_to_every_kind_of_target
paths rest on observed ties | introductions::paths_rest_on_observed_ties_and_name_nobody_suppressed
introduce gives reason and wording; --for one contact | introductions::commands_answer_from_the_folder
show tells timeline, rhythm, evidence, what would change | contacts::a_contact_is_shown_under_every_form_of_the_name
compare tells what moved and why | compare::compare_prints_and_writes_and_refuses
compare of several gives trends | contract::a_saved_folder_needs_nothing_else
export writes gexf, graphml, parquet, csv, json | travel::every_format_holds_every_tie_with_weight_evidence_and_days
measure reads any edge list and says the same in every format | measure::every_format_says_the_same
measure takes source,target / from,to / a,b or the first two columns | contract::an_edge_list_may_name_its_columns_in_several_ways
measure sums repeats, drops loops and zero weights, reports them | measure::rows_are_accounted_for_and_gzip_is_read
measure has the published values | measure::every_reference_value_agrees
measure --weighted has ids of its own | measure::weights_come_in_on_request_only
measure: null where undefined, but clustering | contract::an_undefined_measure_is_null_and_a_tie_counts_once
ties writes one row a pair, .csv or .parquet | ties::a_table_written_as_parquet_reads_back_as_a_log
ties has its columns | contract::the_table_of_ties_has_its_columns
ties is the same for any order and threads | ties::packing_order_and_threads_do_not_change_a_byte
backtest tells AUC, Brier, calibration, baselines | backtest::everyone_one_person_and_all_pairs
backtest --predictions can be checked | backtest::predictions_are_written_and_are_what_the_table_says
backtest --introductions | contract::introductions_are_tried_on_the_past_too
match has lanes, score and rule | identity::match_answers_for_each_pair
classify adds its columns and passes namesakes on as input_NAME | classify::the_labelled_rows_come_back_in_order_with_nine_columns
classify keeps the classes' spelling and order | classify::your_own_classes_win_and_errors_name_their_place
review writes questions; the answers replay | identity::questions_are_written_answered_and_taken_back
forget leaves no trace | canaries::who_is_forgotten_is_in_no_file_in_any_spelling
explain knows every measure | measure::explain_knows_every_measure_and_points_out_slips
completions and man | travel::packagers_get_completions_and_a_page_for_every_command
help names every option | cli::help_names_every_option
every option of every command is tried | contract::every_option_is_tried_by_a_test
exit code 2: usage | cli::wrong_options_are_usage_errors
exit code 3: input unusable | cli::wrong_sources_get_one_clear_sentence
exit code 4: reading or writing failed | cli::paths_that_cannot_be_read_or_written_say_what_to_do
exit code 70: a bug | src/cli/error.rs::a_bug_is_70_and_a_reader_that_went_away_is_0
data to stdout, talk to stderr | contract::data_goes_to_stdout_and_talk_to_stderr
no progress bar off a terminal | cli::an_audit_writes_the_whole_folder_and_says_where
report.html is one page that asks for nothing | privacy::the_page_asks_for_nothing_and_escapes_what_it_shows
report.html prints well | browser::every_report_holds_in_a_browser
audit.json is what its schema says | golden::the_schema_is_current_and_a_saved_audit_reads_back
audit.json has its keys | contract::json_has_the_keys_that_others_read
measure ids are one word everywhere | contract::measure_ids_are_one_word_everywhere
actions.csv and actions.ics: stable ids, spread over the weeks | plan::limits_hold_and_explanations_add_up_whatever_the_budget
actions.ics: a new import updates | plan::a_saved_audit_is_planned_again
people.parquet, ties.parquet open elsewhere | golden::sample_tables_open_in_polars
network.gexf has dates and evidence | src/export/gexf.rs::dates_stand_where_a_timeline_looks_for_them
charts/*.svg, each by itself | cli::an_audit_writes_the_whole_folder_and_says_where
a saved folder is the snapshot: its audit.json is enough | contract::a_saved_folder_needs_nothing_else
rows read are rows used and rows skipped | audit::every_row_is_accounted_for
every code of a skipped row is in an account | contract::every_code_stands_in_an_account
LinkedIn's codes are tested in their order | exports::every_fixture_has_the_ledger_it_should_have
an existing folder is replaced only if it is ours | cli::a_folder_of_somebody_else_is_left_alone
a folder is replaced by rename | faults::a_killed_run_leaves_the_old_report_or_the_new_one
files are the owner's alone | trust::only_the_owner_may_read_what_is_written
every setting is optional and every default is said | contract::no_settings_are_the_defaults
unknown keys are refused with the nearest | plan::settings_are_written_from_the_data_and_read_back
every documented key is one that has an effect | settings::every_documented_key_changes_what_an_audit_finds
goals change gaps, value and cards | goals::goals_change_gaps_value_and_cards
boundaries are hard limits in every output | limits::no_limit_is_broken_in_any_output
sources: columns, zone, what stays out | sources::a_table_that_is_not_known_comes_with_a_section_that_reads_it
identity: a file of decisions | identity::questions_are_written_answered_and_taken_back
README does all three jobs | contract::the_readme_does_all_three_jobs_on_the_sample
";

#[test]
fn every_promise_is_kept_by_a_test_that_is_there() {
    let mut told = BTreeSet::new();
    for line in PROMISES.lines().filter(|line| !line.is_empty()) {
        let (promise, test) = line.split_once(" | ").expect("promise | test");
        assert!(told.insert(promise), "twice: {promise}");
        let (place, name) = test.rsplit_once("::").expect("file::test");
        let file = if place.starts_with("src/") {
            place.to_owned()
        } else {
            format!("tests/it/{place}.rs")
        };
        let file = text(&file);
        let lines: Vec<&str> = file.lines().map(str::trim).collect();
        let at = lines.iter().position(|line| *line == format!("fn {name}() {{"));
        let mut above =
            lines[..at.unwrap_or(0)].iter().rev().take_while(|line| line.starts_with("#["));
        let is_there = above.any(|line| *line == "#[test]");
        assert!(is_there, "{promise}: no test {test}");
    }
    let commands = commands();
    for command in commands.iter().filter(|name| !["completions", "man"].contains(&name.as_str())) {
        let is_told = told.iter().any(|promise| promise.split(' ').next() == Some(command));
        assert!(is_told, "nothing is promised of {command}");
    }
}

/// The commands of the help text.
fn commands() -> Vec<String> {
    let help = Sandbox::new().weaktie(&["--help"]).stdout();
    let lines = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let own = lines.take_while(|line| !line.is_empty());
    let names = own.filter(|line| !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_option_is_tried_by_a_test() {
    let sandbox = Sandbox::new();
    let tests: Vec<String> = files_below(&root().join("tests/it"))
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| std::fs::read_to_string(path).expect("a test file"))
        .collect();
    let mut tried = 0;
    for command in commands() {
        let help = sandbox.weaktie(&[&command, "--help"]).stdout();
        let starts = help.lines().filter_map(|line| line.trim_start().split_once("--"));
        let of_line = starts.filter(|(before, _)| before.is_empty() || before.starts_with('-'));
        for (_, rest) in of_line {
            let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-');
            let option = format!("\"--{}\"", &rest[..end.unwrap_or(rest.len())]);
            if option == "\"--help\"" {
                continue;
            }
            let quoted = format!("\"{command}\"");
            let used = tests.iter().any(|test| test.contains(&quoted) && test.contains(&option));
            assert!(used, "no test calls {command} with {option}");
            tried += 1;
        }
    }
    assert!(tried > 80, "{tried} options");
}

const LOG: &str = "timestamp,from,to,channel,thread\n\
    2026-01-05T10:00:00Z,me@example.org,ana@example.org,email,t1\n\
    2026-01-06T10:00:00Z,ana@example.org,me@example.org,email,t1\n\
    2026-01-07T10:00:00Z,bo@example.org,ana@example.org,email,t2\n\
    2026-01-08T10:00:00Z,me@example.org,ana@example.org,meeting,t3\n\
    2026-01-08T10:00:00Z,me@example.org,bo@example.org,meeting,t3\n\
    2026-01-08T10:00:00Z,me@example.org,cy@example.org,meeting,t3\n";

/// The three of [`LOG`], at one employer.
const COLLEAGUES: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Ana,Lopes,https://www.linkedin.com/in/ana-k1,ana@example.org,Corvane,Engineer,03 Mar 2024\n\
    Bo,Ek,https://www.linkedin.com/in/bo-k2,bo@example.org,Corvane,Engineer,04 Mar 2024\n\
    Cy,Roe,https://www.linkedin.com/in/cy-k3,cy@example.org,Corvane,Engineer,05 Mar 2024\n";

fn json(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let run = sandbox.weaktie(arguments);
    assert_eq!(run.code(), 0, "{arguments:?}: {}", run.stderr());
    serde_json::from_str(&run.stdout()).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

fn saved(sandbox: &Sandbox, folder: &str) -> Audit {
    serde_json::from_str(&sandbox.read(&format!("{folder}/audit.json"))).expect("an audit")
}

fn sample() -> String {
    root().join("reports/sample").display().to_string()
}

#[test]
fn an_audit_prints_five_numbers_and_three_actions() {
    let sandbox = Sandbox::new();
    let data = root().join("data/sample").display().to_string();
    let stdout = sandbox.weaktie(&["audit", &data, "--out", "r"]).stdout();
    let audit = saved(&sandbox, "r");
    let five = report::five_numbers(&audit);
    assert_eq!(five.len(), 5);
    for line in &five {
        assert!(stdout.contains(line), "{line} in {stdout}");
    }
    for nth in 1..=3 {
        assert!(stdout.contains(&format!("\n  {nth}. ")), "{stdout}");
    }
    assert!(!stdout.contains("\n  4. ") && stdout.lines().count() <= 20, "{stdout}");
    assert!(stdout.ends_with("r/report.html\n"), "{stdout}");
}

#[test]
fn flags_of_an_audit_reach_what_is_saved() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    let base = ["audit", "log.csv", "--me", "me@example.org", "--out"];
    let run = |out: &str, more: &[&str]| {
        let run = sandbox.weaktie(&[&base[..], &[out], more].concat());
        assert_eq!(run.code(), 0, "{more:?}: {}", run.stderr());
        saved(&sandbox, out)
    };
    let among = |audit: &Audit| audit.ties.iter().filter(|tie| tie.a != audit.ego.id).count();
    let plain = run("plain", &[]);
    assert_eq!((plain.seed, among(&plain)), (1, 3), "{:?}", plain.ties);
    assert!(plain.findings.with_inferred.is_none());
    let strict = run("strict", &["--min-evidence", "interaction", "--seed", "7"]);
    assert_eq!(strict.settings.min_evidence, Evidence::Interaction);
    assert_eq!((strict.seed, among(&strict)), (7, 1));
    let colleagues = sandbox.file("Connections.csv", COLLEAGUES);
    let thorough = ["--thorough", colleagues.to_str().expect("a plain path")];
    assert!(run("observed", &thorough[1..]).findings.with_inferred.is_none());
    assert!(run("thorough", &thorough).findings.with_inferred.is_some());
}

#[test]
fn init_takes_the_owner_from_the_command_line() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    let run = sandbox.weaktie(&["init", "log.csv", "--me", "ana@example.org"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(sandbox.read("weaktie.toml").contains("\nemails = [\"ana@example.org\"]"));
}

#[test]
fn a_touch_asks_the_newest_audit() {
    let sandbox = Sandbox::new();
    let whole = read("reports/sample/audit.json");
    sandbox.file("reports/whole/audit.json", &whole);
    let mut older: Value = serde_json::from_slice(&whole).expect("JSON");
    older["as_of"] = "2026-06-30".into();
    older["ego"]["profile_url"] = "https://www.linkedin.com/in/somebody-else".into();
    sandbox.file("reports/zz-june/audit.json", older.to_string());
    sandbox.file("reports/notes/readme.txt", "no audit");
    let run = sandbox.weaktie(&["touch", "Kamau Duongthi", "--on", "2026-09-24"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let written = sandbox.read("touches.csv");
    assert!(written.contains("maren-holtkamp-k7,https://www.linkedin.com/in/kamau"), "{written}");
    let other = ["touch", "Kamau Duongthi", "--on", "2026-09-25", "--audit", "reports/zz-june"];
    assert_eq!(sandbox.weaktie(&other).code(), 0);
    assert!(sandbox.read("touches.csv").contains("somebody-else"));
}

#[test]
fn the_demo_has_a_place_of_its_own_and_a_life_a_seed() {
    let sandbox = Sandbox::new();
    let small = ["--contacts", "60", "--years", "1"];
    assert_eq!(sandbox.weaktie(&[&["demo"], &small[..]].concat()).code(), 0);
    assert_eq!(
        sandbox.weaktie(&[&["demo", "other", "--seed", "8"], &small[..]].concat()).code(),
        0
    );
    for file in ["data/mail-and-calendar.csv", "report/report.html"] {
        let [one, other] =
            ["weaktie-demo", "other"].map(|dir| sandbox.read(&format!("{dir}/{file}")));
        assert!(one != other, "{file}");
    }
}

/// Keys below a place of a JSON document; `*` is the first of a list.
const KEYS: &[(&str, &str)] = &[
    ("", "schema_version tool as_of seed ego inputs people ties network findings actions refused"),
    ("ego", "id name"),
    ("inputs/*", "file kind rows_read rows_used rows_skipped first last problems"),
    ("inputs/*/problems/*", "line code message"),
    (
        "people/*",
        "id name profile_url company position connected_on function seniority industry measures",
    ),
    ("ties/*", "a b evidence strength interactions first last"),
    (
        "actions/*",
        "id kind people reason evidence goal first_move minutes not_before do_by confidence",
    ),
];

fn holds(document: &Value, keys: &[(&str, &str)]) {
    for (place, names) in keys {
        let mut found = document;
        for step in place.split('/').filter(|step| !step.is_empty()) {
            found = if step == "*" {
                let list = found.as_array().expect("a list");
                // The first that is not empty: a file without problems tells nothing of problems.
                let full = |one: &&Value| {
                    one.get("problems")
                        .is_none_or(|p| p.as_array().is_some_and(|all| !all.is_empty()))
                };
                list.iter().find(full).expect("an entry")
            } else {
                &found[step]
            };
        }
        for name in names.split(' ') {
            assert!(found.get(name).is_some(), "{place}: no {name} in {found}");
        }
    }
}

#[test]
fn json_has_the_keys_that_others_read() {
    let sandbox = Sandbox::new();
    let audit: Value = serde_json::from_slice(&read("reports/sample/audit.json")).expect("JSON");
    holds(&audit, KEYS);
    // Nothing is refused of the sample; a contact list alone is refused the questions on ties.
    let list = root().join("data/sample/linkedin-export/Connections.csv").display().to_string();
    let found = json(&sandbox, &["inspect", &list, "--json"]);
    holds(
        &found,
        &[
            ("", "inputs people ties answerable refused"),
            ("refused/*", "question why what_to_load"),
        ],
    );
    assert!(found["people"].is_u64() && found["ties"].is_u64());
    holds(&found, &KEYS[2..3]);
    let dir = sample();
    assert_eq!(found["inputs"][0]["kind"], "linkedin-connections");
    let run = sandbox.weaktie(&["audit", &list, "--out", "star"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let star: Value = serde_json::from_str(&sandbox.read("star/audit.json")).expect("JSON");
    holds(&star, &[("refused/*", "question why what_to_load")]);
    // Kinds of the sample's inputs.
    let kinds: BTreeSet<&str> = audit["inputs"]
        .as_array()
        .expect("inputs")
        .iter()
        .filter_map(|i| i["kind"].as_str())
        .collect();
    for kind in ["linkedin-connections", "linkedin-messages", "linkedin-invitations", "log"] {
        assert!(kinds.contains(kind), "{kind} in {kinds:?} of {dir}");
    }
}

#[test]
fn measure_ids_are_one_word_everywhere() {
    let audit: Value = serde_json::from_slice(&read("reports/sample/audit.json")).expect("JSON");
    let is_kebab =
        |id: &str| id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let people = audit["people"].as_array().expect("people");
    let mut ids: BTreeSet<&String> =
        audit["network"].as_object().expect("numbers").keys().collect();
    ids.extend(
        people.iter().flat_map(|person| person["measures"].as_object().expect("them").keys()),
    );
    for id in &ids {
        assert!(is_kebab(id) && glossary::find(id).is_some(), "{id}");
    }
    let sandbox = Sandbox::new();
    sandbox.file("edges.csv", "source,target\na,b\nb,c\nc,a\nc,d\n");
    let found = json(&sandbox, &["measure", "edges.csv", "--json"]);
    let measured = found["people"][0]["measures"].as_object().expect("measures");
    for id in "degree betweenness closeness constraint effective-size efficiency hierarchy clustering core-number \
               pagerank articulation harmonic betweenness-normalized clustering"
        .split_whitespace()
    {
        assert!(measured.contains_key(id) && glossary::find(id).is_some(), "{id}");
    }
    for id in ["community", "participation"] {
        let found = json(&sandbox, &["measure", "edges.csv", "--measures", id, "--json"]);
        assert!(found["people"][0]["measures"][id].is_number(), "{id}: {found}");
    }
    // What both know has the same name in both, and an undefined value is null.
    let of_people = people[0]["measures"].as_object().expect("measures");
    for id in [
        "degree",
        "betweenness",
        "constraint",
        "effective-size",
        "efficiency",
        "hierarchy",
        "articulation",
    ] {
        assert!(of_people.contains_key(id) && measured.contains_key(id), "{id}");
    }
    assert!(people.iter().any(|person| person["measures"]["constraint"].is_null()));
}

#[test]
fn an_edge_list_may_name_its_columns_in_several_ways() {
    let sandbox = Sandbox::new();
    let degrees = |head: &str, rows: &str| {
        sandbox.file("edges.csv", format!("{head}\n{rows}\n"));
        let run = sandbox.weaktie(&["measure", "edges.csv", "--measures", "degree", "--csv"]);
        assert_eq!(run.code(), 0, "{head}: {}", run.stderr());
        run.stdout()
    };
    let plain = degrees("source,target", "x,y\ny,z");
    assert_eq!(plain, "id,degree\nx,1\ny,2\nz,1\n");
    assert_eq!(degrees("since,from,to", "2020,x,y\n2021,y,z"), plain);
    assert_eq!(degrees("b,since,a", "x,2020,y\ny,2021,z"), plain);
    assert_eq!(degrees("one,other,more", "x,y,2020\ny,z,2021"), plain);
    let run =
        sandbox.weaktie(&["measure", "edges.csv", "--parquet", "--out", "m.parquet", "--exact"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(std::fs::read(sandbox.path("m.parquet")).expect("a file").starts_with(b"PAR1"));
}

#[test]
fn an_undefined_measure_is_null_and_a_tie_counts_once() {
    let sandbox = Sandbox::new();
    sandbox.file("path.csv", "source,target\na,b\nb,c\nc,c\nd,d\n");
    let found = json(&sandbox, &["measure", "path.csv", "--json"]);
    let of = |id: &str| {
        let people = found["people"].as_array().expect("people");
        people.iter().find(|person| person["id"] == id).expect(id)["measures"].clone()
    };
    // One of the three pairs goes through b; a directed count would say 2.
    assert_eq!(
        (of("b")["betweenness"].as_f64(), of("a")["betweenness"].as_f64()),
        (Some(1.0), Some(0.0))
    );
    for id in ["constraint", "efficiency", "hierarchy", "closeness"] {
        assert!(of("d")[id].is_null(), "{id}: {}", of("d"));
    }
    assert_eq!(
        (of("a")["clustering"].as_f64(), of("d")["clustering"].as_f64()),
        (Some(0.0), Some(0.0))
    );
    let csv =
        sandbox.weaktie(&["measure", "path.csv", "--csv", "--measures", "constraint"]).stdout();
    assert!(csv.contains("\nd,\n"), "{csv}");
    holds(&found, &[("", "people network"), ("people/*", "id measures")]);
}

#[test]
fn the_table_of_ties_has_its_columns() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    let run = sandbox.weaktie(&["ties", "log.csv", "--out", "t.csv", "--horizon", "30"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let table = sandbox.read("t.csv");
    let wanted = "a,b,interactions,a_to_b,b_to_a,first,last,contact_days,strength,p_contact,";
    assert!(table.starts_with(wanted), "{table}");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    for row in rows.records() {
        let row = row.expect("a row");
        let p: f64 = row[9].parse().expect("a chance");
        assert!(row[0] < row[1] && (0.0..=1.0).contains(&p), "{row:?}");
    }
    assert!(run.stdout().contains("within 30 days"), "{}", run.stdout());
}

#[test]
fn introductions_are_tried_on_the_past_too() {
    let sandbox = Sandbox::new();
    // Three groups of thirty in which any two may meet on any day, for two years.
    let mut state = 5_u64;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut log = "timestamp,from,to,channel\n".to_owned();
    for day in 0..720 {
        let date = jiff::civil::date(2024, 1, 1) + jiff::Span::new().days(day);
        for _ in 0..4 {
            let group = next(3) * 30;
            let (a, b) = (group + next(30), group + next(30));
            let _ = writeln!(log, "{date}T10:00:00Z,p{a}@example.org,p{b}@example.org,email");
        }
    }
    sandbox.file("log.csv", log);
    let found = json(&sandbox, &["backtest", "log.csv", "--introductions", "--json"]);
    let told = found["average_precision"].as_object().expect("figures");
    assert!(told.contains_key("p_meet") && told.contains_key("Adamic-Adar"), "{found}");
    assert!(told.values().all(|share| (0.0..=1.0).contains(&share.as_f64().expect("a share"))));
    let both = ["backtest", "log.csv", "--introductions", "--me", "p1@example.org"];
    assert_eq!(sandbox.weaktie(&both).code(), 2);
    sandbox.file("short.csv", LOG);
    let short = sandbox.weaktie(&["backtest", "short.csv", "--introductions"]);
    assert!(short.code() == 3 && short.stdout().is_empty(), "{}", short.stderr());
}

#[test]
fn a_plan_holds_its_actions_a_week() {
    let sandbox = Sandbox::new();
    let dir = sample();
    for most in [1, 2] {
        let plan =
            json(&sandbox, &["plan", &dir, "--a-week", &most.to_string(), "--format", "json"]);
        let mut weeks: Vec<String> = Vec::new();
        for action in plan["actions"].as_array().expect("actions") {
            weeks.push(action["not_before"].as_str().expect("a day").to_owned());
        }
        assert!(weeks.len() >= 6, "{weeks:?}");
        let busiest = weeks.iter().map(|day| weeks.iter().filter(|d| *d == day).count()).max();
        assert!(busiest <= Some(most), "{weeks:?}");
    }
}

#[test]
fn paths_lead_to_every_kind_of_target() {
    let sandbox = Sandbox::new();
    let dir = sample();
    for (flag, target) in [
        ("--to", "Mateo Sandvall"),
        ("--company", "Brightwater Instruments"),
        ("--industry", "finance"),
        ("--function", "engineering"),
        ("--seniority", "director"),
    ] {
        let found = json(&sandbox, &["paths", &dir, flag, target, "--json"]);
        let ways = found["ways"].as_array().expect("ways");
        let chances: Vec<f64> = ways.iter().filter_map(|way| way["value"].as_f64()).collect();
        assert!(!ways.is_empty() && chances.is_sorted_by(|a, b| a >= b), "{flag}: {chances:?}");
        for hop in ways.iter().flat_map(|way| way["hops"].as_array().expect("hops")) {
            let tier = hop["evidence"].as_str().expect("a tier");
            assert!(["interaction", "co-presence", "declared"].contains(&tier), "{flag}: {hop}");
        }
    }
    let cold = sandbox.weaktie(&["paths", &dir, "--to", "Abena Wadekar"]);
    assert!(cold.code() == 0 && cold.stdout().contains("No verified path. Nearest warm-up: "));
    // Whoever was there at an earlier audit is told apart from who is there now.
    let earlier = ["paths", &dir, "--company", "No Such Firm", "--earlier", &dir];
    let run = sandbox.weaktie(&earlier);
    assert!(run.code() == 0 && run.stdout().contains("No verified path"), "{}", run.stderr());
    assert!(!run.stdout().contains("Past employers are unknown"), "{}", run.stdout());
    let slip = sandbox.weaktie(&["paths", &dir, "--seniority", "directer"]);
    assert!(slip.code() == 2 && slip.stderr().contains("director"), "{}", slip.stderr());
}

#[test]
fn data_goes_to_stdout_and_talk_to_stderr() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    sandbox.file("edges.csv", "source,target\na,b\nb,c\n");
    sandbox.file("titles.csv", "title,company\nHead of Sales,Corvane\n");
    sandbox.file("pairs.csv", "a,b\nUna Kestrel,U. Kestrel\n");
    let dir = sample();
    let who = "kamau-duongthi-k134";
    // Each of them gives a document, and no line that is none of it.
    for arguments in [
        vec!["inspect", "log.csv", "--json"],
        vec!["ties", "log.csv", "--out", "t.csv", "--json"],
        vec!["measure", "edges.csv", "--json"],
        vec!["classify", "titles.csv", "--json"],
        vec!["introduce", &dir, "--json"],
        vec!["paths", &dir, "--to", who, "--json"],
        vec!["show", &dir, who, "--json"],
        vec!["compare", &dir, &dir, "--json"],
        vec!["plan", &dir, "--format", "json"],
        vec!["export", &dir, "--format", "json"],
    ] {
        assert!(json(&sandbox, &arguments).is_object(), "{arguments:?}");
    }
    for arguments in [
        vec!["measure", "edges.csv", "--csv"],
        vec!["classify", "titles.csv"],
        vec!["match", "--people", "pairs.csv"],
        vec!["plan", &dir, "--format", "csv"],
        vec!["export", &dir, "--format", "csv", "--table", "people"],
    ] {
        let run = sandbox.weaktie(&arguments);
        let stdout = run.stdout();
        let mut rows = csv::Reader::from_reader(stdout.as_bytes());
        let whole = rows.records().all(|row| row.is_ok());
        assert!(run.code() == 0 && whole && !run.stdout().is_empty(), "{arguments:?}");
        assert!(!run.stdout().contains("rows read"), "{arguments:?} talks on stdout");
    }
    for run in
        [sandbox.weaktie(&["show", &dir, "Nobody Here", "--json"]), sandbox.weaktie(&["conquer"])]
    {
        assert!(run.code() == 2 && run.stdout().is_empty() && run.stderr().starts_with("error: "));
    }
}

#[test]
fn a_saved_folder_needs_nothing_else() {
    let sandbox = Sandbox::new();
    let data = root().join("data/sample").display().to_string();
    sandbox.file("now/audit.json", read("reports/sample/audit.json"));
    let june = ["audit", &data, "--as-of", "2026-06-30", "--out", "whole"];
    assert_eq!(sandbox.weaktie(&june).code(), 0);
    sandbox.file("june/audit.json", sandbox.read("whole/audit.json"));
    let july = ["audit", &data, "--as-of", "2026-07-31", "--previous", "june", "--out", "july"];
    let run = sandbox.weaktie(&july);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    for arguments in [
        vec!["report", "now", "--out", "again"],
        vec!["plan", "now"],
        vec!["introduce", "now"],
        vec!["paths", "now", "--industry", "finance"],
        vec!["show", "now", "Kamau Duongthi"],
        vec!["export", "now", "--format", "graphml"],
        vec!["review", "now"],
        vec!["compare", "june", "now"],
    ] {
        let run = sandbox.weaktie(&arguments);
        assert_eq!(run.code(), 0, "{arguments:?}: {}", run.stderr());
    }
    assert!(sandbox.read("again/report.html") == text("reports/sample/report.html"));
    let trend = json(&sandbox, &["compare", "june", "july", "now", "--json"])["trend"].clone();
    let days: BTreeSet<String> =
        ["2026-06-30", "2026-07-31", "2026-09-30"].map(str::to_owned).into_iter().collect();
    let told = trend.to_string();
    assert!(days.iter().all(|day| told.contains(day)), "{told}");
    let told = sandbox.weaktie(&["compare", "june", "july", "now"]).stdout();
    let in_words = |day: &&str| told.lines().filter(|line| line.contains(*day)).count() >= 5;
    assert!(["(30 Jun 2026)", "(31 Jul 2026)", "(30 Sep 2026)"].iter().all(in_words), "{told}");
}

/// Reasons for which a row is left out, or kept with a remark.
const CODES: &str = "blank date-only draft spam sponsored bad-date no-counterpart placeholder exact-duplicate undated \
    self-loop automated bulk cancelled declined not-a-person-file out-of-scope malformed";

#[test]
fn every_code_stands_in_an_account() {
    let mut ledgers = String::new();
    for folder in ["tests/fixtures/exports", "tests/fixtures/sources"] {
        for path in files_below(&root().join(folder)) {
            if path.ends_with("ledger.txt") {
                ledgers.push_str(&std::fs::read_to_string(path).expect("a ledger"));
            }
        }
    }
    for code in CODES.split_whitespace() {
        assert!(ledgers.contains(&format!("  {code}: line ")), "{code}");
    }
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    let found = json(&sandbox, &["inspect", "log.csv", "--as-of", "2026-01-06", "--json"]);
    assert_eq!(found["inputs"][0]["counts"]["after-as-of"], 4, "{found}");
    assert_eq!(found["inputs"][0]["problems"][0]["code"], "after-as-of");
}

#[test]
fn no_settings_are_the_defaults() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", LOG);
    sandbox.file("empty.toml", "");
    sandbox.file(
        "sections.toml",
        "[me]\n[budget]\n[goals]\n[boundaries]\n[network]\n[neglect]\n[identity]\n",
    );
    let run = |out: &str, more: &[&str]| {
        let base = ["audit", "log.csv", "--me", "me@example.org", "--out", out];
        assert_eq!(sandbox.weaktie(&[&base[..], more].concat()).code(), 0, "{more:?}");
        sandbox.read(&format!("{out}/audit.json"))
    };
    let plain = run("a", &[]);
    assert_eq!(run("b", &["--config", "empty.toml"]), plain);
    assert_eq!(run("c", &["--config", "sections.toml"]), plain);
    let settings = saved(&sandbox, "a").settings;
    assert_eq!(
        (settings.budget_minutes, settings.budget_actions, settings.budget_actions_a_week),
        (360, 12, 3)
    );
    assert_eq!((settings.group_cap, settings.co_presence_discount), (25, None));
    sandbox.file("discount.toml", "[network]\nco_presence_discount = 2\n");
    run("d", &["--config", "discount.toml"]);
    let [one, two] = ["a", "d"].map(|folder| saved(&sandbox, folder));
    assert_eq!(two.settings.co_presence_discount, Some(2.0));
    // Four people met: a pair of them weighs a ninth instead of a third.
    let tie = |audit: &Audit| {
        let of = |tie: &&weaktie::audit::Tie| tie.a.starts_with("bo@") && tie.b.starts_with("cy@");
        audit.ties.iter().find(of).expect("a tie").strength
    };
    assert!((tie(&one) / tie(&two) - 3.0).abs() < 1e-9, "{} {}", tie(&one), tie(&two));
}

/// A line of a shell as words: blanks part them, but not in quotes; a comment ends it.
fn words(line: &str) -> Vec<String> {
    let (mut found, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted && word.is_empty() => break,
            ' ' if !quoted => {
                if !word.is_empty() {
                    found.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    found.extend((!word.is_empty()).then_some(word));
    found
}

#[test]
fn the_readme_does_all_three_jobs_on_the_sample() {
    let sandbox = Sandbox::new();
    let data = root().join("data/sample");
    for path in files_below(&data) {
        let name = path.strip_prefix(&data).expect("inside").display().to_string();
        sandbox.file(&format!("data/sample/{name}"), std::fs::read(&path).expect("a file"));
    }
    let readme = text("README.md");
    let (_, jobs) = readme.split_once("## Three jobs").expect("the jobs");
    let (jobs, _) = jobs.split_once("\n## ").expect("their end");
    let mut blocks = jobs.split("```").skip(1).step_by(2);
    let mut ran = Vec::new();
    for block in blocks.by_ref() {
        if let Some(goals) = block.strip_prefix("toml\n") {
            let settings = sandbox.read("weaktie.toml");
            sandbox
                .file("weaktie.toml", settings.replace("[goals]\n", &format!("[goals]\n{goals}")));
            continue;
        }
        for line in block.strip_prefix("sh\n").expect("commands").lines() {
            let words = words(line);
            assert_eq!(words[0], "weaktie", "{line}");
            let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
            let run = sandbox.weaktie(&arguments);
            assert_eq!(run.code(), 0, "{line}: {}", run.stderr());
            assert!(!run.stdout().is_empty() || !run.stderr().is_empty(), "{line} says nothing");
            ran.push(words[1].clone());
        }
    }
    for command in ["audit", "compare", "plan", "show", "touch", "introduce", "paths", "init"] {
        assert!(ran.iter().any(|name| name == command), "{command} in {ran:?}");
    }
    let goals = saved(&sandbox, "reports/goals");
    assert!(goals.findings.goals.is_some() && goals.network["goal-divergence"].is_some());
    assert!(sandbox.read("reports/goals/report.html").contains("red tick = your goal"));
}
