//! Small registries in, whole sites out: what stands on the pages, and what a build never does.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use incident_registry::files::{File, Files};
use incident_registry::model::facet::Facet;
use incident_registry::pipeline;
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
    support::write_base(&folder.path().join("registry"));
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

/// Leaves the first record without a path.
fn take_path_away(root: &Path) {
    let record = root.join("incidents/APM-0001.md");
    let text = fs::read_to_string(&record).expect("the record is there");
    let (from, to) = (text.find("path:\n").expect("a path"), text.find("gates:\n").expect("gates"));
    fs::write(record, format!("{}{}", &text[..from], &text[to..])).expect("written");
}

/// Changes a file of a registry; the words must be there.
fn edit(root: &Path, file: &str, edits: &[(&str, &str)]) {
    let path = root.join(file);
    let mut text = fs::read_to_string(&path).expect("the file is there");
    for (from, to) in edits {
        assert!(text.contains(from), "`{from}` is in {file}");
        text = text.replace(from, to);
    }
    fs::write(path, text).expect("it can be changed");
}

/// Every link of a page that stays within the site.
fn links(html: &str) -> Vec<&str> {
    let written = ["href=\"", "src=\"", "action=\""].into_iter().flat_map(|key| html.split(key).skip(1));
    let targets = written.filter_map(|it| it.split('"').next());
    targets.filter(|it| !it.starts_with("http")).collect()
}

fn ids(html: &str) -> Vec<&str> {
    html.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect()
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
        "href=\"../../gates/deploy/\"",
        "Would a Deploy Gate have blocked it?",
        "class=\"verdict unknown\"",
        "source-ft",
        "href=\"../../systems/kiro/\"",
        "<a class=\"ref disputed\" href=\"#u6\"",
    ] {
        assert!(case.contains(part), "`{part}` is on the page of the case");
    }
    let lists = (2..).map_while(|number| page_if(&site, &format!("incidents/page-{number}/index.html")));
    let lists = page(&site, "incidents/index.html") + &lists.collect::<String>();
    for id in ["APM-0003", "APM-0005", "APM-0008", "APM-0046", "APM-0101"] {
        assert!(lists.contains(&format!("incidents/{id}/\"")), "{id} is in the list");
    }
    for back in
        ["gates/deploy", "systems/kiro", "operators/aws", "actions/delete-infrastructure", "years/2025"]
    {
        let html = page(&site, &format!("{back}/index.html"));
        assert!(html.contains("href=\"../../incidents/APM-0005/\""), "{back} leads back to the case");
    }
}

#[test]
fn lists_begin_with_the_latest_case() {
    let files: Vec<File> = support::own().into_iter().map(|(path, text)| File::new(path, text)).collect();
    let registry = pipeline::check(&Files::new(files)).registry;
    let facets = registry.facets();
    let day = |at: &usize| registry.records.incidents[*at].occurred.value.first_day();
    let all = Facet::ALL.into_iter().flat_map(|facet| facets.of(facet)).map(|value| &value.cases);
    for cases in all.chain([&facets.listed]) {
        assert!(cases.is_sorted_by(|a, b| day(a) >= day(b)), "{cases:?}");
    }
    assert!(facets.listed.iter().enumerate().all(|(place, at)| facets.rank[*at] == place));
}

#[test]
fn a_case_tells_everything_in_the_order_of_the_design() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    assert_eq!(build(Path::new(env!("CARGO_MANIFEST_DIR")), &site, "2").0, 0);
    let html = page(&site, "incidents/APM-0005/index.html");
    let parts = [
        "class=\"number\">APM-0005",
        "Severity 3",
        "Statement of a party",
        "<h1>",
        "class=\"summary\"",
        "At a glance",
        "(the day is not known)",
        "Independent registry.",
        "id=\"what-happened\"",
        "id=\"verified\"",
        "1 established, 1 corroborated, 17 reported",
        "id=\"unconfirmed\"",
        "id=\"why-it-matters\"",
        "id=\"missing-authorization-check\"",
        "id=\"gates\"",
        "id=\"path\"",
        "id=\"timeline\"",
        "id=\"technical-read\"",
        "id=\"lessons\"",
        "id=\"responses\"",
        "id=\"sources\"",
        "id=\"cite\"",
        "rel=\"prev\"",
    ];
    let mut from = 0;
    for part in parts {
        let found = html[from..].find(part);
        assert!(found.is_some(), "`{part}` stands after what comes before it");
        from += found.unwrap_or_default();
    }
    for absent in ["id=\"corrections\"", "<h2></h2>"] {
        assert!(!html.contains(absent), "what the record does not have leaves no `{absent}`");
    }
}

#[test]
fn every_link_within_the_site_leads_somewhere() {
    let folder = base();
    for root in [Path::new(env!("CARGO_MANIFEST_DIR")), &folder.path().join("registry")] {
        let site = folder.path().join("site");
        assert_eq!(build(root, &site, "2").0, 0);
        let files = tree(&site);
        let pages = files.iter().filter(|(name, _)| name.ends_with(".html") && *name != "404.html");
        for (name, bytes) in pages {
            let html = String::from_utf8_lossy(bytes);
            for target in links(&html) {
                let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
                let here = site.join(name).parent().expect("a page has a folder").to_owned();
                let there = if path.is_empty() { site.join(name) } else { here.join(path) };
                let there = if there.is_dir() { there.join("index.html") } else { there };
                let html =
                    fs::read_to_string(&there).unwrap_or_else(|_| panic!("{name}: `{target}` leads nowhere"));
                let there = ids(&html);
                assert!(fragment.is_empty() || there.contains(&fragment), "{name}: `{target}` is no place");
            }
            let mut all = ids(&html);
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count, "an id stands twice in {name}");
        }
    }
}

#[test]
fn a_template_with_a_dead_link_publishes_nothing() {
    for link in ["../nowhere/", "#nothing", "../../gates/deploy/#nothing", "../../static/no.css"] {
        let folder = base();
        let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
        assert_eq!(build(&root, &site, "2").0, 0);
        let before = tree(&site);
        fs::create_dir(root.join("templates")).expect("a folder can be made");
        let template = format!(
            "{{% extends \"base.html\" %}}{{% block content %}}<a href=\"{link}\">x</a>{{% endblock %}}"
        );
        fs::write(root.join("templates/term.html"), template).expect("it can be written");
        let (code, said) = build(&root, &site, "2");
        assert_eq!(code, 3, "{said}");
        assert!(said.contains(link) && said.contains("leads nowhere"), "{said}");
        assert_eq!(tree(&site), before, "the old site is whole");
    }
}

#[test]
fn every_rule_has_its_page() {
    let folder = base();
    let site = folder.path().join("site");
    assert_eq!(build(&folder.path().join("registry"), &site, "2").0, 0);
    let list = page(&site, "rules/index.html");
    for rule in incident_registry::check::RULES {
        assert!(list.contains(&format!("<a href=\"{0}/\">{1}</a>", rule.code, rule.name)), "{}", rule.code);
        let html = page(&site, &format!("rules/{}/index.html", rule.code));
        assert!(
            html.contains(&format!("<h1>{}</h1>", rule.name)) && html.contains("<h2 id=\"flagged\">"),
            "{html}"
        );
    }
}

#[test]
fn a_misnamed_template_or_stylesheet_is_said() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    for (name, text) in [
        ("templates/incidents.html", "x"),
        ("templates/partials/mine.html", "x"),
        (
            "templates/gates.html",
            "{% extends \"base.html\" %}{% block content %}{% include \"partials/mine.html\" %}{% endblock %}",
        ),
        ("static/styles.css", "x"),
        ("static/photo.svg", "x"),
    ] {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("no page uses `templates/incidents.html`; did you mean `incident.html`?"),
        "{said}"
    );
    assert!(said.contains("`static/styles.css` is published beside `style.css`"), "{said}");
    assert_eq!(said.matches("warning:").count(), 2, "{said}");
}

#[test]
fn a_case_without_a_path_says_so_and_how_to_help() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    take_path_away(&root);
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    let html = page(&site, "incidents/APM-0001/index.html");
    assert!(html.contains("Not assessed") && html.contains("add a <code>path</code>"), "{html}");
    assert!(!html.contains("id=\"path\""));
}

#[test]
fn a_number_taken_back_or_told_elsewhere_keeps_its_page_and_is_counted_nowhere() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    let reason = "Both records told of one event, as a later report showed.";
    let merged = format!("status: merged\nmerged:\n  into: APM-0002\n  reason: {reason}\n");
    edit(&root, "incidents/APM-0001.md", &[("status: published\n", &merged)]);
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    let old = page(&site, "incidents/APM-0001/index.html");
    assert!(old.contains("http-equiv=\"refresh\" content=\"0; url=../APM-0002/\""), "it leads on");
    assert!(
        page(&site, "incidents/APM-0002/index.html")
            .contains(&format!("APM-0001 is told here as well: {reason}"))
    );
    let list = page(&site, "incidents/index.html");
    let apart = list.find("counted nowhere").expect("it is set apart");
    assert!(list.find("APM-0001").is_some_and(|at| at > apart), "and not in the list");
    assert!(!page(&site, "gates/deploy/index.html").contains("APM-0001"));
    assert!(!page(&site, "incidents/cases.json").contains("APM-0001"));
}

#[test]
fn markdown_becomes_links_with_status_anchors_and_nothing_else() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    let more = "## Why it matters\n\n### The *same* rights\n\nSee [APM-0002], [gate:deploy] and \\[f1].\n\n### The same rights\n\n\
                Code `[f1]`, [web](https://a.example/b \"t\"), [bad](javascript:alert(1)), [f2] & more.\n\n\
                <!-- seen by -->\n\n<!-- unseen\n\nat all -->\n\nBut @ada <!-- registry: allow(T07) a name --> is.\n";
    edit(&root, "incidents/APM-0001.md", &[("## Why it matters\n", more)]);
    let (code, said) = build(&root, &site, "2");
    let html = page_if(&site, "incidents/APM-0001/index.html");
    assert_eq!(code, 1, "a link that is not allowed is a finding: {said}");
    assert!(html.is_none());
    edit(&root, "incidents/APM-0001.md", &[(", [bad](javascript:alert(1))", "")]);
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    let html = page(&site, "incidents/APM-0001/index.html");
    for part in [
        "<h3 id=\"why-it-matters-the-same-rights\">The <em>same</em> rights</h3>",
        "<h3 id=\"why-it-matters-the-same-rights-2\">",
        "<a href=\"../../incidents/APM-0002/\"",
        "<a href=\"../../gates/deploy/\">Deploy Gate</a> and [f1].",
        "<code>[f1]</code>",
        "href=\"https://a.example/b\"",
        "<a class=\"ref reported\" href=\"#f2\" title=\"reported\">f2<span class=\"said\"> (reported)</span></a> &amp; more.",
        "<p>But @ada  is.</p>",
    ] {
        assert!(html.contains(part), "`{part}` in {html}");
    }
    assert!(!html.contains("seen by") && !html.contains("unseen") && !html.contains("registry:"), "{html}");
}

fn page_if(site: &Path, name: &str) -> Option<String> {
    fs::read_to_string(site.join(name)).ok()
}

#[test]
fn the_address_of_the_site_reaches_the_pages_that_need_it() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    let run = |url: &str| {
        let mut command = Command::cargo_bin("registry").expect("the binary is built");
        command.args(["build", "--base-url", url, "--root"]).arg(&root).arg("--out").arg(&site);
        command.output().expect("it runs")
    };
    assert!(run("https://a.example/some/site").status.success());
    let lost = page(&site, "404.html");
    assert!(
        lost.contains("href=\"/some/site/static/style.css\"") && lost.contains("href=\"/some/site/gates/\"")
    );
    let case = page(&site, "incidents/APM-0001/index.html");
    assert!(
        case.contains("<link rel=\"canonical\" href=\"https://a.example/some/site/incidents/APM-0001/\">")
    );
    assert!(case.contains("https://a.example/some/site/incidents/APM-0001/</p>"), "and the citation");
    for bad in [
        "a.example",
        "ftp://a.example/",
        "https://me:secret@a.example/",
        "https://",
        "https://a.example/\"><script>",
    ] {
        let output = run(bad);
        assert_eq!(output.status.code(), Some(2), "`{bad}` is no address for a site");
        assert!(String::from_utf8_lossy(&output.stderr).contains("https://example.org/registry/"));
    }
}

#[test]
fn long_lists_are_cut_into_pages() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    let first = fs::read_to_string(root.join("incidents/APM-0001.md")).expect("the record is there");
    let mut ledger = fs::read_to_string(root.join("incidents/ids.lock")).expect("the ledger is there");
    for number in 3..=130 {
        let id = format!("APM-{number:04}");
        let text = first
            .replace("id: APM-0001", &format!("id: {id}"))
            .replace("deletes an environment and", &format!("deletes environment {number} and"));
        fs::write(root.join(format!("incidents/{id}.md")), text).expect("it can be written");
        ledger = format!("{ledger}{id} 2026-02-21\n");
    }
    fs::write(root.join("incidents/ids.lock"), ledger).expect("it can be written");
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    let count = |name: &str| page(&site, name).matches("<li class=\"case\">").count();
    assert_eq!(
        [
            count("incidents/index.html"),
            count("incidents/page-2/index.html"),
            count("incidents/page-3/index.html")
        ],
        [50, 50, 30]
    );
    assert!(!site.join("incidents/page-4").exists());
    assert_eq!(count("gates/deploy/index.html"), 20);
    assert!(page(&site, "gates/deploy/index.html").contains("href=\"../../gates/deploy/unknown/\""));
    assert_eq!(count("gates/deploy/unknown/page-3/index.html"), 29);
    assert_eq!(count("systems/builder/page-2/index.html"), 50);
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
    // A number that was minted keeps its page.
    edit(&root, "incidents/ids.lock", &[("APM-0002 2026-03-01\n", "")]);
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

/// What stands between two marks, the first time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("`{from}` is there")) + from.len();
    let end = text[start..].find(to).unwrap_or_else(|| panic!("`{to}` follows `{from}`"));
    &text[start..start + end]
}

/// The figures of a cell: incidents, and what was not realised.
fn figures(cell: &str) -> [usize; 2] {
    let pieces = cell.split('<').map(|piece| piece.split_once('>').unwrap_or(("", piece)));
    let text: String =
        pieces.filter(|(tag, _)| !tag.contains("class=\"said\"")).map(|(_, text)| text).collect();
    let numbers: Vec<usize> = text.split('+').filter_map(|it| it.trim().parse().ok()).collect();
    [numbers.first().copied().unwrap_or_default(), numbers.get(1).copied().unwrap_or_default()]
}

/// The cells of each row of a page's table body, the links in them, and the foot's.
fn rows(html: &str) -> Vec<Vec<&str>> {
    let body = between(html, "<tbody", "</table>");
    body.split("<tr")
        .skip(1)
        .map(|row| {
            row.split("<td class=\"count\">")
                .skip(1)
                .map(|it| it.split("</td>").next().unwrap_or_default())
                .collect()
        })
        .collect()
}

/// The entries of the list that an address of the site leads to, through all its pages: of a place of a page, those
/// of its section.
fn entries(site: &Path, to: &str) -> usize {
    let (path, fragment) = to.split_once('#').unwrap_or((to, ""));
    let html = page(site, &format!("{path}index.html"));
    if fragment.is_empty() {
        let more = (2..).map_while(|number| page_if(site, &format!("{path}page-{number}/index.html")));
        return std::iter::once(html).chain(more).map(|it| it.matches("<li class=\"case\">").count()).sum();
    }
    let from = html.find(&format!("id=\"{fragment}\"")).unwrap_or_else(|| panic!("{to} is a place"));
    let rest = &html[from..];
    let section = rest.split("</section>").next().unwrap_or_default();
    section.matches("<li class=\"case\">").count()
        + section.split("class=\"lines\"").nth(1).map_or(0, |it| it.matches("<li>").count())
}

/// A registry of many cases with all verdicts and kinds, as a folder.
fn many(root: &Path) {
    let first = fs::read_to_string(root.join("incidents/APM-0001.md")).expect("the record is there");
    let mut ledger = fs::read_to_string(root.join("incidents/ids.lock")).expect("the ledger is there");
    for number in 3..=130_u32 {
        let id = format!("APM-{number:04}");
        let mut text = first
            .replace("id: APM-0001", &format!("id: {id}"))
            .replace("deletes an environment and", &format!("deletes environment {number} and"));
        if number % 3 == 0 {
            text = text
                .replace("    not_approved: u2\n", "    approved: f3\n")
                .replace("verdict: unknown", "verdict: would-not-block");
        }
        if number % 7 == 0 {
            text = text.replace("kind: incident", "kind: demonstration");
        }
        fs::write(root.join(format!("incidents/{id}.md")), text).expect("it can be written");
        ledger = format!("{ledger}{id} 2026-02-21\n");
    }
    fs::write(root.join("incidents/ids.lock"), ledger).expect("it can be written");
}

#[test]
fn a_figure_of_the_matrix_is_the_number_of_entries_in_its_list() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    many(&root);
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    let html = page(&site, "matrix/index.html");
    let rows = rows(&html);
    let (best, gates) = rows.split_last().expect("the table has a foot");
    assert_eq!(gates.len(), 2, "a row for each gate");
    let mut seen = 0;
    for cells in gates {
        let counts: Vec<[usize; 2]> = cells.iter().map(|cell| figures(cell)).collect();
        let (total, parts) = counts.split_last().expect("a row has a total");
        for at in [0, 1] {
            assert_eq!(parts.iter().map(|it| it[at]).sum::<usize>(), total[at], "a row adds up: {cells:?}");
        }
        for (cell, count) in cells.iter().zip(&counts).take(parts.len()) {
            let Some(link) = links(cell).first().copied() else {
                assert_eq!(*count, [0, 0], "only a zero leads nowhere: {cell}");
                continue;
            };
            assert_eq!(entries(&site, link.trim_start_matches("../")), count[0] + count[1], "{cell}");
            seen += 1;
        }
    }
    assert!(seen >= 2, "some figures are not zero");
    // Each case once: the best of all gates, and those that no gate covers.
    let sum: usize = best.iter().take(5).map(|cell| figures(cell).iter().sum::<usize>()).sum();
    assert_eq!(sum, figures(best[5]).iter().sum::<usize>());
    let listed = entries(&site, "incidents/");
    let none = figures(between(&html, "coverage/#none\">", "</a>")).iter().sum::<usize>();
    assert_eq!(sum + none, listed);
    // The first page shows the same figures.
    let home = page(&site, "index.html");
    assert!(
        home.contains("href=\"gates/deploy/unknown/\"") && html.contains("href=\"../gates/deploy/unknown/\"")
    );
}

#[test]
fn the_coverage_page_counts_each_case_once_and_its_data_say_the_same() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    many(&root);
    assert_eq!(build(&root, &site, "2").0, 0);
    let html = page(&site, "coverage/index.html");
    let data: serde_json::Value =
        serde_json::from_str(&page(&site, "coverage/cases.json")).expect("the data are JSON");
    let verdicts: Vec<&str> =
        data["verdicts"].as_array().expect("a list").iter().filter_map(|it| it.as_str()).collect();
    let cases = data["cases"].as_array().expect("a list");
    let body = between(&html, "<tbody id=\"bests\">", "</tbody>");
    let mut sum = 0;
    for row in body.split("<tr data-best=\"").skip(1) {
        let id = row.split('"').next().unwrap_or_default();
        let cells: Vec<&str> = row.split("<td class=\"count\">").skip(1).collect();
        let counts = [figures(cells[0])[0], figures(cells[1])[0]];
        let of = |apart: bool| {
            let counts = |it: &&serde_json::Value| {
                let best = it[3].as_str().expect("marks").chars().filter_map(|mark| mark.to_digit(10)).min();
                let best = best.map_or("none", |at| verdicts[at as usize]);
                best == id && (it[2] != 0) == apart
            };
            cases.iter().filter(counts).count()
        };
        assert_eq!(counts, [of(false), of(true)], "{id}");
        let listed = entries(&site, &format!("coverage/#{id}"));
        assert_eq!(listed, (counts[0] + counts[1]).min(20), "{id}");
        sum += counts[0] + counts[1];
    }
    assert_eq!(sum, entries(&site, "incidents/"));
    assert!(html.contains("Reported cases, not incidence"));
    assert!(html.contains("The first column is empty."), "and it says what a column of zeros means");
}

#[test]
fn open_questions_are_ranked_paged_and_can_be_answered() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    many(&root);
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    let first = page(&site, "open-questions/index.html");
    let total = figures(between(&first, "keep a verdict open</dt><dd>", "</dd>"))[0];
    let pages: Vec<String> = (1..)
        .map_while(|number| {
            let folder = if number == 1 { String::new() } else { format!("page-{number}/") };
            page_if(&site, &format!("open-questions/{folder}index.html"))
        })
        .collect();
    let shown: Vec<usize> = pages.iter().map(|it| it.matches("<li class=\"question\"").count()).collect();
    assert_eq!(shown.iter().sum::<usize>(), total, "{shown:?}");
    assert!(shown[..shown.len() - 1].iter().all(|it| *it == 50), "{shown:?}");
    let alone: Vec<usize> = pages
        .iter()
        .flat_map(|it| it.split("class=\"alone").skip(1))
        .map(|it| between(it, ">", "<").parse().expect("a number"))
        .collect();
    assert!(alone.is_sorted_by(|a, b| a >= b), "{alone:?}");
    assert!(first.contains("<a class=\"cite\" href=\"../incidents/APM-0001/#source-gazette\"") || total > 50);
    assert!(first.contains("Looked in: "), "where people have looked");
    assert!(first.contains("u1 in <code>incidents/APM-"), "without a repository, the file");
    edit(
        &root,
        "registry.toml",
        &[("title =", "repository = \"https://code.example/acme/cases/\"\ntitle =")],
    );
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    let html = page(&site, "open-questions/index.html");
    let link = between(&html, "href=\"https://code.example/acme/cases/issues/new?", "\"");
    assert!(link.starts_with("title=Answer%20to%20APM-0") && link.contains("&amp;body=u"), "{link}");
    assert!(!link.contains(' ') && link.contains("Already%20searched%3A%20"), "{link}");
}

#[test]
fn across_cases_an_empty_registry_says_so_and_a_case_without_a_path_is_a_question() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    // One case without a path.
    take_path_away(&root);
    assert_eq!(build(&root, &site, "2").0, 0);
    let blanks = page(&site, "open-questions/nothing-recorded/index.html");
    assert!(blanks.contains("no path is recorded") && blanks.contains("../../incidents/APM-0001/#questions"));
    assert!(page(&site, "incidents/APM-0001/index.html").contains("id=\"questions\""));
    assert!(page(&site, "open-questions/index.html").contains("No unknown statement keeps a verdict open."));
    // No case.
    for id in ["APM-0001", "APM-0002"] {
        fs::remove_file(root.join(format!("incidents/{id}.md"))).expect("it can be removed");
    }
    fs::write(root.join("incidents/ids.lock"), "").expect("it can be written");
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    assert!(page(&site, "coverage/index.html").contains("No case is published yet."));
    assert!(page(&site, "matrix/index.html").contains("<span class=\"zero\">0</span>"));
    // No gate.
    for gate in ["deploy", "data-mutation"] {
        fs::remove_file(root.join(format!("gates/{gate}.md"))).expect("it can be removed");
    }
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    for name in ["coverage", "matrix"] {
        let html = page(&site, &format!("{name}/index.html"));
        assert!(html.contains("This registry has no gates yet") && !html.contains("<script"), "{name}");
    }
    assert_eq!(
        page(&site, "coverage/cases.json"),
        "{\"gates\":[],\"verdicts\":[\"would-block\",\"partly\",\"only-if-routed\",\"unknown\",\"would-not-block\"],\"kinds\":[\"Incident\",\"Near miss\",\"Demonstration\"],\"cases\":[]}"
    );
}

#[test]
fn the_data_says_what_the_pages_say() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    let (code, said) = build(&root, &site, "2");
    assert_eq!(code, 0, "{said}");
    let csv = page(&site, "data/verdicts.csv");
    let lines: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    let (head, lines) = lines.split_first().expect("a head");
    let gates = std::fs::read_dir(root.join("gates")).expect("it has gates").count();
    let mut cases = 0;
    for entry in std::fs::read_dir(site.join("incidents")).expect("it has cases") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let Some(id) = name.strip_suffix(".json").filter(|id| id.starts_with("APM-")) else { continue };
        cases += 1;
        let data: serde_json::Value =
            serde_json::from_str(&page(&site, &format!("incidents/{name}"))).expect("it is JSON");
        assert_eq!(
            (data["record"]["id"].as_str(), &data["derivation"]["table_version"]),
            (Some(id), &1.into())
        );
        let html = page(&site, &format!("incidents/{id}/index.html"));
        let judgements = data["derivation"]["judgements"].as_array().expect("a list");
        assert_eq!(judgements.len(), gates);
        for judgement in judgements {
            let text = |field: &str| judgement[field].as_str().unwrap_or_default();
            let card = html.contains(&format!("id=\"gate-{}\" data-gate", text("gate")));
            assert_eq!(judgement["relevant"] == true, card, "{id} {}", text("gate"));
            let line = lines.iter().find(|line| line[0] == id && line[1] == text("gate")).expect("a line");
            let cell = |name: &str| line[head.iter().position(|it| *it == name).expect("a column")];
            assert_eq!((cell("verdict"), cell("basis")), (text("verdict"), text("basis")));
            assert_eq!(cell("row"), judgement["row"].to_string());
            assert_eq!(cell("gate_version"), judgement["gate_version"].to_string());
        }
    }
    assert_eq!((cases > 1, lines.len()), (true, cases * gates));
}

#[test]
fn the_method_prints_the_tables_that_run() {
    let folder = base();
    let (root, site) = (folder.path().join("registry"), folder.path().join("site"));
    assert_eq!(build(&root, &site, "2").0, 0);
    let html = page(&site, "method/index.html");
    let table: serde_json::Value =
        serde_json::from_str(&page(&site, "data/decision-table.json")).expect("it is JSON");
    let rows = table["rows"].as_array().expect("a list");
    for (number, row) in (1..).zip(rows) {
        let (_, line) = html.split_once(&format!("id=\"row-{number}\"")).expect("every row is printed");
        let verdict = format!("#verdict-{}\"", row["verdict"].as_str().unwrap_or_default());
        assert!(line.split("</tr>").next().is_some_and(|line| line.contains(&verdict)), "row {number}");
    }
    assert!(html.contains("id=\"row-0\"") && !html.contains(&format!("id=\"row-{}\"", rows.len() + 1)));
    assert_eq!(html.matches("id=\"status-row-").count(), incident_registry::derive::STATUS_TABLE.len());
    assert!(html.contains(&format!("version {} of the table", table["version"])), "{html}");
}
