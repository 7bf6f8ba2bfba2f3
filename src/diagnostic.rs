//! One finding about content, as plain data; the whole list, sorted once.
//! Knows nothing of rules or output formats.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use aho_corasick::AhoCorasick;

use crate::files::{FileId, Files, Span};

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

    fn redact(&mut self, secret: &AhoCorasick) {
        let stars = vec![STARS; secret.patterns_len()];
        self.each_text(|text| *text = secret.replace_all(text, &stars));
        self.fix.take_if(|fix| fix.edits.iter().any(|(_, text)| secret.is_match(text)));
    }

    /// Everything that is said in words, but for the title of a fix.
    fn each_text(&mut self, change: impl FnMut(&mut String)) {
        let related = self.related.iter_mut().map(|label| &mut label.text);
        let said = [&mut self.message, &mut self.primary.text].into_iter();
        said.chain(&mut self.help).chain(related).for_each(change);
    }
}

/// What stands where a message would have quoted a secret.
const STARS: &str = "********";

/// How many findings of one rule in one file are shown: nobody reads more, and a hostile file could give thousands.
pub const MOST: usize = 50;

/// The findings of a run, in the order they were made until [`Diagnostics::finish`] sorts them.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Places whose text is never shown, whatever is said of the lines around it.
    secrets: Vec<(Span, Code)>,
}

impl Diagnostics {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds what a parallel part found.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
        self.secrets.append(&mut other.secrets);
    }

    /// Marks a place whose text no output may show, and the rule that says what it is.
    pub fn conceal(&mut self, span: Span, code: Code) {
        self.secrets.push((span, code));
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

    /// Gives findings another way out, where there is a better one.
    pub fn set_help(&mut self, help: impl Fn(&Diagnostic) -> Option<String>) {
        for diagnostic in &mut self.list {
            diagnostic.help = help(diagnostic).or(diagnostic.help.take());
        }
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

    /// Takes the secrets out of everything that is said. Another rule's finding within one would quote it, or a part
    /// of it, or what it should have been; one that reaches beyond it may do so; an edit that repeats one would print
    /// it. All go: the secret's own finding keeps the run from passing, and once it is mended they come back.
    #[must_use]
    pub fn redacted(mut self, files: &Files) -> Diagnostics {
        self.secrets.sort();
        self.secrets.dedup();
        let secrets = std::mem::take(&mut self.secrets);
        self.list.retain(|diagnostic| !is_within(diagnostic, &secrets));
        let mut texts: Vec<&str> = secrets.iter().map(|(span, _)| files.text(*span)).collect();
        // The last line of a key may hold two characters, which say nothing and stand in many words.
        texts.retain(|text| text.len() >= 8);
        texts.sort_unstable();
        texts.dedup();
        if !texts.is_empty() {
            let secret = AhoCorasick::builder().ascii_case_insensitive(true).build(&texts);
            let secret = secret.expect("the secrets of files of limited size fit");
            self.list.iter_mut().for_each(|diagnostic| diagnostic.redact(&secret));
            let parts = Parts::of(&texts);
            self.list.retain_mut(|diagnostic| !parts.stand_in(diagnostic));
        }
        Diagnostics { secrets, ..self }
    }

    /// Whether a place holds a secret, or a part of one.
    pub fn conceals(&self, span: Span) -> bool {
        let touches =
            |secret: &Span| secret.file == span.file && secret.start < span.end && span.start < secret.end;
        self.secrets.iter().any(|(secret, _)| touches(secret))
    }

    /// The text of a file as it may be shown: of the same length, with stars for its secrets.
    pub fn shown<'a>(&self, files: &'a Files, file: FileId) -> Cow<'a, str> {
        let text = files.get(file).text.as_str();
        let secrets = self.secrets.iter().map(|(span, _)| span);
        let mut secrets = secrets.filter(|span| span.file == file).peekable();
        if secrets.peek().is_none() {
            return Cow::Borrowed(text);
        }
        let mut shown = text.to_owned();
        for span in secrets.filter(|span| text.get(span.range()).is_some()) {
            let stars = "*".repeat(span.range().len());
            shown.replace_range(span.range(), &stars);
        }
        Cow::Owned(shown)
    }

    /// Sorts by place, then code; drops repetitions, of which the worse stays; escapes what a terminal or a log could
    /// obey.
    #[must_use]
    pub fn finish(mut self) -> Diagnostics {
        for diagnostic in &mut self.list {
            diagnostic.each_text(|text| *text = escape(text));
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

/// Whether a finding lies within one of these secrets, which are sorted, and is not of the rule that found it.
fn is_within(diagnostic: &Diagnostic, secrets: &[(Span, Code)]) -> bool {
    let span = diagnostic.primary.span;
    let after = secrets.partition_point(|(secret, _)| (secret.file, secret.start) <= (span.file, span.start));
    let before = secrets[..after].last().filter(|(_, code)| *code != diagnostic.code);
    before.is_some_and(|(secret, _)| secret.file == span.file && span.end <= secret.end)
}

/// Pieces of secrets, as they would stand in what is left of one that was cut short or written as an id.
struct Parts(AhoCorasick);

impl Parts {
    /// So many letters and digits in a row are a part of a secret, and no word.
    const LENGTH: usize = 10;

    fn of(secrets: &[&str]) -> Parts {
        let plain: Vec<String> = secrets.iter().map(|secret| Parts::plain(secret)).collect();
        let parts = plain.iter().flat_map(|secret| secret.as_bytes().windows(Parts::LENGTH).step_by(3));
        let mixed = parts.filter(|part| part.iter().any(u8::is_ascii_digit));
        Parts(AhoCorasick::new(mixed).expect("the secrets of files of limited size fit"))
    }

    fn plain(text: &str) -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
    }

    fn stand_in(&self, diagnostic: &mut Diagnostic) -> bool {
        let mut found = false;
        diagnostic.each_text(|text| found |= self.0.is_match(&Parts::plain(text)));
        found
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

/// What begins a command of a CI service wherever it stands in a line of the log (GitHub, Azure, `TeamCity`).
const LOG_COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Writes control, bidirectional and invisible characters as `\u{..}`, and the second mark of a log command, so that
/// quoting a record never obeys it.
pub fn escape(text: &str) -> String {
    if !text.chars().any(is_unsafe) && !text.contains("##") {
        return text.to_owned();
    }
    text.char_indices().fold(String::with_capacity(text.len() + 8), |mut out, (at, character)| {
        if is_unsafe(character) || ends_command_mark(text, at) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
        out
    })
}

/// Whether the second `#` of what a CI service would take for a command stands at `at`.
pub fn ends_command_mark(text: &str, at: usize) -> bool {
    text[..at].ends_with('#') && LOG_COMMANDS.iter().any(|command| text[at - 1..].starts_with(command))
}

/// The same text, as wide as before, for lines of a record that are shown as they are: what a terminal could obey is
/// replaced, but for line breaks and what `keep` names, and a log command has no second mark.
pub fn defuse(text: &str, keep: Option<char>) -> String {
    let is_kept = |it: char| !is_unsafe(it) || it == '\n' || Some(it) == keep;
    let text: String = text.chars().map(|it| if is_kept(it) { it } else { '\u{fffd}' }).collect();
    LOG_COMMANDS
        .iter()
        .fold(text, |text, command| text.replace(command, &command.replacen("##", "#\u{266f}", 1)))
}

/// Characters that change how the text around them is shown: controls, bidi marks and overrides (Unicode TR 36),
/// zero-width characters, line separators, the byte order mark, and what else Unicode lets nobody see
/// (`Default_Ignorable_Code_Point`) but the variation selectors that emoji need.
pub fn is_unsafe(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The same for text of several lines: line breaks stay.
pub fn escape_lines(text: &str) -> String {
    text.split('\n').map(escape).collect::<Vec<_>>().join("\n")
}
