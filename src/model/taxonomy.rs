//! The vocabularies: closed ones that are policy (`taxonomy.yaml`), open ones that grow (`entities.yaml`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::files::{FileId, Spanned};
use crate::model::id::Slug;
use crate::model::statement::SourceKind;

/// A word of a vocabulary.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// As records write it.
    pub id: Spanned<Slug>,
    /// As readers see it.
    #[schemars(length(min = 2, max = 80))]
    pub name: Spanned<String>,
    /// What it means, and how it differs from its neighbours.
    #[schemars(length(min = 10, max = 800))]
    pub description: Spanned<String>,
}

/// A level of severity.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeverityLevel {
    /// 1 (minimal) to 5 (critical).
    #[schemars(range(min = 1, max = 5))]
    pub level: Spanned<u8>,
    /// One word.
    #[schemars(length(min = 2, max = 40))]
    pub label: Spanned<String>,
    /// What puts a case on this level.
    #[schemars(length(min = 10, max = 800))]
    pub description: Spanned<String>,
}

/// The least level that recorded facts imply.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// The level.
    #[schemars(range(min = 1, max = 5))]
    pub level: Spanned<u8>,
    /// From this loss in United States dollars on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usd: Option<f64>,
    /// From this many hours of interruption on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// With any of these impacts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-vocabulary-items" = "impacts"))]
    pub impacts: Vec<Spanned<Slug>>,
}

/// Another registry whose ids appear under `aliases`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherRegistry {
    /// As records write it.
    pub id: Spanned<Slug>,
    /// As readers see it.
    #[schemars(length(min = 2, max = 80))]
    pub name: Spanned<String>,
    /// The address of a case, with `{id}` where its id stands.
    #[schemars(length(min = 8, max = 300))]
    pub url: Spanned<String>,
}

/// `taxonomy.yaml`
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Taxonomy")]
pub struct TaxonomyFields {
    /// The five levels of severity.
    pub severity: Vec<SeverityLevel>,
    /// What recorded facts imply of it.
    #[serde(default)]
    pub floors: Vec<Floor>,
    /// Kinds of action.
    pub actions: Vec<Term>,
    /// Control boundaries.
    pub boundaries: Vec<Term>,
    /// Kinds of harm.
    pub impacts: Vec<Term>,
    /// Contributing factors.
    pub factors: Vec<Term>,
    /// Kinds of source; their tiers are in the code of the derivation.
    pub source_kinds: Vec<Term>,
    /// Other registries.
    #[serde(default)]
    pub registries: Vec<OtherRegistry>,
}

/// `entities.yaml`
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Entities")]
pub struct EntitiesFields {
    /// AI systems.
    #[serde(default)]
    pub systems: Vec<Term>,
    /// Organisations: operators, vendors, publishers that are an origin.
    #[serde(default)]
    pub organisations: Vec<Term>,
}

/// A vocabulary that a field draws from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vocabulary {
    /// Kinds of action.
    Actions,
    /// Control boundaries.
    Boundaries,
    /// Kinds of harm.
    Impacts,
    /// Contributing factors.
    Factors,
    /// AI systems.
    Systems,
    /// Organisations.
    Organisations,
    /// Other registries.
    Registries,
}

impl Vocabulary {
    /// Every vocabulary.
    pub const ALL: [Vocabulary; 7] = [
        Vocabulary::Actions,
        Vocabulary::Boundaries,
        Vocabulary::Impacts,
        Vocabulary::Factors,
        Vocabulary::Systems,
        Vocabulary::Organisations,
        Vocabulary::Registries,
    ];

    /// One of its terms, as a word.
    pub fn noun(self) -> &'static str {
        match self {
            Vocabulary::Actions => "action",
            Vocabulary::Boundaries => "boundary",
            Vocabulary::Impacts => "impact",
            Vocabulary::Factors => "factor",
            Vocabulary::Systems => "system",
            Vocabulary::Organisations => "organisation",
            Vocabulary::Registries => "registry",
        }
    }

    /// Its key in the file it stands in.
    pub fn key(self) -> &'static str {
        match self {
            Vocabulary::Actions => "actions",
            Vocabulary::Boundaries => "boundaries",
            Vocabulary::Impacts => "impacts",
            Vocabulary::Factors => "factors",
            Vocabulary::Systems => "systems",
            Vocabulary::Organisations => "organisations",
            Vocabulary::Registries => "registries",
        }
    }

    /// Whether anybody may add to it; the others are policy.
    pub fn is_open(self) -> bool {
        matches!(self, Vocabulary::Systems | Vocabulary::Organisations)
    }

    /// The file it stands in.
    pub fn file(self) -> &'static str {
        match self {
            Vocabulary::Systems | Vocabulary::Organisations => "entities.yaml",
            _ => "taxonomy.yaml",
        }
    }
}

/// Every vocabulary of a registry.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    /// Where `taxonomy.yaml` stands, if it does.
    pub file: Option<FileId>,
    /// Where `entities.yaml` stands, if it does.
    pub entities_file: Option<FileId>,
    /// Whether it is not there, or holds nothing.
    pub without_entities: bool,
    /// The five levels of severity.
    pub severity: Vec<SeverityLevel>,
    /// What recorded facts imply of it.
    pub floors: Vec<Floor>,
    /// Kinds of source.
    pub source_kinds: Vec<Term>,
    /// Other registries.
    pub registries: Vec<OtherRegistry>,
    /// Kinds of action.
    pub actions: Vec<Term>,
    /// Control boundaries.
    pub boundaries: Vec<Term>,
    /// Kinds of harm.
    pub impacts: Vec<Term>,
    /// Contributing factors.
    pub factors: Vec<Term>,
    /// AI systems.
    pub systems: Vec<Term>,
    /// Organisations.
    pub organisations: Vec<Term>,
    /// Vocabularies that could not be read whole: their terms are not judged.
    pub misshapen: Vec<String>,
}

impl Taxonomy {
    /// The terms of a vocabulary. Other registries are not terms; [`Taxonomy::ids`] names them too.
    pub fn terms(&self, vocabulary: Vocabulary) -> &[Term] {
        match vocabulary {
            Vocabulary::Actions => &self.actions,
            Vocabulary::Boundaries => &self.boundaries,
            Vocabulary::Impacts => &self.impacts,
            Vocabulary::Factors => &self.factors,
            Vocabulary::Systems => &self.systems,
            Vocabulary::Organisations => &self.organisations,
            Vocabulary::Registries => &[],
        }
    }

    /// The ids of a vocabulary, as written.
    pub fn ids(&self, vocabulary: Vocabulary) -> Vec<&str> {
        match vocabulary {
            Vocabulary::Registries => self.registries.iter().map(|registry| &*registry.id.value).collect(),
            _ => self.terms(vocabulary).iter().map(|term| &*term.id.value).collect(),
        }
    }

    /// The term with an id.
    pub fn term(&self, vocabulary: Vocabulary, id: &str) -> Option<&Term> {
        self.terms(vocabulary).iter().find(|term| &*term.id.value == id)
    }

    /// How readers see an id: its name, or the id itself where it is unknown.
    pub fn name<'a>(&'a self, vocabulary: Vocabulary, id: &'a str) -> &'a str {
        self.term(vocabulary, id).map_or(id, |term| term.name.as_str())
    }

    /// How readers see a kind of source.
    pub fn source_kind_name(&self, kind: SourceKind) -> &str {
        let term = self.source_kinds.iter().find(|term| &*term.id.value == kind.id());
        term.map_or(kind.id(), |term| term.name.as_str())
    }

    /// The word for a level of severity.
    pub fn severity_label(&self, level: u8) -> &str {
        let level = self.severity.iter().find(|row| row.level.value == level);
        level.map_or("unlabelled", |row| row.label.as_str())
    }

    /// How readers see an AI system or an organisation.
    pub fn entity_name<'a>(&'a self, id: &'a str) -> &'a str {
        let term = self.term(Vocabulary::Systems, id).or_else(|| self.term(Vocabulary::Organisations, id));
        term.map_or(id, |term| term.name.as_str())
    }
}
