//! Every module says in its first line what it is for.

use std::path::Path;

use crate::workspace::{relative, sources};

/// Source files that do not begin with `//!`.
pub fn breaches(root: &Path) -> Vec<String> {
    let undocumented = sources(root)
        .into_iter()
        .filter(|path| !documented(&std::fs::read_to_string(path).unwrap_or_default()));
    undocumented
        .map(|path| format!("{}:1: no `//!` line says what this module is for", relative(root, &path)))
        .collect()
}

fn documented(source: &str) -> bool {
    source
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("//!"))
        .is_some_and(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_line_counts() {
        assert!(super::documented("//! Spans.\n"));
        assert!(!super::documented("//!\nuse std;\n"));
        assert!(!super::documented("use std;\n//! Late.\n"));
        assert!(!super::documented(""));
    }
}
