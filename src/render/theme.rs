//! The look of a site: its templates, compiled, and its static files. Embedded ones, and a registry's own over them.

use std::borrow::Cow;

use anyhow::{Result, anyhow};
use serde::Serialize;
use tera::{ErrorKind, Tera};

use crate::model::config::Config;
use crate::model::facet::Facet;

/// Embeds files of a folder under their names.
macro_rules! embedded {
    ($include:ident, $folder:literal, $($name:literal),+ $(,)?) => {
        &[$(($name, $include!(concat!("../../", $folder, "/", $name)))),+]
    };
}

/// The templates that are part of the program, by the name under which a registry replaces them.
const TEMPLATES: &[(&str, &str)] = embedded!(
    include_str,
    "templates",
    "404.html",
    "base.html",
    "blanks.html",
    "cases.html",
    "contribute.html",
    "coverage.html",
    "facet.html",
    "gate.html",
    "gate-verdict.html",
    "gates.html",
    "home.html",
    "incident.html",
    "matrix.html",
    "method.html",
    "questions.html",
    "rule.html",
    "rules.html",
    "term.html",
    "partials/browse.html",
    "partials/card.html",
    "partials/cases.html",
    "partials/cite.html",
    "partials/drawing.html",
    "partials/figures.html",
    "partials/gates-here.html",
    "partials/gate-cards.html",
    "partials/gain.html",
    "partials/matrix.html",
    "partials/moves.html",
    "partials/pages.html",
    "partials/path.html",
    "partials/sections.html",
    "partials/sources.html",
    "partials/statement.html",
);
/// The static files that are part of the program.
const STATICS: &[(&str, &[u8])] =
    embedded!(include_bytes, "static", "style.css", "cases.js", "coverage.js", "what-if.js", "icon.svg");

/// Templates, compiled, and static files.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    statics: Vec<(String, Cow<'static, [u8]>)>,
    base_path: String,
    /// The templates that are the registry's own.
    own: Vec<String>,
    /// What of the registry's own nothing will use, in words.
    unused: Vec<String>,
}

/// A facet as the menus of every page name it.
#[derive(Serialize)]
struct MenuItem {
    folder: &'static str,
    title: &'static str,
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
        tera.add_raw_templates(embedded.chain(further))
            .map_err(|error| broken(&error, |name| own(name).is_some()))?;
        let global = tera.global_context();
        global.insert("site_title", config.title());
        global.insert("base_url", &config.base_url());
        global.insert(
            "repository",
            &config.fields.repository.as_ref().map(|url| url.value.trim_end_matches('/')),
        );
        global.insert("facets", &Facet::ALL.map(|it| MenuItem { folder: it.folder(), title: it.title() }));
        let own = templates.iter().map(|(name, _)| name.clone()).collect();
        let unused = unused(templates, &statics);
        Ok(Theme { tera, statics: over(statics), base_path: config.base_path(), own, unused })
    }

    /// What of the registry's own templates and static files is likely to be misnamed, in words.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// The static files, by name.
    pub(super) fn statics(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.statics.iter().map(|(name, bytes)| (name.as_str(), &**bytes))
    }

    /// The path below which the site is served, with a final slash.
    pub(super) fn base_path(&self) -> &str {
        &self.base_path
    }

    /// A template over a context.
    pub(super) fn render(&self, template: &str, context: &tera::Context) -> Result<String> {
        self.tera
            .render(template, context)
            .map_err(|error| broken(&error, |name| self.own.iter().any(|it| it == name)))
    }
}

/// Templates that no page and no other template uses, and static files that are nearly called like an embedded one.
fn unused(templates: &[(String, String)], statics: &[(String, Vec<u8>)]) -> Vec<String> {
    let named = |name: &str| templates.iter().any(|(_, text)| text.contains(&format!("\"{name}\"")));
    let is_built_in = |name: &str| TEMPLATES.iter().any(|(it, _)| *it == name);
    let lost =
        templates.iter().map(|(name, _)| name.as_str()).filter(|name| !is_built_in(name) && !named(name));
    let mut unused: Vec<String> = lost
        .map(|name| {
            let near = nearest(name, TEMPLATES.iter().map(|(it, _)| *it));
            let meant = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
            format!("no page uses `templates/{name}`{meant}")
        })
        .collect();
    for (name, _) in statics.iter().filter(|(name, _)| !STATICS.iter().any(|(it, _)| it == name)) {
        if let Some(near) = nearest(name, STATICS.iter().map(|(it, _)| *it)) {
            unused.push(format!(
                "`static/{name}` is published beside `{near}`; to replace that one, give it its name"
            ));
        }
    }
    unused
}

/// The name that is only a slip away.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distances = known.map(|it| (strsim::osa_distance(name, it), it));
    distances.min().filter(|(distance, _)| *distance <= 2).map(|(_, it)| it)
}

/// The embedded static files with a registry's own in their place or beside them.
fn over(own: Vec<(String, Vec<u8>)>) -> Vec<(String, Cow<'static, [u8]>)> {
    let replaced = |name: &str| own.iter().any(|(it, _)| it == name);
    let embedded = STATICS.iter().filter(|(name, _)| !replaced(name));
    let mut all: Vec<_> = embedded.map(|(name, bytes)| ((*name).to_owned(), Cow::Borrowed(*bytes))).collect();
    all.extend(own.into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))));
    all
}

/// What is wrong with a template, and the way out. Tera's message has the template's name, line and column.
fn broken(error: &tera::Error, is_own: impl Fn(&str) -> bool) -> anyhow::Error {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return anyhow!("a template cannot be used: {error}\n  help: look into the folder `templates`");
    };
    let name = report.filename();
    let help = if is_own(name) {
        format!("correct `templates/{name}`, or remove it to go back to the built-in one")
    } else {
        format!("`{name}` is built in; a template of the registry's own that it includes may be at fault")
    };
    // The report begins with a word of its own.
    let text = error.to_string();
    let text = if is_own(name) { text.replace("--> ", "--> templates/") } else { text };
    anyhow!("a template cannot be used: {}\n  help: {help}", text.trim_start_matches("error: ").trim_end())
}
