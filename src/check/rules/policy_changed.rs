//! R08: a change that edits what records are judged by, together with or beside the records themselves.

use super::{Change, Check, Code, File, Files, Reporter, Rule, Severity, Span};
use crate::model::registry::{Ledger, LedgerEntry};
use crate::model::taxonomy::{Taxonomy, Term};

pub(crate) static RULE: Rule = Rule {
    code: Code("R08"),
    name: "policy-changed",
    severity: Severity::Warning,
    docs: include_str!("policy_changed.md"),
    needs: &[],
    check: Check::Changed(check),
};

/// The files at the root that are policy.
const FILES: [&str; 2] = ["registry.toml", "taxonomy.yaml"];

fn check(change: &Change<'_>, reporter: &mut Reporter<'_>) {
    let before = change.base.files;
    let gates =
        |files: &Files| -> Vec<String> { files.below("gates").map(|(_, file)| file.path.clone()).collect() };
    let mut gates = [gates(before), gates(change.head.files)].concat();
    gates.sort();
    gates.dedup();
    for path in FILES {
        let help = "propose it by itself; the records of this change are judged by the file as it was, too";
        file(path, help, change, reporter);
    }
    for path in &gates {
        let help = "propose it by itself, so that whoever reviews it sees which verdicts move";
        file(path, help, change, reporter);
    }
    ledger(change, reporter);
    entities(change, reporter);
    for path in change.workflows {
        let help = "propose it by itself; a workflow decides what is checked at all";
        reporter.report(anywhere(change), format!("this change edits `{path}`, which is policy"), help);
    }
}

/// A place for what is not there any more, or is no file of the registry.
fn anywhere(change: &Change<'_>) -> Span {
    Span::new(change.head.registry.records.config.file.unwrap_or_default(), 0..0)
}

/// One file that is policy as a whole.
fn file(path: &str, help: &str, change: &Change<'_>, reporter: &mut Reporter<'_>) {
    let before = change.base.files.by_path(path).map(|id| change.base.files.get(id));
    let after = change.head.files.by_path(path).map(|id| (id, change.head.files.get(id)));
    let (verb, span) = match (before, after) {
        (Some(_), None) => ("removes", anywhere(change)),
        (None, Some((id, _))) => ("adds", Span::new(id, 0..0)),
        (Some(before), Some((id, after))) if !before.reads_like(after) => {
            ("edits", Span::new(id, first_difference(before, after)))
        }
        _ => return,
    };
    reporter.report(span, format!("this change {verb} `{path}`, which is policy"), help);
}

/// The first line of a file that is not as it was; its end, when something was only taken away there.
fn first_difference(before: &File, after: &File) -> std::ops::Range<usize> {
    let mut start = 0;
    let mut old = before.text.lines();
    for line in after.text.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        if old.next() != Some(text) {
            return start..start + text.len();
        }
        start += line.len();
    }
    after.text.len()..after.text.len()
}

/// The ledger grows at its end only. A number that is lost is the business of I04.
fn ledger(change: &Change<'_>, reporter: &mut Reporter<'_>) {
    let (before, after) = (&change.base.registry.records.ledger, &change.head.registry.records.ledger);
    if after.misshapen {
        return;
    }
    let stays = |entry: &LedgerEntry| match entry {
        LedgerEntry::Minted(id, _) => after.minted(id).is_some(),
        LedgerEntry::Reserved(..) => true,
    };
    let expected: Vec<&LedgerEntry> =
        before.entries.iter().map(|(entry, _)| entry).filter(|entry| stays(entry)).collect();
    let Some(at) = first_moved(&expected, after) else { return };
    let span = match after.entries.get(at) {
        Some((_, span)) => *span,
        None => after.file.map_or(anywhere(change), |file| Span::new(file, 0..0)),
    };
    let message = "this change edits the ledger other than at its end";
    let help = format!("restore the line `{}` here; a new number is a new last line", line(expected[at]));
    reporter.report(span, message, help);
}

/// The first line that should be in the ledger and does not stand in its place.
fn first_moved(expected: &[&LedgerEntry], ledger: &Ledger) -> Option<usize> {
    let stands = |at: usize| ledger.entries.get(at).is_some_and(|(entry, _)| entry == expected[at]);
    (0..expected.len()).find(|at| !stands(*at))
}

fn line(entry: &LedgerEntry) -> String {
    match entry {
        LedgerEntry::Minted(id, date) => format!("{id} {date}"),
        LedgerEntry::Reserved(first, last) => format!("{first}..{last} reserved"),
    }
}

/// A new system or organisation is fine; one that is there stays as it is.
fn entities(change: &Change<'_>, reporter: &mut Reporter<'_>) {
    let (before, after) = (&change.base.registry.records.taxonomy, &change.head.registry.records.taxonomy);
    for (key, terms) in vocabularies(before) {
        // What has the wrong shape now is reported as such.
        if after.misshapen.iter().any(|misshapen| misshapen == key) {
            continue;
        }
        let now = vocabularies(after).into_iter().find(|(it, _)| *it == key).map_or(&[][..], |(_, now)| now);
        for term in terms {
            entity(term, now, change, reporter);
        }
    }
}

fn vocabularies(taxonomy: &Taxonomy) -> [(&'static str, &[Term]); 2] {
    [("systems", &taxonomy.systems), ("organisations", &taxonomy.organisations)]
}

fn entity(term: &Term, now: &[Term], change: &Change<'_>, reporter: &mut Reporter<'_>) {
    let id = &term.id.value;
    let help = "propose it by itself; every record that names it would say something else";
    let Some(now) = now.iter().find(|now| now.id == term.id) else {
        let file = change.head.registry.records.taxonomy.entities_file;
        let span = file.map_or(anywhere(change), |file| Span::new(file, 0..0));
        return reporter.report(span, format!("this change removes `{id}` from `entities.yaml`"), help);
    };
    for (before, after) in [(&term.name, &now.name), (&term.description, &now.description)] {
        if before != after {
            reporter.report(after.span, format!("this change edits what `{id}` is"), help);
        }
    }
}
