//! The small files of the export: connections, invitations, the owner's profile.

use super::calendar::{Calendar, connected_on, sent_at};
use super::log::{FORMER, PRIVATE};
use super::people::{Cast, OWNER, Role};
use super::table::{Text, encoded_link, link, record};
use super::truth::Skipped;
use crate::random::Stream;
use crate::units::Day;

const NOTES: &str = "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see email addresses for connections who have allowed their connections to see or download their email address using this setting https://www.linkedin.com/psettings/privacy/email. You can learn more here https://www.linkedin.com/help/linkedin/answer/261\"\n\n";

/// Connections.csv: preamble, newest first, date-only rows, no final newline.
pub(crate) fn connections(cast: &Cast, seed: u64) -> (Vec<u8>, Skipped) {
    let mut stream = Stream::new(seed, "synth-connections", 0);
    let closed = (cast.contacts / 50).max(1);
    let span = u64::try_from(cast.last_day - cast.first_day).unwrap_or(1);
    let mut rows: Vec<(i32, Option<u32>)> =
        cast.ids().map(|id| (cast.get(id).connected, Some(id))).collect();
    for _ in 0..closed {
        let back = i32::try_from(stream.below(span * 2)).unwrap_or(0);
        rows.push((cast.last_day - 100 - back, None));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    let mut out = NOTES.as_bytes().to_vec();
    let header =
        ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"];
    record(&mut out, &header, false);
    for (day, id) in rows {
        let date = connected_on(day);
        let Some(person) = id.map(|id| cast.get(id)) else {
            record(&mut out, &["", "", "", "", "", "", &date], false);
            continue;
        };
        let url = encoded_link(&person.slug);
        let email = if person.shared { person.email.as_str() } else { "" };
        let (first, last) = (person.first.as_str(), person.last.as_str());
        let fields = [first, last, &url, email, &person.company, &person.title, &date];
        record(&mut out, &fields, false);
    }
    out.pop();
    (out, Skipped::from([("date_only".to_owned(), closed)]))
}

/// Invitations.csv: the last three years in both directions, some with a note, some never accepted.
pub(crate) fn invitations(cast: &Cast, writers: &[u32], seed: u64) -> Vec<u8> {
    let mut stream = Stream::new(seed, "synth-invitations", 0);
    let text = Text::new();
    let since = cast.first_day.max(cast.last_day - 1_000);
    let mut rows = Vec::new();
    for id in cast.select(|p| p.connected > since + 5) {
        let sure = matches!(cast.get(id).role, Role::NewFollowed | Role::NewIgnored);
        if sure || stream.chance(0.6) {
            let day = cast.get(id).connected - i32::try_from(stream.below(3)).unwrap_or(0);
            rows.push((Calendar::moment(&mut stream, day), id, stream.chance(0.5)));
        }
    }
    for &id in writers.iter().step_by(4) {
        let back = i32::try_from(stream.below(300)).unwrap_or(0);
        rows.push((Calendar::moment(&mut stream, cast.last_day - 20 - back), id, false));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    let mut out = Vec::new();
    let header =
        ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"];
    record(&mut out, &header, false);
    for (at, id, mine) in rows {
        let (from, to) = if mine { (OWNER, id) } else { (id, OWNER) };
        let (from, to) = (cast.get(from), cast.get(to));
        let note = if stream.chance(0.2) { text.line(&mut stream) } else { "" };
        let direction = if mine { "OUTGOING" } else { "INCOMING" };
        let (a, b) = (from.full_name(), to.full_name());
        let (x, y) = (link(&from.slug), link(&to.slug));
        record(&mut out, &[a.trim(), b.trim(), &sent_at(at), note, direction, &x, &y], false);
    }
    out
}

/// Month and year of a day, `Mar 2021`.
fn month(day: i32) -> String {
    Day(day).date().strftime("%b %Y").to_string()
}

/// The owner's own files.
pub(crate) fn owner(cast: &Cast) -> Vec<(String, Vec<u8>)> {
    let me = cast.get(OWNER);
    let years = |y: i32| cast.last_day - y * 365;
    let file = |name: &str, rows: &[&[&str]]| {
        let mut out = Vec::new();
        for row in rows {
            record(&mut out, row, false);
        }
        (name.to_owned(), out)
    };
    let profile = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers";
    let profile: Vec<&str> = profile.split(',').collect();
    let headline = "Product Lead at Brightwater Instruments | measuring what matters";
    let (job, before) = (month(cast.job_day), month(cast.job_day - 20));
    let (second, second_before, third) = (month(years(7)), month(years(7) - 30), month(years(10)));
    let stamp = sent_at(i64::from(years(3)) * super::calendar::DAY + 45_000);
    let mut files = vec![
        file(
            "Profile.csv",
            &[
                &profile,
                &[
                    &me.first,
                    &me.last,
                    "",
                    "",
                    "",
                    headline,
                    "",
                    "Industrial Automation",
                    "",
                    "Northolm",
                    "",
                    "",
                    "",
                ],
            ],
        ),
        file(
            "Positions.csv",
            &[
                &["Company Name", "Title", "Description", "Location", "Started On", "Finished On"],
                &["Brightwater Instruments", "Product Lead", "", "Northolm", &job, ""],
                &["Lindqvist Robotics GmbH", "Product Manager", "", "Eskelund", &second, &before],
                &[
                    "Calder & Vance Consulting",
                    "Analyst, later Consultant",
                    "",
                    "",
                    &third,
                    &second_before,
                ],
            ],
        ),
        file(
            "Education.csv",
            &[
                &["School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"],
                &[
                    "Norrfjord Business School",
                    "2010",
                    "2015",
                    "",
                    "MSc Industrial Economics",
                    "Rowing",
                ],
            ],
        ),
        file(
            "Skills.csv",
            &[
                &["Name"],
                &["Product Strategy"],
                &["Roadmaps"],
                &["Sensor Systems"],
                &["Facilitation"],
            ],
        ),
        file(
            "Email Addresses.csv",
            &[
                &["Email Address", "Confirmed", "Primary", "Updated On"],
                &[&me.email, "Yes", "Yes", &stamp],
                &[FORMER, "Yes", "No", &stamp],
                &[PRIVATE, "Yes", "No", &stamp],
            ],
        ),
    ];
    // LinkedIn ends this one without a line feed.
    if let Some(last) = files.last_mut() {
        last.1.pop();
    }
    files
}
