//! The page of a case: statements with their sources, and what each gate would have done.

use anyhow::Result;
use serde::Serialize;

use crate::explain::{self, Card};
use crate::model::incident::{Autonomy, Incident, Loss};
use crate::model::taxonomy::Vocabulary;
use crate::model::verdict::Verdict;
use crate::render::Site;
use crate::render::markdown::{self, Targets};
use crate::render::view::{self, Case, SourceView, StatementView};

#[derive(Serialize)]
struct Page<'a> {
    case: Case<'a>,
    filed: Option<String>,
    disclosed: Option<String>,
    notice: Option<Notice<'a>>,
    glance: Vec<(&'static str, String)>,
    what_happened: Option<String>,
    after: Vec<Section<'a>>,
    technical: Vec<Section<'a>>,
    verified: Vec<StatementView<'a>>,
    unconfirmed: Vec<StatementView<'a>>,
    assessed: bool,
    cards: Vec<Card>,
    not_applicable: Vec<&'a str>,
    timeline: Vec<Event<'a>>,
    lessons: Vec<&'a str>,
    responses: Vec<ResponseView<'a>>,
    sources: Vec<SourceView<'a>>,
    further_reading: Vec<(&'a str, Option<&'a str>)>,
    corrections: Vec<(String, &'a str)>,
    related: Vec<Case<'a>>,
}

/// A state of the record that no reader may miss.
#[derive(Serialize)]
struct Notice<'a> {
    title: &'static str,
    text: &'a str,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct Section<'a> {
    heading: &'a str,
    html: String,
}

#[derive(Serialize)]
struct Event<'a> {
    date: Option<String>,
    text: &'a str,
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct ResponseView<'a> {
    party: &'a str,
    date: Option<String>,
    source: &'a str,
    text: &'a str,
}

pub(super) fn page(site: &Site<'_>, at: usize, incident: &Incident) -> Result<Vec<u8>> {
    let registry = site.registry;
    let derivation = &site.verdicts.derivations[at];
    let (verified, unconfirmed) = derivation.statuses.split_at(incident.verified.len());
    let shown = explain::shown(incident, derivation);
    let targets = Targets { registry, incident: Some((incident, derivation)), root: "../../" };
    let page = Page {
        case: view::case(registry, incident, derivation),
        filed: incident.filed.as_ref().map(|date| date.value.words()),
        disclosed: incident.disclosed.as_ref().map(|date| date.value.words()),
        notice: notice(incident),
        glance: glance(site, incident),
        what_happened: incident
            .body
            .section("What happened")
            .map(|section| markdown::html(section, &targets)),
        after: sections(incident, &targets, &["Why it matters", "Missing authorization check"]),
        technical: sections(incident, &targets, &["Technical read", "Notes"]),
        verified: view::statements(incident, &incident.verified, verified),
        unconfirmed: view::statements(incident, &incident.unconfirmed, unconfirmed),
        assessed: !incident.path.is_empty(),
        cards: shown.iter().filter_map(|judgement| explain::card(registry, incident, judgement)).collect(),
        not_applicable: not_applicable(site, at),
        timeline: timeline(incident),
        lessons: incident.lessons.iter().map(super::super::files::Spanned::as_str).collect(),
        responses: responses(site, incident),
        sources: incident
            .sources
            .iter()
            .map(|(id, source)| view::source(registry, incident, &id.value, source))
            .collect(),
        further_reading: incident
            .further_reading
            .iter()
            .map(|it| (it.title.as_str(), view::web(it.url.as_str())))
            .collect(),
        corrections: incident
            .corrections
            .iter()
            .map(|it| (it.date.value.words(), it.text.as_str()))
            .collect(),
        related: related(site, at),
    };
    site.page(2, "incident.html", &page)
}

fn notice(incident: &Incident) -> Option<Notice<'_>> {
    use crate::model::incident::RecordStatus as Status;
    match incident.status.value {
        Status::Published | Status::Draft => None,
        Status::Disputed => Some(Notice {
            title: "This record is disputed",
            text: "A party contests it as a whole; its answer stands under Responses.",
            to: None,
        }),
        Status::Withdrawn => {
            let text = incident.withdrawn.as_ref().map_or("", |it| it.value.reason.as_str());
            Some(Notice { title: "This record was withdrawn", text, to: None })
        }
        Status::Merged => incident.merged.as_ref().map(|merge| Notice {
            title: "This case is told in another record",
            text: merge.value.reason.as_str(),
            to: Some(&merge.value.into.value),
        }),
    }
}

/// The case in a few words: what a reader compares.
fn glance(site: &Site<'_>, incident: &Incident) -> Vec<(&'static str, String)> {
    let taxonomy = &site.registry.records.taxonomy;
    let join = |vocabulary, ids: Vec<&str>| {
        let mut names: Vec<&str> = ids.into_iter().map(|id| taxonomy.name(vocabulary, id)).collect();
        names.dedup();
        names.join(", ")
    };
    let actions = incident.path.iter().map(|step| &*step.action.value).collect();
    let crossed = incident.path.iter().flat_map(|step| step.crosses.keys()).map(|id| &*id.value).collect();
    let autonomy = incident.autonomy.as_ref().map_or("", |autonomy| match autonomy.value {
        Autonomy::Unknown => "Not known",
        Autonomy::Suggests => "Suggests",
        Autonomy::ActsWithApproval => "Acts with approval",
        Autonomy::ActsUnattended => "Acts unattended",
    });
    let rows = [
        ("System", join(Vocabulary::Systems, incident.systems.iter().map(|id| &*id.value).collect())),
        (
            "Operator",
            join(Vocabulary::Organisations, incident.operators.iter().map(|id| &*id.value).collect()),
        ),
        ("Action", join(Vocabulary::Actions, actions)),
        ("Boundary, possibly", join(Vocabulary::Boundaries, crossed)),
        ("Impact", join(Vocabulary::Impacts, incident.impacts.iter().map(|id| &*id.value).collect())),
        ("Losses", incident.losses.iter().map(|(unit, it)| loss(unit, it)).collect::<Vec<_>>().join(", ")),
        ("Autonomy", autonomy.to_owned()),
        ("Filed by", incident.attribution.as_ref().map(|name| name.value.clone()).unwrap_or_default()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn loss(unit: &str, loss: &Loss) -> String {
    let about = if loss.about { "about " } else { "" };
    let least = if loss.at_least { "at least " } else { "" };
    let unit = if unit == "usd" { "USD" } else { unit };
    format!("{least}{about}{} {unit} ({})", loss.amount.value, loss.statement.value)
}

fn sections<'a>(incident: &'a Incident, targets: &Targets<'_>, headings: &[&'a str]) -> Vec<Section<'a>> {
    let found = headings.iter().filter_map(|heading| Some((*heading, incident.body.section(heading)?)));
    found.map(|(heading, section)| Section { heading, html: markdown::html(section, targets) }).collect()
}

fn not_applicable<'a>(site: &Site<'a>, at: usize) -> Vec<&'a str> {
    if site.registry.records.incidents[at].path.is_empty() {
        return Vec::new();
    }
    let judged =
        site.verdicts.derivations[at].judgements.iter().filter(|it| it.verdict == Verdict::NotApplicable);
    judged.filter_map(|it| site.registry.gate(&it.gate)).map(|gate| gate.name.as_str()).collect()
}

fn timeline(incident: &Incident) -> Vec<Event<'_>> {
    let entry =
        |entry: &'_ crate::model::incident::TimelineEntry| entry.date.as_ref().map(|date| date.value.words());
    incident
        .timeline
        .iter()
        .map(|it| Event {
            date: entry(it),
            text: it.text.as_str(),
            sources: it.sources.iter().map(|citation| &*citation.source.value).collect(),
        })
        .collect()
}

fn responses<'a>(site: &Site<'a>, incident: &'a Incident) -> Vec<ResponseView<'a>> {
    let taxonomy = &site.registry.records.taxonomy;
    incident
        .responses
        .iter()
        .map(|response| ResponseView {
            party: taxonomy.entity_name(&response.party.value),
            date: response.date.as_ref().map(|date| date.value.words()),
            source: &response.source.value,
            text: response.text.as_str(),
        })
        .collect()
}

/// The cases that this one names, and those that name it.
fn related<'a>(site: &Site<'a>, at: usize) -> Vec<Case<'a>> {
    let records = &site.registry.records;
    let named =
        records.incidents[at].related.iter().filter_map(|id| site.registry.incident_index.get(&*id.value));
    let mut all: Vec<usize> = named.chain(&site.registry.backlinks[at].incidents).copied().collect();
    all.sort_unstable();
    all.dedup();
    let public = all.into_iter().filter(|other| records.incidents[*other].is_public());
    public
        .map(|it| view::case(site.registry, &records.incidents[it], &site.verdicts.derivations[it]))
        .collect()
}
