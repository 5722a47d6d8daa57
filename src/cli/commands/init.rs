//! `weaktie init`: a commented settings file, filled from the data.

use std::collections::BTreeMap;
use std::path::Path;

use crate::canonical;
use crate::cli::args::Init;
use crate::cli::{Outcome, note, progress::Spinner, say};
use crate::config::template::{Known, template};
use crate::error::{Error, Result};
use crate::output;
use crate::people::Person;
use crate::pipeline::{self, Loaded, Request};

/// The name of the file when none is given.
const DEFAULT: &str = "weaktie.toml";
/// Classes named of each attribute.
const CLASSES: usize = 3;

/// Runs the command.
pub(in crate::cli) fn run(args: &Init) -> Outcome {
    let out = args.out.clone().unwrap_or_else(|| DEFAULT.into());
    if out.exists() {
        return Err(Error::Occupied {
            path: out,
            what: "a file stands there already and is left as it is; name another with --out"
                .to_owned(),
        }
        .into());
    }
    let known = if args.sources.is_empty() { Known::default() } else { known(args)? };
    let text = template(&known);
    output::write_bytes(&out, text.as_bytes())?;
    say(&format!("{} written", out.display()))?;
    match known.names.first() {
        Some(name) => note(&format!("you are taken to be {name}; correct [me] if that is wrong"))?,
        None if args.sources.is_empty() => {}
        None => note("it is not known who you are: fill in [me]")?,
    }
    note(&format!("name it with --config {}", shown(&out)))?;
    Ok(0)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// What the sources tell of the owner. That nobody can be told is no error here.
fn known(args: &Init) -> Result<Known> {
    let request =
        Request { sources: args.sources.clone(), me: args.me.clone(), ..Request::default() };
    let progress = Spinner::new();
    match pipeline::load(&request, &progress) {
        Ok(loaded) => Ok(of(&loaded)),
        Err(Error::Owner { candidates, .. }) => Ok(Known { candidates, ..Known::default() }),
        Err(other) => Err(other),
    }
}

fn of(loaded: &Loaded) -> Known {
    let directory = &loaded.resolved.directory;
    let owner = directory.person(directory.owner);
    let is_name = owner.name != owner.key;
    let own = |person: &&Person| person.is_connection;
    let most = |class: fn(&Person) -> Option<&'static str>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for found in directory.people.iter().filter(own).filter_map(class) {
            *counts.entry(found).or_default() += 1;
        }
        let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        order.into_iter().take(CLASSES).map(|(class, _)| class.to_owned()).collect()
    };
    Known {
        names: is_name.then(|| owner.name.clone()).into_iter().collect(),
        emails: owner.emails.clone(),
        profile_urls: owner.slug.as_deref().map(canonical::profile_url).into_iter().collect(),
        company: directory.profile.company.clone(),
        level: directory.profile.seniority.as_ref().map(|stage| stage.code.to_owned()),
        industries: most(|person| person.industry.as_ref().map(|class| class.code)),
        functions: most(|person| person.function.as_ref().map(|class| class.code)),
        seniorities: most(|person| person.seniority.as_ref().map(|class| class.code)),
        candidates: Vec::new(),
    }
}
