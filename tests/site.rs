//! Small registries in, whole sites out: what stands on the pages, and what a build never does.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

fn build(root: &Path, out: &Path, threads: &str) -> (i32, String) {
    let mut command = Command::cargo_bin("registry").expect("the binary is built");
    let output = command
        .env("RAYON_NUM_THREADS", threads)
        .args(["build", "--root"])
        .arg(root)
        .arg("--out")
        .arg(out)
        .output()
        .expect("it runs");
    (output.status.code().expect("it ends by itself"), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn base() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in support::base() {
        let path = folder.path().join("registry").join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    folder
}

/// Every file of a folder, with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("a folder can be walked");
        if entry.file_type().is_file() {
            let name =
                entry.path().strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
            found.insert(name, fs::read(entry.path()).expect("a file can be read"));
        }
    }
    found
}

fn page(site: &Path, name: &str) -> String {
    fs::read_to_string(site.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_repositorys_own_records_become_pages_linked_both_ways() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    let (code, said) = build(Path::new(env!("CARGO_MANIFEST_DIR")), &site, "2");
    assert_eq!(code, 0, "{said}");
    let case = page(&site, "incidents/APM-0005/index.html");
    for part in [
        "id=\"f1\"",
        "Not publicly confirmed",
        "href=\"../../gates/deploy/index.html\"",
        "Would a Deploy Gate have blocked it?",
        "class=\"verdict unknown\"",
        "source-ft",
    ] {
        assert!(case.contains(part), "`{part}` is on the page of the case");
    }
    assert!(page(&site, "gates/deploy/index.html").contains("href=\"../../incidents/APM-0005/index.html\""));
    let index = page(&site, "index.html");
    for id in ["APM-0003", "APM-0005", "APM-0008", "APM-0046"] {
        assert!(index.contains(&format!("href=\"incidents/{id}/index.html\"")), "{id} is on the first page");
    }
}

#[test]
fn every_link_within_the_site_leads_somewhere() {
    let folder = base();
    let site = folder.path().join("site");
    assert_eq!(build(&folder.path().join("registry"), &site, "2").0, 0);
    for (name, bytes) in tree(&site).iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        for target in html.split("href=\"").skip(1).filter_map(|it| it.split('"').next()) {
            if target.starts_with("http") {
                continue;
            }
            let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
            let here = site.join(name);
            let there = here.parent().expect("a page has a folder").join(path);
            assert!(path.is_empty() || there.is_file(), "{name}: `{target}` leads nowhere");
            assert!(
                !path.is_empty() || ids.contains(&fragment),
                "{name}: `#{fragment}` is no place on the page"
            );
        }
    }
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let folder = base();
    let root = folder.path().join("registry");
    let trees: Vec<_> = ["1", "2", "8", "2"]
        .iter()
        .map(|threads| {
            let site = folder.path().join("site");
            assert_eq!(build(&root, &site, threads).0, 0);
            tree(&site)
        })
        .collect();
    assert!(trees.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_verdict_on_a_page_follows_the_evidence_and_not_the_pin() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    let record = root.join("incidents/APM-0001.md");
    let text = fs::read_to_string(&record).expect("the record is there");
    let settled = text
        .replace("unconfirmed:\n  - id: u1\n    text: The deletion went through the deploy pipeline.\n    looked_in: [acme-statement, gazette]\n    looked_on: 2026-11-21\n", "unconfirmed:\n  - id: u1\n    text: The deletion went through the deploy pipeline.\n    sources: [gazette]\n")
        .replace("    not_approved: u2\n", "    not_approved: f3\n")
        .replace("verdict: unknown", "verdict: only-if-routed");
    assert_ne!(settled, text);
    fs::write(&record, settled).expect("it can be changed");
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    assert!(page(&site, "incidents/APM-0001/index.html").contains("class=\"verdict only-if-routed\""));
    assert!(page(&site, "gates/deploy/index.html").contains("id=\"only-if-routed\""));
}

#[test]
fn a_registry_with_errors_publishes_nothing_and_leaves_the_old_site() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    assert_eq!(build(&root, &site, "2").0, 0);
    let before = tree(&site);
    let record = root.join("incidents/APM-0001.md");
    let text = fs::read_to_string(&record).expect("the record is there");
    fs::write(&record, text.replace("severity: 3", "severity: 9")).expect("it can be changed");
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 1);
    assert!(said.contains("nothing was published"), "{said}");
    assert_eq!(tree(&site), before);
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let folder = base();
    let root = folder.path().join("registry");
    let site = folder.path().join("mine");
    fs::create_dir(&site).expect("a folder can be made");
    fs::write(site.join("thesis.txt"), "years of work").expect("a file can be written");
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 2);
    assert!(said.contains("--force"), "{said}");
    assert_eq!(tree(&site).len(), 1);
    for part in ["incidents", "gates", "taxonomy.yaml", "registry.toml", "gates/site", "static/new"] {
        let out = root.join(part);
        let mut command = Command::cargo_bin("registry").expect("the binary is built");
        let output = command.args(["build", "--force", "--root"]).arg(&root).arg("--out").arg(&out).output();
        assert_eq!(output.expect("it runs").status.code(), Some(2), "`{part}` is the registry's own");
    }
    assert!(root.join("incidents/APM-0001.md").is_file() && root.join("taxonomy.yaml").is_file());
    assert_eq!(build(&root, &root, "2").0, 2, "the registry itself is never replaced");
    assert_eq!(build(&root, folder.path(), "2").0, 2, "nor is a folder above it");
}

#[test]
fn drafts_are_not_built_and_nothing_of_a_record_becomes_markup() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    let record = root.join("incidents/APM-0001.md");
    let text = fs::read_to_string(&record).expect("the record is there");
    let text = text.replace(
        "note: The public reports",
        "note: '<script>alert(1)</script> & \"The public reports\"'\n    # The public reports",
    );
    fs::write(&record, text).expect("it can be changed");
    let draft = root.join("incidents/APM-0002.md");
    let text = fs::read_to_string(&draft).expect("the record is there");
    fs::write(&draft, text.replace("occurred:", "status: draft\noccurred:")).expect("it can be changed");
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    assert!(!site.join("incidents/APM-0002").exists());
    let html = page(&site, "incidents/APM-0001/index.html");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"), "{html}");
}

#[test]
fn a_registrys_own_template_takes_the_place_of_ours_and_a_broken_one_is_named() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    fs::create_dir(root.join("templates")).expect("a folder can be made");
    let template = root.join("templates/gates.html");
    fs::write(&template, "{% extends \"base.html\" %}{% block content %}My own gates{% endblock %}")
        .expect("it can be written");
    assert_eq!(build(&root, &site, "2").0, 0);
    assert!(page(&site, "gates/index.html").contains("My own gates"));
    fs::write(
        &template,
        "{% extends \"base.html\" %}\n{% block content %}{{ page.gates | nothing }}{% endblock %}",
    )
    .expect("it can be written");
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 3);
    assert!(said.contains("gates.html"), "{said}");
    assert!(page(&site, "gates/index.html").contains("My own gates"), "the old site is whole");
}
