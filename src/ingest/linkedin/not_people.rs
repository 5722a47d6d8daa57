//! The files that say nothing about people: their rows are counted, so that the account has no hole.

use super::super::problem::Code;
use super::super::recognise::Shape;
use super::super::record::{FileRecords, Kind};
use super::super::source::{Skip, Source};

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::NotPeople,
    title: "a LinkedIn file that says nothing about people",
    columns: &[],
    required: &[],
    date: None,
};

/// Counts the rows.
pub(in crate::ingest) fn read(source: &Source) -> FileRecords {
    let mut out = source.read(false, |_, _| {
        let what = "the file says nothing about people; row left out";
        Err(Skip::new(Code::NotAPersonFile, what))
    });
    out.format.push_str("; says nothing about people");
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::reading::Scope;
    use super::super::super::test_support::codes;
    use super::*;

    #[test]
    fn every_row_is_counted_and_left_out() {
        let text = "Company Names,Company Names,Age\nBolt,Nord,30\n,,\n\"a\nb\",,\n".to_owned();
        let found = super::super::by_name("adtargeting", &text).unwrap();
        let file = "Ad_Targeting.csv".to_owned();
        let (noise, scope) = (std::sync::Arc::default(), Scope::default());
        let (encoding, damage, section) = ("UTF-8", None, None);
        let out = read(&Source { file, text, encoding, damage, noise, scope, section, found });
        assert_eq!((out.rows_read, out.rows_used), (3, 0));
        assert_eq!(codes(&out), "not-a-person-file blank not-a-person-file");
    }
}
