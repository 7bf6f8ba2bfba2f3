//! S12: a field that stands elsewhere than in every other record.

use std::sync::LazyLock;

use super::{Check, Code, Document, Reporter, Rule, Severity, Span};
use crate::check::published_schema;
use crate::model::tree::{DocumentKind, Entry};

pub(crate) static RULE: Rule = Rule {
    code: Code("S12"),
    name: "key-order",
    severity: Severity::Warning,
    docs: include_str!("key_order.md"),
    needs: &[],
    check: Check::Document(check),
};

const FIX: &str = "run `registry lint --fix`, or move the field with everything indented below it";

static INCIDENT: LazyLock<Vec<String>> = LazyLock::new(|| keys(DocumentKind::Incident));
static GATE: LazyLock<Vec<String>> = LazyLock::new(|| keys(DocumentKind::Gate));

fn keys(kind: DocumentKind) -> Vec<String> {
    let schema = published_schema(kind);
    schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys().cloned()).collect()
}

fn check(document: &Document<'_>, reporter: &mut Reporter<'_>) {
    let order: &[String] = match document.kind {
        DocumentKind::Incident => &INCIDENT,
        DocumentKind::Gate => &GATE,
        _ => return,
    };
    let rank = |entry: &Entry| order.iter().position(|key| *key == entry.key.value);
    let entries = document.root.entries();
    let known: Vec<(usize, &Entry<'_>)> =
        entries.iter().filter_map(|entry| Some((rank(entry)?, entry))).collect();
    let Some(pair) = known.windows(2).find(|pair| pair[0].0 > pair[1].0) else { return };
    let (place, entry) = pair[1];
    let Some((_, later)) = known.iter().find(|(other, _)| *other > place) else { return };
    let (key, before) = (&entry.key.value, &later.key.value);
    let message = format!("`{key}` stands below `{before}`, and belongs above it");
    let diagnostic = reporter.at(entry.key.span, message).related(later.key.span, "belongs below");
    let edit = (known.len() == entries.len()).then(|| sorted(document, &known, reporter)).flatten();
    reporter.push(match edit {
        Some(edit) => diagnostic.help(FIX).fix("put the fields in the order of the format", vec![edit]),
        None => diagnostic.help("move the field, with everything indented below it"),
    });
}

/// The fields in order, each with its lines and the comment above it; nothing where lines could not be moved safely.
fn sorted(
    document: &Document<'_>,
    known: &[(usize, &Entry<'_>)],
    reporter: &Reporter<'_>,
) -> Option<(Span, String)> {
    let text = &reporter.files().get(document.file).text;
    let end = document.body.map_or(text.len(), |body| closing_line(&text[..body.start as usize]));
    let mut starts: Vec<usize> = known.iter().map(|(_, entry)| entry.key.span.start as usize).collect();
    for at in 1..starts.len() {
        starts[at] = comment_start(text, starts[at - 1], starts[at]);
    }
    starts.push(end);
    let chunk = |at: usize| text.get(starts[at]..starts[at + 1]);
    let mut order: Vec<usize> = (0..known.len()).collect();
    order.sort_by_key(|at| known[*at].0);
    let heading = text[..starts[0]].trim_end().trim_end_matches("---").trim_start_matches('\u{feff}');
    let stays = order.first() == Some(&0) || heading.is_empty();
    let block = !known.iter().any(|(_, entry)| entry.flow);
    let chunks: Vec<&str> = order.into_iter().map(chunk).collect::<Option<_>>()?;
    (stays && block && chunks.iter().all(|chunk| is_block(chunk)))
        .then(|| (Span::new(document.file, starts[0]..end), chunks.concat()))
}

/// Where the line that ends the front matter begins.
fn closing_line(text: &str) -> usize {
    text.trim_end_matches('\n').rfind('\n').map_or(0, |newline| newline + 1)
}

/// Comment lines right above a field, at the margin, go with it.
fn comment_start(text: &str, from: usize, key: usize) -> usize {
    let mut start = key;
    while let Some(line) =
        text[from..start].strip_suffix('\n').map(|above| above.rfind('\n').map_or(0, |at| at + 1))
    {
        if !text[from + line..].starts_with('#') {
            break;
        }
        start = from + line;
    }
    start
}

/// One field and nothing else: only its own line and comments above it begin at the margin.
fn is_block(chunk: &str) -> bool {
    let margin = |line: &&str| !line.starts_with([' ', '\t', '-', '#', '\r', '\n']);
    chunk.ends_with('\n') && chunk.split_inclusive('\n').filter(margin).count() == 1
}
