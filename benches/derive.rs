//! Times the derivation by itself, with nothing read or written: every statement's status, and every gate's verdict on
//! every incident, on one thread and on all.
//!
//! `cargo run --release --example derive -- FOLDER` takes a registry, such as one that the example `corpus` makes.

use std::io::{Write as _, stdout};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use incident_registry::model::registry::{Derivation, Registry};
use incident_registry::{derive, pipeline, read};
use rayon::prelude::*;

const RUNS: usize = 9;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).context("name the folder of a registry")?;
    let registry = pipeline::check(&read::registry(&folder)?).registry;
    let (incidents, gates) = (registry.records.incidents.len(), registry.records.gates.len());
    let mut out = stdout().lock();
    writeln!(out, "{incidents} incidents, {gates} gates")?;
    for (threads, name) in [(1, "one thread"), (0, "all threads")] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let mut times: Vec<Duration> = (0..RUNS).map(|_| pool.install(|| timed(&registry))).collect();
        times.sort();
        let (fastest, median) = (times.first(), times.get(RUNS / 2));
        let (fastest, median) = fastest.zip(median).ok_or_else(|| anyhow!("nothing was timed"))?;
        writeln!(out, "{name}: fastest {fastest:.1?}, median {median:.1?}")?;
    }
    Ok(())
}

fn timed(registry: &Registry) -> Duration {
    let start = Instant::now();
    let incidents = registry.records.incidents.par_iter();
    let derivations: Vec<Derivation> = incidents.map(|it| derive::derivation(it, registry)).collect();
    let taken = start.elapsed();
    drop(std::hint::black_box(derivations));
    taken
}
