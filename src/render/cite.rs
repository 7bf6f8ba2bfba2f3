//! How to cite a case: as text, BibTeX and CSL-JSON, with a hash of the record, since quoted cases change.

use anyhow::Result;
use serde::Serialize;
use serde_json::json;

use crate::model::date::Date;
use crate::model::digest::Digest;
use crate::model::incident::Incident;
use crate::render::Site;

/// The ways to cite a case.
#[derive(Serialize)]
pub(super) struct Cite {
    text: String,
    bibtex: String,
    csl: String,
    /// SHA-256 of the record's file, in hexadecimal.
    sha256: String,
    /// The name of that file beside the page.
    file: String,
}

/// How to cite a record as it now is.
pub(super) fn cite(site: &Site<'_>, incident: &Incident) -> Result<Cite> {
    let config = &site.registry.records.config;
    let url = config.base_url().map(|base| format!("{base}incidents/{}/", incident.handle));
    let as_of = incident.updated.as_ref().or(incident.filed.as_ref()).map(|date| date.value);
    let (id, title, registry) = (&*incident.handle, incident.title.as_str(), config.title());
    let dated = as_of.map(|date| format!(" As of {}.", date.words())).unwrap_or_default();
    let at = url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
    Ok(Cite {
        text: format!("{registry}, {id}: {title}.{dated}{at}"),
        bibtex: bibtex(id, title, registry, as_of, url.as_deref()),
        csl: csl(id, title, registry, as_of, url.as_deref())?,
        sha256: Digest::of(site.files.get(incident.file).text.as_bytes()).to_string(),
        file: format!("{id}.{}", ending(site, incident)),
    })
}

/// The ending of a record's file, `md` or `yaml`.
pub(super) fn ending(site: &Site<'_>, incident: &Incident) -> &'static str {
    if site.files.get(incident.file).is_markdown() { "md" } else { "yaml" }
}

fn bibtex(id: &str, title: &str, registry: &str, as_of: Option<Date>, url: Option<&str>) -> String {
    let year = as_of.map(|date| date.year().to_string());
    let fields = [
        // The second pair of braces keeps the capitals.
        ("title", Some(format!("{{{}}}", tex(title)))),
        ("author", Some(format!("{{{}}}", tex(registry)))),
        ("year", year),
        ("number", Some(id.to_owned())),
        ("url", url.map(ToOwned::to_owned)),
        ("note", as_of.map(|date| format!("As of {}", date.words()))),
    ];
    let lines: String = fields
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| format!("  {key} = {{{value}}},\n")))
        .collect();
    format!("@misc{{{id},\n{lines}}}")
}

/// Text with the characters escaped that mean something in TeX.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', character]),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            other => out.push(other),
        }
    }
    out
}

fn csl(id: &str, title: &str, registry: &str, as_of: Option<Date>, url: Option<&str>) -> Result<String> {
    let mut item = json!({
        "id": id, "type": "webpage", "title": title, "container-title": registry, "number": id,
        "author": [{"literal": registry}],
    });
    if let Some(date) = as_of {
        let parts: Vec<u32> = date.to_string().split('-').filter_map(|part| part.parse().ok()).collect();
        item["issued"] = json!({"date-parts": [parts]});
    }
    if let Some(url) = url {
        item["URL"] = json!(url);
    }
    Ok(serde_json::to_string_pretty(&[item])?)
}
