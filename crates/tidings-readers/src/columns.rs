//! Which column of a table, or field of an object, is the text, which the day, and so on.

use std::sync::LazyLock;

use serde_json::{Map, Value};
use tidings_document::{Fields, Warning, shortened};

/// What a column can be to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Unique name of the report.
    Id,
    /// All of its words.
    Text,
    /// Headline.
    Title,
    /// Day of publication.
    Date,
    /// Who published it.
    Outlet,
    /// Where.
    Url,
    /// Which language it is in, as the input says.
    Language,
}

const ALL: [(Column, &str); 7] = [
    (Column::Id, "id"),
    (Column::Text, "text"),
    (Column::Title, "title"),
    (Column::Date, "date"),
    (Column::Outlet, "outlet"),
    (Column::Url, "url"),
    (Column::Language, "language"),
];

/// The names by which columns are known, in the order of preference.
static NAMES: LazyLock<Vec<(Column, &str)>> = LazyLock::new(|| {
    let table = include_str!("../../../data/readers/columns.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t'))
        .filter_map(|(f, name)| Some((Column::named(f)?, name)))
        .collect()
});

impl Column {
    fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|(_, own)| *own == name).map(|(column, _)| *column)
    }

    /// Our name of it.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(column, _)| *column == self).map_or("", |(_, name)| name)
    }
}

/// Columns that the user names; the others are found by the names of `data/readers/columns.tsv`.
#[derive(Clone, Debug, Default)]
pub struct Columns(Vec<(Column, String)>);

impl Columns {
    /// `text=body`: the column `body` is the text.
    pub fn parse(assignment: &str) -> Result<(Column, String), String> {
        let form = || {
            let names: Vec<&str> = ALL.iter().map(|(_, name)| *name).collect();
            format!("write it like text=body; left of = stands one of {}", names.join(", "))
        };
        let (column, name) = assignment.split_once('=').ok_or_else(form)?;
        let column = Column::named(column.trim()).ok_or_else(form)?;
        let name = name.trim();
        if name.is_empty() { Err(form()) } else { Ok((column, name.to_owned())) }
    }

    /// The name that the user gives to a column.
    pub(crate) fn own(&self, column: Column) -> Option<&str> {
        self.0.iter().rev().find(|(own, _)| *own == column).map(|(_, name)| name.as_str())
    }

    /// Which of `names` the column may be, the best first.
    pub(crate) fn candidates<'n>(&self, column: Column, names: &[&'n str]) -> Vec<&'n str> {
        if let Some(own) = self.own(column) {
            return names.iter().copied().filter(|name| *name == own).collect();
        }
        let known = NAMES.iter().filter(|(of, _)| *of == column).map(|(_, name)| *name);
        let plain: Vec<(&str, String)> = names.iter().map(|name| (*name, plain(name))).collect();
        known.flat_map(|known| plain.iter().filter(move |(_, p)| p == known).map(|(name, _)| *name)).collect()
    }

    /// The fields of an object, and whether it has an id of its own; else what is wrong with it.
    pub(crate) fn fields(
        &self,
        mut object: Map<String, Value>,
        mut warnings: Vec<Warning>,
    ) -> Result<(Fields, bool), Missing> {
        let text = self.text(&mut object)?;
        let id = self.take(&mut object, Column::Id, &mut Vec::new()).filter(|id| !id.trim().is_empty());
        let mut field = |column| self.take(&mut object, column, &mut warnings);
        let (title, date, outlet) = (field(Column::Title), field(Column::Date), field(Column::Outlet));
        let (url, language) = (field(Column::Url), field(Column::Language));
        let is_named = id.is_some();
        let id = id.unwrap_or_default();
        let fields = Fields {
            id,
            text,
            title,
            date,
            outlet,
            url,
            language,
            extra: object,
            warnings,
            ..Fields::default()
        };
        Ok((fields, is_named))
    }

    fn text(&self, object: &mut Map<String, Value>) -> Result<String, Missing> {
        let name = self.name(object, Column::Text).ok_or_else(|| Missing {
            what: format!("the field {} is missing", self.own(Column::Text).unwrap_or("text")),
        })?;
        match object.shift_remove(&name) {
            Some(Value::String(text)) => Ok(text),
            other => {
                let kind = kind(&other.unwrap_or_default());
                Err(Missing { what: format!("the field {name} is {kind}, not a string") })
            }
        }
    }

    /// The name of the column in this object.
    fn name(&self, object: &Map<String, Value>, column: Column) -> Option<String> {
        let names: Vec<&str> = object.keys().map(String::as_str).collect();
        let candidates = self.candidates(column, &names);
        let first = *candidates.first()?;
        // A first choice that is empty or of a wrong type leaves the place to a second that is not.
        let fits = |name: &&str| object.get(*name).is_some_and(|value| is_word(value, column));
        Some(candidates.into_iter().find(fits).unwrap_or(first).to_owned())
    }

    /// Takes the value of a column; `null` is as good as none. Something that is no string stays where it is, with a
    /// warning.
    fn take(
        &self,
        object: &mut Map<String, Value>,
        column: Column,
        warnings: &mut Vec<Warning>,
    ) -> Option<String> {
        let name = self.name(object, column)?;
        let value = object.get(&name)?;
        if !value.is_null() && !value.is_string() && !is_word(value, column) {
            let what = kind(value);
            let message =
                format!("the field {name} is {what} and was not used: {}", shortened(&value.to_string()));
            warnings.push(Warning::new("wrong-type", message));
            return None;
        }
        match object.shift_remove(&name)? {
            Value::String(value) => Some(value),
            Value::Null => None,
            number => Some(number.to_string()),
        }
    }
}

impl FromIterator<(Column, String)> for Columns {
    fn from_iter<I: IntoIterator<Item = (Column, String)>>(assignments: I) -> Self {
        Self(assignments.into_iter().collect())
    }
}

/// Why an object is no report.
#[derive(Debug)]
pub(crate) struct Missing {
    pub(crate) what: String,
}

/// A string with something in it; ids and days may be numbers.
fn is_word(value: &Value, column: Column) -> bool {
    match value {
        Value::String(text) => column == Column::Text || !text.trim().is_empty(),
        Value::Number(number) => column == Column::Id || column == Column::Date && number.is_u64(),
        _ => false,
    }
}

/// "Article Text" as "articletext".
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_of_the_table_is_of_a_column_and_no_name_comes_twice() {
        let rows = include_str!("../../../data/readers/columns.tsv").lines().filter(|l| !l.starts_with('#'));
        assert_eq!(NAMES.len(), rows.count());
        let names: BTreeSet<&str> = NAMES.iter().map(|(_, name)| *name).collect();
        assert_eq!(names.len(), NAMES.len());
        assert!(names.iter().all(|name| plain(name) == *name));
        for (column, name) in ALL {
            assert_eq!(NAMES.iter().find(|(c, _)| *c == column).map(|(_, n)| *n), Some(name));
        }
    }

    #[test]
    fn names_are_found_whatever_their_letters() {
        let columns = Columns::default();
        assert_eq!(
            columns.candidates(Column::Text, &["id", "Article Text", "Body"]),
            ["Body", "Article Text"]
        );
        assert_eq!(columns.candidates(Column::Outlet, &["source", "outlet"]), ["outlet", "source"]);
        assert!(columns.candidates(Column::Date, &["when"]).is_empty());
    }

    #[test]
    fn what_the_user_names_goes_before_all_other_names() {
        let columns: Columns = [Columns::parse("text=lead").unwrap()].into_iter().collect();
        assert_eq!(columns.candidates(Column::Text, &["text", "lead"]), ["lead"]);
        assert!(columns.candidates(Column::Text, &["text"]).is_empty());
        for wrong in ["text", "text=", "author=by", "="] {
            assert!(Columns::parse(wrong).unwrap_err().contains("text=body"), "{wrong}");
        }
    }

    #[test]
    fn a_column_that_is_empty_leaves_its_place_to_the_next() {
        let object = serde_json::json!({"text": "Norway thanked Iceland.", "outlet": null, "source": "Delta Post", "title": "", "headline": "Thanks"});
        let Value::Object(object) = object else { return };
        let (fields, is_named) = Columns::default().fields(object, Vec::new()).unwrap();
        assert_eq!(fields.outlet.as_deref(), Some("Delta Post"));
        assert_eq!(fields.title.as_deref(), Some("Thanks"));
        assert!(!is_named && fields.warnings.is_empty());
    }
}
