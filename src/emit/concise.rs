//! One line a finding: `path:line:column: error[E02] message`.

use std::io::{self, Write};

use crate::diagnostic::Diagnostics;
use crate::files::Files;

/// Writes the findings.
pub fn write(diagnostics: &Diagnostics, files: &Files, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        let file = files.get(span.file);
        let (line, column) = file.line_column(span.start as usize);
        let path = crate::diagnostic::escape(&file.path);
        let (word, code) = (diagnostic.severity.word(), diagnostic.code);
        writeln!(out, "{path}:{line}:{column}: {word}[{code}] {}", diagnostic.message)?;
    }
    Ok(())
}
