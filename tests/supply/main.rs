//! `cargo run --locked --example bom > bom.json`: what is compiled in, as a bill of materials (`CycloneDX` 1.5).

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command that prints")]

use std::path::Path;
use std::process::ExitCode;

mod bom;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).map_err(|error| error.to_string());
    let bill = lock.and_then(|lock| bom::bill(&bom::tree(root)?, &lock));
    match bill {
        Ok(bill) => {
            println!("{bill:#}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
