//! A served site in, everything that is wrong on any of its pages out. One more check is a function and a row in `CHECKS`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::page::Page;
use crate::server::Server;

/// Asks the page that is open for one thing that would be wrong with it.
pub(crate) type Check = fn(&mut Page) -> Option<String>;

/// What each page is asked, besides what the browser itself reports about it.
pub(crate) const CHECKS: &[Check] = &[is_named, fits, follows_the_theme, shows_on_paper];

/// Visits these pages of a site, and gives each finding after the path of its page.
pub(crate) fn site(server: &Server, pages: Vec<String>, checks: &[Check]) -> Vec<String> {
    let mut tab = Page::open();
    let mut links = Links::default();
    let mut findings = Vec::new();
    for path in pages {
        tab.go(&format!("{}{path}", server.base));
        let asked: Vec<String> = checks.iter().filter_map(|check| check(&mut tab)).collect();
        links.collect(&path, &mut tab, server);
        let heard = tab.findings(&server.base);
        findings.extend(asked.into_iter().chain(heard).map(|it| format!("{path}: {it}")));
    }
    // What the last page said late is heard by leaving it.
    tab.go("about:blank");
    findings.extend(tab.findings(&server.base));
    findings.extend(links.dead(server));
    findings
}

fn is_named(tab: &mut Page) -> Option<String> {
    let named =
        "document.title && document.querySelectorAll('h1').length === 1 && document.documentElement.lang";
    (!tab.holds(&format!("Boolean({named})"))).then(|| "wants a title, one `h1` and a language".to_owned())
}

/// A page is never wider than the window, from the smallest phone on.
fn fits(tab: &mut Page) -> Option<String> {
    let width = [1440, 768, 320].into_iter().find(|width| {
        tab.size(*width, 800);
        !tab.holds("document.documentElement.scrollWidth <= innerWidth")
    })?;
    let widest = tab.text(
        "[...document.body.querySelectorAll('*')].filter(it => it.getBoundingClientRect().right > innerWidth)
            .slice(0, 3).map(it => it.cloneNode().outerHTML).join(' ')",
    );
    Some(format!("scrolls sideways at {width} pixels: {widest}"))
}

fn follows_the_theme(tab: &mut Page) -> Option<String> {
    let paper_is_brighter = "(() => {
        const brightness = colour => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, it) => sum + Number(it), 0);
        const [body, root] = [document.body, document.documentElement].map(it => getComputedStyle(it));
        const opaque = body.backgroundColor !== 'rgba(0, 0, 0, 0)';
        return brightness((opaque ? body : root).backgroundColor) > brightness(body.color);
    })()";
    let wrong = [("light", true), ("dark", false)].into_iter().find(|(theme, brighter)| {
        tab.media("screen", theme);
        tab.holds(paper_is_brighter) != *brighter
    });
    tab.media("", "");
    wrong.map(|(theme, _)| format!("is not {theme} in a {theme} theme"))
}

fn shows_on_paper(tab: &mut Page) -> Option<String> {
    tab.media("print", "light");
    let shows = tab.holds("document.querySelector('h1')?.checkVisibility() ?? false");
    tab.media("", "");
    (!shows).then(|| "does not print its heading".to_owned())
}

/// Where all pages lead, and the places that they have.
#[derive(Default)]
struct Links {
    /// The page and the address that it names.
    from: Vec<(String, String)>,
    ids: BTreeMap<PathBuf, BTreeSet<String>>,
}

impl Links {
    fn collect(&mut self, path: &str, tab: &mut Page, server: &Server) {
        let links = tab.evaluate(
            "[...document.querySelectorAll('[href], [src]')]
                .map(it => new URL(it.getAttribute('href') ?? it.getAttribute('src'), document.baseURI).href)",
        );
        self.from.extend(texts(&links).map(|link| (path.to_owned(), link)));
        let ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(it => it.id)");
        self.ids.insert(server.folder.join(path), texts(&ids).collect());
    }

    /// Links within the host that lead to no file of the site, or to no place of its page.
    fn dead(&self, server: &Server) -> Vec<String> {
        let host = server.base.find('/').map_or(0, |at| at + 2);
        let host = &server.base[..host + server.base[host..].find('/').expect("a base ends with a slash")];
        let own = self.from.iter().filter(|(_, link)| link.starts_with(host));
        let dead = own.filter(|(_, link)| !self.leads_somewhere(link, server));
        dead.map(|(path, link)| format!("{path}: dead link: {link}")).collect()
    }

    fn leads_somewhere(&self, link: &str, server: &Server) -> bool {
        let Some(file) = server.file(link) else { return false };
        let fragment = link.split_once('#').map_or("", |(_, fragment)| fragment);
        fragment.is_empty() || self.ids.get(&file).is_none_or(|ids| ids.contains(fragment))
    }
}

fn texts(list: &Value) -> impl Iterator<Item = String> {
    let list = list.as_array().expect("the page gives a list");
    list.iter().map(|it| it.as_str().expect("the page gives texts").to_owned())
}
