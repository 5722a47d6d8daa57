//! Archives as users and tricksters make them.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn opened(name: &str, bytes: &[u8]) -> Result<Vec<Entry>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    open(&path).map(|found| found.entries)
}

fn complaint(bytes: &[u8]) -> String {
    opened("x.zip", bytes).unwrap_err().to_string()
}

#[test]
fn zip_folder_wrapper_and_rezipped_folder_give_the_same_files() {
    let files: &[(&str, &[u8])] = &[("b.csv", b"2"), ("Jobs/a.csv", b"1")];
    let inside = |entries: Vec<Entry>, prefix: &str| -> Vec<(String, Vec<u8>)> {
        let cut = |name: String| name.strip_prefix(prefix).unwrap().to_owned();
        entries.into_iter().map(|entry| (cut(entry.name), entry.bytes)).collect()
    };
    let zip = zipped(files);
    let plain = inside(opened("e.zip", &zip).unwrap(), "e.zip/");
    let wrapped = zipped(&[("e.zip", &zip), ("__MACOSX/._e.zip", b"junk")]);
    let wrapped = inside(opened("e.zip.zip", &wrapped).unwrap(), "e.zip.zip/e.zip/");
    let again = zipped(&[("top/b.csv", b"2"), ("top/.DS_Store", b"x"), ("top/Jobs/a.csv", b"1")]);
    let again = inside(opened("e.zip", &again).unwrap(), "e.zip/top/");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("e/Jobs")).unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join("e").join(name), bytes).unwrap();
    }
    let walked = inside(open(&folder.path().join("e")).unwrap().entries, "e/");
    assert_eq!(plain, [("Jobs/a.csv".to_owned(), b"1".to_vec()), ("b.csv".into(), b"2".into())]);
    assert_eq!((&plain, &plain, &plain), (&wrapped, &again, &walked));
}

#[test]
fn gzip_is_told_by_content() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(b"a,b").unwrap();
    let packed = encoder.finish().unwrap();
    let entries = opened("log.csv", &packed).unwrap();
    assert_eq!(entries, [Entry::whole("log.csv".into(), b"a,b".into())]);
    assert!(opened("log.csv", &packed[..10]).unwrap_err().to_string().contains("damaged"));
    assert!(opened("log.csv", &packed[..12]).unwrap()[0].damage.is_some());
}

#[test]
fn gotcha_33_tricks_are_refused_with_one_sentence() {
    assert!(complaint(&zipped(&[("../../x/Connections.csv", b"x")])).contains("leads outside"));
    assert!(complaint(&zipped(&[("C:\\x.csv", b"x")])).contains("leads outside"));
    assert!(complaint(&zipped(&[("A.csv", b"x"), ("a.csv", b"x")])).contains("same name"));
    assert!(complaint(b"PK\x03\x04rubbish").contains("damaged"));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("l.csv", "/etc/hosts", SimpleFileOptions::default()).unwrap();
    assert!(complaint(&writer.finish().unwrap().into_inner()).contains("symbolic link"));
}

#[test]
fn gotcha_33_names_are_compared_as_systems_do() {
    let (nfc, nfd) = ("ma\u{eb}lle.csv", "mae\u{308}lle.csv");
    assert!(complaint(&zipped(&[(nfc, b"x"), (nfd, b"x")])).contains("same name"));
    let back = zipped(&[("Jobs\\", b""), ("Jobs\\a.csv", b"x,y")]);
    assert_eq!(opened("e.zip", &back).unwrap()[0].name, "e.zip/Jobs/a.csv");
    assert!(complaint(&zipped(&[("..\\a.csv", b"x")])).contains("leads outside"));
    assert!(complaint(&zipped(&[("/etc/a.csv", b"x")])).contains("leads outside"));
}

#[test]
fn an_archive_inside_two_others_is_named() {
    let zip = zipped(&[("a.csv", b"a,b")]);
    let two = zipped(&[("b.zip", &zipped(&[("c.zip", &zip)]))]);
    let entries = opened("e.zip", &two).unwrap();
    assert!(entries[0].instead.as_deref().unwrap().contains("inside two others"));
}

#[test]
fn a_cut_archive_gives_what_can_be_saved() {
    let rows: Vec<u8> = (0..4_000_u32)
        .flat_map(|n| format!("row {},{n}\n", n * 7919 % 9973).into_bytes())
        .collect();
    let whole = zipped(&[("a.csv", b"a,b\n1,2\n"), ("b.csv", &rows), ("c.csv", b"late")]);
    let cut = &whole[..whole.len() / 2];
    let entries = opened("e.zip", cut).unwrap();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["e.zip", "e.zip/a.csv", "e.zip/b.csv"]);
    assert!(entries[0].instead.as_deref().unwrap().contains("2 of its files"));
    assert_eq!((entries[1].bytes.as_slice(), entries[1].damage), (b"a,b\n1,2\n".as_slice(), None));
    assert!(rows.starts_with(&entries[2].bytes) && entries[2].bytes.len() > 4_000);
    assert!(entries[2].damage.is_some());
}

#[test]
fn a_directory_that_points_nowhere_is_done_without() {
    let mut zip = zipped(&[("a.csv", b"a,b\n1,2\n"), ("b.csv", b"c,d\n3,4\n")]);
    let mut at = 0;
    while let Some(found) = zip[at..].windows(4).position(|window| window == b"PK\x01\x02") {
        at += found + 4;
        // Where the file's own header stands.
        zip[at + 38..at + 42].copy_from_slice(&[9, 0, 0, 0]);
    }
    let entries = opened("e.zip", &zip).unwrap();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["e.zip", "e.zip/a.csv", "e.zip/b.csv"]);
    assert_eq!(entries[2].bytes, b"c,d\n3,4\n");
}

#[test]
fn a_damaged_file_does_not_take_the_others_with_it() {
    let rows: Vec<u8> = (0..4_000_u32)
        .flat_map(|n| format!("row {},{n}\n", n * 7919 % 9973).into_bytes())
        .collect();
    let mut zip = zipped(&[("a.csv", &rows), ("b.csv", b"fine")]);
    for byte in &mut zip[4_000..4_100] {
        *byte ^= 0x55;
    }
    let entries = opened("e.zip", &zip).unwrap();
    assert!(entries[0].damage.is_some() || entries[0].instead.is_some());
    assert_eq!((entries[1].bytes.as_slice(), entries[1].damage), (b"fine".as_slice(), None));
}

#[test]
fn a_bomb_is_refused_while_it_is_being_read() {
    let bomb = zipped(&[("a.csv", &vec![0; 8 << 20])]);
    assert!(complaint(&bomb).contains("100 times"));
}

#[test]
fn many_small_bombs_are_one_large_one() {
    let zeros = vec![0; 3 << 20];
    let bomb = zipped(&[("a.csv", &zeros), ("b.csv", &zeros), ("c.csv", &zeros)]);
    assert!(complaint(&bomb).contains("100 times"));
    let wrapped = zipped(&[("e.zip", &bomb)]);
    assert!(complaint(&wrapped).contains("100 times"));
    // The same without a directory.
    assert!(complaint(&zipped(&[("a.csv", &vec![0; 8 << 20])])[..8_000]).contains("100 times"));
}

#[test]
fn limits_hold_for_archives() {
    let zip = zipped(&[("a.csv", b"1,2"), ("b.csv", b"3,4"), ("c.csv", b"5,6")]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("e.zip");
    fs::write(&path, &zip).unwrap();
    let says = |limits: Limits| open_within(&path, limits).unwrap_err().to_string();
    assert!(says(Limits { entries: 2, ..LIMITS }).contains("3 files, too many"));
    let total = Limits { total_bytes: 8, ..LIMITS };
    assert!(says(total).contains("too large"));
    let entry = Limits { entry_bytes: 2, ..LIMITS };
    assert!(says(entry).contains("too large"));
    assert_eq!(open_within(&path, LIMITS).unwrap().entries.len(), 3);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_named_and_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "1,2").unwrap();
    std::os::unix::fs::symlink("/etc", folder.path().join("link")).unwrap();
    let entries = open(folder.path()).unwrap().entries;
    assert_eq!(entries.len(), 2);
    assert!(entries[1].instead.as_deref().unwrap().contains("not followed"));
}

#[test]
fn encrypted_entries_are_refused() {
    let mut bytes = zipped(&[("a.csv", b"x")]);
    // Bit 0 of the flags, in the central directory.
    let at = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[at + 8] |= 1;
    bytes[6] |= 1;
    assert!(complaint(&bytes).contains("encrypted"));
}

#[test]
fn limits_hold_for_folders_and_a_missing_path_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a", "b", "c"] {
        fs::write(folder.path().join(name), "x").unwrap();
    }
    let limits = Limits { entries: 2, ..LIMITS };
    assert!(open_within(folder.path(), limits).is_err());
    let missing = open(&folder.path().join("nothing")).unwrap_err();
    assert!(matches!(missing, Error::Missing { .. }));
}
