//! The built site in a real Chromium: what a reader does, with and without scripts, and that no page breaks a promise.
#![allow(dead_code, reason = "the browser's modules are shared with the tool that takes pictures")]

mod chromium;
mod coverage;
mod crawl;
mod drawing;
mod findings;
mod page;
mod proofs;
mod server;
#[path = "../support/mod.rs"]
mod support;
mod what_if;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::page::{Key, Page, css, link_to};
use crate::server::Server;

/// A site is served at the root of a host, and as the pages of a project below a path.
const MOUNTS: [&str; 2] = ["/", "/some/registry/"];

/// The repository's own records as a site for each place, built once a run.
static SITES: LazyLock<[PathBuf; 2]> =
    LazyLock::new(|| MOUNTS.map(|mount| build(Path::new(env!("CARGO_MANIFEST_DIR")), "all", mount)));

/// Four of them, whose figures the tests know.
static SITES_OF_FOUR: LazyLock<[PathBuf; 2]> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    support::write(folder.path(), &support::four());
    MOUNTS.map(|mount| build(folder.path(), "four", mount))
});

fn build(root: &Path, what: &str, mount: &str) -> PathBuf {
    let name = format!("browser-site-{what}{}", mount.replace('/', "-"));
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut build = Command::new(env!("CARGO_BIN_EXE_registry"));
    build.args(["build", "--root"]).arg(root).arg("--out").arg(&out);
    build.args(["--base-url", &format!("https://registry.example{mount}")]);
    let said = build.output().expect("the program runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    out
}

/// The site at the root of a host (0), or below a path (1).
fn served(place: usize) -> Server {
    Server::start(&SITES[place], MOUNTS[place])
}

/// What a reader does on the site of four records, at the root and below a path, in a tab that reports nothing wrong
/// meanwhile.
fn on_the_site(mut tab: Page, does: impl Fn(&mut Page, &str)) {
    for (place, mount) in MOUNTS.iter().enumerate() {
        let server = Server::start(&SITES_OF_FOUR[place], mount);
        tab.renew();
        does(&mut tab, &server.base);
        assert_eq!(tab.findings(&server.base), [""; 0], "below {mount}");
    }
}

#[test]
fn a_reader_comes_from_home_to_a_gate_and_back() {
    on_the_site(Page::open(), from_home_to_a_gate_and_back);
}

#[test]
fn a_reader_without_scripts_does_too() {
    on_the_site(Page::open_without_scripts(), |tab, base| {
        from_home_to_a_gate_and_back(tab, base);
        fragments_lead_to_their_places(tab, base);
    });
}

fn from_home_to_a_gate_and_back(tab: &mut Page, base: &str) {
    tab.go(base);
    tab.follow(&css("main a[href*='/APM-0005/']"));
    assert!(tab.text("document.title").contains("APM-0005"));
    let case = tab.text("document.querySelector('h1').textContent");
    tab.follow(&css("#gate-deploy a[href*='gates/deploy/']"));
    assert_eq!(tab.text("document.querySelector('h1').textContent"), "Deploy Gate");
    tab.follow(&css("main a[href*='/APM-0005/']"));
    assert_eq!(tab.text("document.querySelector('h1').textContent"), case);
    tab.back();
    assert_eq!(tab.text("document.querySelector('h1').textContent"), "Deploy Gate");
}

#[test]
fn the_first_key_leads_past_the_navigation() {
    on_the_site(Page::open(), |tab, base| {
        tab.go(base);
        tab.press(Key::Tab);
        assert!(
            tab.holds("document.activeElement.matches('a[href^=\"#\"]')"),
            "Tab finds a link to the content"
        );
        tab.press(Key::Enter);
        tab.wait_until("document.querySelector(':target')?.closest('main')");
    });
}

#[test]
fn fragments_scroll_to_their_places() {
    on_the_site(Page::open(), fragments_lead_to_their_places);
}

fn fragments_lead_to_their_places(tab: &mut Page, base: &str) {
    // Evidence that a judgement names, and the statement itself far from it.
    tab.go(&format!("{base}incidents/APM-0005/"));
    for id in ["f1", "u1"] {
        tab.follow(&link_to(id));
        assert!(in_view(tab, id), "a link to #{id} shows it");
    }
    tab.back();
    assert!(in_view(tab, "f1"), "Back returns to #f1");
    // A quoted address, opened from elsewhere.
    tab.go(base);
    tab.go(&format!("{base}incidents/APM-0005/#gate-deploy"));
    assert!(in_view(tab, "gate-deploy"), "an address with #gate-deploy shows it");
}

/// Whether the place that the address names has been scrolled to.
fn in_view(tab: &mut Page, id: &str) -> bool {
    tab.holds(&format!(
        "(() => {{
            const place = document.querySelector(':target');
            const top = place?.getBoundingClientRect().top;
            return place?.id === '{id}' && scrollY > 0 && top > -1 && top < innerHeight;
        }})()"
    ))
}

#[test]
fn typing_narrows_the_list_of_cases() {
    on_the_site(Page::open(), typing_narrows_the_list);
}

/// The address keeps what was typed, and so do Back and a reader whom it is sent to.
fn typing_narrows_the_list(tab: &mut Page, base: &str) {
    const SHOWN: &str = "[...document.querySelectorAll('.case')].filter(it => it.checkVisibility()).map(it => it.textContent)";
    let one = format!("(shown => shown.length === 1 && shown[0].includes('APM-0005'))({SHOWN})");
    tab.go(&format!("{base}incidents/"));
    assert!(tab.holds(&format!("{SHOWN}.length >= 4")), "the list shows every case");
    tab.click(&css("#filter"));
    tab.type_text("kiro");
    tab.wait_until(&one);
    tab.wait_until("new URLSearchParams(location.search).get('q') === 'kiro'");
    tab.follow(&css(".case a[href*='APM-0005/']"));
    tab.back();
    tab.wait_until(&one);
    tab.go(base);
    tab.go(&format!("{base}incidents/?q=kiro"));
    tab.wait_until(&one);
    assert_eq!(tab.text("document.querySelector('#filter').value"), "kiro");
}

#[test]
fn choices_narrow_the_list_and_back_undoes_one() {
    on_the_site(Page::open(), choices_narrow_the_list);
}

/// Chooses in one of the fields, as a reader's hand would.
fn choose(tab: &mut Page, field: &str, value: &str) {
    assert!(tab.holds(&format!(
        "(field => {{
            field.value = '{value}';
            field.dispatchEvent(new Event('change', {{ bubbles: true }}));
            return field.value === '{value}';
        }})(document.querySelector('select[name={field}]'))"
    )));
}

fn choices_narrow_the_list(tab: &mut Page, base: &str) {
    const NUMBERS: &str =
        "[...document.querySelectorAll('.case .number')].map(it => it.textContent).join(' ')";
    tab.go(&format!("{base}incidents/"));
    let whole = tab.text(NUMBERS);
    tab.click(&css(".narrow summary"));
    tab.wait_until(
        "document.querySelector('select[name=gate] option[value=deploy]')?.textContent === 'Deploy Gate (1)'",
    );
    choose(tab, "severity", "2");
    tab.wait_until(&format!("{NUMBERS} === 'APM-0003 APM-0046 APM-0008'"));
    assert!(tab.holds("document.querySelector('#found').textContent === '3 cases of 4'"));
    choose(tab, "gate", "publish");
    tab.wait_until(&format!("{NUMBERS} === 'APM-0046'"));
    assert!(tab.holds("location.search === '?severity=2&gate=publish'"));
    // Of the verdicts only those of that gate can still be chosen.
    assert!(tab.holds("document.querySelector('option[value=unknown]').textContent === 'Unknown (1)'"));
    assert!(tab.holds("document.querySelector('option[value=only-if-routed]').disabled"));
    tab.back();
    tab.wait_until(&format!("{NUMBERS} === 'APM-0003 APM-0046 APM-0008'"));
    choose(tab, "sort", "earliest");
    tab.wait_until(&format!("{NUMBERS} === 'APM-0008 APM-0046 APM-0003'"));
    tab.click(&css("#clear"));
    tab.wait_until(&format!("{NUMBERS} === '{whole}'"));
    assert!(tab.holds("location.search === '' && document.querySelector('#clear').hidden"));
    // Words that no case has: said, and nothing shown.
    tab.go(&format!("{base}incidents/?q=zebra"));
    tab.wait_until("document.querySelector('#found').textContent.startsWith('No case matches')");
    assert!(tab.holds("document.querySelectorAll('.case').length === 0"));
}

#[test]
fn a_case_that_the_filter_shows_looks_like_one_of_the_page() {
    on_the_site(Page::open(), |tab, base| {
        const ROWS: &str = "[...document.querySelectorAll('#list .case')]
            .map(it => it.outerHTML.replace(/\\s+/g, ' ').replaceAll('> <', '><')).join('\\n')";
        tab.go(&format!("{base}incidents/"));
        let written = tab.text(ROWS);
        tab.go(&format!("{base}incidents/?kind=Incident"));
        tab.wait_until("document.querySelector('#found').textContent === '4 cases of 4'");
        assert_eq!(tab.text(ROWS), written);
    });
}

#[test]
fn every_page_keeps_the_promises() {
    let server = served(1);
    let findings = crawl::site(&server, server.pages(), crawl::CHECKS);
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_kind_of_page_works_at_the_root() {
    // What holds below a path holds there as well, unless a kind of page reckons with the path.
    let server = served(0);
    let findings = crawl::site(&server, server.kinds(), &[]);
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_kind_of_page_goes_to_paper() {
    let server = served(0);
    let mut tab = Page::open();
    for page in server.kinds() {
        tab.go(&format!("{}{page}", server.base));
        let paper = tab.paper();
        assert!(paper.starts_with(b"%PDF-") && paper.len() > 10_000, "{page} gives {} bytes", paper.len());
    }
}
