//! I08: a merged record that leads nowhere, or round in a circle.

use std::collections::BTreeMap;

use super::{Check, Code, Diagnostic, Incident, Records, Reporter, Rule, Severity, unknown_incident};
use crate::files::Spanned;
use crate::model::id::IncidentId;

pub(crate) static RULE: Rule = Rule {
    code: Code("I08"),
    name: "merge-target-missing-or-cyclic",
    severity: Severity::Error,
    docs: include_str!("merge_target_missing_or_cyclic.md"),
    needs: &[],
    check: Check::Records(check),
};

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    let incidents = &records.incidents;
    let ids = incidents.iter().enumerate().map(|(at, incident)| (&incident.handle, at));
    let index: BTreeMap<&IncidentId, usize> = ids.collect();
    let target = |incident| into(incident).and_then(|into| index.get(&into.value).copied());
    let next: Vec<Option<usize>> = incidents.iter().map(target).collect();
    for (incident, target) in incidents.iter().zip(&next) {
        if let Some(into) = into(incident) {
            leads_nowhere(incident, into, target.map(|at| &incidents[at]), reporter);
        }
    }
    for circle in circles(&next) {
        let members: Vec<&Incident> = circle.into_iter().map(|at| &incidents[at]).collect();
        if let Some(finding) = circular(&members, reporter) {
            reporter.push(finding);
        }
    }
}

fn into(incident: &Incident) -> Option<&Spanned<IncidentId>> {
    incident.merged.as_ref().map(|merge| &merge.value.into).filter(|into| !into.value.is_empty())
}

fn leads_nowhere(
    incident: &Incident,
    into: &Spanned<IncidentId>,
    target: Option<&Incident>,
    reporter: &mut Reporter<'_>,
) {
    let id = &into.value;
    if target.is_none() && !unknown_incident::has_file(id, reporter) {
        reporter.report(into.span, format!("there is no record `{id}` to lead to"), unknown_incident::HELP);
    }
    if target.is_some_and(|target| incident.is_public() && !target.is_public()) {
        let help = "publish that record first; readers are led to its page";
        reporter.report(into.span, format!("`{id}` is a draft and has no page to lead to"), help);
    }
}

/// The circles in a graph in which every node has at most one way out, each from its first node on.
fn circles(next: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut walk_of: Vec<Option<usize>> = vec![None; next.len()];
    let mut circles = Vec::new();
    for start in 0..next.len() {
        let (mut path, mut here) = (Vec::new(), Some(start));
        while let Some(at) = here.filter(|at| walk_of[*at].is_none()) {
            walk_of[at] = Some(start);
            path.push(at);
            here = next[at];
        }
        if let Some(again) = here.filter(|at| walk_of[*at] == Some(start)) {
            circles.push(path.into_iter().skip_while(|at| *at != again).collect());
        }
    }
    circles
}

fn circular(members: &[&Incident], reporter: &Reporter<'_>) -> Option<Diagnostic> {
    let (first, others) = members.split_first()?;
    let message = match others {
        [] => "the record is merged into itself".to_owned(),
        _ => format!("`{}` and what it is merged into lead round in a circle", first.handle),
    };
    let help = "name the record that tells the case now; that one is not merged";
    let finding = reporter.at(into(first)?.span, message).help(help);
    let others = others.iter().filter_map(|member| into(member));
    Some(others.fold(finding, |finding, into| finding.related(into.span, format!("on to `{}`", into.value))))
}
