//! Diagnostics to text, one file a format. Sees diagnostics and files and nothing else; decides nothing.

pub mod concise;
pub mod human;
pub mod json;

use crate::diagnostic::{Diagnostics, Severity};

/// The last line of a run: "2 errors and 1 warning in 4 files".
pub fn summary(diagnostics: &Diagnostics, files: usize) -> String {
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    let files = plural(files, "file");
    match (errors, warnings) {
        (0, 0) => format!("{files} checked, nothing to report"),
        (0, _) => format!("{} in {files}", plural(warnings, "warning")),
        (_, 0) => format!("{} in {files}", plural(errors, "error")),
        _ => format!("{} and {} in {files}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// "1 file", "2 files".
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
