//! A card as plain text for a terminal.

use std::fmt::Write as _;

use crate::explain::{Card, ChangeLine, Why};

/// Text is wrapped at this column, whatever the terminal: the same bytes everywhere.
const WIDTH: usize = 100;
/// Where the second column begins.
const COLUMN: usize = 24;

/// The card, ready to print.
pub fn terminal(card: &Card) -> String {
    let mut out = String::new();
    let pad = WIDTH.saturating_sub(card.question.chars().count() + card.words.len()).clamp(4, 20);
    let _ = writeln!(out, "{}{}{}", card.question, " ".repeat(pad), card.words.to_uppercase());
    field(&mut out, "Basis", &card.basis);
    let _ = writeln!(out, "{}", wrap(&card.because, 0));
    if let Some(note) = &card.note {
        let _ = writeln!(out, "{}", wrap(note, 0));
    }
    if !card.steps.is_empty() {
        let _ = writeln!(out, "Steps that the gate covers");
        for step in &card.steps {
            let decides = if step.decides { " (decides)" } else { "" };
            let _ = writeln!(out, "  {}: {}{decides}", step.step, step.words);
        }
    }
    if !card.why.is_empty() {
        let _ = writeln!(out, "Why");
        card.why.iter().for_each(|why| condition(&mut out, why));
    }
    if !card.changes.is_empty() {
        let _ = writeln!(out, "This read would change");
        card.changes.iter().for_each(|it| change(&mut out, it));
        if card.more_changes {
            let _ = writeln!(out, "  and in further ways");
        }
    }
    field(&mut out, "If enforced at", &card.enforced_at);
    field(&mut out, "Still needs", &card.still_needs.join(" "));
    field(&mut out, "Receipt required for", &card.receipt_for);
    field(&mut out, "Where to start", &card.first_step);
    field(&mut out, "Not claimed", card.not_claimed);
    out
}

fn field(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "{name:<COLUMN$}{}", wrap(text, COLUMN));
}

fn condition(out: &mut String, why: &Why) {
    let evidence: Vec<String> = why.evidence.iter().map(|it| format!("{} {}", it.id, it.status)).collect();
    let line = format!("  {:<20}  {:<8}  {:<38}  {}", why.label, why.value, why.detail, evidence.join("; "));
    let _ = writeln!(out, "{}", line.trim_end());
}

fn change(out: &mut String, line: &ChangeLine) {
    let to = format!("  to {}", line.words);
    let _ = writeln!(out, "{to:<COLUMN$}{}", wrap(&line.condition, COLUMN));
}

/// Breaks text at spaces; every line after the first is indented.
fn wrap(text: &str, indent: usize) -> String {
    let (mut out, mut column) = (String::new(), indent);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > indent && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > indent {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// The gates that cover nothing of the case, in one line.
pub fn not_applicable_line(names: &[&str]) -> String {
    format!("Not applicable, because they cover none of its actions: {}", names.join(", "))
}

/// The gates that the case says nothing of, in one line.
pub fn unspoken_line(names: &[&str]) -> String {
    format!(
        "Not counted, since it is known where the action went and the record does not mention their boundaries: {}",
        names.join(", ")
    )
}
