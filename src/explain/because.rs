//! Why a step is judged as it is, in a sentence: the phrases are data, so that a script in the browser can put together
//! the same sentence from them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::explain::{capital, join};
use crate::model::gate::Fails;
use crate::model::statement::Status;
use crate::model::verdict::{Condition, Extent, Finding, Row, Truth};

/// Everything that the sentences are made of.
#[derive(Clone, Debug, Serialize)]
pub struct Phrases {
    /// What is known to be false, as the reason for "would not block", by condition.
    pub denied: BTreeMap<&'static str, &'static str>,
    /// What is not known, as the reason for "unknown", by condition.
    pub missing: BTreeMap<&'static str, &'static str>,
    /// The sentence of an unknown verdict; `{}` stands for what is missing.
    pub not_known: &'static str,
    /// The sentence of an only-if-routed verdict; `{part}` and `{reasons}` stand for what their names say.
    pub routed: &'static str,
    /// What `{part}` is where only part of the harm depends on the step.
    pub part: &'static str,
    /// A reason: another route is known.
    pub other_route: &'static str,
    /// A reason: it is not known whether there was another.
    pub open_route: &'static str,
    /// A reason: weak evidence.
    pub weak: &'static str,
    /// A reason: the gate.
    pub fails_open: &'static str,
    /// The sentence of a verdict of "partly".
    pub in_part: &'static str,
    /// The sentence of a verdict of "would block".
    pub all_hold: &'static str,
}

/// The phrases.
pub fn phrases() -> Phrases {
    let by =
        |words: fn(Condition) -> &'static str| Condition::ALL.iter().map(move |it| (it.id(), words(*it)));
    Phrases {
        denied: by(denied).collect(),
        missing: by(missing).collect(),
        not_known: "Not known: {}.",
        routed: "It would have stopped what was routed through it{part}, and no more can be said: {reasons}.",
        part: ", and with that a part of the harm",
        other_route: "another route led to the same effect",
        open_route: "no source says that this was the only route",
        weak: "at least part of the evidence has one origin or was read second hand",
        fails_open: "the gate lets everything pass when it is out of order",
        in_part: "It would have stopped part of the harm; the rest does not depend on this action.",
        all_hold: "The action could not have run without a receipt for it, and none is reported.",
    }
}

/// What is known to be false.
pub(super) fn denied(condition: Condition) -> &'static str {
    match condition {
        Condition::Happened => "the action did not happen",
        Condition::Crossed => "the action did not go through the gate's boundary",
        Condition::NotApproved => "this exact action had been approved",
        Condition::NotDefeated => "the action got past the gate where it would have stood",
        Condition::HarmDepends => "the harm does not depend on this action",
        Condition::OnlyRoute => "another route led to the same effect",
    }
}

/// What is not known.
fn missing(condition: Condition) -> &'static str {
    match condition {
        Condition::Happened => "whether the action happened",
        Condition::Crossed => "whether it went through the gate's boundary",
        Condition::NotApproved => "whether it had been approved",
        Condition::NotDefeated => "whether the gate was defeated",
        Condition::HarmDepends => "how much of the harm depends on it",
        Condition::OnlyRoute => "whether there was another route",
    }
}

/// Why a row of the table gave its verdict on these findings.
pub fn because(row: Row, findings: &[Finding], fails: Fails) -> String {
    let phrases = phrases();
    let list = |truth: Truth, words: &BTreeMap<&'static str, &'static str>| {
        let those = findings.iter().filter(|it| it.truth == truth && it.condition != Condition::OnlyRoute);
        join(those.filter_map(|it| words.get(it.condition.id()).copied()))
    };
    match row {
        Row::NotCovered | Row::AllHold => phrases.all_hold.into(),
        Row::ConditionFalse => format!("{}.", capital(&list(Truth::False, &phrases.denied))),
        Row::ConditionUnknown => phrases.not_known.replace("{}", &list(Truth::Unknown, &phrases.missing)),
        Row::NotTheOnlyRoute => routed(&phrases, findings, fails),
        Row::PartOfTheHarm => phrases.in_part.into(),
    }
}

/// Why a verdict is no more than "only if routed".
fn routed(phrases: &Phrases, findings: &[Finding], fails: Fails) -> String {
    let route = findings.iter().find(|it| it.condition == Condition::OnlyRoute).map(|it| it.truth);
    let mut reasons = Vec::new();
    match route {
        Some(Truth::True) => {}
        Some(Truth::False) => reasons.push(phrases.other_route),
        _ => reasons.push(phrases.open_route),
    }
    if findings.iter().any(|it| it.status == Some(Status::Reported)) {
        reasons.push(phrases.weak);
    }
    if fails == Fails::Open {
        reasons.push(phrases.fails_open);
    }
    let part = findings.iter().any(|it| it.extent == Some(Extent::Some));
    let part = if part { phrases.part } else { "" };
    phrases.routed.replace("{part}", part).replace("{reasons}", &join(reasons.into_iter()))
}
