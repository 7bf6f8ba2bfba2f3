//! E04: a source that is not the original and does not say whose it is or where it was read, or stands twice.

use std::collections::btree_map::{BTreeMap, Entry};

use super::{Check, Code, Incident, Reporter, Rule, Severity};
use crate::check::address;
use crate::model::statement::{Read, Source, SourceKind};

pub(crate) static RULE: Rule = Rule {
    code: Code("E04"),
    name: "digest-without-origin",
    severity: Severity::Error,
    docs: include_str!("digest_without_origin.md"),
    needs: &["sources"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    let mut first_at = BTreeMap::new();
    for (id, source) in incident.sources.iter() {
        origin(source, reporter);
        read_at(source, reporter);
        // What a party says in an article of somebody else's is a source of its own, with an interest and a kind of its own.
        let whose =
            (source.kind.value == SourceKind::OfficialStatement, address::normalised(source.url.as_str()));
        match first_at.entry(whose) {
            Entry::Vacant(entry) => drop(entry.insert((&id.value, source.url.span))),
            Entry::Occupied(entry) => {
                let (first, span) = entry.get();
                let message = format!("`{}` has the same address as `{first}`", id.value);
                let help = "keep one of the two and cite it for both; `at` in a citation says where in it";
                let diagnostic =
                    reporter.at(source.url.span, message).related(*span, "first here").help(help);
                reporter.push(diagnostic);
            }
        }
    }
}

fn origin(source: &Source, reporter: &mut Reporter<'_>) {
    if source.kind.value == SourceKind::Derivative && source.origin.is_none() {
        let help = "add `origin:` with who knows, a source of this record or an organisation of `entities.yaml`; \
                    if the original can be named, cite that instead";
        reporter.report(source.kind.span, "a derivative text that does not say whose account it is", help);
    }
}

fn read_at(source: &Source, reporter: &mut Reporter<'_>) {
    let word = match source.read.value {
        Read::Original => {
            if let Some(read_at) = &source.read_at {
                let help = "add `read: copy` or `read: digest` above it, or remove `read_at`";
                reporter.report(read_at.span, "`read_at` is given, and the original was read", help);
            }
            return;
        }
        Read::Copy => "copy",
        Read::Digest => "digest",
    };
    if source.read_at.is_none() {
        let help = format!("add `read_at:` with the address of the {word} that you read");
        reporter.report(
            source.read.span,
            format!("a {word} was read, and `read_at` does not say where"),
            help,
        );
    }
}
