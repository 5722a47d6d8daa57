//! Small files with one quirk each.

use std::fmt::Write;

use super::*;

fn edges(text: &str) -> Result<EdgeList> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("edges.csv");
    std::fs::write(&path, text).unwrap();
    read(&path)
}

/// Ties by the ids of their ends.
fn ties(list: &EdgeList) -> Vec<(String, String, f64)> {
    let name = |node: usize| list.people.id(node).to_owned();
    list.flat.edges().map(|(a, b, weight)| (name(a), name(b), weight)).collect()
}

fn tie(a: &str, b: &str, weight: f64) -> (String, String, f64) {
    (a.to_owned(), b.to_owned(), weight)
}

#[test]
fn repeated_ties_are_summed_in_either_direction_and_counted() {
    let list = edges("source,target,weight\n1,2,1.5\n2,1,2\n10,2,0.25\n").unwrap();
    assert_eq!(list.people.iter().collect::<Vec<_>>(), ["1", "2", "10"]);
    assert_eq!(ties(&list), [tie("1", "2", 3.5), tie("2", "10", 0.25)]);
    assert_eq!((list.account.rows_read, list.account.rows_used, list.account.repeated), (3, 3, 1));
    assert!(list.has_weights);
}

#[test]
fn every_row_is_used_or_skipped_with_its_line_and_reason() {
    let text = "from,to,weight\nana,bo,1\nana,ana,1\nbo,cy,0\n\nbo,dee,-2\nana,dee,NaN\n,bo,1\nana,bo\neve,bo,many\n";
    let list = edges(text).unwrap();
    let account = &list.account;
    assert_eq!((account.rows_read, account.rows_used, account.rows_skipped), (8, 1, 7));
    let found: Vec<(u64, usize, &str)> =
        account.problems.iter().map(|p| (p.line, p.column, p.code)).collect();
    assert_eq!(
        found,
        [
            (3, 2, "self-loop"),
            (4, 3, "zero-weight"),
            (6, 3, "negative-weight"),
            (7, 3, "bad-weight"),
            (8, 1, "blank"),
            (9, 2, "malformed"),
            (10, 3, "bad-weight"),
        ]
    );
    // Whoever stands in a loop or a tie of weight 0 is there all the same; who stands in a bad row is not.
    assert_eq!(list.people.iter().collect::<Vec<_>>(), ["ana", "bo", "cy"]);
}

#[test]
fn weights_that_are_no_numbers_or_would_add_up_to_none_are_skipped() {
    let bad = [
        "NaN", "nan", "inf", "-inf", "infinity", "1e309", "1e200", "1.8e308", "0x10", "1,5", "--1",
        "-0.5",
    ];
    for weight in bad {
        let list = edges(&format!("a;b;weight\nana;bo;{weight}\nana;bo;1\n")).unwrap();
        assert_eq!((list.account.rows_used, list.account.rows_skipped), (1, 1), "{weight}");
        assert_eq!(ties(&list), [tie("ana", "bo", 1.0)], "{weight}");
    }
    let rows = "ana;bo;1e100\n".repeat(1_000);
    let list = edges(&format!("a;b;weight\n{rows}bo;cy;5e-324\n")).unwrap();
    assert!(list.flat.all_weights().iter().all(|weight| (weight * weight).is_finite()));
    assert_eq!(list.account.rows_used, 1_001);
}

#[test]
fn columns_are_found_by_name_else_the_first_two() {
    let list = edges("weight;when;to;from\n2;x;b;a\n").unwrap();
    assert_eq!(ties(&list), [tie("a", "b", 2.0)]);
    let list = edges("weight\tme\tyou\n3\tu\tv\n").unwrap();
    assert_eq!(ties(&list), [tie("u", "v", 3.0)]);
    let list = edges("0 ,1\r\n1, 2\r\n").unwrap();
    assert_eq!(ties(&list), [tie("0", "1", 1.0), tie("1", "2", 1.0)]);
    assert!(!list.has_weights);
}

#[test]
fn quotes_hold_delimiters_and_do_not_change_the_rest() {
    let list = edges("source,target\n\"Lopes, Ana\",bo\nbo,\"Lopes, Ana\"\n\"x\"\n").unwrap();
    assert_eq!(ties(&list), [tie("Lopes, Ana", "bo", 2.0)]);
    assert_eq!((list.account.rows_skipped, list.account.problems[0].line), (1, 4));
    let (plain, quoted) = (edges("a,b\n3,20\n3,x\n"), edges("a,b\n\"3\",20\n3,x\n"));
    assert_eq!(ties(&plain.unwrap()), ties(&quoted.unwrap()));
}

#[test]
fn ids_that_are_numbers_stand_by_value_however_they_are_read() {
    let list = edges("a,b\n9,10\n100,x\n07,9\n").unwrap();
    assert_eq!(list.people.iter().collect::<Vec<_>>(), ["9", "10", "100", "07", "x"]);
    let list = edges("a,b\n9,10\n100,9\n").unwrap();
    assert_eq!(list.people.iter().collect::<Vec<_>>(), ["9", "10", "100"]);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let list = edges("a,b,weight\nu,v,0.1\nv,w,0.2\nv,u,0.3\nu,v,0.7\n").unwrap();
    let other = edges("a,b,weight\nu,v,0.7\nu,v,0.3\nw,v,0.2\nu,v,0.1\n").unwrap();
    assert_eq!((list.people, list.flat), (other.people, other.flat));
}

#[test]
fn files_without_a_tie_are_refused_with_the_reason() {
    for (text, says) in [
        ("", "empty"),
        ("source,target\n", "no rows"),
        ("name\nana\n", "one column"),
        ("source,target\nana,ana\n", "line 2, column 2: both ends are the same"),
        ("source,target,weight\nana,bo,-1\n", "below 0"),
    ] {
        match edges(text) {
            Err(Error::Unusable { what, hint: Some(_), .. }) => {
                assert!(what.contains(says), "{what}");
            }
            other => panic!("{text:?}: {other:?}"),
        }
    }
    assert!(matches!(read(Path::new("nowhere.csv")), Err(Error::Missing { .. })));
}

#[test]
fn short_decimals_are_read_as_the_standard_library_reads_them() {
    for text in ["0.1", "3", "12345.6789", "000.25", "1.", ".5", "1e-3", "0.30000000000000004"] {
        let expected: f64 = text.parse().unwrap();
        assert_eq!(rows::parse_weight(text.as_bytes()).unwrap().to_bits(), expected.to_bits());
    }
    assert!(rows::parse_weight(b"").is_err() && rows::parse_weight(b".").is_err());
}

#[test]
fn a_long_file_is_read_in_pieces_without_losing_a_row() {
    let mut text = String::from("source,target\n");
    for row in 0..900_000 {
        writeln!(text, "{row},{}", row + 1).unwrap();
    }
    text.push_str("7,7\n");
    let list = edges(&text).unwrap();
    assert_eq!((list.people.len(), list.flat.ties()), (900_001, 900_000));
    assert_eq!(
        (list.account.problems[0].line, list.account.problems[0].code),
        (900_002, "self-loop")
    );
    // The same with ids that are no numbers.
    let named = edges(&text.replace('\n', "x\n")).unwrap();
    assert_eq!((named.account.rows_used, named.account.rows_skipped), (900_001, 0));
}
