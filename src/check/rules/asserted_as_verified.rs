//! E03: a statement that no source of tier A or B supports is listed as verified.

use super::{Check, Code, Derivation, Incident, Registry, Reporter, Rule, Severity, Slug, Spanned};
use crate::model::statement::{Citation, Source, Status};

pub(crate) static RULE: Rule = Rule {
    code: Code("E03"),
    name: "asserted-as-verified",
    severity: Severity::Error,
    docs: include_str!("asserted_as_verified.md"),
    needs: &["sources", "verified"],
    check: Check::Derived(check),
};

fn check(incident: &Incident, _: &Registry, derivation: &Derivation, reporter: &mut Reporter<'_>) {
    let statuses = incident.verified.iter().zip(&derivation.statuses);
    for (statement, _) in statuses.filter(|(_, status)| matches!(status, Status::Asserted | Status::Unknown))
    {
        let Some(sources) = cited(&statement.sources, incident).filter(|sources| !sources.is_empty()) else {
            continue;
        };
        let tiers: Vec<String> = sources.iter().map(|(id, source)| tier(&id.value, source)).collect();
        let message = format!(
            "`{}` is listed as verified, and no source of tier A or B supports it",
            statement.id.value
        );
        let help = "move it to `unconfirmed`, or cite a source of tier A or B, such as news or an official statement";
        let diagnostic = reporter.at(statement.id.span, message).label(tiers.join("; ")).help(help);
        reporter.push(diagnostic);
    }
}

fn tier(id: &Slug, source: &Source) -> String {
    let kind = source.kind.value;
    format!("`{id}` is {}, tier {:?}", kind.id(), kind.tier())
}

/// The sources that citations name; nothing if one of them does not exist, because then nobody knows its weight.
pub(crate) fn cited<'a>(
    citations: &'a [Citation],
    incident: &'a Incident,
) -> Option<Vec<(&'a Spanned<Slug>, &'a Source)>> {
    let find =
        |citation: &'a Citation| Some((&citation.source, incident.sources.get(&citation.source.value)?));
    citations.iter().map(find).collect()
}
