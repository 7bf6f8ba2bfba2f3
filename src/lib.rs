//! A folder of incident records in; diagnostics, verdicts and a static site out.
//!
//! `read → parse → check → link → derive → check → render → write`: [`pipeline`] is that line on one screen.
//! A mistake in a record is a [`diagnostic::Diagnostic`]; a disk that refuses is an error.

pub mod across;
pub mod align;
pub mod check;
pub mod cli;
pub mod derive;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod explain;
pub mod export;
pub mod files;
pub mod fix;
pub mod link;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod read;
pub mod render;
pub mod serve;
pub mod watch;
pub mod write;
