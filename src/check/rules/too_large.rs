//! R01: a file too large to be a record, refused before it is read.

use super::{Check, Code, File, FileId, Reporter, Rule, Severity, Span};
use crate::files::{MAX_FILE_BYTES, Unreadable, max_bytes};

pub(crate) static RULE: Rule = Rule {
    code: Code("R01"),
    name: "too-large",
    severity: Severity::Error,
    docs: include_str!("too_large.md"),
    needs: &[],
    check: Check::File(check),
};

fn check(id: FileId, file: &File, reporter: &mut Reporter<'_>) {
    if let Some(Unreadable::TooLarge(size)) = file.unreadable {
        let most = max_bytes(&file.path);
        let message = format!("the file has {size} bytes, and may have {most} ({} MiB)", most >> 20);
        let help = if most > MAX_FILE_BYTES {
            "keep the newest line of each address that a record cites"
        } else {
            "one file describes one incident; link to images, logs and data instead of pasting them"
        };
        reporter.report(Span::new(id, 0..0), message, help);
    }
}
