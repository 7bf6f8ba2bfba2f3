//! Sources, and the statements they support.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::files::Spanned;
use crate::model::date::Date;
use crate::model::id::{Slug, StatementId};
use crate::model::table::OneOrMany;

/// How far a kind of source can carry a statement: A before B before C before D.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Tier {
    /// Court, advisory, post-mortem of the operator.
    A,
    /// Official statements, research, first-hand accounts, news.
    B,
    /// Analysis, texts without a nameable original, anybody's posts.
    C,
    /// Another registry: finds a case, supports nothing.
    D,
}

/// What kind of publication a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A judgement, filing or decision of a court or authority.
    CourtOrRegulator,
    /// A published security advisory or CVE record.
    SecurityAdvisory,
    /// The operator's own account of what went wrong.
    OperatorPostmortem,
    /// The subject's own words, wherever published.
    OfficialStatement,
    /// Published research.
    Research,
    /// Somebody who was there tells what they saw.
    FirstHandAccount,
    /// Reporting by a news organisation.
    News,
    /// Somebody's reading of what others reported.
    Analysis,
    /// A text whose original cannot be named.
    Derivative,
    /// Anybody else's post.
    Social,
    /// Another registry or an encyclopaedia.
    Aggregator,
}

impl Tier {
    /// Every tier, strongest first.
    pub const ALL: [Tier; 4] = [Tier::A, Tier::B, Tier::C, Tier::D];

    /// Its letter.
    pub fn letter(self) -> char {
        match self {
            Tier::A => 'A',
            Tier::B => 'B',
            Tier::C => 'C',
            Tier::D => 'D',
        }
    }
}

impl SourceKind {
    /// Every kind, best tier first.
    pub const ALL: [SourceKind; 11] = [
        SourceKind::CourtOrRegulator,
        SourceKind::SecurityAdvisory,
        SourceKind::OperatorPostmortem,
        SourceKind::OfficialStatement,
        SourceKind::Research,
        SourceKind::FirstHandAccount,
        SourceKind::News,
        SourceKind::Analysis,
        SourceKind::Derivative,
        SourceKind::Social,
        SourceKind::Aggregator,
    ];

    /// Its tier.
    pub fn tier(self) -> Tier {
        match self {
            SourceKind::CourtOrRegulator | SourceKind::SecurityAdvisory | SourceKind::OperatorPostmortem => {
                Tier::A
            }
            SourceKind::OfficialStatement
            | SourceKind::Research
            | SourceKind::FirstHandAccount
            | SourceKind::News => Tier::B,
            SourceKind::Analysis | SourceKind::Derivative | SourceKind::Social => Tier::C,
            SourceKind::Aggregator => Tier::D,
        }
    }

    /// The id, as written in a record.
    pub fn id(self) -> &'static str {
        match self {
            SourceKind::CourtOrRegulator => "court-or-regulator",
            SourceKind::SecurityAdvisory => "security-advisory",
            SourceKind::OperatorPostmortem => "operator-postmortem",
            SourceKind::OfficialStatement => "official-statement",
            SourceKind::Research => "research",
            SourceKind::FirstHandAccount => "first-hand-account",
            SourceKind::News => "news",
            SourceKind::Analysis => "analysis",
            SourceKind::Derivative => "derivative",
            SourceKind::Social => "social",
            SourceKind::Aggregator => "aggregator",
        }
    }
}

/// On whom the source's own information rests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sourcing {
    /// Named people or organisations.
    #[default]
    Named,
    /// People whom the source does not name.
    Anonymous,
    /// A document that the source has seen.
    Document,
}

/// What the publisher has at stake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Interest {
    /// Nothing that we know of.
    #[default]
    None,
    /// It is the party the record is about.
    Subject,
    /// It sells controls of this kind.
    GateVendor,
    /// It competes with the party the record is about.
    Competitor,
    /// It is a party to a suit about it.
    Litigant,
}

/// What the author had before their eyes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Read {
    /// The original publication.
    #[default]
    Original,
    /// A mirror, syndication or verbatim reproduction; counts as the original.
    Copy,
    /// Somebody's summary of it.
    Digest,
}

/// An original publication that the record cites.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The title of the publication.
    #[schemars(length(min = 3, max = 300))]
    pub title: Spanned<String>,
    /// Who published it.
    #[schemars(length(min = 2, max = 120))]
    pub publisher: Spanned<String>,
    /// Its address.
    #[schemars(length(min = 8, max = 2000))]
    pub url: Spanned<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Spanned<Date>>,
    /// What kind of publication it is; decides how far it can carry a statement.
    pub kind: Spanned<SourceKind>,
    /// On whom its own information rests.
    #[serde(default)]
    pub sourcing: Sourcing,
    /// Who knows: a source of this record or an organisation; default, the source itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Spanned<Slug>>,
    /// What the publisher has at stake.
    #[serde(default)]
    pub interest: Interest,
    /// An archived copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 8, max = 2000))]
    pub archive: Option<Spanned<String>>,
    /// What the author had before their eyes.
    #[serde(default)]
    pub read: Spanned<Read>,
    /// Where the copy or digest was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 8, max = 2000))]
    pub read_at: Option<Spanned<String>>,
}

/// A source, and where in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Citation {
    /// A source of this record.
    pub source: Spanned<Slug>,
    /// Where in it: a page, a paragraph, a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Spanned<String>>,
    /// At most 25 words of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of a citation that is a map, for its schema")]
struct CitationMap {
    /// A source of this record.
    source: Spanned<Slug>,
    /// Where in it: a page, a paragraph, a minute.
    #[schemars(length(min = 1, max = 120))]
    at: Option<Spanned<String>>,
    /// At most 25 words of it.
    #[schemars(length(min = 1, max = 300))]
    quote: Option<Spanned<String>>,
}

struct CitationVisitor;

impl<'de> Visitor<'de> for CitationVisitor {
    type Value = Citation;
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a source id, or a map with `source`")
    }
    // The tree's deserializer hands a lone source id over as a list of one, so that its place is kept.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Citation, A::Error> {
        let source = items.next_element()?.unwrap_or_default();
        Ok(Citation { source, ..Citation::default() })
    }
    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Citation, A::Error> {
        let mut citation = Citation::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "source" => citation.source = map.next_value()?,
                "at" => citation.at = map.next_value()?,
                "quote" => citation.quote = map.next_value()?,
                _ => drop(map.next_value::<serde::de::IgnoredAny>()?),
            }
        }
        Ok(citation)
    }
}

impl Citation {
    /// The name by which the tree's deserializer knows that a lone scalar is fine here.
    pub const NAME: &str = "$Citation";
}

impl<'de> Deserialize<'de> for Citation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(Citation::NAME, &["source", "at", "quote"], CitationVisitor)
    }
}

impl JsonSchema for Citation {
    fn schema_name() -> Cow<'static, str> {
        "Citation".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (id, map) = (generator.subschema_for::<Slug>(), CitationMap::json_schema(generator));
        json_schema!({"anyOf": [id, map]})
    }
}

/// A proposition that could be true or false, and who says so.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Unique in the record; never reused for another meaning.
    pub id: Spanned<StatementId>,
    /// One sentence that could be true or false.
    #[schemars(length(min = 10, max = 600))]
    pub text: Spanned<String>,
    /// The sources that say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Citation>,
    /// Sources that say otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicted_by: Vec<Citation>,
    /// What they say instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 5, max = 600))]
    pub counter: Option<Spanned<String>>,
    /// Those of its sources that admit it against their own interest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conceded_by: Vec<Spanned<Slug>>,
    /// Sources that were searched and do not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked_in: Vec<Spanned<Slug>>,
    /// When they were searched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_on: Option<Spanned<Date>>,
}

/// One statement id, or several.
pub type StatementRefs = OneOrMany<Spanned<StatementId>>;

/// How far the evidence carries a statement, weakest first. In a record it is derived, never written; a path of one's
/// own says it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// No source supports it.
    #[default]
    Unknown,
    /// A source of like weight says otherwise.
    Disputed,
    /// No source of tier A or B supports it.
    Asserted,
    /// One origin, or read second hand.
    Reported,
    /// Two independent origins.
    Corroborated,
    /// A tier-A source, or conceded against interest.
    Established,
}

impl Status {
    /// Every status, strongest first.
    pub const ALL: [Status; 6] = [
        Status::Established,
        Status::Corroborated,
        Status::Reported,
        Status::Asserted,
        Status::Disputed,
        Status::Unknown,
    ];

    /// The status as a word.
    pub fn word(self) -> &'static str {
        match self {
            Status::Unknown => "unknown",
            Status::Disputed => "disputed",
            Status::Asserted => "asserted",
            Status::Reported => "reported",
            Status::Corroborated => "corroborated",
            Status::Established => "established",
        }
    }

    /// What has to be so for a statement to have it. `derive::status` holds the rule itself.
    pub fn meaning(self) -> &'static str {
        match self {
            Status::Unknown => "No source says so. Where people have looked is listed beside it.",
            Status::Disputed => {
                "A source of about the same weight says otherwise; what it says instead stands beside it."
            }
            Status::Asserted => {
                "Somebody says so, but none of the sources is of tier A or B: comment, posts, texts whose original \
                 cannot be named."
            }
            Status::Reported => {
                "One source of tier A or B says so, or several that all repeat the same one, or it was read second \
                 hand only."
            }
            Status::Corroborated => "Sources of tier A or B say so, and they have it from different origins.",
            Status::Established => {
                "A source of tier A says so, or the party concerned admits it against its own interest."
            }
        }
    }

    /// The strength it lends a condition, or nothing when it counts as unknown.
    pub fn strength(self) -> Option<u8> {
        match self {
            Status::Unknown | Status::Disputed | Status::Asserted => None,
            Status::Reported => Some(0),
            Status::Corroborated => Some(1),
            Status::Established => Some(2),
        }
    }
}
