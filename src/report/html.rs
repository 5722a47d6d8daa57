//! One self-contained page.
//!
//! Responsible for the frame: the policy that forbids every outside request, the style sheet, the order of the
//! parts. No link that loads, no font file; one script, named in the policy by its hash, that the page can do
//! without.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::page::actions::{self, Deck};
use super::page::cover::Stop;
use super::page::{cover, follow, numbers, people, sections, trust};
use super::view::View;
use super::{Options, Plate, theme, words};

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("page/style.css");
/// Sorting and filtering the people table.
const SCRIPT: &str = include_str!("page/script.js");
/// SHA-256 of [`SCRIPT`], the only script the policy lets run; a test recomputes it.
const SCRIPT_HASH: &str = "sha256-2RbItAKQq54y3elPJyu+bpRklS/XpzTSWeBWWuX1qkU=";

/// The page of an audit with its finished charts.
pub(crate) fn page(view: &View<'_>, plates: &[Plate], options: Options) -> String {
    let deck = Deck::of(view.audit, options.brief);
    let scripted = !options.brief && !view.audit.people.is_empty();
    let policy =
        if scripted { format!("{POLICY}; script-src '{SCRIPT_HASH}'") } else { POLICY.to_owned() };
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(view, &policy, &actions::filter_css(&deck)))
            body {
                a class="skip" href="#main" { "Skip to the report" }
                div class=(if options.brief { "page brief" } else { "page" }) {
                    (cover::cover(view))
                    (rail(view, options))
                    main id="main" tabindex="-1" {
                        (numbers::section(view, &deck.now))
                        (actions::section(view, &deck))
                        (follow::section(view))
                        @if !options.brief {
                            (sections::all(view, plates))
                            (people::section(view))
                            (trust::section(view, plates))
                        }
                    }
                    (footer(view))
                }
                @if scripted { script { (PreEscaped(SCRIPT)) } }
            }
        }
    };
    markup.into_string()
}

/// A page of what moved between audits: the cover, the numbers with their trend, the changes.
pub(crate) fn comparison(view: &View<'_>, plates: &[Plate]) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(view, POLICY, ""))
            body {
                a class="skip" href="#main" { "Skip to the report" }
                div class="page" {
                    (cover::cover(view))
                    (cover::rail(
                        &[Stop { id: "five", number: "1", name: "Five numbers".to_owned() }],
                        &sections::stop_of_moved(view),
                    ))
                    main id="main" tabindex="-1" {
                        (numbers::bare(view))
                        (sections::moved(view, plates))
                    }
                    (footer(view))
                }
            }
        }
    };
    markup.into_string()
}

fn head(view: &View<'_>, policy: &str, more: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width,initial-scale=1";
            meta name="referrer" content="no-referrer";
            meta name="color-scheme" content="light dark";
            title { (title(view)) }
            style { (PreEscaped(theme::css())) (PreEscaped(STYLE)) (PreEscaped(more)) }
        }
    }
}

fn title(view: &View<'_>) -> String {
    let day = words::full_day(view.audit.as_of).replace(words::HARD, " ");
    let name = view.audit.ego.name.trim();
    if name.is_empty() || !view.names_people() {
        format!("Network report, {day}")
    } else {
        format!("Network report, {day}: {name}")
    }
}

fn rail(view: &View<'_>, options: Options) -> Markup {
    let moves = match view.audit.actions.len() {
        0 => "Your next moves".to_owned(),
        1 => "Your next move".to_owned(),
        n => format!("Your next {n} moves"),
    };
    let mut decide = vec![
        Stop { id: "five", number: "1", name: "Five numbers".to_owned() },
        Stop { id: "act", number: "2", name: moves },
    ];
    if follow::stands(view).is_some() {
        decide.push(Stop { id: "follow", number: "3", name: "Follow-through".to_owned() });
    }
    let mut evidence = Vec::new();
    if !options.brief {
        evidence = sections::stops(view);
        if !view.audit.people.is_empty() {
            evidence.push(Stop { id: "people", number: "", name: "People".to_owned() });
        }
        evidence.push(Stop { id: "data", number: "16", name: "Can I trust it?".to_owned() });
    }
    cover::rail(&decide, &evidence)
}

fn footer(view: &View<'_>) -> Markup {
    html! {
        footer {
            (view.audit.tool) " · as of " (words::full_day(view.audit.as_of)) " · seed " (view.audit.seed)
            ". For your own use: not for hiring, promoting or ranking anybody. Protected attributes are never inferred."
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let at = |nth: usize| u32::from(three.get(nth).copied().unwrap_or(0));
            let bits = at(0) << 16 | at(1) << 8 | at(2);
            for nth in 0..4 {
                let six = (bits >> (18 - 6 * nth)) & 63;
                let letter = char::from(LETTERS[six as usize]);
                text.push(if nth > three.len() { '=' } else { letter });
            }
        }
        text
    }

    #[test]
    fn the_policy_names_the_script_by_its_hash() {
        assert_eq!(base64(b"Ma"), "TWE=");
        assert_eq!(SCRIPT_HASH, format!("sha256-{}", base64(&Sha256::digest(SCRIPT))));
        assert!(SCRIPT.is_ascii() && !SCRIPT.contains('\r') && !SCRIPT.contains("</"));
        for banned in ["eval", "innerHTML", "document.write", "fetch", "XMLHttpRequest", "import"] {
            assert!(!SCRIPT.contains(banned), "{banned}");
        }
    }
}
