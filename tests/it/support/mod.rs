//! What tests share: a throwaway folder, the program, and the sample's life.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use weaktie::audit::Audit;
use weaktie::export;
use weaktie::pipeline::{self, Previous, Request};
use weaktie::progress::Silent;
use weaktie::report::{self, Options};
use weaktie::synth::{self, World};

/// A throwaway folder.
pub(crate) struct Sandbox(tempfile::TempDir);

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, content).expect("a file");
        path
    }

    /// Runs the program in this folder with an empty environment.
    pub(crate) fn weaktie(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_weaktie"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .output()
            .expect("the program runs");
        Run(output)
    }

    /// A text file of this folder.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Every entry of this folder, sorted.
    pub(crate) fn entries(&self) -> Vec<String> {
        entries_of(self.0.path())
    }
}

/// The names in a folder, sorted.
pub(crate) fn entries_of(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Every file below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found
}

/// Holds what comes of each case in a folder of fixtures against its `ledger.txt`; writes it anew with
/// `WEAKTIE_RENEW=1`.
pub(crate) fn check_ledgers(folder: &Path, least: usize, ledger: impl Fn(&Path) -> String) {
    let mut wrong = String::new();
    let cases = entries_of(folder);
    assert!(cases.len() >= least, "{} fixtures", cases.len());
    for case in cases {
        let found = ledger(&folder.join(&case));
        let expected = folder.join(&case).join("ledger.txt");
        if std::env::var_os("WEAKTIE_RENEW").is_some() {
            std::fs::write(&expected, &found).expect("a file");
        }
        if std::fs::read_to_string(&expected).expect("ledger.txt") != found {
            let _ = writeln!(wrong, "{case}:\n{found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Everything an audit writes, as text.
pub(crate) fn texts_of(audit: &Audit) -> Vec<String> {
    let rendered = report::render(audit, Options::default());
    let mut all = vec![
        serde_json::to_string(audit).expect("JSON"),
        rendered.html,
        report::people_csv(audit),
        report::actions_csv(audit),
        report::plan_text(audit).join("\n"),
        // A name may stand across a fold.
        report::actions_ics(audit).replace("\r\n ", ""),
        report::actions_md(audit),
        String::from_utf8(export::gexf(audit)).expect("UTF-8"),
        String::from_utf8(export::graphml(audit)).expect("UTF-8"),
        String::from_utf8(export::node_link(audit).expect("JSON")).expect("UTF-8"),
        // What a table holds: Parquet is compressed, and a search of its bytes finds nothing.
        String::from_utf8(export::csv(export::people(audit)).expect("a table")).expect("UTF-8"),
        String::from_utf8(export::csv(export::ties(audit)).expect("a table")).expect("UTF-8"),
    ];
    all.extend(rendered.charts.into_iter().map(|(_, svg)| svg));
    all
}

/// A finished run.
pub(crate) struct Run(Output);

impl Run {
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().expect("an exit code")
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("UTF-8")
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("UTF-8")
    }
}

/// The life of the committed sample.
pub(crate) fn sample_world() -> World {
    synth::generate(&sample_plan())
}

pub(crate) fn sample_plan() -> synth::Plan {
    synth::Plan { contacts: 240, years: 4, ..synth::Plan::default() }
}

/// Writes a world as folder and log; gives both paths.
pub(crate) fn write_world(sandbox: &Sandbox, world: &World) -> Vec<PathBuf> {
    for (name, bytes) in &world.files {
        sandbox.file(&format!("export/{name}"), bytes);
    }
    vec![sandbox.path("export"), sandbox.file("log.csv", &world.log)]
}

/// Audits sources with default settings.
pub(crate) fn audit(sources: Vec<PathBuf>) -> Audit {
    let request = Request { sources, seed: 1, ..Request::default() };
    pipeline::audit(&request, &Silent).expect("an audit")
}

/// An audit of a world.
pub(crate) fn audit_world(world: &World) -> Audit {
    let sandbox = Sandbox::new();
    audit(write_world(&sandbox, world))
}

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of the shared research data, or a word on why the test does nothing.
#[expect(clippy::print_stdout, reason = "says why a test did nothing")]
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(folder);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// A file of the project.
pub(crate) fn read(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A file of the project, as text.
pub(crate) fn text(path: &str) -> String {
    String::from_utf8(read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The word in every body, subject and title of the made-up sources: it is in no output.
pub(crate) const CANARY: &str = "zqxcanary";

/// A saved audit as the earlier one of the next.
pub(crate) fn previous(audit: Audit) -> Previous {
    Previous {
        folder: "earlier".into(),
        as_of: audit.as_of,
        midpoint: audit.settings.strength_midpoint,
        half_life: audit.settings.half_life,
        weights: audit.settings.channel_weights.clone(),
        saved: Arc::new(audit),
    }
}

/// How often something drawn by chance is tried: `WEAKTIE_TRIALS`, or a few.
pub(crate) fn trials(few: u64) -> u64 {
    asked_trials().unwrap_or(few)
}

/// `WEAKTIE_TRIALS`, where it is set.
pub(crate) fn asked_trials() -> Option<u64> {
    std::env::var_os("WEAKTIE_TRIALS").and_then(|n| n.to_str()?.parse().ok())
}
