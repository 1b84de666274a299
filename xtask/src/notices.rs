//! What the libraries inside the program ask to be told: name, version, licence and the text of each licence.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{Result, cargo, output};
use crate::workspace::{files, root};

/// Options of `notices`.
#[derive(clap::Args)]
pub struct Options {
    /// For which system the program is built
    #[arg(long)]
    target: String,
    /// The package that is passed on
    #[arg(long, default_value = "tidings-cli")]
    package: String,
}

/// Prints them.
pub fn notices(options: &Options) -> Result {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", &options.target];
    let metadata = output("cargo metadata", &mut cargo(&arguments))?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|e| format!("cargo metadata: {e}"))?;
    let inside = inside(&metadata, &options.package)?;
    let libraries = inside.iter().map(|package| library(package)).collect::<Vec<_>>();
    print!("{}{}", page(&libraries), page_of_the_web()?);
    Ok(())
}

/// A library and the texts that come with it.
struct Library {
    name: String,
    version: String,
    licence: String,
    address: String,
    texts: Vec<String>,
}

/// The packages of others that end up in the program: what is needed to build or to test it does not.
fn inside<'m>(metadata: &'m Value, package: &str) -> Result<Vec<&'m Value>> {
    let packages: BTreeMap<&str, &Value> =
        list(&metadata["packages"]).iter().filter_map(|p| Some((p["id"].as_str()?, p))).collect();
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).iter().filter_map(|n| Some((n["id"].as_str()?, n))).collect();
    let begin = packages.iter().find(|(_, p)| p["name"] == package);
    let mut left = vec![*begin.ok_or_else(|| format!("no package is called {package}"))?.0];
    let mut seen = BTreeSet::new();
    while let Some(id) = left.pop() {
        // The compiler runs the code of a macro; what it writes is ours.
        let is_macro = |p: &Value| list(&p["targets"]).iter().any(|t| t["kind"][0] == "proc-macro");
        if packages.get(id).copied().is_none_or(is_macro) || !seen.insert(id) {
            continue;
        }
        let Some(node) = nodes.get(id) else { continue };
        let normal = |d: &&Value| list(&d["dep_kinds"]).iter().any(|k| k["kind"].is_null());
        left.extend(list(&node["deps"]).iter().filter(normal).filter_map(|d| d["pkg"].as_str()));
    }
    let mut found: Vec<&Value> = seen.iter().filter_map(|id| packages.get(id).copied()).collect();
    found.retain(|p| p["source"].is_string());
    found.sort_by_key(|p| (p["name"].as_str(), p["version"].as_str()));
    Ok(found)
}

/// Its elements, if it is a list.
fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn library(package: &Value) -> Library {
    let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let manifest = PathBuf::from(text("manifest_path"));
    let folder = manifest.parent().unwrap_or(Path::new("."));
    Library {
        name: text("name"),
        version: text("version"),
        licence: text("license"),
        address: text("repository"),
        texts: texts(folder),
    }
}

/// The files of a package in which its licence stands, each once.
fn texts(folder: &Path) -> Vec<String> {
    let names = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "UNLICENSE"];
    let is_licence = |path: &PathBuf| {
        let name = path.file_name().map(|n| n.to_string_lossy().to_uppercase()).unwrap_or_default();
        path.parent() == Some(folder) && names.iter().any(|begin| name.starts_with(begin))
    };
    let read =
        files(folder).into_iter().filter(is_licence).filter_map(|path| std::fs::read_to_string(path).ok());
    read.map(|text| text.replace("\r\n", "\n").trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// All libraries, then each text once with those that it belongs to.
fn page(libraries: &[Library]) -> String {
    let mut out = format!(
        "Libraries inside this program\n\n{} libraries of others are part of it. SQLite, which `libsqlite3-sys` brings, is in \
         the public domain.\nThe standard library of Rust is MIT or Apache-2.0, (c) The Rust Project Developers.\n\n",
        libraries.len()
    );
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for library in libraries {
        let none = if library.texts.is_empty() { "; its package holds no text of it" } else { "" };
        let _ = writeln!(
            out,
            "{} {}: {}{none} ({})",
            library.name, library.version, library.licence, library.address
        );
        for text in &library.texts {
            owners.entry(text).or_default().push(&library.name);
        }
    }
    let mut texts: Vec<(&str, Vec<&str>)> = owners.into_iter().collect();
    texts.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(b.0)));
    for (text, names) in texts {
        let _ = write!(out, "\n{}\n{}\n\n{text}\n", "=".repeat(80), names.join(", "));
    }
    out
}

/// The licences of the libraries of the page, gathered when it was built.
fn page_of_the_web() -> Result<String> {
    let folder = root().join("web/dist/assets");
    let of_licences =
        |path: &PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("licences-"));
    let path = files(&folder).into_iter().find(of_licences);
    let path = path.ok_or_else(|| format!("{}: no licences of the page", folder.display()))?;
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(format!("\n{}\nLibraries of the page that `tidings serve` shows\n\n{}\n", "=".repeat(80), text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, kind: &str) -> Value {
        serde_json::json!({"id": name, "name": name, "version": "1", "source": "registry", "targets": [{"kind": [kind]}]})
    }

    #[test]
    fn only_what_is_inside_the_program_is_told() {
        let needs = |name: &str, kind: Value| serde_json::json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let metadata = serde_json::json!({
            "packages": [package("ours", "bin"), package("kept", "lib"), package("deep", "lib"), package("build", "lib"),
                package("derive", "proc-macro"), package("other", "lib")],
            "resolve": {"nodes": [
                {"id": "ours", "deps": [needs("kept", Value::Null), needs("build", "build".into()), needs("derive", Value::Null)]},
                {"id": "kept", "deps": [needs("deep", Value::Null)]}, {"id": "deep", "deps": []},
                {"id": "derive", "deps": [needs("other", Value::Null)]}]}});
        let found = inside(&metadata, "ours").expect("a package");
        let names: Vec<&str> = found.iter().filter_map(|p| p["name"].as_str()).collect();
        assert_eq!(names, ["deep", "kept", "ours"]);
        assert!(inside(&metadata, "nobody").is_err());
    }

    #[test]
    fn a_text_that_several_have_stands_once() {
        let library = |name: &str, text: &str| Library {
            name: name.to_owned(),
            version: "1".to_owned(),
            licence: "MIT".to_owned(),
            address: String::new(),
            texts: if text.is_empty() { Vec::new() } else { vec![text.to_owned()] },
        };
        let page =
            page(&[library("a", "Do as you like."), library("b", "Do as you like."), library("c", "")]);
        assert_eq!(page.matches("Do as you like.").count(), 1);
        assert!(
            page.contains("\na, b\n") && page.contains("c 1: MIT; its package holds no text of it"),
            "{page}"
        );
    }
}
