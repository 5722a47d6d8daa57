//! Writing a folder whole or not at all, for its owner's eyes alone.
//!
//! Files go into a hidden folder beside the target, which then takes its place in one step; its owner alone may read it. A folder that stands there
//! already is replaced only if it carries our mark (`audit.json`; `truth.json` for demo data, `compare.json` for a comparison); anything else is refused.

use std::fmt;
use std::fs;
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserializer as _;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Deserializer;

use crate::error::{Error, Result};

mod place;

use place::{beside, create_file, create_folder, recover, remove, swapped};

/// A file to write: its path inside the folder (forward slashes) and its bytes.
pub type OutFile = (String, Vec<u8>);

/// What a folder of ours holds, by which it may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A report: `audit.json` written by weaktie.
    Report,
    /// Demo data: `truth.json` written by weaktie.
    Demo,
    /// A comparison: `compare.json` written by weaktie.
    Comparison,
}

impl Mark {
    /// The file that carries the mark; its key `tool` begins with our name.
    fn file(self) -> &'static str {
        match self {
            Self::Report => "audit.json",
            Self::Demo => "truth.json",
            Self::Comparison => "compare.json",
        }
    }
}

/// Writes the files as the folder `target`.
///
/// # Errors
/// [`Error::Occupied`] when something else stands at `target`; [`Error::Write`] when writing fails. In both cases
/// `target` is as it was.
pub fn write_folder(target: &Path, files: &[OutFile], mark: Mark) -> Result<()> {
    check_target(target, mark)?;
    let fail = |source| Error::Write { path: target.to_path_buf(), source };
    let new = beside(target, "new");
    // A run that was killed may have left its folder behind.
    recover(target).and_then(|()| remove(&new)).map_err(fail)?;
    let written = write_all(&new, files).and_then(|()| place::replace(&new, target));
    if written.is_err() {
        let _ = remove(&new);
    }
    written.map_err(fail)
}

/// Writes a file whole or not at all: beside the target first, then renamed over it.
///
/// # Errors
/// [`Error::Occupied`] when a folder stands at `target`, [`Error::Write`] when writing fails, and what `fill` returns. In every
/// case `target` is as it was.
pub fn write_file(
    target: &Path,
    fill: impl FnOnce(&mut BufWriter<fs::File>) -> Result<()>,
) -> Result<()> {
    let fail = |source| Error::Write { path: target.to_path_buf(), source };
    if target.is_dir() {
        let what = "a folder stands where the file should go".to_owned();
        return Err(Error::Occupied { path: target.to_path_buf(), what });
    }
    let beside = beside(target, "new");
    // A run that was killed may have left its file behind.
    let _ = fs::remove_file(&beside);
    let written = create_file(&beside).map_err(fail).and_then(|created| {
        let mut stream = BufWriter::with_capacity(1 << 20, created);
        fill(&mut stream)?;
        stream.into_inner().map(|_| ()).map_err(|error| fail(error.into_error()))
    });
    let renamed = written.and_then(|()| fs::rename(&beside, target).map_err(fail));
    if renamed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    renamed
}

/// Writes these bytes as a file, as [`write_file`].
///
/// # Errors
/// As [`write_file`].
pub fn write_bytes(target: &Path, bytes: &[u8]) -> Result<()> {
    write_file(target, |file| {
        file.write_all(bytes).map_err(|source| Error::Write { path: target.to_path_buf(), source })
    })
}

/// One of several things to replace together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replacement {
    /// A folder of ours with new files.
    Folder {
        /// Where it stands.
        target: PathBuf,
        /// Its files.
        files: Vec<OutFile>,
        /// What it carries.
        mark: Mark,
    },
    /// A file with new content.
    File {
        /// Where it stands.
        target: PathBuf,
        /// Its content.
        bytes: Vec<u8>,
    },
    /// A folder of ours that goes.
    Gone {
        /// Where it stands.
        target: PathBuf,
        /// What it carries.
        mark: Mark,
    },
}

impl Replacement {
    fn target(&self) -> &Path {
        match self {
            Self::Folder { target, .. } | Self::File { target, .. } | Self::Gone { target, .. } => {
                target
            }
        }
    }

    /// Writes the new content beside the target.
    fn prepare(&self) -> Result<()> {
        let fail = |source| Error::Write { path: self.target().to_path_buf(), source };
        let beside = beside(self.target(), "new");
        match self {
            Self::Folder { target, files, mark } => {
                check_target(target, *mark)?;
                remove(&beside).and_then(|()| write_all(&beside, files)).map_err(fail)
            }
            Self::File { bytes, .. } => {
                remove(&beside).and_then(|()| create_file(&beside)?.write_all(bytes)).map_err(fail)
            }
            Self::Gone { target, mark } => check_target(target, *mark),
        }
    }

    /// Puts the old content aside and the new one in its place; the old one back when that fails.
    fn put(&self) -> io::Result<()> {
        let (new, old) = (beside(self.target(), "new"), beside(self.target(), "old"));
        remove(&old)?;
        let goes = matches!(self, Self::Gone { .. });
        if !goes && swapped(&new, self.target()) {
            return fs::rename(&new, &old).inspect_err(|_| {
                let _ = swapped(&new, self.target());
            });
        }
        fs::rename(self.target(), &old)?;
        if goes {
            return Ok(());
        }
        fs::rename(&new, self.target()).or_else(|error| {
            fs::rename(&old, self.target())?;
            Err(error)
        })
    }

    /// Brings back what [`Replacement::put`] put aside.
    fn undo(&self) {
        let _ = remove(self.target());
        let _ = fs::rename(beside(self.target(), "old"), self.target());
    }
}

/// Replaces everything or nothing: all is written beside the targets first, then renamed; when a rename fails, those before it are
/// undone.
///
/// # Errors
/// [`Error::Occupied`] when something that is not ours stands at a target, [`Error::Write`] when writing fails. In both cases every
/// target is as it was.
pub fn replace_all(all: &[Replacement]) -> Result<()> {
    let clean = |what: &str| {
        for one in all {
            let _ = remove(&beside(one.target(), what));
        }
    };
    if let Err(error) = all.iter().try_for_each(Replacement::prepare) {
        clean("new");
        return Err(error);
    }
    for (nth, one) in all.iter().enumerate() {
        if let Err(source) = one.put() {
            all[..nth].iter().for_each(Replacement::undo);
            clean("new");
            return Err(Error::Write { path: one.target().to_path_buf(), source });
        }
    }
    clean("old");
    Ok(())
}

/// Whether the folder may be written: it does not exist, is empty, or carries the mark.
///
/// # Errors
/// [`Error::Occupied`] otherwise.
pub fn check_target(target: &Path, mark: Mark) -> Result<()> {
    let occupied =
        |what: &str| Error::Occupied { path: target.to_path_buf(), what: what.to_owned() };
    if target.file_name().is_none() {
        return Err(occupied("this folder cannot be replaced as a whole; name one inside it"));
    }
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(occupied("a file stands where the folder should go"));
    }
    let mut entries = fs::read_dir(target)
        .map_err(|source| Error::Read { path: target.to_path_buf(), source })?;
    if entries.next().is_none() || is_ours(target, mark) {
        return Ok(());
    }
    Err(occupied("the folder holds something that weaktie did not write and is left as it is"))
}

fn is_ours(folder: &Path, mark: Mark) -> bool {
    let Ok(file) = fs::File::open(folder.join(mark.file())) else {
        return false;
    };
    let mut tool = None;
    // Reading stops at the mark, which stands near the top: a saved audit may be long.
    let _ = Deserializer::from_reader(BufReader::new(file)).deserialize_map(Tool(&mut tool));
    tool.is_some_and(|tool| tool.starts_with("weaktie"))
}

/// Looks for the key `tool` and ends with an error once it is found.
struct Tool<'a>(&'a mut Option<String>);

impl<'de> Visitor<'de> for Tool<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "tool" {
                *self.0 = Some(map.next_value()?);
                return Err(A::Error::custom("found"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

fn write_all(folder: &Path, files: &[OutFile]) -> io::Result<()> {
    create_folder(folder)?;
    let path = |name: &str| folder.join(name.split('/').collect::<PathBuf>());
    for (name, _) in files {
        if let Some(parent) = path(name).parent() {
            create_folder(parent)?;
        }
    }
    files.par_iter().try_for_each(|(name, bytes)| create_file(&path(name))?.write_all(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> OutFile {
        (name.to_owned(), text.as_bytes().to_vec())
    }

    #[test]
    fn a_report_of_ours_is_replaced_whole() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("report");
        let ours = file("audit.json", r#"{"tool": "weaktie 0.1.0"}"#);
        write_folder(&target, &[ours.clone(), file("charts/old.svg", "x")], Mark::Report).unwrap();
        write_folder(&target, &[ours, file("charts/new.svg", "y")], Mark::Report).unwrap();
        assert!(!target.join("charts/old.svg").exists());
        assert_eq!(fs::read(target.join("charts/new.svg")).unwrap(), b"y");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_is_replaced_whole_or_stays() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("ties.csv");
        let write = |text: &'static [u8], ends: fn() -> Result<()>| {
            write_file(&target, |file| {
                io::Write::write_all(file, text).unwrap();
                ends()
            })
        };
        write(b"old", || Ok(())).unwrap();
        assert!(write(b"half", || Err(Error::Interrupted)).is_err());
        assert_eq!(fs::read(&target).unwrap(), b"old");
        write(b"new", || Ok(())).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
        assert!(matches!(write_file(home.path(), |_| Ok(())), Err(Error::Occupied { .. })));
    }

    #[test]
    fn several_are_replaced_together_or_not_at_all() {
        let home = tempfile::tempdir().unwrap();
        let (report, list) = (home.path().join("report"), home.path().join("list.csv"));
        let mark =
            |text: &str| file("audit.json", &format!(r#"{{"tool": "weaktie", "x": "{text}"}}"#));
        write_folder(&report, &[mark("old")], Mark::Report).unwrap();
        fs::write(&list, "old").unwrap();
        let folder = Replacement::Folder {
            target: report.clone(),
            files: vec![mark("new")],
            mark: Mark::Report,
        };
        let text = Replacement::File { target: list.clone(), bytes: b"new".to_vec() };
        // The third is not ours: nothing happens to the others.
        let photos = home.path().join("photos");
        fs::create_dir(&photos).unwrap();
        fs::write(photos.join("cat.txt"), "cat").unwrap();
        let other = Replacement::Gone { target: photos, mark: Mark::Comparison };
        let refused = replace_all(&[folder.clone(), text.clone(), other]);
        assert!(matches!(refused, Err(Error::Occupied { .. })));
        let content = |path: &Path| fs::read_to_string(path).unwrap();
        assert!(content(&report.join("audit.json")).contains("old") && content(&list) == "old");
        // One that cannot be renamed: those before it are brought back.
        let gone = Replacement::File { target: home.path().join("none.csv"), bytes: Vec::new() };
        assert!(replace_all(&[folder.clone(), text.clone(), gone]).is_err());
        assert!(content(&report.join("audit.json")).contains("old") && content(&list) == "old");
        replace_all(&[folder, text]).unwrap();
        assert!(content(&report.join("audit.json")).contains("new") && content(&list) == "new");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 3, "nothing is left beside");
    }

    #[test]
    fn anything_else_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("photos");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("cat.txt"), "cat").unwrap();
        let refused = write_folder(&target, &[file("audit.json", "{}")], Mark::Report);
        assert!(matches!(refused, Err(Error::Occupied { .. })));
        assert_eq!(fs::read_dir(&target).unwrap().count(), 1);
        for other in [
            "{}",
            "[1]",
            "",
            r#"{"tool": 3}"#,
            r#"{"tool": "else"}"#,
            r#"{"x": {"tool": "weaktie"}}"#,
        ] {
            fs::write(target.join("audit.json"), other).unwrap();
            assert!(check_target(&target, Mark::Report).is_err(), "{other}");
        }
        fs::write(target.join("audit.json"), r#"{"x": [{}], "tool": "weaktie 9", cut"#).unwrap();
        assert!(check_target(&target, Mark::Report).is_ok());
    }
}
