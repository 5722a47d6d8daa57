//! No pair resting on inferred ties alone, nobody under a limit and no broker over budget, in any output: the saved audit, the plan's
//! files, the page, `introduce` and `paths`, under settings drawn at random.
//!
//! An audit without settings names whom the limits are then put on, so the same checks must find them there: somebody under a limit,
//! a pair kept apart or a broker asked again cannot pass unseen. Inferred ties, warm-ups and sums of asks are checked in each, without
//! such a counterpart.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;
use weaktie::random::Stream;

use crate::support::{self, Sandbox, sample_world, write_world};

/// Who is left out, and of what.
#[derive(Default)]
struct Limits {
    /// Of everything that is suggested.
    never: BTreeSet<String>,
    /// Of introductions and paths.
    kept_out: BTreeSet<String>,
    /// Asked for an introduction lately, by the one ask a quarter allows.
    asked: BTreeSet<String>,
    /// Pairs, both ways round.
    apart: BTreeSet<[String; 2]>,
}

impl Limits {
    fn bars(&self, id: &str) -> bool {
        self.never.contains(id) || self.kept_out.contains(id)
    }

    fn toml(&self, clients: &BTreeSet<String>) -> String {
        let list = |ids: Vec<&String>| serde_json::to_string(&ids).expect("a list");
        let private = self.kept_out.difference(clients).collect();
        let apart: Vec<&[String; 2]> = self.apart.iter().filter(|[a, b]| a < b).collect();
        let mut text = format!(
            "[boundaries]\nnever_contact = {}\nprivate = {}\n[boundaries.roles]\nclient = {}\n[introductions]\napart = {}\n",
            list(self.never.iter().collect()),
            list(private),
            list(clients.iter().collect()),
            serde_json::to_string(&apart).expect("pairs")
        );
        for by in &self.asked {
            let by = serde_json::to_string(by).expect("a word");
            // Whom they were asked about is nobody in the data: the ask counts all the same.
            let _ = write!(
                text,
                "[[introductions.known]]\non = \"2026-09-20\"\nby = {by}\npeople = [\"Nobody Here\"]\noutcome = \"open\"\n"
            );
        }
        text
    }
}

/// What an output does that it must not, and whom it does it with.
type Broken = BTreeSet<(&'static str, String)>;

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn observed(tier: &Value) -> bool {
    ["interaction", "co-presence"].contains(&tier.as_str().unwrap_or_default())
}

fn introductions(given: &Value, limits: &Limits, broken: &mut Broken) {
    for pair in list(given) {
        let ids = [text(&pair["a"]), text(&pair["b"])];
        for id in ids.iter().filter(|id| limits.bars(id)) {
            broken.insert(("introduced", id.clone()));
        }
        if limits.apart.contains(&ids) {
            broken.insert(("introduced though kept apart", ids.join("+")));
        }
        if !observed(&pair["tier"]) {
            broken.insert(("introduced on inferred ties", ids.join("+")));
        }
    }
}

/// The ways of one answer; who is asked by them is counted in `asks`.
fn ways(found: &Value, limits: &Limits, asks: &mut BTreeMap<String, usize>, broken: &mut Broken) {
    for way in list(&found["ways"]) {
        let hops = list(&way["hops"]);
        for (nth, hop) in hops.iter().enumerate() {
            let to = text(&hop["to"]);
            if limits.bars(&to) {
                broken.insert(("on a path", to.clone()));
            }
            if !observed(&hop["evidence"]) || (nth > 0 && hop["probability"].as_f64() < Some(0.2)) {
                broken.insert(("on a path of doubtful ties", to));
            }
        }
        if let [first, _, ..] = hops {
            let asked = text(&first["to"]);
            *asks.entry(asked.clone()).or_default() += 1;
            if limits.asked.contains(&asked) {
                broken.insert(("asked again", asked));
            }
        }
    }
    let warm = text(&found["warm_up"]["id"]);
    if limits.bars(&warm) {
        broken.insert(("to be warmed up", warm));
    }
}

fn actions(all: &[&Value], limits: &Limits, broken: &mut Broken) {
    for action in all {
        let kind = text(&action["kind"]);
        let uses = ["introduce", "ask-path", "fill-gap"].contains(&kind.as_str());
        if text(&action["tier"]) == "inferred" {
            broken.insert(("an action on inferred ties", text(&action["id"])));
        }
        for (nth, id) in list(&action["people"]).iter().map(text).enumerate() {
            let barred = if uses { limits.bars(&id) } else { limits.never.contains(&id) };
            if barred {
                broken.insert(("in an action", id.clone()));
            }
            if kind == "ask-path" && nth == 0 && limits.asked.contains(&id) {
                broken.insert(("asked again", id));
            }
        }
    }
}

/// Everything an audit writes and the commands answer, against the limits. `whom` are looked for one by one.
fn walk(sandbox: &Sandbox, dir: &str, limits: &Limits, whom: &[String]) -> Broken {
    let mut broken = Broken::new();
    let audit: Value =
        serde_json::from_str(&sandbox.read(&format!("{dir}/audit.json"))).expect("an audit");
    let all = &audit["findings"]["introductions"];
    introductions(&all["give"], limits, &mut broken);
    let mut asks = BTreeMap::new();
    for found in list(&all["ways"]) {
        ways(found, limits, &mut asks, &mut broken);
    }
    // One ask a quarter over all the ways of the page together.
    for (broker, _) in asks.iter().filter(|(_, times)| **times > 1) {
        broken.insert(("asked more than once", broker.clone()));
    }
    let candidates = list(&audit["planning"]["candidates"]).iter().map(|one| &one["action"]);
    let planned: Vec<&Value> = list(&audit["actions"]).iter().chain(candidates).collect();
    actions(&planned, limits, &mut broken);

    let names: Vec<(String, String)> =
        list(&audit["people"]).iter().map(|one| (text(&one["id"]), text(&one["name"]))).collect();
    let is_shared = |name: &str| names.iter().filter(|(_, other)| other.contains(name)).count() > 1;
    let page = sandbox.read(&format!("{dir}/report.html"));
    let section = page.split("<section id=\"intro\"").nth(1).expect("section 11");
    let section = section.split("</section>").next().expect("its end");
    // Who is named: introduced, on a way in, or as somebody who opened a door.
    for (id, name) in names.iter().filter(|(_, name)| !is_shared(name)) {
        if limits.bars(id) && section.contains(name.as_str()) {
            let opened = all["ledger"].to_string().contains(&format!("\"{id}\""));
            if !opened || limits.never.contains(id) {
                broken.insert(("on the page", id.clone()));
            }
        }
        for file in ["actions.csv", "actions.ics", "actions.md"] {
            let text = sandbox.read(&format!("{dir}/{file}")).replace("\r\n ", "");
            if limits.never.contains(id) && text.contains(name.as_str()) {
                broken.insert(("in a file of the plan", id.clone()));
            }
        }
    }

    let answer = |arguments: &[&str]| -> Option<Value> {
        let run = sandbox.weaktie(arguments);
        assert!([0, 2].contains(&run.code()), "{arguments:?}: {}", run.stderr());
        (run.code() == 0).then(|| serde_json::from_str(&run.stdout()).expect("JSON"))
    };
    let given = answer(&["introduce", dir, "--json"]).expect("an answer");
    introductions(&given["introductions"], limits, &mut broken);
    for who in whom {
        if let Some(given) = answer(&["introduce", dir, "--for", who, "--json"]) {
            introductions(&given["introductions"], limits, &mut broken);
            if limits.bars(who) {
                broken.insert(("introduced", who.clone()));
            }
        }
        if let Some(found) = answer(&["paths", dir, "--to", who, "--json"]) {
            ways(&found, limits, &mut BTreeMap::new(), &mut broken);
        }
    }
    for class in
        [["--industry", "energy"], ["--function", "engineering"], ["--seniority", "senior"]]
    {
        let found = answer(&["paths", dir, class[0], class[1], "--json"]).expect("an answer");
        ways(&found, limits, &mut BTreeMap::new(), &mut broken);
    }
    broken
}

/// The contacts an audit names in what the limits are about: in pairs, as brokers, in plans.
fn named(sandbox: &Sandbox, dir: &str) -> (Vec<String>, Vec<String>, Vec<[String; 2]>) {
    let audit: Value =
        serde_json::from_str(&sandbox.read(&format!("{dir}/audit.json"))).expect("an audit");
    let all = &audit["findings"]["introductions"];
    let pairs: Vec<[String; 2]> =
        list(&all["give"]).iter().map(|pair| [text(&pair["a"]), text(&pair["b"])]).collect();
    let ways = list(&all["ways"]).iter().flat_map(|found| list(&found["ways"]));
    let first = |way: &Value| match list(&way["hops"]) {
        [first, _, ..] => Some(text(&first["to"])),
        _ => None,
    };
    let brokers: BTreeSet<String> = ways.filter_map(first).collect();
    let planned: BTreeSet<String> =
        list(&audit["actions"]).iter().flat_map(|one| list(&one["people"])).map(text).collect();
    (planned.into_iter().collect(), brokers.into_iter().collect(), pairs)
}

#[test]
fn no_limit_is_broken_in_any_output() {
    let trials = support::trials(2);
    let sandbox = Sandbox::new();
    write_world(&sandbox, &sample_world());
    let goals = "[goals]\ncompanies = [\"Pelican Travel Tech\", \"Ziekenhuis De Linde\", \"Institute for Urban Mobility\"]\n";
    let audit = |settings: &str, dir: &str| {
        sandbox.file("settings.toml", format!("{goals}{settings}"));
        let run = sandbox.weaktie(&[
            "audit",
            "export",
            "log.csv",
            "--config",
            "settings.toml",
            "--out",
            dir,
        ]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
    };
    audit("", "free");
    let (planned, brokers, pairs) = named(&sandbox, "free");
    assert!(pairs.len() > 2 && brokers.len() > 1, "{pairs:?} {brokers:?}");
    for trial in 0..trials {
        let mut stream = Stream::new(trial, "limits", 0);
        let mut limits = Limits::default();
        let mut clients = BTreeSet::new();
        let mut ends: Vec<String> = pairs.iter().flatten().cloned().collect();
        stream.shuffle(&mut ends);
        let mut askable = brokers.clone();
        stream.shuffle(&mut askable);
        let mut busy = planned.clone();
        stream.shuffle(&mut busy);
        limits.never.extend([ends.remove(0), busy.remove(0)]);
        limits.kept_out.extend([ends.remove(0), ends.remove(0), askable.remove(0)]);
        clients.insert(ends.remove(0));
        limits.kept_out.extend(clients.iter().cloned());
        limits.asked.extend(askable.pop());
        // A pair none of whom is left out is kept apart.
        if let Some(pair) = pairs.iter().find(|pair| !pair.iter().any(|id| limits.bars(id))) {
            let [a, b] = pair.clone();
            limits.apart.extend([[a.clone(), b.clone()], [b, a]]);
        }
        let everybody = limits.never.iter().chain(&limits.kept_out).chain(&limits.asked);
        let whom: Vec<String> = everybody.cloned().collect();
        let dir = format!("bound-{trial}");
        audit(&limits.toml(&clients), &dir);
        let broken = walk(&sandbox, &dir, &limits, &whom);
        assert!(broken.is_empty(), "trial {trial}: {broken:?}");
        // The same checks see every one of them where nothing forbids it.
        let free = walk(&sandbox, "free", &limits, &whom);
        let of = |what: &str| free.iter().filter(|(why, _)| why.starts_with(what)).count();
        assert!(of("introduced") > 2 && of("on a path") > 0, "{free:?}");
        assert!(limits.apart.is_empty() || of("introduced though") > 0, "{free:?}");
        assert!(of("in an action") > 0 && of("on the page") > 0, "{free:?}");
        assert!(of("asked again") > 0 && of("in a file of the plan") > 0, "{free:?}");
    }
}
