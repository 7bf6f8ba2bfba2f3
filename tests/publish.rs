//! Publishing by the real binary: two builds at once, a killed one, a full disk, and files taken over or not.
//!
//! What a kill at each single step leaves is tested beside the code, in `src/write/crash.rs`.
#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const NOBODY: u32 = 65534;
const MARKER: &str = ".registry-site";

/// A folder with a registry in it, and room for a site beside it.
struct Scene {
    folder: TempDir,
}

impl Scene {
    fn new() -> Scene {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in support::base() {
            let path = folder.path().join("registry").join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        fs::create_dir(folder.path().join("public")).expect("a folder can be made");
        Scene { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("registry")
    }

    /// The folder that the site lies in; nothing else does.
    fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn site(&self) -> PathBuf {
        self.public().join("site")
    }

    /// Changes the title of the first record, so that two of its pages and the index change.
    fn retitle(&self, title: &str) {
        let record = self.root().join("incidents/APM-0001.md");
        let text = fs::read_to_string(&record).expect("the record is there");
        let titled = |line: &str| line.starts_with("title:").then(|| format!("title: {title}"));
        let lines: Vec<_> =
            text.lines().map(|line| titled(line).unwrap_or_else(|| line.to_owned())).collect();
        fs::write(record, lines.join("\n") + "\n").expect("it can be changed");
    }

    fn command(&self, out: &Path) -> Command {
        arguments(Command::new(env!("CARGO_BIN_EXE_registry")), &self.root(), out)
    }

    /// The build, begun by a shell that has set something first: `"$@"` is the command.
    fn shell(&self, script: &str) -> Output {
        let mut command = Command::new("sh");
        command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_registry")]);
        run(&mut arguments(command, &self.root(), &self.site()))
    }

    fn build(&self) -> String {
        let output = run(&mut self.command(&self.site()));
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }

    /// The site, after which nothing else is left beside it.
    fn whole(&self) -> BTreeMap<String, Vec<u8>> {
        assert_eq!(names(&self.public()), ["site"]);
        tree(&self.site())
    }
}

fn arguments(mut command: Command, root: &Path, out: &Path) -> Command {
    command.args(["build", "--root"]).arg(root).arg("--out").arg(out).env_remove("RUST_BACKTRACE");
    command
}

fn run(command: &mut Command) -> Output {
    command.output().expect("it runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder can be listed");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("it reads").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Every file of a folder, the marker included, with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries =
        walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("a folder can be walked"));
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name =
                entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("a file can be read"))
        })
        .collect()
}

fn inode(path: &Path) -> u64 {
    fs::metadata(path).expect("the file is there").ino()
}

#[test]
fn the_same_bytes_for_any_mask_and_number_of_threads_written_or_taken_over() {
    let scene = Scene::new();
    scene.build();
    let first = scene.whole();
    assert!(first.contains_key(MARKER));
    for mask in ["022", "077", "000", "027"] {
        for threads in ["1", "2", "8"] {
            for fresh in [true, false] {
                if fresh {
                    fs::remove_dir_all(scene.site()).expect("it can be removed");
                }
                let output = scene.shell(&format!("umask {mask}; RAYON_NUM_THREADS={threads} exec \"$@\""));
                let what = format!("mask {mask}, {threads} threads, fresh: {fresh}: {}", said(&output));
                assert!(output.status.success(), "{what}");
                assert_eq!(said(&output).contains("unchanged"), !fresh, "{what}");
                assert!(scene.whole() == first, "{what}");
            }
        }
    }
}

#[test]
fn a_file_taken_over_has_the_permissions_that_writing_it_would_give() {
    let scene = Scene::new();
    let mode = |path: PathBuf| fs::metadata(path).expect("it is there").permissions().mode() & 0o7777;
    for (mask, file, folder) in [("077", 0o600, 0o700), ("022", 0o644, 0o755), ("022", 0o644, 0o755)] {
        assert!(scene.shell(&format!("umask {mask}; exec \"$@\"")).status.success());
        for entry in walkdir::WalkDir::new(scene.site()) {
            let entry = entry.expect("a folder can be walked");
            let expected = if entry.file_type().is_dir() { folder } else { file };
            assert_eq!(mode(entry.path().to_owned()), expected, "mask {mask}: {}", entry.path().display());
        }
    }
}

#[test]
fn an_unchanged_file_is_taken_over_and_a_changed_one_is_written() {
    let scene = Scene::new();
    assert!(!scene.build().contains("unchanged"));
    let (same, changed) = ("gates/index.html", "incidents/APM-0001/index.html");
    let before = [same, changed].map(|name| inode(&scene.site().join(name)));
    scene.retitle("Another title");
    let said = scene.build();
    let after = [same, changed].map(|name| inode(&scene.site().join(name)));
    assert!(before[0] == after[0] && before[1] != after[1], "{said}");
    assert!(said.contains(" unchanged"), "{said}");
    let links = |name: &str| fs::metadata(scene.site().join(name)).expect("it is there").nlink();
    assert_eq!(links(same), 1, "the last site is gone");
    let incremental = scene.whole();
    fs::remove_dir_all(scene.site()).expect("it can be removed");
    scene.build();
    assert!(incremental == scene.whole(), "taking files over gives what writing them gives");
}

#[test]
fn a_file_edited_by_hand_is_not_taken_over() {
    let scene = Scene::new();
    scene.build();
    let clean = scene.whole();
    let page = scene.site().join("incidents/APM-0002/index.html");
    let modified = fs::metadata(&page).and_then(|it| it.modified()).expect("it is there");
    let text = fs::read_to_string(&page).expect("it is text");
    // Neither its size nor its time gives it away.
    fs::write(&page, text.replace("<p>", "<q>")).expect("it can be written");
    let file = File::options().write(true).open(&page).expect("it is there");
    file.set_modified(modified).expect("its time can be set");
    fs::remove_file(scene.site().join("index.html")).expect("it can be removed");
    let elsewhere = scene.folder.path().join("elsewhere");
    fs::write(&elsewhere, &clean["gates/index.html"]).expect("it can be written");
    fs::remove_file(scene.site().join("gates/index.html")).expect("it can be removed");
    symlink(&elsewhere, scene.site().join("gates/index.html")).expect("it can be linked");
    scene.build();
    assert!(scene.whole() == clean);
    let marker = scene.site().join(MARKER);
    fs::write(&marker, "made by registry build; replaced as a whole\n").expect("it can be written");
    assert!(!scene.build().contains("unchanged"), "an earlier version's marker lists nothing");
    assert!(scene.whole() == clean);
}

#[test]
fn a_build_waits_for_another_and_says_so_once() {
    let scene = Scene::new();
    let path = scene.public().join(".site.registry-lock");
    let lock = File::create(&path).expect("it can be made");
    lock.lock().expect("it can be locked");
    let mut child = scene.command(&scene.site()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut said = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut line = String::new();
    said.read_line(&mut line).expect("it says something");
    assert!(line.contains("waiting"), "{line}");
    // One that ended takes its lock file along, and a third may have made another since: that is the one to wait for.
    fs::remove_file(&path).expect("it can be removed");
    let newer = File::create(&path).expect("it can be made");
    newer.lock().expect("it can be locked");
    lock.unlock().expect("it can be unlocked");
    // Time to go wrong in; a build that waits does so for ever.
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(
        child.try_wait().expect("it can be asked").is_none() && path.exists(),
        "it waits for the newer lock"
    );
    fs::remove_file(&path).expect("it can be removed");
    newer.unlock().expect("it can be unlocked");
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("it can be read");
    assert!(child.wait().expect("it ends").success() && !rest.contains("waiting"), "{rest}");
    scene.whole();
}

#[test]
fn several_builds_at_once_leave_one_site_whole_and_it_is_there_all_the_time() {
    let (one, other) = (Scene::new(), Scene::new());
    other.retitle("Another title");
    other.build();
    one.build();
    let sites = [one.whole(), other.whole()];
    let mut children: Vec<Child> = Vec::new();
    for root in [&other, &one, &other, &one, &other, &one].map(Scene::root) {
        let mut command = arguments(Command::new(env!("CARGO_BIN_EXE_registry")), &root, &one.site());
        children.push(command.stderr(Stdio::null()).spawn().expect("it runs"));
    }
    let mut looks = 0;
    while children.iter_mut().any(|child| child.try_wait().expect("it can be asked").is_none()) {
        let page = fs::read(one.site().join("index.html"));
        // Without an exchange, elsewhere, there is a moment without a site.
        if cfg!(target_os = "linux") {
            let page = page.expect("there is always a site");
            assert!(sites.iter().any(|site| site["index.html"] == page));
            looks += 1;
        }
    }
    assert!(looks > 0 || !cfg!(target_os = "linux"));
    for mut child in children {
        assert!(child.wait().expect("it ended").success());
    }
    assert!(sites.contains(&one.whole()));
}

#[test]
fn a_build_that_waited_reads_what_is_newest() {
    let scene = Scene::new();
    let lock = File::create(scene.public().join(".site.registry-lock")).expect("it can be made");
    lock.lock().expect("it can be locked");
    let mut child = scene.command(&scene.site()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut line = String::new();
    BufReader::new(child.stderr.as_mut().expect("it is piped")).read_line(&mut line).expect("it waits");
    scene.retitle("A title given while it waited");
    drop(lock);
    assert!(child.wait().expect("it ends").success());
    let index = fs::read_to_string(scene.site().join("index.html")).expect("it is text");
    assert!(index.contains("A title given while it waited"));
}

#[test]
fn a_build_killed_while_it_writes_leaves_the_last_site_and_the_next_one_clears_up() {
    let scene = Scene::new();
    scene.build();
    let before = scene.whole();
    scene.retitle("Another title");
    // The limit, in blocks of 512 bytes, is that of one file; the system's answer to more is a deadly signal.
    let output = scene.shell("ulimit -c 0; ulimit -f 1; exec \"$@\"");
    assert!(output.status.signal().is_some(), "{:?} {}", output.status, said(&output));
    assert!(tree(&scene.site()) == before);
    assert!(names(&scene.public()).len() > 1, "it was killed in the middle");
    scene.build();
    assert!(scene.whole() != before);
}

#[test]
fn a_full_disk_leaves_the_last_site_and_nothing_else() {
    let scene = Scene::new();
    scene.build();
    let before = scene.whole();
    scene.retitle("Another title");
    // With the signal ignored, a write beyond the limit fails as it does on a full disk.
    let output = scene.shell("trap '' XFSZ; ulimit -f 1; exec \"$@\"");
    assert_eq!(output.status.code(), Some(3));
    let said = said(&output);
    for part in ["nothing was published", "is as it was", "could not write `", "make room"] {
        assert!(said.contains(part), "`{part}`: {said}");
    }
    assert!(scene.whole() == before);
}

#[test]
fn what_is_no_folder_is_refused_whatever_one_says() {
    let scene = Scene::new();
    let elsewhere = scene.folder.path().join("elsewhere");
    let output = run(&mut scene.command(&elsewhere));
    assert!(output.status.success(), "{}", said(&output));
    let before = tree(&elsewhere);
    symlink(&elsewhere, scene.site()).expect("it can be linked");
    fs::write(scene.public().join("file"), "mine").expect("it can be written");
    symlink("nowhere", scene.public().join("dangling")).expect("it can be linked");
    for (name, part) in [
        ("site", "is a symlink"),
        ("site/", "is a symlink"),
        ("dangling", "is a symlink"),
        ("file", "not a folder"),
    ] {
        for force in [&[][..], &["--force"]] {
            let out = scene.public().join(name);
            let output = run(scene.command(&out).args(force));
            let said = said(&output);
            assert_eq!(output.status.code(), Some(3), "{name}: {said}");
            assert!(said.contains(part) && said.contains("--out"), "{name}: {said}");
            assert_eq!(names(&scene.public()), ["dangling", "file", "site"]);
        }
    }
    assert!(scene.site().is_symlink() && tree(&elsewhere) == before);
    assert_eq!(fs::read_to_string(scene.public().join("file")).expect("it is there"), "mine");
    for out in [".", "..", "/"] {
        let output = run(scene.command(Path::new(out)).current_dir(scene.public()));
        assert!(!output.status.success(), "{out}");
    }
}

#[test]
fn a_folder_that_may_not_be_written_or_listed_is_named() {
    let scene = Scene::new();
    let program = scene.folder.path().join("program");
    fs::copy(env!("CARGO_BIN_EXE_registry"), &program).expect("it can be copied");
    let allow = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a folder of ours can be changed");
    };
    allow(scene.folder.path(), 0o755);
    allow(&scene.public(), 0o777);
    let build = || {
        let mut command = arguments(Command::new(&program), &scene.root(), &scene.site());
        // Nothing is forbidden to the superuser, so another one builds.
        if fs::metadata(&program).expect("it is there").uid() == 0 {
            command.uid(NOBODY).gid(NOBODY);
        }
        run(&mut command)
    };
    let output = build();
    assert!(output.status.success(), "{}", said(&output));
    let before = scene.whole();
    scene.retitle("Another title");
    allow(&scene.public(), 0o555);
    let output = build();
    let message = said(&output);
    assert_eq!(output.status.code(), Some(3), "{message}");
    for part in [&*scene.public().to_string_lossy(), "Permission denied", "--out"] {
        assert!(message.contains(part), "{message}");
    }
    assert!(scene.whole() == before);
    allow(&scene.public(), 0o777);
    fs::set_permissions(scene.site(), fs::Permissions::from_mode(0o000)).expect("it can be changed");
    let output = build();
    let message = said(&output);
    allow(&scene.site(), 0o755);
    assert_eq!(output.status.code(), Some(3), "{message}");
    assert!(message.contains(&*scene.site().to_string_lossy()) && message.contains("--out"), "{message}");
    assert!(scene.whole() == before);
    let output = build();
    assert!(output.status.success() && scene.whole() != before, "{}", said(&output));
}

#[test]
fn a_build_that_publishes_nothing_takes_the_folders_it_made_along() {
    let scene = Scene::new();
    let out = scene.public().join("a/b/site");
    let record = scene.root().join("incidents/APM-0001.md");
    let text = fs::read_to_string(&record).expect("the record is there");
    fs::write(&record, text.replace("severity: 3", "severity: 9")).expect("it can be changed");
    assert_eq!(run(&mut scene.command(&out)).status.code(), Some(1));
    assert_eq!(names(&scene.public()), Vec::<String>::new());
    fs::write(&record, text).expect("it can be changed");
    assert!(run(&mut scene.command(&out)).status.success());
    assert_eq!(names(&scene.public().join("a/b")), ["site"]);
}

#[test]
fn a_folder_by_its_side_is_left_alone() {
    let scene = Scene::new();
    for name in ["mine", ".site", "site.registry-new"] {
        fs::create_dir(scene.public().join(name)).expect("a folder can be made");
        fs::write(scene.public().join(name).join("thesis.txt"), "years of work").expect("it can be written");
    }
    let before = tree(&scene.public());
    scene.build();
    scene.build();
    let after = tree(&scene.public());
    assert!(before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)));
    assert_eq!(names(&scene.public()), [".site", "mine", "site", "site.registry-new"]);
}
