//! What a ZIP archive says it holds.
//!
//! Responsible for refusing archives that try to trick their reader, before anything in them is read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};

use unicode_normalization::UnicodeNormalization;
use zip::ZipArchive;

use super::archive::is_clutter;
use crate::error::{Error, Result};

/// The files of an archive by normalised path, after everything that must be refused has been refused.
pub(super) fn files<R: Read + Seek>(
    name: &str,
    archive: &ZipArchive<R>,
    most: usize,
) -> Result<BTreeMap<String, usize>> {
    let refuse = |what: String| Err(Error::unusable(name, what, None));
    if archive.len() > most {
        return refuse(format!("the ZIP archive holds {} files, too many", archive.len()));
    }
    if archive.has_duplicate_names() {
        return refuse("the ZIP archive holds two files of the same name".to_owned());
    }
    let mut inside = BTreeMap::new();
    // As file systems compare names: without case, and whatever way an accent is put together.
    let mut lower = BTreeMap::new();
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(index) else {
            return refuse("the ZIP archive is damaged or cut short".to_owned());
        };
        let raw = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let raw = entry.name().map_or(raw, std::borrow::Cow::into_owned);
        let Some(path) = safe_path(&raw) else {
            return refuse("the ZIP archive holds a path that leads outside it".to_owned());
        };
        if entry.is_dir()
            || raw.ends_with('\\')
            || path.is_empty()
            || path.split('/').any(is_clutter)
        {
            continue;
        }
        if entry.is_symlink() {
            return refuse("the ZIP archive holds a symbolic link".to_owned());
        }
        if entry.encrypted() {
            let hint = Some("unpack it with its password and give the folder".to_owned());
            return Err(Error::unusable(name, "the ZIP archive is encrypted", hint));
        }
        if lower.insert(path.nfc().collect::<String>().to_lowercase(), index).is_some() {
            return refuse("the ZIP archive holds two files of the same name".to_owned());
        }
        inside.insert(path, index);
    }
    Ok(inside)
}

/// A path with forward slashes and no empty parts; `None` when it is absolute, names a drive, climbs or holds NUL.
pub(super) fn safe_path(raw: &str) -> Option<String> {
    let path = raw.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.starts_with('/') || drive || path.contains('\0') {
        return None;
    }
    let parts: Vec<&str> =
        path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    (!parts.contains(&"..")).then(|| parts.join("/"))
}

/// Whether a ZIP archive is a document of an office program.
pub(super) fn is_document(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes))
        .is_ok_and(|archive| archive.index_for_name("[Content_Types].xml").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gotcha_33_paths_that_lead_out_are_not_safe() {
        for (path, safe) in [("a//./b", Some("a/b")), ("/a", None), ("a/../b", None), ("a\0", None)]
        {
            assert_eq!(safe_path(path).as_deref(), safe, "{path}");
        }
    }
}
