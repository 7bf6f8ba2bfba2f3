//! T08: a note to oneself that was left in a text.

use std::ops::Range;

use super::{Check, Code, Document, Reporter, Rule, Severity, Span};
use crate::check::prose;
use crate::model::tree::Node;

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

fn check(document: &Document, reporter: &mut Reporter<'_>) {
    // Nearly every file holds none of them anywhere, and is looked at as a whole once.
    let text = reporter.files().get(document.file).text.as_str();
    if !WORDS.iter().any(|word| text.contains(word)) && !text.to_ascii_lowercase().contains("lorem") {
        return;
    }
    walk(&document.root, reporter);
    if let Some(span) = document.body {
        let text = reporter.text(span).to_owned();
        judge(&text, span, reporter);
    }
}

fn walk(node: &Node, reporter: &mut Reporter<'_>) {
    node.items().iter().for_each(|item| walk(item, reporter));
    node.entries().iter().for_each(|entry| walk(&entry.value, reporter));
    // An address may hold any word.
    if let Some(text) = node.text().filter(|text| !text.starts_with("http")) {
        judge(text, node.span, reporter);
    }
}

fn judge(text: &str, span: Span, reporter: &mut Reporter<'_>) {
    let found = leftovers(text);
    if found.is_empty() {
        return;
    }
    let prose = prose::prose(text);
    let part_of = |range: &Range<usize>| prose.get(prose.partition_point(|part| part.end <= range.start));
    let in_prose = |range: &Range<usize>| part_of(range).is_some_and(|part| part.start <= range.start);
    for range in found.into_iter().filter(in_prose) {
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
