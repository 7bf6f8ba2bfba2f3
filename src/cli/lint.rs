//! `registry lint`: every finding, in the format asked for.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::cli::{Outcome, say, usage, workspace};
use crate::diagnostic::{Diagnostics, Severity};
use crate::files::{Base, FileId, Files};
use crate::pipeline::{self, Checked};
use crate::{emit, fix, read, write};

/// Check every record: all mistakes at once, each at its place with the way out
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Report only these files or folders; the whole registry is still read
    paths: Vec<PathBuf>,
    /// How findings are written to standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Make the edits that cannot change meaning; `--fix=pins` also writes derived verdicts
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "safe")]
    fix: Option<Fix>,
    /// Judge the change since this git revision as well: by the policy it had, and against what it published
    #[arg(long, value_name = "REF")]
    base: Option<String>,
    /// Exit with 1 for warnings too
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Like a compiler's
    Human,
    /// One line a finding
    Concise,
    /// For machines
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Fix {
    /// Edits that cannot change meaning
    Safe,
    /// Those, and pinned verdicts as the evidence derives them
    Pins,
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    let root = match workspace::root(root)? {
        Ok(root) => root,
        Err(outcome) => return Ok(outcome),
    };
    let mut files = read::registry(&root)?;
    let chosen = match chosen(&root, &files, &arguments.paths)? {
        Ok(chosen) => chosen,
        Err(outcome) => return Ok(outcome),
    };
    let base = match base(&root, arguments.base.as_deref())? {
        Ok(base) => base,
        Err(outcome) => return Ok(outcome),
    };
    let check = |files: &Files| match &base {
        Some(base) => pipeline::check_change(files, base),
        None => pipeline::check(files),
    };
    let mut checked = check(&files);
    if let Some(wanted) = arguments.fix {
        let changed = apply(&root, &files, &checked, chosen.as_deref(), wanted == Fix::Pins)?;
        if changed > 0 {
            files = read::registry(&root)?;
            checked = check(&files);
        }
    }
    let diagnostics = narrowed(checked.diagnostics, chosen.as_deref());
    emit(&diagnostics, &files, arguments.format)?;
    say(emit::summary(&diagnostics, chosen.map_or(files.iter().count(), |chosen| chosen.len())));
    let refused = diagnostics.count(Severity::Error) > 0
        || (arguments.deny_warnings && diagnostics.count(Severity::Warning) > 0);
    Ok(if refused { Outcome::Findings } else { Outcome::Clean })
}

/// Writes findings to standard output.
fn emit(diagnostics: &Diagnostics, files: &Files, format: Format) -> Result<()> {
    let color = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let written = match format {
        Format::Human => emit::human::write(diagnostics, files, color, &mut out),
        Format::Concise => emit::concise::write(diagnostics, files, &mut out),
        Format::Json => emit::json::write(diagnostics, files, &mut out),
    };
    match written.and_then(|()| out.flush()) {
        // `registry lint | head` closes the pipe early, and that is fine.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("could not write to standard output"),
    }
}

/// Writes findings as people read them; what `build` prints when it refuses.
pub(super) fn show(diagnostics: &Diagnostics, files: &Files) -> Result<()> {
    emit(diagnostics, files, Format::Human)
}

/// What the change starts from, if it is to be judged as one.
fn base(root: &Path, revision: Option<&str>) -> Result<Result<Option<Base>, Outcome>> {
    let Some(revision) = revision else { return Ok(Ok(None)) };
    let base = read::base(root, revision)?;
    Ok(base.map(Some).map_err(|why| usage(crate::diagnostic::escape_lines(&why))))
}

/// The files that the given paths name; nothing when none is given.
fn chosen(root: &Path, files: &Files, paths: &[PathBuf]) -> Result<Result<Option<Vec<FileId>>, Outcome>> {
    if paths.is_empty() {
        return Ok(Ok(None));
    }
    let mut chosen = Vec::new();
    for path in paths {
        if path.symlink_metadata().is_err() {
            return Ok(Err(usage(format!("there is no file `{}` here", path.display()))));
        }
        let Some(inside) = read::inside(root, path)? else {
            return Ok(Err(usage(format!(
                "`{}` is not in the registry `{}`",
                path.display(),
                root.display()
            ))));
        };
        let below = |it: &str| inside.is_empty() || it == inside || it.starts_with(&format!("{inside}/"));
        let before = chosen.len();
        chosen.extend(files.iter().filter(|(_, file)| below(&file.path)).map(|(id, _)| id));
        if chosen.len() == before {
            return Ok(Err(usage(format!(
                "`{}` is no record, gate or vocabulary of this registry",
                path.display()
            ))));
        }
    }
    chosen.sort();
    chosen.dedup();
    Ok(Ok(Some(chosen)))
}

fn narrowed(mut diagnostics: Diagnostics, chosen: Option<&[FileId]>) -> Diagnostics {
    if let Some(chosen) = chosen {
        diagnostics.retain(|diagnostic| chosen.binary_search(&diagnostic.primary.span.file).is_ok());
    }
    diagnostics
}

/// Makes the edits, says what it did, and counts the files that changed.
fn apply(
    root: &Path,
    files: &Files,
    checked: &Checked,
    chosen: Option<&[FileId]>,
    pins: bool,
) -> Result<usize> {
    let mut changed = 0;
    for (id, file) in files.iter() {
        if chosen.is_some_and(|chosen| chosen.binary_search(&id).is_err()) {
            continue;
        }
        let fixed = fix::file(file, checked.diagnostics.in_file(id), pins);
        if fixed.done.is_empty() {
            continue;
        }
        write::replace(&root.join(&file.path), fixed.text.as_bytes())?;
        changed += 1;
        for title in fixed.done {
            say(format_args!("fixed {}: {title}", crate::diagnostic::escape(&file.path)));
        }
    }
    Ok(changed)
}
