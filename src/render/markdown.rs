//! A section's Markdown to HTML: references become links with their status, raw HTML becomes text,
//! and a link leads to the web or nowhere.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use crate::model::body::{Reference, Section};
use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Registry};
use crate::render::view;

/// What the references of a text can lead to.
pub(super) struct Targets<'a> {
    pub(super) registry: &'a Registry,
    /// The record whose statements are meant; a gate's text has none.
    pub(super) incident: Option<(&'a Incident, &'a Derivation)>,
    /// The way to the root of the site.
    pub(super) root: &'static str,
}

/// The HTML of a section.
pub(super) fn html(section: &Section, targets: &Targets<'_>) -> String {
    let mut markdown = section.markdown.clone();
    for (range, reference) in section.references.iter().rev() {
        if let Some(link) = targets.link(reference) {
            markdown.replace_range(range.clone(), &link);
        }
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut links = Vec::new();
    let events = Parser::new_ext(&markdown, options).filter_map(|event| safe(event, &mut links));
    let mut out = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut out, events);
    out
}

impl Targets<'_> {
    /// The Markdown link for a reference, if it leads somewhere.
    fn link(&self, reference: &Reference) -> Option<String> {
        let root = self.root;
        match reference {
            Reference::Statement(id) => {
                let (incident, derivation) = self.incident?;
                let status = derivation.status(incident, id)?;
                Some(format!("[{id}](#{id} \"{}\")", status.word()))
            }
            Reference::Incident(id) => {
                let incident = self.registry.incident(id).filter(|incident| incident.is_public())?;
                Some(format!("[{id}]({root}incidents/{}/index.html)", incident.handle))
            }
            Reference::Gate(id) => {
                let gate = self.registry.gate(id)?;
                Some(format!("[{}]({root}gates/{}/index.html)", gate.name.value, gate.id.value))
            }
        }
    }
}

/// Lets through what a page may hold. `links` remembers, for every link that is open, whether it is kept.
fn safe<'e>(event: Event<'e>, links: &mut Vec<bool>) -> Option<Event<'e>> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            let kept = is_ours(dest_url) || view::web(dest_url).is_some();
            links.push(kept);
            kept.then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or_default().then_some(event),
        // An image would be a request to somebody else; its description stays.
        Event::Start(Tag::Image { .. } | Tag::HtmlBlock) | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {
            None
        }
        // Sections are headed by the page itself, so a heading within begins two levels below it.
        other => Some(other),
    }
}

fn is_ours(target: &CowStr<'_>) -> bool {
    target.starts_with('#') || target.starts_with("../../incidents/") || target.starts_with("../../gates/")
}
