//! What a text that is no id was meant to be, which can be said once all records are read: several ids without a comma,
//! the name of a term, the address of a source.

use super::rules::wrong_type;
use super::similar;
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::model::id::StatementId;
use crate::model::incident::Incident;
use crate::model::registry::Records;
use crate::model::statement::Source;
use crate::model::taxonomy::{Term, Vocabulary};

/// A finding about a text, and all that the text could have meant.
struct Meant<'a> {
    /// The file up to the text.
    before: &'a str,
    text: &'a str,
    /// The record it stands in, unless that is another kind of file.
    incident: Option<&'a Incident>,
    records: &'a Records,
}

/// Fields that hold ids of the record's own sources.
const OF_SOURCES: [&str; 5] = ["looked_in", "sources", "contradicted_by", "conceded_by", "source"];

/// The way out for a value of the wrong type, if more can be said of it than without the other records.
pub(super) fn help(finding: &Diagnostic, files: &Files, records: &Records) -> Option<String> {
    let span = finding.primary.span;
    let at = records.incidents.binary_search_by_key(&span.file, |incident| incident.file).ok();
    let meant = Meant {
        before: files.get(span.file).text.get(..span.start as usize)?.trim_end(),
        text: files.text(span).trim_matches(['"', '\'']),
        incident: at.and_then(|at| records.incidents.get(at)),
        records,
    };
    let sources = || OF_SOURCES.contains(&meant.field()).then(|| meant.source())?;
    let name = || meant.name(finding.message.contains(" takes a list, "));
    meant.several().or_else(|| meant.address()).or_else(sources).or_else(name)
}

impl Meant<'_> {
    /// Several ids, with nothing but blanks between them.
    fn several(&self) -> Option<String> {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        if words.len() < 2 || !words.iter().all(|word| self.is_known(word)) {
            return None;
        }
        let list = words.join(", ");
        Some(match self.before.chars().next_back() {
            Some('[' | ',') => format!("a comma is missing: write `{list}`"),
            Some('-') => format!("write each of `{}` on a line of its own, after `- `", words.join("`, `")),
            _ => format!("write a list, `[{list}]`"),
        })
    }

    fn is_known(&self, word: &str) -> bool {
        let source = self.incident.is_some_and(|incident| incident.sources.get(word).is_some());
        let gate = || self.records.gates.iter().any(|gate| &*gate.id.value == word);
        let term = |it: Vocabulary| self.records.taxonomy.term(it, word).is_some();
        source || StatementId::new(word).is_some() || gate() || Vocabulary::ALL.into_iter().any(term)
    }

    /// The address of a source, where its id belongs.
    fn address(&self) -> Option<String> {
        let address = self.text.trim_end_matches('/');
        let sources = &self.incident.filter(|_| wrong_type::is_address(address))?.sources;
        let (id, _) = sources.iter().find(|(_, source)| source.url.value.trim_end_matches('/') == address)?;
        Some(format!("write `{}`, the source with this address", id.value))
    }

    /// The field whose value the text is, or is an item of.
    fn field(&self) -> &str {
        // An item of a list stands below its key.
        self.before.lines().rev().find_map(key).unwrap_or_default()
    }

    /// A source by its name, or with the place in it, or the ids that there are.
    fn source(&self) -> Option<String> {
        let sources = &self.incident?.sources;
        let is_named = |name: &str| name.eq_ignore_ascii_case(self.text);
        let named = |source: &Source| is_named(source.publisher.as_str()) || is_named(source.title.as_str());
        if let Some((id, _)) = sources.iter().find(|(_, source)| named(source)) {
            return Some(format!("write `{}`, the source with this name", id.value));
        }
        if wrong_type::is_address(self.text) {
            return None;
        }
        let (id, rest) = self.text.split_once([',', ' ', '(', ':']).unwrap_or_default();
        let place = rest.trim_matches([',', ' ', '(', ')', ':']);
        if sources.get(id).is_some() && !place.is_empty() {
            return Some(match self.field() {
                "sources" | "contradicted_by" => format!("write `{{source: {id}, at: {place}}}`"),
                _ => format!("write `{id}`"),
            });
        }
        let ids: Vec<&str> = sources.keys().map(|id| &*id.value).collect();
        let listed = || format!("name sources of this record by their ids: {}", similar::list(&ids));
        (!ids.is_empty()).then(listed)
    }

    /// The name that readers see, where the id belongs, or a list of them.
    fn name(&self, list: bool) -> Option<String> {
        let is_meant = |name: &str| name.eq_ignore_ascii_case(self.text);
        let terms = Vocabulary::ALL.into_iter().flat_map(|it| self.records.taxonomy.terms(it));
        let terms = terms.map(|Term { id, name, .. }| (id, name));
        let gates = self.records.gates.iter().map(|gate| (&gate.id, &gate.name));
        let named = terms.chain(gates).filter(|(_, name)| is_meant(name.as_str()));
        let mut ids: Vec<String> = named
            .map(|(id, _)| if list { format!("`[{}]`", id.value) } else { format!("`{}`", id.value) })
            .collect();
        ids.sort();
        ids.dedup();
        (!ids.is_empty()).then(|| format!("write {}, whose name this is", ids.join(" or ")))
    }
}

/// The key that a line begins with, after a hyphen or not.
fn key(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let (key, _) = line.strip_prefix("- ").unwrap_or(line).split_once(':')?;
    key.bytes().all(|it| it.is_ascii_lowercase() || it == b'_').then_some(key)
}
