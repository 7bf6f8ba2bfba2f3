//! One record as JSON: what its file says, and what the evidence says of it.

use serde::Serialize;

use crate::export::derivation::{self, Derived};
use crate::model::body;
use crate::model::incident::{Incident, IncidentFields};
use crate::model::registry::{Derivation, Registry};

/// The name and version of this shape; the number rises when a reader of the old one would be misled.
const RECORD_FORMAT: &str = "incident-registry/incident@1";

/// A record and its derivation.
#[derive(Serialize)]
struct Record<'a> {
    format: &'static str,
    #[serde(rename = "record")]
    fields: &'a IncidentFields,
    body: Vec<Section<'a>>,
    derivation: Derived<'a>,
}

#[derive(Serialize)]
struct Section<'a> {
    heading: &'a str,
    markdown: &'a str,
}

/// The bytes of the file.
pub(super) fn json(
    registry: &Registry,
    incident: &Incident,
    derivation: &Derivation,
) -> anyhow::Result<Vec<u8>> {
    let sections = incident.body.sections.iter();
    let record = Record {
        format: RECORD_FORMAT,
        fields: &incident.fields,
        body: sections.map(section).collect(),
        derivation: derivation::derivation(registry, incident, derivation, None),
    };
    let mut bytes = serde_json::to_vec(&record)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn section(section: &body::Section) -> Section<'_> {
    Section { heading: section.heading.as_str(), markdown: section.markdown.trim() }
}
