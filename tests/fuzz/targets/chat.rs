//! Chats and phones' logs: WhatsApp, a Slack export of one conversation, calls and texts.
#![no_main]

use std::io::{Cursor, Write};

fn slack(day: &[u8]) -> Vec<u8> {
    let users = br#"[{"id":"U1","name":"a","profile":{"email":"a@example.org"}},{"id":"U2","name":"b"}]"#;
    let dms = br#"[{"id":"D1","members":["U1","U2"]}]"#;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let files: [(&str, &[u8]); 3] = [("users.json", users), ("dms.json", dms), ("D1/2026-03-04.json", day)];
    for (name, bytes) in files {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [which, rest @ ..] = data else { return };
    match which % 4 {
        0 => weaktie_fuzz::check("_chat.txt", &[b"[04/03/26, 14:05:09] A: x\n", rest].concat()),
        1 => weaktie_fuzz::check("chat.txt", &[b"04/03/2026, 14:05 - A: x\n", rest].concat()),
        2 => weaktie_fuzz::check("calls.xml", &[b"<calls count=\"1\">\n<call ", rest].concat()),
        _ => weaktie_fuzz::check("slack.zip", &slack(rest)),
    }
});
