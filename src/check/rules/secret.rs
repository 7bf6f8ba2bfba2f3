//! T04: a key, a token or a card number that whoever reads the record could use.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Check, Code, File, FileId, Reporter, Rule, Severity, Span};
use crate::check::prose::{MOST, in_address, long_numbers};

pub(crate) static RULE: Rule = Rule {
    code: Code("T04"),
    name: "secret",
    severity: Severity::Error,
    docs: include_str!("secret.md"),
    needs: &[],
    check: Check::File(check),
};

/// How a secret begins, the least length of what follows, and what it is.
type Form = (&'static str, usize, &'static str);

/// Forms that no other word has. What one may publish (`pk_live_`) is not among them.
const FORMS: [Form; 36] = [
    ("AKIA", 16, "an AWS access key"),
    ("ASIA", 16, "an AWS access key"),
    ("ghp_", 30, "a GitHub token"),
    ("gho_", 30, "a GitHub token"),
    ("ghu_", 30, "a GitHub token"),
    ("ghs_", 30, "a GitHub token"),
    ("ghr_", 30, "a GitHub token"),
    ("github_pat_", 30, "a GitHub token"),
    ("glpat-", 20, "a GitLab token"),
    ("xoxa-", 20, "a Slack token"),
    ("xoxb-", 20, "a Slack token"),
    ("xoxp-", 20, "a Slack token"),
    ("xoxr-", 20, "a Slack token"),
    ("xoxs-", 20, "a Slack token"),
    ("xapp-", 20, "a Slack token"),
    ("sk-", 20, "an API key"),
    ("sk_live_", 16, "a Stripe key"),
    ("sk_test_", 16, "a Stripe key"),
    ("rk_live_", 16, "a Stripe key"),
    ("whsec_", 24, "a Stripe key"),
    ("AIza", 35, "a Google API key"),
    ("ya29.", 20, "a Google token"),
    ("npm_", 30, "an npm token"),
    ("pypi-", 50, "a PyPI token"),
    ("hf_", 30, "a Hugging Face token"),
    ("r8_", 30, "a Replicate token"),
    ("gsk_", 40, "an API key"),
    ("xai-", 40, "an API key"),
    ("dop_v1_", 60, "a DigitalOcean token"),
    ("shpat_", 30, "a Shopify token"),
    ("glsa_", 30, "a Grafana token"),
    ("lin_api_", 30, "a Linear key"),
    ("sbp_", 30, "a Supabase token"),
    ("SG.", 60, "a SendGrid key"),
    ("eyJ", 60, "a signed token"),
    ("Bearer ", 24, "a token"),
];
/// A private key stands between a line that begins so and one that ends it.
const KEY: &str = "-----BEGIN ";

static BEGINNINGS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = FORMS.iter().map(|(begins, ..)| *begins).chain([KEY]);
    AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .build(words)
        .expect("a short list of words fits")
});

fn check(id: FileId, file: &File, reporter: &mut Reporter<'_>) {
    let text = file.text.as_str();
    let mut done = 0;
    for found in BEGINNINGS.find_iter(text) {
        match FORMS.get(found.pattern().as_usize()) {
            // What begins within a long token is a part of it.
            Some(_) if found.start() < done => {}
            Some(form) => done = token(id, text, found.start(), *form, reporter),
            None => private_key(id, text, found.start(), reporter),
        }
    }
    for (number, range) in cards(text).into_iter().enumerate() {
        let place = Span::new(id, range);
        reporter.conceal(place);
        if number >= MOST {
            continue;
        }
        let help = "take it out; `a card number` says as much";
        reporter.report(place, "this looks like the number of a payment card", help);
    }
}

/// Reports a token that begins here, if it is one, and says where it ends.
fn token(
    id: FileId,
    text: &str,
    start: usize,
    (begins, least, what): Form,
    reporter: &mut Reporter<'_>,
) -> usize {
    if text[..start].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
        return start;
    }
    let rest = &text[start + begins.len()..];
    let length =
        rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte)).count();
    let secret = rest[..length].trim_end_matches(['.', '-', '_']);
    let end = start + begins.len() + secret.len();
    if secret.len() >= least && is_random(secret) {
        let place = Span::new(id, start..end);
        reporter.conceal(place);
        let message = format!("this looks like {what}, `{}********`", begins.trim_end());
        reporter.report(place, message, REVOKE);
    }
    end
}

const REVOKE: &str =
    "take it out, and have it revoked: it stays in the history of the file, where others find it";

/// Digits and letters in one piece, and no placeholder: `xxxxxxxx`, `your-key-0000` and `...EXAMPLE` open no door.
fn is_random(secret: &str) -> bool {
    let mixed = |part: &str| {
        part.bytes().any(|it| it.is_ascii_digit()) && part.bytes().any(|it| it.is_ascii_alphabetic())
    };
    let distinct = secret.bytes().collect::<BTreeSet<u8>>().len();
    distinct >= 9 && secret.split(['-', '_']).any(mixed) && !secret.to_ascii_lowercase().contains("example")
}

fn private_key(id: FileId, text: &str, start: usize, reporter: &mut Reporter<'_>) {
    let line = text[start..].split('\n').next().unwrap_or_default();
    let Some(end) = line[KEY.len()..].find("-----").map(|end| start + KEY.len() + end + 5) else { return };
    if !text[start..end].contains("PRIVATE KEY") || !is_key(&text[end..]) {
        return;
    }
    for part in lines(text, end) {
        reporter.conceal(Span::new(id, part));
    }
    reporter.report(Span::new(id, start..end), "a private key stands here", REVOKE);
}

/// Whether a key follows its first line, and not words about it. In a quoted text a line ends with `\n`.
fn is_key(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|it: char| it.is_whitespace() || it == '>').trim_start_matches("\\n");
    let coded = rest.bytes().take_while(|it| it.is_ascii_alphanumeric() || b"+/=".contains(it)).count();
    coded >= 16 || ["Proc-Type:", "Version:", "Comment:"].iter().any(|head| rest.starts_with(head))
}

/// What stands below the first line of a key, line by line: up to the line that ends it, or as far as it could go on.
fn lines(text: &str, from: usize) -> Vec<Range<usize>> {
    let rest = &text[from..];
    let end = rest.find("-----").or_else(|| rest.find("\n\n")).unwrap_or(rest.len());
    let mut at = from;
    let lines = rest[..end].split_inclusive('\n').map(|line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        start..start + line.trim().len()
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// Card numbers, in one piece or in groups, that are no part of an address.
fn cards(text: &str) -> Vec<Range<usize>> {
    let (bytes, mut found) = (text.as_bytes(), Vec::new());
    for stretch in long_numbers::<11>(text) {
        let mut at = stretch.start;
        while let Some(next) = bytes[at..stretch.end].iter().position(u8::is_ascii_digit) {
            let start = at + next;
            let (end, count) = number(bytes, start);
            at = end;
            if (13..=19).contains(&count) && is_alone(text, &(start..end)) && is_card(&text[start..end]) {
                found.push(start..end);
            }
        }
    }
    found
}

/// Whether digits are no part of something longer, such as a word, a version or an address.
fn is_alone(text: &str, part: &Range<usize>) -> bool {
    let joins = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '/' | '.' | '=' | '#');
    let after = text[part.end..].trim_start_matches(['.', '-', '/']);
    !text[..part.start].ends_with(joins)
        && !in_address(text, part.start)
        && !after.starts_with(|it: char| it.is_alphanumeric())
}

/// The end of a number whose groups have one blank or hyphen between them, and how many digits it has.
fn number(bytes: &[u8], start: usize) -> (usize, usize) {
    let (mut count, mut end) = (0, start);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        if byte.is_ascii_digit() {
            count += 1;
            end = at + 1;
        } else if !(matches!(byte, b' ' | b'-') && end == at) {
            break;
        }
    }
    (end, count)
}

/// The first digits and the length of a network's cards, groups as they are printed, and the check digit.
fn is_card(text: &str) -> bool {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    let begins = |count: usize| digits[..count].iter().fold(0_u32, |acc, digit| acc * 10 + u32::from(*digit));
    let known = match digits.len() {
        13 | 19 => begins(1) == 4,
        14 => matches!(begins(2), 30 | 36 | 38),
        15 => matches!(begins(2), 34 | 37),
        16 => {
            begins(1) == 4
                || matches!(begins(2), 51..=55 | 65)
                || matches!(begins(4), 2221..=2720 | 3528..=3589 | 6011)
        }
        _ => false,
    };
    let groups: Vec<usize> = text.split([' ', '-']).map(str::len).collect();
    let printed = matches!(groups.as_slice(), [_] | [4, 6, 4 | 5] | [4, 4, 4, 4] | [4, 4, 4, 4, 3]);
    known && printed && luhn(&digits)
}

/// Every second digit from the right counts twice; the sum of all ends in 0.
fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let counted = digits.iter().rev().enumerate();
    let sum: u32 = counted
        .map(|(at, digit)| if at % 2 == 1 { doubled(u32::from(*digit)) } else { u32::from(*digit) })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::files::Files;

    /// What is said of a text.
    fn said(text: String) -> Vec<String> {
        found(text).1.iter().map(|it| it.message.clone()).collect()
    }

    fn found(text: String) -> (Files, Diagnostics) {
        let files = Files::new(vec![File::new("incidents/APM-0001.md", text)]);
        let mut diagnostics = Diagnostics::default();
        let mut reporter = Reporter { rule: &RULE, files: &files, diagnostics: &mut diagnostics };
        files.iter().for_each(|(id, file)| check(id, file, &mut reporter));
        let found = diagnostics.redacted(&files);
        (files, found)
    }

    /// A text as it may be shown, its first finding in brackets.
    fn shown(text: &str) -> String {
        let (files, found) = found(text.to_owned());
        let mut shown = found.shown(&files, FileId(0)).into_owned();
        if let Some(first) = found.iter().next() {
            shown.insert(first.primary.span.end as usize, ']');
            shown.insert(first.primary.span.start as usize, '[');
        }
        shown
    }

    #[test]
    fn every_form_is_found_and_never_repeated() {
        let tail = "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8".repeat(3);
        for (begins, least, what) in FORMS {
            let found = said(format!("The key was {begins}{}.", &tail[..least]));
            assert_eq!(found, [format!("this looks like {what}, `{}********`", begins.trim_end())]);
            assert!(said(format!("The key was {begins}{}.", "x".repeat(least))).is_empty(), "{begins}");
            assert!(said(format!("The risk{begins}{}.", &tail[..least])).is_empty(), "{begins}");
            assert!(said(format!("The key was {begins}{}.", &tail[..least - 2])).is_empty(), "{begins}");
            assert!(said(format!("The key was my_{begins}{}.", &tail[..least])).is_empty(), "{begins}");
        }
    }

    #[test]
    fn a_token_is_whole_and_random() {
        assert_eq!(
            said("It was sk-proj-AKIAx1y2z3w4v5u6t7s8-ghp_x.".to_owned()).len(),
            1,
            "one within another"
        );
        assert_eq!(said("It was AKIAa1b2c3d4a1b2c3d4.".to_owned()), [""; 0], "eight different characters");
        assert_eq!(said("It was AKIAa1b2c3d4e1b2c3d4.".to_owned()).len(), 1, "nine of them");
    }

    #[test]
    fn what_is_found_is_not_shown() {
        let key = "-----BEGIN PRIVATE KEY-----";
        for (text, wanted) in [
            ("A sk-proj-a1b2c3d4e5f6g7h8. B".to_owned(), "A [************************]. B".to_owned()),
            ("A 4111 1111 1111 1111 b".to_owned(), "A [*******************] b".to_owned()),
            (
                format!("> {key}\n> MIIEvQIBADANBgkq\n\n> hkiG\n> -----END"),
                format!("> [{key}]\n******************\n\n******\n* -----END"),
            ),
        ] {
            assert_eq!(shown(&text), wanted);
        }
    }

    #[test]
    fn a_key_is_known_by_what_follows_its_first_line() {
        let begins = "-----BEGIN RSA PRIVATE KEY-----";
        for rest in [
            "\nMIIE+/=IBADANBgkq",
            "\\nMIIEvQIBADANBgkq",
            "\nProc-Type: 4,ENCRYPTED",
            "\nVersion: 1",
            "\nComment: x",
        ] {
            assert_eq!(said(format!("{begins}{rest}\n")).len(), 1, "{rest}");
        }
        for rest in [" is how a key begins", "\nMIIEvQIBADANBgk", "\nMIIEvQ,IBADANBgkqh", "\nA proc-type"] {
            assert_eq!(said(format!("{begins}{rest}\n")), [""; 0], "{rest}");
        }
    }

    #[test]
    fn a_card_is_known_by_its_beginning_its_groups_and_its_check_digit() {
        let cards = [
            "4111 1111 1111 1111",
            "5500-0000-0000-0004",
            "378282246310005",
            "3782 822463 10005",
            "4000000000006",
            "4000000000000000006",
            "30000000000004",
            "340000000000009",
            "5100000000000008",
            "6500000000000002",
            "2221000000000009",
            "2720000000000005",
            "3528000000000007",
            "6011000000000004",
        ];
        for text in cards {
            assert_eq!(said(format!("It was {text}.")).len(), 1, "{text}");
        }
        let others = [
            "4111 1111 1111 1112",
            "1111111111111111",
            "41 11111111 111111",
            "x4111111111111111",
            "5000000000005",
            "5000000000000000005",
            "31000000000003",
            "350000000000006",
            "9000 0000 0000 0001",
            "2220000000000000",
            "2721000000000004",
            "3590000000000000",
            "6012000000000003",
            "5600000000000003",
            "6400000000000003",
            "order/4111111111111111",
            "4111111111111111x",
            "4111111111111111-x",
            "https://a.example/b,4111111111111111",
            "4111.1111.1111.1111",
            "4111  1111  1111  1111",
        ];
        for text in others {
            assert!(said(format!("It was {text}.")).is_empty(), "{text}");
        }
    }
}
