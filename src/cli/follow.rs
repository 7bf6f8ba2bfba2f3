//! `registry lint --watch`: lints after each save, and tells what is new and what is gone since the last time.

use std::path::Path;

use anyhow::Result;

use crate::cli::known::{Finding, Known, News};
use crate::cli::output::{self, Format};
use crate::cli::{Outcome, lint, say};
use crate::diagnostic::{Diagnostics, escape, escape_lines};
use crate::files::Files;
use crate::watch::{self, Watch};
use crate::{emit, pipeline};

/// What every closing line ends with.
const WAITING: &str = "waiting for changes, Ctrl-C ends it";

/// Lints until the process is ended, or nobody reads any more what it writes. `names` are the files and folders to
/// report on, as the registry names them; none is all.
pub(super) fn run(root: &Path, names: &[String], format: Format) -> Result<Outcome> {
    // Watching begins before the first reading, so that no change falls between the two.
    let mut watch = Watch::new(root)?;
    watch.end_with(std::io::stdout())?;
    let mut known = Known::default();
    while look(root, names, format, &mut known)? && watch.wait()? {}
    Ok(Outcome::Clean)
}

/// Reads, checks, and tells what changed; whether anybody still reads it.
fn look(root: &Path, names: &[String], format: Format, known: &mut Known) -> Result<bool> {
    let files = match watch::read(root) {
        Ok(files) => files,
        Err(absent) => {
            say(format_args!("error: {}; {WAITING}", escape_lines(&absent.to_string())));
            return Ok(true);
        }
    };
    let checked = pipeline::check(&files);
    let chosen = (!names.is_empty()).then(|| lint::below(&files, names));
    let diagnostics = lint::narrowed(checked.diagnostics.clone(), chosen.as_deref());
    let news = known.note(&diagnostics, &files, &checked);
    let is_read = output::tell(|color, out| {
        for finding in &news.gone {
            writeln!(out, "{}", line(finding, &files, color))?;
        }
        match format {
            Format::Concise => emit::concise::write(&news.new, &files, out),
            _ => emit::human::write(&news.new, &files, color, out),
        }
    })?;
    if is_read {
        let checked = chosen.map_or(files.iter().count(), |chosen| chosen.len());
        say(closing(&news, &diagnostics, checked));
    }
    Ok(is_read)
}

/// A finding that is gone: with its mistake, or with its file.
fn line(finding: &Finding, files: &Files, color: bool) -> String {
    let word = if files.by_path(&finding.path).is_some() { "fixed" } else { "gone" };
    let (before, after) = if color { ("\u{1b}[1;32m", "\u{1b}[0m") } else { ("", "") };
    format!("{before}{word}{after}: {}: {} {}", escape(&finding.path), finding.code, finding.message)
}

/// What the registry comes to now.
fn closing(news: &News, diagnostics: &Diagnostics, files: usize) -> String {
    if let Some(path) = news.in_the_way {
        return format!("`{path}` cannot be read, so nothing else is judged; {WAITING}");
    }
    let nothing = if news.is_nothing() { "nothing changed: " } else { "" };
    format!("{nothing}{}; {WAITING}", emit::summary(diagnostics, files))
}
