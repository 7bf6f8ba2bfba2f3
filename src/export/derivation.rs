//! One record's derivation as data: every status with what it rests on, every verdict with its conditions, the row that
//! decided, and what would change it. Its shape is versioned by [`FORMAT`].

use serde::Serialize;

use crate::derive;
use crate::explain::{self, Card};
use crate::model::change::{Change, Changes, Lack, Need, Settled};
use crate::model::gate::{Fails, Gate};
use crate::model::id::StatementId;
use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Registry};
use crate::model::statement::{Citation, Read, Statement, Status};
use crate::model::table::Table;
use crate::model::verdict::{Extent, Finding, Judgement, StepJudgement, Truth};

/// The name and version of this shape; the number rises when a reader of the old one would be misled.
pub const FORMAT: &str = "incident-registry/derivation@1";

/// What the evidence says of one record.
#[derive(Serialize)]
pub struct Derived<'a> {
    format: &'static str,
    /// The record; absent for a path of one's own, whose title is the name of its file.
    incident: Option<&'a str>,
    title: &'a str,
    /// The version of the conditions and of the decision table.
    table_version: u32,
    /// Whether the record has a path, without which nothing is judged.
    assessed: bool,
    statements: Vec<StatementData<'a>>,
    judgements: Vec<JudgementData<'a>>,
}

/// A statement, how far it carries, and why.
#[derive(Serialize)]
struct StatementData<'a> {
    id: &'a str,
    /// The list it stands under: `verified` or `unconfirmed`; `assumed` in a path of one's own.
    list: &'static str,
    text: &'a str,
    status: &'static str,
    /// What it lends a condition, 0 to 2; absent where it counts as unknown.
    strength: Option<u8>,
    sources: Vec<SourceData<'a>>,
    contradicted_by: Vec<SourceData<'a>>,
    looked_in: Vec<&'a str>,
}

/// A source as it counts for a statement.
#[derive(Serialize)]
struct SourceData<'a> {
    id: &'a str,
    kind: Option<&'static str>,
    tier: Option<char>,
    /// Who knows: a source of the record, or an organisation.
    origin: Option<&'a str>,
    read: Option<Read>,
}

/// A gate's verdict and everything it rests on.
#[derive(Serialize)]
struct JudgementData<'a> {
    gate: &'a str,
    gate_version: u32,
    /// What the gate does when it is out of order.
    fails: Fails,
    verdict: &'static str,
    /// The row of the decision table that decided.
    row: u8,
    /// Whether the verdict counts in matrix, coverage and statistics.
    relevant: bool,
    /// The weakest status that it rests on.
    basis: Option<&'static str>,
    /// The statements that keep it open.
    open: Vec<&'a str>,
    /// The step that decided.
    decided_by: Option<&'a str>,
    steps: Vec<StepData<'a>>,
    would_change: Vec<ChangeData<'a>>,
    /// Whether there are more sets than those.
    would_change_further: bool,
    lacks: Vec<LackData<'a>>,
    /// The same in words, as page and terminal show it; only where the verdict counts or the
    /// gate was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<Card>,
}

#[derive(Serialize)]
struct StepData<'a> {
    step: &'a str,
    verdict: &'static str,
    row: u8,
    conditions: Vec<ConditionData<'a>>,
}

#[derive(Serialize)]
struct ConditionData<'a> {
    condition: &'static str,
    truth: Truth,
    extent: Option<Extent>,
    status: Option<&'static str>,
    strength: Option<u8>,
    statements: Vec<Rests<'a>>,
}

#[derive(Serialize)]
struct Rests<'a> {
    id: &'a str,
    status: &'static str,
}

/// A smallest set of open conditions whose settling changes the verdict.
#[derive(Serialize)]
struct ChangeData<'a> {
    to: &'static str,
    settle: Vec<SettleData<'a>>,
}

#[derive(Serialize)]
struct SettleData<'a> {
    step: &'a str,
    condition: &'static str,
    value: Settled,
    statements: Vec<&'a str>,
}

/// What a step of an only-if-routed verdict lacks.
#[derive(Serialize)]
struct LackData<'a> {
    to: &'static str,
    step: &'a str,
    needs: Vec<Need>,
}

/// The derivation of the record at a position; with a gate, of that gate alone.
pub fn derivation<'a>(
    registry: &'a Registry,
    incident: &'a Incident,
    derivation: &'a Derivation,
    gate: Option<&str>,
) -> Derived<'a> {
    let judgements = derivation.judgements.iter().filter(|it| gate.is_none_or(|gate| &*it.gate == gate));
    Derived {
        format: FORMAT,
        incident: incident.assumed.is_none().then_some(&*incident.handle),
        title: incident.title.as_str(),
        table_version: derive::TABLE_VERSION,
        assessed: !incident.path.is_empty(),
        statements: statements(incident, derivation),
        judgements: judgements.filter_map(|it| judgement(registry, incident, it, gate.is_some())).collect(),
    }
}

fn statements<'a>(incident: &'a Incident, derivation: &Derivation) -> Vec<StatementData<'a>> {
    let verified = incident.verified.len();
    let all = incident.statements().zip(&derivation.statuses).enumerate();
    let list = |at: usize| match at < verified {
        _ if incident.assumed.is_some() => "assumed",
        true => "verified",
        false => "unconfirmed",
    };
    all.map(|(at, (it, status))| statement(incident, it, *status, list(at))).collect()
}

fn statement<'a>(
    incident: &'a Incident,
    statement: &'a Statement,
    status: Status,
    list: &'static str,
) -> StatementData<'a> {
    StatementData {
        id: &statement.id.value,
        list,
        text: statement.text.as_str(),
        status: status.word(),
        strength: status.strength(),
        sources: sources(incident, &statement.sources),
        contradicted_by: sources(incident, &statement.contradicted_by),
        looked_in: statement.looked_in.iter().map(|id| &*id.value).collect(),
    }
}

fn sources<'a>(incident: &'a Incident, cited: &'a [Citation]) -> Vec<SourceData<'a>> {
    let table: &'a Table<_> = &incident.sources;
    let data = |citation: &'a Citation| {
        let id = &citation.source.value;
        let source = table.get(id);
        SourceData {
            id,
            kind: source.map(|it| it.kind.value.id()),
            tier: source.map(|it| it.kind.value.tier().letter()),
            origin: source.map(|_| derive::origin(id, table)),
            read: source.map(|it| it.read.value),
        }
    };
    cited.iter().map(data).collect()
}

fn judgement<'a>(
    registry: &'a Registry,
    incident: &'a Incident,
    judgement: &'a Judgement,
    asked_for: bool,
) -> Option<JudgementData<'a>> {
    let gate: &'a Gate = registry.gate(&judgement.gate)?;
    let changes = derive::changes(judgement, gate);
    Some(JudgementData {
        gate: &judgement.gate,
        gate_version: gate.version.value,
        fails: gate.fails,
        verdict: judgement.verdict.id(),
        row: judgement.row.number(),
        relevant: judgement.relevant,
        basis: judgement.basis.map(Status::word),
        open: ids(&judgement.open),
        decided_by: judgement.deciding_step().map(|step| &*step.step),
        steps: judgement.steps.iter().map(step).collect(),
        would_change: would_change(judgement, &changes),
        would_change_further: changes.more,
        lacks: changes.lacks.into_iter().map(|it| lack(judgement, it)).collect(),
        card: (judgement.relevant || asked_for)
            .then(|| explain::card(registry, incident, judgement))
            .flatten(),
    })
}

fn ids(statements: &[StatementId]) -> Vec<&str> {
    statements.iter().map(|id| &**id).collect()
}

fn step(step: &StepJudgement) -> StepData<'_> {
    StepData {
        step: &step.step,
        verdict: step.verdict.id(),
        row: step.row.number(),
        conditions: step.findings.iter().map(condition).collect(),
    }
}

fn condition(finding: &Finding) -> ConditionData<'_> {
    ConditionData {
        condition: finding.condition.id(),
        truth: finding.truth,
        extent: finding.extent,
        status: finding.status.map(Status::word),
        strength: finding.status.and_then(Status::strength),
        statements: finding
            .statements
            .iter()
            .map(|(id, status)| Rests { id, status: status.word() })
            .collect(),
    }
}

fn would_change<'a>(judgement: &'a Judgement, changes: &Changes) -> Vec<ChangeData<'a>> {
    let change = |it: &Change| ChangeData {
        to: it.to.id(),
        settle: it
            .settle
            .iter()
            .map(|it| {
                let step = &judgement.steps[it.step];
                let finding = step.finding(it.condition);
                let statements = finding.map(|it| it.statements.iter().map(|(id, _)| &**id).collect());
                SettleData {
                    step: &step.step,
                    condition: it.condition.id(),
                    value: it.value,
                    statements: statements.unwrap_or_default(),
                }
            })
            .collect(),
    };
    changes.sets.iter().map(change).collect()
}

fn lack(judgement: &Judgement, lack: Lack) -> LackData<'_> {
    LackData { to: lack.to.id(), step: &judgement.steps[lack.step].step, needs: lack.needs }
}
