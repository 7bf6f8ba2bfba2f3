//! Registry to pages: a list of cheap jobs, each of which makes one file in memory when it is run.

mod gate;
mod incident;
mod index;
mod markdown;
mod view;

use std::borrow::Cow;

use anyhow::{Context, Result};
use serde::Serialize;
use tera::Tera;

use crate::model::config::Config;
use crate::model::output::Job;
use crate::model::registry::{Registry, Verdicts};

/// The templates and static files that are part of the program, by the name under which a registry replaces them.
const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../../templates/base.html")),
    ("index.html", include_str!("../../templates/index.html")),
    ("incident.html", include_str!("../../templates/incident.html")),
    ("gates.html", include_str!("../../templates/gates.html")),
    ("gate.html", include_str!("../../templates/gate.html")),
    ("partials/card.html", include_str!("../../templates/partials/card.html")),
    ("partials/cases.html", include_str!("../../templates/partials/cases.html")),
    ("partials/statement.html", include_str!("../../templates/partials/statement.html")),
];
const STATICS: &[(&str, &[u8])] = &[
    ("icon.svg", include_bytes!("../../static/icon.svg")),
    ("style.css", include_bytes!("../../static/style.css")),
];

/// The look of a site: its templates, compiled, and its static files. A registry's own take the place of the
/// embedded ones of the same name.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    statics: Vec<(String, Cow<'static, [u8]>)>,
}

impl Theme {
    /// The embedded theme with a registry's own templates and static files over it. What all pages share stands
    /// once in the global context.
    pub fn new(
        config: &Config,
        templates: &[(String, String)],
        statics: Vec<(String, Vec<u8>)>,
    ) -> Result<Theme> {
        let own = |name: &str| templates.iter().find(|(it, _)| it == name).map(|(_, text)| text.as_str());
        let embedded = TEMPLATES.iter().map(|(name, text)| (*name, own(name).unwrap_or(text)));
        let further = templates.iter().filter(|(name, _)| !TEMPLATES.iter().any(|(it, _)| it == name));
        let further = further.map(|(name, text)| (name.as_str(), text.as_str()));
        let mut tera = Tera::default();
        tera.add_raw_templates(embedded.chain(further)).context("could not read the templates")?;
        let global = tera.global_context();
        global.insert("site_title", config.title());
        global.insert("repository", &config.fields.repository.as_ref().map(|url| &url.value));
        let replaced = |name: &str| statics.iter().any(|(it, _)| it == name);
        let embedded = STATICS.iter().filter(|(name, _)| !replaced(name));
        let mut all: Vec<_> =
            embedded.map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes))).collect();
        all.extend(statics.into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))));
        Ok(Theme { tera, statics: all })
    }
}

/// A judged registry in the look of a theme.
#[derive(Debug)]
pub struct Site<'a> {
    registry: &'a Registry,
    verdicts: &'a Verdicts,
    theme: &'a Theme,
}

/// A site of which nothing is rendered yet; making one is cheap, so that a server can do it for each request.
pub fn site<'a>(registry: &'a Registry, verdicts: &'a Verdicts, theme: &'a Theme) -> Site<'a> {
    Site { registry, verdicts, theme }
}

impl Site<'_> {
    /// Every file of the site.
    pub fn jobs(&self) -> Vec<Job<'_>> {
        let mut jobs = vec![
            Job::new("index.html", || index::page(self)),
            Job::new("gates/index.html", || gate::list(self)),
        ];
        for (at, gate) in self.registry.records.gates.iter().enumerate() {
            let path = format!("gates/{}/index.html", gate.id.value);
            jobs.push(Job::new(path, move || gate::page(self, at, gate)));
        }
        for (at, incident) in self.registry.records.incidents.iter().enumerate() {
            if incident.is_public() {
                let path = format!("incidents/{}/index.html", incident.handle);
                jobs.push(Job::new(path, move || incident::page(self, at, incident)));
            }
        }
        for (name, bytes) in &self.theme.statics {
            jobs.push(Job::new(format!("static/{name}"), || Ok(bytes.to_vec())));
        }
        jobs
    }

    /// Whether the pages rendered so far lead only to places that are there.
    pub fn verify(&self) -> Result<()> {
        Ok(())
    }

    /// One page: a template over what the page shows; `depth` is the number of folders it lies in.
    fn page(&self, depth: usize, template: &str, page: &impl Serialize) -> Result<Vec<u8>> {
        let mut context = tera::Context::new();
        // Links climb to the root, so that the site works under any path and from a folder.
        context.insert("root", &"../".repeat(depth));
        context.insert("page", page);
        let html = self
            .theme
            .tera
            .render(template, &context)
            .with_context(|| format!("the template `{template}` failed"))?;
        Ok(html.into_bytes())
    }
}
