//! Trees and records to diagnostics: the table of rules, and what runs them. Finds, never prints.

mod address;
mod allow;
mod meant;
mod prose;
pub mod rules;
mod schema;
mod similar;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::files::{File, FileId, Files, Span};
use crate::model::config::Level;
use crate::model::gate::Gate;
use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Records, Registry, Verdicts};
use crate::model::tree::Document;

pub use allow::allows;
pub use rules::RULES;
pub use schema::{published_schema, schema_with_terms};
pub use similar::suggest;

/// One rule: a stable code, a name that reads well after "allow", a page, and what it looks at.
pub struct Rule {
    /// The stable name: family letter and number.
    pub code: Code,
    /// The spoken name.
    pub name: &'static str,
    /// How bad a finding is unless the registry says otherwise.
    pub severity: Severity,
    /// The page beside the rule: what, why, flagged, clean, fixed. `explain`, the site and the tests read it.
    pub docs: &'static str,
    /// Top-level fields that must have the right shape, or the rule keeps quiet about the record.
    pub needs: &'static [&'static str],
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at.
pub enum Check {
    /// Found while text becomes a tree; the rule is its page and its name.
    Parse,
    /// Found where a tree differs from its schema.
    Schema,
    /// Found where an exception is held against the findings; the rule is its page and its name.
    Allow,
    /// One file, readable or not.
    File(fn(FileId, &File, &mut Reporter<'_>)),
    /// All files together.
    Files(fn(&Files, &mut Reporter<'_>)),
    /// One file as a tree.
    Document(fn(&Document<'_>, &mut Reporter<'_>)),
    /// One incident by itself.
    Incident(fn(&Incident, &mut Reporter<'_>)),
    /// One gate by itself.
    Gate(fn(&Gate, &mut Reporter<'_>)),
    /// All records together.
    Records(fn(&Records, &mut Reporter<'_>)),
    /// One incident among all records.
    Linked(fn(&Incident, &Registry, &mut Reporter<'_>)),
    /// One incident with what the evidence says of it.
    Derived(fn(&Incident, &Registry, &Derivation, &mut Reporter<'_>)),
    /// A change, where it is known what it starts from.
    Changed(fn(&Change<'_>, &mut Reporter<'_>)),
    /// Several of these.
    Each(&'static [Check]),
}

/// A registry before and after a change.
pub struct Change<'a> {
    /// What it starts from.
    pub base: Side<'a>,
    /// What it leads to; every place that is reported lies in it.
    pub head: Side<'a>,
    /// The workflows that it adds, edits or removes.
    pub workflows: &'a [String],
}

/// One side of a change.
pub struct Side<'a> {
    /// Its text.
    pub files: &'a Files,
    /// Its records.
    pub registry: &'a Registry,
    /// What the evidence says of them.
    pub verdicts: &'a Verdicts,
}

impl<'a> Side<'a> {
    /// An incident and what the evidence says of it.
    pub fn incident(&self, id: &str) -> Option<(&'a Incident, &'a Derivation)> {
        let at = *self.registry.incident_index.get(id)?;
        Some((&self.registry.records.incidents[at], self.verdicts.derivations.get(at)?))
    }
}

/// Of the further places of a name so many are shown: they tell nothing new.
const SHOWN: usize = 4;

/// Takes the findings of one rule.
pub struct Reporter<'a> {
    rule: &'a Rule,
    files: &'a Files,
    diagnostics: &'a mut Diagnostics,
}

impl Rule {
    /// Whether it compares, and so has something to say only where it is known what a change starts from.
    pub fn compares(&self) -> bool {
        let is_changed = |check: &Check| matches!(check, Check::Changed(_));
        is_changed(&self.check) || matches!(self.check, Check::Each(checks) if checks.iter().any(is_changed))
    }

    /// Whether a registry may lower it: not where a record could then be lost or misread without a word.
    pub fn may_be_lowered(&self) -> bool {
        let structural =
            matches!(self.check, Check::Parse | Check::Schema | Check::File(_) | Check::Files(_));
        let identity = matches!(self.code.0, "I01" | "I02" | "R05" | "R06" | "S05");
        !(structural || identity) || self.severity == Severity::Warning
    }

    /// Whether a finding says something of what a path is judged by: whether its file can be read, what its fields may
    /// hold and name, and what the steps say. How a record is written, filed and sourced is another matter.
    fn bears_on_a_path(&self) -> bool {
        let shape = matches!(self.check, Check::Parse | Check::Schema | Check::File(_));
        let named =
            matches!(self.code.0, "S05" | "S13" | "L01" | "L02" | "L04" | "L06" | "V03" | "V06" | "V07");
        // Line endings and a byte order mark change nothing.
        (shape || named) && self.code.0 != "S11"
    }

    /// Whether `--deny-warnings` counts its warnings: not where nothing need be wrong and somebody has to look.
    pub fn may_be_denied(&self) -> bool {
        self.code.0 != "R08"
    }

    /// Whether an exception in a record may silence it: not where it may not be lowered, nor an exception itself.
    pub fn may_be_silenced(&self) -> bool {
        self.may_be_lowered() && !matches!(self.check, Check::Allow)
    }
}

impl<'a> Reporter<'a> {
    /// A finding at a place, with the way out; more labels and a fix may be added to what is returned.
    pub fn report(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = self.at(span, message).help(help);
        self.push(diagnostic);
    }

    /// A finding about one name that stands in several places, to be completed and then pushed: at the first of them,
    /// with the next few beside it. The mistake is one, however often the name is used.
    pub fn at_each(&self, spans: &[Span], message: impl Into<String>) -> Diagnostic {
        let (first, others) = spans.split_first().expect("a name that is reported stands somewhere");
        let label = if others.is_empty() { String::new() } else { format!("named {} times", spans.len()) };
        let finding = self.at(*first, message).label(label);
        others.iter().take(SHOWN).fold(finding, |finding, span| finding.related(*span, "and here"))
    }

    /// A finding to be completed and then pushed.
    pub fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.rule.code, self.rule.severity, span, message)
    }

    /// Adds a completed finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Marks a place whose text no output may show; other rules' findings in it are not shown either.
    pub fn conceal(&mut self, span: Span) {
        self.diagnostics.conceal(span, self.rule.code);
    }

    /// The text a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.files.text(span)
    }

    /// Whether the fields that the rule needs have the right shape.
    pub fn can_judge(&self, incident: &Incident) -> bool {
        is_sound(self.rule, &incident.misshapen)
    }

    /// All files.
    pub fn files(&self) -> &'a Files {
        self.files
    }

    /// The place in the file of a part of a scalar's value: `value[range]` of what stands at `span`.
    pub fn within(&self, span: Span, value: &str, range: &std::ops::Range<usize>) -> Span {
        let part = crate::align::source_range(self.files.text(span), value, range);
        let base = span.start as usize;
        Span::new(span.file, base + part.start..base + part.end)
    }
}

/// Whether a finding bears on what a path is judged by, as its rule says.
pub fn bears_on_a_path(found: &Diagnostic) -> bool {
    rule(found.code.0).is_some_and(Rule::bears_on_a_path)
}

/// The rule with a code, in any case.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .find(|rule| rule.code.0.eq_ignore_ascii_case(code) || rule.name.eq_ignore_ascii_case(code))
}

/// What can be said of files before anything is parsed.
pub fn files(files: &Files, diagnostics: &mut Diagnostics) {
    let all: Vec<_> = files.iter().collect();
    let found: Vec<Diagnostics> = all
        .into_par_iter()
        .map(|(id, file)| {
            let mut diagnostics = Diagnostics::default();
            run(files, &mut diagnostics, |check, reporter| {
                if let Check::File(check) = check {
                    check(id, file, reporter);
                }
            });
            diagnostics
        })
        .collect();
    found.into_iter().for_each(|found| diagnostics.append(found));
    run(files, diagnostics, |check, reporter| {
        if let Check::Files(check) = check {
            check(files, reporter);
        }
    });
}

/// What can be said of one file as a tree: its shape against the schema, all errors at once. Marks misshapen fields.
pub fn document(files: &Files, document: &mut Document<'_>, diagnostics: &mut Diagnostics) {
    let misshapen = schema::judge(document, diagnostics);
    document.misshapen.extend(misshapen);
    run(files, diagnostics, |check, reporter| {
        if let Check::Document(check) = check {
            check(document, reporter);
        }
    });
}

/// What can be said of one incident by itself.
pub fn incident(files: &Files, incident: &Incident, diagnostics: &mut Diagnostics) {
    run(files, diagnostics, |check, reporter| match check {
        Check::Incident(check) if is_sound(reporter.rule, &incident.misshapen) => check(incident, reporter),
        _ => {}
    });
}

/// What can be said of typed records before they are linked, but of each incident by itself.
pub fn records(files: &Files, records: &Records, diagnostics: &mut Diagnostics) {
    let of_id = rules::wrong_type::may_be_of_id;
    diagnostics.set_help(|it| of_id(it).then(|| meant::help(it, files, records))?);
    compared(files, records, diagnostics);
    for gate in &records.gates {
        run(files, diagnostics, |check, reporter| match check {
            Check::Gate(check) if is_sound(reporter.rule, &gate.misshapen) => check(gate, reporter),
            _ => {}
        });
    }
}

/// What can be said of all records together: each of these rules passes over all of them, so the rules run in parallel.
fn compared(files: &Files, records: &Records, diagnostics: &mut Diagnostics) {
    let found: Vec<Diagnostics> = RULES
        .par_iter()
        .map(|rule| {
            let mut diagnostics = Diagnostics::default();
            run_one(rule, files, &mut diagnostics, &mut |check, reporter| {
                if let Check::Records(check) = check {
                    check(records, reporter);
                }
            });
            diagnostics
        })
        .collect();
    found.into_iter().for_each(|found| diagnostics.append(found));
}

/// What can be said of one incident among the others, with what the evidence says of it.
pub fn derived(
    files: &Files,
    incident: &Incident,
    registry: &Registry,
    derivation: &Derivation,
    diagnostics: &mut Diagnostics,
) {
    run(files, diagnostics, |check, reporter| match check {
        _ if !is_sound(reporter.rule, &incident.misshapen) => {}
        Check::Linked(check) => check(incident, registry, reporter),
        Check::Derived(check) => check(incident, registry, derivation, reporter),
        _ => {}
    });
}

/// What can be said of a change. Places lie in the files it leads to.
pub fn change(change: &Change<'_>, diagnostics: &mut Diagnostics) {
    run(change.head.files, diagnostics, |check, reporter| {
        if let Check::Changed(check) = check {
            check(change, reporter);
        }
    });
}

/// Gives every finding the level that the registry's configuration asks for.
pub fn levels(records: &Records, diagnostics: &mut Diagnostics) {
    let levels = &records.config.fields.lint;
    if levels.is_empty() {
        return;
    }
    let level = |code: Code| {
        let level = levels.get(code.0).map(|level| level.value);
        level.filter(|level| *level == Level::Error || rule(code.0).is_none_or(Rule::may_be_lowered))
    };
    diagnostics.retain(|diagnostic| level(diagnostic.code) != Some(Level::Off));
    diagnostics.set_severities(|code| match level(code) {
        Some(Level::Error) => Some(Severity::Error),
        Some(Level::Warning) => Some(Severity::Warning),
        Some(Level::Off) | None => None,
    });
}

fn run(files: &Files, diagnostics: &mut Diagnostics, mut each: impl FnMut(&Check, &mut Reporter<'_>)) {
    for rule in RULES.iter().copied() {
        run_one(rule, files, diagnostics, &mut each);
    }
}

fn run_one(
    rule: &'static Rule,
    files: &Files,
    diagnostics: &mut Diagnostics,
    each: &mut impl FnMut(&Check, &mut Reporter<'_>),
) {
    let reporter = &mut Reporter { rule, files, diagnostics };
    match rule.check {
        Check::Each(checks) => checks.iter().for_each(|check| each(check, reporter)),
        ref check => each(check, reporter),
    }
}

/// A rule says nothing about a record in which a field it needs has the wrong shape.
fn is_sound(rule: &Rule, misshapen: &[String]) -> bool {
    !rule.needs.iter().any(|needed| misshapen.iter().any(|field| field == needed))
}
