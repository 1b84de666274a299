//! Links of the built book that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use crate::run::Result;
use crate::workspace::{files, relative};

/// The links of all pages below a folder that lead to no file, or to no place in it.
pub fn broken(folder: &Path) -> Result<Vec<String>> {
    let names: BTreeSet<String> = files(folder).iter().map(|path| relative(folder, path)).collect();
    let mut pages = BTreeMap::new();
    for name in names.iter().filter(|name| name.ends_with(".html")) {
        let text = std::fs::read_to_string(folder.join(name)).map_err(|e| format!("{name}: {e}"))?;
        pages.insert(name.as_str(), text);
    }
    let places: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(name, text)| (*name, values(text, "id").collect())).collect();
    let mut out = Vec::new();
    for (name, text) in &pages {
        let links = values(text, "href").chain(values(text, "src")).collect::<BTreeSet<_>>();
        let lost = links.into_iter().filter(|link| !leads(name, link, &names, &places));
        out.extend(lost.map(|link| format!("{name}: {link} leads nowhere")));
    }
    Ok(out)
}

/// The values of an attribute. The pages are those of mdBook, which writes attributes between double quotes.
fn values<'t>(text: &'t str, attribute: &str) -> impl Iterator<Item = &'t str> {
    let begin = format!(" {attribute}=\"");
    let starts: Vec<usize> = text.match_indices(&begin).map(|(at, _)| at + begin.len()).collect();
    starts.into_iter().filter_map(|at| text.get(at..)?.split_once('"').map(|(value, _)| value))
}

fn leads(from: &str, link: &str, names: &BTreeSet<String>, places: &BTreeMap<&str, BTreeSet<&str>>) -> bool {
    let elsewhere = ["https://", "http://", "mailto:", "data:"].iter().any(|scheme| link.starts_with(scheme));
    if elsewhere || link == "#" || link.is_empty() {
        return true;
    }
    let (path, place) = link.split_once('#').map_or((link, None), |(path, place)| (path, Some(place)));
    let path = path.split('?').next().unwrap_or_default();
    let Some(target) = (if path.is_empty() { Some(from.to_owned()) } else { beside(from, path) }) else {
        return false;
    };
    let known = places.get(target.as_str());
    match place.filter(|place| !place.is_empty()) {
        Some(place) => known.is_some_and(|ids| ids.contains(place)),
        None => names.contains(&target),
    }
}

/// `path` as seen from the page `from`; none if it leaves the book.
fn beside(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?),
            Component::ParentDir => drop(parts.pop()?),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_and_to_places_in_them() {
        let names = ["index.html", "docs/a.html", "docs/a.png"].map(str::to_owned).into_iter().collect();
        let places =
            BTreeMap::from([("index.html", BTreeSet::new()), ("docs/a.html", BTreeSet::from(["top"]))]);
        let leads = |from, link| leads(from, link, &names, &places);
        assert!(leads("docs/a.html", "../index.html") && leads("docs/a.html", "#top"));
        assert!(leads("index.html", "docs/a.html#top") && leads("index.html", "docs/a.png?v=1"));
        assert!(leads("index.html", "https://example.org/") && leads("index.html", "#"));
        assert!(!leads("index.html", "a.html") && !leads("index.html", "docs/a.html#end"));
        assert!(!leads("index.html", "../index.html") && !leads("index.html", "/index.html"));
    }

    #[test]
    fn attributes_are_found() {
        let found: Vec<&str> =
            values("<a class=\"x\" href=\"b.html\">b</a><img data-href=\"no\">", "href").collect();
        assert_eq!(found, ["b.html"]);
    }
}
