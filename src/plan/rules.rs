//! The limits of a portfolio: number, minutes, cards a person and a circle, a give for each ask.

use std::collections::BTreeMap;

/// Cards a person, an introduction not counted; and introductions a person.
const A_PERSON: u32 = 1;
/// Cards a circle.
pub(super) const A_CIRCLE: u32 = 3;

/// Whether a card gives, asks, or does neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sense {
    /// Something is given first.
    #[default]
    Give,
    /// Something is asked for.
    Ask,
    /// The data alone.
    Neutral,
}

/// What the limits read of a card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Minutes.
    pub minutes: u32,
    /// People, by number.
    pub people: Vec<u32>,
    /// Circle of the first person.
    pub circle: Option<u32>,
    /// Gives or asks.
    pub sense: Sense,
    /// Joins two people: may be a second card of each.
    pub introduces: bool,
    /// Owed or dated: counts towards the cards of a circle and is not held back by them.
    pub due: bool,
}

/// How much may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Cards.
    pub cards: usize,
    /// Minutes.
    pub minutes: u32,
}

/// What a set of cards uses up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used {
    /// Cards.
    pub cards: usize,
    /// Minutes.
    pub minutes: u32,
    people: BTreeMap<(u32, bool), u32>,
    circles: BTreeMap<u32, u32>,
    gives: u32,
    asks: u32,
}

impl Used {
    /// Whether a card still fits, but for a give it may lack.
    #[must_use]
    pub fn admits(&self, card: &Card, room: Room) -> bool {
        let count = |who: &u32| self.people.get(&(*who, card.introduces)).copied().unwrap_or(0);
        let in_circle = card.circle.and_then(|circle| self.circles.get(&circle)).copied();
        self.cards < room.cards
            && self.minutes.saturating_add(card.minutes) <= room.minutes
            && card.people.iter().all(|who| count(who) < A_PERSON)
            && (card.due || in_circle.unwrap_or(0) < A_CIRCLE)
    }

    /// Whether a card fits, the give for an ask included.
    #[must_use]
    pub fn fits(&self, card: &Card, room: Room) -> bool {
        self.admits(card, room) && (card.sense != Sense::Ask || self.asks < self.gives)
    }

    /// Whether no ask lacks its give.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.asks <= self.gives
    }

    /// Takes a card in.
    pub fn take(&mut self, card: &Card) {
        self.cards += 1;
        self.minutes += card.minutes;
        for who in &card.people {
            *self.people.entry((*who, card.introduces)).or_default() += 1;
        }
        if let Some(circle) = card.circle {
            *self.circles.entry(circle).or_default() += 1;
        }
        match card.sense {
            Sense::Give => self.gives += 1,
            Sense::Ask => self.asks += 1,
            Sense::Neutral => {}
        }
    }

    /// Cards of a circle.
    #[must_use]
    pub fn in_circle(&self, circle: u32) -> u32 {
        self.circles.get(&circle).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_of_a_circle_are_counted_and_hold_back_all_but_what_is_due() {
        let room = Room { cards: 100, minutes: 1_000 };
        let card = |who: u32, due: bool| Card {
            minutes: 5,
            people: vec![who],
            circle: Some(3),
            sense: Sense::Neutral,
            introduces: false,
            due,
        };
        let mut used = Used::default();
        for who in 0..A_CIRCLE {
            assert!(used.fits(&card(who, false), room), "{who}");
            used.take(&card(who, false));
            assert_eq!((used.in_circle(3), used.in_circle(4)), (who + 1, 0));
        }
        assert!(!used.fits(&card(90, false), room) && used.fits(&card(90, true), room));
        assert!(used.fits(&Card { circle: None, ..card(90, false) }, room));
        used.take(&Card { circle: Some(4), ..card(91, true) });
        assert_eq!((used.in_circle(3), used.in_circle(4)), (A_CIRCLE, 1));
    }
}
