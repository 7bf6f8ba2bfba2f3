//! R10: a line of the report of a link checker that cannot be read.

use super::{Check, Code, Records, Reporter, Rule, Severity, Span};
use crate::check::similar;
use crate::model::links::{Answer, HEADER, LinkFault};

pub(crate) static RULE: Rule = Rule {
    code: Code("R10"),
    name: "links-report-invalid",
    severity: Severity::Error,
    docs: include_str!("links_report_invalid.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let (report, last) = (&records.links, records.links.faults.len());
    for (number, (fault, span)) in report.faults.iter().enumerate() {
        let (message, help) = told(*fault, *span, reporter);
        let help = match report.more_faults {
            more if more > 0 && number + 1 == last => {
                format!("{help} (and {more} more lines cannot be read)")
            }
            _ => help,
        };
        reporter.report(*span, message, help);
    }
}

fn told(fault: LinkFault, span: Span, reporter: &Reporter<'_>) -> (String, String) {
    let text = cut(reporter.text(span));
    match fault {
        LinkFault::Header => {
            let help = format!(
                "begin the file with the line `{}`, with one tab between two words",
                HEADER.join(" ")
            );
            ("the report does not begin with its header".to_owned(), help)
        }
        LinkFault::Columns(count) => (
            format!("this line has {count} column{}, and a check has 3", if count == 1 { "" } else { "s" }),
            "write the address, the day and the answer, with one tab between two of them".to_owned(),
        ),
        LinkFault::Address => (
            format!("`{text}` is no web address"),
            "write it as the record cites it, from `https://` on; a blank within is `%20`".to_owned(),
        ),
        LinkFault::Day => (
            format!("`{text}` is no day"),
            "write the day of the check, such as `2026-02-21`, without a time".to_owned(),
        ),
        LinkFault::Answer => (format!("unknown answer `{text}`"), answers(&text)),
    }
}

fn answers(word: &str) -> String {
    let known = Answer::WORDS.map(|(word, _)| word);
    match similar::nearest(word, known) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("use a status of HTTP, such as `404`, or one of {}", similar::list(&known)),
    }
}

/// A message is no place for a whole page.
fn cut(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain("...".chars()).collect()
}
