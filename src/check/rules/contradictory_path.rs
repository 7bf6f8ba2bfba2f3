//! V07: the path says a thing and its opposite, or uses one name for two steps.

use std::collections::BTreeMap;

use super::{Check, Code, Incident, Reporter, Rule, Severity, Span};
use crate::model::id::StatementId;
use crate::model::path::Step;
use crate::model::statement::StatementRefs;

pub(crate) static RULE: Rule = Rule {
    code: Code("V07"),
    name: "contradictory-path",
    severity: Severity::Error,
    docs: include_str!("contradictory_path.md"),
    needs: &["path"],
    check: Check::Incident(check),
};

/// What an entry of a step is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Topic<'a> {
    Boundary(&'a str),
    Approval,
    Route,
}

/// An entry of a step that affirms or denies something, and where it stands.
struct Claim<'a> {
    topic: Topic<'a>,
    affirms: bool,
    refs: &'a StatementRefs,
    span: Span,
}

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    names(incident, reporter);
    let mut said = BTreeMap::new();
    for (index, step) in incident.path.iter().enumerate() {
        let claims = claims(step);
        both_sides(&claims, incident.assumed.is_some(), reporter);
        for claim in &claims {
            two_steps(index, claim, &mut said, reporter);
        }
    }
}

fn names(incident: &Incident, reporter: &mut Reporter<'_>) {
    let mut first = BTreeMap::new();
    for step in &incident.path {
        let name = &step.step.value;
        if let Some(span) = first.get(name) {
            let message = format!("two steps are called `{name}`");
            let help = "give each step a name of its own: links and tables tell them apart by it";
            let diagnostic = reporter.at(step.step.span, message).related(*span, "first here").help(help);
            reporter.push(diagnostic);
        } else {
            first.insert(name, step.step.span);
        }
    }
}

/// The entries of a step that have an opposite, those that affirm first.
fn claims(step: &Step) -> Vec<Claim<'_>> {
    let boundaries =
        [(true, &step.crosses), (false, &step.avoids)].into_iter().flat_map(|(affirms, table)| {
            table.iter().map(move |(id, refs)| Claim {
                topic: Topic::Boundary(&id.value),
                affirms,
                refs,
                span: id.span,
            })
        });
    let single = [
        (Topic::Approval, true, &step.approved),
        (Topic::Approval, false, &step.not_approved),
        (Topic::Route, true, &step.only_route),
        (Topic::Route, false, &step.other_route),
    ];
    let single = single.into_iter().filter_map(|(topic, affirms, refs)| {
        let refs = refs.as_ref()?;
        Some(Claim { topic, affirms, refs, span: refs.first()?.span })
    });
    boundaries.chain(single).collect()
}

/// One step with an entry and its opposite.
fn both_sides(claims: &[Claim<'_>], is_assumed: bool, reporter: &mut Reporter<'_>) {
    let affirmed: BTreeMap<_, _> =
        claims.iter().filter(|claim| claim.affirms).map(|claim| (claim.topic, claim.span)).collect();
    for claim in claims.iter().filter(|claim| !claim.affirms) {
        let Some(span) = affirmed.get(&claim.topic) else { continue };
        let (message, yes, no) = match claim.topic {
            Topic::Boundary(id) => {
                (format!("`{id}` is crossed and avoided in one step"), "crossed here", "avoided here")
            }
            Topic::Approval => {
                ("the step was approved and not approved".into(), "approved here", "not approved here")
            }
            Topic::Route => {
                ("the step had one route only and another one".into(), "only route here", "other route here")
            }
        };
        let help = if is_assumed {
            "keep one of the two; if accounts differ, give its statement the status `disputed`"
        } else {
            "keep the one that the sources carry; if they disagree, say so in the statement (`contradicted_by`)"
        };
        let diagnostic = reporter.at(claim.span, message).label(no).related(*span, yes).help(help);
        reporter.push(diagnostic);
    }
}

/// What was said so far: on which topic a statement was used, on which side, in which step and where.
type Said<'a> = BTreeMap<(Topic<'a>, &'a StatementId), (bool, usize, Span)>;

/// One statement that affirms in one step what it denies in another.
fn two_steps<'a>(index: usize, claim: &Claim<'a>, said: &mut Said<'a>, reporter: &mut Reporter<'_>) {
    for id in claim.refs.iter() {
        let (affirmed, step, span) =
            *said.entry((claim.topic, &id.value)).or_insert((claim.affirms, index, id.span));
        if affirmed != claim.affirms && step != index {
            let message = format!("`{}` affirms in one step what it denies in another", id.value);
            let help = "split the statement in two, one for each step";
            let diagnostic = reporter.at(id.span, message).related(span, "the opposite here").help(help);
            reporter.push(diagnostic);
        }
    }
}
