//! Findings for people, in rustc's layout: the line, the place under it, and what to do.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, defuse, escape};
use crate::files::{FileId, Files, Span};

/// Lines longer than this are cut around the place; a terminal's own width is not asked, so that output is stable.
const WIDTH: usize = 120;

/// Writes the findings, with terminal colours if `color`.
pub fn write(diagnostics: &Diagnostics, files: &Files, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    for diagnostic in diagnostics {
        let paths = paths(diagnostic, files);
        let text = renderer.render(&[group(diagnostic, files, &paths)]);
        // The renderer shows lines of the record, and lets some controls through; escapes are its own, for colours.
        writeln!(out, "{}\n", defuse(&text, color.then_some('\u{1b}')))?;
    }
    Ok(())
}

/// The paths of the files a finding speaks of, safe to show.
fn paths(diagnostic: &Diagnostic, files: &Files) -> BTreeMap<FileId, String> {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
    labels.map(|label| (label.span.file, escape(&files.get(label.span.file).path))).collect()
}

fn group<'a>(diagnostic: &'a Diagnostic, files: &'a Files, paths: &'a BTreeMap<FileId, String>) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code.0));
    let primary = diagnostic.primary.span.file;
    // The finding's own file comes first.
    let others = paths.keys().copied().filter(|id| *id != primary);
    for file in std::iter::once(primary).chain(others) {
        let path = paths[&file].as_str();
        group = if files.get(file).text.is_empty() {
            group.element(Origin::path(path))
        } else {
            group.element(snippet(diagnostic, files, file).path(path))
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    group.element(Level::NOTE.with_name("docs").message(format!("registry explain {}", diagnostic.code)))
}

/// The lines of one file that a finding speaks of.
fn snippet<'a>(diagnostic: &'a Diagnostic, files: &'a Files, file: FileId) -> Snippet<'a, Annotation<'a>> {
    let text = &files.get(file).text;
    // The mark at the very beginning of a file is not a character of its first line.
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let source = &text[bom..];
    let labels = std::iter::once((AnnotationKind::Primary, &diagnostic.primary))
        .chain(diagnostic.related.iter().map(|label| (AnnotationKind::Context, label)))
        .filter(|(_, label)| label.span.file == file);
    let annotations: Vec<_> = labels
        .map(|(kind, label)| {
            let annotation = kind.span(shown(source, label.span, bom));
            if label.text.is_empty() { annotation } else { annotation.label(&label.text) }
        })
        .collect();
    Snippet::source(source).annotations(annotations)
}

/// What of a span is underlined: its first line, or the place itself when it is empty.
fn shown(source: &str, span: Span, bom: usize) -> Range<usize> {
    let start = (span.start as usize).saturating_sub(bom).min(source.len());
    let end = (span.end as usize).saturating_sub(bom).clamp(start, source.len());
    let first_line = source[start..end].split('\n').next().unwrap_or_default().trim_end();
    start..start + first_line.len()
}
