//! R02: a path at which something other than a file stands, or a file that nobody would read there.

use super::{Check, Code, File, FileId, Reporter, Rule, Severity, Span};
use crate::files::Unreadable;

pub(crate) static RULE: Rule = Rule {
    code: Code("R02"),
    name: "not-a-regular-file",
    severity: Severity::Error,
    docs: include_str!("not_a_regular_file.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(id: FileId, file: &File, reporter: &mut Reporter<'_>) {
    let (what, help) = match file.unreadable {
        Some(Unreadable::NotRegular(what)) => (
            format!("is {what}, and not a file"),
            "remove it, and put a file with the text itself in its place",
        ),
        Some(Unreadable::Misplaced(_)) if is_copy(&file.path) => (
            "looks like a copy that an editor or a merge left behind".to_owned(),
            "delete it; what it holds beyond the record itself goes into the record",
        ),
        Some(Unreadable::Misplaced(what)) => (
            format!("{what}, where no record is read"),
            "move it directly into `incidents/` or `gates/`, with the ending `.md` (an incident may also be `.yaml`)",
        ),
        _ => return,
    };
    reporter.report(Span::new(id, 0..0), format!("`{}` {what}", file.path), help);
}

/// Whether a name is one that programs give to the old version of a file.
fn is_copy(path: &str) -> bool {
    const ENDS: [&str; 8] = ["~", ".bak", ".orig", ".rej", ".old", ".swp", ".tmp", ".save"];
    ENDS.iter().any(|end| path.ends_with(end))
}
