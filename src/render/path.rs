//! The path of the action: its steps, what each went through, and what is known of it. The page draws and lists it.

use serde::Serialize;

use crate::files::Spanned;
use crate::model::facet::Facet;
use crate::model::path::Step;
use crate::model::statement::{StatementRefs, Status};
use crate::render::Site;
use crate::render::boundary::{self, Boundary, Unrecorded};
use crate::render::view::{self, Tag};

/// A step of the path, with the boundaries on its way.
#[derive(Serialize)]
pub(super) struct PathStep<'a> {
    name: &'a str,
    text: Option<&'a str>,
    actor: Option<&'a str>,
    action: Tag,
    happened: bool,
    environment: Vec<Environment<'a>>,
    boundaries: Vec<Boundary<'a>>,
    unrecorded: Option<Unrecorded<'a>>,
    facts: Vec<Fact>,
}

/// What a step says of itself, whether that is known, and what says so.
#[derive(Serialize)]
struct Fact {
    words: &'static str,
    known: bool,
    statements: Vec<Rests>,
}

/// Where a step happened, and whether that is known.
#[derive(Serialize)]
struct Environment<'a> {
    name: &'a str,
    known: bool,
}

/// A statement that something rests on, and how far it carries.
#[derive(Serialize)]
pub(super) struct Rests {
    id: String,
    status: &'static str,
}

/// The steps of the record at a position.
pub(super) fn steps<'a>(site: &Site<'a>, at: usize) -> Vec<PathStep<'a>> {
    let steps = site.registry.records.incidents[at].path.iter().enumerate();
    steps.map(|(index, step)| path_step(site, at, index, step)).collect()
}

fn path_step<'a>(site: &Site<'a>, at: usize, index: usize, step: &'a Step) -> PathStep<'a> {
    let taxonomy = &site.registry.records.taxonomy;
    let covering = boundary::covering(site, at, index);
    PathStep {
        name: &step.step.value,
        text: step.text.as_ref().map(Spanned::as_str),
        actor: step.actor.as_ref().map(|actor| taxonomy.entity_name(&actor.value)),
        action: view::tag(site, Facet::Action, &step.action.value),
        happened: is_known(site, at, &step.evidence),
        environment: step
            .environment
            .iter()
            .map(|(id, refs)| Environment { name: &id.value, known: is_known(site, at, refs) })
            .collect(),
        boundaries: boundary::boundaries(site, at, step, &covering),
        unrecorded: boundary::unrecorded(site, step, &covering),
        facts: facts(site, at, step),
    }
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
