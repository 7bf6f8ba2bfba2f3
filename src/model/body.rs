//! The Markdown of a record: its sections, and what in them refers to something.

use std::ops::Range;

use crate::files::{Span, Spanned};

/// A piece of Markdown that points at something of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// `[f3]`
    Statement(String),
    /// `[APM-0003]`
    Incident(String),
    /// `[gate:deploy]`
    Gate(String),
}

/// A link or image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: String,
    /// Whether it is an image.
    pub image: bool,
}

/// One section of a body.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading, without its marks.
    pub heading: Spanned<String>,
    /// The Markdown below it, as text.
    pub markdown: String,
    /// Where that text stands. For a block scalar of a YAML record the text is indented there.
    pub span: Span,
    /// Its references, by their bytes in `markdown`.
    pub references: Vec<(Range<usize>, Reference)>,
}

/// The body of a record.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Where it stands; an empty span where a body would begin.
    pub span: Span,
    /// Text before the first heading, if any.
    pub preamble: Option<Span>,
    /// Its sections, in written order.
    pub sections: Vec<Section>,
    /// References, in written order.
    pub references: Vec<Spanned<Reference>>,
    /// Links and images, in written order.
    pub links: Vec<Spanned<Link>>,
    /// Headings without a blank after their marks `##`, in written order, each with its text.
    pub unspaced: Vec<Spanned<String>>,
    /// Headings of a section's level within a section, which only the text under a key of a YAML record can hold.
    pub inner: Vec<Spanned<String>>,
    /// Raw HTML, in written order.
    pub html: Vec<Span>,
    /// Markdown link definitions `[f3]: ...` that would hide a reference.
    pub definitions: Vec<Spanned<String>>,
}

impl Body {
    /// The section with a heading.
    pub fn section(&self, heading: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.heading.value == heading)
    }
}

/// Whether HTML is one comment and nothing after it.
pub fn is_comment(html: &str) -> bool {
    let inner = html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| !inner.contains("-->"))
}

/// The sections an incident may have, in order, with their key in a YAML record. The first is required.
pub const INCIDENT_SECTIONS: [(&str, &str); 5] = [
    ("what-happened", "What happened"),
    ("why-it-matters", "Why it matters"),
    ("missing-authorization-check", "Missing authorization check"),
    ("technical-read", "Technical read"),
    ("notes", "Notes"),
];

/// The sections every gate has, in order, with their key in a YAML record.
pub const GATE_SECTIONS: [(&str, &str); 4] = [
    ("what-it-is", "What it is"),
    ("how-it-works", "How it works"),
    ("sample-receipt", "Sample receipt"),
    ("what-it-does-not-show", "What it does not show"),
];
