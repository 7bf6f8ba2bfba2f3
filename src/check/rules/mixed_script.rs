//! T09: a Latin word with a letter of another alphabet that looks like one of its own.

use std::ops::Range;

use unicode_security::MixedScript;
use unicode_security::confusable_detection::skeleton;

use super::{Check, Code, Document, Reporter, Rule, Severity, Span};
use crate::check::prose::{MOST, is_in, prose, texts};
use crate::model::tree::Node;

pub(crate) static RULE: Rule = Rule {
    code: Code("T09"),
    name: "mixed-script",
    severity: Severity::Error,
    docs: include_str!("mixed_script.md"),
    needs: &[],
    check: Check::Document(check),
};

fn check(document: &Document<'_>, reporter: &mut Reporter<'_>) {
    // Nearly every file is Latin as a whole, and is left after one pass over its bytes.
    if !holds_foreign(&reporter.files().get(document.file).text) {
        return;
    }
    keys(&document.root, reporter);
    for (text, span) in texts(document, reporter.files()) {
        judge(text, span, reporter);
    }
}

fn keys(node: &Node<'_>, reporter: &mut Reporter<'_>) {
    node.items().iter().for_each(|item| keys(item, reporter));
    for entry in node.entries() {
        judge(&entry.key.value, entry.key.span, reporter);
        keys(&entry.value, reporter);
    }
}

fn judge(text: &str, span: Span, reporter: &mut Reporter<'_>) {
    let found = words(text).filter_map(|word| Some((homoglyph(&text[word.clone()])?, word)));
    let found: Vec<_> = found.take(MOST).collect();
    if found.is_empty() {
        return;
    }
    let prose = prose(text);
    for ((at, letter, looks), word) in found.into_iter().filter(|(_, word)| is_in(&prose, word.start)) {
        let place = word.start + at..word.start + at + letter.len_utf8();
        let code = u32::from(letter);
        let message = format!("this letter looks like `{looks}` and is another one, U+{code:04X}");
        let help = format!(
            "type `{}` anew; a name that was meant to deceive goes between backticks",
            plain(&text[word])
        );
        reporter.report(reporter.within(span, text, &place), message, help);
    }
}

/// The words of a text that hold anything but ASCII.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let words = text.split(|it: char| !it.is_alphanumeric());
    let places = words.map(move |word| word.as_ptr().addr() - text.as_ptr().addr()..word.len());
    places
        .map(|place| place.start..place.start + place.end)
        .filter(move |place| !text[place.clone()].is_ascii())
}

/// The first letter of a Latin word that is of another alphabet and looks like a Latin one: where, which, like what.
fn homoglyph(word: &str) -> Option<(usize, char, String)> {
    let latin = word.chars().any(|it| it.is_ascii_alphabetic());
    let mut letters = word.char_indices().filter(|(_, letter)| is_foreign(*letter)).filter(|_| latin);
    letters.find_map(|(at, letter)| Some((at, letter, look(letter)?)))
}

/// A letter that no Latin word holds.
fn is_foreign(letter: char) -> bool {
    // Up to here, all letters are Latin.
    letter >= '\u{370}'
        && letter.is_alphabetic()
        && !['a', letter].iter().collect::<String>().is_single_script()
}

/// Whether such a letter is there, told by the bytes that can begin one.
fn holds_foreign(text: &str) -> bool {
    // The highest of all bytes is found many bytes at a time, and settles it for most files.
    if text.bytes().fold(0, u8::max) < 0xcd {
        return false;
    }
    let begins = text.bytes().enumerate().filter(|(_, byte)| *byte >= 0xcd).map(|(at, _)| at);
    begins.filter_map(|at| text[at..].chars().next()).any(is_foreign)
}

/// The ASCII letters that a letter looks like.
fn look(letter: char) -> Option<String> {
    let look: String = skeleton(letter.encode_utf8(&mut [0; 4])).collect();
    look.chars().all(|it| it.is_ascii_alphanumeric()).then_some(look)
}

/// A word with every such letter replaced by what it looks like.
fn plain(word: &str) -> String {
    let plain = |letter: char| Some(letter).filter(|it| is_foreign(*it)).and_then(look);
    word.chars().map(|letter| plain(letter).unwrap_or_else(|| letter.to_string())).collect()
}
