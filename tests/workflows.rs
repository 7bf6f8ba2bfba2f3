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
    for input in ["REGISTRY_ARGUMENTS: ${{ inputs.args }}", "REGISTRY_BASE: ${{ inputs.base }}"] {
        assert!(text.contains(input), "inputs come by the environment");
    }
}

/// The script of the action's last step.
#[cfg(unix)]
fn script() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let text = fs::read_to_string(path).expect("the action is there");
    let (_, step) = text.split_once("- name: Check the records").expect("the step is there");
    step.split_once("run: |\n").expect("it has a script").1.to_owned()
}

/// That script, run in a folder as a runner runs it.
#[cfg(unix)]
fn step(folder: &Path, inputs: [(&str, &str); 3]) -> (Option<i32>, String) {
    let runner = tempfile::tempdir().expect("a temporary folder");
    let bin = runner.path().join("registry/release");
    fs::create_dir_all(&bin).expect("a folder can be made");
    let real = assert_cmd::cargo::cargo_bin("registry");
    std::os::unix::fs::symlink(real, bin.join("registry")).expect("a link can be made");
    let mut bash = std::process::Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script()]).current_dir(folder).envs(inputs);
    bash.env("RUNNER_TEMP", runner.path()).env("GITHUB_STEP_SUMMARY", folder.join("page"));
    let output = bash.output().expect("bash is there");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

/// What the action says of the base registry with one mistake.
#[cfg(unix)]
fn checked_by_the_action(arguments: &str, base: &str) -> (tempfile::TempDir, Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let registry = folder.path().join("my cases");
    support::write_base(&registry);
    edit(&registry, "incidents/APM-0001.md", "severity: 3", "severity: 7");
    let inputs =
        [("REGISTRY_FOLDER", "my cases"), ("REGISTRY_ARGUMENTS", arguments), ("REGISTRY_BASE", base)];
    let (code, said) = step(folder.path(), inputs);
    (folder, code, said)
}

#[cfg(unix)]
fn edit(registry: &Path, path: &str, from: &str, to: &str) {
    let path = registry.join(path);
    let text = fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(from), "{} holds `{from}`", path.display());
    fs::write(path, text.replacen(from, to, 1)).expect("it can be changed");
}

#[cfg(unix)]
#[test]
fn the_action_takes_arguments_and_never_a_script() {
    let (folder, code, said) = checked_by_the_action("", "");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("::error file=incidents/APM-0001.md,"), "{said}");
    assert!(folder.path().join("page").is_file());
    let (folder, code, said) = checked_by_the_action("--deny-warnings\n--output sarif=lint.sarif\n", "");
    assert_eq!(code, Some(1), "{said}");
    assert!(folder.path().join("lint.sarif").is_file());
    for hostile in ["; touch got", "$(touch got)", "`touch got`", "\n touch got", "&& touch got #", "> got"] {
        for (arguments, base) in [(hostile, ""), ("", hostile), ("", "--output=json=got"), ("", "-")] {
            let (folder, code, said) = checked_by_the_action(arguments, base);
            assert_eq!(code, Some(2), "{arguments}{base}: {said}");
            assert!(!folder.path().join("got").exists(), "{arguments}{base}");
        }
    }
}

/// A pull request as a service keeps it, with its own merge of the change and the branch it goes into, which has gone
/// on since; and a runner's checkout of that merge, so many commits deep.
#[cfg(unix)]
fn checked_out(depth: &str, change: [&str; 3]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [work, checkout] = ["work", "checkout"].map(|name| folder.path().join(name));
    support::write_base(&work);
    fs::create_dir(&checkout).expect("a folder can be made");
    support::git(folder.path(), &["init", "--quiet", "--bare", "server"]);
    let server = format!("file://{}", folder.path().join("server").display());
    let git = |arguments: &[&str]| support::git(&work, arguments);
    let commit = || git(&["add", "--all"]) + &git(&["commit", "--quiet", "--message=a step"]);
    git(&["init", "--quiet", "--initial-branch=main"]);
    commit();
    git(&["switch", "--quiet", "--create=change"]);
    let [path, from, to] = change;
    edit(&work, path, from, to);
    commit();
    git(&["switch", "--quiet", "main"]);
    edit(&work, "incidents/ids.lock", "reserved\n", "reserved\nAPM-1000..APM-1009 reserved\n");
    commit();
    git(&["switch", "--quiet", "--detach"]);
    git(&["merge", "--quiet", "--no-ff", "--message=merge", "change"]);
    git(&["push", "--quiet", &server, "main", "HEAD:refs/pull/1/merge"]);
    let (depth, merge) = (format!("--depth={depth}"), "refs/remotes/pull/1/merge");
    let git = |arguments: &[&str]| support::git(&checkout, arguments);
    git(&["init", "--quiet"]);
    git(&["fetch", "--quiet", "--no-tags", &depth, &server, &format!("+refs/pull/1/merge:{merge}")]);
    git(&["checkout", "--quiet", "--force", merge]);
    folder
}

/// What the action says there, called as in the workflow.
#[cfg(unix)]
fn judged(folder: &tempfile::TempDir) -> (Option<i32>, String) {
    let inputs =
        [("REGISTRY_FOLDER", "."), ("REGISTRY_ARGUMENTS", "--deny-warnings"), ("REGISTRY_BASE", "HEAD^1")];
    step(&folder.path().join("checkout"), inputs)
}

#[cfg(unix)]
#[test]
fn a_pull_request_is_judged_against_the_branch_it_goes_into() {
    let workflow = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows/records.yml");
    let workflow = fs::read_to_string(workflow).expect("the workflow is there");
    assert!(workflow.contains("base: ${{ github.event_name == 'pull_request' && 'HEAD^1' || '' }}"));
    let depth = workflow.split_once("fetch-depth: ").expect("it says how deep").1;
    let depth = depth.lines().next().unwrap_or_default();

    let reworded = ["incidents/APM-0001.md", "about thirteen hours", "about eleven hours"];
    let (code, said) = judged(&checked_out(depth, reworded));
    assert_eq!((code, said.matches("::error ").count()), (Some(1), 1), "{said}");
    assert!(said.contains("R09") && !said.contains("R08"), "what others did is not this change's: {said}");

    let lowered = ["registry.toml", "examples\"", "examples\"\n[lint]\nE12 = \"off\""];
    let (code, said) = judged(&checked_out(depth, lowered));
    assert_eq!((code, said.matches("::warning ").count()), (Some(0), 1), "a maintainer can land it: {said}");
    assert!(said.contains("::warning file=registry.toml,") && said.contains("R08"), "{said}");

    let (code, said) = judged(&checked_out("1", reworded));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("no commit `HEAD^1`") && said.contains("`fetch-depth: 2`"), "{said}");
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
        ("$NAME\"\n", "$NAME\"\n          registry lint --base HEAD^1\n", "fetch-depth: 2"),
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
    found.extend(jobs(&code).filter_map(|job| lacks_the_base(&job)));
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

/// A checkout brings one commit unless it is told otherwise.
fn lacks_the_base(job: &str) -> Option<String> {
    let lacks = job.contains("HEAD^1") && !job.contains("fetch-depth: 2");
    lacks.then(|| "a job compares with `HEAD^1`, which comes with `fetch-depth: 2`".to_owned())
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
