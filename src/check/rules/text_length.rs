//! S09: a text that is too long or too short for its field.

use super::{Check, Code, Diagnostic, Rule, Severity, wrong_type};
use crate::check::schema::Place;
use crate::model::tree::{NodeKind, Style};

pub(crate) static RULE: Rule = Rule {
    code: Code("S09"),
    name: "text-length",
    severity: Severity::Error,
    docs: include_str!("text_length.md"),
    needs: &[],
    check: Check::Schema,
};

/// The finding for a text over its limit, in characters.
pub(in crate::check) fn too_long(place: &Place<'_>, limit: u64) -> Diagnostic {
    let message = format!("`{}` has {} characters, and may have {limit}", place.name(), length(place));
    Diagnostic::error(RULE.code, place.node.span, message)
        .help("say it shorter; details belong in the text below or in a statement")
}

/// The finding for a text below its limit, in characters.
pub(in crate::check) fn too_short(place: &Place<'_>, limit: u64) -> Diagnostic {
    let text = place.node.text().unwrap_or_default();
    if wrong_type::is_answer(text) {
        let message = format!("`{}` takes a text, and `{text}` is no more than an answer", place.name());
        return Diagnostic::error(RULE.code, place.node.span, message)
            .help("write the text itself, in a whole sentence; leave a field out that does not apply");
    }
    if text.is_empty() && matches!(place.node.kind, NodeKind::Scalar(_, Style::Block)) {
        let message = format!("no text belongs to `{}`: the line below is not indented", place.name());
        return Diagnostic::error(RULE.code, place.head(), message)
            .help("indent every line of the text by two spaces more than its key");
    }
    if text.is_empty() {
        return Diagnostic::error(RULE.code, place.node.span, format!("`{}` is an empty text", place.name()))
            .help("write something between the quotation marks; a field that need not be there is left out");
    }
    let message = format!("`{}` has {} characters, and needs {limit}", place.name(), length(place));
    Diagnostic::error(RULE.code, place.node.span, message)
        .help("say it in a whole sentence that a reader understands by itself")
}

/// The finding for a list over its limit.
pub(in crate::check) fn too_many(place: &Place<'_>, limit: u64) -> Diagnostic {
    let message =
        format!("`{}` has {} entries, and may have {limit}", place.name(), place.node.items().len());
    Diagnostic::error(RULE.code, place.head(), message).help("keep the entries that the case turns on")
}

fn length(place: &Place<'_>) -> usize {
    place.node.text().unwrap_or_default().chars().count()
}
