//! Two texts of one file to a unified diff that `git apply` takes. Byte for byte: it escapes nothing but the path.

use std::fmt::Write as _;

use similar::TextDiff;

/// The changes from one text to the other, each with three lines around it.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    // A lone carriage return ends no line for git, so the lines are cut here.
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
    diff.unified_diff().context_radius(3).header(&header("a", path), &header("b", path)).to_string()
}

/// A path as git writes it: quoted if it holds what would end it, and with a tab after it if it holds a blank.
fn header(side: &str, path: &str) -> String {
    let needs_quotes = |byte: u8| !(b' '..0x7f).contains(&byte) || matches!(byte, b'"' | b'\\');
    if !path.bytes().any(needs_quotes) {
        return format!("{side}/{path}{}", if path.contains(' ') { "\t" } else { "" });
    }
    let mut out = format!("\"{side}/");
    for byte in path.bytes() {
        // A string takes whatever is written to it.
        let _ = match byte {
            _ if !needs_quotes(byte) => write!(out, "{}", char::from(byte)),
            b'"' | b'\\' => write!(out, "\\{}", char::from(byte)),
            _ => write!(out, "\\{byte:03o}"),
        };
    }
    out + "\""
}
