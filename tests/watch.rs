//! `registry lint --watch` as a writer meets it: the real binary over a folder in which files are saved in the ways that
//! editors and git have, and what it prints after each.

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// Only so that a test that hangs fails; nothing is measured.
const WATCHDOG: Duration = Duration::from_mins(1);
const WAITING: &str = "; waiting for changes, Ctrl-C ends it";
const RECORD: &str = "incidents/APM-0001.md";
const OTHER: &str = "incidents/APM-0002.md";
const SEVERITY: &str = "incidents/APM-0001.md:9:11: error[S04] `severity` is 7, and must be at most 5";

/// A registry and a watch over it; the watch ends with the test.
struct Watched {
    folder: TempDir,
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn base() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    support::write_base(folder.path());
    folder
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_registry"));
    command.args(["lint", "--watch"]).args(arguments).current_dir(root);
    command.env_remove("REGISTRY_ROOT").env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    command
}

/// Watches the base registry, changed before the first reading. Both outputs come as one, in the order of writing.
fn watch_after(arguments: &[&str], change: impl FnOnce(&Path)) -> Watched {
    let folder = base();
    change(folder.path());
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let err = writer.try_clone().expect("a pipe has two ends");
    let child = command(folder.path(), arguments).stdout(writer).stderr(err).spawn().expect("it starts");
    let (sender, lines) = channel();
    thread::spawn(move || {
        let lines = BufReader::new(reader).lines().map_while(Result::ok);
        lines.for_each(|line| drop(sender.send(line)));
    });
    Watched { folder, child, lines }
}

fn watch(arguments: &[&str]) -> Watched {
    let watched = watch_after(arguments, |_| {});
    let first = watched.run();
    assert!(first.len() == 1 && first[0].ends_with(&format!("nothing to report{WAITING}")), "{first:?}");
    watched
}

impl Watched {
    /// The lines of the next run, the closing one among them.
    fn run(&self) -> Vec<String> {
        let mut run = Vec::new();
        loop {
            let line = self.lines.recv_timeout(WATCHDOG);
            run.push(line.unwrap_or_else(|_| panic!("no closing line comes after {run:#?}")));
            if run.last().is_some_and(|line| line.ends_with(WAITING)) {
                return run;
            }
        }
    }

    /// What is told once something has changed. One save may be met in two runs, of which one has nothing to tell.
    fn news(&self) -> Vec<String> {
        loop {
            let run = self.run();
            if !run[0].starts_with("nothing changed: ") {
                return run;
            }
        }
    }

    /// What is told but for the closing lines, in one run or several, until all of these are among it.
    fn until(&self, wanted: &[&str]) -> Vec<String> {
        let mut told = Vec::new();
        while !wanted.iter().all(|line| told.iter().any(|it| it == line)) {
            let mut run = self.news();
            run.pop();
            told.extend(run);
        }
        told.sort();
        told
    }

    /// Fails if the next run has anything to tell.
    fn tells_nothing(&self) {
        let run = self.run();
        assert!(run.len() == 1 && run[0].starts_with("nothing changed: "), "{run:#?}");
    }

    fn edit(&self, inside: &str, from: &str, to: &str) {
        let text = self.read(inside);
        assert!(text.contains(from), "{inside} holds `{from}`");
        self.save(inside, text.replacen(from, to, 1).as_bytes());
    }

    fn read(&self, inside: &str) -> String {
        fs::read_to_string(self.folder.path().join(inside)).expect("the file is there")
    }

    /// As careful editors do: written beside it, then put in its place.
    fn save(&self, inside: &str, text: &[u8]) {
        let path = self.folder.path().join(inside);
        let beside = path.with_file_name(".saving~");
        fs::write(&beside, text).expect("a file can be written");
        fs::rename(beside, path).expect("a file can be renamed");
    }

    /// Waits until it has ended by itself.
    fn end(&mut self) -> ExitStatus {
        let pause = Duration::from_millis(10);
        for _ in 0..WATCHDOG.as_millis() / pause.as_millis() {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                return status;
            }
            thread::sleep(pause);
        }
        panic!("it does not end");
    }
}

fn told(lines: &[&str], closing: &str) -> Vec<String> {
    let mut told: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    told.push(format!("{closing}{WAITING}"));
    told
}

#[test]
fn only_what_changed_is_told() {
    let watched = watch_after(&["--format", "concise"], |root| {
        let path = root.join(RECORD);
        let text = fs::read_to_string(&path).expect("the file is there");
        fs::write(path, text.replacen("severity: 3", "severity: 7", 1)).expect("it can be changed");
    });
    assert_eq!(watched.run(), told(&[SEVERITY], "1 error in 8 files"));
    watched.edit(OTHER, "systems: [", "systems: [kro, ");
    let new = "incidents/APM-0002.md:7:11: error[S05] unknown system `kro`";
    assert_eq!(watched.news(), told(&[new], "2 errors in 8 files"));
    watched.edit(RECORD, "severity: 7", "severity: 3");
    let fixed = "fixed: incidents/APM-0001.md: S04 `severity` is 7, and must be at most 5";
    assert_eq!(watched.news(), told(&[fixed], "1 error in 8 files"));
}

#[test]
fn a_finding_that_moved_is_no_news() {
    let watched = watch(&["--format", "concise"]);
    watched.edit(RECORD, "severity: 3", "severity: 7");
    assert_eq!(watched.news(), told(&[SEVERITY], "1 error in 8 files"));
    watched.edit(RECORD, "id: APM-0001\n", "# a line\n# and another\nid: APM-0001\n");
    watched.tells_nothing();
    watched.edit(RECORD, "severity: 7", "severity: 3");
    assert_eq!(watched.news().len(), 2);
}

#[test]
fn of_findings_that_are_alike_each_counts() {
    let watched = watch(&["--format", "concise"]);
    watched.edit(RECORD, "## What happened\n", "## What happened\n\nTODO one.\n\nTODO two.\n");
    let news = watched.news();
    assert_eq!(news.iter().filter(|line| line.contains("error[T08]")).count(), 2, "{news:#?}");
    watched.edit(RECORD, "TODO one", "One");
    let news = watched.news();
    assert_eq!(news.iter().filter(|line| line.starts_with("fixed: incidents/APM-0001.md: T08")).count(), 1);
    assert_eq!(news.len(), 2, "{news:#?}");
    watched.edit(RECORD, "One.", "One, and TODO three.");
    let news = watched.news();
    assert!(news.len() == 2 && news[0].contains("error[T08]"), "{news:#?}");
}

#[test]
fn for_people_new_findings_are_shown_in_full() {
    let watched = watch(&[]);
    watched.edit(RECORD, "severity: 3", "severity: 7");
    let news = watched.news().join("\n");
    for part in
        ["error[S04]: `severity` is 7", "9 | severity: 7", "= docs: registry explain S04\n\n1 error in "]
    {
        assert!(news.contains(part), "`{part}` in\n{news}");
    }
    assert!(!news.contains('\u{1b}'), "no colours off a terminal: {news:?}");
    watched.edit(RECORD, "severity: 7", "severity: 3");
    let news = watched.news();
    assert!(news[0].starts_with("fixed: incidents/APM-0001.md: S04 `severity` is 7"), "{news:#?}");
}

#[test]
fn colours_are_there_where_they_are_asked_for() {
    let watched = watch(&["--color", "always"]);
    watched.edit(RECORD, "severity: 3", "severity: 7");
    let news = watched.news().join("\n");
    assert!(news.contains("\u{1b}["), "{news:?}");
    watched.edit(RECORD, "severity: 7", "severity: 3");
    let news = watched.news();
    assert!(news[0].starts_with("\u{1b}[1;32mfixed\u{1b}[0m: incidents/APM-0001.md: S04"), "{news:?}");
}

#[test]
fn however_a_file_is_saved() {
    let watched = watch(&["--format", "concise"]);
    let path = watched.folder.path().join(RECORD);
    let (good, bad) = (watched.read(RECORD), watched.read(RECORD).replacen("severity: 3", "severity: 7", 1));
    let fixed = "fixed: incidents/APM-0001.md: S04 `severity` is 7, and must be at most 5";

    fs::write(&path, &bad).expect("it is written in place");
    watched.until(&[SEVERITY]);
    fs::rename(&path, path.with_extension("md.bak~")).expect("the old text is put aside");
    fs::write(&path, &good).expect("the new text is another file");
    fs::remove_file(path.with_extension("md.bak~")).expect("the old text is thrown away");
    watched.until(&[fixed]);
    fs::remove_file(&path).expect("it is removed");
    fs::write(&path, &bad).expect("and made again");
    watched.until(&[SEVERITY]);
    watched.save(RECORD, good.as_bytes());
    watched.until(&[fixed]);
}

#[test]
fn files_come_and_go() {
    let watched = watch(&["--format", "concise"]);
    let text = watched.read(OTHER).replacen("status: published", "status: draft", 1);
    watched.save("incidents/APM-0000-new.md", text.replacen("id: APM-0002", "id: APM-0003", 1).as_bytes());
    let news = watched.news();
    assert!(news.iter().any(|line| line.starts_with("incidents/APM-0000-new.md:")), "{news:#?}");
    let count = news.len() - 1;
    fs::remove_file(watched.folder.path().join("incidents/APM-0000-new.md")).expect("it is removed");
    let news = watched.news();
    assert!(news.iter().any(|line| line.starts_with("gone: incidents/APM-0000-new.md: ")), "{news:#?}");
    assert_eq!(news.len(), count + 1, "all that the new file brought goes with it: {news:#?}");
}

#[test]
fn several_files_at_once() {
    let watched = watch(&["--format", "concise"]);
    watched.edit(RECORD, "severity: 3", "severity: 7");
    watched.edit(OTHER, "systems: [", "systems: [kro, ");
    let new = "incidents/APM-0002.md:7:11: error[S05] unknown system `kro`";
    assert_eq!(watched.until(&[SEVERITY, new]), [SEVERITY, new]);
    watched.edit(RECORD, "severity: 7", "severity: 3");
    watched.edit(OTHER, "kro, ", "");
    let fixed = [
        "fixed: incidents/APM-0001.md: S04 `severity` is 7, and must be at most 5",
        "fixed: incidents/APM-0002.md: S05 unknown system `kro`",
    ];
    assert_eq!(watched.until(&fixed), fixed);
}

#[test]
fn bytes_that_are_no_text_are_told_and_hold_the_rest_back() {
    let watched = watch(&["--format", "concise"]);
    watched.edit(RECORD, "severity: 3", "severity: 7");
    assert_eq!(watched.news(), told(&[SEVERITY], "1 error in 8 files"));
    let text = watched.read(RECORD);
    watched.save(RECORD, &[text.as_bytes(), b"\xff\n"].concat());
    let news = watched.news();
    assert!(news.len() == 2 && news[0].contains("error[R04] the file is not UTF-8"), "{news:#?}");
    watched.save(RECORD, text.as_bytes());
    let news = watched.news();
    assert!(news[0].starts_with("fixed: incidents/APM-0001.md: R04"), "{news:#?}");
    assert_eq!(news.len(), 2, "the other mistake is still there, and was told: {news:#?}");
}

#[test]
fn what_cannot_be_judged_for_now_is_neither_new_nor_gone() {
    let watched = watch(&["--format", "concise"]);
    watched.edit(RECORD, "severity: 3", "severity: 7");
    assert_eq!(watched.news(), told(&[SEVERITY], "1 error in 8 files"));
    watched.edit(RECORD, "summary:", "summary");
    let news = watched.news();
    assert!(news.iter().all(|line| !line.contains("S04")) && news[0].contains("error[S01]"), "{news:#?}");
    watched.edit(RECORD, "summary", "summary:");
    let news = watched.news();
    assert!(news.iter().all(|line| !line.contains("S04")), "{news:#?}");
    assert!(news[0].starts_with("fixed: incidents/APM-0001.md: S01"), "{news:#?}");
    assert_eq!(news.last(), told(&[], "1 error in 8 files").last());
}

#[test]
fn a_rule_that_lacks_a_field_keeps_what_it_said() {
    let watched = watch(&["--format", "concise"]);
    watched.edit(RECORD, "https://", "http://");
    let news = watched.news();
    assert!(news.len() == 2 && news[0].contains("warning[E12]"), "{news:#?}");
    watched.edit(RECORD, "\nsources:\n", "\nsources:\n  wrong: 7\n");
    let news = watched.news();
    assert!(news.iter().all(|line| !line.contains("E12")) && news.len() > 1, "{news:#?}");
    watched.edit(RECORD, "  wrong: 7\n", "");
    let news = watched.news();
    assert!(news.iter().all(|line| !line.contains("E12")) && news.len() > 1, "{news:#?}");
    watched.edit(RECORD, "http://", "https://");
    assert!(watched.news()[0].starts_with("fixed: incidents/APM-0001.md: E12"));
}

#[test]
fn a_broken_configuration_is_told_and_the_watching_goes_on() {
    let watched = watch(&["--format", "concise"]);
    let path = watched.folder.path().join("registry.toml");
    let config = watched.read("registry.toml");
    watched.edit(RECORD, "severity: 3", "severity: 7");
    assert_eq!(watched.news(), told(&[SEVERITY], "1 error in 8 files"));

    watched.save("registry.toml", b"[lint\n");
    let broken = "registry.toml:1:1: error[S01] a bracket is opened here and not closed";
    let closing = "`registry.toml` cannot be read, so nothing else is judged";
    assert_eq!(watched.news(), told(&[broken], closing));
    watched.edit(OTHER, "systems: [", "systems: [kro, ");
    assert_eq!(watched.news(), told(&[], closing));
    watched.save("registry.toml", config.as_bytes());
    let news = watched.news();
    let fixed = "fixed: registry.toml: S01 a bracket is opened here and not closed";
    let new = "incidents/APM-0002.md:7:11: error[S05] unknown system `kro`";
    assert_eq!(news, told(&[fixed, new], "2 errors in 8 files"));

    fs::remove_file(&path).expect("it is removed");
    let news = watched.news();
    assert!(news.len() == 1 && news[0].starts_with("error: there is no `registry.toml` in "), "{news:#?}");
    watched.save("registry.toml", b"[lint]\nS99 = \"off\"\n");
    let news = watched.news();
    assert!(news.len() == 2 && news[0].starts_with("registry.toml:2:1: error[R05]"), "{news:#?}");
}

#[test]
fn folders_come_and_go() {
    let watched = watch(&["--format", "concise"]);
    let (gates, aside) = (watched.folder.path().join("gates"), watched.folder.path().join("aside"));
    fs::rename(&gates, &aside).expect("it is moved away");
    let news = watched.news();
    assert!(news.iter().any(|line| line.contains("error[L04]")), "{news:#?}");
    fs::rename(&aside, &gates).expect("it comes back");
    let news = watched.news();
    assert!(news.iter().any(|line| line.starts_with("fixed: ") && line.contains(": L04 ")), "{news:#?}");
    // What changes in a folder that came back is told as well.
    watched.edit("gates/deploy.md", "name: ", "nam: ");
    let news = watched.news();
    assert!(news.iter().any(|line| line.starts_with("gates/deploy.md:")), "{news:#?}");
}

#[test]
fn other_files_are_none_of_its_business() {
    let watched = watch(&["--format", "concise"]);
    for inside in ["notes.txt", "incidents/.APM-0001.md.swp", "site/index.html"] {
        let path = watched.folder.path().join(inside);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, "anything").expect("a file can be written");
    }
    watched.edit(RECORD, "severity: 3", "severity: 7");
    assert_eq!(watched.run(), told(&[SEVERITY], "1 error in 8 files"));
}

#[test]
fn a_new_report_of_a_link_checker_is_read() {
    let watched = watch(&["--format", "concise"]);
    let gone = "url\tchecked\tanswer\nhttps://acme.example/restored\t2026-11-20\t404\n";
    watched.save("links.tsv", gone.as_bytes());
    let news = watched.news();
    assert!(news.len() == 2 && news[0].starts_with("incidents/APM-0002.md:14:10: warning[E13]"), "{news:#?}");
    fs::remove_file(watched.folder.path().join("links.tsv")).expect("it is removed");
    let news = watched.news();
    assert!(news.len() == 2 && news[0].starts_with("fixed: incidents/APM-0002.md: E13"), "{news:#?}");
}

#[test]
fn paths_narrow_what_is_told() {
    let watched = watch_after(&["--format", "concise", RECORD], |_| {});
    assert_eq!(watched.run(), told(&[], "1 file checked, nothing to report"));
    watched.edit(OTHER, "systems: [", "systems: [kro, ");
    watched.tells_nothing();
    watched.edit(RECORD, "severity: 3", "severity: 7");
    assert_eq!(watched.news(), told(&[SEVERITY], "1 error in 1 file"));
    fs::remove_file(watched.folder.path().join(RECORD)).expect("it is removed");
    let gone = "gone: incidents/APM-0001.md: S04 `severity` is 7, and must be at most 5";
    assert_eq!(watched.news(), told(&[gone], "0 files checked, nothing to report"));
}

#[test]
fn no_byte_of_a_record_commands_the_terminal() {
    let watched = watch(&["--format", "concise"]);
    watched.edit(RECORD, "severity: 3", "severity: \"\\e[2J\"");
    let news = watched.news().join("\n");
    assert!(!news.contains('\u{1b}'), "{news:?}");
    watched.edit(RECORD, "severity: \"\\e[2J\"", "severity: 3");
    let news = watched.news().join("\n");
    assert!(news.starts_with("fixed: ") && !news.contains('\u{1b}'), "{news:?}");
}

#[test]
fn what_makes_no_sense_with_it_is_refused() {
    let folder = base();
    for (arguments, part) in [
        (&["--fix"][..], "--watch cannot be used with --fix"),
        (&["--fix", "--diff"], "--watch cannot be used with --fix"),
        (&["--base", "HEAD"], "--watch cannot be used with --base"),
        (&["--output", "json=f"], "--watch cannot be used with --output"),
        (&["--format", "json"], "use `human` or `concise`"),
        (&["--format", "sarif"], "use `human` or `concise`"),
        (&["--format", "junit"], "use `human` or `concise`"),
        (&["--format", "gitlab"], "use `human` or `concise`"),
        (&["--format", "github"], "use `human` or `concise`"),
        (&["nowhere.md"], "there is no file `nowhere.md` here"),
    ] {
        let output = command(folder.path(), arguments).output().expect("it runs");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {err}");
        assert!(err.contains(part), "{arguments:?}: {err}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn findings_go_to_standard_output_and_totals_to_standard_error() {
    let folder = base();
    let path = folder.path().join(RECORD);
    let text = fs::read_to_string(&path).expect("the file is there");
    fs::write(&path, text.replacen("severity: 3", "severity: 7", 1)).expect("it can be changed");
    let mut child = command(folder.path(), &["--format", "concise"]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let (out, err) = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    let mut err = BufReader::new(err);
    err.read_line(&mut line).expect("it says what it came to");
    assert_eq!(line, format!("1 error in 8 files{WAITING}\n"));
    let mut first = String::new();
    let mut out = BufReader::new(out);
    out.read_line(&mut first).expect("it tells what it found");
    assert_eq!(first.trim_end(), SEVERITY);
    // Nobody reads on: it ends without a change having to come.
    drop(out);
    let mut watched = Watched { folder, child, lines: channel().1 };
    assert_eq!(watched.end().code(), Some(0));
    let mut rest = String::new();
    err.read_to_string(&mut rest).expect("it ends");
    assert_eq!(rest, "", "and says nothing more");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_without_a_word() {
    use std::os::unix::process::ExitStatusExt as _;
    for (name, number) in [("-INT", 2), ("-TERM", 15)] {
        let mut watched = watch(&["--format", "concise"]);
        let id = watched.child.id().to_string();
        let sent = Command::new("kill").args([name, &id]).status().expect("a signal can be sent");
        assert!(sent.success());
        assert_eq!(watched.end().signal(), Some(number));
        assert_eq!(watched.lines.recv_timeout(WATCHDOG).ok(), None, "the pipe is closed, with nothing in it");
    }
}
