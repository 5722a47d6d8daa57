//! `weaktie paths`: the best ways to a person, employer or class, of a saved audit.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::audit::{Audit, Redaction, TargetKind, WaysIn};
use crate::canonical::{self, Lane};
use crate::changes::who::Matched;
use crate::cli::args::Paths;
use crate::cli::{Outcome, note, saved, say};
use crate::error::{Error, Result};
use crate::introductions::circle::Circle;
use crate::introductions::ways::Doors;
use crate::report::Former;
use crate::{report, taxonomy, text, who};

/// What is printed as JSON.
#[derive(Serialize)]
struct Told<'a> {
    as_of: jiff::civil::Date,
    #[serde(flatten)]
    found: &'a WaysIn,
    /// `null`: past employers are unknown.
    former: Option<&'a [Former]>,
}

/// Who is looked for.
struct Target {
    name: String,
    /// In words.
    what: String,
    kind: TargetKind,
    places: Vec<usize>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Paths) -> Outcome {
    let audit = saved::read(&args.dir)?;
    let (_, limits) = super::introduce::of(&audit)?;
    let circle = Circle::of_audit(&audit);
    let target = target(args, &audit, &circle)?;
    if let (TargetKind::Person, Some(rule)) = (target.kind, limits.suppressed.get(&target.name)) {
        let (why, hint) = super::introduce::why(*rule);
        let what = format!("no path is shown to {}: {why}", target.what);
        return Err(Error::usage(what, Some(hint.to_owned())).into());
    }
    if let (TargetKind::Company, []) = (target.kind, &*target.places) {
        let near = near(&target.name, &audit);
        if !near.is_empty() {
            note(&format!("did you mean {}?", near.join(", ")))?;
        }
    }
    let found = Doors::new(&circle, limits).ways(&target.name, target.kind, &target.places);
    let former = former(args, &target, &audit, &circle, &limits.suppressed)?;
    let is_company = target.kind == TargetKind::Company;
    if args.json {
        let told = Told { as_of: audit.as_of, found: &found, former: former.as_deref() };
        let json =
            serde_json::to_string_pretty(&told).map_err(|error| Error::Bug(error.to_string()))?;
        say(&json)?;
    } else {
        let none: &[Former] = &[];
        let told = if is_company { former.as_deref() } else { Some(none) };
        let text = report::paths_text(&audit, &target.what, &found, told, limits.asks);
        say(text.trim_end())?;
    }
    Ok(0)
}

fn target(args: &Paths, audit: &Audit, circle: &Circle) -> Result<Target> {
    if let Some(text) = &args.to {
        let person = who::find(audit, text)?;
        let places = circle.place(&person.id).into_iter().collect();
        return Ok(Target {
            name: person.id.clone(),
            what: person.name.clone(),
            kind: TargetKind::Person,
            places,
        });
    }
    if let Some(name) = &args.company {
        return at_company(name, audit, circle);
    }
    let classes = [
        (&args.industry, "industry", TargetKind::Industry),
        (&args.function, "function", TargetKind::Function),
        (&args.seniority, "seniority", TargetKind::Seniority),
    ];
    for (given, attribute, kind) in classes {
        let Some(word) = given else { continue };
        let class = class(attribute, word)?;
        let of = |at: &usize| {
            let contact = &circle.contacts[*at];
            let own = match kind {
                TargetKind::Industry => &contact.industry,
                TargetKind::Function => &contact.function,
                _ => &contact.seniority,
            };
            own.as_deref() == Some(class)
        };
        return Ok(Target {
            name: class.to_owned(),
            what: format!("{} ({attribute})", text::class_within(class)),
            kind,
            places: (0..circle.contacts.len()).filter(of).collect(),
        });
    }
    // One of them is required by the command line.
    Err(Error::Bug("no target".to_owned()))
}

/// The class that a word means: its code, or the words the report has for it.
fn class(attribute: &str, word: &str) -> Result<&'static str> {
    let known = taxonomy::classes(attribute);
    let wanted = canonical::plain(word);
    let says = |code: &&&'static str| canonical::plain(&text::class_within(code)) == wanted;
    taxonomy::find(attribute, word).or_else(|near| {
        known.iter().find(says).copied().ok_or_else(|| {
            let hint = near.map_or_else(
                || format!("write one of: {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            Error::usage(format!("there is no {attribute} `{word}`"), Some(hint))
        })
    })
}

/// Everybody at an employer, by its one spelling; a name that nobody works at is refused with those that may be meant.
fn at_company(name: &str, audit: &Audit, circle: &Circle) -> Result<Target> {
    if audit.redaction != Redaction::Full {
        let hint = "name the folder the copy was made from".to_owned();
        return Err(Error::usage("this copy shows no employers", Some(hint)));
    }
    let Some(key) = canonical::employer(name) else {
        return Err(Error::usage(format!("`{name}` names no employer"), None));
    };
    let at = |at: &usize| circle.contacts[*at].company.as_deref() == Some(key.as_str());
    let places: Vec<usize> = (0..circle.contacts.len()).filter(at).collect();
    Ok(Target {
        name: name.trim().to_owned(),
        what: format!("people at {}", name.trim()),
        kind: TargetKind::Company,
        places,
    })
}

/// Employers in the audit that may be meant by a name at which nobody works.
fn near<'a>(name: &str, audit: &'a Audit) -> Vec<&'a str> {
    let stated: BTreeMap<String, &str> = audit
        .people
        .iter()
        .filter_map(|person| {
            let stated = person.company.as_deref()?;
            Some((canonical::employer(stated)?, stated))
        })
        .collect();
    // A part of a name is no employer; the whole one may be what was meant.
    let wanted = format!(" {} ", canonical::plain(name));
    let holds = |stated: &str| format!(" {} ", canonical::plain(stated)).contains(&wanted);
    let mut near: Vec<(f64, &str)> = stated
        .values()
        .map(|stated| (canonical::compare_companies(name, stated), *stated))
        .filter(|(verdict, stated)| verdict.lane != Lane::Different || holds(stated))
        .map(|(verdict, stated)| (verdict.score, stated))
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.into_iter().map(|(_, stated)| stated).take(4).collect()
}

/// Who was at the employer in the earlier audits and is not now, the newest audit that says so; `None` without any.
fn former(
    args: &Paths,
    target: &Target,
    audit: &Audit,
    circle: &Circle,
    suppressed: &BTreeMap<String, crate::audit::Rule>,
) -> Result<Option<Vec<Former>>> {
    if args.earlier.is_empty() {
        return Ok(None);
    }
    let key = Some(target).filter(|target| target.kind == TargetKind::Company);
    let Some(key) = key.and_then(|target| canonical::employer(&target.name)) else {
        return Ok(Some(Vec::new()));
    };
    let mut found: BTreeMap<String, jiff::civil::Date> = BTreeMap::new();
    for dir in &args.earlier {
        let earlier = saved::read(dir)?;
        // Somebody may have had another key then.
        let matched = Matched::of(&earlier, audit);
        for person in &earlier.people {
            let Some(id) = matched.today(&person.id) else { continue };
            let was =
                person.company.as_deref().and_then(canonical::employer).as_ref() == Some(&key);
            let is = |at: usize| target.places.contains(&at);
            if was && !suppressed.contains_key(id) && circle.place(id).is_some_and(|at| !is(at)) {
                let seen = found.entry(id.to_owned()).or_insert(earlier.as_of);
                *seen = (*seen).max(earlier.as_of);
            }
        }
    }
    Ok(Some(found.into_iter().map(|(id, seen)| Former { id, seen }).collect()))
}
