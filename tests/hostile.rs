//! Input that is broken, strange or meant to hurt: each gives its diagnostic at its place, stops nothing else,
//! and panics nowhere. Every test also breaks a second file, to see that it is still checked.

mod support;

use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

const NEW: &str = "incidents/APM-0003.md";

/// The base registry on disk, with a known mistake in `APM-0002`.
fn registry() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    support::write_base(folder.path());
    let other = folder.path().join("incidents/APM-0002.md");
    let text = fs::read_to_string(&other).expect("the base record is there");
    fs::write(other, text.replace("severity: 2", "severity: 9")).expect("it can be changed");
    folder
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

/// What `lint --format concise` says of everything but the known mistake, which must be there too.
fn lint(root: &Path) -> Vec<String> {
    let mut command = Command::cargo_bin("registry").expect("the binary is built");
    command.args(["lint", "--format", "concise", "--root"]).arg(root).timeout(Duration::from_secs(20));
    let output = command.output().expect("it runs");
    let said = String::from_utf8(output.stdout).expect("it speaks UTF-8");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}{complaint}");
    assert!(!complaint.contains("panicked"), "{complaint}");
    let known = "incidents/APM-0002.md:5:11: error[S04]: `severity` is 9";
    let (other, found): (Vec<_>, Vec<_>) =
        said.lines().map(str::to_owned).partition(|line| line.starts_with("incidents/APM-0002.md"));
    assert_eq!(other.len(), 1, "the other file is still checked: {said}");
    assert!(other[0].replace("[S04] ", "[S04]: ").starts_with(known), "{}", other[0]);
    found
}

/// Asserts that the only finding, besides the known one, begins like this.
fn expect(root: &Path, beginning: &str) {
    let found = lint(root);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with(beginning), "found    {}\nexpected {beginning}", found[0]);
}

/// The base record `APM-0002` under the id `APM-0003`, with one piece of text replaced.
fn record(from: &str, to: &str) -> String {
    let (_, text) =
        support::base().into_iter().find(|(path, _)| path == "incidents/APM-0002.md").expect("it is there");
    let text = text
        .replace("APM-0002", "APM-0003")
        .replace("Builder removes records while cleaning up", "Builder removes backups in another case")
        .replace("acme.example/restored", "acme.example/backups")
        .replace("occurred: 2026-01-15", "occurred: 2024-05");
    assert!(text.contains(from), "the record holds `{from}`");
    text.replacen(from, to, 1)
}

/// A registry with that record, minted.
fn with(from: &str, to: &str) -> TempDir {
    with_bytes(record(from, to).as_bytes())
}

fn with_bytes(bytes: &[u8]) -> TempDir {
    let folder = registry();
    write(folder.path(), NEW, bytes);
    mint(folder.path());
    folder
}

fn mint(root: &Path) {
    write(root, "incidents/ids.lock", "APM-0001 2026-02-21\nAPM-0002 2026-03-01\nAPM-0003 2026-03-02\n");
}

#[test]
fn the_record_itself_is_clean() {
    assert_eq!(lint(with("Builder", "Builder").path()), Vec::<String>::new());
}

#[test]
fn exceptions_without_end() {
    let line = "# registry: allow(T10) x\n".repeat(18_000);
    let front = with("severity: 2\n", &format!("severity: 2\n{line}"));
    assert_eq!(lint(front.path()).len(), 50);
    let comment = "<!-- registry: allow(T10) x -->\n\n".repeat(25_000);
    let body = with("## What happened\n", &format!("## What happened\n\n{comment}"));
    assert_eq!(lint(body.path()).len(), 50);
    let folder = registry();
    write(folder.path(), "registry.toml", format!("title = \"T # x\"\n{}{line}", "# x\n".repeat(100_000)));
    assert_eq!(lint(folder.path()).len(), 50);
}

#[test]
fn an_empty_file() {
    expect(with_bytes(b"").path(), "incidents/APM-0003.md:1:1: error[S01] the file is empty");
}

#[test]
fn front_matter_without_an_end() {
    let text = record("---\n\n## What", "\n\n## What");
    let beginning = "incidents/APM-0003.md:1:1: error[S01] the front matter is opened";
    expect(with_bytes(text.as_bytes()).path(), beginning);
}

#[test]
fn broken_yaml() {
    let folder = with("title: Builder removes", "title: \"Builder removes");
    expect(folder.path(), "incidents/APM-0003.md:3:8: error[S01] ");
}

#[test]
fn a_wrong_type() {
    let folder = with("systems: [builder]", "systems: builder");
    expect(folder.path(), "incidents/APM-0003.md:7:10: error[S04] `systems` takes a list");
}

#[test]
fn an_unknown_field() {
    let folder = with("severity: 2", "severty: 2\nseverity: 2");
    expect(folder.path(), "incidents/APM-0003.md:5:1: error[S02] unknown field `severty`");
}

#[test]
fn a_misspelt_term() {
    let folder = with("systems: [builder]", "systems: [bilder]");
    expect(folder.path(), "incidents/APM-0003.md:7:11: error[S05] unknown system `bilder`");
}

#[test]
fn prose_cut_by_a_comma() {
    let text = record(
        "    conceded_by: [post]",
        "    conceded_by: [post]\nlessons:\n  - Nothing here, but what follows is.",
    );
    let text = text.replace("verified:\n  - id: f1\n    text: The agent removed records, and a person restored them.\n    sources: [post]\n    conceded_by: [post]",
        "verified:\n  - {id: f1, text: The agent removed records, and a person restored them, sources: [post]}");
    expect(with_bytes(text.as_bytes()).path(), "incidents/APM-0003.md:19:47: error[S02] ");
}

#[test]
fn a_duplicate_key() {
    let folder = with("severity: 2", "severity: 2\nseverity: 3");
    expect(folder.path(), "incidents/APM-0003.md:6:1: error[S06] `severity` is written twice");
}

#[test]
fn a_duplicate_id() {
    let folder = with("Builder", "Builder");
    let copy = record("Builder removes backups", "Builder deletes archives")
        .replace("acme.example/backups", "acme.example/archives");
    write(folder.path(), "incidents/APM-0003.yaml", yaml(&copy));
    let found = lint(folder.path());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("incidents/APM-0003.yaml:1:5: error[I02] "), "{}", found[0]);
}

/// A Markdown record as pure YAML.
fn yaml(markdown: &str) -> String {
    let (front, body) = markdown["---\n".len()..].split_once("---\n").expect("it has front matter");
    let body = body.split_once("## What happened\n").expect("it has the section").1.trim();
    format!("{front}body:\n  what-happened: |\n    {body}\n")
}

#[test]
fn a_dangling_reference() {
    let folder = with("The agent removed records [f1].", "The agent removed records [f7].");
    expect(folder.path(), "incidents/APM-0003.md:27:27: error[L01] ");
}

#[test]
fn crlf() {
    let text = record("Builder", "Builder").replace('\n', "\r\n");
    expect(with_bytes(text.as_bytes()).path(), "incidents/APM-0003.md:1:4: warning[S11] ");
}

#[test]
fn a_byte_order_mark() {
    let text = format!("\u{feff}{}", record("Builder", "Builder"));
    expect(with_bytes(text.as_bytes()).path(), "incidents/APM-0003.md:1:1: warning[S11] ");
}

#[test]
fn a_mistake_after_crlf_and_a_mark_keeps_its_place() {
    let text = format!("\u{feff}{}", record("severity: 2", "severty: 2\nseverity: 2")).replace('\n', "\r\n");
    let found = lint(with_bytes(text.as_bytes()).path());
    assert!(
        found.iter().any(|line| line.starts_with("incidents/APM-0003.md:5:1: error[S02] ")),
        "{found:#?}"
    );
}

#[test]
fn not_utf_8() {
    let mut bytes = record("Builder", "Builder").into_bytes();
    let at = bytes.windows(7).position(|it| it == b"Builder").expect("the title is there");
    bytes[at] = 0xff;
    expect(with_bytes(&bytes).path(), "incidents/APM-0003.md:3:8: error[R04] ");
}

#[cfg(unix)]
#[test]
fn a_symlink() {
    let folder = registry();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join(NEW)).expect("a symlink can be made");
    mint(folder.path());
    expect(folder.path(), "incidents/APM-0003.md:1:1: error[R02] ");
}

#[cfg(unix)]
#[test]
fn a_pipe() {
    let folder = registry();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join(NEW)).status();
    assert!(made.expect("mkfifo is part of every Unix").success());
    mint(folder.path());
    expect(folder.path(), "incidents/APM-0003.md:1:1: error[R02] ");
}

#[test]
fn a_huge_file() {
    let folder = registry();
    let file = fs::File::create(folder.path().join(NEW)).expect("a file can be made");
    file.set_len(100 << 20).expect("it can grow");
    mint(folder.path());
    expect(folder.path(), "incidents/APM-0003.md:1:1: error[R01] ");
}

#[test]
fn a_folder_named_like_a_record() {
    let folder = registry();
    fs::create_dir(folder.path().join("incidents/x.md")).expect("a folder can be made");
    expect(folder.path(), "incidents/x.md:1:1: error[R02] ");
}

#[test]
fn a_record_in_a_subfolder_is_not_lost() {
    let folder = registry();
    write(folder.path(), "incidents/2026/APM-0003.md", record("Builder", "Builder"));
    let found = lint(folder.path());
    assert!(
        found.iter().any(|line| line.starts_with("incidents/2026/APM-0003.md:1:1: error[R02] ")),
        "{found:#?}"
    );
}

#[test]
fn deep_nesting() {
    let folder = with("systems: [builder]", &format!("systems: {}", "[".repeat(500)));
    let found = lint(folder.path());
    assert!(found[0].starts_with("incidents/APM-0003.md:7:"), "{found:#?}");
}

#[test]
fn many_values() {
    let folder = with("systems: [builder]", &format!("systems: [{}]", "a, ".repeat(30_000)));
    let found = lint(folder.path());
    assert!(found.iter().any(|line| line.contains("error[R01]")), "{found:#?}");
}

#[test]
fn an_alias_bomb() {
    let bomb = "systems: &a [builder, builder]\noperators: [*a, *a, *a]";
    let found = lint(with("systems: [builder]", bomb).path());
    assert!(found.iter().any(|line| line.contains("error[S08]")), "{found:#?}");
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let folder = with("Builder", "Builder");
    write(
        folder.path(),
        NEW,
        record("title: Builder", "title: \"\\u001b[31mBuilder\\u202e\"\nsub\u{202e}title: x"),
    );
    let mut command = Command::cargo_bin("registry").expect("the binary is built");
    for format in ["human", "concise", "json"] {
        let output = command
            .args(["lint", "--format", format, "--root"])
            .arg(folder.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8(output.stdout).expect("it speaks UTF-8");
        assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{format}: {said:?}");
        command = Command::cargo_bin("registry").expect("the binary is built");
    }
}

/// What is found far behind a run of blanks is looked for once through them, and not once for each.
#[test]
fn a_long_run_of_blanks_is_passed_once() {
    let run = 300_000;
    for text in [
        format!("attribution: \"a\\x20{}TODO\"\nsystems: [builder]", " ".repeat(run)),
        format!("attribution: >-\n  a\n{}  TODO\nsystems: [builder]", "\n".repeat(run)),
    ] {
        let found = lint(with("systems: [builder]", &text).path());
        assert!(found.iter().any(|it| it.contains("[T08]")), "{found:#?}");
    }
}

/// A message that cuts a text short, or writes it as an id, holds a secret that is no longer whole.
#[test]
fn a_part_of_a_secret_is_in_no_output() {
    let token = format!("{}{}", "ghp_", "cD4fG6hJ8kL1nP3qR5tU7wX9zA2cD4fG6");
    let card = format!("4111 1111 {}", "1111 1111");
    let plain = |text: &str| text.to_lowercase().replace([' ', '-', '_'], "");
    for secret in [token, card] {
        for field in ["systems: [key SECRET]", "systems: [builder]\npotential_severity: key SECRET"] {
            let folder = with("systems: [builder]", &field.replace("SECRET", &secret));
            for format in ["human", "concise", "json"] {
                let mut command = Command::cargo_bin("registry").expect("the binary is built");
                command.args(["lint", "--format", format, "--root"]).arg(folder.path());
                let said = command.output().expect("it runs").stdout;
                let said = String::from_utf8(said).expect("it speaks UTF-8");
                assert!(said.contains("T04"), "{said}");
                let whole = plain(&secret);
                let part = &whole[whole.len() - 14..whole.len() - 2];
                assert!(!plain(&said).contains(part), "{format}: {said}");
            }
        }
    }
}

#[test]
fn a_secret_is_in_no_output() {
    // Written in two parts, so that this file holds none.
    let secret = format!("{}{}", "ghp_", "cD4fG6hJ8kL1nP3qR5tU7wX9zA2cD4fG6");
    let key = "MIIEpAIBAAKCAQEA7bq1";
    let folder = with("systems: [builder]", &format!("systems: [{secret}]\nkind: {secret} incident"));
    let text = fs::read_to_string(folder.path().join(NEW)).expect("the record is there");
    let block = format!("-----BEGIN RSA PRIVATE KEY-----\n{key} @another\n-----END RSA PRIVATE KEY-----\n");
    write(folder.path(), NEW, format!("{text}\n[f9] {secret} TODO\n\n{block}"));
    let mut command = Command::cargo_bin("registry").expect("the binary is built");
    let output = command.args(["lint", "--fix", "--diff", "--root"]).arg(folder.path()).output();
    let said = output.expect("it runs");
    let said = String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned();
    assert!(!said.contains(&secret[4..]) && !said.contains(key), "--diff: {said}");
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        let mut command = Command::cargo_bin("registry").expect("the binary is built");
        let output = command
            .args(["lint", "--format", format, "--root"])
            .arg(folder.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8(output.stdout).expect("it speaks UTF-8");
        for code in ["T04", "S05", "T08", "L01"] {
            assert!(said.contains(code), "{format} lacks {code}: {said}");
        }
        let tail = &secret[4..];
        assert!(!said.to_lowercase().contains(&tail.to_lowercase()), "{format}: {said}");
        assert!(!said.contains(key), "{format}: {said}");
    }
}

#[test]
fn a_body_crowded_with_what_rules_look_for() {
    let pieces = [
        "would block ",
        "stupid \"",
        "AKIA-",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAAAAAAAAAAAAAAAAAA\n",
        "[[f1, f2",
        "a@b.co",
        "+49 30 1234567 ",
        "4111 1111 1111 1111,",
        "k\u{456}ro ",
        "```\n",
    ];
    for piece in pieces {
        let text = record("Builder", "Builder");
        let found =
            lint(with_bytes(format!("{text}{}", piece.repeat(1_000_000 / piece.len())).as_bytes()).path());
        assert!(found.len() < 400, "{piece:?} gives {} findings", found.len());
    }
}
