//! L02: a citation of a source that the record does not list.

use super::{Check, Code, Incident, Registry, Reporter, Rule, Severity, Slug, Spanned};
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
    let known: Vec<&str> = incident.sources.keys().map(|key| &*key.value).collect();
    for id in cited(incident).filter(|id| !is_known(id)) {
        let message = format!("the record has no source `{}`", id.value);
        let help = format!(
            "{}, or add it under `sources`",
            similar::suggest(&id.value, &known).trim_end_matches('?')
        );
        reporter.report(id.span, message, help);
    }
    let origins = incident.sources.iter().filter_map(|(_, source)| source.origin.as_ref());
    for id in origins.filter(|id| !is_known(id) && !is_organisation(id, registry)) {
        let message =
            format!("the origin `{}` is neither a source of the record nor an organisation", id.value);
        let help = "name the source whose words these are, or add the organisation to `entities.yaml`";
        reporter.report(id.span, message, help);
    }
    for statement in incident.statements() {
        let conceded = statement.conceded_by.iter().filter(|id| !id.value.is_empty() && is_known(id));
        // A statement without sources has a finding of its own.
        let conceded = conceded.filter(|_| !statement.sources.is_empty());
        conceded.for_each(|id| concession(statement, id, reporter));
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
