//! T07: `@name` in the words of a record.

use std::ops::Range;

use super::{Check, Code, Incident, Reporter, Rule, Severity};
use crate::check::prose::{MOST, own_words, prose};

pub(crate) static RULE: Rule = Rule {
    code: Code("T07"),
    name: "bare-mention",
    severity: Severity::Error,
    docs: include_str!("bare_mention.md"),
    needs: &[],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for (text, span) in own_words(incident).into_iter().filter(|(text, _)| text.contains('@')) {
        for range in prose(text).into_iter().flat_map(|range| mentions(text, range)).take(MOST) {
            let name = &text[range.start + 1..range.end];
            let message = format!("`@{name}` calls somebody wherever the text is shown");
            let help = format!("write `{name}` without the `@`; a package name goes between backticks");
            reporter.report(reporter.within(span, text, &range), message, help);
        }
    }
}

/// An `@` that begins a word, and the name after it; in `a@b` and in an address it stands within one.
fn mentions(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let in_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    let starts = text[part.clone()].match_indices('@').map(|(at, _)| part.start + at);
    let named = starts.map(|at| {
        let name = text[at + 1..].split(|character| !in_name(character)).next().unwrap_or_default();
        at..at + 1 + name.trim_end_matches('-').len()
    });
    let begins = |at: usize| {
        !text[..at].ends_with(|before: char| before.is_alphanumeric() || "/.@_-+%=:".contains(before))
    };
    named.filter(|range| range.len() > 1 && begins(range.start)).collect()
}
