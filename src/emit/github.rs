//! Findings as annotations of a GitHub workflow, and the whole list for the page of the job.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity, escape};
use crate::emit::parts::{Region, region, without_line_break};
use crate::emit::{Run, counted, summary as last_line};
use crate::files::Span;

/// GitHub shows ten annotations per level and step, and fifty per job, so the worst go first. Two levels and the
/// notice leave room for the job's other steps.
const MOST: usize = 10;

/// A job's page takes 1 MiB from a step, what other commands of the step wrote included, or nothing at all.
pub const MOST_SUMMARY_BYTES: usize = 1 << 20;

/// Writes the annotations, and how many more there are.
pub fn write(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning] {
        let found = run.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
        for diagnostic in found.take(MOST) {
            annotation(diagnostic, run, out)?;
        }
    }
    let hidden = |severity| run.diagnostics.count(severity).saturating_sub(MOST);
    let Some(hidden) = counted(hidden(Severity::Error), hidden(Severity::Warning)) else { return Ok(()) };
    let why = format!("GitHub shows {MOST} of a level and step; the summary of the job lists all");
    writeln!(out, "::notice title=registry lint::{}", data(&format!("{hidden} more: {why}")))
}

fn annotation(diagnostic: &Diagnostic, run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let span = diagnostic.primary.span;
    let code = diagnostic.code;
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    writeln!(
        out,
        "::{} file={},{},title={}::{}",
        level(diagnostic.severity),
        property(&escape(&run.path(span.file))),
        place(span, run),
        property(format!("{code} {}", run.name(code)).trim_end()),
        data(&format!("{}{help}\ndocs: registry explain {code}", diagnostic.message)),
    )
}

/// Where it is shown. Columns are allowed within one line only.
fn place(span: Span, run: &Run) -> String {
    let Region { line, column, end_line, end_column } =
        region(without_line_break(span, run.files), run.files);
    if line == end_line {
        format!("line={line},col={column},endLine={end_line},endColumn={end_column}")
    } else {
        format!("line={line},endLine={end_line}")
    }
}

/// Text as the part after `::` takes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as the value of a property takes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The whole list as Markdown of at most `room` bytes, the worst first. It is a table in HTML, and every text of a
/// record stands in a `code` element: there it is neither markup nor a link, a mention, or a reference.
pub fn summary(run: &Run, room: usize) -> String {
    let mut text = format!("## registry lint\n\n{}\n\n", last_line(run.diagnostics, run.checked.len()));
    if !run.diagnostics.is_empty() {
        text.push_str("<table>\n<tr><th>where</th><th>what</th></tr>\n");
        let rows: Vec<String> = worst_first(run).map(|diagnostic| row(diagnostic, run)).collect();
        let (shown, end) = fitting(&rows, room.saturating_sub(text.len()));
        text.extend(shown.iter().map(String::as_str).chain([end.as_str()]));
    }
    if text.len() <= room { text } else { String::new() }
}

fn worst_first<'a>(run: &'a Run) -> impl Iterator<Item = &'a Diagnostic> {
    let of = |severity| run.diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
    of(Severity::Error).chain(of(Severity::Warning))
}

/// The rows that fit, and what stands below them: the end of the table, and how many rows are missing.
fn fitting(rows: &[String], room: usize) -> (&[String], String) {
    let end = |missing: usize| match missing {
        0 => "</table>\n".to_owned(),
        _ => format!("</table>\n\n{missing} more: the platform takes 1 MiB; `registry lint` lists all\n"),
    };
    let all: usize = rows.iter().map(String::len).sum();
    if all + end(0).len() <= room {
        return (rows, end(0));
    }
    let mut left = room.saturating_sub(end(rows.len()).len());
    let fits = |row: &&String| left.checked_sub(row.len()).map(|rest| left = rest).is_some();
    let shown = rows.iter().take_while(fits).count();
    (&rows[..shown], end(rows.len() - shown))
}

fn row(diagnostic: &Diagnostic, run: &Run) -> String {
    let span = diagnostic.primary.span;
    let at = region(span, run.files);
    let place = format!("{}:{}:{}", escape(&run.path(span.file)), at.line, at.column);
    let what = format!("{}[{}]", diagnostic.severity.word(), diagnostic.code);
    let help = diagnostic.help.as_ref().map(|help| format!("<br/>help: {}", code(help))).unwrap_or_default();
    format!("<tr><td>{}</td><td>{what} {}{help}</td></tr>\n", code(&place), code(&diagnostic.message))
}

/// Text in a `code` element. It has no line break, so no empty line ends the table's HTML.
fn code(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!("<code>{}</code>", text.replace(['\r', '\n'], " "))
}
