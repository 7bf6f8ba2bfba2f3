//! What several formats share: where a span is, what names a finding, and JSON that a log may show.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostics, ends_command_mark, is_unsafe};
use crate::files::{Files, Span};

/// Lines and columns of a span: both count from 1, columns in characters; the end is exclusive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

/// Where a span is.
pub(super) fn region(span: Span, files: &Files) -> Region {
    let file = files.get(span.file);
    let (line, column) = file.line_column(span.start as usize);
    let (end_line, end_column) = file.line_column(span.end as usize);
    Region { line, column, end_line, end_column }
}

/// A span without the line break it may end with, for whoever marks whole lines.
pub(super) fn without_line_break(span: Span, files: &Files) -> Span {
    let text = files.text(span);
    let kept = text.trim_end_matches(['\r', '\n']).len();
    if kept == 0 { span } else { Span::new(span.file, span.start as usize..span.start as usize + kept) }
}

/// A name for each finding that stays when other lines come and go: of the rule, the file and the text at the place.
/// Of several that would have one name, each but the first is numbered.
pub(super) fn fingerprints(diagnostics: &Diagnostics, files: &Files) -> Vec<String> {
    let mut seen: BTreeMap<[&str; 3], usize> = BTreeMap::new();
    let mut fingerprint = |code: &'static str, span: Span| {
        // Even a hash could tell a short secret to whoever tries them all.
        let text = if diagnostics.conceals(span) { "" } else { files.text(span) };
        let parts = [code, files.get(span.file).path.as_str(), text];
        let earlier = seen.entry(parts).or_default();
        let hash = Sha256::digest(format!("{}\0{earlier}", parts.join("\0")));
        *earlier += 1;
        // Half of it is more than enough to tell the findings of a registry apart.
        let half = hash.iter().take(16).fold(0, |half: u128, byte| half << 8 | u128::from(*byte));
        format!("{half:032x}")
    };
    diagnostics.iter().map(|diagnostic| fingerprint(diagnostic.code.0, diagnostic.primary.span)).collect()
}

/// The JSON Schema of what is written as JSON.
pub(super) fn schema<T: JsonSchema>() -> serde_json::Value {
    // "uint32" is a format of Rust, which validators complain of.
    let without_format = |schema: &mut schemars::Schema| {
        schema.remove("format");
    };
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let settings = settings.with_transform(RecursiveTransform(without_format));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// Writes a value as JSON. What a terminal or a log could obey is written as JSON escapes it, so the data is the same.
pub(super) fn json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let careful = Careful(PrettyFormatter::new());
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, careful))?;
    writeln!(out)
}

struct Careful(PrettyFormatter<'static>);

impl Formatter for Careful {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (at, character) in fragment.char_indices() {
            if is_unsafe(character) || ends_command_mark(fragment, at) {
                out.write_all(&fragment.as_bytes()[written..at])?;
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
                written = at + character.len_utf8();
            }
        }
        out.write_all(&fragment.as_bytes()[written..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}
