//! Comments of a file to the exceptions in them, each with the lines it speaks of. A `#` or `<!--` inside a text is
//! text: the YAML scanner, the spans of the TOML tree and the Markdown parser say what a comment is.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::align;
use crate::files::{File, FileId, Span, Spanned};
use crate::model::allow::Allow;
use crate::model::body::is_comment;
use crate::model::tree::{Document, DocumentKind, Node};

/// What such a comment begins with; `registry allow`, which lacks the colon, is meant just as clearly.
const MARK: &str = "registry";

/// What follows the mark of an exception, if a comment is one.
fn marked(comment: &str) -> Option<&str> {
    let rest = comment.strip_prefix(MARK)?;
    rest.strip_prefix(':').or_else(|| Some(rest).filter(|rest| rest.trim_start().starts_with("allow(")))
}

/// So many exceptions of one file are read; nobody writes more, and each costs a look at the text around it.
const MOST: usize = 100;
/// So many lines of comments and blanks may stand between an exception and what it speaks of.
const BETWEEN: usize = 20;
/// In a longer text an exception is not removed by itself: whether it may be takes a second reading of the whole.
const LONG: usize = 1 << 16;

/// The exceptions of a file; none of a broken one, in which nothing is judged either.
pub(super) fn read(file: &File, document: &Document<'_>) -> Vec<Allow> {
    if document.broken || !file.text.contains(MARK) {
        return Vec::new();
    }
    let mut allows = match document.kind {
        DocumentKind::Config => toml(file, document),
        _ => yaml(file, document),
    };
    match document.body {
        Some(body) => allows.extend(markdown(document.file, &file.text, &body.range())),
        None => allows.extend(sections(file, document)),
    }
    allows.truncate(MOST);
    allows
}

fn yaml(file: &File, document: &Document<'_>) -> Vec<Allow> {
    let comments = document.comments.iter().map(|comment| comment.span.range());
    hashes(file, document, comments)
}

/// A `#` outside every key and value begins a comment.
fn toml(file: &File, document: &Document<'_>) -> Vec<Allow> {
    let mut texts: Vec<Range<usize>> = Vec::new();
    scalars(&document.root, &mut |span| texts.push(span.range()));
    texts.sort_by_key(|text| text.start);
    let within = |at: usize| {
        texts[..texts.partition_point(|text| text.start <= at)].last().is_some_and(|text| at < text.end)
    };
    let mut comments: Vec<Range<usize>> = Vec::new();
    for (at, _) in file.text.match_indices('#') {
        let known = comments.last().is_some_and(|comment| at < comment.end);
        if !known && !within(at) {
            comments.push(at..line(&file.text, at).end);
        }
    }
    hashes(file, document, comments.into_iter())
}

fn hashes(file: &File, document: &Document<'_>, comments: impl Iterator<Item = Range<usize>>) -> Vec<Allow> {
    let text = &file.text;
    let place = Place { file: document.file, text, blank: &[' ', '\t'], opening: "#", closing: "" };
    // Blank lines after a text that keeps them would become part of it.
    let may_go = !text.contains("|+") && !text.contains(">+");
    let trimmed = comments.map(|range| range.start..range.start + text[range].trim_end().len());
    let mut allows: Vec<Allow> =
        trimmed.filter_map(|comment| place.allow(&comment, may_go)).take(MOST).collect();
    if !allows.is_empty() {
        let mut texts = Vec::new();
        entries(&document.root, text, &mut |start, value| texts.push((start, value)));
        for allow in &mut allows {
            let first = allow.lines.range();
            let begun = texts.iter().filter(|(start, _)| first.contains(start));
            allow.lines = begun.fold(allow.lines, |lines, (_, value)| place.reaching(lines, value.range()));
        }
    }
    allows
}

/// Every key and scalar of a tree.
fn scalars(node: &Node<'_>, each: &mut impl FnMut(Span)) {
    if node.text().is_some() {
        each(node.span);
    }
    node.items().iter().for_each(|item| scalars(item, each));
    for entry in node.entries() {
        each(entry.key.span);
        scalars(&entry.value, each);
    }
}

/// Every scalar of a tree, with where its entry begins: a text of several lines belongs to the first of them.
fn entries(node: &Node<'_>, text: &str, each: &mut impl FnMut(usize, Span)) {
    for item in node.items() {
        if item.text().is_some() {
            // The text after `- >-` begins on the next line, its entry with the hyphen.
            let before = text[..item.span.start as usize].trim_end();
            each(before.len().saturating_sub(1), item.span);
        }
        entries(item, text, each);
    }
    for entry in node.entries() {
        if entry.value.text().is_some() {
            each(entry.key.span.start as usize, entry.value.span);
        }
        entries(&entry.value, text, each);
    }
}

/// The exceptions in the Markdown `text[range]` of a file.
fn markdown(file: FileId, text: &str, range: &Range<usize>) -> Vec<Allow> {
    let source = &text[range.clone()];
    let place = Place { file, text, blank: &[' ', '\t', '>'], opening: "<!--", closing: "-->" };
    let found = scan(source);
    let allow = |comment: &Range<usize>| {
        let may_go = reads_alike_without(source, comment);
        let mut allow = place.allow(&(range.start + comment.start..range.start + comment.end), may_go)?;
        let first = allow.lines.range();
        // A block of code holds no comments of its own.
        let code = found.code.iter().find(|code| first.contains(&(range.start + code.start)));
        if let Some(code) = code {
            allow.lines = place.reaching(allow.lines, range.start + code.start..range.start + code.end);
        }
        Some(allow)
    };
    found.comments.iter().filter_map(allow).take(MOST).collect()
}

/// The same in the sections of a YAML record, where Markdown stands in texts.
fn sections(file: &File, document: &Document<'_>) -> Vec<Allow> {
    let place = Place {
        file: document.file,
        text: &file.text,
        blank: &[' ', '\t', '>'],
        opening: "<!--",
        closing: "-->",
    };
    let mut allows = Vec::new();
    for entry in document.root.get("body").map(Node::entries).unwrap_or_default() {
        let Some(value) = entry.value.text().filter(|value| value.contains(MARK)) else { continue };
        let span = entry.value.span.range();
        for comment in scan(value).comments.into_iter().take(MOST) {
            let within = align::source_range(&file.text[span.clone()], value, &comment);
            let may_go = reads_alike_without(value, &comment);
            allows.extend(place.allow(&(span.start + within.start..span.start + within.end), may_go));
        }
    }
    allows
}

/// What Markdown holds that bears on exceptions.
#[derive(Default)]
struct Found {
    comments: Vec<Range<usize>>,
    code: Vec<Range<usize>>,
}

fn scan(source: &str) -> Found {
    let mut found = Found::default();
    if !source.contains(MARK) {
        return found;
    }
    for (event, range) in parser(source).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let html = source[range.clone()].trim_end();
                if is_comment(html) && marked(html[4..].trim_start()).is_some() {
                    found.comments.push(range.start..range.start + html.len());
                }
            }
            Event::Start(Tag::CodeBlock(_)) => found.code.push(range),
            _ => {}
        }
    }
    found
}

fn parser(source: &str) -> Parser<'_> {
    Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// Whether Markdown shows the same without a comment: between two paragraphs or lists it may be what parts them.
fn reads_alike_without(source: &str, comment: &Range<usize>) -> bool {
    if source.len() > LONG {
        return false;
    }
    let mut without = source.to_owned();
    without.replace_range(removal(source, comment, &[' ', '\t', '>']), "");
    shown(source) == shown(&without)
}

/// What a reader sees, comments and blanks aside.
fn shown(source: &str) -> String {
    let seen = |event: &Event<'_>| {
        let tag = matches!(event, Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock));
        let comment =
            matches!(event, Event::Html(text) | Event::InlineHtml(text) if text.starts_with("<!--"));
        !tag && !comment
    };
    let mut out = String::new();
    html::push_html(&mut out, parser(source).filter(seen));
    out.retain(|character| !character.is_ascii_whitespace());
    out
}

/// Where comments of one form stand.
struct Place<'a> {
    file: FileId,
    text: &'a str,
    /// What may stand before a comment that is alone on its line.
    blank: &'static [char],
    opening: &'static str,
    closing: &'static str,
}

impl Place<'_> {
    /// The exception in a comment, if it is meant as one.
    fn allow(&self, comment: &Range<usize>, may_go: bool) -> Option<Allow> {
        let start = comment.start + self.opening.len();
        let inner = self.text[start..comment.end].strip_suffix(self.closing)?;
        let said = inner.trim_start();
        let rest = marked(said)?;
        let at = start + (inner.len() - rest.len());
        let (rules, reason) = self.allowed(rest, at).unwrap_or_default();
        let removal = may_go.then(|| self.span(removal(self.text, comment, self.blank)));
        let lines = self.span(self.lines(comment));
        Some(Allow { span: self.span(comment.clone()), rules, reason, lines, removal })
    }

    /// `allow(T07, title-style) the reason`, of which `text` begins at byte `at` of the file.
    fn allowed(&self, text: &str, at: usize) -> Option<(Vec<Spanned<String>>, String)> {
        let list = text.trim_start().strip_prefix("allow")?.trim_start().strip_prefix('(')?;
        let (list, reason) = list.split_once(')')?;
        let mut start = at + text.find('(')? + 1;
        let mut rules = Vec::new();
        for part in list.split(',') {
            let word = part.trim();
            let from = start + (part.len() - part.trim_start().len());
            if !word.is_empty() {
                rules.push(Spanned::new(word.to_owned(), self.span(from..from + word.len())));
            }
            start += part.len() + 1;
        }
        let reason =
            reason.trim_matches(|it: char| it.is_whitespace() || matches!(it, ':' | '-' | '–' | '—'));
        Some((rules, reason.to_owned()))
    }

    /// The line that a comment ends, or all from a comment alone on its line to the next line with something else.
    fn lines(&self, comment: &Range<usize>) -> Range<usize> {
        let first = line(self.text, comment.start);
        if !self.is_alone(comment) {
            return first;
        }
        let mut next = line(self.text, comment.end);
        for _ in 0..BETWEEN {
            if next.end >= self.text.len() {
                break;
            }
            next = line(self.text, next.end + 1);
            if !self.says_nothing(&self.text[next.clone()]) {
                break;
            }
        }
        first.start..next.end
    }

    /// These lines and those of a text that begins on them.
    fn reaching(&self, lines: Span, text: Range<usize>) -> Span {
        let end = text.start + self.text[text].trim_end().len();
        lines.to(self.span(lines.start as usize..end.max(lines.end as usize)))
    }

    fn is_alone(&self, comment: &Range<usize>) -> bool {
        let (first, last) = (line(self.text, comment.start), line(self.text, comment.end));
        self.text[first.start..comment.start].trim_start_matches(self.blank).is_empty()
            && self.text[comment.end..last.end].trim().is_empty()
    }

    /// Whether a line is blank or one comment.
    fn says_nothing(&self, line: &str) -> bool {
        let line = line.trim_start_matches(self.blank).trim();
        line.is_empty() || (line.starts_with(self.opening) && line.ends_with(self.closing))
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }
}

/// A comment with the blanks before it, or its whole lines where nothing else stands on them.
fn removal(text: &str, comment: &Range<usize>, blank: &[char]) -> Range<usize> {
    let (first, last) = (line(text, comment.start), line(text, comment.end));
    let before = text[first.start..comment.start].trim_start_matches(blank);
    if before.is_empty() && text[comment.end..last.end].trim().is_empty() {
        return first.start..(last.end + 1).min(text.len());
    }
    first.start + text[first.start..comment.start].trim_end().len()..comment.end
}

/// The line around a byte, without its line break.
fn line(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    start..text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}
