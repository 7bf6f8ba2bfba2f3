//! What several test files share: the base registry, and examples written against it.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod example;

use std::path::Path;

use incident_registry::files::{File, Files};

/// The base registry of the rule examples, from `tests/base/`.
pub(crate) fn base() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
    let mut files = Vec::new();
    for folder in ["", "gates", "incidents"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("tests/base is there") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_file() {
                let name =
                    path.strip_prefix(&root).expect("it lies below").to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).expect("a base file is text")));
            }
        }
    }
    files
}

/// The same, as the pipeline takes it.
pub(crate) fn base_files() -> Files {
    Files::new(base().into_iter().map(|(path, text)| File::new(path, text)).collect())
}
