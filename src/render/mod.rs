//! Registry to pages: a list of cheap jobs, each of which makes one file in memory when it is run.

mod gate;
mod incident;
mod index;
mod markdown;
mod view;

use anyhow::{Context, Result};
use serde::Serialize;
use tera::Tera;

use crate::model::output::{Job, OutputFile};
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
const STATICS: &[(&str, &[u8])] = &[("style.css", include_bytes!("../../static/style.css"))];

/// A registry with the templates that show it.
#[derive(Debug)]
pub struct Site<'a> {
    registry: &'a Registry,
    verdicts: &'a Verdicts,
    tera: Tera,
    statics: Vec<(String, Vec<u8>)>,
}

/// Loads the templates; a registry's own take the place of the embedded ones of the same name.
pub fn site<'a>(
    registry: &'a Registry,
    verdicts: &'a Verdicts,
    templates: &[(String, String)],
    statics: Vec<(String, Vec<u8>)>,
) -> Result<Site<'a>> {
    let own = |name: &str| templates.iter().find(|(it, _)| it == name).map(|(_, text)| text.as_str());
    let embedded = TEMPLATES.iter().map(|(name, text)| (*name, own(name).unwrap_or(text)));
    let further = templates.iter().filter(|(name, _)| !TEMPLATES.iter().any(|(it, _)| it == name));
    let further = further.map(|(name, text)| (name.as_str(), text.as_str()));
    let mut tera = Tera::default();
    tera.add_raw_templates(embedded.chain(further)).context("could not read the templates")?;
    let global = tera.global_context();
    global.insert("site_title", registry.records.config.title());
    global.insert("repository", &registry.records.config.fields.repository.as_ref().map(|url| &url.value));
    Ok(Site { registry, verdicts, tera, statics })
}

impl Site<'_> {
    /// Every file of the site.
    pub fn jobs(&self) -> Vec<Job<'_>> {
        let mut jobs: Vec<Job<'_>> = vec![Box::new(|| index::page(self)), Box::new(|| gate::list(self))];
        for (at, gate) in self.registry.records.gates.iter().enumerate() {
            jobs.push(Box::new(move || gate::page(self, at, gate)));
        }
        for (at, incident) in self.registry.records.incidents.iter().enumerate() {
            if incident.is_public() {
                jobs.push(Box::new(move || incident::page(self, at, incident)));
            }
        }
        for (name, bytes) in self.statics() {
            jobs.push(Box::new(move || {
                Ok(OutputFile { path: format!("static/{name}"), bytes: bytes.to_vec() })
            }));
        }
        jobs
    }

    /// Embedded static files, and the registry's own over them.
    fn statics(&self) -> Vec<(&str, &[u8])> {
        let own = self.statics.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let replaced = |name: &str| self.statics.iter().any(|(it, _)| it == name);
        let embedded = STATICS.iter().copied().filter(|(name, _)| !replaced(name));
        embedded.chain(own).collect()
    }

    /// One page: a template over what the page shows, at a path that is a folder's `index.html`.
    fn page(&self, folder: &str, template: &str, page: &impl Serialize) -> Result<OutputFile> {
        let mut context = tera::Context::new();
        // Links climb to the root, so that the site works under any path and from a folder.
        context.insert("root", &"../".repeat(folder.matches('/').count()));
        context.insert("page", page);
        let html = self
            .tera
            .render(template, &context)
            .with_context(|| format!("the template `{template}` failed"))?;
        Ok(OutputFile { path: format!("{folder}index.html"), bytes: html.into_bytes() })
    }
}
