//! The program as a person or a script meets it: exit codes, what goes to which stream, and what is never overwritten.

mod support;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use support::run::{base, registry, registry_on_page};
use tempfile::TempDir;

fn edit(root: &Path, path: &str, from: &str, to: &str) {
    let path = root.join(path);
    let text = fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(from), "{} holds `{from}`", path.display());
    fs::write(path, text.replacen(from, to, 1)).expect("it can be changed");
}

const RECORD: &str = "incidents/APM-0001.md";

#[test]
fn a_clean_registry_exits_with_0_and_prints_no_findings() {
    let folder = base();
    let said = registry(folder.path(), &["lint"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    assert!(said.err.contains("nothing to report"), "{}", said.err);
}

#[test]
fn findings_go_to_standard_output_and_exit_with_1() {
    let folder = base();
    edit(folder.path(), RECORD, "severity: 3", "severity: 7");
    let said = registry(folder.path(), &["lint"]);
    assert_eq!(said.code, 1);
    assert!(said.out.starts_with("error[S04]: `severity` is 7"), "{}", said.out);
    assert!(said.out.contains("= docs: registry explain S04"), "{}", said.out);
    assert!(said.err.starts_with("1 error in "), "{}", said.err);
}

#[test]
fn warnings_exit_with_0_unless_denied() {
    let folder = base();
    edit(folder.path(), RECORD, "    verdict: unknown\n", "");
    assert_eq!(registry(folder.path(), &["lint"]).code, 0);
    assert_eq!(registry(folder.path(), &["lint", "--deny-warnings"]).code, 1);
    fs::write(folder.path().join("registry.toml"), "[lint]\nV10 = \"error\"\n").expect("it can be written");
    assert_eq!(registry(folder.path(), &["lint"]).code, 1);
    fs::write(folder.path().join("registry.toml"), "[lint]\nV10 = \"off\"\n").expect("it can be written");
    assert_eq!(registry(folder.path(), &["lint", "--deny-warnings"]).code, 0);
}

#[test]
fn without_a_registry_it_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in [
        &["lint"][..],
        &["build"],
        &["explain", "APM-0001"],
        &["new", "--title", "x", "--occurred", "2026", "--source", "y"],
    ] {
        let said = registry(folder.path(), arguments);
        assert_eq!(said.code, 2, "{arguments:?}");
        assert!(said.err.contains("registry init"), "{}", said.err);
    }
    let said = registry(folder.path(), &["lint", "--root", "/nowhere"]);
    assert_eq!(said.code, 2);
}

#[test]
fn it_finds_the_registry_above() {
    let folder = base();
    let said = registry(&folder.path().join("incidents"), &["lint", "APM-0001.md"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.starts_with("1 file checked"), "{}", said.err);
}

#[test]
fn a_path_narrows_the_report_and_a_wrong_one_is_refused() {
    let folder = base();
    edit(folder.path(), RECORD, "severity: 3", "severity: 7");
    assert_eq!(registry(folder.path(), &["lint", "incidents/APM-0002.md"]).code, 0);
    assert_eq!(registry(folder.path(), &["lint", "incidents"]).code, 1);
    for path in ["incidents/APM-0009.md", "/etc/passwd", "nothing"] {
        assert_eq!(registry(folder.path(), &["lint", path]).code, 2, "{path}");
    }
}

#[test]
fn json_says_the_same_as_concise() {
    let folder = base();
    edit(folder.path(), RECORD, "severity: 3", "severity: 7");
    let json = registry(folder.path(), &["lint", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("it is JSON");
    let first = &value["diagnostics"][0];
    let line = format!(
        "{}:{}:{}: {}[{}] {}\n",
        first["path"].as_str().expect("text"),
        first["line"],
        first["column"],
        first["severity"].as_str().expect("text"),
        first["code"].as_str().expect("text"),
        first["message"].as_str().expect("text"),
    );
    assert_eq!(registry(folder.path(), &["lint", "--format", "concise"]).out, line);
    assert_eq!((value["errors"].as_u64(), value["version"].as_u64()), (Some(1), Some(1)));
}

#[test]
fn fix_pins_writes_the_derived_verdict_and_names_it() {
    let folder = base();
    let before = fs::read_to_string(folder.path().join(RECORD)).expect("the record is there");
    edit(folder.path(), RECORD, "verdict: unknown", "verdict: would-block # by hand");
    assert_eq!(registry(folder.path(), &["lint"]).code, 1);
    assert_eq!(registry(folder.path(), &["lint", "--fix"]).code, 1, "plain --fix leaves pins alone");
    let said = registry(folder.path(), &["lint", "--fix=pins"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.err.contains("fixed incidents/APM-0001.md"), "{}", said.err);
    let after = fs::read_to_string(folder.path().join(RECORD)).expect("the record is there");
    assert_eq!(
        after,
        before.replace("verdict: unknown", "verdict: unknown # by hand"),
        "nothing else has changed"
    );
    let again = registry(folder.path(), &["lint", "--fix=pins"]);
    assert!(!again.err.contains("fixed"), "{}", again.err);
}

#[test]
fn fix_pins_inserts_a_missing_pin() {
    let folder = base();
    let before = fs::read_to_string(folder.path().join(RECORD)).expect("the record is there");
    edit(folder.path(), RECORD, "    verdict: unknown\n", "");
    assert_eq!(registry(folder.path(), &["lint", "--fix=pins"]).code, 0);
    assert_eq!(fs::read_to_string(folder.path().join(RECORD)).expect("the record is there"), before);
}

/// A registry in a repository of its own, with everything that a fix mends; names and ends of files are awkward.
fn to_be_fixed() -> TempDir {
    let folder = base();
    let root = folder.path();
    edit(root, RECORD, "kind: incident\nstatus: published\n", "status: published\nkind: incident\n");
    edit(root, RECORD, "    verdict: unknown\n", "");
    edit(root, RECORD, "severity: 3", "severity: \"3\" # a comment that stays");
    edit(root, RECORD, "public [u1].", "public\r[u1].");
    edit(root, "incidents/APM-0002.md", "title: ", "# registry: allow(T10) gone\ntitle: ");
    let crlf =
        fs::read_to_string(root.join("incidents/APM-0002.md")).expect("it is there").replace('\n', "\r\n");
    let odd = crlf.replace("APM-0002", "APM-0000").trim_end().to_owned();
    fs::write(root.join("incidents/APM-0002.md"), crlf).expect("it can be written");
    fs::write(root.join("incidents/APM-0000-\u{fc}ber \"x\".md"), odd).expect("it can be written");
    let gate = fs::read(root.join("gates/deploy.md")).expect("it is there");
    fs::write(root.join("gates/deploy.md"), [b"\xef\xbb\xbf".as_slice(), &gate].concat())
        .expect("it can be written");
    folder
}

fn texts(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for folder in ["incidents", "gates", "."] {
        for entry in fs::read_dir(root.join(folder)).expect("it is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_file() {
                found.push((path.display().to_string(), fs::read(&path).expect("it can be read")));
            }
        }
    }
    found.sort();
    found
        .into_iter()
        .map(|(path, bytes)| (path.replacen(&root.display().to_string(), "", 1), bytes))
        .collect()
}

fn git(root: &Path, arguments: &[&str], input: &str) -> (bool, String) {
    let mut command = Command::new("git");
    let command = command.current_dir(root).args(["-c", "core.autocrlf=false"]).args(arguments);
    let output = command.write_stdin(input).output().expect("git runs");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_diff_is_what_fix_writes_and_writes_nothing_itself() {
    for fix in ["--fix", "--fix=pins"] {
        let (shown, mended) = (to_be_fixed(), to_be_fixed());
        let before = texts(shown.path());
        let diff = registry(shown.path(), &["lint", fix, "--diff"]);
        assert_eq!(diff.code, 1, "the findings stand as they are: {}", diff.err);
        assert!(
            diff.out.starts_with("--- a/gates/deploy.md\n+++ b/gates/deploy.md\n@@ -1,4 +1,4 @@\n"),
            "{}",
            diff.out
        );
        assert!(diff.err.contains("would fix incidents/APM-0002.md: remove an exception"), "{}", diff.err);
        assert_eq!(texts(shown.path()), before, "nothing is written");
        registry(mended.path(), &["lint", fix]);
        assert_ne!(texts(mended.path()), before);
        let (applied, said) = git(shown.path(), &["apply", "--whitespace=nowarn"], &diff.out);
        assert!(applied, "{said}\n{}", diff.out);
        assert_eq!(texts(shown.path()), texts(mended.path()), "{fix}");
        let again = registry(shown.path(), &["lint", fix, "--diff"]);
        assert_eq!(again.out, "", "a second time there is nothing to show");
        assert!(registry(shown.path(), &["lint", fix]).err.lines().all(|line| !line.starts_with("fixed ")));
    }
}

#[test]
fn a_diff_keeps_to_the_paths_that_are_named() {
    let folder = to_be_fixed();
    let said = registry(folder.path(), &["lint", "--fix", "--diff", RECORD]);
    assert_eq!(said.out.matches("+++ ").count(), 1, "{}", said.out);
    assert!(said.out.contains("+severity: 3 # a comment that stays\n"), "{}", said.out);
    let alone = registry(folder.path(), &["lint", "--diff"]);
    assert_eq!((alone.code, alone.err.contains("--fix")), (2, true), "{}", alone.err);
}

#[test]
fn a_diff_shows_nothing_that_a_terminal_would_obey() {
    let folder = base();
    edit(folder.path(), RECORD, "kind: incident\nstatus: published\n", "status: published\nkind: incident\n");
    edit(folder.path(), RECORD, "A coding agent deleted", "A coding agent \u{202e}deleted");
    let said = registry(folder.path(), &["lint", "--fix", "--diff"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("not shown: `incidents/APM-0001.md`"), "{}", said.err);
}

#[test]
fn an_exception_silences_a_finding_and_keeps_it_from_being_fixed() {
    let folder = base();
    let path = folder.path();
    edit(path, RECORD, "is interrupted\n", "is interrupted. # registry: allow(T10) as the paper has it\n");
    let before = texts(path);
    let said = registry(path, &["lint", "--fix", "--deny-warnings"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    assert_eq!(texts(path), before);
    let one = registry(path, &["lint", "--deny-warnings", RECORD]);
    assert_eq!(one.code, 0, "{}", one.out);
    fs::write(path.join("registry.toml"), "[lint]\nT10 = \"off\"\n").expect("it can be written");
    assert_eq!(registry(path, &["lint"]).code, 0, "a rule that is off makes no exception unused");
    edit(path, RECORD, "allow(T10) as the paper has it", "allow(T10)");
    let said = registry(path, &["lint"]);
    assert!(
        said.code == 1 && said.out.contains("error[R07]: this exception gives no reason"),
        "{}",
        said.out
    );
}

#[test]
fn explain_prints_pages_and_derivations() {
    let folder = base();
    assert!(registry(folder.path(), &["explain", "e09"]).out.starts_with("# E09 unsearched-unknown"));
    assert!(registry(folder.path(), &["explain", "unsearched-unknown"]).out.starts_with("# E09"));
    let said = registry(folder.path(), &["explain", "APM-0001", "--gate", "deploy"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for part in [
        "Would a Deploy Gate have blocked it?",
        "UNKNOWN",
        "open: u1, u2",
        "crossed its boundary",
        "f3 reported",
    ] {
        assert!(said.out.contains(part), "`{part}` in\n{}", said.out);
    }
    for (wrong, help) in [
        (&["explain", "E99"][..], "see `registry rules`"),
        (&["explain", "APM-9999"], "use one of `APM-0001`"),
        (&["explain", "e9"], "did you mean `E09`?"),
        (&["explain", "APM-0001", "--gate", "deply"], "did you mean `deploy`?"),
        (&["explain", "E09", "--json"], "`registry rules --format json`"),
        (&["explain", "E09", "--gate", "deploy"], "`registry rules --format json`"),
    ] {
        let said = registry(folder.path(), wrong);
        assert!(said.code == 2 && said.err.contains(help), "{wrong:?}: {}", said.err);
    }
}

#[test]
fn only_what_bears_on_a_path_is_said_to_bear_on_a_derivation() {
    let folder = base();
    edit(folder.path(), "incidents/APM-0001.md", "title: Builder deletes", "title: builder deletes");
    assert!(!registry(folder.path(), &["explain", "APM-0001"]).err.contains("note:"));
    edit(folder.path(), "incidents/APM-0001.md", "deploy-pipeline: u1", "deploy-pipeline: u99");
    assert!(registry(folder.path(), &["explain", "APM-0001"]).err.contains("has findings on APM-0001"));
}

#[test]
fn a_registry_without_records_says_so() {
    let folder = base();
    fs::remove_dir_all(folder.path().join("incidents")).expect("the folder can be removed");
    let said = registry(folder.path(), &["lint"]);
    assert!(said.err.contains("note: there is no record in `incidents/`"), "{}", said.err);
}

#[test]
fn coverage_counts_a_set_of_gates_and_names_the_gate_that_was_meant() {
    let folder = base();
    let said = registry(folder.path(), &["coverage"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let row = |name: &str| -> Vec<String> {
        let line = said.out.lines().find(|it| it.starts_with(name)).unwrap_or_else(|| panic!("{}", said.out));
        line[name.len()..].split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(row("deploy"), ["0", "0", "0", "1", "0", "1"]);
    assert_eq!(row("data-mutation"), ["0", "0", "0", "0", "0", "2"]);
    assert_eq!(row("all 2 together"), ["0", "0", "0", "1", "0", "1"]);
    for part in ["Reported cases, not incidence.", "The first column is empty", "by data-mutation, deploy."] {
        assert!(said.out.contains(part), "`{part}` in\n{}", said.out);
    }
    let json = registry(folder.path(), &["coverage", "--gates", "data-mutation", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["set"]["gates"], serde_json::json!(["data-mutation"]));
    assert_eq!(
        json["set"]["verdicts"][5],
        serde_json::json!({ "best": "none", "incidents": 2, "not_realised": 0 })
    );
    assert_eq!(json["caveat"], "Reported cases, not incidence.");
    for (gates, help) in
        [("deploi", "did you mean `deploy`?"), ("deploy,", "gates are data-mutation, deploy")]
    {
        let said = registry(folder.path(), &["coverage", "--gates", gates]);
        assert_eq!(said.code, 2, "{}", said.out);
        assert!(said.err.contains(help) && said.out.is_empty(), "{}", said.err);
    }
}

#[test]
fn init_makes_a_registry_that_lints_clean_and_never_overwrites() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("mine");
    fs::create_dir(&root).expect("a folder can be made");
    fs::write(root.join("taxonomy.yaml"), "mine").expect("a file can be written");
    fs::remove_file(root.join("taxonomy.yaml")).expect("and removed");
    let said = registry(&root, &["init", "--example"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let lint = registry(&root, &["lint", "--deny-warnings"]);
    assert_eq!(lint.code, 0, "{}", lint.out);
    fs::write(root.join("registry.toml"), "title = \"Mine\"\n").expect("it can be written");
    assert_eq!(registry(&root, &["init"]).code, 2);
    assert_eq!(fs::read_to_string(root.join("registry.toml")).expect("it is there"), "title = \"Mine\"\n");
    fs::remove_file(root.join("registry.toml")).expect("it can be removed");
    fs::write(root.join("entities.yaml"), "# mine\n").expect("it can be written");
    let said = registry(&root, &["init"]);
    assert!(said.err.contains("kept"), "{}", said.err);
    assert_eq!(fs::read_to_string(root.join("entities.yaml")).expect("it is there"), "# mine\n");
}

#[test]
fn new_writes_a_record_that_lints_clean_and_never_overwrites() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(registry(folder.path(), &["init"]).code, 0);
    let flags = [
        "new",
        "--title",
        "Agent: \"drops\" a table # not a comment",
        "--occurred",
        "2026-03",
        "--source",
        "https://news.example/a?b=c#d",
    ];
    let said = registry(folder.path(), &flags);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let lint = registry(folder.path(), &["lint", "--deny-warnings"]);
    assert_eq!(lint.code, 0, "{}", lint.out);
    let path = folder.path().join("incidents/APM-0000-agent-drops-a-table-not-a-comment.md");
    fs::write(&path, "mine").expect("it can be written");
    assert_eq!(registry(folder.path(), &flags).code, 2);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "mine");
    let mut wrong = flags;
    wrong[4] = "2026-13";
    wrong[2] = "Another title that is fine";
    let said = registry(folder.path(), &wrong);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("error[S07]") && said.err.contains("nothing was written"),
        "{}{}",
        said.out,
        said.err
    );
    let another = folder.path().join("incidents/APM-0000-another-title-that-is-fine.md");
    assert!(!another.exists());
    // A warning is shown, and nobody is kept from writing the record.
    (wrong[4], wrong[6]) = ("2026-02", "http://news.example/old");
    let said = registry(folder.path(), &wrong);
    assert_eq!((said.code, another.exists()), (0, true), "{}", said.err);
    assert!(said.out.contains("warning[E12]"), "{}", said.out);
}

#[test]
fn schema_names_the_registrys_terms() {
    let folder = base();
    let value: serde_json::Value =
        serde_json::from_str(&registry(folder.path(), &["schema", "incident"]).out).expect("it is JSON");
    assert_eq!(value["properties"]["systems"]["items"]["enum"][0], "builder");
    let closed: serde_json::Value =
        serde_json::from_str(&registry(folder.path(), &["schema", "incident", "--closed"]).out)
            .expect("it is JSON");
    assert!(closed["properties"]["systems"]["items"].get("enum").is_none());
    assert!(closed["$schema"].as_str().is_some_and(|it| it.contains("2020-12")));
}

#[test]
fn the_site_stands_in_the_registry_wherever_one_is() {
    let folder = base();
    assert_eq!(registry(&folder.path().join("incidents"), &["build"]).code, 0);
    assert!(folder.path().join("site/index.html").is_file());
    assert!(!folder.path().join("incidents/site").exists());
    assert_eq!(registry(folder.path(), &["lint", "--deny-warnings"]).code, 0);
}

#[test]
fn findings_without_end_are_capped_and_counted() {
    let folder = base();
    let references: Vec<String> = (1_000..6_000).map(|number| format!("[f{number}]")).collect();
    let many = format!("The agent deleted [f3] {}.", references.join(" "));
    edit(folder.path(), RECORD, "The service was interrupted [f1]", &many);
    let said = registry(folder.path(), &["lint", "--format", "concise"]);
    assert_eq!(said.out.lines().count(), 50, "{}", said.err);
    assert!(registry(folder.path(), &["lint"]).out.contains("and 4950 more of this rule in this file"));
}

#[test]
fn a_registry_in_a_registry_is_refused() {
    let folder = base();
    assert_eq!(registry(&folder.path().join("incidents"), &["init"]).code, 2);
    assert_eq!(registry(folder.path(), &["init", "incidents/new"]).code, 2);
}

#[test]
fn help_can_be_followed_by_a_stranger() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let said = registry(folder.path(), &["--help"]);
    assert_eq!(said.code, 0);
    for part in ["registry init", "registry lint", "registry explain", "Exit codes"] {
        assert!(said.out.contains(part), "`{part}` in\n{}", said.out);
    }
    assert_eq!(registry(folder.path(), &["lint", "--frmat", "json"]).code, 2);
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file is there")
}

#[test]
fn findings_are_written_to_several_places_at_once() {
    let folder = base();
    edit(folder.path(), RECORD, "severity: 3", "severity: 7");
    let formats = ["human", "concise", "json", "sarif", "github", "gitlab", "junit"];
    let out = tempfile::tempdir().expect("a temporary folder");
    let mut arguments = vec!["lint".to_owned()];
    for format in formats {
        arguments.push("--output".to_owned());
        arguments.push(format!("{format}={}", out.path().join(format).display()));
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let said = registry(folder.path(), &arguments);
    assert_eq!(said.code, 1, "{}", said.err);
    assert_eq!(said.out, registry(folder.path(), &["lint"]).out, "standard output is as ever");
    for format in formats {
        let alone = registry(folder.path(), &["lint", "--format", format]);
        assert_eq!(alone.code, 1, "{format}");
        assert!(!alone.out.is_empty(), "{format}");
        assert_eq!(read(&out.path().join(format)), alone.out, "{format}");
        let dash = registry(folder.path(), &["lint", "--output", &format!("{format}=-")]);
        assert_eq!(dash.out, alone.out, "{format}");
    }
    assert_eq!(
        fs::read_dir(out.path()).expect("it can be listed").count(),
        formats.len(),
        "no draft is left"
    );
}

#[test]
fn an_output_takes_the_place_of_what_was_there() {
    let folder = base();
    let out = folder.path().join("lint.json");
    fs::write(&out, "x".repeat(100_000)).expect("it can be written");
    assert_eq!(registry(folder.path(), &["lint", "--output", "json=lint.json"]).code, 0);
    let value: serde_json::Value = serde_json::from_str(&read(&out)).expect("nothing of the old one is left");
    assert_eq!(value["errors"], 0);
}

#[cfg(unix)]
#[test]
fn an_output_may_be_a_link_or_a_device_and_a_new_one_is_as_open_as_others() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let folder = base();
    let (real, link) = (folder.path().join("real.json"), folder.path().join("link.json"));
    fs::write(&real, "").expect("it can be written");
    symlink(&real, &link).expect("a link can be made");
    let arguments =
        ["lint", "--output", "json=link.json", "--output", "sarif=new", "--output", "junit=/dev/null"];
    assert_eq!(registry(folder.path(), &arguments).code, 0);
    assert!(link.is_symlink() && read(&real).contains("\"version\": 1"));
    fs::write(folder.path().join("other"), "").expect("it can be written");
    let mode = |name: &str| fs::metadata(folder.path().join(name)).expect("it is there").mode();
    assert_eq!(mode("new"), mode("other"));
}

#[test]
fn a_wrong_output_is_refused_with_the_way_out() {
    let folder = base();
    let wrong: [(&[&str], &str); 10] = [
        (&["--output", "sarfi=x"], "did you mean `sarif`?"),
        (&["--output", "gitlub=x"], "did you mean `git"),
        (&["--output", "yaml=x"], "formats are human, concise, json, sarif, github, gitlab, junit"),
        (&["--output", "sarif"], "`sarif` names no file"),
        (&["--output", "sarif="], "`sarif` names no file"),
        (&["--output", "json=a", "--output", "sarif=./a"], "`./a` is named twice"),
        (&["--format", "json", "--output", "sarif=-"], "standard output is named twice"),
        (&["--output", "json=-", "--output", "sarif=-"], "standard output is named twice"),
        (&["--output", "json=incidents/APM-0001.md"], "belongs to the registry itself"),
        (&["--format", "jsn"], "'json'"),
    ];
    for (arguments, message) in wrong {
        let said = registry(folder.path(), &[&["lint"], arguments].concat());
        assert_eq!(said.code, 2, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(message), "{arguments:?}: {}", said.err);
        assert_eq!(said.out, "", "{arguments:?}");
    }
    assert!(!folder.path().join("a").exists() && !folder.path().join("x").exists());
    assert!(read(&folder.path().join(RECORD)).starts_with("---\n"));
}

#[test]
fn an_output_that_cannot_be_written_exits_with_3_after_the_findings() {
    let folder = base();
    edit(folder.path(), RECORD, "severity: 3", "severity: 7");
    fs::create_dir(folder.path().join("taken")).expect("a folder can be made");
    for (output, message) in [
        ("sarif=nowhere/x", "error: could not write `nowhere/x`: there is no folder `nowhere`"),
        ("sarif=taken", "error: could not write `taken`"),
    ] {
        let said = registry(folder.path(), &["lint", "--format", "concise", "--output", output]);
        assert_eq!(said.code, 3, "{output}: {}", said.err);
        assert!(said.out.contains("error[S04]"), "{output}: {}", said.out);
        assert!(said.err.contains(message), "{output}: {}", said.err);
    }
}

#[test]
fn annotations_add_the_whole_list_to_the_page_of_the_job() {
    let folder = base();
    edit(folder.path(), RECORD, "severity: 3", "severity: 7");
    let page = folder.path().join("page.md");
    fs::write(&page, "# Before\n").expect("it can be written");
    let lint = |arguments: &[&str]| registry_on_page(folder.path(), arguments, Some(&page));
    assert_eq!(lint(&["lint", "--format", "json"]).code, 1);
    assert_eq!(read(&page), "# Before\n", "only annotations ask for the page");
    assert_eq!(lint(&["lint", "--format", "github"]).code, 1);
    let text = read(&page);
    assert!(
        text.starts_with("# Before\n## registry lint\n\n1 error in ") && text.contains("error[S04]"),
        "{text}"
    );
    assert_eq!(lint(&["lint", "--output", "github=annotations"]).code, 1);
    assert_eq!(read(&page).matches("## registry lint").count(), 2);
}

#[test]
fn the_page_of_a_job_is_never_overfilled() {
    let folder = base();
    edit(folder.path(), RECORD, "severity: 3", "severity: 7");
    let page = folder.path().join("page.md");
    for left in [0, 100, 450] {
        fs::write(&page, "x".repeat((1 << 20) - left)).expect("it can be written");
        let said = registry_on_page(folder.path(), &["lint", "--format", "github"], Some(&page));
        assert_eq!(said.code, 1, "{}", said.err);
        assert!(read(&page).len() <= 1 << 20, "{left}");
    }
    let nowhere = folder.path().join("nowhere/page.md");
    let said = registry_on_page(folder.path(), &["lint", "--format", "github"], Some(&nowhere));
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.out.starts_with("::error "), "{}", said.out);
}

#[test]
fn ci_formats_name_files_from_the_top_of_the_repository() {
    let top = tempfile::tempdir().expect("a temporary folder");
    let root = top.path().join("my cases");
    fs::rename(base().keep(), &root).expect("it can be moved");
    edit(&root, RECORD, "severity: 3", "severity: 7");
    let paths = |format: &str| registry(&root, &["lint", "--format", format]).out;
    assert!(paths("github").contains("file=incidents/APM-0001.md,"));
    fs::create_dir(top.path().join(".git")).expect("a folder can be made");
    assert!(paths("github").contains("file=my cases/incidents/APM-0001.md,"));
    assert!(paths("gitlab").contains("\"path\": \"my cases/incidents/APM-0001.md\""));
    assert!(paths("sarif").contains("\"uri\": \"my%20cases/incidents/APM-0001.md\""));
    assert!(paths("junit").contains("file=\"my cases/incidents/APM-0001.md\""));
    assert!(paths("concise").starts_with("incidents/APM-0001.md:"));
    let elsewhere = registry(top.path(), &["lint", "--root", "my cases", "--format", "github"]);
    assert!(elsewhere.out.contains("file=my cases/incidents/APM-0001.md,"), "{}", elsewhere.out);
}

#[test]
fn sarif_tells_of_every_rule_from_its_page() {
    let folder = base();
    let log: serde_json::Value =
        serde_json::from_str(&registry(folder.path(), &["lint", "--format", "sarif"]).out)
            .expect("it is JSON");
    let told = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("a list");
    assert_eq!(told.len(), incident_registry::check::RULES.len());
    for (told, rule) in told.iter().zip(incident_registry::check::RULES) {
        let text =
            |pointer: &str| told.pointer(pointer).and_then(serde_json::Value::as_str).unwrap_or_default();
        assert_eq!((text("/id"), text("/name")), (rule.code.0, rule.name));
        assert_eq!(text("/help/markdown"), rule.docs);
        for pointer in ["/shortDescription/text", "/fullDescription/text", "/help/text"] {
            assert!(text(pointer).len() > 20 && !text(pointer).contains("## "), "{}{pointer}", rule.code);
        }
        assert!(text("/fullDescription/text").len() <= 1024, "{}: too long to be shown", rule.code);
    }
}

#[test]
fn lint_help_says_which_format_is_for_what() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let said = registry(folder.path(), &["lint", "--help"]);
    for part in ["- sarif:", "- github:", "- gitlab:", "- junit:", "FORMAT=FILE", "Examples:", "Exit codes:"]
    {
        assert!(said.out.contains(part), "`{part}` in\n{}", said.out);
    }
}

#[test]
fn the_recipes_run_as_they_are_written() {
    let recipes = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md"));
    let scripts: Vec<String> = recipes.split("```").skip(1).step_by(2).filter_map(script).collect();
    assert!(scripts.len() >= 4, "{scripts:?}");
    for script in scripts {
        for base in ["", "HEAD"] {
            let (succeeded, said) = run_in_a_clone(&script, base);
            assert!(succeeded, "{script}: {said}");
        }
    }
}

#[test]
fn rules_are_listed_for_people_and_for_machines() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rules = incident_registry::check::RULES;
    let said = registry(folder.path(), &["rules"]);
    assert_eq!((said.code, said.out.lines().count()), (0, rules.len()), "{}", said.err);
    assert!(said.out.contains("\nE09  error    unsearched-unknown\n"), "{}", said.out);
    let said = registry(folder.path(), &["rules", "--format", "json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let table: serde_json::Value = serde_json::from_str(&said.out).expect("it is JSON");
    let schema = incident_registry::emit::rules::schema();
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<_> = validator.iter_errors(&table).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let told = table["rules"].as_array().expect("a list");
    assert_eq!(told.len(), rules.len());
    for (told, rule) in told.iter().zip(rules) {
        let text = |field: &str| told[field].as_str().unwrap_or_default().to_owned();
        assert_eq!([text("code"), text("name"), text("docs")], [rule.code.0, rule.name, rule.docs]);
        assert_eq!([text("severity"), text("url")], [rule.severity.word(), &format!("rules/{}/", rule.code)]);
        assert!(text("what").starts_with(text("title").trim_end_matches('.')), "{}", rule.code);
    }
    let fixable =
        |code: &str| told.iter().find(|rule| rule["code"] == code).map(|rule| rule["fixable"] == true);
    assert_eq!([fixable("S11"), fixable("V01"), fixable("E09")], [Some(true), Some(true), Some(false)]);
    let said = registry(folder.path(), &["rules", "--format", "sarif"]);
    assert_eq!(said.code, 2, "{}", said.err);
}

/// The lines of a recipe that a shell runs, if it lints with them.
fn script(fence: &str) -> Option<String> {
    let lines = fence.lines().map(|line| line.trim_start().trim_start_matches("- "));
    let is_run = |line: &&str| ["registry lint ", "git ", "base="].iter().any(|word| line.starts_with(word));
    let script = lines.filter(is_run).collect::<Vec<_>>().join("\n");
    script.contains("registry lint ").then_some(script)
}

/// A script in a clone of the base registry, as a service that names what a change starts from runs it.
fn run_in_a_clone(script: &str, start: &str) -> (bool, String) {
    let folder = base();
    let git = |arguments: &[&str]| support::git(folder.path(), arguments);
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message=a step"]);
    git(&["remote", "add", "origin", "."]);
    let bin = assert_cmd::cargo::cargo_bin("registry");
    let bin = bin.parent().expect("it lies in a folder").display();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let mut shell = std::process::Command::new("sh");
    shell.args(["-e", "-c", script]).current_dir(folder.path()).env_remove("REGISTRY_ROOT").env("PATH", path);
    shell.env("CI_MERGE_REQUEST_DIFF_BASE_SHA", start).env_remove("CI_MERGE_REQUEST_TARGET_BRANCH_SHA");
    let output = shell.output().expect("there is a shell");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}
