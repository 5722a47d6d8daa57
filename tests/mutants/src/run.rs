//! Every mutant against the tests of its module, then of its room; who is not noticed is listed.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How a run of tests ended.
#[derive(PartialEq)]
enum End {
    Passed,
    Failed,
    TooLong,
}

/// Runs the tests whose names begin so, with a mutant on.
fn tests(binary: &Path, prefix: &str, mutant: &str, seconds: u64) -> End {
    let mut run = Command::new(binary)
        .args([prefix, "--quiet"])
        .env("WEAKTIE_MUTANT", mutant)
        .env("PROPTEST_FAILURE_PERSISTENCE", "off")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the test binary");
    let started = Instant::now();
    loop {
        match run.try_wait().expect("a state") {
            Some(status) if status.success() => return End::Passed,
            Some(_) => return End::Failed,
            None if started.elapsed() > Duration::from_secs(seconds) => {
                let _ = run.kill();
                let _ = run.wait();
                return End::TooLong;
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Runs all mutants of `TREE/mutants.tsv`.
pub fn run(tree: &Path, binary: &Path, seconds: u64) {
    let list = std::fs::read_to_string(tree.join("mutants.tsv")).expect("mutants.tsv: plant first");
    let (mut killed, mut slow, mut lived) = (0, 0, Vec::new());
    for line in list.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [number, file, _, _] = fields.as_slice() else { panic!("{line}") };
        let module = file.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
        let room = module.split("::").next().unwrap_or_default().to_owned();
        // A file of its own tests first; the whole room only for those that pass them.
        let mut end = tests(binary, &module, number, seconds);
        if end == End::Passed && module != room {
            end = tests(binary, &room, number, seconds);
        }
        match end {
            End::Failed => {
                println!("killed: {line}");
                killed += 1;
            }
            End::TooLong => {
                println!("too long: {line}");
                slow += 1;
            }
            End::Passed => {
                println!("lived: {line}");
                lived.push(line);
            }
        }
    }
    println!("{killed} killed, {slow} ran too long, {} lived", lived.len());
}
