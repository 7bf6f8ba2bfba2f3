//! T02: words that blame somebody instead of saying what happened.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{Check, Code, Incident, Reporter, Rule, Severity};
use crate::check::prose::{MOST, is_in, own_words, prose, quotations, sentence, small_letters};

pub(crate) static RULE: Rule = Rule {
    code: Code("T02"),
    name: "blame-wording",
    severity: Severity::Warning,
    docs: include_str!("blame_wording.md"),
    needs: &[],
    check: Check::Incident(check),
};

/// Words that judge a person or an organisation; those that end in `*` with any ending.
const WORDS: [&str; 45] = [
    "amateurish*",
    "are to blame",
    "asleep at the wheel",
    "at fault",
    "blatant*",
    "blunder*",
    "botched",
    "bungl*",
    "careless*",
    "clueless*",
    "cluelessness",
    "debacle",
    "disgrace*",
    "dumb",
    "egregious*",
    "embarrassing*",
    "fiasco",
    "flagrant*",
    "foolish*",
    "guilty",
    "gullib*",
    "hapless*",
    "idiot*",
    "ignoran*",
    "incompeten*",
    "inept*",
    "inexcusabl*",
    "irresponsib*",
    "is to blame",
    "laziness",
    "ludicrous*",
    "messed up",
    "negligen*",
    "pathetic*",
    "reckless*",
    "ridiculous*",
    "screwed up",
    "shameful*",
    "shameless*",
    "should have known",
    "sloppy",
    "stupid*",
    "unforgivabl*",
    "was to blame",
    "were to blame",
];

/// Words of a court or an authority: beside them, guilt and negligence are what somebody has found or claims.
const LAW: [&str; 12] = [
    "alleg",
    "charge",
    "claim",
    "court",
    "judge",
    "jury",
    "lawsuit",
    "misrepresentation",
    "plea",
    "regulator",
    "sued",
    "tribunal",
];

/// Finds them in a text in small letters, which many words are found in at once as one is.
static SCAN: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .kind(Some(aho_corasick::AhoCorasickKind::DFA))
        .build(WORDS.map(|word| word.trim_end_matches('*')))
        .expect("a short list of words fits")
});

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    let texts = own_words(incident);
    if !SCAN.is_match(&small_letters(texts.iter().map(|(text, _)| *text))) {
        return;
    }
    for (text, span) in texts {
        let small = text.to_ascii_lowercase();
        let found: Vec<_> =
            SCAN.find_iter(&small).filter_map(|found| whole(text, &found)).take(MOST).collect();
        if found.is_empty() {
            continue;
        }
        let (prose, quoted) = (prose(text), quotations(text));
        for range in found {
            if !is_in(&prose, range.start) || is_in(&quoted, range.start) || is_of_law(text, &range) {
                continue;
            }
            let message = format!("`{}` blames, and says nothing of what happened", &text[range.clone()]);
            let help = "say what was done or left out, and what made it possible; put another's words in quotation marks";
            reporter.report(reporter.within(span, text, &range), message, help);
        }
    }
}

/// The word around a find, if the find is a word of the list.
fn whole(text: &str, found: &aho_corasick::Match) -> Option<std::ops::Range<usize>> {
    let inner = |it: char| it.is_alphanumeric() || it == '_' || it == '-';
    let any_ending = WORDS[found.pattern().as_usize()].ends_with('*');
    let ending = text[found.end()..].find(|it: char| !it.is_alphabetic()).unwrap_or(text.len() - found.end());
    let end = if any_ending { found.end() + ending } else { found.end() };
    let is_word = !text[..found.start()].ends_with(inner) && !text[end..].starts_with(inner);
    is_word.then_some(found.start()..end)
}

fn is_of_law(text: &str, range: &std::ops::Range<usize>) -> bool {
    let word = text[range.clone()].to_lowercase();
    let legal = ["negligen", "reckless", "at fault", "guilty", "blatant", "egregious", "flagrant"];
    let around = || sentence(text, range).to_lowercase();
    legal.iter().any(|it| word.starts_with(it)) && LAW.iter().any(|it| around().contains(it))
}
