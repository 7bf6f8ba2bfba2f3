//! `registry rules`: the table of rules.

use std::io::Write;

use anyhow::{Context, Result};

use crate::check::RULES;
use crate::cli::Outcome;

/// List every rule with its level
#[derive(clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: &Arguments) -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    for rule in RULES {
        let line = writeln!(out, "{}  {:<8} {}", rule.code, rule.severity.word(), rule.name);
        match line {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => break,
            other => other.context("could not write to standard output")?,
        }
    }
    Ok(Outcome::Clean)
}
