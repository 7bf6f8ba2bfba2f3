//! Records changed at random: nothing panics, every finding lies inside its file, no schema keyword reaches a
//! reader, and a fix leads to text that needs no such fix.

mod support;

use incident_registry::files::{File, Files};
use incident_registry::{fix, pipeline};
use proptest::prelude::*;

const RECORD: &str = "incidents/APM-0001.md";

/// Words of JSON Schema and of serde that no contributor should ever meet.
const KEYWORDS: [&str; 12] = [
    "anyOf",
    "oneOf",
    "allOf",
    "additionalProperties",
    "minItems",
    "maxLength",
    "minLength",
    "enum variant",
    "propertyNames",
    "$ref",
    "invalid type:",
    "JSON pointer",
];

/// Pieces of text that break things in different ways.
const PIECES: [&str; 24] = [
    "\t",
    ": ",
    "- ",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!!str ",
    "#x",
    "\n",
    "\r\n",
    "---\n",
    "\u{0}",
    "\u{202e}",
    "é",
    "\u{1f600}",
    "|",
    ">-\n",
    "99999999999999999999",
    "~",
];

/// One change to a text: remove a line, repeat it, swap it with the next, or put a piece somewhere.
#[derive(Clone, Debug)]
enum Change {
    Remove(prop::sample::Index),
    Repeat(prop::sample::Index),
    Swap(prop::sample::Index),
    Insert(prop::sample::Index, usize),
    Indent(prop::sample::Index),
    Cut(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Change::Remove),
        index().prop_map(Change::Repeat),
        index().prop_map(Change::Swap),
        (index(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        index().prop_map(Change::Indent),
        index().prop_map(Change::Cut),
    ]
}

fn apply(text: &str, change: &Change) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let count = lines.len();
    let indented;
    match change {
        Change::Remove(at) => drop(lines.remove(at.index(count))),
        Change::Repeat(at) => lines.insert(at.index(count), lines[at.index(count)]),
        Change::Swap(at) => lines.swap(at.index(count), (at.index(count) + 1) % count),
        Change::Indent(at) => {
            indented = format!(" {}", lines[at.index(count)]);
            lines[at.index(count)] = &indented;
        }
        Change::Insert(at, piece) => {
            let at = boundary(text, at.index(text.len() + 1));
            return format!("{}{}{}", &text[..at], PIECES[*piece], &text[at..]);
        }
        Change::Cut(at) => return text[..boundary(text, at.index(text.len() + 1))].to_owned(),
    }
    lines.concat()
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn files(record: &str) -> Files {
    let base = support::base().into_iter();
    Files::new(
        base.map(|(path, text)| if path == RECORD { File::new(path, record) } else { File::new(path, text) })
            .collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_every_finding_has_its_place(changes in prop::collection::vec(change(), 1..6)) {
        let original = support::base().into_iter().find(|(path, _)| path == RECORD).expect("it is there").1;
        let text = changes.iter().fold(original, |text, change| apply(&text, change));
        let files = files(&text);
        let checked = pipeline::check(&files);
        for diagnostic in &checked.diagnostics {
            let span = diagnostic.primary.span;
            let whole = files.get(span.file).text.len();
            prop_assert!(span.start <= span.end && span.end as usize <= whole, "{diagnostic:?}");
            let help = diagnostic.help.clone().unwrap_or_default();
            for said in [&diagnostic.message, &help] {
                prop_assert!(!KEYWORDS.iter().any(|word| said.contains(word)), "{said}");
            }
        }
        let id = files.by_path(RECORD).expect("it is there");
        let fixed = fix::file(files.get(id), checked.diagnostics.in_file(id), true);
        if !fixed.done.is_empty() {
            let again = self::files(&fixed.text);
            let checked = pipeline::check(&again);
            let twice = fix::file(again.get(id), checked.diagnostics.in_file(id), true);
            // A fix may bring another into reach, and that one may bring a third; then there is nothing left.
            let third = self::files(&twice.text);
            let checked = pipeline::check(&third);
            let thrice = fix::file(third.get(id), checked.diagnostics.in_file(id), true);
            prop_assert!(thrice.done.is_empty(), "{:?} after {:?}", thrice.done, fixed.done);
        }
    }
}
