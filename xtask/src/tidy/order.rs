//! Data flows one way: a crate depends only on crates above it.

use serde_json::Value;

/// From the text to the terminal.
const ORDER: [&str; 19] = [
    "tidings-text",
    "tidings-document",
    "tidings-pages",
    "tidings-readers",
    "tidings-language",
    "tidings-ontology",
    "tidings-places",
    "tidings-actors",
    "tidings-time",
    "tidings-coding",
    "tidings-ledger",
    "tidings-export",
    "tidings",
    "tidings-batches",
    "tidings-watch",
    "tidings-evaluation",
    "tidings-server",
    "tidings-cli",
    "tidings-python",
];

/// Dependencies that point downwards or to themselves, and crates whose place is not known.
pub fn breaches(metadata: &Value) -> Vec<String> {
    let place = |name: &str| ORDER.iter().position(|o| *o == name);
    let mut out = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        if name == "xtask" {
            // The one spelling of names, and little else.
            let heavy = ours(package).filter(|dependency| *dependency != "tidings-text");
            out.extend(
                heavy.map(|dependency| format!("xtask must build in seconds and not depend on {dependency}")),
            );
            continue;
        }
        let Some(own) = place(name) else {
            out.push(format!(
                "{name} has no place in the order of crates\n  hint: add it to xtask/src/tidy/order.rs"
            ));
            continue;
        };
        let wrong = ours(package).filter(|d| place(d).is_none_or(|other| other >= own));
        out.extend(
            wrong.map(|dependency| format!("{name} must not depend on {dependency}, which is not above it")),
        );
    }
    out
}

/// The names of the dependencies that lie in this workspace.
fn ours(package: &Value) -> impl Iterator<Item = &str> {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies.filter(|d| d["path"].is_string()).filter_map(|d| d["name"].as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependency: &str) -> Value {
        serde_json::json!({"name": name, "dependencies": [{"name": dependency, "path": "x"}, {"name": "serde", "path": null}]})
    }

    #[test]
    fn only_upwards() {
        let metadata = serde_json::json!({"packages": [
            package("tidings-time", "tidings-text"),
            package("tidings-text", "tidings-time"),
            package("tidings-novel", "tidings-text"),
            package("xtask", "tidings"),
        ]});
        let found = breaches(&metadata);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("tidings-text must not depend on tidings-time"));
        assert!(found[1].starts_with("tidings-novel has no place"));
        assert!(found[2].starts_with("xtask must"));
    }
}
