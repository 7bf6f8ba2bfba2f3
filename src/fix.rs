//! Diagnostics' text edits applied to the texts of files. Never changes what no edit names.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{self, Code, Diagnostic, Diagnostics, Fix};
use crate::files::{File, FileId, Files, Span, edited};

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
    let (mut again, mut stuck) = (None, BTreeSet::new());
    for _ in 0..ROUNDS {
        let found = again.as_ref().unwrap_or(diagnostics);
        let made = mended.round(found, &|id| chosen(id) && !stuck.contains(&id), pins);
        if made.is_empty() {
            break;
        }
        let left = check(&mended.files);
        for made in made {
            if made.is_in_vain(found, &left) {
                stuck.insert(made.file);
                mended.take_back(made);
            }
        }
        again = Some(left);
    }
    mended
}

/// What tells a finding, wherever it moves.
type Key = (Code, String);

fn key_of(finding: &Diagnostic) -> Key {
    (finding.code, finding.message.clone())
}

/// What one round made of a file.
struct Made {
    file: FileId,
    /// Its text before.
    before: String,
    /// How many fixes had been made in it before.
    done: usize,
    /// The findings that were to be mended.
    of: BTreeSet<Key>,
}

impl Made {
    /// Whether a finding stands there as often as before its fix, which then mends nothing and would be made again and
    /// again. Where more were found than are told, those that follow take the place of those that are gone.
    fn is_in_vain(&self, found: &Diagnostics, left: &Diagnostics) -> bool {
        let count = |all: &Diagnostics, is: &dyn Fn(&Diagnostic) -> bool| {
            all.in_file(self.file).filter(|finding| is(finding)).count()
        };
        self.of.iter().any(|key| {
            let is_all = count(found, &|it| it.code == key.0) < diagnostic::MOST;
            let is_same = |it: &Diagnostic| key_of(it) == *key;
            is_all && count(left, &is_same) >= count(found, &is_same)
        })
    }
}

impl Mended {
    /// Gives a file back what it was.
    fn take_back(&mut self, made: Made) {
        self.files.replace(made.file, made.before);
        if let Some(done) = self.done.get_mut(&made.file) {
            done.truncate(made.done);
        }
        self.done.retain(|_, done| !done.is_empty());
    }

    /// One fix at each place; says what was made of each changed file.
    fn round(
        &mut self,
        diagnostics: &Diagnostics,
        chosen: &impl Fn(FileId) -> bool,
        pins: bool,
    ) -> Vec<Made> {
        let fixed: Vec<(FileId, Fixed)> = self
            .files
            .iter()
            .filter(|(id, _)| chosen(*id))
            .map(|(id, it)| (id, file(it, diagnostics.in_file(id), pins)))
            .filter(|(_, fixed)| !fixed.done.is_empty())
            .collect();
        let mut made = Vec::new();
        for (id, fixed) in fixed {
            let done = self.done.entry(id).or_default();
            let before = self.files.get(id).text.clone();
            made.push(Made { file: id, before, done: done.len(), of: fixed.made });
            done.extend(fixed.done);
            self.files.replace(id, fixed.text);
        }
        made
    }
}

/// A file's text after its fixes, and what each of them did.
#[derive(Debug)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// The title of every fix that was applied, in order of place.
    pub done: Vec<String>,
    made: BTreeSet<Key>,
}

/// Applies every fix that cannot change meaning, and derived pins only if `pins`. Of two fixes that touch the same
/// bytes the first is made; the other is offered again on the next run.
pub fn file<'a>(file: &File, diagnostics: impl Iterator<Item = &'a Diagnostic>, pins: bool) -> Fixed {
    let wanted =
        diagnostics.filter_map(|it| Some((it, it.fix.as_ref()?))).filter(|(_, fix)| pins || !fix.pins);
    let mut edits: Vec<(Span, &str)> = Vec::new();
    let mut done = Vec::new();
    let mut made = BTreeSet::new();
    for (finding, fix) in wanted {
        if fix.edits.iter().any(|(span, _)| edits.iter().any(|(taken, _)| overlap(*span, *taken))) {
            continue;
        }
        edits.extend(fix.edits.iter().map(|(span, text)| (*span, text.as_str())));
        done.push(title(fix));
        made.insert(key_of(finding));
    }
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    Fixed { text: edited(&file.text, edits), done, made }
}

fn title(fix: &Fix) -> String {
    crate::diagnostic::escape(&fix.title)
}

/// Whether two edits touch the same bytes; two insertions at one place do as well.
fn overlap(a: Span, b: Span) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_that_mends_nothing_is_taken_back() {
        let whole = Files::new(vec![File::new("a.md", "ab"), File::new("b.md", "cd")]);
        let finding = |file: u32, message: &str, edit: &str| {
            let place = Span::new(FileId(file), 0..0);
            Diagnostic::error(Code("T10"), place, message).fix("mend", vec![(place, edit.to_owned())])
        };
        // The one in the first file comes back whatever is done; the one in the second is gone after its fix.
        let check = |files: &Files| {
            let mut found = Diagnostics::default();
            found.push(finding(0, "it stays", "x"));
            if files.get(FileId(1)).text == "cd" {
                found.push(finding(1, "it goes", "y"));
            }
            found
        };
        let mended = super::files(&whole, &check(&whole), |_| true, false, check);
        let texts: Vec<&str> = mended.files.iter().map(|(_, file)| file.text.as_str()).collect();
        assert_eq!(texts, ["ab", "ycd"]);
        assert_eq!(mended.done.keys().collect::<Vec<_>>(), [&FileId(1)]);
    }

    #[test]
    fn more_findings_than_are_told_are_mended_round_by_round() {
        let whole = Files::new(vec![File::new("a.md", "x".repeat(2 * diagnostic::MOST + 1))]);
        let check = |files: &Files| {
            let mut found = Diagnostics::default();
            for (at, _) in files.get(FileId(0)).text.match_indices('x') {
                let place = Span::new(FileId(0), at..at + 1);
                let finding = Diagnostic::error(Code("L07"), place, "an x");
                found.push(finding.fix("mend", vec![(place, "y".to_owned())]));
            }
            found.finish()
        };
        let mended = super::files(&whole, &check(&whole), |_| true, false, check);
        assert!(!mended.files.get(FileId(0)).text.contains('x'));
    }
}
