//! The project's own tables: comment lines, then rows of columns between tabs.

use std::path::Path;

use crate::run::Result;

/// A table as it is to be.
pub struct Built {
    /// Where it belongs, from the root of the workspace.
    pub path: &'static str,
    /// Its whole text.
    pub text: String,
}

impl Built {
    /// Comments and rows to text.
    pub fn new(path: &'static str, comments: &[&str], rows: &[Vec<String>]) -> Self {
        let mut text: String = comments.iter().map(|c| format!("# {c}\n")).collect();
        for row in rows {
            text.push_str(&row.join("\t"));
            text.push('\n');
        }
        Self { path, text }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.text.lines().filter(|l| !l.starts_with('#')).count()
    }
}

/// The rows of a table of ours.
pub fn own(path: &Path) -> Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let rows = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    Ok(rows.map(|l| l.split('\t').map(str::to_owned).collect()).collect())
}

/// Whether the name is written with Latin letters.
pub fn is_latin(text: &str) -> bool {
    text.chars().all(|c| u32::from(c) < 0x250 || unicode_normalization::char::is_combining_mark(c))
}

/// Codes of the sources that are not those of our tables.
pub fn iso3(code: &str) -> &str {
    match code {
        "EUN" => "EUR",
        "SML" => "SOM",
        "UNK" => "XKX",
        "VNR" => "RVN",
        "ZZB" => "TZA",
        _ => code,
    }
}
