//! The words of a record: what its author has written, which parts of it are neither code nor somebody else's,
//! and its sentences.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::files::{Files, Span, Spanned};
use crate::model::incident::Incident;
use crate::model::tree::{Document, Node};

/// Everything the author has written in words of their own, the sections of the body among it.
pub(super) fn own_words(incident: &Incident) -> Vec<(&str, Span)> {
    let fields = fields(incident).into_iter().map(|text| (text.as_str(), text.span));
    let sections = incident.body.sections.iter().map(|section| (section.markdown.as_str(), section.span));
    fields.chain(sections).collect()
}

fn fields(incident: &Incident) -> Vec<&Spanned<String>> {
    let mut texts = vec![&incident.title, &incident.summary];
    texts.extend(&incident.attribution);
    texts.extend(incident.withdrawn.iter().map(|withdrawal| &withdrawal.value.reason));
    texts.extend(incident.merged.iter().map(|merge| &merge.value.reason));
    texts.extend(
        incident
            .statements()
            .flat_map(|statement| std::iter::once(&statement.text).chain(&statement.counter)),
    );
    texts.extend(incident.path.iter().filter_map(|step| step.text.as_ref()));
    for mapping in &incident.gates {
        texts.extend([&mapping.note, &mapping.enforced_at, &mapping.receipt_for].into_iter().flatten());
        texts.extend(mapping.still_needs.iter().flat_map(|texts| texts.iter()));
    }
    texts.extend(incident.timeline.iter().map(|entry| &entry.text));
    texts.extend(&incident.lessons);
    texts.extend(incident.responses.iter().map(|response| &response.text));
    texts.extend(incident.corrections.iter().map(|correction| &correction.text));
    texts
}

/// Texts one below the other, in small letters: what is looked for in all of them is looked for once, by its bytes.
/// Letters outside ASCII stay as they are, so that every byte keeps its place.
pub(super) fn small_letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut all = String::with_capacity(4096);
    texts.into_iter().for_each(|text| all.extend([text, "\n"]));
    all.make_ascii_lowercase();
    all
}

/// Every value of a file that is a text, and its body.
pub(super) fn texts<'a>(document: &'a Document<'a>, files: &'a Files) -> Vec<(&'a str, Span)> {
    // A record has a few hundred; room for them all at once is quicker than room made step by step.
    let mut texts = Vec::with_capacity(256);
    values(&document.root, &mut texts);
    texts.extend(document.body.map(|span| (files.text(span), span)));
    texts
}

fn values<'a>(node: &'a Node<'a>, texts: &mut Vec<(&'a str, Span)>) {
    node.items().iter().for_each(|item| values(item, texts));
    node.entries().iter().for_each(|entry| values(&entry.value, texts));
    texts.extend(node.text().map(|text| (text, node.span)));
}

/// The stretches of digits, and of the marks that stand between them, that hold at least two digits more than `STEP`. No
/// number has more than two marks in a row, so that three bytes within it hold a digit; what lies between such threes
/// needs no look.
pub(super) fn long_numbers<const STEP: usize>(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (bytes, mut done) = (text.as_bytes(), 0);
    let belongs = |byte: &u8| matches!(byte, b'0'..=b'9' | b' ' | b'-' | b'.' | b'(' | b')' | b'+');
    // Pieces of a length that is known beforehand are looked at three times as fast.
    let (pieces, rest) = bytes.as_chunks::<STEP>();
    let digit = |piece: &[u8]| piece.iter().take(3).position(u8::is_ascii_digit);
    let last = digit(rest).map(|at| pieces.len() * STEP + at);
    let found = pieces.iter().enumerate().filter_map(move |(piece, it)| Some(piece * STEP + digit(it)?));
    found.chain(last).filter_map(move |at| {
        if at < done {
            return None;
        }
        let before = bytes[done..at].iter().rposition(|byte| !belongs(byte));
        let after = bytes[at..].iter().position(|byte| !belongs(byte));
        let start = before.map_or(done, |before| done + before + 1);
        done = after.map_or(bytes.len(), |after| at + after);
        let digits = || bytes[start..done].iter().filter(|byte| byte.is_ascii_digit()).count();
        (done - start > STEP + 1 && digits() > STEP + 1).then_some(start..done)
    })
}

/// The parts of a text that are neither code nor the address of a link.
pub(super) fn prose(markdown: &str) -> Vec<Range<usize>> {
    let (mut parts, mut code): (Vec<Range<usize>>, bool) = (Vec::new(), false);
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) if !code => parts.push(range),
            _ => {}
        }
    }
    parts
}

/// Whether a place in a text lies in one of these parts, which are sorted.
pub(super) fn is_in(parts: &[Range<usize>], at: usize) -> bool {
    parts.get(parts.partition_point(|part| part.end <= at)).is_some_and(|part| part.start <= at)
}

/// How many finds of one rule in one text are looked into: no more are shown, and a hostile text could hold many.
pub(super) const MOST: usize = 100;
/// How far around a place a text is looked at: no sentence, quotation or address is longer, but a hostile one.
const REACH: usize = 2000;

/// The text up to a place, as far back as anything reaches.
fn before(text: &str, at: usize) -> &str {
    &text[text.floor_char_boundary(at.saturating_sub(REACH))..at]
}

/// The text from a place on, as far as anything reaches.
pub(super) fn after(text: &str, at: usize) -> &str {
    &text[at..text.floor_char_boundary((at + REACH).min(text.len()))]
}

/// Whether a place lies in a web address.
pub(super) fn in_address(text: &str, at: usize) -> bool {
    before(text, at).rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://"))
}

/// Marks that open a quotation, and those that close it.
const MARKS: [(char, &[char]); 6] = [
    ('"', &['"']),
    ('\u{201c}', &['\u{201d}']),
    ('\u{201e}', &['\u{201c}', '\u{201d}']),
    ('\u{ab}', &['\u{bb}']),
    ('\u{2018}', &['\u{2019}']),
    ('\'', &['\'']),
];

/// The parts of a text that repeat somebody else's words: between quotation marks, and lines that begin with `>`.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('>') {
            found.push(at..at + line.len());
        }
        at += line.len();
    }
    at = 0;
    while let Some(quotation) = next_quotation(text, at) {
        at = quotation.end;
        found.push(quotation);
    }
    found.sort_by_key(|part| (part.start, part.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for part in found {
        match merged.last_mut().filter(|last| part.start <= last.end) {
            Some(last) => last.end = last.end.max(part.end),
            None => merged.push(part),
        }
    }
    merged
}

/// The next part in quotation marks; one that is not closed within its paragraph is none.
fn next_quotation(text: &str, from: usize) -> Option<Range<usize>> {
    let mut marks = text[from..].char_indices().map(|(at, mark)| (from + at, mark));
    marks.find_map(|(open, mark)| {
        let (_, closing) = MARKS.iter().find(|(opening, _)| *opening == mark)?;
        let inner = open + mark.len_utf8();
        let within_word = text[..open].ends_with(char::is_alphanumeric);
        let rest = after(text, inner).split("\n\n").next().unwrap_or_default();
        let mut ends = rest.char_indices().filter(|(_, mark)| closing.contains(mark));
        // An apostrophe looks like the end of a quotation, but is followed by the rest of its word.
        let end = ends.find(|(at, mark)| !rest[at + mark.len_utf8()..].starts_with(char::is_alphanumeric))?;
        (!within_word).then_some(open..inner + end.0 + end.1.len_utf8())
    })
}

/// The sentence around a part of a text.
pub(super) fn sentence<'a>(text: &'a str, part: &Range<usize>) -> &'a str {
    const ENDS: [&str; 6] = [". ", ".\n", "? ", "! ", "\n\n", "; "];
    let lead = before(text, part.start);
    let start = ENDS.iter().filter_map(|end| lead.rfind(end)).max().map_or(0, |at| at + 1);
    let rest = after(text, part.end);
    let end = ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    &text[part.start - (lead.len() - start)..part.end + end]
}
