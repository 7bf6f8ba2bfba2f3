//! The linter's rules: a list of them by family, and for each the page that `registry explain` prints.

use anyhow::Result;
use serde::Serialize;

use crate::model::output::Job;
use crate::model::rule::RulePage;
use crate::render::{Site, markdown};

#[derive(Serialize)]
struct List {
    families: Vec<Family>,
}

#[derive(Serialize)]
struct Family {
    name: &'static str,
    rules: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
}

#[derive(Serialize)]
struct Page {
    rule: Row,
    family: &'static str,
    html: String,
}

/// The list and the pages.
pub(super) fn jobs<'a>(site: &'a Site<'a>) -> impl Iterator<Item = Job<'a>> {
    let pages = site.rules.iter().map(move |rule| {
        let path = format!("{}index.html", rule.address());
        Job::new(path.clone(), move || page(site, rule, &path))
    });
    std::iter::once(Job::new("rules/index.html", move || list(site))).chain(pages)
}

fn list(site: &Site<'_>) -> Result<Vec<u8>> {
    let families = site.rules.chunk_by(|a, b| a.family() == b.family());
    let family =
        |rules: &[RulePage]| Family { name: rules[0].family(), rules: rules.iter().map(row).collect() };
    site.page("rules/index.html", "rules.html", &List { families: families.map(family).collect() })
}

fn row(rule: &RulePage) -> Row {
    Row { code: rule.code, name: rule.name, severity: rule.severity }
}

fn page(site: &Site<'_>, rule: &RulePage, path: &str) -> Result<Vec<u8>> {
    // The first line is the heading, which the page has already.
    let text = rule.docs.split_once('\n').map_or("", |(_, rest)| rest);
    site.page(
        path,
        "rule.html",
        &Page { rule: row(rule), family: rule.family(), html: markdown::plain(text) },
    )
}
