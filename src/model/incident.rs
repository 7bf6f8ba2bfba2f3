//! One publicly reported failure of an AI agent, as its record says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::files::{FileId, Span, Spanned};
use crate::model::body::{Body, Reference};
use crate::model::date::{Date, DateRange};
use crate::model::id::{IncidentId, Slug, StatementId};
use crate::model::path::Step;
use crate::model::statement::{Citation, Source, Statement, Status};
use crate::model::table::{OneOrMany, Table};
use crate::model::verdict::Verdict;

/// What kind of case it is; only incidents are counted as incidents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It happened and did harm.
    #[default]
    Incident,
    /// It was stopped in time.
    NearMiss,
    /// Somebody showed that it can happen.
    Demonstration,
}

/// Where the record stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RecordStatus {
    /// On the site and counted.
    #[default]
    Published,
    /// Not built, not counted.
    Draft,
    /// A party contests the record as a whole; the page stays.
    Disputed,
    /// Taken back, with a reason; the page stays.
    Withdrawn,
    /// Another record tells this case; the page leads there.
    Merged,
}

/// How much the system could do without a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Autonomy {
    /// Not known.
    #[default]
    Unknown,
    /// It proposes, a person acts.
    Suggests,
    /// It acts after a person approves.
    ActsWithApproval,
    /// It acts with nobody watching.
    ActsUnattended,
}

/// A figure, and the statement it rests on. Absent is unknown, 0 is none.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// The figure, in the unit of its field.
    #[schemars(range(min = 0))]
    pub amount: Spanned<f64>,
    /// Whether it is approximate.
    #[serde(default)]
    pub about: bool,
    /// Whether it is a lower bound.
    #[serde(default)]
    pub at_least: bool,
    /// The statement it rests on.
    pub statement: Spanned<StatementId>,
}

/// What was lost, in figures.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Losses {
    /// United States dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usd: Option<Loss>,
    /// Hours of interruption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Loss>,
    /// Records lost, changed or exposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<Loss>,
    /// People affected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Loss>,
}

impl Losses {
    /// The figures that are given, by field name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Loss)> {
        let all = [
            ("usd", &self.usd),
            ("hours", &self.hours),
            ("records", &self.records),
            ("people", &self.people),
        ];
        all.into_iter().filter_map(|(name, loss)| loss.as_ref().map(|loss| (name, loss)))
    }
}

/// A text to read that supports nothing here.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FurtherReading {
    /// Its title.
    #[schemars(length(min = 3, max = 300))]
    pub title: Spanned<String>,
    /// Its address.
    #[schemars(length(min = 8, max = 2000))]
    pub url: Spanned<String>,
}

/// The record's own view of one gate: a pin to compare with the derived verdict, and texts for its card.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The gate.
    #[schemars(extend("x-vocabulary" = "gates"))]
    pub gate: Spanned<Slug>,
    /// The verdict the author expects; lint compares it with the derived one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Spanned<Verdict>>,
    /// What is particular to this case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 10, max = 300))]
    pub note: Option<Spanned<String>>,
    /// Where the gate would have to stand here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 5, max = 300))]
    pub enforced_at: Option<Spanned<String>>,
    /// What else would have to be true here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub still_needs: Option<OneOrMany<Spanned<String>>>,
    /// What a receipt would have to name here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 5, max = 300))]
    pub receipt_for: Option<Spanned<String>>,
}

/// What happened when, in the written order.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineEntry {
    /// When, as exact as the sources are; absent where only the order is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Spanned<DateRange>>,
    /// What.
    #[schemars(length(min = 5, max = 400))]
    pub text: Spanned<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Citation>,
}

/// What a party answered, shown beside what it contests.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// The organisation.
    #[schemars(extend("x-vocabulary" = "organisations"))]
    pub party: Spanned<Slug>,
    /// When it answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Spanned<Date>>,
    /// Where it answered.
    pub source: Spanned<Slug>,
    /// What it answered, in our words.
    #[schemars(length(min = 10, max = 800))]
    pub text: Spanned<String>,
}

/// A dated note on what changed in meaning.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// When.
    pub date: Spanned<Date>,
    /// What changed.
    #[schemars(length(min = 10, max = 800))]
    pub text: Spanned<String>,
}

/// Why a record was taken back.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// When.
    pub on: Spanned<Date>,
    /// Why.
    #[schemars(length(min = 10, max = 800))]
    pub reason: Spanned<String>,
}

/// Which record tells this case now.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The other record.
    pub into: Spanned<IncidentId>,
    /// Why.
    #[schemars(length(min = 10, max = 800))]
    pub reason: Spanned<String>,
}

/// The sections of a body in a pure YAML record.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BodyFields {
    /// What happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_happened: Option<Spanned<String>>,
    /// Why it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_it_matters: Option<Spanned<String>>,
    /// Missing authorization check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing_authorization_check: Option<Spanned<String>>,
    /// Technical read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technical_read: Option<Spanned<String>>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Spanned<String>>,
}

/// The front matter of a record, or the whole of a YAML record. The order of the fields is the order on the page
/// of the format, and the one that `S12` asks for.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Incident")]
pub struct IncidentFields {
    /// The record's number; also the file's stem.
    pub id: Spanned<IncidentId>,
    /// A sentence without full stop.
    #[schemars(length(min = 10, max = 120))]
    pub title: Spanned<String>,
    /// What kind of case it is.
    #[serde(default)]
    pub kind: Spanned<Kind>,
    /// Where the record stands.
    #[serde(default)]
    pub status: Spanned<RecordStatus>,
    /// Required when the status is `withdrawn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Spanned<Withdrawal>>,
    /// Required when the status is `merged`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Spanned<Merge>>,
    /// When it happened, never more exact than the sources.
    pub occurred: Spanned<DateRange>,
    /// When it became public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosed: Option<Spanned<Date>>,
    /// When the record was filed; set when a number is minted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<Spanned<Date>>,
    /// When it was last changed in meaning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Spanned<Date>>,
    /// Realised harm, 1 (minimal) to 5 (critical).
    #[schemars(range(min = 1, max = 5))]
    pub severity: Spanned<u8>,
    /// For what was not realised: how bad it could have been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5))]
    pub potential_severity: Option<Spanned<u8>>,
    /// The verified statements that the severity rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub severity_basis: Vec<Spanned<StatementId>>,
    /// The AI systems that acted.
    #[schemars(length(min = 1), extend("x-vocabulary-items" = "systems"))]
    pub systems: Vec<Spanned<Slug>>,
    /// Who ran them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-vocabulary-items" = "organisations"))]
    pub operators: Vec<Spanned<Slug>>,
    /// What kinds of harm were done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-vocabulary-items" = "impacts"))]
    pub impacts: Vec<Spanned<Slug>>,
    /// Contributing factors, each with the statement it rests on.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[schemars(extend("x-vocabulary-keys" = "factors"))]
    pub factors: Table<Spanned<StatementId>>,
    /// How much the system could do without a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autonomy: Option<Spanned<Autonomy>>,
    /// What was lost, in figures.
    #[serde(default)]
    pub losses: Losses,
    /// One paragraph of plain text.
    #[schemars(length(min = 40, max = 500))]
    pub summary: Spanned<String>,
    /// The original publications, by an id of your choice.
    #[schemars(extend("minProperties" = 1))]
    pub sources: Table<Source>,
    /// Texts to read that support nothing here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_reading: Vec<FurtherReading>,
    /// What the sources carry: statements that derive reported or better.
    #[serde(default)]
    pub verified: Vec<Statement>,
    /// What they do not.
    #[serde(default)]
    pub unconfirmed: Vec<Statement>,
    /// The action path, step by step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50))]
    pub path: Vec<Step>,
    /// The gates the author has judged; the first is the primary one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Mapping>,
    /// What happened when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<TimelineEntry>,
    /// What others can take from it, blameless.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lessons: Vec<Spanned<String>>,
    /// What the parties answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
    /// What changed in meaning after publication.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Ids of the same case in other registries.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[schemars(extend("x-vocabulary-keys" = "registries"))]
    pub aliases: Table<OneOrMany<Spanned<String>>>,
    /// Our own cases that belong beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Spanned<IncidentId>>,
    /// Who filed it: a name, a handle without `@`, or anonymous.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 120))]
    pub attribution: Option<Spanned<String>>,
    /// The sections, in a pure YAML record only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyFields>,
}

/// An incident as read: its fields, its body and where it stands.
#[derive(Clone, Debug)]
pub struct Incident {
    /// Its file.
    pub file: FileId,
    /// The name by which others refer to it and its page is found: its number, or while none is minted the
    /// file's stem.
    pub handle: IncidentId,
    /// Its front matter.
    pub fields: IncidentFields,
    /// Its text.
    pub body: Body,
    /// The whole front matter, for findings about what is missing.
    pub span: Span,
    /// Top-level fields with a shape error: rules that need them keep quiet.
    pub misshapen: Vec<String>,
    /// For a path of one's own, how far its statements are taken to be carried, in the order of
    /// [`Incident::statements`]. Nothing for a record: no record can say so of itself.
    pub assumed: Option<Vec<Status>>,
}

impl std::ops::Deref for Incident {
    type Target = IncidentFields;
    fn deref(&self) -> &IncidentFields {
        &self.fields
    }
}

impl Incident {
    /// Every statement, verified first.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.fields.verified.iter().chain(&self.fields.unconfirmed)
    }

    /// The statement with an id.
    pub fn statement(&self, id: &str) -> Option<&Statement> {
        self.statements().find(|statement| &*statement.id.value == id)
    }

    /// The author's view of a gate.
    pub fn mapping(&self, gate: &str) -> Option<&Mapping> {
        self.fields.gates.iter().find(|mapping| &*mapping.gate.value == gate)
    }

    /// The records that it names, in its fields and in its text.
    pub fn named_incidents(&self) -> impl Iterator<Item = &str> {
        let related = self.fields.related.iter().map(|id| &*id.value);
        let merged = self.fields.merged.iter().map(|merge| &*merge.value.into.value);
        let mentioned = self.body.references.iter().filter_map(|reference| match &reference.value {
            Reference::Incident(id) => Some(id.as_str()),
            _ => None,
        });
        related.chain(merged).chain(mentioned)
    }

    /// Whether the site shows it and the ledger knows it.
    pub fn is_public(&self) -> bool {
        self.fields.status.value != RecordStatus::Draft
    }

    /// Whether lists show it and figures count it: not a draft, neither taken back nor told elsewhere.
    pub fn is_listed(&self) -> bool {
        matches!(self.fields.status.value, RecordStatus::Published | RecordStatus::Disputed)
    }
}
