//! From a place in the value of a YAML scalar to the same place in the file: undoes folding, indentation,
//! doubled quotes and escapes. Looks at text only; asked for only when a diagnostic is made.

use std::ops::Range;

/// The bytes of `source` (a scalar as written) that became `value[range]`; relative to the start of `source`.
pub fn source_range(source: &str, value: &str, range: &Range<usize>) -> Range<usize> {
    if source == value {
        return range.clone();
    }
    let mut walk = Walk::new(source, value);
    let mut start = None;
    let mut end = 0;
    for (at, character) in value.char_indices() {
        if at >= range.end {
            break;
        }
        let place = walk.advance(character);
        if at >= range.start {
            start.get_or_insert(place.start);
            end = place.end;
        }
    }
    let start = start.unwrap_or(walk.at);
    start..end.max(start)
}

struct Walk<'a> {
    source: &'a str,
    quote: Option<char>,
    at: usize,
    /// Blanks of a folded line that have been passed, and how many characters of the value they still stand for.
    fold: (Range<usize>, usize),
    /// Up to here the blanks are known to hold no line break: a long run of them is looked through once.
    unfolded: usize,
}

impl<'a> Walk<'a> {
    fn new(source: &'a str, value: &str) -> Walk<'a> {
        let first = source.chars().next().filter(|first| matches!(first, '"' | '\''));
        // A block scalar, or Markdown, may begin with a quotation mark that is part of its text.
        let quote =
            first.filter(|first| !value.starts_with(*first) || source[1..].starts_with(['\\', *first]));
        Walk { source, quote, at: usize::from(quote.is_some()), fold: (0..0, 0), unfolded: 0 }
    }

    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    /// Passes the blanks around a line break between quotation marks, where what follows may be an escaped blank that
    /// is part of the text; says how many breaks there were, and without one passes nothing.
    fn fold_here(&mut self) -> usize {
        if self.quote.is_none() || self.at < self.unfolded {
            return 0;
        }
        let rest = &self.source[self.at..];
        let blanks = &rest[..rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len()];
        let breaks = blanks.matches('\n').count().max(blanks.matches('\r').count());
        let end = self.at + blanks.len();
        if breaks == 0 {
            self.unfolded = end;
        } else {
            self.at = end;
        }
        breaks
    }

    /// The bytes in the source that stand for the next character of the value.
    fn advance(&mut self, character: char) -> Range<usize> {
        if self.fold.1 > 0 && character.is_whitespace() {
            self.fold.1 -= 1;
            return self.fold.0.clone();
        }
        while let Some(next) = self.peek() {
            let start = self.at;
            let breaks = if next.is_whitespace() { self.fold_here() } else { 0 };
            if breaks > 0 && character.is_whitespace() {
                // One line break is a blank, and of several the first is none.
                self.fold = (start..self.at, breaks.max(2) - 2);
                return start..self.at;
            }
            if breaks > 0 {
                continue;
            }
            if next == '\\' && self.quote == Some('"') {
                let escape = &self.source[start + 1..];
                if escape.starts_with(['\n', '\r']) {
                    self.at += 1 + line_break_length(escape);
                    continue;
                }
                self.at += escape_length(escape);
                return start..self.at;
            }
            if next == character || (next.is_whitespace() && character.is_whitespace()) {
                self.at += next.len_utf8();
                // Inside single quotes an apostrophe is written twice.
                if next == '\'' && self.quote == Some('\'') && self.peek() == Some('\'') {
                    self.at += 1;
                }
                return start..self.at;
            }
            if !next.is_whitespace() {
                break;
            }
            self.at += next.len_utf8();
        }
        self.at..self.at
    }
}

/// Length of an escaped line break, with the indentation of the line after it, which is no text.
fn line_break_length(after_backslash: &str) -> usize {
    let next = after_backslash.trim_start_matches('\r');
    let next = next.strip_prefix('\n').unwrap_or(next);
    after_backslash.len() - next.trim_start_matches([' ', '\t']).len()
}

/// Length of an escape, its backslash included.
fn escape_length(after_backslash: &str) -> usize {
    let wanted = match after_backslash.chars().next() {
        Some('x') => 4,
        Some('u') => 6,
        Some('U') => 10,
        Some(other) => 1 + other.len_utf8(),
        None => 1,
    };
    wanted.min(1 + after_backslash.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word<'a>(source: &'a str, value: &str, word: &str) -> &'a str {
        let start = value.find(word).expect("the word is in the value");
        &source[source_range(source, value, &(start..start + word.len()))]
    }

    #[test]
    fn a_word_is_found_in_every_style() {
        assert_eq!(word("plain text here", "plain text here", "text"), "text");
        assert_eq!(word("fold\n      ed word", "fold ed word", "word"), "word");
        assert_eq!(word("lit\n      more\n        deep\n", "lit\nmore\n  deep\n", "deep"), "deep");
        assert_eq!(word("'it''s here'", "it's here", "here"), "here");
        assert_eq!(word(r#""a \"b\" \u00e9 c""#, "a \"b\" é c", "c"), "c");
        assert_eq!(word(r#""a \"b\" \u00e9 c""#, "a \"b\" é c", "é"), r"\u00e9");
        assert_eq!(word("a\n\n    b c", "a\nb c", "c"), "c");
        assert_eq!(word("\"a\"\n    b c", "\"a\" b c", "c"), "c");
        assert_eq!(word(r#""\"a\" b c""#, "\"a\" b c", "c"), "c");
        assert_eq!(word("\"a\\\n    \\  b c\"", "a  b c", "b"), "b");
        assert_eq!(word("\"a\\\r\n    b c\"", "ab c", "c"), "c");
        assert_eq!(word("\"a\n    \\ b c\"", "a  b c", "b"), "b");
        assert_eq!(word("\"a\n    \\tb c\"", "a \tb c", "b"), "b");
        assert_eq!(word("\"a  \r\n\r\n\r\n  \\n b c\"", "a\n\n\n b c", "b"), "b");
        assert_eq!(word("'a\n\n  it''s b'", "a\nit's b", "b"), "b");
        assert_eq!(word("größe ä", "größe ä", "ä"), "ä");
    }
}
