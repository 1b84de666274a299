//! No `unsafe` of ours: the workspace forbids it, and nobody can switch that off unnoticed.

use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

use crate::workspace::{relative, sources};

/// Where `unsafe` may stand, with the reason; paths below the root.
const ALLOWED: [(&str, &str); 0] = [];

/// Sources that say `unsafe` or speak of its lint, packages whose lints are not those of the workspace, and flags of
/// the compiler that would outdo them.
pub fn breaches(root: &Path, metadata: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for path in sources(root) {
        let name = relative(root, &path);
        let allowed = ALLOWED.iter().any(|(place, _)| name.starts_with(place));
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if !allowed {
            out.extend(said(&text).into_iter().map(|(line, word)| {
                format!("{name}:{line}: `{word}`\n  hint: do without, or name the module in xtask/src/tidy/unsafety.rs")
            }));
        }
    }
    let text = |path: &str| std::fs::read_to_string(root.join(path)).unwrap_or_default();
    if !text("Cargo.toml").contains("\nunsafe_code = \"forbid\"\n") {
        out.push("Cargo.toml: the lints of the workspace do not forbid `unsafe_code`".to_owned());
    }
    if text(".cargo/config.toml").contains("flags") {
        out.push(".cargo/config.toml: flags of the compiler can outdo the lints".to_owned());
    }
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
        let name = relative(root, manifest);
        let allowed = ALLOWED.iter().any(|(place, _)| name.starts_with(place));
        if !allowed && !takes_lints(&std::fs::read_to_string(manifest).unwrap_or_default()) {
            out.push(format!(
                "{name}: its lints are not those of the workspace\n  hint: [lints] workspace = true"
            ));
        }
    }
    out
}

/// Whether a manifest has `[lints] workspace = true`.
fn takes_lints(manifest: &str) -> bool {
    let section = manifest.split_once("\n[lints]\n").map_or("", |(_, rest)| rest);
    section.lines().take_while(|l| !l.starts_with('[')).any(|l| l.trim() == "workspace = true")
}

/// The words `unsafe` and `unsafe_code` in a source, with their lines; not in comments and strings.
fn said(source: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    if let Ok(tokens) = source.parse::<TokenStream>() {
        walk(tokens, &mut out);
    }
    out
}

fn walk(tokens: TokenStream, out: &mut Vec<(usize, String)>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => walk(group.stream(), out),
            TokenTree::Ident(word) if word == "unsafe" || word == "unsafe_code" => {
                out.push((word.span().start().line, word.to_string()));
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_found_in_code_attributes_and_macros_only() {
        let source = "// unsafe\n#![allow(unsafe_code)]\nfn f() { \"unsafe\"; m!(unsafe { g() }) }\n";
        assert_eq!(said(source), [(2, "unsafe_code".to_owned()), (3, "unsafe".to_owned())]);
        assert!(said("fn f() { let unsafely = 1; }").is_empty());
    }

    #[test]
    fn a_package_takes_the_lints_of_the_workspace() {
        assert!(takes_lints("[package]\nname = \"x\"\n\n[lints]\nworkspace = true\n\n[dependencies]\n"));
        assert!(!takes_lints("[package]\n\n[lints]\n\n[dependencies]\nworkspace = true\n"));
        assert!(!takes_lints("[package]\nname = \"x\"\n"));
    }

    #[test]
    fn a_workspace_that_does_not_forbid_it_is_found() {
        let root = Path::new("no-such-folder");
        let found = breaches(
            root,
            &serde_json::json!({"packages": [{"manifest_path": "no-such-folder/a/Cargo.toml"}]}),
        );
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
