//! Diagnostics to text, one file a format. Sees diagnostics and files and nothing else; decides nothing.

pub mod concise;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
mod parts;
pub mod rules;
pub mod sarif;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::files::{FileId, Files};

/// A run of the linter, for the formats that tell more than its findings.
pub struct Run<'a> {
    /// What was found.
    pub diagnostics: &'a Diagnostics,
    /// The text it was found in.
    pub files: &'a Files,
    /// The files that were asked for.
    pub checked: &'a [FileId],
    /// Every rule, in the order of the table.
    pub rules: &'a [Rule<'a>],
    /// The registry's folder below the top of its repository, where CI services look for files: empty, or with a
    /// final slash.
    pub folder: &'a str,
    /// Whether a warning counts as much as an error, if its rule may be denied.
    pub deny_warnings: bool,
}

/// What a format may say of a rule.
pub struct Rule<'a> {
    /// Its stable name.
    pub code: Code,
    /// Its spoken name.
    pub name: &'a str,
    /// How bad a finding is unless the registry says otherwise.
    pub severity: Severity,
    /// Whether its warnings may count as much as errors.
    pub may_be_denied: bool,
    /// Its page, in Markdown.
    pub docs: &'a str,
    /// Where that page can be read, if it stands anywhere.
    pub uri: Option<String>,
}

impl Rule<'_> {
    /// What it finds, in one sentence.
    fn title(&self) -> String {
        let what = self.section("What");
        let first = what.split_once(". ").map_or(what.as_str(), |(first, _)| first);
        format!("{}.", first.trim_end_matches('.'))
    }

    /// The text below a heading of its page, each paragraph on one line.
    fn section(&self, heading: &str) -> String {
        let below = self.docs.split_once(&format!("\n## {heading}\n")).map_or("", |(_, below)| below);
        let text = below.split("\n## ").next().unwrap_or_default().trim();
        text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
    }

    /// Whether findings come with an edit that mends them: its page then shows the text after it.
    fn is_fixable(&self) -> bool {
        self.docs.contains("\n## Fixed\n")
    }
}

impl Run<'_> {
    fn rule(&self, code: Code) -> Option<&Rule<'_>> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// The spoken name of a rule.
    fn name(&self, code: Code) -> &str {
        self.rule(code).map_or("", |rule| rule.name)
    }

    /// Whether a finding is one for which the run ends with 1.
    pub fn refuses(&self, diagnostic: &Diagnostic) -> bool {
        match diagnostic.severity {
            Severity::Error => true,
            Severity::Warning => {
                self.deny_warnings && self.rule(diagnostic.code).is_none_or(|rule| rule.may_be_denied)
            }
        }
    }

    /// A file's path from the top of the repository.
    fn path(&self, file: FileId) -> String {
        format!("{}{}", self.folder, self.files.get(file).path)
    }
}

/// The last line of a run: "2 errors and 1 warning in 4 files".
pub fn summary(diagnostics: &Diagnostics, files: usize) -> String {
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    let files = plural(files, "file");
    match counted(errors, warnings) {
        None => format!("{files} checked, nothing to report"),
        Some(counted) => format!("{counted} in {files}"),
    }
}

/// "2 errors and 1 warning", if there are any.
fn counted(errors: usize, warnings: usize) -> Option<String> {
    match (errors, warnings) {
        (0, 0) => None,
        (0, _) => Some(plural(warnings, "warning")),
        (_, 0) => Some(plural(errors, "error")),
        _ => Some(format!("{} and {}", plural(errors, "error"), plural(warnings, "warning"))),
    }
}

/// "1 file", "2 files".
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
