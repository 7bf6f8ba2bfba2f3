//! E12: the address of a source or of further reading is not https.

use super::{Check, Code, Incident, Reporter, Rule, Severity, Spanned};

pub(crate) static RULE: Rule = Rule {
    code: Code("E12"),
    name: "source-not-https",
    severity: Severity::Warning,
    docs: include_str!("source_not_https.md"),
    needs: &["sources", "further_reading"],
    check: Check::Incident(check),
};

/// Where a copy was read is a fact of the past that nobody can change; where a reader is sent is a choice.
fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    for (_, source) in incident.sources.iter() {
        judge("url", Some(&source.url), reporter);
        judge("archive", source.archive.as_ref(), reporter);
    }
    for reading in &incident.further_reading {
        judge("url", Some(&reading.url), reporter);
    }
}

/// Any other scheme is no address of a page at all, and not the business of this rule.
fn judge(field: &str, url: Option<&Spanned<String>>, reporter: &mut Reporter<'_>) {
    let Some(url) = url.filter(|url| url.value.to_ascii_lowercase().starts_with("http://")) else { return };
    let help = "write `https://` if the page answers there, or the address of an archived copy that does";
    reporter.report(url.span, format!("`{field}` begins with `http://`"), help);
}
