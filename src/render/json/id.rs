//! What callers name documents by.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// The caller's name for a document: a string or an integer, and the same kind of value when it is read back.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(untagged)]
pub enum JsonId {
    /// `"a1"`
    Text(String),
    /// `17`
    Integer(i64),
}

impl fmt::Display for JsonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JsonId::Text(text) => f.write_str(text),
            JsonId::Integer(number) => number.fmt(f),
        }
    }
}

impl From<&str> for JsonId {
    fn from(text: &str) -> JsonId {
        JsonId::Text(text.to_owned())
    }
}

impl From<i64> for JsonId {
    fn from(number: i64) -> JsonId {
        JsonId::Integer(number)
    }
}

// By hand, because the error of an untagged enum does not say what was expected.
impl<'de> Deserialize<'de> for JsonId {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<JsonId, D::Error> {
        struct Id;
        impl Visitor<'_> for Id {
            type Value = JsonId;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or an integer of 64 bits")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<JsonId, E> {
                Ok(text.into())
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<JsonId, E> {
                Ok(number.into())
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<JsonId, E> {
                let wrong = |_| E::invalid_value(serde::de::Unexpected::Unsigned(number), &self);
                i64::try_from(number).map(JsonId::Integer).map_err(wrong)
            }
        }
        input.deserialize_any(Id)
    }
}
