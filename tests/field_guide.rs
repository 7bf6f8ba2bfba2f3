//! The field guide: its worked examples are records that lint clean, its printed output is what the program prints, and
//! the cases it names stand in the registry as it says.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use incident_registry::files::{File, FileId, Files};
use incident_registry::pipeline::{self, Checked};
use incident_registry::{explain, read};

const GUIDE: &str = include_str!("../docs/field-guide.md");

/// The fenced blocks of the guide that say that they are of this kind.
fn blocks(kind: &str) -> Vec<&'static str> {
    let opening = format!("\n```{kind}\n");
    let found = GUIDE.match_indices(&opening).map(|(at, _)| &GUIDE[at + opening.len()..]);
    found.map(|rest| rest.split("\n```").next().unwrap_or_default()).collect()
}

/// The worked examples, each with the file that the guide names for it.
fn examples() -> Vec<(String, &'static str)> {
    let named = GUIDE.match_indices("The record, `").map(|(at, it)| &GUIDE[at + it.len()..]);
    let paths = named.filter_map(|rest| rest.split('`').next()).map(ToOwned::to_owned);
    paths.zip(blocks("markdown")).collect()
}

/// The repository's own registry, and beside its records this one.
fn judged(path: &str, text: &str) -> (Files, FileId, Checked) {
    let files = read::registry(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository can be read");
    let mut all: Vec<File> =
        files.iter().map(|(_, file)| File::new(&file.path, file.text.as_str())).collect();
    all.push(File::new(path, format!("{text}\n")));
    let files = Files::new(all);
    let id = files.by_path(path).expect("the example is there");
    let checked = pipeline::check(&files);
    (files, id, checked)
}

fn findings(checked: &Checked, id: FileId) -> Vec<String> {
    checked.diagnostics.in_file(id).map(|it| format!("{} {}", it.code.0, it.message)).collect()
}

/// Everything that `explain` says of an example, in single blanks.
fn told(checked: &Checked, id: FileId) -> String {
    let records = &checked.registry.records.incidents;
    let at = records.iter().position(|it| it.file == id).expect("the example can be read");
    let (incident, derivation) = (&records[at], &checked.verdicts.derivations[at]);
    let cards = explain::shown(incident, derivation).into_iter();
    let cards = cards.filter_map(|it| explain::card(&checked.registry, incident, it));
    single(&cards.map(|it| explain::terminal(&it)).collect::<String>())
}

fn single(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_worked_examples_are_clean_and_explained_as_printed() {
    let examples = examples();
    assert_eq!(examples.len(), 2);
    for (path, text) in examples {
        let (_, id, checked) = judged(&path, text);
        assert_eq!(findings(&checked, id), [""; 0], "{path}");
        let told = told(&checked, id);
        let slug = path.trim_start_matches("incidents/").trim_end_matches(".md");
        let printed =
            blocks("console").into_iter().filter(|it| it.starts_with(&format!("$ registry explain {slug}")));
        let printed: Vec<&str> = printed.flat_map(|it| it.split('\n').skip(1)).collect();
        assert!(printed.len() > 2, "{path} is explained");
        for line in printed {
            assert!(told.contains(&single(line)), "`{line}` is not in what is printed for {path}");
        }
    }
}

#[test]
fn settling_a_statement_moves_the_verdict_as_printed() {
    let (path, text) = examples().pop().expect("the second example");
    let old = "    looked_in: [herald, theatre]\n    looked_on: 2026-11-21\n  - id: u5";
    let settled = text.replacen(old, "    sources: [former-head]\n  - id: u5", 1);
    let source = "  former-head:\n    title: I signed that list\n    publisher: Birch City Herald\n    url: \
                  https://herald.example/2026/05/12/letter\n    published: 2026-05-12\n    kind: first-hand-account\nverified:\n";
    let settled = settled.replacen("verified:\n", source, 1);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["registry.toml", "taxonomy.yaml", "entities.yaml"] {
        fs::copy(own.join(name), folder.path().join(name)).expect("the file can be copied");
    }
    let files = read::policy(own).expect("the repository can be read");
    for (_, gate) in files.iter().filter(|(_, file)| file.path.starts_with("gates/")) {
        support::write(folder.path(), &[(gate.path.clone(), gate.text.as_str().to_owned())]);
    }
    support::write(folder.path(), &[(path.clone(), format!("{settled}\n"))]);
    let lint = Command::new(env!("CARGO_BIN_EXE_registry"))
        .args(["lint", "--color", "never", "--root"])
        .arg(folder.path())
        .arg(folder.path().join(&path))
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&lint.stdout);
    let shown =
        blocks("console").into_iter().find(|it| it.contains("error[V01]")).expect("the finding is shown");
    // Below the new source the lines have other numbers; what stands on them is the same.
    let words = |text: &str| {
        let lines = text.lines().filter(|line| !line.contains("--> "));
        let bare = lines.map(|line| line.trim_start_matches(|it: char| it.is_ascii_digit() || it == ' '));
        bare.map(single).filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    let said = words(&said);
    for line in words(shown).into_iter().skip(1) {
        assert!(said.contains(&line), "`{line}` is not among {said:#?}");
    }
}

#[test]
fn the_cases_it_names_stand_at_the_level_it_says() {
    let files = read::registry(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository can be read");
    let checked = pipeline::check(&files);
    let rows: Vec<(u8, &str)> = GUIDE.lines().filter_map(row).collect();
    assert!(rows.len() > 4, "{rows:?}");
    for (level, title) in rows {
        let mut cases = checked.registry.records.incidents.iter().filter(|it| it.title.as_str() == title);
        let case = cases.next().unwrap_or_else(|| panic!("no record has the title `{title}`"));
        assert_eq!(case.severity.value, level, "{title}");
    }
}

/// A line of the table of severities: its level, and the title of a case.
fn row(line: &str) -> Option<(u8, &str)> {
    let (level, rest) = line.strip_prefix("| ")?.split_once(" | *")?;
    Some((level.parse().ok()?, rest.split_once("* |")?.0))
}
