//! Every verdict as a line of a CSV file (RFC 4180): incident, gate, verdict, the six conditions with their statements,
//! basis, row and versions. No cell begins as a formula does in a spreadsheet.

use crate::derive;
use crate::model::incident::Incident;
use crate::model::registry::{Derivation, Registry, Verdicts};
use crate::model::statement::Status;
use crate::model::verdict::{Condition, Extent, Finding, Judgement, Truth};

/// The bytes of the file: one line for each public record and each gate, with the conditions of the step that decided.
pub(super) fn csv(registry: &Registry, verdicts: &Verdicts) -> anyhow::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(head())?;
    let incidents = registry.records.incidents.iter().zip(&verdicts.derivations);
    for (incident, derivation) in incidents.filter(|(incident, _)| incident.is_public()) {
        lines(registry, incident, derivation).try_for_each(|line| out.write_record(line))?;
    }
    Ok(out.into_inner().map_err(csv::IntoInnerError::into_error)?)
}

fn head() -> Vec<String> {
    let first = ["incident", "gate", "verdict", "row", "relevant", "assessed", "decided_by", "basis", "open"];
    let conditions = Condition::ALL.iter().flat_map(|condition| {
        let id = condition.id().replace('-', "_");
        [id.clone(), format!("{id}_statements")]
    });
    let last = ["gate_version", "table_version"].map(str::to_owned);
    first.map(str::to_owned).into_iter().chain(conditions).chain(last).collect()
}

fn lines<'a>(
    registry: &'a Registry,
    incident: &'a Incident,
    derivation: &'a Derivation,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let gates = registry.records.gates.iter().zip(&derivation.judgements);
    gates.map(|(gate, judgement)| {
        let mut line = vec![
            incident.handle.to_string(),
            judgement.gate.to_string(),
            judgement.verdict.id().to_owned(),
            judgement.row.number().to_string(),
            judgement.relevant.to_string(),
            judgement.assessed.to_string(),
            judgement.deciding_step().map(|step| step.step.to_string()).unwrap_or_default(),
            judgement.basis.map(Status::word).unwrap_or_default().to_owned(),
            judgement.open.iter().map(|id| &**id).collect::<Vec<_>>().join(" "),
        ];
        line.extend(Condition::ALL.iter().flat_map(|condition| cells(judgement, *condition)));
        line.push(gate.version.value.to_string());
        line.push(derive::TABLE_VERSION.to_string());
        line.into_iter().map(safe).collect()
    })
}

/// What is known of a condition of the step that decided, and the statements behind it.
fn cells(judgement: &Judgement, condition: Condition) -> [String; 2] {
    let Some(finding) = judgement.deciding_step().and_then(|step| step.finding(condition)) else {
        return [String::new(), String::new()];
    };
    let statements: Vec<&str> = finding.statements.iter().map(|(id, _)| &**id).collect();
    [truth(finding).to_owned(), statements.join(" ")]
}

fn truth(finding: &Finding) -> &'static str {
    match (finding.truth, finding.extent) {
        (_, Some(Extent::All)) => "all",
        (_, Some(Extent::Some)) => "some",
        (_, Some(Extent::None)) => "none",
        (Truth::True, None) => "true",
        (Truth::Presumed, None) => "presumed",
        (Truth::False, None) => "false",
        (Truth::Unknown, None) => "unknown",
    }
}

/// A cell that no spreadsheet takes for a formula.
fn safe(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@name", "\tx", "\rx"] {
            assert_eq!(safe(cell.into()), format!("'{cell}"));
        }
        assert_eq!(safe("deploy".into()), "deploy");
    }
}
