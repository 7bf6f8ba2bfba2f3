//! How far its sources carry a statement: the table of statuses, first row that fits.

use crate::model::id::Slug;
use crate::model::incident::Incident;
use crate::model::statement::{Citation, Interest, Read, Source, Statement, Status, Tier};
use crate::model::table::Table;

/// The status of every statement, in the order of [`Incident::statements`].
pub fn statuses(incident: &Incident) -> Vec<Status> {
    incident.statements().map(|statement| status(statement, &incident.sources)).collect()
}

/// The status of one statement, given the sources of its record. The first row that fits decides:
///
/// | status | rule |
/// |---|---|
/// | unknown | no supporting source (a source of tier D supports nothing) |
/// | disputed | contradicted by a source at most one tier below the best supporting one |
/// | asserted | no supporting source of tier A or B |
/// | reported | every supporting source of tier A or B was read as a digest |
/// | established | a source of tier A, or conceded by a source of tier A or B against its own interest |
/// | corroborated | sources of tier A or B with two origins or more |
/// | reported | otherwise |
pub(super) fn status(statement: &Statement, sources: &Table<Source>) -> Status {
    let supporting = cited(&statement.sources, sources);
    let Some(best) = supporting.iter().map(|(_, source)| source.kind.value.tier()).min() else {
        return Status::Unknown;
    };
    if cited(&statement.contradicted_by, sources).iter().any(|(_, source)| stands_against(source, best)) {
        return Status::Disputed;
    }
    let strong: Vec<_> =
        supporting.into_iter().filter(|(_, source)| source.kind.value.tier() <= Tier::B).collect();
    if strong.is_empty() {
        return Status::Asserted;
    }
    if strong.iter().all(|(_, source)| source.read.value == Read::Digest) {
        return Status::Reported;
    }
    let conceded = |id: &Slug, source: &Source| {
        source.interest == Interest::Subject && statement.conceded_by.iter().any(|by| by.value == *id)
    };
    if best == Tier::A || strong.iter().any(|(id, source)| conceded(id, source)) {
        return Status::Established;
    }
    let first = strong.first().map(|(id, _)| origin(id, sources));
    if strong.iter().any(|(id, _)| Some(origin(id, sources)) != first) {
        return Status::Corroborated;
    }
    Status::Reported
}

/// The sources that a list of citations names and that can carry anything.
fn cited<'a>(citations: &'a [Citation], sources: &'a Table<Source>) -> Vec<(&'a Slug, &'a Source)> {
    let find = |citation: &'a Citation| Some((&citation.source.value, sources.get(&citation.source.value)?));
    citations.iter().filter_map(find).filter(|(_, source)| source.kind.value.tier() < Tier::D).collect()
}

/// Whether a contradicting source weighs enough: at most one tier below the best supporting one.
fn stands_against(source: &Source, best: Tier) -> bool {
    match best {
        Tier::A => source.kind.value.tier() <= Tier::B,
        Tier::B | Tier::C | Tier::D => source.kind.value.tier() <= Tier::C,
    }
}

/// Who knows: follows `origin` from source to source until it ends at a source or an organisation.
pub fn origin<'a>(id: &'a str, sources: &'a Table<Source>) -> &'a str {
    let mut id = id;
    // A chain that comes back to itself ends after as many hops as there are sources.
    for _ in 0..sources.len() {
        match sources.get(id).and_then(|source| source.origin.as_ref()) {
            Some(next) if &*next.value != id && !next.value.is_empty() => id = &next.value,
            _ => break,
        }
    }
    id
}
