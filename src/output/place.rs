//! Files and folders readable by their owner alone, and the one step that puts a new folder in the place of an old one.
//!
//! On Linux and macOS old and new trade places in one call of the system, so that a run killed at any moment leaves one
//! or the other at the target. Elsewhere, and on file systems that cannot, the old one steps aside first; a run killed
//! between the two renames leaves it beside the target, and [`recover`] brings it back.

use std::fs;
use std::io::{self, Write};
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
fn swapped(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn swapped(_: &Path, _: &Path) -> bool {
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

/// A folder that its owner alone may enter; those above it are made as usual.
pub(super) fn private_folder(path: &Path) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        other => other,
    }
}

/// A new file that its owner alone may read.
pub(super) fn private_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_trade_places_and_the_old_goes() {
        let home = tempfile::tempdir().unwrap();
        let [new, target] = ["new", "target"].map(|name| home.path().join(name));
        for (folder, file) in [(&new, "b"), (&target, "a")] {
            private_folder(folder).unwrap();
            private_file(&folder.join(file), b"x").unwrap();
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
        private_folder(&old).unwrap();
        private_file(&old.join("a"), b"x").unwrap();
        recover(&target).unwrap();
        assert!(target.join("a").exists() && !old.exists());
        private_folder(&old).unwrap();
        recover(&target).unwrap();
        assert!(target.join("a").exists() && old.exists());
    }

    #[cfg(unix)]
    #[test]
    fn the_owner_alone_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = home.path().join("a/b");
        private_folder(&folder).unwrap();
        private_file(&folder.join("c"), b"x").unwrap();
        assert_eq!((mode(&folder), mode(&folder.join("c"))), (0o700, 0o600));
    }
}
