//! `registry rules`: the table of rules.

use std::io::{self, Write};

use anyhow::Result;
use clap::ValueEnum;

use crate::check::RULES;
use crate::cli::{Outcome, output};
use crate::emit;

/// List every rule with the level it has unless `registry.toml` says otherwise
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How the rules are written to standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people: one line a rule
    Human,
    /// Everything, with each rule's page, for scripts; `registry schema rules` prints its schema
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome> {
    output::print(|_, out| match arguments.format {
        Format::Human => list(out),
        Format::Json => emit::rules::write(&output::rules(Some("")), out),
    })?;
    Ok(Outcome::Clean)
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    RULES
        .iter()
        .try_for_each(|rule| writeln!(out, "{}  {:<8} {}", rule.code, rule.severity.word(), rule.name))
}
