//! For the fields that are a map, or a list of maps: one line of what belongs there.

/// Each field with a line of it. A line that begins with a hyphen is an item of a list.
pub const EXAMPLES: [(&str, &str); 26] = [
    ("sources", "acme: {title: What happened, publisher: Acme, url: https://acme.example/, kind: news}"),
    ("further_reading", "- title: What happened"),
    ("verified", "- id: f1"),
    ("unconfirmed", "- id: u1"),
    ("path", "- step: delete-records"),
    ("gates", "- gate: deploy"),
    ("timeline", "- date: 2026-01-31"),
    ("responses", "- party: acme"),
    ("corrections", "- date: 2026-01-31"),
    ("factors", "inherited-permissions: f1"),
    ("aliases", "other-tracker: \"17\""),
    ("losses", "hours: {amount: 13, statement: f1}"),
    ("usd", "amount: 5000"),
    ("hours", "amount: 13"),
    ("records", "amount: 1200"),
    ("people", "amount: 40"),
    ("withdrawn", "on: 2026-01-31"),
    ("merged", "into: APM-0005"),
    ("environment", "production: f1"),
    ("crosses", "database: f1"),
    ("avoids", "database: f1"),
    ("defeats", "deploy: f1"),
    ("harm", "all: f1"),
    ("body", "what-happened: The agent deleted the records [f1]."),
    ("receipt", "binds: [artifact, environment, approver]"),
    ("lint", "T08 = \"warning\""),
];

/// A line of what belongs in a field: an item of a list, or an entry of a map.
pub fn of(field: &str, item: bool) -> Option<&'static str> {
    let found = EXAMPLES.iter().find(|(name, line)| *name == field && line.starts_with("- ") == item);
    found.map(|(_, line)| *line)
}
