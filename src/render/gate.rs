//! The pages of the gates: what each is, and its cases grouped by verdict.

use anyhow::Result;
use serde::Serialize;

use crate::explain;
use crate::files::Spanned;
use crate::model::facet::Facet;
use crate::model::gate::{Fails, Gate, Implementation};
use crate::model::output::Job;
use crate::model::verdict::{Condition, Truth, Verdict};
use crate::render::Site;
use crate::render::case::{self, Case};
use crate::render::figures::{self, COUNTING, Count};
use crate::render::listing::{self, Listing};
use crate::render::markdown::{self, Rendered, Targets};
use crate::render::view::{self, Tag};

/// The number of cases that a gate's own page shows of each verdict; the rest stand on pages of their own.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct List<'a> {
    gates: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    boundaries: Vec<Tag>,
    covers: Vec<Tag>,
    relevant: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct Page<'a> {
    id: &'a str,
    name: &'a str,
    version: u32,
    boundaries: Vec<Tag>,
    covers: Vec<Tag>,
    binds: Vec<&'a str>,
    receipt: String,
    fails: &'static str,
    still_needs: Vec<&'a str>,
    limits: Vec<&'a str>,
    first_step: &'a str,
    implementations: Vec<Offer<'a>>,
    sections: Vec<Rendered>,
    relevant: usize,
    unknown: usize,
    conditions: Vec<Recurring>,
    groups: Vec<Group<'a>>,
}

/// A product or project that offers such a gate.
#[derive(Serialize)]
struct Offer<'a> {
    name: &'a str,
    url: Option<&'a str>,
    version: Option<&'a str>,
    notes: Option<&'a str>,
}

/// How often a condition held, was presumed, did not hold, or was not known.
#[derive(Serialize)]
struct Recurring {
    label: &'static str,
    holds: usize,
    presumed: usize,
    fails: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct Group<'a> {
    verdict: &'static str,
    words: &'static str,
    count: Count,
    total: usize,
    cases: Vec<Case<'a>>,
    /// Where all of them are, when there are more.
    all: Option<String>,
}

#[derive(Serialize)]
struct OneVerdict<'a> {
    id: &'a str,
    name: &'a str,
    verdict: &'static str,
    words: &'static str,
    listing: Listing<'a>,
}

/// The list of gates, a page for each, and one for each verdict of many cases.
pub(super) fn jobs<'a>(site: &'a Site<'a>) -> impl Iterator<Item = Job<'a>> {
    let gates = move || site.registry.records.gates.iter().enumerate();
    let pages = gates().map(move |(at, gate)| {
        let path = format!("gates/{}/index.html", gate.id.value);
        Job::new(path.clone(), move || page(site, at, gate, &path))
    });
    let columns = gates().flat_map(move |(at, gate)| {
        let columns = COUNTING.iter().zip(&site.by_gate[at]).filter(|(_, cases)| cases.len() > SHOWN);
        columns.flat_map(move |(verdict, cases)| {
            listing::jobs(site, folder(gate, *verdict), cases, move |path, listing| {
                one_verdict(site, gate, *verdict, path, listing)
            })
        })
    });
    std::iter::once(Job::new("gates/index.html", move || list(site))).chain(pages).chain(columns)
}

fn folder(gate: &Gate, verdict: Verdict) -> String {
    format!("gates/{}/{}/", gate.id.value, verdict.id())
}

/// Where the cases of a verdict are all listed, below the root: on the gate's own page, while they fit there.
pub(super) fn list_of(gate: &Gate, verdict: Verdict, cases: usize) -> String {
    if cases > SHOWN { folder(gate, verdict) } else { format!("gates/{}/#{}", gate.id.value, verdict.id()) }
}

fn list(site: &Site<'_>) -> Result<Vec<u8>> {
    let gates = site.registry.records.gates.iter().enumerate().map(|(at, gate)| Row {
        id: &gate.id.value,
        name: gate.name.as_str(),
        boundaries: tags(site, Facet::Boundary, gate),
        covers: tags(site, Facet::Action, gate),
        relevant: relevant(site, at),
        unknown: unknown(site, at),
    });
    site.page("gates/index.html", "gates.html", &List { gates: gates.collect() })
}

/// The number of cases on which a gate has a verdict that counts.
fn relevant(site: &Site<'_>, at: usize) -> usize {
    site.by_gate[at].iter().map(Vec::len).sum()
}

fn unknown(site: &Site<'_>, at: usize) -> usize {
    let column = COUNTING.iter().position(|verdict| *verdict == Verdict::Unknown);
    column.map_or(0, |column| site.by_gate[at][column].len())
}

fn page(site: &Site<'_>, at: usize, gate: &Gate, path: &str) -> Result<Vec<u8>> {
    let targets = Targets { registry: site.registry, incident: None, root: "../../" };
    let page = Page {
        id: &gate.id.value,
        name: gate.name.as_str(),
        version: gate.version.value,
        boundaries: tags(site, Facet::Boundary, gate),
        covers: tags(site, Facet::Action, gate),
        binds: texts(&gate.receipt.binds),
        receipt: receipt(gate),
        fails: match gate.fails {
            Fails::Closed => "closed: nothing passes while the gate is out of order",
            Fails::Open => "open: everything passes while the gate is out of order",
        },
        still_needs: texts(&gate.still_needs),
        limits: texts(&gate.limits),
        first_step: gate.first_step.as_str(),
        implementations: gate.implementations.iter().map(offer).collect(),
        sections: gate.body.sections.iter().map(|it| markdown::section(it, &targets)).collect(),
        relevant: relevant(site, at),
        unknown: unknown(site, at),
        conditions: Condition::ALL.iter().map(|condition| recurring(site, at, *condition)).collect(),
        groups: groups(site, at, gate),
    };
    site.page(path, "gate.html", &page)
}

fn tags(site: &Site<'_>, facet: Facet, gate: &Gate) -> Vec<Tag> {
    let ids = if facet == Facet::Boundary { &gate.boundaries } else { &gate.covers };
    ids.iter().map(|id| view::tag(site, facet, &id.value)).collect()
}

fn texts(texts: &[Spanned<String>]) -> Vec<&str> {
    texts.iter().map(Spanned::as_str).collect()
}

fn receipt(gate: &Gate) -> String {
    let receipt = &gate.receipt;
    let traits =
        [("signed", receipt.signed), ("expires", receipt.expires), ("used once", receipt.single_use)];
    let told: Vec<&str> = traits.iter().filter(|(_, holds)| *holds).map(|(word, _)| *word).collect();
    told.join(", ")
}

fn offer(implementation: &Implementation) -> Offer<'_> {
    Offer {
        name: implementation.name.as_str(),
        url: view::web(implementation.url.as_str()),
        version: implementation.version.as_ref().map(Spanned::as_str),
        notes: implementation.notes.as_ref().map(Spanned::as_str),
    }
}

fn recurring(site: &Site<'_>, gate: usize, condition: Condition) -> Recurring {
    let mut row = Recurring { label: explain::label(condition), holds: 0, presumed: 0, fails: 0, unknown: 0 };
    for at in site.by_gate[gate].iter().flatten() {
        let step = site.verdicts.derivations[*at].judgements[gate].deciding_step();
        let finding = step.and_then(|step| step.finding(condition));
        match finding.map(|finding| finding.truth) {
            Some(Truth::True) => row.holds += 1,
            Some(Truth::Presumed) => row.presumed += 1,
            Some(Truth::False) => row.fails += 1,
            Some(Truth::Unknown) | None => row.unknown += 1,
        }
    }
    row
}

fn groups<'a>(site: &Site<'a>, at: usize, gate: &Gate) -> Vec<Group<'a>> {
    let columns = COUNTING.iter().zip(&site.by_gate[at]).filter(|(_, cases)| !cases.is_empty());
    columns
        .map(|(verdict, cases)| Group {
            verdict: verdict.id(),
            words: verdict.words(),
            count: figures::count(site, cases),
            total: cases.len(),
            cases: cases.iter().take(SHOWN).map(|at| case::case(site, *at)).collect(),
            all: (cases.len() > SHOWN).then(|| folder(gate, *verdict)),
        })
        .collect()
}

fn one_verdict<'a>(
    site: &Site<'a>,
    gate: &'a Gate,
    verdict: Verdict,
    path: &str,
    listing: Listing<'a>,
) -> Result<Vec<u8>> {
    let page = OneVerdict {
        id: &gate.id.value,
        name: gate.name.as_str(),
        verdict: verdict.id(),
        words: verdict.words(),
        listing,
    };
    site.page(path, "gate-verdict.html", &page)
}
