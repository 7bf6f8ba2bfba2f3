//! An exception that an author wrote into a record: a comment `registry: allow(T07) and the reason`.

use crate::files::{Span, Spanned};

/// One such comment, and the lines it speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// The comment, with its marks.
    pub span: Span,
    /// The rules it names, by code or by name; none when it begins with `registry:` and then says something else.
    pub rules: Vec<Spanned<String>>,
    /// Why the text is right as it is; empty when it does not say.
    pub reason: String,
    /// The lines it speaks of. A finding belongs to them if it begins there.
    pub lines: Span,
    /// The bytes to take away to be rid of it; none where the text around it would then mean something else.
    pub removal: Option<Span>,
}
