//! A case at a glance: what a reader compares, each with the page it leads to and the statement it rests on.

use serde::Serialize;

use crate::files::Spanned;
use crate::model::date::{DateRange, Precision};
use crate::model::facet::Facet;
use crate::model::id::{Slug, StatementId};
use crate::model::incident::{Autonomy, Incident, Loss};
use crate::render::path::Rests;
use crate::render::view::{self, Tag};
use crate::render::{Site, facet, path};

/// A line of the glance: what a reader compares.
#[derive(Serialize)]
pub(super) struct Row {
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
    statement: Option<Rests>,
}

/// The case in a few words: what a reader compares.
pub(super) fn glance(site: &Site<'_>, at: usize, incident: &Incident) -> Vec<Row> {
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
        ("Losses", incident.losses.iter().map(|(unit, it)| loss(site, at, unit, it)).collect()),
        ("Factors", factors(site, at, incident)),
        ("Autonomy", text(autonomy.to_owned())),
        (
            "Potential severity",
            incident.potential_severity.as_ref().map_or_else(Vec::new, |level| {
                text(facet::name(site, Facet::Severity, &level.value.to_string()))
            }),
        ),
        ("Filed by", text(filed_by(incident))),
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
        let rests = path::rests(site, at, statements);
        let known = path::is_known(site, at, statements);
        let tag = view::tag(site, Facet::Boundary, &id.value);
        if values.iter().any(|it| it.text == tag.text) {
            continue;
        }
        let note = if known { "crossed" } else { "possibly" }.to_owned();
        let statement = rests.into_iter().next();
        values.push(Value { note, statement, ..Value::from(tag) });
    }
    values
}

fn factors(site: &Site<'_>, at: usize, incident: &Incident) -> Vec<Value> {
    let factor = |(id, statement): (&Spanned<Slug>, &Spanned<StatementId>)| {
        let statement = Some(path::rest(site, at, &statement.value));
        Value { statement, ..Value::from(view::tag(site, Facet::Factor, &id.value)) }
    };
    incident.factors.iter().map(factor).collect()
}

fn loss(site: &Site<'_>, at: usize, unit: &str, loss: &Loss) -> Value {
    let about = if loss.about { "about " } else { "" };
    let least = if loss.at_least { "at least " } else { "" };
    let text = match unit {
        "usd" => format!("{least}{about}{} US dollars", grouped(loss.amount.value)),
        "people" if grouped(loss.amount.value) == "1" => format!("{least}{about}1 person"),
        unit => format!("{least}{about}{} {unit}", grouped(loss.amount.value)),
    };
    Value { text, statement: Some(path::rest(site, at, &loss.statement.value)), ..Value::default() }
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

/// Whoever wants to be named; that most do not is no news on every page.
fn filed_by(incident: &Incident) -> String {
    let named = incident.attribution.as_ref().filter(|name| name.as_str() != "anonymous");
    named.map(|name| name.value.clone()).unwrap_or_default()
}
