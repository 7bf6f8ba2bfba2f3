//! A YAML (or TOML) file as a tree in which every key and value knows its bytes.
//! Holds no meaning: duplicate keys, anchors and tags are gone, reported by the parser. Borrows from the file what
//! stands there as it is meant.

use std::borrow::Cow;

use crate::files::{FileId, Span, Spanned};

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Bare.
    Plain,
    /// `'...'` or `"..."`.
    Quoted,
    /// `|` or `>`.
    Block,
}

/// A value.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// Its bytes; of a collection, from its first key or item to the end of its last.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind<'a>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum NodeKind<'a> {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// Text; whether it is a number or a date, the schema decides.
    Scalar(Cow<'a, str>, Style),
    /// A list.
    Sequence(Vec<Node<'a>>),
    /// A map, its entries as written.
    Mapping(Vec<Entry<'a>>),
}

/// A key, or another text, with its place.
pub type Key<'a> = Spanned<Cow<'a, str>>;

/// One entry of a map.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: Key<'a>,
    /// The value.
    pub value: Node<'a>,
    /// Whether the map is in flow style, `{a: b}`.
    pub flow: bool,
}

impl<'a> Node<'a> {
    /// An absent value at a place.
    pub fn null(span: Span) -> Node<'a> {
        Node { span, kind: NodeKind::Null }
    }

    /// A value that was reported already and is not judged again. No text is both empty and bare.
    pub fn refused(span: Span) -> Node<'a> {
        Node { span, kind: NodeKind::Scalar(Cow::Borrowed(""), Style::Plain) }
    }

    /// Whether the value was reported already.
    pub fn is_refused(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar(text, Style::Plain) if text.is_empty())
    }

    /// The entries, if it is a map.
    pub fn entries(&self) -> &[Entry<'a>] {
        match &self.kind {
            NodeKind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items, if it is a list.
    pub fn items(&self) -> &[Node<'a>] {
        match &self.kind {
            NodeKind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// The entry with a key.
    pub fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries().iter().find(|entry| entry.key.value == key)
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// What a reader would call it.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Scalar(..) => "text",
            NodeKind::Sequence(_) => "a list",
            NodeKind::Mapping(_) => "a map",
        }
    }
}

/// A comment as written, with its `#`.
#[derive(Clone, Debug)]
pub struct Comment<'a> {
    /// Its bytes.
    pub span: Span,
    /// The text after `#`.
    pub text: Cow<'a, str>,
}

/// What a file is, by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// `registry.toml`
    Config,
    /// `taxonomy.yaml`
    Taxonomy,
    /// `entities.yaml`
    Entities,
    /// `gates/<id>.md`
    Gate,
    /// `incidents/<ID>.md` or `.yaml`
    Incident,
    /// A path of one's own, wherever it stands
    Path,
}

/// A file as a tree, with its body where it has one.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The file.
    pub file: FileId,
    /// What it is.
    pub kind: DocumentKind,
    /// The front matter, or the whole YAML file.
    pub root: Node<'a>,
    /// The Markdown after the front matter.
    pub body: Option<Span>,
    /// Every YAML comment, in order.
    pub comments: Vec<Comment<'a>>,
    /// Whether a syntax error hides its content; then nothing in it is judged.
    pub broken: bool,
    /// Top-level fields with a shape error: rules that need them keep quiet.
    pub misshapen: Vec<String>,
}
