//! Runs every example in the rules' Markdown pages: a flagged one gives exactly the diagnostics written under
//! its lines, a clean one gives none. See `CONTRIBUTING.md`, "Add a rule", for how a page is written.

mod support;

use incident_registry::check::RULES;
use incident_registry::pipeline;
use support::example::{Fence, Page, check_page, files};

#[test]
fn every_page_holds() {
    let mut failures = Vec::new();
    let (mut flagged, mut clean) = (0, 0);
    for rule in RULES {
        let page = Page::parse(rule.code.0, rule.docs);
        flagged += page.flagged.len();
        clean += page.clean.len();
        failures.extend(check_page(&page));
    }
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
    println!("{} rules, {flagged} flagged and {clean} clean examples", RULES.len());
}

#[test]
fn every_page_has_its_parts() {
    for rule in RULES {
        let page = Page::parse(rule.code.0, rule.docs);
        let title = format!("# {} {}", rule.code, rule.name);
        assert!(rule.docs.starts_with(&title), "the page of {} must begin with `{title}`", rule.code);
        for section in ["## What", "## Why", "## Flagged", "## Clean"] {
            assert!(
                rule.docs.contains(&format!("\n{section}\n")),
                "the page of {} lacks `{section}`",
                rule.code
            );
        }
        assert!(!page.flagged.is_empty(), "the page of {} has no flagged example", rule.code);
        assert!(!page.clean.is_empty(), "the page of {} has no clean example", rule.code);
    }
}

#[test]
fn a_page_shows_the_text_after_a_fix_if_there_is_one() {
    for rule in RULES {
        let page = Page::parse(rule.code.0, rule.docs);
        let offers = |example: &Vec<Fence>| {
            let found = pipeline::check(&files(example)).diagnostics;
            found.iter().any(|it| it.code == rule.code && it.fix.is_some())
        };
        let (offers, shows) = (page.flagged.iter().any(offers), !page.fixed.is_empty());
        assert_eq!(offers, shows, "{}: `registry rules --format json` says otherwise", rule.code);
    }
}

#[test]
fn the_base_registry_is_clean() {
    let checked = pipeline::check(&support::base_files());
    let found: Vec<_> = checked.diagnostics.iter().map(|it| format!("{} {}", it.code, it.message)).collect();
    assert!(found.is_empty(), "{found:#?}");
}
