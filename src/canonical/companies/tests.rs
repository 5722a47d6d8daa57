//! Keys, placeholders and pairs of companies: written for this project.

use proptest::prelude::*;

use super::*;
use crate::canonical::{Lane, compare_companies};

#[test]
fn companies_keep_what_tells_them_apart() {
    assert_eq!(company("Corwick Mills GmbH & Co. KG"), "corwick mills");
    assert_eq!(company("Blue Spa"), "blue spa");
    assert_eq!(company("Rosso S.p.A."), "rosso");
    assert_eq!(company("Rosso SpA"), "rosso");
    assert_eq!(company("Société Nord, S.A."), "societe nord");
    assert_eq!(company("Bolt International"), "bolt international");
    assert_eq!(company("Fjell Sp. z o.o."), "fjell");
    assert_eq!(company("Casa Verde, S.A. de C.V."), "casa verde");
    assert_eq!(company("PT Batu Karang Tbk"), "batu karang");
    assert_eq!(company("ООО «Север»"), "север");
    assert_eq!(company("株式会社 北星"), "北星");
    assert_eq!(company("Dorn-Verlag"), "dorn verlag");
    assert_eq!(company("Kestrel e.V."), "kestrel");
    assert_eq!(company("The"), "the");
    assert_eq!(company("Quillan - a Pellworm company"), "quillan");
    assert_eq!(company("Quillan – Wellness"), "quillan wellness");
    assert_eq!(company("Quillan (formerly Corwick)"), "quillan");
}

#[test]
fn fields_without_an_employer() {
    for name in [
        "Stealth Mode Startup",
        "Confidential",
        "N/A",
        "Freelance / Self-employed",
        "-- ",
        "Selbstständig",
    ] {
        assert!(is_placeholder_company(name) || company(name).is_empty(), "{name}");
    }
    for name in ["Stealth Aviation Museum", "Consultants United", "Retired Racehorses Trust"] {
        assert!(!is_placeholder_company(name), "{name}");
    }
}

/// Written for this project.
const CERTAIN: &[(&str, &str)] = &[
    ("Ravensholt & Pell AB", "Ravensholt and Pell"),
    ("Müllenhoff und Söhne GmbH", "Müllenhoff & Söhne"),
    ("Quillan Labs, Inc. | Sensors for rivers", "Quillan Labs"),
    ("The Thorvik Company", "Thorvik"),
    ("Universität Wien", "University of Vienna"),
    ("Università degli Studi di Padova", "University of Padua"),
    ("TU Braunschweig", "Technische Universität Braunschweig"),
    ("Northolm Water Works (NWW)", "Northolm Water Works"),
    ("Kuhn N.V.", "Kuhn"),
    ("Lunds universitet", "Lund University"),
];
const ASKED: &[(&str, &str)] = &[
    ("Northolm Water Works", "NWW"),
    ("Stad & Land Bouw", "SLB"),
    ("Fenni More", "Fennimore"),
    ("Kühnwerk", "Kuehnwerk"),
    ("Garrowby", "Garrowby Group"),
    ("Garrowby Poland", "Garrowby"),
    ("Otto Westerlo", "Westerlo"),
    ("Brackenrigde Optics", "Brackenridge Optics"),
    ("garrowby.com", "Garrowby"),
    ("Aldermoor in Germany", "Aldermoor"),
    ("Aldermoor (Deutschland) GmbH", "Aldermoor"),
    ("Северсталь", "Severstal"),
    ("Thorvik (now Pellworm)", "Pellworm"),
    ("Corwick College London", "Corwick College"),
    ("NI Fennia", "Northolm Institute Fennia"),
    ("Pell and Vance", "Pell Vance"),
];
const TWO: &[(&str, &str)] = &[
    ("Garrowby", "Garrowby Bank"),
    ("Garrowby Air Lines", "Garrowby Faucet"),
    ("University of Northolm", "Northolm University"),
    ("First Valley Bank", "First Harbour Bank"),
    ("Pell Cloud", "Pell"),
    ("Quillgram (Pell)", "Pell"),
    ("Tata Foods", "Tata"),
    ("Mercy Hospital (Boston)", "Mercy Hospital"),
    ("Merck KGaA", "Merck & Co., Inc."),
    ("Plan 9", "Plan"),
    ("Studio 54", "Studio 45"),
    ("Bank of Norrland", "Bank of Sorland"),
    ("Freelance", "Freelance"),
    ("Air Fennia", "Air"),
    ("Tess", "Tesso"),
    ("", "Pell"),
];

#[test]
fn pairs_fall_into_their_lanes() {
    let mut wrong = Vec::new();
    for (pairs, lane) in [(CERTAIN, Lane::Certain), (ASKED, Lane::Ask), (TWO, Lane::Different)] {
        for (a, b) in pairs {
            let found = compare_companies(a, b);
            if found.lane != lane {
                wrong.push(format!("{a} / {b}: {found:?} {:?}", (company(a), company(b))));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #[test]
    fn comparing_is_symmetric_and_never_fails(a in ".{0,30}", b in "[A-Za-zü株ООО &.,()|/-]{0,30}") {
        let (x, y) = (compare_companies(&a, &b), compare_companies(&b, &a));
        prop_assert_eq!(x.lane, y.lane);
        prop_assert!((0.0..=1.0).contains(&x.score));
    }

    #[test]
    fn a_key_is_its_own_key_for_plain_names(name in "[b-d]{3,8}( [k-m]{4,8}){0,2}") {
        let key = company(&name);
        prop_assert_eq!(company(&key), key);
    }
}
