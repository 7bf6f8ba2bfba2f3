//! Everything a folder of records says: first as read, then with every reference resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

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

/// The records, with an index of every id.
#[derive(Debug, Default)]
pub struct Registry {
    /// The records.
    pub records: Records,
    /// Position of each incident by id.
    pub incident_index: BTreeMap<String, usize>,
    /// Position of each gate by id.
    pub gate_index: BTreeMap<String, usize>,
    backlinks: OnceLock<Vec<BTreeSet<usize>>>,
    facets: OnceLock<Facets>,
}

impl Registry {
    /// The records, and where each id is found among them.
    pub fn new(
        records: Records,
        incident_index: BTreeMap<String, usize>,
        gate_index: BTreeMap<String, usize>,
    ) -> Registry {
        Registry { records, incident_index, gate_index, ..Registry::default() }
    }

    /// The incident with an id.
    pub fn incident(&self, id: &str) -> Option<&Incident> {
        self.incident_index.get(id).map(|at| &self.records.incidents[*at])
    }

    /// The gate with an id.
    pub fn gate(&self, id: &str) -> Option<&Gate> {
        self.gate_index.get(id).map(|at| &self.records.gates[*at])
    }

    /// What the cases are gathered by; worked out when first asked for, as pages ask and a linter does not.
    pub fn facets(&self) -> &Facets {
        self.facets.get_or_init(|| Facets::gather(&self.records))
    }

    /// The incidents whose fields or text name the one at a place, itself perhaps among them, all by position in
    /// [`Records::incidents`]; worked out when first asked for.
    pub fn backlinks(&self, at: usize) -> &BTreeSet<usize> {
        &self.backlinks.get_or_init(|| self.all_backlinks())[at]
    }

    // Nothing here may run in parallel: a thread that waits in between could be given a page that asks for the same.
    fn all_backlinks(&self) -> Vec<BTreeSet<usize>> {
        let mut back = vec![BTreeSet::new(); self.records.incidents.len()];
        for (from, incident) in self.records.incidents.iter().enumerate() {
            for id in incident.named_incidents() {
                if let Some(to) = self.incident_index.get(id) {
                    back[*to].insert(from);
                }
            }
        }
        back
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
