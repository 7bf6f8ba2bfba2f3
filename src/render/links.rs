//! Pages to the places they define and the places they lead to: filled while pages are rendered, checked before
//! the site appears. Holds hashes, so that its size is small beside that of the site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

/// Where a link leads: the hashes of a file's path and of a place in it.
type Lead = (u64, Option<u64>);

/// What one page defines and where it leads.
#[derive(Debug, Default)]
struct Page {
    template: &'static str,
    /// Sorted.
    anchors: Vec<u64>,
    targets: Vec<Lead>,
}

/// The pages rendered so far, by path.
#[derive(Debug, Default)]
pub(super) struct Links {
    pages: Mutex<BTreeMap<String, Page>>,
}

/// A link as it stands in a page, and where it leads: a file of the site, and a place in it.
struct Target<'a> {
    written: &'a str,
    path: Cow<'a, str>,
    fragment: Option<&'a str>,
}

impl Target<'_> {
    fn lead(&self) -> Lead {
        (hash(&self.path), self.fragment.map(hash))
    }
}

impl Links {
    /// Remembers what a page defines and where it leads.
    pub(super) fn add(&self, path: &str, template: &'static str, html: &str, base_path: &str) {
        let (mut anchors, mut links) = (Vec::new(), Vec::new());
        for (name, value) in attributes(html) {
            match name {
                "id" => anchors.push(hash(value)),
                "href" | "src" | "action" => links.push(value),
                _ => {}
            }
        }
        anchors.sort_unstable();
        // Most links of a page stand in it several times.
        links.sort_unstable();
        links.dedup();
        let targets = links.into_iter().filter_map(|link| target(path, link, base_path));
        let page = Page { template, anchors, targets: targets.map(|it| it.lead()).collect() };
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), page);
    }

    /// Fails with the first link that leads nowhere, in the order of the pages. `files` are all the site's files;
    /// `again` renders a page once more, to find the link by its words.
    pub(super) fn verify<'p>(
        &self,
        files: impl Iterator<Item = &'p str>,
        base_path: &str,
        again: impl Fn(&str) -> Result<Vec<u8>>,
    ) -> Result<()> {
        let Some((path, template, dead)) = self.first_dead(files) else { return Ok(()) };
        let html = again(&path)?;
        let html = String::from_utf8_lossy(&html);
        let links = attributes(&html).filter(|(name, _)| *name != "id");
        let mut targets = links.filter_map(|(_, value)| target(&path, value, base_path));
        let dead = targets.find(|it| dead.contains(&it.lead()));
        let written = dead.map_or("", |it| it.written);
        bail!(
            "the link `{written}` in `{path}` leads nowhere\n  \
             help: it comes from the template `{template}`, or from one that this one extends or includes"
        );
    }

    /// The first page with a link that leads nowhere, and those links.
    fn first_dead<'p>(
        &self,
        files: impl Iterator<Item = &'p str>,
    ) -> Option<(String, &'static str, Vec<Lead>)> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let files: BTreeMap<u64, Option<&Page>> = files.map(|path| (hash(path), pages.get(path))).collect();
        let leads = |(path, fragment): &&Lead| {
            let Some(page) = files.get(path) else { return false };
            // The places of a file that is no page, or is not rendered yet, are not known.
            fragment.is_none_or(|it| page.is_none_or(|page| page.anchors.binary_search(&it).is_ok()))
        };
        pages.iter().find_map(|(path, page)| {
            let dead: Vec<Lead> = page.targets.iter().filter(|it| !leads(it)).copied().collect();
            (!dead.is_empty()).then(|| (path.clone(), page.template, dead))
        })
    }
}

/// The same for the same text in every run.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Where a link in a page leads, if it stays within the site.
fn target<'a>(page: &'a str, written: &'a str, base_path: &str) -> Option<Target<'a>> {
    let (rest, fragment) = written.split_once('#').map_or((written, None), |(rest, it)| (rest, Some(it)));
    let rest = rest.split('?').next().unwrap_or_default();
    let is_elsewhere =
        rest.starts_with("//") || rest.split('/').next().is_some_and(|first| first.contains(':'));
    if is_elsewhere {
        return None;
    }
    let path = if rest.is_empty() { page.into() } else { resolve(page, rest, base_path).into() };
    Some(Target { written, path, fragment: fragment.filter(|it| !it.is_empty()) })
}

/// A relative link, from the page it stands in to the file it names; a folder names its `index.html`.
fn resolve(page: &str, link: &str, base_path: &str) -> String {
    let is_absolute = link.starts_with('/');
    if is_absolute && !link.starts_with(base_path) {
        // An address outside the site's own path is no file of it.
        return link.to_owned();
    }
    let (mut parts, relative): (Vec<&str>, &str) =
        if is_absolute { (Vec::new(), &link[base_path.len()..]) } else { (page.split('/').collect(), link) };
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    let is_folder = relative.is_empty() || relative.ends_with('/') || relative.ends_with("..");
    if is_folder {
        parts.push("index.html");
    }
    parts.join("/")
}

/// The attributes with a quoted value of a page of ours, in written order. Text between tags holds no bare `<`,
/// since templates and Markdown escape it.
fn attributes(html: &str) -> impl Iterator<Item = (&str, &str)> {
    let tags = html.split('<').filter(|tag| tag.as_bytes().first().is_some_and(u8::is_ascii_alphabetic));
    tags.flat_map(|tag| {
        let mut rest = tag;
        std::iter::from_fn(move || {
            // What stands before the next blank is the tag's name, or an attribute without a value.
            let end = rest.bytes().position(|byte| matches!(byte, b' ' | b'\n' | b'>'))?;
            if rest.as_bytes()[end] == b'>' {
                return None;
            }
            rest = &rest[end + 1..];
            let end = rest.bytes().position(|byte| matches!(byte, b'=' | b' ' | b'\n' | b'>'))?;
            let Some(value) = rest[end..].strip_prefix("=\"") else { return Some(("", "")) };
            let name = &rest[..end];
            let end = value.find('"')?;
            rest = &value[end + 1..];
            Some((name, &value[..end]))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_resolved_from_its_page() {
        for (page, link, file) in [
            ("index.html", "gates/", "gates/index.html"),
            ("incidents/A/index.html", "../../gates/deploy/#unknown", "gates/deploy/index.html"),
            ("incidents/A/index.html", "../../", "index.html"),
            ("incidents/A/index.html", "#f1", "incidents/A/index.html"),
            ("incidents/A/index.html", "../A.md", "incidents/A.md"),
            ("incidents/index.html", "?q=x", "incidents/index.html"),
            ("404.html", "/some/site/gates/", "gates/index.html"),
            ("404.html", "/some/site/", "index.html"),
            ("404.html", "/elsewhere/", "/elsewhere/"),
        ] {
            assert_eq!(
                target(page, link, "/some/site/").map(|it| it.path.into_owned()).as_deref(),
                Some(file),
                "{link}"
            );
        }
        for link in ["https://example.org/", "mailto:a@example.org", "//example.org/x"] {
            assert!(target("index.html", link, "/").is_none(), "{link}");
        }
    }

    #[test]
    fn attributes_are_found_within_tags_only() {
        let html =
            "<a class=\"x\" href=\"a/\">href=\"b/\"</a><br><input disabled id=\"q\"><img src=\"c.svg\"/>";
        let found: Vec<_> = attributes(html).filter(|(name, _)| *name != "class").collect();
        assert!(
            found.contains(&("href", "a/"))
                && found.contains(&("id", "q"))
                && found.contains(&("src", "c.svg"))
        );
        assert!(!found.contains(&("href", "b/")));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named() {
        let links = Links::default();
        links.add("index.html", "home.html", "<a href=\"other.html#there\">x</a>", "/");
        links.add("other.html", "term.html", "<p id=\"here\">x</p>", "/");
        let files = || ["index.html", "other.html"].into_iter();
        let again = |_: &str| Ok(b"<a href=\"other.html#there\">x</a>".to_vec());
        let error = links.verify(files(), "/", again).map_err(|error| error.to_string());
        assert!(error.is_err_and(|it| it.contains("`other.html#there` in `index.html` leads nowhere")));
        links.add("other.html", "term.html", "<p id=\"there\">x</p>", "/");
        assert!(links.verify(files(), "/", again).is_ok());
        assert!(links.verify(["index.html"].into_iter(), "/", again).is_err());
    }
}
