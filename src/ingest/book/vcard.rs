//! vCard 2.1, 3.0 and 4.0, several cards a file.

use super::super::content::{Lines, Property};
use super::super::linkedin::Known;
use super::super::noise::Noise;
use super::super::record::{FileRecords, Kind};
use super::{Card, Seen, phone_key, settle};
use crate::canonical;

const WANTED: &[&str] = &[
    "BEGIN",
    "END",
    "N",
    "FN",
    "EMAIL",
    "TEL",
    "ORG",
    "TITLE",
    "URL",
    "X-SOCIALPROFILE",
    "SOCIALPROFILE",
    "KIND",
    "X-ADDRESSBOOKSERVER-KIND",
    "NICKNAME",
];

/// Reads the cards of a file.
pub(in crate::ingest) fn read(
    file: &str,
    bytes: &[u8],
    noise: &Noise,
    known: &Known,
    seen: &mut Seen,
) -> FileRecords {
    let mut out = FileRecords::new(file, Kind::Contacts);
    out.format = "vCard".to_owned();
    settle(out, cards(bytes), noise, known, seen)
}

fn cards(bytes: &[u8]) -> Vec<Card> {
    let mut cards = Vec::new();
    let mut current: Option<Card> = None;
    for line in Lines::new(bytes, WANTED) {
        let is_card = line.value.eq_ignore_ascii_case("VCARD");
        match (line.name.as_str(), is_card) {
            ("BEGIN", true) => {
                if let Some(open) = current.take() {
                    cards.push(Card { is_broken: true, ..open });
                }
                current = Some(Card { line: line.line, ..Card::default() });
            }
            ("END", true) => cards.extend(current.take()),
            _ => {
                if let Some(card) = &mut current {
                    add(card, &line);
                }
            }
        }
    }
    if let Some(open) = current {
        cards.push(Card { is_broken: true, ..open });
    }
    cards
}

fn add(card: &mut Card, line: &Property) {
    match line.name.as_str() {
        "FN" if !line.value.is_empty() => card.name = line.text().trim().to_owned(),
        "N" => {
            let parts = line.parts();
            let part = |at: usize| parts.get(at).map_or("", String::as_str);
            part(1).clone_into(&mut card.first_name);
            if card.name.is_empty() {
                card.name = format!("{} {}", part(1), part(0)).trim().to_owned();
            }
        }
        "NICKNAME" if card.name.is_empty() => card.name = line.text().trim().to_owned(),
        "EMAIL" => {
            let text = line.text();
            card.emails.extend(canonical::email(&text));
        }
        "TEL" => card.phones.extend(phone_key(line.text().trim_start_matches("tel:"))),
        "ORG" => card.company = line.parts().into_iter().next().unwrap_or_default(),
        "TITLE" => card.title = line.text(),
        "URL" | "X-SOCIALPROFILE" | "SOCIALPROFILE" => {
            card.slugs.extend(canonical::profile_slug(&line.text()));
        }
        "KIND" | "X-ADDRESSBOOKSERVER-KIND" => {
            card.is_group =
                ["group", "org", "location"].iter().any(|k| line.value.eq_ignore_ascii_case(k));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_of_three_versions() {
        let text = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Aldous;Greer;;;\r\nFN:Greer Aldous\r\n\
            item1.EMAIL;type=INTERNET:G.Aldous@example.org\r\nitem1.X-ABLabel:_$!<Other>!$_\r\nORG:Bolt\\, Inc;Pumps\r\n\
            TEL;TYPE=CELL:+47 22 33 44 556\r\nX-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/greer-k1\r\n\
            NOTE:secret\r\nEND:VCARD\r\nBEGIN:VCARD\nVERSION:2.1\nN:Ek;Tom\nEMAIL;INTERNET:tom@example.org\nEND:VCARD\n\
            BEGIN:VCARD\nVERSION:4.0\nFN:Open\nBEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Team\nEND:VCARD\n";
        let cards = cards(text);
        assert_eq!(cards.len(), 4);
        assert_eq!(cards[0].company, "Bolt, Inc");
        assert!(
            cards[0].emails.contains("g.aldous@example.org") && cards[0].slugs.contains("greer-k1")
        );
        assert_eq!((cards[1].name.as_str(), cards[1].first_name.as_str()), ("Tom Ek", "Tom"));
        assert!(cards[2].is_broken && cards[3].is_group);
    }
}
