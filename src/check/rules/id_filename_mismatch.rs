//! I01: a record or gate whose id is not its file's name, or not an id of this registry.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Code, Diagnostic, Gate, Incident, Records, Reporter, Rule, Severity};
use crate::model::id::IncidentId;
use crate::model::registry::LedgerEntry;

pub(crate) static RULE: Rule = Rule {
    code: Code("I01"),
    name: "id-filename-mismatch",
    severity: Severity::Error,
    docs: include_str!("id_filename_mismatch.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let incidents = counts(records.incidents.iter().map(|incident| &*incident.id.value));
    let gates = counts(records.gates.iter().map(|gate| &*gate.id.value));
    let minted = records.ledger.entries.iter().filter_map(|(entry, _)| match entry {
        LedgerEntry::Minted(id, _) => Some(&**id),
        LedgerEntry::Reserved(..) => None,
    });
    let minted: BTreeSet<&str> = minted.collect();
    // An id that two records have is reported as a duplicate, which says more.
    for incident in &records.incidents {
        let id = &incident.id.value;
        let shared = incidents.get(&**id) > Some(&1) && (id.is_minted() || !is_plain(id));
        if !id.is_empty() && !shared {
            let found = incident_finding(incident, records.config.id_prefix(), &minted, reporter);
            found.into_iter().for_each(|diagnostic| reporter.push(diagnostic));
        }
    }
    for gate in records.gates.iter().filter(|gate| gates.get(&*gate.id.value) == Some(&1)) {
        gate_finding(gate, reporter).into_iter().for_each(|diagnostic| reporter.push(diagnostic));
    }
}

fn counts<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    ids.filter(|id| !id.is_empty()).for_each(|id| *counts.entry(id).or_default() += 1);
    counts
}

/// Whether an id is a prefix and a number only.
fn is_plain(id: &IncidentId) -> bool {
    id.matches('-').count() == 1
}

fn incident_finding(
    incident: &Incident,
    prefix: &str,
    minted: &BTreeSet<&str>,
    reporter: &Reporter<'_>,
) -> Option<Diagnostic> {
    let (id, file) = (&incident.id.value, reporter.files().get(incident.file));
    let wanted = wanted(file.stem(), prefix);
    if wanted.is_some() && **id == *file.stem() {
        return None;
    }
    let extension = if file.is_markdown() { "md" } else { "yaml" };
    let (message, help) = words(id, file.stem(), prefix, extension, wanted.as_deref());
    let finding = reporter.at(incident.id.span, message).help(help);
    // A number that was minted for this record is not given up for the name of a file.
    let kept = minted.contains(&**id) && !minted.contains(file.stem());
    Some(match wanted.filter(|_| !kept) {
        Some(wanted) => finding.fix(format!("write `{wanted}`"), vec![(incident.id.span, wanted)]),
        None => finding,
    })
}

/// The id that a file's name asks for, if it is the name of a record.
fn wanted(stem: &str, prefix: &str) -> Option<String> {
    let id = IncidentId::new(stem).filter(|id| id.prefix() == prefix && id.is_minted() == is_plain(id))?;
    Some(if id.is_minted() { stem.to_owned() } else { format!("{prefix}-0000") })
}

fn words(
    id: &IncidentId,
    stem: &str,
    prefix: &str,
    extension: &str,
    wanted: Option<&str>,
) -> (String, String) {
    if id.prefix() != prefix {
        let message = format!("`{id}` does not begin with `{prefix}-`, as the ids of this registry do");
        return (message, format!("write `{prefix}-` and the number, and name the file alike"));
    }
    let file = match id.is_minted() {
        true => format!("{prefix}-{:04}.{extension}", id.number()),
        false => format!("{prefix}-0000-short-slug.{extension}"),
    };
    let message = match **id == *stem {
        true if id.is_minted() => format!("`{id}` has words after its number"),
        true => "a record without a number needs a few words in its file name".to_owned(),
        false => format!("the id is `{id}`, the file is named `{stem}`"),
    };
    (
        message,
        wanted.map_or_else(
            || format!("rename the file to `{file}`"),
            |wanted| format!("write `{wanted}`, or rename the file to `{file}`"),
        ),
    )
}

fn gate_finding(gate: &Gate, reporter: &Reporter<'_>) -> Option<Diagnostic> {
    let (id, stem) = (&gate.id.value, reporter.files().get(gate.file).stem());
    (**id != *stem).then(|| {
        let finding = reporter.at(gate.id.span, format!("the id is `{id}`, the file is named `{stem}`"));
        match crate::model::id::Slug::new(stem) {
            Some(slug) => finding
                .help(format!("write `{slug}`, or name the file after the gate"))
                .fix(format!("write `{slug}`"), vec![(gate.id.span, slug.to_string())]),
            None => finding.help(format!("name the file `{id}`, with its extension")),
        }
    })
}
