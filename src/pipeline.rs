//! The only place that knows the order of the stages: sources and settings in, an [`Audit`] out.

mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::by_week;
use crate::analysis::communities::{carry_on, causes_before};
use crate::analysis::with_inferred::with_inferred;
use crate::analysis::{self, strength_fit, strength_fit::Free};
use crate::assemble;
use crate::audit::{Audit, Origin, Refused, StrengthFit};
use crate::changes;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::ingest::{self, Code, FileRecords, Kind, crop};
use crate::note::Note;
use crate::people::attributes::Overrides;
use crate::people::{self, Decisions, Directory, Me, Resolved, Said};
use crate::progress::Progress;
use crate::recommend;
use crate::study::Study;
use crate::text;
use crate::ties::Events;
use crate::ties::strength::Model;
use crate::units::{Channel, Day};

/// What one run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// LinkedIn exports and logs.
    pub sources: Vec<PathBuf>,
    /// Settings.
    pub config: Config,
    /// Who the owner is, if said: a profile link, an address, an id in the log, a name.
    pub me: Option<String>,
    /// The day of the audit; the newest recorded day when left out.
    pub as_of: Option<Date>,
    /// Seed of every random stream.
    pub seed: u64,
    /// The earlier audit to compare with.
    pub previous: Option<Previous>,
    /// Whether numbers with inferred ties are worked out too.
    pub thorough: bool,
    /// Classes of titles, companies and people that win over the rules.
    pub classes: Overrides,
    /// Decisions about people.
    pub decisions: Decisions,
}

/// What an earlier audit hands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Previous {
    /// Its folder as named, for errors.
    pub folder: PathBuf,
    /// The day it speaks of.
    pub as_of: Date,
    /// Its strength midpoint; `None` where it knew no interactions.
    pub midpoint: Option<f64>,
    /// Its half-life in days.
    pub half_life: f64,
    /// Its channel weights; empty in the oldest audits.
    pub weights: BTreeMap<Channel, f64>,
    /// The whole of it: its plan is followed up, its people compared.
    pub saved: Arc<Audit>,
}

impl Previous {
    /// Refuses an audit that is not earlier than `as_of`: its scale would be taken from the future.
    fn check(&self, as_of: Day) -> Result<()> {
        if Day::from_date(self.as_of) < as_of {
            return Ok(());
        }
        Err(Error::usage(
            format!(
                "--previous {}: that audit is of {}, this one of {}",
                self.folder.display(),
                text::full_day(self.as_of),
                text::full_day(as_of.date())
            ),
            Some("name the folder of an earlier audit, or choose a later --as-of".to_owned()),
        ))
    }
}

/// Files as read, cropped to the day of the audit.
#[derive(Debug)]
struct Read {
    files: Vec<FileRecords>,
    as_of: Day,
    as_of_from: String,
    notes: Vec<Note>,
}

/// Everything known once files are read, dated and people settled.
#[derive(Debug)]
pub struct Loaded {
    /// Files, cropped to the day, with their row accounts.
    pub files: Vec<FileRecords>,
    /// People.
    pub resolved: Resolved,
    /// Events.
    pub events: Events,
    /// The day of the audit.
    pub as_of: Day,
    /// What decided it.
    pub as_of_from: String,
}

/// Reads the sources up to events between people.
///
/// # Errors
/// Any [`Error`] of reading; [`Error::Unusable`] when no row can be used; [`Error::Owner`] when the owner cannot be
/// told; [`Error::Usage`] for a previous audit that is not earlier.
pub fn load(request: &Request, progress: &dyn Progress) -> Result<Loaded> {
    let read = read(request, progress)?;
    progress.stage("settling who is who");
    let resolved = resolve(request, &read)?;
    settle(request, read, resolved)
}

/// Days from the newest record to the day of the audit above which a note says so.
const STALE: i32 = 45;

/// What the settings of a request say about reading.
///
/// # Errors
/// [`Error::Usage`] for a zone that does not exist.
pub fn reading(request: &Request) -> Result<ingest::Reading> {
    reading::of(request)
}

/// Reads the sources and crops them to the day.
fn read(request: &Request, progress: &dyn Progress) -> Result<Read> {
    let zone = request.config.zone()?;
    progress.stage("reading");
    let mut files = ingest::read_all_with(&request.sources, &reading::of(request)?)?;
    let mut days = crop::days(&files, &zone);
    let (as_of, as_of_from) = match (request.as_of, crop::newest_day(&files, &days)) {
        (Some(date), _) => (Day::from_date(date), "--as-of".to_owned()),
        (None, Some(newest)) => newest,
        (None, None) => return Err(nothing_usable(&files)),
    };
    request.previous.as_ref().map_or(Ok(()), |previous| previous.check(as_of))?;
    crop::crop(&mut files, &mut days, as_of, &zone);
    if files.iter().all(|file| file.contacts.is_empty() && file.interactions.is_empty()) {
        return Err(nothing_usable(&files));
    }
    let newest = crop::newest_day(&files, &days).map(|(day, _)| (day, as_of.since(day)));
    let stale = newest.filter(|(_, days)| *days > STALE);
    let notes = stale.map(|(day, days)| Note::Stale { newest: day.date(), days });
    let cut = files.iter().filter(|file| file.is_cut_short()).count();
    let cut = (cut > 0).then_some(Note::CutShort(cut));
    let is_unused =
        |file: &&FileRecords| file.problems.iter().any(|one| one.code == Code::UnusedSection);
    let unused = files.iter().filter(is_unused).count();
    let unused = (unused > 0).then_some(Note::SectionsUnused(unused));
    let notes = cut.into_iter().chain(unused).chain(notes).collect();
    Ok(Read { files, as_of, as_of_from, notes })
}

/// Tells people and the owner apart.
fn resolve(request: &Request, read: &Read) -> Result<Resolved> {
    let said = Said {
        me: request.me.as_deref().map(Me::from_text).unwrap_or_default(),
        also: Me::from_config(&request.config.me),
        decisions: request.decisions.clone().with_same(&request.config.identity.same)?,
        classes: request.classes.clone(),
    };
    let mut resolved = people::resolve(&read.files, &said)?;
    let config = &request.config;
    let directory = &mut resolved.directory;
    directory.profile =
        people::Profile::of(&read.files, &config.me, &request.classes, read.as_of.date());
    let notes = people::roles::assign(directory, &config.boundaries.roles);
    resolved.notes.extend(notes);
    let directory = &mut resolved.directory;
    resolved.notes.extend(people::cadence::assign(directory, &config.neglect.cadence));
    Ok(resolved)
}

/// Makes events between people of the rows.
fn settle(request: &Request, read: Read, mut resolved: Resolved) -> Result<Loaded> {
    let Read { mut files, as_of, as_of_from, notes } = read;
    resolved.notes.extend(notes);
    leave_out_owner(&mut files, &resolved);
    for (place, about) in &resolved.about_files {
        let format = &mut files[*place].format;
        *format = format!("{format}; {about}");
    }
    let events = Events::from_files(&mut files, &resolved.of, &request.config.zone()?);
    Ok(Loaded { files, resolved, events, as_of, as_of_from })
}

/// The owner's own row in a contact list (pooled exports have it) makes no contact.
fn leave_out_owner(files: &mut [FileRecords], resolved: &Resolved) {
    let owner = resolved.directory.owner;
    for (file, ids) in files.iter_mut().zip(&resolved.of) {
        let is_owner = |who: u32| ids[who as usize] == owner;
        let own: Vec<u64> =
            file.contacts.iter().filter(|row| is_owner(row.who)).map(|row| row.line).collect();
        file.contacts.retain(|row| !is_owner(row.who));
        crop::skip_lines(file, &own, Code::SelfLoop, "the owner's own row");
    }
}

/// Logs that say nothing because nobody in them is the owner. Which logs, and who is busiest there, stands with the
/// files, where a redacted copy shows nothing.
fn refused_logs(without_owner: usize) -> Option<Refused> {
    let question = match without_owner {
        0 => return None,
        1 => "What passed between you and others in the log that does not show you?",
        _ => "What passed between you and others in the logs that do not show you?",
    };
    Some(Refused::new(
        question,
        "no address in there is known to be yours",
        "say which address is yours, with --me or as [me] emails in weaktie.toml (`weaktie inspect` lists the \
         busiest of each log)",
    ))
}

fn nothing_usable(files: &[FileRecords]) -> Error {
    let is_read = |file: &&FileRecords| file.kind != Kind::Ignored && file.kind != Kind::NotPeople;
    let files = files.iter().filter(is_read);
    let read: u64 = files.clone().map(|file| file.rows_read).sum();
    let skipped = files.clone().flat_map(|file| &file.problems).filter(|p| p.code.skips_row());
    let codes: BTreeSet<&str> = skipped.map(|problem| problem.code.name()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let names: Vec<&str> = files.map(|file| file.file.as_str()).take(3).collect();
    let (why, hint) = match codes.as_slice() {
        [] => (String::new(), WANTED),
        ["after-as-of", ..] => (format!(" ({})", codes.join(", ")), "choose a later --as-of"),
        _ => (format!(" ({})", codes.join(", ")), WANTED),
    };
    Error::unusable(
        names.join(", "),
        format!("none of {read} rows can be used{why}"),
        Some(hint.to_owned()),
    )
}

/// What makes a network.
const WANTED: &str = "load Connections.csv, messages.csv, or a log with timestamp,from,to,channel";

/// Reads, measures, plans: the main job.
///
/// # Errors
/// As [`load`], and [`Error::Owner`] when the named owner has no contact in the data.
pub fn audit(request: &Request, progress: &dyn Progress) -> Result<Audit> {
    let loaded = load(request, progress)?;
    let Loaded { files, resolved, events, as_of, as_of_from } = loaded;
    let people = Arc::new(resolved.directory);
    let scale = request.previous.as_ref().filter(|old| old.midpoint.is_some());
    progress.stage("measuring");
    let (study, strength) = study(request, &people, events, as_of, scale);
    if study.ties.is_empty() {
        return Err(Error::Owner {
            what: format!(
                "{} has no contact with anybody in the data",
                people.person(people.owner).name
            ),
            candidates: Vec::new(),
        });
    }
    let (mut findings, facts) = analysis::run_all(&study);
    findings.notes.extend(resolved.notes);
    findings.tables.identity = assemble::identity(&resolved.identity, &study.people);
    findings.notes.extend(scale.map(|old| Note::EarlierScale(old.as_of)));
    findings.tables.strength_fit = strength.fit;
    findings.refused.extend(refused_logs(resolved.without_owner));
    if request.thorough {
        progress.stage("drawing inferred ties");
        findings.tables.with_inferred = with_inferred(&study, &findings.tables.bridges);
    }
    progress.stage("planning");
    let earlier = request.previous.as_ref().map(|old| old.saved.as_ref());
    let plan = recommend::advise(&study, &findings, &facts, &request.config, earlier);
    let mut audit = assemble::audit(assemble::Parts {
        request,
        files: &files,
        as_of_from,
        study: &study,
        facts: &facts,
        findings,
        plan,
        origins: strength.origins,
    });
    if let Some(previous) = &request.previous {
        let Audit { findings, people, .. } = &mut audit;
        carry_on(&mut findings.communities, people, &previous.saved);
        causes_before(findings, &previous.saved);
        progress.stage("comparing");
        changes::hand_on(&previous.saved, &mut audit);
        let told = &previous.saved.findings.quarters;
        audit.findings.quarters = changes::history::carried(told, &audit.findings.quarters);
        let mut found = changes::between(&previous.saved, &audit);
        if request.thorough {
            progress.stage("drawing weeks anew");
            let earlier = Day::from_date(previous.as_of);
            (found.graph, found.bridges) = by_week::shifts(&study, earlier);
        }
        audit.findings.changes = Some(found);
    }
    Ok(audit)
}

/// How strength came to be measured.
struct Strength {
    fit: Option<StrengthFit>,
    /// Of the half-life, and of the channel weights.
    origins: [Origin; 2],
}

/// The study, with the half-life and the channel weights of the settings, of the earlier audit, or else those the
/// owner's past speaks for.
fn study(
    request: &Request,
    people: &Arc<Directory>,
    events: Events,
    as_of: Day,
    scale: Option<&Previous>,
) -> (Study, Strength) {
    let config = &request.config;
    let mut model = Model::new(config);
    let own =
        |channel: &Channel| config.channels.get(channel).is_some_and(|set| set.weight.is_some());
    let sets_half_life = config.network.half_life.is_some();
    let from = |sets: bool| match scale {
        _ if sets => Origin::Settings,
        Some(_) => Origin::EarlierAudit,
        None => Origin::Default,
    };
    let mut origins = [from(sets_half_life), from(false)];
    if let Some(old) = scale {
        model.half_life = if sets_half_life { model.half_life } else { old.half_life };
        for (channel, weight) in old.weights.iter().filter(|(channel, _)| !own(channel)) {
            model.weights[*channel as usize] = *weight;
        }
    }
    let midpoint = scale.and_then(|old| old.midpoint);
    let (people, events) = (Arc::clone(people), Arc::new(events));
    let study = Study::of_model(people, events, as_of, request.seed, config, model, midpoint);
    let free = Free {
        half_life: !sets_half_life && scale.is_none(),
        weights: Channel::ALL.map(|channel| !own(&channel) && scale.is_none()),
    };
    let Some((model, fit)) = strength_fit::fit(&study, free) else {
        return (study, Strength { fit: None, origins });
    };
    if (model.half_life - study.model.half_life).abs() > 0.0 {
        origins[0] = Origin::Data;
    }
    if model.weights.iter().zip(study.model.weights).any(|(new, old)| new.total_cmp(&old).is_ne()) {
        origins[1] = Origin::Data;
    }
    let study = if model == study.model { study } else { study.with_model(model) };
    (study, Strength { fit: Some(fit), origins })
}

/// What the sources hold and which questions they answer.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Inspection {
    /// Every file with its row account.
    pub inputs: Vec<crate::audit::Input>,
    /// Number of people named anywhere in the sources, the owner left out.
    pub people: usize,
    /// Of these, the owner's contacts: the people of a report. 0 while the owner is unknown.
    pub contacts: usize,
    /// Number of the owner's ties (one a contact) and of observed ties among contacts: the ties of a report.
    pub ties: usize,
    /// Questions the data answers.
    pub answerable: Vec<String>,
    /// Questions it does not, with what to load.
    pub refused: Vec<Refused>,
    /// Files that would tell more, and what.
    pub next: Vec<&'static str>,
    /// The owner and how the owner was told; `null` when unknown.
    pub owner: Option<String>,
    /// The day an audit would speak of.
    pub as_of: Option<Date>,
    /// Remarks on what was taken for granted or is missing.
    pub notes: Vec<String>,
    /// Sections for `weaktie.toml` by which tables that are not known could be read.
    pub proposals: Vec<String>,
    /// Every field that would be kept.
    pub fields_kept: Vec<&'static str>,
}

/// Every field kept from the inputs, whatever the file. There is no field for message text or subjects.
pub const FIELDS_KEPT: &[&str] = &[
    "contact: name, profile link, e-mail, employer, title, connected on",
    "interaction: time, channel, sender, recipient, conversation id (of mail: a hash of it), length of a meeting or call",
    "owner: name, headline, own addresses, positions, schools, skills, companies and members followed, days of activity",
    "person of an address book: name, employer and title beside an address, a number or a link that stands in another file",
];

/// Looks into the sources without measuring. An owner who cannot be told is no error here.
///
/// # Errors
/// Any [`Error`] of reading.
pub fn inspect(request: &Request, progress: &dyn Progress) -> Result<Inspection> {
    let read = read(request, progress)?;
    progress.stage("settling who is who");
    match resolve(request, &read) {
        Ok(resolved) => inspect_settled(request, settle(request, read, resolved)?),
        Err(Error::Owner { what, candidates }) => {
            let refused = Refused {
                question: "Whose network is this?".to_owned(),
                why: what,
                what_to_load: format!(
                    "name the owner with --me, or load the LinkedIn export (busiest here: {})",
                    candidates.join(", ")
                ),
            };
            Ok(Inspection {
                inputs: inputs(request, &read.files)?,
                people: read.files.iter().map(|file| file.mentions.len()).sum(),
                contacts: 0,
                ties: 0,
                answerable: Vec::new(),
                refused: vec![refused],
                next: load_next(&read.files),
                owner: None,
                as_of: Some(read.as_of.date()),
                notes: read.notes.iter().map(Note::to_string).collect(),
                proposals: proposals(&read.files),
                fields_kept: FIELDS_KEPT.to_vec(),
            })
        }
        Err(other) => Err(other),
    }
}

fn inspect_settled(request: &Request, loaded: Loaded) -> Result<Inspection> {
    let Loaded { files, resolved, events, as_of, as_of_from: _ } = loaded;
    let people = Arc::new(resolved.directory);
    let owner = people.person(people.owner);
    let (seed, config) = (request.seed, &request.config);
    let study = Study::new(Arc::clone(&people), Arc::new(events), as_of, seed, config, None);
    let refused = analysis::refusals(&study).into_iter();
    Ok(Inspection {
        inputs: inputs(request, &files)?,
        people: people.people.len() - 1,
        contacts: study.ties.len(),
        ties: study.ties.len() + study.network.flat.ties(),
        answerable: answerable(&study),
        refused: refused.chain(refused_logs(resolved.without_owner)).collect(),
        next: load_next(&files),
        owner: Some(format!("{} ({})", owner.name, people.found_by)),
        as_of: Some(as_of.date()),
        notes: resolved.notes.iter().map(Note::to_string).collect(),
        proposals: proposals(&files),
        fields_kept: FIELDS_KEPT.to_vec(),
    })
}

fn proposals(files: &[FileRecords]) -> Vec<String> {
    files.iter().filter_map(|file| file.proposal.clone()).collect()
}

/// Kinds of files that are not there, with what they would tell.
fn load_next(files: &[FileRecords]) -> Vec<&'static str> {
    let used = |kind: Kind| files.iter().any(|file| file.kind == kind && file.rows_used > 0);
    let is_linkedin = files.iter().any(|file| file.kind.name().starts_with("linkedin"));
    let has_log = files.iter().any(|file| file.kind.is_log() && file.rows_used > 0);
    let wanted = [
        (
            !used(Kind::Connections),
            "LinkedIn's Connections.csv: who your connections are, their titles and employers",
        ),
        (
            is_linkedin && !used(Kind::Messages),
            "LinkedIn's messages.csv, in the larger of its two archives: with whom you talked, and when",
        ),
        (
            is_linkedin && !used(Kind::Invitations),
            "LinkedIn's Invitations.csv: who you are for certain, and who took the first step",
        ),
        (
            has_log && is_linkedin && !used(Kind::EmailAddresses),
            "LinkedIn's Email Addresses.csv: which addresses in the logs are yours",
        ),
        (
            !has_log,
            "your mail (mbox), calendar (.ics), or a log of calls or meetings (CSV with timestamp,from,to,channel): ties \
             that LinkedIn does not see, and ties among your contacts",
        ),
    ];
    wanted.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, what)| what).collect()
}

fn inputs(request: &Request, files: &[FileRecords]) -> Result<Vec<crate::audit::Input>> {
    let zone = request.config.zone()?;
    Ok(files.iter().map(|file| assemble::input(file, &zone)).collect())
}

fn answerable(study: &Study) -> Vec<String> {
    let mut questions = vec!["How diverse is your network?".to_owned()];
    let recent = study.ties.iter().any(|tie| tie.connected.is_some());
    if recent {
        questions.push("Which new connections wait for a first message?".to_owned());
    }
    if study.has_log() {
        questions.push("Which ties are slipping?".to_owned());
        questions.push("Where does your attention go?".to_owned());
    }
    if study.network.flat.ties() > 0 {
        questions.push("What circles is your network made of?".to_owned());
        questions.push("Who bridges your network?".to_owned());
    }
    questions
}
