//! Real communication, where the research networks are at hand: pairs of (log, a busy person).

use std::path::PathBuf;

use weaktie::audit::Audit;
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;
use weaktie::report::{self, Options};

use crate::support::root;

#[expect(clippy::print_stdout, reason = "says why a test did nothing")]
fn log(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(path);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn audit(path: &str, me: &str) -> Option<Audit> {
    let request = Request {
        sources: vec![log(path)?],
        me: Some(me.to_owned()),
        seed: 1,
        ..Request::default()
    };
    Some(pipeline::audit(&request, &Silent).expect("an audit"))
}

#[test]
fn mail_of_a_company_gives_a_report_of_real_communication() {
    let logs = [
        ("enron_perry_wolfe/messages.csv.gz", "louise.kitchen"),
        ("enron_igraph/messages.csv.gz", "louise.kitchen"),
        ("manufacturing_email/messages_before_2010-07-02.csv.gz", "17"),
    ];
    for (path, me) in logs {
        let Some(audit) = audit(path, me) else { continue };
        for input in &audit.inputs {
            assert_eq!(input.rows_read, input.rows_used + input.rows_skipped);
        }
        assert!(audit.people.len() > 20, "{path}: {} contacts", audit.people.len());
        assert!(audit.findings.communities.len() >= 2, "{path}");
        assert!(audit.people.iter().any(|p| p.measures["betweenness"].is_some_and(|b| b > 0.0)));
        let rendered = report::render(&audit, Options::default());
        assert!(rendered.html.len() > 50_000 && rendered.charts.len() >= 5, "{path}");
    }
}

#[test]
fn dirty_rows_are_counted() {
    let Some(audit) = audit("enron_igraph/messages.csv.gz", "louise.kitchen") else { return };
    let input = &audit.inputs[0];
    assert_eq!(input.rows_read, 125_409);
    assert_eq!(input.counts["bad-date"], 174, "the dates of 1979 are corrupt");
    assert!(input.counts["self-loop"] > 16_000 && input.remarks["repeated-row"] > 60_000);
}
