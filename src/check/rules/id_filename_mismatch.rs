//! I01: a record or gate whose id is not its file's name, or not an id of this registry.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Code, Diagnostic, Gate, Incident, Records, Reporter, Rule, Severity, Slug};
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
    let incidents = counts(records.incidents.iter().map(|incident| &*incident.handle));
    let gates = counts(records.gates.iter().map(|gate| &*gate.id.value));
    let minted: BTreeSet<&str> =
        records.ledger.entries.iter().filter_map(|(entry, _)| minted(entry)).collect();
    let prefix = records.config.id_prefix();
    // An id that two records have is reported as a duplicate, which says more; a bare `APM-0000` is no name yet.
    let shared = |id: &IncidentId| incidents.get(&**id) > Some(&1) && (id.is_minted() || !is_plain(id));
    let single = records.incidents.iter().filter(|it| !it.handle.is_empty() && !shared(&it.handle));
    let found = single.filter_map(|incident| incident_finding(incident, prefix, &minted, reporter));
    let single = records.gates.iter().filter(|gate| gates.get(&*gate.id.value) == Some(&1));
    let found: Vec<_> = found.chain(single.filter_map(|gate| gate_finding(gate, reporter))).collect();
    for diagnostic in found {
        reporter.push(diagnostic);
    }
}

fn counts<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for id in ids.filter(|id| !id.is_empty()) {
        *counts.entry(id).or_default() += 1;
    }
    counts
}

fn minted(entry: &LedgerEntry) -> Option<&str> {
    match entry {
        LedgerEntry::Minted(id, _) => Some(id),
        LedgerEntry::Reserved(..) => None,
    }
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
    let (id, stem) = (&incident.handle, reporter.files().get(incident.file).stem());
    let wanted = wanted(stem, prefix);
    if wanted.is_some() && **id == *stem {
        return None;
    }
    if id.prefix() == prefix
        && let Some(message) = odd_name(stem, Some(prefix))
    {
        let finding = reporter.at(incident.id.span, message);
        return Some(finding.help(format!("name the file `{}`", file_name(id, stem, prefix))));
    }
    let help = help(id, prefix, wanted.as_deref());
    let finding = reporter.at(incident.id.span, message(id, stem, prefix)).help(help);
    // A number that was minted for this record is not given up for the name of a file.
    let kept = minted.contains(&**id) && !minted.contains(stem);
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

fn message(id: &IncidentId, stem: &str, prefix: &str) -> String {
    if id.prefix() != prefix {
        format!("`{id}` does not begin with `{prefix}-`, as the ids of this registry do")
    } else if **id != *stem {
        format!("the id is `{id}`, the file is named `{stem}`")
    } else if id.is_minted() {
        format!("`{id}` has words after its number")
    } else {
        "a record without a number needs a few words in its file name".to_owned()
    }
}

/// What of a file's name can be in no name of a record (which begins with `prefix`) or gate.
fn odd_name(stem: &str, prefix: Option<&str>) -> Option<String> {
    let begins =
        prefix.and_then(|prefix| stem.get(..prefix.len()).filter(|it| it.eq_ignore_ascii_case(prefix)));
    let rest = &stem[begins.map_or(0, str::len)..];
    let small = begins.filter(|begins| begins.contains(|it: char| it.is_ascii_lowercase()));
    let plain = |it: char| it.is_ascii_alphanumeric() || it == '-' || it.is_whitespace();
    let faults: Vec<String> = [
        small.map(|begins| format!("small letters in `{begins}`")),
        rest.contains(char::is_uppercase).then(|| "capitals".to_owned()),
        rest.contains(char::is_whitespace).then(|| "a blank".to_owned()),
        rest.chars().find(|it| !plain(*it)).map(|odd| format!("`{odd}`")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (last, others) = faults.split_last()?;
    let others = if others.is_empty() { String::new() } else { format!("{} and ", others.join(", ")) };
    Some(format!("the file name `{stem}` holds {others}{last}"))
}

/// The name a record's file should have, with the words that it has.
fn file_name(id: &IncidentId, stem: &str, prefix: &str) -> String {
    if id.is_minted() {
        return format!("{prefix}-{:04}", id.number());
    }
    let lower = stem.to_lowercase();
    let words = lower.split(|it: char| !it.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> =
        words.skip_while(|word| *word == prefix.to_lowercase() || is_number(word)).collect();
    format!("{prefix}-0000-{}", if words.is_empty() { "short-slug".to_owned() } else { words.join("-") })
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn help(id: &IncidentId, prefix: &str, wanted: Option<&str>) -> String {
    let file = if id.is_minted() {
        format!("{prefix}-{:04}", id.number())
    } else {
        format!("{prefix}-0000-short-slug")
    };
    match wanted {
        Some(wanted) => format!("write `{wanted}`, or name the file `{file}`"),
        None if id.is_minted() => format!("write `{file}`, and name the file alike"),
        None => format!("write `{prefix}-0000`, and name the file `{file}` with a few words of the case"),
    }
}

fn gate_finding(gate: &Gate, reporter: &Reporter<'_>) -> Option<Diagnostic> {
    let (id, stem) = (&gate.id.value, reporter.files().get(gate.file).stem());
    (**id != *stem).then(|| {
        let message = format!("the id is `{id}`, the file is named `{stem}`");
        match Slug::new(stem) {
            Some(slug) => reporter
                .at(gate.id.span, message)
                .help(format!("name both `{id}`, or both `{stem}`"))
                .fix(format!("write `{slug}`"), vec![(gate.id.span, slug.to_string())]),
            None => reporter
                .at(gate.id.span, odd_name(stem, None).unwrap_or(message))
                .help(format!("name the file `{id}`")),
        }
    })
}
