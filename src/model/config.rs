//! `registry.toml`: what a registry is called, where it is published, how strict its lint is.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::files::{FileId, Spanned};

/// The level of a rule in one registry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Refuses a build.
    #[default]
    Error,
    /// Is shown.
    Warning,
    /// Is not shown.
    Off,
}

/// The pattern of `base_url`, as JSON Schema writes it.
pub const BASE_URL: &str = "^https?://[^ @?#]+$";
/// The pattern of `id_prefix`.
pub const ID_PREFIX: &str = "^[A-Z]{2,8}$";
/// The pattern of `repository`.
pub const REPOSITORY: &str = "^https?://[^ ]+$";

/// The keys of `registry.toml`. An empty file is valid.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Configuration")]
pub struct ConfigFields {
    /// The name of the registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 80))]
    pub title: Option<Spanned<String>>,
    /// Where the site is published, with a final slash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 300), regex(pattern = BASE_URL))]
    pub base_url: Option<Spanned<String>>,
    /// The letters before a record's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = ID_PREFIX))]
    pub id_prefix: Option<Spanned<String>>,
    /// Where the records are kept and discussed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 300), regex(pattern = REPOSITORY))]
    pub repository: Option<Spanned<String>>,
    /// Levels of rules, by code. One finding is silenced where it stands: `# registry: allow(T07) why`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lint: BTreeMap<String, Spanned<Level>>,
}

/// The configuration as read, with its defaults.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Where it stands, if it does.
    pub file: Option<FileId>,
    /// Its keys.
    pub fields: ConfigFields,
}

impl Config {
    /// The name of the registry.
    pub fn title(&self) -> &str {
        self.fields.title.as_ref().map_or("Incident registry", |title| title.as_str())
    }

    /// The letters before a record's number; the default when what was given is none.
    pub fn id_prefix(&self) -> &str {
        let given = self.fields.id_prefix.as_ref().map(super::super::files::Spanned::as_str);
        let is_prefix =
            |text: &&str| (2..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
        given.filter(is_prefix).unwrap_or("APM")
    }

    /// Where the site is published, with a final slash, if that is known.
    pub fn base_url(&self) -> Option<String> {
        let url = self.fields.base_url.as_ref()?;
        Some(format!("{}/", url.value.trim_end_matches('/')))
    }

    /// Publishes at another address than the file says.
    pub fn publish_at(&mut self, url: &str) {
        self.fields.base_url = Some(Spanned { value: url.to_owned(), ..Spanned::default() });
    }

    /// The path below which the site is served, with a final slash: `/`, or `/registry/`.
    pub fn base_path(&self) -> String {
        let url = self.fields.base_url.as_ref().map_or("/", |url| url.as_str());
        let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = after_scheme.find('/').map_or("/", |slash| &after_scheme[slash..]);
        format!("/{}", path.trim_matches('/')).trim_end_matches('/').to_owned() + "/"
    }
}
