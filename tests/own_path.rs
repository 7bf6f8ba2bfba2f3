//! `registry explain --file`: a path without a record, or a record that stands anywhere, is judged as the registry's own
//! records are, and what is wrong with the file is said as lint says it.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use incident_registry::diagnostic::Severity;
use incident_registry::files::{File, FileId, Files};
use incident_registry::model::registry::Derivation;
use incident_registry::pipeline::{self, Checked};
use incident_registry::{check, model::tree::DocumentKind};
use support::run::{Said, base, registry};

/// A path that the base registry has something to say of.
const PATH: &str = "statements:
  f1: corroborated
  f2: reported
  u1: unknown
path:
  - step: delete
    action: delete-infrastructure
    evidence: f1
    crosses: {deploy-pipeline: f2}
    not_approved: f1
    only_route: u1
    harm: {all: f1}
";

/// What is said of a file with this text, beside the base registry.
fn explain(text: impl AsRef<[u8]>, options: &[&str]) -> Said {
    let folder = base();
    fs::write(folder.path().join("own.yaml"), text).expect("a file can be written");
    registry(folder.path(), &[&["explain", "--file", "own.yaml"], options].concat())
}

/// The repository's own registry and the worked cases, by path.
fn cases() -> Vec<(String, String)> {
    let mut cases = support::own();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worked");
    for entry in fs::read_dir(folder).expect("the worked cases are there") {
        let path = entry.expect("a folder can be listed").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        cases.push((format!("incidents/{name}"), fs::read_to_string(&path).expect("a file is text")));
    }
    cases
}

fn files<'a>(texts: impl Iterator<Item = &'a (String, String)>) -> Files {
    Files::new(texts.map(|(path, text)| File::new(path, text)).collect())
}

/// What the gates of all cases say of one more file.
fn judged(cases: &[(String, String)], name: &str, text: &str) -> Derivation {
    let policy = files(cases.iter().filter(|(path, _)| !path.starts_with("incidents/")));
    let (files, own) = policy.with(File::new(name, text));
    derivation(&pipeline::own_path(&files, own), own).unwrap_or_else(|| panic!("{name} is read"))
}

fn derivation(checked: &Checked, file: FileId) -> Option<Derivation> {
    let at = checked.registry.records.incidents.iter().position(|incident| incident.file == file)?;
    checked.verdicts.derivations.get(at).cloned()
}

/// Every record with the derivation that the registry gives it.
fn derived(cases: &[(String, String)]) -> Vec<(&str, &str, Derivation)> {
    let files = files(cases.iter());
    let checked = pipeline::check(&files);
    let of = |path: &str| derivation(&checked, files.by_path(path)?);
    let found = cases.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_str(), of(path)?)));
    found.collect()
}

#[test]
fn a_record_that_stands_elsewhere_is_judged_as_in_the_registry() {
    let cases = cases();
    let derived = derived(&cases);
    assert!(derived.len() > 12, "{}", derived.len());
    for (path, text, derivation) in derived {
        let name = path.replace("incidents/", "drafts/my-");
        assert_eq!(judged(&cases, &name, text), derivation, "{path}");
    }
}

#[test]
fn a_record_as_a_file_is_told_in_the_words_of_its_id() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("registry");
    support::write(&root, &support::four());
    let records = support::four().into_iter().filter(|(path, _)| path.starts_with("incidents/APM-"));
    for (path, text) in records {
        let id =
            path.trim_start_matches("incidents/").split('.').next().expect("a file has a stem").to_owned();
        fs::write(folder.path().join("draft.md"), text).expect("a file can be written");
        for options in [&[][..], &["--json"], &["--gate", "deploy"]] {
            let by_id = registry(&root, &[&["explain", id.as_str()], options].concat());
            assert_eq!(by_id.code, 0, "{}", by_id.err);
            for file in [path.as_str(), "../draft.md"] {
                let by_file = registry(&root, &[&["explain", "--file", file], options].concat());
                assert_eq!((by_file.code, by_file.out), (0, by_id.out.clone()), "{file} {options:?}");
            }
        }
    }
}

#[test]
fn a_path_with_the_statuses_that_a_record_derives_gets_its_verdicts() {
    let cases = cases();
    let mut compared = Vec::new();
    for (path, text, derivation) in derived(&cases) {
        let Some(steps) = section(text, "path") else { continue };
        let own = format!("{}{steps}", statements(&cases, path));
        assert_eq!(judged(&cases, "own.yaml", &own).judgements, derivation.judgements, "{path}:\n{own}");
        compared.push(path);
    }
    assert!(compared.contains(&"incidents/APM-0005.md") && compared.len() > 10, "{compared:?}");
}

/// One field of a record with everything below it.
fn section(text: &str, field: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| *line != format!("{field}:"));
    let first = lines.next()?;
    let below = lines.take_while(|line| line.starts_with([' ', '-']) && !line.starts_with("---"));
    Some(std::iter::once(first).chain(below).fold(String::new(), |text, line| text + line + "\n"))
}

/// The statements of a record as a path of one's own lists them, without those that count as unknown anyway.
fn statements(cases: &[(String, String)], path: &str) -> String {
    let files = files(cases.iter());
    let checked = pipeline::check(&files);
    let file = files.by_path(path).expect("the record is there");
    let derivation = derivation(&checked, file).expect("it was read");
    let incident = checked.registry.records.incidents.iter().find(|it| it.file == file).expect("it was read");
    let mut list = String::from("statements:\n");
    for (statement, status) in incident.statements().zip(&derivation.statuses) {
        let _ = writeln!(list, "  {}: {}", statement.id.value, status.word());
    }
    list
}

#[test]
fn a_path_is_answered_by_a_card_for_each_gate_that_covers_it() {
    let said = explain(PATH, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    for part in [
        "own.yaml, with the statuses it gives its statements\n",
        "Would a Deploy Gate have blocked it?",
        "ONLY IF ROUTED",
        "f2 reported",
        "Not applicable, because they cover none of its actions: Data Mutation Gate",
    ] {
        assert!(said.out.contains(part), "`{part}` in\n{}", said.out);
    }
    let one = explain(PATH, &["--gate", "data-mutation"]);
    assert!(
        one.out.contains("Would a Data Mutation Gate") && !one.out.contains("Deploy Gate"),
        "{}",
        one.out
    );
}

#[test]
fn as_json_a_path_has_no_id_and_says_that_its_statuses_are_assumed() {
    let said = explain(PATH, &["--json"]);
    let value: serde_json::Value = serde_json::from_str(&said.out).expect("it is JSON");
    assert_eq!((&value["incident"], &value["title"]), (&serde_json::Value::Null, &"own.yaml".into()));
    assert_eq!(value["statements"][0]["list"], "assumed");
    assert_eq!(value["statements"][0]["status"], "corroborated");
    let deploy = value["judgements"].as_array().expect("a list").iter().find(|it| it["gate"] == "deploy");
    assert_eq!(deploy.expect("every gate is judged")["verdict"], "only-if-routed");
}

#[test]
fn better_evidence_and_one_route_make_it_would_block() {
    let better = PATH.replace("f2: reported", "f2: established").replace("u1: unknown", "u1: corroborated");
    assert!(explain(better, &[]).out.contains("WOULD BLOCK"));
    let worse = PATH.replace("f2: reported", "f2: disputed");
    assert!(explain(worse, &[]).out.contains("UNKNOWN"));
}

#[test]
fn what_is_not_listed_counts_as_unknown_and_is_named_beside_the_answer() {
    let said = explain(PATH.replace("  u1: unknown\n", ""), &[]);
    assert_eq!((said.code, said.out.as_str()), (0, explain(PATH, &[]).out.as_str()));
    assert!(said.err.contains("warning[L01]: `u1` is not listed under `statements`"), "{}", said.err);
    let without = explain(&PATH[PATH.find("path:").expect("it has one")..], &[]);
    assert!(without.code == 0 && without.out.contains("UNKNOWN"), "{}", without.out);
    assert_eq!(without.err.matches("warning[L01]").count(), 3, "{}", without.err);
}

#[test]
fn mistakes_are_told_at_their_place_with_the_way_out() {
    let cases = [
        ("path:", "pth:", "[S02]: unknown field `pth`", "did you mean `path`"),
        ("harm:", "hram:", "[S02]: an entry of `path` has no field `hram`", "did you mean `harm`"),
        ("f2: reported", "f2: reportd", "[S05]: unknown status `reportd`", "did you mean `reported`"),
        ("f2: reported", "f2: [reported]", "[S04]: `f2` takes text", "own.yaml:3:7"),
        ("f2: reported", "claim: reported", "[S04]: `claim` is not a statement id", "own.yaml:3:3"),
        ("f2: reported", "f1: reported", "[S06]: `f1` is written twice", "first here"),
        ("delete-infra", "delet-infra", "[S05]: unknown action", "did you mean `delete-infrastructure`"),
        ("{deploy-p", "{deply-p", "[S05]: unknown boundary", "did you mean `deploy-pipeline`"),
        ("only_route: u1", "defeats: {deply: f1}", "[L04]: there is no gate `deply`", "`deploy`"),
        ("evidence: f1", "avoids: {deploy-pipeline: f1}", "[V07]: `deploy-pipeline` is crossed", "avoided"),
        ("only_route: u1", "approved: f1", "[V07]: the step was approved and not", "approved here"),
        ("    evidence: f1\n", "", "[V03]: `delete` does not say what shows", "own.yaml:6:11"),
        ("  - step", "\t- step", "[S01]: a tab in the indentation", "indent with spaces"),
        ("f1: corr", "f1: &a corr", "[S08]: an anchor has no place", "own.yaml:2:7"),
    ];
    for (from, to, message, way_out) in cases {
        let said = explain(PATH.replacen(from, to, 1), &[]);
        assert!(said.code == 1 && said.err.ends_with("; nothing was judged\n"), "`{to}`: {}", said.err);
        assert!(said.out.contains(&format!("error{message}")), "`{message}` in\n{}", said.out);
        assert!(said.out.contains(way_out) && !said.out.contains("Would a"), "`{way_out}` in\n{}", said.out);
    }
}

#[test]
fn a_file_that_holds_no_path_is_refused_with_the_reason() {
    let large = "# ".repeat(600_000);
    let cases: [(&[u8], &str); 7] = [
        (b"", "[S01]: the file is empty"),
        (b"hello\n", "[S01]: the file holds text where fields belong"),
        (b"- step: delete\n", "[S01]: the file holds a list where fields belong"),
        (b"statements: {f1: reported}\n", "[S03]: the field `path` is missing"),
        (b"path: []\n", "[S03]: `path` is empty"),
        (b"\x7fELF\xff\xfe", "[R04]: the file is not UTF-8"),
        (large.as_bytes(), "[R01]: the file has 1200000 bytes"),
    ];
    for (text, message) in cases {
        let said = explain(text, &[]);
        assert!(said.code == 1 && said.out.contains(message), "`{message}` in\n{}", said.out);
        let json = explain(text, &["--json"]);
        assert!(json.code == 1 && json.out.is_empty() && json.err.contains(message), "{}", json.err);
    }
}

#[test]
fn half_a_file_is_judged_or_refused_with_a_reason() {
    let policy = files(support::base().iter().filter(|(path, _)| !path.starts_with("incidents/")));
    let record =
        support::base().into_iter().find(|(path, _)| path.ends_with("APM-0001.md")).expect("there").1;
    for (name, text, by) in [("own.yaml", PATH, 1), ("own.md", record.as_str(), 31)] {
        for end in (0..text.len()).step_by(by).filter(|end| text.is_char_boundary(*end)) {
            let (files, own) = policy.clone().with(File::new(name, &text[..end]));
            let checked = pipeline::own_path(&files, own);
            let refused = checked.diagnostics.count(Severity::Error) > 0;
            assert!(refused || derivation(&checked, own).is_some(), "{name} up to {end}");
        }
    }
}

#[test]
fn a_call_that_cannot_be_meant_is_refused_as_usage() {
    let folder = base();
    fs::write(folder.path().join("own.yaml"), PATH).expect("a file can be written");
    for (arguments, why) in [
        (&["--file", "nothing.yaml"][..], "there is no file `nothing.yaml`"),
        (&["--file", "own.yaml/x"], "there is no file"),
        (&["--file", "incidents"], "`incidents` is a folder, and not a file"),
        (&["--file", "own.yaml", "APM-0001"], "cannot be used with"),
        (&["--file", "own.yaml", "--gate", "x"], "there is no gate `x`"),
        (&[], "not provided"),
    ] {
        let said = registry(folder.path(), &[&["explain"], arguments].concat());
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}: {}", said.err);
        assert!(said.err.contains(why), "`{why}` in {}", said.err);
    }
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(registry(elsewhere.path(), &["explain", "--file", "own.yaml"]).code, 2, "no registry");
}

#[test]
fn a_mistake_elsewhere_in_a_record_is_left_to_lint_and_a_secret_is_never_repeated() {
    let folder = base();
    let record = fs::read_to_string(folder.path().join("incidents/APM-0001.md")).expect("a record");
    let own = folder.path().join("own.md");
    fs::write(&own, record.replace("    verdict: unknown\n", "    verdict: would-block\n")).expect("written");
    let said = registry(folder.path(), &["explain", "--file", "own.md"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "a pin that differs changes no derivation");
    let key = format!("AKIA{}", "Q3EGRZ7XKDWLMT5B");
    fs::write(&own, record.replace("title: ", &format!("title: {key} "))).expect("written");
    let said = registry(folder.path(), &["explain", "--file", "own.md"]);
    assert!(said.code == 1 && said.out.contains("[T04]"), "{}", said.out);
    assert!(!said.out.contains(&key) && !said.err.contains(&key));
}

#[test]
fn a_file_with_the_name_of_a_gate_takes_nothing_away() {
    let folder = base();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().to_str().expect("a path in UTF-8");
    fs::write(elsewhere.path().join("taxonomy.yaml"), PATH).expect("a file can be written");
    let said = registry(elsewhere.path(), &["explain", "--root", root, "--file", "taxonomy.yaml"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert!(said.out.contains("Deploy pipeline"), "{}", said.out);
}

#[test]
fn the_readmes_example_is_answered_and_satisfies_the_published_schema() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("there");
    let from = readme.find("```yaml\nstatements:").expect("the example") + "```yaml\n".len();
    let example = &readme[from..from + readme[from..].find("```").expect("it ends")];
    let said = explain(example, &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
    assert!(said.out.contains("ONLY IF ROUTED"), "as the text below it says\n{}", said.out);
    let schema = check::published_schema(DocumentKind::Path);
    let validator = jsonschema::validator_for(&schema).expect("the published schema is valid");
    let valid = serde_json::json!({
        "statements": {"f1": "corroborated", "u1": "unknown"},
        "path": [{"step": "delete", "action": "delete-data", "evidence": ["f1"], "harm": {"all": "f1"}}],
    });
    assert!(validator.is_valid(&valid));
    for (pointer, wrong) in [("/statements/f1", "sure"), ("/path/0/action", "Not An Id"), ("/path", "none")] {
        let mut invalid = valid.clone();
        *invalid.pointer_mut(pointer).expect("it is there") = wrong.into();
        assert!(!validator.is_valid(&invalid), "{pointer}");
    }
}
