//! A case as lists show it: its line among others, and its one leading verdict.

use serde::Serialize;

use crate::explain;
use crate::model::incident::{Kind, RecordStatus};
use crate::model::taxonomy::Vocabulary;
use crate::model::verdict::Judgement;
use crate::render::{Site, view};

/// A record in a list.
#[derive(Serialize)]
pub(super) struct Case<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) summary: &'a str,
    pub(super) occurred: String,
    /// The first day it can mean, for machines and for sorting.
    pub(super) from: String,
    pub(super) severity: u8,
    pub(super) severity_label: &'a str,
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) systems: Vec<&'a str>,
    pub(super) verdicts: Vec<GateVerdict<'a>>,
}

/// A gate and its verdict on a case.
#[derive(Serialize)]
pub(super) struct GateVerdict<'a> {
    pub(super) gate: &'a str,
    pub(super) name: &'a str,
    pub(super) verdict: &'static str,
    pub(super) words: &'static str,
}

/// The record at a position, as a list shows it.
pub(super) fn case<'a>(site: &Site<'a>, at: usize) -> Case<'a> {
    let (registry, derivation) = (site.registry, &site.verdicts.derivations[at]);
    let incident = &registry.records.incidents[at];
    let taxonomy = &registry.records.taxonomy;
    let verdict = |judgement: &'a Judgement| GateVerdict {
        gate: &judgement.gate,
        name: view::gate_name(site, &judgement.gate),
        verdict: judgement.verdict.id(),
        words: judgement.verdict.words(),
    };
    Case {
        id: &incident.handle,
        title: incident.title.as_str(),
        summary: incident.summary.as_str(),
        occurred: incident.occurred.value.words(),
        from: incident.occurred.value.from.to_string(),
        severity: incident.severity.value,
        severity_label: taxonomy.severity_label(incident.severity.value),
        kind: kind(incident.kind.value),
        status: record_status(incident.status.value),
        systems: incident.systems.iter().map(|id| taxonomy.name(Vocabulary::Systems, &id.value)).collect(),
        verdicts: explain::shown(incident, derivation).into_iter().map(verdict).collect(),
    }
}

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Incident => "Incident",
        Kind::NearMiss => "Near miss",
        Kind::Demonstration => "Demonstration",
    }
}

pub(super) fn record_status(status: RecordStatus) -> &'static str {
    match status {
        RecordStatus::Published => "published",
        RecordStatus::Draft => "draft",
        RecordStatus::Disputed => "disputed",
        RecordStatus::Withdrawn => "withdrawn",
        RecordStatus::Merged => "merged",
    }
}
