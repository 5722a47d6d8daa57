//! A small invented audit for tests: two namesakes, a weekly tie that went quiet, a connection that never talked.

use serde_json::json;

use super::Audit;

/// Four contacts of Mara Lindqvist on 30 September 2026.
pub(crate) fn small() -> Audit {
    let person = |id: &str, name: &str, company: Option<&str>, emails: &[&str]| {
        json!({
            "id": id, "name": name, "first_name": name.split(' ').next(), "company": company,
            "profile_url": format!("https://www.linkedin.com/in/{id}"), "emails": emails,
            "position": null, "connected_on": "2024-03-01", "function": "design", "seniority": null,
            "industry": null, "community": null, "measures": {}
        })
    };
    let silence = json!({
        "state": "never-active", "active": false, "contact_days": 0, "contact_days_in_period": 0,
        "contact_days_before": 0, "usual_gap": null, "silent": null, "overdue": null,
        "overdue_quantile": null, "out": 0, "incoming": 0, "channels": {}, "peak_strength": 0.0,
        "p_contact": null, "p_contact_after_touch": null, "weeks": [], "unanswered": 0, "owed_since": null
    });
    let weekly = json!({
        "state": "neglected", "active": true, "contact_days": 31, "contact_days_in_period": 4,
        "contact_days_before": 12, "usual_gap": 7.5, "silent": 40, "overdue": 5.333, "overdue_quantile": 0.97,
        "out": 18, "incoming": 17, "channels": {"email": 30, "meeting": 5}, "peak_strength": 0.8,
        "p_contact": 0.41, "p_contact_after_touch": 0.86, "weeks": [[5, 1]], "unanswered": 1,
        "owed_since": null, "burstiness": -0.1, "turn": "theirs",
        "at_risk": {"value": 0.5, "risk": 0.59, "reachability": 0.7},
        "exchange": {
            "months": [[1, 2], [2, 5], [13, 4]],
            "first_steps": {"yours": 3, "theirs": 2},
            "replies": {
                "yours": {"turns": 9, "median_days": 0.5, "within_week": 0.9},
                "theirs": {"turns": 2, "median_days": null, "within_week": null}
            },
            "favours": [{"kind": "message", "given": 16, "received": 14,
                         "last_given": "2026-08-21", "last_received": "2026-08-20"}],
            "met": {"on": "2024-03-01", "followed_after": 3},
            "strength": {"contacts": {"email": 1.5, "meeting": 2.0}, "reciprocity": 0.97, "breadth": 1.15,
                         "activity": 3.9}
        }
    });
    let tie = |id: &str, rhythm: &serde_json::Value, days: u32| {
        json!({
            "a": "mara-lindqvist", "b": id, "evidence": if days > 0 { "interaction" } else { "declared" },
            "strength": f64::from(days) / 50.0, "interactions": days,
            "first": (days > 0).then_some("2024-03-04"), "last": (days > 0).then_some("2026-08-21"),
            "rhythm": rhythm
        })
    };
    let audit = json!({
        "schema_version": super::SCHEMA_VERSION, "tool": "weaktie 0.1.0", "as_of": "2026-09-30",
        "as_of_from": "messages.csv", "period": {"from": "2026-07-02", "to": "2026-09-30"}, "seed": 1,
        "redaction": "full",
        "ego": {"id": "mara-lindqvist", "name": "Mara Lindqvist", "found_by": "Profile.csv",
                "profile_url": "https://www.linkedin.com/in/mara-lindqvist"},
        "settings": {"budget_minutes": 360, "budget_actions": 12, "budget_actions_a_week": 3,
                     "half_life": 90.0, "group_cap": 25, "ladder": [1.5, 3.0, 8.0],
                     "strength_midpoint": 2.0, "min_evidence": "co-presence", "time_zone": "UTC"},
        "inputs": [],
        "people": [
            person("iris-vale", "Iris Vale", None, &[]),
            person("tom-berg-1", "Tom Berg", Some("Corvane"), &[]),
            person("tom-berg-2", "Tom Berg", None, &[]),
            person("zoe-ek", "Zoë Ek", Some("Corvane"), &["zoe@example.org"]),
        ],
        "ties": [
            tie("iris-vale", &silence, 0), tie("tom-berg-1", &silence, 0),
            tie("tom-berg-2", &silence, 0), tie("zoe-ek", &weekly, 31),
            {"a": "tom-berg-1", "b": "zoe-ek", "evidence": "co-presence", "strength": 0.4,
             "interactions": 3, "first": "2026-01-05", "last": "2026-02-01", "rhythm": null}
        ],
        "network": {},
        "findings": {"quarters": [], "states": {}, "diversity": [],
                     "attention": {"now": [], "before": [], "people": []},
                     "communities": [], "straits": [], "bridges": [], "notes": []},
        "actions": [], "let_rest": [], "refused": []
    });
    serde_json::from_value(audit).expect("the saved form")
}
