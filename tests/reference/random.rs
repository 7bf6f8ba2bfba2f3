//! Random records and gates: sources of every kind, statements that cite what is there and what is not, paths with
//! every entry; printed as few readable lines.

use std::fmt::{self, Debug, Formatter};

use incident_registry::files::{FileId, Span, Spanned};
use incident_registry::model::body::Body;
use incident_registry::model::gate::{Fails, Gate, GateFields, Receipt};
use incident_registry::model::id::{IncidentId, Slug, StatementId};
use incident_registry::model::incident::{Incident, IncidentFields, Losses, Mapping};
use incident_registry::model::path::{Harm, Step};
use incident_registry::model::statement::{
    Citation, Interest, Read, Source, SourceKind, Sourcing, Statement, StatementRefs,
};
use incident_registry::model::table::{OneOrMany, Table};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const BOUNDARIES: [&str; 4] = ["b0", "b1", "b2", "b3"];
const ACTIONS: [&str; 3] = ["write", "delete", "merge"];
const GATES: [&str; 3] = ["g0", "g1", "g2"];
/// How many ids there are; a record leaves out the last and now and then another, so that some lead nowhere.
const SOURCES: usize = 8;
const STATEMENTS: usize = 10;

// Parts of a record, by hand.

pub(crate) fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

pub(crate) fn slug(text: &str) -> Spanned<Slug> {
    spanned(Slug::new(text).expect("a slug"))
}

pub(crate) fn statement_id(text: &str) -> Spanned<StatementId> {
    spanned(StatementId::new(text).expect("the id of a statement"))
}

pub(crate) fn refs(ids: &[&str]) -> StatementRefs {
    OneOrMany(ids.iter().map(|id| statement_id(id)).collect())
}

pub(crate) fn citation(source: &str) -> Citation {
    Citation { source: slug(source), ..Citation::default() }
}

/// A source that was read in the original, has its own knowledge and nothing at stake.
pub(crate) fn source(kind: SourceKind) -> Source {
    Source {
        title: spanned(String::new()),
        publisher: spanned(String::new()),
        url: spanned(String::new()),
        published: None,
        kind: spanned(kind),
        sourcing: Sourcing::Named,
        origin: None,
        interest: Interest::None,
        archive: None,
        read: spanned(Read::Original),
        read_at: None,
    }
}

pub(crate) fn statement(id: &str, sources: &[&str]) -> Statement {
    Statement {
        id: statement_id(id),
        text: spanned(String::new()),
        sources: sources.iter().map(|id| citation(id)).collect(),
        contradicted_by: Vec::new(),
        counter: None,
        conceded_by: Vec::new(),
        looked_in: Vec::new(),
        looked_on: None,
    }
}

pub(crate) fn step(action: &str) -> Step {
    Step {
        step: slug("step"),
        text: None,
        actor: None,
        action: slug(action),
        evidence: StatementRefs::default(),
        environment: Table::default(),
        crosses: Table::default(),
        avoids: Table::default(),
        approved: None,
        not_approved: None,
        defeats: Table::default(),
        only_route: None,
        other_route: None,
        harm: None,
    }
}

pub(crate) fn gate(id: &str, boundaries: &[&str], covers: &[&str], fails: Fails) -> Gate {
    let fields = GateFields {
        id: slug(id),
        name: spanned(String::new()),
        version: spanned(1),
        boundaries: boundaries.iter().map(|id| slug(id)).collect(),
        covers: covers.iter().map(|id| slug(id)).collect(),
        receipt: Receipt { binds: Vec::new(), signed: true, expires: true, single_use: true },
        fails,
        still_needs: Vec::new(),
        limits: Vec::new(),
        first_step: spanned(String::new()),
        implementations: Vec::new(),
    };
    Gate {
        file: FileId::default(),
        fields,
        body: Body::default(),
        span: Span::default(),
        misshapen: Vec::new(),
    }
}

pub(crate) fn mapping(gate: &str) -> Mapping {
    Mapping {
        gate: slug(gate),
        verdict: None,
        note: None,
        enforced_at: None,
        still_needs: None,
        receipt_for: None,
    }
}

pub(crate) fn incident(
    sources: Vec<(String, Source)>,
    verified: Vec<Statement>,
    path: Vec<Step>,
) -> Incident {
    let handle = IncidentId::new("APM-9999").expect("the id of an incident");
    let fields = IncidentFields {
        id: spanned(handle.clone()),
        title: spanned(String::new()),
        kind: Spanned::default(),
        status: Spanned::default(),
        withdrawn: None,
        merged: None,
        occurred: Spanned::default(),
        disclosed: None,
        filed: None,
        updated: None,
        severity: spanned(1),
        potential_severity: None,
        severity_basis: Vec::new(),
        systems: Vec::new(),
        operators: Vec::new(),
        impacts: Vec::new(),
        factors: Table::default(),
        autonomy: None,
        losses: Losses::default(),
        summary: spanned(String::new()),
        sources: sources.into_iter().map(|(id, source)| (slug(&id), source)).collect(),
        further_reading: Vec::new(),
        verified,
        unconfirmed: Vec::new(),
        path,
        gates: Vec::new(),
        timeline: Vec::new(),
        lessons: Vec::new(),
        responses: Vec::new(),
        corrections: Vec::new(),
        aliases: Table::default(),
        related: Vec::new(),
        attribution: None,
        body: None,
    };
    Incident {
        file: FileId::default(),
        handle,
        fields,
        body: Body::default(),
        span: Span::default(),
        misshapen: Vec::new(),
        assumed: None,
    }
}

// Parts of a record, at random.

fn source_id() -> impl Strategy<Value = String> {
    (0..SOURCES).prop_map(|at| format!("s{at}"))
}

/// The source itself, another one (or itself by name, or one that is not there), an organisation.
fn origin() -> impl Strategy<Value = Option<Spanned<Slug>>> {
    prop_oneof![
        5 => Just(None),
        3 => source_id().prop_map(|id| Some(slug(&id))),
        1 => select(vec!["acme", "globex"]).prop_map(|id| Some(slug(id))),
    ]
}

/// Any source that a record can hold.
pub(crate) fn any_source() -> impl Strategy<Value = Source> {
    let read = prop_oneof![3 => Just(Read::Original), 1 => Just(Read::Copy), 2 => Just(Read::Digest)];
    let interest = prop_oneof![
        3 => Just(Interest::None),
        3 => Just(Interest::Subject),
        1 => select(vec![Interest::GateVendor, Interest::Competitor, Interest::Litigant]),
    ];
    let sourcing = select(vec![Sourcing::Named, Sourcing::Anonymous, Sourcing::Document]);
    // Tier B as often again, so that origins decide more often.
    let tier_b = SourceKind::ALL[3..7].to_vec();
    let kind = prop_oneof![3 => select(SourceKind::ALL.to_vec()), 2 => select(tier_b)];
    (kind, read, origin(), interest, sourcing).prop_map(|(kind, read, origin, interest, sourcing)| Source {
        read: spanned(read),
        origin,
        interest,
        sourcing,
        ..source(kind)
    })
}

/// Nobody concedes, all of its sources do, some that may not be among them do.
fn concessions() -> impl Strategy<Value = Option<Vec<String>>> {
    prop_oneof![
        4 => Just(Some(Vec::new())),
        1 => Just(None),
        1 => vec(source_id(), 1..=2).prop_map(Some),
    ]
}

/// Any statement, by an id to be given.
pub(crate) fn any_statement() -> impl Strategy<Value = Statement> {
    let sources = prop_oneof![1 => vec(source_id(), 0..=3), 2 => vec(source_id(), 3..=5)];
    let contradictions = prop_oneof![5 => Just(Vec::new()), 1 => vec(source_id(), 1..=2)];
    (sources, contradictions, concessions()).prop_map(|(sources, contradictions, concessions)| {
        let conceding = concessions.unwrap_or_else(|| sources.clone());
        Statement {
            sources: sources.iter().map(|id| citation(id)).collect(),
            contradicted_by: contradictions.iter().map(|id| citation(id)).collect(),
            conceded_by: conceding.iter().map(|id| slug(id)).collect(),
            ..statement("f0", &[])
        }
    })
}

/// One statement, or a few.
fn some_refs() -> impl Strategy<Value = StatementRefs> {
    vec(0..STATEMENTS, 1..=3)
        .prop_map(|ids| OneOrMany(ids.iter().map(|at| statement_id(&format!("f{at}"))).collect()))
}

/// An entry that is written this often.
fn entry(share: f64) -> impl Strategy<Value = Option<StatementRefs>> {
    option::weighted(share, some_refs())
}

/// A table over these ids, each of which is written this often.
fn entries(ids: &'static [&'static str], share: f64) -> impl Strategy<Value = Table<StatementRefs>> {
    vec(entry(share), ids.len())
        .prop_map(|refs| ids.iter().zip(refs).filter_map(|(id, refs)| Some((slug(id), refs?))).collect())
}

fn harm() -> impl Strategy<Value = Option<Spanned<Harm>>> {
    prop_oneof![
        1 => Just(None),
        4 => some_refs().prop_map(|it| Some(spanned(Harm { all: Some(it), ..Harm::default() }))),
        4 => some_refs().prop_map(|it| Some(spanned(Harm { some: Some(it), ..Harm::default() }))),
        2 => some_refs().prop_map(|it| Some(spanned(Harm { none: Some(it), ..Harm::default() }))),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    let action = prop_oneof![6 => select(ACTIONS.to_vec()), 1 => Just("answer")];
    let evidence = prop_oneof![1 => Just(StatementRefs::default()), 9 => some_refs()];
    let avoids = prop_oneof![4 => entries(&BOUNDARIES, 0.1), 1 => entries(&BOUNDARIES, 0.9)];
    let approved = prop_oneof![
        5 => (Just(None), entry(0.9)),
        1 => (entry(0.9), Just(None)),
        1 => (entry(0.8), entry(0.8)),
    ];
    let route = prop_oneof![
        5 => (entry(0.9), Just(None)),
        2 => (Just(None), entry(0.9)),
        1 => (entry(0.8), entry(0.8)),
    ];
    let rest = (approved, entries(&GATES, 0.1), route, harm());
    (action, evidence, entries(&BOUNDARIES, 0.6), avoids, rest).prop_map(
        |(action, evidence, crosses, avoids, rest)| {
            let ((approved, not_approved), defeats, (only_route, other_route), harm) = rest;
            Step {
                evidence,
                crosses,
                avoids,
                approved,
                not_approved,
                defeats,
                only_route,
                other_route,
                harm,
                ..step(action)
            }
        },
    )
}

fn any_gate(id: &'static str) -> impl Strategy<Value = Gate> {
    let boundaries = subsequence(BOUNDARIES.to_vec(), 1..=3);
    let covers = subsequence(ACTIONS.to_vec(), 1..=3);
    let fails = prop_oneof![3 => Just(Fails::Closed), 1 => Just(Fails::Open)];
    (boundaries, covers, fails)
        .prop_map(move |(boundaries, covers, fails)| gate(id, &boundaries, &covers, fails))
}

/// A record, and three gates to judge it by.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) incident: Incident,
    pub(crate) gates: Vec<Gate>,
}

pub(crate) fn any_case() -> impl Strategy<Value = Case> {
    let record = (
        vec(option::weighted(0.9, any_source()), SOURCES - 1),
        vec(option::weighted(0.9, any_statement()), STATEMENTS - 1),
        0..STATEMENTS,
        vec(any_step(), 0..=4),
        subsequence(GATES.to_vec(), 0..=2),
    );
    let gates = (any_gate("g0"), any_gate("g1"), any_gate("g2"));
    (record, gates).prop_map(|((sources, statements, confirmed, path, mapped), gates)| {
        let sources = (0..).zip(sources).filter_map(|(at, it)| Some((format!("s{at}"), it?)));
        let id = |at: i32| statement_id(&format!("f{at}"));
        let statements = (0..).zip(statements).filter_map(|(at, it)| Some(Statement { id: id(at), ..it? }));
        let mut verified: Vec<_> = statements.collect();
        let unconfirmed = verified.split_off(confirmed.min(verified.len()));
        let path = (0..).zip(path).map(|(at, it)| Step { step: slug(&format!("step{at}")), ..it }).collect();
        let mut incident = incident(sources.collect(), verified, path);
        incident.fields.unconfirmed = unconfirmed;
        incident.fields.gates = mapped.into_iter().map(mapping).collect();
        Case { incident, gates: vec![gates.0, gates.1, gates.2] }
    })
}

// How a record is shown.

fn ids<'a>(name: &str, ids: impl Iterator<Item = &'a str>) -> String {
    let ids: Vec<_> = ids.collect();
    if ids.is_empty() { String::new() } else { format!(", {name}: [{}]", ids.join(", ")) }
}

fn entry_text(name: &str, refs: Option<&StatementRefs>) -> String {
    ids(name, refs.into_iter().flat_map(|list| list.iter()).map(|id| &*id.value))
}

fn table_text(name: &str, table: &Table<StatementRefs>) -> String {
    table.iter().map(|(key, refs)| entry_text(&format!("{name} {}", key.value), Some(refs))).collect()
}

fn source_text(id: &str, source: &Source) -> String {
    let read =
        Some(format!(", read: {:?}", source.read.value)).filter(|_| source.read.value != Read::Original);
    let origin = source.origin.as_ref().map(|origin| format!(", origin: {}", origin.value));
    let interest =
        Some(format!(", interest: {:?}", source.interest)).filter(|_| source.interest != Interest::None);
    let rest: String = [read, origin, interest].into_iter().flatten().collect();
    format!("  {id}: {}{}", source.kind.value.id(), rest.to_lowercase())
}

fn statement_text(statement: &Statement) -> String {
    let cited = |name, list: &[Citation]| ids(name, list.iter().map(|it| &*it.source.value));
    let entries = [
        cited("sources", &statement.sources),
        cited("contradicted_by", &statement.contradicted_by),
        ids("conceded_by", statement.conceded_by.iter().map(|it| &*it.value)),
    ];
    format!("  {}: {{{}}}", statement.id.value, entries.concat().trim_start_matches(", "))
}

fn step_text(step: &Step) -> String {
    let harm = step.harm.as_ref().map(|harm| harm.value.clone()).unwrap_or_default();
    [
        format!("  - {}: {}", step.step.value, step.action.value),
        entry_text("evidence", Some(&step.evidence)),
        table_text("crosses", &step.crosses),
        table_text("avoids", &step.avoids),
        entry_text("approved", step.approved.as_ref()),
        entry_text("not_approved", step.not_approved.as_ref()),
        table_text("defeats", &step.defeats),
        entry_text("only_route", step.only_route.as_ref()),
        entry_text("other_route", step.other_route.as_ref()),
        entry_text("harm all", harm.all.as_ref()),
        entry_text("harm some", harm.some.as_ref()),
        entry_text("harm none", harm.none.as_ref()),
    ]
    .concat()
}

/// The record in a few lines: what decides, and nothing else.
pub(crate) fn record_text(incident: &Incident) -> String {
    let mut lines = vec!["sources:".to_owned()];
    lines.extend(incident.sources.iter().map(|(id, source)| source_text(&id.value, source)));
    lines.push("statements:".to_owned());
    lines.extend(incident.statements().map(statement_text));
    lines.push("path:".to_owned());
    lines.extend(incident.path.iter().map(step_text));
    lines.push(format!("gates mapped: {}", incident.gates.len()));
    lines.extend(incident.gates.iter().map(|it| format!("  {}", it.gate.value)));
    lines.join("\n")
}

pub(crate) fn gate_text(gate: &Gate) -> String {
    format!(
        "gate {}: fails {:?}{}{}",
        gate.id.value,
        gate.fails,
        ids("boundaries", gate.boundaries.iter().map(|it| &*it.value)),
        ids("covers", gate.covers.iter().map(|it| &*it.value)),
    )
}

impl Debug for Case {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\n{}", record_text(&self.incident))?;
        self.gates.iter().try_for_each(|gate| writeln!(f, "{}", gate_text(gate)))
    }
}
