//! The repository's own records: what is derived of each stands in one reviewed snapshot, so that a change of a rule, a
//! table or a record shows what it moves; and together they keep what a reader is promised of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use incident_registry::model::incident::{Incident, RecordStatus};
use incident_registry::model::registry::Derivation;
use incident_registry::model::verdict::{Judgement, Verdict};
use incident_registry::pipeline::{self, Checked};
use incident_registry::read;

fn checked() -> Checked {
    let files = read::registry(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository can be read");
    pipeline::check(&files)
}

fn public(checked: &Checked) -> impl Iterator<Item = (&Incident, &Derivation)> {
    let all = checked.registry.records.incidents.iter().zip(&checked.verdicts.derivations);
    all.filter(|(incident, _)| incident.is_public())
}

#[test]
fn what_is_derived_of_every_record_is_what_was_reviewed() {
    let checked = checked();
    let told: String = public(&checked).map(|(incident, derivation)| told(incident, derivation)).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(".");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("first_corpus", told));
}

/// A record in a few lines: its severity, its statements by status, and the verdict of each gate that counts.
fn told(incident: &Incident, derivation: &Derivation) -> String {
    let ids = |ids: &[&str]| ids.join(" ");
    let basis: Vec<&str> = incident.severity_basis.iter().map(|id| &*id.value).collect();
    let kind = format!("{:?}", incident.kind.value).to_lowercase();
    let mut lines =
        vec![format!("{} {kind}, severity {}: {}", incident.handle, incident.severity.value, ids(&basis))];
    let mut statuses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (statement, status) in incident.statements().zip(&derivation.statuses) {
        statuses.entry(status.word()).or_default().push(&statement.id.value);
    }
    lines.extend(statuses.iter().map(|(word, those)| format!("  {word}: {}", ids(those))));
    lines.extend(derivation.judgements.iter().filter(|it| it.relevant).map(verdict));
    lines.join("\n") + "\n"
}

fn verdict(judgement: &Judgement) -> String {
    let basis = judgement.basis.map_or(String::new(), |basis| format!(", {}", basis.word()));
    let open: Vec<&str> = judgement.open.iter().map(|id| &**id).collect();
    let open = if open.is_empty() { String::new() } else { format!(", open {}", open.join(" ")) };
    format!("  {} {}{basis}{open}", judgement.gate, judgement.verdict.id())
}

#[test]
fn the_records_have_substance() {
    let checked = checked();
    let records: Vec<_> = public(&checked).collect();
    let median = |count: fn(&Incident) -> usize| {
        let mut counts: Vec<usize> = records.iter().map(|(incident, _)| count(incident)).collect();
        counts.sort_unstable();
        counts[counts.len() / 2]
    };
    let those = |which: fn(&Incident) -> bool| records.iter().filter(|(incident, _)| which(incident)).count();
    assert!(records.len() >= 60, "{} records", records.len());
    assert!(median(|it| it.verified.len()) >= 4 && median(|it| it.unconfirmed.len()) >= 2);
    assert!(those(|it| !it.path.is_empty()) >= 40);
    assert!(those(|it| it.gates.iter().any(|gate| gate.note.is_some())) >= 30);
    for (incident, _) in &records {
        let sections = incident.body.sections.iter();
        let words: usize = sections.map(|it| it.markdown.split_whitespace().count()).sum();
        assert!(words >= 80, "{} has {words} words", incident.handle);
        assert!(!incident.lessons.is_empty() && !incident.timeline.is_empty(), "{}", incident.handle);
    }
}

#[test]
fn no_lesson_is_told_twice() {
    let checked = checked();
    let mut told = BTreeSet::new();
    for (incident, _) in public(&checked) {
        for lesson in &incident.lessons {
            let words: Vec<String> = lesson.value.split_whitespace().map(str::to_lowercase).collect();
            assert!(told.insert(words.join(" ")), "{}: {}", incident.handle, lesson.value);
        }
    }
}

#[test]
fn every_gate_and_every_term_is_of_use_to_a_record() {
    let checked = checked();
    for gate in &checked.registry.records.gates {
        let judged = public(&checked).filter_map(|(_, derivation)| derivation.judgement(&gate.id.value));
        assert!(judged.into_iter().any(|it| it.relevant), "`{}` is relevant to no record", gate.id.value);
    }
    for verdict in [Verdict::OnlyIfRouted, Verdict::Unknown, Verdict::WouldNotBlock, Verdict::NotApplicable] {
        let all = public(&checked).flat_map(|(_, derivation)| &derivation.judgements);
        assert!(all.into_iter().any(|it| it.verdict == verdict), "no record reads {}", verdict.id());
    }
    let factors: BTreeSet<&str> =
        public(&checked).flat_map(|(it, _)| it.factors.iter().map(|(id, _)| &*id.value)).collect();
    for factor in &checked.registry.records.taxonomy.factors {
        assert!(factors.contains(&*factor.id.value), "no record has the factor `{}`", factor.id.value);
    }
}

#[test]
fn only_what_is_public_has_a_number() {
    for incident in &checked().registry.records.incidents {
        let is_draft = incident.status.value == RecordStatus::Draft;
        assert_eq!(incident.handle.contains("-0000-"), is_draft, "{}", incident.handle);
    }
}
