//! I03: a published record whose number was never minted.

use std::collections::BTreeSet;

use super::{Check, Code, Diagnostic, Incident, Records, Reporter, Rule, Severity, Span};
use crate::model::id::IncidentId;
use crate::model::registry::{Ledger, LedgerEntry};

pub(crate) static RULE: Rule = Rule {
    code: Code("I03"),
    name: "id-not-in-ledger",
    severity: Severity::Error,
    docs: include_str!("id_not_in_ledger.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    if records.ledger.misshapen {
        return;
    }
    let mut minted = BTreeSet::new();
    for (entry, _) in &records.ledger.entries {
        if let LedgerEntry::Minted(id, _) = entry {
            minted.insert(id);
        }
    }
    let unknown: Vec<&Incident> = records
        .incidents
        .iter()
        .filter(|incident| incident.is_public() && incident.handle.is_minted())
        // An id that is not the file's name is a mistake of its own.
        .filter(|incident| *incident.handle == *reporter.files().get(incident.file).stem())
        .filter(|incident| !minted.contains(&incident.handle))
        .collect();
    // Without a ledger every number is unknown; once is enough.
    let most = if records.ledger.file.is_some() { unknown.len() } else { 1 };
    for incident in unknown.into_iter().take(most) {
        reporter.push(finding(incident, &records.ledger, reporter));
    }
}

fn finding(incident: &Incident, ledger: &Ledger, reporter: &Reporter<'_>) -> Diagnostic {
    let (id, prefix) = (&incident.handle, incident.handle.prefix());
    if ledger.file.is_none() {
        let help = format!(
            "keep one: it holds a line such as `{id} 2026-02-21` for each record, added when its number is minted"
        );
        let message = format!("`{id}` has a number, and there is no ledger `incidents/ids.lock`");
        return reporter.at(incident.id.span, message).help(help);
    }
    let help = format!(
        "write `id: {prefix}-0000` and rename the file to `{prefix}-0000-short-slug`; a maintainer mints the number when it is merged"
    );
    let finding = reporter.at(incident.id.span, format!("the number of `{id}` was never minted")).help(help);
    match reserved(ledger, id) {
        Some(span) => finding.related(span, "this range is held back"),
        None => finding,
    }
}

fn reserved(ledger: &Ledger, id: &IncidentId) -> Option<Span> {
    ledger.entries.iter().find_map(|(entry, span)| match entry {
        LedgerEntry::Reserved(first, last) if first.prefix() == id.prefix() => {
            (first.number()..=last.number()).contains(&id.number()).then_some(*span)
        }
        _ => None,
    })
}
