//! I05: two records with one title.

use std::collections::BTreeMap;

use super::{Check, Code, FileId, Incident, Records, Reporter, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: Code("I05"),
    name: "duplicate-title",
    severity: Severity::Error,
    docs: include_str!("duplicate_title.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let mut first: BTreeMap<String, &Incident> = BTreeMap::new();
    let mut titled: Vec<&Incident> =
        records.incidents.iter().filter(|incident| !incident.title.value.is_empty()).collect();
    titled.sort_by_cached_key(|incident| age(incident));
    for incident in titled {
        let earlier = *first.entry(key(incident)).or_insert(incident);
        // Two records with one id are a copy, and reported as that.
        if earlier.file != incident.file && earlier.handle != incident.handle {
            let message = format!("`{}` has the same title", earlier.handle);
            let help = "say in the title what sets this case apart; if it is the same case, keep one record";
            let finding = reporter.at(incident.title.span, message).help(help);
            reporter.push(finding.related(earlier.title.span, "the same words"));
        }
    }
}

/// Which of two records was there first: one without a number came later, although its file is listed before.
pub(crate) fn age(incident: &Incident) -> (bool, FileId) {
    (!incident.handle.is_minted(), incident.file)
}

/// A title without its case and spacing.
pub(crate) fn key(incident: &Incident) -> String {
    incident.title.value.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
