//! V09: the path rests on a statement that is a question and so can be neither true nor false.

use super::{Check, Code, Incident, Reporter, Rule, Severity, Spanned};
use crate::model::id::StatementId;
use crate::model::path::Step;
use crate::model::table::Table;

pub(crate) static RULE: Rule = Rule {
    code: Code("V09"),
    name: "not-a-proposition",
    severity: Severity::Error,
    docs: include_str!("not_a_proposition.md"),
    needs: &["path", "verified", "unconfirmed"],
    check: Check::Incident(check),
};

const ASKING: [&str; 7] = ["whether", "how", "which", "why", "who", "what", "when"];

const VERBS: [&str; 11] = ["is", "are", "was", "were", "has", "had", "did", "does", "will", "would", "could"];

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for statement in incident.statements().filter(|statement| is_question(statement.text.as_str())) {
        let mut cited = incident.path.iter().flat_map(references);
        if let Some(cited) = cited.find(|id| id.value == statement.id.value) {
            let message = format!("`{}` is a question, and the path rests on it", statement.id.value);
            let help = "write a sentence that could be true or false, such as `The deletion went through the pipeline.`";
            let diagnostic =
                reporter.at(statement.text.span, message).related(cited.span, "cited here").help(help);
            reporter.push(diagnostic);
        }
    }
}

fn is_question(text: &str) -> bool {
    let mut words = text.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty());
    let asks = words.next().is_some_and(|word| ASKING.iter().any(|it| it.eq_ignore_ascii_case(word)));
    // In "What it deleted had been a copy" and "When it began, nobody knew" the question is a part of a sentence.
    let is_whole = || words.filter(|word| VERBS.contains(word)).count() < 2 && !text.contains(", ");
    (asks && is_whole()) || text.trim_end().ends_with('?')
}

/// Every statement that a step names.
pub(crate) fn references(step: &Step) -> impl Iterator<Item = &Spanned<StatementId>> {
    let tables = [&step.environment, &step.crosses, &step.avoids, &step.defeats];
    let tables = tables.into_iter().flat_map(Table::iter).map(|(_, refs)| refs);
    let single = [&step.approved, &step.not_approved, &step.only_route, &step.other_route];
    let harm = step.harm.iter().flat_map(|harm| [&harm.value.all, &harm.value.some, &harm.value.none]);
    let single = single.into_iter().chain(harm).flatten();
    std::iter::once(&step.evidence).chain(tables).chain(single).flat_map(|refs| refs.iter())
}
