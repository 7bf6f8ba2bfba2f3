//! V02: prose that says more of what a gate would have done than the derived verdict does.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity, Span, Spanned};
use crate::check::prose::{MOST, is_in, prose, quotations, sentence};
use crate::model::verdict::Verdict;

pub(crate) static RULE: Rule = Rule {
    code: Code("V02"),
    name: "overclaim-in-prose",
    severity: Severity::Error,
    docs: include_str!("overclaim_in_prose.md"),
    needs: &["verified", "unconfirmed", "sources", "path", "gates"],
    check: Check::Derived(check),
};

/// How a claim begins; what follows may stand on the next line.
const BEGINNINGS: [&str; 3] = ["would", "could", "zero"];
/// Words between `would` and the verb that leave the claim a claim.
const BETWEEN: [&str; 16] = [
    "also",
    "always",
    "certainly",
    "clearly",
    "definitely",
    "easily",
    "have",
    "been",
    "itself",
    "likely",
    "probably",
    "reliably",
    "simply",
    "surely",
    "then",
    "undoubtedly",
];
const DONE: [&str; 6] = ["averted", "avoided", "blocked", "caught", "prevented", "stopped"];
const DOES: [&str; 6] = ["avert", "avoid", "block", "catch", "prevent", "stop"];
/// After `would not have`: what is then said not to have been possible.
const UNDONE: [&str; 4] = ["happened", "occurred", "run", "been"];
/// After `would not have been`: what is then said of the control itself, and no claim for it.
const WEAK: [&str; 8] = ["able", "asked", "enough", "needed", "required", "sufficient", "there", "used"];
/// What a sentence about a control speaks of.
const CONTROLS: [&str; 8] =
    ["gate", "receipt", "approval", "authoriz", "authoris", "sign-off", "review", "check"];
/// Before a claim, these turn it into a question or its opposite.
const DENIALS: [&str; 15] = [
    "whether", "not", "no", "never", "neither", "nor", "nothing", "nobody", "none", "cannot", "unclear",
    "unknown", "question", "open", "can't",
];
const CONDITIONS: [&str; 3] = ["if", "unless", "provided"];
/// Words that make a condition where a sentence begins with them, and elsewhere are of another kind.
const INVERTED: [&str; 4] = ["had", "were", "should", "where"];
const PARTS: [&str; 5] = ["part", "partly", "some", "rest", "later"];

static SCAN: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(BEGINNINGS)
        .expect("a short list of words fits")
});

fn check(incident: &Incident, registry: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    for mapping in &incident.gates {
        if let Some(note) = &mapping.note {
            let gates = [&*mapping.gate.value];
            judge(note.as_str(), note.span, |_| best(derivation, &gates), true, reporter);
        }
    }
    let fields = [&incident.title, &incident.summary].into_iter().chain(&incident.lessons);
    let fields = fields.map(|text: &Spanned<String>| (text.as_str(), text.span));
    let sections = incident.body.sections.iter().map(|section| (section.markdown.as_str(), section.span));
    for (text, span) in fields.chain(sections) {
        judge(text, span, |sentence| best(derivation, &named(sentence, registry)), false, reporter);
    }
}

/// Compares each claim of a text with the verdict that a sentence is about.
fn judge(
    text: &str,
    span: Span,
    verdict: impl Fn(&str) -> Option<Verdict>,
    note: bool,
    reporter: &mut Reporter<'_>,
) {
    let small = text.to_ascii_lowercase();
    let claims = SCAN.find_iter(&small).take(10 * MOST).filter_map(|found| claim(text, found.start(), note));
    let mut found = claims.take(MOST).peekable();
    if found.peek().is_none() {
        return;
    }
    let (prose, quoted) = (prose(text), quotations(text));
    for range in found.filter(|range| is_in(&prose, range.start) && !is_in(&quoted, range.start)) {
        let around = sentence(text, &range);
        let Some(verdict) = verdict(around).filter(|verdict| exceeds(around, *verdict)) else { continue };
        let said = text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let message = format!("`{said}` says more than the derived verdict, `{}`", verdict.id());
        reporter.report(reporter.within(span, text, &range), message, HELP);
    }
}

const HELP: &str = "say what is still needed, or not known, as `registry explain ID --gate GATE` does; put another's words in quotation marks";

/// A claim that begins here, if it is one.
fn claim(text: &str, start: usize, note: bool) -> Option<Range<usize>> {
    let words: Vec<(usize, &str)> = words(&text[start..]).take(7).collect();
    let end = |at: usize| start + words[at].0 + words[at].1.len();
    let (last, about_a_control) = verb(&words)?;
    let range = start..end(last);
    let around = sentence(text, &range);
    let begins_word = !text[..start].ends_with(char::is_alphanumeric);
    let before = around.get(..around.find(&text[range.clone()])?)?;
    let denied = words_of(before).any(|word| DENIALS.contains(&word.as_str()) || word.ends_with("n't"));
    let control = note || CONTROLS.iter().any(|word| around.to_lowercase().contains(word));
    (begins_word && !denied && (control || !about_a_control)).then_some(range)
}

/// Where the claim ends among these words, and whether it is one only in a sentence about a control.
fn verb(words: &[(usize, &str)]) -> Option<(usize, bool)> {
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|(_, word)| list.contains(&plain(word).as_str()))
    };
    if is(0, &["zero-downtime"]) {
        return Some((0, true));
    }
    if is(0, &["zero"]) && is(1, &["downtime"]) {
        return Some((1, true));
    }
    let undone = |at: usize| is(at, &UNDONE) && !is(at + 1, &WEAK);
    if is(1, &["not", "never"]) && is(2, &["have"]) && undone(3) {
        return Some((3, true));
    }
    if is(0, &["couldn't"]) && is(1, &["have"]) && undone(2) {
        return Some((2, true));
    }
    if is(0, &["could"]) && is(1, &["not"]) && is(2, &["have"]) && words.len() > 3 && !is(4, &WEAK) {
        return Some((3, true));
    }
    let at = (1..words.len()).find(|at| !is(*at, &BETWEEN))?;
    let perfect = is(0, &["would've"]) || (1..at).any(|it| is(it, &["have"]));
    match perfect {
        _ if !is(0, &["would", "would've"]) => None,
        // Drivers and customers avoid things too.
        true => is(at, &DONE).then_some((at, is(at, &["averted", "avoided"]))),
        false => is(at, &DOES).then_some((at, true)),
    }
}

/// The words of a text, without the marks around them, each with its place.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split_inclusive(char::is_whitespace).scan(0, |at, part| {
        *at += part.len();
        Some((*at - part.len(), part))
    });
    let trimmed = parts.map(|(at, part)| {
        let start = part.len() - part.trim_start_matches(|it: char| !it.is_alphanumeric()).len();
        (at + start, part[start..].trim_end_matches(|it: char| !it.is_alphanumeric()))
    });
    trimmed.filter(|(_, word)| !word.is_empty())
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    words(text).map(|(_, word)| plain(word))
}

/// A word in small letters, its apostrophe a straight one.
fn plain(word: &str) -> String {
    word.to_lowercase().replace('\u{2019}', "'")
}

/// The gates that a sentence names, by id or by name.
fn named<'a>(sentence: &str, registry: &'a Registry) -> Vec<&'a str> {
    let lower = sentence.to_lowercase();
    let gates = registry.records.gates.iter().filter(|gate| {
        lower.contains(&format!("[gate:{}]", &*gate.fields.id.value))
            || (!gate.fields.name.value.is_empty() && lower.contains(&gate.fields.name.value.to_lowercase()))
    });
    gates.map(|gate| &*gate.fields.id.value).collect()
}

/// The best verdict among these gates, or among all where none is named; nothing in a registry without gates.
fn best(derivation: &Derivation, gates: &[&str]) -> Option<Verdict> {
    let chosen = derivation.judgements.iter().filter(|it| gates.is_empty() || gates.contains(&&*it.gate));
    chosen.map(|judgement| judgement.verdict).max()
}

/// Whether a claim in this sentence says more than the verdict: a condition, or "part of", may bring it down to it.
fn exceeds(sentence: &str, verdict: Verdict) -> bool {
    let has = |list: &[&str]| words_of(sentence).any(|word| list.contains(&word.as_str()));
    match verdict {
        Verdict::WouldBlock => false,
        Verdict::Partly => !has(&PARTS),
        Verdict::OnlyIfRouted | Verdict::Unknown => {
            let inverted = words_of(sentence).next().is_some_and(|word| INVERTED.contains(&word.as_str()));
            !(inverted || has(&CONDITIONS))
        }
        Verdict::WouldNotBlock | Verdict::NotApplicable => true,
    }
}
