//! `links.tsv`: a header, then one check of one address a line, in three columns. Copies none of it: a report may have a
//! hundred thousand lines.

use crate::files::{File, FileId, Span};
use crate::model::date::{Date, Precision};
use crate::model::links::{Answer, HEADER, LinkCheck, LinkFault, LinkReport};

/// So many lines that cannot be read are told one by one; a file of another kind has nothing but such lines.
const MOST_FAULTS: usize = 20;

/// Reads the report; a line that cannot be read is left out and remembered. A file that is not all text says nothing.
pub(super) fn report(id: FileId, file: &File) -> LinkReport {
    let mut report = LinkReport::default();
    if file.unreadable.is_some() {
        return report;
    }
    let text = file.text.trim_start_matches('\u{feff}');
    let mut start = file.text.len() - text.len();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        let span = Span::new(id, start..start + content.len());
        start += line.len();
        if number == 0 && !content.split('\t').eq(HEADER) {
            fault(&mut report, LinkFault::Header, span);
        } else if number > 0 && !content.is_empty() {
            match check(content, span) {
                Ok(check) => report.checks.push(check),
                Err((what, place)) => fault(&mut report, what, place),
            }
        }
    }
    if text.is_empty() {
        fault(&mut report, LinkFault::Header, Span::new(id, start..start));
    }
    report
}

fn fault(report: &mut LinkReport, fault: LinkFault, span: Span) {
    if report.faults.len() < MOST_FAULTS {
        report.faults.push((fault, span));
    } else {
        report.more_faults += 1;
    }
}

fn check(content: &str, line: Span) -> Result<LinkCheck, (LinkFault, Span)> {
    let columns = || content.split('\t');
    let mut parts = columns();
    let (Some(url), Some(day), Some(word), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err((LinkFault::Columns(columns().count()), line));
    };
    let start = line.start as usize;
    let place = |before: usize, text: &str| Span::new(line.file, start + before..start + before + text.len());
    let (at_day, at_word) = (url.len() + 1, url.len() + day.len() + 2);
    if !is_address(url) {
        return Err((LinkFault::Address, place(0, url)));
    }
    let checked = Date::parse(day).filter(|date| date.precision() == Precision::Day);
    let checked = checked.ok_or((LinkFault::Day, place(at_day, day)))?;
    let answer = Answer::parse(word).ok_or((LinkFault::Answer, place(at_word, word)))?;
    Ok(LinkCheck { line, url: place(0, url), checked, answer })
}

/// Whether it begins as an address of the web does and has no blank, which would be part of another column.
fn is_address(url: &str) -> bool {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    is_web && !rest.is_empty() && !url.contains(char::is_whitespace)
}
