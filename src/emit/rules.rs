//! The table of rules for machines: what each is called and how bad it is, with its page.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::emit::{Rule, parts};

/// The version of this format; rises when a field changes its meaning or goes away.
const VERSION: u32 = 1;

/// The rules of `registry rules --format json`. Later versions of the tool may add fields.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Rules")]
struct Table<'a> {
    /// The version of this format; it rises when a field changes its meaning or goes away.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The rules, by family and number.
    rules: Vec<Row<'a>>,
}

/// One rule.
#[derive(Serialize, JsonSchema)]
struct Row<'a> {
    /// The letter of its family and two digits; never given to another rule.
    #[schemars(regex(pattern = "^[A-Z][0-9]{2}$"))]
    code: &'a str,
    /// Its spoken name, which reads well after "allow".
    #[schemars(regex(pattern = "^[a-z0-9-]+$"))]
    name: &'a str,
    /// How bad a finding is, unless a registry's `[lint]` says otherwise.
    #[schemars(extend("enum" = ["error", "warning"]))]
    severity: &'a str,
    /// Whether `registry lint --fix`, or `--fix=pins` for a pinned verdict, can mend a finding.
    fixable: bool,
    /// What it finds, in one sentence.
    title: String,
    /// What it finds, in full; Markdown, one line a paragraph.
    what: String,
    /// Its whole page, in Markdown: what, why, examples flagged, clean and fixed.
    docs: &'a str,
    /// The address of its page on a site, below the site's root.
    url: Option<&'a str>,
}

/// The JSON Schema of the table as it is written.
pub fn schema() -> serde_json::Value {
    parts::schema::<Table>()
}

/// Writes the rules as one JSON object.
pub fn write(rules: &[Rule], out: &mut dyn Write) -> io::Result<()> {
    let rules = rules.iter().map(row).collect();
    parts::json(&Table { version: VERSION, rules }, out)
}

fn row<'a>(rule: &'a Rule) -> Row<'a> {
    Row {
        code: rule.code.0,
        name: rule.name,
        severity: rule.severity.word(),
        fixable: rule.is_fixable(),
        title: rule.title(),
        what: rule.section("What"),
        docs: rule.docs,
        url: rule.uri.as_deref(),
    }
}
