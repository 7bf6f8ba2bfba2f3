//! The benchmark of the linter is run once on a few records, so that it still works when somebody needs it. What it
//! measures is never looked at.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::Command;

struct Said {
    succeeded: bool,
    out: String,
    err: String,
    /// What it left in the folder for temporary files.
    left: usize,
}

/// The benchmark without what it compares with, on the build at hand.
fn benchmark(arguments: &[&str]) -> Said {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/lint"));
    command.env("TMPDIR", temporary.path()).env_remove("REGISTRY_ROOT");
    let output = command.args(["--debug", "--no-peers"]).args(arguments).output().expect("bash is there");
    Said {
        succeeded: output.status.success(),
        out: String::from_utf8(output.stdout).expect("it writes UTF-8"),
        err: String::from_utf8(output.stderr).expect("it writes UTF-8"),
        left: fs::read_dir(temporary.path()).expect("the folder is there").count(),
    }
}

/// The cells of a table's row that begins like this.
fn cells<'a>(out: &'a str, start: &str) -> Vec<&'a str> {
    let row = out.lines().find(|line| line.starts_with(start)).unwrap_or_default();
    row.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn it_measures_each_corpus_and_clears_up() {
    let said = benchmark(&["--records", "20", "--records", "40", "--runs", "2"]);
    assert!(said.succeeded, "{}", said.err);
    for records in ["20", "40"] {
        let row = cells(&said.out, &format!("| {records} | registry lint | "));
        assert_eq!((row.len(), row[2]), (8, "2"), "{}", said.out);
        assert!(row[3].ends_with(')') && row[7] == "1.0", "{row:?}");
    }
    assert!(said.out.contains(" %) |"), "the second is compared with the first: {}", said.out);
    assert_eq!(said.left, 0, "its folder is gone");
}

#[test]
fn it_refuses_what_it_does_not_know() {
    for arguments in [&["--record", "20"][..], &["--records"], &["--records", "many"], &["--runs", "0"]] {
        let said = benchmark(arguments);
        assert!(!said.succeeded && said.out.is_empty(), "{arguments:?}");
        assert!(said.err.starts_with("error: "), "{arguments:?}: {}", said.err);
        assert_eq!(said.left, 0);
    }
}
