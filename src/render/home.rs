//! The first page: what this is, the figures with their caveat, the latest cases, gates by verdict, severity by year.

use anyhow::Result;
use serde::Serialize;

use crate::model::facet::Facet;
use crate::render::Site;
use crate::render::case::{self, Case};
use crate::render::figures::{self, Count};
use crate::render::matrix::{self, Matrix};

/// The number of cases on the first page.
const LATEST: usize = 5;

#[derive(Serialize)]
struct Page<'a> {
    count: Count,
    gates: usize,
    statements: Statements,
    latest: Vec<Case<'a>>,
    matrix: Matrix<'a>,
    years: Vec<Year>,
    levels: Vec<(u8, String)>,
}

/// How many statements of the listed cases are carried how far.
#[derive(Default, Serialize)]
struct Statements {
    /// Established or corroborated.
    strong: usize,
    reported: usize,
    unconfirmed: usize,
}

/// A year's cases by severity, the worst first.
#[derive(Serialize)]
struct Year {
    name: String,
    counts: Vec<usize>,
    total: usize,
}

pub(super) fn page(site: &Site<'_>) -> Result<Vec<u8>> {
    let records = &site.registry.records;
    let listed = &site.registry.facets().listed;
    let levels = (1..=5).rev().map(|it| (it, records.taxonomy.severity_label(it).to_owned()));
    let page = Page {
        count: figures::count(site, listed),
        gates: records.gates.len(),
        statements: statements(site),
        latest: listed.iter().take(LATEST).map(|at| case::case(site, *at)).collect(),
        matrix: matrix::matrix(site),
        years: years(site),
        levels: levels.collect(),
    };
    site.page("index.html", "home.html", &page)
}

fn statements(site: &Site<'_>) -> Statements {
    let listed = site.registry.facets().listed.iter();
    let statuses = listed.flat_map(|at| &site.verdicts.derivations[*at].statuses);
    let mut statements = Statements::default();
    for status in statuses {
        match status.strength() {
            None => statements.unconfirmed += 1,
            Some(0) => statements.reported += 1,
            Some(_) => statements.strong += 1,
        }
    }
    statements
}

fn years(site: &Site<'_>) -> Vec<Year> {
    let incidents = &site.registry.records.incidents;
    let years = site.registry.facets().of(Facet::Year).iter().filter(|year| !year.cases.is_empty());
    let of =
        |cases: &[usize], level| cases.iter().filter(|at| incidents[**at].severity.value == level).count();
    years
        .map(|year| Year {
            name: year.id.clone(),
            counts: (1..=5).rev().map(|level| of(&year.cases, level)).collect(),
            total: year.cases.len(),
        })
        .collect()
}
