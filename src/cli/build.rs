//! `registry build`: lint, then the site; nothing is published while there are errors.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cli::{Outcome, output, say, usage, workspace};
use crate::diagnostic::Severity;
use crate::write::Written;
use crate::{emit, pipeline, read, write};

/// Check every record, then write the site; a registry with errors publishes nothing
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder the site is written to, `site` in the registry's folder by default; what an earlier build left
    /// there is replaced as a whole
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the site will be served, instead of `base_url` in `registry.toml`: for canonical links, citations
    /// and the links of the 404 page; all others are relative
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Replace the output folder even if `registry build` did not make it
    #[arg(long)]
    force: bool,
}

/// An address that a site can have.
fn base_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    let is_plain = rest.chars().all(|it| it.is_ascii_graphic() && !"\"'<>?#@".contains(it));
    if rest.is_empty() || rest.starts_with('/') || !is_plain {
        return Err("an address such as https://example.org/registry/ is needed".into());
    }
    Ok(text.to_owned())
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    let root = match workspace::root(root)? {
        Ok(root) => root,
        Err(outcome) => return Ok(outcome),
    };
    let out = &arguments.out.clone().unwrap_or_else(|| root.join("site"));
    // Whatever --force says: a site that swallowed its own records could never be built again.
    if write::would_harm(out, &root)? {
        return Ok(usage(format!(
            "`{}` belongs to the registry itself, and a build replaces the whole folder\n  help: choose another folder with --out",
            out.display()
        )));
    }
    let place = write::Place::claim(out, || {
        say(format_args!("another build of `{}` is under way; waiting until it has ended", out.display()));
    })?;
    if !place.may_replace()? && !arguments.force {
        return Ok(usage(format!(
            "`{}` was not made by `registry build`, and a build replaces the whole folder\n  \
             help: choose another folder with --out, or replace this one with --force",
            out.display()
        )));
    }
    let files = read::registry(&root)?;
    let mut checked = pipeline::check(&files);
    if let Some(url) = &arguments.base_url {
        checked.registry.records.config.publish_at(url);
    }
    if checked.diagnostics.count(Severity::Error) > 0 {
        output::show(&checked.diagnostics, &files)?;
        let summary = emit::summary(&checked.diagnostics, files.iter().count());
        say(format_args!("{summary}; nothing was published, and `{}` is as it was", out.display()));
        return Ok(Outcome::Findings);
    }
    let theme = pipeline::theme(&root, &checked.registry.records.config)
        .with_context(|| format!("nothing was published, and `{}` is as it was", out.display()))?;
    theme.unused().iter().for_each(|unused| say(format_args!("warning: {unused}")));
    let written = pipeline::build(&files, &checked, &theme, &place)?;
    say(summary(&written, out));
    let warnings = checked.diagnostics.count(Severity::Warning);
    if warnings > 0 {
        say(format_args!("{}; `registry lint` shows them", emit::plural(warnings, "warning")));
    }
    Ok(Outcome::Clean)
}

/// What a build did, in one line.
fn summary(written: &Written, out: &Path) -> String {
    let kilobytes = written.bytes.div_ceil(1000);
    let unchanged = match written.unchanged {
        0 => String::new(),
        unchanged => format!(", {unchanged} unchanged"),
    };
    format!("{}, {kilobytes} kB in `{}`{unchanged}", emit::plural(written.files, "file"), out.display())
}
