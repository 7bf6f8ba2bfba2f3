//! Findings for people, in rustc's layout: the line, the place under it, and what to do.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, defuse, escape, is_unsafe};
use crate::files::{FileId, Files, Span};

/// Lines longer than this are cut around the place; a terminal's own width is not asked, so that output is stable.
const WIDTH: usize = 120;

/// Writes the findings, with terminal colours if `color`.
pub fn write(diagnostics: &Diagnostics, files: &Files, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    for diagnostic in diagnostics {
        let shown = shown(diagnostic, diagnostics, files);
        let text = renderer.render(&[group(diagnostic, &shown)]);
        // The renderer shows lines of the record, and lets some controls through; escapes are its own, for colours.
        writeln!(out, "{}\n", defuse(&text, color.then_some('\u{1b}')))?;
    }
    Ok(())
}

/// The files a finding speaks of.
type Shown<'a> = BTreeMap<FileId, Text<'a>>;

/// A file's path, and its text as it was written and as it is seen.
struct Text<'a> {
    path: String,
    written: Cow<'a, str>,
    /// Only where it differs.
    seen: Option<String>,
}

impl Text<'_> {
    fn new(path: String, written: Cow<'_, str>) -> Text<'_> {
        let differs = !written.is_ascii() && written.contains(is_hidden);
        Text { path, seen: differs.then(|| seen(&written)), written }
    }

    fn seen(&self) -> &str {
        self.seen.as_deref().unwrap_or(&self.written)
    }

    /// The place in the text that is seen for one in the text as it was written.
    fn place(&self, at: usize) -> usize {
        let before = self.written.get(..at).unwrap_or(&self.written);
        if self.seen.is_some() { seen(before).len() } else { before.len() }
    }
}

/// What a text is shown as: a character that takes no room, or turns the others, has a sign in its place before the
/// columns are counted. Control characters of ASCII have signs of the renderer's own.
fn seen(text: &str) -> String {
    // The mark at the very beginning of a file is not a character of its first line.
    let text = text.trim_start_matches('\u{feff}');
    text.chars().map(|it| if is_hidden(it) { '\u{fffd}' } else { it }).collect()
}

fn is_hidden(character: char) -> bool {
    !character.is_ascii() && is_unsafe(character)
}

fn shown<'a>(diagnostic: &Diagnostic, diagnostics: &Diagnostics, files: &'a Files) -> Shown<'a> {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
    let file = |id: FileId| (id, Text::new(escape(&files.get(id).path), diagnostics.shown(files, id)));
    labels.map(|label| file(label.span.file)).collect()
}

fn group<'a>(diagnostic: &'a Diagnostic, shown: &'a Shown<'a>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code.0));
    let primary = diagnostic.primary.span.file;
    // The finding's own file comes first.
    let others = shown.keys().copied().filter(|id| *id != primary);
    for file in std::iter::once(primary).chain(others) {
        let text = &shown[&file];
        group = if text.written.is_empty() {
            group.element(Origin::path(&text.path))
        } else {
            group.element(snippet(diagnostic, text, file).path(&text.path))
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    group.element(Level::NOTE.with_name("docs").message(format!("registry explain {}", diagnostic.code)))
}

/// The lines of one file that a finding speaks of, of which there may be a hundred thousand others.
fn snippet<'a>(diagnostic: &'a Diagnostic, text: &'a Text<'_>, file: FileId) -> Snippet<'a, Annotation<'a>> {
    let labels = std::iter::once((AnnotationKind::Primary, &diagnostic.primary))
        .chain(diagnostic.related.iter().map(|label| (AnnotationKind::Context, label)))
        .filter(|(_, label)| label.span.file == file);
    let labels: Vec<_> = labels.map(|(kind, label)| (kind, label, underlined(text, label.span))).collect();
    let seen = text.seen();
    let lines = lines(seen, labels.iter().map(|(_, _, place)| place));
    let annotations = labels.into_iter().map(|(kind, label, place)| {
        let annotation = kind.span(place.start - lines.start..place.end - lines.start);
        if label.text.is_empty() { annotation } else { annotation.label(&label.text) }
    });
    let above = seen[..lines.start].bytes().filter(|byte| *byte == b'\n').count();
    Snippet::source(&seen[lines.clone()]).line_start(above + 1).annotations(annotations)
}

/// The lines from the first of some places to the last of them.
fn lines<'a>(text: &str, places: impl Iterator<Item = &'a Range<usize>> + Clone) -> Range<usize> {
    let first = places.clone().map(|place| place.start).min().unwrap_or_default();
    let last = places.map(|place| place.end).max().unwrap_or_default();
    // Behind the last line there is nothing to show, so that line is shown.
    let before = if first == text.len() { text.trim_end_matches('\n') } else { &text[..first] };
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    start..text[last..].find('\n').map_or(text.len(), |at| last + at + 1)
}

/// What of a span is underlined: its first line, or the place itself when it is empty.
fn underlined(text: &Text<'_>, span: Span) -> Range<usize> {
    let (start, end) = (text.place(span.start as usize), text.place(span.end as usize));
    let first_line = text.seen()[start..end].split('\n').next().unwrap_or_default().trim_end();
    start..start + first_line.len()
}
