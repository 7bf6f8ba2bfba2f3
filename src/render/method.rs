//! How to read the pages: what each status and each verdict means, from the same types that the derivation uses.

use anyhow::Result;
use serde::Serialize;

use crate::explain::{self, Method};
use crate::model::statement::{SourceKind, Status, Tier};
use crate::model::verdict::{Condition, Verdict};
use crate::render::Site;

#[derive(Serialize)]
struct Page<'a> {
    tiers: Vec<TierRow<'a>>,
    statuses: Vec<Word>,
    conditions: Vec<ConditionRow>,
    verdicts: Vec<Word>,
    /// Both tables, as the code runs them.
    tables: Method,
}

/// A tier and the kinds of source that belong to it.
#[derive(Serialize)]
struct TierRow<'a> {
    letter: char,
    kinds: Vec<&'a str>,
}

/// A word that pages use, and what it means.
#[derive(Serialize)]
struct Word {
    id: &'static str,
    name: &'static str,
    meaning: &'static str,
    /// Whether a statement of this status counts as known.
    known: bool,
}

#[derive(Serialize)]
struct ConditionRow {
    label: &'static str,
    holds: &'static str,
}

pub(super) fn page(site: &Site<'_>) -> Result<Vec<u8>> {
    let status = |it: &Status| Word {
        id: it.word(),
        name: it.word(),
        meaning: it.meaning(),
        known: it.strength().is_some(),
    };
    let verdict = |it: &Verdict| Word { id: it.id(), name: it.words(), meaning: it.meaning(), known: true };
    let condition = |it: &Condition| ConditionRow { label: explain::label(*it), holds: it.words() };
    let page = Page {
        tiers: Tier::ALL.iter().map(|tier| tier_row(site, *tier)).collect(),
        statuses: Status::ALL.iter().map(status).collect(),
        conditions: Condition::ALL.iter().map(condition).collect(),
        verdicts: Verdict::ALL.iter().map(verdict).collect(),
        tables: explain::method(),
    };
    site.page("method/index.html", "method.html", &page)
}

fn tier_row<'a>(site: &Site<'a>, tier: Tier) -> TierRow<'a> {
    let name = |kind: SourceKind| site.registry.records.taxonomy.source_kind_name(kind);
    let kinds = SourceKind::ALL.into_iter().filter(|kind| kind.tier() == tier);
    TierRow { letter: tier.letter(), kinds: kinds.map(name).collect() }
}
