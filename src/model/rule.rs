//! A rule of the linter as a reader meets it: its code, its name and its page.

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct RulePage {
    /// The stable name, `E02`.
    pub code: &'static str,
    /// The spoken name, `disputed-as-verified`.
    pub name: &'static str,
    /// `error` or `warning`, unless a registry says otherwise.
    pub severity: &'static str,
    /// What, why, flagged, clean and fixed, as Markdown.
    pub docs: &'static str,
}

impl RulePage {
    /// The family its letter names.
    pub fn family(&self) -> &'static str {
        match self.code.as_bytes().first() {
            Some(b'S') => "Shape",
            Some(b'I') => "Identity",
            Some(b'L') => "Links",
            Some(b'E') => "Evidence",
            Some(b'V') => "Verdicts",
            Some(b'T') => "Text",
            Some(b'R') => "Registry",
            _ => "Other",
        }
    }

    /// The address of its page, below the root of a site.
    pub fn address(&self) -> String {
        format!("rules/{}/", self.code)
    }
}
