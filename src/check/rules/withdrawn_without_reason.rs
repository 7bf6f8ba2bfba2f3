//! I07: a status that needs an explanation and has none, or an explanation without its status.

use super::{Check, Code, Incident, Reporter, Rule, Severity};
use crate::model::incident::RecordStatus;

pub(crate) static RULE: Rule = Rule {
    code: Code("I07"),
    name: "withdrawn-without-reason",
    severity: Severity::Error,
    docs: include_str!("withdrawn_without_reason.md"),
    needs: &["status", "withdrawn", "merged", "responses"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    let status = incident.status.value;
    let missing = match status {
        RecordStatus::Withdrawn if incident.withdrawn.is_none() => {
            Some(("withdrawn", "when and why", "add `withdrawn` with `on` and `reason`"))
        }
        RecordStatus::Merged if incident.merged.is_none() => {
            Some(("merged", "into which record", "add `merged` with `into` and `reason`"))
        }
        RecordStatus::Disputed if incident.responses.is_empty() => {
            Some(("disputed", "by whom", "add what the party says under `responses`, with its source"))
        }
        _ => None,
    };
    if let Some((word, what, help)) = missing {
        reporter.report(incident.status.span, format!("the record is {word} and does not say {what}"), help);
    }
    if let Some(withdrawal) = incident.withdrawn.as_ref().filter(|_| status != RecordStatus::Withdrawn) {
        let help = "write `status: withdrawn`, or take `withdrawn` away";
        let message = "the record says why it is withdrawn, but its status is another";
        reporter.report(withdrawal.value.reason.span, message, help);
    }
    if let Some(merge) = incident.merged.as_ref().filter(|_| status != RecordStatus::Merged) {
        let help = "write `status: merged`, or take `merged` away";
        let message = "the record says where it is merged, but its status is another";
        reporter.report(merge.value.into.span, message, help);
    }
}
