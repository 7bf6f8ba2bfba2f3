//! E13: a source that the report of a link checker says is gone, and of which no copy is named.

use std::collections::BTreeMap;

use super::{Check, Code, Incident, Records, Reporter, Rule, Severity, Spanned};
use crate::check::address;
use crate::model::incident::RecordStatus;
use crate::model::links::{Answer, LinkCheck, LinkReport};
use crate::model::statement::Source;

pub(crate) static RULE: Rule = Rule {
    code: Code("E13"),
    name: "archive-missing",
    severity: Severity::Warning,
    docs: include_str!("archive_missing.md"),
    needs: &["sources"],
    check: Check::Records(check),
};

/// The newest check of each address that a record depends on.
type Newest<'a> = BTreeMap<String, Option<&'a LinkCheck>>;

fn check(records: &Records, reporter: &mut Reporter<'_>) {
    if records.links.checks.is_empty() {
        return;
    }
    let shown = |incident: &&Incident| is_shown(incident) && reporter.can_judge(incident);
    let incidents: Vec<&Incident> = records.incidents.iter().filter(shown).collect();
    let sources = || incidents.iter().flat_map(|incident| incident.sources.iter());
    let depends = |source: &Source| (address::normalised(&relied_on(source).value), None);
    let mut newest: Newest<'_> = sources().map(|(_, source)| depends(source)).collect();
    look_up(&records.links, &mut newest, reporter);
    for (id, source) in sources() {
        let check = newest.get(&address::normalised(&relied_on(source).value)).copied().flatten();
        if let Some(check) = check.filter(|check| check.answer.is_gone()) {
            report(&id.value, source, check, reporter);
        }
    }
}

/// A record that was taken back or leads to another one shows no sources that a reader would follow.
fn is_shown(incident: &Incident) -> bool {
    !matches!(incident.status.value, RecordStatus::Withdrawn | RecordStatus::Merged)
}

/// Where a reader finds what was cited: once there is a copy, it does not matter what became of the page itself.
fn relied_on(source: &Source) -> &Spanned<String> {
    source.archive.as_ref().unwrap_or(&source.url)
}

/// Of two checks of one day the one further down is the newer.
fn look_up<'a>(report: &'a LinkReport, newest: &mut Newest<'a>, reporter: &Reporter<'_>) {
    for check in &report.checks {
        if let Some(found) = newest.get_mut(&address::normalised(reporter.text(check.url))) {
            let is_newer = |old: &LinkCheck| old.checked.first_day() <= check.checked.first_day();
            if found.is_none_or(is_newer) {
                *found = Some(check);
            }
        }
    }
}

fn report(id: &str, source: &Source, check: &LinkCheck, reporter: &mut Reporter<'_>) {
    let met = met(check.answer);
    let when = check.checked;
    let (message, help) = if source.archive.is_some() {
        (
            format!("the `archive` of `{id}` {met} when it was checked on {when}"),
            "look the source's `url` up at another web archive, such as `web.archive.org`, and name that copy; \
             if there is none and the page itself is there, have it archived",
        )
    } else {
        (
            format!("`{id}` {met} when it was checked on {when}, and has no `archive`"),
            "look the address up at a web archive, such as `web.archive.org`, and add the copy's address as \
             `archive:` to the source; if there is no copy, see whether the page has moved",
        )
    };
    let finding = reporter.at(relied_on(source).span, message).help(help);
    reporter.push(finding.related(check.line, "the newest check of this address"));
}

/// What was met, as the end of "`ft` ...".
fn met(answer: Answer) -> String {
    match answer {
        Answer::Status(status) => format!("answered {status}"),
        Answer::NoHost => "led to no host".to_owned(),
        _ => "was gone".to_owned(),
    }
}
