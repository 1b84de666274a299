//! Which of the titles of a page is the headline?

use super::{Article, Tags};
use crate::roles::{Role, Roles};
use crate::tree::Tree;
use crate::words::{agree, plain, same_letters};

/// Marks between a headline and the name of the outlet.
const BARS: [&str; 9] = [" | ", " - ", " – ", " — ", " » ", " · ", " :: ", " • ", " / "];
/// Words of the longest headline.
const LONGEST: usize = 60;

/// The headline: that which people see, where it agrees with what the page tells others; else what it tells others.
pub(crate) fn headline(tree: &Tree, roles: &[Roles], tags: &Tags, article: &Article) -> Option<String> {
    let told = told(tags, article);
    let shown = shown(tree, roles);
    let confirmed = shown.iter().find(|line| told.iter().any(|t| agree(line, t)));
    let whole = confirmed.or_else(|| told.first()).or_else(|| shown.first()).cloned();
    whole.or_else(|| tags.title.clone()).filter(|line| !line.is_empty())
}

/// The titles that the page tells others and that are not its headline.
pub(crate) fn other_titles(tags: &Tags, article: &Article, headline: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for title in told(tags, article) {
        let known = out.iter().map(String::as_str).chain(headline);
        if !known.into_iter().any(|k| same_letters(k, &title)) {
            out.push(title);
        }
    }
    out
}

/// What the page tells search engines and social networks.
fn told(tags: &Tags, article: &Article) -> Vec<String> {
    let title = tags.title.as_deref().map(without_outlet);
    let given = [
        article.headline.as_deref(),
        tags.first(&["og:title"]),
        tags.first(&["twitter:title", "dc.title", "parsely-title", "sailthru.title"]),
    ];
    let given = given.into_iter().flatten().map(|line| without_outlet(&plain(line)));
    given.chain(title).filter(|line| !line.is_empty()).collect()
}

/// The headings that can be the headline, the surest first.
fn shown(tree: &Tree, roles: &[Roles]) -> Vec<String> {
    let lines = |wanted: &dyn Fn(usize) -> bool| {
        let ids = tree.ids().filter(|id| tree.is_element(*id) && wanted(*id));
        let words = ids.take(20).map(|id| tree.words(id));
        words.filter(|line| !line.is_empty() && line.split(' ').count() <= LONGEST).collect::<Vec<_>>()
    };
    let named = |id: usize| roles.get(id).is_some_and(|r| r.has(Role::Headline));
    let mut out = lines(&|id| tree.tag(id) == "h1");
    out.extend(lines(&|id| named(id) && tree.tag(id) != "h1"));
    out.extend(lines(&|id| tree.tag(id) == "h2"));
    out
}

/// "Oslo thanks Reykjavik | Delta Post" without the name behind.
fn without_outlet(line: &str) -> String {
    let cut = BARS.iter().filter_map(|bar| line.rfind(bar)).max();
    let Some((head, tail)) = cut.and_then(|at| line.split_at_checked(at)) else { return line.to_owned() };
    let words = |part: &str| part.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
    if words(tail) <= 5 && words(head) >= 3 { head.trim().to_owned() } else { line.to_owned() }
}
