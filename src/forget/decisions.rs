//! Decision files and tables of offline contacts without a person: entries and rows that name them go, the rest stays as written.

use super::Keys;

/// The text without what names the person, and how many entries went; `None` where none does. `is_csv` says the form.
///
/// ```
/// use weaktie::forget::{Keys, from_decisions};
/// assert_eq!(from_decisions("decision,a,b\n", true, &Keys::default()), None);
/// ```
#[must_use]
pub fn from_decisions(text: &str, is_csv: bool, keys: &Keys) -> Option<(String, usize)> {
    let entries = if is_csv { rows(text) } else { blocks(text) };
    let kept: Vec<&String> = entries.iter().filter(|entry| !names(entry, keys)).collect();
    let removed = entries.len() - kept.len();
    (removed > 0).then(|| (kept.into_iter().cloned().collect(), removed))
}

fn names(entry: &str, keys: &Keys) -> bool {
    let cells = entry.split([',', ';', '\t', '"', '\n', '=', ' ']).map(str::trim);
    keys.is_in(entry) || cells.filter(|cell| !cell.is_empty()).any(|cell| keys.is(cell))
}

/// Rows with their line ends; a quoted cell may hold line ends.
fn rows(text: &str) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut quoted = false;
    let mut row = String::new();
    for line in text.split_inclusive('\n') {
        quoted ^= line.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
        row.push_str(line);
        if !quoted {
            rows.push(std::mem::take(&mut row));
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// Entries of a TOML file, each with the remarks above it and the blank lines under it.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut has_entry = false;
    for line in text.split_inclusive('\n') {
        let (start, ended) = (line.trim_start(), has_entry);
        let begins = start.starts_with('[') || start.starts_with('#');
        if blocks.is_empty() || (ended && begins) {
            blocks.push(String::new());
            has_entry = false;
        }
        has_entry |= start.starts_with('[');
        if let Some(block) = blocks.last_mut() {
            block.push_str(line);
        }
        // A remark that ends in a blank line stands by itself: the head of the file.
        if start.is_empty() && !has_entry {
            blocks.push(String::new());
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture::small;

    fn zoe() -> Keys {
        let mut keys = Keys::default();
        keys.learn(&small(), "zoe-ek");
        keys
    }

    #[test]
    fn entries_go_with_their_remarks() {
        let text = "# Who is who\n\n# same-name (0.91)\n#   Zoë Ek · zoe-ek\n[[ask]]\na = \"zoe-ek\"\nb = \"z@example.org\"\n\n\
                    # other\n[[same]]\na = \"tom-berg-1\"\nb = \"tom-berg-2\"\n";
        let (left, removed) = from_decisions(text, false, &zoe()).unwrap();
        assert_eq!(removed, 1);
        assert_eq!(
            left,
            "# Who is who\n\n# other\n[[same]]\na = \"tom-berg-1\"\nb = \"tom-berg-2\"\n"
        );
        assert_eq!(from_decisions(&left, false, &zoe()), None);
    }

    #[test]
    fn rows_go_whole() {
        let text = "decision,a,b,evidence\nask,zoe-ek,z@example.org,\"x\ny\"\nsame,tom-berg-1,tom-berg-2,\n";
        let (left, removed) = from_decisions(text, true, &zoe()).unwrap();
        assert_eq!(
            (left.as_str(), removed),
            ("decision,a,b,evidence\nsame,tom-berg-1,tom-berg-2,\n", 1)
        );
    }
}
