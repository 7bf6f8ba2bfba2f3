//! The straight line from files to findings, verdicts and a site. The only module that knows every phase.

use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use crate::check::{Change, Side};
use crate::diagnostic::{Diagnostics, Label};
use crate::files::{Base, FileId, Files};
use crate::model::config::Config;
use crate::model::incident::{Incident, RecordStatus};
use crate::model::output::Job;
use crate::model::registry::{Derivation, Registry, Verdicts};
use crate::model::rule::RulePage;
use crate::model::tree::Document;
use crate::render::{Site, Theme};
use crate::write::{Place, Written};
use crate::{across, check, derive, export, link, parse, read, render, write};

/// A registry, judged.
#[derive(Debug)]
pub struct Checked {
    /// The records with every reference resolved.
    pub registry: Registry,
    /// What the evidence says of each.
    pub verdicts: Verdicts,
    /// Every finding, sorted.
    pub diagnostics: Diagnostics,
}

/// Files to findings and verdicts. Pure: the editor, CI and the site ask the same question.
pub fn check(files: &Files) -> Checked {
    judged(files, None)
}

/// A path of one's own, or a record that need not be the registry's, judged by the gates and vocabularies beside it. Of
/// that file, only findings that bear on its path are told.
pub fn own_path(files: &Files, own: FileId) -> Checked {
    let mut checked = judged(files, Some(own));
    checked.diagnostics.retain(|found| found.primary.span.file != own || check::bears_on_a_path(found));
    checked
}

fn judged(files: &Files, own: Option<FileId>) -> Checked {
    let mut diagnostics = Diagnostics::default();
    check::files(files, &mut diagnostics);
    // A tree is judged while it lives: keeping those of all files would triple the memory. And an incident while it is
    // at hand, here and once its verdicts are derived: to fetch all of them again takes as long as judging them.
    let tree = |tree: &mut Document<'_>, found: &mut Diagnostics| check::document(files, tree, found);
    let incident = |incident: &Incident, found: &mut Diagnostics| check::incident(files, incident, found);
    let records = parse::records(files, own, tree, incident, &mut diagnostics);
    check::records(files, &records, &mut diagnostics);
    let registry = link::registry(records);
    let verdicts = derived(files, &registry, &mut diagnostics);
    check::allows(&registry.records, &mut diagnostics);
    check::levels(&registry.records, &mut diagnostics);
    Checked { registry, verdicts, diagnostics: diagnostics.redacted(files).finish() }
}

/// The verdicts, and what can be said of each incident once it has its own.
fn derived(files: &Files, registry: &Registry, diagnostics: &mut Diagnostics) -> Verdicts {
    let judge = |incident: &Incident| {
        let (derivation, mut found) = (derive::derivation(incident, registry), Diagnostics::default());
        check::derived(files, incident, registry, &derivation, &mut found);
        (derivation, found)
    };
    let judged: Vec<(Derivation, Diagnostics)> = registry.records.incidents.par_iter().map(judge).collect();
    let keep = |(derivation, found)| {
        diagnostics.append(found);
        derivation
    };
    Verdicts { derivations: judged.into_iter().map(keep).collect() }
}

/// A change to findings and verdicts: judged by the policy it was made under as well as its own, so that no change
/// lowers the rules it is judged by, and compared with what it starts from.
pub fn check_change(files: &Files, base: &Base) -> Checked {
    let (before, after) = (check(&base.files), check(files));
    let mut diagnostics = Diagnostics::default();
    let change = Change {
        base: Side { files: &base.files, registry: &before.registry, verdicts: &before.verdicts },
        head: Side { files, registry: &after.registry, verdicts: &after.verdicts },
        workflows: &base.workflows,
    };
    check::change(&change, &mut diagnostics);
    check::levels(&before.registry.records, &mut diagnostics);
    if !base.has_policy_of(files) {
        diagnostics.append(under_old_policy(files, base));
    }
    diagnostics.append(after.diagnostics);
    Checked { diagnostics: diagnostics.redacted(files).finish(), ..after }
}

/// What the policy before a change says of the records after it. Its own places are not those of the files shown.
fn under_old_policy(files: &Files, base: &Base) -> Diagnostics {
    let files = base.with_policy(files);
    let is_shown = |label: &Label| !Base::is_policy(&files.get(label.span.file).path);
    let mut diagnostics = Diagnostics::default();
    for mut diagnostic in check(&files).diagnostics {
        diagnostic.related.retain(is_shown);
        if is_shown(&diagnostic.primary) {
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

/// A judged registry to a site on disk, whole or not at all. The caller has seen that nothing refuses it.
pub fn build(files: &Files, checked: &Checked, theme: &Theme, place: &Place) -> Result<Written> {
    let rules = rules();
    let questions = across::questions(&checked.registry, &checked.verdicts);
    let site = render::site(files, &checked.registry, &checked.verdicts, &questions, &rules, theme);
    let jobs = jobs(&site, &checked.registry, &checked.verdicts);
    write::site(place, &jobs, || site.verify(&jobs))
}

/// Every file of a site: its pages and its data.
pub fn jobs<'a>(site: &'a Site<'a>, registry: &'a Registry, verdicts: &'a Verdicts) -> Vec<Job<'a>> {
    let mut jobs = site.jobs();
    jobs.extend(export::jobs(registry, verdicts));
    jobs
}

/// The same registry with its drafts among the cases, for whoever writes one. Findings and verdicts stay a draft's.
pub fn with_drafts(mut checked: Checked) -> Checked {
    for incident in checked.registry.records.incidents.iter_mut().filter(|incident| !incident.is_public()) {
        incident.fields.status.value = RecordStatus::Published;
    }
    Checked { registry: link::registry(checked.registry.records), ..checked }
}

/// The rules as a reader meets them, for their pages.
pub fn rules() -> Vec<RulePage> {
    let page = |rule: &&check::Rule| RulePage {
        code: rule.code.0,
        name: rule.name,
        severity: rule.severity.word(),
        docs: rule.docs,
    };
    check::RULES.iter().map(page).collect()
}

/// The look of a registry's site: what the program holds, with the registry's own over it.
pub fn theme(root: &Path, config: &Config) -> Result<Theme> {
    Theme::new(config, &read::templates(root)?, read::statics(root)?)
}
