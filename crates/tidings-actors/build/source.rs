//! Reads the tables of `data/actors`.

use std::path::Path;

/// All that is wrong, each with file and line.
pub type Faults = Vec<String>;

/// A row with its place.
pub struct Row {
    pub line: usize,
    pub columns: Vec<String>,
}

impl Row {
    /// A column, empty where the row is shorter.
    pub fn at(&self, column: usize) -> &str {
        self.columns.get(column).map(String::as_str).unwrap_or_default()
    }

    /// The parts of a list column.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &str> {
        self.at(column).split('|').filter(|part| !part.is_empty())
    }
}

/// A table of a file.
pub struct Table {
    pub file: String,
    pub rows: Vec<Row>,
}

impl Table {
    /// "leaders.tsv:17: …".
    pub fn fault(&self, row: &Row, what: impl std::fmt::Display) -> String {
        format!("data/actors/{}:{}: {what}", self.file, row.line)
    }
}

/// All tables.
pub struct Tables {
    pub states: Table,
    pub codes: Table,
    /// Hand-made ones first: where names clash, they come first.
    pub bodies: Vec<Table>,
    pub members: Table,
    pub organs: Table,
    pub roles: Table,
    pub leaders: Table,
    pub spellings: Table,
    pub sectors: Vec<String>,
}

/// Tables of bodies in their order of precedence.
const BODIES: &[&str] =
    &["organisations.tsv", "groups.tsv", "outlets.tsv", "parties.tsv", "listed_bodies.tsv"];

impl Tables {
    /// Reads all, or says which cannot be read.
    pub fn read(data: &Path) -> Result<Self, Faults> {
        let actors = data.join("actors");
        let table = |file: &str, columns: usize| read(&actors, file, columns);
        let sectors = read(&data.join("ontology"), "sectors.tsv", 2)?;
        Ok(Self {
            states: table("states.tsv", 10)?,
            codes: table("state_codes.tsv", 6)?,
            bodies: BODIES.iter().map(|file| table(file, 9)).collect::<Result<_, _>>()?,
            members: table("memberships.tsv", 4)?,
            organs: table("organs.tsv", 6)?,
            roles: table("roles.tsv", 6)?,
            leaders: table("leaders.tsv", 9)?,
            spellings: table("spellings.tsv", 4)?,
            sectors: sectors.rows.iter().map(|r| r.at(0).to_owned()).collect(),
        })
    }
}

fn read(folder: &Path, file: &str, most: usize) -> Result<Table, Faults> {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).map_err(|e| vec![format!("{}: {e}", path.display())])?;
    Ok(Table { file: file.to_owned(), rows: rows(file, &text, most)? })
}

/// Comments and blank lines skipped; too many columns and stray blanks are faults.
fn rows(file: &str, text: &str, most: usize) -> Result<Vec<Row>, Faults> {
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if columns.len() > most {
            faults.push(format!("data/actors/{file}:{}: {} columns, at most {most}", at + 1, columns.len()));
        }
        let blank = columns.iter().position(|c| c.trim() != c);
        if let Some(column) = blank {
            faults.push(format!("data/actors/{file}:{}: a blank at an end of column {}", at + 1, column + 1));
        }
        rows.push(Row { line: at + 1, columns });
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}
