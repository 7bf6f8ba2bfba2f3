//! I08: STUB

use super::*;

pub(crate) static RULE: Rule = Rule {
    code: Code("I08"),
    name: "merge-target-missing-or-cyclic",
    severity: Severity::Error,
    docs: include_str!("merge_target_missing_or_cyclic.md"),
    needs: &["merged"],
    check: Check::Linked(check),
};

fn check(_incident: &Incident, _registry: &Registry, _reporter: &mut Reporter<'_>) {}
