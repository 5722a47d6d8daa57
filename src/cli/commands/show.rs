//! `weaktie show`: one contact of a saved audit.

use serde::Serialize;

use crate::audit::{AtRisk, Exchange, Favour, Latency, Rhythm, Tie, TieState, Turn};
use crate::cli::args::Show;
use crate::cli::error::CliError;
use crate::cli::{Outcome, saved, say};
use crate::error::Error;
use crate::portrait::{self, Portrait};
use crate::report::state_in_words;
use crate::units::Channel;
use crate::{text, who};

/// Years of the timeline.
const YEARS: u32 = 6;

type Said = Result<(), CliError>;

/// Runs the command.
pub(in crate::cli) fn run(args: &Show) -> Outcome {
    let audit = saved::read(&args.dir)?;
    let person = who::find(&audit, &args.who.join(" "))?;
    let portrait = portrait::of(&audit, person);
    if args.json {
        say(&json(&portrait)?)?;
        return Ok(0);
    }
    head(&portrait)?;
    match portrait.tie.and_then(|tie| Some((tie, tie.rhythm.as_ref()?))) {
        Some((tie, rhythm)) if rhythm.contact_days > 0 => {
            state(&portrait, rhythm)?;
            chances(rhythm)?;
            if let Some(exchange) = &rhythm.exchange {
                timeline(&portrait, exchange)?;
                exchanged(rhythm, exchange)?;
            }
            strength(tie, rhythm)?;
        }
        Some((_, rhythm)) => {
            say("")?;
            say("State: connected, never talked. That is no neglect.")?;
            if let Some(exchange) = &rhythm.exchange {
                exchanged(rhythm, exchange)?;
            }
        }
        None => {}
    }
    around(&portrait)?;
    plan(&portrait)?;
    Ok(0)
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string_pretty(value).map_err(|error| Error::Bug(error.to_string()))
}

/// Name, work, how they are known.
fn head(portrait: &Portrait) -> Said {
    let person = portrait.person;
    let work = match (&person.position, &person.company) {
        (Some(title), Some(company)) => format!(": {title}, {company}"),
        (Some(only), None) | (None, Some(only)) => format!(": {only}"),
        (None, None) => String::new(),
    };
    say(&format!("{}{work}", person.name))?;
    let mut known = vec![format!("id {}", person.id)];
    known.extend(person.connected_on.map(|day| format!("connected {}", text::full_day(day))));
    known.extend(person.community.as_ref().map(|letter| format!("circle {letter}")));
    say(&format!("  {}", known.join(" · ")))
}

/// State, why, and what would change it.
fn state(portrait: &Portrait, rhythm: &Rhythm) -> Said {
    say("")?;
    let name = state_in_words(rhythm.state);
    let coded = if rhythm.state == TieState::Neglected { " (`neglected` in the data)" } else { "" };
    say(&format!("State: {name}{coded}"))?;
    if let (Some(usual), Some(silent)) = (rhythm.usual_gap, rhythm.silent) {
        let longer = match rhythm.overdue_quantile {
            Some(share) if share >= 0.995 => ", longer than any gap seen".to_owned(),
            Some(share) => format!(", longer than {} of the gaps seen", text::percent(share)),
            None => String::new(),
        };
        say(&format!(
            "  Usually every {}; silent for {}{longer}.",
            text::span(usual),
            text::count(silent.into(), "day")
        ))?;
    }
    if let Some(wanted) = rhythm.wanted_gap {
        say(&format!(
            "  Wanted every {} ([neglect.cadence]): the state goes by that.",
            text::span(wanted)
        ))?;
    }
    if let Some(pattern) = rhythm.burstiness.and_then(pattern) {
        say(&format!("  Contact comes {pattern}."))?;
    }
    if rhythm.state == TieState::Gone {
        say("  They have been silent towards everybody in this log: not your neglect.")?;
    }
    let Some(reason) = &portrait.state else { return Ok(()) };
    let ahead: Vec<String> = reason
        .without_contact
        .iter()
        .map(|change| {
            format!("{} from {}", state_in_words(change.state), text::full_day(change.on))
        })
        .collect();
    if !ahead.is_empty() {
        say(&format!("  Without contact: {}.", ahead.join(", ")))?;
    }
    say(&format!("  After one contact now: {}.", state_in_words(reason.after_contact)))
}

fn pattern(burstiness: f64) -> Option<&'static str> {
    match burstiness {
        b if b > 0.3 => Some("in bursts"),
        b if b < -0.3 => Some("regularly"),
        _ => None,
    }
}

/// Chance of contact, what a message would do, and what is at risk.
fn chances(rhythm: &Rhythm) -> Said {
    if let Some(now) = rhythm.p_contact {
        say("")?;
        let after = rhythm.p_contact_after_touch.map_or_else(String::new, |after| {
            format!("; {} expected after one contact now", text::percent(after))
        });
        say(&format!(
            "Chance of contact within 90 days: {}{after}. A model's word.",
            text::percent(now)
        ))?;
    }
    if let Some(AtRisk { value, risk, reachability }) = rhythm.at_risk {
        let band = match value {
            v if v >= 0.5 => "high",
            v if v >= 0.25 => "middling",
            _ => "low",
        };
        say(&format!(
            "  At risk: value {band}, chance of silence {}, chance of an answer {}.",
            text::percent(risk),
            text::percent(reachability)
        ))?;
    }
    Ok(())
}

/// Contact days by month, a row a year, newest first.
fn timeline(portrait: &Portrait, exchange: &Exchange) -> Said {
    let oldest = exchange.months.last().map_or(0, |month| month.0);
    say("")?;
    say("Contact days      Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")?;
    let now = u32::try_from(portrait.as_of.month()).unwrap_or(1);
    // Months ago of December of the year that is `back` years ago may lie ahead.
    let years = (oldest + 12 - now) / 12;
    for back in 0..=years.min(YEARS - 1) {
        let cells: Vec<String> = (1..=12_u32)
            .map(|month| {
                let Some(ago) = (back * 12 + now).checked_sub(month) else { return "   ".into() };
                let days = exchange.months.iter().find(|(at, _)| *at == ago);
                match days {
                    Some((_, days)) => format!("{days:>3}"),
                    None if ago > oldest => "   ".to_owned(),
                    None => "  ·".to_owned(),
                }
            })
            .collect();
        let year = i64::from(portrait.as_of.year()) - i64::from(back);
        say(format!("  {year}            {}", cells.join(" ")).trim_end())?;
    }
    if years >= YEARS {
        let days: u32 = exchange
            .months
            .iter()
            .filter(|month| month.0 >= YEARS * 12 - 12 + now)
            .map(|m| m.1)
            .sum();
        say(&format!("  before: {}", text::count(days.into(), "day")))?;
    }
    Ok(())
}

/// Whose turn, reply times, first steps, favours.
fn exchanged(rhythm: &Rhythm, exchange: &Exchange) -> Said {
    say("")?;
    match (rhythm.turn, rhythm.owed_since) {
        (Turn::Yours, Some(since)) => {
            say(&format!("Your turn: they wrote on {} and wait.", text::full_day(since)))?;
        }
        (Turn::Theirs, _) => say(&format!(
            "Their turn: you wrote on {} within 180 days and have no answer.",
            text::count(rhythm.unanswered.into(), "day")
        ))?,
        _ => say("Nobody's turn: nothing waits for an answer.")?,
    }
    say(&format!("  You answer {}.", replies(exchange.replies.yours)))?;
    say(&format!("  They answer {}.", replies(exchange.replies.theirs)))?;
    let steps = exchange.first_steps;
    if steps.yours + steps.theirs > 0 {
        say(&format!(
            "  First steps after two quiet weeks: you {}, they {}.",
            steps.yours, steps.theirs
        ))?;
    }
    for favour in &exchange.favours {
        say(&format!("  {}", given(favour)))?;
    }
    if let Some(met) = exchange.met {
        let followed = match met.followed_after {
            Some(0) => "followed up the same day".to_owned(),
            Some(days) => format!("followed up after {}", text::count(days.into(), "day")),
            None => "no follow-up on record".to_owned(),
        };
        say(&format!("  First met {}; {followed}.", text::full_day(met.on)))?;
    }
    let channels = rhythm.channels.iter().map(|(channel, n)| format!("{} {n}", channel.name()));
    say(&format!("  By channel: {}.", channels.collect::<Vec<String>>().join(", ")))
}

fn replies(latency: Latency) -> String {
    let turns = text::count(latency.turns.into(), "turn");
    match (latency.median_days, latency.within_week) {
        (Some(median), Some(week)) => {
            let median = if median < 1.0 {
                text::count(whole(median * 24.0).max(1), "hour")
            } else {
                text::span(median)
            };
            format!("after {median} (median), {} within a week ({turns})", text::percent(week))
        }
        (None, Some(week)) => {
            format!("fewer than half of the time, {} within a week ({turns})", text::percent(week))
        }
        _ => format!("too seldom to say ({turns})"),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hours of a day")]
fn whole(hours: f64) -> u64 {
    hours.round().max(0.0) as u64
}

fn given(favour: &Favour) -> String {
    let kind = match favour.kind {
        Channel::Message => "private message",
        other => other.name(),
    };
    let side = |count: u32, last: Option<jiff::civil::Date>| match last {
        Some(day) if count > 0 => format!("{count} (last {})", text::full_day(day)),
        _ => count.to_string(),
    };
    format!(
        "{}: given {}, received {}.",
        capital(&format!("{kind}s")),
        side(favour.given, favour.last_given),
        side(favour.received, favour.last_received)
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Strength and its parts.
fn strength(tie: &Tie, rhythm: &Rhythm) -> Said {
    say("")?;
    say(&format!(
        "Strength: {} now, {} at its best; known by {}.",
        band(tie.strength),
        band(rhythm.peak_strength),
        tie.evidence.name()
    ))?;
    let Some(parts) = rhythm.exchange.as_ref().map(|exchange| &exchange.strength) else {
        return Ok(());
    };
    let by_channel: Vec<String> = parts
        .contacts
        .iter()
        .filter(|(_, sum)| **sum >= 0.05)
        .map(|(channel, sum)| format!("{} {sum:.1}", channel.name()))
        .collect();
    say(&format!(
        "  Weighted contacts, old ones counting less: {}; balance of directions {:.2}; factor for channels {:.2}.",
        if by_channel.is_empty() { "none".to_owned() } else { by_channel.join(", ") },
        parts.reciprocity,
        parts.breadth
    ))
}

/// Strength in words: half is that of the owner's median tie.
fn band(strength: f64) -> &'static str {
    match strength {
        s if s >= 2.0 / 3.0 => "strong",
        s if s >= 1.0 / 3.0 => "middling",
        s if s >= 0.02 => "weak",
        _ => "faded",
    }
}

/// Common contacts, bridge, place among the dormant.
fn around(portrait: &Portrait) -> Said {
    if !portrait.common.is_empty() {
        let names: Vec<&str> = portrait.common.iter().take(6).map(|common| common.name).collect();
        let more = portrait.common.len() - names.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        say("")?;
        say(&format!("Seen with: {}{more}.", names.join(", ")))?;
    }
    if let Some(bridge) = portrait.bridge {
        let lost: u32 = bridge.cut_off.values().sum();
        say(&format!(
            "Bridges into {}; {} would be cut off without them.",
            text::count(bridge.reaches.len() as u64, "other circle"),
            text::count(lost.into(), "contact")
        ))?;
    }
    if let Some(dormant) = portrait.dormant {
        if let Some(place) = dormant.easy {
            say(&format!("Dormant, easy to write to: place {place}."))?;
        }
        if let Some(place) = dormant.useful {
            say(&format!("Dormant, probably more useful: place {place}."))?;
        }
    }
    Ok(())
}

fn plan(portrait: &Portrait) -> Said {
    for action in &portrait.actions {
        say("")?;
        say(&format!("In the plan, by {}: {}", text::day(action.do_by), action.reason))?;
        say(&format!("  First move: {}", action.first_move))?;
    }
    if let Some(rest) = portrait.let_rest {
        say("")?;
        let until =
            rest.until.map_or_else(String::new, |day| format!(" Until {}.", text::full_day(day)));
        say(&format!("Let rest: {}{until}", rest.reason))?;
    }
    Ok(())
}
