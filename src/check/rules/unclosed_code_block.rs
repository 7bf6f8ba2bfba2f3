//! S14: a block of code whose end is missing, so that what follows it is code as well.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::{Check, Code, Gate, Incident, Reporter, Rule, Severity};
use crate::model::body::Section;

pub(crate) static RULE: Rule = Rule {
    code: Code("S14"),
    name: "unclosed-code-block",
    severity: Severity::Error,
    docs: include_str!("unclosed_code_block.md"),
    needs: &[],
    check: Check::Each(&[Check::Incident(incident), Check::Gate(gate)]),
};

fn incident(incident: &Incident, reporter: &mut Reporter<'_>) {
    incident.body.sections.iter().for_each(|section| check(section, reporter));
}

fn gate(gate: &Gate, reporter: &mut Reporter<'_>) {
    gate.body.sections.iter().for_each(|section| check(section, reporter));
}

fn check(section: &Section, reporter: &mut Reporter<'_>) {
    let text = section.markdown.as_str();
    // Few texts hold such a mark at all, and one character is found sooner than three.
    if (text.contains('`') && text.contains("```")) || (text.contains('~') && text.contains("~~~")) {
        blocks(text).into_iter().for_each(|block| judge(section, &block, reporter));
    }
}

/// The fenced blocks of a text.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new(text).into_offset_iter();
    let fenced = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))));
    events.filter(|(event, _)| fenced(event)).map(|(_, range)| range).collect()
}

fn judge(section: &Section, block: &Range<usize>, reporter: &mut Reporter<'_>) {
    let text = &section.markdown[block.clone()];
    let Some(fence) = fence(text).filter(|fence| !is_closed(text, fence)) else { return };
    let message = match text.lines().find(|line| line.starts_with("## ")) {
        Some(heading) => format!("this block of code is not closed, and swallows `{}`", heading.trim_end()),
        None => "this block of code is not closed".to_owned(),
    };
    let place = reporter.within(section.span, &section.markdown, &(block.start..block.start + fence.len()));
    reporter.report(place, message, format!("write a line `{fence}` below the last line of code"));
}

/// The marks that open a block.
fn fence(block: &str) -> Option<&str> {
    let mark = block.chars().next()?;
    block.split(|it| it != mark).next().filter(|fence| fence.len() >= 3)
}

/// Whether the last line of a block, of which the first opens it, is made of its marks and no fewer of them. In a
/// quotation a line begins with `>`.
fn is_closed(block: &str, fence: &str) -> bool {
    let last = block.trim_end().lines().skip(1).last().unwrap_or_default();
    let marks = last.trim_start_matches([' ', '\t', '>']);
    marks.starts_with(fence) && marks.chars().all(|it| fence.starts_with(it))
}
