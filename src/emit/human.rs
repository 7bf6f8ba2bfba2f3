//! Findings for people, in rustc's layout: the line, the place under it, and what to do.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, defuse, escape};
use crate::files::{File, FileId, Files, Span};

/// Lines longer than this are cut around the place; a terminal's own width is not asked, so that output is stable.
const WIDTH: usize = 120;

/// Writes the findings, with terminal colours if `color`.
pub fn write(diagnostics: &Diagnostics, files: &Files, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    for diagnostic in diagnostics {
        let shown = shown(diagnostic, diagnostics, files);
        let text = renderer.render(&[group(diagnostic, &shown, files)]);
        // The renderer shows lines of the record, and lets some controls through; escapes are its own, for colours.
        writeln!(out, "{}\n", defuse(&text, color.then_some('\u{1b}')))?;
    }
    Ok(())
}

/// The files a finding speaks of, path and text safe to show.
type Shown<'a> = BTreeMap<FileId, (String, Cow<'a, str>)>;

fn shown<'a>(diagnostic: &Diagnostic, diagnostics: &Diagnostics, files: &'a Files) -> Shown<'a> {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
    let file = |id: FileId| (id, (escape(&files.get(id).path), diagnostics.shown(files, id)));
    labels.map(|label| file(label.span.file)).collect()
}

fn group<'a>(diagnostic: &'a Diagnostic, shown: &'a Shown<'a>, files: &Files) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code.0));
    let primary = diagnostic.primary.span.file;
    // The finding's own file comes first.
    let others = shown.keys().copied().filter(|id| *id != primary);
    for file in std::iter::once(primary).chain(others) {
        let (path, text) = &shown[&file];
        group = if text.is_empty() {
            group.element(Origin::path(path))
        } else {
            group.element(snippet(diagnostic, text, file, files.get(file)).path(path))
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    group.element(Level::NOTE.with_name("docs").message(format!("registry explain {}", diagnostic.code)))
}

/// The lines of one file that a finding speaks of, of which there may be a hundred thousand others.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    text: &'a str,
    id: FileId,
    file: &File,
) -> Snippet<'a, Annotation<'a>> {
    let labels = std::iter::once((AnnotationKind::Primary, &diagnostic.primary))
        .chain(diagnostic.related.iter().map(|label| (AnnotationKind::Context, label)))
        .filter(|(_, label)| label.span.file == id);
    // The mark at the very beginning of a file is not a character of its first line.
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let places = || labels.clone().map(|(_, label)| underlined(text, label.span, bom));
    let first = places().map(|place| place.start).min().unwrap_or(bom);
    let last = places().map(|place| place.end).max().unwrap_or(bom);
    // Behind the last line there is nothing to show, so that line is shown.
    let before = if first == text.len() { text[bom..].trim_end_matches('\n') } else { &text[bom..first] };
    let start = before.rfind('\n').map_or(bom, |at| bom + at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    let annotations: Vec<_> = labels
        .clone()
        .zip(places())
        .map(|((kind, label), place)| {
            let annotation = kind.span(place.start - start..place.end - start);
            if label.text.is_empty() { annotation } else { annotation.label(&label.text) }
        })
        .collect();
    let (line, _) = file.line_column(start);
    Snippet::source(&text[start..end]).line_start(line).annotations(annotations)
}

/// What of a span is underlined: its first line, or the place itself when it is empty.
fn underlined(text: &str, span: Span, bom: usize) -> Range<usize> {
    let start = (span.start as usize).clamp(bom, text.len());
    let end = (span.end as usize).clamp(start, text.len());
    let first_line = text[start..end].split('\n').next().unwrap_or_default().trim_end();
    start..start + first_line.len()
}
