//! The action path: what was done, through which boundary, and what stood in the way.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::files::Spanned;
use crate::model::id::{Slug, StatementId};
use crate::model::statement::{StatementRefs, Status};
use crate::model::table::Table;

/// A path of one's own: a file without a record, which says by itself how far each statement is carried.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Path")]
pub struct PathFields {
    /// How far each statement is carried, by its id; one that is not listed counts as unknown.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[schemars(extend("propertyNames" = {"pattern": StatementId::PATTERN}))]
    pub statements: Table<Spanned<Status>>,
    /// The action path, step by step, as in a record.
    #[schemars(length(min = 1, max = 50))]
    pub path: Vec<Step>,
}

/// One step of the path. Every entry points at a statement; what is not written is not known.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name in this record.
    pub step: Spanned<Slug>,
    /// What was done, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 5, max = 400))]
    pub text: Option<Spanned<String>>,
    /// The system or organisation that did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-vocabulary" = "entities"))]
    pub actor: Option<Spanned<Slug>>,
    /// What kind of action it was.
    #[schemars(extend("x-vocabulary" = "actions"))]
    pub action: Spanned<Slug>,
    /// Statements that say the action happened.
    #[serde(default)]
    pub evidence: StatementRefs,
    /// Where it happened: the name of an environment, and the statement that says so.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    pub environment: Table<StatementRefs>,
    /// Boundaries it went through, each with the statement that says so.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[schemars(extend("x-vocabulary-keys" = "boundaries"))]
    pub crosses: Table<StatementRefs>,
    /// Boundaries it did not go through, each with the statement that says so.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[schemars(extend("x-vocabulary-keys" = "boundaries"))]
    pub avoids: Table<StatementRefs>,
    /// Somebody entitled had approved this exact action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<StatementRefs>,
    /// Nobody entitled had approved this exact action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_approved: Option<StatementRefs>,
    /// Gates whose enforcement was beneath or beside the action in this case.
    #[serde(default, skip_serializing_if = "Table::is_empty")]
    #[schemars(extend("x-vocabulary-keys" = "gates"))]
    pub defeats: Table<StatementRefs>,
    /// The same credential could not reach the same effect elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_route: Option<StatementRefs>,
    /// The same credential could reach the same effect elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_route: Option<StatementRefs>,
    /// How much of the recorded harm depends on this step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harm: Option<Spanned<Harm>>,
}

/// How much of the harm depends on a step: exactly one of the three.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub struct Harm {
    /// All of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all: Option<StatementRefs>,
    /// Some of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub some: Option<StatementRefs>,
    /// None of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none: Option<StatementRefs>,
}
