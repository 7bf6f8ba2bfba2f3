//! The checked-in JSON Schemas are those that the types give, with the repository's closed vocabularies.
//! To accept a change: `cargo run -- schema incident --closed > schema/incident.schema.json`, and so on.

use std::fs;
use std::path::Path;

use incident_registry::model::tree::DocumentKind;
use incident_registry::{check, emit, pipeline, read};

const KINDS: [(&str, DocumentKind); 6] = [
    ("incident", DocumentKind::Incident),
    ("gate", DocumentKind::Gate),
    ("taxonomy", DocumentKind::Taxonomy),
    ("entities", DocumentKind::Entities),
    ("config", DocumentKind::Config),
    ("path", DocumentKind::Path),
];

#[test]
fn the_checked_in_schemas_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let registry = pipeline::check(&read::registry(root).expect("the repository can be read")).registry;
    for (name, kind) in KINDS {
        let path = root.join(format!("schema/{name}.schema.json"));
        let fresh = serde_json::to_string_pretty(&check::schema_with_terms(kind, &registry, false));
        let fresh = fresh.expect("a schema is JSON") + "\n";
        let checked_in = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            checked_in == fresh,
            "{} is not what the types give; run\n  cargo run -- schema {name} --closed > schema/{name}.schema.json",
            path.display()
        );
    }
}

/// The schemas of what commands write, by command.
fn written() -> [(&'static str, serde_json::Value); 2] {
    [("lint", emit::json::schema()), ("rules", emit::rules::schema())]
}

#[test]
fn the_checked_in_schemas_of_what_is_written_are_fresh() {
    for (name, schema) in written() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{name}.schema.json"));
        let fresh = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == fresh,
            "{} is not what the types give; run\n  cargo run -- schema {name} > schema/{name}.schema.json",
            path.display()
        );
    }
}

#[test]
fn every_field_says_what_it_is_for() {
    let published = KINDS.map(|(name, kind)| (name, check::published_schema(kind)));
    for (name, schema) in published.into_iter().chain(written()) {
        let definitions = schema["$defs"].as_object().into_iter().flatten().map(|(_, definition)| definition);
        for definition in std::iter::once(&schema).chain(definitions) {
            for (field, schema) in definition["properties"].as_object().into_iter().flatten() {
                assert!(schema["description"].is_string(), "{name}: `{field}` has no description");
            }
        }
    }
}

#[test]
fn the_repositorys_records_satisfy_the_published_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let registry = pipeline::check(&read::registry(root).expect("the repository can be read")).registry;
    let schema = check::schema_with_terms(DocumentKind::Incident, &registry, true);
    let validator = jsonschema::validator_for(&schema).expect("the published schema is valid");
    for incident in &registry.records.incidents {
        let value = serde_json::to_value(&incident.fields).expect("a record is JSON");
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", incident.id.value);
    }
}
