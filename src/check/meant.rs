//! What a text that is no id was meant to be, which can be said once all records are read: several ids without a comma,
//! the name of a term, the address of a source.

use super::rules::wrong_type;
use crate::files::{Files, Span};
use crate::model::id::StatementId;
use crate::model::incident::Incident;
use crate::model::registry::Records;
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

/// The way out for a value of the wrong type, if more can be said of it than without the other records.
pub(super) fn help(span: Span, files: &Files, records: &Records) -> Option<String> {
    let at = records.incidents.binary_search_by_key(&span.file, |incident| incident.file).ok();
    let meant = Meant {
        before: files.get(span.file).text.get(..span.start as usize)?.trim_end(),
        text: files.text(span).trim_matches(['"', '\'']),
        incident: at.and_then(|at| records.incidents.get(at)),
        records,
    };
    meant.several().or_else(|| meant.address()).or_else(|| meant.name())
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

    /// The name that readers see, where the id belongs.
    fn name(&self) -> Option<String> {
        let is_meant = |name: &str| name.eq_ignore_ascii_case(self.text);
        let terms = Vocabulary::ALL.into_iter().flat_map(|it| self.records.taxonomy.terms(it));
        let terms = terms.map(|Term { id, name, .. }| (id, name));
        let gates = self.records.gates.iter().map(|gate| (&gate.id, &gate.name));
        let named = terms.chain(gates).filter(|(_, name)| is_meant(name.as_str()));
        let mut ids: Vec<String> = named.map(|(id, _)| format!("`{}`", id.value)).collect();
        ids.sort();
        ids.dedup();
        (!ids.is_empty()).then(|| format!("write {}, whose name this is", ids.join(" or ")))
    }
}
