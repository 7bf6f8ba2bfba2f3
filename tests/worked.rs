//! The worked cases of the method: the registry's own records and those of `tests/worked/`, judged together and
//! compared with the table below. The records in that folder are test records and never published.

use std::collections::BTreeSet;
use std::path::Path;

use incident_registry::diagnostic::Severity;
use incident_registry::files::{File, Files};
use incident_registry::model::statement::Status;
use incident_registry::model::verdict::{Judgement, Verdict};
use incident_registry::pipeline::{self, Checked};
use incident_registry::{across, explain, read, render};

/// Every gate that is relevant to one of these cases, and some that are not: the verdict, the row of the decision
/// table, the status it rests on and the open statements.
const TABLE: &str = "
    case      gate              verdict          row  basis         open
    APM-0003  outbound-message  only-if-routed   3    reported      -
    APM-0005  deploy            unknown          2    reported      u1,u3
    APM-0005  infrastructure    unknown          2    reported      u2,u3
    APM-0005  data-mutation     not-applicable   0    -             -
    APM-0008  tool-call         unknown          2    reported      u1,u2
    APM-9001  data-mutation     only-if-routed   3    reported      -
    APM-9001  tool-call         unknown          2    reported      -
    APM-9001  runtime           unknown          2    reported      -
    APM-9001  deploy            not-applicable   0    -             -
    APM-9002  publish           only-if-routed   3    established   -
    APM-9002  merge             unknown          2    established   u1
    APM-9002  runtime           unknown          2    established   -
    APM-9004  value-transfer    would-block      5    corroborated  -
    APM-9005  value-transfer    partly           4    corroborated  -
    APM-9006  deploy            would-not-block  1    reported      -
    APM-9007  runtime           would-not-block  1    corroborated  -
    APM-9008  deploy            unknown          2    -             -
    APM-9009  access-grant      only-if-routed   3    reported      -
    APM-9010  publish           would-not-block  1    reported      -
    APM-9010  runtime           unknown          2    reported      u1
    APM-9011  value-transfer    only-if-routed   3    reported      -
";

/// Systems that the worked cases name, for as long as the registry's own `entities.yaml` lacks them.
const SYSTEMS: [&str; 3] = ["replit-agent", "amazon-q", "ai-overviews"];

#[test]
fn the_records_have_no_errors() {
    let files = files(texts());
    let checked = pipeline::check(&files);
    let errors = checked.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    let shown: Vec<_> = errors
        .map(|it| format!("{} {} {}", files.get(it.primary.span.file).path, it.code, it.message))
        .collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn every_case_is_judged_as_the_table_says() {
    let checked = judged();
    let mut wrong = Vec::new();
    for row in rows() {
        let found = cells(&checked, row[0], row[1]);
        if found != row {
            wrong.push(format!("expected  {}\n   found  {}", row.join("  "), found.join("  ")));
        }
    }
    assert!(wrong.is_empty(), "{} rows differ\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn a_gate_that_the_table_leaves_out_is_not_relevant() {
    let checked = judged();
    let (gates, rows) = (&checked.registry.records.gates, rows());
    let worked = |case: &&String| case.starts_with("APM-9") || rows.iter().any(|row| row[0] == **case);
    for case in checked.registry.incident_index.keys().filter(worked) {
        for gate in gates.iter().filter(|gate| judgement(&checked, case, &gate.id.value).relevant) {
            let listed = rows.iter().any(|row| row[0] == case && row[1] == &*gate.id.value);
            assert!(listed, "`{}` is relevant to {case} and not in the table", gate.id.value);
        }
    }
}

#[test]
fn no_gate_covers_an_answer() {
    let checked = judged();
    for gate in &checked.registry.records.gates {
        assert_eq!(judgement(&checked, "APM-9003", &gate.id.value).verdict, Verdict::NotApplicable);
    }
}

#[test]
fn without_a_path_nothing_is_assessed_and_the_mapped_gate_counts() {
    let checked = judged();
    for (gate, mapped) in [("deploy", true), ("merge", false)] {
        let found = judgement(&checked, "APM-9008", gate);
        assert_eq!((found.assessed, found.relevant), (false, mapped));
    }
}

#[test]
fn of_two_steps_the_better_verdict_wins() {
    let checked = judged();
    let found = judgement(&checked, "APM-9009", "access-grant");
    let steps: Vec<_> = found.steps.iter().map(|step| (&*step.step, step.verdict)).collect();
    let wanted = [("grant-reading", Verdict::WouldNotBlock), ("grant-writing", Verdict::OnlyIfRouted)];
    assert_eq!(steps, wanted);
    assert_eq!(found.deciding, Some(1));
}

#[test]
fn settling_the_open_statements_of_apm_0005_moves_the_verdict() {
    let crossed = ("a deploy pipeline.\n", "a deploy pipeline.\n    sources: [amazon, ft]\n");
    let unapproved = ("deletion before it ran.\n", "deletion before it ran.\n    sources: [amazon, ft]\n");
    let checked = apm_0005_with(&[crossed]);
    assert_eq!(cells(&checked, "APM-0005", "deploy")[2..], ["unknown", "2", "reported", "u3"]);
    let checked = apm_0005_with(&[crossed, unapproved]);
    assert_eq!(cells(&checked, "APM-0005", "deploy")[2..], ["only-if-routed", "3", "reported", "-"]);
}

#[test]
fn a_report_that_apm_0005_avoided_the_pipeline_settles_it_the_other_way() {
    let report = "  - id: f99\n    text: The deletion went through no deploy pipeline.\n    sources: [ft]\n";
    let avoids = "    avoids:\n      deploy-pipeline: f99\n    crosses:\n";
    let checked =
        apm_0005_with(&[("unconfirmed:\n", &format!("{report}unconfirmed:\n")), ("    crosses:\n", avoids)]);
    assert_eq!(cells(&checked, "APM-0005", "deploy")[2..], ["would-not-block", "1", "reported", "-"]);
    assert_eq!(cells(&checked, "APM-0005", "infrastructure")[2..], ["unknown", "2", "reported", "u2,u3"]);
}

/// The registry with edits in APM-0005, each at a part that must be there.
fn apm_0005_with(edits: &[(&str, &str)]) -> Checked {
    let mut texts = texts();
    let (_, text) = texts.iter_mut().find(|(path, _)| path == "incidents/APM-0005.md").expect("it is there");
    for (from, to) in edits {
        assert!(text.contains(from), "APM-0005 does not contain {from:?}");
        *text = text.replacen(from, to, 1);
    }
    pipeline::check(&files(texts))
}

/// The words of a text, without marks between them that only one of two layouts has.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|it: char| it.is_whitespace() || ";·".contains(it));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The text of a piece of HTML, as a reader sees it.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        let (tag, rest) = part.split_once('>').unwrap_or(("", part));
        let inline = ["a ", "/a", "span", "/span", "strong", "/strong"];
        if !inline.iter().any(|name| tag.starts_with(name)) {
            text.push(' ');
        }
        text.push_str(rest);
    }
    let entities =
        [("&#39;", "'"), ("&#x27;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, mark)| text.replace(entity, mark))
}

#[test]
fn every_card_says_on_the_page_what_explain_says() {
    let files = files(texts());
    let checked = pipeline::check(&files);
    let registry = &checked.registry;
    let theme = pipeline::theme(Path::new("/nowhere"), &registry.records.config).expect("the built-in theme");
    let rules = pipeline::rules();
    let questions = across::questions(registry, &checked.verdicts);
    let site = render::site(&files, registry, &checked.verdicts, &questions, &rules, &theme);
    let jobs = site.jobs();
    let mut compared = 0;
    let all = registry.records.incidents.iter().zip(&checked.verdicts.derivations);
    for (incident, derivation) in all.filter(|(incident, _)| incident.is_public()) {
        let path = format!("incidents/{}/index.html", incident.handle);
        let job = jobs.iter().find(|job| job.path == path).expect("every case has a page");
        let html = String::from_utf8(job.bytes().expect("the page can be made")).expect("a page is text");
        for judgement in explain::shown(incident, derivation) {
            let card = explain::card(registry, incident, judgement).expect("the gate is there");
            for (at, line) in card.changes.iter().enumerate() {
                let again = card.changes[..at].contains(line);
                assert!(!again, "{} {} tells twice: {}", incident.handle, card.gate, line.condition);
            }
            let (_, rest) = html
                .split_once(&format!("<article class=\"card\" id=\"gate-{}\"", card.gate))
                .unwrap_or_else(|| panic!("{} has no card for {}", incident.handle, card.gate));
            let article =
                rest.split_once('>').expect("a tag ends").1.split("</article>").next().unwrap_or_default();
            // What only the page has: the heads of the table's columns, and the way to the gate's own page.
            let own = format!("gate {} if enforced at", card.name.to_lowercase());
            let page = words(&text_of(article)).join(" ");
            let page = page.replacen("why condition known what evidence", "why", 1);
            let page = page.replacen(&own, "if enforced at", 1);
            let said = words(&explain::terminal(&card)).join(" ");
            assert_eq!(page, said, "{} {}", incident.handle, card.gate);
            compared += 1;
        }
    }
    assert!(compared > 20, "few cards were compared: {compared}");
}

fn rows() -> Vec<Vec<&'static str>> {
    TABLE.lines().filter(|line| line.contains("APM-")).map(|line| line.split_whitespace().collect()).collect()
}

fn judgement<'a>(checked: &'a Checked, case: &str, gate: &str) -> &'a Judgement {
    let at = *checked.registry.incident_index.get(case).unwrap_or_else(|| panic!("no record {case}"));
    let derivation = &checked.verdicts.derivations[at];
    derivation.judgement(gate).unwrap_or_else(|| panic!("no gate {gate}"))
}

/// A judgement as a row of the table.
fn cells(checked: &Checked, case: &str, gate: &str) -> Vec<String> {
    let found = judgement(checked, case, gate);
    let open: Vec<_> = found.open.iter().map(ToString::to_string).collect();
    let open = if open.is_empty() { "-".to_owned() } else { open.join(",") };
    let (verdict, row) = (found.verdict.id(), found.row.number().to_string());
    let basis = found.basis.map_or("-", Status::word);
    vec![case.into(), gate.into(), verdict.into(), row, basis.into(), open]
}

fn judged() -> Checked {
    pipeline::check(&files(texts()))
}

fn files(texts: Vec<(String, String)>) -> Files {
    Files::new(texts.into_iter().map(|(path, text)| File::new(path, text)).collect())
}

/// The registry's own files and the worked cases, minted and with their systems in memory alone.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = read::registry(root).expect("the registry can be listed");
    let mut texts: Vec<_> = own.iter().map(|(_, file)| (file.path.clone(), file.text.clone())).collect();
    let cases = worked_cases(&root.join("tests/worked"));
    let minted: Vec<_> = cases.iter().map(|(id, _)| format!("{id} 2026-11-21\n")).collect();
    for (path, text) in &mut texts {
        match path.as_str() {
            "entities.yaml" => *text = with_systems(text),
            "incidents/ids.lock" => text.push_str(&minted.concat()),
            _ => {}
        }
    }
    texts.extend(cases.into_iter().map(|(id, text)| (format!("incidents/{id}.yaml"), text)));
    texts
}

/// Ids and texts of the worked cases, in order.
fn worked_cases(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).expect("tests/worked is there");
    let paths: BTreeSet<_> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    let stem = |path: &Path| path.file_stem().expect("a record has a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (stem(path), std::fs::read_to_string(path).expect("a record is text"))).collect()
}

fn with_systems(text: &str) -> String {
    let missing = SYSTEMS.iter().filter(|id| !text.contains(&format!("- id: {id}\n")));
    let entry =
        |id| format!("  - id: {id}\n    name: {id}\n    description: Named in a worked case of the tests.\n");
    let entries: Vec<_> = missing.map(entry).collect();
    text.replacen("systems:\n", &format!("systems:\n{}", entries.concat()), 1)
}
