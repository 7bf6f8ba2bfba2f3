//! `registry serve`: the site on this machine, which follows every change to the records.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::cli::{Outcome, say, workspace};
use crate::serve::{self, Listener, News};
use crate::{diagnostic, emit};

/// Tried first when no port is asked for, and then the next few.
const DEFAULT_PORT: u16 = 4100;
/// How many ports are tried.
const TRIED: u16 = 20;
/// The errors that are printed after each check; the browser shows all.
const MOST_LINES: usize = 10;

/// Show the site in a browser while you write: reloads when a file is saved, lists the findings over the page
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The port to listen on, 0 for any that is free; without it the first free one from 4100 on
    #[arg(long)]
    port: Option<u16>,
    /// Open the site in the default browser
    #[arg(long)]
    open: bool,
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    let root = match workspace::root(root)? {
        Ok(root) => root,
        Err(outcome) => return Ok(outcome),
    };
    let listener = listen(arguments.port)?;
    let address = listener.address();
    print(&format!("{address} shows the registry, to this machine only; Ctrl-C ends it"));
    if arguments.open {
        open(&address);
    }
    serve::run(&root, listener, tell)?;
    Ok(Outcome::Clean)
}

/// The address stands alone on standard output, so that a script can take it.
fn print(line: &str) {
    let mut out = anstream::stdout();
    // A server whose output nobody reads still serves.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

fn listen(port: Option<u16>) -> Result<Listener> {
    let wanted = port.unwrap_or(DEFAULT_PORT);
    let last = if port.is_none() { wanted + TRIED - 1 } else { wanted };
    for port in wanted..=last {
        match serve::listen(port) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            listener => return listener.with_context(|| format!("could not listen on port {port}")),
        }
    }
    let ports =
        if wanted == last { format!("port {wanted} is") } else { format!("ports {wanted} to {last} are") };
    Err(anyhow!(
        "{ports} in use\n  help: end what listens there, or choose another with --port; 0 takes any that is free"
    ))
}

fn tell(news: &News) {
    match news {
        News::Trouble(text) => say(format_args!("error: {}", diagnostic::escape_lines(text))),
        News::Checked { errors, warnings, lines } => {
            show(lines);
            say(summary(*errors, *warnings));
        }
    }
}

/// The first lines, and how many there are beyond them.
fn show(lines: &str) {
    lines.lines().take(MOST_LINES).for_each(say);
    let more = lines.lines().count().saturating_sub(MOST_LINES);
    if more > 0 {
        say(format_args!("and {} more", emit::plural(more, "error")));
    }
}

/// What a check came to, in one line.
fn summary(errors: usize, warnings: usize) -> String {
    let counts = [(errors, "error"), (warnings, "warning")];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, word)| emit::plural(*count, word)).collect();
    if counts.is_empty() {
        return "nothing to report".to_owned();
    }
    format!("{}; `registry lint` shows them", counts.join(", "))
}

/// Hands the address to the system's own way of opening one.
fn open(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        // Somebody has to ask how it ended, or the system keeps it.
        Ok(mut child) => drop(thread::spawn(move || child.wait())),
        Err(_) => say(format_args!("could not start a browser with `{program}`; open {address} yourself")),
    }
}
