//! How far its sources carry a statement: the table of statuses, first row that fits.

use crate::model::id::Slug;
use crate::model::incident::Incident;
use crate::model::statement::{Citation, Interest, Read, Source, Statement, Status, Tier};
use crate::model::table::Table;

/// The status of every statement, in the order of [`Incident::statements`].
pub fn statuses(incident: &Incident) -> Vec<Status> {
    incident.statements().map(|statement| status(statement, &incident.sources)).collect()
}

/// One row of the table of statuses: the first whose test fits gives the status.
pub struct StatusRow {
    /// The status.
    pub status: Status,
    /// The rule in words, as the page on the method prints it.
    pub rule: &'static str,
    fits: fn(&Support<'_>) -> bool,
}

/// The table. A source of tier D supports nothing and stands against nothing.
pub const STATUS_TABLE: [StatusRow; 7] = [
    StatusRow {
        status: Status::Unknown,
        rule: "No source supports it; one of tier D supports nothing.",
        fits: |support| support.best.is_none(),
    },
    StatusRow {
        status: Status::Disputed,
        rule: "A source at most one tier below the best supporting one says otherwise.",
        fits: |support| support.is_disputed(),
    },
    StatusRow {
        status: Status::Asserted,
        rule: "No supporting source is of tier A or B.",
        fits: |support| support.strong.is_empty(),
    },
    StatusRow {
        status: Status::Reported,
        rule: "Every supporting source of tier A or B was read as somebody's summary of it.",
        fits: |support| support.strong.iter().all(|(_, source)| source.read.value == Read::Digest),
    },
    StatusRow {
        status: Status::Established,
        rule: "A source of tier A supports it, or one of tier A or B concedes it against its own interest.",
        fits: |support| support.best == Some(Tier::A) || support.is_conceded(),
    },
    StatusRow {
        status: Status::Corroborated,
        rule: "Supporting sources of tier A or B have two origins or more.",
        fits: |support| support.has_two_origins(),
    },
    StatusRow { status: Status::Reported, rule: "Otherwise: one origin.", fits: |_| true },
];

/// The status of one statement, given the sources of its record: the first row of the table that fits.
pub(super) fn status(statement: &Statement, sources: &Table<Source>) -> Status {
    let support = Support::of(statement, sources);
    let row = STATUS_TABLE.iter().find(|row| (row.fits)(&support));
    row.expect("the last row always fits").status
}

/// What carries a statement.
struct Support<'a> {
    statement: &'a Statement,
    sources: &'a Table<Source>,
    /// The tier of the best supporting source.
    best: Option<Tier>,
    /// The supporting sources of tier A or B.
    strong: Vec<(&'a Slug, &'a Source)>,
}

impl<'a> Support<'a> {
    fn of(statement: &'a Statement, sources: &'a Table<Source>) -> Support<'a> {
        let mut strong = cited(&statement.sources, sources);
        let best = strong.iter().map(|(_, source)| source.kind.value.tier()).min();
        strong.retain(|(_, source)| source.kind.value.tier() <= Tier::B);
        Support { statement, sources, best, strong }
    }

    fn is_disputed(&self) -> bool {
        let against = cited(&self.statement.contradicted_by, self.sources);
        self.best.is_some_and(|best| against.iter().any(|(_, source)| stands_against(source, best)))
    }

    fn is_conceded(&self) -> bool {
        let conceded = |id: &Slug| self.statement.conceded_by.iter().any(|by| by.value == *id);
        self.strong.iter().any(|(id, source)| source.interest == Interest::Subject && conceded(id))
    }

    fn has_two_origins(&self) -> bool {
        let mut origins = self.strong.iter().map(|(id, _)| origin(id, self.sources));
        let first = origins.next();
        origins.any(|other| Some(other) != first)
    }
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

/// Who knows: follows `origin` from source to source until it ends at a source or an organisation. Sources that name
/// each other in a circle have one origin, the first of them by id: none of them knows it by itself.
pub fn origin<'a>(id: &'a str, sources: &'a Table<Source>) -> &'a str {
    let mut at = id;
    for _ in 0..sources.len() {
        match named_by(at, sources) {
            Some(next) => at = next,
            None => return at,
        }
    }
    // As many hops as there are sources lead nowhere but around a circle.
    let circle = std::iter::successors(Some(at), |at| named_by(at, sources)).take(sources.len());
    circle.min().unwrap_or(at)
}

/// The origin that a source names, if it names another one.
fn named_by<'a>(id: &str, sources: &'a Table<Source>) -> Option<&'a str> {
    let origin = &*sources.get(id)?.origin.as_ref()?.value;
    (origin != id && !origin.is_empty()).then_some(origin)
}
