//! Ten mistakes of real life, each made in a real record: the first finding names the real cause and the way out,
//! and what only follows from it is left out.

mod support;

use incident_registry::diagnostic::Diagnostics;
use incident_registry::files::Files;
use incident_registry::pipeline;

const RECORD: &str = "incidents/APM-0005.md";

fn original() -> String {
    let (_, text) =
        support::four().into_iter().find(|(path, _)| path == RECORD).expect("the record is there");
    text
}

fn lint(text: &str) -> (Files, Diagnostics) {
    let files = support::with(&support::four(), RECORD, text);
    let checked = pipeline::check(&files);
    (files, checked.diagnostics)
}

/// One mistake, and what the first finding must say of it.
struct Mistake {
    name: &'static str,
    /// What is written in place of what.
    edit: (&'static str, &'static str),
    code: &'static str,
    line: usize,
    /// Essential words of the message.
    says: &'static str,
    /// Essential words of the way out.
    help: &'static str,
}

const fn mistake(
    name: &'static str,
    edit: (&'static str, &'static str),
    (code, line): (&'static str, usize),
    says: &'static str,
    help: &'static str,
) -> Mistake {
    Mistake { name, edit, code, line, says, help }
}

const TITLE: &str = "title: Kiro is reported to delete an environment, and AWS Cost Explorer in mainland China is interrupted";

/// The ten that people make, in the order in which they were named.
const TEN: [Mistake; 10] = [
    mistake(
        "a colon in a plain title",
        ("title: Kiro is reported", "title: Kiro: it is reported"),
        ("S01", 3),
        "a colon followed by a space, inside text without quotes",
        "put the text in quotes",
    ),
    mistake(
        "indentation with a tab",
        ("  inherited-permissions: f5", "\tinherited-permissions: f5"),
        ("S01", 16),
        "a tab in the indentation",
        "indent with spaces, two for each level",
    ),
    mistake(
        "a quotation mark that is not closed",
        ("text: The interruption was in mainland China.", "text: \"The interruption was in mainland China."),
        ("S01", 121),
        "a quotation mark is opened here and not closed",
        "close it at the end of the text",
    ),
    mistake(
        "wrong indentation under a list",
        ("  - id: f2\n    text:", "  - id: f2\n   text:"),
        ("S01", 121),
        "the indentation of this line matches no line above it",
        "its further lines stand under its first word",
    ),
    mistake(
        "an answer where a text belongs",
        (TITLE, "title: no"),
        ("S09", 3),
        "`title` takes a text, and `no` is no more than an answer",
        "write the text itself",
    ),
    mistake(
        "a date that no calendar has",
        ("occurred: 2025-12", "occurred: 2025-13-40"),
        ("S07", 6),
        "`2025-13-40` is not in the calendar",
        "correct the month or the day",
    ),
    mistake(
        "typographic quotation marks around a value",
        ("operators: [aws]", "operators: [“aws”]"),
        ("S04", 13),
        "typographic quotation marks are part of the text",
        "write `aws`",
    ),
    mistake(
        "a list where a map belongs",
        ("  inherited-permissions: f5", "  - inherited-permissions: f5"),
        ("S04", 16),
        "`factors` takes a map, not a list",
        "one `key: value` a line, without `- `",
    ),
    mistake(
        "a block pasted twice",
        (
            "  - id: f3\n",
            "  - id: f2\n    text: The interruption was in mainland China.\n    sources:\n      - ft\n  - id: f3\n",
        ),
        ("L06", 126),
        "the statement `f2` is written twice",
        "remove one of the two",
    ),
    mistake(
        "no closing line",
        ("attribution: anonymous\n---\n", "attribution: anonymous\n"),
        ("S01", 1),
        "the front matter is opened with `---` and not closed",
        "write a second line `---` after the last field",
    ),
];

/// The same mistakes in other places, where another part of the program meets them.
const VARIANTS: [Mistake; 18] = [
    mistake(
        "a quotation mark that is not closed, in the title",
        ("title: Kiro is", "title: \"Kiro is"),
        ("S01", 3),
        "a quotation mark is opened here",
        "close it",
    ),
    mistake(
        "a line too deep under a list",
        ("  - id: f2\n    text:", "  - id: f2\n      text:"),
        ("S01", 121),
        "indented as if it continued the text of the line above",
        "the indentation of the key it belongs beside",
    ),
    mistake(
        "a line beside the hyphen of its item",
        ("  - id: f2\n    text:", "  - id: f2\n  text:"),
        ("S01", 121),
        "stands beside the items of a list",
        "align it with the first word of the item above",
    ),
    mistake(
        "an item too deep",
        ("  - id: f2\n    text:", "    - id: f2\n      text:"),
        ("S01", 120),
        "the indentation of this line matches no line above it",
        "align it",
    ),
    mistake(
        "an answer where a statement is named",
        ("not_approved: u3", "not_approved: no"),
        ("S04", 282),
        "`no` is not a statement id",
        "leave the field out if nothing is known of it",
    ),
    mistake(
        "a date of a source",
        ("    published: 2026-02-24", "    published: 2025-13-40"),
        ("S07", 86),
        "`2025-13-40` is not in the calendar",
        "correct the month or the day",
    ),
    mistake(
        "typographic marks around a title with a colon",
        (TITLE, "title: “Kiro: it is reported to delete an environment”"),
        ("S01", 3),
        "a typographic quotation mark is part of the text",
        "straight quotation marks",
    ),
    mistake(
        "typographic marks around a title",
        (TITLE, "title: “Kiro is reported to delete an environment”"),
        ("T10", 3),
        "between typographic quotation marks",
        "leave them out",
    ),
    mistake(
        "typographic marks around an address",
        (
            "url: https://www.theregister.com/2026/02/24/amazon_blame_human_not_ai",
            "url: “https://www.theregister.com/2026/02/24/”",
        ),
        ("T06", 85),
        "typographic quotation marks are part of the address",
        "leave them out",
    ),
    mistake(
        "a list of sources",
        ("  amazon:\n    title", "  - amazon:\n    title"),
        ("S01", 38),
        "stands beside the items of a list",
        "if no list belongs here, take the `- ` away there",
    ),
    mistake(
        "a source pasted twice",
        (
            "  last-week-in-aws:\n    title",
            "  register:\n    title: Amazon would rather blame\n  last-week-in-aws:\n    title",
        ),
        ("S06", 90),
        "`register` is written twice",
        "keep one of the two",
    ),
    mistake(
        "a field pasted twice",
        ("losses:\n", "factors:\n  inherited-permissions: f5\nlosses:\n"),
        ("S06", 18),
        "`factors` is written twice",
        "keep one of the two",
    ),
    mistake(
        "no closing line, and a line in the text",
        (
            "attribution: anonymous\n---\n\n## What happened\n",
            "attribution: anonymous\n\n## What happened\n\n---\n",
        ),
        ("S01", 1),
        "opened with `---` and not closed",
        "write a second line `---` after the last field",
    ),
    mistake(
        "the name of an organisation where its id belongs",
        ("operators: [aws]", "operators: [Amazon Web Services]"),
        ("S04", 13),
        "`Amazon Web Services` is not an id",
        "write `aws`",
    ),
    mistake(
        "two systems without a comma",
        ("systems: [kiro]", "systems: [kiro cursor-support-agent]"),
        ("S04", 12),
        "`kiro cursor-support-agent` is not an id",
        "a comma is missing: write `kiro, cursor-support-agent`",
    ),
    mistake(
        "a line of hyphens among the fields",
        ("factors:\n", "---\nfactors:\n"),
        ("S01", 15),
        "this line `---` ended the fields",
        "delete this line",
    ),
    mistake(
        "a heading without a space",
        ("## What happened", "##What happened"),
        ("S10", 352),
        "there is no space after `##`",
        "write `## What happened`",
    ),
    mistake(
        "a misspelt id of a source that many statements name",
        ("  ft:\n    title", "  ftt:\n    title"),
        ("L02", 117),
        "the record has no source `ft`",
        "did you mean `ftt`",
    ),
];

/// Makes one mistake: the number of findings, what the first says, and whether that is what it must say.
fn try_one(mistake: &Mistake) -> (usize, String, bool) {
    let (from, to) = mistake.edit;
    let text = original();
    assert!(text.contains(from), "{}: the record holds `{from}`", mistake.name);
    let (files, found) = lint(&text.replacen(from, to, 1));
    let Some(first) = found.iter().next() else { return (0, format!("{}: no finding", mistake.name), false) };
    let file = files.get(first.primary.span.file);
    let (line, column) = file.line_column(first.primary.span.start as usize);
    let (code, help) = (first.code.0, first.help.clone().unwrap_or_default());
    let as_expected = file.path == RECORD
        && (code, line) == (mistake.code, mistake.line)
        && first.message.contains(mistake.says)
        && help.contains(mistake.help);
    let said = format!("{}\n  {line}:{column} {code}: {}\n  help: {help}", mistake.name, first.message);
    (found.iter().count(), said, as_expected)
}

/// Makes each of the mistakes by itself: the number of findings in all, and what the first of each says.
fn try_all(mistakes: &[Mistake]) -> (usize, String) {
    let tried: Vec<_> = mistakes.iter().map(try_one).collect();
    let wrong: Vec<&str> =
        tried.iter().filter(|(_, _, good)| !good).map(|(_, said, _)| said.as_str()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let said: Vec<&str> = tried.iter().map(|(_, said, _)| said.as_str()).collect();
    (tried.iter().map(|(count, _, _)| count).sum(), said.join("\n"))
}

#[test]
fn the_record_is_clean_without_them() {
    let (_, found) = lint(&original());
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_first_finding_names_the_cause_and_little_follows() {
    let (total, said) = try_all(&TEN);
    println!("{said}\n{total} findings in all");
    assert!(total <= 15, "ten mistakes give {total} findings");
}

#[test]
fn so_it_does_in_other_places() {
    let (total, said) = try_all(&VARIANTS);
    println!("{said}\n{total} findings in all");
    assert!(total <= VARIANTS.len(), "{} mistakes give {total} findings", VARIANTS.len());
}

#[test]
fn all_that_leave_a_tree_are_found_in_one_run() {
    let edits = TEN.iter().filter(|mistake| mistake.code != "S01").map(|mistake| mistake.edit);
    let text = edits.fold(original(), |text, (from, to)| text.replacen(from, to, 1));
    let (_, found) = lint(&text);
    let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code.0).collect();
    assert_eq!(codes, ["S09", "S07", "S04", "S04", "L06"]);
}
