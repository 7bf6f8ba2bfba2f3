//! The path of the action: its steps, the boundaries of each, what is known of it, and the gates that would sit there.

use serde::Serialize;

use crate::files::Spanned;
use crate::model::facet::Facet;
use crate::model::gate::Gate;
use crate::model::path::Step;
use crate::model::statement::{StatementRefs, Status};
use crate::model::table::Table;
use crate::render::Site;
use crate::render::view::{self, Tag};

/// A step of the path, with the gates that would sit at it.
#[derive(Serialize)]
pub(super) struct PathStep<'a> {
    name: &'a str,
    text: Option<&'a str>,
    actor: Option<&'a str>,
    action: Tag,
    environment: Vec<Mark>,
    crosses: Vec<Mark>,
    avoids: Vec<Mark>,
    facts: Vec<Fact>,
    gates: Vec<(&'a str, &'a str)>,
}

/// What a step says of itself, whether that is known, and what says so.
#[derive(Serialize)]
struct Fact {
    words: &'static str,
    known: bool,
    statements: Vec<Rests>,
}

/// Something a step went through or touched, and what says so.
#[derive(Serialize)]
struct Mark {
    tag: Tag,
    known: bool,
    statements: Vec<Rests>,
}

/// A statement that something rests on, and how far it carries.
#[derive(Serialize)]
pub(super) struct Rests {
    id: String,
    status: &'static str,
}

/// The steps of the record at a position.
pub(super) fn steps<'a>(site: &Site<'a>, at: usize) -> Vec<PathStep<'a>> {
    site.registry.records.incidents[at].path.iter().map(|step| path_step(site, at, step)).collect()
}

fn path_step<'a>(site: &Site<'a>, at: usize, step: &'a Step) -> PathStep<'a> {
    let taxonomy = &site.registry.records.taxonomy;
    let boundary = |id: &str| view::tag(site, Facet::Boundary, id);
    let marks = |table: &Table<StatementRefs>| -> Vec<Mark> {
        table.iter().map(|(id, refs)| mark(site, at, boundary(&id.value), refs)).collect()
    };
    let place = |id: &str| Tag { text: id.to_owned(), to: String::new() };
    PathStep {
        name: &step.step.value,
        text: step.text.as_ref().map(Spanned::as_str),
        actor: step.actor.as_ref().map(|actor| taxonomy.entity_name(&actor.value)),
        action: view::tag(site, Facet::Action, &step.action.value),
        environment: step
            .environment
            .iter()
            .map(|(id, refs)| mark(site, at, place(&id.value), refs))
            .collect(),
        crosses: marks(&step.crosses),
        avoids: marks(&step.avoids),
        facts: facts(site, at, step),
        gates: gates_at(site, step),
    }
}

fn mark(site: &Site<'_>, at: usize, tag: Tag, refs: &StatementRefs) -> Mark {
    Mark { tag, known: is_known(site, at, refs), statements: rests(site, at, refs) }
}

/// Statements by id, each with how far it carries.
pub(super) fn rests(site: &Site<'_>, at: usize, refs: &StatementRefs) -> Vec<Rests> {
    refs.iter().map(|id| rest(site, at, &id.value)).collect()
}

/// A statement by id, with how far it carries.
pub(super) fn rest(site: &Site<'_>, at: usize, id: &str) -> Rests {
    let (incident, derivation) = (&site.registry.records.incidents[at], &site.verdicts.derivations[at]);
    let status = derivation.status(incident, id).map_or("unknown", Status::word);
    Rests { id: id.to_owned(), status }
}

/// Whether one of the statements carries what it is named for.
pub(super) fn is_known(site: &Site<'_>, at: usize, refs: &StatementRefs) -> bool {
    let (incident, derivation) = (&site.registry.records.incidents[at], &site.verdicts.derivations[at]);
    refs.iter().any(|id| derivation.status(incident, &id.value).is_some_and(|it| it.strength().is_some()))
}

/// What a step says of itself, of approval, route and harm.
fn facts(site: &Site<'_>, at: usize, step: &Step) -> Vec<Fact> {
    let harm = step.harm.as_ref().map(|harm| &harm.value);
    let told = [
        ("It happened", Some(&step.evidence)),
        ("Somebody entitled had approved it", step.approved.as_ref()),
        ("Nobody entitled had approved it", step.not_approved.as_ref()),
        ("It was the only route", step.only_route.as_ref()),
        ("There was another route", step.other_route.as_ref()),
        ("All of the harm depends on it", harm.and_then(|harm| harm.all.as_ref())),
        ("Part of the harm depends on it", harm.and_then(|harm| harm.some.as_ref())),
        ("None of the harm depends on it", harm.and_then(|harm| harm.none.as_ref())),
    ];
    let fact = |(words, refs): (&'static str, &StatementRefs)| Fact {
        words,
        known: is_known(site, at, refs),
        statements: rests(site, at, refs),
    };
    told.into_iter().filter_map(|(words, refs)| Some((words, refs?))).map(fact).collect()
}

/// The gates that cover the action and stand at a boundary it crossed, or may have.
fn gates_at<'a>(site: &Site<'a>, step: &Step) -> Vec<(&'a str, &'a str)> {
    let stands = |gate: &Gate| {
        let covers = gate.covers.iter().any(|it| it.value == step.action.value);
        covers && gate.boundaries.iter().any(|it| step.crosses.get(&it.value).is_some())
    };
    let gates = site.registry.records.gates.iter().filter(|gate| stands(gate));
    gates.map(|gate| (&*gate.id.value, gate.name.as_str())).collect()
}
