//! A seed and a number in, a whole registry of that many invented records out: the same bytes for the same two.
//! Verdicts are not guessed: each batch is judged by the program itself and its pins are what that derived.
#![allow(
    clippy::needless_pass_by_value,
    clippy::format_collect,
    clippy::ref_option,
    reason = "a generator that runs once: values are built to be handed over"
)]

mod case;
mod random;
mod words;
mod yaml;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use chrono::{Days, NaiveDate};
use clap::Parser;
use incident_registry::files::{File, Files};
use incident_registry::{pipeline, write};
use serde_json::{Value, json};

use crate::case::Case;
use crate::words::{COMPANY_NAMES, COMPANY_TRADES, SYSTEM_NAMES, SYSTEM_ROLES};

/// Writes a registry of invented records that is valid under every rule.
#[derive(Parser)]
struct Arguments {
    /// How many records
    #[arg(long, default_value_t = 1000)]
    records: u32,
    /// The same seed and number give the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A new or empty folder
    out_dir: PathBuf,
}

const CONFIG: &str = r#"title = "A generated corpus"
base_url = "https://corpus.example/"
id_prefix = "APM"
repository = "https://code.example/corpus"
"#;

macro_rules! policy {
    ($($path:literal),+) => { [$(($path, include_str!(concat!("../", $path)))),+] };
}

/// The repository's own policy, which the records are judged by.
static POLICY: [(&str, &str); 12] = policy![
    "taxonomy.yaml",
    "gates/access-grant.md",
    "gates/credential.md",
    "gates/data-mutation.md",
    "gates/deploy.md",
    "gates/infrastructure.md",
    "gates/merge.md",
    "gates/outbound-message.md",
    "gates/publish.md",
    "gates/runtime.md",
    "gates/tool-call.md",
    "gates/value-transfer.md"
];

/// So many records are in memory at once.
const BATCH: u32 = 1000;

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let (records, out) = (arguments.records, &arguments.out_dir);
    if out.exists()
        && !(out.is_dir() && out.read_dir().context("could not list the folder")?.next().is_none())
    {
        let mut stderr = std::io::stderr().lock();
        writeln!(stderr, "error: `{}` is not an empty folder; name one that is new or empty", out.display())?;
        return Ok(ExitCode::from(2));
    }
    let vocabularies = vocabularies();
    for (path, text) in &vocabularies {
        write::create(&out.join(path), text.as_bytes())?;
    }
    let ledger: String =
        (1..=records).map(|number| format!("{} {}\n", id(number), filed(number, records))).collect();
    write::create(&out.join("incidents/ids.lock"), ledger.as_bytes())?;
    let mut titles = BTreeSet::new();
    for first in (1..=records).step_by(BATCH as usize) {
        let numbers = first..=records.min(first + BATCH - 1);
        let cases = numbers.map(|number| Case::new(arguments.seed, number, records, &mut titles)).collect();
        write_batch(out, &vocabularies, cases)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Judges records that have no pins yet, then writes them with the verdicts that were derived.
fn write_batch(out: &Path, vocabularies: &[(String, String)], mut cases: Vec<Case>) -> Result<()> {
    let drafts = cases.iter().map(|case| (case.path(), case.text()));
    let files = vocabularies.iter().cloned().chain(drafts).map(|(path, text)| File::new(path, text));
    let checked = pipeline::check(&Files::new(files.collect()));
    for case in &mut cases {
        let at = checked.registry.incident_index[&id(case.number)];
        case.map_gates(&checked.verdicts.derivations[at]);
        write::create(&out.join(case.path()), case.text().as_bytes())?;
    }
    Ok(())
}

/// Every file of the registry but its records, by path.
fn vocabularies() -> Vec<(String, String)> {
    let files = POLICY.into_iter().chain([("registry.toml", CONFIG)]);
    let mut files: Vec<_> = files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    let entities = json!({
        "systems": terms(&SYSTEM_NAMES, &SYSTEM_ROLES, "An invented assistant that"),
        "organisations": terms(&COMPANY_NAMES, &COMPANY_TRADES, "An invented company that"),
    });
    files.push(("entities.yaml".into(), entities.as_object().map(yaml::document).unwrap_or_default()));
    files
}

fn terms(names: &[&str], kinds: &[&str], what: &str) -> Vec<Value> {
    let pairs = names.iter().flat_map(|name| kinds.iter().map(move |kind| format!("{name} {kind}")));
    pairs
        .map(
            |it| json!({"id": slug(&it), "name": it, "description": format!("{what} appears as {it} here.")}),
        )
        .collect()
}

/// Text as an id: `Marlin Desk` is `marlin-desk`.
fn slug(text: &str) -> String {
    text.to_lowercase().replace(' ', "-")
}

fn id(number: u32) -> String {
    format!("APM-{number:04}")
}

/// Numbers are minted in order, all within one year.
fn filed(number: u32, records: u32) -> NaiveDate {
    let day = u64::from(number) * 280 / u64::from(records.max(1));
    NaiveDate::from_yo_opt(2026, 1).unwrap_or_default() + Days::new(day)
}
