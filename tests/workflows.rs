//! House rules for workflows, which hold without a network: what runs is pinned, has no right that it does not need,
//! and gets nothing from outside as a part of a script.

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
    assert!(seen >= 2, "the workflows are there");
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
    ];
    for (from, to, wanted) in defects {
        assert!(GOOD.contains(from), "the good workflow has `{from}`");
        let found = findings(&GOOD.replacen(from, to, 1));
        assert!(found.len() == 1 && found[0].contains(wanted), "`{to}` gives {found:?}");
    }
}

/// What breaks a rule in one workflow.
fn findings(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let code = code.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let forbidden = FORBIDDEN.iter().filter(|event| code.contains(**event));
    found.extend(forbidden.map(|event| format!("`{event}` is forbidden")));
    if !code.lines().any(|line| line == "permissions: {}") {
        found.push("`permissions: {}` must stand at the top: rights are given to single jobs".to_owned());
    }
    found.extend(rights(&code));
    found.extend(actions(&code));
    found.extend(scripts(&code));
    found
}

/// Only the job that deploys may write, and only what that takes.
fn rights(code: &str) -> impl Iterator<Item = String> {
    let writes = code.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let writes = writes
        .filter(|line| line.ends_with(": write") && !["pages: write", "id-token: write"].contains(line));
    writes.map(|line| format!("`{line}` is more than publishing needs"))
}

fn actions(code: &str) -> Vec<String> {
    let keys = code.lines().map(|line| line.trim_start().trim_start_matches("- "));
    let used: Vec<&str> = keys.filter_map(|key| key.strip_prefix("uses:")).map(str::trim).collect();
    let loose = used.iter().filter(|action| !is_pinned(action));
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
