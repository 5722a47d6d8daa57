//! `weaktie.toml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = weaktie_fuzz::config::Config::parse(text, "weaktie.toml");
});
