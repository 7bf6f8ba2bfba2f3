//! Examples in a rule's page. A fence is laid over the base registry:
//!
//! - `yaml [PATH]`: its top-level keys replace those of a file's front matter (default `incidents/APM-0001.md`);
//!   a line `#- key` takes a key away.
//! - `markdown [PATH]`: replaces the body.
//! - `file PATH [escape] [size=BYTES] [kind=WORD] [misplaced]`: is the whole file; `escape` reads `\r`, `\t`, `\xff`, `\u{..}`.
//! - `remove PATH`: the file is not there.
//!
//! The page of a rule that compares (`Rule::compares`) is judged as a change of the base registry. With `base` before
//! any of these forms (`base yaml`, `base file PATH`, ...) a fence is laid over the registry that the change starts from
//! instead, which is the base registry as it is otherwise.
//!
//! Fences with nothing but blank lines between them are one example. A line under another one of the form
//! `#   ^^^ error[E09]: message` (or `#|^^^`, when the carets begin at the first column, or
//! `<!--  ^^^ ... -->` in Markdown) expects a finding there; without carets, anywhere in the file. After the message,
//! ` = also: words` asks for these words in the way out, or in a label.

use std::fmt::Write as _;

use incident_registry::check::{published_schema, rule};
use incident_registry::diagnostic::{Diagnostic, Diagnostics};
use incident_registry::files::{Base, File, Files, Unreadable};
use incident_registry::model::tree::DocumentKind;
use incident_registry::pipeline::{self, Checked};

const DEFAULT: &str = "incidents/APM-0001.md";

/// A rule's page, taken apart.
pub(crate) struct Page {
    pub(crate) code: &'static str,
    pub(crate) flagged: Vec<Vec<Fence>>,
    pub(crate) clean: Vec<Vec<Fence>>,
    pub(crate) fixed: Vec<Vec<Fence>>,
}

/// One fenced block.
#[derive(Clone)]
pub(crate) struct Fence {
    info: String,
    text: String,
    line: usize,
}

impl Fence {
    /// The fence without its first word, if that is `base`.
    fn of_base(&self) -> Option<Fence> {
        let info = self.info.strip_prefix("base ")?.to_owned();
        Some(Fence { info, ..self.clone() })
    }
}

impl Page {
    pub(crate) fn parse(code: &'static str, docs: &str) -> Page {
        let mut page = Page { code, flagged: Vec::new(), clean: Vec::new(), fixed: Vec::new() };
        let (mut section, mut open, mut joins) = (String::new(), None::<Fence>, false);
        for (number, line) in docs.lines().enumerate() {
            if let Some(fence) = &mut open {
                if line.starts_with("````") || (line == "```" && !fence.info.starts_with('`')) {
                    let fence = open.take().expect("a fence is open");
                    let list = match section.as_str() {
                        "Flagged" => &mut page.flagged,
                        "Clean" => &mut page.clean,
                        "Fixed" => &mut page.fixed,
                        _ => continue,
                    };
                    match list.last_mut().filter(|_| joins) {
                        Some(example) => example.push(fence),
                        None => list.push(vec![fence]),
                    }
                    joins = true;
                } else {
                    fence.text.push_str(line);
                    fence.text.push('\n');
                }
            } else if let Some(info) = line.strip_prefix("```") {
                open = Some(Fence { info: info.to_owned(), text: String::new(), line: number + 1 });
            } else if let Some(name) = line.strip_prefix("## ") {
                name.trim().clone_into(&mut section);
                joins = false;
            } else if !line.trim().is_empty() {
                joins = false;
            }
        }
        page
    }
}

/// What an example expects, or what was found: file, line, first and last column, and `error[E09]: message`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    path: String,
    place: Option<(usize, usize, usize)>,
    text: String,
    /// The way out and the labels; of a page, the words it asks for.
    also: Option<String>,
}

/// Runs every example of a page; each failure says what was found, in the form to paste.
pub(crate) fn check_page(page: &Page) -> Vec<String> {
    let mut failures = Vec::new();
    for (number, example) in page.flagged.iter().enumerate() {
        let (files, expected) = compose(example);
        if !expected.iter().any(|mark| mark.text.contains(page.code)) {
            failures.push(format!("{} line {}: flags nothing of its own", page.code, example[0].line));
        }
        if let Some(only) = expected.iter().find(|mark| !mark.text.contains(page.code)) {
            failures
                .push(format!("{} line {}: trips another rule: {}", page.code, example[0].line, only.text));
        }
        failures.extend(compare(page.code, example, &files, expected));
        if let Some(fixed) = page.fixed.get(number) {
            failures.extend(check_fix(page.code, &files, fixed));
        }
    }
    for example in &page.clean {
        let (files, expected) = compose(example);
        if !expected.is_empty() {
            failures.push(format!("{} line {}: a clean example expects nothing", page.code, example[0].line));
        }
        failures.extend(compare(page.code, example, &files, Vec::new()));
    }
    failures
}

fn compare(code: &str, example: &[Fence], files: &Files, mut expected: Vec<Mark>) -> Option<String> {
    let checked = check(code, example, files);
    let mut found: Vec<Mark> = checked.diagnostics.iter().map(|diagnostic| mark(files, diagnostic)).collect();
    // An expectation without a place matches wherever the finding is.
    for mark in &mut found {
        let anywhere = |it: &&Mark| it.place.is_none() && it.path == mark.path && it.text == mark.text;
        if expected.iter().any(|it| anywhere(&it)) {
            mark.place = None;
        }
        // What the page does not ask for does not count.
        let asked = expected
            .iter()
            .filter(|it| (&it.path, it.place, &it.text) == (&mark.path, mark.place, &mark.text));
        let given = mark.also.take();
        let mut wanted = asked.filter_map(|it| it.also.as_ref());
        mark.also = wanted.next().map(|wanted| match given {
            Some(given) if given.contains(wanted) => wanted.clone(),
            given => given.unwrap_or_default(),
        });
    }
    found.sort();
    expected.sort();
    (found != expected).then(|| {
        let mut out = format!("{code}, example at line {} of its page", example[0].line);
        for mark in expected.iter().filter(|mark| !found.contains(mark)) {
            let _ = write!(out, "\n  expected  {}", show(mark, files));
        }
        for mark in found.iter().filter(|mark| !expected.contains(mark)) {
            let _ = write!(out, "\n  found     {}", show(mark, files));
        }
        out
    })
}

/// Judges an example, as a change where its rule compares.
fn check(code: &str, example: &[Fence], files: &Files) -> Checked {
    if !rule(code).expect("a page is a rule's").compares() {
        return pipeline::check(files);
    }
    let below: Vec<Fence> = example.iter().filter_map(Fence::of_base).collect();
    pipeline::check_change(files, &Base { files: compose(&below).0, workflows: Vec::new() })
}

fn show(mark: &Mark, files: &Files) -> String {
    let said = mark.also.as_ref().map_or(mark.text.clone(), |also| format!("{} = also: {also}", mark.text));
    let Some((line, first, last)) = mark.place else { return format!("{}: {said}", mark.path) };
    let text =
        files.by_path(&mark.path).map_or("", |id| files.get(id).text.lines().nth(line - 1).unwrap_or(""));
    let carets = "^".repeat(last + 1 - first);
    let pad = if first > 2 {
        format!("#{}", " ".repeat(first - 2))
    } else {
        format!("#|{}", " ".repeat(first - 1))
    };
    format!("{}:{line}\n{text}\n{pad}{carets} {said}", mark.path)
}

fn mark(files: &Files, diagnostic: &Diagnostic) -> Mark {
    let span = diagnostic.primary.span;
    let file = files.get(span.file);
    let (line, first) = file.line_column(span.start as usize);
    let (end_line, end) = file.line_column(span.end as usize);
    let width = file.text.lines().nth(line - 1).map_or(0, |text| text.chars().count());
    let last = if end_line == line { end.saturating_sub(1).max(first) } else { width.max(first) };
    let text = format!("{}[{}]: {}", diagnostic.severity.word(), diagnostic.code, diagnostic.message);
    Mark { path: file.path.clone(), place: Some((line, first, last)), text, also: Some(also(diagnostic)) }
}

/// What a finding says besides its message.
fn also(diagnostic: &Diagnostic) -> String {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related).map(|label| &label.text);
    let words: Vec<&str> = diagnostic.help.iter().chain(labels).map(String::as_str).collect();
    words.join("; ")
}

/// Applies the fixes that were offered and compares with the text that the page shows.
fn check_fix(code: &str, files: &Files, fixed: &[Fence]) -> Vec<String> {
    let (wanted, _) = compose(fixed);
    let checked = pipeline::check(files);
    wanted
        .iter()
        .filter_map(|(_, wanted)| {
            let id = files.by_path(&wanted.path)?;
            let got = apply(&files.get(id).text, &checked.diagnostics, id);
            (got != wanted.text)
                .then(|| format!("{code}: fixed `{}` is\n{got}\nnot\n{}", wanted.path, wanted.text))
        })
        .collect()
}

fn apply(text: &str, diagnostics: &Diagnostics, file: incident_registry::files::FileId) -> String {
    let fixes = diagnostics.in_file(file).filter_map(|diagnostic| diagnostic.fix.as_ref());
    let mut edits: Vec<_> = fixes.flat_map(|fix| fix.edits.clone()).collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = text.to_owned();
    for (span, replacement) in edits {
        text.replace_range(span.range(), &replacement);
    }
    text
}

/// The registry of one example.
pub(crate) fn files(example: &[Fence]) -> Files {
    compose(example).0
}

/// Lays the fences of one example over the base registry.
fn compose(example: &[Fence]) -> (Files, Vec<Mark>) {
    let mut texts = super::base();
    let mut unreadable: Vec<(String, Unreadable)> = Vec::new();
    let mut bytes: Vec<(String, Vec<u8>)> = Vec::new();
    let mut expected = Vec::new();
    for fence in example.iter().filter(|fence| fence.of_base().is_none()) {
        let mut words = fence.info.trim_matches('`').split_whitespace();
        let form = words.next().unwrap_or_default();
        let path = words.next().unwrap_or(DEFAULT).to_owned();
        let old = texts.iter().find(|(it, _)| *it == path).map(|(_, text)| text.clone());
        texts.retain(|(it, _)| *it != path);
        let text = match form {
            "yaml" => lay_over(&path, &old.unwrap_or_else(|| panic!("no base file `{path}`")), &fence.text),
            "markdown" => {
                let old = old.unwrap_or_else(|| panic!("no base file `{path}`"));
                let end = old.find("\n---\n").expect("the base file has front matter") + 5;
                format!("{}{}", &old[..end], fence.text)
            }
            "file" => fence.text.clone(),
            "remove" => continue,
            other => panic!("unknown fence `{other}`"),
        };
        let (text, marks) = take_marks(&path, &text);
        expected.extend(marks);
        let options: Vec<&str> = words.collect();
        if let Some(size) = options.iter().find_map(|word| word.strip_prefix("size=")) {
            unreadable.push((path, Unreadable::TooLarge(size.parse().expect("a size is a number"))));
        } else if let Some(kind) = options.iter().find_map(|word| word.strip_prefix("kind=")) {
            let kind: &'static str = Box::leak(format!("a {kind}").into_boxed_str());
            unreadable.push((path, Unreadable::NotRegular(kind)));
        } else if options.contains(&"misplaced") {
            unreadable.push((path, Unreadable::Misplaced("stands in a subfolder")));
        } else if options.contains(&"escape") {
            bytes.push((path, unescape(&text)));
        } else {
            texts.push((path, text));
        }
    }
    let mut files: Vec<File> = texts.into_iter().map(|(path, text)| File::new(path, text)).collect();
    files.extend(bytes.into_iter().map(|(path, bytes)| File::from_bytes(path, bytes)));
    files.extend(unreadable.into_iter().map(|(path, why)| File::unreadable(path, "", why)));
    (Files::new(files), expected)
}

/// Top-level keys of the patch replace those of the file; new ones go where the schema's order puts them.
fn lay_over(path: &str, old: &str, overlay: &str) -> String {
    let markdown = path.ends_with(".md");
    let (front, rest) = if markdown {
        let front = &old["---\n".len()..];
        let end = front.find("\n---\n").expect("the base file has front matter") + 1;
        (&front[..end], &front[end..])
    } else {
        (old, "")
    };
    let order: Vec<String> = match path {
        _ if path.starts_with("gates/") => keys(DocumentKind::Gate),
        _ if path.starts_with("incidents/") => keys(DocumentKind::Incident),
        _ => Vec::new(),
    };
    let mut blocks = blocks(front);
    for (key, text) in self::blocks(overlay) {
        if let Some(removed) = key.strip_prefix("#- ") {
            blocks.retain(|(it, _)| it != removed);
            continue;
        }
        let rank = |key: &str| order.iter().position(|it| it == key).unwrap_or(usize::MAX);
        if let Some(block) = blocks.iter_mut().find(|(it, _)| *it == key) {
            block.1 = text;
        } else {
            let at = blocks.iter().position(|(it, _)| rank(it) > rank(&key)).unwrap_or(blocks.len());
            blocks.insert(at, (key, text));
        }
    }
    let body: String = blocks.into_iter().map(|(_, text)| text).collect();
    if markdown { format!("---\n{body}{rest}") } else { body }
}

fn keys(kind: DocumentKind) -> Vec<String> {
    let schema = published_schema(kind);
    schema["properties"].as_object().expect("a record is an object").keys().cloned().collect()
}

/// Splits YAML into its top-level entries, each with the lines that follow it. A repeated key, and lines before
/// the first key, stay with the entry above.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let starts = line.chars().next().is_some_and(|first| first.is_ascii_alphabetic() || first == '"');
        let key = line.split(':').next().unwrap_or_default().trim_end().trim_matches('"').to_owned();
        if line.starts_with("#- ") {
            blocks.push((line.trim_end().to_owned(), String::new()));
        } else if starts && line.contains(':') && !blocks.iter().any(|(it, _)| *it == key) {
            blocks.push((key, line.to_owned()));
        } else if let Some(last) = blocks.last_mut() {
            last.1.push_str(line);
        } else {
            blocks.push((String::new(), line.to_owned()));
        }
    }
    blocks
}

/// Takes the expectations out of a text.
fn take_marks(path: &str, text: &str) -> (String, Vec<Mark>) {
    let (mut kept, mut marks, mut line) = (String::new(), Vec::new(), 0);
    for raw in text.split_inclusive('\n') {
        if let Some((columns, message)) = expectation(raw.trim_end_matches('\n')) {
            let place = columns.map(|(first, last)| (line, first, last));
            let (text, also) = match message.split_once(" = also: ") {
                Some((text, also)) => (text.to_owned(), Some(also.to_owned())),
                None => (message, None),
            };
            marks.push(Mark { path: path.to_owned(), place, text, also });
        } else {
            kept.push_str(raw);
            line += 1;
        }
    }
    (kept, marks)
}

fn expectation(line: &str) -> Option<(Option<(usize, usize)>, String)> {
    let (shift, rest) = if let Some(rest) = line.strip_prefix("#|") {
        (1, rest.to_owned())
    } else if let Some(rest) = line.strip_prefix("<!--") {
        (5, rest.trim_end().strip_suffix("-->")?.to_owned())
    } else {
        (2, line.strip_prefix('#')?.to_owned())
    };
    let text = rest.trim_start();
    let carets = text.chars().take_while(|character| *character == '^').count();
    let message = text[carets..].trim();
    if !message.starts_with("error[") && !message.starts_with("warning[") {
        return None;
    }
    let first = rest.chars().take_while(|character| *character == ' ').count() + shift;
    Some(((carets > 0).then(|| (first, first + carets - 1)), message.to_owned()))
}

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        if let Some(tail) = rest.strip_prefix('r') {
            out.push(b'\r');
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('t') {
            out.push(b'\t');
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix('x') {
            out.push(u8::from_str_radix(&tail[..2], 16).expect("two hex digits follow `\\x`"));
            rest = &tail[2..];
        } else if let Some(tail) = rest.strip_prefix("u{") {
            let end = tail.find('}').expect("`\\u{` is closed");
            let code = u32::from_str_radix(&tail[..end], 16).expect("hex digits stand in `\\u{..}`");
            let character = char::from_u32(code).expect("the code is a character");
            out.extend_from_slice(character.to_string().as_bytes());
            rest = &tail[end + 1..];
        } else {
            out.push(b'\\');
        }
    }
    out.extend_from_slice(rest.as_bytes());
    out
}
