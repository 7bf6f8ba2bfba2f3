//! Two texts of one file to a unified diff that `git apply` takes. Byte for byte: it escapes nothing but the path.

use std::fmt::Write as _;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// So many lines stand around a change.
const AROUND: usize = 3;
/// Beyond so many lines that differ, which of them are alike is no longer asked: it takes the square of their number.
const MOST: usize = 4_000;

/// The changes from one text to the other, each with three lines around it.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    // A lone carriage return ends no line for git, so the lines are cut here.
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let mut out = format!("--- {}\n+++ {}\n", header("a", path), header("b", path));
    let (mut grown, mut shrunk) = (0, 0);
    for hunk in group_diff_ops(operations(&before, &after), AROUND) {
        // Counted here: where an operation says that it stands in the other text is not always where it does.
        let removed: usize = hunk.iter().map(|it| it.old_range().len()).sum();
        let added: usize = hunk.iter().map(|it| it.new_range().len()).sum();
        let from = hunk.iter().map(|it| it.old_range().start).min().unwrap_or_default();
        let lines = |from: usize, count: usize| match count {
            0 => format!("{from},0"),
            1 => format!("{}", from + 1),
            count => format!("{},{count}", from + 1),
        };
        let to = (from + grown).saturating_sub(shrunk);
        out.extend(["@@ -", &lines(from, removed), " +", &lines(to, added), " @@\n"]);
        (grown, shrunk) = (grown + added, shrunk + removed);
        for operation in hunk {
            let (old, new) = (&before[operation.old_range()], &after[operation.new_range()]);
            if let DiffOp::Equal { .. } = operation {
                old.iter().for_each(|line| push(&mut out, ' ', line));
            } else {
                old.iter().for_each(|line| push(&mut out, '-', line));
                new.iter().for_each(|line| push(&mut out, '+', line));
            }
        }
    }
    out
}

/// What becomes of the lines, in order.
fn operations(before: &[&str], after: &[&str]) -> Vec<DiffOp> {
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = before.iter().zip(after).take_while(same).count();
    let (old, new) = (&before[head..], &after[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let (old_len, new_len) = (old.len() - tail, new.len() - tail);
    if old_len.max(new_len) <= MOST {
        return capture_diff_slices(Algorithm::Myers, before, after);
    }
    vec![
        DiffOp::Equal { old_index: 0, new_index: 0, len: head },
        DiffOp::Replace { old_index: head, old_len, new_index: head, new_len },
        DiffOp::Equal { old_index: head + old_len, new_index: head + new_len, len: tail },
    ]
}

fn push(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// A path as git writes it: quoted if it holds what would end it, and with a tab after it if it holds a blank.
fn header(side: &str, path: &str) -> String {
    let needs_quotes = |byte: u8| !(b' '..0x7f).contains(&byte) || matches!(byte, b'"' | b'\\');
    if !path.bytes().any(needs_quotes) {
        return format!("{side}/{path}{}", if path.contains(' ') { "\t" } else { "" });
    }
    let mut out = format!("\"{side}/");
    for byte in path.bytes() {
        // A string takes whatever is written to it.
        let _ = match byte {
            _ if !needs_quotes(byte) => write!(out, "{}", char::from(byte)),
            b'"' | b'\\' => write!(out, "\\{}", char::from(byte)),
            _ => write!(out, "\\{byte:03o}"),
        };
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hunks, without the two lines that name the file.
    fn hunks(old: &str, new: &str) -> String {
        let diff = unified("a.md", old, new);
        diff.strip_prefix("--- a/a.md\n+++ b/a.md\n").unwrap_or_default().to_owned()
    }

    #[test]
    fn a_line_ends_where_git_says_so() {
        let end = "\\ No newline at end of file\n";
        assert_eq!(hunks("x\r", "x\n"), format!("@@ -1 +1 @@\n-x\r\n{end}+x\n"));
        assert_eq!(hunks("a\nx", "a\n"), format!("@@ -1,2 +1 @@\n a\n-x\n{end}"));
        assert_eq!(hunks("", "x\n"), "@@ -0,0 +1 @@\n+x\n");
    }

    /// The text that the hunks make of another; each has to stand where it says, and hold what it says.
    fn applied(old: &str, hunks: &str) -> String {
        let (old, mut new, mut at): (Vec<&str>, _, usize) =
            (old.split_inclusive('\n').collect(), String::new(), 0);
        for hunk in hunks.split("@@ -").skip(1) {
            let (place, lines) = hunk.split_once(" @@\n").expect("a hunk has a head");
            let numbers = place.replace(" +", ",");
            let [from, removed, to, added] =
                numbers.split(',').map(|it| it.parse().expect("a number")).collect::<Vec<usize>>()[..]
            else {
                panic!("{place} holds four numbers")
            };
            new.extend(old[at..from - 1].iter().copied());
            assert_eq!(new.lines().count(), to - 1, "{place}");
            let count = |marks: [char; 2]| lines.lines().filter(|line| line.starts_with(marks)).count();
            assert_eq!((count([' ', '-']), count([' ', '+'])), (removed, added), "{place}");
            let kept = lines.split_inclusive('\n').filter(|line| !line.starts_with('-'));
            new.extend(kept.map(|line| &line[1..]));
            at = from - 1 + removed;
        }
        new.extend(old[at..].iter().copied());
        new
    }

    #[test]
    fn what_a_hunk_says_of_itself_is_what_it_holds() {
        let old: String = (0..30).flat_map(|it| [it.to_string(), "\n".to_owned()]).collect();
        let marked = format!("\u{feff}0\n{old}");
        for (old, new) in [
            (marked.clone(), marked.replace('\u{feff}', "")),
            (old.clone(), old.replace("5\n", "5\n5\n").replace("17\n", "")),
            (old.clone(), old.replace("3\n", "")),
        ] {
            assert_eq!(applied(&old, &hunks(&old, &new)), new);
        }
    }

    #[test]
    fn of_very_many_lines_it_is_not_asked_which_are_alike() {
        let old: String = (0..=MOST).flat_map(|it| [it.to_string(), "\r\n".to_owned()]).collect();
        let said = hunks(&format!("a\n{old}z\n"), &format!("a\n{}z\n", old.replace('\r', "")));
        let count = MOST + 3;
        assert!(said.starts_with(&format!("@@ -1,{count} +1,{count} @@\n a\n-0\r\n")), "{}", &said[..40]);
        assert!(said.ends_with(&format!("+{MOST}\n z\n")));
    }
}
