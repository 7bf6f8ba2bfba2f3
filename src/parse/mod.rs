//! Text to spanned trees, spanned trees to typed records. Never fails: bad text becomes diagnostics,
//! and everything else is still read. One parser serves records, gates, vocabularies and configuration.

mod allow;
mod front_matter;
mod ledger;
mod links;
mod markdown;
mod merge;
mod record;
mod syntax;
mod toml;
mod typed;
mod yaml;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{File, FileId, Files, Span};
use crate::model;
use crate::model::incident::Incident;
use crate::model::registry::Records;
use crate::model::tree::{Document, DocumentKind, Node};

use record::Parsed;

/// The typed records of a registry, in the order of their files, and with them what is in the file `own`: a record, or
/// a path of one's own. Each file is read as a tree, in parallel; `tree` judges the tree while it lives, and marks the
/// fields whose shape is wrong, and `incident` an incident as soon as it is read.
pub fn records(
    files: &Files,
    own: Option<FileId>,
    tree: impl Fn(&mut Document<'_>, &mut Diagnostics) + Sync,
    incident: impl Fn(&Incident, &mut Diagnostics) + Sync,
    diagnostics: &mut Diagnostics,
) -> Records {
    let kind = |id, file: &File| if own == Some(id) { Some(DocumentKind::Path) } else { kind(&file.path) };
    let ours: Vec<_> = files.iter().filter_map(|(id, file)| Some((id, file, kind(id, file)?))).collect();
    let parsed: Vec<_> = ours
        .into_par_iter()
        .map(|(id, file, kind)| {
            let mut found = Diagnostics::default();
            let mut document = document(id, file, kind, &mut found);
            if !document.broken {
                tree(&mut document, &mut found);
            }
            let parsed = record::parsed(file, &document);
            if let Parsed::Incident(read) = &parsed {
                incident(read, &mut found);
            }
            (parsed, allow::read(file, &document), found)
        })
        .collect();
    let mut allows = Vec::new();
    let mut records = record::assemble(parsed.into_iter().map(|(parsed, allowed, found)| {
        diagnostics.append(found);
        allows.extend(allowed);
        parsed
    }));
    records.allows = allows;
    records.ledger = record::ledger(files, diagnostics);
    let report = files.by_path(model::links::PATH).map(|id| links::report(id, files.get(id)));
    records.links = report.unwrap_or_default();
    records
}

/// What a path holds; nothing for files that are not ours to read.
pub fn kind(path: &str) -> Option<DocumentKind> {
    let yaml = |path: &str| path.ends_with(".yaml") || path.ends_with(".md");
    match path {
        "registry.toml" => Some(DocumentKind::Config),
        "taxonomy.yaml" => Some(DocumentKind::Taxonomy),
        "entities.yaml" => Some(DocumentKind::Entities),
        _ if path.strip_prefix("gates/").is_some_and(|name| !name.contains('/') && name.ends_with(".md")) => {
            Some(DocumentKind::Gate)
        }
        _ if path.strip_prefix("incidents/").is_some_and(|name| !name.contains('/') && yaml(name)) => {
            Some(DocumentKind::Incident)
        }
        _ => None,
    }
}

fn document<'a>(
    id: FileId,
    file: &'a File,
    kind: DocumentKind,
    diagnostics: &mut Diagnostics,
) -> Document<'a> {
    let nothing = Node::null(Span::new(id, 0..0));
    let mut document = Document {
        file: id,
        kind,
        root: nothing,
        body: None,
        comments: Vec::new(),
        broken: true,
        misshapen: Vec::new(),
    };
    if file.unreadable.is_some() {
        return document;
    }
    if let Some(finding) = merge::unfinished(id, &file.text) {
        diagnostics.push(finding);
        return document;
    }
    if kind == DocumentKind::Config {
        (document.root, document.broken) = toml::tree(id, &file.text, diagnostics);
        return document;
    }
    let range = if file.is_markdown() {
        let Some(parts) = front_matter::split(id, &file.text, diagnostics) else { return document };
        document.body = Some(Span::new(id, parts.body));
        parts.front
    } else {
        let bom = file.text.len() - file.text.trim_start_matches('\u{feff}').len();
        bom..file.text.len()
    };
    let yaml = yaml::tree(id, &file.text, range.clone(), diagnostics);
    (document.root, document.comments, document.broken) = (yaml.root, yaml.comments, yaml.broken);
    if kind == DocumentKind::Path && is_record(&document.root) {
        document.kind = DocumentKind::Incident;
    }
    document.misshapen = yaml.doubled;
    if !document.broken && document.root.entries().is_empty() && !is_open_vocabulary(kind, &document.root) {
        document.broken = true;
        diagnostics.push(not_a_map(&document.root, kind, file, range.start));
    }
    if let Some(finding) = misfiled(&document).filter(|_| !document.broken) {
        document.broken = true;
        diagnostics.push(finding);
    }
    document
}

/// Whether a file is a whole record: it derives how far its statements are carried, instead of saying so.
fn is_record(root: &Node<'_>) -> bool {
    let has = |key: &str| root.get(key).is_some();
    !has("statements") && ["id", "sources", "verified", "unconfirmed"].into_iter().any(has)
}

/// Fields that only an incident has, and that nearly every one has.
const OF_INCIDENTS: [&str; 8] =
    ["title", "occurred", "severity", "systems", "summary", "sources", "verified", "path"];
/// Fields that only a gate has.
const OF_GATES: [&str; 6] = ["name", "boundaries", "covers", "receipt", "fails", "first_step"];

/// An incident among the gates, or a gate among the incidents: judged as the other, every line of it would be wrong.
fn misfiled(document: &Document<'_>) -> Option<Diagnostic> {
    let (own, other, what, lies, folder) = match document.kind {
        DocumentKind::Gate => (&OF_GATES[..], &OF_INCIDENTS[..], "an incident", "gates", "incidents"),
        DocumentKind::Incident => (&OF_INCIDENTS[..], &OF_GATES[..], "a gate", "incidents", "gates"),
        _ => return None,
    };
    let count = |fields: &[&str]| fields.iter().filter(|field| document.root.get(field).is_some()).count();
    (count(other) > 1 && count(other) > count(own)).then(|| {
        let place = document.root.entries().first().map_or(document.root.span, |entry| entry.key.span);
        Diagnostic::error(Code("R02"), place, format!("this is {what}, in the folder of the {lies}"))
            .help(format!("move the file to `{folder}/`"))
    })
}

/// A registry may have no entities yet.
fn is_open_vocabulary(kind: DocumentKind, root: &Node<'_>) -> bool {
    kind == DocumentKind::Entities && root.describe() == "nothing"
}

fn not_a_map(root: &Node<'_>, kind: DocumentKind, file: &File, start: usize) -> Diagnostic {
    let span = match root.describe() {
        "nothing" => Span::new(root.span.file, 0..0),
        _ => Span::new(
            root.span.file,
            start..start + file.text[start..].find('\n').unwrap_or(file.text.len() - start),
        ),
    };
    let message = match root.describe() {
        "nothing" if file.is_markdown() => "the front matter is empty".to_owned(),
        "nothing" => "the file is empty".to_owned(),
        what => format!("the file holds {what} where fields belong"),
    };
    let help = match kind {
        DocumentKind::Incident => {
            "write one `key: value` for each field; `registry new` writes a record to start from"
        }
        DocumentKind::Path => {
            "write the steps under `path:`, and under `statements:` how far each statement is carried"
        }
        _ => "write one `key: value` for each field",
    };
    Diagnostic::error(Code("S01"), span, message).help(help)
}
