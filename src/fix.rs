//! Diagnostics' text edits applied to one file's text. Never changes what no edit names.

use crate::diagnostic::{Diagnostic, Fix};
use crate::files::{File, Span};

/// A file's text after its fixes, and what each of them did.
#[derive(Debug)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// The title of every fix that was applied, in order of place.
    pub done: Vec<String>,
}

/// Applies every fix that cannot change meaning, and derived pins only if `pins`. Of two fixes that touch the same
/// bytes the first is made; the other is offered again on the next run.
pub fn file<'a>(file: &File, diagnostics: impl Iterator<Item = &'a Diagnostic>, pins: bool) -> Fixed {
    let wanted = diagnostics.filter_map(|diagnostic| diagnostic.fix.as_ref()).filter(|fix| pins || !fix.pins);
    let mut edits: Vec<(Span, &str)> = Vec::new();
    let mut done = Vec::new();
    for fix in wanted {
        if fix.edits.iter().any(|(span, _)| edits.iter().any(|(taken, _)| overlap(*span, *taken))) {
            continue;
        }
        edits.extend(fix.edits.iter().map(|(span, text)| (*span, text.as_str())));
        done.push(title(fix));
    }
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let (mut text, mut at) = (String::with_capacity(file.text.len()), 0);
    for (span, replacement) in edits {
        text.push_str(&file.text[at..span.start as usize]);
        text.push_str(replacement);
        at = span.end as usize;
    }
    text.push_str(&file.text[at..]);
    Fixed { text, done }
}

fn title(fix: &Fix) -> String {
    crate::diagnostic::escape(&fix.title)
}

/// Whether two edits touch the same bytes; two insertions at one place do as well.
fn overlap(a: Span, b: Span) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}
