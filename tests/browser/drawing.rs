//! The drawing of a path in the browser: its labels keep apart at any width and size of text, and keys reach its links.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::crawl;
use crate::page::{Key, Page};
use crate::server::Server;
use crate::support::{self, path};

const CASE: &str = "incidents/APM-0001/index.html";

/// The site of a registry whose first record has this path.
fn site(registry: &[(String, String)]) -> (TempDir, Server) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (root, out) = (folder.path().join("registry"), folder.path().join("site"));
    support::write(&root, registry);
    build(&root, &out);
    let server = Server::start(&out, "/");
    (folder, server)
}

fn build(root: &Path, out: &Path) {
    let mut build = Command::new(env!("CARGO_BIN_EXE_registry"));
    let said = build.args(["build", "--root"]).arg(root).arg("--out").arg(out).output();
    let said = said.expect("the program runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

/// What lies over something else in the drawing, or out of it, in words; links by each of their lines.
const TROUBLE: &str = "(() => {
    const figure = document.querySelector('.drawing');
    const boxes = figure.querySelectorAll('figcaption, .did, .crossing > p, .here > p, .here summary, .mark');
    const whole = [...boxes].map(it => [it, it.getBoundingClientRect()]);
    const lines = [...figure.querySelectorAll('a, .word')].flatMap(it => [...it.getClientRects()].map(box => [it, box]));
    const name = it => it.textContent.trim().slice(0, 40) || it.outerHTML.slice(0, 60);
    const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
        && one.top < other.bottom - 1 && other.top < one.bottom - 1;
    const over = whole.flatMap(([one, box], at) => whole.slice(at + 1)
        .filter(([other, its]) => !one.contains(other) && !other.contains(one) && meet(box, its))
        .map(([other]) => name(one) + ' / ' + name(other)));
    const frame = figure.getBoundingClientRect();
    const out = [...whole, ...lines].filter(([, box]) => box.left < frame.left || box.right > frame.right)
        .map(([it]) => name(it) + ' leaves the drawing');
    const seen = boxes.length > 4 ? [] : ['nothing is drawn'];
    return [...over, ...out, ...seen].join('; ');
})()";

#[test]
fn labels_keep_apart_at_every_width_and_size() {
    let registries = [
        path::registry(path::THREE),
        path::with_gates(path::registry(path::HARD), 39),
        path::registry(&path::long(20)),
    ];
    let mut tab = Page::open();
    for registry in &registries {
        let (_folder, server) = site(registry);
        tab.go(&format!("{}{CASE}", server.base));
        for (width, media) in [(320, "screen"), (768, "screen"), (1440, "screen"), (794, "print")] {
            tab.size(width, 800);
            tab.media(media, "light");
            for size in ["100%", "200%"] {
                tab.evaluate(&format!("document.documentElement.style.fontSize = '{size}'"));
                assert_eq!(tab.text(TROUBLE), "", "{width} pixels, {media}, text at {size}");
            }
        }
    }
}

#[test]
fn the_page_of_a_drawn_case_keeps_the_promises() {
    for registry in [path::registry(path::THREE), path::registry(path::HARD)] {
        let (_folder, server) = site(&registry);
        let findings = crawl::site(&server, vec![CASE.to_owned()], crawl::CHECKS);
        assert!(findings.is_empty(), "{}", findings.join("\n"));
    }
}

#[test]
fn keys_reach_every_link_of_a_drawing_in_its_order() {
    const LINKS: &str = "[...document.querySelectorAll('.drawing a')]";
    const RINGED: &str = "(style => style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2)\
        (getComputedStyle(document.activeElement))";
    let (_folder, server) = site(&path::registry(path::THREE));
    let mut tab = Page::open();
    tab.go(&format!("{}{CASE}", server.base));
    let count = tab.evaluate(&format!("{LINKS}.length")).as_u64().expect("links are counted");
    assert_eq!(count, 3 + 4 + 3, "steps, boundaries and gates");
    tab.evaluate(&format!("{LINKS}[0].focus()"));
    for at in 1..count {
        tab.press(Key::Tab);
        assert!(tab.holds(&format!("document.activeElement === {LINKS}[{at}]")), "link {at} is next");
        assert!(tab.holds(RINGED), "link {at} shows that it has the focus");
    }
    tab.evaluate("document.querySelector('.drawing a[href=\"#step-build-again\"]').focus()");
    tab.press(Key::Enter);
    tab.wait_until("document.querySelector(':target')?.id === 'step-build-again'");
    assert_eq!(tab.findings(&server.base), [""; 0]);
}
