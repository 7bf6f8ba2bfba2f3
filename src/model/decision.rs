//! The decision table as data: what each row looks at, so that the code, the page on the method and a script in the
//! browser all run one table.

use serde::Serialize;

use crate::model::gate::Fails;
use crate::model::verdict::{Condition, Extent, Row, Truth, Verdict};

/// One row: the first whose test fits gives the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// Its number.
    pub row: Row,
    /// What has to be so.
    pub when: Test,
    /// The verdict it gives.
    pub verdict: Verdict,
}

/// What a row looks at, on one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "test")]
pub enum Test {
    /// One of these conditions has this truth.
    Any {
        /// The truth.
        truth: Truth,
        /// The conditions.
        of: &'static [Condition],
    },
    /// This condition is not known to hold.
    NotTrue {
        /// The condition.
        of: Condition,
    },
    /// The weakest of the known conditions has no more than this strength.
    Strength {
        /// The strength, 0 to 2.
        at_most: u8,
    },
    /// The gate behaves so when it is out of order.
    Gate {
        /// How.
        fails: Fails,
    },
    /// So much of the harm depends on the step.
    Harm {
        /// How much.
        extent: Extent,
    },
    /// One of these tests fits.
    OneOf {
        /// The tests.
        tests: &'static [Test],
    },
    /// Nothing is asked.
    Always,
}
