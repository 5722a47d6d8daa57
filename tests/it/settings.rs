//! Every documented key of `weaktie.toml` does something: the whole template is walked, and each key shown to change what an audit finds.

use std::collections::BTreeSet;
use std::path::PathBuf;

use weaktie::audit::{Audit, Way};
use weaktie::config::Config;
use weaktie::config::template::{Known, template};
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;
use weaktie::synth::{self, Plan};
use weaktie::units::Evidence;

use crate::support::{Sandbox, text, write_world};

/// A key, settings before, and settings that differ in it alone.
type Row = (&'static str, String, String);

/// Every key of the template, each section of sources and channels by its own name.
fn documented() -> BTreeSet<String> {
    let set = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    let text: String = template(&Known::default()).lines().map(set).collect();
    let mut keys = BTreeSet::new();
    walk("", &toml::from_str(&text).expect("the template is TOML"), &mut keys);
    keys
}

/// Tables are walked, but for those whose keys are the user's own words.
fn walk(way: &str, value: &toml::Value, keys: &mut BTreeSet<String>) {
    const OWN_WORDS: [&str; 6] = [
        "goals.mix",
        "introductions.needs",
        "introductions.offers",
        "neglect.cadence.roles",
        "neglect.cadence.companies",
        "neglect.cadence.people",
    ];
    match value {
        toml::Value::Table(table) if !OWN_WORDS.contains(&way) => {
            for (key, inner) in table {
                let way = if way.is_empty() { key.clone() } else { format!("{way}.{key}") };
                walk(&way, inner, keys);
            }
        }
        _ => {
            keys.insert(way.to_owned());
        }
    }
}

/// What an audit finds under these settings, the settings themselves left out; the error where there is none.
fn found(sources: &[PathBuf], text: &str) -> String {
    let config = Config::parse(text, "t").unwrap_or_else(|error| panic!("{error}\n{text}"));
    let request = Request { sources: sources.to_vec(), seed: 1, config, ..Request::default() };
    match pipeline::audit(&request, &Silent) {
        Ok(audit) => {
            let mut value = serde_json::to_value(&audit).expect("JSON");
            value.as_object_mut().expect("an object").remove("settings");
            // What the plan and the introductions were made under is saved with them: an echo is no effect.
            let planning = value["planning"].as_object_mut().expect("a plan");
            for key in ["diversity", "bridging", "quiet", "weekends", "minutes_a_week", "hold_out"]
            {
                planning.remove(key);
            }
            if let Some(introductions) = value["findings"]["introductions"].as_object_mut() {
                introductions.remove("limits");
            }
            value.to_string()
        }
        Err(error) => error.to_string(),
    }
}

/// Rows on files that do not say whose they are: another owner, told by each key.
fn of_owner(audit: &Audit) -> Vec<Row> {
    let other = audit.actions.iter().flat_map(|action| &action.people).find(|id| !id.contains('@'));
    let other = other.expect("a contact with a profile");
    let plain = |key, text: String| (key, String::new(), text);
    vec![plain(
        "me.profile_urls",
        format!("[me]\nprofile_urls = [\"https://www.linkedin.com/in/{other}\"]"),
    )]
}

/// Rows on a whole life; people are taken from its audit.
#[expect(clippy::too_many_lines, reason = "a table of settings")]
fn of_life(audit: &Audit) -> Vec<Row> {
    let link = |id: &str| format!("\"https://www.linkedin.com/in/{id}\"");
    let known = |nth: usize| {
        let ids = audit.actions.iter().flat_map(|action| &action.people);
        let mut ids: Vec<&String> = ids.filter(|id| !id.contains('@')).collect();
        ids.dedup();
        link(ids[nth % ids.len()])
    };
    let (one, other) = (known(0), known(1));
    let gained = audit.actions.iter().find(|a| !a.gain.is_empty() && a.people.len() == 1);
    let valued = link(&gained.expect("an action by gain").people[0]);
    let employer = audit
        .people
        .iter()
        .filter(|person| {
            audit.ties.iter().any(|tie| {
                tie.b == person.id && tie.rhythm.as_ref().is_some_and(|r| r.silent.is_some())
            })
        })
        .find_map(|person| person.company.clone())
        .expect("an employer");
    let goal = "[goals]\nmentor = true\n";
    // Two who may be introduced: what one needs the other offers.
    let pair = &audit.findings.introductions.as_ref().expect("introductions").give[0];
    let (asks, gives) = (link(&pair.a), link(&pair.b));
    let offers = format!("[introductions]\noffers = {{ \"a lawyer\" = [{gives}] }}\n");
    let needs = format!("[introductions]\nneeds = {{ \"a lawyer\" = [{asks}] }}\n");
    let plain = |key, text: &str| (key, String::new(), text.to_owned());
    let beside =
        |key, before: &str, more: &str| (key, before.to_owned(), format!("{before}{more}"));
    let mut rows = vec![
        plain("me.company", &format!("[me]\ncompany = \"{employer}\"")),
        plain("me.level", "[me]\nlevel = \"entry\""),
        plain("me.time_zone", "[me]\ntime_zone = \"Pacific/Auckland\""),
        plain("budget.minutes", "[budget]\nminutes = 90"),
        plain("budget.actions", "[budget]\nactions = 4"),
        plain("budget.actions_a_week", "[budget]\nactions_a_week = 1"),
        plain("budget.minutes_a_week", "[budget]\nminutes_a_week = 20"),
        plain("plan.diversity", "[plan]\ndiversity = 0"),
        plain("plan.hold_out", "[plan]\nhold_out = 0.5"),
        plain("goals.preset", "[goals]\npreset = \"consultant\""),
        plain("goals.mentor", goal),
        plain("goals.companies", &format!("[goals]\ncompanies = [\"{employer}\"]")),
        plain("goals.people", &format!("[goals]\npeople = [{one}]")),
        plain("goals.industries", "[goals]\nindustries = [\"finance\"]"),
        plain("goals.functions", "[goals]\nfunctions = [\"design\"]"),
        plain("goals.seniorities", "[goals]\nseniorities = [\"director\"]"),
        plain(
            "goals.mix",
            "[goals.mix]\nrelative-seniority = { mentor = 20, peer = 60, emerging = 20 }",
        ),
        plain("boundaries.never_store", &format!("[boundaries]\nnever_store = [{one}]")),
        plain("boundaries.never_contact", &format!("[boundaries]\nnever_contact = [{one}]")),
        plain("boundaries.private", &format!("[boundaries]\nprivate = [{one}]")),
        beside(
            "boundaries.work_only",
            &format!("[boundaries]\nprivate = [{one}]\n"),
            "work_only = true",
        ),
        plain("boundaries.cool_down_days", "[boundaries]\ncool_down_days = 60"),
        plain(
            "boundaries.cool_down_unanswered_days",
            "[boundaries]\ncool_down_unanswered_days = 200",
        ),
        plain(
            "boundaries.quiet",
            &format!(
                "[[boundaries.quiet]]\nfrom = \"{}\"\nto = \"{}\"",
                audit.actions[0].not_before, audit.actions[0].do_by
            ),
        ),
        plain("introductions.a_person", "[introductions]\na_person = 3"),
        plain("introductions.apart", &format!("[introductions]\napart = [[{one}, {other}]]")),
        beside("introductions.needs", &offers, &format!("needs = {{ \"a lawyer\" = [{asks}] }}")),
        beside("introductions.offers", &needs, &format!("offers = {{ \"a lawyer\" = [{gives}] }}")),
        plain(
            "introductions.known",
            &format!(
                "[[introductions.known]]\non = \"2026-03-02\"\nby = {one}\npeople = [{other}]\noutcome = \"met\""
            ),
        ),
        plain("channels.meeting.weight", "[channels.meeting]\nweight = 9"),
        plain(
            "channels.meeting.minutes",
            "[channels.meeting]\nminutes = 15\n[channels.call]\nminutes = 15",
        ),
        plain("network.group_cap", "[network]\ngroup_cap = 3"),
        plain("network.co_presence_discount", "[network]\nco_presence_discount = 0"),
        plain("network.half_life", "[network]\nhalf_life = 20"),
        plain(
            "network.min_evidence",
            &format!("[network]\nmin_evidence = \"{}\"", Evidence::Interaction.name()),
        ),
        plain("neglect.ladder", "[neglect]\nladder = [1.2, 2.0, 4.0]"),
        beside(
            "neglect.cadence.roles",
            &format!("[boundaries.roles]\nclient = [{valued}]\n"),
            "[neglect.cadence]\nroles = { client = 200 }",
        ),
        plain(
            "neglect.cadence.companies",
            &format!("[neglect.cadence]\ncompanies = {{ \"{employer}\" = 200 }}"),
        ),
        plain(
            "neglect.cadence.people",
            &format!("[neglect.cadence]\npeople = {{ {valued} = 200 }}"),
        ),
        plain("identity.same", &format!("[identity]\nsame = [[{one}, {other}]]")),
        plain("noise.keep", "[noise]\nkeep = [\"no-reply@calendar.example.com\"]"),
        plain("noise.drop", &format!("[noise]\ndrop = [{one}]")),
        plain(
            "noise.off",
            &format!(
                "[noise]\noff = [{}]",
                weaktie::canonical::noise::rules()
                    .iter()
                    .map(|rule| format!("\"{}\"", rule.id))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        ),
    ];
    for value in ["plan.value.high", "plan.value.medium", "plan.value.low", "plan.value.none"] {
        let name = value.rsplit('.').next().expect("a word");
        rows.push(plain(value, &format!("[plan.value]\n{name} = [{valued}]")));
    }
    for role in ["manager", "report", "client", "vendor", "mentor", "mentee"] {
        let key: &'static str = match role {
            "manager" => "boundaries.roles.manager",
            "report" => "boundaries.roles.report",
            "client" => "boundaries.roles.client",
            "vendor" => "boundaries.roles.vendor",
            "mentor" => "boundaries.roles.mentor",
            _ => "boundaries.roles.mentee",
        };
        rows.push(plain(key, &format!("[boundaries.roles]\n{role} = [{one}, {other}, {valued}]")));
    }
    rows
}

/// Rows on a larger life, with thin links between circles and ways to people never written to.
fn of_large(sources: &[PathBuf]) -> Vec<Row> {
    let audit = |config: &str| {
        let config = Config::parse(config, "t").expect("settings");
        let request = Request { sources: sources.to_vec(), seed: 1, config, ..Request::default() };
        pipeline::audit(&request, &Silent).expect("an audit")
    };
    let plain = audit("");
    let written = plain.ties.iter().filter(|tie| tie.interactions > 0).map(|tie| tie.b.as_str());
    let written: BTreeSet<&str> = written.collect();
    let cold = plain.people.iter().filter(|person| !written.contains(person.id.as_str()));
    let employers: BTreeSet<&String> = cold.filter_map(|person| person.company.as_ref()).collect();
    let employers: Vec<&&String> = employers.iter().take(40).collect();
    let wanted = format!("[goals]\ncompanies = {employers:?}\n");
    let found = audit(&wanted).findings.introductions.expect("introductions");
    let mut ways = found.ways.iter().flat_map(|ways| &ways.ways);
    let is_link = |id: &str| id.is_ascii() && !id.contains('@');
    let through = |way: &&Way| way.hops.len() > 1 && way.hops.iter().all(|hop| is_link(&hop.to));
    let way = ways.find(through).expect("a way through somebody");
    let (broker, other) = (&way.hops[0].to, &way.hops[1].to);
    let asked = format!(
        "[[introductions.known]]\non = \"2026-09-02\"\nby = \"https://www.linkedin.com/in/{broker}\"\npeople = [\"https://www.linkedin.com/in/{other}\"]\noutcome = \"open\"\n"
    );
    let before = format!("{wanted}{asked}");
    let after = format!("{wanted}[introductions]\nasks = 4\n{asked}");
    vec![
        ("plan.bridging", String::new(), "[plan]\nbridging = 100".to_owned()),
        ("introductions.asks", before, after),
    ]
}

/// A table of the user's own: each contact once, so that no gap is known.
const TABLE: &str = "\
Date,Entered,Time,From,To,Contact,Address,Kind,Conversation,Length,Direction
03/04/2026,11/05/2026,23:30,me@example.org,ana@example.org,Ana Lopes,ana@example.org,call,t1,45,out
05/06/2026,12/07/2026,23:30,ben@example.org,me@example.org,Ben Osei,ben@example.org,email,t2,10,in
07/08/2026,09/09/2026,23:30,me@example.org,cai@example.org,Cai Wen,cai@example.org,meeting,t2,60,out
";

fn of_table() -> Vec<Row> {
    let me = "[me]\nemails = [\"me@example.org\"]\n";
    let base = format!(
        "{me}[sources.crm]\nfile = \"crm.csv\"\ntimestamp = \"Date\"\nfrom = \"From\"\nto = \"To\"\nday_first = true\n"
    );
    let one = format!(
        "{me}[sources.crm]\nfile = \"crm.csv\"\ntimestamp = \"Date\"\nperson = \"Contact\"\nday_first = true\n"
    );
    let more = |key, line: &str| (key, base.clone(), format!("{base}{line}\n"));
    let other = |key, from: &str, to: &str| (key, base.clone(), base.replace(from, to));
    let sided = |key, line: &str| (key, one.clone(), format!("{one}{line}\n"));
    let cadence = |days: &str| format!("{base}[neglect.cadence]\n{days}\n");
    vec![
        other("sources.crm.file", "crm.csv", "somewhere-else.csv"),
        more("sources.crm.time", "time = \"Time\""),
        (
            "sources.crm.time_zone",
            format!("{base}time = \"Time\"\n"),
            format!("{base}time = \"Time\"\ntime_zone = \"Pacific/Honolulu\"\n"),
        ),
        other("sources.crm.day_first", "day_first = true", "day_first = false"),
        other("sources.crm.timestamp", "\"Date\"", "\"Entered\""),
        other("sources.crm.from", "from = \"From\"", "from = \"Contact\""),
        other("sources.crm.to", "to = \"To\"", "to = \"Contact\""),
        ("sources.crm.person", one.clone(), one.replace("\"Contact\"", "\"Address\"")),
        sided("sources.crm.email", "email = \"Address\""),
        sided("sources.crm.direction", "direction = \"Direction\""),
        more("sources.crm.channel", "channel = \"Kind\""),
        more("sources.crm.channel_of_all", "channel_of_all = \"call\""),
        more("sources.crm.thread", "thread = \"Conversation\""),
        more("sources.crm.minutes", "minutes = \"Length\""),
        more("sources.crm.exclude_people", "exclude_people = [\"ana@example.org\"]"),
        more("sources.crm.since", "since = \"2026-05-01\""),
        more("sources.crm.until", "until = \"2026-06-30\""),
        ("neglect.cadence.fallback", base.clone(), cadence("fallback = 5")),
    ]
}

/// Mail in a folder, one message under a label.
const MAIL: &str = "\
From me@example.org Mon Mar  2 10:00:00 2026
From: Mo Holt <me@example.org>
To: Dora Dahl <dora@example.org>
Date: Mon, 02 Mar 2026 10:00:00 +0000
Message-ID: <a1@example.org>
X-Gmail-Labels: Choir

Hello.

From me@example.org Tue Mar  3 10:00:00 2026
From: Mo Holt <me@example.org>
To: Emil Ek <emil@example.org>
Date: Tue, 03 Mar 2026 10:00:00 +0000
Message-ID: <a2@example.org>

Hello.
";

fn of_mail() -> Vec<Row> {
    let base = "[me]\nemails = [\"me@example.org\"]\n[sources.crm]\nsince = \"2020-01-01\"\n";
    let more = |key, line: &str| (key, base.to_owned(), format!("{base}{line}\n"));
    vec![
        ("me.names", String::new(), "[me]\nnames = [\"Emil Ek\"]".to_owned()),
        ("me.emails", String::new(), "[me]\nemails = [\"me@example.org\"]".to_owned()),
        more("sources.crm.exclude_folders", "exclude_folders = [\"Archive\"]"),
        more("sources.crm.exclude_labels", "exclude_labels = [\"Choir\"]"),
    ]
}

/// Keys that name a file, read by the program and not by the library; the tests that show their effect, and the settings they give.
const ELSEWHERE: [(&str, &str, &str); 2] = [
    ("identity.decisions", "identity.rs", "[identity]\\ndecisions = "),
    ("classes.file", "classify.rs", "[classes]\\nfile = "),
];

#[test]
fn every_documented_key_changes_what_an_audit_finds() {
    let sandbox = Sandbox::new();
    let world = synth::generate(&Plan { contacts: 120, years: 2, ..Plan::default() });
    let life = write_world(&sandbox, &world);
    let table = vec![sandbox.file("table/crm.csv", TABLE)];
    sandbox.file("mail/Archive/box.mbox", MAIL);
    let mail = vec![sandbox.path("mail")];
    let messages = vec![sandbox.path("export/messages.csv")];
    let further = Sandbox::new();
    let large = write_world(&further, &synth::generate(&Plan::default()));
    // A row of a Friday is the last: the weeks of the plan begin on Saturdays.
    let log = String::from_utf8_lossy(&world.log);
    let letter = log.lines().skip(1).find(|row| !row.contains("no-reply")).expect("a letter");
    let (_, ends) = letter.split_once(',').expect("a time");
    let row = format!("timestamp,from,to,channel,thread\n2026-10-02T09:00:00Z,{ends}\n");
    let friday = vec![life[0].clone(), life[1].clone(), sandbox.file("friday.csv", &row)];
    let weekends =
        ("boundaries.weekends", String::new(), "[boundaries]\nweekends = false".to_owned());
    let request = Request { sources: life.clone(), seed: 1, ..Request::default() };
    let audit = pipeline::audit(&request, &Silent).expect("an audit");
    let rows: Vec<(Row, &[PathBuf])> =
        (of_life(&audit).into_iter().map(|row| (row, life.as_slice())))
            .chain(of_owner(&audit).into_iter().map(|row| (row, messages.as_slice())))
            .chain(of_table().into_iter().map(|row| (row, table.as_slice())))
            .chain(of_mail().into_iter().map(|row| (row, mail.as_slice())))
            .chain(of_large(&large).into_iter().map(|row| (row, large.as_slice())))
            .chain([(weekends, friday.as_slice())])
            .collect();
    let shown: BTreeSet<String> = rows
        .iter()
        .map(|((key, ..), _)| (*key).to_owned())
        .chain(ELSEWHERE.iter().map(|(key, ..)| (*key).to_owned()))
        .collect();
    assert_eq!(shown, documented(), "left: keys with an effect shown; right: keys documented");
    let plain = found(&life, "");
    let mut idle = Vec::new();
    for ((key, before, after), sources) in &rows {
        let is_plain = before.is_empty() && *sources == life.as_slice();
        let before = if is_plain { plain.clone() } else { found(sources, before) };
        if before == found(sources, after) {
            idle.push(*key);
        }
    }
    assert!(idle.is_empty(), "without an effect: {idle:?}");
}

#[test]
fn keys_that_name_files_are_tested_where_the_files_are() {
    for (key, file, given) in ELSEWHERE {
        assert!(text(&format!("tests/it/{file}")).contains(given), "{key} in {file}");
    }
}
