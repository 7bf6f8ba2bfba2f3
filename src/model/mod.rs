//! Plain data: what a registry is made of. No behaviour beyond its own invariants.

pub mod allow;
pub mod body;
pub mod change;
pub mod config;
pub mod date;
pub mod decision;
pub mod digest;
pub mod draft;
pub mod example;
pub mod facet;
pub mod gate;
pub mod id;
pub mod incident;
pub mod links;
pub mod output;
pub mod path;
pub mod registry;
pub mod rule;
pub mod statement;
pub mod table;
pub mod taxonomy;
mod text;
pub mod tree;
pub mod verdict;
