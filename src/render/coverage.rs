//! What a set of gates could have done: a page for all of them, whose script narrows the set, and the data it loads.

use anyhow::{Context, Result};
use serde::Serialize;

use crate::across::{self, BESTS, Case, Gain, Pick, Tally};
use crate::model::incident::Kind;
use crate::model::verdict::Verdict;
use crate::render::figures::{self, COUNTING, Count};
use crate::render::{Site, case};

/// The address of the data, beside the page.
pub(super) const DATA: &str = "coverage/cases.json";

/// The number of cases that the page shows of each verdict.
const SHOWN: usize = 20;

/// The kinds of case, in the order in which the data numbers them.
const KINDS: [Kind; 3] = [Kind::Incident, Kind::NearMiss, Kind::Demonstration];

#[derive(Serialize)]
struct Page<'a> {
    count: Count,
    /// Whether any figure has a part that was not realised.
    apart: bool,
    gates: Vec<Name<'a>>,
    groups: Vec<Group<'a>>,
    shown: usize,
    order: Vec<Row<'a>>,
    /// The gates that add to neither column.
    idle: Vec<Name<'a>>,
    /// What the columns of the order come to.
    stopped: Gain,
    routed: Gain,
}

#[derive(Clone, Copy, Serialize)]
struct Name<'a> {
    id: &'a str,
    name: &'a str,
}

/// The cases with one best verdict.
#[derive(Serialize)]
struct Group<'a> {
    id: &'static str,
    words: &'static str,
    count: Count,
    total: usize,
    cases: Vec<Line<'a>>,
}

/// A case in one line.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    /// The gates that get this verdict.
    gates: Vec<&'a str>,
}

/// A gate in the greedy order.
#[derive(Serialize)]
struct Row<'a> {
    gate: Name<'a>,
    stopped: Gain,
    routed: Gain,
}

/// The id and the words of a best verdict, or of there being none.
fn words(best: Option<Verdict>) -> (&'static str, &'static str) {
    best.map_or(("none", "None of them counts"), |it| (it.id(), it.words()))
}

pub(super) fn page(site: &Site<'_>) -> Result<Vec<u8>> {
    let gates: Vec<Name> = site
        .registry
        .records
        .gates
        .iter()
        .map(|it| Name { id: &it.id.value, name: it.name.as_str() })
        .collect();
    let cases = across::cases(site.registry, site.verdicts);
    let all = vec![true; gates.len()];
    let tally = across::tally(&cases, &all);
    let order = across::greedy(&cases, &all);
    let sum = |of: fn(&Pick) -> Gain| {
        let gains = order.iter().map(of);
        gains.fold(Gain::default(), |sum, it| Gain {
            incidents: sum.incidents + it.incidents,
            not_realised: sum.not_realised + it.not_realised,
        })
    };
    let row = |pick: &Pick| Row { gate: gates[pick.gate], stopped: pick.stopped, routed: pick.routed };
    let (idle, busy): (Vec<&Pick>, Vec<&Pick>) = order.iter().partition(|pick| pick.is_idle());
    let count = figures::count(site, &site.registry.facets().listed);
    let page = Page {
        count,
        apart: count.not_realised > 0,
        groups: BESTS.iter().map(|best| group(site, &cases, &tally, &all, *best)).collect(),
        shown: SHOWN,
        order: busy.into_iter().map(row).collect(),
        idle: idle.iter().map(|pick| gates[pick.gate]).collect(),
        stopped: sum(|pick| pick.stopped),
        routed: sum(|pick| pick.routed),
        gates,
    };
    site.page("coverage/index.html", "coverage.html", &page)
}

fn group<'a>(
    site: &Site<'a>,
    cases: &[Case],
    tally: &Tally,
    chosen: &[bool],
    best: Option<Verdict>,
) -> Group<'a> {
    let (id, words) = words(best);
    let of = cases.iter().filter(|case| case.best(chosen) == best);
    let count = tally.of(best);
    Group {
        id,
        words,
        count,
        total: count.total(),
        cases: of.take(SHOWN).map(|it| line(site, it, best)).collect(),
    }
}

fn line<'a>(site: &Site<'a>, case: &Case, best: Option<Verdict>) -> Line<'a> {
    let incident = &site.registry.records.incidents[case.at];
    let gates = case.reads.iter().filter(|(_, verdict)| Some(*verdict) == best);
    Line {
        id: &incident.handle,
        title: incident.title.as_str(),
        kind: case::kind(case.kind),
        gates: gates.map(|(gate, _)| site.registry.records.gates[*gate].name.as_str()).collect(),
    }
}

/// What the script needs, with short keys: it grows with the registry and is loaded once, when a set is chosen.
#[derive(Serialize)]
struct Data<'a> {
    gates: Vec<&'a str>,
    verdicts: Vec<&'static str>,
    kinds: [&'static str; 3],
    /// Number, title, kind, and a character a gate: the place of its verdict, or a dot where it does not count.
    cases: Vec<(&'a str, &'a str, usize, String)>,
}

/// The data as JSON.
pub(super) fn data(site: &Site<'_>) -> Result<Vec<u8>> {
    let gates: Vec<&str> = site.registry.records.gates.iter().map(|gate| gate.name.as_str()).collect();
    let cases = across::cases(site.registry, site.verdicts);
    let entry = |case: &Case| {
        let incident = &site.registry.records.incidents[case.at];
        let kind = KINDS.iter().position(|it| *it == case.kind).unwrap_or_default();
        (&*incident.handle, incident.title.as_str(), kind, marks(case, gates.len()))
    };
    let data = Data {
        cases: cases.iter().map(entry).collect(),
        verdicts: COUNTING.iter().map(|it| it.id()).collect(),
        kinds: KINDS.map(case::kind),
        gates,
    };
    serde_json::to_vec(&data).context("could not write the data of the coverage page")
}

/// The verdicts of a case as text.
fn marks(case: &Case, gates: usize) -> String {
    let mut marks = vec!['.'; gates];
    for (gate, verdict) in &case.reads {
        let place = COUNTING.iter().position(|it| it == verdict).and_then(|at| u32::try_from(at).ok());
        marks[*gate] = place.and_then(|at| char::from_digit(at, 10)).unwrap_or('.');
    }
    marks.into_iter().collect()
}
