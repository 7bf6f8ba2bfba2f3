//! The path of an action on the page of a case: its drawing and its list say the same, and nothing is drawn that is
//! not said.

mod support;

use incident_registry::across;
use incident_registry::files::{File, Files};
use incident_registry::pipeline;
use incident_registry::render::{self, Theme};
use roxmltree::{Document, Node};
use support::path::{HARD, THREE, long, registry, with_gates};

type Texts = Vec<(String, String)>;

/// What a drawing or a list tells of a step.
#[derive(Debug, PartialEq)]
struct Told {
    /// Its place on the page, who did what, and where.
    step: [String; 3],
    happened: bool,
    /// Boundaries by name, how their line is drawn, and what is known in words.
    boundaries: Vec<[String; 3]>,
    /// Gates by id, each below the boundaries at which it would stand.
    gates: Vec<(String, Vec<String>)>,
}

/// Every page of a case, whatever the rules say of its record, with the place of each.
fn cases(registry: Texts) -> Vec<(String, String)> {
    let files = Files::new(registry.into_iter().map(|(path, text)| File::new(&path, &text)).collect());
    let checked = pipeline::check(&files);
    let theme = Theme::new(&checked.registry.records.config, &[], Vec::new()).expect("templates work");
    let rules = pipeline::rules();
    let questions = across::questions(&checked.registry, &checked.verdicts);
    let site = render::site(&files, &checked.registry, &checked.verdicts, &questions, &rules, &theme);
    let jobs = site.jobs().into_iter();
    let jobs = jobs.filter(|it| it.path.starts_with("incidents/APM-") && it.path.ends_with(".html"));
    let page = |bytes: Vec<u8>| String::from_utf8(bytes).expect("a page is text");
    jobs.map(|job| (job.path.clone(), page(job.bytes().expect("a page is rendered")))).collect()
}

/// The section about the path, of the page of the record that was changed.
fn section_of(registry: Texts) -> String {
    let page = cases(registry).into_iter().find(|(path, _)| path.contains("APM-0001"));
    section(&page.expect("the case has a page").1).expect("it has a path")
}

/// The section about the path as XML, which our templates keep to.
fn section(html: &str) -> Option<String> {
    let from = html.find("<section class=\"read\"><h2 id=\"path\">")?;
    let length = html[from..].find("</section>").expect("a section ends") + "</section>".len();
    Some(html[from..from + length].replace("&nbsp;", "\u{a0}"))
}

fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").is_some_and(|it| it.split(' ').any(|it| it == class))
}

fn all<'a, 'i>(node: Node<'a, 'i>, wanted: impl Fn(Node<'a, 'i>) -> bool) -> Vec<Node<'a, 'i>> {
    node.descendants().skip(1).filter(|it| it.is_element() && wanted(*it)).collect()
}

fn one<'a, 'i>(node: Node<'a, 'i>, class: &str) -> Node<'a, 'i> {
    let found = all(node, |it| has_class(it, class));
    *found.first().unwrap_or_else(|| panic!("`{class}` in {}", text(node)))
}

/// The text of a node, without what only a screen reader hears, in single blanks.
fn text(node: Node<'_, '_>) -> String {
    let heard = |it: &Node<'_, '_>| it.ancestors().any(|it| has_class(it, "said"));
    let parts = node.descendants().filter(|it| it.is_text() && !heard(it));
    let text: String = parts.filter_map(|it| it.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn joined(nodes: &[Node<'_, '_>]) -> String {
    nodes.iter().map(|it| text(*it)).collect::<Vec<_>>().join(", ")
}

fn links<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    all(node, |it| it.has_tag_name("a") && !has_class(it, "ref"))
}

fn href<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute("href").expect("a link leads somewhere")
}

/// The steps among the items of a list.
fn items<'a, 'i>(list: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    list.children().filter(|it| it.has_tag_name("li"))
}

fn drawn(section: &Document<'_>) -> Vec<Told> {
    let figure = one(section.root(), "drawing");
    let list = figure.children().find(|it| it.has_tag_name("ol")).expect("steps in order");
    items(list).map(drawn_step).collect()
}

fn drawn_step(item: Node<'_, '_>) -> Told {
    let did = one(item, "did");
    let link = links(did)[0];
    let words = text(did);
    let place = words.split("· ").find(|it| it.starts_with("in ")).unwrap_or_default().trim();
    let rows = all(item, |it| it.has_tag_name("li"));
    let happened = !words.contains("not known to have happened");
    assert_eq!(has_class(one(item, "row"), "open"), !happened, "a step is drawn as it is told: {words}");
    Told {
        step: [href(link).to_owned(), text(link).replace(": ", " "), place.to_owned()],
        happened,
        boundaries: rows.iter().map(|row| drawn_boundary(*row)).collect(),
        gates: rows.iter().filter_map(|row| drawn_gates(*row)).collect(),
    }
}

fn drawn_boundary(row: Node<'_, '_>) -> [String; 3] {
    let crossing = one(row, "crossing");
    [joined(&links(crossing)), line(row), text(one(crossing, "word"))]
}

/// How a row is drawn: by its marks, and by the class that makes them solid or dashed.
fn line(row: Node<'_, '_>) -> String {
    let mark = one(row, "mark");
    let asks = mark.descendants().any(|it| it.text() == Some("?"));
    let bends = one(mark, "way").attribute("d").is_some_and(|it| it.contains('C'));
    let state = match (asks, bends) {
        (true, false) => "open",
        (false, true) => "avoided",
        _ => "crossed",
    };
    assert!(has_class(row, state), "a mark and its line say the same in {}", text(row));
    let posts = !all(mark, |it| has_class(it, "post")).is_empty();
    assert_eq!(posts, !all(row, |it| has_class(it, "here")).is_empty(), "a gate is drawn where one is named");
    state.to_owned()
}

fn drawn_gates(row: Node<'_, '_>) -> Option<(String, Vec<String>)> {
    let here = row.children().find(|it| has_class(*it, "here"))?;
    let id = |it: &Node<'_, '_>| {
        let id = href(*it).strip_prefix("../../gates/").and_then(|it| it.strip_suffix('/'));
        id.expect("it leads to the gate").to_owned()
    };
    Some((joined(&links(one(row, "crossing"))), links(here).iter().map(id).collect()))
}

fn listed(section: &Document<'_>) -> Vec<Told> {
    items(one(section.root(), "path")).map(listed_step).collect()
}

fn listed_step(item: Node<'_, '_>) -> Told {
    let stamp = one(item, "stamp");
    let parts = stamp.children().filter(Node::is_element).skip(1);
    let (place, who): (Vec<_>, Vec<_>) = parts.partition(|it| it.has_tag_name("span"));
    let silent = all(item, |it| has_class(it, "cites") && text(it).starts_with("Of "));
    let chips = all(item, |it| it.has_tag_name("li"));
    let chip = |it: &Node<'_, '_>| {
        let state = it.attribute("class").expect("a chip has a state");
        [text(links(*it)[0]), state.to_owned(), text(one(*it, "word"))]
    };
    let unrecorded = |it: &Node<'_, '_>| {
        let known = text(*it).contains("nothing is recorded");
        assert!(known, "{}", text(*it));
        [joined(&boundary_links(*it)), "open".to_owned(), "nothing is recorded".to_owned()]
    };
    let facts = all(one(item, "step"), |it| it.has_tag_name("div"));
    Told {
        step: [
            format!("#{}", item.attribute("id").expect("a step has a place")),
            who.iter().map(|it| text(*it)).collect::<Vec<_>>().join(" "),
            place.iter().map(|it| text(*it)).collect(),
        ],
        happened: !facts.iter().any(|it| text(*it).starts_with("It happenednot known")),
        boundaries: chips.iter().map(chip).chain(silent.iter().map(unrecorded)).collect(),
        gates: all(item, |it| has_class(it, "cites")).into_iter().map(listed_gates).collect(),
    }
}

fn boundary_links<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    links(node).into_iter().filter(|it| href(*it).contains("/boundaries/")).collect()
}

fn listed_gates(line: Node<'_, '_>) -> (String, Vec<String>) {
    let gates = links(line).into_iter().filter_map(|it| href(it).strip_prefix("#gate-")).map(str::to_owned);
    let name = line.children().find(|it| it.has_tag_name("bdi")).map(text);
    (name.unwrap_or_else(|| joined(&boundary_links(line))), gates.collect())
}

/// Registries with paths of every kind, by a word for messages.
fn every_kind() -> [(&'static str, Texts); 5] {
    [
        ("three steps", registry(THREE)),
        ("hard to draw", registry(HARD)),
        ("many gates", with_gates(registry(HARD), 39)),
        ("twenty steps", registry(&long(20))),
        ("our own", support::own()),
    ]
}

#[test]
fn the_drawing_and_the_list_say_the_same() {
    for (kind, registry) in every_kind() {
        let sections: Vec<_> = cases(registry).iter().filter_map(|(_, html)| section(html)).collect();
        assert!(!sections.is_empty(), "{kind}");
        for section in sections {
            let section = Document::parse(&section).unwrap_or_else(|error| panic!("{kind}: {error}"));
            let drawn = drawn(&section);
            assert!(!drawn.is_empty(), "{kind}");
            assert_eq!(drawn, listed(&section), "{kind}");
        }
    }
}

#[test]
fn every_state_of_a_crossing_is_told_apart() {
    let section = section_of(registry(HARD));
    let steps = drawn(&Document::parse(&section).expect("it is XML"));
    let read = |step: usize| -> Vec<String> {
        steps[step].boundaries.iter().map(|[_, line, words]| format!("{line}: {words}")).collect()
    };
    assert!(!steps[0].happened && steps[1].happened);
    assert_eq!(
        read(0),
        ["open: possibly crossed", "crossed: crossed", "crossed: crossed", "open: nothing is recorded"]
    );
    assert_eq!(
        read(1),
        ["open: accounts differ", "crossed: crossed", "open: possibly not crossed", "avoided: not crossed"]
    );
    assert_eq!(steps[2].gates, [("Deploy pipeline".to_owned(), vec!["deploy".to_owned()])]);
    assert!(steps[3].boundaries.is_empty() && section.contains("no boundary is recorded"));
}

#[test]
fn many_gates_at_one_boundary_are_folded_in_the_drawing() {
    for (more, folded) in [(3, None), (4, Some("and 2 more")), (39, Some("and 37 more"))] {
        let section = section_of(with_gates(registry(THREE), more));
        let section = Document::parse(&section).expect("it is XML");
        let found = all(section.root(), |it| it.has_tag_name("summary"));
        assert_eq!(found.first().map(|it| text(*it)).as_deref(), folded, "of {}", more + 1);
        assert_eq!(drawn(&section)[1].gates[0].1.len(), more + 1, "folded ones are there");
    }
}

#[test]
fn twenty_steps_before_forty_gates_that_all_rest_on_one_statement_are_one_page() {
    let everything = "evidence: u1\n    crosses:\n      cloud-api: u1\n      deploy-pipeline: u1\n    not_approved: u1\n    \
                      only_route: u1\n    harm:\n      all: u1\n";
    let step = |number: usize| {
        format!("  - step: step-{number}\n    action: delete-infrastructure\n    {everything}")
    };
    let path = format!("path:\n{}", (1..=20).map(step).collect::<String>());
    let pages = cases(with_gates(registry(&path), 41));
    let (_, page) = pages.iter().find(|(path, _)| path.contains("APM-0001")).expect("the case has a page");
    assert_eq!(page.matches("<article class=\"card\"").count(), 42, "every gate that covers it has a card");
    // Settling the one statement moves them all: one question, and one line a gate.
    assert_eq!(page.matches("<li class=\"question\"").count(), 1);
    assert!(page.len() < 1 << 20, "{} bytes", page.len());
}

#[test]
fn nothing_of_a_record_is_markup_in_a_drawing_and_it_has_no_style_of_its_own() {
    for (_, registry) in every_kind() {
        for section in cases(registry).iter().filter_map(|(_, html)| section(html)) {
            for tag in section.split('<').skip(1).filter_map(|it| it.split('>').next()) {
                let banned = tag == "b" || ["script", "style", "b "].iter().any(|it| tag.starts_with(it));
                assert!(!banned && !tag.contains(" style=") && !tag.contains(" on"), "<{tag}> in {section}");
            }
        }
    }
    let section = section_of(registry(HARD));
    assert!(
        section.contains("&lt;b onclick=&#39;x&#39;&gt;&amp;amp; &quot;bold&quot;&lt;/b&gt;"),
        "{section}"
    );
    assert!(section.contains("<bdi>واجهة برمجة السحابة (API)</bdi>"), "a name keeps its direction to itself");
}

#[test]
fn marks_are_hidden_from_who_hears_the_words() {
    let section = section_of(registry(HARD));
    let section = Document::parse(&section).expect("it is XML");
    for svg in all(section.root(), |it| it.has_tag_name("svg")) {
        assert_eq!(svg.attribute("aria-hidden"), Some("true"));
        assert_eq!(svg.attribute("focusable"), Some("false"));
    }
    let figure = one(section.root(), "drawing");
    let name = figure.attribute("aria-labelledby").expect("the drawing has a name");
    assert!(!all(figure, |it| it.attribute("id") == Some(name)).is_empty());
}

#[test]
fn a_record_without_a_path_has_no_drawing_and_says_how_to_help() {
    let pages = cases(registry(""));
    let (_, html) = pages.iter().find(|(path, _)| path.contains("APM-0001")).expect("the case has a page");
    assert!(section(html).is_none() && !html.contains("class=\"drawing\""));
    assert!(html.contains("add a <code>path</code>"));
}

#[test]
fn three_steps_are_drawn_as_reviewed() {
    let section = section_of(registry(THREE));
    let end = section.find("</figure>").expect("a drawing ends") + "</figure>".len();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("path");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("three_steps", &section[..end]));
}
