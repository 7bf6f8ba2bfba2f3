//! A tree against the JSON Schema of its kind: every difference at once, each handed to the rule that names it.
//! The schemas come from the Rust types of the model; their keywords never reach a reader.

mod instance;
mod shape;

use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::{ValidationError, ValidationErrorKind};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::check::rules::{
    config_unknown_key, invalid_date, missing_field, text_length, unknown_field, unknown_term, wrong_type,
};
use crate::check::similar;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::files::Span;
use crate::model::config::{self, ConfigFields};
use crate::model::date::{Date, DateRange};
use crate::model::gate::GateFields;
use crate::model::id::{IncidentId, Slug, StatementId};
use crate::model::incident::IncidentFields;
use crate::model::path::PathFields;
use crate::model::registry::Registry;
use crate::model::statement::Status;
use crate::model::taxonomy::{EntitiesFields, TaxonomyFields, Vocabulary};
use crate::model::tree::{Document, DocumentKind, Key, Node, NodeKind};

use instance::{Instance, Tree};
use shape::Shape;

/// The schema of one kind of file: for people's editors, for the validator, and as the shape that types scalars.
struct Kind {
    published: Value,
    validator: Validator<Tree>,
    shape: Shape,
}

static INCIDENT: LazyLock<Kind> = LazyLock::new(kind::<IncidentFields>);
static GATE: LazyLock<Kind> = LazyLock::new(kind::<GateFields>);
static TAXONOMY: LazyLock<Kind> = LazyLock::new(kind::<TaxonomyFields>);
static ENTITIES: LazyLock<Kind> = LazyLock::new(kind::<EntitiesFields>);
static CONFIG: LazyLock<Kind> = LazyLock::new(kind::<ConfigFields>);
static PATH: LazyLock<Kind> = LazyLock::new(kind::<PathFields>);

fn of(kind: DocumentKind) -> &'static Kind {
    match kind {
        DocumentKind::Incident => &INCIDENT,
        DocumentKind::Gate => &GATE,
        DocumentKind::Taxonomy => &TAXONOMY,
        DocumentKind::Entities => &ENTITIES,
        DocumentKind::Config => &CONFIG,
        DocumentKind::Path => &PATH,
    }
}

/// The JSON Schema (2020-12) of a kind of file, without the terms of any registry.
pub fn published_schema(kind: DocumentKind) -> Value {
    of(kind).published.clone()
}

/// The same, with the terms of a registry as `enum`; systems and organisations only if `entities`.
pub fn schema_with_terms(kind: DocumentKind, registry: &Registry, entities: bool) -> Value {
    let mut schema = published_schema(kind);
    fill_in_terms(&mut schema, registry, entities);
    schema
}

fn fill_in_terms(schema: &mut Value, registry: &Registry, entities: bool) {
    if let Value::Object(map) = schema {
        let mut terms =
            |key: &str| map.remove(key).and_then(|name| terms(name.as_str()?, registry, entities));
        let (own, items, keys) =
            (terms("x-vocabulary"), terms("x-vocabulary-items"), terms("x-vocabulary-keys"));
        if let Some(own) = own {
            map.insert("enum".into(), own);
        }
        if let (Some(terms), Some(items)) = (items, map.get_mut("items").and_then(Value::as_object_mut)) {
            items.insert("enum".into(), terms);
        }
        if let Some(terms) = keys {
            map.insert("propertyNames".into(), json!({"enum": terms}));
        }
        map.values_mut().for_each(|value| fill_in_terms(value, registry, entities));
    } else if let Value::Array(items) = schema {
        items.iter_mut().for_each(|item| fill_in_terms(item, registry, entities));
    }
}

/// The ids of a vocabulary by its name in the schema; nothing for one that is open, or empty.
fn terms(name: &str, registry: &Registry, entities: bool) -> Option<Value> {
    let taxonomy = &registry.records.taxonomy;
    let ids: Vec<&str> = match name {
        "gates" => registry.gate_index.keys().map(String::as_str).collect(),
        "systems" | "organisations" | "entities" if !entities => Vec::new(),
        "entities" => [Vocabulary::Systems, Vocabulary::Organisations]
            .into_iter()
            .flat_map(|it| taxonomy.ids(it))
            .collect(),
        _ => Vocabulary::ALL
            .into_iter()
            .filter(|it| it.key() == name)
            .flat_map(|it| taxonomy.ids(it))
            .collect(),
    };
    (!ids.is_empty()).then(|| Value::from(ids))
}

fn kind<T: schemars::JsonSchema>() -> Kind {
    let settings = SchemaSettings::draft2020_12();
    let mut published = settings.into_generator().into_root_schema_for::<T>().to_value();
    drop_null(&mut published);
    let mut strict = published.clone();
    constants_to_enum(&mut strict);
    let validator = jsonschema::options_for::<Tree>()
        .should_validate_formats(true)
        .with_format("partial-date", |text: &str| Date::parse(text).is_some())
        .with_format("date-range", |text: &str| DateRange::parse(text).is_some())
        .build(&strict)
        .expect("the generated schema is valid");
    let definitions = strict.get("$defs").cloned().unwrap_or_default();
    let shape = Shape::new(&strict, &definitions);
    Kind { published, validator, shape }
}

/// An optional field is left out, not empty: `key:` with nothing after it is a mistake.
fn drop_null(schema: &mut Value) {
    let Value::Object(map) = schema else {
        if let Value::Array(items) = schema {
            items.iter_mut().for_each(drop_null);
        }
        return;
    };
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            map.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(choices)) = map.get_mut("anyOf") {
        choices.retain(|choice| choice != &json!({"type": "null"}));
        if choices.len() == 1
            && let Some(Value::Array(mut choices)) = map.remove("anyOf")
            && let Some(Value::Object(only)) = choices.pop()
        {
            for (key, value) in only {
                map.entry(key).or_insert(value);
            }
        }
    }
    // How Rust stores a number is nobody's business.
    if map
        .get("format")
        .and_then(Value::as_str)
        .is_some_and(|format| format == "double" || format.starts_with("uint"))
    {
        map.remove("format");
    }
    // `null` as a default says "absent", which the field's absence says already.
    if map.get("default") == Some(&Value::Null) {
        map.remove("default");
    }
    map.values_mut().for_each(drop_null);
}

/// Documented variants stand as `oneOf` constants, which editors show with their text; one `enum` gives one error.
fn constants_to_enum(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            let constants: Option<Vec<Value>> = map
                .get("oneOf")
                .and_then(Value::as_array)
                .and_then(|choices| choices.iter().map(|choice| choice.get("const").cloned()).collect());
            if let Some(constants) = constants {
                map.remove("oneOf");
                map.insert("type".into(), "string".into());
                map.insert("enum".into(), Value::Array(constants));
            }
            map.values_mut().for_each(constants_to_enum);
        }
        Value::Array(items) => items.iter_mut().for_each(constants_to_enum),
        _ => {}
    }
}

/// A place in a tree where it differs from its schema.
pub(crate) struct Place<'a> {
    /// The value.
    pub(super) node: &'a Node<'a>,
    /// The key it stands under, or that of the nearest map above a list item.
    pub(super) key: Option<&'a Key<'a>>,
    /// Whether the value is an item of a list.
    pub(super) in_list: bool,
    /// What it should be.
    pub(super) shape: Option<&'a Shape>,
    /// Whether the file is TOML, and not YAML.
    pub(super) toml: bool,
    /// Whether the file is Markdown, with its text below the fields.
    pub(super) markdown: bool,
    /// The map in which the key stands, and what that should be.
    map: Option<(&'a Node<'a>, Option<&'a Shape>)>,
    /// What the whole file should be.
    root: &'a Shape,
}

impl Place<'_> {
    /// The field's name, for messages.
    pub(super) fn name(&self) -> &str {
        self.key.map_or("the file", |key| &key.value)
    }

    /// Where to point when something inside is missing: the key, or the item's or file's first line.
    pub(super) fn head(&self) -> Span {
        match self.key {
            Some(key) if !self.in_list => key.span,
            _ => self.node.entries().first().map_or(self.node.span, |entry| entry.key.span),
        }
    }

    /// The fields this map may have, each with what it is for.
    pub(super) fn fields(&self) -> Vec<(&str, &str)> {
        self.shape.map(Shape::fields).unwrap_or_default()
    }

    /// Where a field that is not of this map belongs: at the margin, or under one of the file's fields.
    pub(super) fn home(&self, field: &str) -> Option<Home<'_>> {
        let top = self.root.fields();
        if self.key.is_some() {
            return top.iter().any(|(name, _)| *name == field).then_some(Home::Margin);
        }
        let own = |name: &str| self.root.field(name).is_some_and(|shape| shape.has(field));
        top.into_iter().map(|(name, _)| name).find(|name| own(name)).map(Home::Under)
    }

    /// The key that follows this one in its map, if that map has no such field.
    pub(super) fn next_unknown(&self) -> Option<&Key<'_>> {
        let (map, shape) = self.map?;
        let (entries, key) = (map.entries(), self.key.filter(|_| !self.in_list)?);
        let at = entries.iter().position(|entry| entry.key.span == key.span)?;
        let next = entries.get(at + 1)?;
        (!next.flow && shape?.field(&next.key.value).is_none()).then_some(&next.key)
    }

    /// Whether a field is there under a misspelt name, and reported as that.
    fn misspells(&self, field: &str) -> bool {
        let known: Vec<&str> = self.fields().into_iter().map(|(name, _)| name).collect();
        let keys = self.node.entries().iter().map(|entry| &*entry.key.value);
        let mut unknown = keys.filter(|key| !known.contains(key));
        unknown.any(|key| similar::nearest(key, known.iter().copied()) == Some(field))
    }

    /// What a reader would call the value that belongs here.
    pub(super) fn wanted(&self) -> String {
        self.shape.map_or_else(|| "something else".into(), Shape::describe)
    }
}

/// Where a misplaced field belongs.
pub(super) enum Home<'a> {
    /// At the margin: it is a field of the file itself.
    Margin,
    /// Somewhere below this field of the file.
    Under(&'a str),
}

/// Judges one file; names the top-level fields in which something is wrong.
pub(super) fn judge(document: &Document<'_>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let kind = of(document.kind);
    // An empty file of entities, and an empty configuration, say nothing wrong.
    if matches!(document.root.kind, NodeKind::Null) {
        return Vec::new();
    }
    let mut misshapen = Vec::new();
    let body = document.root.entry("body").filter(|_| document.body.is_some());
    if let Some(body) = body.filter(|_| document.kind == DocumentKind::Incident) {
        diagnostics.push(unknown_field::body_in_markdown(body));
        misshapen.push("body".to_owned());
    }
    let instance = Instance::Value(&document.root, Some(&kind.shape));
    if kind.validator.is_valid(instance) {
        return misshapen;
    }
    let mut judged = Judged { document, kind, diagnostics, misshapen };
    let errors: Vec<_> = kind.validator.iter_errors(instance).collect();
    for error in &errors {
        judged.error(error);
    }
    judged.misshapen.sort();
    judged.misshapen.dedup();
    judged.misshapen
}

struct Judged<'a> {
    document: &'a Document<'a>,
    kind: &'a Kind,
    diagnostics: &'a mut Diagnostics,
    misshapen: Vec<String>,
}

impl Judged<'_> {
    fn error(&mut self, error: &ValidationError<'_>) {
        let pointer = error.instance_path().as_str();
        if let ValidationErrorKind::AnyOf { context } = error.kind()
            && let Some(meant) = variant_meant(pointer, context)
        {
            for error in meant {
                self.error(error);
            }
            return;
        }
        let toml = self.document.kind == DocumentKind::Config;
        let markdown = self.document.body.is_some();
        let place = Place { toml, markdown, ..find(&self.document.root, &self.kind.shape, pointer) };
        let top = pointer.split('/').nth(1).filter(|top| !top.is_empty());
        let missing = match error.kind() {
            ValidationErrorKind::Required { property } if top.is_none() => property.as_str(),
            _ => None,
        };
        self.misshapen.extend(top.or(missing).map(str::to_owned));
        if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind()
            && top.is_none()
        {
            // What a misspelt field was meant to be is not missing: it is misspelt.
            let known: Vec<&str> = place.fields().into_iter().map(|(name, _)| name).collect();
            let meant = unexpected.iter().filter_map(|key| similar::nearest(key, known.iter().copied()));
            self.misshapen.extend(meant.map(str::to_owned));
        }
        if place.node.is_refused() {
            return;
        }
        for diagnostic in explain(self.document.kind, error.kind(), &place, error) {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Of several forms a value may take, the one it was meant to have: the one whose own type fits.
fn variant_meant<'e>(
    pointer: &str,
    context: &'e [Vec<ValidationError<'static>>],
) -> Option<&'e Vec<ValidationError<'static>>> {
    let wrong_type = |error: &ValidationError<'_>| {
        error.instance_path().as_str() == pointer && matches!(error.kind(), ValidationErrorKind::Type { .. })
    };
    context.iter().find(|errors| !errors.is_empty() && !errors.iter().any(wrong_type))
}

fn explain(
    kind: DocumentKind,
    error: &ValidationErrorKind,
    place: &Place<'_>,
    whole: &ValidationError<'_>,
) -> Vec<Diagnostic> {
    let length =
        matches!(error, ValidationErrorKind::MinLength { .. } | ValidationErrorKind::MaxLength { .. });
    if let Some(finding) = wrong_type::typographic(place).filter(|_| !length) {
        return vec![finding];
    }
    let one = match error {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let entries = place
                .node
                .entries()
                .iter()
                .filter(|entry| unexpected.iter().any(|key| *key == entry.key.value));
            let rule = if kind == DocumentKind::Config {
                config_unknown_key::diagnostic
            } else {
                unknown_field::diagnostic
            };
            return entries.map(|entry| rule(entry, place)).collect();
        }
        ValidationErrorKind::Required { property } => {
            let field = property.as_str().unwrap_or_default();
            if place.misspells(field) {
                return Vec::new();
            }
            missing_field::absent(field, place)
        }
        ValidationErrorKind::MinItems { .. } | ValidationErrorKind::MinProperties { .. } => {
            missing_field::empty(place)
        }
        ValidationErrorKind::Enum { options } => {
            let options: Vec<&str> =
                options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            match place.node.text() {
                // A key that is no rule's has been reported, and its value says no level.
                Some(_) if kind == DocumentKind::Config && !config_unknown_key::is_code(place.name()) => {
                    return Vec::new();
                }
                Some(text) if kind == DocumentKind::Config => {
                    let help = format!("use one of {}", similar::list(&options));
                    unknown_term::diagnostic(text, place.node.span, "level", &options).help(help)
                }
                Some(text) => {
                    unknown_term::diagnostic(text, place.node.span, &noun(place, &options), &options)
                }
                None => wrong_type::diagnostic(place),
            }
        }
        ValidationErrorKind::Format { .. } => invalid_date::diagnostic(place),
        ValidationErrorKind::Pattern { pattern } => {
            return pattern_error(pattern, place.node.text(), place.node.span);
        }
        ValidationErrorKind::PropertyNames { error } => {
            let ValidationErrorKind::Pattern { pattern } = error.kind() else { return Vec::new() };
            let key = error.instance().as_str().unwrap_or_default();
            let entry = place.node.entry(key);
            // A key with its value in it has no other, which is reported.
            if key.contains(':') && entry.is_some_and(|entry| matches!(entry.value.kind, NodeKind::Null)) {
                return Vec::new();
            }
            let span = entry.map_or(place.node.span, |entry| entry.key.span);
            return pattern_error(pattern, Some(key), span);
        }
        ValidationErrorKind::MinLength { limit } => text_length::too_short(place, *limit),
        ValidationErrorKind::MaxLength { limit } => text_length::too_long(place, *limit),
        ValidationErrorKind::MaxItems { limit } => text_length::too_many(place, *limit),
        ValidationErrorKind::Minimum { limit } => wrong_type::out_of_range(place, limit, "at least"),
        ValidationErrorKind::Maximum { limit } => wrong_type::out_of_range(place, limit, "at most"),
        ValidationErrorKind::MaxProperties { .. } => wrong_type::one_of(place),
        _ => {
            let _ = whole;
            wrong_type::diagnostic(place)
        }
    };
    vec![one]
}

/// What a word of a fixed list is: named by its field, but for a status, which stands under a statement's id.
fn noun(place: &Place<'_>, options: &[&str]) -> String {
    let is_status = |option: &&str| Status::ALL.iter().any(|status| status.word() == *option);
    if options.iter().all(is_status) { "status".into() } else { place.name().replace('_', " ") }
}

/// A date's pattern only repeats what its format says.
fn pattern_error(pattern: &str, text: Option<&str>, span: Span) -> Vec<Diagnostic> {
    if matches!(pattern, Date::PATTERN | DateRange::PATTERN) {
        return Vec::new();
    }
    let what = words(pattern).unwrap_or("of the form that `registry schema` shows");
    let text = text.unwrap_or_default();
    let finding = wrong_type::not_an_id(text, span, what, pattern == Slug::PATTERN);
    // What begins as an address holds something that none of these may hold.
    vec![match pattern {
        config::BASE_URL if text.starts_with("http") => {
            finding.help("write it with `https://`, and without blanks, `@`, `?` and `#`")
        }
        config::REPOSITORY if text.starts_with("http") => {
            finding.help("write it with `https://`, and without blanks")
        }
        _ => finding,
    }]
}

/// What a reader calls a text of a pattern. Every pattern of every schema has words of its own.
fn words(pattern: &str) -> Option<&'static str> {
    Some(match pattern {
        Slug::PATTERN => "an id of lower-case letters, digits and hyphens",
        StatementId::PATTERN => "a statement id, letters and then a number, such as `f3`",
        IncidentId::PATTERN => "an incident id such as `APM-0005`",
        config::BASE_URL => "the whole address of the site, such as `https://example.org/registry/`",
        config::ID_PREFIX => "two to eight capital letters",
        config::REPOSITORY => "a web address such as `https://example.org/`",
        _ => return None,
    })
}

/// Follows a JSON pointer down a tree and its shape.
fn find<'a>(root: &'a Node<'a>, shape: &'a Shape, pointer: &str) -> Place<'a> {
    let mut place = Place {
        node: root,
        key: None,
        in_list: false,
        shape: Some(shape),
        toml: false,
        markdown: false,
        map: None,
        root: shape,
    };
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        if let Some(entry) = place.node.entry(&part) {
            let shape = place.shape.and_then(|shape| shape.field(&part));
            let map = Some((place.node, place.shape));
            place = Place { node: &entry.value, key: Some(&entry.key), in_list: false, shape, map, ..place };
        } else if let Some(item) = part.parse::<usize>().ok().and_then(|at| place.node.items().get(at)) {
            let shape = place.shape.and_then(Shape::item);
            place = Place { node: item, key: place.key, in_list: true, shape, ..place };
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::example::EXAMPLES;

    /// The shapes of all fields with a name, wherever in a file they are.
    fn shapes<'a>(name: &str, within: &'a Shape, found: &mut Vec<&'a Shape>) {
        found.extend(
            within
                .fields()
                .into_iter()
                .filter(|(field, _)| *field == name)
                .filter_map(|_| within.field(name)),
        );
        let inner = within.fields().into_iter().filter_map(|(field, _)| within.field(field));
        inner.chain(within.item()).for_each(|shape| shapes(name, shape, found));
    }

    #[test]
    fn an_example_names_fields_that_there_are() {
        for (field, line) in EXAMPLES {
            let mut found = Vec::new();
            for kind in [&INCIDENT, &GATE, &CONFIG] {
                shapes(field, &kind.shape, &mut found);
            }
            let (item, line) = line.strip_prefix("- ").map_or((false, line), |line| (true, line));
            let key = line.trim_start_matches('{').split([':', ' ']).next().unwrap_or_default();
            let fits = |shape: &&Shape| {
                let map = if item { shape.item() } else { Some(*shape) };
                map.is_some_and(|map| map.field(key).is_some())
            };
            assert!(found.iter().any(fits), "`{field}` takes no `{line}`");
        }
    }

    fn patterns(schema: &Value, found: &mut Vec<String>) {
        if let Value::Object(map) = schema {
            found.extend(map.get("pattern").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|it| patterns(it, found));
        } else if let Value::Array(items) = schema {
            items.iter().for_each(|it| patterns(it, found));
        }
    }

    #[test]
    fn every_pattern_has_words_of_its_own() {
        use DocumentKind::{Config, Entities, Gate, Incident, Taxonomy};
        let mut found = Vec::new();
        for kind in [Incident, Gate, Taxonomy, Entities, Config] {
            patterns(&published_schema(kind), &mut found);
        }
        found.sort();
        found.dedup();
        found.retain(|it| !matches!(&**it, Date::PATTERN | DateRange::PATTERN));
        assert!(found.len() >= 6, "{found:?}");
        let said: Vec<_> = found.iter().map(|it| (words(it), it)).collect();
        for (at, (words, pattern)) in said.iter().enumerate() {
            assert!(words.is_some(), "`{pattern}` has no words");
            assert!(!said[..at].iter().any(|(it, _)| it == words), "`{pattern}` has the words of another");
        }
    }
}
