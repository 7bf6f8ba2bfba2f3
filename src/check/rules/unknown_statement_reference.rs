//! L01: a reference to a statement that the record does not have.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Code, Diagnostic, Incident, Reporter, Rule, Severity, Span, Spanned};
use crate::check::similar;
use crate::model::body::Reference;
use crate::model::id::StatementId;
use crate::model::path::Step;

pub(crate) static RULE: Rule = Rule {
    code: Code("L01"),
    name: "unknown-statement-reference",
    severity: Severity::Error,
    docs: include_str!("unknown_statement_reference.md"),
    needs: &["verified", "unconfirmed"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    // Sorted, because it is searched a few dozen times, and so small that a tree takes longer to grow.
    let mut index: Vec<&str> = incident.statements().map(|statement| &*statement.id.value).collect();
    index.sort_unstable();
    let fields = in_fields(incident).into_iter().map(|id| (&*id.value, id.span));
    let mut unknown: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let is_unknown = |id: &str| !id.is_empty() && index.binary_search(&id).is_err();
    for (id, span) in fields.chain(in_body(incident)).filter(|(id, _)| is_unknown(id)) {
        unknown.entry(id).or_default().push(span);
    }
    let doubled = || index.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
    unknown.retain(|id, _| !doubled().any(|doubled| is_next_to(id, doubled)));
    for (id, mut spans) in unknown {
        spans.sort();
        if incident.assumed.is_some() {
            reporter.push(unlisted(id, &spans, reporter));
            continue;
        }
        let help = match &known(incident)[..] {
            [] => "add the statement under `verified` or `unconfirmed`".to_owned(),
            known => format!("{}, or add the statement", similar::suggest(id, known).trim_end_matches('?')),
        };
        let finding = reporter.at_each(&spans, format!("the record has no statement `{id}`"));
        reporter.push(finding.help(help));
    }
    for definition in &incident.body.definitions {
        let label = &definition.value;
        let help = format!("delete the definition; `[{label}]` is a link by itself");
        reporter.report(
            definition.span,
            format!("this definition takes the meaning of `[{label}]` away"),
            help,
        );
    }
}

/// The ids of its statements, each once, in written order.
fn known(incident: &Incident) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let ids = incident.statements().map(|statement| &*statement.id.value);
    ids.filter(|id| seen.insert(*id)).collect()
}

/// In a path of one's own, what is not listed is not known; that is worth a word, and may be meant.
fn unlisted(id: &str, spans: &[Span], reporter: &Reporter<'_>) -> Diagnostic {
    let message = format!("`{id}` is not listed under `statements`, and counts as unknown");
    let help = "list it with its status; `unknown` says that nothing more is known";
    Diagnostic { severity: Severity::Warning, ..reporter.at_each(spans, message).help(help) }
}

/// Whether a statement that has another's id may be the one that is missing: it was copied, and kept its number.
fn is_next_to(id: &str, doubled: &str) -> bool {
    let parts = |id: &str| -> Option<(String, u32)> {
        let digits = id.find(|it: char| it.is_ascii_digit())?;
        Some((id[..digits].to_owned(), id[digits..].parse().ok()?))
    };
    matches!((parts(id), parts(doubled)), (Some(id), Some(it)) if id.0 == it.0 && id.1.abs_diff(it.1) == 1)
}

fn in_fields(incident: &Incident) -> Vec<&Spanned<StatementId>> {
    let mut ids: Vec<_> = incident.severity_basis.iter().collect();
    ids.extend(incident.factors.iter().map(|(_, id)| id));
    ids.extend(incident.losses.iter().map(|(_, loss)| &loss.statement));
    ids.extend(incident.path.iter().flat_map(in_step));
    ids
}

fn in_step(step: &Step) -> impl Iterator<Item = &Spanned<StatementId>> {
    let tables = [&step.environment, &step.crosses, &step.avoids, &step.defeats];
    let harm = step.harm.iter().flat_map(|harm| [&harm.value.all, &harm.value.some, &harm.value.none]);
    let single = [&step.approved, &step.not_approved, &step.only_route, &step.other_route];
    let tables = tables.into_iter().flat_map(|table| table.iter().map(|(_, ids)| ids));
    let single = single.into_iter().chain(harm).flatten();
    std::iter::once(&step.evidence).chain(tables).chain(single).flat_map(|ids| ids.iter())
}

fn in_body(incident: &Incident) -> impl Iterator<Item = (&str, Span)> {
    incident.body.references.iter().filter_map(|reference| match &reference.value {
        Reference::Statement(id) => Some((id.as_str(), reference.span)),
        _ => None,
    })
}
