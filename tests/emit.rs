//! One fixed list of findings, one reviewed snapshot a format.

use std::fs;
use std::io;
use std::path::Path;

use incident_registry::diagnostic::{Code, Diagnostic, Diagnostics, Severity, is_unsafe};
use incident_registry::emit::{self, Rule, Run};
use incident_registry::files::{File, FileId, Files, Span};
use serde_json::Value;

const RECORD: &str = "---\nid: APM-0005\ntitle: Größe \u{1f600} e\u{301} tests\nseverity:\t3\nsources: {a: b}\n---\n\n## What happened\n";

fn files() -> Files {
    let crlf = "---\r\nid: APM-0006\r\ntitle: x\r\n---\r\n";
    Files::new(vec![
        File::new("incidents/APM-0005.md", RECORD),
        File::new("incidents/APM-0006.md", format!("\u{feff}{crlf}")),
        File::from_bytes("incidents/APM-0007.md", Vec::new()),
    ])
}

/// The span of a piece of text.
fn span(files: &Files, path: &str, text: &str) -> Span {
    let id = files.by_path(path).expect("the file is there");
    let start = files.get(id).text.find(text).expect("the text is there");
    Span::new(id, start..start + text.len())
}

fn diagnostics(files: &Files) -> Diagnostics {
    let first = "incidents/APM-0005.md";
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(
        Diagnostic::error(Code("E02"), span(files, first, "3\n").at_start(), "an empty place after a tab")
            .label("here")
            .help("look at the column"),
    );
    diagnostics.push(
        Diagnostic::error(
            Code("S05"),
            span(files, first, "tests"),
            "after wide, joined and combining characters",
        )
        .related(span(files, "incidents/APM-0006.md", "APM-0006"), "and in another file"),
    );
    diagnostics.push(
        Diagnostic::new(
            Code("T10"),
            Severity::Warning,
            span(files, first, "Größe"),
            "a title with \u{1b}[31mcolour",
        )
        .label("with \u{202e}bidi")
        .help("first line")
        .fix("write it plainly", vec![(span(files, first, "Größe"), "Size".into())]),
    );
    diagnostics.push(
        Diagnostic::error(Code("S02"), span(files, first, "a: b"), "two places on one line")
            .label("the value")
            .related(span(files, first, "sources"), "the key"),
    );
    diagnostics.push(
        Diagnostic::error(Code("S01"), span(files, first, "## What happened\n"), "the last line")
            .help("whatever"),
    );
    diagnostics.push(Diagnostic::error(
        Code("S04"),
        span(files, "incidents/APM-0006.md", "title"),
        "after a mark and CRLF",
    ));
    diagnostics
        .push(Diagnostic::error(Code("R02"), Span::new(FileId(2), 0..0), "a file without text").help("do"));
    diagnostics.finish()
}

fn text(write: impl Fn(&Diagnostics, &Files, &mut Vec<u8>)) -> String {
    let files = files();
    let mut out = Vec::new();
    write(&diagnostics(&files), &files, &mut out);
    String::from_utf8(out).expect("an emitter writes UTF-8")
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("emit");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// What writes a run in one format.
type Format = fn(&Run, &mut dyn io::Write) -> io::Result<()>;

/// A run over a list of findings, told in one of the formats.
fn told(files: &Files, list: &Diagnostics, deny_warnings: bool, write: Format) -> String {
    let page = "# E02 disputed-as-verified\n\n## What\n\nIt is listed. {More} of\nit.\n\n## Why\n\nBecause.\n\n## Flagged\n";
    let rule = |code, name, severity, uri: Option<&str>| {
        let uri = uri.map(ToOwned::to_owned);
        Rule { code: Code(code), name, severity, may_be_denied: true, docs: page, uri }
    };
    let rules = [
        rule("E02", "disputed-as-verified", Severity::Error, Some("https://site.example/rules/E02/")),
        rule("T10", "title-style", Severity::Warning, None),
    ];
    let checked: Vec<FileId> = files.iter().map(|(id, _)| id).collect();
    let run = Run {
        diagnostics: list,
        files,
        checked: &checked,
        rules: &rules,
        folder: "cases & more/",
        deny_warnings,
    };
    let mut out = Vec::new();
    write(&run, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("an emitter writes UTF-8")
}

fn summary(run: &Run, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(emit::github::summary(run, emit::github::MOST_SUMMARY_BYTES).as_bytes())
}

fn human_format(run: &Run, out: &mut dyn io::Write) -> io::Result<()> {
    emit::human::write(run.diagnostics, run.files, false, out)
}

fn concise_format(run: &Run, out: &mut dyn io::Write) -> io::Result<()> {
    emit::concise::write(run.diagnostics, run.files, out)
}

fn json_format(run: &Run, out: &mut dyn io::Write) -> io::Result<()> {
    emit::json::write(run.diagnostics, run.files, out)
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn human() {
    let text = text(|list, files, out| emit::human::write(list, files, false, out).expect("memory takes it"));
    settings().bind(|| insta::assert_snapshot!("human", text));
}

#[test]
fn concise() {
    let text = text(|list, files, out| emit::concise::write(list, files, out).expect("memory takes it"));
    settings().bind(|| insta::assert_snapshot!("concise", text));
}

#[test]
fn json() {
    let text = text(|list, files, out| emit::json::write(list, files, out).expect("memory takes it"));
    settings().bind(|| insta::assert_snapshot!("json", text));
}

#[test]
fn colours_are_the_only_difference() {
    let plain =
        text(|list, files, out| emit::human::write(list, files, false, out).expect("memory takes it"));
    let coloured =
        text(|list, files, out| emit::human::write(list, files, true, out).expect("memory takes it"));
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn sarif() {
    let files = files();
    let text = told(&files, &diagnostics(&files), false, emit::sarif::write);
    let text = text.replace(concat!("\"", env!("CARGO_PKG_VERSION"), "\""), "\"(version)\"");
    settings().bind(|| insta::assert_snapshot!("sarif", text));
}

#[test]
fn github() {
    let files = files();
    let text = told(&files, &diagnostics(&files), false, emit::github::write);
    settings().bind(|| insta::assert_snapshot!("github", text));
}

#[test]
fn github_summary() {
    let files = files();
    let text = told(&files, &diagnostics(&files), false, summary);
    settings().bind(|| insta::assert_snapshot!("github_summary", text));
}

#[test]
fn gitlab() {
    let files = files();
    let text = told(&files, &diagnostics(&files), false, emit::gitlab::write);
    settings().bind(|| insta::assert_snapshot!("gitlab", text));
}

#[test]
fn junit() {
    let files = files();
    let text = told(&files, &diagnostics(&files), false, emit::junit::write);
    settings().bind(|| insta::assert_snapshot!("junit", text));
}

const HOSTILE_PATH: &str = "incidents/a,b::c:d%0A<'\"&>]]>##[x] \u{202e}.md";

/// What a record could say to become something else than text.
const HOSTILE: [&str; 23] = [
    "quotes ' and \" and \\ end",
    "two\nlines\r\nand more",
    "%0A%0D%25 stays",
    "::error file=x::not mine",
    "a\n::stop-commands::x",
    "]]> <!-- --> <?xml?>",
    "`code` ``` fence",
    "a | b || c \\| d",
    "@name and @org/team",
    "#1 org/repo#2 1234567890123456789012345678901234567890",
    "https://evil.example www.evil.example a@evil.example",
    "[click](https://evil.example) ![x](y) [a]: b",
    "<script>alert(1)</script><img src=x onerror=y>",
    "&lt;b&gt; &amp; &#64;name",
    "{0} {{1}} {x}",
    "##[add-mask]x ##vso[task.setvariable variable=a]b ##teamcity[x]",
    "\u{1f600}\u{200d}\u{1f680} e\u{301}",
    "\u{202e}txt.exe \u{2066}x\u{2069} \u{5d0}\u{5d1}",
    "\u{1b}]8;;https://evil.example\u{7}link\u{1b}[0m \u{9b}31m",
    "\u{0}\u{b}\u{c}\u{85}\u{2028}\u{feff}",
    "\u{fffe}\u{ffff} are no characters of XML",
    "| --- | :-: |\n\n# heading",
    "</code></td></table>\n\n**bold**",
];

fn hostile() -> (Files, Diagnostics) {
    let text = format!("{}\n##[add-mask]shown ##vso[x]y\n::error::shown\n", HOSTILE.join("\n"));
    let files = Files::new(vec![File::new(HOSTILE_PATH, text.clone())]);
    let mut list = Diagnostics::default();
    for (at, hostile) in HOSTILE.iter().enumerate() {
        let start = text.find(hostile).expect("the text is there");
        let span = Span::new(FileId(0), start..start + hostile.len());
        let severity = if at % 2 == 0 { Severity::Error } else { Severity::Warning };
        list.push(
            Diagnostic::new(Code("E02"), severity, span, *hostile)
                .label(*hostile)
                .help(*hostile)
                .related(span, *hostile)
                .fix(*hostile, vec![(span, (*hostile).to_owned())]),
        );
    }
    let shown = text.find("##[add-mask]shown").expect("the text is there");
    list.push(Diagnostic::error(Code("T10"), Span::new(FileId(0), shown..shown + 2), "a line that is shown"));
    (files, list.finish())
}

/// Every message, as the list holds it: with what a terminal could obey escaped.
fn messages(list: &Diagnostics) -> Vec<String> {
    list.iter().map(|diagnostic| diagnostic.message.clone()).collect()
}

#[test]
fn no_format_lets_a_text_command_a_terminal_or_a_log() {
    let (files, list) = hostile();
    let formats: [(&str, Format); 8] = [
        ("human", human_format),
        ("concise", concise_format),
        ("json", json_format),
        ("sarif", emit::sarif::write),
        ("github", emit::github::write),
        ("summary", summary),
        ("gitlab", emit::gitlab::write),
        ("junit", emit::junit::write),
    ];
    for (name, write) in formats {
        let text = told(&files, &list, false, write);
        let found: Vec<char> = text.chars().filter(|it| is_unsafe(*it) && *it != '\n').collect();
        assert!(found.is_empty(), "{name} lets {found:?} through");
        for command in ["##[", "##vso[", "##teamcity["] {
            assert!(!text.contains(command), "{name} lets `{command}` through");
        }
        if name != "github" {
            let line = text.lines().find(|line| line.trim_start().starts_with("::"));
            assert_eq!(line, None, "{name} begins a line as a workflow command begins");
        }
    }
}

#[test]
fn json_fits_its_schema_and_keeps_every_text() {
    let schema = emit::json::schema();
    let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
    let plain = files();
    let (wild, list) = hostile();
    let text = told(&wild, &list, false, json_format);
    for text in [&told(&plain, &diagnostics(&plain), false, json_format), &text] {
        let errors: Vec<_> = validator.iter_errors(&value(text)).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let findings = value(&text)["diagnostics"].as_array().expect("a list").clone();
    let said: Vec<_> = findings.iter().map(|it| it["message"].as_str().expect("text").to_owned()).collect();
    assert_eq!(said, messages(&list));
    assert_eq!(findings[0]["path"], HOSTILE_PATH);
    let mut mended: Vec<&str> =
        findings.iter().filter_map(|it| it["fix"]["edits"][0]["replacement"].as_str()).collect();
    mended.sort_unstable();
    let mut wanted = HOSTILE;
    wanted.sort_unstable();
    assert_eq!(mended, wanted, "an edit is exact, whatever it writes");
}

#[test]
fn the_schema_of_json_can_refuse() {
    let validator = jsonschema::validator_for(&emit::json::schema()).expect("the schema is valid");
    let files = files();
    let good = value(&told(&files, &diagnostics(&files), false, json_format));
    let defects = [
        ("/version", Value::from(2)),
        ("/diagnostics/0/severity", Value::from("note")),
        ("/diagnostics/0/code", Value::from("10")),
        ("/diagnostics/0/line", Value::from(0)),
        ("/diagnostics/1/related/0/path", Value::Null),
        ("/diagnostics/0/fix/edits", Value::from("x")),
    ];
    for (pointer, wrong) in defects {
        let mut value = good.clone();
        *value.pointer_mut(pointer).expect("it is there") = wrong;
        assert!(!validator.is_valid(&value), "{pointer}");
    }
}

/// The official schema, kept beside the snapshots.
fn sarif_schema() -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emit/sarif-2.1.0.schema.json");
    let mut schema = value(&fs::read_to_string(path).expect("the schema is there"));
    // Its pattern for a language, `...]?$`, has a bracket too many to compile. Nothing here writes a language.
    for part in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][part]["properties"]["language"];
        language.as_object_mut().expect("it is described").remove("pattern");
    }
    jsonschema::draft4::new(&schema).expect("the schema is valid")
}

#[test]
fn sarif_satisfies_the_official_schema() {
    let schema = sarif_schema();
    let plain = files();
    let (wild, list) = hostile();
    let none = Diagnostics::default();
    for (files, list) in [(&plain, &diagnostics(&plain)), (&wild, &list), (&plain, &none)] {
        let value = value(&told(files, list, false, emit::sarif::write));
        let errors: Vec<_> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let mut wrong = value.clone();
        wrong["runs"][0]["columnKind"] = Value::from("characters");
        assert!(!schema.is_valid(&wrong), "the schema refuses what is wrong");
    }
}

#[test]
fn sarif_has_no_link_or_placeholder_of_a_record() {
    let (files, list) = hostile();
    let log = value(&told(&files, &list, false, emit::sarif::write));
    let results = log["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), HOSTILE.len() + 1);
    for (result, diagnostic) in results.iter().zip(&list) {
        let text = result["message"]["text"].as_str().expect("text");
        assert!(!text.contains("]("), "{text}");
        let bare = text.replace("{{", "").replace("}}", "");
        assert!(!bare.contains(['{', '}']), "{text}");
        let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let read = text.replace("{{", "{").replace("}}", "}");
        assert_eq!(read, format!("{}{help}", diagnostic.message).replace("](", "] ("));
    }
    let uri = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    let plain = |it: char| it.is_ascii_alphanumeric() || "-._~/%".contains(it);
    assert!(uri.as_str().expect("text").chars().all(plain), "{uri}");
}

#[test]
fn fingerprints_are_unique_and_outlive_other_lines() {
    let named = |text: &str, folder_first: bool| {
        let mut all = vec![File::new("incidents/APM-0001.md", text)];
        if folder_first {
            all.push(File::new("gates/new.md", "x"));
        }
        let files = Files::new(all);
        let id = files.by_path("incidents/APM-0001.md").expect("the file is there");
        let mut list = Diagnostics::default();
        for (at, _) in text.match_indices("[f9]") {
            list.push(Diagnostic::error(Code("L01"), Span::new(id, at..at + 4), "`f9` is no statement"));
        }
        let list = list.finish();
        let gitlab = value(&told(&files, &list, false, emit::gitlab::write));
        let sarif = value(&told(&files, &list, false, emit::sarif::write));
        let gitlab = gitlab.as_array().expect("a list").iter().map(|it| it["fingerprint"].clone());
        let gitlab: Vec<Value> = gitlab.collect();
        let sarif = sarif["runs"][0]["results"].as_array().expect("a list").iter();
        let sarif: Vec<Value> =
            sarif.map(|it| it["partialFingerprints"]["registryFinding/v1"].clone()).collect();
        assert_eq!(gitlab, sarif);
        gitlab
    };
    let before = named("one [f9]\ntwo [f9]\n", false);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    assert_eq!(named("new\n\none [f9]\nand two [f9]\n", true), before);
    assert_eq!(named("two [f9]\n", false), before[..1], "of equal ones, as many go as were mended");
}

/// A line as the runner reads it: level, properties, message. Written after the runner's documentation, and apart from
/// the code that writes it.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let read = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let (head, message) =
        line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("it is a command");
    let (level, properties) = head.split_once(' ').expect("it has properties");
    let property = |text: &str| {
        let (name, value) = text.split_once('=').expect("a property has a value");
        (name.to_owned(), read(&value.replace("%3A", ":").replace("%2C", ",")))
    };
    (level.to_owned(), properties.split(',').map(property).collect(), read(message))
}

#[test]
fn github_annotations_are_read_back_as_they_were() {
    let (files, list) = hostile();
    let text = told(&files, &list, false, emit::github::write);
    let commands: Vec<_> = text.lines().map(command).collect();
    let count = |level: &str| commands.iter().filter(|(it, ..)| it == level).count();
    assert_eq!((count("error"), count("warning"), count("notice")), (10, 10, 1));
    assert!(
        commands
            .iter()
            .map(|(level, ..)| level)
            .is_sorted_by_key(|level| *level == "warning" || *level == "notice")
    );
    let (level, _, notice) = commands.last().expect("there is one");
    assert_eq!(level, "notice");
    assert!(notice.starts_with("3 errors and 1 warning more"), "{notice}");
    let path = format!("cases & more/{}", incident_registry::diagnostic::escape(HOSTILE_PATH));
    let known = messages(&list);
    for (_, properties, message) in &commands[..20] {
        let names: Vec<_> = properties.iter().map(|(name, _)| name.as_str()).collect();
        let whole = ["file", "line", "col", "endLine", "endColumn", "title"];
        let lines = ["file", "line", "endLine", "title"];
        assert!(names == whole || names == lines, "{names:?}");
        assert_eq!(properties[0].1, path);
        let (first, _) =
            message.split_once("\nhelp: ").or(message.split_once("\ndocs: ")).expect("two parts");
        assert!(known.iter().any(|known| known == first), "{first}");
    }
}

#[test]
fn github_says_nothing_of_caps_that_were_not_reached() {
    let files = files();
    let text = told(&files, &diagnostics(&files), false, emit::github::write);
    assert_eq!(text.lines().count(), 7);
    assert!(!text.contains("::notice"));
}

#[test]
fn github_summary_is_a_table_and_nothing_else() {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (files, list) = hostile();
    let text = told(&files, &list, false, summary);
    let mut html = String::new();
    for event in Parser::new_ext(&text, Options::all()) {
        match event {
            Event::Html(part) => html.push_str(&part),
            Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::HtmlBlock)
            | Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::HtmlBlock) => {}
            Event::Text(text) => assert!(!text.contains(['<', '@', '|']), "{text}"),
            other => panic!("{other:?}"),
        }
    }
    // Well-formed, with these elements and no attribute.
    let html = html.replace(['\u{fffe}', '\u{ffff}'], "");
    let table = roxmltree::Document::parse(&html).expect("every text is escaped");
    for element in table.descendants().filter(roxmltree::Node::is_element) {
        assert!(
            ["table", "tr", "th", "td", "br", "code"].contains(&element.tag_name().name()),
            "{element:?}"
        );
        assert_eq!(element.attributes().count(), 0);
    }
    let shown: Vec<&str> =
        table.descendants().filter(|node| node.has_tag_name("code")).filter_map(|node| node.text()).collect();
    for message in messages(&list) {
        let message = message.replace(['\u{fffe}', '\u{ffff}'], "");
        assert!(shown.contains(&message.as_str()), "`{message}` is shown as it is");
    }
}

#[test]
fn github_summary_fits_and_says_when_it_is_cut() {
    let files = files();
    let list = diagnostics(&files);
    let within = |room: usize| {
        let checked: Vec<FileId> = files.iter().map(|(id, _)| id).collect();
        let run = Run {
            diagnostics: &list,
            files: &files,
            checked: &checked,
            rules: &[],
            folder: "",
            deny_warnings: false,
        };
        emit::github::summary(&run, room)
    };
    let whole = within(usize::MAX);
    assert_eq!((whole.matches("<tr><td>").count(), within(whole.len())), (7, whole.clone()));
    let mut counts = Vec::new();
    for room in 0..whole.len() {
        let text = within(room);
        assert!(text.len() <= room, "{room}");
        let rows = text.matches("<tr><td>").count();
        if text.is_empty() {
            assert!(room < 300, "{room} bytes are enough to say something");
        } else {
            assert!(text.contains(&format!("{} more: ", 7 - rows)), "{text}");
            assert!(text.contains("</table>\n"), "{text}");
        }
        counts.push(rows);
    }
    assert!(counts.is_sorted() && counts.last() == Some(&6), "{counts:?}");
}

#[test]
fn junit_is_read_back_as_it_was() {
    let (files, list) = hostile();
    for deny_warnings in [false, true] {
        let text = told(&files, &list, deny_warnings, emit::junit::write);
        let document = roxmltree::Document::parse(&text).expect("it is XML");
        let suites = document.root_element();
        let named = |name: &'static str| document.descendants().filter(move |node| node.has_tag_name(name));
        let count = |name: &str| suites.attribute(name).and_then(|count| count.parse::<usize>().ok());
        assert_eq!(count("tests"), Some(named("testcase").count()));
        assert_eq!(count("failures"), Some(named("failure").count()));
        assert_eq!(count("skipped"), Some(named("skipped").count()));
        assert_eq!(named("skipped").count(), if deny_warnings { 0 } else { list.count(Severity::Warning) });
        let path = format!("cases & more/{}", incident_registry::diagnostic::escape(HOSTILE_PATH));
        assert!(named("testcase").all(|test| test.attribute("file") == Some(&path)));
        let mut failures = named("failure");
        for diagnostic in list.iter().filter(|it| deny_warnings || it.severity == Severity::Error) {
            let failure = failures.next().expect("one for each");
            let held = diagnostic.message.replace(['\u{fffe}', '\u{ffff}'], "");
            assert_eq!(failure.attribute("message"), Some(held.as_str()));
            assert!(failure.text().is_some_and(|text| text.contains(&held)));
        }
    }
}

#[test]
fn junit_shows_what_was_clean() {
    let files = files();
    let text = told(&files, &Diagnostics::default(), false, emit::junit::write);
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let tests = document.descendants().filter(|node| node.has_tag_name("testcase"));
    assert_eq!(tests.filter(|test| !test.has_children()).count(), 3);
}

#[test]
fn gitlab_reads_every_text() {
    let (files, list) = hostile();
    let issues = value(&told(&files, &list, false, emit::gitlab::write));
    for (issue, diagnostic) in issues.as_array().expect("a list").iter().zip(&list) {
        let description = issue["description"].as_str().expect("text");
        assert!(description.contains(&diagnostic.message), "{description}");
        assert_eq!(issue["location"]["path"], format!("cases & more/{HOSTILE_PATH}"));
        assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line >= 1));
    }
    assert_eq!(told(&files, &Diagnostics::default(), false, emit::gitlab::write), "[]\n");
}

#[test]
fn the_problem_matcher_reads_concise_output() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/registry-problem-matcher.json");
    let matcher = value(&fs::read_to_string(path).expect("the matcher is there"));
    let pattern = &matcher["problemMatcher"][0]["pattern"][0];
    let regexp = regex::Regex::new(pattern["regexp"].as_str().expect("text")).expect("it is a pattern");
    let group = |name: &str| usize::try_from(pattern[name].as_u64().expect("a number")).expect("a small one");
    let plain = files();
    let (wild, wild_list) = hostile();
    for (files, list) in [(&plain, &diagnostics(&plain)), (&wild, &wild_list)] {
        let text = told(files, list, false, concise_format);
        assert_eq!(text.lines().count(), list.iter().count());
        for (line, diagnostic) in text.lines().zip(list) {
            let found = regexp.captures(line).expect("every line is matched");
            let part = |name: &str| found.get(group(name)).expect("every group is there").as_str();
            let file = files.get(diagnostic.primary.span.file);
            let (row, column) = file.line_column(diagnostic.primary.span.start as usize);
            assert_eq!(part("file"), incident_registry::diagnostic::escape(&file.path));
            assert_eq!((part("line"), part("column")), (&*row.to_string(), &*column.to_string()));
            assert_eq!((part("severity"), part("code")), (diagnostic.severity.word(), diagnostic.code.0));
            assert_eq!(part("message"), diagnostic.message);
        }
    }
    assert!(!regexp.is_match("3 errors and 1 warning in 19 files"));
}
