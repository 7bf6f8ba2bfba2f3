//! What a value should be, read off its schema: enough to type a scalar, name a map's fields and speak of both.

use serde_json::{Map, Value};

/// What a value should be, as far as typing scalars and naming fields needs it.
pub(crate) enum Shape {
    Text,
    Number,
    Bool,
    List(Box<Shape>),
    Object { fields: Vec<Field>, rest: Option<Box<Shape>> },
    Either(Vec<Shape>),
}

/// A field of a map, and what it is for.
pub(crate) struct Field {
    name: String,
    shape: Shape,
    text: String,
}

impl Shape {
    pub(super) fn new(schema: &Value, definitions: &Value) -> Shape {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let name = name.rsplit('/').next().unwrap_or_default();
            return Shape::new(definitions.get(name).unwrap_or(&Value::Null), definitions);
        }
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            return Shape::Either(choices.iter().map(|choice| Shape::new(choice, definitions)).collect());
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("integer" | "number") => Shape::Number,
            Some("boolean") => Shape::Bool,
            Some("array") => {
                Shape::List(Box::new(Shape::new(schema.get("items").unwrap_or(&Value::Null), definitions)))
            }
            Some("object") => Shape::object(schema, definitions),
            _ => Shape::Text,
        }
    }

    fn object(schema: &Value, definitions: &Value) -> Shape {
        let nothing = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
        let field = |(name, schema): (&String, &Value)| {
            let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
            Field {
                name: name.clone(),
                shape: Shape::new(schema, definitions),
                text: text.replace('\n', " "),
            }
        };
        let rest = schema.get("additionalProperties").filter(|rest| rest.is_object());
        let rest = rest.map(|rest| Box::new(Shape::new(rest, definitions)));
        Shape::Object { fields: properties.iter().map(field).collect(), rest }
    }

    /// The shape of an entry of this map.
    pub(super) fn field(&self, key: &str) -> Option<&Shape> {
        match self {
            Shape::Object { fields, rest } => {
                named(fields, key).map(|field| &field.shape).or(rest.as_deref())
            }
            Shape::Either(choices) => choices.iter().find_map(|choice| choice.field(key)),
            _ => None,
        }
    }

    pub(super) fn item(&self) -> Option<&Shape> {
        match self {
            Shape::List(item) => Some(item),
            Shape::Either(choices) => choices.iter().find_map(Shape::item),
            _ => None,
        }
    }

    /// The fields of this map, each with what it is for.
    pub(super) fn fields(&self) -> Vec<(&str, &str)> {
        match self {
            Shape::Object { fields, .. } => {
                fields.iter().map(|field| (field.name.as_str(), field.text.as_str())).collect()
            }
            Shape::Either(choices) => choices.iter().flat_map(Shape::fields).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether a map inside has a field with this name.
    pub(super) fn has(&self, field: &str) -> bool {
        match self {
            Shape::List(item) => item.has(field),
            Shape::Either(choices) => choices.iter().any(|choice| choice.has(field)),
            Shape::Object { fields, rest } => {
                let inner = fields.iter().map(|field| &field.shape).chain(rest.as_deref());
                named(fields, field).is_some() || inner.into_iter().any(|shape| shape.has(field))
            }
            Shape::Text | Shape::Number | Shape::Bool => false,
        }
    }

    /// Whether plain text stays text here, whatever it looks like.
    pub(super) fn takes_text(&self) -> bool {
        match self {
            Shape::Text => true,
            Shape::Either(choices) => choices.iter().any(Shape::takes_text),
            _ => false,
        }
    }

    /// What a reader would call it.
    pub(super) fn describe(&self) -> String {
        match self {
            Shape::Text => "text".into(),
            Shape::Number => "a number".into(),
            Shape::Bool => "`true` or `false`".into(),
            Shape::List(_) => "a list".into(),
            Shape::Object { .. } => "a map".into(),
            Shape::Either(choices) => choices.iter().map(Shape::describe).collect::<Vec<_>>().join(" or "),
        }
    }
}

/// A map has some twenty fields, of which few are as long as the one that is asked for.
fn named<'a>(fields: &'a [Field], key: &str) -> Option<&'a Field> {
    fields.iter().find(|field| field.name == key)
}
