//! T01: a character that is not seen, or that changes how the text around it is shown.

use super::{Check, Code, File, FileId, Reporter, Rule, Severity, Span};
use crate::diagnostic::is_unsafe;

pub(crate) static RULE: Rule = Rule {
    code: Code("T01"),
    name: "control-bidi-or-invisible-character",
    severity: Severity::Error,
    docs: include_str!("control_bidi_or_invisible_character.md"),
    needs: &[],
    check: Check::File(check),
};

/// One pasted text can hold hundreds; the first few show where it came from.
const MOST: usize = 5;

fn check(id: FileId, file: &File, reporter: &mut Reporter<'_>) {
    // What could not be read as text is reported as that.
    if file.unreadable.is_some() || is_plain(&file.text) {
        return;
    }
    let unsafe_ones = file.text.char_indices().filter(|(at, character)| {
        let allowed = matches!(character, '\n' | '\r' | '\t') || (*at == 0 && *character == '\u{feff}');
        is_unsafe(*character) && !allowed
    });
    let found: Vec<(usize, char)> = unsafe_ones.collect();
    for (number, (at, character)) in found.iter().take(MOST).enumerate() {
        let span = Span::new(id, *at..at + character.len_utf8());
        let message = format!("U+{:04X} is {}", u32::from(*character), what(*character));
        let mut help = "delete it, or type the words around it anew".to_owned();
        if number + 1 == MOST && found.len() > MOST {
            help = format!("{help}; {} more follow in this file", found.len() - MOST);
        }
        reporter.report(span, message, help);
    }
}

/// Whether a text is printable ASCII, as most are; told by its bytes, many at a time, and so many times quicker than
/// by characters.
fn is_plain(text: &str) -> bool {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    text.as_bytes().chunks(256).all(|part| part.iter().fold(true, |all, byte| all & plain(byte)))
}

fn what(character: char) -> &'static str {
    match character {
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "a control character",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark that turns the direction of the text"
        }
        '\u{2028}' | '\u{2029}' => "a line break that most programs do not know",
        _ => "a character that cannot be seen",
    }
}
