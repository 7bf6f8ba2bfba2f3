//! S14: a value between typographic quotation marks, which YAML takes for letters of it.

use super::{Check, Code, Document, Reporter, Rule, Severity};
use crate::model::tree::{Node, NodeKind, Style};

pub(crate) static RULE: Rule = Rule {
    code: Code("S14"),
    name: "typographic-quotes",
    severity: Severity::Error,
    docs: include_str!("typographic_quotes.md"),
    needs: &[],
    check: Check::Document(check),
};

const OPENING: [char; 7] = ['\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}', '\u{2018}', '\u{201a}'];
const CLOSING: [char; 6] = ['\u{201c}', '\u{201d}', '\u{ab}', '\u{bb}', '\u{2018}', '\u{2019}'];

fn check(document: &Document, reporter: &mut Reporter<'_>) {
    walk(&document.root, reporter);
}

fn walk(node: &Node, reporter: &mut Reporter<'_>) {
    node.items().iter().for_each(|item| walk(item, reporter));
    node.entries().iter().for_each(|entry| walk(&entry.value, reporter));
    if wraps(node) {
        let help = "write `\"` in their place; if they are meant to be seen, put `\"` around them";
        reporter.report(node.span, "these quotation marks are a part of the text", help);
    }
}

/// Whether a bare value stands between such marks as a whole. What else is wrong with it, they explain.
pub(crate) fn wraps(node: &Node) -> bool {
    let NodeKind::Scalar(text, Style::Plain) = &node.kind else { return false };
    let inner = text.strip_prefix(OPENING).and_then(|rest| rest.strip_suffix(CLOSING));
    // Two quotations with words between them begin and end alike.
    inner.is_some_and(|inner| !inner.contains(OPENING))
}
