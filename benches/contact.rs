//! What does the chance of contact cost: 30,000 ties with 1,000,000 interactions, fitted, tried and scored?
//!
//! Items are interactions, so that the cost of each can be read off for every size.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "days of a made-up log are small and positive"
)]

use divan::Bencher;
use divan::counter::ItemsCount;
use weaktie::forecast::coefficients::Coefficients;
use weaktie::forecast::columns::{At, Scope};
use weaktie::forecast::history::{Histories, Part};
use weaktie::forecast::outlook::Outlook;
use weaktie::random::Stream;
use weaktie::units::Day;

const DAYS: i32 = 1_825;

fn main() {
    divan::main();
}

/// So many ties of `owners` people with about 33 interactions each, busy ones more.
fn log(ties: u32, owners: u32) -> Histories {
    let mut random = Stream::new(1, "bench-contact", 0);
    let mut all: Vec<([u32; 2], Vec<i32>)> = Vec::new();
    let contacts = ties / owners;
    for owner in 0..owners {
        for nth in 0..contacts {
            let contact = owners + (owner * 7 + nth) % (ties / 3).max(contacts);
            let count = 1 + (66.0 * random.unit()) as usize;
            let start = random.between(0.0, f64::from(DAYS) * 0.8);
            let mut days: Vec<i32> =
                (0..count).map(|_| random.between(start, f64::from(DAYS)) as i32).collect();
            days.sort_unstable();
            all.push(([owner, contact], days));
        }
    }
    all.sort_unstable();
    let mut part = Part::default();
    for (ends, days) in all {
        part.push(ends, days.into_iter().map(Day));
    }
    Histories::new((owners + ties) as usize, vec![part])
}

#[divan::bench(args = [(3_000, 1), (30_000, 1), (30_000, 200), (300_000, 2_000)], sample_count = 5, sample_size = 1)]
fn fit_and_score(bencher: Bencher, (ties, owners): (u32, u32)) {
    let histories = log(ties, owners);
    let scope = Scope::of(&histories);
    let at = At { histories: &histories, scope, cutoff: Day(DAYS), horizon: 90 };
    let pretrained = Coefficients::shipped();
    bencher.counter(ItemsCount::new(ties * 33)).bench_local(|| {
        let outlook = Outlook::of(&at, &pretrained);
        outlook.chances(&at)
    });
}
