//! T03: a mail address or a telephone number, which belongs to somebody.

use std::ops::Range;

use super::{Check, Code, Document, Reporter, Rule, Severity, Span};
use crate::check::prose::{MOST, in_address, long_numbers, texts};

pub(crate) static RULE: Rule = Rule {
    code: Code("T03"),
    name: "personal-data",
    severity: Severity::Warning,
    docs: include_str!("personal_data.md"),
    needs: &[],
    check: Check::Document(check),
};

const HELP: &str = "leave it out, or say whose it is by their part in the case, such as `the customer`";
/// Mailboxes of an office and not of a person; `git` is no mailbox at all.
const OFFICES: [&str; 22] = [
    "abuse",
    "admin",
    "contact",
    "git",
    "hello",
    "help",
    "info",
    "legal",
    "mail",
    "media",
    "no-reply",
    "noreply",
    "office",
    "postmaster",
    "press",
    "privacy",
    "sales",
    "security",
    "service",
    "support",
    "team",
    "webmaster",
];
/// Most numbers have fewer, and are years and amounts.
const LEAST_DIGITS: usize = 9;
/// Endings of names that no mail reaches (RFC 2606 and RFC 6761).
const NOWHERE: [&str; 8] =
    [".example", ".invalid", ".test", ".localhost", ".local", "example.com", "example.net", "example.org"];

fn check(document: &Document<'_>, reporter: &mut Reporter<'_>) {
    // Nearly every file holds neither anywhere, and is looked at as a whole once.
    let text = reporter.files().get(document.file).text.as_str();
    if !text.contains('@') && telephone_numbers(text).is_empty() {
        return;
    }
    for (text, span) in texts(document, reporter.files()) {
        judge(text, span, reporter);
    }
}

fn judge(text: &str, span: Span, reporter: &mut Reporter<'_>) {
    for range in mail_addresses(text) {
        reporter.report(reporter.within(span, text, &range), "a mail address stands here", HELP);
    }
    for range in telephone_numbers(text).into_iter().take(MOST) {
        reporter.report(reporter.within(span, text, &range), "a telephone number stands here", HELP);
    }
}

fn mail_addresses(text: &str) -> Vec<Range<usize>> {
    let signs = text.match_indices('@').map(|(at, _)| at);
    signs.filter_map(|at| mail_address(text, at)).take(MOST).collect()
}

/// The address around an `@`, if a person could have it.
fn mail_address(text: &str, at: usize) -> Option<Range<usize>> {
    let local = |it: char| it.is_alphanumeric() || "._%+-".contains(it);
    let start = text[..at]
        .rfind(|it| !local(it))
        .map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
    let length = text[at + 1..].find(|it: char| !(it.is_alphanumeric() || ".-".contains(it)));
    let host = text[at + 1..length.map_or(text.len(), |length| at + 1 + length)].trim_end_matches(['.', '-']);
    let (name, last) = host.rsplit_once('.')?;
    let is_host = !name.is_empty() && last.len() >= 2 && last.chars().all(char::is_alphabetic);
    let (owner, lower) = (text[start..at].to_lowercase(), host.to_lowercase());
    let is_person = !owner.is_empty() && !OFFICES.contains(&owner.as_str());
    let reachable = !NOWHERE.iter().any(|end| lower.ends_with(end));
    (is_host && is_person && reachable && !in_address(text, start)).then_some(start..at + 1 + host.len())
}

/// Numbers with a country's code, and those written as in North America, `(212) 555-2368`.
fn telephone_numbers(text: &str) -> Vec<Range<usize>> {
    let (bytes, mut found) = (text.as_bytes(), Vec::new());
    for stretch in long_numbers::<{ LEAST_DIGITS - 2 }>(text) {
        let mut at = stretch.start;
        while let Some(start) = next_number(&bytes[..stretch.end], at) {
            let end = number_end(bytes, start);
            at = end.max(start + 1);
            if is_telephone(&text[start..end]) && is_alone(text, &(start..end)) && !in_address(text, start) {
                found.push(start..end);
            }
        }
    }
    found
}

/// Where digits begin, with the `+` or `(` before them.
fn next_number(bytes: &[u8], from: usize) -> Option<usize> {
    let digit = from + bytes[from..].iter().position(u8::is_ascii_digit)?;
    let before = digit.checked_sub(1).filter(|at| *at >= from && matches!(bytes[*at], b'+' | b'('));
    Some(before.unwrap_or(digit))
}

/// The end of digits that have at most two marks between them, as in `(212) 555`.
fn number_end(bytes: &[u8], start: usize) -> usize {
    let (mut end, mut gap) = (start, 0);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        if byte.is_ascii_digit() {
            (end, gap) = (at + 1, 0);
        } else if gap < 2 && matches!(byte, b' ' | b'-' | b'.' | b'(' | b')' | b'+') {
            gap += 1;
        } else {
            break;
        }
    }
    end
}

fn is_telephone(text: &str) -> bool {
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    if count < LEAST_DIGITS {
        return false;
    }
    let groups: Vec<&str> = text.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let american = match groups.as_slice() {
        [area, exchange, line] => {
            let starts = |group: &str| group.len() == 3 && group.starts_with(|it| ('2'..='9').contains(&it));
            starts(area) && starts(exchange) && line.len() == 4 && text.contains(['-', '.', ')'])
        }
        _ => false,
    };
    let marks = text[1..].contains('+');
    american || (text.starts_with('+') && (LEAST_DIGITS..=15).contains(&count) && !marks)
}

fn is_alone(text: &str, part: &Range<usize>) -> bool {
    let joins = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '/' | '.' | '=' | '#' | '$');
    let after = &text[part.end..];
    !text[..part.start].ends_with(joins)
        && !after.trim_start_matches(['.', '-', '/']).starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, find: fn(&str) -> Vec<Range<usize>>) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_mail_address_is_somebodys_at_a_host() {
        for (text, address) in [
            ("jane@posteo.de", "jane@posteo.de"),
            ("„jane@posteo.de“", "jane@posteo.de"),
            ("(Ask jane.doe+x@mail.co.uk.)", "jane.doe+x@mail.co.uk"),
            ("größe@a.io-", "größe@a.io"),
        ] {
            assert_eq!(found(text, mail_addresses), [address], "{text}");
        }
        for text in [
            "@posteo.de",
            "jane@.de",
            "jane@posteo.d",
            "jane@posteo.d2",
            "jane@posteo",
            "press@posteo.de",
            "jane@a.example",
            "https://a.io/jane@posteo.de",
        ] {
            assert_eq!(found(text, mail_addresses), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_telephone_number_has_a_country_or_the_form_of_north_america() {
        for (text, number) in [
            ("call +49 30 901820", "+49 30 901820"),
            ("call +49 (30) 901820, or", "+49 (30) 901820"),
            ("+123456789", "+123456789"),
            ("+123456789012345", "+123456789012345"),
            ("(212) 555-2368", "(212) 555-2368"),
            ("212-555-2368 and", "212-555-2368"),
            ("7, +49 30 901820", "+49 30 901820"),
        ] {
            assert_eq!(found(text, telephone_numbers), [number], "{text}");
        }
        for text in [
            "+12345678",
            "+1234567890123456",
            "+49 30 - 901820",
            "+49 30:901820",
            "+49 30 +901820",
            "x+49 30 901820",
            "+49 30 901820x",
            "+49 30 901820-ab",
            "(2122) 555-2368",
            "(112) 555-2368",
            "(212) 155-2368",
            "(212) 555-236",
            "212 555 2368",
            "https://a.io/b,+493090182012",
            "a/212-555-2368",
            "(212) 5555-2368",
        ] {
            assert_eq!(found(text, telephone_numbers), [""; 0], "{text}");
        }
    }
}
