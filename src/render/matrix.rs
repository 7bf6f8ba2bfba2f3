//! Gate by verdict: the table of the first page and of a page of its own, every figure a link to its cases.

use anyhow::Result;
use serde::Serialize;

use crate::across::{self, BESTS, Tally};
use crate::model::gate::Gate;
use crate::model::verdict::Verdict;
use crate::render::Site;
use crate::render::figures::{self, COUNTING, Count};
use crate::render::gate;

#[derive(Serialize)]
struct Page<'a> {
    count: Count,
    matrix: Matrix<'a>,
    /// The cases by the best verdict of all gates, in the order of the columns.
    best: Vec<Cell>,
    /// Cases on which some gate counts, and those on which none does.
    covered: Count,
    none: Count,
}

/// The table.
#[derive(Serialize)]
pub(super) struct Matrix<'a> {
    columns: Vec<Column>,
    rows: Vec<Row<'a>>,
    /// Whether any figure has a part that was not realised.
    apart: bool,
}

/// A verdict, as the table heads it.
#[derive(Serialize)]
struct Column {
    id: &'static str,
    words: &'static str,
}

/// A gate's cases by verdict.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    cells: Vec<Cell>,
    /// Its cases, whatever the verdict.
    total: Count,
}

#[derive(Serialize)]
struct Cell {
    words: &'static str,
    count: Count,
    /// Where its cases are listed, below the root.
    to: String,
}

/// The table of every gate.
pub(super) fn matrix<'a>(site: &Site<'a>) -> Matrix<'a> {
    let rows = site.registry.records.gates.iter().zip(&site.by_gate);
    Matrix {
        columns: COUNTING.iter().map(|it| Column { id: it.id(), words: it.words() }).collect(),
        rows: rows.map(|(gate, cases)| row(site, gate, cases)).collect(),
        apart: figures::count(site, &site.registry.facets().listed).not_realised > 0,
    }
}

fn row<'a>(site: &Site<'a>, gate: &'a Gate, cases: &[Vec<usize>]) -> Row<'a> {
    let cell = |(verdict, cases): (&Verdict, &Vec<usize>)| Cell {
        words: verdict.words(),
        count: figures::count(site, cases),
        to: gate::list_of(gate, *verdict, cases.len()),
    };
    let all: Vec<usize> = cases.iter().flatten().copied().collect();
    Row {
        id: &gate.id.value,
        name: gate.name.as_str(),
        cells: COUNTING.iter().zip(cases).map(cell).collect(),
        total: figures::count(site, &all),
    }
}

pub(super) fn page(site: &Site<'_>) -> Result<Vec<u8>> {
    let cases = across::cases(site.registry, site.verdicts);
    let tally = across::tally(&cases, &vec![true; site.registry.records.gates.len()]);
    let (count, none) = (figures::count(site, &site.registry.facets().listed), tally.of(None));
    let page = Page {
        covered: Count {
            incidents: count.incidents - none.incidents,
            not_realised: count.not_realised - none.not_realised,
        },
        none,
        count,
        matrix: matrix(site),
        best: BESTS.iter().filter_map(|best| best.map(|it| cell_of_all(&tally, it))).collect(),
    };
    site.page("matrix/index.html", "matrix.html", &page)
}

fn cell_of_all(tally: &Tally, verdict: Verdict) -> Cell {
    let to = format!("coverage/#{}", verdict.id());
    Cell { words: verdict.words(), count: tally.of(Some(verdict)), to }
}
