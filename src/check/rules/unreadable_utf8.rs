//! R04: a file whose bytes are not UTF-8 text.

use super::{Check, Code, File, FileId, Reporter, Rule, Severity, Span};
use crate::files::Unreadable;

pub(crate) static RULE: Rule = Rule {
    code: Code("R04"),
    name: "unreadable-utf8",
    severity: Severity::Error,
    docs: include_str!("unreadable_utf8.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(id: FileId, file: &File, reporter: &mut Reporter<'_>) {
    if let Some(Unreadable::NotUtf8(offset)) = file.unreadable {
        let message = format!("the file is not UTF-8: the byte at offset {offset} belongs to no character");
        let help = "open it with the encoding it was written in, and save it as UTF-8";
        reporter.report(Span::new(id, offset..offset), message, help);
    }
}
