//! Mailboxes and single messages: the first byte chooses what stands above the bytes.
#![no_main]

const HEADS: &[&str] = &[
    "",
    "From a@example.org Mon Mar  4 12:00:00 2024\n",
    "From a@example.org Mon Mar  4 12:00:00 2024\nFrom: a@example.org\nTo: b@example.org\nDate: Mon, 4 Mar 2024 12:00:00 +0000\n",
    "From: a@example.org\nTo: b@example.org\nMessage-ID: <1@x>\n",
    "412\nReceived: from a by b; Mon, 4 Mar 2024 12:00:00 +0000\n",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [head, rest @ ..] = data else { return };
    let head = HEADS[usize::from(*head) % HEADS.len()];
    let bytes = [head.as_bytes(), rest].concat();
    weaktie_fuzz::check("all.mbox", &bytes);
});
