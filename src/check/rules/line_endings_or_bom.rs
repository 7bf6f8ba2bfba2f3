//! S11: line endings or a first character that belong to one system only.

use super::{Check, Code, File, FileId, Reporter, Rule, Severity, Span};
use crate::files::edited;

pub(crate) static RULE: Rule = Rule {
    code: Code("S11"),
    name: "line-endings-or-bom",
    severity: Severity::Warning,
    docs: include_str!("line_endings_or_bom.md"),
    needs: &[],
    check: Check::File(check),
};

/// More edits than a long record has lines.
const MOST: usize = 10_000;

fn check(id: FileId, file: &File, reporter: &mut Reporter<'_>) {
    let edits = edits(id, &file.text);
    let Some((first, _)) = edits.first().filter(|_| file.unreadable.is_none()) else { return };
    let help = "run `registry lint --fix`; set your editor to UTF-8 without BOM, and to line endings `LF`";
    let message = format!("the file {}", faults(&file.text).join(" and "));
    let diagnostic = reporter.at(*first, message).help(help);
    reporter.push(
        diagnostic.fix("end lines with LF alone, without a byte order mark", few(id, &file.text, edits)),
    );
}

fn faults(text: &str) -> Vec<&'static str> {
    let crlf = text.matches("\r\n").count();
    let alone = text.matches('\r').count() - crlf;
    let all = [
        (text.starts_with('\u{feff}'), "begins with a byte order mark"),
        (crlf > 0, "ends lines with CRLF"),
        (alone > 0, "ends lines with a lone CR"),
    ];
    all.into_iter().filter_map(|(found, fault)| found.then_some(fault)).collect()
}

/// One edit for the marks at the beginning, and one for every carriage return.
fn edits(id: FileId, text: &str) -> Vec<(Span, String)> {
    let marks = text.len() - text.trim_start_matches('\u{feff}').len();
    let marks = (marks > 0).then(|| (Span::new(id, 0..marks), String::new()));
    let returns = text.match_indices('\r').map(|(at, _)| {
        let replacement = if text[at + 1..].starts_with('\n') { "" } else { "\n" };
        (Span::new(id, at..at + 1), replacement.to_owned())
    });
    marks.into_iter().chain(returns).collect()
}

/// The edits, or in the place of very many, which nobody reads one by one, a single one.
fn few(id: FileId, text: &str, edits: Vec<(Span, String)>) -> Vec<(Span, String)> {
    let Some((last, _)) = edits.last().filter(|_| edits.len() > MOST) else { return edits };
    let end = last.end as usize;
    let each = edits.iter().map(|(span, replacement)| (*span, replacement.as_str()));
    vec![(Span::new(id, 0..end), edited(&text[..end], each))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_edits_are_one() {
        let text = format!("\u{feff}a{}z", "\r\nb\r".repeat(MOST));
        let all = few(FileId(0), &text, edits(FileId(0), &text));
        let [(span, mended)] = all.as_slice() else { panic!("one edit, and not {}", all.len()) };
        assert_eq!(mended.clone() + &text[span.end as usize..], format!("a{}z", "\nb\n".repeat(MOST)));
        let text = "a\r\nb\r\n";
        assert_eq!(few(FileId(0), text, edits(FileId(0), text)).len(), 2);
    }
}
