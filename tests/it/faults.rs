//! What the machine may do to a run: kill it, fill the disk, loop the links. The old report or the new one is whole.
//!
//! `WEAKTIE_TRIALS=200` kills two hundred runs; plain `cargo test` kills a few.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use weaktie::random::Stream;

use crate::support::{Sandbox, root, trials};
use crate::travel::files;

fn sample() -> String {
    root().join("reports/sample").display().to_string()
}

fn weaktie(sandbox: &Sandbox) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weaktie"));
    command.current_dir(sandbox.path("")).env_clear().stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long a run takes decides when it is killed")]
fn a_killed_run_leaves_the_old_report_or_the_new_one() {
    let sandbox = Sandbox::new();
    let full = ["report", &sample(), "--out", "target"];
    let brief = ["report", &sample(), "--out", "target", "--brief"];
    let timed = |arguments: &[&str]| {
        let started = std::time::Instant::now();
        assert_eq!(sandbox.weaktie(arguments).code(), 0);
        started.elapsed().as_secs_f64()
    };
    // Each kind by its own time, once everything is in memory: a brief report takes a fraction of a full one's.
    timed(&full);
    let takes_full = timed(&full);
    let whole = files(&sandbox.path("target"));
    let takes_brief = timed(&brief);
    let short = files(&sandbox.path("target"));
    assert!(whole.len() > 20 && short.len() < 20);
    let trials = trials(12);
    let mut stream = Stream::new(1, "kills", 0);
    let (mut killed, mut old, mut new) = (0, 0, 0);
    for trial in 0..trials {
        let is_whole = files(&sandbox.path("target")) == whole;
        let (arguments, takes) =
            if is_whole { (&brief[..], takes_brief) } else { (&full[..], takes_full) };
        let mut run = weaktie(&sandbox).args(arguments).spawn().expect("a run");
        // Half of them about the end, where the files are written.
        let share = if trial % 2 == 0 { stream.unit() } else { 0.66 + 0.7 * stream.unit() };
        std::thread::sleep(Duration::from_secs_f64(takes * share));
        killed += u32::from(run.try_wait().expect("its state").is_none());
        let _ = run.kill();
        run.wait().expect("it ended");
        let now = files(&sandbox.path("target"));
        assert!(now == whole || now == short, "trial {trial}: a half-written report");
        if (now == whole) == is_whole { old += 1 } else { new += 1 }
    }
    println!(
        "{trials} runs, {killed} killed before they ended: {old} left the old report, {new} the new one"
    );
    assert!(killed > 0, "every run ended before its time");
    // The next run cleans up after them.
    assert_eq!(sandbox.weaktie(&full).code(), 0);
    assert!(files(&sandbox.path("target")) == whole);
    assert_eq!(sandbox.entries(), ["target"]);
}

/// Runs the program under `sh` with a limit on the size of files, as a full disk would stop it.
#[cfg(unix)]
fn on_a_full_disk(sandbox: &Sandbox, arguments: &[&str]) -> (i32, String) {
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\"";
    let run = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_weaktie")])
        .args(arguments)
        .current_dir(sandbox.path(""))
        .output()
        .expect("sh runs");
    (run.status.code().unwrap_or(-1), String::from_utf8_lossy(&run.stderr).into_owned())
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.weaktie(&["report", &sample(), "--brief", "--out", "target"]).code(), 0);
    let before = files(&sandbox.path("target"));
    let data = root().join("data/sample").display().to_string();
    let out = sandbox.path("ties.csv").display().to_string();
    for arguments in [
        vec!["report", &sample(), "--out", "target"],
        vec!["audit", &data, "--out", "fresh"],
        vec!["export", &sample(), "--format", "gexf", "--out", &out],
        vec!["demo", "life", "--contacts", "50", "--years", "1"],
    ] {
        let (code, stderr) = on_a_full_disk(&sandbox, &arguments);
        assert_eq!(code, 4, "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("error: ") && stderr.contains("hint: "), "{stderr}");
        assert!(files(&sandbox.path("target")) == before);
        let left: Vec<String> =
            sandbox.entries().into_iter().filter(|name| name != "life").collect();
        assert_eq!(left, ["target"], "{arguments:?} left something behind");
    }
}

#[cfg(unix)]
#[test]
fn links_that_loop_end() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "logs/log.csv",
        "timestamp,from,to,channel\n\
         2026-01-05T10:00:00Z,me@example.org,ana@example.org,email\n\
         2026-01-06T10:00:00Z,ana@example.org,me@example.org,email\n",
    );
    let link =
        |to: &Path, at: &str| std::os::unix::fs::symlink(to, sandbox.path(at)).expect("a link");
    link(&sandbox.path("logs"), "logs/again");
    link(&sandbox.path("logs/knot"), "logs/knot");
    link(Path::new("nowhere"), "logs/dangling.csv");
    let run = sandbox.weaktie(&["audit", "logs", "--me", "me@example.org", "--out", "out"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let audit: serde_json::Value =
        serde_json::from_str(&sandbox.read("out/audit.json")).expect("JSON");
    let used: u64 = audit["inputs"]
        .as_array()
        .expect("inputs")
        .iter()
        .map(|input| input["rows_used"].as_u64().unwrap_or(0))
        .sum();
    assert_eq!(used, 2, "each row once");
}

#[cfg(target_os = "linux")]
#[test]
fn no_socket_is_opened() {
    let sandbox = Sandbox::new();
    let trace = sandbox.path("trace.txt");
    let data = root().join("data/sample").display().to_string();
    let strace = |arguments: &[&str]| {
        Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=%network", "-o"])
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_weaktie"))
            .args(arguments)
            .current_dir(sandbox.path(""))
            .env_clear()
            .output()
    };
    match strace(&["--version"]) {
        Ok(run) if run.status.success() => {}
        _ => return println!("skipped: there is no strace that may trace"),
    }
    for arguments in [
        vec!["audit", &data, "--out", "out"],
        vec!["compare", "out", "out"],
        vec!["report", "out", "--png", "--out", "b"],
    ] {
        let run = strace(&arguments).expect("it runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let calls = sandbox.read("trace.txt");
        assert!(calls.is_empty(), "{arguments:?}: {calls}");
    }
}
