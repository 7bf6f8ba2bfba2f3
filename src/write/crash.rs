//! Builds that die, or meet a failing disk, at each of their steps in turn: no half of a site ever stands in its place.
//!
//! Killing a process from outside hits a step by luck. Here the disk itself stops: at step K a killed build writes half
//! of a file or removes one file of a tree, and from then on nothing of it has any effect, its clean-up included.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use anyhow::{Result, bail};
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::model::output::Job;
use crate::write::disk::{Disk, Real};
use crate::write::publish::{Written, site};
use crate::write::{MARKER, Place};

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The program ends: that step is half done, and none follows.
    Kill,
    /// The disk refuses this one step.
    Refuse,
}

/// What a file system can do.
#[derive(Clone, Copy, Debug)]
struct System {
    exchanges: bool,
    links: bool,
}

const SYSTEMS: [System; 3] = [
    System { exchanges: true, links: true },
    System { exchanges: false, links: true },
    System { exchanges: true, links: false },
];

/// A disk with a fault at one step.
struct Faulty {
    system: System,
    fault: Fault,
    at: usize,
    /// What was done or tried, in order.
    steps: Mutex<Vec<&'static str>>,
}

impl Faulty {
    fn new(system: System, fault: Fault, at: usize) -> Arc<Faulty> {
        Arc::new(Faulty { system, fault, at, steps: Mutex::default() })
    }

    /// A disk on which everything goes well.
    fn sound(system: System) -> Arc<Faulty> {
        Faulty::new(system, Fault::Refuse, usize::MAX)
    }

    /// What was being done at the fault, if it came to that.
    fn met(&self) -> Option<&'static str> {
        self.steps.lock().expect("no step panics").get(self.at).copied()
    }

    /// Counts a step; `half` is what is left of it if the fault comes now.
    fn step(&self, what: &'static str, half: impl FnOnce()) -> io::Result<()> {
        let mut steps = self.steps.lock().expect("no step panics");
        steps.push(what);
        let step = steps.len() - 1;
        if step == self.at {
            half();
            return Err(io::ErrorKind::StorageFull.into());
        }
        if step > self.at && self.fault == Fault::Kill { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
    }
}

impl Disk for Faulty {
    fn open_lock(&self, path: &Path) -> io::Result<File> {
        self.step("lock", || {
            if self.fault == Fault::Kill {
                let _ = Real.open_lock(path);
            }
        })?;
        Real.open_lock(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step("make a folder", || ())?;
        Real.make_folder(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step("write", || {
            let _ = Real.write(path, &bytes[..bytes.len() / 2]);
        })?;
        Real.write(path, bytes)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("link", || ())?;
        if self.system.links { Real.link(from, to) } else { Err(io::ErrorKind::Unsupported.into()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", || ())?;
        Real.rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step("exchange", || ())?;
        if self.system.exchanges {
            Real.exchange(one, other)
        } else {
            Err(io::ErrorKind::InvalidInput.into())
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step("remove", || ())?;
        Real.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step("remove", || ())?;
        Real.remove_folder(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        for entry in WalkDir::new(path).contents_first(true) {
            let entry = entry?;
            let folder = entry.file_type().is_dir();
            if folder { self.remove_folder(entry.path()) } else { self.remove_file(entry.path()) }?;
        }
        Ok(())
    }

    fn flush(&self, _folder: &Path) -> io::Result<()> {
        self.step("flush", || ())
    }

    fn settle(&self, _folder: &Path) {
        let _ = self.step("settle", || ());
    }
}

/// A site before: one file stays as it is, one changes, one goes.
const BEFORE: &[(&str, &str)] = &[("index.html", "same"), ("a/index.html", "before"), ("gone.html", "gone")];
/// The same site after: a file is new.
const AFTER: &[(&str, &str)] = &[("index.html", "same"), ("a/index.html", "after!"), ("a/new.html", "new")];

/// An empty folder, in memory if there is such a place: steps are tested here, not the disk, and there are thousands.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder")
}

fn build(disk: Arc<Faulty>, out: &Path, files: &[(&str, &str)]) -> Result<Written> {
    let jobs: Vec<_> =
        files.iter().map(|(path, text)| Job::new(*path, || Ok(text.as_bytes().to_vec()))).collect();
    site(&Place::on(disk, out, || ())?, &jobs, || Ok(()))
}

/// Every file and folder below a folder; nothing if there is none.
fn tree(folder: &Path) -> Tree {
    let entries = WalkDir::new(folder).min_depth(1).into_iter().filter_map(Result::ok);
    entries
        .map(|entry| {
            let name =
                entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
            (name, entry.file_type().is_file().then(|| fs::read(entry.path()).expect("a file can be read")))
        })
        .collect()
}

/// What stands beside the site.
fn litter(out: &Path) -> Vec<String> {
    let beside =
        fs::read_dir(out.parent().expect("a site lies in a folder")).expect("a folder can be listed");
    let names = beside.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned());
    names.filter(|name| name != "site").collect()
}

type Tree = BTreeMap<String, Option<Vec<u8>>>;

/// A folder with the site `BEFORE`, and what the sites before and after look like.
struct Scene {
    folder: TempDir,
    before: &'static Tree,
    after: &'static Tree,
}

impl Scene {
    fn new(system: System) -> Scene {
        static TREES: OnceLock<[Tree; 2]> = OnceLock::new();
        let made = |files| {
            let folder = folder();
            build(Faulty::sound(system), &folder.path().join("site"), files).expect("nothing goes wrong");
            folder
        };
        let [before, after] =
            TREES.get_or_init(|| [BEFORE, AFTER].map(|files| tree(&made(files).path().join("site"))));
        Scene { folder: made(BEFORE), before, after }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Where the last site waits while the new one takes its name.
    fn aside(&self) -> PathBuf {
        self.folder.path().join(".site.registry-old")
    }

    /// Whether what stands there is one of the two sites, whole.
    fn is_whole(&self) -> bool {
        let found = tree(&self.out());
        found == *self.before || found == *self.after
    }

    /// A build on a sound disk gives the new site and leaves nothing else.
    fn heals(&self, system: System, what: &str) {
        build(Faulty::sound(system), &self.out(), AFTER).expect("the next build succeeds");
        assert_eq!(tree(&self.out()), *self.after, "{what}");
        assert_eq!(litter(&self.out()), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn a_build_killed_at_any_step_leaves_one_site_whole() {
    for system in SYSTEMS {
        for at in 0.. {
            let scene = Scene::new(system);
            let disk = Faulty::new(system, Fault::Kill, at);
            let built = build(disk.clone(), &scene.out(), AFTER);
            let Some(met) = disk.met() else {
                assert!(built.is_ok() && at > 15, "{system:?}: {at} steps");
                break;
            };
            let what = format!("{system:?}, killed at step {at}, {met}");
            // Without an exchange there is one moment without a site; then the last one stands beside, whole.
            let beside = !system.exchanges && tree(&scene.aside()) == *scene.before;
            assert!(scene.is_whole() || beside, "{what}");
            // To hold the place is enough to get the site back.
            drop(Place::on(Faulty::sound(system), &scene.out(), || ()).expect("the next build can begin"));
            assert!(scene.is_whole() && litter(&scene.out()).is_empty(), "{what}");
            scene.heals(system, &what);
        }
    }
}

#[test]
fn so_does_one_killed_while_it_clears_what_a_killed_one_left() {
    for (system, removed) in [(SYSTEMS[0], false), (SYSTEMS[1], false), (SYSTEMS[1], true)] {
        let mut first = 0;
        while killed_twice(system, first, removed) {
            first += 1;
        }
    }
}

/// Kills a build at one step and the next one at each of its own, and perhaps has somebody remove the site by hand
/// after that; says whether the first build came that far.
fn killed_twice(system: System, first: usize, removed: bool) -> bool {
    for second in 0.. {
        let scene = Scene::new(system);
        let [one, two] = [first, second].map(|at| Faulty::new(system, Fault::Kill, at));
        for disk in [&one, &two] {
            let _ = build(disk.clone(), &scene.out(), AFTER);
        }
        let what = format!("{system:?}, killed at steps {first} and {second}");
        let aside = tree(&scene.aside());
        let beside = !system.exchanges && [scene.before, scene.after].contains(&&aside);
        assert!(scene.is_whole() || beside, "{what}");
        // Who removes the site by hand does not get half of an old one back.
        if removed && scene.out().exists() {
            fs::remove_dir_all(scene.out()).expect("it can be removed");
            drop(Place::on(Faulty::sound(system), &scene.out(), || ()).expect("the next build can begin"));
            assert!(!scene.out().exists() || scene.is_whole(), "{what}, removed by hand");
        }
        scene.heals(system, &what);
        if two.met().is_none() {
            return one.met().is_some();
        }
    }
    false
}

#[test]
fn a_first_build_killed_at_any_step_leaves_no_half_of_a_site() {
    let system = SYSTEMS[0];
    for at in 0.. {
        let scene = Scene::new(system);
        fs::remove_dir_all(scene.out()).expect("it can be removed");
        let disk = Faulty::new(system, Fault::Kill, at);
        let _ = build(disk.clone(), &scene.out(), AFTER);
        assert!(!scene.out().exists() || tree(&scene.out()) == *scene.after, "killed at step {at}");
        scene.heals(system, &format!("killed at step {at}"));
        if disk.met().is_none() {
            break;
        }
    }
}

#[test]
fn a_disk_that_refuses_any_step_leaves_one_site_whole_and_nothing_else() {
    for system in SYSTEMS {
        for at in 0.. {
            let scene = Scene::new(system);
            let disk = Faulty::new(system, Fault::Refuse, at);
            let built = build(disk.clone(), &scene.out(), AFTER);
            let Some(met) = disk.met() else { break };
            let what = format!("{system:?}, refused at step {at}, {met}: {built:?}");
            assert!(scene.is_whole(), "{what}");
            assert!(built.is_err() || tree(&scene.out()) == *scene.after, "{what}");
            // What cannot be removed stays until the next build; everything else was cleaned up at once.
            assert!(met == "remove" || litter(&scene.out()).is_empty(), "{what}");
            scene.heals(system, &what);
        }
    }
}

#[test]
fn everything_is_on_the_disk_before_the_sites_change_places_and_the_old_one_goes() {
    let scene = Scene::new(SYSTEMS[0]);
    let disk = Faulty::sound(SYSTEMS[0]);
    build(disk.clone(), &scene.out(), AFTER).expect("nothing goes wrong");
    let steps = disk.steps.lock().expect("no step panics").join(", ");
    assert!(steps.contains("write, flush, exchange, settle, remove, "), "{steps}");
}

#[test]
fn a_site_that_fails_its_check_never_appears() {
    let scene = Scene::new(SYSTEMS[0]);
    let place = Place::claim(&scene.out(), || ()).expect("nothing goes wrong");
    let jobs = [Job::new("index.html", || Ok(b"half".to_vec()))];
    site(&place, &jobs, || bail!("a link leads nowhere")).expect_err("it is refused");
    drop(place);
    assert!(tree(&scene.out()) == *scene.before && litter(&scene.out()).is_empty());
}

#[test]
fn a_path_out_of_the_site_or_named_twice_is_refused_and_harms_nothing() {
    for paths in [&["../x"][..], &["/x"], &["a", "a"], &[MARKER], &["index.html", "index.html"]] {
        let scene = Scene::new(SYSTEMS[0]);
        let place = Place::claim(&scene.out(), || ()).expect("nothing goes wrong");
        // The first of two is taken over by a link; the second may not write through it.
        let jobs: Vec<_> = paths.iter().map(|path| Job::new(*path, || Ok(b"same".to_vec()))).collect();
        site(&place, &jobs, || Ok(())).expect_err("it is refused");
        drop(place);
        assert!(tree(&scene.out()) == *scene.before && litter(&scene.out()).is_empty(), "{paths:?}");
    }
}
