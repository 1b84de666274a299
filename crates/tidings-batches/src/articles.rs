//! The articles of a batch: which columns are read, and of which types.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch};
use arrow_cast::cast;
use arrow_schema::DataType;
use tidings::document::{Fields, Known, document};
use tidings_readers::hash_id;

use crate::coded::{Article, Failure};
use crate::error::{Error, Result};

/// What is read of an article; only the text is required.
pub const ROLES: [&str; 7] = ["text", "id", "date", "title", "outlet", "url", "language"];

/// Which column has which role; by itself each is called as its role is.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<&'static str, String>);

impl Names {
    /// Reads `role` from the column of that name.
    pub fn set(&mut self, role: &str, column: &str) -> Result<()> {
        let known = ROLES.into_iter().find(|r| *r == role).ok_or_else(|| {
            let what = format!("nothing of an article is called `{role}`");
            Error::told(what, format!("what can be read: {}", ROLES.join(", ")))
        })?;
        self.0.insert(known, column.to_owned());
        Ok(())
    }
}

/// The columns of one batch, as text.
pub struct Articles {
    columns: BTreeMap<&'static str, LargeStringArray>,
    rows: usize,
}

impl Articles {
    /// Finds the columns and reads them as text; days and times as ISO days.
    pub fn of(batch: &RecordBatch, names: &Names) -> Result<Self> {
        let mut columns = BTreeMap::new();
        for role in ROLES {
            let named = names.0.get(role);
            let name = named.map_or(role, String::as_str);
            match batch.column_by_name(name) {
                Some(column) => {
                    columns.insert(role, texts(role, name, column)?);
                }
                None if named.is_some() || role == "text" => return Err(missing(batch, role, name)),
                None => {}
            }
        }
        Ok(Self { columns, rows: batch.num_rows() })
    }

    /// The articles in their order.
    pub fn iter(&self) -> impl Iterator<Item = Article> + '_ {
        (0..self.rows).map(|row| self.article(row))
    }

    fn cell(&self, role: &str, row: usize) -> Option<&str> {
        let column = self.columns.get(role)?;
        column.is_valid(row).then(|| column.value(row))
    }

    fn article(&self, row: usize) -> Article {
        let cell = |role| self.cell(role, row).map(str::to_owned);
        let Some(text) = cell("text") else {
            let error = match self.cell("id", row) {
                Some(id) => format!("{id}: the text is missing"),
                None => "the text is missing".to_owned(),
            };
            let failure = Failure { error, hint: "leave out rows without a text".to_owned() };
            return Article { place: None, document: Err(failure) };
        };
        let id = cell("id").filter(|id| !id.trim().is_empty()).unwrap_or_else(|| hash_id(&text));
        let fields = Fields {
            id,
            text,
            title: cell("title"),
            date: cell("date"),
            outlet: cell("outlet"),
            url: cell("url"),
            language: cell("language"),
            ..Fields::default()
        };
        Article { place: None, document: Ok(document(fields, &Known::default())) }
    }
}

fn missing(batch: &RecordBatch, role: &str, name: &str) -> Error {
    let schema = batch.schema();
    let there: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
    let what = format!("the articles have no column `{name}` for the {role}");
    Error::told(what, format!("the columns are: {}; say which one is the {role}", there.join(", ")))
}

fn texts(role: &str, name: &str, column: &ArrayRef) -> Result<LargeStringArray> {
    let days = column.data_type().is_temporal();
    let fits = match (role, column.data_type()) {
        (_, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null) => true,
        (_, DataType::Dictionary(_, values)) => matches!(**values, DataType::Utf8 | DataType::LargeUtf8),
        ("date", DataType::Date32 | DataType::Date64 | DataType::Timestamp(..)) => true,
        ("id", kind) => kind.is_integer(),
        _ => false,
    };
    if !fits {
        let what = format!("column `{name}` ({role}) holds {}", column.data_type());
        let wanted = match role {
            "date" => "text, days or times",
            "id" => "text or whole numbers",
            _ => "text",
        };
        return Err(Error::told(what, format!("it must be {wanted}")));
    }
    let column = if days { cast(column, &DataType::Date32)? } else { column.clone() };
    Ok(cast(&column, &DataType::LargeUtf8)?.as_string::<i64>().clone())
}
