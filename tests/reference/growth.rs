//! What is added to a record: a further source or statement that speaks for the gate never lowers its verdict, and
//! one that speaks against it may.

use incident_registry::derive;
use incident_registry::model::gate::{Fails, Gate};
use incident_registry::model::incident::Incident;
use incident_registry::model::path::{Harm, Step};
use incident_registry::model::statement::{
    Interest, Read, Source, SourceKind, Statement, StatementRefs, Status,
};
use incident_registry::model::table::{OneOrMany, Table};
use incident_registry::model::verdict::Verdict;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::evaluator::{rank, strength};
use crate::random::{
    any_case, any_source, any_statement, citation, gate, gate_text, incident, record_text, refs, slug,
    source, spanned, statement, statement_id, step,
};

fn verdict(incident: &Incident, gate: &Gate) -> Verdict {
    derive::judgement(incident, gate, &derive::statuses(incident)).verdict
}

/// The entries of a step that speak against a gate. Another route speaks against it only where the record also says
/// that there is none: what is not the only route and what is not known to be count the same.
fn against<'a>(step: &'a Step, gate: &Gate) -> Vec<&'a StatementRefs> {
    let mut entries: Vec<_> = gate.boundaries.iter().filter_map(|it| step.avoids.get(&it.value)).collect();
    entries.extend(step.approved.as_ref());
    entries.extend(step.defeats.get(&gate.id.value));
    entries.extend(step.harm.as_ref().and_then(|harm| harm.value.none.as_ref()));
    entries.extend(step.only_route.as_ref().and(step.other_route.as_ref()));
    entries
}

fn speaks_against(incident: &Incident, gate: &Gate, statement: &Statement) -> bool {
    let covered = |step: &&Step| gate.covers.iter().any(|it| it.value == step.action.value);
    let mut entries = incident.path.iter().filter(covered).flat_map(|step| against(step, gate));
    entries.any(|entry| entry.iter().any(|id| id.value == statement.id.value))
}

fn statement_at(incident: &mut Incident, at: usize) -> &mut Statement {
    let verified = incident.fields.verified.len();
    if at < verified {
        &mut incident.fields.verified[at]
    } else {
        &mut incident.fields.unconfirmed[at - verified]
    }
}

/// One more source that the record does not have yet, cited by one statement, which it may also concede.
fn with_source(incident: &Incident, at: usize, new: Source, concedes: bool) -> Incident {
    let mut grown = incident.clone();
    let sources = incident.sources.iter().map(|(id, source)| (id.clone(), source.clone()));
    grown.fields.sources = sources.chain([(slug("new"), new)]).collect();
    let statement = statement_at(&mut grown, at);
    statement.sources.push(citation("new"));
    if concedes {
        statement.conceded_by.push(slug("new"));
    }
    grown
}

fn push(entry: &mut Option<StatementRefs>) {
    entry.get_or_insert_default().0.push(statement_id("n1"));
}

/// One more statement under a key of a table, which may be there already.
fn push_under(table: &Table<StatementRefs>, key: &str) -> Table<StatementRefs> {
    let mut entry = table.get(key).cloned();
    push(&mut entry);
    let others =
        table.iter().filter(|(id, _)| &*id.value != key).map(|(id, refs)| (id.clone(), refs.clone()));
    others.chain(entry.map(|entry| (slug(key), entry))).collect()
}

/// One more statement in one of the entries that speak for a gate; in the harm, only beside what is written there.
fn with_statement(step: &mut Step, entry: usize, boundary: &str) {
    let harm = step.harm.get_or_insert_default();
    match (entry, &mut harm.value) {
        (0, _) => step.evidence.0.push(statement_id("n1")),
        (1, _) => step.crosses = push_under(&step.crosses, boundary),
        (2, _) => push(&mut step.not_approved),
        (3, _) => push(&mut step.only_route),
        (_, Harm { all: Some(all), .. }) => all.0.push(statement_id("n1")),
        (_, Harm { some: Some(some), .. }) => some.0.push(statement_id("n1")),
        (_, Harm { none: Some(_), .. }) => {}
        (4, harm) => push(&mut harm.all),
        (_, harm) => push(&mut harm.some),
    }
}

fn not_lower(before: &Incident, after: &Incident, gate: &Gate) -> Result<(), TestCaseError> {
    let (was, is) = (verdict(before, gate), verdict(after, gate));
    let shown = || format!("{}\nbecame\n{}\n{}", record_text(before), record_text(after), gate_text(gate));
    prop_assert!(rank(is) >= rank(was), "{was:?} became {is:?}:\n{}", shown());
    Ok(())
}

proptest! {
    #![proptest_config(crate::config(2000))]

    /// To any statement, wherever it stands: the order is unknown, disputed, asserted, reported, corroborated,
    /// established.
    #[test]
    fn a_further_source_never_lowers_a_status(
        case in any_case(), new in any_source(), concedes: bool, at: Index,
    ) {
        let before = derive::statuses(&case.incident);
        let Some(last) = before.len().checked_sub(1) else { return Ok(()) };
        let at = at.index(last + 1);
        let grown = with_source(&case.incident, at, new, concedes);
        let after = derive::statuses(&grown);
        for (place, (was, is)) in before.iter().zip(&after).enumerate() {
            let well = if place == at { is >= was } else { is == was };
            prop_assert!(well, "{was:?} became {is:?}:\n{}", record_text(&grown));
        }
    }

    /// To any statement that no entry against this gate names.
    #[test]
    fn a_further_source_for_a_gate_never_lowers_its_verdict(
        case in any_case(), new in any_source(), concedes: bool,
    ) {
        for gate in &case.gates {
            for (at, statement) in case.incident.statements().enumerate() {
                if !speaks_against(&case.incident, gate, statement) {
                    let grown = with_source(&case.incident, at, new.clone(), concedes);
                    not_lower(&case.incident, &grown, gate)?;
                }
            }
        }
    }

    /// To any entry that speaks for the gate, whether it was written before or not.
    #[test]
    fn a_further_statement_for_a_gate_never_lowers_its_verdict(
        case in any_case(), new in any_statement(), entry in 0..6_usize,
    ) {
        let new = Statement { id: statement_id("n1"), ..new };
        for gate in &case.gates {
            for (at, boundary) in (0..case.incident.path.len()).zip(gate.boundaries.iter().cycle()) {
                let mut grown = case.incident.clone();
                grown.fields.verified.push(new.clone());
                with_statement(&mut grown.fields.path[at], entry, &boundary.value);
                not_lower(&case.incident, &grown, gate)?;
            }
        }
    }
}

/// Every kind of source that a status can tell apart, and two that share an origin.
fn pool() -> Vec<(String, Source)> {
    let mut pool = Vec::new();
    let kinds =
        [SourceKind::SecurityAdvisory, SourceKind::News, SourceKind::Analysis, SourceKind::Aggregator];
    for kind in kinds {
        for read in [Read::Original, Read::Digest] {
            for (interest, origin) in
                [(Interest::None, None), (Interest::None, Some("s0")), (Interest::Subject, None)]
            {
                let (read, origin) = (spanned(read), origin.map(slug));
                let id = format!("s{}", pool.len());
                pool.push((id, Source { read, interest, origin, ..source(kind) }));
            }
        }
    }
    pool
}

/// Up to two sources of a pool of 24, contradicted by none or one, and any one of the pool added.
#[test]
fn no_source_lowers_any_status() {
    let pool = pool();
    let ids: Vec<&str> = pool.iter().map(|(id, _)| id.as_str()).collect();
    let mut sets = vec![vec![]];
    for (at, one) in ids.iter().enumerate() {
        sets.push(vec![*one]);
        sets.extend(ids[at + 1..].iter().map(|other| vec![*one, *other]));
    }
    let contradictions = [None, Some("s0"), Some("s6"), Some("s12"), Some("s18")];
    let said = |set: &[&str], contradiction: Option<&str>| {
        let mut said = statement("f1", set);
        said.contradicted_by = contradiction.into_iter().map(citation).collect();
        // Whoever has an interest in the matter concedes it.
        said.conceded_by = ids.iter().map(|id| slug(id)).collect();
        said
    };
    for set in &sets {
        for contradiction in contradictions {
            let more = ids.iter().map(|id| said(&[set.as_slice(), &[*id]].concat(), contradiction));
            let statements = std::iter::once(said(set, contradiction)).chain(more).collect();
            let statuses = derive::statuses(&incident(pool.clone(), statements, Vec::new()));
            for (id, status) in ids.iter().zip(&statuses[1..]) {
                let was = statuses[0];
                assert!(*status >= was, "{set:?} and {id}, against {contradiction:?}: {was:?}, {status:?}");
                assert!(strength(*status) >= strength(was), "{set:?} and {id}, against {contradiction:?}");
            }
        }
    }
}

/// A step with one statement behind each entry for the gate (`f0` to `f4`), and those entries against it that the
/// bits ask for, on a statement that is known (`f5`) or not (`f6`).
fn step_against(harm: usize, bits: usize) -> Step {
    let entry = |bit: usize, id: &str| (bits >> bit & 1 == 1).then(|| refs(&[id]));
    let harm = match harm {
        0 => Harm { all: Some(refs(&["f4"])), ..Harm::default() },
        1 => Harm { some: Some(refs(&["f4"])), ..Harm::default() },
        _ => Harm { none: Some(refs(&["f5"])), ..Harm::default() },
    };
    let defeats = entry(2, "f5").or(entry(3, "f6"));
    Step {
        evidence: refs(&["f0"]),
        crosses: [(slug("b0"), refs(&["f1"]))].into_iter().collect(),
        not_approved: Some(refs(&["f2"])),
        only_route: Some(refs(&["f3"])),
        harm: Some(spanned(harm)),
        avoids: entry(0, "f5").map(|it| (slug("b0"), it)).into_iter().collect(),
        approved: entry(1, "f5"),
        defeats: defeats.map(|it| (slug("g0"), it)).into_iter().collect(),
        other_route: entry(4, "f5"),
        ..step("write")
    }
}

/// Every step of that shape, with every status behind its five entries: one status better is never one verdict worse.
#[test]
fn no_better_status_lowers_any_verdict_of_a_step() {
    let levels = [Status::Unknown, Status::Reported, Status::Corroborated, Status::Established];
    let statements: Vec<_> = (0..7).map(|at| statement(&format!("f{at}"), &[])).collect();
    for (harm, bits) in (0..3).flat_map(|harm| (0..32).map(move |bits| (harm, bits))) {
        let incident = incident(Vec::new(), statements.clone(), vec![step_against(harm, bits)]);
        let fails = if bits == 0 { vec![Fails::Closed, Fails::Open] } else { vec![Fails::Closed] };
        for gate in fails.into_iter().map(|fails| gate("g0", &["b0"], &["write"], fails)) {
            let verdict = |state: usize| {
                let level = |entry: u32| levels[state / 4_usize.pow(entry) % 4];
                let for_it = (0..5).map(level);
                let statuses: Vec<_> = for_it.chain([Status::Established, Status::Unknown]).collect();
                derive::judgement(&incident, &gate, &statuses).verdict
            };
            let verdicts: Vec<_> = (0..1024).map(verdict).collect();
            for (state, entry) in (0..1024).flat_map(|state| (0..5).map(move |entry| (state, entry))) {
                let better = state + 4_usize.pow(entry);
                if state / 4_usize.pow(entry) % 4 < 3 {
                    let (was, is) = (verdicts[state], verdicts[better]);
                    let shown = record_text(&incident);
                    assert!(rank(is) >= rank(was), "{was:?} became {is:?} in state {state}:\n{shown}");
                }
            }
        }
    }
}

/// A step that would be blocked, all of it resting on an advisory.
fn blocked() -> Step {
    Step {
        evidence: refs(&["f1"]),
        crosses: [(slug("b0"), refs(&["f1"]))].into_iter().collect(),
        not_approved: Some(refs(&["f1"])),
        only_route: Some(refs(&["f1"])),
        harm: Some(spanned(Harm { all: Some(refs(&["f1"])), ..Harm::default() })),
        ..step("write")
    }
}

/// The verdicts on one step without and with a news source for `u1`; `f1` is in an advisory.
fn before_and_after(step: &Step) -> (Verdict, Verdict) {
    let gate = gate("g0", &["b0"], &["write"], Fails::Closed);
    let judged = |sources: &[&str]| {
        let named = |id: &str, kind| (id.to_owned(), source(kind));
        let sources_of_record =
            vec![named("advisory", SourceKind::SecurityAdvisory), named("news", SourceKind::News)];
        let statements = vec![statement("f1", &["advisory"]), statement("u1", sources)];
        verdict(&incident(sources_of_record, statements, vec![step.clone()]), &gate)
    };
    (judged(&[]), judged(&["news"]))
}

/// The smallest records in which a further source lowers a verdict: it supports what speaks against the gate.
#[test]
fn a_source_for_what_speaks_against_a_gate_lowers_its_verdict() {
    let u1 = || Some(refs(&["u1"]));
    let under = |id| [(slug(id), refs(&["u1"]))].into_iter().collect();
    let harmless = Harm { none: u1(), ..Harm::default() };
    let down = (Verdict::Unknown, Verdict::WouldNotBlock);
    assert_eq!(before_and_after(&Step { avoids: under("b0"), ..step("write") }), down);
    assert_eq!(before_and_after(&Step { approved: u1(), ..step("write") }), down);
    assert_eq!(before_and_after(&Step { defeats: under("g0"), ..step("write") }), down);
    assert_eq!(before_and_after(&Step { harm: Some(spanned(harmless)), ..step("write") }), down);
}

/// Another route, once known, leaves the verdict where it is, unless the record also says that there is none.
#[test]
fn a_source_for_another_route_lowers_no_verdict_by_itself() {
    let open = Step { only_route: None, other_route: Some(refs(&["u1"])), ..blocked() };
    assert_eq!(before_and_after(&open), (Verdict::OnlyIfRouted, Verdict::OnlyIfRouted));
    let both = Step { other_route: Some(refs(&["u1"])), ..blocked() };
    assert_eq!(before_and_after(&both), (Verdict::WouldBlock, Verdict::OnlyIfRouted));
}

/// A defeat that nobody is known to have said is no longer presumed away.
#[test]
fn a_statement_that_a_gate_was_defeated_lowers_its_verdict_before_it_is_known() {
    assert_eq!(before_and_after(&blocked()).0, Verdict::WouldBlock);
    let defeated = [(slug("g0"), OneOrMany(vec![statement_id("u1")]))].into_iter().collect();
    let step = Step { defeats: defeated, ..blocked() };
    assert_eq!(before_and_after(&step), (Verdict::Unknown, Verdict::WouldNotBlock));
}

/// A source whose id was the name of an organisation until now says from whom the organisation has it: two origins
/// become one. So a further source takes an id that nothing in the record names.
#[test]
fn a_source_that_takes_the_name_of_an_origin_can_join_two_origins() {
    let from = |origin| Source { origin: Some(slug(origin)), ..source(SourceKind::News) };
    let status = |further: Option<(String, Source)>| {
        let sources = [("s0".to_owned(), from("acme")), ("s1".to_owned(), from("globex"))];
        let sources = sources.into_iter().chain(further).collect();
        derive::statuses(&incident(sources, vec![statement("f1", &["s0", "s1"])], Vec::new()))
    };
    assert_eq!(status(None), [Status::Corroborated]);
    assert_eq!(status(Some(("acme".to_owned(), from("globex")))), [Status::Reported]);
}
