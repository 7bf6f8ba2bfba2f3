//! The decision table as JSON: its rows, the conditions, the order of verdicts and the phrases of the sentences, so that
//! a script runs what the program runs.

use serde::Serialize;

use crate::derive;
use crate::explain::{self, Phrases};
use crate::model::change::Settled;
use crate::model::decision::TableRow;
use crate::model::statement::Status;
use crate::model::verdict::{Condition, Verdict};

/// The name and version of this shape; the number rises when a reader of the old one would be misled.
const TABLE_FORMAT: &str = "incident-registry/decision-table@1";

#[derive(Serialize)]
struct Data {
    format: &'static str,
    /// The version that every verdict names.
    version: u32,
    /// The first row whose test fits gives the verdict of a step; of several steps the best verdict counts.
    rows: &'static [TableRow],
    conditions: Vec<ConditionData>,
    /// The best first.
    verdicts: Vec<VerdictData>,
    statuses: Vec<StatusData>,
    /// What a reader's own settling counts as.
    settled_as: &'static str,
    phrases: Phrases,
}

#[derive(Serialize)]
struct ConditionData {
    id: &'static str,
    label: &'static str,
    /// How a reader may settle it.
    values: &'static [Settled],
}

#[derive(Serialize)]
struct VerdictData {
    id: &'static str,
    words: &'static str,
}

#[derive(Serialize)]
struct StatusData {
    id: &'static str,
    /// Absent where it counts as unknown.
    strength: Option<u8>,
}

/// The bytes of the file.
pub(super) fn json() -> anyhow::Result<Vec<u8>> {
    let condition =
        |it: &Condition| ConditionData { id: it.id(), label: explain::label(*it), values: Settled::of(*it) };
    let data = Data {
        format: TABLE_FORMAT,
        version: derive::TABLE_VERSION,
        rows: &derive::TABLE,
        conditions: Condition::ALL.iter().map(condition).collect(),
        verdicts: Verdict::ALL.iter().map(|it| VerdictData { id: it.id(), words: it.words() }).collect(),
        statuses: Status::ALL
            .iter()
            .map(|it| StatusData { id: it.word(), strength: it.strength() })
            .collect(),
        settled_as: Status::Corroborated.word(),
        phrases: explain::phrases(),
    };
    let mut bytes = serde_json::to_vec(&data)?;
    bytes.push(b'\n');
    Ok(bytes)
}
