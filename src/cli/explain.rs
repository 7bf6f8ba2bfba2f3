//! `registry explain CODE | ID`: a rule's page, or why a gate would, or would not, have blocked.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

use crate::check::{self, RULES};
use crate::cli::{Outcome, say, usage, workspace};
use crate::model::id::IncidentId;
use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Registry};
use crate::model::verdict::Verdict;
use crate::{explain, export};
use crate::{pipeline, read};

/// Explain a rule (`E09`), or the verdicts of a case (`APM-0005`)
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The code or name of a rule, or the id of an incident
    #[arg(value_name = "CODE|ID")]
    subject: String,
    /// Only this gate
    #[arg(long, value_name = "GATE")]
    gate: Option<String>,
    /// Print the derivation as JSON: statements with what they rest on, conditions, the row that decided, what would
    /// change it, and the words of the card
    #[arg(long)]
    json: bool,
}

pub(super) fn run(root: Option<&Path>, arguments: &Arguments) -> Result<Outcome> {
    let (prefix, rest) = arguments.subject.split_once('-').unwrap_or((&arguments.subject, ""));
    // `apm-0005` is what people type.
    let subject =
        if rest.is_empty() { prefix.to_owned() } else { format!("{}-{rest}", prefix.to_uppercase()) };
    if let Some(rule) = check::rule(&arguments.subject) {
        return print(rule.docs);
    }
    if IncidentId::new(&subject).is_none() {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.code.0).collect();
        return Ok(usage(format!(
            "`{}` is neither a rule nor an incident id\n  help: rules are {} to {}, see `registry rules`; an incident is `APM-0005`",
            arguments.subject.escape_debug(),
            known.first().unwrap_or(&""),
            known.last().unwrap_or(&""),
        )));
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
    if let Some(gate) = arguments.gate.as_deref().filter(|gate| registry.gate(gate).is_none()) {
        let known: Vec<&str> = registry.gate_index.keys().map(String::as_str).collect();
        return Ok(usage(format!(
            "there is no gate `{}`\n  help: gates are {}",
            gate.escape_debug(),
            known.join(", ")
        )));
    }
    let file = registry.records.incidents[at].file;
    if checked.diagnostics.in_file(file).next().is_some() {
        say(format_args!(
            "note: `registry lint` has findings on {}; the derivation may change with them",
            arguments.subject
        ));
    }
    if arguments.json {
        let (incident, derivation) = (&registry.records.incidents[at], &checked.verdicts.derivations[at]);
        let data = export::derivation(registry, incident, derivation, arguments.gate.as_deref());
        let text = serde_json::to_string_pretty(&data).context("could not write the derivation as JSON")?;
        return print(&format!("{text}\n"));
    }
    print(&derivation(registry, at, &checked.verdicts.derivations[at], arguments.gate.as_deref()))
}

fn unknown_incident(registry: &Registry, id: &str) -> Outcome {
    if registry.knows_incident(id) {
        return usage(format!("`{id}` cannot be read; `registry lint` says why"));
    }
    let ids: Vec<&str> = registry.incident_index.keys().map(String::as_str).take(12).collect();
    usage(format!("there is no incident `{id}`\n  help: the registry holds {}", ids.join(", ")))
}

/// The whole answer for one incident.
fn derivation(registry: &Registry, at: usize, derivation: &Derivation, gate: Option<&str>) -> String {
    let incident = &registry.records.incidents[at];
    let mut out = format!("{} {}\n", incident.handle, incident.title.value);
    if incident.path.is_empty() {
        out.push_str("Not assessed: the record has no action path. Add a `path` to have its gates judged.\n");
    }
    let shown = match gate {
        Some(gate) => derivation.judgement(gate).into_iter().collect(),
        None => explain::shown(incident, derivation),
    };
    for judgement in &shown {
        if let Some(card) = explain::card(registry, incident, judgement) {
            out.push('\n');
            out.push_str(&explain::terminal(&card));
        }
    }
    let rest = not_applicable(registry, incident, derivation);
    if gate.is_none() && !rest.is_empty() {
        out.push('\n');
        out.push_str(&explain::not_applicable_line(&rest));
        out.push('\n');
    }
    crate::diagnostic::escape_lines(&out)
}

fn not_applicable<'a>(registry: &'a Registry, incident: &Incident, derivation: &Derivation) -> Vec<&'a str> {
    if incident.path.is_empty() {
        return Vec::new();
    }
    let judged = derivation.judgements.iter().filter(|judgement| judgement.verdict == Verdict::NotApplicable);
    judged.filter_map(|judgement| registry.gate(&judgement.gate)).map(|gate| gate.name.as_str()).collect()
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
