//! The boundaries of a step: what is known of each crossing, and the gates that would stand there.
//! The drawing and the list of a path show these, so that they cannot say different things.

use serde::Serialize;

use crate::explain;
use crate::model::facet::Facet;
use crate::model::gate::Gate;
use crate::model::path::Step;
use crate::model::statement::StatementRefs;
use crate::render::Site;
use crate::render::path::{self, Rests};
use crate::render::view::{self, Tag};

/// How many gates a drawing names at one place, if there are more than fit.
const NAMED: usize = 3;
/// How many gates fit.
const FIT: usize = 4;

/// A boundary that a step says something of, with the gates that cover the action and stand there.
#[derive(Serialize)]
pub(super) struct Boundary<'a> {
    tag: Tag,
    state: State,
    /// The state in words.
    words: &'static str,
    says: Vec<Side>,
    gates: Gates<'a>,
}

/// What a line of the drawing looks like.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    /// It is known that the action went through.
    Crossed,
    /// It is not known whether it did.
    Open,
    /// It is known that it did not.
    Avoided,
}

/// The statements that say it went through, or that it did not; in words only where a step says both.
#[derive(Serialize)]
struct Side {
    words: Option<&'static str>,
    statements: Vec<Rests>,
}

/// Gates by id and name, the most relevant first. A drawing folds what does not fit.
#[derive(Default, Serialize)]
pub(super) struct Gates<'a> {
    named: Vec<(&'a str, &'a str)>,
    folded: Vec<(&'a str, &'a str)>,
}

/// The boundaries of which a step says nothing, although gates that cover its action stand there.
#[derive(Serialize)]
pub(super) struct Unrecorded<'a> {
    boundaries: Vec<Tag>,
    gates: Gates<'a>,
}

/// The gates that cover the action of a step, in the order of their cards.
pub(super) fn covering<'a>(site: &Site<'a>, at: usize, step: usize) -> Vec<&'a Gate> {
    let (incident, derivation) = (&site.registry.records.incidents[at], &site.verdicts.derivations[at]);
    let shown = explain::shown(incident, derivation).into_iter();
    let covering = shown.filter(|judgement| judgement.steps.iter().any(|it| it.index == step));
    covering.filter_map(|judgement| site.registry.gate(&judgement.gate)).collect()
}

/// The boundaries that a step names, crossed ones first, each once.
pub(super) fn boundaries<'a>(
    site: &Site<'a>,
    at: usize,
    step: &Step,
    covering: &[&'a Gate],
) -> Vec<Boundary<'a>> {
    let avoided = step.avoids.keys().filter(|id| step.crosses.get(&id.value).is_none());
    step.crosses.keys().chain(avoided).map(|id| boundary(site, at, step, &id.value, covering)).collect()
}

fn boundary<'a>(site: &Site<'a>, at: usize, step: &Step, id: &str, covering: &[&'a Gate]) -> Boundary<'a> {
    let (through, around) = (step.crosses.get(id), step.avoids.get(id));
    let known = |refs: Option<&StatementRefs>| refs.map(|refs| path::is_known(site, at, refs));
    let (state, words) = state(known(through), known(around));
    let both = through.is_some() && around.is_some();
    let told = |words, refs| Side { words: both.then_some(words), statements: path::rests(site, at, refs) };
    let sides = [("for", through), ("against", around)];
    let stands = |gate: &&&Gate| gate.boundaries.iter().any(|it| &*it.value == id);
    Boundary {
        tag: view::tag(site, Facet::Boundary, id),
        state,
        words,
        says: sides.into_iter().filter_map(|(words, refs)| Some(told(words, refs?))).collect(),
        gates: gates(covering.iter().filter(stands).copied()),
    }
}

/// What is known of a crossing: of each side, whether the step takes it, and whether a statement carries it.
fn state(through: Option<bool>, around: Option<bool>) -> (State, &'static str) {
    match (through, around) {
        (Some(true), Some(true)) => (State::Open, "accounts differ"),
        (Some(true), _) => (State::Crossed, "crossed"),
        (_, Some(true)) => (State::Avoided, "not crossed"),
        (Some(false), _) => (State::Open, "possibly crossed"),
        (None, _) => (State::Open, "possibly not crossed"),
    }
}

/// What a step leaves out: gates that cover its action, at boundaries of which it says nothing.
pub(super) fn unrecorded<'a>(site: &Site<'a>, step: &Step, covering: &[&'a Gate]) -> Option<Unrecorded<'a>> {
    let says = |id: &str| step.crosses.get(id).is_some() || step.avoids.get(id).is_some();
    let silent = |gate: &&&Gate| !gate.boundaries.iter().any(|it| says(&it.value));
    let silent: Vec<&Gate> = covering.iter().filter(silent).copied().collect();
    let mut ids: Vec<&str> = Vec::new();
    for it in silent.iter().flat_map(|gate| &gate.boundaries) {
        if !ids.contains(&&*it.value) {
            ids.push(&it.value);
        }
    }
    (!silent.is_empty()).then(|| Unrecorded {
        boundaries: ids.into_iter().map(|id| view::tag(site, Facet::Boundary, id)).collect(),
        gates: gates(silent.into_iter()),
    })
}

fn gates<'a>(gates: impl Iterator<Item = &'a Gate>) -> Gates<'a> {
    let mut named: Vec<_> = gates.map(|gate| (&*gate.id.value, gate.name.as_str())).collect();
    let folded = if named.len() > FIT { named.split_off(NAMED) } else { Vec::new() };
    Gates { named, folded }
}
