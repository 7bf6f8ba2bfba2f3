//! S11: line endings or a first character that belong to one system only.

use super::{Check, Code, File, FileId, Reporter, Rule, Severity, Span};

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
    let Some(first) = first(id, &file.text).filter(|_| file.unreadable.is_none()) else { return };
    let help = "run `registry lint --fix`; set your editor to UTF-8 without BOM, and to line endings `LF`";
    let message = format!("the file {}", faults(&file.text).join(" and "));
    let diagnostic = reporter.at(first, message).help(help);
    reporter
        .push(diagnostic.fix("end lines with LF alone, without a byte order mark", edits(id, &file.text)));
}

/// The first of the characters that do not belong there.
fn first(id: FileId, text: &str) -> Option<Span> {
    let marks = text.len() - text.trim_start_matches('\u{feff}').len();
    if marks > 0 {
        return Some(Span::new(id, 0..marks));
    }
    text.find('\r').map(|at| Span::new(id, at..at + 1))
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
    let edits: Vec<_> = marks.into_iter().chain(returns).collect();
    if edits.len() > MOST { as_one(id, text, &edits) } else { edits }
}

/// One edit in the place of very many, which nobody reads one by one.
fn as_one(id: FileId, text: &str, edits: &[(Span, String)]) -> Vec<(Span, String)> {
    let (mut mended, mut at) = (String::with_capacity(text.len()), 0);
    for (span, replacement) in edits {
        mended.push_str(&text[at..span.start as usize]);
        mended.push_str(replacement);
        at = span.end as usize;
    }
    vec![(Span::new(id, 0..at), mended)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_edits_are_one() {
        let text = format!("\u{feff}a{}z", "\r\nb\r".repeat(MOST));
        let all = edits(FileId(0), &text);
        let [(span, mended)] = all.as_slice() else { panic!("one edit, and not {}", all.len()) };
        assert_eq!(mended.clone() + &text[span.end as usize..], format!("a{}z", "\nb\n".repeat(MOST)));
        assert_eq!(edits(FileId(0), "a\r\nb\r\n").len(), 2);
    }
}
