//! One finding about content, as plain data; the whole list, sorted once.
//! Knows nothing of rules or output formats.

use std::collections::BTreeMap;
use std::fmt;

use crate::files::{FileId, Span};

/// The stable name of a rule: one letter for its family, two digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How bad a finding is: an error refuses a build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The record may not be published like this.
    Error,
    /// Worth a look; `--deny-warnings` makes it count.
    Warning,
}

impl Severity {
    /// The word shown before the code.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A place with a short text, drawn under the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What about it; may be empty.
    pub text: String,
}

/// A text edit that mends a finding without changing meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the edit does, in the imperative.
    pub title: String,
    /// Replacements, by span, not overlapping.
    pub edits: Vec<(Span, String)>,
    /// Derived pins are written only when asked for by name (`--fix=pins`).
    pub pins: bool,
}

/// One finding about content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule.
    pub code: Code,
    /// Error or warning, after the registry's levels.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, the author's words in backticks.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter.
    pub related: Vec<Label>,
    /// What to do, in the imperative.
    pub help: Option<String>,
    /// The same as a text edit, where it cannot change meaning.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error of rule `code` at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, span, message)
    }

    /// A finding of rule `code` at `span`.
    pub fn new(code: Code, severity: Severity, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            message: message.into(),
            primary: Label { span, text: String::new() },
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// The text under the primary span.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        self.primary.text = text.into();
        self
    }

    /// Another place that matters.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// The edit that does it.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<(Span, String)>) -> Diagnostic {
        self.fix = Some(Fix { title: title.into(), edits, pins: false });
        self
    }
}

/// How many findings of one rule in one file are shown: nobody reads more, and a hostile file could give thousands.
const MOST: usize = 50;

/// The findings of a run, in the order they were made until [`Diagnostics::finish`] sorts them.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds what a parallel part found.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// The findings so far.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Keeps the findings that satisfy a test.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Gives findings another severity, by code (levels from the configuration).
    pub fn set_severities(&mut self, severity: impl Fn(Code) -> Option<Severity>) {
        for diagnostic in &mut self.list {
            diagnostic.severity = severity(diagnostic.code).unwrap_or(diagnostic.severity);
        }
    }

    /// Keeps the findings in one file.
    pub fn in_file(&self, file: FileId) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter().filter(move |diagnostic| diagnostic.primary.span.file == file)
    }

    /// How many are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Sorts by place, then code; drops repetitions, of which the worse stays; escapes what a terminal or a log could
    /// obey.
    #[must_use]
    pub fn finish(mut self) -> Diagnostics {
        for diagnostic in &mut self.list {
            diagnostic.message = escape(&diagnostic.message);
            diagnostic.primary.text = escape(&diagnostic.primary.text);
            diagnostic.help = diagnostic.help.as_deref().map(escape);
            for label in &mut diagnostic.related {
                label.text = escape(&label.text);
            }
        }
        self.list.sort_by(|a, b| key(a).cmp(&key(b)));
        self.list.dedup_by(|next, kept| {
            let severity = kept.severity;
            *next == *kept || Diagnostic { severity, ..next.clone() } == *kept
        });
        self.cap();
        self
    }

    /// Of one rule in one file only so many are kept; the last of them says how many more there are.
    fn cap(&mut self) {
        let mut seen: BTreeMap<(FileId, Code), usize> = BTreeMap::new();
        for diagnostic in &self.list {
            *seen.entry((diagnostic.primary.span.file, diagnostic.code)).or_default() += 1;
        }
        if seen.values().all(|count| *count <= MOST) {
            return;
        }
        let mut kept: BTreeMap<(FileId, Code), usize> = BTreeMap::new();
        self.list.retain_mut(|diagnostic| {
            let key = (diagnostic.primary.span.file, diagnostic.code);
            let place = kept.entry(key).or_default();
            *place += 1;
            let more = seen[&key].saturating_sub(MOST);
            if *place == MOST && more > 0 {
                let help = diagnostic.help.take().unwrap_or_default();
                diagnostic.help = Some(format!("{help} (and {more} more of this rule in this file)"));
            }
            *place <= MOST
        });
    }
}

fn key(diagnostic: &Diagnostic) -> (Span, Code, &str, Severity) {
    (diagnostic.primary.span, diagnostic.code, &diagnostic.message, diagnostic.severity)
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// Writes control, bidirectional and invisible characters as `\u{..}`, so that quoting a record never obeys it.
pub fn escape(text: &str) -> String {
    if !text.chars().any(is_unsafe) {
        return text.to_owned();
    }
    text.chars().fold(String::with_capacity(text.len() + 8), |mut out, character| {
        if is_unsafe(character) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
        out
    })
}

/// Characters that change how the text around them is shown: controls, bidi marks and overrides (Unicode TR 36),
/// zero-width characters, line separators and the byte order mark.
pub fn is_unsafe(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The same for text of several lines: line breaks stay.
pub fn escape_lines(text: &str) -> String {
    text.split('\n').map(escape).collect::<Vec<_>>().join("\n")
}
