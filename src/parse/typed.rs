//! A spanned tree to typed data, by serde. Total: what is missing or of the wrong type is read as the
//! empty value of its type (the first variant of an enum), because the schema has reported it already.

use serde::de::value::{Error, StrDeserializer, U32Deserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use crate::files::{SPANNED, Span};
use crate::model::statement::Citation;
use crate::model::tree::{Entry, Key, Node, NodeKind, Style};

/// Reads a value of type `T`.
pub(super) fn read<T: DeserializeOwned>(node: &Node<'_>) -> T {
    T::deserialize(Value::Node(node)).expect("reading a tree is total: every visitor accepts the empty value")
}

/// What is being read: a node, a key, or nothing at a place.
#[derive(Clone, Copy)]
enum Value<'a> {
    Node(&'a Node<'a>),
    Key(&'a Key<'a>),
    Missing(Span),
}

impl<'a> Value<'a> {
    fn span(self) -> Span {
        match self {
            Value::Node(node) => node.span,
            Value::Key(key) => key.span,
            Value::Missing(span) => span,
        }
    }

    fn text(self) -> &'a str {
        match self {
            Value::Node(node) => node.text().unwrap_or_default(),
            Value::Key(key) => &key.value,
            Value::Missing(_) => "",
        }
    }

    fn is_null(self) -> bool {
        match self {
            Value::Node(node) => matches!(node.kind, NodeKind::Null),
            Value::Key(_) => false,
            Value::Missing(_) => true,
        }
    }

    fn entries(self) -> &'a [Entry<'a>] {
        match self {
            Value::Node(node) => node.entries(),
            _ => &[],
        }
    }

    /// The items of a list; a single value is a list of one.
    fn items(self) -> Items<'a> {
        match self {
            Value::Node(Node { kind: NodeKind::Sequence(items), .. }) => {
                Items { items: items.iter(), single: None }
            }
            _ => Items { items: [].iter(), single: Some(self).filter(|value| !value.is_null()) },
        }
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $type:ty;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.text().parse::<$type>().unwrap_or_default())
        })*
    };
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Value::Node(Node { kind: NodeKind::Sequence(_), .. }) => self.deserialize_seq(visitor),
            Value::Node(Node { kind: NodeKind::Mapping(_), .. }) => self.deserialize_map(visitor),
            Value::Node(Node { kind: NodeKind::Scalar(text, Style::Plain), .. }) => match text.parse::<f64>()
            {
                Ok(number) => visitor.visit_f64(number),
                Err(_) => visitor.visit_str(text),
            },
            _ if self.is_null() => visitor.visit_unit(),
            _ => visitor.visit_str(self.text()),
        }
    }

    numbers! {
        deserialize_bool visit_bool bool;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_f64 visit_f64 f64;
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text())
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(self.items())
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Fields::new(self, None))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == SPANNED {
            return visitor.visit_seq(WithSpan { value: self, next: 0 });
        }
        if name == Citation::NAME && self.entries().is_empty() {
            return visitor.visit_seq(self.items());
        }
        visitor.visit_map(Fields::new(self, Some(fields)))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = self.text();
        let variant = variants.iter().find(|variant| **variant == text).unwrap_or(&variants[0]);
        visitor.visit_enum(Variant(variant))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node<'a>>,
    single: Option<Value<'a>>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let next = self.items.next().map(Value::Node).or_else(|| self.single.take());
        next.map(|item| seed.deserialize(item)).transpose()
    }

    /// A list then takes the memory it needs and no more, which counts over ten thousand records.
    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() + usize::from(self.single.is_some()))
    }
}

/// Hands over file, start, end and then the value itself.
struct WithSpan<'a> {
    value: Value<'a>,
    next: u8,
}

impl<'de> SeqAccess<'de> for WithSpan<'_> {
    type Error = Error;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let span = self.value.span();
        let number = |number: u32| -> U32Deserializer<Error> { number.into_deserializer() };
        self.next += 1;
        match self.next {
            1 => seed.deserialize(number(span.file.0)).map(Some),
            2 => seed.deserialize(number(span.start)).map(Some),
            3 => seed.deserialize(number(span.end)).map(Some),
            4 => seed.deserialize(self.value).map(Some),
            _ => Ok(None),
        }
    }
}

/// The entries of a map, and for a struct then every field that the map lacks, as missing.
struct Fields<'a> {
    entries: std::slice::Iter<'a, Entry<'a>>,
    known: Option<&'static [&'static str]>,
    /// A bit for each known field that the map has.
    seen: u128,
    lacking: std::iter::Enumerate<std::slice::Iter<'static, &'static str>>,
    value: Value<'a>,
    span: Span,
}

impl<'a> Fields<'a> {
    fn new(value: Value<'a>, known: Option<&'static [&'static str]>) -> Fields<'a> {
        let (entries, span) = (value.entries().iter(), value.span());
        let lacking = known.unwrap_or_default().iter().enumerate();
        assert!(lacking.len() <= 128, "a struct has a bit for each of its fields");
        Fields { entries, known, seen: 0, lacking, value: Value::Missing(span), span }
    }

    fn next_entry(&mut self) -> Option<&'a Entry<'a>> {
        let Some(known) = self.known else { return self.entries.next() };
        self.entries.find(|entry| {
            let field = known.iter().position(|name| *name == entry.key.value);
            self.seen |= field.map_or(0, |at| 1 << at);
            field.is_some()
        })
    }
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if let Some(entry) = self.next_entry() {
            self.value = Value::Node(&entry.value);
            return seed.deserialize(Value::Key(&entry.key)).map(Some);
        }
        let present = self.seen;
        let Some((_, name)) = self.lacking.find(|(at, _)| present & (1 << at) == 0) else { return Ok(None) };
        self.value = Value::Missing(self.span);
        let name: StrDeserializer<Error> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.value)
    }
}

struct Variant(&'static str);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Error;
    type Variant = Unit;
    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Unit), Error> {
        let name: StrDeserializer<Error> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, Unit))
    }
}

struct Unit;

impl<'de> VariantAccess<'de> for Unit {
    type Error = Error;
    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(Value::Missing(Span::default()))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}
