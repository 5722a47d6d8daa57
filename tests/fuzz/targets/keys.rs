//! Links, addresses, names and companies as keys: a key is the key of itself.
#![no_main]

use weaktie_fuzz::canonical;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(slug) = canonical::profile_slug(text) {
        assert_eq!(
            canonical::profile_slug(&canonical::profile_url(&slug)).as_deref(),
            Some(slug.as_str())
        );
    }
    if let Some(email) = canonical::email(text) {
        assert_eq!(canonical::email(&email).as_deref(), Some(email.as_str()));
        let _ = canonical::is_role_address(&email);
        if canonical::is_plain_email(text) {
            assert_eq!(email, text);
        }
    }
    let _ = (canonical::folded_name(text), canonical::plain(text), canonical::company(text));
});
