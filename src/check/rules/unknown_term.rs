//! S05: a word that its vocabulary does not hold.

use super::{Check, Code, Diagnostic, Incident, Registry, Reporter, Rule, Severity, Slug, Spanned};
use crate::check::similar;
use crate::files::Span;
use crate::model::taxonomy::Vocabulary;

pub(crate) static RULE: Rule = Rule {
    code: Code("S05"),
    name: "unknown-term",
    severity: Severity::Error,
    docs: include_str!("unknown_term.md"),
    needs: &[],
    check: Check::Linked(check),
};

/// The finding for a word of a fixed list.
pub(crate) fn diagnostic(word: &str, span: Span, what: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error(RULE.code, span, format!("unknown {what} `{word}`")).help(similar::suggest(word, known))
}

fn check(incident: &Incident, registry: &Registry, reporter: &mut Reporter<'_>) {
    let mut judge = |vocabulary, id: &Spanned<Slug>| term(vocabulary, id, registry, reporter);
    incident.systems.iter().for_each(|id| judge(Vocabulary::Systems, id));
    incident.operators.iter().for_each(|id| judge(Vocabulary::Organisations, id));
    incident.impacts.iter().for_each(|id| judge(Vocabulary::Impacts, id));
    incident.factors.keys().for_each(|id| judge(Vocabulary::Factors, id));
    incident.aliases.keys().for_each(|id| judge(Vocabulary::Registries, id));
    incident.responses.iter().for_each(|response| judge(Vocabulary::Organisations, &response.party));
    for step in &incident.path {
        judge(Vocabulary::Actions, &step.action);
        step.crosses.keys().chain(step.avoids.keys()).for_each(|id| judge(Vocabulary::Boundaries, id));
    }
    for actor in incident.path.iter().filter_map(|step| step.actor.as_ref()) {
        let taxonomy = &registry.records.taxonomy;
        if taxonomy.term(Vocabulary::Organisations, &actor.value).is_none() {
            term(Vocabulary::Systems, actor, registry, reporter);
        }
    }
}

/// Reports an id that is not in its vocabulary; quiet where the vocabulary itself could not be read.
pub(crate) fn term(vocabulary: Vocabulary, id: &Spanned<Slug>, registry: &Registry, reporter: &mut Reporter<'_>) {
    let taxonomy = &registry.records.taxonomy;
    let unreadable = taxonomy.misshapen.iter().any(|key| key == vocabulary.key());
    let known = taxonomy.ids(vocabulary);
    if id.value.is_empty() || unreadable || known.contains(&&*id.value) {
        return;
    }
    let word = &id.value;
    let mut diagnostic = diagnostic(word, id.span, vocabulary.noun(), &known);
    let file = vocabulary.file();
    diagnostic.help = Some(match similar::nearest(word, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`? a new {} is added to `{file}`", vocabulary.noun()),
        None if known.is_empty() => format!("add it to `{file}`, under `{}`", vocabulary.key()),
        None => format!("use one of {}, or add it to `{file}`", similar::list(&known)),
    });
    reporter.push(diagnostic);
}
