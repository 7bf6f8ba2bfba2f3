//! The registry at one moment: read, checked, and ready to have its pages made. Never changes; a newer one takes
//! its place.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use crate::across::{self, Questions};
use crate::diagnostic::{Diagnostics, Severity};
use crate::files::{FileId, Files};
use crate::model::output::Job;
use crate::model::registry::{Records, Registry, Verdicts};
use crate::model::rule::RulePage;
use crate::pipeline::{self, Checked};
use crate::render::{Site, Theme};
use crate::watch::{self, Absent};
use crate::{emit, render};

/// What to do about a template that fails.
pub(super) const MEND_TEMPLATE: &str = "Mend the template in `templates/`, or delete it to have the built-in one back; \
    this page then shows itself.";

/// What the terminal is told.
#[derive(Debug)]
pub enum News {
    /// What a check came to.
    Checked {
        /// How many errors.
        errors: usize,
        /// How many warnings.
        warnings: usize,
        /// The errors, one line each.
        lines: String,
    },
    /// What keeps a page, or all of them, from being shown.
    Trouble(String),
}

/// Why no page can be shown.
#[derive(Debug)]
pub(super) struct Trouble {
    /// What is wrong.
    pub title: &'static str,
    /// The same in detail.
    pub text: String,
    /// The way out.
    pub help: &'static str,
}

/// The record that a page is about.
#[derive(Debug)]
pub(super) struct Subject {
    /// Its file.
    pub file: String,
    /// Whether a build would leave the page out.
    pub draft: bool,
}

/// What is served until the next change.
pub(super) struct Snapshot {
    /// Unlike that of any other snapshot, of this server or an earlier one.
    pub version: String,
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// Every finding, as `registry lint --format json` writes them.
    pub findings: Vec<u8>,
    /// What each page of a record is about, by the path of its file in the site.
    pub subjects: BTreeMap<String, Subject>,
    pages: Result<Pages, Trouble>,
}

struct Pages {
    files: Files,
    registry: Registry,
    verdicts: Verdicts,
    /// Worked out when the first page is asked for, which is not what whoever saves a record waits for.
    questions: OnceLock<Questions>,
    rules: Vec<RulePage>,
    theme: Theme,
}

impl Snapshot {
    /// Reads and checks the registry; whatever goes wrong is part of what is shown.
    pub(super) fn take(root: &Path, number: usize) -> (Snapshot, Vec<News>) {
        let snapshot = Snapshot {
            version: format!("{}-{number}", std::process::id()),
            errors: 0,
            warnings: 0,
            findings: b"{\"version\":1,\"errors\":0,\"warnings\":0,\"diagnostics\":[]}\n".to_vec(),
            subjects: BTreeMap::new(),
            pages: Err(Trouble { title: "", text: String::new(), help: "" }),
        };
        match watch::read(root) {
            Ok(files) => snapshot.checked(root, files),
            Err(absent) => {
                let trouble = trouble(&absent);
                let news = vec![News::Trouble(trouble.text.clone())];
                (Snapshot { pages: Err(trouble), ..snapshot }, news)
            }
        }
    }

    fn checked(self, root: &Path, files: Files) -> (Snapshot, Vec<News>) {
        let checked = pipeline::check(&files);
        let subjects = subjects(&checked.registry.records, &files);
        // A writer wants to see the record that is being written.
        let Checked { mut registry, verdicts, diagnostics } = pipeline::with_drafts(checked);
        // The site stands at `/` here, whatever path it will have.
        registry.records.config.fields.base_url = None;
        let theme = pipeline::theme(root, &registry.records.config).map_err(|error| Trouble {
            title: "The templates cannot be used",
            text: format!("{error:#}"),
            help: MEND_TEMPLATE,
        });
        let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
        let mut news = vec![News::Checked { errors, warnings, lines: error_lines(&diagnostics, &files) }];
        match &theme {
            Ok(theme) => news.extend(theme.unused().iter().cloned().map(News::Trouble)),
            Err(trouble) => news.push(News::Trouble(trouble.text.clone())),
        }
        let findings = json(&diagnostics, &files);
        let (questions, rules) = (OnceLock::new(), pipeline::rules());
        let pages = theme.map(|theme| Pages { files, registry, verdicts, questions, rules, theme });
        (Snapshot { errors, warnings, findings, subjects, pages, ..self }, news)
    }

    /// The site, or why there is none.
    pub(super) fn site(&self) -> Result<Site<'_>, &Trouble> {
        let pages = self.pages.as_ref()?;
        let questions = pages.questions.get_or_init(|| across::questions(&pages.registry, &pages.verdicts));
        Ok(render::site(
            &pages.files,
            &pages.registry,
            &pages.verdicts,
            questions,
            &pages.rules,
            &pages.theme,
        ))
    }

    /// Every file of that site.
    pub(super) fn jobs<'a>(&'a self, site: &'a Site<'a>) -> Vec<Job<'a>> {
        let pages = self.pages.as_ref().ok();
        pages.map(|pages| pipeline::jobs(site, &pages.registry, &pages.verdicts)).unwrap_or_default()
    }
}

/// What is shown while there is no registry to be read.
fn trouble(absent: &Absent) -> Trouble {
    let (title, help) = match absent {
        Absent::Unreadable(_) => {
            ("The registry cannot be read", "Make the file readable; this page then shows itself.")
        }
        Absent::NoRegistry(_) => {
            ("This is no registry any more", "Put the file back, be it empty; this page then shows itself.")
        }
    };
    Trouble { title, text: absent.to_string(), help }
}

fn subjects(records: &Records, files: &Files) -> BTreeMap<String, Subject> {
    let subject = |file: FileId, draft| Subject { file: files.get(file).path.clone(), draft };
    let page = |folder: &str, name: &str| format!("{folder}/{name}/index.html");
    let mut subjects = BTreeMap::new();
    // Of two records with one name the first has the page, here as in the site.
    for incident in &records.incidents {
        let page = page("incidents", &incident.handle);
        subjects.entry(page).or_insert_with(|| subject(incident.file, !incident.is_public()));
    }
    for gate in &records.gates {
        subjects.entry(page("gates", &gate.id.value)).or_insert_with(|| subject(gate.file, false));
    }
    for (file, stem) in &records.broken {
        let folder = files.get(*file).path.split('/').next().unwrap_or_default();
        subjects.entry(page(folder, stem)).or_insert_with(|| subject(*file, false));
    }
    subjects
}

fn error_lines(diagnostics: &Diagnostics, files: &Files) -> String {
    let mut errors = diagnostics.clone();
    errors.retain(|diagnostic| diagnostic.severity == Severity::Error);
    String::from_utf8_lossy(&written(|out| emit::concise::write(&errors, files, out))).into_owned()
}

fn json(diagnostics: &Diagnostics, files: &Files) -> Vec<u8> {
    written(|out| emit::json::write(diagnostics, files, out))
}

/// Memory takes whatever is written to it.
fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = write(&mut bytes);
    bytes
}
