//! The open questions: every unknown statement that keeps a verdict open, those that move most first, and apart from
//! them the cases of which something is not recorded at all.

use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use crate::across::{Blank, Gap, Move, Question};
use crate::model::incident::Incident;
use crate::model::output::Job;
use crate::model::statement::Statement;
use crate::model::taxonomy::Vocabulary;
use crate::model::verdict::{Condition, Verdict};
use crate::render::Site;
use crate::render::listing::{self, Pages};
use crate::render::view::{self, StatementView};

#[derive(Serialize)]
struct Page<'a> {
    total: usize,
    /// How many of them move a verdict alone.
    alone: usize,
    /// How many questions have no statement, and of how many cases.
    blanks: usize,
    blank_cases: usize,
    questions: Vec<QuestionView<'a>>,
    pages: Pages,
}

#[derive(Serialize)]
struct BlankPage<'a> {
    total: usize,
    cases: Vec<BlankCase<'a>>,
    pages: Pages,
}

/// A case of which something is not recorded.
#[derive(Serialize)]
struct BlankCase<'a> {
    id: &'a str,
    title: &'a str,
    blanks: Vec<BlankView<'a>>,
}

/// An unknown statement, and what it moves.
#[derive(Serialize)]
pub(super) struct QuestionView<'a> {
    case: &'a str,
    title: &'a str,
    statement: StatementView<'a>,
    alone: usize,
    together: usize,
    moves: Vec<MoveView<'a>>,
    /// A new issue with the question filled in.
    answer: Option<String>,
    /// The file of the record.
    file: &'a str,
}

/// A question without a statement.
#[derive(Serialize)]
pub(super) struct BlankView<'a> {
    question: String,
    /// Why it is open.
    why: &'static str,
    /// The step that it is about, where the path has several.
    step: Option<&'a str>,
    moves: Vec<MoveView<'a>>,
}

/// A verdict, and what it may become.
#[derive(Serialize)]
struct MoveView<'a> {
    gate: &'a str,
    name: &'a str,
    from: Word,
    to: Vec<Word>,
    with_others: Vec<Word>,
}

#[derive(Serialize)]
struct Word {
    id: &'static str,
    words: &'static str,
}

fn word(verdict: Verdict) -> Word {
    Word { id: verdict.id(), words: verdict.words() }
}

/// The pages of the two lists.
pub(super) fn jobs<'a>(site: &'a Site<'a>) -> impl Iterator<Item = Job<'a>> {
    let statements = listing::numbers(site.questions.ranked.len()).map(move |number| {
        let path = listing::path("open-questions/", number);
        Job::new(path.clone(), move || page(site, &path, number))
    });
    let blank_cases = blank_cases(site);
    let blanks = listing::numbers(blank_cases.len()).map(move |number| {
        let path = listing::path(BLANKS, number);
        let pages = listing::pages(BLANKS, blank_cases.len(), number);
        let cases = blank_cases[pages.range()].to_vec();
        Job::new(path.clone(), move || blank_page(site, &path, &cases, pages.clone()))
    });
    statements.chain(blanks)
}

/// The folder of the cases of which something is not recorded.
const BLANKS: &str = "open-questions/nothing-recorded/";

/// The cases of which something is not recorded, the latest first.
fn blank_cases(site: &Site<'_>) -> Vec<usize> {
    let listed = site.registry.facets().listed.iter().copied();
    listed.filter(|at| !site.questions.blanks_of_case(*at).is_empty()).collect()
}

fn page(site: &Site<'_>, path: &str, number: usize) -> Result<Vec<u8>> {
    let all = site.questions;
    let pages = listing::pages("open-questions/", all.ranked.len(), number);
    let part = all.ranked[pages.range()].iter();
    let page = Page {
        total: all.ranked.len(),
        alone: all.statements.iter().filter(|it| it.moved().0 > 0).count(),
        blanks: all.blanks.len(),
        blank_cases: blank_cases(site).len(),
        questions: part.filter_map(|at| question(site, &all.statements[*at])).collect(),
        pages,
    };
    site.page(path, "questions.html", &page)
}

fn blank_page(site: &Site<'_>, path: &str, cases: &[usize], pages: Pages) -> Result<Vec<u8>> {
    let case = |at: &usize| {
        let incident = &site.registry.records.incidents[*at];
        BlankCase { id: &incident.handle, title: incident.title.as_str(), blanks: blanks(site, *at) }
    };
    let page =
        BlankPage { total: site.questions.blanks.len(), cases: cases.iter().map(case).collect(), pages };
    site.page(path, "blanks.html", &page)
}

/// The unknown statements that keep verdicts of a case open, those that move most first.
pub(super) fn of_case<'a>(site: &Site<'a>, at: usize) -> Vec<QuestionView<'a>> {
    site.questions.of_case(at).into_iter().filter_map(|it| question(site, it)).collect()
}

/// What of a case is not recorded.
pub(super) fn blanks<'a>(site: &Site<'a>, at: usize) -> Vec<BlankView<'a>> {
    site.questions.blanks_of_case(at).iter().map(|it| blank(site, it)).collect()
}

fn question<'a>(site: &Site<'a>, question: &Question) -> Option<QuestionView<'a>> {
    let incident = &site.registry.records.incidents[question.case];
    let statement = incident.statements().nth(question.statement)?;
    let status = site.verdicts.derivations[question.case].statuses[question.statement];
    let (alone, together) = question.moved();
    Some(QuestionView {
        case: &incident.handle,
        title: incident.title.as_str(),
        statement: view::statement(incident, statement, status),
        alone,
        together,
        moves: moves(site, question.case, &question.moves),
        answer: answer(site, incident, statement),
        file: &site.files.get(incident.file).path,
    })
}

fn moves<'a>(site: &Site<'a>, case: usize, moves: &[Move]) -> Vec<MoveView<'a>> {
    let view = |it: &Move| {
        let gate = &site.registry.records.gates[it.gate];
        MoveView {
            gate: &gate.id.value,
            name: gate.name.as_str(),
            from: word(site.verdicts.derivations[case].judgements[it.gate].verdict),
            to: it.to.iter().map(|verdict| word(*verdict)).collect(),
            with_others: it.with_others.iter().map(|verdict| word(*verdict)).collect(),
        }
    };
    moves.iter().map(view).collect()
}

fn blank<'a>(site: &Site<'a>, blank: &Blank) -> BlankView<'a> {
    let incident = &site.registry.records.incidents[blank.case];
    let (question, why, step) = match blank.gap {
        Gap::Path => (
            "What was done, through which boundary, and had it been approved?".into(),
            "no path is recorded",
            None,
        ),
        Gap::Condition { step, condition, gate, both } => (
            asked(site, condition, gate),
            if both { "the record says both" } else { "nothing recorded" },
            (incident.path.len() > 1).then(|| &*incident.path[step].step.value),
        ),
    };
    BlankView { question, why, step, moves: moves(site, blank.case, &blank.moves) }
}

/// A condition as a question.
fn asked(site: &Site<'_>, condition: Condition, gate: Option<usize>) -> String {
    match condition {
        Condition::Happened => "Did the action happen?".into(),
        Condition::Crossed => {
            let taxonomy = &site.registry.records.taxonomy;
            let boundaries = gate.iter().flat_map(|gate| &site.registry.records.gates[*gate].boundaries);
            let names: Vec<&str> =
                boundaries.map(|id| taxonomy.name(Vocabulary::Boundaries, &id.value)).collect();
            format!("Did it go through {}?", names.join(" or "))
        }
        Condition::NotApproved => "Had somebody entitled approved this exact action?".into(),
        Condition::NotDefeated => "Did the action get past the gate where it would have stood?".into(),
        Condition::HarmDepends => "How much of the harm depends on it?".into(),
        Condition::OnlyRoute => "Could the same credential have had the same effect another way?".into(),
    }
}

/// A new issue in the registry's own tracker, with what a record needs to be told of a case.
pub(super) fn tell(site: &Site<'_>) -> Option<String> {
    let base = site.tracker()?;
    let body = "What happened, and when:\n\nWhich AI system or agent, run by whom:\n\nWho or what was harmed:\n\n\
                Sources (title, publisher, address, date), the original ones if you can:\n\n\
                How the action got out (deploy, database, shell, message ...), if anybody says:\n\n\
                Whether somebody entitled had approved it, if anybody says:\n";
    Some(format!("{base}/issues/new?title={}&body={}", encoded("A case to file: "), encoded(body)))
}

/// A new issue in the registry's own tracker, with the question filled in.
fn answer(site: &Site<'_>, incident: &Incident, statement: &Statement) -> Option<String> {
    let base = site.tracker()?;
    let title = format!("Answer to {} {}", incident.handle, statement.id.value);
    let searched = statement
        .looked_in
        .iter()
        .map(|id| incident.sources.get(&id.value).map_or(&*id.value, |source| source.publisher.as_str()));
    let searched = searched.collect::<Vec<_>>().join(", ");
    let searched =
        if searched.is_empty() { String::new() } else { format!("Already searched: {searched}\n\n") };
    let body = format!(
        "{} of {}: {}\n\n{searched}Is it so, or not?\n\nSource (title, publisher, address, date):\n\n\
         What it says, in at most 25 of its words:\n",
        statement.id.value,
        incident.handle,
        statement.text.as_str(),
    );
    Some(format!("{base}/issues/new?title={}&body={}", encoded(&title), encoded(&body)))
}

/// Text as a value in an address.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
