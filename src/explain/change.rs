//! What would change a judgement, in sentences.

use serde::Serialize;

use crate::explain::{Words, join};
use crate::model::change::{Change, Changes, Lack, Need, Settled, Settlement};
use crate::model::id::StatementId;
use crate::model::taxonomy::Vocabulary;
use crate::model::verdict::{Condition, Finding, StepJudgement, Verdict};

/// One way in which the verdict would be another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeLine {
    /// The id of the verdict it would then be.
    pub verdict: &'static str,
    /// "Would not block"
    pub words: &'static str,
    /// "if it is settled that it crossed Deploy pipeline (u1)"
    pub condition: String,
    /// The same in pieces, so that a page can link the statements.
    pub parts: Vec<Part>,
    /// The statements that would have to be settled or borne out, in the order of the sentence.
    pub statements: Vec<String>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it is the id of a statement.
    pub statement: bool,
}

impl Words<'_> {
    /// The lines of a card, those with the fewest open conditions first.
    pub(super) fn changes(&self, changes: &Changes) -> Vec<ChangeLine> {
        let told = changes.sets.iter().filter(|it| !is_half(it, changes));
        let mut lines: Vec<ChangeLine> = told.map(|it| self.settled(it, changes)).collect();
        for line in changes.lacks.iter().map(|lack| self.lacking(lack)) {
            // Where an open route is all that is lacking, settling it has been told.
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    fn settled(&self, change: &Change, changes: &Changes) -> ChangeLine {
        let either = changes.sets.iter().any(|other| is_half(other, changes) && is_other_half(change, other));
        let answers = self.answers(change);
        let parts: Vec<String> = answers
            .iter()
            .map(|(it, steps, ids)| {
                format!("{}{}{}", self.in_steps(steps), self.phrase(it, either), named(ids))
            })
            .collect();
        let condition = format!("if it is settled that {}", join(parts.iter().map(String::as_str)));
        line(change.to, condition, answers.into_iter().flat_map(|(_, _, ids)| ids))
    }

    /// The answers of a change, each with the steps for which it is given and the statements it settles.
    fn answers(&self, change: &Change) -> Vec<(Settlement, Vec<usize>, Vec<StatementId>)> {
        let mut answers: Vec<(Settlement, Vec<usize>, Vec<StatementId>)> = Vec::new();
        for it in &change.settle {
            let ids = self.step(it.step).finding(it.condition).map(open_statements).unwrap_or_default();
            let same = answers.iter_mut().find(|(other, _, of)| {
                !ids.is_empty() && (other.condition, other.value) == (it.condition, it.value) && *of == ids
            });
            match same {
                Some((_, steps, _)) => steps.push(it.step),
                None => answers.push((*it, vec![it.step], ids)),
            }
        }
        answers
    }

    /// A settled condition as a clause.
    fn phrase(&self, settlement: &Settlement, either: bool) -> String {
        let boundaries = || self.boundaries(settlement.step);
        match (settlement.condition, settlement.value) {
            (Condition::Happened, _) => "the action happened".into(),
            (Condition::Crossed, Settled::Fails) => format!("it did not cross {}", boundaries().join(" or ")),
            (Condition::Crossed, _) => format!("it crossed {}", boundaries().join(" or ")),
            (Condition::NotApproved, Settled::Fails) => "somebody entitled had approved it".into(),
            (Condition::NotApproved, _) => "nobody entitled had approved it".into(),
            (Condition::NotDefeated, Settled::Fails) => "the action got past the gate".into(),
            (Condition::NotDefeated, _) => "the gate was not defeated".into(),
            (Condition::HarmDepends, Settled::Fails) => "none of the harm depends on it".into(),
            (Condition::HarmDepends, _) if either => "the harm depends on it, all or in part".into(),
            (Condition::HarmDepends, Settled::Holds) => "all of the harm depends on it".into(),
            (Condition::HarmDepends, Settled::InPart) => "part of the harm depends on it".into(),
            (Condition::OnlyRoute, Settled::Fails) => "there was another route".into(),
            (Condition::OnlyRoute, _) => "there was no other route".into(),
        }
    }

    fn lacking(&self, lack: &Lack) -> ChangeLine {
        let step = self.in_steps(&[lack.step]);
        let mut parts: Vec<String> = Vec::new();
        let weak = weak(lack);
        if !weak.is_empty() {
            let verb = if weak.len() == 1 { "is" } else { "are" };
            let ids = join(weak.iter().map(String::as_str));
            parts.push(format!("{ids} {verb} corroborated or established"));
        }
        parts.extend(lack.needs.iter().filter_map(|need| match need {
            Need::Corroborate { .. } => None,
            Need::NoOtherRoute { statements } => {
                Some(format!("it is settled that {step}there was no other route{}", named(statements)))
            }
            Need::ClosedRoute { statements } => {
                Some(format!("{step}the other route had been closed{}", named(statements)))
            }
            Need::FailClosed => Some("the gate let nothing pass when out of order".into()),
        }));
        let statements = lack.needs.iter().flat_map(|need| match need {
            Need::Corroborate { statements, .. }
            | Need::NoOtherRoute { statements }
            | Need::ClosedRoute { statements } => statements.clone(),
            Need::FailClosed => Vec::new(),
        });
        let joined = join(parts.iter().map(String::as_str));
        line(lack.to, format!("if {joined}"), statements)
    }

    fn step(&self, at: usize) -> &StepJudgement {
        &self.judgement.steps[at]
    }

    /// The names of steps, where there are others.
    fn in_steps(&self, steps: &[usize]) -> String {
        if steps.len() == self.judgement.steps.len() {
            return String::new();
        }
        let names = join(steps.iter().map(|at| &*self.step(*at).step));
        if steps.len() == 1 { format!("in step {names} ") } else { format!("in steps {names} ") }
    }

    /// The boundaries of the gate that the path speaks of, or all of them.
    fn boundaries(&self, at: usize) -> Vec<&str> {
        let step = &self.incident.path[self.step(at).index];
        let spoken = |id: &str| step.crosses.get(id).is_some() || step.avoids.get(id).is_some();
        let all = || self.gate.boundaries.iter().map(|it| &*it.value);
        let mut ids: Vec<&str> = all().filter(|id| spoken(id)).collect();
        if ids.is_empty() {
            ids = all().collect();
        }
        ids.into_iter().map(|id| self.taxonomy.name(Vocabulary::Boundaries, id)).collect()
    }
}

fn line(to: Verdict, condition: String, statements: impl Iterator<Item = StatementId>) -> ChangeLine {
    let mut ids: Vec<String> = Vec::new();
    for id in statements {
        if !ids.contains(&id.to_string()) {
            ids.push(id.to_string());
        }
    }
    let parts = parts(&condition, &ids);
    ChangeLine { verdict: to.id(), words: to.words(), condition, parts, statements: ids }
}

/// Cuts a sentence at the ids of statements in it.
fn parts(sentence: &str, ids: &[String]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for piece in sentence.split_inclusive(|it: char| !it.is_alphanumeric()) {
        let word = piece.trim_end_matches(|it: char| !it.is_alphanumeric());
        let (id, rest) =
            if ids.iter().any(|id| id == word) { piece.split_at(word.len()) } else { ("", piece) };
        if !id.is_empty() {
            parts.push(Part { text: id.to_owned(), statement: true });
        }
        match parts.last_mut().filter(|last| !last.statement) {
            Some(last) => last.text.push_str(rest),
            None => parts.push(Part { text: rest.to_owned(), statement: false }),
        }
    }
    parts
}

fn open_statements(finding: &Finding) -> Vec<StatementId> {
    finding.statements.iter().map(|(id, _)| id.clone()).collect()
}

/// Ids in brackets, or nothing where nothing is recorded.
fn named(ids: &[StatementId]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    format!(" ({})", ids.iter().map(|id| &**id).collect::<Vec<_>>().join(", "))
}

/// The statements of a lack that have to be borne out: of those that serve one condition, any will do, and one that
/// has to be borne out for another condition serves both.
fn weak(lack: &Lack) -> Vec<String> {
    let needs = lack.needs.iter().filter_map(|need| match need {
        Need::Corroborate { statements, .. } => Some(statements.as_slice()),
        _ => None,
    });
    let needs: Vec<&[StatementId]> = needs.collect();
    let needed: Vec<&StatementId> =
        needs.iter().filter_map(|it| if let [only] = it { Some(only) } else { None }).collect();
    let mut weak: Vec<String> = Vec::new();
    for statements in needs.iter().filter(|it| it.len() == 1 || !it.iter().any(|id| needed.contains(&id))) {
        let any = statements.iter().map(|id| &**id).collect::<Vec<_>>().join(" or ");
        if !weak.contains(&any) {
            weak.push(any);
        }
    }
    weak
}

/// Whether a set differs from another that is told only in that part of the harm depends on the step, not all of it.
fn is_half(change: &Change, changes: &Changes) -> bool {
    let in_part = change.settle.iter().any(|it| it.value == Settled::InPart);
    in_part && changes.sets.iter().any(|other| is_other_half(other, change))
}

fn is_other_half(whole: &Change, part: &Change) -> bool {
    let as_whole = |it: &Settlement| {
        let value = if it.value == Settled::InPart { Settled::Holds } else { it.value };
        Settlement { value, ..*it }
    };
    whole.to == part.to && part.settle.iter().map(as_whole).eq(whole.settle.iter().copied())
}
