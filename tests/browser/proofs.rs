//! Proof that the checks can fail: pages with one defect each, and the finding that each must give.

use std::fs;

use tempfile::TempDir;

use crate::crawl;
use crate::page::Page;
use crate::server::Server;

/// What a page without a defect looks like; a defect stands in the place of one of its lines.
const GOOD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>A page</title>
<link rel="icon" href="dot.svg">
<link rel="stylesheet" href="style.css">
<h1 id="heading">A page</h1>
<a href="good.html#heading">A link</a>
</html>
"#;

const POLICY: &str = "<meta http-equiv=";
const BODY: &str = "<a ";

/// The name of a page, the line that its defect replaces, the defect, and a part of what must be found.
const DEFECTS: [(&str, &str, &str, &str); 18] = [
    ("inline-script", BODY, "<script>document.title = 'changed'</script>", "policy violation"),
    ("inline-handler", BODY, r#"<img src="dot.svg" onload="scroll(0, 0)">"#, "policy violation"),
    ("inline-style", BODY, r#"<p style="color: red">red</p>"#, "policy violation"),
    ("inline-sheet", BODY, "<style>p { color: red }</style>", "policy violation"),
    ("forbidden-image", BODY, r#"<img src="https://images.example/dot.svg">"#, "policy violation"),
    ("foreign-image", POLICY, r#"<img src="https://images.example/dot.svg">"#, "foreign request"),
    ("image-of-the-host", BODY, r#"<img src="/dot.svg">"#, "foreign request"),
    ("console-error", BODY, r#"<script src="error.js"></script>"#, "console error"),
    ("console-warning", BODY, r#"<script src="warning.js"></script>"#, "console warning"),
    ("exception", BODY, r#"<script src="throw.js"></script>"#, "exception"),
    ("missing-file", BODY, r#"<script src="missing.js"></script>"#, "failed request: 404"),
    ("dead-link", BODY, r#"<a href="missing.html">A link</a>"#, "dead link"),
    ("dead-fragment", BODY, r#"<a href="good.html#missing">A link</a>"#, "dead link"),
    ("link-off-the-site", BODY, r#"<a href="/good.html">A link</a>"#, "dead link"),
    ("too-wide", BODY, r#"<p class="wide">wide</p>"#, "scrolls sideways at 320"),
    ("one-theme", r#"<meta name="color-scheme""#, "", "is not dark in a dark theme"),
    ("no-heading", "<h1", "<p>A page</p>", "wants a title, one `h1`"),
    ("unprintable", "<h1", r#"<h1 class="screen">A page</h1>"#, "does not print"),
];

const FILES: [(&str, &str); 7] = [
    ("good.html", GOOD),
    (
        "style.css",
        ".wide { width: 400px } @media print { .screen { display: none } } :root { background: Canvas }",
    ),
    ("dot.svg", r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#),
    ("error.js", "console.error('an error')"),
    ("warning.js", "console.warn('a warning')"),
    ("throw.js", "throw new Error('thrown')"),
    ("title.js", "document.title = 'Scripts run'"),
];

#[test]
fn every_defect_is_found_and_nothing_else() {
    let pages = DEFECTS.map(|(name, line, defect, _)| (format!("{name}.html"), replaced(line, defect)));
    let folder = site(&pages);
    let server = Server::start(folder.path(), "/below/");
    let findings = crawl::site(&server, server.pages(), crawl::CHECKS);
    let about = |name: &str| -> Vec<&String> {
        findings.iter().filter(|it| it.starts_with(&format!("{name}.html: "))).collect()
    };
    assert_eq!(about("good"), [""; 0]);
    for (name, _, _, wanted) in DEFECTS {
        let found = about(name);
        assert!(found.iter().any(|it| it.contains(wanted)), "{name}: no `{wanted}` in {found:?}");
    }
}

#[test]
fn scripts_run_unless_they_are_off() {
    let folder = site(&[("title.html".to_owned(), replaced(BODY, r#"<script src="title.js"></script>"#))]);
    let server = Server::start(folder.path(), "/");
    for (mut tab, title) in [(Page::open(), "Scripts run"), (Page::open_without_scripts(), "A page")] {
        tab.go(&format!("{}title.html", server.base));
        assert_eq!(tab.text("document.title"), title);
    }
}

/// The files that the pages use, and the pages.
fn site(pages: &[(String, String)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let files = FILES.iter().copied().chain(pages.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    folder
}

fn replaced(line: &str, defect: &str) -> String {
    assert!(GOOD.lines().any(|it| it.starts_with(line)), "no line begins with `{line}`");
    let lines = GOOD.lines().map(|it| if it.starts_with(line) { defect } else { it });
    lines.collect::<Vec<_>>().join("\n")
}
