//! The program, run as a person runs it, and what it said.

use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// How it ended and what it wrote.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The program, in this folder.
pub(crate) fn registry(root: &Path, arguments: &[&str]) -> Said {
    registry_on_page(root, arguments, None)
}

/// The same as a step of a CI job that has a page.
pub(crate) fn registry_on_page(root: &Path, arguments: &[&str], page: Option<&Path>) -> Said {
    let mut command = Command::cargo_bin("registry").expect("the binary is built");
    command.current_dir(root).env_remove("REGISTRY_ROOT").env_remove("GITHUB_STEP_SUMMARY");
    command.envs(page.map(|page| ("GITHUB_STEP_SUMMARY", page)));
    let output = command.args(arguments).output().expect("it runs");
    Said {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("it writes UTF-8"),
        err: String::from_utf8(output.stderr).expect("it writes UTF-8"),
    }
}

/// The base registry in a folder of its own.
pub(crate) fn base() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    super::write_base(folder.path());
    folder
}
