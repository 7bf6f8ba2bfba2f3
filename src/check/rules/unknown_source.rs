//! L02: a citation of a source that the record does not list.

use std::collections::BTreeMap;

use super::{Check, Code, Diagnostic, Incident, Registry, Reporter, Rule, Severity, Slug, Span, Spanned};
use crate::check::similar;
use crate::model::statement::Statement;
use crate::model::taxonomy::Vocabulary;

pub(crate) static RULE: Rule = Rule {
    code: Code("L02"),
    name: "unknown-source",
    severity: Severity::Error,
    docs: include_str!("unknown_source.md"),
    needs: &["sources"],
    check: Check::Linked(check),
};

fn check(incident: &Incident, registry: &Registry, reporter: &mut Reporter<'_>) {
    let is_known = |id: &Spanned<Slug>| id.value.is_empty() || incident.sources.get(&id.value).is_some();
    let mut uses: BTreeMap<&Slug, Uses> = BTreeMap::new();
    for id in cited(incident).filter(|id| !is_known(id)) {
        uses.entry(&id.value).or_default().citations.push(id.span);
    }
    let origins = incident.sources.iter().filter_map(|(_, source)| source.origin.as_ref());
    for id in origins.filter(|id| !is_known(id) && !is_organisation(id, registry)) {
        uses.entry(&id.value).or_default().origins.push(id.span);
    }
    for (id, uses) in uses {
        reporter.push(unknown(id, uses, incident, reporter));
    }
    for statement in incident.statements() {
        let conceded = statement.conceded_by.iter().filter(|id| !id.value.is_empty() && is_known(id));
        // A statement without sources has a finding of its own.
        let conceded = conceded.filter(|_| !statement.sources.is_empty());
        conceded.for_each(|id| concession(statement, id, reporter));
    }
}

/// Where one unknown name is used.
#[derive(Default)]
struct Uses {
    citations: Vec<Span>,
    origins: Vec<Span>,
}

/// One finding for one name, however often it is used: the mistake is one.
fn unknown(id: &Slug, uses: Uses, incident: &Incident, reporter: &Reporter<'_>) -> Diagnostic {
    let known: Vec<&str> = incident.sources.keys().map(|key| &*key.value).collect();
    let (message, help) = if uses.citations.is_empty() {
        (
            format!("the origin `{id}` is neither a source of the record nor an organisation"),
            "name the source whose words these are, or add the organisation to `entities.yaml`".to_owned(),
        )
    } else {
        let meant = similar::suggest(id, &known);
        (
            format!("the record has no source `{id}`"),
            format!("{}, or add it under `sources`", meant.trim_end_matches('?')),
        )
    };
    let (mut citations, mut spans) = (uses.citations, uses.origins);
    citations.sort();
    spans.sort();
    spans.splice(0..0, citations);
    let finding = reporter.at_each(&spans, message).help(help);
    let nearest = similar::nearest(id, known.iter().copied());
    match incident.sources.keys().find(|key| Some(&*key.value) == nearest) {
        Some(key) if spans.len() > 1 => finding.related(key.span, "the nearest there is"),
        _ => finding,
    }
}

/// Every place that names a source, as written; what an origin may be is wider.
pub(crate) fn cited(incident: &Incident) -> impl Iterator<Item = &Spanned<Slug>> {
    let statements = incident.statements().flat_map(|statement| {
        let citations =
            statement.sources.iter().chain(&statement.contradicted_by).map(|citation| &citation.source);
        citations.chain(&statement.conceded_by).chain(&statement.looked_in)
    });
    let timeline = incident.timeline.iter().flat_map(|entry| &entry.sources).map(|citation| &citation.source);
    let responses = incident.responses.iter().map(|response| &response.source);
    statements.chain(timeline).chain(responses)
}

/// Quiet where the organisations could not be read.
fn is_organisation(id: &Spanned<Slug>, registry: &Registry) -> bool {
    let taxonomy = &registry.records.taxonomy;
    let vocabulary = Vocabulary::Organisations;
    taxonomy.misshapen.iter().any(|key| key == vocabulary.key())
        || taxonomy.term(vocabulary, &id.value).is_some()
}

fn concession(statement: &Statement, id: &Spanned<Slug>, reporter: &mut Reporter<'_>) {
    if !statement.sources.iter().any(|citation| citation.source == *id) {
        let message = format!("`{}` is said to concede this, but is not among its sources", id.value);
        reporter.report(
            id.span,
            message,
            "name it under `sources` of the statement as well, or take it away here",
        );
    }
}
