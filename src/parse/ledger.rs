//! `incidents/ids.lock`: one minted number or one reserved range a line.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{FileId, Span};
use crate::model::date::{Date, Precision};
use crate::model::id::IncidentId;
use crate::model::registry::{Ledger, LedgerEntry};
use crate::parse::merge;

const S01: Code = Code("S01");

/// Reads the ledger; a line that is neither form gives a diagnostic and is left out.
pub(super) fn entries(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Ledger {
    let mut ledger = Ledger { file: Some(file), ..Ledger::default() };
    if let Some(finding) = merge::unfinished(file, text) {
        diagnostics.push(finding);
        ledger.misshapen = true;
        return ledger;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let span = Span::new(file, start..start + content.len());
        start += line.len();
        match entry(content.trim_start_matches('\u{feff}')) {
            Some(entry) => ledger.entries.push((entry, span)),
            None if content.trim().is_empty() => {}
            None => {
                ledger.misshapen = true;
                let message = "this line of the ledger cannot be read";
                let help = "a line is `APM-0005 2026-02-21`, or `APM-0047..APM-0100 reserved`; a maintainer adds one when a number is minted";
                diagnostics.push(Diagnostic::error(S01, span, message).help(help));
            }
        }
    }
    ledger
}

fn entry(line: &str) -> Option<LedgerEntry> {
    let (ids, rest) = line.split_once(' ')?;
    if let Some((first, last)) = ids.split_once("..") {
        let (first, last) = (IncidentId::new(first)?, IncidentId::new(last)?);
        let ordered = first.prefix() == last.prefix() && first.number() <= last.number();
        return (rest == "reserved" && ordered).then_some(LedgerEntry::Reserved(first, last));
    }
    let date = Date::parse(rest).filter(|date| date.precision() == Precision::Day)?;
    Some(LedgerEntry::Minted(IncidentId::new(ids)?, date))
}
