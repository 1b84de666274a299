//! Every data file and every model has a licence line in `data/LICENSES.md`, and every line a file.

use std::path::Path;

use crate::workspace::{files, relative};

const REGISTER: &str = "data/LICENSES.md";

/// Files without a line and lines without a file.
pub fn breaches(root: &Path) -> Vec<String> {
    let Ok(register) = std::fs::read_to_string(root.join(REGISTER)) else {
        return vec![format!("{REGISTER} is not there")];
    };
    let paths = ["data", "models"].iter().flat_map(|folder| files(&root.join(folder)));
    let paths: Vec<String> =
        paths.map(|path| relative(root, &path)).filter(|path| path != REGISTER).collect();
    compare(&listed(&register), &paths)
}

fn compare(listed: &[(&str, &str)], paths: &[String]) -> Vec<String> {
    let covers = |entry: &str, path: &str| entry == path || entry.ends_with('/') && path.starts_with(entry);
    let without_line = paths.iter().filter(|path| !listed.iter().any(|(entry, _)| covers(entry, path)));
    let mut out: Vec<String> =
        without_line.map(|path| format!("{path}: no licence line in {REGISTER}")).collect();
    for (entry, licence) in listed {
        if !paths.iter().any(|path| covers(entry, path)) {
            out.push(format!("{REGISTER}: `{entry}` is not there"));
        }
        if licence.is_empty() {
            out.push(format!("{REGISTER}: `{entry}` has no licence"));
        }
    }
    out
}

/// Rows of the tables: path in back quotes (a folder ends in `/`), then the licence.
fn listed(register: &str) -> Vec<(&str, &str)> {
    let row = |line: &'_ str| -> Option<(usize, usize)> {
        let start = line.strip_prefix("| `").map(|_| 3)?;
        Some((start, start + line.get(start..)?.find('`')?))
    };
    let rows = register.lines().filter_map(|line| row(line).map(|(start, end)| (line, start, end)));
    rows.map(|(line, start, end)| (&line[start..end], line.split('|').nth(2).unwrap_or_default().trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_lines_match() {
        let register = "| path | licence |\n|---|---|\n| `data/a.tsv` | CC0 | x |\n| `data/coding/` | MIT |\n| `data/gone` |  |\n";
        let paths = ["data/a.tsv", "data/b.tsv", "data/coding/t/x.toml"].map(str::to_owned);
        let found = compare(&listed(register), &paths);
        assert_eq!(
            found,
            [
                "data/b.tsv: no licence line in data/LICENSES.md",
                "data/LICENSES.md: `data/gone` is not there",
                "data/LICENSES.md: `data/gone` has no licence"
            ]
        );
    }
}
