//! Registry to data: what a page shows, for machines. Sees no diagnostic: by then there is nothing left to complain
//! about.

mod derivation;

pub use derivation::{Derived, FORMAT, derivation};
