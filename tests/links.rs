//! The report of a link checker on the disk: what of it is read, what is refused, and that a long one is no burden.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use incident_registry::files::{Base, File, Files};
use incident_registry::model::links::Answer;
use incident_registry::pipeline;
use tempfile::TempDir;

/// Only so that a reading that takes hours fails; nothing is measured.
const WATCHDOG: Duration = Duration::from_mins(2);
const HEADER: &str = "url\tchecked\tanswer\n";
const GONE: &str = "https://acme.example/restored\t2026-11-20\t404\n";
const E13: &str = "incidents/APM-0002.md:14:10: warning[E13] `post` answered 404 when it was checked on 2026-11-20, and has no `archive`\n";

fn base() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    support::write_base(folder.path());
    folder
}

/// What lint says of the base registry with this report.
fn lint(report: impl AsRef<[u8]>, format: &str) -> String {
    let folder = base();
    fs::write(folder.path().join("links.tsv"), report).expect("it can be written");
    lint_at(folder.path(), &["--format", format])
}

fn lint_at(root: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("registry").expect("the binary is built");
    command.current_dir(root).env_remove("REGISTRY_ROOT").arg("lint").args(arguments).timeout(WATCHDOG);
    let output = command.output().expect("it runs");
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it writes UTF-8")
}

#[test]
fn a_source_that_is_gone_is_shown_with_the_line_of_the_report() {
    let report = format!("{HEADER}https://acme.example/december\t2026-11-20\t200\n{GONE}");
    assert_eq!(lint(&report, "concise"), E13);
    let shown = lint(&report, "human");
    for part in [
        "--> incidents/APM-0002.md:14:10",
        "::: links.tsv:3:1",
        " 3 | https://acme.example/restored",
        "the newest check of this address",
        "= help: look the address up at a web archive",
    ] {
        assert!(shown.contains(part), "`{part}` in\n{shown}");
    }
    assert_eq!(lint(HEADER, "concise"), "");
}

#[test]
fn line_ends_and_a_mark_at_the_beginning_change_nothing_but_their_own_finding() {
    let report = format!("\u{feff}{HEADER}{GONE}").replace('\n', "\r\n");
    let said = lint(&report, "concise");
    assert!(said.contains(E13) && said.contains("links.tsv:1:1: warning[S11]"), "{said}");
    assert!(!said.contains("R10"), "{said}");
    assert_eq!(lint(format!("{HEADER}{GONE}").trim_end(), "concise"), E13, "the last line may lack its end");
}

#[test]
fn each_word_says_whether_the_page_is_gone() {
    let mut words = vec!["404", "410", "200", "301", "401", "403", "429", "451", "500", "503", "999"];
    words.extend(Answer::WORDS.map(|(word, _)| word));
    let gone = |word: &&str| lint(answered(word), "concise").contains("E13");
    let gone: Vec<&str> = words.into_iter().filter(gone).collect();
    assert_eq!(gone, ["404", "410", "gone", "no-host"]);
}

fn answered(word: &str) -> String {
    format!("{HEADER}{}", GONE.replace("404", word))
}

#[test]
fn what_is_no_text_or_no_file_is_refused_like_any_other() {
    let said = lint([HEADER.as_bytes(), GONE.as_bytes(), b"\x00\xff\xfe"].concat(), "concise");
    assert!(said.contains("links.tsv:3:2: error[R04]") && !said.contains("E13"), "{said}");
    let folder = base();
    fs::create_dir(folder.path().join("links.tsv")).expect("a folder can be made");
    let said = lint_at(folder.path(), &["--format", "concise"]);
    assert!(said.starts_with("links.tsv:1:1: error[R02]"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_symlink_is_not_followed() {
    let folder = base();
    fs::write(folder.path().join("elsewhere"), format!("{HEADER}{GONE}")).expect("it can be written");
    std::os::unix::fs::symlink("elsewhere", folder.path().join("links.tsv")).expect("a link can be made");
    let said = lint_at(folder.path(), &["--format", "concise"]);
    assert!(said.starts_with("links.tsv:1:1: error[R02]") && !said.contains("E13"), "{said}");
}

#[test]
fn more_than_its_limit_is_not_read() {
    let line = "https://acme.example/restored\t2026-11-20\t404\n";
    let count = (16 << 20) / line.len() + 1;
    let said = lint(format!("{HEADER}{}", line.repeat(count)), "concise");
    assert!(said.starts_with("links.tsv:1:1: error[R01]") && !said.contains("E13"), "{said}");
}

#[test]
fn a_hundred_thousand_lines_are_read_and_shown() {
    let mut report = HEADER.to_owned();
    for number in 0..100_000 {
        let _ = writeln!(
            report,
            "https://news{}.example/a/{number}?page=1&utm_source=x\t2026-11-20\t404",
            number % 999
        );
    }
    report += GONE;
    assert_eq!(lint(&report, "concise"), E13);
    assert!(lint(&report, "human").contains("::: links.tsv:100002:1"));
}

#[test]
fn a_file_of_another_kind_gives_a_few_findings_and_their_number() {
    let said = lint("x\n".repeat(200_000), "json");
    let findings: serde_json::Value = serde_json::from_str(&said).expect("it is JSON");
    assert_eq!(findings["errors"], 20);
    let last = findings["diagnostics"][19]["help"].as_str().expect("text");
    assert!(last.ends_with("(and 199980 more lines cannot be read)"), "{last}");
}

#[test]
fn no_byte_of_a_report_commands_the_terminal() {
    let report = format!(
        "{HEADER}https://acme.example/\u{1b}[2J\t2026-11-20\t404\nhttps://a.example/\t\u{1b}[2J\t\u{202e}\n"
    );
    for format in ["human", "concise", "github"] {
        let said = lint(&report, format);
        assert!(!said.contains(['\u{1b}', '\u{202e}']) && said.contains("R10"), "{said:?}");
    }
}

#[test]
fn the_report_can_be_linted_by_itself() {
    let folder = base();
    fs::write(folder.path().join("links.tsv"), format!("{HEADER}{GONE}wrong\n")).expect("it can be written");
    let said = lint_at(folder.path(), &["--format", "concise", "links.tsv"]);
    assert_eq!(said, "links.tsv:3:1: error[R10] this line has 1 column, and a check has 3\n");
}

#[test]
fn a_change_of_the_report_is_no_change_of_policy() {
    let with = |report: &str| {
        let files = support::base().into_iter().map(|(path, text)| File::new(path, text));
        Files::new(files.chain([File::new("links.tsv", report)]).collect())
    };
    let (before, after) = (with(HEADER), with(&format!("{HEADER}{GONE}")));
    let base = Base { files: before, workflows: Vec::new() };
    let found = pipeline::check_change(&after, &base).diagnostics;
    let codes: Vec<&str> = found.iter().map(|it| it.code.0).collect();
    assert_eq!(codes, ["E13"]);
    let base = Base { files: after, workflows: Vec::new() };
    assert!(pipeline::check_change(&support::base_files(), &base).diagnostics.is_empty());
}

#[test]
fn the_documents_show_a_report_that_can_be_read_and_name_every_answer() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/links.md");
    let docs = fs::read_to_string(docs).expect("the page is there");
    let sample = docs.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a sample");
    let said = lint(sample, "concise");
    assert!(sample.lines().count() > 3 && !said.contains("R10") && said.contains("E13"), "{said}");
    let page = incident_registry::check::rule("R10").expect("the rule is there").docs;
    for (word, _) in Answer::WORDS {
        assert!([docs.as_str(), page].iter().all(|text| text.contains(&format!("`{word}`"))), "{word}");
    }
}
