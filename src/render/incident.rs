//! The page of a case: statements with their sources, and what each gate would have done.

use anyhow::Result;
use serde::Serialize;

use crate::explain::{self, Card};
use crate::files::Spanned;
use crate::model::incident::{Incident, RecordStatus, Response, TimelineEntry};
use crate::model::output::Job;
use crate::model::statement::{Read, SourceKind, Status};
use crate::model::taxonomy::Vocabulary;
use crate::render::Site;
use crate::render::case::{self, Case};
use crate::render::cite::{self, Cite};
use crate::render::glance::{self, Row};
use crate::render::markdown::{self, Rendered, Targets};
use crate::render::more::{self, More};
use crate::render::path::{self, PathStep};
use crate::render::questions::{self, BlankView, QuestionView};
use crate::render::view::{self, SourceView, StatementView};

#[derive(Serialize)]
struct Page<'a> {
    case: Case<'a>,
    filed: Option<String>,
    updated: Option<String>,
    badge: Option<&'static str>,
    notice: Option<Notice<'a>>,
    merged_here: Vec<MergedHere<'a>>,
    glance: Vec<Row>,
    what_happened: Option<Rendered>,
    after: Vec<Rendered>,
    technical: Vec<Rendered>,
    verified: Vec<StatementView<'a>>,
    /// How many of the verified statements have which status.
    standing: Vec<(&'static str, usize)>,
    unconfirmed: Vec<StatementView<'a>>,
    assessed: bool,
    cards: Vec<Card>,
    /// The gates that cover none of its actions: id and name.
    not_applicable: Vec<(&'a str, &'a str)>,
    unspoken: Vec<(&'a str, &'a str)>,
    questions: Vec<QuestionView<'a>>,
    /// What of it is not recorded at all.
    blanks: Vec<BlankView<'a>>,
    path: Vec<PathStep<'a>>,
    timeline: Vec<Event<'a>>,
    lessons: Vec<&'a str>,
    responses: Vec<ResponseView<'a>>,
    sources: Vec<SourceView<'a>>,
    further_reading: Vec<(&'a str, Option<&'a str>)>,
    corrections: Vec<(String, &'a str)>,
    elsewhere: Vec<Elsewhere<'a>>,
    more: More<'a>,
    cite: Cite,
    report: Option<String>,
    discuss: Option<String>,
}

/// A state of the record that no reader may miss.
#[derive(Serialize)]
struct Notice<'a> {
    title: &'static str,
    text: &'a str,
    to: Option<&'a str>,
    on: Option<String>,
}

/// A record that this one tells as well.
#[derive(Serialize)]
struct MergedHere<'a> {
    id: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Event<'a> {
    date: Option<String>,
    text: &'a str,
    sources: Vec<Cited<'a>>,
}

/// A source, by the name a reader knows.
#[derive(Serialize)]
struct Cited<'a> {
    id: &'a str,
    publisher: &'a str,
}

#[derive(Serialize)]
struct ResponseView<'a> {
    party: &'a str,
    date: Option<String>,
    source: Cited<'a>,
    text: &'a str,
}

/// The same case in another registry.
#[derive(Serialize)]
struct Elsewhere<'a> {
    registry: &'a str,
    id: &'a str,
    url: Option<String>,
}

/// The page of every public record, and its file beside it.
pub(super) fn jobs<'a>(site: &'a Site<'a>) -> impl Iterator<Item = Job<'a>> {
    let public = site.registry.records.incidents.iter().enumerate().filter(|(_, it)| it.is_public());
    public.flat_map(move |(at, incident)| {
        let path = format!("incidents/{}/index.html", incident.handle);
        let file = format!("incidents/{}.{}", incident.handle, cite::ending(site, incident));
        let page = Job::new(path.clone(), move || page(site, at, incident, &path));
        [page, Job::new(file, move || Ok(site.files.get(incident.file).text.clone().into_bytes()))]
    })
}

fn page(site: &Site<'_>, at: usize, incident: &Incident, path: &str) -> Result<Vec<u8>> {
    let registry = site.registry;
    let derivation = &site.verdicts.derivations[at];
    let (verified, unconfirmed) = derivation.statuses.split_at(incident.verified.len());
    let shown = explain::shown(incident, derivation);
    let targets = Targets { registry, incident: Some((incident, derivation)), root: "../../" };
    let [not_applicable, unspoken] = left_out(site, at);
    let page = Page {
        case: case::case(site, at),
        filed: incident.filed.as_ref().map(|date| date.value.words()),
        updated: incident.updated.as_ref().map(|date| date.value.words()),
        badge: badge(incident),
        notice: notice(incident),
        merged_here: merged_here(site, at),
        glance: glance::glance(site, at, incident),
        what_happened: sections(incident, &targets, &["What happened"]).pop(),
        after: sections(incident, &targets, &["Why it matters", "Missing authorization check"]),
        technical: sections(incident, &targets, &["Technical read", "Notes"]),
        standing: standing(verified),
        verified: view::statements(incident, &incident.verified, verified),
        unconfirmed: view::statements(incident, &incident.unconfirmed, unconfirmed),
        assessed: !incident.path.is_empty(),
        cards: shown.iter().filter_map(|judgement| explain::card(registry, incident, judgement)).collect(),
        not_applicable,
        unspoken,
        questions: questions::of_case(site, at),
        blanks: questions::blanks(site, at),
        path: path::steps(site, at),
        timeline: incident.timeline.iter().map(|entry| event(incident, entry)).collect(),
        lessons: incident.lessons.iter().map(Spanned::as_str).collect(),
        responses: responses(site, incident),
        sources: view::sources(registry, incident),
        further_reading: further_reading(incident),
        corrections: corrections(incident),
        elsewhere: elsewhere(site, incident),
        more: more::more(site, at),
        cite: cite::cite(site, incident)?,
        report: report(site, incident),
        discuss: discuss(site, incident),
    };
    site.page(path, "incident.html", &page)
}

/// What stands behind the case, by its best source: the order is that of the kinds' tiers.
fn badge(incident: &Incident) -> Option<&'static str> {
    let sources = || incident.sources.iter().map(|(_, source)| source);
    let read = sources().filter(|source| source.read.value != Read::Digest).map(|source| source.kind.value);
    let supports = |kind: &SourceKind| *kind != SourceKind::Aggregator;
    let Some(best) = read.filter(supports).min() else {
        return sources().next().map(|_| "Read second hand");
    };
    Some(match best {
        SourceKind::CourtOrRegulator => "Court or regulator",
        SourceKind::SecurityAdvisory => "Security advisory",
        SourceKind::OperatorPostmortem | SourceKind::OfficialStatement => "Statement of a party",
        SourceKind::Research => "Researcher",
        SourceKind::FirstHandAccount => "First-hand account",
        SourceKind::News => "Media report",
        SourceKind::Analysis | SourceKind::Derivative | SourceKind::Social | SourceKind::Aggregator => {
            "Secondary source"
        }
    })
}

fn standing(statuses: &[Status]) -> Vec<(&'static str, usize)> {
    let count = |status: &Status| statuses.iter().filter(|it| *it == status).count();
    let counted = Status::ALL.iter().map(|status| (status.word(), count(status)));
    counted.filter(|(_, count)| *count > 0).collect()
}

fn notice(incident: &Incident) -> Option<Notice<'_>> {
    match incident.status.value {
        RecordStatus::Published | RecordStatus::Draft => None,
        RecordStatus::Disputed => Some(Notice {
            title: "This record is disputed",
            text: "A party contests it as a whole; its answer stands under Responses.",
            to: None,
            on: None,
        }),
        RecordStatus::Withdrawn => incident.withdrawn.as_ref().map(|it| Notice {
            title: "This record was withdrawn",
            text: it.value.reason.as_str(),
            to: None,
            on: Some(it.value.on.value.words()),
        }),
        RecordStatus::Merged => incident.merged.as_ref().map(|merge| Notice {
            title: "This case is told in another record",
            text: merge.value.reason.as_str(),
            to: Some(&merge.value.into.value),
            on: None,
        }),
    }
}

fn merged_here<'a>(site: &Site<'a>, at: usize) -> Vec<MergedHere<'a>> {
    let from = site.registry.backlinks(at).iter().filter(|from| more::is_merged_into(site, **from, at));
    from.map(|from| &site.registry.records.incidents[*from])
        .filter_map(|it| {
            Some(MergedHere { id: &it.handle, reason: it.merged.as_ref()?.value.reason.as_str() })
        })
        .collect()
}

fn sections(incident: &Incident, targets: &Targets<'_>, headings: &[&str]) -> Vec<Rendered> {
    let found = headings.iter().filter_map(|heading| incident.body.section(heading));
    found.map(|section| markdown::section(section, targets)).collect()
}

/// The gates that cover none of the actions, and those that the record leaves out, by id and name.
fn left_out<'a>(site: &Site<'a>, at: usize) -> [Vec<(&'a str, &'a str)>; 2] {
    explain::left_out(&site.verdicts.derivations[at])
        .map(|judged| judged.into_iter().map(|it| (&*it.gate, view::gate_name(site, &it.gate))).collect())
}

fn cited<'a>(incident: &'a Incident, id: &'a str) -> Cited<'a> {
    let publisher = incident.sources.get(id).map_or(id, |source| source.publisher.as_str());
    Cited { id, publisher }
}

fn event<'a>(incident: &'a Incident, entry: &'a TimelineEntry) -> Event<'a> {
    Event {
        date: entry.date.as_ref().map(|date| date.value.words()),
        text: entry.text.as_str(),
        sources: entry.sources.iter().map(|citation| cited(incident, &citation.source.value)).collect(),
    }
}

fn responses<'a>(site: &Site<'a>, incident: &'a Incident) -> Vec<ResponseView<'a>> {
    let taxonomy = &site.registry.records.taxonomy;
    let response = |it: &'a Response| ResponseView {
        party: taxonomy.name(Vocabulary::Organisations, &it.party.value),
        date: it.date.as_ref().map(|date| date.value.words()),
        source: cited(incident, &it.source.value),
        text: it.text.as_str(),
    };
    incident.responses.iter().map(response).collect()
}

fn further_reading(incident: &Incident) -> Vec<(&str, Option<&str>)> {
    incident.further_reading.iter().map(|it| (it.title.as_str(), view::web(it.url.as_str()))).collect()
}

fn corrections(incident: &Incident) -> Vec<(String, &str)> {
    incident.corrections.iter().map(|it| (it.date.value.words(), it.text.as_str())).collect()
}

fn elsewhere<'a>(site: &Site<'a>, incident: &'a Incident) -> Vec<Elsewhere<'a>> {
    let registries = &site.registry.records.taxonomy.registries;
    let all = incident.aliases.iter().flat_map(|(registry, ids)| ids.iter().map(move |id| (registry, id)));
    all.map(|(registry, id)| {
        let known = registries.iter().find(|it| it.id.value == registry.value);
        let url = known.map(|it| it.url.value.replace("{id}", &id.value));
        Elsewhere {
            registry: known.map_or(&*registry.value, |it| it.name.as_str()),
            id: id.as_str(),
            url: url.filter(|url| view::web(url).is_some()),
        }
    })
    .collect()
}

/// A new issue in the registry's own tracker, with the number filled in.
fn report(site: &Site<'_>, incident: &Incident) -> Option<String> {
    let base = site.tracker()?;
    Some(format!("{base}/issues/new?title=Correction%20to%20{}", incident.handle))
}

/// Where a case is talked about.
fn discuss(site: &Site<'_>, incident: &Incident) -> Option<String> {
    let base = site.tracker()?;
    Some(format!("{base}/issues?q={}", incident.handle))
}
