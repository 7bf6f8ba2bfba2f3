//! How to file a case: the ways to do it, and the field guide, which is the one in the repository.

use anyhow::Result;
use serde::Serialize;

use crate::render::{Site, markdown, questions};

/// The field guide, as `CONTRIBUTING.md` names it.
const GUIDE: &str = include_str!("../../docs/field-guide.md");

#[derive(Serialize)]
struct Page {
    /// A new issue in the registry's own tracker, with the questions to answer filled in.
    tell: Option<String>,
    guide: String,
}

pub(super) fn page(site: &Site<'_>) -> Result<Vec<u8>> {
    // The first line is the heading, and the page has one of its own.
    let guide = GUIDE.split_once('\n').map_or("", |(_, rest)| rest);
    let page = Page { tell: questions::tell(site), guide: markdown::plain(guide) };
    site.page("about/contribute/index.html", "contribute.html", &page)
}
