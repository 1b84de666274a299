//! What the columns of each table mean: `data/export/columns.toml`, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use tidings_ontology::{EventType, Ontology};

use crate::error::{Error, Result};

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words, codes, names.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// True or false.
    Boolean,
    /// Days.
    Date,
    /// Objects or lists; text where a format has none.
    Json,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// As it is called in files: at most 32 characters.
    #[serde(skip)]
    pub name: String,
    /// As it is called for readers: at most 80 characters.
    pub title: String,
    /// What its cells hold.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What it means.
    pub description: String,
    /// What is counted or measured.
    pub unit: Option<String>,
    /// The list of its codes ([`values`]).
    pub values: Option<String>,
    /// How it is coded.
    pub rule: Option<String>,
    /// What is known to go wrong.
    pub weakness: Option<String>,
    /// Least and greatest value.
    pub range: Option<[f64; 2]>,
}

/// One table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// As it is called in files.
    pub name: String,
    /// As it is called for readers.
    pub title: String,
    /// What a row is.
    pub description: String,
    /// Columns that make a row unique.
    pub key: Vec<String>,
    /// Columns whose values stand in another table: `table.column`.
    pub refers: BTreeMap<String, String>,
    /// In order.
    pub columns: Vec<Column>,
    /// What a release has beside them.
    pub(crate) also: Vec<Column>,
    /// Whether rows may have more than these columns.
    pub(crate) partial: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    values: BTreeMap<String, toml::Table>,
    column: BTreeMap<String, Column>,
    table: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    title: String,
    description: String,
    key: Vec<String>,
    #[serde(default)]
    refers: BTreeMap<String, String>,
    columns: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
}

/// Codes of a list with their labels, in order.
type Values = Vec<(String, String)>;

struct Described {
    tables: Vec<Table>,
    values: BTreeMap<String, Values>,
}

static DESCRIBED: LazyLock<Result<Described, String>> =
    LazyLock::new(|| read(include_str!("../../../data/export/columns.toml")));

fn described() -> Result<&'static Described> {
    DESCRIBED.as_ref().map_err(|what| Error::Columns(what.clone()))
}

/// The table of that name.
pub fn table(name: &str) -> Result<&'static Table> {
    described()?.tables.iter().find(|t| t.name == name).ok_or_else(|| {
        Error::format(
            format!("there is no table `{name}`"),
            "the tables are those of data/export/columns.toml",
        )
    })
}

/// All tables, in alphabetical order.
pub fn tables() -> Result<&'static [Table]> {
    Ok(&described()?.tables)
}

/// The codes of a list with their labels, in the order of the codebook.
pub fn values(name: &str) -> Result<&'static [(String, String)]> {
    let found = described()?.values.get(name).map(Vec::as_slice);
    found.ok_or_else(|| Error::Columns(format!("there is no list `{name}`")))
}

/// Whether the descriptions inside the program can be read.
pub fn check() -> Result<()> {
    described().map(|_| ())
}

fn read(text: &str) -> Result<Described, String> {
    let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
    let mut values = BTreeMap::new();
    for (name, entries) in file.values {
        let labels = entries.into_iter().map(|(code, label)| match label {
            toml::Value::String(label) => Ok((code, label)),
            _ => Err(format!("values.{name}.{code} is no text")),
        });
        values.insert(name.clone(), labels.collect::<Result<_, _>>()?);
    }
    let meaning = |kind: EventType| (kind.as_str().to_owned(), Ontology::plover().meaning(kind).to_owned());
    values.insert("plover_type".to_owned(), EventType::all().map(meaning).collect());
    let entries = file.table.into_iter().map(|(name, entry)| {
        let entry: Entry = entry.try_into().map_err(|e| format!("table.{name}: {e}"))?;
        read_table(name, entry, &file.column)
    });
    Ok(Described { tables: entries.collect::<Result<_, _>>()?, values })
}

fn read_table(name: String, entry: Entry, known: &BTreeMap<String, Column>) -> Result<Table, String> {
    let find = |column: &String| {
        let found = known.get(&format!("{name}.{column}")).or_else(|| known.get(column));
        let found = found.ok_or_else(|| format!("table.{name}: no column is called `{column}`"))?;
        Ok(Column { name: column.clone(), ..found.clone() })
    };
    Ok(Table {
        columns: entry.columns.iter().map(find).collect::<Result<_, String>>()?,
        also: entry.also.iter().map(find).collect::<Result<_, String>>()?,
        title: entry.title,
        description: entry.description,
        key: entry.key,
        refers: entry.refers,
        partial: false,
        name,
    })
}

impl Table {
    /// The same with these columns only, in this order; rows may have others.
    pub fn select(&self, names: &[&str]) -> Result<Self> {
        let columns = names.iter().map(|name| {
            self.column(name).cloned().ok_or_else(|| {
                let known: Vec<&str> = self.columns.iter().map(|c| c.name.as_str()).collect();
                let what = format!("table `{}` has no column `{name}`", self.name);
                Error::format(what, format!("its columns are {}", known.join(", ")))
            })
        });
        Ok(Self { columns: columns.collect::<Result<_>>()?, partial: true, ..self.clone() })
    }

    /// The same with what a release has beside its columns.
    pub fn release(&self) -> Self {
        let columns = self.columns.iter().chain(&self.also).cloned().collect();
        Self { columns, also: Vec::new(), ..self.clone() }
    }

    /// What the table and its columns mean, as keys and values that a file carries with it.
    pub fn meanings(&self) -> impl Iterator<Item = (String, String)> {
        let columns = self.columns.iter().map(|c| (format!("column.{}", c.name), c.description.clone()));
        std::iter::once(("description".to_owned(), self.description.clone())).chain(columns)
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names that Stata keeps for itself.
    const RESERVED: [&str; 14] = [
        "in", "if", "using", "with", "int", "long", "float", "double", "byte", "str", "strl", "_n", "_pred",
        "_cons",
    ];

    #[test]
    fn every_column_has_a_name_that_r_stata_and_python_take() {
        for table in tables().expect("read") {
            for column in &table.release().columns {
                let name = &column.name;
                let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
                assert!(plain && name.len() <= 32 && !RESERVED.contains(&name.as_str()), "{name}");
                assert!(column.title.chars().count() <= 80, "{}", column.title);
                assert!(column.description.ends_with('.') || column.description.ends_with('…'), "{name}");
            }
        }
    }

    #[test]
    fn keys_and_references_are_columns() {
        for table in tables().expect("read") {
            assert!(!table.key.is_empty(), "{}", table.name);
            for key in table.key.iter().chain(table.refers.keys()) {
                assert!(table.column(key).is_some(), "{}.{key}", table.name);
            }
            for place in table.refers.values() {
                let (other, column) = place.split_once('.').expect("table.column");
                let other = super::table(other).expect("a table");
                assert!(other.column(column).is_some(), "{place}");
            }
        }
    }

    #[test]
    fn no_description_is_of_nothing() {
        let file: File = toml::from_str(include_str!("../../../data/export/columns.toml")).expect("TOML");
        let all: Vec<Table> = tables().expect("read").iter().map(Table::release).collect();
        let used: Vec<(&str, &str)> =
            all.iter().flat_map(|t| t.columns.iter().map(|c| (t.name.as_str(), c.name.as_str()))).collect();
        for name in file.column.keys() {
            let of_one = name.split_once('.');
            let found = used.iter().any(|(t, c)| of_one.map_or(*c == name, |place| place == (*t, *c)));
            assert!(found, "no table has the column `{name}`");
        }
    }

    #[test]
    fn every_list_of_codes_is_there_with_labels() {
        for column in tables().expect("read").iter().flat_map(|t| &t.columns) {
            let Some(list) = &column.values else { continue };
            let codes = values(list).expect("a list");
            assert!(codes.len() > 1 && codes.iter().all(|(_, label)| !label.is_empty()), "{list}");
        }
    }

    #[test]
    fn a_mistake_in_the_descriptions_is_told() {
        for (text, what) in [
            (
                "[values]\n[column]\n[table.a]\ntitle=''\ndescription=''\nkey=[]\ncolumns=['x']",
                "no column is called `x`",
            ),
            ("[values.a]\nb = 1\n[column]\n[table]", "values.a.b is no text"),
            ("[values]\n[column.a]\ntitle='A'\ntype='colour'\ndescription='B.'\n[table]", "colour"),
            ("nonsense", "TOML parse error"),
        ] {
            let told = read(text).err().expect("a mistake");
            assert!(told.contains(what), "{told}");
        }
    }

    #[test]
    fn only_some_columns_may_be_chosen() {
        let chosen = table("actors").expect("a table").select(&["name", "entity"]).expect("columns");
        assert_eq!(chosen.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["name", "entity"]);
        let told = table("actors").expect("a table").select(&["nam"]).expect_err("none").to_string();
        assert!(told.contains("no column `nam`") && told.contains("hint:"), "{told}");
        assert!(table("aktors").is_err());
    }
}
