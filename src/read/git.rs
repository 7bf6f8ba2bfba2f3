//! A git revision to files: the registry as it was. The only module that calls git, which answers from the objects of
//! the repository: it runs nothing that a repository could name, asks no remote, and changes nothing.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow, bail, ensure};

use crate::files::{Base, File, Files, MAX_LIST_BYTES, Unreadable};
use crate::read::{AT_ROOT, FOLDERS, Kind, belongs, refused, too_large, workflows};

/// Where a repository keeps its workflows.
const WORKFLOWS: &str = ".github/workflows";

/// Settings that win over the repository's own. None of what they turn off is called when objects are read; should a
/// later git think otherwise, they stay off.
const SETTINGS: [&str; 8] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.alternateRefsCommand=",
    "core.sshCommand=false",
    "core.warnAmbiguousRefs=true",
    "credential.helper=",
    "diff.external=",
    "safe.bareRepository=explicit",
];

/// How the environment's names begin that may say where a repository is looked for and whether it is trusted
/// (`safe.directory`); the settings above win over it. Every other `GIT_*` variable could lead elsewhere, or to a
/// program.
const KEPT: [&str; 3] = ["GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_CONFIG_"];

/// The registry at `root` as it was at a revision, or what was wrong with the call.
pub fn base(root: &Path, revision: &str) -> Result<Result<Base, String>> {
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let Some(top) = line(&run(root, &["rev-parse", "--show-toplevel"])?, "not a git repository")? else {
        return Ok(Err(format!(
            "`{}` lies in no git repository, so there is nothing to compare with\n  help: leave out --base",
            root.display()
        )));
    };
    let commit = match commit(root, revision)? {
        Ok(commit) => commit,
        Err(why) => return Ok(Err(why)),
    };
    let prefix = text(&run(root, &["rev-parse", "--show-prefix"])?)?;
    let files = registry(root, &commit, &prefix)?;
    if files.by_path(AT_ROOT[0]).is_none() {
        return Ok(Err(format!(
            "at `{revision}` there is no `{prefix}registry.toml`, so there is no registry to compare with\n  \
             help: name a revision that has it; the first change to a registry is linted without --base"
        )));
    }
    let before = read(root, workflows_at(root, &commit)?)?;
    let workflows = changed(&before, &workflows(Path::new(&top), WORKFLOWS)?);
    Ok(Ok(Base { files, workflows }))
}

/// The commit that a revision names, or why it names none.
fn commit(root: &Path, revision: &str) -> Result<Result<String, String>> {
    if revision.is_empty() || revision.starts_with('-') || revision.contains(char::is_control) {
        return Ok(Err("--base takes a branch, a tag or a commit, such as `origin/main`".to_owned()));
    }
    let wanted = format!("{revision}^{{commit}}");
    let output = run(root, &["rev-parse", "--verify", "--end-of-options", &wanted])?;
    if String::from_utf8_lossy(&output.stderr).contains("is ambiguous") {
        return Ok(Err(format!(
            "`{revision}` could be more than one thing here\n  \
             help: write `refs/heads/{revision}`, `refs/tags/{revision}`, or more of the commit's number"
        )));
    }
    let name = String::from_utf8_lossy(&output.stdout).trim_end().to_owned();
    let is_commit = name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    if output.status.success() && is_commit {
        return Ok(Ok(name));
    }
    Ok(Err(format!("there is no commit `{revision}` in this repository\n  help: {}", way_out(root)?)))
}

/// How a commit that is not here can be brought here.
fn way_out(root: &Path) -> Result<&'static str> {
    let is_shallow = text(&run(root, &["rev-parse", "--is-shallow-repository"])?)? == "true";
    Ok(if is_shallow {
        "this clone is shallow: `git fetch --depth=1 origin BRANCH` brings the last commit of a branch, as \
         FETCH_HEAD; `git fetch --deepen=1` brings one commit more of this one (in a workflow: `fetch-depth: 2`)"
    } else {
        "`git fetch` brings what is on the server; `git branch --all` lists the branches that are known here"
    })
}

/// What a commit holds under a name.
struct Entry {
    /// Its path below the registry, or below the repository for a workflow.
    name: String,
    kind: Kind,
    object: String,
    refused: Option<Unreadable>,
}

/// The registry's files, chosen and refused as they would be on disk.
fn registry(root: &Path, commit: &str, prefix: &str) -> Result<Files> {
    let names: Vec<&str> = AT_ROOT.into_iter().chain(FOLDERS).collect();
    let mut entries = Vec::new();
    for mut entry in tree(root, commit, prefix, &names)? {
        let is_folder = FOLDERS.contains(&entry.name.as_str());
        ensure!(
            entry.kind == Kind::Folder || !is_folder,
            "`{prefix}{}` is {} in that revision, where a folder belongs",
            entry.name,
            entry.kind.word()
        );
        let stands_at_root = AT_ROOT.contains(&entry.name.as_str());
        if stands_at_root || belongs(&entry.name, entry.kind) {
            let refused =
                if stands_at_root { entry.kind.refused() } else { refused(&entry.name, entry.kind) };
            entry.refused = refused.or(entry.refused);
            entries.push(entry);
        }
    }
    read(root, entries)
}

fn workflows_at(root: &Path, commit: &str) -> Result<Vec<Entry>> {
    let mut entries = tree(root, commit, "", &[WORKFLOWS])?;
    entries.retain(|entry| entry.kind != Kind::Folder);
    for entry in &mut entries {
        entry.refused = entry.kind.refused().or(entry.refused.take());
    }
    Ok(entries)
}

/// Everything that a commit holds under some names of a folder.
fn tree(root: &Path, commit: &str, folder: &str, names: &[&str]) -> Result<Vec<Entry>> {
    let paths: Vec<String> = names.iter().map(|name| format!("{folder}{name}")).collect();
    let mut arguments = vec!["ls-tree", "-r", "-t", "-z", "--long", "--full-tree", commit, "--"];
    arguments.extend(paths.iter().map(String::as_str));
    let output = run(root, &arguments)?;
    ensure!(output.status.success(), "git refused: {}", complaint(&output));
    let lines = output.stdout.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let mut entries = Vec::new();
    for line in lines {
        // The folders above are listed, too.
        let Some((about, path)) = line.split_once('\t') else { continue };
        if let Some(name) = path.strip_prefix(folder).filter(|name| is_below(name, names)) {
            entries.push(entry(about, name)?);
        }
    }
    Ok(entries)
}

fn is_below(name: &str, names: &[&str]) -> bool {
    let is_it =
        |it: &&str| name.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    names.iter().any(is_it)
}

/// One line of a listing: mode, type, object and size, in front of the path.
fn entry(about: &str, name: &str) -> Result<Entry> {
    let [mode, _, object, size] = about.split_whitespace().collect::<Vec<_>>()[..] else {
        bail!("git listed `{}` in a form that is not known", name.escape_debug());
    };
    // Only a file has a size.
    let refused = too_large(name, size.parse().unwrap_or_default());
    Ok(Entry { name: name.to_owned(), kind: kind(mode), object: object.to_owned(), refused })
}

/// What a mode of a tree stands for.
fn kind(mode: &str) -> Kind {
    match mode {
        "100644" | "100755" | "100664" => Kind::File,
        "040000" => Kind::Folder,
        "120000" => Kind::Symlink,
        "160000" => Kind::Repository,
        _ => Kind::Other,
    }
}

/// The text of what was not refused.
fn read(root: &Path, entries: Vec<Entry>) -> Result<Files> {
    let wanted = entries.iter().filter(|entry| entry.refused.is_none());
    let wanted: String = wanted.flat_map(|entry| [entry.object.as_str(), "\n"]).collect();
    let mut contents = objects(root, wanted)?.into_iter();
    let mut files = Vec::with_capacity(entries.len());
    for entry in entries {
        files.push(match entry.refused {
            Some(why) => File::unreadable(entry.name, "", why),
            None => File::from_bytes(entry.name, contents.next().context("git answered too little")?),
        });
    }
    Ok(Files::new(files))
}

/// The bytes of objects, named one a line, in their order. One process gives all.
fn objects(root: &Path, wanted: String) -> Result<Vec<Vec<u8>>> {
    let mut command = git(root, &["cat-file", "--batch"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = started(command.spawn())?;
    let (input, count) = (child.stdin.take(), wanted.lines().count());
    // Both pipes are short: one who wrote all before reading would wait for a git that waits for them.
    let writer = thread::spawn(move || input.map(|mut input| input.write_all(wanted.as_bytes())));
    let contents = contents(&mut child, count);
    if contents.is_err() {
        // It may have ended by itself.
        let _ = child.kill();
    }
    child.wait().context("could not wait for git")?;
    // What it could not write shows in what was read.
    let _ = writer.join();
    contents
}

fn contents(child: &mut Child, count: usize) -> Result<Vec<Vec<u8>>> {
    let mut output = BufReader::new(child.stdout.take().context("could not read from git")?);
    (0..count).map(|_| content(&mut output)).collect()
}

/// One object: a line with its name, type and size, its bytes, a line break.
fn content(output: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut header = String::new();
    output.read_line(&mut header).context("could not read from git")?;
    let size: Option<u64> = match header.split_whitespace().collect::<Vec<_>>()[..] {
        [_, "blob", size] => size.parse().ok(),
        _ => None,
    };
    let size = size.filter(|size| *size <= MAX_LIST_BYTES).with_context(|| {
        format!(
            "git does not have all of that revision (`{}`)\n  help: fetch it in full; a clone with --filter leaves \
             files out, and nothing is fetched here",
            header.trim_end().escape_debug()
        )
    })?;
    let mut bytes = Vec::new();
    output.take(size + 1).read_to_end(&mut bytes).context("could not read from git")?;
    ensure!(
        bytes.len() as u64 == size + 1 && bytes.pop() == Some(b'\n'),
        "git ended in the middle of a file"
    );
    Ok(bytes)
}

/// The workflows that are not alike on both sides, by path in the repository.
fn changed(before: &Files, after: &Files) -> Vec<String> {
    let is_in = |files: &Files, file: &File| {
        files.by_path(&file.path).is_some_and(|id| files.get(id).reads_like(file))
    };
    let gone = before.iter().filter(|(_, file)| !is_in(after, file));
    let come = after.iter().filter(|(_, file)| !is_in(before, file));
    let mut paths: Vec<String> = gone.chain(come).map(|(_, file)| file.path.clone()).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// A call of git in a folder, with nothing that could make it do more than answer.
fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("GIT_") && !KEPT.iter().any(|kept| text.starts_with(kept)) {
            command.env_remove(&name);
        }
    }
    command
        .env("GIT_NO_LAZY_FETCH", "1")
        // Wins over every `protocol.*.allow`; a git that does not know the line above asks a remote by one of them.
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .args(["--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"])
        .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output> {
    started(git(folder, arguments).output())
}

fn started<T>(call: std::io::Result<T>) -> Result<T> {
    call.map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            anyhow!(
                "git was not found\n  help: --base compares with a git revision; install git, or leave it out"
            )
        }
        _ => anyhow!("could not run git: {error}"),
    })
}

/// What git wrote on standard error, where a path may hold anything.
fn complaint(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    said.trim().lines().map(|line| line.escape_debug().to_string()).collect::<Vec<_>>().join("\n  ")
}

/// The one line that git answered.
fn text(output: &Output) -> Result<String> {
    ensure!(output.status.success(), "git refused: {}", complaint(output));
    let text = std::str::from_utf8(&output.stdout).context("git answered in another encoding than UTF-8")?;
    Ok(text.strip_suffix('\n').unwrap_or(text).to_owned())
}

/// The same, or nothing if git complains of just that.
fn line(output: &Output, unless: &str) -> Result<Option<String>> {
    let expected = !output.status.success() && complaint(output).contains(unless);
    if expected { Ok(None) } else { text(output).map(Some) }
}
