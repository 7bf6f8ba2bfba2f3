//! A judgement in words: what a reader sees of one gate and one incident, on the page and in the terminal.
//! One place for both, so that they cannot say different things.

mod because;
mod change;
mod method;
mod text;

use serde::Serialize;

use crate::derive;
use crate::model::gate::Gate;
use crate::model::id::StatementId;
use crate::model::incident::Incident;
use crate::model::path::Step;
use crate::model::registry::{Derivation, Registry};
use crate::model::statement::{Sourcing, Statement, StatementRefs, Status};
use crate::model::taxonomy::{Taxonomy, Vocabulary};
use crate::model::verdict::{Condition, Extent, Finding, Judgement, Row, StepJudgement, Truth, Verdict};

pub use because::{Phrases, because, phrases};
pub use change::{ChangeLine, Part};
pub use method::{Method, MethodRow, method};
pub use text::{not_applicable_line, terminal, unspoken_line};

/// What a reader sees of one gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// The gate's id.
    pub gate: String,
    /// The gate's name.
    pub name: String,
    /// "Would a Deploy Gate have blocked it?"
    pub question: String,
    /// The verdict's id, for a class or a link.
    pub verdict: &'static str,
    /// The verdict in words.
    pub words: &'static str,
    /// What decided, in a sentence.
    pub because: String,
    /// The weakest status it rests on and who says so; what is still open.
    pub basis: String,
    /// What the author says of this case.
    pub note: Option<String>,
    /// The conditions, in order.
    pub why: Vec<Why>,
    /// What would make the verdict another.
    pub changes: Vec<ChangeLine>,
    /// Whether there are further ways, too many to print.
    pub more_changes: bool,
    /// Every step the gate covers, when there are several.
    pub steps: Vec<StepLine>,
    /// Where the gate would have to stand.
    pub enforced_at: String,
    /// What else would have to be true.
    pub still_needs: Vec<String>,
    /// What a receipt would have to name.
    pub receipt_for: String,
    /// Where to start.
    pub first_step: String,
    /// What the verdict does not say.
    pub not_claimed: &'static str,
    /// The version of the gate that was judged.
    pub gate_version: u32,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The condition's id, for a link.
    pub id: &'static str,
    /// "crossed its boundary"
    pub label: &'static str,
    /// "yes", "no", "unknown", "presumed", "all", "some", "none"
    pub value: &'static str,
    /// What exactly, or what is missing.
    pub detail: String,
    /// The statements it rests on.
    pub evidence: Vec<Evidence>,
}

/// A statement and how far it carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The statement's id.
    pub id: String,
    /// Its status, and where people have looked.
    pub status: String,
}

/// One step and its own verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepLine {
    /// The step's name.
    pub step: String,
    /// The verdict in words.
    pub words: &'static str,
    /// Whether this step decided.
    pub decides: bool,
}

/// The words for one judgement on one incident.
pub fn card(registry: &Registry, incident: &Incident, judgement: &Judgement) -> Option<Card> {
    let gate = registry.gate(&judgement.gate)?;
    let words = Words { taxonomy: &registry.records.taxonomy, incident, gate, judgement };
    let mapping = incident.mapping(&gate.id.value);
    let changes = derive::changes(judgement, gate);
    let steps = if judgement.steps.len() > 1 { words.steps() } else { Vec::new() };
    Some(Card {
        gate: gate.id.value.to_string(),
        name: gate.name.value.clone(),
        question: format!("Would {} {} have blocked it?", article(&gate.name.value), gate.name.value),
        verdict: judgement.verdict.id(),
        words: judgement.verdict.words(),
        because: words.because(),
        basis: words.basis(),
        note: mapping.and_then(|mapping| mapping.note.as_ref()).map(|note| note.value.clone()),
        why: judgement.deciding_step().map(|step| words.why(step)).unwrap_or_default(),
        changes: words.changes(&changes),
        more_changes: changes.more,
        steps,
        enforced_at: words.enforced_at(),
        still_needs: words.still_needs(),
        receipt_for: words.receipt_for(),
        first_step: gate.first_step.value.clone(),
        not_claimed: not_claimed(judgement.verdict),
        gate_version: gate.version.value,
    })
}

/// The judgements a reader is shown: relevant ones, mapped gates first in the author's order, then by strength.
pub fn shown<'a>(incident: &Incident, derivation: &'a Derivation) -> Vec<&'a Judgement> {
    let mut shown: Vec<&Judgement> =
        derivation.judgements.iter().filter(|judgement| judgement.relevant).collect();
    let place = |judgement: &Judgement| {
        let mapped = incident.gates.iter().position(|mapping| mapping.gate.value == judgement.gate);
        (mapped.unwrap_or(usize::MAX), std::cmp::Reverse(judgement.verdict))
    };
    shown.sort_by_key(|judgement| place(judgement));
    shown
}

/// The judgements a reader is not shown, of a record that has a path: gates that cover none of its actions, and gates of
/// whose boundaries it says nothing.
pub fn left_out(derivation: &Derivation) -> [Vec<&Judgement>; 2] {
    let assessed = derivation.judgements.iter().filter(|judgement| judgement.assessed && !judgement.relevant);
    let (uncovered, unspoken) = assessed.partition(|judgement| judgement.verdict == Verdict::NotApplicable);
    [uncovered, unspoken]
}

/// Who says so: the publishers behind a statement, with unnamed people marked.
pub fn who(incident: &Incident, statement: &Statement) -> String {
    let sources =
        statement.sources.iter().filter_map(|citation| incident.sources.get(&citation.source.value));
    let mut names: Vec<String> = sources
        .map(|source| match source.sourcing {
            Sourcing::Anonymous => format!("{}, unnamed people", source.publisher.value),
            Sourcing::Named | Sourcing::Document => source.publisher.value.clone(),
        })
        .collect();
    names.dedup();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => format!("{first}; {second}"),
        [first, second, rest @ ..] => format!("{first}; {second}; and {} more", rest.len()),
    }
}

/// The number of sources in which people looked, in words.
fn looked(statement: &Statement) -> String {
    match statement.looked_in.len() {
        0 => String::new(),
        1 => ", looked in 1 source".into(),
        many => format!(", looked in {many} sources"),
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}

/// The question a condition asks, as the card labels it.
pub fn label(condition: Condition) -> &'static str {
    match condition {
        Condition::Happened => "covers the action",
        Condition::Crossed => "crossed its boundary",
        Condition::NotApproved => "not already approved",
        Condition::NotDefeated => "gate not defeated",
        Condition::HarmDepends => "harm depends on it",
        Condition::OnlyRoute => "only route",
    }
}

/// Why a condition that statements speak of is open all the same.
fn open_word(finding: &Finding) -> &'static str {
    let any = |wanted: Status| finding.statements.iter().any(|(_, status)| *status == wanted);
    match () {
        () if any(Status::Disputed) => "accounts differ",
        () if any(Status::Asserted) => "no more than asserted",
        () => "not public",
    }
}

fn not_claimed(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::WouldBlock | Verdict::Partly | Verdict::OnlyIfRouted => {
            "that a reviewer would have refused, or that no harm would have followed"
        }
        Verdict::Unknown => "that the gate would have blocked, or that it would not",
        Verdict::WouldNotBlock | Verdict::NotApplicable => "that the gate is of no use in other cases",
    }
}

struct Words<'a> {
    taxonomy: &'a Taxonomy,
    incident: &'a Incident,
    gate: &'a Gate,
    judgement: &'a Judgement,
}

impl Words<'_> {
    fn because(&self) -> String {
        let Some(step) = self.judgement.deciding_step() else {
            return match self.judgement.row {
                Row::NotCovered => "The gate covers no action that this case records.".into(),
                _ => "Not assessed: the record has no action path yet.".into(),
            };
        };
        because(step.row, &step.findings, self.gate.fails)
    }

    fn basis(&self) -> String {
        let mut parts = Vec::new();
        if let (Some(basis), Some(step)) = (self.judgement.basis, self.judgement.deciding_step()) {
            let behind =
                step.findings.iter().filter(|it| it.status == Some(basis)).flat_map(|it| &it.statements);
            let statement =
                behind.filter(|(_, status)| *status == basis).find_map(|(id, _)| self.incident.statement(id));
            let who = statement.map(|statement| who(self.incident, statement)).unwrap_or_default();
            parts.push(if who.is_empty() {
                basis.word().to_owned()
            } else {
                format!("{} ({who})", basis.word())
            });
        }
        if !self.judgement.open.is_empty() {
            let open: Vec<&str> = self.judgement.open.iter().map(|id| &**id).collect();
            parts.push(format!("open: {}", open.join(", ")));
        }
        if parts.is_empty() { "nothing recorded".into() } else { parts.join(" · ") }
    }

    fn why(&self, step: &StepJudgement) -> Vec<Why> {
        step.findings.iter().map(|finding| self.condition(finding, &self.incident.path[step.index])).collect()
    }

    fn condition(&self, finding: &Finding, step: &Step) -> Why {
        let value = match (finding.truth, finding.extent) {
            (_, Some(Extent::All)) => "all",
            (_, Some(Extent::Some)) => "some",
            (_, Some(Extent::None)) => "none",
            (Truth::True, None) => "yes",
            (Truth::Presumed, None) => "presumed",
            (Truth::False, None) => "no",
            (Truth::Unknown, None) => "unknown",
        };
        Why {
            id: finding.condition.id(),
            label: match (finding.condition, finding.truth) {
                // The gate covers the action, or the step would not stand here; whether it took place is another matter.
                (Condition::Happened, Truth::Unknown) => "the action happened",
                _ => label(finding.condition),
            },
            value,
            detail: self.detail(finding, step),
            evidence: self.each_evidence(finding),
        }
    }

    fn detail(&self, finding: &Finding, step: &Step) -> String {
        match (finding.condition, finding.truth) {
            (Condition::Happened, _) => {
                self.taxonomy.name(Vocabulary::Actions, &step.action.value).to_owned()
            }
            (Condition::Crossed, Truth::True | Truth::Unknown) if !finding.statements.is_empty() => {
                self.crossings(finding, step)
            }
            (_, Truth::Presumed) => "no defeat is recorded".into(),
            (_, Truth::Unknown) if finding.statements.is_empty() => "nothing recorded".into(),
            (_, Truth::Unknown) => open_word(finding).into(),
            (condition, Truth::False) => because::denied(condition).into(),
            _ => String::new(),
        }
    }

    /// The boundaries of the gate of which the step speaks; of a crossing that is known, those apart that are not.
    fn crossings(&self, finding: &Finding, step: &Step) -> String {
        let is_known = |refs: &StatementRefs| {
            let status = |id: &StatementId| finding.statements.iter().find(|(other, _)| other == id);
            refs.iter().any(|id| status(&id.value).is_some_and(|(_, status)| status.strength().is_some()))
        };
        let ours = |id: &str| self.gate.boundaries.iter().any(|boundary| &*boundary.value == id);
        let name = |id: &str| self.taxonomy.name(Vocabulary::Boundaries, id).to_owned();
        let crossed = step.crosses.iter().filter(|(id, _)| ours(&id.value));
        let (known, open): (Vec<_>, Vec<_>) = crossed.partition(|(_, refs)| is_known(refs));
        let [known, mut open] =
            [known, open].map(|them| them.iter().map(|(id, _)| name(&id.value)).collect::<Vec<_>>());
        if finding.truth == Truth::Unknown {
            open.extend(step.avoids.keys().filter(|id| ours(&id.value)).map(|id| name(&id.value)));
            let names = join(known.iter().chain(&open).map(String::as_str));
            return format!("{names}: {}", open_word(finding));
        }
        let names = join(known.iter().map(String::as_str));
        let rest = join(open.iter().map(String::as_str));
        if rest.is_empty() { names } else { format!("{names}; {rest} not known") }
    }

    /// The statements behind a condition, each once.
    fn each_evidence(&self, finding: &Finding) -> Vec<Evidence> {
        let told =
            |at: usize, id: &StatementId| finding.statements[..at].iter().any(|(other, _)| other == id);
        let each = finding.statements.iter().enumerate().filter(|(at, (id, _))| !told(*at, id));
        each.map(|(_, (id, status))| self.evidence(id, *status)).collect()
    }

    fn evidence(&self, id: &str, status: Status) -> Evidence {
        let looked = self.incident.statement(id).map(looked).unwrap_or_default();
        Evidence { id: id.to_owned(), status: format!("{}{looked}", status.word()) }
    }

    fn steps(&self) -> Vec<StepLine> {
        let line = |(at, step): (usize, &StepJudgement)| StepLine {
            step: step.step.to_string(),
            words: step.verdict.words(),
            decides: self.judgement.deciding == Some(at),
        };
        self.judgement.steps.iter().enumerate().map(line).collect()
    }

    fn deciding_path_step(&self) -> Option<&Step> {
        self.judgement.deciding_step().map(|step| &self.incident.path[step.index])
    }

    fn enforced_at(&self) -> String {
        if let Some(text) = self.incident.mapping(&self.gate.id.value).and_then(|it| it.enforced_at.as_ref())
        {
            return text.value.clone();
        }
        let crossed = |id: &str| self.deciding_path_step().is_some_and(|step| step.crosses.get(id).is_some());
        let all = || self.gate.boundaries.iter().map(|boundary| &*boundary.value);
        let mut ids: Vec<&str> = all().filter(|id| crossed(id)).collect();
        if ids.is_empty() {
            ids = all().collect();
        }
        capital(&join(ids.into_iter().map(|id| self.taxonomy.name(Vocabulary::Boundaries, id))))
    }

    fn still_needs(&self) -> Vec<String> {
        let written = self.incident.mapping(&self.gate.id.value).and_then(|it| it.still_needs.as_ref());
        if let Some(written) = written {
            return written.iter().map(|text| text.value.clone()).collect();
        }
        let mut needs: Vec<String> = self.gate.still_needs.iter().map(|text| text.value.clone()).collect();
        let route = self.judgement.deciding_step().and_then(|step| step.finding(Condition::OnlyRoute));
        let other = route.filter(|it| it.truth == Truth::False).into_iter().flat_map(|it| &it.statements);
        let known = other.filter(|(_, status)| status.strength().is_some());
        let texts = known.filter_map(|(id, _)| self.incident.statement(id)).map(|it| &it.text.value);
        needs.extend(texts.map(|text| format!("Close the other route: {text}")));
        needs
    }

    fn receipt_for(&self) -> String {
        let written = self.incident.mapping(&self.gate.id.value).and_then(|it| it.receipt_for.as_ref());
        if let Some(written) = written {
            return written.value.clone();
        }
        let binds: Vec<&str> = self.gate.receipt.binds.iter().map(super::files::Spanned::as_str).collect();
        match self.deciding_path_step() {
            Some(step) => {
                let action = self.taxonomy.name(Vocabulary::Actions, &step.action.value).to_lowercase();
                format!("{action}: {}", binds.join(", "))
            }
            None => binds.join(", "),
        }
    }
}

/// "a", "a and b", "a, b and c".
fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
