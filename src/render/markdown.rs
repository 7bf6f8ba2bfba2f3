//! A section's Markdown to HTML: references become links with their status, headings get anchors, raw HTML
//! becomes text, and a link leads to the web or nowhere.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use crate::model::body::{Reference, Section, is_comment};
use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Registry};
use crate::render::view;

/// What the references of a text can lead to.
pub(super) struct Targets<'a> {
    pub(super) registry: &'a Registry,
    /// The record whose statements are meant; a gate's text has none.
    pub(super) incident: Option<(&'a Incident, &'a Derivation)>,
    /// The way to the root of the site.
    pub(super) root: &'static str,
}

/// A section, ready for a page.
#[derive(Serialize)]
pub(super) struct Rendered {
    heading: String,
    anchor: String,
    html: String,
}

/// A section as HTML, with the anchor of its heading.
pub(super) fn section(section: &Section, targets: &Targets<'_>) -> Rendered {
    let anchor = slug(&section.heading.value);
    Rendered { heading: section.heading.value.clone(), html: html(section, &anchor, targets), anchor }
}

fn html(section: &Section, anchor: &str, targets: &Targets<'_>) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_ext(&section.markdown, options).into_offset_iter();
    let mut writer = Writer {
        section,
        targets,
        anchor,
        links: Vec::new(),
        comment: false,
        events: Vec::new(),
        anchors: Vec::new(),
    };
    parser.for_each(|(event, range)| writer.event(event, range));
    let mut out = String::with_capacity(section.markdown.len() * 2);
    html::push_html(&mut out, writer.events.into_iter());
    out
}

/// The HTML of a text of our own, a rule's page: no references in it, and headings with anchors.
pub(super) fn plain(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let mut anchors: Vec<String> = Vec::new();
    let events = parser.into_offset_iter().map(|(event, range)| match event {
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            let id = Some(fresh(&mut anchors, slug(&text[range])).into());
            Event::Start(Tag::Heading { level, id, classes, attrs })
        }
        other => other,
    });
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events);
    out
}

/// Lets through what a page may hold.
struct Writer<'a> {
    section: &'a Section,
    targets: &'a Targets<'a>,
    /// Begins the anchors of the headings within, so that those of two sections never meet.
    anchor: &'a str,
    /// For every link that is open, whether it is kept.
    links: Vec<bool>,
    /// Whether the block of raw HTML that is open is a comment.
    comment: bool,
    events: Vec<Event<'a>>,
    anchors: Vec<String>,
}

impl<'a> Writer<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Text(text) => self.text(text, &range),
            // A comment is for those who read the source.
            Event::Start(Tag::HtmlBlock) => {
                self.comment = is_comment(self.section.markdown[range].trim_end());
            }
            Event::Html(_) if self.comment => {}
            Event::InlineHtml(ref text) if is_comment(text) => {}
            Event::Html(text) | Event::InlineHtml(text) => self.events.push(Event::Text(text)),
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                let kept = view::web(dest_url).is_some();
                self.links.push(kept);
                self.events.extend(kept.then_some(event));
            }
            Event::End(TagEnd::Link) => {
                let kept = self.links.pop().unwrap_or_default();
                self.events.extend(kept.then_some(event));
            }
            // An image would be a request to somebody else; its description stays.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let anchor = format!("{}-{}", self.anchor, slug(&self.section.markdown[range]));
                let id = Some(fresh(&mut self.anchors, anchor).into());
                self.events.push(Event::Start(Tag::Heading { level: below(level), id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => self.events.push(Event::End(TagEnd::Heading(below(level)))),
            other => self.events.push(other),
        }
    }

    /// The text, with a link where a reference begins; the brackets and the id within arrive as texts of their own.
    fn text(&mut self, text: CowStr<'a>, range: &Range<usize>) {
        let section = self.section;
        let touched =
            section.references.iter().filter(|(at, _)| at.start < range.end && range.start < at.end);
        let mut rest = range.start;
        let mut met = false;
        for (at, reference) in touched {
            let Some(link) = self.targets.link(reference) else { continue };
            met = true;
            self.push_source(rest..at.start.max(rest));
            if at.start >= range.start {
                self.events.push(Event::InlineHtml(link.into()));
            }
            rest = at.end.min(range.end);
        }
        if met {
            self.push_source(rest..range.end);
        } else {
            self.events.push(Event::Text(text));
        }
    }

    fn push_source(&mut self, range: Range<usize>) {
        let text = &self.section.markdown[range];
        if !text.is_empty() {
            self.events.push(Event::Text(text.into()));
        }
    }
}

/// An anchor from a heading's words, the same as long as they are; the second of the same words is numbered.
fn fresh(anchors: &mut Vec<String>, anchor: String) -> String {
    let same = anchors.iter().filter(|it| **it == anchor).count();
    anchors.push(anchor.clone());
    if same == 0 { anchor } else { format!("{anchor}-{}", same + 1) }
}

/// A section is headed by the page, so what heads a part of it begins below.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => HeadingLevel::H3,
        other => other,
    }
}

/// The words of a text, in small letters with hyphens between them.
fn slug(text: &str) -> String {
    let words = text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

impl Targets<'_> {
    /// The link for a reference, if it leads somewhere.
    fn link(&self, reference: &Reference) -> Option<String> {
        let root = self.root;
        match reference {
            Reference::Statement(id) => {
                let (incident, derivation) = self.incident?;
                let word = derivation.status(incident, id)?.word();
                let class = format!("ref {word}");
                Some(format!(
                    "<a class=\"{class}\" href=\"#{id}\" title=\"{word}\">{id}<span class=\"said\"> ({word})</span></a>"
                ))
            }
            Reference::Incident(id) => {
                let incident = self.registry.incident(id).filter(|incident| incident.is_public())?;
                let (handle, title) = (&incident.handle, escaped(incident.title.as_str()));
                Some(format!("<a href=\"{root}incidents/{handle}/\" title=\"{title}\">{handle}</a>"))
            }
            Reference::Gate(id) => {
                let gate = self.registry.gate(id)?;
                let (id, name) = (&gate.id.value, escaped(gate.name.as_str()));
                Some(format!("<a href=\"{root}gates/{id}/\">{name}</a>"))
            }
        }
    }
}

/// Text that may stand in HTML, between tags or in a quoted attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A string takes whatever is written to it.
    let _ = escape_html(&mut out, text);
    out
}
