//! The place of a finding to the character, in every style of YAML and every part of Markdown, and what stands over
//! the carets when a finding is shown. In the tables, `«` and `»` stand around what must be underlined.

mod support;

use incident_registry::diagnostic::{Diagnostic, Diagnostics, is_unsafe};
use incident_registry::emit;
use incident_registry::files::{File, Files};
use incident_registry::pipeline;

const RECORD: &str = "incidents/APM-0001.md";
const LESSON: &str = "  - Give an agent an identity that is narrower than its operator's.\n";
const SUMMARY: &str = "summary: >-\n  A coding agent deleted the environment it was working on, and a service was\n  interrupted for about half a day.\n";
const BODY: &str = "\n## What happened\n";

/// A part of the base record, what is written there instead, and the rule that says so of each mark.
struct Row(&'static str, &'static str, &'static str, &'static str);

const FIELDS: [Row; 36] = [
    Row("plain", LESSON, "T08", "  - Say «TODO» once.\n"),
    Row(
        "plain, over several lines",
        LESSON,
        "T08",
        "  - Say it\n    again and «TODO» it,\n\n    and «TBD» once more.\n",
    ),
    Row("single quotes", LESSON, "T08", "  - 'It''s «TODO», isn''t it, «TBD»?'\n"),
    Row(
        "single quotes, over several lines",
        LESSON,
        "T08",
        "  - 'It''s\n    not ''«TODO»'' yet,\n\n    but «TBD».'\n",
    ),
    Row("double quotes", LESSON, "T08", "  - \"Say \\\"«TODO»\\\" \\u00e9\\x41 \\\\ and «TBD»\"\n"),
    Row(
        "double quotes, a line that goes on",
        LESSON,
        "T08",
        "  - \"Say it\\\n      again, «TODO», and\\\n    \\  «TBD»\"\n",
    ),
    Row("an escape within the word", LESSON, "T07", "  - \"Ask «@b\\u0075ilder» and «\\x40other»\"\n"),
    Row("a tab between words", LESSON, "T08", "  - Say\tit\t«TODO»\tonce\n"),
    Row("a tab as an escape", LESSON, "T08", "  - \"Say\\tit «TODO»\"\n"),
    Row("folded", LESSON, "T08", "  - >\n    Say it\n    and «TODO» it\n\n    and «TBD»\n"),
    Row("folded, deeper lines", LESSON, "T08", "  - >\n    Say it\n      and «TODO» it\n    and «TBD»\n"),
    Row("folded and kept", LESSON, "T08", "  - >+\n    Say it «TODO»\n\n"),
    Row("folded, with an indentation of its own", LESSON, "T08", "  - >2-\n     Say it\n     «TODO»\n"),
    Row("literal", LESSON, "T08", "  - |\n    Say it\n      «TODO» it\n\n    and «TBD»\n"),
    Row("literal and stripped", LESSON, "T08", "  - |-\n    Say it\n    «TODO»\n"),
    Row("a comment above a block", LESSON, "T08", "  - >- # «» of course\n    Say it\n    «TODO»\n"),
    Row(
        "folded under a key",
        SUMMARY,
        "T08",
        "summary: >-\n  A coding agent «TODO» deleted the\n  environment, and «TBD»\n",
    ),
    Row(
        "folded, letters of several bytes",
        SUMMARY,
        "T08",
        "summary: >\n  Größe ist 漢字 «TODO» e\u{301} und so weiter\n  und 😀 «TBD»\n",
    ),
    Row(
        "literal under a key",
        SUMMARY,
        "T08",
        "summary: |\n  A coding agent «TODO» deleted the\n  environment, and «TBD»\n",
    ),
    Row(
        "text that begins with a quotation mark",
        SUMMARY,
        "T08",
        "summary: >-\n  \"An agent\" deleted an \"environment\" «TODO»\n",
    ),
    Row(
        "text that ends as it began",
        SUMMARY,
        "T08",
        "summary: >-\n  'An agent' deleted the environment «TODO» 'now'\n",
    ),
    Row(
        "a mention in several styles",
        LESSON,
        "T07",
        "  - >-\n    Ask\n    «@builder» or\n    \u{201c}«@other»\u{201d}\n",
    ),
    Row("flow", "operators: [acme]", "S05", "operators: [acme, «amce», «\"acma\"»]"),
    Row("flow over lines", "operators: [acme]", "S05", "operators: [\n  acme,\n  «amce»\n  ]"),
    Row(
        "a block in the place of flow",
        "operators: [acme]",
        "S05",
        "operators:\n  - acme\n  - «amce» # not there\n",
    ),
    Row("a list at the margin", "operators: [acme]", "S05", "operators:\n- acme\n-   «amce»\n"),
    Row("a term in quotes", "impacts: [service-interruption]", "S05", "impacts: [«\"outage\"», «'outages'»]"),
    Row("a key", "  inherited-permissions: f2", "S05", "  «inherited-permission»: f2"),
    Row("a key in quotes", "  inherited-permissions: f2", "S05", "  «\"inherited-permission\"»: f2"),
    Row("a nested list", "    evidence: [f3]", "L01", "    evidence:\n      - f3\n      - «f9»"),
    Row(
        "a key of a nested map",
        "      deploy-pipeline: u1",
        "S05",
        "      deploy-pipeline: u1\n      «terminal»: u1",
    ),
    Row("a value after a tab", "severity: 3", "S04", "severity:\t«high»"),
    Row("an unknown field", "attribution: anonymous", "S02", "attribution: anonymous\n«größe»: 5"),
    Row(
        "a field in flow style",
        "    sources: [acme-statement, gazette]\n    conceded_by: [acme-statement]",
        "L02",
        "    sources: [acme-statement, gazette, {source: «gazete», at: page 5}]\n    conceded_by: [acme-statement]",
    ),
    Row("the last character of a title", "interrupted\nkind", "T10", "interrupted«.»\nkind"),
    Row(
        "a letter of another alphabet in a key",
        "attribution: anonymous",
        "S02",
        "attribution: anonymous\n«attributions»: x",
    ),
];

const TEXTS: [Row; 31] = [
    Row("a paragraph", BODY, "T08", "It was «TODO» and\nthen «TBD» [f1].\n"),
    Row("the first word", BODY, "T08", "«TODO»\n"),
    Row("a list", BODY, "T08", "- one\n- «TODO» two\n  - three «TBD»\n\n1. four\n2. «FIXME»\n"),
    Row("a quotation", BODY, "T08", "> It was\n> «TODO» and\n> > then «TBD»\n"),
    Row("a list in a quotation", BODY, "T08", "> - one\n>   «TODO»\n"),
    Row("a heading", BODY, "T08", "### A «TODO» here\n\nText.\n"),
    Row("a table", BODY, "T08", "| a | b |\n|---|---|\n| one | «TODO» |\n| «TBD» | two |\n"),
    Row("emphasis", BODY, "T08", "It was **«TODO»** and *«TBD»* and ~~«FIXME»~~.\n"),
    Row("letters of several bytes", BODY, "T08", "Größe 漢字 😀 e\u{301} «TODO» ä «TBD»\n"),
    Row("after a tab", BODY, "T08", "It\twas\t«TODO»\n"),
    Row("after an entity and an escape", BODY, "T08", "&amp; \\* \\[x] «TODO» &copy; «TBD»\n"),
    Row("the text of a link", BODY, "T08", "See [the «TODO» list](https://example.com/x).\n"),
    Row("a reference", BODY, "L01", "It was so «[f9]», größer «[f8]».\n"),
    Row("a reference in a list", BODY, "L01", "- one «[f9]»\n- two\n  «[f8]»\n"),
    Row("a reference in a quotation", BODY, "L01", "> said «[f9]»\n> and «[f8]»\n"),
    Row("a reference in a table", BODY, "L01", "| a | b |\n|---|---|\n| one | «[f9]» |\n"),
    Row("a reference in a heading", BODY, "L01", "### Why «[f9]»\n"),
    Row("joined references", BODY, "L07", "It was so, 漢字 «[f1, f2]» and «[f2; f3]».\n"),
    Row("a joined reference over two lines", BODY, "L07", "It was so «[f1,\nf2]».\n"),
    Row("a gate", BODY, "L04", "The «[gate:depoly]» holds.\n"),
    Row("a record", BODY, "L03", "As in «[APM-0077]» and\n> «[APM-0078]»\n"),
    Row(
        "the address of a link",
        BODY,
        "T06",
        "See [größe](«ftp://example.com/x») and [b](<«http://localhost/»> \"title\").\n",
    ),
    Row("the address of a link by name", BODY, "T06", "See «[größe][x]».\n\n[x]: ftp://example.com/x\n"),
    Row("an address in angle brackets", BODY, "T06", "See <«ftp://example.com/x»>.\n"),
    Row("an image", BODY, "T06", "It was ![a picture](«https://example.com/x.png»).\n"),
    Row("HTML in a line", BODY, "T05", "It was 漢字 «<b>»bold«</b>» again.\n"),
    Row("a block of HTML", BODY, "T05", "It was.\n\n«<div>\nx\n</div>»\n\nAgain.\n"),
    Row("HTML in a list", BODY, "T05", "- one «<br>» two\n"),
    Row("a mention in a quotation", BODY, "T07", "> Ask «@builder»,\n> or «@other».\n"),
    Row("a letter of another alphabet", BODY, "T09", "The K«і»ro, and größer P«а»yPal.\n"),
    Row("blame", BODY, "T02", "It was e\u{301} «careless», said nobody; 漢字 «reckless».\n"),
];

/// Characters that terminals show otherwise than they are, or that are wider or narrower than others.
const ODD: [&str; 16] = [
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{feff}",
    "\u{ad}",
    "\u{2028}",
    "\u{85}",
    "\u{7}",
    "\u{1b}",
    "\u{e0041}",
    "\u{2060}",
    "漢字",
    "\u{1f469}\u{200d}\u{1f4bb}",
    "e\u{301}",
    "\t",
    "ﬁ",
];

/// A text without its marks, and the places between them.
fn unmark(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut places, mut open) = (String::new(), Vec::new(), 0);
    for character in text.chars() {
        match character {
            '«' => open = plain.len(),
            '»' => places.push((open, plain.len())),
            _ => plain.push(character),
        }
    }
    places.retain(|(start, end)| start < end);
    (plain, places)
}

/// The base record with a part of it written otherwise; the body as a whole.
fn record(from: &str, to: &str) -> String {
    let base = support::base().into_iter().find(|(path, _)| path == RECORD).expect("it is there").1;
    assert_eq!(base.matches(from).count(), 1, "`{from}` stands there once");
    if from == BODY {
        return format!("{}{BODY}\n{to}", &base[..base.find(from).expect("it is there")]);
    }
    base.replacen(from, to, 1)
}

/// A record as pure YAML, its first section with it.
fn as_yaml(record: &str) -> String {
    let (front, body) = record["---\n".len()..].split_once("\n---\n").expect("it has front matter");
    let text = body.trim_start().strip_prefix("## What happened\n\n").expect("it begins so");
    let lines: String = text.lines().map(|line| format!("    {line}\n").replace("    \n", "\n")).collect();
    format!("{front}\nbody:\n  what-happened: |\n{lines}")
}

fn lint(path: &str, text: &str) -> (Files, Diagnostics) {
    let others = support::base().into_iter().filter(|(path, _)| path != RECORD);
    let files = others.map(|(path, text)| File::new(path, text)).chain([File::new(path, text)]);
    let files = Files::new(files.collect());
    let found = pipeline::check(&files).diagnostics;
    (files, found)
}

/// Holds the findings of one rule, in one file, against the marks; no other rule may speak.
fn fault(name: &str, path: &str, code: &str, marked: &str) -> Option<String> {
    let (text, wanted) = unmark(marked);
    let (files, found) = lint(path, &text);
    let found: Vec<&Diagnostic> = found.iter().filter(|it| it.code.0 != "S11").collect();
    let place = |it: &&Diagnostic| (it.primary.span.start as usize, it.primary.span.end as usize);
    let mut places: Vec<(usize, usize)> = found.iter().map(place).collect();
    places.sort_unstable();
    let as_wanted = found.iter().all(|it| it.code.0 == code && files.get(it.primary.span.file).path == path);
    if as_wanted && places == wanted {
        return None;
    }
    let said =
        found.iter().map(|it| format!("\n    {} {:?} {}", it.code, files.text(it.primary.span), it.message));
    Some(format!("{name}, {path}:{}", said.collect::<String>()))
}

/// A row as it is, with other line endings, with a mark at the beginning; a body in YAML as well.
fn faults(row: &Row) -> Vec<String> {
    let Row(name, from, code, to) = *row;
    let text = record(from, to);
    let mut variants = vec![
        (RECORD, text.clone()),
        (RECORD, text.replace('\n', "\r\n")),
        (RECORD, format!("\u{feff}{text}")),
    ];
    if from == BODY {
        let yaml = as_yaml(&text);
        variants.push(("incidents/APM-0001.yaml", yaml.replace('\n', "\r\n")));
        variants.push(("incidents/APM-0001.yaml", yaml));
    }
    variants.iter().filter_map(|(path, text)| fault(name, path, code, text)).collect()
}

#[test]
fn every_place_in_the_fields_is_exact() {
    let wrong: Vec<String> = FIELDS.iter().flat_map(faults).collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_place_in_the_text_is_exact() {
    let wrong: Vec<String> = TEXTS.iter().flat_map(faults).collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// How many columns of a terminal a character takes, of those in these tables.
fn width(character: char) -> usize {
    match character {
        '\u{300}'..='\u{36f}' => 0,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{1f300}'..='\u{1faff}' => 2,
        _ => 1,
    }
}

/// What a character is shown as.
fn seen(character: char) -> String {
    match character {
        '\t' => "    ".to_owned(),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).into_iter().collect(),
        _ if is_unsafe(character) => "\u{fffd}".to_owned(),
        _ => character.to_string(),
    }
}

/// The text over the carets of a finding, as a terminal shows it.
fn over_the_carets(shown: &str) -> String {
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines.iter().position(|line| line.contains('^')).expect("something is underlined");
    let first = lines[at].chars().take_while(|it| *it != '^').count();
    let carets = first..first + lines[at].chars().filter(|it| *it == '^').count();
    let mut next = 0;
    let over = lines[at - 1].chars().filter(|character| {
        next += width(*character);
        // What has no width stands on the character before it.
        carets.contains(&(next - width(*character).max(1)))
    });
    over.collect()
}

/// What may stand around a place, or in it, and the rule that speaks of it.
fn around(odd: &str) -> Vec<(&'static str, &'static str, String)> {
    let wide = "wide ".repeat(30);
    let mut rows = vec![
        (LESSON, "T08", format!("  - \"A {odd} b {odd} «TODO» c {odd}\"\n")),
        (LESSON, "T08", format!("  - \"A «TODO» c {odd} d\"\n")),
        (LESSON, "T07", format!("  - A {odd} b «@builder» {odd} d\n")),
        (BODY, "T08", format!("A {odd} b{odd}c {odd} «TODO» c {odd}\n")),
        (BODY, "L01", format!("A {odd} b «[f9]» c {odd}\n")),
        (BODY, "T08", format!("{wide}{odd}{odd}{odd} b «TODO» c {odd} {wide}\n")),
        ("operators: [acme]", "S04", format!("operators: [acme, «\"am{odd}ce\"»]")),
        ("operators: [acme]", "S04", format!("operators: [acme, «\"am{odd}ce{odd}\"»] # {wide}")),
        ("operators: [acme]", "S05", format!("operators: [«amce»] # {odd}")),
        (
            "  inherited-permissions: f2",
            "S05",
            format!("  inherited-permissions: f2 # {odd}\n  «other»: f2 # {odd}"),
        ),
    ];
    // What YAML refuses leaves no tree to judge.
    if odd.chars().all(|it| it.is_ascii() && it != '\t') {
        rows.retain(|(from, ..)| *from == BODY);
    }
    let mut characters = odd.chars();
    let lone = characters.next().filter(|it| is_unsafe(*it) && *it != '\t' && characters.next().is_none());
    if lone.is_some() {
        rows.push((LESSON, "T01", format!("  - A 漢 «{odd}» d\n")));
        rows.push(("sources:\n", "T01", format!("\"so«{odd}»u\": 漢字 \"\n\"\nsources:\n")));
    }
    rows
}

/// Shows the first finding of a rule, which has to be where the mark is, and compares what stands over its carets.
fn misplaced(from: &str, code: &str, to: &str) -> Option<String> {
    let (text, places) = unmark(&record(from, to));
    let (files, mut found) = lint(RECORD, &text);
    found.retain(|it| it.code.0 == code);
    let place = found.iter().next().map(|it| (it.primary.span.start as usize, it.primary.span.end as usize));
    if place.is_none() || place != places.first().copied() {
        return Some(format!("{code} in {to:?} is not found there: {place:?}"));
    }
    let mut out = Vec::new();
    emit::human::write(&found, &files, false, &mut out).expect("memory takes it");
    let shown = String::from_utf8(out).expect("it is text");
    let (start, end) = places[0];
    let wanted: String = text[start..end].chars().map(seen).collect();
    let over = over_the_carets(&shown);
    (over != wanted).then(|| format!("{to:?}: over the carets stands {over:?}, not {wanted:?}\n{shown}"))
}

#[test]
fn carets_stand_under_what_is_meant() {
    let rows: Vec<_> = ODD.iter().flat_map(|odd| around(odd)).collect();
    let wrong: Vec<String> = rows.iter().filter_map(|(from, code, to)| misplaced(from, code, to)).collect();
    println!("{} lines shown", rows.len());
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
