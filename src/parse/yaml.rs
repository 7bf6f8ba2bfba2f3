//! YAML text to a spanned tree. Never fails: what cannot be read becomes diagnostics and a broken tree.
//! Duplicate keys, anchors, aliases and tags are reported here and are gone from the tree.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{
    Event, Parser, ScalarStyle, StructureStyle, TryLoadError, TrySpannedEventReceiver, options,
};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{FileId, Span, Spanned};
use crate::model::tree::{Comment, Entry, Key, Node, NodeKind, Style};
use crate::parse::syntax;

/// Deeper than this nothing written by hand goes.
const MAX_DEPTH: usize = 32;
/// More values than this nothing written by hand has.
const MAX_NODES: usize = 20_000;

const S01: Code = Code("S01");
const S06: Code = Code("S06");
const S08: Code = Code("S08");
const R01: Code = Code("R01");

/// A YAML text as a tree.
pub(super) struct Yaml<'a> {
    pub(super) root: Node<'a>,
    pub(super) comments: Vec<Comment<'a>>,
    /// Fields whose map has a key twice, so that what the second should be is missing from it.
    pub(super) doubled: Vec<String>,
    /// Whether reading stopped before the end.
    pub(super) broken: bool,
}

/// Reads `text[range]` of a file; spans count from the beginning of the file.
pub(super) fn tree<'a>(
    file: FileId,
    text: &'a str,
    range: Range<usize>,
    diagnostics: &mut Diagnostics,
) -> Yaml<'a> {
    let composer = Composer::new(file, range.clone());
    let mut broken = false;
    // A block scalar keeps 1,024 characters of look-ahead for keys; comments may stand in long runs.
    let options = options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        max_buffered_comment_events: MAX_NODES,
    };
    let mut parser = Parser::new_from_str_with_options(&text[range.clone()], options);
    let mut sink = Sink { composer, text, diagnostics };
    let read = parser.try_load(&mut sink, true);
    let Sink { mut composer, .. } = sink;
    if let Err(TryLoadError::Scan(error)) = read {
        let at = range.start + error.marker().byte_offset().unwrap_or_default();
        let problem = syntax::explain(error.kind(), text, range.clone(), composer.last_end, at);
        let span = Span::new(file, problem.span);
        // What follows a refused alias on its line is the same mistake.
        let known = composer.refused.is_some_and(|end| !text[end..at.max(end)].contains('\n'));
        if !known {
            diagnostics.push(Diagnostic::error(S01, span, problem.message).help(problem.help));
        }
        broken = true;
    }
    broken |= composer.stopped;
    let root = composer.root.take().unwrap_or_else(|| Node::null(Span::new(file, range.start..range.start)));
    Yaml { root, comments: composer.comments, doubled: composer.doubled, broken }
}

/// Hands events over as they are found: to be asked for one after the other takes a fifteenth more of the time.
struct Sink<'c, 'a> {
    composer: Composer<'a>,
    text: &'c str,
    diagnostics: &'c mut Diagnostics,
}

/// No more is to be read.
struct Stop;

impl<'a> TrySpannedEventReceiver<'a> for Sink<'_, 'a> {
    type Error = Stop;
    fn on_event(&mut self, event: Event<'a>, span: granit_parser::Span) -> Result<(), Stop> {
        self.composer.event(event, span, self.text, self.diagnostics);
        if self.composer.stopped { Err(Stop) } else { Ok(()) }
    }
}

/// A collection that is still open.
enum Open<'a> {
    Sequence {
        start: usize,
        items: Vec<Node<'a>>,
    },
    Mapping {
        start: usize,
        flow: bool,
        entries: Vec<Entry<'a>>,
        key: Option<Awaiting<'a>>,
        /// Whether an entry of the list began in here without its hyphen; what follows is not read.
        forgotten: bool,
    },
}

/// A key that waits for its value.
enum Awaiting<'a> {
    Text(Key<'a>),
    /// Reported already; its value is dropped.
    Refused,
}

struct Composer<'a> {
    file: FileId,
    base: usize,
    stack: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    comments: Vec<Comment<'a>>,
    doubled: Vec<String>,
    nodes: usize,
    documents: usize,
    last_end: usize,
    /// The end of the last alias.
    refused: Option<usize>,
    stopped: bool,
}

impl<'a> Composer<'a> {
    fn new(file: FileId, range: Range<usize>) -> Composer<'a> {
        Composer {
            file,
            base: range.start,
            stack: Vec::new(),
            root: None,
            comments: Vec::new(),
            doubled: Vec::new(),
            nodes: 0,
            documents: 0,
            last_end: range.start,
            refused: None,
            stopped: false,
        }
    }

    fn event(
        &mut self,
        event: Event<'a>,
        span: granit_parser::Span,
        file: &str,
        diagnostics: &mut Diagnostics,
    ) {
        let bytes = span.byte_range().unwrap_or_default();
        let place = Span::new(self.file, self.base + bytes.start..self.base + bytes.end);
        // Mostly the first word of a text that lacks its quotes; what is left of it is not judged.
        let tagged = event.tag().is_some();
        if tagged {
            let tag = span.tag_span().and_then(|tag| tag.byte_range()).unwrap_or(bytes.clone());
            let tag = Span::new(self.file, self.base + tag.start..self.base + tag.end);
            refuse_reuse(
                diagnostics,
                tag,
                "a tag",
                "remove it: the field says what type it has; text that begins with `!` needs quotes",
            );
        }
        match event {
            Event::Comment(text, _) => self.comments.push(Comment { span: place, text }),
            Event::Scalar(text, style, ..) => {
                self.last_end = place.end as usize;
                let node = if tagged { Node::refused(place) } else { scalar(text, style, place, file) };
                self.value(node, diagnostics);
            }
            Event::SequenceStart(..) => {
                self.open(
                    Open::Sequence { start: place.start as usize, items: Vec::new() },
                    place,
                    diagnostics,
                );
            }
            Event::MappingStart(style, ..) => {
                let flow = style == StructureStyle::Flow;
                let start = place.start as usize;
                self.open(
                    Open::Mapping { start, flow, entries: Vec::new(), key: None, forgotten: false },
                    place,
                    diagnostics,
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(place, diagnostics),
            Event::Anchor(..) => {
                refuse_reuse(
                    diagnostics,
                    place,
                    "an anchor",
                    "remove it and write the value out where it is needed; text that begins with `&` needs quotes",
                );
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                refuse_reuse(
                    diagnostics,
                    place,
                    "an alias",
                    "write the value out; text that begins with `*` needs quotes",
                );
                self.refused = Some(place.end as usize);
                self.value(Node::refused(place), diagnostics);
            }
            Event::DocumentStart(..) => self.document(place, file, diagnostics),
            _ => {}
        }
    }

    fn document(&mut self, place: Span, file: &str, diagnostics: &mut Diagnostics) {
        self.documents += 1;
        if self.documents > 1 {
            let message = "a second document begins here, and one file holds one record";
            let help = if file[place.end as usize..].contains("\n## ") {
                "a record with its text below the fields is Markdown: name the file `.md`; a `.yaml` file has its text under `body:`"
            } else {
                "remove the `---` line, or move what follows to a file of its own"
            };
            diagnostics.push(Diagnostic::error(S01, place, message).help(help));
            self.stopped = true;
        }
    }

    fn open(&mut self, open: Open<'a>, place: Span, diagnostics: &mut Diagnostics) {
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("this is nested deeper than {MAX_DEPTH} levels");
            let help = "a record is a few levels deep; check for brackets that were pasted by accident";
            diagnostics.push(Diagnostic::error(R01, place, message).help(help));
            self.stopped = true;
        }
        self.stack.push(open);
    }

    fn close(&mut self, place: Span, diagnostics: &mut Diagnostics) {
        let node = match self.stack.pop() {
            Some(Open::Sequence { start, items }) => {
                let end = items.last().map_or(place.end as usize, |last| last.span.end as usize);
                let end = if place.end > place.start { place.end as usize } else { end };
                Node { span: Span::new(self.file, start..end.max(start)), kind: NodeKind::Sequence(items) }
            }
            Some(Open::Mapping { start, flow, entries, .. }) => {
                let last = entries.last().map(|entry| entry.value.span.end.max(entry.key.span.end) as usize);
                let end = if flow { place.end as usize } else { last.unwrap_or(place.end as usize) };
                Node { span: Span::new(self.file, start..end.max(start)), kind: NodeKind::Mapping(entries) }
            }
            None => return,
        };
        self.value(node, diagnostics);
    }

    /// A finished value goes to the collection that is open, or is the root.
    fn value(&mut self, node: Node<'a>, diagnostics: &mut Diagnostics) {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let message = format!("this file holds more than {MAX_NODES} values");
            let help = "one file describes one incident; move lists of data to a linked source";
            diagnostics.push(Diagnostic::error(R01, node.span.at_start(), message).help(help));
            self.stopped = true;
            return;
        }
        let in_list =
            self.stack.iter().rev().nth(1).is_some_and(|open| matches!(open, Open::Sequence { .. }));
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, key, flow, forgotten, .. }) => match key.take() {
                None if *forgotten => *key = Some(Awaiting::Refused),
                None => {
                    *forgotten = in_list && !*flow && begins_again(&node, entries);
                    let read = read_key(node, entries, *forgotten, diagnostics);
                    let refused = matches!(read, Awaiting::Refused);
                    *key = Some(read);
                    if refused {
                        self.refuse_key();
                    }
                }
                Some(Awaiting::Refused) => {}
                Some(Awaiting::Text(text)) => entries.push(Entry { key: text, value: node, flow: *flow }),
            },
        }
    }

    /// Notes the field at the margin in whose map a key was refused.
    fn refuse_key(&mut self) {
        if let [Open::Mapping { key: Some(Awaiting::Text(field)), .. }, Open::Mapping { .. }] =
            &self.stack[..]
        {
            self.doubled.push(field.value.to_string());
        }
    }
}

/// Whether a key repeats the first one of its map: in a list that is an entry whose hyphen was forgotten.
fn begins_again(key: &Node<'_>, entries: &[Entry<'_>]) -> bool {
    entries.len() > 1 && entries.first().is_some_and(|first| key.text() == Some(&first.key.value))
}

/// A key must be text, and new in its map.
fn read_key<'a>(
    node: Node<'a>,
    entries: &[Entry<'a>],
    forgotten: bool,
    diagnostics: &mut Diagnostics,
) -> Awaiting<'a> {
    if node.is_refused() {
        return Awaiting::Refused;
    }
    let span = node.span;
    let NodeKind::Scalar(text, _) = node.kind else {
        let message = "a key must be a word, not a list, a map or nothing";
        let help = "write `key: value`; text that begins with `[`, `{` or `?` needs quotes";
        diagnostics.push(Diagnostic::error(S01, span, message).help(help));
        return Awaiting::Refused;
    };
    if let Some(first) = entries.iter().find(|entry| entry.key.value == text) {
        let message = format!("`{text}` is written twice");
        let help = if forgotten {
            "if another entry of the list begins here, put `- ` before it; nothing is read from here on"
        } else {
            "keep one of the two; nothing is read from the second"
        };
        let diagnostic = Diagnostic::error(S06, span, message).label("again here").help(help);
        diagnostics.push(diagnostic.related(first.key.span, "first here"));
        return Awaiting::Refused;
    }
    Awaiting::Text(Spanned::new(text, span))
}

fn scalar<'a>(text: Cow<'a, str>, style: ScalarStyle, span: Span, file: &str) -> Node<'a> {
    let (style, span) = match style {
        ScalarStyle::Plain => (Style::Plain, span),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => (Style::Quoted, span),
        ScalarStyle::Literal | ScalarStyle::Folded => (Style::Block, lines_of_block(span, file)),
    };
    if style == Style::Plain && matches!(&*text, "" | "~" | "null") {
        return Node::null(span);
    }
    Node { span, kind: NodeKind::Scalar(text, style) }
}

/// The lines of a block end before those of the next field.
fn lines_of_block(span: Span, file: &str) -> Span {
    let written = file[span.range()].trim_end_matches([' ', '\t', '\r', '\n']).len();
    Span::new(span.file, span.start as usize..span.start as usize + written)
}

fn refuse_reuse(diagnostics: &mut Diagnostics, span: Span, what: &str, help: &str) {
    let message = format!("{what} has no place in a record");
    diagnostics.push(Diagnostic::error(S08, span, message).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_values_than_anybody_writes_are_refused() {
        let text = format!("lessons: [{}]", "a, ".repeat(MAX_NODES));
        let mut diagnostics = Diagnostics::default();
        let yaml = tree(FileId(0), &text, 0..text.len(), &mut diagnostics);
        let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert!(yaml.broken && codes == [R01], "{codes:?}");
    }
}
