//! Who wrote it, and who published it?

use super::{Article, Tags};
use crate::roles::{Role, Roles};
use crate::tree::Tree;
use crate::words::plain;

/// Words of the longest name.
const LONGEST: usize = 8;
/// Most authors of one report.
const MOST: usize = 20;

/// The authors, as the page names them.
pub(crate) fn authors(tree: &Tree, roles: &[Roles], tags: &Tags, article: &Article) -> Vec<String> {
    let mut out = Vec::new();
    article.authors.iter().for_each(|line| push(line, &mut out));
    for name in [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "byl",
        "twitter:creator",
    ] {
        if out.is_empty() {
            tags.all(name).for_each(|line| push(line, &mut out));
        }
    }
    if out.is_empty() {
        let named = |id: usize| roles.get(id).is_some_and(|r| r.has(Role::Byline));
        let author = |id: &usize| tree.attribute(*id, "rel") == Some("author") || named(*id);
        let lines = tree.ids().filter(author).map(|id| tree.words(id));
        if let Some(line) = lines.into_iter().find(|l| !l.is_empty() && l.split(' ').count() <= 2 * LONGEST) {
            push(&line, &mut out);
        }
    }
    out
}

/// The names of a byline: "By Astrid Lund and Ole Dahl".
fn push(line: &str, out: &mut Vec<String>) {
    let line = plain(line);
    let bare = ["by ", "von ", "par ", "por ", "written by ", "reported by "]
        .iter()
        .find(|by| line.get(..by.len()).is_some_and(|head| head.eq_ignore_ascii_case(by)))
        .and_then(|by| line.get(by.len()..))
        .unwrap_or(&line);
    for name in bare.split(" and ").flat_map(|part| part.split([',', '&', ';', '|'])) {
        let name = name.trim().trim_end_matches('.');
        let is_name = !name.is_empty()
            && !name.contains("://")
            && !name.starts_with(['@', '/'])
            && !name.contains('@')
            && name.chars().any(char::is_alphabetic)
            && name.split(' ').count() <= LONGEST;
        if is_name && out.len() < MOST && !out.iter().any(|known| known == name) {
            out.push(name.to_owned());
        }
    }
}

/// The outlet, as the page names it.
pub(crate) fn outlet(tags: &Tags, article: &Article) -> Option<String> {
    let named = ["og:site_name", "application-name", "cre", "dc.publisher", "publisher", "copyright"];
    let given = tags.first(&named[..1]).or(article.outlet.as_deref()).or_else(|| tags.first(&named[1..]));
    given
        .map(plain)
        .filter(|name| !name.is_empty() && !name.contains("://") && name.split(' ').count() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_names() {
        let mut out = Vec::new();
        push("By Astrid Lund, Ole Dahl and Siri Moe", &mut out);
        push("https://facebook.example/deltapost", &mut out);
        push("news@deltapost.example", &mut out);
        assert_eq!(out, ["Astrid Lund", "Ole Dahl", "Siri Moe"]);
    }
}
