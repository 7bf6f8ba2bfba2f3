//! What would change a verdict: the smallest sets of open conditions, and what a weak positive verdict lacks.
//! Derived, never written.

use serde::Serialize;

use crate::model::id::StatementId;
use crate::model::verdict::{Condition, Verdict};

/// Everything that would change one judgement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The smallest sets of open questions whose answer changes the verdict. A question is a condition; conditions of
    /// several steps that rest on the same statements are one.
    pub sets: Vec<Change>,
    /// Whether there are more, which are too many to print.
    pub more: bool,
    /// For only-if-routed: what each step lacks that could have blocked.
    pub lacks: Vec<Lack>,
}

/// One set: settling all of it changes the verdict, settling less of it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The verdict it then is.
    pub to: Verdict,
    /// What has to be settled, in the order of steps and conditions.
    pub settle: Vec<Settlement>,
}

/// One open condition, settled: by statements that are corroborated or better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Settlement {
    /// Place of the step among those that the gate covers.
    pub step: usize,
    /// The condition that is open.
    pub condition: Condition,
    /// How it is settled.
    pub value: Settled,
}

/// How a condition may be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settled {
    /// It holds; of harm, all depends on the step.
    Holds,
    /// Of harm alone: some depends on the step.
    InPart,
    /// It does not hold; of harm, none depends on the step.
    Fails,
}

impl Settled {
    /// The ways in which a condition may be settled. That the action happened is what the record is about: the table
    /// has no row for the contrary.
    pub fn of(condition: Condition) -> &'static [Settled] {
        match condition {
            Condition::Happened => &[Settled::Holds],
            Condition::HarmDepends => &[Settled::Holds, Settled::InPart, Settled::Fails],
            Condition::Crossed | Condition::NotApproved | Condition::NotDefeated | Condition::OnlyRoute => {
                &[Settled::Holds, Settled::Fails]
            }
        }
    }
}

/// What a step of an only-if-routed verdict lacks: with all of it, and no less, the verdict is another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// The verdict it would then be.
    pub to: Verdict,
    /// Place of the step among those that the gate covers.
    pub step: usize,
    /// What is lacking, in the order of the conditions.
    pub needs: Vec<Need>,
}

/// One thing that a positive verdict lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "need")]
pub enum Need {
    /// A condition holds by statements that are only reported: one of them needs a second origin.
    Corroborate {
        /// The condition.
        condition: Condition,
        /// The statements that it rests on.
        statements: Vec<StatementId>,
    },
    /// It is not known whether there was another route.
    NoOtherRoute {
        /// The statements that leave it open.
        statements: Vec<StatementId>,
    },
    /// There was another route: no evidence changes that, only another set-up.
    ClosedRoute {
        /// The statements that say so.
        statements: Vec<StatementId>,
    },
    /// The gate lets everything pass when it is out of order.
    FailClosed,
}
