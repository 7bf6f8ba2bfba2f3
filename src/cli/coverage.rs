//! `registry coverage [--gates a,b]`: what a set of gates could have done, and the order in which gates add most.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::across::{self, BESTS, CAVEAT, Case, Count, Gain, Tally};
use crate::cli::{self, Outcome, output, say, workspace};
use crate::diagnostic::Severity;
use crate::model::registry::Registry;
use crate::model::verdict::Verdict;
use crate::{diagnostic, pipeline, read};

/// Count the best verdicts that a set of gates gets, and order gates by what each adds
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The gates of the set, by id; without it, every gate
    #[arg(long, value_name = "GATES", value_delimiter = ',')]
    gates: Option<Vec<String>>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// The version of the JSON; rises when it changes other than by a further key.
const FORMAT: u32 = 1;

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    let root = match workspace::root(root)? {
        Ok(root) => root,
        Err(outcome) => return Ok(outcome),
    };
    let checked = pipeline::check(&read::registry(&root)?);
    let chosen = match chosen(&checked.registry, arguments.gates.as_deref()) {
        Ok(chosen) => chosen,
        Err(outcome) => return Ok(outcome),
    };
    if checked.diagnostics.count(Severity::Error) > 0 {
        say("note: `registry lint` has errors; the figures may change with them");
    }
    let cases = across::cases(&checked.registry, &checked.verdicts);
    let figures = figures(&checked.registry, &cases, &chosen);
    let text = if arguments.json {
        let json = serde_json::to_string_pretty(&figures).context("could not write the figures as JSON")?;
        format!("{json}\n")
    } else {
        diagnostic::escape_lines(&table(&figures))
    };
    output::print(|_, out| out.write_all(text.as_bytes()))?;
    Ok(Outcome::Clean)
}

/// Of each gate whether it is in the set.
fn chosen(registry: &Registry, ids: Option<&[String]>) -> Result<Vec<bool>, Outcome> {
    let gates = &registry.records.gates;
    let Some(ids) = ids else { return Ok(vec![true; gates.len()]) };
    let ids: Vec<&str> = ids.iter().map(|id| id.trim()).collect();
    if let Some(id) = ids.iter().find(|id| registry.gate(id).is_none()) {
        return Err(cli::unknown_gate(registry, id));
    }
    Ok(gates.iter().map(|gate| ids.contains(&&*gate.id.value)).collect())
}

/// What is printed, as text or as JSON.
#[derive(Serialize)]
struct Figures<'a> {
    format: u32,
    caveat: &'static str,
    /// Every listed case.
    cases: Count,
    /// The best verdicts of the whole set.
    set: Counts<'a>,
    /// Each of its gates alone.
    each: Vec<Counts<'a>>,
    /// The order in which they add most.
    order: Vec<Added<'a>>,
}

/// The cases by the best verdict of some gates.
#[derive(Serialize)]
struct Counts<'a> {
    gates: Vec<&'a str>,
    verdicts: Vec<VerdictCount>,
}

#[derive(Serialize)]
struct VerdictCount {
    /// A verdict's id, or `none` for cases on which none of the gates counts.
    best: &'static str,
    #[serde(flatten)]
    count: Count,
}

/// A gate, and what it adds to those before it.
#[derive(Serialize)]
struct Added<'a> {
    gate: &'a str,
    /// To the cases that would have been blocked, in whole or in part.
    would_block_or_partly: Gain,
    /// To those that would have been blocked only if routed through a gate; fewer, when they move on.
    only_if_routed: Gain,
}

fn figures<'a>(registry: &'a Registry, cases: &[Case], chosen: &[bool]) -> Figures<'a> {
    let id = |gate: usize| &*registry.records.gates[gate].id.value;
    let set: Vec<usize> = (0..chosen.len()).filter(|gate| chosen[*gate]).collect();
    let counts = |gates: &[usize]| {
        let these: Vec<bool> = (0..chosen.len()).map(|gate| gates.contains(&gate)).collect();
        let verdicts = verdicts(&across::tally(cases, &these));
        Counts { gates: gates.iter().map(|gate| id(*gate)).collect(), verdicts }
    };
    let mut all = Count::default();
    cases.iter().for_each(|case| all.add(case.kind));
    let added = across::greedy(cases, chosen).into_iter().map(|pick| Added {
        gate: id(pick.gate),
        would_block_or_partly: pick.stopped,
        only_if_routed: pick.routed,
    });
    Figures {
        format: FORMAT,
        caveat: CAVEAT,
        cases: all,
        set: counts(&set),
        each: set.iter().map(|gate| counts(&[*gate])).collect(),
        order: added.collect(),
    }
}

fn verdicts(tally: &Tally) -> Vec<VerdictCount> {
    let count = |best: &Option<Verdict>| VerdictCount {
        best: best.map_or("none", Verdict::id),
        count: tally.of(*best),
    };
    BESTS.iter().map(count).collect()
}

/// The same as text for a terminal.
fn table(figures: &Figures<'_>) -> String {
    let mut out = String::new();
    let set = figures.set.gates.len();
    let _ = writeln!(out, "The best verdict of each case. {}", figures.caveat);
    if figures.cases.not_realised > 0 {
        let _ = writeln!(out, "Incidents, and after the plus sign what was not realised.");
    }
    let heads: Vec<String> =
        BESTS.iter().map(|best| best.map_or("None counts", Verdict::words).to_owned()).collect();
    let mut rows = vec![(String::new(), heads)];
    rows.extend(figures.each.iter().map(|it| (it.gates.join(", "), cells(it))));
    if set != 1 {
        rows.push((format!("all {set} together"), cells(&figures.set)));
    }
    out.push('\n');
    columns(&mut out, &rows);
    out.push('\n');
    order(&mut out, figures);
    out
}

/// The gates in the order of what they add, those that add nothing in one line.
fn order(out: &mut String, figures: &Figures<'_>) {
    let (idle, busy): (Vec<&Added>, Vec<&Added>) = figures.order.iter().partition(|it| is_idle(it));
    if !busy.is_empty() {
        let _ = writeln!(out, "In the order of what each adds to those above it\n");
        let heads = vec!["Would block or partly".to_owned(), "Only if routed".to_owned()];
        let mut rows = vec![(String::new(), heads)];
        rows.extend((1..).zip(&busy).map(|(place, it)| {
            (format!("{place:>2} {}", it.gate), vec![gain(it.would_block_or_partly), gain(it.only_if_routed)])
        }));
        columns(out, &rows);
        out.push('\n');
    }
    if !idle.is_empty() {
        let names: Vec<&str> = idle.iter().map(|it| it.gate).collect();
        let _ = writeln!(out, "Nothing is added to either column by {}.", names.join(", "));
    }
    if busy.iter().all(|it| it.would_block_or_partly == Gain::default()) {
        let _ = writeln!(
            out,
            "The first column is empty: Would block takes every statement corroborated and the only route shown.\n\
             That is a measure of what has been published, not of the gates."
        );
    }
}

fn is_idle(added: &Added<'_>) -> bool {
    added.would_block_or_partly == Gain::default() && added.only_if_routed == Gain::default()
}

fn cells(counts: &Counts<'_>) -> Vec<String> {
    counts.verdicts.iter().map(|it| count(it.count)).collect()
}

fn count(count: Count) -> String {
    match count.not_realised {
        0 => count.incidents.to_string(),
        more => format!("{} + {more}", count.incidents),
    }
}

fn gain(gain: Gain) -> String {
    match gain.not_realised {
        0 => format!("{:+}", gain.incidents),
        more => format!("{:+} ({more:+})", gain.incidents),
    }
}

/// Rows of a name and cells, every column as wide as its widest cell.
fn columns(out: &mut String, rows: &[(String, Vec<String>)]) {
    let name = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let cells = rows.first().map_or(0, |(_, cells)| cells.len());
    let widths: Vec<usize> = (0..cells)
        .map(|at| rows.iter().map(|(_, cells)| cells[at].chars().count()).max().unwrap_or_default())
        .collect();
    for (head, cells) in rows {
        let _ = write!(out, "{head:<name$}");
        cells.iter().zip(&widths).for_each(|(cell, width)| {
            let _ = write!(out, "  {cell:>width$}");
        });
        out.push('\n');
    }
}
