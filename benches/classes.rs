//! How fast titles and companies are classified, on one core. `cargo bench --bench classes`.

use divan::Bencher;
use divan::counter::ItemsCount;
use weaktie::people::attributes::{classify_company, classify_title};

fn main() {
    divan::main();
}

/// The first cells of a labelled file.
fn column(text: &'static str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().filter_map(Result::ok).map(|record| record[0].to_owned()).collect()
}

#[divan::bench]
fn titles(bencher: Bencher) {
    let titles = column(include_str!("../data/taxonomy/dev/more_titles.csv"));
    std::hint::black_box(classify_title("Nurse", ""));
    bencher.counter(ItemsCount::new(titles.len())).bench(|| {
        titles.iter().filter(|title| classify_title(title, "").function.is_some()).count()
    });
}

#[divan::bench]
fn companies(bencher: Bencher) {
    let names = column(include_str!("../data/taxonomy/dev/more_companies.csv"));
    std::hint::black_box(classify_company("Nimbus"));
    bencher
        .counter(ItemsCount::new(names.len()))
        .bench(|| names.iter().filter(|name| classify_company(name).is_some()).count());
}
