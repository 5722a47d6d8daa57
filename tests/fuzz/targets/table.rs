//! Any bytes as a file: kinds told by content, encodings, delimiters, headers.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| weaktie_fuzz::check("export/file.csv", data));
