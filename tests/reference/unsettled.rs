//! Two places where the program reads the page otherwise than its plainest words, each as the smallest record that shows
//! it; random records are rid of them before they are compared, so that the rest is. And one that the words leave open.

use incident_registry::derive;
use incident_registry::model::gate::Fails;
use incident_registry::model::id::Slug;
use incident_registry::model::path::{Harm, Step};
use incident_registry::model::statement::{Source, SourceKind, Statement, StatementRefs, Status};
use incident_registry::model::verdict::Verdict;

use crate::evaluator::{self, strength};
use crate::random::{Case, citation, gate, incident, refs, slug, source, spanned, statement, step};

/// The same record without aggregators that contradict, and without what is known both ways.
pub(crate) fn settled(case: Case) -> Case {
    let Case { mut incident, gates } = case;
    let table = incident.sources.clone();
    let aggregator = |id: &Slug| table.get(id).is_some_and(|it| it.kind.value == SourceKind::Aggregator);
    let fields = &mut incident.fields;
    for statement in fields.verified.iter_mut().chain(&mut fields.unconfirmed) {
        statement.contradicted_by.retain(|it| !aggregator(&it.source.value));
    }
    let statuses = evaluator::statuses(&incident);
    let names = incident.statements().map(|it| it.id.value.to_string());
    let is_known: Vec<_> = names.zip(statuses).filter(|(_, it)| strength(*it).is_some()).collect();
    for step in &mut incident.fields.path {
        known_one_way(step, |id| is_known.iter().any(|(name, _)| name == id));
    }
    Case { incident, gates }
}

/// Of what is known both ways, keeps that it is true.
fn known_one_way(step: &mut Step, is_known: impl Fn(&str) -> bool) {
    let known = |refs: &StatementRefs| refs.iter().any(|id| is_known(&id.value));
    if step.not_approved.as_ref().is_some_and(known) {
        step.approved.take_if(|it| known(it));
    }
    if step.only_route.as_ref().is_some_and(known) {
        step.other_route.take_if(|it| known(it));
    }
    let crossed = |id: &str| step.crosses.get(id).is_some_and(known);
    let both = |id: &str| crossed(id) && step.avoids.get(id).is_some_and(known);
    let avoids = step.avoids.iter().filter(|(id, _)| !both(&id.value));
    step.avoids = avoids.map(|(id, refs)| (id.clone(), refs.clone())).collect();
}

fn named(kinds: &[SourceKind]) -> Vec<(String, Source)> {
    (0..).zip(kinds).map(|(at, kind)| (format!("s{at}"), source(*kind))).collect()
}

/// Two articles, each of which says that it has it from the other. "Ten articles repeating one report share its origin
/// and count once": the words speak of no circle, but neither article knows it by itself.
#[test]
fn sources_that_name_each_other_are_one_origin() {
    let mut sources = named(&[SourceKind::News, SourceKind::News]);
    sources[0].1.origin = Some(slug("s1"));
    sources[1].1.origin = Some(slug("s0"));
    let incident = incident(sources, vec![statement("f1", &["s0", "s1"])], Vec::new());
    let (page, program) = (evaluator::statuses(&incident), derive::statuses(&incident));
    assert_eq!(page, [Status::Reported], "what the page says");
    assert_eq!(program, page, "the program, against the page");
}

/// A post says it, an encyclopaedia says otherwise. The words of the table would have it disputed, since D is one tier
/// below C. But tier D "finds a case, supports nothing": what cannot carry a statement does not bring one down either.
#[test]
fn an_aggregator_stands_against_nothing() {
    let said = Statement { contradicted_by: vec![citation("s1")], ..statement("f1", &["s0"]) };
    let sources = named(&[SourceKind::Social, SourceKind::Aggregator]);
    let incident = incident(sources, vec![said], Vec::new());
    assert_eq!(evaluator::statuses(&incident), [Status::Disputed], "by the words of the table");
    assert_eq!(derive::statuses(&incident), [Status::Asserted]);
}

/// Two reports, one that the action went through a boundary and one that it did not: each is known. By the words of the
/// table row 1 would refuse, and a gate at a further boundary would have been crossed. The linter refuses such a record
/// (V07); until it is mended, a contradiction settles nothing.
#[test]
fn what_is_known_both_ways_settles_nothing() {
    let under = |id: &str| [(slug("b0"), refs(&[id]))].into_iter().collect();
    let both = Step {
        evidence: refs(&["f1"]),
        crosses: under("f1"),
        avoids: under("f2"),
        not_approved: Some(refs(&["f1"])),
        harm: Some(spanned(Harm { all: Some(refs(&["f1"])), ..Harm::default() })),
        ..step("write")
    };
    let statements = vec![statement("f1", &["s0"]), statement("f2", &["s1"])];
    let incident = incident(named(&[SourceKind::News, SourceKind::News]), statements, vec![both]);
    let statuses = derive::statuses(&incident);
    let gates = [&["b0"][..], &["b0", "b1"]].map(|at| gate("g0", at, &["write"], Fails::Closed));
    let page = gates.each_ref().map(|gate| evaluator::opinion(&incident, gate, &statuses).verdict);
    let program = gates.each_ref().map(|gate| derive::judgement(&incident, gate, &statuses).verdict);
    assert_eq!(page, [Verdict::WouldNotBlock, Verdict::OnlyIfRouted], "by the words of the table");
    assert_eq!(program, [Verdict::Unknown; 2]);
}
