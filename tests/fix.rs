//! What `--fix` may do: the findings it names are gone, a second time there is nothing to do, and the records say
//! what they said before, but for what each fix names.

mod support;

use std::collections::BTreeSet;

use incident_registry::check::RULES;
use incident_registry::diagnostic::{Code, Diagnostic, Diagnostics};
use incident_registry::files::{File, FileId, Files, Span};
use incident_registry::fix::{self, Mended};
use incident_registry::pipeline::{self, Checked};
use serde_json::{Map, Value};
use support::example::{Page, files};

/// The fields that the fix of a rule may change, as a JSON pointer begins; a rule that is not here changes none.
const MAY_CHANGE: &[(&str, &[&str])] = &[
    ("S04", &["/severity", "/systems", "/occurred"]),
    ("I01", &["/id"]),
    ("V01", &["/gates/"]),
    ("V10", &["/gates/"]),
    ("T10", &["/title"]),
    // The references of a text; the words around them stay.
    ("L07", &["/text"]),
];

fn mend(files: &Files, checked: &Checked) -> Mended {
    fix::files(files, &checked.diagnostics, |_| true, true, |files| pipeline::check(files).diagnostics)
}

/// The rules that offer a fix for something in there.
fn fixable(found: &Diagnostics) -> BTreeSet<&'static str> {
    found.iter().filter(|it| it.fix.is_some()).map(|it| it.code.0).collect()
}

/// Every record and gate as data, under the name of its file; bodies with them, line endings and comments aside.
fn data(files: &Files, checked: &Checked) -> Map<String, Value> {
    let records = &checked.registry.records;
    let text = |markdown: &str| {
        let lines = markdown.replace("\r\n", "\n").replace('\r', "\n");
        let kept: Vec<&str> = lines
            .lines()
            .map(|line| line.split("<!-- registry:").next().unwrap_or(line).trim_end())
            .collect();
        Value::from(kept.join("\n").split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut data = Map::new();
    for incident in &records.incidents {
        let mut value = serde_json::to_value(&incident.fields).expect("a record is data");
        value["text"] = incident.body.sections.iter().map(|it| text(&it.markdown)).collect();
        data.insert(files.get(incident.file).path.clone(), normalised(value));
    }
    for gate in &records.gates {
        let mut value = serde_json::to_value(&gate.fields).expect("a gate is data");
        value["text"] = gate.body.sections.iter().map(|it| text(&it.markdown)).collect();
        data.insert(files.get(gate.file).path.clone(), normalised(value));
    }
    data
}

/// Line endings within texts are what S11 mends.
fn normalised(value: Value) -> Value {
    match value {
        Value::String(text) => Value::from(text.replace("\r\n", "\n").replace('\r', "\n")),
        Value::Array(items) => items.into_iter().map(normalised).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, normalised(value))).collect(),
        other => other,
    }
}

/// The JSON pointers at which two values differ.
fn differences(at: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                differences(&format!("{at}/{key}"), &of(a), &of(b), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (number, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{at}/{number}"), a, b, found);
            }
        }
        _ if before != after => found.push(at.to_owned()),
        _ => {}
    }
}

/// Mends a registry and holds the result against what the fixes of these rules may do; says which were offered.
fn judge(name: &str, before: &Files, wrong: &mut Vec<String>) -> BTreeSet<&'static str> {
    let checked = pipeline::check(before);
    let offered = fixable(&checked.diagnostics);
    let mended = mend(before, &checked);
    let again = pipeline::check(&mended.files);
    let left = fixable(&again.diagnostics);
    if !left.is_empty() {
        wrong.push(format!("{name}: {left:?} is still to be fixed"));
    }
    if !mend(&mended.files, &again).done.is_empty() {
        wrong.push(format!("{name}: a second time there is something to do"));
    }
    let may: Vec<&str> = MAY_CHANGE
        .iter()
        .filter(|(code, _)| offered.contains(code))
        .flat_map(|(_, it)| *it)
        .copied()
        .collect();
    let (old, new) = (data(before, &checked), data(&mended.files, &again));
    for (path, old) in &old {
        let mut found = Vec::new();
        differences("", old, new.get(path).unwrap_or(&Value::Null), &mut found);
        found.retain(|at| !may.iter().any(|may| at.starts_with(may)));
        wrong.extend(found.iter().map(|at| format!("{name}: {path} differs at `{at}` after {offered:?}")));
    }
    offered
}

#[test]
fn every_fix_of_every_page_changes_what_it_names_and_nothing_else() {
    let (mut wrong, mut rules, mut examples) = (Vec::new(), BTreeSet::new(), 0);
    for rule in RULES {
        for (number, example) in Page::parse(rule.code.0, rule.docs).flagged.iter().enumerate() {
            let offered = judge(&format!("{} example {number}", rule.code), &files(example), &mut wrong);
            if offered.contains(rule.code.0) {
                rules.insert(rule.code.0);
                examples += 1;
            }
        }
    }
    println!("{examples} examples of {rules:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(rules, BTreeSet::from(["I01", "L07", "R07", "S04", "S11", "S12", "T10", "V01", "V10"]));
}

/// A change that a fix takes back; `None` where the record holds nothing to change.
type Change = (&'static str, fn(&str) -> Option<String>);

const CHANGES: &[Change] = &[
    ("CRLF", |text| Some(text.replace('\n', "\r\n"))),
    ("byte order mark", |text| Some(format!("\u{feff}{text}"))),
    ("field out of order", |text| {
        let at = text.find("\nseverity: ")? + 1;
        let end = at + text[at..].find('\n')? + 1;
        let into = text.find("\noccurred: ")? + 1;
        Some(format!("{}{}{}{}", &text[..into], &text[at..end], &text[into..at], &text[end..]))
    }),
    ("another id", |text| text.contains("id: APM-00").then(|| text.replacen("id: APM-00", "id: APM-07", 1))),
    ("a full stop", |text| {
        let at = text.find("\ntitle: ")? + 1;
        let end = at + text[at..].find('\n')?;
        Some(format!("{}.{}", &text[..end], &text[end..]))
    }),
    ("no pin", |text| {
        let at = text.find("    verdict: ")?;
        let end = at + text[at..].find('\n')? + 1;
        Some(format!("{}{}", &text[..at], &text[end..]))
    }),
    ("a wrong pin", |text| {
        text.contains("verdict: unknown")
            .then(|| text.replacen("verdict: unknown", "verdict: would-block", 1))
    }),
    ("a quoted number", |text| {
        let at = text.find("\nseverity: ")? + 11;
        Some(format!("{}\"{}\"{}", &text[..at], &text[at..=at], &text[at + 1..]))
    }),
    ("an exception in the fields", |text| {
        Some(text.replacen("\noccurred: ", "\n# registry: allow(T07, E12) no longer needed\noccurred: ", 1))
    }),
    ("an exception at the end of a line", |text| {
        Some(text.replacen(
            "\nsummary: >-\n",
            "\nsummary: >- # registry: allow(leftover-todo) not there\n",
            1,
        ))
    }),
    ("exceptions in the text", |text| {
        let comment = "<!-- registry: allow(bare-mention) nobody -->";
        Some(text.replacen(
            "\n## Why it matters\n",
            &format!("\n{comment}\n\n## Why it matters {comment}\n"),
            1,
        ))
    }),
];

#[test]
fn the_real_records_keep_their_meaning() {
    let registry = support::four();
    let records: Vec<&str> = registry
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| path.starts_with("incidents/APM-"))
        .collect();
    assert_eq!(records.len(), 4);
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for record in records {
        for (at, first) in CHANGES.iter().enumerate() {
            for second in [0, 4].map(|step| &CHANGES[(at + step) % CHANGES.len()]) {
                let (_, text) = registry.iter().find(|(path, _)| path == record).expect("it is there");
                let Some(once) = first.1(text).filter(|it| it != text) else { continue };
                let twice = if first.0 == second.0 { once } else { second.1(&once).unwrap_or(once) };
                let before = support::with(&registry, record, &twice);
                let name = format!("{record}: {} and {}", first.0, second.0);
                assert!(!judge(&name, &before, &mut wrong).is_empty(), "{name} are mended");
                tried += 1;
            }
        }
    }
    println!("{tried} changed records");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_two_fixes_at_one_place_the_first_is_made() {
    let text = "0123456789";
    let files = Files::new(vec![File::new("a.md", text)]);
    let finding = |edit: std::ops::Range<usize>, to: &str| {
        let span = Span::new(FileId(0), edit);
        Diagnostic::error(Code("T10"), span, to).fix(to, vec![(span, to.to_owned())])
    };
    for (one, other, wanted) in [
        (2..4, 4..6, "01ab6789"),
        (4..6, 2..4, "01ba6789"),
        (2..5, 4..6, "01a56789"),
        (4..6, 2..5, "0123a6789"),
        (2..6, 3..4, "01a6789"),
        (3..4, 2..6, "012a456789"),
        (3..3, 3..3, "012a3456789"),
        (3..3, 3..5, "012ab56789"),
        (2..4, 2..4, "01a456789"),
    ] {
        let found = [finding(one.clone(), "a"), finding(other.clone(), "b")];
        let fixed = fix::file(files.get(FileId(0)), found.iter(), false);
        assert_eq!(fixed.text, wanted, "{one:?} and {other:?}");
    }
}

#[test]
fn pins_are_written_only_when_asked_for() {
    let registry = support::four();
    let (_, text) = registry.iter().find(|(path, _)| path == "incidents/APM-0008.md").expect("it is there");
    let wrong = text.replacen("    verdict: unknown\n", "", 1).replacen("severity: 2", "severity: \"2\"", 1);
    let files = support::with(&registry, "incidents/APM-0008.md", &wrong);
    let found = pipeline::check(&files).diagnostics;
    let id = files.by_path("incidents/APM-0008.md").expect("it is there");
    let done = |pins: bool| fix::file(files.get(id), found.in_file(id), pins).done;
    assert_eq!(done(false), ["remove the quotation marks of a number"]);
    assert_eq!(done(true), ["remove the quotation marks of a number", "pin `unknown`"]);
}

#[test]
fn a_pin_ends_its_line_as_the_others_do() {
    let registry = support::four();
    let (_, text) = registry.iter().find(|(path, _)| path == "incidents/APM-0008.md").expect("it is there");
    let without = text.replacen("    verdict: unknown\n", "", 1);
    for (text, wanted) in [
        (without.clone(), "  - gate: tool-call\n    verdict: unknown\n    note:"),
        (without.replace('\n', "\r\n"), "  - gate: tool-call\r\n    verdict: unknown\r\n    note:"),
    ] {
        let files = support::with(&registry, "incidents/APM-0008.md", &text);
        let found = pipeline::check(&files).diagnostics;
        let id = files.by_path("incidents/APM-0008.md").expect("it is there");
        let fixed = fix::file(files.get(id), found.in_file(id).filter(|it| it.code.0 == "V10"), true);
        assert!(fixed.text.contains(wanted), "{wanted:?}");
    }
}
