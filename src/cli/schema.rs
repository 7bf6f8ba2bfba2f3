//! `registry schema KIND`: the JSON Schema of a kind of file, with this registry's terms, for editors.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::check;
use crate::cli::{Outcome, say, workspace};
use crate::model::registry::Registry;
use crate::model::tree::DocumentKind;
use crate::{pipeline, read};

/// Print the JSON Schema (2020-12) of a kind of file, with this registry's terms
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
}

impl From<Kind> for DocumentKind {
    fn from(kind: Kind) -> DocumentKind {
        match kind {
            Kind::Incident => DocumentKind::Incident,
            Kind::Gate => DocumentKind::Gate,
            Kind::Taxonomy => DocumentKind::Taxonomy,
            Kind::Entities => DocumentKind::Entities,
            Kind::Config => DocumentKind::Config,
        }
    }
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    let registry = if let Some(root) = workspace::find(root)? {
        pipeline::check(&read::registry(&root)?).registry
    } else {
        say("note: there is no registry here, so the schema names no terms");
        Registry::default()
    };
    let schema = check::schema_with_terms(arguments.kind.into(), &registry, !arguments.closed);
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
