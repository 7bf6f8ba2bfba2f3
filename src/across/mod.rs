//! Judgements to what they say together: how far a set of gates reaches, and which open question moves most.
//! Pure; the pages and the terminal ask the same functions.

mod coverage;
mod questions;

pub use coverage::{BESTS, CAVEAT, Case, Count, Gain, Pick, Tally, cases, greedy, tally};
pub use questions::{Blank, Gap, Move, Question, Questions, questions};
