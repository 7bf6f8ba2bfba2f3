//! The page on coverage: ticking gates changes figures, lists and the address, with the mouse and without.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::on_the_site;
use crate::page::{Key, Page, css};
use crate::server::Server;

#[test]
fn ticking_gates_changes_figures_and_lists() {
    on_the_site(Page::open(), |tab, base| {
        the_page_is_that_of_all_gates(tab, base);
        ticking_gates(tab, base);
        a_set_in_the_address(tab, base);
    });
}

/// Incidents by the best verdict, from would block to none covers it.
const BESTS: &str =
    "[...document.querySelectorAll('#bests tr')].map(it => it.cells[1].textContent).join(' ')";
const TOLD: &str = "document.querySelector('#told').textContent";
/// What stands in a list, whatever the blanks between the tags.
const LISTS: &str =
    "[...document.querySelectorAll('.best')].map(it => it.hidden ? '' : it.querySelector('ol').outerHTML
    .replace(/\\s+/g, ' ').replaceAll('> <', '><')).join('\\n')";

fn the_page_is_that_of_all_gates(tab: &mut Page, base: &str) {
    tab.go(&format!("{base}coverage/"));
    assert_eq!(tab.text(TOLD), "With all 11 gates");
    assert_eq!(tab.text(BESTS), "0 0 1 3 0 0");
    assert!(
        tab.holds("performance.getEntriesByType('resource').every(it => !it.name.endsWith('cases.json'))")
    );
    assert_eq!(shift(tab), 0, "nothing moves while the page loads");
}

fn ticking_gates(tab: &mut Page, base: &str) {
    let written = tab.text(LISTS);
    // A gate that covers nothing here: the script's own lists are as those of the page.
    tab.click(&css("input[value=merge]"));
    tab.wait_until(&format!("{TOLD} === 'With 10 gates of 11'"));
    assert_eq!((tab.text(BESTS), tab.text(LISTS)), ("0 0 1 3 0 0".to_owned(), written.clone()));
    tab.click(&css("input[value=outbound-message]"));
    tab.wait_until(&format!("{TOLD} === 'With 9 gates of 11'"));
    assert_eq!(tab.text(BESTS), "0 0 0 3 0 1");
    assert!(tab.holds("document.querySelector('#only-if-routed').hidden"));
    assert!(tab.holds("document.querySelector('#none').textContent.includes('APM-0003')"));
    tab.back();
    tab.wait_until(&format!("{BESTS} === '0 0 1 3 0 0'"));
    assert!(
        tab.holds("document.querySelector('input[value=outbound-message]').checked"),
        "Back undoes one choice"
    );
    tab.back();
    tab.wait_until(&format!("{TOLD} === 'With all 11 gates'"));
    assert_eq!(tab.text(LISTS), written);
    assert!(tab.holds("location.search === ''"));
    // None, and from there with the keyboard alone.
    tab.click(&css("#no"));
    tab.wait_until(&format!("{BESTS} === '0 0 0 0 0 4'"));
    assert!(tab.holds("location.search === '?gates='"));
    assert!(tab.holds("document.querySelector('input[value=data-mutation]').focus() === undefined"));
    tab.press(Key::Tab);
    tab.type_text(" ");
    tab.wait_until("location.search === '?gates=deploy'");
    tab.wait_until(&format!("{BESTS} === '0 0 0 1 0 3'"));
    assert_eq!(tab.text(TOLD), "With 1 gate of 11");
    tab.follow(&css("#unknown a[href*='/APM-0005/']"));
    tab.back();
    tab.wait_until(&format!("{BESTS} === '0 0 0 1 0 3'"));
    tab.go(base);
}

/// What is sent to somebody else shows the same; a gate that is not there is as if it had not been named.
fn a_set_in_the_address(tab: &mut Page, base: &str) {
    tab.go(&format!("{base}coverage/?gates=deploy,no-such-gate,publish"));
    tab.wait_until(&format!("{BESTS} === '0 0 0 2 0 2'"));
    assert!(tab.holds(
        "[...document.querySelectorAll('#gates input:checked')].map(it => it.value).join() === 'deploy,publish'"
    ));
    assert_eq!(shift(tab), 0, "what is in view keeps its place");
}

/// How far things have moved by themselves since the page was opened, in thousandths of a window.
fn shift(tab: &mut Page) -> u64 {
    let sum = "new Promise(done => {
        let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(it => { sum += it.value; }))
            .observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => setTimeout(() => done(Math.ceil(sum * 1000)), 50));
    })";
    tab.evaluate(sum).as_u64().expect("a number")
}

#[test]
fn without_scripts_coverage_is_that_of_all_gates() {
    on_the_site(Page::open_without_scripts(), |tab, base| {
        tab.go(&format!("{base}coverage/"));
        assert_eq!(tab.text(BESTS), "0 0 1 3 0 0");
        assert!(
            tab.holds("document.querySelector('#gates fieldset').disabled"),
            "what would do nothing says so"
        );
        assert!(
            tab.holds("document.querySelector('main').innerText.includes('Ticking gates needs JavaScript')")
        );
        tab.follow(&css("#bests a[href='#unknown']"));
        assert!(tab.holds("document.querySelector(':target').textContent.includes('APM-0046')"));
    });
}

/// The base registry with many cases that two gates read differently, and a gate that covers none of them.
fn of_several_verdicts() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().join("registry");
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
    for entry in walkdir::WalkDir::new(&base).into_iter().map(|it| it.expect("the base can be listed")) {
        let to = root.join(entry.path().strip_prefix(&base).expect("it lies below"));
        if entry.file_type().is_dir() {
            fs::create_dir(to).expect("a folder can be made");
        } else {
            fs::copy(entry.path(), to).expect("a file can be copied");
        }
    }
    let gate = fs::read_to_string(root.join("gates/data-mutation.md")).expect("the gate is there");
    let spare = gate.replace("id: data-mutation", "id: spare").replace("Data Mutation Gate", "Spare Gate");
    fs::write(root.join("gates/spare.md"), spare.replace("[delete-data]", "[answer]"))
        .expect("it can be written");
    let record = fs::read_to_string(root.join("incidents/APM-0001.md")).expect("the record is there");
    let step = "  - step: delete-records\n    action: delete-data\n    evidence: [f3]\n    approved: f3\n";
    let record = record.replace("gates:\n", &format!("{step}gates:\n"));
    let mut ledger = fs::read_to_string(root.join("incidents/ids.lock")).expect("the ledger is there");
    for number in 3..=60 {
        let id = format!("APM-{number:04}");
        let text = record.replace("id: APM-0001", &format!("id: {id}"));
        let text = text.replace("deletes an environment and", &format!("deletes environment {number} and"));
        fs::write(root.join(format!("incidents/{id}.md")), text).expect("it can be written");
        ledger = format!("{ledger}{id} 2026-02-21\n");
    }
    fs::write(root.join("incidents/ids.lock"), ledger).expect("it can be written");
    folder
}

#[test]
fn the_best_of_several_verdicts_counts_and_long_lists_go_on() {
    const LINES: &str = "document.querySelectorAll('#unknown .lines li').length";
    let folder = of_several_verdicts();
    let site = folder.path().join("site");
    let mut build = Command::new(env!("CARGO_BIN_EXE_registry"));
    build.args(["build", "--root"]).arg(folder.path().join("registry")).arg("--out").arg(&site);
    let said = build.output().expect("the program runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let server = Server::start(&site, "/");
    let mut tab = Page::open();
    tab.go(&format!("{}coverage/", server.base));
    assert_eq!(tab.text(BESTS), "0 0 0 59 0 1");
    let written = tab.text(LISTS);
    assert!(tab.holds(&format!("{LINES} === 20")));
    // Without the gate that covers nothing every case keeps its best verdict, and not the worst.
    tab.click(&css("input[value=spare]"));
    tab.wait_until(&format!("{TOLD} === 'With 2 gates of 3'"));
    assert_eq!((tab.text(BESTS), tab.text(LISTS)), ("0 0 0 59 0 1".to_owned(), written));
    tab.click(&css("#unknown .onward button"));
    tab.wait_until(&format!("{LINES} === 59"));
    assert!(tab.holds("document.activeElement === document.querySelectorAll('#unknown .lines a')[20]"));
    tab.click(&css("input[value=deploy]"));
    tab.wait_until(&format!("{BESTS} === '0 0 0 0 58 2'"));
    // Of all gates, too, the list goes on.
    tab.click(&css("#every"));
    tab.wait_until(&format!("{LINES} === 20"));
    tab.click(&css("#unknown .rest button"));
    tab.wait_until(&format!("{LINES} === 59"));
    assert_eq!(tab.findings(&server.base), [""; 0]);
}
