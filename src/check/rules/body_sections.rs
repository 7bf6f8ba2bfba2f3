//! S10: a body whose sections are missing, unknown, repeated or out of order.

use super::{Check, Code, Gate, Incident, Reporter, Rule, Severity};
use crate::check::similar;
use crate::model::body::{Body, GATE_SECTIONS, INCIDENT_SECTIONS, Section};
use crate::model::incident::RecordStatus;

pub(crate) static RULE: Rule = Rule {
    code: Code("S10"),
    name: "body-sections",
    severity: Severity::Error,
    docs: include_str!("body_sections.md"),
    needs: &["body"],
    check: Check::Each(&[Check::Incident(incident), Check::Gate(gate)]),
};

/// The sections a kind of record may have, in order: key and heading.
type Sections = &'static [(&'static str, &'static str)];

fn incident(incident: &Incident, reporter: &mut Reporter<'_>) {
    judge(&incident.body, &INCIDENT_SECTIONS, required(incident), reporter);
}

fn gate(gate: &Gate, reporter: &mut Reporter<'_>) {
    judge(&gate.body, &GATE_SECTIONS, GATE_SECTIONS.len(), reporter);
}

/// How many of the sections must be there. Drafts need none, and records that were taken back keep what they have.
fn required(incident: &Incident) -> usize {
    let readable = !incident.misshapen.iter().any(|field| field == "status");
    let told = matches!(incident.status.value, RecordStatus::Published | RecordStatus::Disputed);
    usize::from(readable && told)
}

fn judge(body: &Body, sections: Sections, required: usize, reporter: &mut Reporter<'_>) {
    unspaced(body, reporter);
    let loose = preamble(body, sections, reporter);
    let mut seen: Vec<(usize, &Section)> = Vec::new();
    let mut ordered = true;
    for section in &body.sections {
        let Some(rank) = rank(section, sections, reporter) else { continue };
        if let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == rank) {
            repeated(section, first, reporter);
        } else if let Some((_, later)) = seen.iter().find(|(earlier, _)| *earlier > rank).filter(|_| ordered)
        {
            misplaced(section, later, sections, reporter);
            ordered = false;
        }
        seen.push((rank, section));
    }
    let mut meant = Vec::new();
    for section in &body.sections {
        meant.extend(disguised(section, body, sections, reporter));
    }
    for heading in &body.inner {
        let message = format!("`{}` is the heading of a section, and stands within one", heading.value);
        let help = "inside a section headings begin with `###`; a section of its own stands under its key below `body`";
        reporter.report(heading.span, message, help);
    }
    let lacking =
        sections[..required].iter().enumerate().filter(|(at, _)| !seen.iter().any(|(rank, _)| rank == at));
    let lacking: Vec<&str> =
        lacking.map(|(_, (_, name))| *name).filter(|name| !meant.contains(name)).collect();
    let untitled = loose && body.sections.is_empty();
    if !(untitled || lacking.is_empty()) {
        missing(body, &lacking, sections, reporter);
    }
}

/// A line that names a section which is not there, and is no heading, or one of another level; says which sections
/// were meant.
fn disguised(
    section: &Section,
    body: &Body,
    sections: Sections,
    reporter: &mut Reporter<'_>,
) -> Vec<&'static str> {
    const MARKS: [char; 4] = ['#', '*', '_', '\\'];
    let mut meant = Vec::new();
    let is_mark = |it: char| it.is_whitespace() || it == ':' || MARKS.contains(&it);
    let mut at = 0;
    for line in section.markdown.split_inclusive('\n') {
        let (start, words) = (at, line.trim());
        at += line.len();
        if !words.starts_with(MARKS) {
            continue;
        }
        let bare = words.trim_matches(is_mark);
        let named = sections.iter().find(|(_, name)| name.eq_ignore_ascii_case(bare));
        // A heading as it should be is none in code, which may have been left open.
        let Some((_, name)) = named.filter(|_| !line.starts_with("## ")) else { continue };
        if body.section(name).is_none() {
            let start = start + (line.len() - line.trim_start().len());
            let place = reporter.within(section.span, &section.markdown, &(start..start + words.len()));
            let help = format!("write `## {name}` at the beginning of the line, with an ordinary space");
            reporter.report(place, format!("this is not read as the section `{name}`"), help);
            meant.push(*name);
        }
    }
    meant
}

/// To Markdown, marks with a word right behind them are text.
fn unspaced(body: &Body, reporter: &mut Reporter<'_>) {
    for heading in &body.unspaced {
        let help = format!("write `## {}`", heading.value);
        reporter.report(heading.span, "there is no space after `##`", help);
    }
}

/// Text before the first heading belongs to no section.
fn preamble(body: &Body, sections: Sections, reporter: &mut Reporter<'_>) -> bool {
    let Some(span) = body.preamble else { return false };
    let help = format!("put it under a heading, the first of which is `## {}`", sections[0].1);
    reporter.report(span, "this text stands before the first heading", help);
    true
}

/// Which section a heading opens; a heading that opens none is reported, with the nearest.
fn rank(section: &Section, sections: Sections, reporter: &mut Reporter<'_>) -> Option<usize> {
    let name = section.heading.value.as_str();
    if let Some(rank) = sections.iter().position(|(_, known)| *known == name) {
        return Some(rank);
    }
    let nearest = similar::nearest(name, sections.iter().map(|(key, _)| *key));
    let rank = nearest.and_then(|nearest| sections.iter().position(|(key, _)| *key == nearest));
    if name.is_empty() {
        let help = "write the section's name after `##`, or remove the line";
        reporter.report(section.heading.span, "this heading has no text", help);
        return None;
    }
    let help = match rank {
        Some(rank) => format!("did you mean `{}`?", sections[rank].1),
        None => format!("use {}, with `###` for headings inside them", listed(sections)),
    };
    reporter.report(section.heading.span, format!("no section is called `{name}`"), help);
    rank
}

fn repeated(section: &Section, first: &Section, reporter: &mut Reporter<'_>) {
    let message = format!("the section `{}` is there twice", section.heading.value);
    let diagnostic =
        reporter.at(section.heading.span, message).label("again here").help("make one section of the two");
    reporter.push(diagnostic.related(first.heading.span, "first here"));
}

fn misplaced(section: &Section, later: &Section, sections: Sections, reporter: &mut Reporter<'_>) {
    let (name, later_name) = (&section.heading.value, &later.heading.value);
    let help = format!("move it: the order is {}", listed(sections));
    let diagnostic =
        reporter.at(section.heading.span, format!("`{name}` stands after `{later_name}`")).help(help);
    reporter.push(diagnostic.related(later.heading.span, "belongs after it"));
}

fn missing(body: &Body, names: &[&str], sections: Sections, reporter: &mut Reporter<'_>) {
    let message = match names {
        [name] => format!("the section `{name}` is missing"),
        _ => format!("the sections {} are missing", similar::list(names)),
    };
    let span = body.sections.first().map_or(body.span.at_start(), |section| section.heading.span);
    let help = match sections.iter().find(|(_, name)| *name == names[0]) {
        Some((key, _)) if !reporter.files().get(span.file).is_markdown() => {
            format!("write `{key}: |` below `body`, and the text below it, indented")
        }
        _ => format!("write a line `## {}`, and the text below it", names[0]),
    };
    reporter.report(span, message, help);
}

fn listed(sections: Sections) -> String {
    similar::list(&sections.iter().map(|(_, name)| *name).collect::<Vec<_>>())
}
