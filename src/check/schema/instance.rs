//! A tree as the validator reads it: in place, each scalar typed as its schema wants it (`title: no` stays text).
//! Nothing is copied unless a value differs from its schema and has to be told of.

use std::borrow::Cow;
use std::slice;

use jsonschema::json::{self, Json, NodeIdentity};
use jsonschema::types::JsonType;
use serde_json::{Number, Value};

use super::shape::Shape;
use crate::model::tree::{Entry, Node, NodeKind, Style};

/// Our trees as a representation of JSON.
pub(super) struct Tree;

impl Json for Tree {
    type Node<'a> = Instance<'a>;
    type PreparedKey = String;
    type StringBuffer = ();
    // A map is a list here, so a pass over all its keys costs as much as one look-up.
    const KEYS_PER_LOOKUP: usize = 2;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), key: &str, judge: impl FnOnce(Instance<'_>) -> T) -> T {
        judge(Instance::Key(key))
    }
}

/// A value and what it should be, or a key by itself.
#[derive(Clone, Copy)]
pub(super) enum Instance<'a> {
    Value(&'a Node<'a>, Option<&'a Shape>),
    Key(&'a str),
}

/// A scalar as the schema sees it.
enum Scalar<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(&'a str),
}

impl<'a> Instance<'a> {
    /// Nothing for a list or a map.
    fn scalar(self) -> Option<Scalar<'a>> {
        let (node, shape) = match self {
            Instance::Key(key) => return Some(Scalar::Text(key)),
            Instance::Value(node, shape) => (node, shape),
        };
        match &node.kind {
            NodeKind::Null => Some(Scalar::Null),
            NodeKind::Scalar(text, style) => Some(typed(text, *style, shape)),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
        }
    }
}

fn typed<'a>(text: &'a str, style: Style, shape: Option<&Shape>) -> Scalar<'a> {
    let number =
        || text.parse::<u64>().map(Number::from).ok().or_else(|| Number::from_f64(text.parse().ok()?));
    let typed = match shape {
        Some(shape) if style != Style::Plain || shape.takes_text() => None,
        Some(Shape::Number) => number().map(Scalar::Number),
        Some(Shape::Bool) => text.parse().ok().map(Scalar::Bool),
        _ => None,
    };
    typed.unwrap_or(Scalar::Text(text))
}

impl<'a> json::Node<'a, Tree> for Instance<'a> {
    type Object = Map<'a>;
    type Array = List<'a>;
    type Number = Number;

    fn as_object(&self) -> Option<Map<'a>> {
        match *self {
            Instance::Value(Node { kind: NodeKind::Mapping(entries), .. }, shape) => {
                Some(Map { entries, shape })
            }
            _ => None,
        }
    }

    fn as_array(&self) -> Option<List<'a>> {
        match *self {
            Instance::Value(Node { kind: NodeKind::Sequence(items), .. }, shape) => {
                Some(List { items: items.iter(), shape: shape.and_then(Shape::item) })
            }
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        match self.scalar()? {
            Scalar::Text(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    fn as_number(&self) -> Option<Number> {
        match self.scalar()? {
            Scalar::Number(number) => Some(number),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self.scalar()? {
            Scalar::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self.scalar(), Some(Scalar::Null))
    }

    fn json_type(&self) -> JsonType {
        match self.scalar() {
            Some(Scalar::Null) => JsonType::Null,
            Some(Scalar::Bool(_)) => JsonType::Boolean,
            Some(Scalar::Number(_)) => JsonType::Number,
            Some(Scalar::Text(_)) => JsonType::String,
            None if self.as_array().is_some() => JsonType::Array,
            None => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.scalar(), expected) {
            (Some(Scalar::Text(text)), Value::String(expected)) => text == expected,
            (Some(Scalar::Text(_)), _) => false,
            _ => json::cmp::equal(&self.to_value(), expected),
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        let entry = |(key, value): (&str, Instance<'_>)| (key.to_owned(), value.to_value().into_owned());
        Cow::Owned(match self.scalar() {
            Some(Scalar::Null) => Value::Null,
            Some(Scalar::Bool(value)) => Value::Bool(value),
            Some(Scalar::Number(number)) => Value::Number(number),
            Some(Scalar::Text(text)) => Value::String(text.to_owned()),
            None => match (self.as_object(), self.as_array()) {
                (Some(map), _) => Value::Object(json::Object::members(&map).map(entry).collect()),
                (_, Some(list)) => list.map(|item| item.to_value().into_owned()).collect(),
                _ => Value::Null,
            },
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Instance::Value(node, _) => Some(NodeIdentity::new(std::ptr::from_ref::<Node>(node).addr())),
            Instance::Key(_) => None,
        }
    }
}

/// The entries of a map, and what the map should be.
#[derive(Clone)]
pub(super) struct Map<'a> {
    entries: &'a [Entry<'a>],
    shape: Option<&'a Shape>,
}

impl<'a> json::Object<'a, Tree> for Map<'a> {
    type Node = Instance<'a>;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.entries.len()
    }

    fn get(&self, key: &String) -> Option<Instance<'a>> {
        let mut members = Members { entries: self.entries.iter(), shape: self.shape };
        let entry = members.entries.find(|entry| entry.key.value == *key)?;
        Some(members.instance(entry))
    }

    fn members(&self) -> Members<'a> {
        Members { entries: self.entries.iter(), shape: self.shape }
    }
}

/// The same, one by one.
pub(super) struct Members<'a> {
    entries: slice::Iter<'a, Entry<'a>>,
    shape: Option<&'a Shape>,
}

impl<'a> Members<'a> {
    fn instance(&self, entry: &'a Entry<'a>) -> Instance<'a> {
        Instance::Value(&entry.value, self.shape.and_then(|shape| shape.field(&entry.key.value)))
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, Instance<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entries.next()?;
        Some((&entry.key.value, self.instance(entry)))
    }
}

/// The items of a list, and what each should be.
#[derive(Clone)]
pub(super) struct List<'a> {
    items: slice::Iter<'a, Node<'a>>,
    shape: Option<&'a Shape>,
}

impl<'a> json::Array<'a, Tree> for List<'a> {
    type Node = Instance<'a>;
    type ElementsIter = List<'a>;

    fn len(&self) -> usize {
        self.items.len()
    }

    fn elements(&self) -> List<'a> {
        self.clone()
    }
}

impl<'a> Iterator for List<'a> {
    type Item = Instance<'a>;

    fn next(&mut self) -> Option<Instance<'a>> {
        Some(Instance::Value(self.items.next()?, self.shape))
    }
}
