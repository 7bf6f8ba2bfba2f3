//! `registry schema KIND`: the JSON Schema of a kind of file, with this registry's terms, for editors; and of findings and rules.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::check;
use crate::cli::{Outcome, say, workspace};
use crate::model::registry::Registry;
use crate::model::tree::DocumentKind;
use crate::{emit, pipeline, read};

/// Print the JSON Schema (2020-12) of a kind of file, with this registry's terms, or of what lint and rules write
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The kind of file
    #[arg(value_enum, default_value_t = Kind::Incident)]
    kind: Kind,
    /// Leave out the terms that a pull request may add (systems, organisations)
    #[arg(long)]
    closed: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Incident,
    Gate,
    Taxonomy,
    Entities,
    Config,
    /// What `registry explain --file` reads
    Path,
    /// What `registry lint --format json` writes
    Lint,
    /// What `registry rules --format json` writes
    Rules,
}

impl Kind {
    /// The kind of file, if it is one.
    fn document(self) -> Option<DocumentKind> {
        match self {
            Kind::Incident => Some(DocumentKind::Incident),
            Kind::Gate => Some(DocumentKind::Gate),
            Kind::Taxonomy => Some(DocumentKind::Taxonomy),
            Kind::Entities => Some(DocumentKind::Entities),
            Kind::Config => Some(DocumentKind::Config),
            Kind::Path => Some(DocumentKind::Path),
            Kind::Lint | Kind::Rules => None,
        }
    }
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    let schema = match (arguments.kind, arguments.kind.document()) {
        (_, Some(kind)) => check::schema_with_terms(kind, &registry(root)?, !arguments.closed),
        (Kind::Rules, None) => emit::rules::schema(),
        (_, None) => emit::json::schema(),
    };
    let mut text = serde_json::to_string_pretty(&schema).context("could not write the schema as JSON")?;
    text.push('\n');
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("could not write to standard output")
        }
        _ => Ok(Outcome::Clean),
    }
}

/// The registry whose terms the schema names, if there is one.
fn registry(root: Option<&Path>) -> Result<Registry> {
    if let Some(root) = workspace::find(root)? {
        return Ok(pipeline::check(&read::registry(&root)?).registry);
    }
    say("note: there is no registry here, so the schema names no terms");
    Ok(Registry::default())
}
