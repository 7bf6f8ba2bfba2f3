//! Values that are written as a text.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Reads a value from its text, of which no copy is made: a record holds a few hundred ids and dates.
pub(super) fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: impl FnOnce(&str) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(read, PhantomData))
}

struct TextVisitor<F, T>(F, PhantomData<T>);

impl<F: FnOnce(&str) -> T, T> Visitor<'_> for TextVisitor<F, T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text))
    }
}
