//! R05: a key of `registry.toml` that means nothing, or may not be there.

use super::{Check, Code, Diagnostic, Document, RULES, Reporter, Rule, Severity};
use crate::check::schema::Place;
use crate::check::{rule, similar};
use crate::model::tree::{DocumentKind, Entry, Node};

pub(crate) static RULE: Rule = Rule {
    code: Code("R05"),
    name: "config-unknown-key",
    severity: Severity::Error,
    docs: include_str!("config_unknown_key.md"),
    needs: &[],
    check: Check::Document(check),
};

/// The finding for one key.
pub(in crate::check) fn diagnostic(entry: &Entry<'_>, place: &Place<'_>) -> Diagnostic {
    let key = &entry.key.value;
    let known: Vec<&str> = place.fields().into_iter().map(|(name, _)| name).collect();
    Diagnostic::error(RULE.code, entry.key.span, format!("`registry.toml` knows no key `{key}`"))
        .help(similar::suggest(key, &known))
}

/// Whether a word is the code of a rule.
pub(in crate::check) fn is_code(key: &str) -> bool {
    RULES.iter().any(|rule| rule.code.0 == key)
}

/// Whether a word is a key that stands above the sections.
fn is_top(key: &str) -> bool {
    matches!(key, "title" | "base_url" | "id_prefix" | "repository")
}

/// The keys under `[lint]` are codes of rules.
fn check(document: &Document<'_>, reporter: &mut Reporter<'_>) {
    let levels = document.root.get("lint").filter(|_| document.kind == DocumentKind::Config);
    for entry in levels.map(Node::entries).unwrap_or_default() {
        let key = &entry.key.value;
        if is_top(key) {
            let help = "move the line above `[lint]`: what follows a section belongs to it";
            reporter.report(
                entry.key.span,
                format!("`{key}` stands below `[lint]`, where codes of rules belong"),
                help,
            );
        } else if !is_code(key) {
            let help = match rule(key) {
                Some(rule) => format!("write its code, `{}`", rule.code),
                None => "use the code of a rule, such as `T03`; `registry rules` lists them".to_owned(),
            };
            reporter.report(entry.key.span, format!("no rule has the code `{key}`"), help);
        } else if entry.value.text() != Some("error") && !rule(key).is_none_or(Rule::may_be_lowered) {
            let help = "remove the line: without this rule a record could be lost or misread in silence";
            reporter.report(entry.key.span, format!("`{key}` cannot be lowered"), help);
        }
    }
}
