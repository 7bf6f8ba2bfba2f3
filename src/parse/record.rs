//! Spanned trees to the typed records of a registry.

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::files::{Files, Spanned};
use crate::model::body::{Body, INCIDENT_SECTIONS};
use crate::model::config::Config;
use crate::model::gate::Gate;
use crate::model::id::IncidentId;
use crate::model::incident::{Incident, IncidentFields};
use crate::model::registry::{Ledger, Records};
use crate::model::taxonomy::{EntitiesFields, Taxonomy, TaxonomyFields};
use crate::model::tree::{Document, DocumentKind, Node};
use crate::parse::{ledger, markdown, typed};

/// Where the ledger stands.
const LEDGER: &str = "incidents/ids.lock";

/// The typed records of a registry, in the order of their files; broken files are named and left out.
pub fn records(files: &Files, documents: &[Document], diagnostics: &mut Diagnostics) -> Records {
    let mut records = Records { ledger: read_ledger(files, diagnostics), ..Records::default() };
    for document in documents {
        match document.kind {
            DocumentKind::Config => records.config = config(document),
            DocumentKind::Taxonomy => taxonomy(document, &mut records.taxonomy),
            DocumentKind::Entities => entities(document, &mut records.taxonomy),
            DocumentKind::Gate | DocumentKind::Incident if document.broken => {
                records.broken.push((document.file, files.get(document.file).stem().to_owned()));
            }
            DocumentKind::Gate => records.gates.push(gate(files, document)),
            DocumentKind::Incident => {}
        }
    }
    let incidents = documents.par_iter().filter(|it| it.kind == DocumentKind::Incident && !it.broken);
    records.incidents = incidents.map(|document| incident(files, document)).collect();
    records
}

fn read_ledger(files: &Files, diagnostics: &mut Diagnostics) -> Ledger {
    files
        .by_path(LEDGER)
        .map_or_else(Ledger::default, |file| ledger::entries(file, &files.get(file).text, diagnostics))
}

fn config(document: &Document) -> Config {
    Config { file: Some(document.file), fields: typed::read(&document.root) }
}

fn taxonomy(document: &Document, taxonomy: &mut Taxonomy) {
    let fields: TaxonomyFields = typed::read(&document.root);
    taxonomy.file = Some(document.file);
    taxonomy.severity = fields.severity;
    taxonomy.floors = fields.floors;
    taxonomy.source_kinds = fields.source_kinds;
    taxonomy.registries = fields.registries;
    taxonomy.actions = fields.actions;
    taxonomy.boundaries = fields.boundaries;
    taxonomy.impacts = fields.impacts;
    taxonomy.factors = fields.factors;
    let all =
        ["severity", "floors", "source_kinds", "actions", "boundaries", "impacts", "factors", "registries"];
    taxonomy.misshapen.extend(misshapen(document, &all));
}

fn entities(document: &Document, taxonomy: &mut Taxonomy) {
    let fields: EntitiesFields = typed::read(&document.root);
    taxonomy.entities_file = Some(document.file);
    taxonomy.systems = fields.systems;
    taxonomy.organisations = fields.organisations;
    taxonomy.misshapen.extend(misshapen(document, &["systems", "organisations"]));
}

/// The fields whose content is not to be relied on; all of them when the file could not be read.
fn misshapen(document: &Document, all: &[&str]) -> Vec<String> {
    if document.broken {
        return all.iter().map(|key| (*key).to_owned()).collect();
    }
    document.misshapen.clone()
}

fn gate(files: &Files, document: &Document) -> Gate {
    Gate {
        file: document.file,
        fields: typed::read(&document.root),
        body: body(files, document),
        span: document.root.span,
        misshapen: document.misshapen.clone(),
    }
}

fn incident(files: &Files, document: &Document) -> Incident {
    let fields: IncidentFields = typed::read(&document.root);
    Incident {
        file: document.file,
        handle: handle(&fields.id.value, files.get(document.file).stem()),
        fields,
        body: body(files, document),
        span: document.root.span,
        misshapen: document.misshapen.clone(),
    }
}

/// While no number is minted, the whole stem of the file is the name by which others refer to the record.
fn handle(id: &IncidentId, stem: &str) -> IncidentId {
    let slug =
        stem.strip_prefix(&**id).filter(|slug| slug.starts_with('-') && !id.is_empty() && !id.is_minted());
    slug.and_then(|_| IncidentId::new(stem)).unwrap_or_else(|| id.clone())
}

fn body(files: &Files, document: &Document) -> Body {
    let file = files.get(document.file);
    match document.body {
        Some(span) => markdown::body(document.file, &file.text, span.range()),
        None => yaml_body(document.root.get("body"), document, &file.text),
    }
}

/// The sections of a YAML record, each under its key.
fn yaml_body(node: Option<&Node>, document: &Document, text: &str) -> Body {
    let span = node.map_or(document.root.span, |node| node.span);
    let mut body = Body { span, ..Body::default() };
    for entry in node.map(Node::entries).unwrap_or_default() {
        let Some(value) = entry.value.text() else { continue };
        let known = INCIDENT_SECTIONS.iter().find(|(key, _)| *key == entry.key.value);
        let name = known.map_or(entry.key.value.clone(), |(_, name)| (*name).to_owned());
        let value = Spanned::new(value.to_owned(), entry.value.span);
        markdown::add_section(&mut body, Spanned::new(name, entry.key.span), &value, text);
    }
    body
}
