//! R06: a vocabulary that contradicts itself, or the code that reads it.

use std::collections::BTreeMap;

use super::{Check, Code, Incident, Records, Reporter, Rule, Severity, Slug, Span, Spanned};
use crate::check::similar;
use crate::model::statement::SourceKind;
use crate::model::taxonomy::{Taxonomy, Vocabulary};

pub(crate) static RULE: Rule = Rule {
    code: Code("R06"),
    name: "taxonomy-invalid",
    severity: Severity::Error,
    docs: include_str!("taxonomy_invalid.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let taxonomy = &records.taxonomy;
    if let (None, Some(config)) = (taxonomy.file, records.config.file) {
        let help = "`registry init` in an empty folder writes one; copy it here and change it to your needs";
        reporter.report(Span::new(config, 0..0), "there is no `taxonomy.yaml` beside this file", help);
    }
    if taxonomy.without_entities {
        no_entities(records, reporter);
    }
    for vocabulary in Vocabulary::ALL {
        let noun = vocabulary.noun();
        match vocabulary {
            Vocabulary::Registries => unique(noun, taxonomy.registries.iter().map(|it| &it.id), reporter),
            _ => unique(noun, taxonomy.terms(vocabulary).iter().map(|term| &term.id), reporter),
        }
    }
    unique("source kind", taxonomy.source_kinds.iter().map(|term| &term.id), reporter);
    entities(taxonomy, reporter);
    // Without the file there is nothing to compare; a part that could not be read was reported as such.
    let sound = |key: &str| taxonomy.file.is_some() && !taxonomy.misshapen.iter().any(|field| field == key);
    if sound("severity") {
        severity(taxonomy, reporter);
    }
    if sound("source_kinds") {
        source_kinds(taxonomy, reporter);
    }
    if sound("floors") && sound("impacts") {
        floors(taxonomy, reporter);
    }
}

/// Without the file every name in it would be unknown: the cause is one.
fn no_entities(records: &Records, reporter: &mut Reporter<'_>) {
    let named: Vec<Span> = records.incidents.iter().filter_map(names_entity).collect();
    let Some(first) = named.first() else { return };
    let taxonomy = &records.taxonomy;
    let beside = records.config.file.or(taxonomy.file);
    let place = taxonomy.entities_file.or(beside).map_or(*first, |file| Span::new(file, 0..0));
    let name = if taxonomy.entities_file.is_some() {
        "`entities.yaml` is empty"
    } else {
        "there is no `entities.yaml`"
    };
    let records =
        if named.len() == 1 { "1 record names".to_owned() } else { format!("{} records name", named.len()) };
    let help = "write it: under `systems:` and `organisations:` one entry with `id`, `name` and `description` for each; a file with another name, such as `entities.yml`, is not read";
    let finding = reporter.at(place, format!("{name}, and {records} systems or organisations"));
    reporter.push(finding.help(help).related(*first, "named here, for one"));
}

/// Where a record first names a system or an organisation as such.
fn names_entity(incident: &Incident) -> Option<Span> {
    let parties = incident.responses.iter().map(|response| &response.party);
    let actors = incident.path.iter().filter_map(|step| step.actor.as_ref());
    let named = incident.systems.iter().chain(&incident.operators).chain(parties).chain(actors);
    named.map(|id| id.span).min()
}

fn unique<'a>(noun: &str, ids: impl Iterator<Item = &'a Spanned<Slug>>, reporter: &mut Reporter<'_>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for id in ids.filter(|id| !id.value.is_empty()) {
        let first = *seen.entry(&id.value).or_insert(id.span);
        if first != id.span {
            let diagnostic = reporter.at(id.span, format!("the {noun} `{}` is defined twice", id.value));
            let diagnostic = diagnostic
                .label("again here")
                .help("keep one of the two, or give the second an id of its own");
            reporter.push(diagnostic.related(first, "first here"));
        }
    }
}

/// A step's `actor` may be a system or an organisation, so one id cannot be both.
fn entities(taxonomy: &Taxonomy, reporter: &mut Reporter<'_>) {
    let systems: BTreeMap<&str, Span> =
        taxonomy.systems.iter().map(|term| (&*term.id.value, term.id.span)).collect();
    for id in taxonomy.organisations.iter().map(|term| &term.id).filter(|id| !id.value.is_empty()) {
        if let Some(system) = systems.get(&*id.value) {
            let message = format!("`{}` is an organisation and a system", id.value);
            let help = "give one of the two another id: an `actor` names either, and must not mean both";
            let diagnostic = reporter.at(id.span, message).help(help).related(*system, "the system");
            reporter.push(diagnostic);
        }
    }
}

fn severity(taxonomy: &Taxonomy, reporter: &mut Reporter<'_>) {
    let rows = &taxonomy.severity;
    let wrong = rows.iter().zip(1..).find(|(row, level)| row.level.value != *level || *level > 5);
    if wrong.is_none() && rows.len() == 5 {
        return;
    }
    let row = wrong.map(|(row, _)| row).or(rows.last());
    let levels: Vec<String> = rows.iter().map(|row| row.level.value.to_string()).collect();
    let message = match levels.as_slice() {
        [] => "there is no level of severity".to_owned(),
        _ => format!("the levels of severity are {}", levels.join(", ")),
    };
    let help = "define the levels 1, 2, 3, 4 and 5, each once, in that order";
    reporter.report(row.map_or(top(taxonomy), |row| row.level.span), message, help);
}

/// How far each kind of source carries is decided in the code, so the list can be described but not changed.
fn source_kinds(taxonomy: &Taxonomy, reporter: &mut Reporter<'_>) {
    let all = SourceKind::ALL.map(SourceKind::id);
    let ids = || taxonomy.source_kinds.iter().map(|term| &term.id);
    let unknown: Vec<_> = ids().filter(|id| !id.value.is_empty() && !all.contains(&&*id.value)).collect();
    for id in &unknown {
        let message = format!("no source kind is called `{}`", id.value);
        reporter.report(id.span, message, similar::suggest(&id.value, &all));
    }
    let lacking: Vec<&str> = all.into_iter().filter(|kind| !ids().any(|id| *id.value == **kind)).collect();
    if unknown.is_empty() && !lacking.is_empty() {
        let place = ids().next_back().map_or(top(taxonomy), |id| id.span);
        let help = "describe every kind: records may use each of them";
        reporter.report(place, format!("`source_kinds` lacks {}", similar::list(&lacking)), help);
    }
}

fn floors(taxonomy: &Taxonomy, reporter: &mut Reporter<'_>) {
    let known = taxonomy.ids(Vocabulary::Impacts);
    for floor in &taxonomy.floors {
        if floor.usd.is_none() && floor.hours.is_none() && floor.impacts.is_empty() {
            let help = "add `usd`, `hours` or `impacts`, or remove the floor: without one it applies to every record";
            reporter.report(floor.level.span, "this floor names no condition", help);
        }
        for id in floor.impacts.iter().filter(|id| !id.value.is_empty() && !known.contains(&&*id.value)) {
            let message = format!("this floor names the unknown impact `{}`", id.value);
            reporter.report(id.span, message, similar::suggest(&id.value, &known));
        }
    }
}

/// Where to point when something is not there at all.
fn top(taxonomy: &Taxonomy) -> Span {
    taxonomy.file.map_or(Span::default(), |file| Span::new(file, 0..0))
}
