//! Names that can only hold safe text, so that an output path, an anchor or a link can be built from them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

use crate::model::text;

/// Defines a newtype over text that only valid text can enter; what is not valid is read as the empty id,
/// which matches nothing (the schema reports it).
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $pattern:literal, $title:literal, $valid:path) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(SmolStr);

        impl $name {
            /// The pattern, as JSON Schema writes it.
            pub const PATTERN: &str = $pattern;

            /// The id, if the text is one.
            pub fn new(text: &str) -> Option<$name> {
                $valid(text).then(|| $name(SmolStr::new(text)))
            }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                text::read(deserializer, |text| $name::new(text).unwrap_or_default())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "title": $title, "pattern": $pattern})
            }
        }
    };
}

id_type!(
    /// The id of a source, gate, term or entity: `financial-times`.
    Slug, "^[a-z0-9]+(-[a-z0-9]+)*$", "an id of lower-case letters, digits and hyphens", is_slug
);
id_type!(
    /// The id of a statement: letters, then a number, so that `[f3]` in prose can mean nothing else.
    StatementId, "^[a-z]{1,8}[0-9]{1,4}$", "a statement id such as `f3`", is_statement_id
);
id_type!(
    /// The number of an incident, `APM-0005`, or its handle while none is minted, `APM-0000-short-slug`.
    IncidentId, "^[A-Z]{2,8}-[0-9]{4,8}(-[a-z0-9]+)*$", "an incident id such as `APM-0005`", is_incident_id
);

fn is_slug(text: &str) -> bool {
    text.len() <= 80
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn is_statement_id(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let digits = text.len() - letters;
    (1..=8).contains(&letters)
        && (1..=4).contains(&digits)
        && text.bytes().skip(letters).all(|byte| byte.is_ascii_digit())
}

fn is_incident_id(text: &str) -> bool {
    let Some((prefix, rest)) = text.split_once('-') else { return false };
    let (number, slug) = rest.split_once('-').map_or((rest, None), |(number, slug)| (number, Some(slug)));
    (2..=8).contains(&prefix.len())
        && prefix.bytes().all(|byte| byte.is_ascii_uppercase())
        && (4..=8).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && slug.is_none_or(is_slug)
}

impl IncidentId {
    /// The part before the hyphen.
    pub fn prefix(&self) -> &str {
        self.split('-').next().unwrap_or_default()
    }

    /// The number; 0 while none is minted.
    pub fn number(&self) -> u32 {
        self.split('-').nth(1).and_then(|digits| digits.parse().ok()).unwrap_or_default()
    }

    /// Whether a number was minted.
    pub fn is_minted(&self) -> bool {
        self.number() > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_text_is_an_id() {
        for text in ["kiro", "amazon-q", "2fa"] {
            assert!(Slug::new(text).is_some(), "{text}");
        }
        for text in ["", "-a", "a--b", "A", "a/b", "..", "a b", "é"] {
            assert!(Slug::new(text).is_none(), "{text}");
        }
        for text in ["APM-0005", "APM-0000-short-slug", "REG-12345"] {
            assert!(IncidentId::new(text).is_some(), "{text}");
        }
        for text in ["apm-0005", "APM-5", "APM-0005-", "APM-0005/..", "APM0005", "APM-00x5"] {
            assert!(IncidentId::new(text).is_none(), "{text}");
        }
        assert!(StatementId::new("f3").is_some());
        for text in ["sic", "3", "f", "F3", "f3a"] {
            assert!(StatementId::new(text).is_none(), "{text}");
        }
    }
}
