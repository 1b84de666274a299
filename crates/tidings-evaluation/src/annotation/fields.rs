//! Fields as systems write them: what is null counts as left out, and a number where words are wanted as its digits.

use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// Words, or none. An empty text is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Option<String>);

impl Text {
    /// The words.
    pub fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The words; the empty text where there are none.
    pub fn as_str(&self) -> &str {
        self.get().unwrap_or_default()
    }

    /// Whether these are the words.
    pub fn is(&self, text: &str) -> bool {
        self.get() == Some(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Some(text).filter(|t| !t.is_empty()).map(str::to_owned))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text or null")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(text.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Text, E> {
        Ok(Text(Some(format!("{number:?}"))))
    }

    fn visit_unit<E: Error>(self) -> Result<Text, E> {
        Ok(Text(None))
    }
}

/// A value whose null is the same as its absence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrDefault<T>(pub T);

/// A list whose null is the empty list.
pub type List<T> = OrDefault<Vec<T>>;

impl<T> Deref for OrDefault<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for OrDefault<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Option::deserialize(deserializer)?.unwrap_or_default()))
    }
}

impl List<Text> {
    /// The texts that are none of them empty.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.iter().filter_map(Text::get)
    }

    /// Whether `text` is in the list.
    pub fn has(&self, text: &str) -> bool {
        self.texts().any(|t| t == text)
    }
}

/// Keeps apart a field that is left out (`None`) and one that is null.
pub fn stated<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text>, D::Error> {
    Text::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, serde::Deserialize)]
    #[serde(default)]
    struct Example {
        text: Text,
        list: List<Text>,
        flag: OrDefault<bool>,
        #[serde(deserialize_with = "stated")]
        country: Option<Text>,
    }

    fn read(json: &str) -> Example {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn null_is_the_same_as_nothing_but_for_what_is_stated() {
        for json in ["{}", r#"{"text": null, "list": null, "flag": null}"#, r#"{"text": "", "list": []}"#] {
            let example = read(json);
            assert_eq!((example.text.get(), example.list.len(), *example.flag), (None, 0, false), "{json}");
        }
        assert_eq!(read("{}").country, None);
        assert_eq!(read(r#"{"country": null}"#).country, Some(Text::default()));
    }

    #[test]
    fn a_number_is_its_digits_and_anything_else_is_refused() {
        assert!(read(r#"{"text": 51}"#).text.is("51"));
        assert!(read(r#"{"text": -1.5}"#).text.is("-1.5"));
        assert!(read(r#"{"list": [2016, null, "b"]}"#).list.texts().eq(["2016", "b"]));
        for json in [r#"{"text": ["a"]}"#, r#"{"text": {}}"#, r#"{"list": "a"}"#, r#"{"flag": "yes"}"#] {
            assert!(serde_json::from_str::<Example>(json).is_err(), "{json}");
        }
    }
}
