//! R05: a key of `registry.toml` that means nothing.

use super::{Check, Code, Diagnostic, Rule, Severity};
use crate::check::schema::Place;
use crate::check::similar;
use crate::model::tree::Entry;

pub(crate) static RULE: Rule = Rule {
    code: Code("R05"),
    name: "config-unknown-key",
    severity: Severity::Error,
    docs: include_str!("config_unknown_key.md"),
    needs: &[],
    check: Check::Schema,
};

/// The finding for one key.
pub(crate) fn diagnostic(entry: &Entry, place: &Place<'_>) -> Diagnostic {
    let key = &entry.key.value;
    let known: Vec<&str> = place.fields().into_iter().map(|(name, _)| name).collect();
    Diagnostic::error(RULE.code, entry.key.span, format!("`registry.toml` knows no key `{key}`"))
        .help(similar::suggest(key, &known))
}
