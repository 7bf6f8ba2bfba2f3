//! L07: what was meant as a reference and is none: two in one pair of brackets, in round ones, in capitals, or a source.

use std::ops::Range;

use super::{Check, Code, Incident, Reporter, Rule, Severity};
use crate::check::prose::{MOST, after, is_in, prose};
use crate::model::id::{IncidentId, StatementId};

pub(crate) static RULE: Rule = Rule {
    code: Code("L07"),
    name: "unread-reference",
    severity: Severity::Error,
    docs: include_str!("unread_reference.md"),
    needs: &["verified", "unconfirmed", "sources"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for section in &incident.body.sections {
        let text = section.markdown.as_str();
        let found: Vec<_> = joined(text).chain(alone(incident, text)).take(MOST).collect();
        if found.is_empty() {
            continue;
        }
        let prose = prose(text);
        for (range, meant) in found.into_iter().filter(|(range, _)| is_in(&prose, range.start + 1)) {
            let place = reporter.within(section.span, text, &range);
            let diagnostic = reporter.at(place, format!("`{}` leads nowhere: {}", &text[range], meant.why()));
            reporter.push(match meant {
                Meant::Each(each) => diagnostic
                    .help(format!("write `{each}`"))
                    .fix("give each reference its own brackets", vec![(place, each)]),
                Meant::Range => diagnostic.help("write every one of them, such as `[f1], [f2], [f3]`"),
                Meant::Within(id) => {
                    diagnostic.help(format!("write `[{id}]`, and the words outside the brackets"))
                }
                Meant::Statement(id)
                | Meant::Small(id)
                | Meant::Dense(id)
                | Meant::Number(id)
                | Meant::Gate(id) => diagnostic
                    .help(format!("write `[{id}]`"))
                    .fix("write a reference as one", vec![(place, format!("[{id}]"))]),
                Meant::Source(help) => diagnostic.help(help),
            });
        }
    }
}

/// What brackets should have been.
enum Meant {
    /// Each reference in brackets of its own.
    Each(String),
    /// More than the two that are named; which, only the author can say.
    Range,
    /// A statement, named in round brackets.
    Statement(String),
    /// A statement, named in capitals.
    Small(String),
    /// A statement, with blanks or marks beside its id.
    Dense(String),
    /// A statement, with words beside its id.
    Within(String),
    /// A record, whose id is written otherwise.
    Number(String),
    /// A gate, without the word that says so.
    Gate(String),
    /// A statement that rests on this source, and how to name it.
    Source(String),
}

impl Meant {
    fn why(&self) -> &'static str {
        match self {
            Meant::Each(_) | Meant::Range => "each reference has its own brackets",
            Meant::Statement(_) => "a reference stands in square brackets",
            Meant::Small(_) => "these ids are in small letters",
            Meant::Dense(_) => "a reference has no blanks or marks within its brackets",
            Meant::Within(_) => "brackets hold one reference, and no words",
            Meant::Number(_) => "a record is named by its id as it is written there",
            Meant::Gate(_) => "a gate is named with the word `gate:` before its id",
            Meant::Source(_) => "the text cites statements, and they cite the sources",
        }
    }
}

/// Brackets around one word that names a statement or a source of this record, and is no reference.
fn alone<'a>(incident: &'a Incident, text: &'a str) -> impl Iterator<Item = (Range<usize>, Meant)> + 'a {
    let round = enclosed(text, '(', ')').filter(|it| !text[..it.start].ends_with([']', '\\']));
    let round = round.filter_map(|it| {
        let id = statement(incident, &text[it.start + 1..it.end - 1])?;
        Some((it, Meant::Statement(id)))
    });
    let square =
        bare(text).filter_map(|it| Some((it.clone(), named(incident, &text[it.start + 1..it.end - 1])?)));
    square.chain(round)
}

/// What the label of square brackets names, if it is no reference as it stands.
fn named(incident: &Incident, label: &str) -> Option<Meant> {
    if is_reference(label) {
        return None;
    }
    if let Some(id) = statement(incident, label.trim()) {
        return Some(Meant::Dense(id));
    }
    if let Some(id) = statement(incident, &label.to_ascii_lowercase()) {
        return Some(Meant::Small(id));
    }
    if let Some(other) = other_form(incident, label) {
        return Some(other);
    }
    let (source, _) = incident.sources.iter().find(|(id, _)| id.value.eq_ignore_ascii_case(label))?;
    let rests = |statement: &&crate::model::statement::Statement| {
        statement.sources.iter().any(|citation| citation.source.value == source.value)
    };
    let example = incident
        .statements()
        .find(rests)
        .map_or_else(String::new, |it| format!(", such as `[{}]`", &*it.id.value));
    Some(Meant::Source(format!("name the statement that rests on it{example}")))
}

/// A reference in another form: with marks or words beside it, in other letters, or with too few digits.
fn other_form(incident: &Incident, label: &str) -> Option<Meant> {
    // Several references are found as such, and brackets within brackets hold the reference themselves.
    if meant(label).is_some() || label.contains('[') {
        return None;
    }
    let (small, capital) = (label.to_ascii_lowercase(), label.to_ascii_uppercase());
    let small = small.as_str();
    if incident.mapping(label).is_some() {
        return Some(Meant::Gate(format!("gate:{label}")));
    }
    if small.starts_with("gate:") {
        return Some(Meant::Small(small.to_owned()));
    }
    if IncidentId::new(&capital).is_some() {
        return Some(Meant::Number(capital));
    }
    let prefix = incident.id.value.prefix();
    let number = capital.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')?.parse::<u32>().ok());
    if let Some(number) = number.filter(|_| !prefix.is_empty()) {
        return Some(Meant::Number(format!("{prefix}-{number:04}")));
    }
    if let Some(id) = statement(incident, &small.replace(|it: char| !it.is_ascii_alphanumeric(), "")) {
        return Some(Meant::Dense(id));
    }
    let words = small.split(|it: char| !(it.is_alphanumeric() || it == '-'));
    words.filter(|word| !word.is_empty()).find_map(|word| statement(incident, word)).map(Meant::Within)
}

/// The id of the statement of this record with this name.
fn statement(incident: &Incident, name: &str) -> Option<String> {
    // Most brackets hold words.
    let may_be = is_statement(name);
    let known = || incident.statements().any(|statement| &*statement.id.value == name);
    (may_be && known()).then(|| name.to_owned())
}

/// Brackets that hold references only, and more than one.
fn joined(text: &str) -> impl Iterator<Item = (Range<usize>, Meant)> {
    bare(text).filter_map(|it| Some((it.clone(), meant(&text[it.start + 1..it.end - 1])?)))
}

/// Square brackets that are no link, which is followed by its address, and not escaped.
fn bare(text: &str) -> impl Iterator<Item = Range<usize>> {
    enclosed(text, '[', ']')
        .filter(|it| !text[it.end..].starts_with(['(', ':']) && !text[..it.start].ends_with('\\'))
}

/// What stands between two marks, and they themselves.
fn enclosed(text: &str, open: char, close: char) -> impl Iterator<Item = Range<usize>> {
    let opens = text.match_indices(open).map(|(open, _)| open);
    opens.filter_map(move |open| Some(open..open + after(text, open).find(close)? + 1))
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
