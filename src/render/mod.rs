//! Registry to pages: a list of cheap jobs, each of which makes one file in memory when it is run.

mod boundary;
mod case;
mod cases;
mod cite;
mod contribute;
mod coverage;
mod facet;
mod figures;
mod gate;
mod glance;
mod home;
mod incident;
mod links;
mod listing;
mod markdown;
mod matrix;
mod method;
mod more;
mod path;
mod questions;
mod rule;
mod theme;
mod view;

use anyhow::Result;
use serde::Serialize;

use crate::across::Questions;
use crate::files::Files;
use crate::model::output::Job;
use crate::model::registry::{Registry, Verdicts};
use crate::model::rule::RulePage;

pub use theme::Theme;

/// A judged registry in the look of a theme.
#[derive(Debug)]
pub struct Site<'a> {
    files: &'a Files,
    registry: &'a Registry,
    verdicts: &'a Verdicts,
    rules: &'a [RulePage],
    theme: &'a Theme,
    by_gate: figures::ByGate,
    questions: &'a Questions,
    links: links::Links,
}

/// A site of which nothing is rendered yet; making one is cheap, so that a server can do it for each request.
pub fn site<'a>(
    files: &'a Files,
    registry: &'a Registry,
    verdicts: &'a Verdicts,
    questions: &'a Questions,
    rules: &'a [RulePage],
    theme: &'a Theme,
) -> Site<'a> {
    let by_gate = figures::by_gate(registry, verdicts);
    Site { files, registry, verdicts, rules, theme, by_gate, questions, links: links::Links::default() }
}

impl Site<'_> {
    /// Every file of the site. The pages that take longest come first, so that threads end together.
    pub fn jobs(&self) -> Vec<Job<'_>> {
        let mut jobs = vec![
            Job::new(cases::INDEX, || cases::index(self)),
            Job::new("index.html", || home::page(self)),
            Job::new(coverage::DATA, || coverage::data(self)),
            Job::new("coverage/index.html", || coverage::page(self)),
            Job::new("matrix/index.html", || matrix::page(self)),
            Job::new("method/index.html", || method::page(self)),
            Job::new("about/contribute/index.html", || contribute::page(self)),
            Job::new("404.html", || self.not_found()),
        ];
        jobs.extend(cases::jobs(self));
        jobs.extend(facet::jobs(self));
        jobs.extend(gate::jobs(self));
        jobs.extend(incident::jobs(self));
        jobs.extend(questions::jobs(self));
        jobs.extend(rule::jobs(self));
        for (name, bytes) in self.theme.statics() {
            jobs.push(Job::new(format!("static/{name}"), || Ok(bytes.to_vec())));
        }
        jobs
    }

    /// Whether the pages rendered so far lead only to files of the site, and to places that are there.
    pub fn verify(&self, jobs: &[Job<'_>]) -> Result<()> {
        let again = |path: &str| match jobs.iter().find(|job| job.path == path) {
            Some(job) => job.bytes(),
            None => Ok(Vec::new()),
        };
        self.links.verify(jobs.iter().map(|job| job.path.as_str()), self.theme.base_path(), again)
    }

    /// Where the registry's own repository stands, without a slash at the end.
    fn tracker(&self) -> Option<&str> {
        let repository = self.registry.records.config.fields.repository.as_ref()?;
        Some(repository.value.trim_end_matches('/'))
    }

    /// One page: a template over what the page shows. Links climb to the root, so that the site works under
    /// any path.
    fn page(&self, path: &str, template: &'static str, page: &impl Serialize) -> Result<Vec<u8>> {
        self.page_from(path, &"../".repeat(path.matches('/').count()), template, page)
    }

    fn page_from(
        &self,
        path: &str,
        root: &str,
        template: &'static str,
        page: &impl Serialize,
    ) -> Result<Vec<u8>> {
        let mut context = tera::Context::new();
        context.insert("root", root);
        context.insert("here", path.trim_end_matches("index.html"));
        context.insert("page", page);
        let html = self.theme.render(template, &context)?;
        self.links.add(path, template, &html, self.theme.base_path());
        Ok(html.into_bytes())
    }

    /// The page for an address that is none. It is shown at any depth, so its links begin at the site's own path.
    fn not_found(&self) -> Result<Vec<u8>> {
        self.page_from("404.html", self.theme.base_path(), "404.html", &())
    }
}
