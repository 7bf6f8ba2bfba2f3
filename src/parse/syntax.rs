//! What the YAML parser stumbled over, in words for somebody who has never heard of its grammar:
//! the real cause, at its place, with the way out.

use std::ops::Range;

use granit_parser::ErrorKind;

/// A syntax error, explained.
pub(super) struct Problem {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

/// Explains an error at byte `at` of `text`, of which `range` is YAML and all before `read` was understood.
pub(super) fn explain(kind: &ErrorKind, text: &str, range: Range<usize>, read: usize, at: usize) -> Problem {
    let place = Place::new(text, range, read, at);
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => place.tab(),
        ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar => place.unclosed_quote(),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            place.text_after_quote()
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => place.escape(),
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::UnclosedFlowCollection { .. } => place.unclosed_bracket(),
        ErrorKind::MisplacedFlowCollectionEnd => place.character("a closing bracket without an opening one"),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidMappingValueWhitespace
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::SimpleKeyExpected => place.colon(),
        ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::MappingKeyNotAllowed => place.indentation(),
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
            place.character("an invisible control character")
        }
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::MissingAnchorOrAliasName => {
            place.reserved(place.at)
        }
        ErrorKind::InvalidBlockScalarHeader => place.block_header(),
        ErrorKind::RecursionLimitExceeded => place.deep(),
        _ => place.other(),
    }
}

/// The letters that may follow a backslash; codes in hexadecimal digits are not among them, since only those fail.
const ESCAPES: &str = "0abtnvfre \"/\\N_LP\t";

struct Place<'a> {
    text: &'a str,
    range: Range<usize>,
    read: usize,
    at: usize,
}

impl<'a> Place<'a> {
    fn new(text: &'a str, range: Range<usize>, read: usize, at: usize) -> Place<'a> {
        let mut at = at.clamp(range.start, range.end);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        Place { text, range, read, at }
    }

    fn line(&self) -> Range<usize> {
        self.line_of(self.at)
    }

    fn line_of(&self, at: usize) -> Range<usize> {
        let start = self.text[self.range.start..at]
            .rfind('\n')
            .map_or(self.range.start, |nl| self.range.start + nl + 1);
        let end = self.text[at..self.range.end].find('\n').map_or(self.range.end, |nl| at + nl);
        start..start + self.text[start..end].trim_end().len()
    }

    /// The last line before this one that holds anything.
    fn line_before(&self) -> Option<Range<usize>> {
        let before = self.text[self.range.start..self.line().start].trim_end();
        (!before.is_empty()).then(|| self.line_of(self.range.start + before.len()))
    }

    /// The line without its indentation.
    fn content(&self, line: Range<usize>) -> Range<usize> {
        let text = &self.text[line.clone()];
        line.start + (text.len() - text.trim_start().len())..line.end
    }

    fn problem(&self, span: Range<usize>, message: &str, help: &str) -> Problem {
        let span = if span.is_empty() { self.content(self.line()) } else { span };
        Problem { span, message: message.to_owned(), help: help.to_owned() }
    }

    fn tab(&self) -> Problem {
        // The parser may stop in the line before the one whose indentation it could not use.
        let place = self.odd_indent(|it| it == '\t').unwrap_or_else(|| {
            let line = self.line();
            let tab = self.text[line.clone()].find('\t').map_or(self.at, |tab| line.start + tab);
            tab..tab + 1
        });
        self.problem(place, "a tab in the indentation", "indent with spaces, two for each level")
    }

    /// A character in the indentation of this line or of the three below it.
    fn odd_indent(&self, odd: impl Fn(char) -> bool) -> Option<Range<usize>> {
        let mut start = self.line().start;
        for _ in 0..4 {
            let line = self.text[start..self.range.end].split('\n').next().unwrap_or_default();
            let indent = line.char_indices().take_while(|(_, it)| it.is_whitespace());
            if let Some((at, found)) = indent.into_iter().find(|(_, it)| odd(*it)) {
                return Some(start + at..start + at + found.len_utf8());
            }
            start = (start + line.len() + 1).min(self.range.end);
        }
        None
    }

    fn unclosed_quote(&self) -> Problem {
        let from = self.read.min(self.at);
        let open = self.text[from..self.at].find(['"', '\'']).map_or(self.at, |quote| from + quote);
        let end = self.line_of(open).end;
        self.problem(
            open..end.max(open + 1).min(self.range.end),
            "a quotation mark is opened here and not closed",
            "close it at the end of the text; inside single quotes an apostrophe is written twice, `''`",
        )
    }

    fn text_after_quote(&self) -> Problem {
        let from = self.read.min(self.at);
        let before = &self.text[from..self.at];
        // A text that was meant to end on its line ends at the next quotation mark, lines below.
        if before.find(['"', '\'']).is_some_and(|open| from + open < self.line().start) {
            return self.unclosed_quote();
        }
        let close = before.rfind(['"', '\'']).map_or(self.at, |close| from + close);
        let apostrophe = self.text[close..].starts_with('\'')
            && self.text[close + 1..].starts_with(|next: char| next.is_alphabetic());
        if apostrophe {
            return self.problem(
                close..close + 1,
                "this apostrophe ends the text, because the text began with one",
                "write it twice, `''`, or put the text between double quotes",
            );
        }
        self.problem(
            self.at..self.line().end,
            "there is text after the closing quotation mark",
            "put the whole text between the quotation marks, and use `'` outside if it quotes with `\"`",
        )
    }

    fn escape(&self) -> Problem {
        let line = self.line();
        let end = self.text[line.start..].find('\n').map_or(self.range.end, |end| line.start + end);
        let mut rest = self.at.min(end);
        while let Some(slash) = self.text[rest..end].find('\\').map(|slash| rest + slash) {
            let letter = self.text[slash + 1..end].chars().next().unwrap_or('\n');
            rest = slash + 1 + letter.len_utf8().min(end - slash - 1);
            if !ESCAPES.contains(letter) {
                return self.meaningless_escape(slash..rest);
            }
        }
        self.meaningless_escape(self.content(line))
    }

    fn meaningless_escape(&self, span: Range<usize>) -> Problem {
        self.problem(
            span,
            "a backslash between double quotes is followed by a letter that means nothing",
            "use single quotes, where a backslash is a backslash, or write it twice",
        )
    }

    fn unclosed_bracket(&self) -> Problem {
        let upto = &self.text[self.range.start..self.at];
        let open = last_open_bracket(upto).map_or(self.at, |open| self.range.start + open);
        self.bracket(open)
    }

    fn bracket(&self, open: usize) -> Problem {
        let end = self.text[open..].chars().next().map_or(open, |bracket| open + bracket.len_utf8());
        self.problem(
            open..end,
            "a bracket is opened here and not closed",
            "close it, or write the list with one `- ` line for each item; text that begins with a bracket needs quotes",
        )
    }

    /// A blank or a colon that looks like the ordinary one and is none, after the key of this line or of one beside it.
    fn odd_mark(&self) -> Option<Problem> {
        let first = self.line_before().unwrap_or_else(|| self.line()).start;
        let nearby = self.text[first..self.range.end].split_inclusive('\n').take(4);
        let mut start = first;
        for line in nearby {
            if let Some((at, mark)) = odd_after_key(line) {
                let place = start + at..start + at + mark.len_utf8();
                return Some(self.odd(place, mark, line[..at].trim_start()));
            }
            start += line.len();
        }
        None
    }

    fn odd(&self, place: Range<usize>, mark: char, before: &str) -> Problem {
        let copied = "it often comes from text copied out of a web page";
        if !mark.is_whitespace() {
            let message = "`：` is the full-width colon, U+FF1A, and does not end a key";
            return self.problem(place, message, "type `:` and a space in its place");
        }
        let (name, code) = (blank_name(mark), u32::from(mark));
        let message = if before.is_empty() {
            format!("the indentation holds U+{code:04X}, {name}")
        } else {
            let what = if before.ends_with(':') { "colon" } else { "hyphen" };
            format!("after the {what} stands U+{code:04X}, {name}")
        };
        self.problem(place, &message, &format!("type an ordinary space in its place; {copied}"))
    }

    fn colon(&self) -> Problem {
        if let Some(problem) = self.odd_mark() {
            return problem;
        }
        let line = self.line();
        let first_colon = self.text[line.clone()].find(": ").map(|colon| line.start + colon);
        if let Some(quote) = first_colon.and_then(|colon| self.typographic_quote(colon + 2)) {
            return self.problem(
                quote,
                "a typographic quotation mark is part of the text, and does not quote it",
                "put straight quotation marks, `\"` or `'`, around the whole text",
            );
        }
        if first_colon.is_some_and(|first| first < self.at) {
            let end = (self.at + 1).min(self.range.end);
            return self.problem(
                self.at..end,
                "a colon followed by a space, inside text without quotes, looks like a second key",
                "put the text in quotes, or write it on the next line after `>-`",
            );
        }
        if let Some(open) = self.open_bracket_above() {
            return self.bracket(open);
        }
        if first_colon.is_none() && !self.text[line.clone()].ends_with(':') {
            return self.no_key(self.content(line));
        }
        if let Some(before) = self.line_before() {
            let before = self.content(before);
            let words = &self.text[before.clone()];
            if !words.contains(':') && !words.starts_with("- ") {
                return self.no_key(before);
            }
        }
        self.problem(
            self.content(line),
            "this line is indented as if it continued the text of the line above, but looks like a new key",
            "give it the indentation of the key it belongs beside; if it is text, put the whole text in quotes",
        )
    }

    /// The typographic quotation mark that a value begins with, if it does.
    fn typographic_quote(&self, value: usize) -> Option<Range<usize>> {
        let first = self.text[value..self.range.end].chars().next()?;
        matches!(first, '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚')
            .then(|| value..value + first.len_utf8())
    }

    /// A line that stands where a field belongs, and is none.
    fn no_key(&self, line: Range<usize>) -> Problem {
        let words = &self.text[line.clone()];
        if glued_hyphen(words) {
            return self.no_hyphen_space(line);
        }
        let block = self.line_before().is_some_and(|before| self.text[before].ends_with(['|', '>', '-']));
        let (message, help) = match words.find(':') {
            _ if block => (
                "this line belongs to the text above and is not indented",
                "indent every line of the text by two spaces",
            ),
            Some(colon) if !words[..colon].contains(' ') => {
                ("there is no space after the colon", "write `key: value`, with a space after the colon")
            }
            _ => (
                "this line is neither `key: value` nor part of a list",
                "write `key: value`, or indent it to continue the text of the line above",
            ),
        };
        self.problem(line, message, help)
    }

    fn no_hyphen_space(&self, line: Range<usize>) -> Problem {
        let hyphen = line.start..line.start + 1;
        self.problem(hyphen, "there is no space after the hyphen", "write `- `, and then the item")
    }

    /// A list in brackets that began as a value above and swallowed the lines up to this one.
    fn open_bracket_above(&self) -> Option<usize> {
        let upto = self.line().start.max(self.range.start);
        let open = self.range.start + last_open_bracket(&self.text[self.range.start..upto])?;
        let is_value = self.text[..open].ends_with(": ") || self.text[..open].ends_with("- ");
        let between = self.text[open..upto].lines().skip(1);
        (is_value && between.into_iter().all(|line| line.starts_with(' '))).then_some(open)
    }

    fn indentation(&self) -> Problem {
        if let Some(problem) = self.odd_mark() {
            return problem;
        }
        let line = self.content(self.line());
        let words = &self.text[line.clone()];
        if glued_hyphen(words) {
            return self.no_hyphen_space(line);
        }
        if let Some(problem) = self.value_that_is_text(line.clone()) {
            return problem;
        }
        if self.stands_beside_items() {
            let help = "begin it with `- ` if it is an item; align it with the first word of the item above if it belongs to that; if no list belongs here, take the `- ` away there";
            return self.problem(line, "this line stands beside the items of a list, and is none", help);
        }
        self.problem(
            line,
            "the indentation of this line matches no line above it",
            "align it with the line it belongs beside; a list item is `- `, and its further lines stand under its first word",
        )
    }

    /// A value that was meant as text and begins with a mark that opens something else.
    fn value_that_is_text(&self, line: Range<usize>) -> Option<Problem> {
        let words = &self.text[line.clone()];
        let start = words.find(": ").map(|colon| line.start + colon + 2)?;
        let value = &self.text[start..line.end];
        let first = start..start + value.chars().next().map_or(0, char::len_utf8);
        let quotes = "put the text in quotes";
        if value.starts_with("- ") || value == "-" {
            let help = "write each item on a line of its own below the key, indented, after `- `; if it is text, quote it";
            return Some(self.problem(line, "a list cannot begin on the line of its key", help));
        }
        if value.starts_with(['[', '{']) && !value.ends_with([']', '}']) {
            return Some(self.problem(
                first,
                "a value that begins with a bracket is a list or a map, and ends with its bracket",
                quotes,
            ));
        }
        value
            .starts_with("? ")
            .then(|| self.problem(first, "text without quotes cannot begin with `?`", quotes))
    }

    /// Whether the nearest line above with the same indentation is a list item, and this line is not.
    fn stands_beside_items(&self) -> bool {
        let line = self.line();
        let depth = self.content(line.clone()).start - line.start;
        let above = self.text[self.range.start..line.start].lines().rev();
        let mut peers = above.filter(|line| line.len() - line.trim_start().len() == depth);
        peers.next().is_some_and(|peer| peer.trim_start().starts_with("- "))
            && !self.text[self.content(line)].starts_with('-')
    }

    /// A value, or a line, that was meant as text and begins with a mark that text cannot begin with.
    fn begins_with_mark(&self) -> Option<Problem> {
        let line = self.content(self.line());
        let words = &self.text[line.clone()];
        let item = words.strip_prefix("- ").unwrap_or(words);
        let value = item.split_once(": ").map_or(item, |(_, value)| value);
        let at = line.start + (words.len() - value.len());
        value.starts_with([',', '!', '&', '*', '%', ']', '}']).then(|| self.reserved(at))
    }

    fn reserved(&self, at: usize) -> Problem {
        let end = self.text[at..].chars().next().map_or(at, |character| at + character.len_utf8());
        let character = &self.text[at..end];
        let character = if character == "`" { "a backtick".to_owned() } else { format!("`{character}`") };
        let message = format!("text without quotes cannot begin with {character}");
        self.problem(at..end, &message, "put the text in quotes")
    }

    fn character(&self, what: &str) -> Problem {
        let end =
            self.text[self.at..].chars().next().map_or(self.at, |character| self.at + character.len_utf8());
        self.problem(self.at..end, what, "remove it, or put the text in quotes")
    }

    fn block_header(&self) -> Problem {
        self.problem(
            self.content(self.line()),
            "nothing but the text itself may follow `|` or `>-`, and it begins on the next line",
            "move the text to the next line and indent it",
        )
    }

    fn deep(&self) -> Problem {
        self.problem(
            self.content(self.line()),
            "this is nested too deeply",
            "a record is a few levels deep; check for brackets that were pasted by accident",
        )
    }

    fn other(&self) -> Problem {
        if let Some(problem) = self.odd_mark().or_else(|| self.begins_with_mark()) {
            return problem;
        }
        self.problem(
            self.content(self.line()),
            "this line cannot be read as YAML",
            "check the indentation, the quotes and the colon of this line and of the one above it",
        )
    }
}

/// A blank that is no ordinary one in the indentation of a line or after its hyphen or its key, or a full-width colon
/// after its key; with its place in the line.
fn odd_after_key(line: &str) -> Option<(usize, char)> {
    let is_odd = |it: char| it.is_whitespace() && !it.is_ascii();
    let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
    if let Some(odd) = indent.char_indices().find(|(_, it)| is_odd(*it)) {
        return Some(odd);
    }
    let item = rest.strip_prefix('-').unwrap_or(rest);
    if item.len() < rest.len() && item.starts_with(is_odd) {
        return item.chars().next().map(|it| (indent.len() + 1, it));
    }
    let item = item.trim_start_matches(' ');
    let key = item.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_'));
    let after = key.strip_prefix(':').unwrap_or(key);
    let mark = after.chars().next().filter(|_| key.len() < item.len())?;
    let found = if after.len() < key.len() { is_odd(mark) } else { mark == '：' };
    found.then_some((line.len() - after.len(), mark))
}

/// What a blank is called that looks like an ordinary space and is none.
fn blank_name(blank: char) -> &'static str {
    match blank {
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{3000}' => "a full-width space",
        '\u{2000}'..='\u{200a}' => "a typographer's space",
        _ => "a blank that is no ordinary space",
    }
}

/// Whether a line begins like a list item and lacks the space.
fn glued_hyphen(words: &str) -> bool {
    words.len() > 1 && words.starts_with('-') && !words.starts_with("- ") && !words.starts_with("---")
}

/// The last bracket that is open at the end of a text, quotes aside.
fn last_open_bracket(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    for (at, character) in text.char_indices() {
        match character {
            '[' | '{' => open.push(at),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}
