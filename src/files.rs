//! The text of a registry and the places in it: files by id, byte spans, values with their span.
//! Holds bytes only; lines and columns are computed at the edge, when a diagnostic is shown.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// The number of a file in [`Files`], in reading order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A byte range in one file; `end` is exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file it lies in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets of a file.
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        Span { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The byte range, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The empty span where this one begins.
    #[must_use]
    pub fn at_start(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The smallest span that covers both (which must be of one file).
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Files are refused above 16 MiB at most, so an offset always fits.
fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A value and where it was written.
#[derive(Clone, Debug, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written; for an absent value, where its parent was.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }
}

impl Spanned<String> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    /// Two values are equal wherever they were written.
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// The name under which a [`Spanned`] asks a deserializer for file, start, end and value.
pub const SPANNED: &str = "$Spanned";

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value with its place")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Spanned<T>, A::Error> {
        let mut number = || parts.next_element::<u32>().map(Option::unwrap_or_default);
        let span = Span { file: FileId(number()?), start: number()?, end: number()? };
        let value = parts.next_element()?.ok_or_else(|| A::Error::custom("no value"))?;
        Ok(Spanned { value, span })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(SPANNED, &[], SpannedVisitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<T>()
    }
}

/// A file above this size is refused before it is read; a record is a few kilobytes.
pub const MAX_FILE_BYTES: u64 = 1 << 20;

/// The same for what grows with the registry: the ledger has a line for every record, and the report of a link checker
/// one for every address that a record cites.
pub const MAX_LIST_BYTES: u64 = 16 << 20;

/// How large a file may be.
pub fn max_bytes(path: &str) -> u64 {
    if matches!(path, "links.tsv" | "incidents/ids.lock") { MAX_LIST_BYTES } else { MAX_FILE_BYTES }
}

/// Why a file has no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Larger than the limit; refused before it was read. In bytes.
    TooLarge(u64),
    /// Not a regular file; the word says what it is ("a symlink").
    NotRegular(&'static str),
    /// Where no record is looked for; the words say why.
    Misplaced(&'static str),
    /// Not UTF-8: the text as far as it could be read, and the offset of the first bad byte.
    NotUtf8(usize),
}

/// One file of the registry.
#[derive(Clone, Debug)]
pub struct File {
    /// Path below the registry's root, with `/`.
    pub path: String,
    /// The text; empty when it could not be read, and for `NotUtf8` the part before the bad byte.
    pub text: String,
    /// Why the text is missing, if it is.
    pub unreadable: Option<Unreadable>,
    line_starts: OnceLock<Vec<u32>>,
}

impl File {
    /// A file that was read.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> File {
        File { path: path.into(), text: text.into(), unreadable: None, line_starts: OnceLock::new() }
    }

    /// A file that could not be read, with as much text as there was.
    pub fn unreadable(path: impl Into<String>, text: impl Into<String>, why: Unreadable) -> File {
        File { unreadable: Some(why), ..File::new(path, text) }
    }

    /// A file from its bytes.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> File {
        match String::from_utf8(bytes) {
            Ok(text) => File::new(path, text),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
                File::unreadable(path, text, Unreadable::NotUtf8(valid))
            }
        }
    }

    /// The file name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Whether it is Markdown with front matter, and not pure YAML.
    pub fn is_markdown(&self) -> bool {
        self.path.ends_with(".md")
    }

    /// Whether both were read, and say the same: a checkout may end its lines otherwise than what was committed.
    pub fn reads_like(&self, other: &File) -> bool {
        let read = self.unreadable.is_none() && other.unreadable.is_none();
        read && self.text.lines().eq(other.text.lines())
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let newlines = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| clamp(at + 1))).collect()
        })
    }

    /// The 1-based line and column of a byte; columns count characters, a BOM none.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start as usize <= offset);
        let start = starts[line - 1] as usize;
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[start..end.max(start)];
        let before = if start == 0 { before.trim_start_matches('\u{feff}') } else { before };
        (line, before.chars().count() + 1)
    }
}

/// A text with other text in the place of some of its bytes. The edits are sorted, and none reaches into another.
pub fn edited<'a>(text: &str, edits: impl IntoIterator<Item = (Span, &'a str)>) -> String {
    let (mut edited, mut at) = (String::with_capacity(text.len()), 0);
    for (span, replacement) in edits {
        edited.push_str(&text[at..span.start as usize]);
        edited.push_str(replacement);
        at = span.end as usize;
    }
    edited.push_str(&text[at..]);
    edited
}

/// All text of one registry, sorted by path, so that every run numbers them alike.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<File>,
}

impl Files {
    /// Sorts the files by path and numbers them.
    pub fn new(mut files: Vec<File>) -> Files {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Files { files }
    }

    /// The same with one more file, and its number. Its path is never one of theirs.
    #[must_use]
    pub fn with(mut self, mut file: File) -> (Files, FileId) {
        if self.by_path(&file.path).is_some() {
            file.path.insert_str(0, "./");
        }
        let at = self.files.partition_point(|other| other.path < file.path);
        self.files.insert(at, file);
        (self, FileId(clamp(at)))
    }

    /// The file with that number.
    pub fn get(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// Gives a file another text.
    pub fn replace(&mut self, id: FileId, text: String) {
        let file = &mut self.files[id.0 as usize];
        *file = File::new(std::mem::take(&mut file.path), text);
    }

    /// The file with that path.
    pub fn by_path(&self, path: &str) -> Option<FileId> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(FileId(clamp(at)))
    }

    /// Every file with its number, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(clamp(at)), file))
    }

    /// The files whose path lies in `folder/`.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (FileId, &'a File)> {
        self.iter()
            .filter(move |(_, file)| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The text a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or_default()
    }
}

/// What a change starts from.
#[derive(Debug, Default)]
pub struct Base {
    /// The registry as it was.
    pub files: Files,
    /// The workflows that the change adds, edits or removes, by path in the repository.
    pub workflows: Vec<String>,
}

/// The files that say how records are judged.
const POLICY: [&str; 2] = ["registry.toml", "taxonomy.yaml"];

impl Base {
    /// Whether a file says how records are judged.
    pub fn is_policy(path: &str) -> bool {
        POLICY.contains(&path)
    }

    /// Whether the change leaves every file as it was that says how records are judged.
    pub fn has_policy_of(&self, head: &Files) -> bool {
        POLICY.iter().all(|path| match (self.files.by_path(path), head.by_path(path)) {
            (Some(before), Some(after)) => self.files.get(before).reads_like(head.get(after)),
            (before, after) => before.is_none() && after.is_none(),
        })
    }

    /// The registry as the change leaves it, under the policy it was made under. Both policy files sort behind all
    /// others, so that every other file keeps its number.
    pub fn with_policy(&self, head: &Files) -> Files {
        let kept = head.files.iter().filter(|file| !Base::is_policy(&file.path));
        let policy = self.files.files.iter().filter(|file| Base::is_policy(&file.path));
        Files::new(kept.chain(policy).cloned().collect())
    }
}
