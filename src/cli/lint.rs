//! `registry lint`: every finding, in the format asked for.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::output::{self, Format, Output};
use crate::cli::{Outcome, follow, mend, say, usage, workspace};
use crate::diagnostic::Diagnostics;
use crate::files::{Base, FileId, Files};
use crate::{emit, pipeline, read};

/// Check every record: all mistakes at once, each at its place with the way out
#[derive(clap::Args)]
#[command(after_long_help = "Examples:
  registry lint incidents/APM-0005.md
  registry lint --watch
  registry lint --fix
  registry lint --format concise --deny-warnings
  registry lint --format github --output sarif=lint.sarif --output junit=lint.xml

Exit codes: 0 clean, 1 errors (or warnings with --deny-warnings), 2 usage, 3 the environment.")]
pub(super) struct Arguments {
    /// Report only these files or folders; the whole registry is still read
    paths: Vec<PathBuf>,
    /// How findings are written to standard output; `human` unless another is named
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write the findings to a file as well, in any of these formats; may be given several times, and `-` is standard
    /// output
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = output::parse)]
    outputs: Vec<Output>,
    /// Make the edits that cannot change meaning; `--fix=pins` also writes derived verdicts
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "safe")]
    fix: Option<Fix>,
    /// Show what `--fix` would write, as a diff for `git apply`, and write nothing
    #[arg(long, requires = "fix", conflicts_with_all = ["format", "outputs"])]
    diff: bool,
    /// Judge the change since this git revision as well: by the policy it had, and against what it published
    #[arg(long, value_name = "REF")]
    base: Option<String>,
    /// Lint again after each save, and show only what changed since: findings that are new, and those that are gone
    #[arg(long)]
    watch: bool,
    /// Exit with 1 for warnings too, but for changes of policy (R08), which somebody has to review
    #[arg(long)]
    deny_warnings: bool,
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
    if let Some(outcome) = refused(arguments) {
        return Ok(outcome);
    }
    let outputs = match output::outputs(arguments.format, &arguments.outputs, &root)? {
        Ok(outputs) => outputs,
        Err(outcome) => return Ok(outcome),
    };
    let mut files = read::registry(&root)?;
    let names = match names(&root, &files, &arguments.paths)? {
        Ok(names) => names,
        Err(outcome) => return Ok(outcome),
    };
    if arguments.watch {
        return follow::run(&root, &names, arguments.format.unwrap_or(Format::Human));
    }
    let chosen = (!names.is_empty()).then(|| below(&files, &names));
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
        let mended = mend::mended(&files, &checked.diagnostics, chosen.as_deref(), wanted == Fix::Pins);
        if arguments.diff {
            mend::show_changes(&files, &checked.diagnostics, &mended)?;
        } else if !mended.done.is_empty() {
            mend::write_changes(&root, &mended)?;
            files = mended.files;
            checked = check(&files);
        }
    }
    let base_url = checked.registry.records.config.base_url();
    let diagnostics = narrowed(checked.diagnostics, chosen.as_deref());
    let run = emit::Run {
        diagnostics: &diagnostics,
        files: &files,
        checked: &chosen.unwrap_or_else(|| files.iter().map(|(id, _)| id).collect()),
        rules: &output::rules(base_url.as_deref()),
        folder: &workspace::folder_in_repository(&root),
        deny_warnings: arguments.deny_warnings,
    };
    if !arguments.diff {
        output::write(&run, &outputs)?;
    }
    say(emit::summary(&diagnostics, run.checked.len()));
    let records = &checked.registry.records;
    if records.incidents.is_empty() && records.broken.is_empty() {
        say("note: there is no record in `incidents/`; `registry new` writes one");
    }
    let refused = diagnostics.iter().any(|diagnostic| run.refuses(diagnostic));
    // The system takes all memory back at once; giving it back value by value would be a tenth of the whole run.
    std::mem::forget((files, checked.registry, checked.verdicts));
    Ok(if refused { Outcome::Findings } else { Outcome::Clean })
}

/// Says which options make no sense together with `--watch`, and what to do instead.
fn refused(arguments: &Arguments) -> Option<Outcome> {
    if !arguments.watch {
        return None;
    }
    let is_shown = |format| matches!(format, Format::Human | Format::Concise);
    let (option, way_out) = if arguments.fix.is_some() {
        ("--fix", "run `registry lint --fix` in another terminal; the watch then tells what it mended")
    } else if arguments.base.is_some() {
        ("--base", "run `registry lint --base` once the change is made")
    } else if !arguments.outputs.is_empty() {
        ("--output", "run `registry lint --output` without --watch; a file holds the findings of one run")
    } else if arguments.format.is_some_and(|format| !is_shown(format)) {
        ("this --format", "use `human` or `concise`; the other formats are one whole document for one run")
    } else {
        return None;
    };
    Some(usage(format!("--watch cannot be used with {option}\n  help: {way_out}")))
}

/// What the change starts from, if it is to be judged as one.
fn base(root: &Path, revision: Option<&str>) -> Result<Result<Option<Base>, Outcome>> {
    let Some(revision) = revision else { return Ok(Ok(None)) };
    let base = read::base(root, revision)?;
    Ok(base.map(Some).map_err(|why| usage(crate::diagnostic::escape_lines(&why))))
}

/// The given paths as the registry names them. Each must hold a file of it.
fn names(root: &Path, files: &Files, paths: &[PathBuf]) -> Result<Result<Vec<String>, Outcome>> {
    let mut names = Vec::new();
    for path in paths {
        if path.symlink_metadata().is_err() {
            return Ok(Err(usage(format!(
                "there is no file `{}` here{}",
                path.display(),
                meant(path, files)
            ))));
        }
        let Some(inside) = read::inside(root, path)? else {
            return Ok(Err(usage(format!(
                "`{}` is not in the registry `{}`",
                path.display(),
                root.display()
            ))));
        };
        names.push(inside);
        if below(files, &names[names.len() - 1..]).is_empty() {
            return Ok(Err(usage(format!(
                "`{}` is no record, gate or vocabulary of this registry",
                path.display()
            ))));
        }
    }
    Ok(Ok(names))
}

/// The files that are one of these, or lie below it.
pub(super) fn below(files: &Files, names: &[String]) -> Vec<FileId> {
    let is_below = |path: &str, name: &String| {
        path.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_chosen = |path: &str| names.iter().any(|name| name.is_empty() || is_below(path, name));
    files.iter().filter(|(_, file)| is_chosen(&file.path)).map(|(id, _)| id).collect()
}

/// What somebody may have meant by a name that is no file.
fn meant(path: &Path, files: &Files) -> String {
    let name = path.to_string_lossy();
    let is_named = |file: &crate::files::File| file.stem().eq_ignore_ascii_case(&name);
    match files.iter().find(|(_, file)| is_named(file)) {
        _ if matches!(&*name, "pins" | "safe") => {
            format!("\n  help: an option takes its value after `=`: `--fix={name}`")
        }
        Some((_, file)) => format!("\n  help: did you mean `{}`?", crate::diagnostic::escape(&file.path)),
        None => String::new(),
    }
}

/// The findings in the files that were asked for.
pub(super) fn narrowed(mut diagnostics: Diagnostics, chosen: Option<&[FileId]>) -> Diagnostics {
    if let Some(chosen) = chosen {
        diagnostics.retain(|diagnostic| chosen.binary_search(&diagnostic.primary.span.file).is_ok());
    }
    diagnostics
}
