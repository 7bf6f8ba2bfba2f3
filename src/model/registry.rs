//! Everything a folder of records says: first as read, then with every reference resolved.

use std::collections::BTreeMap;

use crate::files::{FileId, Span};
use crate::model::allow::Allow;
use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::facet::Facets;
use crate::model::gate::Gate;
use crate::model::id::IncidentId;
use crate::model::incident::Incident;
use crate::model::links::LinkReport;
use crate::model::statement::Status;
use crate::model::taxonomy::Taxonomy;
use crate::model::verdict::Judgement;

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerEntry {
    /// A number that was minted, and when.
    Minted(IncidentId, Date),
    /// Numbers held back, first and last.
    Reserved(IncidentId, IncidentId),
}

/// `incidents/ids.lock`: every number that was ever minted.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Its file, if there is one.
    pub file: Option<FileId>,
    /// Its lines that could be read, with their place.
    pub entries: Vec<(LedgerEntry, Span)>,
    /// Whether a line could not be read, so that what is not in it may still have been minted.
    pub misshapen: bool,
}

impl Ledger {
    /// The line that minted an id.
    pub fn minted(&self, id: &str) -> Option<(Date, Span)> {
        self.entries.iter().find_map(|(entry, span)| match entry {
            LedgerEntry::Minted(minted, date) if **minted == *id => Some((*date, *span)),
            _ => None,
        })
    }
}

/// The records of a registry as read, in the order of their files.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// `registry.toml`.
    pub config: Config,
    /// The vocabularies.
    pub taxonomy: Taxonomy,
    /// The gates.
    pub gates: Vec<Gate>,
    /// The incidents, drafts among them.
    pub incidents: Vec<Incident>,
    /// The ledger.
    pub ledger: Ledger,
    /// What a link checker was answered at the addresses they cite; empty without its report.
    pub links: LinkReport,
    /// The exceptions written in them.
    pub allows: Vec<Allow>,
    /// Files whose content could not be read: their ids exist, nothing else of them is known.
    pub broken: Vec<(FileId, String)>,
}

/// Which records name another one, by position in [`Records::incidents`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlinks {
    /// Records whose `related` names it, or that mention it in their text.
    pub incidents: Vec<usize>,
}

/// The records with every reference resolved.
#[derive(Debug, Default)]
pub struct Registry {
    /// The records.
    pub records: Records,
    /// Position of each incident by id.
    pub incident_index: BTreeMap<String, usize>,
    /// Position of each gate by id.
    pub gate_index: BTreeMap<String, usize>,
    /// The way back, for each incident.
    pub backlinks: Vec<Backlinks>,
    /// What the cases are gathered by.
    pub facets: Facets,
}

impl Registry {
    /// The incident with an id.
    pub fn incident(&self, id: &str) -> Option<&Incident> {
        self.incident_index.get(id).map(|at| &self.records.incidents[*at])
    }

    /// The gate with an id.
    pub fn gate(&self, id: &str) -> Option<&Gate> {
        self.gate_index.get(id).map(|at| &self.records.gates[*at])
    }

    /// Whether a record was meant to have this id, even if its file could not be read.
    pub fn knows_incident(&self, id: &str) -> bool {
        self.incident_index.contains_key(id) || self.records.broken.iter().any(|(_, stem)| stem == id)
    }
}

/// What the evidence says of one incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    /// Status of each statement, in the order of [`Incident::statements`].
    pub statuses: Vec<Status>,
    /// One judgement per gate, in the order of [`Records::gates`].
    pub judgements: Vec<Judgement>,
}

impl Derivation {
    /// The judgement on a gate.
    pub fn judgement(&self, gate: &str) -> Option<&Judgement> {
        self.judgements.iter().find(|judgement| &*judgement.gate == gate)
    }

    /// The status of a statement of that incident.
    pub fn status(&self, incident: &Incident, id: &str) -> Option<Status> {
        let at = incident.statements().position(|statement| &*statement.id.value == id)?;
        self.statuses.get(at).copied()
    }
}

/// What the evidence says of every incident, in the order of [`Records::incidents`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// One derivation per incident.
    pub derivations: Vec<Derivation>,
}
