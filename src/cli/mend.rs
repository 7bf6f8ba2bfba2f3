//! What `registry lint --fix` does with what it mended: writes it, or shows it as a diff.

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};

use crate::cli::say;
use crate::diagnostic::{Diagnostics, escape, escape_lines, is_unsafe};
use crate::files::{FileId, Files, Span};
use crate::fix::{self, Mended};
use crate::{diff, pipeline, write};

/// The files as fixes would leave them.
pub(super) fn mended(
    files: &Files,
    diagnostics: &Diagnostics,
    chosen: Option<&[FileId]>,
    pins: bool,
) -> Mended {
    let is_chosen = |id| chosen.is_none_or(|chosen| chosen.binary_search(&id).is_ok());
    fix::files(files, diagnostics, is_chosen, pins, |files| pipeline::check(files).diagnostics)
}

/// Writes the changed files, and says what was done to each.
pub(super) fn write_changes(root: &Path, mended: &Mended) -> Result<()> {
    for (id, done) in &mended.done {
        let file = mended.files.get(*id);
        write::replace(&root.join(&file.path), file.text.as_bytes())?;
        for title in done {
            say(format_args!("fixed {}: {title}", escape(&file.path)));
        }
    }
    Ok(())
}

/// Writes the changes to standard output: exact for a file or a pipe, escaped where a terminal would obey them.
pub(super) fn show_changes(files: &Files, diagnostics: &Diagnostics, mended: &Mended) -> Result<()> {
    let mut out = String::new();
    for (id, done) in &mended.done {
        let (old, new) = (files.get(*id), mended.files.get(*id));
        let all = Span::new(*id, 0..old.text.len());
        if diagnostics.conceals(all) || old.text.chars().any(is_hostile) {
            say(format_args!(
                "not shown: `{}` holds a secret, or characters that a terminal or a log could obey",
                escape(&old.path)
            ));
            continue;
        }
        for title in done {
            say(format_args!("would fix {}: {title}", escape(&old.path)));
        }
        out += &diff::unified(&old.path, &old.text, &new.text);
    }
    if std::io::stdout().is_terminal() {
        out = escape_lines(&out);
    }
    print(&out)
}

fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // `registry lint --fix --diff | head` closes the pipe early, and that is fine.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("could not write to standard output"),
    }
}

/// Whether a character may not even reach a pipe; a diff that mends line endings and byte order marks holds them.
fn is_hostile(character: char) -> bool {
    is_unsafe(character) && !matches!(character, '\n' | '\r' | '\t' | '\u{feff}')
}
