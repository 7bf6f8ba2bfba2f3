//! E11: a statement says that somebody reported a thing, although the thing itself is corroborated.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity};
use crate::model::statement::{Interest, Status};

pub(crate) static RULE: Rule = Rule {
    code: Code("E11"),
    name: "reporting-as-fact",
    severity: Severity::Warning,
    docs: include_str!("reporting_as_fact.md"),
    needs: &["verified", "unconfirmed", "sources"],
    check: Check::Derived(check),
};

/// Words by which a report is told, after the name of who made it.
const AFTER: [&str; 6] = [
    " reported that ",
    " reports that ",
    " has reported that ",
    " wrote that ",
    " said that ",
    " says that ",
];
/// The same, before the name.
const BEFORE: [&str; 2] = ["according to ", "as reported by "];
/// Words that need no name.
const ALONE: [&str; 5] =
    ["reportedly", "it is reported that", "it was reported that", "is reported to", "was reported to"];
/// Tells in one pass that none of them stands in a text, as none does in most.
static ANY: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = AFTER.iter().chain(&BEFORE).chain(&ALONE);
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(words)
        .expect("a short list of words fits")
});
/// Those whose trade it is.
const PRESS: [&str; 10] = [
    "media",
    "press",
    "outlet",
    "outlets",
    "newspaper",
    "newspapers",
    "journalists",
    "reports",
    "report",
    "news",
];

fn check(incident: &Incident, _: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    for (statement, status) in incident.statements().zip(&derivation.statuses) {
        if *status < Status::Corroborated {
            continue;
        }
        let (text, span) = (statement.text.as_str(), statement.text.span);
        if let Some(words) = reporting(text, incident) {
            let (id, status) = (&statement.id.value, status.word());
            let message = format!("`{id}` tells of a report, and what was reported is {status}");
            let help = "state the thing itself; who says so stands in `sources`";
            reporter.report(reporter.within(span, text, &words), message, help);
        }
    }
}

/// The words that make a sentence one about a report. What an agent, or anybody but the press, reported may be the
/// very thing that happened.
fn reporting(text: &str, incident: &Incident) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    if !ANY.is_match(&lower) {
        return None;
    }
    let find = |words: &&str| lower.find(*words).map(|at| at..at + words.len());
    let told = AFTER.iter().filter_map(find).find(|range| {
        let before = &lower[..range.start];
        is_press(incident, |name| {
            before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    });
    let named = BEFORE.iter().filter_map(find).find(|range| {
        let after = lower[range.end..].trim_start_matches("the ");
        is_press(incident, |name| {
            after.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    });
    let trimmed = told.map(|range| range.start + 1..range.end - 1);
    trimmed.or(named.map(|range| range.start..range.end - 1)).or_else(|| ALONE.iter().find_map(find))
}

/// Whether a test holds for the name of a source that is no party, or for a word for the press.
fn is_press(incident: &Incident, holds: impl Fn(&str) -> bool) -> bool {
    let outside = incident.sources.iter().filter(|(_, source)| source.interest != Interest::Subject);
    let names = outside.map(|(_, source)| source.publisher.value.to_ascii_lowercase());
    let mut names = names.map(|name| name.trim_start_matches("the ").to_owned());
    PRESS.iter().any(|word| holds(word)) || names.any(|name| !name.is_empty() && holds(&name))
}
