//! `registry lint --base REF` on real git repositories: what a change may do, and that git is only ever asked.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::git;
use tempfile::TempDir;

const RECORD: &str = "incidents/APM-0001.md";
const LEDGER: &str = "incidents/ids.lock";

/// A repository with the base registry in it, committed; everything goes with the folder.
struct Repository {
    folder: TempDir,
    /// Where in the repository the registry is.
    inside: &'static str,
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Repository {
    fn new(inside: &'static str) -> Repository {
        let repository = Repository { folder: tempfile::tempdir().expect("a temporary folder"), inside };
        for (path, text) in support::base() {
            repository.write(&path, &text);
        }
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository
    }

    fn top(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.top().join(self.inside).join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file is there")
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds `{from}`");
        self.write(path, &text.replacen(from, to, 1));
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("it can be removed");
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(self.top(), arguments)
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message=a step"]);
    }

    fn lint(&self, arguments: &[&str]) -> Said {
        self.lint_with(arguments, &[])
    }

    fn lint_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_registry"));
        command.current_dir(self.top().join(self.inside)).env_remove("REGISTRY_ROOT");
        command.env("GIT_CEILING_DIRECTORIES", self.top().parent().expect("it lies somewhere"));
        command.envs(environment.iter().copied());
        let output = command.arg("lint").args(arguments).output().expect("it runs");
        Said {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).expect("it writes UTF-8"),
            err: String::from_utf8(output.stderr).expect("it writes UTF-8"),
        }
    }

    /// The findings since the first commit, without their places.
    fn findings(&self) -> (i32, Vec<String>) {
        let said = self.lint(&["--base", "main", "--format", "concise"]);
        let text = |line: &str| line.split_once(": ").map_or(line, |(_, text)| text).to_owned();
        (said.code, said.out.lines().map(text).collect())
    }

    /// Says of a change that it is fine.
    fn is_fine(&self) {
        let said = self.lint(&["--base", "main", "--deny-warnings"]);
        assert_eq!((said.code, said.out.as_str()), (0, ""), "{}", said.err);
    }
}

fn only(code: i32, text: &str) -> (i32, Vec<String>) {
    (code, vec![text.to_owned()])
}

#[test]
fn no_change_is_fine() {
    Repository::new("").is_fine();
}

#[test]
fn a_reworded_statement_wants_a_correction() {
    let repository = Repository::new("");
    repository.edit(RECORD, "lasted about thirteen hours", "lasted about eleven hours");
    let missing = "error[R09] since publication, statement `f2` was reworded, and no correction says so";
    assert_eq!(repository.findings(), only(1, missing));
    let said = repository.lint(&["--base", "main", "--format", "concise"]);
    assert!(said.out.starts_with("incidents/APM-0001.md:48:11: "), "{}", said.out);
    // Committed or not is the same.
    repository.git(&["switch", "--quiet", "--create=change"]);
    repository.commit();
    assert_eq!(repository.findings(), only(1, missing));
    let entry = "corrections:\n  - date: 2026-04-01\n    text: The record had named thirteen hours.\n";
    repository.edit(RECORD, "attribution:", &format!("{entry}attribution:"));
    repository.is_fine();
}

#[test]
fn every_difference_is_shown_once_in_one_finding() {
    let repository = Repository::new("");
    repository.edit(RECORD, "severity: 3", "severity: 4");
    repository.edit(RECORD, "lasted about thirteen hours", "lasted about eleven hours");
    let said = repository.lint(&["--base", "main"]);
    assert_eq!(said.out.matches("error[R09]").count(), 1, "{}", said.out);
    assert!(said.out.contains("`severity` has changed"), "{}", said.out);
    assert!(said.out.contains("statement `f2` was reworded"), "{}", said.out);
}

#[test]
fn wrapping_a_text_otherwise_changes_nothing() {
    let repository = Repository::new("");
    let from = "    text: The interruption lasted about thirteen hours.";
    repository.edit(RECORD, from, "    text: >-\n      The interruption lasted\n      about thirteen hours.");
    repository.is_fine();
}

#[test]
fn a_removed_record_is_missed_even_without_its_line() {
    let repository = Repository::new("");
    repository.remove("incidents/APM-0002.md");
    repository.edit(LEDGER, "APM-0002 2026-03-01\n", "");
    assert_eq!(repository.findings(), only(1, "error[I04] this change takes `APM-0002` out of the ledger"));
    repository.remove(LEDGER);
    let (code, found) = repository.findings();
    assert_eq!(code, 1);
    assert!(found.iter().any(|it| it.contains("takes `APM-0001` out of the ledger")), "{found:#?}");
}

#[test]
fn a_change_cannot_lower_the_rules_it_is_judged_by() {
    let repository = Repository::new("");
    let undone = "  - id: u3\n    text: The agent had asked for a review.\n";
    repository.edit(RECORD, "unconfirmed:\n", &format!("unconfirmed:\n{undone}"));
    let entry = "corrections:\n  - date: 2026-04-01\n    text: A further open question.\n";
    repository.edit(RECORD, "attribution:", &format!("{entry}attribution:"));
    let (code, honest) = repository.findings();
    assert_eq!((code, honest.len()), (1, 1), "{honest:#?}");
    assert!(honest[0].starts_with("error[E09]"), "{honest:#?}");
    for level in ["off", "warning"] {
        let lint = format!("[lint]\nE09 = \"{level}\"\nR08 = \"off\"\nR09 = \"off\"\n");
        repository.write("registry.toml", &lint);
        let (code, lowered) = repository.findings();
        assert_eq!((code, lowered.len()), (1, 2), "{lowered:#?}");
        assert!(lowered.contains(&honest[0]), "{lowered:#?}");
        let policy = "warning[R08] this change edits `registry.toml`, which is policy".to_owned();
        assert!(lowered.contains(&policy), "{lowered:#?}");
    }
    assert_eq!(repository.lint(&[]).code, 0, "by its own rules it would pass");
}

#[test]
fn a_change_cannot_bring_the_word_it_needs() {
    let repository = Repository::new("");
    let taxonomy = repository.read("taxonomy.yaml");
    let term = "\nimpacts:\n  - id: shame\n    name: Shame\n    description: Somebody was ashamed of it.\n";
    repository.write("taxonomy.yaml", &taxonomy.replacen("\nimpacts:\n", term, 1));
    let (code, alone) = repository.findings();
    assert_eq!((code, alone.len()), (0, 1), "a change of policy alone is a warning: {alone:#?}");
    repository.edit(RECORD, "impacts: [service-interruption]", "impacts: [service-interruption, shame]");
    let (code, both) = repository.findings();
    assert_eq!((code, both.len()), (1, 2), "{both:#?}");
    assert!(both[0].starts_with("error[S05]"), "{both:#?}");
}

#[test]
fn policy_beside_the_records_is_named() {
    let repository = Repository::new("sub/registry");
    let workflow = repository.top().join(".github/workflows/test.yml");
    fs::create_dir_all(workflow.parent().expect("it has a folder")).expect("a folder can be made");
    fs::write(&workflow, "on: push\n").expect("it can be written");
    let gate = repository.read("gates/deploy.md");
    repository.write("gates/deploy.md", &format!("{gate}\nA word more.\n"));
    let (code, found) = repository.findings();
    assert_eq!(code, 0);
    let edits = ["edits `.github/workflows/test.yml`", "edits `gates/deploy.md`"];
    for edit in edits {
        assert!(found.iter().any(|it| it.contains(edit)), "{edit}: {found:#?}");
    }
    assert_eq!(found.len(), 2, "{found:#?}");
    repository.commit();
    repository.is_fine();
}

#[test]
fn denied_warnings_leave_a_change_of_policy_to_its_reviewer() {
    let repository = Repository::new("");
    let config = repository.read("registry.toml");
    repository.write("registry.toml", &format!("{config}[lint]\nT02 = \"error\"\n"));
    let denied = ["--base", "main", "--deny-warnings"];
    let said = repository.lint(&[&denied[..], &["--format", "junit"]].concat());
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(said.out.contains("failures=\"0\"") && said.out.contains("<skipped message"), "{}", said.out);
    repository.edit(RECORD, "https://", "http://");
    assert_eq!(repository.lint(&denied).code, 1, "any other warning counts");

    let repository = Repository::new("");
    repository.write("registry.toml", &format!("{config}[lint]\nR08 = \"error\"\n"));
    repository.commit();
    repository.write("registry.toml", &config);
    assert_eq!(repository.lint(&denied).code, 1, "a registry may refuse it");
}

#[test]
fn a_new_record_with_its_line_is_fine() {
    let repository = Repository::new("");
    let record = repository.read("incidents/APM-0002.md").replace("APM-0002", "APM-0003");
    let moved = record.replacen("title: ", "title: Elsewhere ", 1).replace("https://", "https://other.");
    repository.write("incidents/APM-0003.md", &moved);
    repository.edit(LEDGER, "reserved\n", "reserved\nAPM-0003 2026-04-01\n");
    let (_, found) = repository.findings();
    let compared = ["R08", "R09", "I04"].map(|code| format!("[{code}]"));
    assert!(!found.iter().any(|it| compared.iter().any(|code| it.contains(code))), "{found:#?}");
}

#[test]
fn a_record_is_known_by_its_id_whatever_its_file() {
    let repository = Repository::new("");
    let yaml = repository.path("incidents/APM-0001-renamed.md");
    fs::rename(repository.path(RECORD), &yaml).expect("it can be renamed");
    repository.edit("incidents/APM-0001-renamed.md", "severity: 3", "severity: 4");
    let (_, found) = repository.findings();
    assert!(found.iter().any(|it| it.contains("[R09] since publication, `severity`")), "{found:#?}");
}

#[test]
fn line_endings_of_a_checkout_change_nothing() {
    let repository = Repository::new("");
    for path in ["registry.toml", "taxonomy.yaml", "entities.yaml", LEDGER, RECORD, "gates/deploy.md"] {
        repository.write(path, &repository.read(path).replace('\n', "\r\n"));
    }
    repository.git(&["config", "core.autocrlf", "true"]);
    let (_, found) = repository.findings();
    assert!(found.iter().all(|it| it.contains("[S11]")), "{found:#?}");
}

#[test]
fn what_git_could_run_is_never_run() {
    let repository = Repository::new("");
    let trap = repository.top().join("sprung");
    let script = repository.top().join("trap.sh");
    fs::write(&script, format!("#!/bin/sh\necho \"$0 $@\" >> '{}'\nexit 1\n", trap.display()))
        .expect("it can be written");
    make_executable(&script);
    let hooks = repository.top().join("hooks");
    fs::create_dir(&hooks).expect("a folder can be made");
    for hook in ["post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"] {
        fs::copy(&script, hooks.join(hook)).expect("it can be copied");
    }
    let program = script.to_string_lossy();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.ls-tree",
        "core.sshCommand",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "credential.helper",
        "diff.external",
        "diff.trap.textconv",
        "diff.trap.command",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "remote.origin.uploadpack",
        "alias.rev-parse",
    ] {
        let value = if key.starts_with("alias") { format!("!{program}") } else { program.to_string() };
        repository.git(&["config", key, &value]);
    }
    repository.git(&["config", "core.hooksPath", &hooks.to_string_lossy()]);
    // A clone that lacks objects asks its remote for them, here through the trap.
    for (key, value) in [
        ("remote.origin.url", &*repository.top().to_string_lossy()),
        ("remote.origin.promisor", "true"),
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
        ("protocol.file.allow", "always"),
    ] {
        repository.git(&["config", key, value]);
    }
    fs::write(repository.top().join(".gitattributes"), "* filter=trap diff=trap\n")
        .expect("it can be written");
    repository.edit(RECORD, "lasted about thirteen hours", "lasted about eleven hours");
    let environment = [
        ("GIT_EXTERNAL_DIFF", &*program),
        ("GIT_PAGER", &*program),
        ("GIT_SSH_COMMAND", &*program),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "core.fsmonitor"),
        ("GIT_CONFIG_VALUE_0", &*program),
        ("GIT_DIR", "/nowhere"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere"),
    ];
    let said = repository.lint_with(&["--base", "main"], &environment);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.out.contains("[R09]"), "{}", said.out);
    // An object that is not there would be fetched from the promisor.
    let object = repository.git(&["rev-parse", "main:registry.toml"]);
    let sprung = fs::read_to_string(&trap).unwrap_or_default();
    assert_eq!(sprung, "", "git ran something");
    fs::remove_file(repository.top().join(format!(".git/objects/{}/{}", &object[..2], &object[2..])))
        .expect("a loose object can be removed");
    let said = repository.lint(&["--base", "main"]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(!trap.exists(), "a missing object was fetched: {}", said.err);
    // The trap itself works: the same, asked of git as it is.
    let _ = Command::new("git").current_dir(repository.top()).args(["add", RECORD]).output();
    assert!(trap.exists(), "nothing was ever going to be run");
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[cfg(not(unix))]
fn make_executable(_: &Path) {}

#[test]
fn a_bad_revision_is_a_mistake_of_the_call() {
    let repository = Repository::new("");
    for (revision, says) in [
        ("nowhere", "there is no commit `nowhere` in this repository"),
        ("main:registry.toml", "there is no commit"),
        ("", "--base takes a branch"),
        ("main\n", "--base takes a branch"),
    ] {
        let said = repository.lint(&[&format!("--base={revision}")]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{revision}: {}", said.err);
        assert!(said.err.contains(says), "{revision}: {}", said.err);
    }
    let touched = repository.top().join("touched");
    for option in ["--upload-pack=touch touched", "--output=touched", "-h", "--exec-path=."] {
        let said = repository.lint(&[&format!("--base={option}")]);
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(said.err.contains("--base takes a branch"), "{}", said.err);
        assert!(!touched.exists());
    }
}

#[test]
fn an_ambiguous_name_is_not_guessed_at() {
    let repository = Repository::new("");
    repository.git(&["tag", "main"]);
    let said = repository.lint(&["--base", "main"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("more than one thing") && said.err.contains("refs/heads/main"), "{}", said.err);
    assert_eq!(repository.lint(&["--base", "refs/heads/main"]).code, 0);
}

#[test]
fn outside_a_repository_and_without_git_it_says_so() {
    let repository = Repository::new("");
    let empty = tempfile::tempdir().expect("a temporary folder");
    let said = repository.lint_with(&["--base", "main"], &[("PATH", &empty.path().to_string_lossy())]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains("git was not found"), "{}", said.err);
    fs::remove_dir_all(repository.top().join(".git")).expect("it can be removed");
    let said = repository.lint(&["--base", "main"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("lies in no git repository"), "{}", said.err);
}

#[test]
fn a_shallow_clone_names_the_way_out() {
    let repository = Repository::new("");
    repository.commit();
    let old = repository.git(&["rev-parse", "HEAD~1"]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let from = format!("file://{}", repository.top().display());
    git(folder.path(), &["clone", "--quiet", "--depth=1", &from, "shallow"]);
    let clone = Repository { folder, inside: "shallow" };
    let said = clone.lint(&["--base", &old]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("this clone is shallow: `git fetch --depth=1"), "{}", said.err);
    assert_eq!(clone.lint(&["--base", "origin/main"]).code, 0);
}

#[test]
fn a_revision_without_a_registry_is_not_taken_for_an_empty_one() {
    let repository = Repository::new("");
    repository.git(&["mv", "registry.toml", "elsewhere.toml"]);
    repository.commit();
    repository.git(&["mv", "elsewhere.toml", "registry.toml"]);
    let said = repository.lint(&["--base", "main"]);
    assert_eq!(said.code, 2, "{}", said.err);
    assert!(said.err.contains("there is no `registry.toml`"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_in_the_revision_is_refused_as_on_disk() {
    let repository = Repository::new("");
    let record = repository.read(RECORD);
    repository.remove(RECORD);
    std::os::unix::fs::symlink("/etc/passwd", repository.path(RECORD)).expect("a link can be made");
    let object = repository.git(&["rev-parse", "HEAD"]);
    let module = format!("160000,{object},incidents/module.md");
    repository.git(&["add", "--all"]);
    repository.git(&["update-index", "--add", "--cacheinfo", &module]);
    repository.git(&["commit", "--quiet", "--message=a step"]);
    repository.remove(RECORD);
    repository.write(RECORD, &record);
    repository.is_fine();
    fs::remove_dir_all(repository.path("incidents")).expect("it can be removed");
    std::os::unix::fs::symlink("gates", repository.path("incidents")).expect("a link can be made");
    repository.commit();
    let said = repository.lint(&["--base", "main"]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains("`incidents` is a symlink in that revision"), "{}", said.err);
}
