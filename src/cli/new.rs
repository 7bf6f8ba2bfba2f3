//! `registry new`: the smallest valid record, from flags. Never overwrites, and writes nothing in which lint finds an error.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

use crate::cli::{Outcome, output, say, usage, workspace};
use crate::diagnostic::Severity;
use crate::files::{File, Files};
use crate::model::draft;
use crate::model::taxonomy::{Taxonomy, Vocabulary};
use crate::{pipeline, read, write};

/// Write a new record: the smallest valid one, as a draft with comments that name the choices
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// What happened, in a sentence without full stop (10 to 120 characters)
    #[arg(long)]
    title: String,
    /// When it happened, as exact as the sources are: 2025, 2025-12 or 2025-12-31, or a range with a slash
    #[arg(long, value_name = "DATE")]
    occurred: String,
    /// The address of the original publication; may be given several times
    #[arg(long = "source", value_name = "URL", required = true)]
    sources: Vec<String>,
    /// The kind of the sources, such as news, official-statement or research
    #[arg(long, value_name = "KIND", default_value = "news")]
    source_kind: String,
    /// The AI system, by its id in `entities.yaml`
    #[arg(long, value_name = "ID", default_value = "unnamed-system")]
    system: String,
    /// Realised harm, 1 (minimal) to 5 (critical)
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    severity: u8,
    /// One paragraph of plain text; without it the title is repeated with a note
    #[arg(long)]
    summary: Option<String>,
    /// Ask nothing (nothing is asked yet; accepted so that scripts can say so)
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    let root = match workspace::root(root)? {
        Ok(root) => root,
        Err(outcome) => return Ok(outcome),
    };
    let files = read::registry(&root)?;
    let registry = pipeline::check(&files).registry;
    let prefix = registry.records.config.id_prefix();
    let slug = slug(&arguments.title);
    if slug.is_empty() {
        return Ok(usage(
            "the file is named after the title, which needs a few of the letters a to z or digits for that",
        ));
    }
    let name = format!("incidents/{prefix}-0000-{slug}.md");
    let text = record(arguments, prefix, &registry.records.taxonomy);
    if let Some(refused) = refused(&root, &name, &text)? {
        return Ok(refused);
    }
    let path = root.join(&name);
    if !write::create(&path, text.as_bytes())? {
        return Ok(usage(format!("`{}` is there already, and was left as it is", path.display())));
    }
    say(format_args!("wrote `{}`", path.display()));
    say("next: fill it in, run `registry lint` after each change, and open a pull request");
    Ok(Outcome::Clean)
}

/// Shows what lint says of the record, and refuses one with an error.
fn refused(root: &Path, name: &str, text: &str) -> Result<Option<Outcome>> {
    let present = read::registry(root)?;
    let others = present.iter().filter(|(_, file)| file.path != name && file.unreadable.is_none());
    let mut files: Vec<File> =
        others.map(|(_, file)| File::new(file.path.clone(), file.text.clone())).collect();
    files.push(File::new(name, text));
    let files = Files::new(files);
    let mut diagnostics = pipeline::check(&files).diagnostics;
    let new = files.by_path(name).context("the new record is among the files")?;
    diagnostics.retain(|diagnostic| diagnostic.primary.span.file == new);
    if diagnostics.is_empty() {
        return Ok(None);
    }
    output::show(&diagnostics, &files)?;
    if diagnostics.count(Severity::Error) == 0 {
        return Ok(None);
    }
    say("nothing was written: the flags make a record that does not lint");
    Ok(Some(Outcome::Findings))
}

/// The text of the record, in block style.
fn record(arguments: &Arguments, prefix: &str, taxonomy: &Taxonomy) -> String {
    let title = arguments.title.trim();
    let summary = arguments.summary.clone().unwrap_or_else(|| format!("{title}. {}", draft::SUMMARY));
    let labels: Vec<String> =
        taxonomy.severity.iter().map(|it| format!("{} {}", it.level.value, it.label.value)).collect();
    let impacts = taxonomy.ids(Vocabulary::Impacts).join(", ");
    let mut sources = String::new();
    let mut cited = String::new();
    for (at, url) in arguments.sources.iter().enumerate() {
        let (id, host) = (format!("source-{}", at + 1), host(url));
        let _ = write!(
            sources,
            "  {id}:\n    title: {}\n    publisher: {}\n    url: {}\n    kind: {}\n",
            quoted(&draft::source_title(host)),
            quoted(host),
            quoted(url),
            quoted(&arguments.source_kind),
        );
        let _ = writeln!(cited, "      - {id}");
    }
    format!(
        "---
id: {prefix}-0000
title: {title_text}
kind: incident              # incident | near-miss | demonstration
status: draft               # draft | published | disputed | withdrawn | merged
occurred: {occurred}
severity: {severity}                 # {labels}
severity_basis:
  - f1
systems:
  - {system}
# impacts:                  # {impacts}
#   - service-interruption
summary: {summary}
sources:                    # title and publisher as the publication gives them
{sources}verified:                   # one sentence each, that a source says and that could be true or false
  - id: f1
    text: {fact}
    sources:
{cited}# unconfirmed:              # what the sources do not say, and where you looked
#   - id: u1
#     text: The action went through a deploy pipeline.
#     looked_in:
#       - source-1
#     looked_on: 2026-01-31
attribution: anonymous
---

## What happened

{body} [f1].
",
        title_text = quoted(title),
        occurred = quoted(&arguments.occurred),
        severity = arguments.severity,
        labels = labels.join(", "),
        system = quoted(&arguments.system),
        summary = quoted(&summary),
        fact = quoted(&format!("{title}.")),
        body = title.replace(['[', ']', '<', '>'], ""),
    )
}

/// Text as YAML reads it back: bare where that is safe, else in double quotes, whose escapes are JSON's.
fn quoted(text: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || " ,.-/'()".contains(character);
    let bare = text.starts_with(char::is_alphanumeric)
        && text.chars().all(plain)
        && !text.ends_with(' ')
        && !matches!(text, "null" | "true" | "false");
    if bare { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// A file name from a title: its first words, in lower-case letters and digits.
fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words =
        lower.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words
        .take(7)
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .take(60)
        .collect::<String>()
        .trim_end_matches('-')
        .to_owned()
}
