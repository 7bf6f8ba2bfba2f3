//! The marks that git leaves where a merge could not be finished: two versions of a text, one below the other.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diagnostic::{Code, Diagnostic};
use crate::files::{FileId, Span};

const R11: Code = Code("R11");
const MARKS: [&str; 2] = ["<<<<<<<", ">>>>>>>"];

static SCAN: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(MARKS).expect("two words fit")
});

/// The finding for a file that holds such marks; everything else in it may be there twice.
pub(super) fn unfinished(file: FileId, text: &str) -> Option<Diagnostic> {
    let mut marks = SCAN.find_iter(text).map(|found| found.start()).filter(|at| is_mark(text, *at));
    let (first, last) = (marks.next()?, marks.last());
    let line = |at: usize| {
        let line = text[at..].lines().next().unwrap_or_default();
        Span::new(file, at..at + line.trim_end().len())
    };
    let help = "keep one of the two versions, or what both say, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`";
    let finding = Diagnostic::error(R11, line(first), "a merge was not finished here").help(help);
    Some(match last {
        Some(last) => finding.related(line(last), "up to this line"),
        None => finding,
    })
}

/// Whether seven marks stand at the beginning of a line, and nothing but a name follows.
fn is_mark(text: &str, at: usize) -> bool {
    let begins = at == 0 || text[..at].ends_with('\n');
    let rest = &text[at + 7..];
    begins && (rest.is_empty() || rest.starts_with([' ', '\n', '\r']))
}
