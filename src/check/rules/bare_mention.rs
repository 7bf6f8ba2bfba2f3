//! T07: `@name` in the words of a record.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{Check, Code, Incident, Reporter, Rule, Severity, Spanned};

pub(crate) static RULE: Rule = Rule {
    code: Code("T07"),
    name: "bare-mention",
    severity: Severity::Error,
    docs: include_str!("bare_mention.md"),
    needs: &[],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    let fields = fields(incident).into_iter().map(|text| (text.as_str(), text.span));
    let sections = incident.body.sections.iter().map(|section| (section.markdown.as_str(), section.span));
    for (text, span) in fields.chain(sections).filter(|(text, _)| text.contains('@')) {
        for range in prose(text).into_iter().flat_map(|range| mentions(text, range)) {
            let name = &text[range.start + 1..range.end];
            let message = format!("`@{name}` calls somebody wherever the text is shown");
            let help = format!("write `{name}` without the `@`; a package name goes between backticks");
            reporter.report(reporter.within(span, text, &range), message, help);
        }
    }
}

/// Everything the author has written in words of their own.
fn fields(incident: &Incident) -> Vec<&Spanned<String>> {
    let mut texts = vec![&incident.title, &incident.summary];
    texts.extend(&incident.attribution);
    texts.extend(incident.withdrawn.iter().map(|withdrawal| &withdrawal.value.reason));
    texts.extend(incident.merged.iter().map(|merge| &merge.value.reason));
    texts.extend(
        incident
            .statements()
            .flat_map(|statement| std::iter::once(&statement.text).chain(&statement.counter)),
    );
    texts.extend(incident.path.iter().filter_map(|step| step.text.as_ref()));
    for mapping in &incident.gates {
        texts.extend([&mapping.note, &mapping.enforced_at, &mapping.receipt_for].into_iter().flatten());
        texts.extend(mapping.still_needs.iter().flat_map(|texts| texts.iter()));
    }
    texts.extend(incident.timeline.iter().map(|entry| &entry.text));
    texts.extend(&incident.lessons);
    texts.extend(incident.responses.iter().map(|response| &response.text));
    texts.extend(incident.corrections.iter().map(|correction| &correction.text));
    texts
}

/// The parts of a text that are neither code nor the address of a link.
pub(crate) fn prose(markdown: &str) -> Vec<Range<usize>> {
    let (mut parts, mut code): (Vec<Range<usize>>, bool) = (Vec::new(), false);
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(_) if !code => parts.push(range),
            _ => {}
        }
    }
    parts
}

/// An `@` that begins a word, and the name after it; in `a@b` and in an address it stands within one.
fn mentions(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let in_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    let starts = text[part.clone()].match_indices('@').map(|(at, _)| part.start + at);
    let named = starts.map(|at| {
        let name = text[at + 1..part.end].split(|character| !in_name(character)).next().unwrap_or_default();
        at..at + 1 + name.trim_end_matches('-').len()
    });
    let begins = |at: usize| {
        !text[..at].ends_with(|before: char| before.is_alphanumeric() || "/.@_-+%=:".contains(before))
    };
    named.filter(|range| range.len() > 1 && begins(range.start)).collect()
}
