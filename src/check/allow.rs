//! Exceptions: takes away the findings that authors allowed, and judges the exceptions themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::rules::{archive_missing, unused_allow};
use crate::check::{Check, Rule, rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::files::{FileId, Span};
use crate::model::allow::Allow;
use crate::model::registry::Records;

/// One rule that one exception names: its lines, and its position among the exceptions and their words.
struct Exception {
    lines: Span,
    at: (usize, usize),
}

/// Takes away every finding that begins on the lines of an exception of its rule, and judges the exceptions.
pub fn allows(records: &Records, diagnostics: &mut Diagnostics) {
    if records.allows.is_empty() {
        return;
    }
    let exceptions = exceptions(&records.allows);
    let mut used = BTreeSet::new();
    diagnostics.retain(|diagnostic| match silencing(diagnostic, &exceptions) {
        Some(exception) => {
            used.insert(exception.at);
            false
        }
        None => true,
    });
    let troubled = troubled(diagnostics);
    for (at, allow) in records.allows.iter().enumerate() {
        let idle = |word: usize, name: &str| {
            let rule = silenceable(name).filter(|_| !used.contains(&(at, word)));
            rule.is_some_and(|rule| has_looked(rule, allow.span.file, &troubled))
        };
        unused_allow::judge(allow, idle).into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    }
}

fn exceptions(allows: &[Allow]) -> BTreeMap<(FileId, Code), Vec<Exception>> {
    let mut exceptions: BTreeMap<_, Vec<Exception>> = BTreeMap::new();
    for (at, allow) in allows.iter().enumerate() {
        for (word, name) in allow.rules.iter().enumerate() {
            if let Some(rule) = silenceable(name.as_str()) {
                let exception = Exception { lines: allow.lines, at: (at, word) };
                exceptions.entry((allow.span.file, rule.code)).or_default().push(exception);
            }
        }
    }
    exceptions
}

fn silenceable(name: &str) -> Option<&'static Rule> {
    rule(name).filter(|rule| rule.may_be_silenced())
}

fn silencing<'a>(
    diagnostic: &Diagnostic,
    exceptions: &'a BTreeMap<(FileId, Code), Vec<Exception>>,
) -> Option<&'a Exception> {
    let place = diagnostic.primary.span;
    let of_rule = exceptions.get(&(place.file, diagnostic.code))?;
    of_rule.iter().find(|it| it.lines.start <= place.start && place.start <= it.lines.end)
}

/// Files with a mistake that keeps rules from looking: of shape or reference, or in the registry's own files.
fn troubled(diagnostics: &Diagnostics) -> BTreeSet<FileId> {
    let hides = |it: &&Diagnostic| it.severity == Severity::Error && it.code.0.starts_with(['S', 'L', 'R']);
    diagnostics.iter().filter(hides).map(|it| it.primary.span.file).collect()
}

/// Whether a rule could look at what it judges: its file, or all of them.
fn has_looked(rule: &Rule, file: FileId, troubled: &BTreeSet<FileId>) -> bool {
    match rule.check {
        // What it finds comes and goes with a report that is not part of the record: the page may be back for a day.
        _ if rule.code == archive_missing::RULE.code => false,
        Check::Records(_) | Check::Files(_) | Check::Linked(_) | Check::Derived(_) => troubled.is_empty(),
        _ => !troubled.contains(&file),
    }
}
