//! `registry explain CODE | ID | --file PATH`: a rule's page, or why a gate would, or would not, have blocked.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::check::{self, RULES};
use crate::cli::{self, Outcome, output, say, usage, workspace};
use crate::diagnostic::{Diagnostics, Severity, escape, escape_lines};
use crate::files::Files;
use crate::model::id::IncidentId;
use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Registry};
use crate::model::verdict::Judgement;
use crate::pipeline::{self, Checked};
use crate::{emit, explain, export, read};

/// Explain a rule (`E09`), the verdicts of a case (`APM-0005`), or what the gates say of a path of your own (--file)
#[derive(clap::Args)]
#[command(after_long_help = "A path of your own:
  statements:                # how far each is carried; what is not listed counts as unknown
    f1: corroborated         # established | corroborated | reported | asserted | disputed | unknown
    f2: reported
  path:                      # as in a record
    - step: delete
      action: delete-infrastructure
      evidence: f1
      crosses: {deploy-pipeline: f2}

Exit codes: 0 answered, 1 the file has errors, 2 usage, 3 the environment.")]
pub(super) struct Arguments {
    /// The code or name of a rule, or the id of an incident
    #[arg(value_name = "CODE|ID", required_unless_present = "file", conflicts_with = "file")]
    subject: Option<String>,
    /// Judge the path in this file, by the gates and vocabularies of this registry: a YAML file with `statements` and
    /// `path`, or a whole record, which may stand anywhere
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only this gate
    #[arg(long, value_name = "GATE")]
    gate: Option<String>,
    /// Print the derivation as JSON: statements with what they rest on, conditions, the row that decided, what would
    /// change it, and the words of the card
    #[arg(long)]
    json: bool,
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    match &arguments.file {
        Some(file) => own(root, file, arguments),
        None => subject(root, arguments.subject.as_deref().unwrap_or_default(), arguments),
    }
}

/// What the gates say of a path that need not be in the registry.
fn own(root: Option<&Path>, path: &Path, arguments: &Arguments) -> Result<Outcome> {
    let root = match workspace::root(root)? {
        Ok(root) => root,
        Err(outcome) => return Ok(outcome),
    };
    let file = match read::named(path)? {
        Ok(file) => file,
        Err(why) => {
            let why = escape(&why);
            return Ok(usage(format!("{why}\n  help: name a YAML file with a `path`, or a record")));
        }
    };
    let (files, own) = read::policy(&root)?.with(file);
    let checked = pipeline::own_path(&files, own);
    if let Some(outcome) = unknown_gate(&checked.registry, arguments) {
        return Ok(outcome);
    }
    if checked.diagnostics.iter().any(|found| found.primary.span.file != own) {
        say(
            "note: `registry lint` has findings on what paths are judged by; the derivation may change with them",
        );
    }
    let mut found = checked.diagnostics.clone();
    found.retain(|diagnostic| diagnostic.primary.span.file == own);
    let at = checked.registry.records.incidents.iter().position(|incident| incident.file == own);
    match at.filter(|_| found.count(Severity::Error) == 0) {
        Some(at) => {
            output::show_beside(&found, &files);
            answer(&checked, at, arguments)
        }
        None => refuse(&found, &files, arguments),
    }
}

/// Says what is wrong with a file; a reader of JSON is not given anything else.
fn refuse(found: &Diagnostics, files: &Files, arguments: &Arguments) -> Result<Outcome> {
    if arguments.json {
        output::show_beside(found, files);
    } else {
        output::show(found, files)?;
    }
    say(format_args!("{}; nothing was judged", emit::summary(found, 1)));
    Ok(Outcome::Findings)
}

/// A rule's page, or a record's verdicts.
fn subject(root: Option<&Path>, named: &str, arguments: &Arguments) -> Result<Outcome> {
    let (prefix, rest) = named.split_once('-').unwrap_or((named, ""));
    // `apm-0005` is what people type.
    let subject =
        if rest.is_empty() { prefix.to_owned() } else { format!("{}-{rest}", prefix.to_uppercase()) };
    if let Some(rule) = check::rule(named) {
        if arguments.json || arguments.gate.is_some() {
            let help = "`registry rules --format json` prints every rule as data, with its page";
            return Ok(usage(format!(
                "--json and --gate are for an incident, and `{named}` is a rule\n  help: {help}"
            )));
        }
        return print(rule.docs);
    }
    if IncidentId::new(&subject).is_none() {
        return Ok(neither(named));
    }
    let root = match workspace::root(root)? {
        Ok(root) => root,
        Err(outcome) => return Ok(outcome),
    };
    let checked = pipeline::check(&read::registry(&root)?);
    let registry = &checked.registry;
    let Some(at) = registry.incident_index.get(&subject).copied() else {
        return Ok(unknown_incident(registry, &subject));
    };
    if let Some(outcome) = unknown_gate(registry, arguments) {
        return Ok(outcome);
    }
    let file = registry.records.incidents[at].file;
    if checked.diagnostics.in_file(file).any(check::bears_on_a_path) {
        say(format_args!(
            "note: `registry lint` has findings on {named}; the derivation may change with them"
        ));
    }
    answer(&checked, at, arguments)
}

/// Prints the derivation of one incident in the form that is asked for.
fn answer(checked: &Checked, at: usize, arguments: &Arguments) -> Result<Outcome> {
    let (registry, gate) = (&checked.registry, arguments.gate.as_deref());
    let (incident, derived) = (&registry.records.incidents[at], &checked.verdicts.derivations[at]);
    if arguments.json {
        let data = export::derivation(registry, incident, derived, gate);
        let text = serde_json::to_string_pretty(&data).context("could not write the derivation as JSON")?;
        return print(&format!("{text}\n"));
    }
    print(&derivation(registry, incident, derived, gate))
}

fn neither(named: &str) -> Outcome {
    let known: Vec<&str> = RULES.iter().map(|rule| rule.code.0).collect();
    // `E9` for `E09`.
    let padded =
        named.split_at_checked(1).map(|(family, number)| format!("{}{number:0>2}", family.to_uppercase()));
    if let Some(code) = padded.filter(|code| known.contains(&code.as_str())) {
        return usage(format!("there is no rule `{}`\n  help: did you mean `{code}`?", named.escape_debug()));
    }
    usage(format!(
        "`{}` is neither a rule nor an incident id\n  help: rules are {} to {}, see `registry rules`; an incident is \
         `APM-0005`; a file is named with --file",
        named.escape_debug(),
        known.first().unwrap_or(&""),
        known.last().unwrap_or(&""),
    ))
}

fn unknown_gate(registry: &Registry, arguments: &Arguments) -> Option<Outcome> {
    let gate = arguments.gate.as_deref().filter(|gate| registry.gate(gate).is_none())?;
    Some(cli::unknown_gate(registry, gate))
}

fn unknown_incident(registry: &Registry, id: &str) -> Outcome {
    if registry.knows_incident(id) {
        return usage(format!("`{id}` cannot be read; `registry lint` says why"));
    }
    let ids: Vec<&str> = registry.incident_index.keys().map(String::as_str).collect();
    usage(format!("there is no incident `{id}`\n  help: {}", check::suggest(id, &ids)))
}

/// The whole answer for one incident.
fn derivation(
    registry: &Registry,
    incident: &Incident,
    derivation: &Derivation,
    gate: Option<&str>,
) -> String {
    let mut out = match incident.assumed {
        Some(_) => format!("{}, with the statuses it gives its statements\n", incident.title.value),
        None => format!("{} {}\n", incident.handle, incident.title.value),
    };
    if incident.path.is_empty() {
        out.push_str("Not assessed: the record has no action path. Add a `path` to have its gates judged.\n");
    }
    let shown = match gate {
        Some(gate) => derivation.judgement(gate).into_iter().collect(),
        None => explain::shown(incident, derivation),
    };
    let name = |judgement: &&Judgement| registry.gate(&judgement.gate).map(|gate| gate.name.as_str());
    let names = |them: &[&Judgement]| them.iter().filter_map(name).collect::<Vec<_>>();
    let [uncovered, mut unspoken] = explain::left_out(derivation);
    if let Some(gate) = gate {
        unspoken.retain(|judgement| *judgement.gate == *gate);
        tell(&mut out, &names(&unspoken), explain::unspoken_line);
    }
    for judgement in &shown {
        if let Some(card) = explain::card(registry, incident, judgement) {
            out.push('\n');
            out.push_str(&explain::terminal(&card));
        }
    }
    if gate.is_none() {
        tell(&mut out, &names(&uncovered), explain::not_applicable_line);
        tell(&mut out, &names(&unspoken), explain::unspoken_line);
    }
    escape_lines(&out)
}

/// Adds a line about these gates, if there are any.
fn tell(out: &mut String, names: &[&str], line: fn(&[&str]) -> String) {
    if !names.is_empty() {
        out.extend(["\n", &line(names), "\n"]);
    }
}

fn print(text: &str) -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("could not write to standard output")
        }
        _ => Ok(Outcome::Clean),
    }
}
