//! Registry to verdicts: pure functions, no I/O, no clock. This is the claim the product stands on.

mod change;
mod status;
mod table;
mod verdict;

use rayon::prelude::*;

use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Registry, Verdicts};

pub use change::{MOST_SETS, changes};
pub use status::{STATUS_TABLE, StatusRow, origin, statuses};
pub use table::{TABLE, TABLE_VERSION, decide};
pub use verdict::judgement;

/// What the evidence says of every incident, in the order of the registry.
pub fn verdicts(registry: &Registry) -> Verdicts {
    let records = &registry.records;
    let derive = |incident: &Incident| {
        let statuses = incident.assumed.clone().unwrap_or_else(|| status::statuses(incident));
        let judgements =
            records.gates.iter().map(|gate| verdict::judgement(incident, gate, &statuses)).collect();
        Derivation { statuses, judgements }
    };
    Verdicts { derivations: records.incidents.par_iter().map(derive).collect() }
}
