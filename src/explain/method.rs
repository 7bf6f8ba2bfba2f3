//! The method in words: the rows of both tables as the code runs them, each with what it asks.

use serde::Serialize;

use crate::derive::{self, STATUS_TABLE, TABLE};
use crate::explain::{join, label};
use crate::model::decision::Test;
use crate::model::gate::Fails;
use crate::model::verdict::{Condition, Extent, Row, Truth, Verdict};

/// Both tables and their version.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    /// The version that every verdict names.
    pub version: u32,
    /// How sources become a status.
    pub statuses: Vec<MethodRow>,
    /// How conditions become a verdict.
    pub verdicts: Vec<MethodRow>,
}

/// A row of either table.
#[derive(Clone, Debug, Serialize)]
pub struct MethodRow {
    /// Its number in the table.
    pub number: u8,
    /// What has to be so.
    pub when: String,
    /// The id of the status or verdict it gives.
    pub id: &'static str,
    /// The same in words.
    pub words: &'static str,
}

/// The tables that the program runs, in words.
pub fn method() -> Method {
    let statuses = (1..).zip(&STATUS_TABLE).map(|(number, row)| MethodRow {
        number,
        when: row.rule.to_owned(),
        id: row.status.word(),
        words: row.status.word(),
    });
    let not_covered = MethodRow {
        number: Row::NotCovered.number(),
        when: "The path has steps, and the gate covers the action of none of them.".into(),
        id: Verdict::NotApplicable.id(),
        words: Verdict::NotApplicable.words(),
    };
    let decided = TABLE.iter().map(|row| MethodRow {
        number: row.row.number(),
        when: sentence(&row.when),
        id: row.verdict.id(),
        words: row.verdict.words(),
    });
    Method {
        version: derive::TABLE_VERSION,
        statuses: statuses.collect(),
        verdicts: std::iter::once(not_covered).chain(decided).collect(),
    }
}

fn sentence(test: &Test) -> String {
    let end =
        if matches!(test, Test::Any { truth: Truth::Unknown, .. }) { ", or there is no path." } else { "." };
    format!("{}{end}", super::capital(&words(test)))
}

fn words(test: &Test) -> String {
    match test {
        Test::Any { truth, of } => {
            let truth = match truth {
                Truth::True => "known to hold",
                Truth::Presumed => "presumed to hold",
                Truth::False => "known not to hold",
                Truth::Unknown => "not known",
            };
            format!("one of these is {truth}: {}", labels(of))
        }
        Test::NotTrue { of } => format!("“{}” is not known to hold", label(*of)),
        Test::Strength { at_most: 0 } => "a condition rests on what is only reported".into(),
        Test::Strength { at_most: 1 } => "a condition rests on what is only corroborated".into(),
        Test::Strength { .. } => "a condition is known".into(),
        Test::Gate { fails: Fails::Open } => "the gate lets everything pass when it is out of order".into(),
        Test::Gate { fails: Fails::Closed } => "the gate lets nothing pass when it is out of order".into(),
        Test::Harm { extent: Extent::All } => "all of the harm depends on the step".into(),
        Test::Harm { extent: Extent::Some } => "only part of the harm depends on the step".into(),
        Test::Harm { extent: Extent::None } => "none of the harm depends on the step".into(),
        Test::OneOf { tests } => tests.iter().map(words).collect::<Vec<_>>().join("; or "),
        Test::Always => "nothing of the above".into(),
    }
}

fn labels(conditions: &[Condition]) -> String {
    let labels: Vec<String> = conditions.iter().map(|it| format!("“{}”", label(*it))).collect();
    join(labels.iter().map(String::as_str))
}
