//! Mutation testing with one build: every mutant is compiled in, and an environment variable turns one of them on.
//!
//! - `mutants plant TREE COUNT SEED ROOM…` rewrites files of a copy of the source tree and lists the mutants in
//!   `TREE/mutants.tsv`; a table in place of COUNT plants the mutants it lists;
//! - `mutants run TREE TESTS SECONDS` runs the test binary once for each and says which survive.

mod plant;
mod run;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["plant", tree, count, seed, rooms @ ..] => {
            let number = |text: &str| text.parse::<u64>().expect("a number");
            let wanted = if count.ends_with(".tsv") {
                plant::Wanted::Listed(count.into())
            } else {
                plant::Wanted::Drawn(number(count), number(seed))
            };
            plant::plant(tree.as_ref(), &wanted, rooms);
        }
        ["run", tree, tests, seconds] => {
            run::run(tree.as_ref(), tests.as_ref(), seconds.parse().expect("seconds"));
        }
        _ => panic!("mutants plant TREE COUNT SEED ROOM… | mutants run TREE TESTS SECONDS"),
    }
}
