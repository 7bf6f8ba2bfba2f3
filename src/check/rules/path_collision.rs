//! R03: two paths that are one and the same on systems that ignore case.

use std::collections::BTreeMap;

use super::{Check, Code, Files, Reporter, Rule, Severity, Span};

pub(crate) static RULE: Rule = Rule {
    code: Code("R03"),
    name: "path-collision",
    severity: Severity::Error,
    docs: include_str!("path_collision.md"),
    needs: &[],
    check: Check::Files(check),
};

fn check(files: &Files, reporter: &mut Reporter<'_>) {
    let mut seen = BTreeMap::new();
    for (id, file) in files.iter() {
        let folded: String = file.path.chars().flat_map(char::to_lowercase).collect();
        let first = *seen.entry(folded).or_insert(id);
        if first != id {
            let message = format!("the path differs from `{}` in case only", files.get(first).path);
            let help = "rename one of the two; Windows and macOS keep only one of them";
            let diagnostic = reporter.at(Span::new(id, 0..0), message).help(help);
            reporter.push(diagnostic.related(Span::new(first, 0..0), "the other file"));
        }
    }
}
