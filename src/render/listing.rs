//! Cases to list pages: fifty on each, the first at the folder's own address.

use anyhow::Result;
use serde::Serialize;

use crate::model::output::Job;
use crate::render::Site;
use crate::render::case::{self, Case};

/// The number of cases on a page.
pub(super) const PER_PAGE: usize = 50;

/// One page of a list of cases.
#[derive(Serialize)]
pub(super) struct Listing<'a> {
    cases: Vec<Case<'a>>,
    total: usize,
    /// The numbers of the first and the last case on this page.
    first: usize,
    last: usize,
    /// This page, counted from 1.
    number: usize,
    /// Every page of the list: its number and its address below the root.
    pages: Vec<(usize, String)>,
}

impl Listing<'_> {
    /// Whether no page follows.
    pub(super) fn is_last(&self) -> bool {
        self.last == self.total
    }
}

/// The page of a list with a number, counted from 1.
pub(super) fn page<'a>(site: &Site<'a>, folder: &str, cases: &[usize], number: usize) -> Listing<'a> {
    let start = (number - 1) * PER_PAGE;
    let end = (start + PER_PAGE).min(cases.len());
    Listing {
        cases: cases[start..end].iter().map(|at| case::case(site, *at)).collect(),
        total: cases.len(),
        first: start + 1,
        last: end,
        number,
        pages: near(number, count(cases)).into_iter().map(|it| (it, address(folder, it))).collect(),
    }
}

/// The number of pages of a list; an empty one has a page too.
fn count(cases: &[usize]) -> usize {
    cases.len().div_ceil(PER_PAGE).max(1)
}

/// The pages worth a link: the first, the last, and those around this one.
fn near(number: usize, count: usize) -> Vec<usize> {
    (1..=count).filter(|it| *it == 1 || *it == count || it.abs_diff(number) <= 2).collect()
}

/// The address of a page of a list, below the root.
fn address(folder: &str, number: usize) -> String {
    if number == 1 { folder.to_owned() } else { format!("{folder}page-{number}/") }
}

/// A job for each page of a list; `make` is given the page's path and its part of the list.
pub(super) fn jobs<'a>(
    site: &'a Site<'a>,
    folder: String,
    cases: &'a [usize],
    make: impl Fn(&str, Listing<'a>) -> Result<Vec<u8>> + Clone + Send + Sync + 'a,
) -> impl Iterator<Item = Job<'a>> {
    (1..=count(cases)).map(move |number| {
        let (folder, make) = (folder.clone(), make.clone());
        let path = format!("{}index.html", address(&folder, number));
        Job::new(path.clone(), move || make(&path, page(site, &folder, cases, number)))
    })
}
