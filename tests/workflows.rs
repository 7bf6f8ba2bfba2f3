//! House rules for workflows, which hold without a network: what runs is pinned, has no right that it does not need,
//! and gets nothing from outside as a part of a script.

mod support;

use std::fs;
use std::path::Path;

/// Events that run a foreign change with the repository's own rights.
const FORBIDDEN: [&str; 2] = ["pull_request_target", "workflow_run"];

#[test]
fn workflows_keep_the_house_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the workflows are there") {
        let path = entry.expect("a folder can be listed").path();
        let text = fs::read_to_string(&path).expect("a workflow is text");
        assert_eq!(findings(&text), [""; 0], "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 3, "the workflows are there");
}

/// The composite action has no rights of its own: those are its caller's.
#[test]
fn the_action_keeps_the_house_rules_too() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let text = code(&fs::read_to_string(path).expect("the action is there"));
    assert!(text.contains("using: composite"));
    assert_eq!([actions(&text), scripts(&text)].concat(), [""; 0]);
    assert!(text.contains("REGISTRY_ARGUMENTS: ${{ inputs.args }}"), "inputs come by the environment");
}

/// The script of the action's last step, run as a runner runs it, on the base registry with one mistake.
#[cfg(unix)]
fn checked_by_the_action(arguments: &str) -> (tempfile::TempDir, Option<i32>, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let text = fs::read_to_string(path).expect("the action is there");
    let (_, step) = text.split_once("- name: Check the records").expect("the step is there");
    let (_, script) = step.split_once("run: |\n").expect("it has a script");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in support::base() {
        let path = folder.path().join("my cases").join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, text.replace("severity: 3", "severity: 7")).expect("a file can be written");
    }
    let bin = folder.path().join("registry/release");
    fs::create_dir_all(&bin).expect("a folder can be made");
    let real = assert_cmd::cargo::cargo_bin("registry");
    std::os::unix::fs::symlink(real, bin.join("registry")).expect("a link can be made");
    let mut bash = std::process::Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder.path());
    bash.env("RUNNER_TEMP", folder.path()).env("REGISTRY_FOLDER", "my cases");
    bash.env("REGISTRY_ARGUMENTS", arguments).env("GITHUB_STEP_SUMMARY", folder.path().join("page"));
    let output = bash.output().expect("bash is there");
    let said = [output.stdout, output.stderr].concat();
    (folder, output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[cfg(unix)]
#[test]
fn the_action_takes_arguments_and_never_a_script() {
    let (folder, code, said) = checked_by_the_action("");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("::error file=incidents/APM-0001.md,"), "{said}");
    assert!(folder.path().join("page").is_file());
    let (folder, code, said) = checked_by_the_action("--deny-warnings\n--output sarif=lint.sarif\n");
    assert_eq!(code, Some(1), "{said}");
    assert!(folder.path().join("lint.sarif").is_file());
    for hostile in ["; touch got", "$(touch got)", "`touch got`", "\n touch got", "&& touch got #", "> got"] {
        let (folder, code, said) = checked_by_the_action(hostile);
        assert_eq!(code, Some(2), "{hostile}: {said}");
        assert!(!folder.path().join("got").exists(), "{hostile}");
    }
}

const GOOD: &str = "\
on: push
permissions: {}
jobs:
  test:
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: |
          echo \"$NAME\"
        env:
          NAME: ${{ github.ref_name }}
";

#[test]
fn each_house_rule_can_fail() {
    assert_eq!(findings(GOOD), [""; 0]);
    let defects = [
        ("on: push", "on: pull_request_target", "pull_request_target"),
        ("permissions: {}\n", "", "permissions: {}"),
        ("permissions: {}", "permissions: write-all", "permissions: {}"),
        ("contents: read", "contents: write", "contents: write"),
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7", "is not pinned"),
        (" # v7.0.1", "", "is not pinned"),
        ("persist-credentials: false", "fetch-depth: 1", "keeps its credentials"),
        ("\"$NAME\"", "\"${{ github.ref_name }}\"", "inside a script"),
        ("- run: |\n          echo", "- run: echo ${{ github.ref_name }} #", "inside a script"),
        ("contents: read", "pages: write", "may write and runs"),
        (
            "contents: read\n    steps:\n",
            "security-events: write\n    steps:\n      - uses: ./\n",
            "may write and runs",
        ),
    ];
    for (from, to, wanted) in defects {
        assert!(GOOD.contains(from), "the good workflow has `{from}`");
        let found = findings(&GOOD.replacen(from, to, 1));
        assert!(found.len() == 1 && found[0].contains(wanted), "`{to}` gives {found:?}");
    }
}

/// What breaks a rule in one workflow.
fn findings(text: &str) -> Vec<String> {
    let code = code(text);
    let mut found = Vec::new();
    let forbidden = FORBIDDEN.iter().filter(|event| code.contains(**event));
    found.extend(forbidden.map(|event| format!("`{event}` is forbidden")));
    if !code.lines().any(|line| line == "permissions: {}") {
        found.push("`permissions: {}` must stand at the top: rights are given to single jobs".to_owned());
    }
    found.extend(rights(&code));
    found.extend(jobs(&code).filter_map(|job| runs_and_writes(&job)));
    found.extend(actions(&code));
    found.extend(scripts(&code));
    found
}

/// The text without comments on lines of their own.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).collect::<Vec<_>>().join("\n")
}

/// What a job may write: the pages, with a proof of who built them, and alerts.
const WRITES: [&str; 3] = ["pages: write", "id-token: write", "security-events: write"];

fn given(code: &str) -> impl Iterator<Item = &str> {
    let lines = code.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| line.ends_with(": write"))
}

fn rights(code: &str) -> impl Iterator<Item = String> {
    let more = given(code).filter(|line| !WRITES.contains(line));
    more.map(|line| format!("`{line}` is more than any job needs"))
}

/// The jobs of a workflow, each from its name on.
fn jobs(code: &str) -> impl Iterator<Item = String> {
    let below = code.split_once("\njobs:\n").map_or("", |(_, below)| below);
    let mut jobs: Vec<String> = Vec::new();
    for line in below.lines() {
        let is_name = line.starts_with("  ") && !line[2..].starts_with([' ', '-']);
        if is_name || jobs.is_empty() {
            jobs.push(String::new());
        }
        jobs.last_mut().into_iter().for_each(|job| job.extend([line, "\n"]));
    }
    jobs.into_iter()
}

/// A job that may write runs nothing that stands in the repository, where a pull request could have put it.
fn runs_and_writes(job: &str) -> Option<String> {
    let name = job.lines().next().unwrap_or_default().trim().to_owned();
    let writes = given(job).any(|line| WRITES.contains(&line));
    let keys = job.lines().map(|line| line.trim_start().trim_start_matches("- "));
    let mut runs = keys.filter(|key| key.starts_with("run:") || key.starts_with("uses: ./"));
    (writes && runs.next().is_some())
        .then(|| format!("`{name}` may write and runs what stands in the repository"))
}

fn actions(code: &str) -> Vec<String> {
    let keys = code.lines().map(|line| line.trim_start().trim_start_matches("- "));
    let used: Vec<&str> = keys.filter_map(|key| key.strip_prefix("uses:")).map(str::trim).collect();
    // What stands in the repository is checked out at one commit already.
    let foreign = used.iter().filter(|action| !action.starts_with("./"));
    let loose = foreign.filter(|action| !is_pinned(action));
    let mut found: Vec<String> =
        loose.map(|action| format!("`{action}` is not pinned: `owner/name@<commit> # <version>`")).collect();
    let checkouts = used.iter().filter(|action| action.starts_with("actions/checkout@")).count();
    if checkouts > code.matches("persist-credentials: false").count() {
        found.push("a checkout keeps its credentials for the steps after it".to_owned());
    }
    found
}

/// Whether a full commit is named, and its version beside it.
fn is_pinned(used: &str) -> bool {
    let Some((name, version)) = used.split_once(" # v") else { return false };
    let commit = name.split_once('@').map_or("", |(_, commit)| commit);
    commit.len() == 40 && commit.bytes().all(|it| it.is_ascii_hexdigit()) && version.split('.').count() == 3
}

/// An expression in a script is text that somebody else may write; by the environment it stays a value.
fn scripts(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut script = None;
    for line in code.lines() {
        let indent = line.len() - line.trim_start().len();
        let key = line.trim_start().trim_start_matches("- ");
        if key.starts_with("run:") {
            script = Some(line.len() - key.len());
        } else if script.is_some_and(|script| !line.trim().is_empty() && indent <= script) {
            script = None;
        }
        if script.is_some() && line.contains("${{") {
            found.push(format!("an expression stands inside a script: `{}`", line.trim()));
        }
    }
    found
}
