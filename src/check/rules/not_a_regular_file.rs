//! R02: a path at which something other than a file stands.

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
    if let Some(Unreadable::NotRegular(what)) = file.unreadable {
        let message = format!("`{}` is {what}, and not a file", file.path);
        let help = "remove it, and put a file with the text itself in its place";
        reporter.report(Span::new(id, 0..0), message, help);
    }
}
