//! What several pages show of a record: its statements, sources and terms, in words.

use serde::Serialize;

use crate::explain;
use crate::files::Spanned;
use crate::model::facet::Facet;
use crate::model::incident::Incident;
use crate::model::registry::Registry;
use crate::model::statement::{Citation, Interest, Read, Source, Sourcing, Statement, Status};
use crate::render::{Site, facet};

/// A word and the page it leads to, below the root.
#[derive(Serialize)]
pub(super) struct Tag {
    pub(super) text: String,
    pub(super) to: String,
}

/// The value of a facet, leading to its cases.
pub(super) fn tag(site: &Site<'_>, facet: Facet, id: &str) -> Tag {
    Tag { text: facet::name(site, facet, id), to: format!("{}/{id}/", facet.folder()) }
}

/// A gate as readers see it.
pub(super) fn gate_name<'a>(site: &Site<'a>, id: &'a str) -> &'a str {
    site.registry.gate(id).map_or(id, |gate| gate.name.as_str())
}

/// A statement as a page shows it.
#[derive(Serialize)]
pub(super) struct StatementView<'a> {
    pub(super) id: &'a str,
    pub(super) text: &'a str,
    pub(super) status: &'static str,
    pub(super) who: String,
    pub(super) sources: Vec<CitationView<'a>>,
    pub(super) contradicted_by: Vec<CitationView<'a>>,
    pub(super) contested: bool,
    pub(super) counter: Option<&'a str>,
    pub(super) conceded: bool,
    pub(super) looked_in: Vec<CitationView<'a>>,
    pub(super) looked_on: Option<String>,
}

/// A source as a statement cites it.
#[derive(Serialize)]
pub(super) struct CitationView<'a> {
    pub(super) id: &'a str,
    pub(super) publisher: &'a str,
    pub(super) at: Option<&'a str>,
    pub(super) quote: Option<&'a str>,
}

/// The statements of a list, the strongest first; `from` is the place of its first one among all of the record.
pub(super) fn statements<'a>(
    incident: &'a Incident,
    statements: &'a [Statement],
    statuses: &[Status],
) -> Vec<StatementView<'a>> {
    let mut views: Vec<(Status, StatementView<'a>)> = statements
        .iter()
        .zip(statuses)
        .map(|(statement, status)| (*status, self::statement(incident, statement, *status)))
        .collect();
    views.sort_by_key(|(status, _)| std::cmp::Reverse(*status));
    views.into_iter().map(|(_, view)| view).collect()
}

/// A statement with its status.
pub(super) fn statement<'a>(
    incident: &'a Incident,
    statement: &'a Statement,
    status: Status,
) -> StatementView<'a> {
    let publisher = |id: &'a str| incident.sources.get(id).map_or(id, |source| source.publisher.as_str());
    let cite = |citation: &'a Citation| CitationView {
        id: &citation.source.value,
        publisher: publisher(&citation.source.value),
        at: citation.at.as_ref().map(Spanned::as_str),
        quote: citation.quote.as_ref().map(Spanned::as_str),
    };
    StatementView {
        id: &statement.id.value,
        text: statement.text.as_str(),
        status: status.word(),
        who: explain::who(incident, statement),
        sources: statement.sources.iter().map(cite).collect(),
        contradicted_by: statement.contradicted_by.iter().map(cite).collect(),
        contested: !statement.contradicted_by.is_empty() && status != Status::Disputed,
        counter: statement.counter.as_ref().map(Spanned::as_str),
        conceded: !statement.conceded_by.is_empty(),
        looked_in: statement
            .looked_in
            .iter()
            .map(|id| CitationView { id: &id.value, publisher: publisher(&id.value), at: None, quote: None })
            .collect(),
        looked_on: statement.looked_on.as_ref().map(|date| date.value.words()),
    }
}

/// A source as the list of sources shows it.
#[derive(Serialize)]
pub(super) struct SourceView<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) publisher: &'a str,
    pub(super) url: Option<&'a str>,
    pub(super) published: Option<String>,
    pub(super) kind: &'a str,
    pub(super) tier: char,
    pub(super) notes: Vec<String>,
    pub(super) archive: Option<&'a str>,
    pub(super) read_at: Option<&'a str>,
}

/// The sources of a record, in written order.
pub(super) fn sources<'a>(registry: &'a Registry, incident: &'a Incident) -> Vec<SourceView<'a>> {
    incident.sources.iter().map(|(id, it)| source(registry, incident, &id.value, it)).collect()
}

fn source<'a>(
    registry: &'a Registry,
    incident: &'a Incident,
    id: &'a str,
    source: &'a Source,
) -> SourceView<'a> {
    let kind = source.kind.value;
    SourceView {
        id,
        title: source.title.as_str(),
        publisher: source.publisher.as_str(),
        url: web(source.url.as_str()),
        published: source.published.as_ref().map(|date| date.value.words()),
        kind: registry.records.taxonomy.source_kind_name(kind),
        tier: kind.tier().letter(),
        notes: notes(registry, incident, source),
        archive: source.archive.as_ref().and_then(|url| web(url.as_str())),
        read_at: source.read_at.as_ref().and_then(|url| web(url.as_str())),
    }
}

/// What a reader should know of a source before believing it.
fn notes(registry: &Registry, incident: &Incident, source: &Source) -> Vec<String> {
    let mut notes = Vec::new();
    match source.sourcing {
        Sourcing::Named => {}
        Sourcing::Anonymous => notes.push("rests on unnamed people".to_owned()),
        Sourcing::Document => notes.push("rests on a document it has seen".to_owned()),
    }
    match source.interest {
        Interest::None => {}
        Interest::Subject => notes.push("the party itself".to_owned()),
        Interest::GateVendor => notes.push("sells controls of this kind".to_owned()),
        Interest::Competitor => notes.push("a competitor".to_owned()),
        Interest::Litigant => notes.push("a party to a suit".to_owned()),
    }
    match source.read.value {
        Read::Original => {}
        Read::Copy => notes.push("read as a copy".to_owned()),
        Read::Digest => notes.push("read second hand, in somebody's summary".to_owned()),
    }
    if let Some(origin) = &source.origin {
        let id = &*origin.value;
        let name = incident.sources.get(id).map(|source| source.publisher.as_str());
        notes.push(format!("repeats {}", name.unwrap_or_else(|| registry.records.taxonomy.entity_name(id))));
    }
    notes
}

/// An address that a page may link to; anything else is shown as text.
pub(super) fn web(url: &str) -> Option<&str> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then_some(url)
}
