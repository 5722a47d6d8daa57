//! Calendars: bytes inside an entry, inside a calendar, or a whole file.
#![no_main]

const HEADS: &[(&str, &str)] = &[
    ("", ""),
    ("BEGIN:VCALENDAR\n", "END:VCALENDAR\n"),
    (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260304T090000Z\nORGANIZER:mailto:a@example.org\nATTENDEE:mailto:b@example.org\n",
        "\nEND:VEVENT\nEND:VCALENDAR\n",
    ),
    (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Oslo:20260304T090000\nORGANIZER:mailto:a@example.org\nATTENDEE:mailto:b@example.org\nRRULE:FREQ=",
        "\nEND:VEVENT\nBEGIN:VEVENT\nDTSTAMP:20300101T000000Z\nEND:VEVENT\nEND:VCALENDAR\n",
    ),
    ("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\n", "\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=x:20260304T090000\nATTENDEE:mailto:b@example.org\nORGANIZER:mailto:a@example.org\nEND:VEVENT\n"),
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [head, rest @ ..] = data else { return };
    let (head, tail) = HEADS[usize::from(*head) % HEADS.len()];
    let bytes = [head.as_bytes(), rest, tail.as_bytes()].concat();
    weaktie_fuzz::check("a.ics", &bytes);
});
