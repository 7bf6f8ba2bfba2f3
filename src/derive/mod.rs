//! Registry to verdicts: pure functions, no I/O, no clock. This is the claim the product stands on.

mod change;
mod status;
mod table;
mod verdict;

use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Registry};

pub use change::{MOST_SETS, changes};
pub use status::{STATUS_TABLE, StatusRow, origin, statuses};
pub use table::{TABLE, TABLE_VERSION, decide};
pub use verdict::judgement;

/// What the evidence says of one incident, and of each gate of the registry in it.
pub fn derivation(incident: &Incident, registry: &Registry) -> Derivation {
    let statuses = incident.assumed.clone().unwrap_or_else(|| status::statuses(incident));
    let gates = registry.records.gates.iter();
    let judgements = gates.map(|gate| verdict::judgement(incident, gate, &statuses)).collect();
    Derivation { statuses, judgements }
}
