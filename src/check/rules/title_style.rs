//! T10: a title that ends with a full stop, begins with a small letter, holds half of a quotation, or shouts.

use super::{Check, Code, Incident, Reporter, Rule, Severity, wrong_type};

pub(crate) static RULE: Rule = Rule {
    code: Code("T10"),
    name: "title-style",
    severity: Severity::Error,
    docs: include_str!("title_style.md"),
    needs: &["title"],
    check: Check::Incident(check),
};

fn check(incident: &Incident, reporter: &mut Reporter<'_>) {
    let (title, span) = (incident.title.as_str(), incident.title.span);
    let word = title.split_whitespace().next().unwrap_or_default();
    if title.ends_with('.') {
        let place = reporter.within(span, title, &(title.len() - 1..title.len()));
        let finding = reporter.at(place, "the title ends with a full stop").help("leave it out");
        reporter.push(if ends_a_sentence(title) {
            finding.fix("leave out the full stop of a title", vec![(place, String::new())])
        } else {
            finding
        });
    }
    if word.starts_with(char::is_lowercase) && !word.contains(char::is_uppercase) {
        let place = reporter.within(span, title, &(0..word.len()));
        reporter.report(
            place,
            format!("the title begins with a small letter, `{word}`"),
            "begin with a capital",
        );
    }
    if wrong_type::unquoted(title).is_some_and(wrong_type::unmarked) {
        let message = "the title stands between typographic quotation marks, which are part of it";
        reporter.report(span, message, "leave them out; straight ones, `\"`, quote a text");
    }
    if title.matches('"').count() == 1 {
        let at = title.find('"').unwrap_or_default();
        let place = reporter.within(span, title, &(at..at + 1));
        reporter.report(
            place,
            "a quotation mark without its other half",
            "write the one that is missing, or take this away",
        );
    }
    if shouts(title) {
        reporter.report(span, "the title is in capitals", "write it as a sentence");
    }
}

/// Whether the full stop can only be that of a sentence: one that ends an abbreviation, or stands for words left out,
/// is part of the text.
fn ends_a_sentence(title: &str) -> bool {
    let word = title.rsplit(' ').next().unwrap_or_default().trim_end_matches('.');
    let lower = word.chars().all(|character| character.is_ascii_lowercase());
    title.contains(' ') && !title.ends_with("..") && lower && word.len() >= 4 && word != "approx"
}

/// Whether more than half of its longer words are in capitals, not counting a lone one such as `NASA`.
fn shouts(title: &str) -> bool {
    let words = title.split(|character: char| !character.is_alphabetic());
    let long: Vec<&str> = words.filter(|word| word.chars().count() >= 4).collect();
    let loud = long.iter().filter(|word| word.chars().all(char::is_uppercase)).count();
    loud > 1 && 2 * loud > long.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_stop_is_taken_away_after_a_word_only() {
        for title in ["An agent deletes a disk.", "A word of four keys."] {
            assert!(ends_a_sentence(title), "{title}");
        }
        for title in [
            "Deleted.",
            "deleted.",
            "An agent deletes disks...",
            "An agent deletes it...",
            "Deleted by Acme Inc.",
            "Sold by IBM Corp.",
            "Disks, logs etc.",
            "It took ten hours approx.",
            "An agent of Größe.",
        ] {
            assert!(!ends_a_sentence(title), "{title}");
        }
    }

    #[test]
    fn capitals_shout_where_most_words_are_of_them() {
        for title in ["AGENT DELETES DISK", "AN AGENT DELETES the disk", "THIS DISK is old"] {
            assert!(shouts(title), "{title}");
        }
        for title in ["NASA tests an agent", "NASA and ESAX test two agents", "AN AI OF TWO", "DISK deleted"]
        {
            assert!(!shouts(title), "{title}");
        }
    }
}
