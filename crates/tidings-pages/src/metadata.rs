//! What a page says of itself, for search engines and other readers: JSON-LD, `meta` elements, microdata.

mod headline;
mod json_ld;
mod names;

use crate::tree::Tree;

pub(crate) use headline::{headline, other_titles};
pub(crate) use json_ld::{Article, article};
pub(crate) use names::{authors, outlet};

/// The `meta` elements of a page and the like.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    /// Names in small letters, with contents that are not empty, in order.
    fields: Vec<(String, String)>,
    /// The address that the page gives itself.
    pub(crate) canonical: Option<String>,
    /// The language that it is marked with, as written: `en-GB`.
    pub(crate) language: Option<String>,
    /// The words of `title`.
    pub(crate) title: Option<String>,
}

/// Bytes of the longest value that is used.
const LONGEST: usize = 5_000;

impl Tags {
    /// Reads the elements of a page.
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut out = Self::default();
        for id in tree.ids() {
            let get = |name| tree.attribute(id, name).map(str::trim).filter(|v| !v.is_empty());
            match tree.tag(id) {
                "meta" => {
                    let content = get("content").filter(|c| c.len() <= LONGEST);
                    for name in ["property", "name", "itemprop", "http-equiv"] {
                        if let (Some(name), Some(content)) = (get(name), content) {
                            out.fields.push((name.to_ascii_lowercase(), content.to_owned()));
                        }
                    }
                }
                "link" if get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    out.canonical = out.canonical.or_else(|| get("href").map(str::to_owned));
                }
                "html" => out.language = get("lang").map(str::to_owned),
                "title" if out.title.is_none() && tree.ancestors(id).all(|a| tree.tag(a) != "svg") => {
                    out.title = Some(tree.words(id)).filter(|t| !t.is_empty());
                }
                _ => {}
            }
        }
        let locale = out.get("og:locale").or_else(|| out.get("content-language")).map(str::to_owned);
        out.language = out.language.or(locale);
        out
    }

    /// The first content under this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, content)| content.as_str())
    }

    /// All contents under this name.
    pub(crate) fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> + 't {
        self.fields.iter().filter(move |(own, _)| own == name).map(|(_, content)| content.as_str())
    }

    /// The first content under the first of these names that has one.
    pub(crate) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }
}
