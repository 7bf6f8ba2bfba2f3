//! R09: a published record that says something else than before, and no dated correction that says so.

use super::{Change, Check, Code, Derivation, Gate, Incident, Reporter, Rule, Severity, Slug, Span, Spanned};
use crate::model::incident::Correction;
use crate::model::statement::{Source, Statement};

pub(crate) static RULE: Rule = Rule {
    code: Code("R09"),
    name: "correction-missing",
    severity: Severity::Error,
    docs: include_str!("correction_missing.md"),
    needs: &[
        "id",
        "title",
        "kind",
        "status",
        "occurred",
        "disclosed",
        "severity",
        "summary",
        "sources",
        "verified",
        "unconfirmed",
        "path",
        "gates",
        "corrections",
    ],
    check: Check::Changed(check),
};

/// A record and what the evidence says of it.
type Told<'a> = (&'a Incident, &'a Derivation);

/// What of a record says something else now, and where.
struct Difference {
    span: Span,
    text: String,
}

fn check(change: &Change<'_>, reporter: &mut Reporter<'_>) {
    for incident in &change.base.registry.records.incidents {
        let (before, after) =
            (change.base.incident(&incident.handle), change.head.incident(&incident.handle));
        if let (Some(before), Some(after)) = (before, after) {
            // One that is a draft now, or gone, has vanished: the business of I04.
            let is_told = before.0.is_public() && after.0.is_public();
            if is_told && reporter.can_judge(before.0) && reporter.can_judge(after.0) {
                record(before, after, &judged_alike(change), reporter);
            }
        }
    }
}

/// The gates that judge a record as they did before, so that a verdict moves with the record alone.
fn judged_alike<'a>(change: &Change<'a>) -> Vec<&'a str> {
    let deciding = |gate: &'a Gate| {
        let ids = |ids: &'a [Spanned<Slug>]| ids.iter().map(|id| &id.value).collect::<Vec<_>>();
        (ids(&gate.boundaries), ids(&gate.covers), gate.fails)
    };
    let gates = change.head.registry.records.gates.iter();
    let alike = gates.filter(|gate| {
        let before = change.base.registry.gate(&gate.id.value);
        before.is_some_and(|before| deciding(before) == deciding(gate))
    });
    alike.map(|gate| &*gate.id.value).collect()
}

fn record(before: Told<'_>, after: Told<'_>, gates: &[&str], reporter: &mut Reporter<'_>) {
    if let Some(lost) = before.0.corrections.iter().find(|entry| !holds(&after.0.corrections, entry)) {
        let message = format!("the correction of {} was removed or reworded", lost.date.value);
        let help = "restore it; what is wrong with a correction is said in a further one";
        return reporter.report(after.0.id.span, message, help);
    }
    if after.0.corrections.len() > before.0.corrections.len() {
        return;
    }
    let mut differences = fields(before.0, after.0);
    differences.extend(sources(before.0, after.0));
    differences.extend(statements(before, after));
    differences.extend(verdicts(before, after, gates));
    let mut differences = differences.into_iter();
    let Some(first) = differences.next() else { return };
    let help = format!(
        "add an entry to `corrections`: the day as `date`, and as `text` what changed and why, such as \"{}, \
         because ...\"",
        first.text.replace('`', "")
    );
    let message = format!("since publication, {}, and no correction says so", first.text);
    let diagnostic = reporter.at(first.span, message).help(help);
    let diagnostic = differences.fold(diagnostic, |diagnostic, it| diagnostic.related(it.span, it.text));
    reporter.push(diagnostic);
}

fn holds(corrections: &[Correction], entry: &Correction) -> bool {
    corrections.iter().any(|it| it.date == entry.date && same(&it.text, &entry.text))
}

/// Whether two texts say the same; they may be wrapped otherwise.
fn same(one: &Spanned<String>, other: &Spanned<String>) -> bool {
    one.value.split_whitespace().eq(other.value.split_whitespace())
}

fn fields(before: &Incident, after: &Incident) -> Vec<Difference> {
    let day =
        |day: &Option<Spanned<_>>| day.as_ref().map(|day: &Spanned<crate::model::date::Date>| day.value);
    let disclosed = after.disclosed.as_ref().map_or(after.id.span, |day| day.span);
    let changed = [
        ("title", !same(&before.title, &after.title), after.title.span),
        ("summary", !same(&before.summary, &after.summary), after.summary.span),
        ("kind", before.kind != after.kind, after.kind.span),
        ("occurred", before.occurred != after.occurred, after.occurred.span),
        ("disclosed", day(&before.disclosed) != day(&after.disclosed), disclosed),
        ("severity", before.severity != after.severity, after.severity.span),
    ];
    let changed = changed.into_iter().filter(|(_, changed, _)| *changed);
    changed.map(|(name, _, span)| Difference { span, text: format!("`{name}` has changed") }).collect()
}

/// A source that was put in another's place under its id counts as removed.
fn sources(before: &Incident, after: &Incident) -> Vec<Difference> {
    let is_same = |one: &Source, other: &Source| one.url == other.url || same(&one.title, &other.title);
    let mut found = Vec::new();
    for (id, source) in before.sources.iter() {
        let now = after.sources.get(&id.value);
        if !now.is_some_and(|now| is_same(source, now)) {
            let span = after.sources.key(&id.value).map_or(after.id.span, |key| key.span);
            found.push(Difference { span, text: format!("source `{}` was removed", id.value) });
        }
    }
    found
}

fn statements(before: Told<'_>, after: Told<'_>) -> Vec<Difference> {
    let gone = before.0.statements().filter(|statement| after.0.statement(&statement.id.value).is_none());
    let gone = gone.map(|statement| Difference {
        span: after.0.id.span,
        text: format!("statement `{}` was removed", statement.id.value),
    });
    gone.chain(after.0.statements().filter_map(|now| statement(now, before, after))).collect()
}

/// What became of one statement; of several things the first.
fn statement(now: &Statement, before: Told<'_>, after: Told<'_>) -> Option<Difference> {
    let id = &now.id.value;
    let difference = |span, what: &str| Some(Difference { span, text: format!("statement `{id}` {what}") });
    let Some(then) = before.0.statement(id) else { return difference(now.id.span, "was added") };
    if !same(&then.text, &now.text) {
        return difference(now.text.span, "was reworded");
    }
    match (is_verified(before.0, id), is_verified(after.0, id)) {
        (true, false) => return difference(now.id.span, "was moved from `verified` to `unconfirmed`"),
        (false, true) => return difference(now.id.span, "was moved from `unconfirmed` to `verified`"),
        _ => {}
    }
    let (old, new) = (before.1.status(before.0, id)?, after.1.status(after.0, id)?);
    let moved = format!("went from {} to {}", old.word(), new.word());
    (old != new).then(|| difference(now.id.span, &moved)).flatten()
}

/// What a record is read for first: whether a gate would have blocked.
fn verdicts(before: Told<'_>, after: Told<'_>, gates: &[&str]) -> Vec<Difference> {
    let moved = after.1.judgements.iter().filter(|it| gates.contains(&&*it.gate)).filter_map(|now| {
        let then = before.1.judgement(&now.gate)?;
        let (gate, old, new) = (&now.gate, then.verdict.id(), now.verdict.id());
        let pin = after.0.mapping(gate).map_or(after.0.id.span, |mapping| mapping.gate.span);
        let text = format!("the verdict on `{gate}` went from {old} to {new}");
        (then.verdict != now.verdict).then_some(Difference { span: pin, text })
    });
    moved.collect()
}

fn is_verified(incident: &Incident, id: &str) -> bool {
    incident.verified.iter().any(|statement| *statement.id.value == *id)
}
