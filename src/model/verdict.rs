//! Would this gate have blocked it? The answer and everything it rests on. Derived, never written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::id::{Slug, StatementId};
use crate::model::statement::Status;

/// The answer. The order is the order in which the steps of a path compete: the best one wins.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No step is an action that the gate covers.
    #[default]
    NotApplicable,
    /// A condition is known to be false.
    WouldNotBlock,
    /// A condition is not known.
    Unknown,
    /// The action crossed the gate's boundary unapproved, but other routes are not known to be closed.
    OnlyIfRouted,
    /// It would have stopped part of the harm.
    Partly,
    /// The action could not have run without a receipt, and none is reported.
    WouldBlock,
}

impl Verdict {
    /// Every verdict, strongest first.
    pub const ALL: [Verdict; 6] = [
        Verdict::WouldBlock,
        Verdict::Partly,
        Verdict::OnlyIfRouted,
        Verdict::Unknown,
        Verdict::WouldNotBlock,
        Verdict::NotApplicable,
    ];

    /// The id, as a record pins it.
    pub fn id(self) -> &'static str {
        match self {
            Verdict::WouldBlock => "would-block",
            Verdict::Partly => "partly",
            Verdict::OnlyIfRouted => "only-if-routed",
            Verdict::Unknown => "unknown",
            Verdict::WouldNotBlock => "would-not-block",
            Verdict::NotApplicable => "not-applicable",
        }
    }

    /// The words a reader sees.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::WouldBlock => "Would block",
            Verdict::Partly => "Partly",
            Verdict::OnlyIfRouted => "Only if routed",
            Verdict::Unknown => "Unknown",
            Verdict::WouldNotBlock => "Would not block",
            Verdict::NotApplicable => "Not applicable",
        }
    }
}

impl Verdict {
    /// What a reader may take from it, and no more. `derive::verdict` holds the table itself.
    pub fn meaning(self) -> &'static str {
        match self {
            Verdict::WouldBlock => {
                "The action could not have run without a receipt for it, none is reported, it was the only route, \
                 and every statement behind this is corroborated or better."
            }
            Verdict::Partly => "The same, but only a part of the harm depends on the action.",
            Verdict::OnlyIfRouted => {
                "The action went through the gate's boundary unapproved. But other routes are not known to be closed, \
                 or a statement behind this is only reported, or the gate lets everything pass when out of order. It \
                 would have stopped what was routed through it."
            }
            Verdict::Unknown => {
                "Something that decides is not public, or nobody has recorded the path of the action. What is missing \
                 is named."
            }
            Verdict::WouldNotBlock => {
                "A condition is known to be false: the action took another way, had been approved, or the harm does \
                 not depend on it. One report is enough for this."
            }
            Verdict::NotApplicable => "The gate covers no action of the case.",
        }
    }
}

/// What must hold for a gate to have blocked a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// A: the action happened.
    Happened,
    /// B: it crossed the gate's boundary.
    Crossed,
    /// N: it was not already approved.
    NotApproved,
    /// L: the gate was not defeated.
    NotDefeated,
    /// P: harm depends on the step.
    HarmDepends,
    /// C: it was the only route.
    OnlyRoute,
}

impl Condition {
    /// Every condition, in the order of the design table.
    pub const ALL: [Condition; 6] = [
        Condition::Happened,
        Condition::Crossed,
        Condition::NotApproved,
        Condition::NotDefeated,
        Condition::HarmDepends,
        Condition::OnlyRoute,
    ];

    /// The id, as data and links name it.
    pub fn id(self) -> &'static str {
        match self {
            Condition::Happened => "happened",
            Condition::Crossed => "crossed",
            Condition::NotApproved => "not-approved",
            Condition::NotDefeated => "not-defeated",
            Condition::HarmDepends => "harm-depends",
            Condition::OnlyRoute => "only-route",
        }
    }

    /// The condition in words, as it reads when it holds.
    pub fn words(self) -> &'static str {
        match self {
            Condition::Happened => "the action happened",
            Condition::Crossed => "it crossed the gate's boundary",
            Condition::NotApproved => "it was not already approved",
            Condition::NotDefeated => "the gate was not defeated",
            Condition::HarmDepends => "harm depends on it",
            Condition::OnlyRoute => "it was the only route",
        }
    }
}

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// It holds.
    True,
    /// Taken to hold because nothing recorded says otherwise; printed as such.
    Presumed,
    /// It does not hold.
    False,
    /// Not known.
    Unknown,
}

/// How much of the harm depends on a step, once that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// All of it.
    All,
    /// Some of it.
    Some,
    /// None of it.
    None,
}

/// One condition of one step: what is known, how strongly, and from which statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which condition.
    pub condition: Condition,
    /// What is known of it.
    pub truth: Truth,
    /// Status of the strongest sufficient statement; nothing when presumed or not known.
    pub status: Option<Status>,
    /// The statements the record names for it, with the status of each.
    pub statements: Vec<(StatementId, Status)>,
    /// For the harm: how much of it.
    pub extent: Option<Extent>,
}

/// The row of the decision table that decided, as numbered on the method page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Row {
    /// 0: the gate covers no action of the path.
    NotCovered,
    /// 1: a condition is false.
    ConditionFalse,
    /// 2: a condition is unknown, or there is no path.
    ConditionUnknown,
    /// 3: another route, weak evidence, or a gate that fails open.
    NotTheOnlyRoute,
    /// 4: only part of the harm.
    PartOfTheHarm,
    /// 5: everything holds.
    AllHold,
}

impl Row {
    /// The number of the row.
    pub fn number(self) -> u8 {
        match self {
            Row::NotCovered => 0,
            Row::ConditionFalse => 1,
            Row::ConditionUnknown => 2,
            Row::NotTheOnlyRoute => 3,
            Row::PartOfTheHarm => 4,
            Row::AllHold => 5,
        }
    }
}

/// One step, judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepJudgement {
    /// The step's name in the record.
    pub step: Slug,
    /// Its place in the path.
    pub index: usize,
    /// The answer for this step alone.
    pub verdict: Verdict,
    /// The row that decided.
    pub row: Row,
    /// The six conditions, in order.
    pub findings: Vec<Finding>,
}

impl StepJudgement {
    /// What is known of a condition.
    pub fn finding(&self, condition: Condition) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.condition == condition)
    }
}

/// One incident and one gate, judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// The gate.
    pub gate: Slug,
    /// The answer.
    pub verdict: Verdict,
    /// The row that decided.
    pub row: Row,
    /// Whether the verdict counts: the record maps the gate, or the gate covers a step that does not leave it out, by
    /// being known to have gone through another boundary and saying nothing of the gate's own.
    pub relevant: bool,
    /// Whether the record has a path at all.
    pub assessed: bool,
    /// Place of the deciding step in `steps`, if a step decided.
    pub deciding: Option<usize>,
    /// The steps whose action the gate covers.
    pub steps: Vec<StepJudgement>,
    /// The weakest status among the known conditions that the deciding row uses.
    pub basis: Option<Status>,
    /// The statements that keep an unknown verdict open.
    pub open: Vec<StatementId>,
}

impl Judgement {
    /// The step that decided.
    pub fn deciding_step(&self) -> Option<&StepJudgement> {
        self.deciding.map(|at| &self.steps[at])
    }
}
