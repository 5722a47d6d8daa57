//! Files and folders readable by their owner alone, and the one step that puts a new folder in the place of an old one.
//!
//! On Linux and macOS old and new trade places in one call of the system, so that a run killed at any moment leaves one
//! or the other at the target. Elsewhere, and on file systems that cannot, the old one steps aside first; a run killed
//! between the two renames leaves it beside the target, and [`recover`] brings it back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The hidden neighbour of a target.
pub(super) fn beside(target: &Path, what: &str) -> PathBuf {
    let name =
        target.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    target.with_file_name(format!(".{name}.weaktie-{what}"))
}

/// Brings back what a killed run put aside without putting anything in its place.
pub(super) fn recover(target: &Path) -> io::Result<()> {
    let old = beside(target, "old");
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    if is_there(&old) && !is_there(target) { fs::rename(old, target) } else { Ok(()) }
}

/// Puts the folder `new` in the place of `target`, which may not exist, and removes what stood there. When it fails,
/// `target` is as it was.
pub(super) fn replace(new: &Path, target: &Path) -> io::Result<()> {
    if fs::symlink_metadata(target).is_err() {
        return fs::rename(new, target);
    }
    if swapped(new, target) {
        return remove(new);
    }
    let old = beside(target, "old");
    remove(&old)?;
    fs::rename(target, &old)?;
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&old, target)?;
        return Err(error);
    }
    remove(&old)
}

/// Whether the two could trade places in one step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn swapped(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn swapped(_: &Path, _: &Path) -> bool {
    false
}

/// Removes a file, a link or a folder with all that is in it; what is not there is no error.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    let removed = if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A folder that its owner alone may open, where the system knows owners; with those above it.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// A new file that its owner alone may read, where the system knows owners.
pub(super) fn create_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_trade_places_and_the_old_goes() {
        let home = tempfile::tempdir().unwrap();
        let [new, target] = ["new", "target"].map(|name| home.path().join(name));
        for (folder, file) in [(&new, "b"), (&target, "a")] {
            create_folder(folder).unwrap();
            create_file(&folder.join(file)).unwrap();
        }
        replace(&new, &target).unwrap();
        assert!(target.join("b").exists() && !target.join("a").exists() && !new.exists());
        fs::rename(&target, &new).unwrap();
        replace(&new, &target).unwrap();
        assert!(target.join("b").exists() && !new.exists());
    }

    #[test]
    fn what_was_put_aside_comes_back_only_where_nothing_stands() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("report");
        let old = beside(&target, "old");
        create_folder(&old).unwrap();
        create_file(&old.join("a")).unwrap();
        recover(&target).unwrap();
        assert!(target.join("a").exists() && !old.exists());
        create_folder(&old).unwrap();
        recover(&target).unwrap();
        assert!(target.join("a").exists() && old.exists());
    }
}
