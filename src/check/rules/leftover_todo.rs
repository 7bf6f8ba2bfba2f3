//! T08: a note to oneself that was left in a text.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Check, Code, Document, Reporter, Rule, Severity, Span};
use crate::check::prose::{is_in, prose, texts};

pub(crate) static RULE: Rule = Rule {
    code: Code("T08"),
    name: "leftover-todo",
    severity: Severity::Error,
    docs: include_str!("leftover_todo.md"),
    needs: &[],
    check: Check::Document(check),
};

const WORDS: [&str; 4] = ["TODO", "FIXME", "XXX", "TBD"];
const FILLER: &str = "lorem ipsum";

/// What every find holds. The filler may be written with any capitals, but in one word no more than these are met.
static HINTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let filler = ["lorem", "Lorem", "LOREM"];
    // Of this kind of match, few words are looked for in many bytes at a time.
    let kind = aho_corasick::MatchKind::LeftmostFirst;
    AhoCorasick::builder()
        .match_kind(kind)
        .build(WORDS.into_iter().chain(filler))
        .expect("a short list of words fits")
});

fn check(document: &Document<'_>, reporter: &mut Reporter<'_>) {
    // Nearly every file holds none of them anywhere, and is looked at as a whole once.
    if !HINTS.is_match(&reporter.files().get(document.file).text) {
        return;
    }
    // An address may hold any word. The body is no value and is looked at whatever it begins with.
    let is_address = |text: &str, span: Span| text.starts_with("http") && Some(span) != document.body;
    for (text, span) in texts(document, reporter.files()) {
        if !is_address(text, span) {
            judge(text, span, reporter);
        }
    }
}

fn judge(text: &str, span: Span, reporter: &mut Reporter<'_>) {
    let found = leftovers(text);
    if found.is_empty() {
        return;
    }
    let prose = prose(text);
    for range in found.into_iter().filter(|range| is_in(&prose, range.start)) {
        let message = format!("`{}` was left in the text", &text[range.clone()]);
        let help = "say what is known, or move the question to `unconfirmed`";
        reporter.report(reporter.within(span, text, &range), message, help);
    }
}

fn leftovers(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let words = WORDS.iter().flat_map(|word| text.match_indices(word));
    let all = words.chain(lower.match_indices(FILLER)).map(|(at, word)| at..at + word.len());
    all.filter(|range| is_whole(text, range)).collect()
}

fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let inner = |character: char| character.is_alphanumeric() || character == '_';
    !text[..range.start].ends_with(inner) && !text[range.end..].starts_with(inner)
}
