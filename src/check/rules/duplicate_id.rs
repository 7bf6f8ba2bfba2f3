//! I02: an id that two records, two gates or two lines of the ledger have.

use std::collections::BTreeMap;

use super::{Check, Code, Incident, Records, Reporter, Rule, Severity, Span};
use crate::model::id::IncidentId;
use crate::model::registry::LedgerEntry;

pub(crate) static RULE: Rule = Rule {
    code: Code("I02"),
    name: "duplicate-id",
    severity: Severity::Error,
    docs: include_str!("duplicate_id.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let mut incidents: Vec<&Incident> = records.incidents.iter().filter(|it| is_name(&it.handle)).collect();
    // Of two records the one whose file has the name was there first.
    incidents.sort_by_key(|it| reporter.files().get(it.file).stem() != &*it.handle);
    let help =
        "give one of them another id, and its file the same name; `APM-0000` while no number is minted";
    let incidents = incidents.into_iter().map(|incident| (&*incident.handle, incident.id.span));
    judge(incidents, "is already the id of another record", help, reporter);
    let gates = records.gates.iter().map(|gate| (&*gate.id.value, gate.id.span));
    let help = "give one of them another id, and its file the same name";
    judge(gates, "is already the id of another gate", help, reporter);
    let minted = records.ledger.entries.iter().filter_map(|(entry, span)| match entry {
        LedgerEntry::Minted(id, _) => Some((&**id, *span)),
        LedgerEntry::Reserved(..) => None,
    });
    judge(minted, "was minted before", "keep the line of the record that has the number", reporter);
}

/// A bare `APM-0000` names nothing; the file's name has to tell such records apart.
fn is_name(id: &IncidentId) -> bool {
    id.is_minted() || id.matches('-').count() > 1
}

/// Whether two files differ in the case of their paths only, which is reported as that.
fn collide(one: Span, other: Span, reporter: &Reporter<'_>) -> bool {
    let path = |span: Span| reporter.files().get(span.file).path.to_lowercase();
    one.file != other.file && path(one) == path(other)
}

fn judge<'a>(
    ids: impl Iterator<Item = (&'a str, Span)>,
    what: &str,
    help: &str,
    reporter: &mut Reporter<'_>,
) {
    // Upper and lower case are one: on many disks `APM-0001` and `apm-0001` are one file.
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for (id, span) in ids.filter(|(id, _)| !id.is_empty()) {
        let place = *first.entry(id.to_lowercase()).or_insert(span);
        if place != span && !collide(place, span, reporter) {
            let finding = reporter.at(span, format!("`{id}` {what}")).help(help).related(place, "here");
            reporter.push(finding);
        }
    }
}
