//! ZIP and gzip: directories, local headers, wrappers, salvage.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| weaktie_fuzz::check("export.zip", data));
