//! Tables mapped in the settings, Outlook's calendar, and what a proposal makes of any table.
#![no_main]

use weaktie_fuzz::ingest::{Columns, Private, Reading, SourceRule};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [which, rest @ ..] = data else { return };
    let reading = Reading {
        private: Private::new(&["@private.example.org".to_owned(), "Uma".to_owned()]),
        rules: vec![SourceRule {
            name: "t".to_owned(),
            file: "*.csv".to_owned(),
            columns: Columns {
                timestamp: "when".to_owned(),
                person: "who".to_owned(),
                email: "mail".to_owned(),
                direction: "dir".to_owned(),
                ..Columns::default()
            },
            since: jiff::civil::Date::new(2000, 1, 1).ok(),
            ..SourceRule::default()
        }],
        ..Reading::default()
    };
    let head: &[u8] = match which % 3 {
        0 => b"when,who,mail,dir\n",
        1 => b"Subject,Start Date,Start Time,End Date,End Time,All day event,Meeting Organizer,Required Attendees,Optional Attendees,Show time as\n",
        _ => b"",
    };
    weaktie_fuzz::check_with("t.csv", &[head, rest].concat(), &reading);
});
