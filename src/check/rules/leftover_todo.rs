//! T08: a note to oneself, or a sentence of `registry new`, that was left in a text.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Check, Code, Document, Reporter, Rule, Severity, Span};
use crate::check::prose::{MOST, is_in, prose, texts};
use crate::model::draft;
use crate::model::tree::{DocumentKind, Node};

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
    if document.kind == DocumentKind::Incident && is_told(&document.root) {
        placeholders(&document.root, reporter);
    }
    notes(document, reporter);
}

/// Whether readers see the record as a case; without a status it is published.
fn is_told(root: &Node<'_>) -> bool {
    let status = root.get("status").and_then(Node::text);
    matches!(status, None | Some("published" | "disputed"))
}

/// What `registry new` wrote for want of anything better, and nobody has written since.
fn placeholders(root: &Node<'_>, reporter: &mut Reporter<'_>) {
    let summary = root.get("summary").and_then(|node| Some((node.text()?, node.span)));
    if let Some((text, span)) = summary
        && let Some(at) = text.find(draft::SUMMARY)
    {
        let place = reporter.within(span, text, &(at..at + draft::SUMMARY.len()));
        let help = "sum the case up in a paragraph of plain text, and delete this sentence";
        reporter.report(place, "the summary is still the one that `registry new` wrote", help);
    }
    let sources = root.get("sources").map(Node::entries).unwrap_or_default();
    for title in sources.iter().filter_map(|source| source.value.get("title")) {
        if title.text().is_some_and(draft::is_source_title) {
            let help = "write the title as the publication gives it";
            reporter.report(title.span, "this title is still the one that `registry new` wrote", help);
        }
    }
}

fn notes(document: &Document<'_>, reporter: &mut Reporter<'_>) {
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
    for range in found.into_iter().filter(|range| is_in(&prose, range.start)).take(MOST) {
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
