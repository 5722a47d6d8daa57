//! The words of diversity: findings of its charts, goals, unknowns and homophily.

use crate::audit::{Audit, Bandwidth, Chance, Diversity, GoalShare, Homophily, Joint};
use crate::report::view::View;

use super::{capital, class_within, count, counted, dimension, list, percent, tenth};

/// Points off the goal from which a class is said to be off.
pub(crate) const OFF: f64 = 0.08;

/// A class inside a sentence of an attribute.
pub(crate) fn within(name: &str, class: &str) -> String {
    match (name, class) {
        ("community", letter) => format!("circle {letter}"),
        _ => class_within(name, class),
    }
}

/// The share of a goal's class that is set against it: attention, or people without a log.
pub(crate) fn held(share: &GoalShare) -> f64 {
    share.attention.unwrap_or(share.people)
}

/// Verbs of a class as the subject: classes of some attributes are people in the plural.
pub(crate) fn verbs(name: &str) -> [&'static str; 3] {
    match name {
        "relative-seniority" | "relation" => ["take", "get", "are"],
        _ => ["takes", "gets", "is"],
    }
}

/// Above the section where the owner has goals: how much attention the classes named as targets get, or where a mix is
/// furthest off.
pub(crate) fn goal_answer(view: &View<'_>) -> Option<String> {
    let with_goal = || {
        view.audit.findings.diversity.iter().filter(|found| found.headline && found.goal.is_some())
    };
    let own = with_goal()
        .find(|found| found.goal.as_ref().is_some_and(|goal| !goal.is_mix && !goal.is_preset));
    if let Some((found, goal)) = own.and_then(|found| Some((found, found.goal.as_ref()?))) {
        let share: f64 = goal.classes.iter().map(held).sum();
        let names: Vec<String> = goal
            .classes
            .iter()
            .take(2)
            .map(|class| within(&found.dimension, &class.class))
            .collect();
        let what = if goal.classes.iter().any(|class| class.attention.is_some()) {
            "attention"
        } else {
            "contacts"
        };
        return Some(match goal.classes.len() {
            1 => format!(
                "{} is your goal, and gets {} of your {what}",
                capital(&names[0]),
                percent(share)
            ),
            2 => format!(
                "{} are your goals, and get {} of your {what}",
                capital(&list(&names)),
                percent(share)
            ),
            n => format!(
                "The {} {} you want get {} of your {what}",
                count(n),
                dimension(&found.dimension).1,
                percent(share)
            ),
        });
    }
    let worst = with_goal()
        .filter_map(|found| Some((found, found.goal.as_ref()?.classes.first()?)))
        .max_by(|a, b| a.1.gap.total_cmp(&b.1.gap).then(b.0.dimension.cmp(&a.0.dimension)))?;
    let (found, class) = worst;
    let [_, _, is] = verbs(&found.dimension);
    Some(format!(
        "{} {is} furthest from your goal: {} against {}",
        capital(&within(&found.dimension, &class.class)),
        percent(held(class)),
        percent(class.goal)
    ))
}

/// One attribute against its goal: the class most above and the one most below.
pub(crate) fn against_goal(found: &Diversity) -> Option<String> {
    let goal = found.goal.as_ref()?;
    let name = &found.dimension;
    let below = goal.classes.first().filter(|class| class.gap >= OFF);
    let above = goal.classes.last().filter(|class| class.gap <= -OFF);
    let [takes, gets, _] = verbs(name);
    let of = |class: &GoalShare| {
        (capital(&within(name, &class.class)), percent(held(class)), percent(class.goal))
    };
    let what = if goal.classes.iter().any(|class| class.attention.is_some()) {
        "attention"
    } else {
        "people"
    };
    Some(match (above, below) {
        (Some(above), Some(below)) => {
            let (first, has, wants) = of(above);
            let other = within(name, &below.class);
            format!(
                "{first} {takes} {has} of {what} against a goal of {wants}; {other} {} against {}",
                percent(held(below)),
                percent(below.goal)
            )
        }
        (None, Some(below)) => {
            let (first, has, wants) = of(below);
            format!("{first} {gets} {has} of {what} against a goal of {wants}")
        }
        (Some(above), None) => {
            let (first, has, wants) = of(above);
            format!("{first} {takes} {has} of {what} against a goal of {wants}")
        }
        (None, None) => {
            let widest = goal.classes.iter().map(|class| class.gap.abs()).fold(0.0, f64::max);
            format!(
                "No {} is more than {:.0} points off its goal",
                dimension(name).0,
                (100.0 * widest).ceil()
            )
        }
    })
}

/// What the unknown could change, under a chart: nothing where nobody is unknown.
pub(crate) fn unknowns(found: &Diversity) -> Option<String> {
    let open = found
        .unknown_attention
        .filter(|_| found.hill_attention.is_some())
        .or(found.unknown_people)?;
    Some(format!(
        "If all were known: {}–{}; at the extremes {}–{}",
        tenth(open.interval[0]),
        tenth(open.interval[1]),
        tenth(open.low),
        tenth(open.high)
    ))
}

/// Head count against attention over the attributes, each `(attribute, people, attention)`.
pub(crate) fn spread(rows: &[(&str, f64, Option<f64>)]) -> String {
    let widest = rows
        .iter()
        .filter_map(|(name, people, attention)| Some((*name, *people, (*attention)?)))
        .max_by(|a, b| (a.1 / a.2).total_cmp(&(b.1 / b.2)).then(b.0.cmp(a.0)));
    match widest {
        Some((name, people, attention)) if people > 1.1 * attention => format!(
            "Your contacts span {} {}, your attention {}",
            tenth(people),
            dimension(name).1,
            tenth(attention)
        ),
        Some((name, people, attention)) => format!(
            "Your attention spans {} {}, about as many as your contacts ({})",
            tenth(attention),
            dimension(name).1,
            tenth(people)
        ),
        None => rows.first().map_or_else(String::new, |(name, people, _)| {
            format!("Your contacts span {} {}", tenth(*people), dimension(name).1)
        }),
    }
}

/// Industry against career band.
pub(crate) fn joint(joint: &Joint, has_goals: bool) -> String {
    let gaps: Vec<_> = joint.cells.iter().filter(|cell| cell.is_gap).collect();
    let known = gaps.iter().filter(|cell| cell.known > 0).count();
    let most = joint
        .cells
        .iter()
        .filter(|cell| cell.industry != "unknown" && cell.band != "unknown")
        .max_by(|a, b| a.active.cmp(&b.active).then(b.industry.cmp(&a.industry)));
    match (gaps.len(), has_goals) {
        (0, true) => "Every combination your goals name holds somebody active".to_owned(),
        (0, false) => most.map_or_else(String::new, |cell| {
            format!(
                "No hole where people would be expected; most are in {}, {}",
                within("industry", &cell.industry),
                band(&cell.band)
            )
        }),
        (n, has_goals) => {
            let what = if has_goals {
                counted(n, "combination of your goals holds", "combinations of your goals hold")
            } else {
                counted(
                    n,
                    "combination you would expect holds",
                    "combinations you would expect hold",
                )
            };
            let tail = match known {
                0 => "and you know nobody there".to_owned(),
                k if k == n => "yet you know somebody in each".to_owned(),
                k => format!("in {} you know somebody", count(k)),
            };
            format!("{} nobody active; {tail}", capital(&what))
        }
    }
}

/// A career band inside a sentence.
pub(crate) fn band(band: &str) -> &'static str {
    match band {
        "starting" => "starting out",
        "working" => "mid-career",
        "leading" => "managers and directors",
        "heading" => "heads of houses",
        "retired" => "retired",
        _ => "unknown",
    }
}

/// A career band at the head of a column: wide, and on a phone.
pub(crate) fn band_head(band: &str) -> (&'static str, &'static str) {
    match band {
        "starting" => ("Starting", "Start"),
        "working" => ("Mid, senior", "Mid"),
        "leading" => ("Mgr, director", "Lead"),
        "heading" => ("VP and up", "Top"),
        "retired" => ("Retired", "Ret."),
        _ => ("Unknown", "?"),
    }
}

/// Homophily: where attention leans furthest beyond chance.
pub(crate) fn homophily(rows: &[Homophily]) -> String {
    let off = |chance: &Chance| (chance.index - chance.mean).abs();
    let mut beyond: Vec<(&Homophily, Chance)> = rows
        .iter()
        .filter_map(|row| Some((row, row.by_attention?)))
        .filter(|(_, chance)| !(chance.interval[0]..=chance.interval[1]).contains(&chance.index))
        .collect();
    beyond.sort_by(|a, b| off(&b.1).total_cmp(&off(&a.1)).then(a.0.dimension.cmp(&b.0.dimension)));
    let found = beyond.first();
    if let Some((row, chance)) = found {
        let own = row
            .own
            .as_deref()
            .map_or_else(String::new, |own| format!(" ({})", within(&row.dimension, own)));
        let (one, _) = dimension(&row.dimension);
        let share = percent((1.0 - chance.index) / 2.0);
        let expected = percent((1.0 - chance.mean) / 2.0);
        return format!(
            "{share} of your attention stays in your own {one}{own}; chance would give {expected}"
        );
    }
    if rows.iter().any(|row| row.by_attention.is_some()) {
        return "Your attention leans to your own kind no more than chance would".to_owned();
    }
    let among = rows.iter().filter_map(|row| Some((row, row.among?))).max_by(|a, b| {
        let off = |chance: &Chance| chance.mean - chance.index;
        off(&a.1).total_cmp(&off(&b.1)).then(b.0.dimension.cmp(&a.0.dimension))
    });
    among.map_or_else(String::new, |(row, chance)| {
        let (one, _) = dimension(&row.dimension);
        if chance.index < chance.interval[0] {
            format!("Your contacts know each other within their {one} more than chance would give")
        } else {
            format!(
                "Your contacts know each other across {} as chance would have it",
                dimension(&row.dimension).1
            )
        }
    })
}

/// Reach against contact: who reaches far and gets little time, most reach first.
pub(crate) fn bandwidth(view: &View<'_>, rich: &[&Bandwidth]) -> String {
    let names: Vec<String> = rich.iter().take(4).map(|dot| view.given(&dot.id, 120.0)).collect();
    match rich.len() {
        0 => "Everybody who reaches several circles hears from you monthly".to_owned(),
        1 => format!("{} reaches several circles, at less than one contact a month", list(&names)),
        2..=4 => {
            format!("{} reach several circles, at less than one contact a month", list(&names))
        }
        n => format!(
            "{} people reach several circles and hear from you less than monthly",
            capital(&count(n))
        ),
    }
}

/// Above bandwidth.
pub(crate) fn bandwidth_section(view: &View<'_>) -> String {
    let rich = rich_and_thin(view.audit).len();
    match (view.audit.findings.bandwidth.is_empty(), rich) {
        (true, _) => "Reach against contact cannot be seen yet".to_owned(),
        (false, 0) => "Who reaches far gets your time".to_owned(),
        (false, n) => format!(
            "{} far and {} little of your time",
            capital(&counted(n, "person reaches", "people reach")),
            if n == 1 { "gets" } else { "get" }
        ),
    }
}

/// Effective circles from which a contact is said to reach far.
pub(crate) const FAR: f64 = 1.5;
/// Contact days a month below which a tie is thin.
pub(crate) const THIN: f64 = 1.0;

/// Contacts who reach far and get little contact, most reach first.
pub(crate) fn rich_and_thin(audit: &Audit) -> Vec<&Bandwidth> {
    let dots = audit.findings.bandwidth.iter();
    dots.filter(|dot| dot.reach >= FAR && dot.monthly < THIN).collect()
}

/// What the goals are and where they come from; nothing without goals.
pub(crate) fn goals(view: &View<'_>) -> Option<String> {
    let goals = view.audit.findings.goals.as_ref()?;
    let mut told = Vec::new();
    if let Some(preset) = &goals.preset {
        told.push(format!(
            "Goals start from the preset “{}”: a rule of thumb of this program, not advice about you. What you write under [goals] in weaktie.toml wins.",
            preset.replace('-', " ")
        ));
    }
    if let Some(mentor) = &goals.mentor {
        told.push(match (mentor.active, mentor.known) {
            (0, 0) => {
                "You look for a mentor; nobody you know is known to stand further on.".to_owned()
            }
            (0, n) => format!(
                "You look for a mentor; {} further on, none of them active.",
                counted(n as usize, "contact stands", "contacts stand")
            ),
            (n, _) => format!(
                "You look for a mentor; {} further on than you {} active.",
                counted(n as usize, "contact", "contacts"),
                if n == 1 { "is" } else { "are" }
            ),
        });
    }
    let missing = goals.companies.iter().filter(|company| company.active == 0).count();
    if !goals.companies.is_empty() {
        told.push(match missing {
            0 => "You have an active tie at every employer you named.".to_owned(),
            n => format!(
                "{} of the {} you named {} no active tie of yours.",
                capital(&count(n)),
                counted(goals.companies.len(), "employer", "employers"),
                if n == 1 { "holds" } else { "hold" }
            ),
        });
    }
    let closing = goals.closing.as_ref().filter(|closing| !closing.demands.is_empty());
    if let Some(closing) = closing {
        let short: u32 = closing.demands.iter().map(|demand| demand.short).sum();
        let proven = if closing.is_smallest { "no fewer can" } else { "perhaps fewer can" };
        let rest = match short {
            0 => String::new(),
            n => format!(" {} more would have to be met anew.", capital(&count(n as usize))),
        };
        told.push(match closing.fewest {
            0 => format!("Nobody you already know would close what is missing.{rest}"),
            n => format!(
                "{} you already know and hear nothing from would close the gaps by head count ({proven}).{rest}",
                capital(&counted(n as usize, "person", "people"))
            ),
        });
    }
    if told.is_empty() { None } else { Some(told.join(" ")) }
}

/// This quarter against the one before at equal coverage; nothing where they cannot be compared.
pub(crate) fn at_equal_coverage(view: &View<'_>) -> Option<String> {
    let change = view.audit.findings.diversity_change.iter().find(|change| {
        view.audit.findings.diversity.iter().any(|d| d.dimension == change.dimension && d.headline)
    })?;
    let (_, many) = dimension(&change.dimension);
    Some(format!(
        "By head count and at equal coverage ({}), {} {many} against {} a quarter ago.",
        percent(change.coverage),
        tenth(change.now[2]),
        tenth(change.before[2])
    ))
}

/// Said once: what the intervals mean and what is never inferred.
pub(crate) const HONEST: &str = "Your contacts are a census of your ties, not a sample: intervals say how much hangs on who happens to be in it. Gender, ethnicity, age, religion, health and other protected attributes are never inferred.";

/// The title of the people who would close the gaps.
pub(crate) fn closing_table(n: usize, all: u32) -> String {
    if n >= all as usize {
        format!("The {} who would close the gaps", counted(n, "person", "people"))
    } else {
        format!("The first {n} of {all} people who would close the gaps")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::GoalMix;
    use crate::report::testing;

    fn share(class: &str, goal: f64, attention: f64) -> GoalShare {
        GoalShare {
            class: class.into(),
            goal,
            people: 0.2,
            attention: Some(attention),
            gap: goal - attention,
            to_add: 0,
            known: 3,
        }
    }

    #[test]
    fn a_goal_is_told_by_what_is_furthest_off() {
        let mut found = testing::rich().findings.diversity[0].clone();
        let mix = |classes| GoalMix {
            is_mix: true,
            is_preset: false,
            divergence_people: None,
            divergence_attention: None,
            classes,
        };
        found.goal = Some(mix(vec![share("health", 0.16, 0.04), share("finance", 0.30, 0.44)]));
        assert_eq!(
            against_goal(&found).unwrap(),
            "Finance takes 44% of attention against a goal of 30%; health care 4% against 16%"
        );
        found.goal = Some(mix(vec![share("health", 0.16, 0.14), share("finance", 0.40, 0.44)]));
        assert_eq!(against_goal(&found).unwrap(), "No function is more than 4 points off its goal");
        found.dimension = "relative-seniority".into();
        found.goal = Some(mix(vec![share("mentor", 0.35, 0.18), share("peer", 0.50, 0.69)]));
        assert_eq!(
            against_goal(&found).unwrap(),
            "Peers take 69% of attention against a goal of 50%; further on than you 18% against 35%"
        );
    }

    #[test]
    fn homophily_is_told_against_chance() {
        let row = Homophily {
            dimension: "function".into(),
            own: Some("finance".into()),
            people: 90,
            by_people: Some(0.2),
            by_attention: Some(Chance { index: -0.2, mean: 0.2, interval: [0.0, 0.4] }),
            inbreeding: Some(0.3),
            reference: "contacts".into(),
            among: None,
        };
        assert_eq!(
            homophily(std::slice::from_ref(&row)),
            "60% of your attention stays in your own function (finance); chance would give 40%"
        );
        let chance = Chance { index: 0.1, mean: 0.2, interval: [0.0, 0.4] };
        let row = Homophily { by_attention: Some(chance), ..row };
        assert!(homophily(&[row]).contains("no more than chance"));
    }
}
