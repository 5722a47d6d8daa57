//! People who show up under several keys and spellings, with the truth: what identity rests on.
//!
//! Two exports of one owner some years apart, message rows of the old layout without profile links, and a mail log.
//! Planted by turns: a new surname under the same link, a former surname in brackets, an address in the list, a second
//! address outside it, a short form of the first name in an address, namesakes with links of their own, and message
//! rows with a name alone. One bare row in `STRANGERS` is a stranger who only shares a contact's name, more than is
//! usual among real contacts.

use std::collections::BTreeMap;

use super::names::{self, Words};
use super::table::{link, record};
use crate::random::Stream;

/// Of so many bare rows one is a namesake.
const STRANGERS: usize = 100;

/// First names with a short form.
const SHORT: [(&str, &str); 12] = [
    ("Nathaniel", "Nate"),
    ("Abigail", "Abby"),
    ("Eleanor", "Nell"),
    ("Harriet", "Hattie"),
    ("Rosalind", "Rosie"),
    ("Katarzyna", "Kasia"),
    ("Lorenzo", "Enzo"),
    ("Valentina", "Tina"),
    ("Isaac", "Ike"),
    ("Robert", "Bob"),
    ("Francisco", "Paco"),
    ("Aleksandr", "Sasha"),
];

/// What a person's records look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planted {
    /// Another surname and employer in the newer export, the same link.
    Renamed,
    /// The former surname in brackets in the newer export.
    Maiden,
    /// The address of the log stands in the list.
    ListedAddress,
    /// An address at the employer that no list tells.
    SecondAddress,
    /// An address with the short form of the first name.
    ShortForm,
    /// Shares name and employer with the next person; each has a link.
    Namesake,
    /// Message rows with nothing but the name.
    BareName,
}

const ALL: [Planted; 7] = [
    Planted::Renamed,
    Planted::Maiden,
    Planted::ListedAddress,
    Planted::SecondAddress,
    Planted::ShortForm,
    Planted::Namesake,
    Planted::BareName,
];

/// The files and whose each key is.
#[derive(Debug, Clone, Default)]
pub struct Identities {
    /// Path inside the folder to write, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// What was planted for each person, by number.
    pub planted: Vec<Planted>,
    /// The person of each profile slug and address.
    pub keys: BTreeMap<String, usize>,
    /// The person of each name in the bare message rows; strangers have numbers past all others.
    pub bare: BTreeMap<String, usize>,
}

struct Person {
    first: String,
    last: String,
    slug: String,
    company: String,
    email: String,
}

/// Plants `people` identities.
///
/// ```
/// use weaktie::synth::identities;
/// let world = identities::plant(70, 1);
/// assert_eq!((world.planted.len(), world.files.len()), (70, 4));
/// ```
#[must_use]
pub fn plant(people: usize, seed: u64) -> Identities {
    let mut stream = Stream::new(seed, "synth-identities", 0);
    let mut words = Words::new();
    let mut out = Identities::default();
    let header =
        ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"];
    let (mut old, mut new, mut messages, mut log) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    record(&mut old, &header, false);
    record(&mut new, &header, false);
    record(
        &mut messages,
        &["From", "To", "Date", "Subject", "Content", "Direction", "Folder"],
        false,
    );
    log.extend_from_slice(b"timestamp,from,to,channel\n");
    let me = "maren.holtkamp@brightwater.example.com";
    let mut bare = 0;
    let mut before: Option<Person> = None;
    for number in 0..people {
        let planted = ALL[number % ALL.len()];
        let mut one = person(&mut stream, &mut words, number, planted);
        if let (Planted::Namesake, Some(other)) =
            (planted, before.take().filter(|_| number % 2 == 1))
        {
            (one.first, one.last, one.company) = (other.first, other.last, other.company);
            one.slug = names::slug(&mut stream, &one.first, &one.last, number);
        }
        let date = format!("{:02} Mar {}", number % 28 + 1, 2019 + number % 4);
        let url = link(&one.slug);
        let shown = if planted == Planted::ListedAddress { one.email.as_str() } else { "" };
        let before_row = [&one.first, &one.last, &url, shown, &one.company, "Engineer", &date];
        record(&mut old, &before_row, false);
        let (last, company) = match planted {
            Planted::Renamed => (words.name(&mut stream, 0).1, words.company(&mut stream, "any")),
            Planted::Maiden => {
                let now = words.name(&mut stream, 0).1;
                (format!("{now} (née {})", one.last), one.company.clone())
            }
            _ => (one.last.clone(), one.company.clone()),
        };
        record(&mut new, &[&one.first, &last, &url, shown, &company, "Lead", &date], false);
        let at = format!("2024-{:02}-{:02}T09:00:00Z", number % 12 + 1, number % 28 + 1);
        if matches!(planted, Planted::ListedAddress | Planted::SecondAddress | Planted::ShortForm) {
            log.extend_from_slice(format!("{at},{},{me},email\n", one.email).as_bytes());
            log.extend_from_slice(format!("{at},{me},{},email\n", one.email).as_bytes());
            out.keys.insert(one.email.clone(), number);
        }
        if planted == Planted::BareName {
            bare += 1;
            let whose = if bare % STRANGERS == 0 { people + bare } else { number };
            let name = format!("{} {}", one.first, one.last);
            let day = format!("2020-{:02}-{:02} 10:00:00 UTC", number % 12 + 1, number % 28 + 1);
            let row = [&name, "Maren Holtkamp", &day, "", "", "INCOMING", "INBOX"];
            record(&mut messages, &row, false);
            out.bare.insert(name, whose);
        }
        out.keys.insert(one.slug.clone(), number);
        out.planted.push(planted);
        before = Some(one);
    }
    out.files = vec![
        ("2022/Connections.csv".to_owned(), old),
        ("2026/Connections.csv".to_owned(), new),
        ("2022/messages.csv".to_owned(), messages),
        ("mail.csv".to_owned(), log),
    ];
    out
}

fn person(stream: &mut Stream, words: &mut Words, number: usize, planted: Planted) -> Person {
    let (mut first, last) = words.name(stream, number + 100);
    let mut called = first.clone();
    if planted == Planted::ShortForm {
        let (full, short) = stream.pick(&SHORT).copied().unwrap_or(SHORT[0]);
        full.clone_into(&mut first);
        short.clone_into(&mut called);
    }
    let company = words.company(stream, "any");
    let host = names::local_part(&company, "").split('.').next().unwrap_or("mail").to_owned();
    let local = names::local_part(&called, &last);
    // Some share a name by chance: an address is one person's all the same.
    let mark = if planted == Planted::ListedAddress { number.to_string() } else { String::new() };
    let email = format!("{local}{mark}@{host}.example.com");
    Person { slug: names::slug(stream, &first, &last, number), first, last, company, email }
}
