//! Diagnostics' text edits applied to the texts of files. Never changes what no edit names.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::files::{File, FileId, Files, Span};

/// After so many rounds whatever is left waits for the next run; three are the most that were ever seen.
const ROUNDS: usize = 8;

/// All files after their fixes.
#[derive(Debug)]
pub struct Mended {
    /// The files, changed ones among them.
    pub files: Files,
    /// Of every changed file, what was done to it.
    pub done: BTreeMap<FileId, Vec<String>>,
}

/// Applies fixes to the chosen files until there is none left, since one may bring another into reach; so a second
/// run has nothing to do. `check` judges the files after each round.
pub fn files(
    files: &Files,
    diagnostics: &Diagnostics,
    chosen: impl Fn(FileId) -> bool,
    pins: bool,
    check: impl Fn(&Files) -> Diagnostics,
) -> Mended {
    let mut mended = Mended { files: files.clone(), done: BTreeMap::new() };
    let mut again = None;
    for _ in 0..ROUNDS {
        if !mended.round(again.as_ref().unwrap_or(diagnostics), &chosen, pins) {
            break;
        }
        again = Some(check(&mended.files));
    }
    mended
}

impl Mended {
    /// One fix at each place; says whether there was one.
    fn round(&mut self, diagnostics: &Diagnostics, chosen: &impl Fn(FileId) -> bool, pins: bool) -> bool {
        let fixed: Vec<(FileId, Fixed)> = self
            .files
            .iter()
            .filter(|(id, _)| chosen(*id))
            .map(|(id, it)| (id, file(it, diagnostics.in_file(id), pins)))
            .filter(|(_, fixed)| !fixed.done.is_empty())
            .collect();
        let found = !fixed.is_empty();
        for (id, fixed) in fixed {
            self.files.replace(id, fixed.text);
            self.done.entry(id).or_default().extend(fixed.done);
        }
        found
    }
}

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
