//! The decision table, rows 1 to 5: the first whose test fits gives the verdict of a step. Row 0 is decided before there
//! is a step to judge.

use crate::model::decision::{TableRow, Test};
use crate::model::gate::Fails;
use crate::model::verdict::{Condition, Extent, Finding, Row, Truth, Verdict};

/// The version of the conditions and of the decision table; rises when either changes.
pub const TABLE_VERSION: u32 = 1;

/// Those of which one that is false is enough to say that the gate would not have blocked. That the action happened is
/// what the record is about, and is never false.
const DENYING: &[Condition] =
    &[Condition::Crossed, Condition::NotApproved, Condition::NotDefeated, Condition::HarmDepends];
/// Those that must be known before anything is said.
const DECIDING: &[Condition] = &[
    Condition::Happened,
    Condition::Crossed,
    Condition::NotApproved,
    Condition::NotDefeated,
    Condition::HarmDepends,
];

/// The table.
pub const TABLE: [TableRow; 5] = [
    TableRow {
        row: Row::ConditionFalse,
        when: Test::Any { truth: Truth::False, of: DENYING },
        verdict: Verdict::WouldNotBlock,
    },
    TableRow {
        row: Row::ConditionUnknown,
        when: Test::Any { truth: Truth::Unknown, of: DECIDING },
        verdict: Verdict::Unknown,
    },
    TableRow {
        row: Row::NotTheOnlyRoute,
        when: Test::OneOf {
            tests: &[
                Test::NotTrue { of: Condition::OnlyRoute },
                Test::Strength { at_most: 0 },
                Test::Gate { fails: Fails::Open },
            ],
        },
        verdict: Verdict::OnlyIfRouted,
    },
    TableRow { row: Row::PartOfTheHarm, when: Test::Harm { extent: Extent::Some }, verdict: Verdict::Partly },
    TableRow { row: Row::AllHold, when: Test::Always, verdict: Verdict::WouldBlock },
];

/// The verdict of one step, and the row that gave it.
pub fn decide(findings: &[Finding], fails: Fails) -> (Verdict, Row) {
    let row = TABLE.iter().find(|row| fits(&row.when, findings, fails));
    let row = row.expect("the last row asks nothing");
    (row.verdict, row.row)
}

fn fits(test: &Test, findings: &[Finding], fails: Fails) -> bool {
    let truth = |of: Condition| findings.iter().find(|it| it.condition == of).map(|it| it.truth);
    match test {
        Test::Any { truth: wanted, of } => of.iter().any(|it| truth(*it) == Some(*wanted)),
        Test::NotTrue { of } => truth(*of) != Some(Truth::True),
        Test::Strength { at_most } => strength(findings) <= *at_most,
        Test::Gate { fails: wanted } => fails == *wanted,
        Test::Harm { extent } => findings.iter().any(|it| it.extent == Some(*extent)),
        Test::OneOf { tests } => tests.iter().any(|test| fits(test, findings, fails)),
        Test::Always => true,
    }
}

/// The weakest strength among the conditions that are known.
fn strength(findings: &[Finding]) -> u8 {
    findings.iter().filter_map(|finding| finding.status?.strength()).min().unwrap_or_default()
}
