//! The command line: arguments in, exit code out. One file for each command.

mod build;
mod coverage;
mod explain;
mod follow;
mod init;
mod known;
mod lint;
mod mend;
mod new;
mod output;
mod rules;
mod schema;
mod serve;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};

use crate::model::registry::Registry;

/// How a command ended. 3 is for failures of the environment, and clap itself exits with 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain of.
    Clean,
    /// Findings that refuse.
    Findings,
    /// The command was not understood, or the configuration is wrong.
    Usage,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Clean => ExitCode::SUCCESS,
            Outcome::Findings => ExitCode::from(1),
            Outcome::Usage => ExitCode::from(2),
        }
    }
}

/// Checks a folder of AI-agent incident records and derives whether an authorization gate would have blocked.
///
/// A registry is a folder with a `registry.toml`, records in `incidents/` and gates in `gates/`.
/// Commands look for it in the working directory and above.
#[derive(Parser)]
#[command(name = "registry", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 clean, 1 errors (or warnings with --deny-warnings), 2 usage or configuration, 3 the environment (disk, template, port).

First steps:
  registry init my-registry     a new registry that lints clean
  registry new --title \"...\"    a new record
  registry lint                 every mistake, at its place, with the way out
  registry explain E09          what a rule means
  registry explain APM-0005     why a gate would, or would not, have blocked
  registry coverage             what a set of gates could have done
  registry serve                the site on this machine, following every change
  registry build --out site     the site"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The registry's folder, instead of looking for `registry.toml` here and above
    #[arg(long, global = true, env = "REGISTRY_ROOT", value_name = "DIR")]
    root: Option<std::path::PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    Lint(lint::Arguments),
    Explain(explain::Arguments),
    Coverage(coverage::Arguments),
    Rules(rules::Arguments),
    Build(build::Arguments),
    Serve(serve::Arguments),
    New(new::Arguments),
    Init(init::Arguments),
    Schema(schema::Arguments),
}

/// Runs the command that the arguments name.
pub fn run() -> Result<Outcome> {
    let arguments = Arguments::parse();
    let choice = match arguments.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
    let root = arguments.root.as_deref();
    match arguments.command {
        Command::Lint(arguments) => lint::run(root, &arguments),
        Command::Explain(arguments) => explain::run(root, &arguments),
        Command::Coverage(arguments) => coverage::run(root, &arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Build(arguments) => build::run(root, &arguments),
        Command::Serve(arguments) => serve::run(root, &arguments),
        Command::New(arguments) => new::run(root, &arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Schema(arguments) => schema::run(root, &arguments),
    }
}

/// Something to tell the person at the terminal, on standard error.
fn say(text: impl std::fmt::Display) {
    use std::io::Write as _;
    // A closed standard error is nobody's mistake.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Says that there is no such gate, and which there are.
fn unknown_gate(registry: &Registry, id: &str) -> Outcome {
    let known: Vec<&str> = registry.gate_index.keys().map(String::as_str).collect();
    let near = |known: &&&str| strsim::jaro_winkler(&id.to_lowercase(), known);
    let nearest = known.iter().max_by(|a, b| near(a).total_cmp(&near(b))).filter(|known| near(known) >= 0.7);
    let help = match nearest {
        Some(nearest) => format!("did you mean `{nearest}`? gates are {}", known.join(", ")),
        None if known.is_empty() => {
            "this registry has no gates; `registry init` makes one that has".to_owned()
        }
        None => format!("gates are {}", known.join(", ")),
    };
    usage(format!("there is no gate `{}`\n  help: {help}", id.escape_debug()))
}

/// Says what was not understood and what to do instead.
fn usage(text: impl std::fmt::Display) -> Outcome {
    say(format_args!("error: {text}"));
    Outcome::Usage
}
