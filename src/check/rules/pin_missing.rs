//! V10: a mapped gate has no pinned verdict, so a change of the derived one would go unseen.

use super::pin_differs::mapped;
use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity, Span};
use crate::diagnostic::Fix;
use crate::model::verdict::Verdict;

pub(crate) static RULE: Rule = Rule {
    code: Code("V10"),
    name: "pin-missing",
    severity: Severity::Warning,
    docs: include_str!("pin_missing.md"),
    needs: &["path", "gates", "sources", "verified", "unconfirmed"],
    check: Check::Derived(check),
};

fn check(incident: &Incident, registry: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    for (mapping, judgement) in mapped(incident, registry, derivation) {
        // A gate that does not apply is not to be pinned but to be taken away, and V05 says so.
        if mapping.verdict.is_none() && judgement.verdict != Verdict::NotApplicable {
            let derived = judgement.verdict.id();
            let message = format!("`{}` has no pinned verdict", mapping.gate.value);
            let help = format!("add `verdict: {derived}`, which is what the evidence derives");
            let mut diagnostic = reporter.at(mapping.gate.span, message).help(help);
            let edit = pin(mapping.gate.span, derived, reporter);
            diagnostic.fix =
                edit.map(|edit| Fix { title: format!("pin `{derived}`"), edits: vec![edit], pins: true });
            reporter.push(diagnostic);
        }
    }
}

/// A `verdict:` on a line of its own after that of the gate, or beside it where the entry is in flow style.
fn pin(gate: Span, verdict: &str, reporter: &Reporter<'_>) -> Option<(Span, String)> {
    let text = reporter.files().get(gate.file).text.as_str();
    let (before, after) = (&text[..gate.start as usize], &text[gate.end as usize..]);
    let insert = |at: usize| Span::new(gate.file, gate.end as usize + at..gate.end as usize + at);
    if after.trim_start().starts_with([',', '}']) {
        return Some((insert(0), format!(", verdict: {verdict}")));
    }
    let line = before.rsplit('\n').next()?;
    let key = line.trim_start_matches([' ', '-']);
    let indent = " ".repeat(line.len() - key.len());
    let end = after.find('\n').unwrap_or(after.len());
    let (end, newline) = if after[..end].ends_with('\r') { (end - 1, "\r\n") } else { (end, "\n") };
    (!key.is_empty()).then(|| (insert(end), format!("{newline}{indent}verdict: {verdict}")))
}
