//! A gate: a kind of authorization control, where it sits and what its receipt binds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::files::{FileId, Span, Spanned};
use crate::model::body::Body;
use crate::model::id::Slug;

/// What happens when the gate itself is out of order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fails {
    /// Nothing passes.
    #[default]
    Closed,
    /// Everything passes; such a gate is never better than only-if-routed.
    Open,
}

/// What a receipt is.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// What exactly it is valid for.
    #[schemars(length(min = 1))]
    pub binds: Vec<Spanned<String>>,
    /// Whether it is signed.
    pub signed: bool,
    /// Whether it expires.
    pub expires: bool,
    /// Whether it can be used once only.
    pub single_use: bool,
}

/// A product or project that offers such a gate; naming one is no endorsement.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Implementation {
    /// Its name.
    pub name: Spanned<String>,
    /// Its address.
    pub url: Spanned<String>,
    /// The version that was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Spanned<String>>,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Spanned<String>>,
}

/// The front matter of `gates/<id>.md`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Gate")]
pub struct GateFields {
    /// The file's stem.
    pub id: Spanned<Slug>,
    /// Its name, as a title.
    #[schemars(length(min = 3, max = 60))]
    pub name: Spanned<String>,
    /// Rises when what it covers or where it sits changes.
    #[schemars(range(min = 1, max = 999))]
    pub version: Spanned<u32>,
    /// The boundaries it stands at.
    #[schemars(length(min = 1), extend("x-vocabulary-items" = "boundaries"))]
    pub boundaries: Vec<Spanned<Slug>>,
    /// The actions it covers.
    #[schemars(length(min = 1), extend("x-vocabulary-items" = "actions"))]
    pub covers: Vec<Spanned<Slug>>,
    /// What it demands before it lets an action through.
    pub receipt: Receipt,
    /// What happens when the gate itself is out of order.
    pub fails: Fails,
    /// What else must be true for it to hold.
    pub still_needs: Vec<Spanned<String>>,
    /// What goes around it.
    pub limits: Vec<Spanned<String>>,
    /// Where to start.
    #[schemars(length(min = 10, max = 400))]
    pub first_step: Spanned<String>,
    /// Products and projects that offer it.
    #[serde(default)]
    pub implementations: Vec<Implementation>,
}

/// A gate as read: its fields, its body and where it stands.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Its file.
    pub file: FileId,
    /// Its front matter.
    pub fields: GateFields,
    /// Its text.
    pub body: Body,
    /// The whole front matter, for findings about what is missing.
    pub span: Span,
    /// Top-level fields with a shape error.
    pub misshapen: Vec<String>,
}

impl std::ops::Deref for Gate {
    type Target = GateFields;
    fn deref(&self) -> &GateFields {
        &self.fields
    }
}
