//! One fixed list of findings, one reviewed snapshot a format.

use incident_registry::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use incident_registry::emit;
use incident_registry::files::{File, FileId, Files, Span};

const RECORD: &str = "---\nid: APM-0005\ntitle: Größe \u{1f600} e\u{301} tests\nseverity:\t3\nsources: {a: b}\n---\n\n## What happened\n";

fn files() -> Files {
    let crlf = "---\r\nid: APM-0006\r\ntitle: x\r\n---\r\n";
    Files::new(vec![
        File::new("incidents/APM-0005.md", RECORD),
        File::new("incidents/APM-0006.md", format!("\u{feff}{crlf}")),
        File::from_bytes("incidents/APM-0007.md", Vec::new()),
    ])
}

/// The span of a piece of text.
fn span(files: &Files, path: &str, text: &str) -> Span {
    let id = files.by_path(path).expect("the file is there");
    let start = files.get(id).text.find(text).expect("the text is there");
    Span::new(id, start..start + text.len())
}

fn diagnostics(files: &Files) -> Diagnostics {
    let first = "incidents/APM-0005.md";
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(
        Diagnostic::error(Code("E02"), span(files, first, "3\n").at_start(), "an empty place after a tab")
            .label("here")
            .help("look at the column"),
    );
    diagnostics.push(
        Diagnostic::error(
            Code("S05"),
            span(files, first, "tests"),
            "after wide, joined and combining characters",
        )
        .related(span(files, "incidents/APM-0006.md", "APM-0006"), "and in another file"),
    );
    diagnostics.push(
        Diagnostic::new(
            Code("T10"),
            Severity::Warning,
            span(files, first, "Größe"),
            "a title with \u{1b}[31mcolour",
        )
        .label("with \u{202e}bidi")
        .help("first line")
        .fix("write it plainly", vec![(span(files, first, "Größe"), "Size".into())]),
    );
    diagnostics.push(
        Diagnostic::error(Code("S02"), span(files, first, "a: b"), "two places on one line")
            .label("the value")
            .related(span(files, first, "sources"), "the key"),
    );
    diagnostics.push(
        Diagnostic::error(Code("S01"), span(files, first, "## What happened\n"), "the last line")
            .help("whatever"),
    );
    diagnostics.push(Diagnostic::error(
        Code("S04"),
        span(files, "incidents/APM-0006.md", "title"),
        "after a mark and CRLF",
    ));
    diagnostics
        .push(Diagnostic::error(Code("R02"), Span::new(FileId(2), 0..0), "a file without text").help("do"));
    diagnostics.finish()
}

fn text(write: impl Fn(&Diagnostics, &Files, &mut Vec<u8>)) -> String {
    let files = files();
    let mut out = Vec::new();
    write(&diagnostics(&files), &files, &mut out);
    String::from_utf8(out).expect("an emitter writes UTF-8")
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("emit");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn human() {
    let text = text(|list, files, out| emit::human::write(list, files, false, out).expect("memory takes it"));
    settings().bind(|| insta::assert_snapshot!("human", text));
}

#[test]
fn concise() {
    let text = text(|list, files, out| emit::concise::write(list, files, out).expect("memory takes it"));
    settings().bind(|| insta::assert_snapshot!("concise", text));
}

#[test]
fn json() {
    let text = text(|list, files, out| emit::json::write(list, files, out).expect("memory takes it"));
    settings().bind(|| insta::assert_snapshot!("json", text));
}

#[test]
fn colours_are_the_only_difference() {
    let plain =
        text(|list, files, out| emit::human::write(list, files, false, out).expect("memory takes it"));
    let coloured =
        text(|list, files, out| emit::human::write(list, files, true, out).expect("memory takes it"));
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}
