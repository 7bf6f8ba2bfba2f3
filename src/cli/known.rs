//! Findings of one run held against those of the run before: what is new, what is gone. A finding whose line has only
//! moved is neither, nor is one that cannot be judged for now.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{self, Check};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::files::{File, Files};
use crate::pipeline::Checked;

/// What all records are judged by: while one of these cannot be read, nothing can be said of the others.
const COMMON: [&str; 4] = ["registry.toml", "taxonomy.yaml", "entities.yaml", "incidents/ids.lock"];
/// The rule that a file breaks whose text could not be taken apart.
const BROKEN: Code = Code("S01");

/// What tells one finding from another, on whatever line it stands. Two may be alike.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    pub(super) path: String,
    pub(super) code: Code,
    pub(super) message: String,
    /// The first line of what its span covers: a span may reach to the end of the file, and only this is underlined.
    text: String,
}

impl Finding {
    fn new(diagnostic: &Diagnostic, files: &Files) -> Finding {
        let span = diagnostic.primary.span;
        Finding {
            path: files.get(span.file).path.clone(),
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            text: files.text(span).lines().next().unwrap_or_default().trim_end().to_owned(),
        }
    }
}

/// How a run differs from the one before.
pub(super) struct News {
    /// Findings that were not there.
    pub(super) new: Diagnostics,
    /// Findings that were there, by file and rule.
    pub(super) gone: Vec<Finding>,
    /// A file that cannot be read, and without which nothing else can be judged.
    pub(super) in_the_way: Option<&'static str>,
    is_first: bool,
}

impl News {
    /// Whether all is as it was told before.
    pub(super) fn is_nothing(&self) -> bool {
        !self.is_first && self.new.is_empty() && self.gone.is_empty()
    }
}

/// Findings, and how often each was made.
type Counted = BTreeMap<Finding, usize>;

/// What has been told so far and still holds.
#[derive(Default)]
pub(super) struct Known {
    findings: Counted,
    is_later_run: bool,
}

impl Known {
    /// Takes note of a run's findings, and says how they differ from those before. The first run shows all.
    pub(super) fn note(&mut self, diagnostics: &Diagnostics, files: &Files, checked: &Checked) -> News {
        let quiet = Quiet::new(files, checked);
        let is_first = !std::mem::replace(&mut self.is_later_run, true);
        let in_the_way = quiet.common.filter(|_| !is_first);
        let mut new = diagnostics.clone();
        if in_the_way.is_some() {
            new.retain(|diagnostic| is_common(&files.get(diagnostic.primary.span.file).path));
        }
        let mut before = std::mem::take(&mut self.findings);
        new.retain(|diagnostic| {
            let finding = Finding::new(diagnostic, files);
            let is_new = !take(&mut before, &finding);
            *self.findings.entry(finding).or_default() += 1;
            is_new
        });
        let is_held =
            |finding: &Finding| in_the_way.is_some() && !is_common(&finding.path) || quiet.about(finding);
        let (held, gone): (Counted, Counted) = before.into_iter().partition(|(finding, _)| is_held(finding));
        for (finding, count) in held {
            *self.findings.entry(finding).or_default() += count;
        }
        let each = |(finding, count)| std::iter::repeat_n(finding, count);
        News { new, gone: gone.into_iter().flat_map(each).collect(), in_the_way, is_first }
    }
}

/// Takes one of those that are alike away, if there is one.
fn take(counted: &mut Counted, finding: &Finding) -> bool {
    let Some(count) = counted.get_mut(finding) else { return false };
    *count -= 1;
    if *count == 0 {
        counted.remove(finding);
    }
    true
}

fn is_common(path: &str) -> bool {
    COMMON.contains(&path)
}

/// What rules keep quiet about in a run, so that the absence of a finding says nothing.
struct Quiet<'a> {
    /// Files without a text.
    unreadable: BTreeSet<&'a str>,
    /// Files whose text could not be taken apart.
    broken: BTreeSet<&'a str>,
    /// The fields of a record or gate that have the wrong shape.
    misshapen: BTreeMap<&'a str, &'a [String]>,
    /// The first of the common files that is one of these.
    common: Option<&'static str>,
}

impl<'a> Quiet<'a> {
    fn new(files: &'a Files, checked: &'a Checked) -> Quiet<'a> {
        let path = |file| files.get(file).path.as_str();
        let no_text = |file: &&'a File| file.unreadable.is_some();
        let unreadable: BTreeSet<_> =
            files.iter().map(|(_, file)| file).filter(no_text).map(|file| file.path.as_str()).collect();
        let broken = checked.diagnostics.iter().filter(|diagnostic| diagnostic.code == BROKEN);
        let broken: BTreeSet<_> = broken.map(|diagnostic| path(diagnostic.primary.span.file)).collect();
        let records = &checked.registry.records;
        let incidents = records.incidents.iter().map(|it| (path(it.file), it.misshapen.as_slice()));
        let gates = records.gates.iter().map(|it| (path(it.file), it.misshapen.as_slice()));
        let common = COMMON.into_iter().find(|it| unreadable.contains(it) || broken.contains(it));
        Quiet { unreadable, broken, misshapen: incidents.chain(gates).collect(), common }
    }

    /// Whether the rule of a finding would say nothing even if the mistake were still there.
    fn about(&self, finding: &Finding) -> bool {
        let path = finding.path.as_str();
        let rule = check::rule(finding.code.0);
        let sees_any_text = rule.is_some_and(|rule| matches!(rule.check, Check::File(_) | Check::Files(_)));
        let sees_no_text = finding.code.0.starts_with('R');
        let needs = rule.map(|rule| rule.needs).unwrap_or_default();
        let lacks = |field: &String| needs.contains(&field.as_str());
        self.unreadable.contains(path) && !sees_no_text
            || self.broken.contains(path) && !sees_any_text && finding.code != BROKEN
            || self.misshapen.get(path).is_some_and(|fields| fields.iter().any(lacks))
    }
}
