//! The body of a record: its sections, references, links and raw HTML, each with its bytes in the file.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::align;
use crate::files::{FileId, Span, Spanned};
use crate::model::body::{Body, Link, Reference, Section, is_comment};
use crate::model::id::{IncidentId, StatementId};

/// The body of a Markdown record, `text[range]` of its file.
pub(super) fn body(file: FileId, text: &str, range: Range<usize>) -> Body {
    let place = |part: Range<usize>| Span::new(file, range.start + part.start..range.start + part.end);
    let mut found = scan(&text[range.clone()]);
    let mut body = Body { span: place(0..range.len()), ..Body::default() };
    let source = &text[range.clone()];
    let first = found.headings.first().map_or(source.len(), |(_, whole, _)| whole.start);
    let lead = without_comments(source[..first].trim());
    if !lead.is_empty() {
        let start = source[..first].trim_end().len() - lead.len();
        body.preamble = Some(place(start..start + lead.len()));
    }
    for (at, (name, whole, inner)) in found.headings.iter().enumerate() {
        let end = found.headings.get(at + 1).map_or(source.len(), |(_, next, _)| next.start);
        let start = whole.end.min(end);
        body.sections.push(Section {
            heading: Spanned::new(name.clone(), place(inner.clone())),
            markdown: source[start..end].to_owned(),
            span: place(start..end),
            references: found.references_in(start..end),
        });
    }
    body.unspaced = found.unspaced.drain(..).map(|(name, marks)| Spanned::new(name, place(marks))).collect();
    found.into_body(&mut body, place);
    body
}

/// Adds a section that stands under a key of a YAML record.
pub(super) fn add_section(
    body: &mut Body,
    heading: Spanned<String>,
    text: &Spanned<String>,
    file_text: &str,
) {
    let source = &file_text[text.span.range()];
    let place = |part: Range<usize>| {
        let within = align::source_range(source, &text.value, &part);
        let base = text.span.start as usize;
        Span::new(text.span.file, base + within.start..base + within.end)
    };
    let found = scan(&text.value);
    let references = found.references_in(0..text.value.len());
    body.inner
        .extend(found.headings.iter().map(|(name, _, at)| Spanned::new(name.clone(), place(at.clone()))));
    body.sections.push(Section { heading, markdown: text.value.clone(), span: text.span, references });
    found.into_body(body, place);
}

/// A heading's text, the bytes of the whole heading, and those of its text.
type Heading = (String, Range<usize>, Range<usize>);

#[derive(Default)]
struct Found {
    headings: Vec<Heading>,
    references: Vec<(Reference, Range<usize>)>,
    links: Vec<(Link, Range<usize>)>,
    html: Vec<Range<usize>>,
    unspaced: Vec<(String, Range<usize>)>,
    definitions: Vec<(String, Range<usize>)>,
}

impl Found {
    /// The references within a range, counted from its start.
    fn references_in(&self, range: Range<usize>) -> Vec<(Range<usize>, Reference)> {
        let inside = self.references.iter().filter(|(_, at)| range.start <= at.start && at.end <= range.end);
        inside.map(|(it, at)| (at.start - range.start..at.end - range.start, it.clone())).collect()
    }

    /// Takes a line `##Name` for the heading that it was meant as, and keeps its marks to be told of.
    fn unspaced(&mut self, source: &str, at: usize) {
        let begins = at == 0 || source[..at].ends_with('\n');
        let Some(rest) = source[at..].strip_prefix("##").filter(|_| begins) else { return };
        let name = rest.lines().next().filter(|name| name.starts_with(char::is_alphabetic));
        if let Some(name) = name {
            let line = at..at + 2 + name.len();
            let (start, name) = (at + 2, name.trim_end_matches('#').trim_end());
            self.headings.push((name.to_owned(), line, start..start + name.len()));
            self.unspaced.push((name.to_owned(), at..start));
        }
    }

    fn into_body(self, body: &mut Body, place: impl Fn(Range<usize>) -> Span) {
        body.references.extend(self.references.into_iter().map(|(it, at)| Spanned::new(it, place(at))));
        body.links.extend(self.links.into_iter().map(|(it, at)| Spanned::new(it, place(at))));
        body.html.extend(self.html.into_iter().map(&place));
        body.definitions.extend(self.definitions.into_iter().map(|(it, at)| Spanned::new(it, place(at))));
    }
}

/// One pass over the Markdown events.
fn scan(source: &str) -> Found {
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut found = Found::default();
    for (label, definition) in parser.reference_definitions().iter() {
        if reference(label).is_some() {
            found.definitions.push((label.to_owned(), definition.span.clone()));
        }
    }
    found.definitions.sort_by_key(|(_, span)| span.start);
    let mut heading: Option<Heading> = None;
    let (mut quiet, mut run) = (0_u32, 0..0);
    for (event, range) in parser.into_offset_iter() {
        // Text arrives in pieces that end at brackets; a reference is looked for in the joined run.
        if !matches!(event, Event::Text(_)) || range.start != run.end || quiet > 0 {
            references(source, &run, &mut found.references);
            run = range.start..range.start;
        }
        match event {
            Event::Text(text) => {
                if let Some((name, _, inner)) = &mut heading {
                    name.push_str(&text);
                    *inner = if inner.end == 0 { range.clone() } else { inner.start..range.end };
                }
                if quiet == 0 {
                    found.unspaced(source, range.start);
                    run.end = range.end;
                }
            }
            Event::Code(code) => {
                if let Some((name, _, inner)) = &mut heading {
                    name.push_str(&code);
                    *inner = if inner.end == 0 { range } else { inner.start..range.end };
                }
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }) => {
                heading = Some((String::new(), range, 0..0));
            }
            Event::End(TagEnd::Heading(_)) => {
                // A heading without text still has a place: its marks.
                found.headings.extend(heading.take().map(|(name, whole, inner)| {
                    let marks = whole.start..whole.start + source[whole.clone()].trim_end().len();
                    // A comment at the end of its line leaves a blank behind.
                    let name = name.trim_end().to_owned();
                    (name, whole, if inner.end == 0 { marks } else { inner })
                }));
            }
            Event::Start(Tag::CodeBlock(_)) => quiet += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => quiet = quiet.saturating_sub(1),
            Event::Start(Tag::Link { dest_url, .. }) => {
                found.links.push((Link { target: dest_url.into_string(), image: false }, range));
                quiet += 1;
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                found.links.push((Link { target: dest_url.into_string(), image: true }, range));
                quiet += 1;
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let end = range.start + source[range.clone()].trim_end().len();
                if !is_comment(&source[range.start..end]) {
                    found.html.push(range.start..end);
                }
            }
            _ => {}
        }
    }
    references(source, &run, &mut found.references);
    found
}

/// What follows the comments that a text begins with.
fn without_comments(mut text: &str) -> &str {
    while let Some((_, rest)) = text.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        text = rest.trim_start();
    }
    text
}

/// Finds `[f3]`, `[APM-0003]` and `[gate:deploy]` in a run of text; `\[f3]` is text.
fn references(source: &str, run: &Range<usize>, found: &mut Vec<(Reference, Range<usize>)>) {
    let mut at = run.start;
    while let Some(open) = source[at..run.end].find('[').map(|open| at + open) {
        at = open + 1;
        let Some(close) = source[at..run.end].find(']').map(|close| at + close) else { break };
        let escaped = source[..open].ends_with('\\');
        if let Some(reference) = reference(&source[at..close]).filter(|_| !escaped) {
            found.push((reference, open..close + 1));
            at = close + 1;
        }
    }
}

fn reference(label: &str) -> Option<Reference> {
    if let Some(gate) = label.strip_prefix("gate:") {
        return Some(Reference::Gate(gate.to_owned()));
    }
    if StatementId::new(label).is_some() {
        return Some(Reference::Statement(label.to_owned()));
    }
    IncidentId::new(label).map(|_| Reference::Incident(label.to_owned()))
}
