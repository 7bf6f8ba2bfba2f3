//! L07: two references in one pair of brackets, which are none.

use std::ops::Range;

use super::{Check, Code, Incident, Reporter, Rule, Severity};
use crate::check::prose::{MOST, after, is_in, prose};
use crate::model::id::{IncidentId, StatementId};

pub(crate) static RULE: Rule = Rule {
    code: Code("L07"),
    name: "joined-references",
    severity: Severity::Error,
    docs: include_str!("joined_references.md"),
    needs: &[],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for section in &incident.body.sections {
        let text = section.markdown.as_str();
        let found = joined(text);
        if found.is_empty() {
            continue;
        }
        let prose = prose(text);
        for (range, meant) in found.into_iter().filter(|(range, _)| is_in(&prose, range.start + 1)) {
            let place = reporter.within(section.span, text, &range);
            let message = format!("`{}` leads nowhere: each reference has its own brackets", &text[range]);
            let diagnostic = reporter.at(place, message);
            reporter.push(match meant {
                Meant::Each(each) => diagnostic
                    .help(format!("write `{each}`"))
                    .fix("give each reference its own brackets", vec![(place, each)]),
                Meant::Range => diagnostic.help("write every one of them, such as `[f1], [f2], [f3]`"),
            });
        }
    }
}

/// What brackets with several references should have been.
enum Meant {
    /// Each in brackets of its own.
    Each(String),
    /// More than the two that are named; which, only the author can say.
    Range,
}

/// Brackets that hold references only, and more than one.
fn joined(text: &str) -> Vec<(Range<usize>, Meant)> {
    let opens = text.match_indices('[').map(|(open, _)| open);
    let whole = opens.filter_map(|open| Some(open..open + after(text, open).find(']')? + 1));
    // A link is followed by its address, and an escaped bracket is text.
    let bare =
        whole.filter(|it| !text[it.end..].starts_with(['(', ':']) && !text[..it.start].ends_with('\\'));
    bare.filter_map(|it| Some((it.clone(), meant(&text[it.start + 1..it.end - 1])?))).take(MOST).collect()
}

fn meant(label: &str) -> Option<Meant> {
    let between =
        |it: char| it.is_whitespace() || matches!(it, ',' | ';' | '/' | '&' | '+' | '\u{2013}' | '\u{2014}');
    let parts: Vec<&str> = label.split(between).filter(|part| !part.is_empty() && *part != "and").collect();
    let is_range = |part: &str| part.split_once('-').is_some_and(|(a, b)| is_statement(a) && is_statement(b));
    // What begins with `gate:` is read as one gate, which there is not.
    if parts.is_empty()
        || label.starts_with("gate:")
        || !parts.iter().all(|part| is_reference(part) || is_range(part))
    {
        return None;
    }
    if label.contains(['\u{2013}', '\u{2014}']) || parts.iter().any(|part| is_range(part)) {
        return Some(Meant::Range);
    }
    let each = || parts.iter().map(|part| format!("[{part}]")).collect::<Vec<_>>().join(", ");
    (parts.len() > 1).then(|| Meant::Each(each()))
}

fn is_statement(text: &str) -> bool {
    StatementId::new(text).is_some()
}

fn is_reference(text: &str) -> bool {
    is_statement(text) || IncidentId::new(text).is_some() || text.starts_with("gate:")
}
