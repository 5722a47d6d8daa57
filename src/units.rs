//! Units where a mix-up would be silent: days, seconds, channels, evidence tiers.
//!
//! Responsible for the small value types that every room shares. Knows none of the rooms.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A number of things as it is saved; what no `u32` holds stops at its end.
#[must_use]
pub fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Days since 1970-01-01 in the owner's zone. Differences are whole days.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// The day number of a civil date.
    ///
    /// ```
    /// use weaktie::units::Day;
    /// assert_eq!(Day::from_date(jiff::civil::date(1970, 1, 2)), Day(1));
    /// ```
    #[must_use]
    pub fn from_date(date: Date) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1);
        Self(epoch.until(date).map_or(0, |span| span.get_days()))
    }

    /// The civil date of this day number; days beyond the calendar (year 9999) stop at its end.
    #[must_use]
    pub fn date(self) -> Date {
        let epoch = jiff::civil::date(1970, 1, 1);
        epoch.saturating_add(jiff::Span::new().days(self.0))
    }

    /// This day moved by `days`.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Whole days from `earlier` to `self`; negative when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

/// Seconds since 1970-01-01T00:00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The calendar day of this instant in `zone`.
    #[must_use]
    pub fn day(self, zone: &TimeZone) -> Day {
        if *zone == TimeZone::UTC {
            return Day(i32::try_from(self.0.div_euclid(86_400)).unwrap_or(i32::MAX));
        }
        jiff::Timestamp::from_second(self.0)
            .map_or(Day(0), |stamp| Day::from_date(zone.to_datetime(stamp).date()))
    }
}

/// How an interaction took place. Spellings found in logs map here through [`Channel::from_log`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Electronic mail.
    Email,
    /// A direct or group message.
    Message,
    /// A meeting in person or a calendar meeting.
    Meeting,
    /// A phone or video call.
    Call,
    /// Chat.
    Chat,
    /// A connection request. The birth of a tie, not a contact.
    Invitation,
    /// A written recommendation.
    Recommendation,
    /// An endorsed skill. Not a contact.
    Endorsement,
    /// A comment.
    Comment,
    /// Anything else; weight 1, with a note.
    Other,
}

impl Channel {
    /// Every channel, in the order of the enum.
    pub const ALL: [Self; 10] = [
        Self::Email,
        Self::Message,
        Self::Meeting,
        Self::Call,
        Self::Chat,
        Self::Invitation,
        Self::Recommendation,
        Self::Endorsement,
        Self::Comment,
        Self::Other,
    ];

    /// Whether both sides take part at once: a meeting or a call.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Meeting | Self::Call)
    }

    /// The kebab-case name used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Message => "message",
            Self::Meeting => "meeting",
            Self::Call => "call",
            Self::Chat => "chat",
            Self::Invitation => "invitation",
            Self::Recommendation => "recommendation",
            Self::Endorsement => "endorsement",
            Self::Comment => "comment",
            Self::Other => "other",
        }
    }

    /// Whether an interaction on this channel counts as a contact day.
    ///
    /// An accepted request or an endorsement is a click, not a conversation: counting it would turn
    /// "connected, never talked" into an active tie.
    #[must_use]
    pub fn is_contact(self) -> bool {
        !matches!(self, Self::Invitation | Self::Endorsement)
    }

    /// The channel that a log's spelling means, or `None` when the spelling is not known.
    ///
    /// ```
    /// use weaktie::units::Channel;
    /// assert_eq!(Channel::from_log("Email-CC"), Some(Channel::Email));
    /// assert_eq!(Channel::from_log("carrier pigeon"), None);
    /// ```
    #[must_use]
    pub fn from_log(text: &str) -> Option<Self> {
        let key = text.trim().to_lowercase().replace([' ', '_'], "-");
        Some(match key.as_str() {
            "email" | "e-mail" | "mail" | "email-to" | "email-cc" | "email-bcc" | "list-reply"
            | "list-post" => Self::Email,
            "message" | "messages" | "dm" | "sms" | "text" | "linkedin" | "inmail" => Self::Message,
            "meeting" | "meetings" | "face-to-face" | "in-person" | "coffee" | "lunch"
            | "event" | "calendar" => Self::Meeting,
            "call" | "calls" | "phone" | "video" | "video-call" => Self::Call,
            "chat" | "slack" | "whatsapp" | "teams" | "im" => Self::Chat,
            "invitation" | "invite" => Self::Invitation,
            "recommendation" => Self::Recommendation,
            "endorsement" => Self::Endorsement,
            "comment" | "answer" | "comment-question" | "comment-answer" | "a2q" | "c2q"
            | "c2a" => Self::Comment,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

/// How well a tie is evidenced, best first. Every measure and action states the lowest tier it rests on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The two wrote, called or met each other.
    Interaction,
    /// The two were seen in one group thread or meeting.
    CoPresence,
    /// Somebody stated the tie (a connection list).
    Declared,
    /// Concluded from something else, such as the same employer at the same time.
    Inferred,
}

impl Evidence {
    /// The tier's name as it stands in files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Interaction => "interaction",
            Self::CoPresence => "co-presence",
            Self::Declared => "declared",
            Self::Inferred => "inferred",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip_through_dates() {
        for day in [-1, 0, 1, 20_000, 20_734] {
            assert_eq!(Day::from_date(Day(day).date()), Day(day));
        }
    }

    #[test]
    fn an_instant_falls_on_the_owners_day() {
        // 2025-12-31 23:59:59 UTC is already 2026 in Oslo (UTC+1).
        let at = Instant(1_767_225_599);
        let oslo = TimeZone::get("Europe/Oslo").unwrap();
        assert_eq!(at.day(&TimeZone::UTC).date(), jiff::civil::date(2025, 12, 31));
        assert_eq!(at.day(&oslo).date(), jiff::civil::date(2026, 1, 1));
    }

    #[test]
    fn evidence_orders_best_first() {
        assert!(Evidence::Interaction < Evidence::CoPresence);
        assert!(Evidence::CoPresence < Evidence::Declared);
        assert!(Evidence::Declared < Evidence::Inferred);
    }
}
