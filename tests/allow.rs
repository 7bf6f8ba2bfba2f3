//! Exceptions where a rule's page cannot show them: in YAML records, beside mistakes that hide others, in odd places.

mod support;

use incident_registry::files::Files;
use incident_registry::pipeline;

const RECORD: &str = "incidents/APM-0001.md";

fn record() -> String {
    support::base().into_iter().find(|(path, _)| path == RECORD).expect("it is there").1
}

/// The codes of the findings, in order.
fn codes(files: &Files) -> Vec<String> {
    let found = pipeline::check(files).diagnostics;
    found.iter().map(|diagnostic| diagnostic.code.0.to_owned()).collect()
}

/// The codes after edits of the base record.
fn after(edits: &[(&str, &str)]) -> Vec<String> {
    let text = edits.iter().fold(record(), |text, (from, to)| {
        assert!(text.contains(from), "the record holds `{from}`");
        text.replacen(from, to, 1)
    });
    codes(&support::with(&support::base(), RECORD, &text))
}

const LESSON: &str = "  - Give an agent an identity that is narrower than its operator's.\n";
const MENTION: &str = "  - Ask @builder.\n";

#[test]
fn it_speaks_of_its_own_line_and_no_other() {
    let allow = "# registry: allow(T07) its name";
    assert_eq!(after(&[(LESSON, MENTION)]), ["T07"]);
    assert_eq!(after(&[(LESSON, &format!("  - Ask @builder. {allow}\n"))]), [""; 0]);
    assert_eq!(after(&[(LESSON, &format!("  {allow}\n\n  # why\n{MENTION}"))]), [""; 0]);
    assert_eq!(after(&[(LESSON, &format!("  {allow}\n{MENTION}{MENTION}"))]), ["T07"]);
    assert_eq!(after(&[(LESSON, &format!("{MENTION}  {allow}\n"))]), ["T07", "R07"]);
    assert_eq!(after(&[(LESSON, &format!("  {allow}\n  {allow}\n{MENTION}"))]), ["R07"], "the first does it");
    assert_eq!(after(&[("lessons:\n", &format!("lessons: {allow}\n")), (LESSON, MENTION)]), ["R07", "T07"]);
}

#[test]
fn a_text_of_several_lines_belongs_to_the_line_of_its_key() {
    let header = "summary: >- # registry: allow(T07) its name";
    let body = ("A coding agent deleted", "The agent deleted\n\n  and @builder is its name; it deleted");
    assert_eq!(after(&[("summary: >-", header), body]), [""; 0]);
    // What follows the text is a line of its own.
    let next = ("sources:\n", "attribution: Ask @builder\nsources:\n");
    let found = after(&[("summary: >-", header), body, ("attribution: anonymous\n", ""), next]);
    assert_eq!(found, ["T07", "S12"]);
    // Even where it begins on the very byte at which the text ends.
    let moved = ("sources:\n", "autonomy: acts-unattended\nsources:\n");
    let header = ("summary: >-", "summary: >- # registry: allow(S12) told first");
    assert_eq!(after(&[header, ("autonomy: acts-unattended\n", ""), moved]), ["R07", "S12"]);
    let quoted = "  # registry: allow(T07) its name\n  - \"Ask for it,\n    and for @builder.\"\n";
    assert_eq!(after(&[(LESSON, quoted)]), [""; 0]);
}

#[test]
fn a_mistake_that_hides_others_hides_no_exception() {
    let unused = ("severity: 3\n", "severity: 3 # registry: allow(V06) not known\n");
    assert_eq!(after(&[unused]), ["R07"]);
    // The step has lost its action, so nothing is said of its harm, and nothing of the exception.
    assert_eq!(after(&[unused, ("    action: delete-infrastructure\n", "")]), ["S03"]);
    assert_eq!(after(&[unused, ("title: ", "title: \"")]), ["S01"]);
    // A rule that looks at one record alone is not hidden by another.
    let mut registry = support::base();
    for (path, text) in &mut registry {
        *text = match path.as_str() {
            RECORD => record().replacen("severity: 3\n", "severity: 3 # registry: allow(T10) not so\n", 1),
            "incidents/APM-0002.md" => text.replacen("severity: ", "severity: x", 1),
            _ => continue,
        };
    }
    assert_eq!(codes(&support::with(&registry, "", "")), ["R07", "S04"]);
}

#[test]
fn a_yaml_record_has_both_kinds_of_comment() {
    let text = record();
    let (front, body) = text[4..].split_once("\n---\n").expect("it has front matter");
    let body = body.replace("The service was", "The @agent <!-- registry: allow(T07) its name -->\nwas");
    let sections: Vec<String> = body
        .split("\n## ")
        .skip(1)
        .map(|section| {
            let (heading, markdown) = section.split_once('\n').expect("a heading has a line");
            let key = heading.to_lowercase().replace(' ', "-");
            format!("  {key}: |\n    {}\n", markdown.trim().replace('\n', "\n    "))
        })
        .collect();
    let sections = sections.concat();
    let yaml = format!("{front}\nbody:\n{sections}").replacen(
        LESSON,
        &format!("  # registry: allow(T07) x\n{MENTION}"),
        1,
    );
    let mut registry = support::base();
    registry.retain(|(path, _)| path != RECORD);
    registry.push(("incidents/APM-0001.yaml".to_owned(), yaml.clone()));
    assert_eq!(codes(&support::with(&registry, "", "")), [""; 0], "{yaml}");
    let without = yaml.replace("@agent", "agent").replace("@builder", "builder");
    assert_eq!(codes(&support::with(&registry, "incidents/APM-0001.yaml", &without)), ["R07", "R07"]);
}

#[test]
fn a_comment_at_the_beginning_of_a_body_is_no_text_before_the_first_heading() {
    let comment = "---\n\n<!-- registry: allow(S10) told elsewhere -->\n\n## What happened";
    assert_eq!(after(&[("---\n\n## What happened", comment)]), ["R07"]);
    assert_eq!(after(&[("---\n\n## What happened", "---\n\n<!-- a note -->\n\n## What happened")]), [""; 0]);
    let other = "---\n\n<!-- registry: allow(S10) told elsewhere -->\n\n## What it was";
    assert_eq!(after(&[("---\n\n## What happened", other)]), [""; 0]);
}

#[test]
fn a_comment_that_parts_two_texts_is_not_removed() {
    let fixes = |body: &str| {
        let text = record();
        let front = &text[..text.find("\n---\n").expect("it has front matter") + 5];
        let files =
            support::with(&support::base(), RECORD, &format!("{front}\n## What happened\n\n{body}\n"));
        let found = pipeline::check(&files).diagnostics;
        found.iter().map(|it| (it.code.0, it.fix.is_some())).collect::<Vec<_>>()
    };
    let allow = "<!-- registry: allow(T07) no more -->";
    assert_eq!(fixes(&format!("One [f1].\n\n{allow}\n\nTwo.")), [("R07", true)]);
    assert_eq!(fixes(&format!("One [f1]. {allow}\nTwo.")), [("R07", true)]);
    assert_eq!(fixes(&format!("One [f1].\n{allow}\nTwo.")), [("R07", false)]);
    assert_eq!(fixes(&format!("- One [f1].\n\n{allow}\n\n- Two.")), [("R07", false)]);
}
