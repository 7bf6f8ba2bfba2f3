//! Findings to where they were asked for: standard output, files, and the page of a CI job.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::check::RULES;
use crate::cli::{Outcome, usage};
use crate::diagnostic::Diagnostics;
use crate::emit::{self, Run};
use crate::files::Files;
use crate::write;

/// How findings are written, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: the line, the place under it, and the way out
    Human,
    /// One line a finding: for editors, grep, and the problem matcher in `.github/`
    Concise,
    /// Everything, for scripts; `registry schema lint` prints its schema
    Json,
    /// SARIF 2.1.0: for code scanning, and editors that read it
    Sarif,
    /// Annotations in a GitHub workflow; the whole list goes to the page of the job
    Github,
    /// A Code Quality report: for GitLab merge requests
    Gitlab,
    /// A report of tests in the XML of `JUnit`: for whatever shows test results
    Junit,
}

impl Format {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Where findings go: `FORMAT=FILE`.
#[derive(Clone, Debug)]
pub(super) struct Output {
    format: Format,
    /// Nothing for standard output.
    file: Option<PathBuf>,
}

/// Reads `FORMAT=FILE`.
pub(super) fn parse(text: &str) -> Result<Output, String> {
    let (name, file) = text.split_once('=').unwrap_or((text, ""));
    let format = Format::from_str(name, false).map_err(|_| unknown(name))?;
    match file {
        "" => Err(format!("`{name}` names no file; write `{name}=FILE`, or `{name}=-` for standard output")),
        "-" => Ok(Output { format, file: None }),
        _ => Ok(Output { format, file: Some(file.into()) }),
    }
}

fn unknown(name: &str) -> String {
    let names: Vec<String> = Format::value_variants().iter().map(|format| format.name()).collect();
    let near = |known: &&String| strsim::jaro_winkler(&name.to_lowercase(), known);
    let nearest = names.iter().max_by(|a, b| near(a).total_cmp(&near(b))).filter(|known| near(known) >= 0.7);
    let name = name.escape_debug();
    match nearest {
        Some(nearest) => format!("there is no format `{name}`; did you mean `{nearest}`?"),
        None => format!("there is no format `{name}`; formats are {}", names.join(", ")),
    }
}

/// Everything that was asked for, standard output first, each place once.
pub(super) fn outputs(
    format: Option<Format>,
    files: &[Output],
    root: &Path,
) -> Result<Result<Vec<Output>, Outcome>> {
    let asked = format.map(|format| Output { format, file: None });
    let mut outputs: Vec<Output> = asked.into_iter().chain(files.iter().cloned()).collect();
    if outputs.iter().all(|output| output.file.is_some()) {
        outputs.push(Output { format: Format::Human, file: None });
    }
    // Whoever reads along gets the findings even where a file then cannot be written.
    outputs.sort_by_key(|output| output.file.is_some());
    let places: Vec<Option<PathBuf>> =
        outputs.iter().map(|output| output.file.as_deref().map(place)).collect();
    for (at, output) in outputs.iter().enumerate() {
        if places[..at].contains(&places[at]) {
            return Ok(Err(twice(output.file.as_deref())));
        }
        let Some(file) = &output.file else { continue };
        if write::would_harm(file, root)? {
            return Ok(Err(usage(format!(
                "`{}` belongs to the registry itself\n  help: write the findings to another file",
                file.display()
            ))));
        }
    }
    Ok(Ok(outputs))
}

fn twice(file: Option<&Path>) -> Outcome {
    let place = file.map_or("standard output".to_owned(), |file| format!("`{}`", file.display()));
    usage(format!(
        "{place} is named twice\n  help: give each format a file of its own with --output FORMAT=FILE"
    ))
}

/// A file by its folder's real path, so that two ways of writing it are one.
fn place(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (parent.canonicalize(), file.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => file.to_owned(),
    }
}

/// The rules, as a format may tell of them; where the site stands, their pages do too.
pub(super) fn rules(base_url: Option<&str>) -> Vec<emit::Rule<'static>> {
    let rule = |rule: &&'static crate::check::Rule| emit::Rule {
        code: rule.code,
        name: rule.name,
        severity: rule.severity,
        may_be_denied: rule.may_be_denied(),
        docs: rule.docs,
        uri: base_url.map(|base| format!("{base}rules/{}/", rule.code)),
    };
    RULES.iter().map(rule).collect()
}

/// Writes a run to all places; a job's page is one of them where annotations are asked for and there is a page.
pub(super) fn write(run: &Run, outputs: &[Output]) -> Result<()> {
    for output in outputs {
        match &output.file {
            None => print(|color, out| text(run, output.format, color, out))?,
            Some(file) => {
                let mut bytes = Vec::new();
                text(run, output.format, false, &mut bytes).context("could not write to memory")?;
                write::put(file, &bytes)?;
            }
        }
    }
    let page = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|page| !page.is_empty());
    match page.filter(|_| outputs.iter().any(|output| output.format == Format::Github)) {
        Some(page) => {
            let most = emit::github::MOST_SUMMARY_BYTES;
            write::append(Path::new(&page), most, |room| emit::github::summary(run, room))
        }
        None => Ok(()),
    }
}

fn text(run: &Run, format: Format, color: bool, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => emit::human::write(run.diagnostics, run.files, color, out),
        Format::Concise => emit::concise::write(run.diagnostics, run.files, out),
        Format::Json => emit::json::write(run.diagnostics, run.files, out),
        Format::Sarif => emit::sarif::write(run, out),
        Format::Github => emit::github::write(run, out),
        Format::Gitlab => emit::gitlab::write(run, out),
        Format::Junit => emit::junit::write(run, out),
    }
}

/// Writes findings as people read them; what `build` prints when it refuses.
pub(super) fn show(diagnostics: &Diagnostics, files: &Files) -> Result<()> {
    print(|color, out| emit::human::write(diagnostics, files, color, out))
}

/// The same beside an answer, which standard output is for.
pub(super) fn show_beside(diagnostics: &Diagnostics, files: &Files) {
    let color = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    let mut out = io::BufWriter::new(io::stderr().lock());
    // A closed standard error is nobody's mistake.
    let _ = emit::human::write(diagnostics, files, color, &mut out).and_then(|()| out.flush());
}

/// Writes to standard output, in colour where that is wanted.
pub(super) fn print(write: impl FnOnce(bool, &mut dyn Write) -> io::Result<()>) -> Result<()> {
    // `registry lint | head` closes the pipe early, and that is fine.
    tell(write).map(drop)
}

/// The same, and whether anybody still reads it.
pub(super) fn tell(write: impl FnOnce(bool, &mut dyn Write) -> io::Result<()>) -> Result<bool> {
    let color = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(color, &mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        other => other.map(|()| true).context("could not write to standard output"),
    }
}
