//! Cases to list pages: fifty on each, the first at the folder's own address.

use std::ops::Range;

use anyhow::Result;
use serde::Serialize;

use crate::model::output::Job;
use crate::render::Site;
use crate::render::case::{self, Case};

/// The number of cases on a page.
pub(super) const PER_PAGE: usize = 50;

/// Where one page of a list stands among its pages.
#[derive(Clone, Serialize)]
pub(super) struct Pages {
    total: usize,
    /// The numbers of the first and the last entry on this page.
    first: usize,
    last: usize,
    /// This page, counted from 1.
    number: usize,
    /// The pages worth a link: number and address below the root.
    #[serde(rename = "pages")]
    links: Vec<(usize, String)>,
}

impl Pages {
    /// The part of the list that stands on this page.
    pub(super) fn range(&self) -> Range<usize> {
        self.first - 1..self.last
    }
}

/// The page of a list with a number, counted from 1.
pub(super) fn pages(folder: &str, total: usize, number: usize) -> Pages {
    let start = (number - 1) * PER_PAGE;
    let near = near(number, count(total)).into_iter();
    Pages {
        total,
        first: start + 1,
        last: (start + PER_PAGE).min(total),
        number,
        links: near.map(|it| (it, address(folder, it))).collect(),
    }
}

/// The numbers of the pages of a list; an empty one has a page too.
pub(super) fn numbers(total: usize) -> impl Iterator<Item = usize> {
    1..=count(total)
}

/// The file of a page of a list.
pub(super) fn path(folder: &str, number: usize) -> String {
    format!("{}index.html", address(folder, number))
}

/// One page of a list of cases.
#[derive(Serialize)]
pub(super) struct Listing<'a> {
    cases: Vec<Case<'a>>,
    #[serde(flatten)]
    pages: Pages,
}

impl Listing<'_> {
    /// Whether no page follows.
    pub(super) fn is_last(&self) -> bool {
        self.pages.last == self.pages.total
    }
}

/// The page of a list of cases with a number, counted from 1.
pub(super) fn page<'a>(site: &Site<'a>, folder: &str, cases: &[usize], number: usize) -> Listing<'a> {
    let pages = pages(folder, cases.len(), number);
    Listing { cases: cases[pages.range()].iter().map(|at| case::case(site, *at)).collect(), pages }
}

/// The number of pages of a list.
fn count(total: usize) -> usize {
    total.div_ceil(PER_PAGE).max(1)
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
    numbers(cases.len()).map(move |number| {
        let (folder, make) = (folder.clone(), make.clone());
        let path = path(&folder, number);
        Job::new(path.clone(), move || make(&path, page(site, &folder, cases, number)))
    })
}
