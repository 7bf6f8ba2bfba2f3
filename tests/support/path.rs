//! Registries whose first record has another path: one with three steps, one with all that is hard to draw.

/// Three steps, two boundaries of which it is not known whether they were crossed.
pub(crate) const THREE: &str = include_str!("../path/three.yaml");
/// Words that are long, run from right to left or look like markup; a contradiction, silence, no evidence.
pub(crate) const HARD: &str = include_str!("../path/hard.yaml");

/// Boundaries with names that are hard to draw, for [`HARD`].
const NAMES: [(&str, &str); 3] = [
    ("named-at-length", "The gateway of the Donaudampfschifffahrtselektrizitätenhauptbetriebswerks"),
    ("right-to-left", "واجهة برمجة السحابة (API)"),
    ("markup", "<b onclick='x'>&amp; \"bold\"</b>"),
];

/// The base registry with another path in its first record. What the rules say of the path refuses no build.
pub(crate) fn registry(path: &str) -> Vec<(String, String)> {
    let mut registry = super::base();
    edit(&mut registry, "incidents/APM-0001.md", |text| {
        let (from, to) = (text.find("path:\n"), text.find("timeline:\n"));
        let (from, to) = (from.expect("a path"), to.expect("a timeline"));
        let gates = if path.contains("\ngates:") { "" } else { "gates: []\n" };
        format!("{}{path}{gates}{}", &text[..from], &text[to..])
    });
    edit(&mut registry, "taxonomy.yaml", |text| {
        let term = |(id, name): &(&str, &str)| {
            let name = name.replace('"', "\\\"");
            format!("  - id: {id}\n    name: \"{name}\"\n    description: A boundary with a hard name.\n")
        };
        let terms: String = NAMES.iter().map(term).collect();
        text.replace("boundaries:\n", &format!("boundaries:\n{terms}"))
    });
    edit(&mut registry, "registry.toml", |text| format!("{text}\n[lint]\nV03 = \"off\"\nV07 = \"off\"\n"));
    registry
}

/// A registry with so many more gates at the deploy pipeline.
pub(crate) fn with_gates(mut registry: Vec<(String, String)>, count: usize) -> Vec<(String, String)> {
    let deploy = registry.iter().find(|(path, _)| path == "gates/deploy.md").expect("the gate is there");
    let gate = |number: usize| {
        let id = format!("further-{number:02}");
        let text = deploy.1.replace("id: deploy\n", &format!("id: {id}\n"));
        (format!("gates/{id}.md"), text.replace("Deploy Gate", &format!("Further Gate {number:02}")))
    };
    let further: Vec<_> = (1..=count).map(gate).collect();
    registry.extend(further);
    registry
}

/// A path of so many steps, each through one boundary that is known and one that is not.
pub(crate) fn long(steps: usize) -> String {
    let step = |number: usize| {
        format!(
            "  - step: step-{number}\n    actor: builder\n    action: delete-infrastructure\n    evidence: f3\n    \
             crosses:\n      cloud-api: f2\n      deploy-pipeline: u1\n"
        )
    };
    format!("path:\n{}", (1..=steps).map(step).collect::<String>())
}

fn edit(registry: &mut [(String, String)], file: &str, change: impl Fn(&str) -> String) {
    let (_, text) = registry.iter_mut().find(|(path, _)| path == file).expect("the file is there");
    let changed = change(text);
    assert_ne!(*text, changed, "{file} is changed");
    *text = changed;
}
