//! I04: a number that was minted and has no record, no page, or no line in the ledger any more.

use std::collections::BTreeSet;

use super::{Change, Check, Code, Records, Reporter, Rule, Severity, Span};
use crate::model::registry::LedgerEntry;

pub(crate) static RULE: Rule = Rule {
    code: Code("I04"),
    name: "vanished-id",
    severity: Severity::Error,
    docs: include_str!("vanished_id.md"),
    needs: &[],
    check: Check::Each(&[Check::Records(check), Check::Changed(lost)]),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let ids = records.incidents.iter().map(|incident| incident.handle.to_string());
    // A file that cannot be read, whose id is mistyped, or that lies among the gates, has not vanished.
    let stems = reporter.files().below("incidents").map(|(_, file)| file.stem().to_owned());
    let broken = records.broken.iter().map(|(_, stem)| stem.clone());
    let present: BTreeSet<String> = ids.chain(stems).chain(broken).collect();
    for (entry, span) in &records.ledger.entries {
        if let LedgerEntry::Minted(id, _) = entry
            && !present.contains(&**id)
        {
            let help = format!(
                "restore `incidents/{id}.md`; a record that is taken back stays, with `status: withdrawn`"
            );
            reporter.report(*span, format!("`{id}` was minted and has no record"), help);
        }
    }
    for incident in records.incidents.iter().filter(|incident| !incident.is_public()) {
        if let Some((_, minted)) = records.ledger.minted(&incident.handle) {
            let message = format!("`{}` was minted, and a draft has no page", incident.handle);
            let diagnostic = reporter
                .at(incident.status.span, message)
                .related(minted, "minted here")
                .help("publish it; a record that is taken back keeps its page, with `status: withdrawn`");
            reporter.push(diagnostic);
        }
    }
}

/// Numbers that the ledger had before the change, and lost.
fn lost(change: &Change<'_>, reporter: &mut Reporter<'_>) {
    let (before, after) = (&change.base.registry.records.ledger, &change.head.registry.records.ledger);
    // A line that cannot be read is reported as such.
    if after.misshapen {
        return;
    }
    let place = after.file.or(change.head.registry.records.config.file).unwrap_or_default();
    for (entry, _) in &before.entries {
        if let LedgerEntry::Minted(id, date) = entry
            && after.minted(id).is_none()
        {
            let message = format!("this change takes `{id}` out of the ledger");
            let help = format!("restore the line `{id} {date}`; a number is never given twice");
            reporter.report(Span::new(place, 0..0), message, help);
        }
    }
}
