//! The industry of a company name: known employers first, then the head nouns of institutions.

use super::Class;
use super::tables::{self, Evidence};
use super::words::{fold, tokens};

/// Legal forms, cut from the end of a name.
const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "aktiengesellschaft",
    "as",
    "asa",
    "bv",
    "bvba",
    "cia",
    "co",
    "company",
    "corp",
    "corporation",
    "eg",
    "ek",
    "ev",
    "eurl",
    "gbr",
    "gesmbh",
    "ggmbh",
    "gmbh",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kgaa",
    "kk",
    "limited",
    "limitada",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "nv",
    "ohg",
    "oy",
    "oyj",
    "plc",
    "pllc",
    "pte",
    "private",
    "pty",
    "pvt",
    "s",
    "sa",
    "sas",
    "sarl",
    "se",
    "sl",
    "slu",
    "spa",
    "srl",
    "sro",
    "zrt",
    "aps",
    "sp",
    "zoo",
    "ug",
    "and",
    "cv",
    "sab",
    "eirl",
];

/// Countries and regions, cut from the end when the rest is a known employer.
const REGIONS: &[&str] = &[
    "africa",
    "america",
    "americas",
    "apac",
    "argentina",
    "asia",
    "australia",
    "austria",
    "belgium",
    "belgique",
    "brasil",
    "brazil",
    "canada",
    "chile",
    "china",
    "colombia",
    "czech",
    "denmark",
    "deutschland",
    "egypt",
    "emea",
    "espana",
    "europe",
    "finland",
    "france",
    "germany",
    "global",
    "hungary",
    "iberia",
    "india",
    "indonesia",
    "international",
    "ireland",
    "israel",
    "italia",
    "italy",
    "japan",
    "kenya",
    "korea",
    "latam",
    "luxembourg",
    "malaysia",
    "mexico",
    "middle",
    "east",
    "morocco",
    "nederland",
    "netherlands",
    "nigeria",
    "nordics",
    "north",
    "norway",
    "osterreich",
    "pakistan",
    "peru",
    "philippines",
    "poland",
    "polska",
    "portugal",
    "romania",
    "russia",
    "saudi",
    "arabia",
    "schweiz",
    "singapore",
    "south",
    "spain",
    "suisse",
    "sweden",
    "switzerland",
    "taiwan",
    "thailand",
    "turkey",
    "uae",
    "uk",
    "ukraine",
    "united",
    "kingdom",
    "us",
    "usa",
    "vietnam",
    "worldwide",
    "maroc",
    "tunisie",
    "new",
    "zealand",
    "london",
    "berlin",
    "careers",
];

/// Ends of German and Dutch compounds and the industry they name.
const COMPOUNDS: &[(&str, &str)] = &[
    ("universitat", "education"),
    ("hochschule", "education"),
    ("schule", "education"),
    ("gymnasium", "education"),
    ("akademie", "education"),
    ("kindergarten", "education"),
    ("school", "education"),
    ("krankenhaus", "health"),
    ("klinikum", "health"),
    ("klinik", "health"),
    ("kliniken", "health"),
    ("spital", "health"),
    ("apotheke", "health"),
    ("praxis", "health"),
    ("ziekenhuis", "health"),
    ("bank", "finance"),
    ("sparkasse", "finance"),
    ("versicherung", "insurance"),
    ("versicherungen", "insurance"),
    ("kasse", "insurance"),
    ("verzekeringen", "insurance"),
    ("stadtwerke", "energy"),
    ("kraftwerk", "energy"),
    ("maschinenbau", "manufacturing"),
    ("metallbau", "manufacturing"),
    ("fabrik", "manufacturing"),
    ("stahlbau", "manufacturing"),
    ("technikum", "education"),
    ("holzbau", "construction"),
    ("hochbau", "construction"),
    ("tiefbau", "construction"),
    ("bauunternehmen", "construction"),
    ("bouw", "construction"),
    ("architekten", "construction"),
    ("verlag", "media"),
    ("zeitung", "media"),
    ("ministerium", "government"),
    ("behorde", "government"),
    ("verwaltung", "government"),
    ("gemeente", "government"),
    ("gericht", "government"),
    ("stiftung", "nonprofit"),
    ("verband", "nonprofit"),
    ("verein", "nonprofit"),
    ("kirche", "nonprofit"),
    ("gemeinde", "government"),
    ("stichting", "nonprofit"),
    ("brauerei", "consumer"),
    ("backerei", "consumer"),
    ("metzgerei", "consumer"),
    ("molkerei", "consumer"),
    ("kanzlei", "professional"),
    ("beratung", "professional"),
    ("immobilien", "realestate"),
    ("reisen", "hospitality"),
    ("spedition", "transport"),
    ("logistik", "transport"),
    ("autohaus", "automotive"),
    ("handel", "retail"),
    ("grosshandel", "retail"),
    ("markt", "retail"),
    ("hotel", "hospitality"),
];

/// The words of a company name without its legal forms.
fn stem(name: &str) -> Vec<String> {
    let mut words = tokens(&fold(name));
    while words.len() > 1 && words.last().is_some_and(|word| LEGAL_FORMS.contains(&word.as_str())) {
        words.pop();
    }
    words
}

/// The industry of a listed employer or placeholder, and its name as listed.
fn known(words: &[String]) -> Option<(&'static str, &'static str)> {
    tables::employers().get(&tables::company_key(words)).copied()
}

/// The industry of `company`, or `None` when the name does not tell.
///
/// ```
/// use weaktie::people::attributes::classify_company;
/// assert_eq!(classify_company("Universität Musterstadt").unwrap().code, "education");
/// assert!(classify_company("Nimbus Ltd").is_none());
/// ```
#[must_use]
pub fn classify_company(company: &str) -> Option<Class> {
    let class = |(code, words): (&'static str, &'static str), confidence, rule| {
        (code != "unknown").then_some(Class { code, confidence, rule, words })
    };
    let whole = tokens(&fold(company));
    let words = stem(company);
    let bare = stem(company.split(['(', ',', '|']).next().unwrap_or(company));
    for name in [&whole, &words, &bare] {
        if let Some(found) = known(name) {
            return class(found, 0.98, "employer-list");
        }
    }
    let mut short = bare.clone();
    while short.len() > 1 && short.last().is_some_and(|word| REGIONS.contains(&word.as_str())) {
        short.pop();
    }
    if short.len() < bare.len()
        && let Some(found) = known(&short)
    {
        return class(found, 0.95, "employer-region");
    }
    by_words(&words)
}

/// The industry by head nouns: before "of" first, then the last strong noun, then weak ones.
fn by_words(words: &[String]) -> Option<Class> {
    let class = |code, words, confidence, rule| Some(Class { code, confidence, rule, words });
    let list = tables::industries();
    let hits = list.find(words);
    let of = words
        .iter()
        .position(|word| matches!(word.as_str(), "of" | "fur" | "for" | "pour" | "para"));
    let strong = |from: usize, to: usize| {
        hits.iter().rev().find(|hit| {
            hit.value.evidence == Evidence::Strong && hit.start >= from && hit.start < to
        })
    };
    if let Some(at) = of
        && let Some(hit) = strong(0, at)
    {
        return class(hit.value.code, hit.phrase, 0.95, "head-before-of");
    }
    if hits.iter().any(|hit| hit.value.evidence == Evidence::None) {
        return None;
    }
    if let Some(hit) = strong(0, words.len()) {
        let (code, phrase) = romance_head(words).unwrap_or((hit.value.code, hit.phrase));
        return class(code, phrase, 0.95, "head-noun");
    }
    for word in words.iter().rev() {
        let found =
            COMPOUNDS.iter().filter(|(end, _)| word.len() > end.len() && word.ends_with(end));
        if let Some((end, code)) = found.max_by_key(|(end, _)| end.len()) {
            return class(code, end, 0.9, "compound");
        }
    }
    let weak = hits.iter().rev().find(|hit| hit.value.evidence == Evidence::Weak)?;
    class(weak.value.code, weak.phrase, 0.85, "sector-word")
}

/// A leading institution noun of a Romance language names the whole ("Hospital de la Universidad").
fn romance_head(words: &[String]) -> Option<(&'static str, &'static str)> {
    const HEADS: &[(&str, &str)] = &[
        ("universidad", "education"),
        ("universidade", "education"),
        ("universite", "education"),
        ("universita", "education"),
        ("escuela", "education"),
        ("escola", "education"),
        ("ecole", "education"),
        ("colegio", "education"),
        ("instituto", "education"),
        ("lycee", "education"),
        ("scuola", "education"),
        ("faculdade", "education"),
        ("hospital", "health"),
        ("hopital", "health"),
        ("ospedale", "health"),
        ("clinica", "health"),
        ("clinique", "health"),
        ("banco", "finance"),
        ("banca", "finance"),
        ("banque", "finance"),
        ("ministerio", "government"),
        ("ministere", "government"),
        ("ministero", "government"),
        ("bundesministerium", "government"),
        ("prefeitura", "government"),
        ("ayuntamiento", "government"),
        ("mairie", "government"),
        ("fundacion", "nonprofit"),
        ("fundacao", "nonprofit"),
        ("fondation", "nonprofit"),
        ("fondazione", "nonprofit"),
        ("asociacion", "nonprofit"),
        ("associacao", "nonprofit"),
        ("hotel", "hospitality"),
        ("restaurante", "hospitality"),
        ("trattoria", "hospitality"),
        ("universitat", "education"),
    ];
    let first = words.first()?;
    let next_is_hotel = words.get(1).is_some_and(|word| word == "school" || word == "management");
    let found = HEADS.iter().find(|(head, _)| head == first)?;
    (!next_is_hotel && words.len() > 1).then_some((found.1, found.0))
}
