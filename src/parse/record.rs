//! Spanned trees to the typed records of a registry.

use crate::diagnostic::Diagnostics;
use crate::files::{File, FileId, Files, Spanned};
use crate::model::body::{Body, INCIDENT_SECTIONS};
use crate::model::config::Config;
use crate::model::gate::Gate;
use crate::model::id::{IncidentId, Slug, StatementId};
use crate::model::incident::{Incident, IncidentFields};
use crate::model::path::PathFields;
use crate::model::registry::{Ledger, Records};
use crate::model::statement::Statement;
use crate::model::taxonomy::{EntitiesFields, Taxonomy, TaxonomyFields};
use crate::model::tree::{Document, DocumentKind, Node};
use crate::parse::{ledger, markdown, typed};

/// Where the ledger stands.
const LEDGER: &str = "incidents/ids.lock";
/// The vocabularies whose content is not to be relied on when their file is broken.
const TAXONOMY_KEYS: [&str; 8] =
    ["severity", "floors", "source_kinds", "actions", "boundaries", "impacts", "factors", "registries"];
const ENTITIES_KEYS: [&str; 2] = ["systems", "organisations"];

/// One file, read as what it is.
pub(super) enum Parsed {
    Config(Config),
    Taxonomy(Box<TaxonomyFields>, FileId, Vec<String>),
    Entities(EntitiesFields, FileId, Vec<String>),
    /// `entities.yaml` without a word in it.
    NoEntities(FileId),
    Gate(Box<Gate>),
    Incident(Box<Incident>),
    /// Only that it exists, under the name of its file.
    Broken(FileId, String),
}

/// Reads a tree as what its file is.
pub(super) fn parsed(file: &File, document: &Document<'_>) -> Parsed {
    let root = &document.root;
    match document.kind {
        DocumentKind::Config => {
            Parsed::Config(Config { file: Some(document.file), fields: typed::read(root) })
        }
        DocumentKind::Taxonomy => {
            Parsed::Taxonomy(Box::new(typed::read(root)), document.file, misshapen(document, &TAXONOMY_KEYS))
        }
        DocumentKind::Entities if !document.broken && root.entries().is_empty() => {
            Parsed::NoEntities(document.file)
        }
        DocumentKind::Entities => {
            Parsed::Entities(typed::read(root), document.file, misshapen(document, &ENTITIES_KEYS))
        }
        DocumentKind::Gate | DocumentKind::Incident | DocumentKind::Path if document.broken => {
            Parsed::Broken(document.file, file.stem().to_owned())
        }
        DocumentKind::Gate => Parsed::Gate(Box::new(gate(file, document))),
        DocumentKind::Incident => Parsed::Incident(Box::new(incident(file, document))),
        DocumentKind::Path => Parsed::Incident(Box::new(path(file, document))),
    }
}

/// Puts what was read together.
pub(super) fn assemble(all: impl ExactSizeIterator<Item = Parsed>) -> Records {
    // Nearly every file is an incident.
    let mut records = Records { incidents: Vec::with_capacity(all.len()), ..Records::default() };
    // Until the file is read, no word can be said to be missing from it.
    records
        .taxonomy
        .misshapen
        .extend(TAXONOMY_KEYS.iter().chain(&ENTITIES_KEYS).map(|key| (*key).to_owned()));
    records.taxonomy.without_entities = true;
    for parsed in all {
        match parsed {
            Parsed::Config(config) => records.config = config,
            Parsed::Taxonomy(fields, file, misshapen) => {
                taxonomy(*fields, file, misshapen, &mut records.taxonomy);
            }
            Parsed::Entities(fields, file, misshapen) => {
                entities(fields, file, misshapen, &mut records.taxonomy);
            }
            Parsed::NoEntities(file) => records.taxonomy.entities_file = Some(file),
            Parsed::Gate(gate) => records.gates.push(*gate),
            Parsed::Incident(incident) => records.incidents.push(*incident),
            Parsed::Broken(file, stem) => records.broken.push((file, stem)),
        }
    }
    records
}

/// The ledger, if there is one.
pub(super) fn ledger(files: &Files, diagnostics: &mut Diagnostics) -> Ledger {
    files
        .by_path(LEDGER)
        .map_or_else(Ledger::default, |file| ledger::entries(file, &files.get(file).text, diagnostics))
}

fn taxonomy(fields: TaxonomyFields, file: FileId, misshapen: Vec<String>, taxonomy: &mut Taxonomy) {
    taxonomy.file = Some(file);
    taxonomy.severity = fields.severity;
    taxonomy.floors = fields.floors;
    taxonomy.source_kinds = fields.source_kinds;
    taxonomy.registries = fields.registries;
    taxonomy.actions = fields.actions;
    taxonomy.boundaries = fields.boundaries;
    taxonomy.impacts = fields.impacts;
    taxonomy.factors = fields.factors;
    taxonomy.misshapen.retain(|key| !TAXONOMY_KEYS.contains(&key.as_str()));
    taxonomy.misshapen.extend(misshapen);
}

fn entities(fields: EntitiesFields, file: FileId, misshapen: Vec<String>, taxonomy: &mut Taxonomy) {
    taxonomy.entities_file = Some(file);
    taxonomy.without_entities = false;
    taxonomy.systems = fields.systems;
    taxonomy.organisations = fields.organisations;
    taxonomy.misshapen.retain(|key| !ENTITIES_KEYS.contains(&key.as_str()));
    taxonomy.misshapen.extend(misshapen);
}

/// The fields whose content is not to be relied on; all of them when the file could not be read.
fn misshapen(document: &Document<'_>, all: &[&str]) -> Vec<String> {
    if document.broken {
        return all.iter().map(|key| (*key).to_owned()).collect();
    }
    document.misshapen.clone()
}

fn gate(file: &File, document: &Document<'_>) -> Gate {
    Gate {
        file: document.file,
        fields: typed::read(&document.root),
        body: body(file, document),
        span: document.root.span,
        misshapen: document.misshapen.clone(),
    }
}

fn incident(file: &File, document: &Document<'_>) -> Incident {
    let fields: IncidentFields = typed::read(&document.root);
    Incident {
        file: document.file,
        handle: handle(&fields.id.value, file.stem()),
        fields,
        body: body(file, document),
        span: document.root.span,
        misshapen: document.misshapen.clone(),
        assumed: None,
    }
}

/// A path of one's own as the incident that it may be one day: of its statements only the id is known, and how far they
/// are taken to be carried. Everything else of a record is empty.
fn path(file: &File, document: &Document<'_>) -> Incident {
    let own: PathFields = typed::read(&document.root);
    let mut incident = incident(file, document);
    incident.fields.title = Spanned::new(file.path.clone(), document.root.span);
    incident.fields.verified = own.statements.keys().filter_map(statement).collect();
    let known = own.statements.iter().filter(|(id, _)| statement(id).is_some());
    incident.assumed = Some(known.map(|(_, status)| status.value).collect());
    incident
}

/// A statement of which nothing is known but its id.
fn statement(id: &Spanned<Slug>) -> Option<Statement> {
    Some(Statement {
        id: Spanned::new(StatementId::new(&id.value)?, id.span),
        text: Spanned::new(id.value.to_string(), id.span),
        sources: Vec::new(),
        contradicted_by: Vec::new(),
        counter: None,
        conceded_by: Vec::new(),
        looked_in: Vec::new(),
        looked_on: None,
    })
}

/// While no number is minted, the whole stem of the file is the name by which others refer to the record.
fn handle(id: &IncidentId, stem: &str) -> IncidentId {
    let slug =
        stem.strip_prefix(&**id).filter(|slug| slug.starts_with('-') && !id.is_empty() && !id.is_minted());
    slug.and_then(|_| IncidentId::new(stem)).unwrap_or_else(|| id.clone())
}

fn body(file: &File, document: &Document<'_>) -> Body {
    match document.body {
        Some(span) => markdown::body(document.file, &file.text, span.range()),
        None => yaml_body(document.root.get("body"), document, &file.text),
    }
}

/// The sections of a YAML record, each under its key.
fn yaml_body(node: Option<&Node<'_>>, document: &Document<'_>, text: &str) -> Body {
    let span = node.map_or(document.root.span, |node| node.span);
    let mut body = Body { span, ..Body::default() };
    for entry in node.map(Node::entries).unwrap_or_default() {
        let Some(value) = entry.value.text() else { continue };
        let known = INCIDENT_SECTIONS.iter().find(|(key, _)| *key == entry.key.value);
        let name = known.map_or(&*entry.key.value, |(_, name)| *name).to_owned();
        let value = Spanned::new(value.to_owned(), entry.value.span);
        markdown::add_section(&mut body, Spanned::new(name, entry.key.span), &value, text);
    }
    body
}
