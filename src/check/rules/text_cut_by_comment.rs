//! S13: text that loses its end because ` #` begins a comment.

use super::{Check, Code, Document, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("S13"),
    name: "text-cut-by-comment",
    severity: Severity::Error,
    docs: include_str!("text_cut_by_comment.md"),
    needs: &[],
    check: Check::Document(check),
};

fn check(document: &Document<'_>, reporter: &mut Reporter<'_>) {
    for comment in &document.comments {
        // Who means a comment writes a space after the mark; who means `#5` or `#channel` does not.
        let glued = comment.text.starts_with(|first: char| first.is_alphanumeric());
        if !glued || is_alone(reporter, comment.span.file, comment.span.start as usize) {
            continue;
        }
        let message = "the text ends before this `#`, which begins a comment";
        let help = "put the whole text in quotes; for a comment, write a space after `#`";
        reporter.report(comment.span, message, help);
    }
}

/// Whether nothing but indentation stands before a place in its line.
fn is_alone(reporter: &Reporter<'_>, file: super::FileId, at: usize) -> bool {
    let before = &reporter.files().get(file).text[..at];
    before[before.rfind('\n').map_or(0, |newline| newline + 1)..].trim().is_empty()
}
