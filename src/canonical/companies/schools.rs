//! Universities under their names in several languages: `TU München` is the `Technical University of Munich`.

const KINDS: &[(&str, &str)] = &[
    ("universitat", "university"),
    ("universitaet", "university"),
    ("universite", "university"),
    ("universidad", "university"),
    ("universita", "university"),
    ("universidade", "university"),
    ("universiteit", "university"),
    ("uniwersytet", "university"),
    ("univerzita", "university"),
    ("universitet", "university"),
    ("universitetet", "university"),
    ("universitatea", "university"),
    ("univerza", "university"),
    ("sveuciliste", "university"),
    ("egyetem", "university"),
    ("yliopisto", "university"),
    ("universitas", "university"),
    ("universiti", "university"),
    ("univ", "university"),
    ("uni", "university"),
    ("politecnico", "polytechnic"),
    ("politechnika", "polytechnic"),
    ("polytechnique", "polytechnic"),
    ("politecnica", "polytechnic"),
    ("technische", "technical"),
    ("technischen", "technical"),
    ("technique", "technical"),
    ("tecnica", "technical"),
    ("tecnico", "technical"),
    ("teknisk", "technical"),
    ("tekniske", "technical"),
    ("technicka", "technical"),
    ("freie", "free"),
    ("vrije", "free"),
    ("libre", "free"),
    ("nationale", "national"),
    ("nacional", "national"),
    ("autonoma", "autonomous"),
    ("catolica", "catholic"),
    ("cattolica", "catholic"),
    ("katholische", "catholic"),
    ("katholieke", "catholic"),
    ("catholique", "catholic"),
];
/// Places by their local name.
const PLACES: &[(&str, &str)] = &[
    ("munchen", "munich"),
    ("muenchen", "munich"),
    ("koln", "cologne"),
    ("koeln", "cologne"),
    ("wien", "vienna"),
    ("zuerich", "zurich"),
    ("genf", "geneva"),
    ("geneve", "geneva"),
    ("roma", "rome"),
    ("milano", "milan"),
    ("torino", "turin"),
    ("firenze", "florence"),
    ("napoli", "naples"),
    ("venezia", "venice"),
    ("padova", "padua"),
    ("genova", "genoa"),
    ("praha", "prague"),
    ("warszawski", "warsaw"),
    ("warszawa", "warsaw"),
    ("jagiellonski", "jagiellonian"),
    ("lisboa", "lisbon"),
    ("sevilla", "seville"),
    ("bruxelles", "brussels"),
    ("brussel", "brussels"),
    ("antwerpen", "antwerp"),
    ("gent", "ghent"),
    ("kobenhavns", "copenhagen"),
    ("kobenhavn", "copenhagen"),
    ("goteborgs", "gothenburg"),
    ("goteborg", "gothenburg"),
    ("lunds", "lund"),
    ("stockholms", "stockholm"),
    ("uppsala", "uppsala"),
    ("oslo", "oslo"),
    ("helsingin", "helsinki"),
    ("bucuresti", "bucharest"),
    ("beograd", "belgrade"),
    ("moskva", "moscow"),
    ("athina", "athens"),
    ("nurnberg", "nuremberg"),
    ("braunschweig", "brunswick"),
    ("strasbourg", "strasbourg"),
    ("lyon", "lyon"),
];
const SMALL: &str =
    "of de di da do du der des del della degli studi dei la le the zu zur fur for at in d l";

/// Whether a name says "university" in another language than English.
pub(super) fn is_foreign(words: &[super::words::Word]) -> bool {
    words.iter().any(|word| {
        KINDS
            .iter()
            .any(|(from, to)| *from == word.text && ["university", "polytechnic"].contains(to))
    })
}

/// The words of a school's name in one language, small words left out; `None` for anything else.
pub(super) fn school(words: &[&str]) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    let mut is_school = false;
    for (at, word) in words.iter().enumerate() {
        if at == 0 && *word == "tu" && words.len() > 1 {
            out.extend(["technical".to_owned(), "university".to_owned()]);
            is_school = true;
            continue;
        }
        let kind = KINDS.iter().find(|(from, _)| from == word).map(|(_, to)| *to);
        let place = PLACES.iter().find(|(from, _)| from == word).map(|(_, to)| *to);
        let read = kind.or(place).unwrap_or(word);
        is_school |= ["university", "polytechnic"].contains(&read);
        if !super::super::lists(SMALL, read) {
            out.push(read.to_owned());
        }
    }
    (is_school && out.len() > 1).then_some(out)
}
