//! House rules as tests: who may import whom, what every file begins with, and that codes are unique and sorted.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use incident_registry::check::RULES;

/// What each module may import. `ARCHITECTURE.md` draws the same picture.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("files", &[]),
    ("align", &[]),
    ("diagnostic", &["files"]),
    ("model", &["files"]),
    ("read", &["files"]),
    ("parse", &["align", "diagnostic", "files", "model"]),
    ("check", &["align", "diagnostic", "files", "model"]),
    ("link", &["files", "model"]),
    ("derive", &["files", "model"]),
    ("across", &["derive", "model"]),
    ("explain", &["derive", "files", "model"]),
    ("export", &["derive", "explain", "model"]),
    ("render", &["across", "explain", "files", "model"]),
    ("write", &["model"]),
    ("emit", &["diagnostic", "files"]),
    ("fix", &["diagnostic", "files"]),
    ("diff", &[]),
    (
        "pipeline",
        &[
            "across",
            "check",
            "derive",
            "diagnostic",
            "export",
            "files",
            "link",
            "model",
            "parse",
            "read",
            "render",
            "write",
        ],
    ),
    ("watch", &["files", "read"]),
    ("serve", &["across", "diagnostic", "emit", "files", "model", "pipeline", "render", "watch"]),
    (
        "cli",
        &[
            "across",
            "check",
            "diagnostic",
            "diff",
            "emit",
            "explain",
            "export",
            "files",
            "fix",
            "model",
            "pipeline",
            "read",
            "serve",
            "watch",
            "write",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Words that would touch the disk, a socket, the clock or another program, and the modules, or single files of them,
/// that may use them.
const EFFECTS: &[(&str, &[&str])] = &[
    ("fs::", &["read", "write"]),
    ("TcpStream", &["serve"]),
    ("TcpListener", &["serve"]),
    ("notify::", &["watch"]),
    ("UdpSocket", &[]),
    ("ToSocketAddrs", &[]),
    ("Command::new", &["cli", "read/git.rs"]),
    ("process::Command", &["cli"]),
    ("SystemTime", &[]),
    ("Instant::now", &[]),
    ("Utc::now", &[]),
    ("Local::now", &[]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a source folder can be listed") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("a source file is text");
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// The module a file of `src/` belongs to: its first folder, or its own name.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).expect("the file lies in src");
    let first = inside.components().next().expect("a path has a part").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of this crate that a text names after `crate::` or `incident_registry::`.
fn imports(text: &str) -> Vec<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for marker in ["crate::", "incident_registry::"] {
        for part in code.split(marker).skip(1) {
            if let Some(list) = part.strip_prefix('{') {
                let list = list.split('}').next().unwrap_or_default();
                found.extend(
                    list.split(',').map(|name| name.trim().split("::").next().unwrap_or_default().to_owned()),
                );
            } else {
                let end = part.find(|it: char| !(it.is_alphanumeric() || it == '_')).unwrap_or(part.len());
                found.push(part[..end].to_owned());
            }
        }
    }
    found.retain(|name| !name.is_empty() && name.chars().next().is_some_and(char::is_lowercase));
    found
}

#[test]
fn nobody_imports_a_sibling() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut broken = Vec::new();
    for (path, text) in sources(&root().join("src")) {
        let module = module(&path);
        let Some(may) = allowed.get(module.as_str()) else {
            broken.push(format!(
                "`{module}` is not in the picture; add it to MAY_IMPORT and to ARCHITECTURE.md"
            ));
            continue;
        };
        for import in imports(&text) {
            if import != module && !may.contains(&import.as_str()) {
                broken.push(format!("`{module}` may not import `{import}` ({})", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_the_edges_touch_the_world() {
    let mut broken = Vec::new();
    for (path, text) in sources(&root().join("src")) {
        let module = module(&path);
        for (word, may) in EFFECTS {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let may = may.iter().any(|it| module == *it || path.ends_with(it) && it.ends_with(".rs"));
            if !may && code.into_iter().any(|line| line.contains(word)) {
                broken.push(format!("`{module}` may not use `{word}` ({})", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for folder in ["src", "tests", "benches"] {
        for (path, text) in sources(&root().join(folder)) {
            assert!(text.starts_with("//! "), "{} must open with `//!` and a sentence", path.display());
        }
    }
}

#[test]
fn codes_are_unique_sorted_and_named_like_their_files() {
    let family =
        |code: &str| "SILEVTR".find(&code[..1]).expect("a code begins with the letter of its family");
    let codes: Vec<_> = RULES.iter().map(|rule| (family(rule.code.0), rule.code.0)).collect();
    assert!(
        codes.is_sorted_by(|a, b| a < b),
        "rules must stand in the order S I L E V T R, by number: {codes:?}"
    );
    for rule in RULES {
        let stem = rule.name.replace('-', "_");
        for ending in ["rs", "md"] {
            let path = root().join(format!("src/check/rules/{stem}.{ending}"));
            assert!(path.is_file(), "{} has no file {}", rule.code, path.display());
        }
    }
}

#[test]
fn the_picture_has_no_cycle() {
    fn reaches(from: &str, to: &str, depth: usize) -> bool {
        let next = MAY_IMPORT.iter().find(|(module, _)| *module == from).map_or(&[][..], |(_, next)| next);
        depth > 0 && next.iter().any(|module| *module == to || reaches(module, to, depth - 1))
    }
    for (module, _) in MAY_IMPORT {
        assert!(!reaches(module, module, MAY_IMPORT.len()), "`{module}` reaches itself");
    }
}

#[test]
fn every_dependency_says_why() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is there");
    let (mut inside, mut above) = (false, "");
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && line.contains(" = ") {
            assert!(above.starts_with('#'), "no reason stands above `{line}` in Cargo.toml");
        }
        above = line;
    }
}
