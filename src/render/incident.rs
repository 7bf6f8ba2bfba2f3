//! The page of a case: statements with their sources, and what each gate would have done.

use anyhow::Result;
use serde::Serialize;

use crate::explain::{self, Card};
use crate::files::Spanned;
use crate::model::date::{DateRange, Precision};
use crate::model::facet::Facet;
use crate::model::gate::Gate;
use crate::model::id::{Slug, StatementId};
use crate::model::incident::{Autonomy, Incident, Loss, RecordStatus, Response, TimelineEntry};
use crate::model::output::Job;
use crate::model::path::Step;
use crate::model::statement::{Read, SourceKind, StatementRefs};
use crate::model::table::Table;
use crate::model::taxonomy::Vocabulary;
use crate::model::verdict::Verdict;
use crate::render::Site;
use crate::render::case::{self, Case};
use crate::render::cite::{self, Cite};
use crate::render::facet;
use crate::render::markdown::{self, Rendered, Targets};
use crate::render::more::{self, More};
use crate::render::view::{self, SourceView, StatementView, Tag};

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
    unconfirmed: Vec<StatementView<'a>>,
    assessed: bool,
    cards: Vec<Card>,
    not_applicable: Vec<&'a str>,
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

/// A line of the glance: what a reader compares.
#[derive(Serialize)]
struct Row {
    label: &'static str,
    values: Vec<Value>,
}

#[derive(Serialize, Default)]
struct Value {
    text: String,
    /// The page it leads to, below the root.
    to: Option<String>,
    note: String,
    /// The statement it rests on.
    statement: Option<String>,
}

/// A step of the path, with the gates that would sit at it.
#[derive(Serialize)]
struct PathStep<'a> {
    name: &'a str,
    text: Option<&'a str>,
    actor: Option<&'a str>,
    action: Tag,
    environment: Vec<Mark>,
    crosses: Vec<Mark>,
    avoids: Vec<Mark>,
    facts: Vec<Fact>,
    gates: Vec<(&'a str, &'a str)>,
}

/// What a step says of itself, whether that is known, and what says so.
#[derive(Serialize)]
struct Fact {
    words: &'static str,
    known: bool,
    statements: Vec<Rests>,
}

/// Something a step went through or touched, and what says so.
#[derive(Serialize)]
struct Mark {
    tag: Tag,
    known: bool,
    statements: Vec<Rests>,
}

/// A statement that something rests on, and how far it carries.
#[derive(Serialize)]
struct Rests {
    id: String,
    status: &'static str,
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
    let page = Page {
        case: case::case(site, at),
        filed: incident.filed.as_ref().map(|date| date.value.words()),
        updated: incident.updated.as_ref().map(|date| date.value.words()),
        badge: badge(incident),
        notice: notice(incident),
        merged_here: merged_here(site, at),
        glance: glance(site, at, incident),
        what_happened: sections(incident, &targets, &["What happened"]).pop(),
        after: sections(incident, &targets, &["Why it matters", "Missing authorization check"]),
        technical: sections(incident, &targets, &["Technical read", "Notes"]),
        verified: view::statements(incident, &incident.verified, verified),
        unconfirmed: view::statements(incident, &incident.unconfirmed, unconfirmed),
        assessed: !incident.path.is_empty(),
        cards: shown.iter().filter_map(|judgement| explain::card(registry, incident, judgement)).collect(),
        not_applicable: not_applicable(site, at),
        path: incident.path.iter().map(|step| path_step(site, at, step)).collect(),
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
        SourceKind::OperatorPostmortem | SourceKind::OfficialStatement => "Operator statement",
        SourceKind::Research => "Researcher",
        SourceKind::FirstHandAccount => "First-hand account",
        SourceKind::News => "Media report",
        SourceKind::Analysis | SourceKind::Derivative | SourceKind::Social | SourceKind::Aggregator => {
            "Secondary source"
        }
    })
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
    let from =
        site.registry.backlinks[at].incidents.iter().filter(|from| more::is_merged_into(site, **from, at));
    from.map(|from| &site.registry.records.incidents[*from])
        .filter_map(|it| {
            Some(MergedHere { id: &it.handle, reason: it.merged.as_ref()?.value.reason.as_str() })
        })
        .collect()
}

/// The case in a few words: what a reader compares.
fn glance(site: &Site<'_>, at: usize, incident: &Incident) -> Vec<Row> {
    let terms = |facet: Facet| -> Vec<Value> {
        facet.values(incident).iter().map(|id| Value::from(view::tag(site, facet, id))).collect()
    };
    let text =
        |text: String| if text.is_empty() { Vec::new() } else { vec![Value { text, ..Value::default() }] };
    let autonomy = incident.autonomy.as_ref().map_or("", |autonomy| match autonomy.value {
        Autonomy::Unknown => "Not known",
        Autonomy::Suggests => "Suggests",
        Autonomy::ActsWithApproval => "Acts with approval",
        Autonomy::ActsUnattended => "Acts unattended",
    });
    let rows = [
        ("Occurred", vec![occurred(incident.occurred.value)]),
        ("Disclosed", text(incident.disclosed.as_ref().map(|date| date.value.words()).unwrap_or_default())),
        ("System", terms(Facet::System)),
        ("Operator", terms(Facet::Operator)),
        ("Action", terms(Facet::Action)),
        ("Boundary", boundaries(site, at, incident)),
        ("Impact", terms(Facet::Impact)),
        ("Losses", incident.losses.iter().map(|(unit, it)| loss(unit, it)).collect()),
        ("Factors", factors(site, incident)),
        ("Autonomy", text(autonomy.to_owned())),
        (
            "Potential severity",
            incident.potential_severity.as_ref().map_or_else(Vec::new, |level| {
                text(facet::name(site, Facet::Severity, &level.value.to_string()))
            }),
        ),
        ("Filed by", text(incident.attribution.as_ref().map(|name| name.value.clone()).unwrap_or_default())),
    ];
    rows.into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(label, values)| Row { label, values })
        .collect()
}

impl From<Tag> for Value {
    fn from(tag: Tag) -> Value {
        Value { text: tag.text, to: Some(tag.to), ..Value::default() }
    }
}

/// The date with its precision, which is a finding of its own.
fn occurred(occurred: DateRange) -> Value {
    let note = match (occurred.to, occurred.from.precision()) {
        (None, Precision::Year) => "the month is not known",
        (None, Precision::Month) => "the day is not known",
        _ => "",
    };
    Value { text: occurred.words(), note: note.to_owned(), ..Value::default() }
}

/// The boundaries of every step, each with how much is known of its crossing.
fn boundaries(site: &Site<'_>, at: usize, incident: &Incident) -> Vec<Value> {
    let crossed = incident.path.iter().flat_map(|step| step.crosses.iter());
    let mut values: Vec<Value> = Vec::new();
    for (id, statements) in crossed {
        let rests = rests(site, at, statements);
        let known = is_known(site, at, statements);
        let tag = view::tag(site, Facet::Boundary, &id.value);
        if values.iter().any(|it| it.text == tag.text) {
            continue;
        }
        let note = if known { "crossed" } else { "possibly" }.to_owned();
        let statement = rests.into_iter().next().map(|it| it.id);
        values.push(Value { note, statement, ..Value::from(tag) });
    }
    values
}

fn factors(site: &Site<'_>, incident: &Incident) -> Vec<Value> {
    let factor = |(id, statement): (&Spanned<Slug>, &Spanned<StatementId>)| {
        let statement = Some(statement.value.to_string());
        Value { statement, ..Value::from(view::tag(site, Facet::Factor, &id.value)) }
    };
    incident.factors.iter().map(factor).collect()
}

fn loss(unit: &str, loss: &Loss) -> Value {
    let about = if loss.about { "about " } else { "" };
    let least = if loss.at_least { "at least " } else { "" };
    let text = match unit {
        "usd" => format!("{least}{about}{} US dollars", grouped(loss.amount.value)),
        unit => format!("{least}{about}{} {unit}", grouped(loss.amount.value)),
    };
    Value { text, statement: Some(loss.statement.value.to_string()), ..Value::default() }
}

/// A figure with its thousands apart.
fn grouped(amount: f64) -> String {
    let text = amount.to_string();
    let (whole, rest) = text.find('.').map_or((&*text, ""), |dot| text.split_at(dot));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

fn sections(incident: &Incident, targets: &Targets<'_>, headings: &[&str]) -> Vec<Rendered> {
    let found = headings.iter().filter_map(|heading| incident.body.section(heading));
    found.map(|section| markdown::section(section, targets)).collect()
}

fn not_applicable<'a>(site: &Site<'a>, at: usize) -> Vec<&'a str> {
    if site.registry.records.incidents[at].path.is_empty() {
        return Vec::new();
    }
    let judged =
        site.verdicts.derivations[at].judgements.iter().filter(|it| it.verdict == Verdict::NotApplicable);
    judged.map(|it| view::gate_name(site, &it.gate)).collect()
}

fn path_step<'a>(site: &Site<'a>, at: usize, step: &'a Step) -> PathStep<'a> {
    let taxonomy = &site.registry.records.taxonomy;
    let boundary = |id: &str| view::tag(site, Facet::Boundary, id);
    let marks = |table: &Table<StatementRefs>| -> Vec<Mark> {
        table.iter().map(|(id, refs)| mark(site, at, boundary(&id.value), refs)).collect()
    };
    let place = |id: &str| Tag { text: id.to_owned(), to: String::new() };
    PathStep {
        name: &step.step.value,
        text: step.text.as_ref().map(Spanned::as_str),
        actor: step.actor.as_ref().map(|actor| taxonomy.entity_name(&actor.value)),
        action: view::tag(site, Facet::Action, &step.action.value),
        environment: step
            .environment
            .iter()
            .map(|(id, refs)| mark(site, at, place(&id.value), refs))
            .collect(),
        crosses: marks(&step.crosses),
        avoids: marks(&step.avoids),
        facts: facts(site, at, step),
        gates: gates_at(site, step),
    }
}

fn mark(site: &Site<'_>, at: usize, tag: Tag, refs: &StatementRefs) -> Mark {
    Mark { tag, known: is_known(site, at, refs), statements: rests(site, at, refs) }
}

fn rests(site: &Site<'_>, at: usize, refs: &StatementRefs) -> Vec<Rests> {
    let (incident, derivation) = (&site.registry.records.incidents[at], &site.verdicts.derivations[at]);
    let status = |id: &str| derivation.status(incident, id).map_or("unknown", |status| status.word());
    refs.iter().map(|id| Rests { id: id.value.to_string(), status: status(&id.value) }).collect()
}

/// Whether one of the statements carries what it is named for.
fn is_known(site: &Site<'_>, at: usize, refs: &StatementRefs) -> bool {
    let (incident, derivation) = (&site.registry.records.incidents[at], &site.verdicts.derivations[at]);
    refs.iter().any(|id| derivation.status(incident, &id.value).is_some_and(|it| it.strength().is_some()))
}

/// What a step says of itself, of approval, route and harm.
fn facts(site: &Site<'_>, at: usize, step: &Step) -> Vec<Fact> {
    let harm = step.harm.as_ref().map(|harm| &harm.value);
    let told = [
        ("It happened", Some(&step.evidence)),
        ("Somebody entitled had approved it", step.approved.as_ref()),
        ("Nobody entitled had approved it", step.not_approved.as_ref()),
        ("It was the only route", step.only_route.as_ref()),
        ("There was another route", step.other_route.as_ref()),
        ("All of the harm depends on it", harm.and_then(|harm| harm.all.as_ref())),
        ("Part of the harm depends on it", harm.and_then(|harm| harm.some.as_ref())),
        ("None of the harm depends on it", harm.and_then(|harm| harm.none.as_ref())),
    ];
    let fact = |(words, refs): (&'static str, &StatementRefs)| Fact {
        words,
        known: is_known(site, at, refs),
        statements: rests(site, at, refs),
    };
    told.into_iter().filter_map(|(words, refs)| Some((words, refs?))).map(fact).collect()
}

/// The gates that cover the action and stand at a boundary it crossed, or may have.
fn gates_at<'a>(site: &Site<'a>, step: &Step) -> Vec<(&'a str, &'a str)> {
    let stands = |gate: &Gate| {
        let covers = gate.covers.iter().any(|it| it.value == step.action.value);
        covers && gate.boundaries.iter().any(|it| step.crosses.get(&it.value).is_some())
    };
    let gates = site.registry.records.gates.iter().filter(|gate| stands(gate));
    gates.map(|gate| (&*gate.id.value, gate.name.as_str())).collect()
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
    let repository = site.registry.records.config.fields.repository.as_ref()?;
    let base = repository.value.trim_end_matches('/');
    Some(format!("{base}/issues/new?title=Correction%20to%20{}", incident.handle))
}

/// Where a case is talked about.
fn discuss(site: &Site<'_>, incident: &Incident) -> Option<String> {
    let repository = site.registry.records.config.fields.repository.as_ref()?;
    let base = repository.value.trim_end_matches('/');
    Some(format!("{base}/issues?q={}", incident.handle))
}
