//! What several test files share: the base registry, and examples written against it.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod example;
pub(crate) mod path;
pub(crate) mod run;

use std::path::Path;

use incident_registry::files::{File, Files};

/// The base registry of the rule examples, from `tests/base/`.
pub(crate) fn base() -> Vec<(String, String)> {
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base"))
}

/// The repository's own registry.
pub(crate) fn own() -> Vec<(String, String)> {
    let mut files = texts(Path::new(env!("CARGO_MANIFEST_DIR")));
    let ours = ["registry.toml", "taxonomy.yaml", "entities.yaml"];
    files.retain(|(path, _)| path.contains('/') || ours.contains(&path.as_str()));
    files
}

/// The repository's own policy with four of its records, which the tests know by heart; further records change nothing
/// where these are used.
pub(crate) fn four() -> Vec<(String, String)> {
    const FOUR: [&str; 4] = ["APM-0003", "APM-0005", "APM-0008", "APM-0046"];
    let is_wanted = |name: &str| !name.starts_with("APM-") || FOUR.iter().any(|id| name.starts_with(id));
    let mut files = own();
    files.retain(|(path, _)| path.strip_prefix("incidents/").is_none_or(is_wanted));
    for (_, text) in files.iter_mut().filter(|(path, _)| path.starts_with("incidents/APM-")) {
        // What they are related to is not among them.
        let kept = text.split_inclusive('\n').filter(|line| !line.starts_with("related: ["));
        *text = kept.collect();
    }
    for (_, text) in files.iter_mut().filter(|(path, _)| path == "incidents/ids.lock") {
        let kept = text.lines().filter(|line| line.contains("..") || is_wanted(line));
        *text = kept.map(|line| line.to_owned() + "\n").collect();
    }
    files
}

/// The texts at the root of a registry and in its two folders.
fn texts(root: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["", "gates", "incidents"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the registry is there") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_file() {
                let name =
                    path.strip_prefix(root).expect("it lies below").to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).expect("a file is text")));
            }
        }
    }
    files
}

/// A registry in which one file has another text.
pub(crate) fn with(registry: &[(String, String)], changed: &str, text: &str) -> Files {
    let one = |(path, old): &(String, String)| File::new(path, if path == changed { text } else { old });
    Files::new(registry.iter().map(one).collect())
}

/// The base registry on the disk, in a folder that need not be there yet.
pub(crate) fn write_base(root: &Path) {
    write(root, &base());
}

/// A registry on the disk, in a folder that need not be there yet.
pub(crate) fn write(root: &Path, registry: &[(String, String)]) {
    for (path, text) in registry {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }
}

/// The base registry, as the pipeline takes it.
pub(crate) fn base_files() -> Files {
    Files::new(base().into_iter().map(|(path, text)| File::new(path, text)).collect())
}

/// Runs git as nobody in particular, with no configuration but the repository's.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new("git");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "somebody").env(format!("GIT_{who}_EMAIL"), "x@example.org");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.current_dir(folder).args(arguments).output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it writes UTF-8").trim_end().to_owned()
}
