//! The plan as cards, with filters that need no script.

use jiff::Span;
use maud::{Markup, html};

use crate::audit::{Action, Audit};
use crate::report::view::View;
use crate::report::words::{self, cards, page, plan};

const GOALS: usize = 5;
/// Cards that two printed pages hold beside the numbers.
const BRIEF: usize = 12;

/// The plan as the page shows it.
pub(crate) struct Deck<'a> {
    /// Due within seven days, at most three.
    pub(crate) now: Vec<&'a Action>,
    /// After these, in the order of the plan.
    later: Vec<&'a Action>,
    /// Counted alone: what a brief page has no room for.
    beyond: Vec<&'a Action>,
    brief: bool,
}

impl<'a> Deck<'a> {
    /// The plan of an audit; the first twelve actions where the page is brief.
    pub(crate) fn of(audit: &'a Audit, brief: bool) -> Self {
        let week = audit.as_of.saturating_add(Span::new().days(7));
        let due = |action: &&Action| action.do_by <= week && action.not_before <= week;
        let now: Vec<&Action> = audit.actions.iter().filter(due).take(3).collect();
        let is_later = |action: &&Action| now.iter().all(|other| other.id != action.id);
        let mut later: Vec<&Action> = audit.actions.iter().filter(is_later).collect();
        let room = if brief { BRIEF - now.len() } else { later.len() };
        let beyond = later.split_off(room.min(later.len()));
        Self { now, later, beyond, brief }
    }

    fn shown(&self) -> impl Iterator<Item = &'a Action> {
        self.now.iter().chain(&self.later).copied()
    }
}

/// The section.
pub(crate) fn section(view: &View<'_>, deck: &Deck<'_>) -> Markup {
    let Deck { now, later, .. } = deck;
    let settings = &view.audit.settings;
    let goals = goals(deck);
    let lede = format!(
        "What is owed or dated comes first, then what each is expected to keep or open: at most {} a week, {} a quarter.",
        words::count(settings.budget_actions_a_week as usize),
        words::count(settings.budget_actions as usize),
    );
    html! {
        section id="act" class="acts" {
            (super::heading("2", "Do", &page::actions(view)))
            @if view.audit.actions.is_empty() {
                p class="lede" { (plan::nothing(view)) }
            } @else {
                p class="lede" { (lede) }
                div class="deck" {
                    (filters(&goals))
                    @if !now.is_empty() {
                        (week(("now", "This week"), now, &goals))
                        div class="cards now" {
                            @for action in now { (card(view, action, &goals)) }
                        }
                    }
                    @if !later.is_empty() {
                        div class=(if now.is_empty() { "only" } else { "later" }) {
                            (week(("later", "Later this quarter"), later, &goals))
                            div class="cards" {
                                @for action in later { (card(view, action, &goals)) }
                            }
                        }
                    }
                    (no_match(deck, &goals))
                }
            }
            @if !deck.beyond.is_empty() { p class="rest" { (cards::beyond(&deck.beyond)) } }
            @if let Some(worth) = plan::certificate(view.audit) {
                p class="rest" {
                    (worth)
                    @if let Some(together) = plan::together(view.audit) { " " (together) }
                }
            }
            @if let Some(barred) = plan::barred(view.audit) {
                p class="rest" { (barred) }
            }
            @if !deck.brief && !cards::resting(view).is_empty() {
                h3 class="wk" { (plan::LET_REST) }
                div class="cards" {
                    @for action in cards::resting(view) { (resting(view, action)) }
                }
                @if let Some(more) = cards::more_resting(view) { p class="rest" { (more) } }
            } @else if let Some(rest) = cards::let_rest(view) {
                p class="rest" { b { (plan::LET_REST) "." } " " (rest) }
            }
        }
    }
}

fn week((group, title): (&str, &str), actions: &[&Action], goals: &[&str]) -> Markup {
    html! {
        h3 class=(format!("wk wk-{group}")) {
            (title)
            span {
                @for (goal, id, fits) in choices(goals) {
                    @let some: Vec<&Action> = actions.iter().copied().filter(|a| fits(a)).collect();
                    @if !some.is_empty() {
                        span class=(format!("some t-{goal}-{id}")) { (cards::tally(&some)) }
                    }
                }
            }
        }
    }
}

/// Goals by how many actions serve them.
fn goals<'a>(deck: &Deck<'a>) -> Vec<&'a str> {
    let mut goals: Vec<(&str, usize)> = Vec::new();
    for action in deck.shown().filter(|action| !action.goal.is_empty()) {
        match goals.iter_mut().find(|(goal, _)| *goal == action.goal) {
            Some((_, n)) => *n += 1,
            None => goals.push((&action.goal, 1)),
        }
    }
    goals.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    goals.into_iter().take(GOALS).map(|(goal, _)| goal).collect()
}

fn minutes_class(action: &Action) -> &'static str {
    match action.minutes {
        0..=10 => "m10",
        11..=30 => "m30",
        _ => "m60",
    }
}

fn filters(goals: &[&str]) -> Markup {
    html! {
        div class="filters" {
            @if goals.len() > 1 {
                fieldset {
                    legend { "Goal" }
                    input class="vh" type="radio" name="g" id="g0" checked;
                    label for="g0" { "All" }
                    @for (nth, goal) in goals.iter().enumerate() {
                        @let id = format!("g{}", nth + 1);
                        input class="vh" type="radio" name="g" id=(id);
                        label for=(id) { (goal) }
                    }
                }
            } @else {
                input class="vh" type="radio" name="g" id="g0" checked hidden;
            }
            fieldset {
                legend { "Minutes" }
                @for (id, name, _) in MINUTES {
                    input class="vh" type="radio" name="m" id=(id) checked[id == "m0"];
                    label for=(id) { (name) }
                }
            }
        }
    }
}

const MINUTES: [(&str, &str, u32); 3] =
    [("m0", "Any", u32::MAX), ("m10", "≤ 10", 10), ("m30", "≤ 30", 30)];

/// Every choice of filters: the number of the goal (0 for all), the minutes' id, and which actions fit.
fn choices<'a>(
    goals: &'a [&'a str],
) -> impl Iterator<Item = (usize, &'static str, impl Fn(&Action) -> bool + 'a)> {
    (0..=goals.len()).flat_map(move |nth| {
        MINUTES.into_iter().map(move |(id, _, least)| {
            let goal = nth.checked_sub(1).and_then(|nth| goals.get(nth)).copied();
            let fits = move |action: &Action| {
                goal.is_none_or(|goal| action.goal == goal) && action.minutes <= least
            };
            (nth, id, fits)
        })
    })
}

/// The rules by which a choice of filters shows its own count, and hides a heading that stands over nothing.
pub(crate) fn filter_css(deck: &Deck<'_>) -> String {
    let goals = goals(deck);
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for (goal, id, fits) in choices(&goals) {
        let chosen = format!(".deck:has(#g{goal}:checked):has(#{id}:checked)");
        shown.push(format!("{chosen} .t-{goal}-{id}"));
        for (group, actions) in [("now", &deck.now), ("later", &deck.later)] {
            if !actions.is_empty() && !actions.iter().any(|action| fits(action)) {
                hidden.push(format!("{chosen} .wk-{group}"));
            }
        }
    }
    if deck.shown().next().is_none() {
        return String::new();
    }
    let shown = format!("{}{{display:inline}}", shown.join(","));
    if hidden.is_empty() { shown } else { format!("{shown}{}{{display:none}}", hidden.join(",")) }
}

/// The sentence for the choices of filters that leave nothing.
fn no_match(deck: &Deck<'_>, goals: &[&str]) -> Markup {
    let none: Vec<String> = choices(goals)
        .filter(|(_, _, fits)| !deck.shown().any(fits))
        .map(|(goal, id, _)| format!("t-{goal}-{id}"))
        .collect();
    html! {
        @if !none.is_empty() {
            p class="nomatch" role="status" {
                span class=(format!("some {}", none.join(" "))) { "No move fits both filters." }
            }
        }
    }
}

/// A card of permission not to act: no rank, no minutes, no filter.
fn resting(view: &View<'_>, action: &Action) -> Markup {
    html! {
        article class="card" {
            div class="k" { span { (cards::kind(action.kind)) } }
            h4 { (cards::headline(view, action)) }
            p class="why" { (cards::reason(view, action)) }
            p class="ft" {
                b class="by" { "until " (words::near_day(action.do_by, view.audit.as_of)) }
                " · " (cards::basis(view, action))
            }
            details {
                summary { (cards::MORE) }
                div {
                    "Skip if " (action.skip_if.trim()) " "
                    "It worked if you see: " (action.judged_by.trim())
                }
            }
        }
    }
}

fn card(view: &View<'_>, action: &Action, goals: &[&str]) -> Markup {
    let goal = goals.iter().position(|goal| *goal == action.goal);
    let class = format!(
        "card {}{}",
        minutes_class(action),
        goal.map_or_else(String::new, |nth| format!(" g{}", nth + 1))
    );
    let rank =
        view.audit.actions.iter().position(|other| other.id == action.id).map_or(0, |n| n + 1);
    let skip = action.skip_if.trim();
    html! {
        article class=(class) {
            div class="k" {
                span { em { (rank) } (cards::kind(action.kind)) }
                span { (words::minutes(action.minutes)) }
            }
            h4 { (cards::headline(view, action)) }
            p class="why" { (cards::reason(view, action)) }
            p class="fm" { b { "First move:" } " " (action.first_move) }
            @if let Some(point) = &action.talking_point {
                p class="tp" { b { "To talk about:" } " " (view.told(point)) }
            }
            p class="ft" {
                b class="by" { (cards::due(action, view.audit)) }
                @if let Some(channel) = action.channel { " · " (words::channel(channel)) }
                @if !action.goal.is_empty() { br; "Goal: " (action.goal) }
                br;
                (cards::basis(view, action))
            }
            details {
                summary { (cards::MORE) }
                div {
                    @if !skip.is_empty() {
                        @if skip.to_lowercase().starts_with("skip") {
                            (page::sentence(skip)) " "
                        } @else {
                            "Skip if " (skip) (if skip.ends_with('.') { " " } else { ". " })
                        }
                    }
                    "It worked if you see: " (action.judged_by.trim())
                    @if let Some(why) = plan::why(action) {
                        br; "In the plan for " (why) "."
                    }
                    @if let Some(effects) = plan::effects(action) {
                        br; "If it works, by measuring again: " (effects) "."
                    }
                    @if let Some(day) = action.expires {
                        br; "Makes sense until " (words::near_day(day, view.audit.as_of)) "."
                    }
                }
            }
        }
    }
}
