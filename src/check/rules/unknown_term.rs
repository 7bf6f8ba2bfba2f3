//! S05: a word that its vocabulary does not hold.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, Code, Diagnostic, Gate, Incident, Records, Reporter, Rule, Severity, Slug, Spanned, wrong_type,
};
use crate::check::similar;
use crate::files::Span;
use crate::model::taxonomy::{Taxonomy, Vocabulary};

pub(crate) static RULE: Rule = Rule {
    code: Code("S05"),
    name: "unknown-term",
    severity: Severity::Error,
    docs: include_str!("unknown_term.md"),
    needs: &[],
    check: Check::Records(check),
};

/// The finding for a word of a fixed list.
pub(crate) fn diagnostic(word: &str, span: Span, what: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error(RULE.code, span, format!("unknown {what} `{word}`")).help(similar::suggest(word, known))
}

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let taxonomy = &records.taxonomy;
    let set = |vocabulary| (vocabulary, taxonomy.ids(vocabulary).into_iter().collect());
    let known: Known<'_> = Vocabulary::ALL.into_iter().map(set).collect();
    let mut judge = |vocabulary, id: &Spanned<Slug>| term(vocabulary, id, taxonomy, &known, reporter);
    records.gates.iter().for_each(|it| gate(it, &mut judge));
    records.incidents.iter().for_each(|it| incident(it, &mut judge));
    for actor in records.incidents.iter().flat_map(|it| &it.path).filter_map(|step| step.actor.as_ref()) {
        if !known[&Vocabulary::Organisations].contains(&*actor.value) {
            judge(Vocabulary::Systems, actor);
        }
    }
}

/// The ids of every vocabulary.
type Known<'a> = BTreeMap<Vocabulary, BTreeSet<&'a str>>;

fn gate(gate: &Gate, judge: &mut impl FnMut(Vocabulary, &Spanned<Slug>)) {
    gate.boundaries.iter().for_each(|id| judge(Vocabulary::Boundaries, id));
    gate.covers.iter().for_each(|id| judge(Vocabulary::Actions, id));
}

fn incident(incident: &Incident, judge: &mut impl FnMut(Vocabulary, &Spanned<Slug>)) {
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
}

/// Reports an id that is not in its vocabulary; quiet where the vocabulary itself could not be read, or where it
/// defines a word twice: the second may be the one that is missing.
fn term(
    of: Vocabulary,
    id: &Spanned<Slug>,
    taxonomy: &Taxonomy,
    known: &Known<'_>,
    reporter: &mut Reporter<'_>,
) {
    let unreadable = taxonomy.misshapen.iter().any(|key| key == of.key());
    if id.value.is_empty() || unreadable || known[&of].contains(&*id.value) {
        return;
    }
    let (word, file) = (&id.value, of.file());
    let distinct = known[&of].len();
    let known = taxonomy.ids(of);
    if known.len() > distinct {
        return;
    }
    let mut diagnostic = diagnostic(word, id.span, of.noun(), &known);
    let elsewhere = Vocabulary::ALL.into_iter().find(|it| taxonomy.term(*it, word).is_some());
    let nearest = || named(word, of, taxonomy).or_else(|| similar::nearest(word, known.iter().copied()));
    diagnostic.help = Some(match elsewhere {
        Some(other) => {
            let (key, there) = (other.key(), other.file());
            format!(
                "`{word}` stands under `{key}` in `{there}`, and this field takes an entry of `{}`",
                of.key()
            )
        }
        None => match nearest() {
            Some(nearest) => format!("did you mean `{nearest}`? a new {} is added to `{file}`", of.noun()),
            None if known.is_empty() => format!("add it to `{file}`, under `{}`", of.key()),
            None if of.is_open() => {
                format!("add it to `{file}`, under `{}`, with `id`, `name` and `description`", of.key())
            }
            None => format!("use one of {}", similar::all(&known)),
        },
    });
    reporter.push(diagnostic);
}

/// The id of the term whose name was written in the form of an id.
fn named<'a>(word: &str, of: Vocabulary, taxonomy: &'a Taxonomy) -> Option<&'a str> {
    let term = taxonomy.terms(of).iter().find(|term| wrong_type::slugged(term.name.as_str()) == word)?;
    Some(&term.id.value)
}
