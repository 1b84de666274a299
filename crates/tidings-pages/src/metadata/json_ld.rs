//! JSON-LD: the article as publishers describe it to search engines (schema.org).

use serde_json::{Map, Value};

use tidings_document::Warning;

use crate::tree::Tree;

/// What the data say of the article. Everything may be missing.
#[derive(Debug, Default)]
pub(crate) struct Article {
    pub(crate) headline: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    /// Whether it may be read without paying.
    pub(crate) is_free: Option<bool>,
}

/// Levels of the data that are looked at.
const DEEPEST: usize = 12;
/// Objects that are looked at.
const MOST_OBJECTS: usize = 2_000;

/// The article that the page describes; the one called `title`, where it describes several.
pub(crate) fn article(tree: &Tree, title: Option<&str>, warnings: &mut Vec<Warning>) -> Article {
    let mut roots = Vec::new();
    let mut broken = 0;
    for script in tree.named("script") {
        let text: String = tree.within(script).map(|id| tree.text(id)).collect();
        if !text.trim().is_empty() {
            match parse(&text) {
                Some(value) => roots.push(value),
                None => broken += 1,
            }
        }
    }
    if broken > 0 {
        let message = format!("{broken} blocks of JSON-LD are broken and were not used");
        warnings.push(Warning::new("broken-metadata", message));
    }
    let mut objects = Vec::new();
    for root in &roots {
        collect(root, 0, &mut objects);
    }
    let called = |object: &&Map<String, Value>| {
        let own = string(object, "headline").or_else(|| string(object, "name"));
        own.zip(title).is_some_and(|(own, title)| crate::words::agree(&own, title))
    };
    let ranked = |object: &&Map<String, Value>| (rank(object), called(object));
    // The first of the best: what follows is about other stories.
    let best = objects.iter().copied().rev().filter(|o| rank(o) > 0).max_by_key(ranked);
    best.map(|object| read(object, &objects)).unwrap_or_default()
}

/// Reads JSON as pages write it: with control characters in strings, in comments or CDATA.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let start = text.find(['{', '['])?;
    let end = text.rfind(['}', ']'])?;
    let inner = text.get(start..=end)?;
    let cleaned: String = inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&cleaned).ok()
}

/// The objects that may describe the page itself.
fn collect<'v>(value: &'v Value, depth: usize, out: &mut Vec<&'v Map<String, Value>>) {
    if depth > DEEPEST || out.len() >= MOST_OBJECTS {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, out)),
        Value::Object(object) => {
            out.push(object);
            let inner = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf"];
            inner.iter().filter_map(|key| object.get(*key)).for_each(|v| collect(v, depth + 1, out));
        }
        _ => {}
    }
}

/// How probable it is that an object of this type is the article: 0 for never.
fn rank(object: &Map<String, Value>) -> u8 {
    let types = texts(object.get("@type"));
    let of = |name: &String| match name.rsplit(['/', ':']).next().unwrap_or("") {
        name if name.ends_with("NewsArticle") || name == "LiveBlogPosting" => 4,
        name if name.ends_with("Article") || name.ends_with("Posting") || name == "Report" => 3,
        "Review" | "NewsMediaOrganization" => 0,
        "WebPage" | "ItemPage" => 2,
        "VideoObject" | "CreativeWork" => 1,
        _ => 0,
    };
    types.iter().map(of).max().unwrap_or(0)
}

fn read(object: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Article {
    let first = |keys: &[&str]| keys.iter().find_map(|key| string(object, key));
    let part_free = || {
        let parts = object.get("hasPart")?;
        let list = parts.as_array().map_or(std::slice::from_ref(parts), Vec::as_slice);
        list.iter().find_map(|part| free(part.get("isAccessibleForFree")?)).filter(|free| !free)
    };
    let page = object.get("mainEntityOfPage").and_then(|page| match page {
        Value::String(url) => Some(url.clone()),
        Value::Object(page) => string(page, "@id"),
        _ => None,
    });
    Article {
        headline: first(&["headline", "name"]).filter(|_| rank(object) > 1),
        body: string(object, "articleBody").filter(|_| rank(object) > 2),
        published: first(&["datePublished", "dateCreated", "uploadDate"]),
        modified: first(&["dateModified"]),
        authors: ["author", "creator"]
            .iter()
            .map(|key| names(object.get(*key), objects))
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        outlet: ["publisher", "sourceOrganization"]
            .iter()
            .find_map(|key| names(object.get(*key), objects).into_iter().next()),
        url: string(object, "url").or(page).filter(|url| url.starts_with("http")),
        language: string(object, "inLanguage"),
        is_free: object.get("isAccessibleForFree").and_then(free).or_else(part_free),
    }
}

fn free(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(free) => Some(*free),
        Value::String(word) => match word.to_ascii_lowercase().rsplit('/').next() {
            Some("true" | "yes") => Some(true),
            Some("false" | "no") => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The names of people or organisations: a string, an object with a name, a reference to one, or a list of these.
fn names(value: Option<&Value>, objects: &[&Map<String, Value>]) -> Vec<String> {
    let Some(value) = value else { return Vec::new() };
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let of = |item: &Value| match item {
        Value::Object(object) if object.contains_key("name") => texts(object.get("name")),
        Value::Object(object) => {
            let id = object.get("@id");
            let meant = objects.iter().find(|o| o.get("@id") == id && o.contains_key("name"));
            id.and(meant).map(|o| texts(o.get("name"))).unwrap_or_default()
        }
        other => texts(Some(other)),
    };
    items.iter().take(20).flat_map(of).collect()
}

/// A field that is a string, or the first string of a list.
fn string(object: &Map<String, Value>, key: &str) -> Option<String> {
    texts(object.get(key)).into_iter().next()
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(text).collect(),
        Some(one) => text(one).into_iter().collect(),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scripts: &[&str]) -> (Article, Vec<Warning>) {
        let mut warnings = Vec::new();
        let html: String =
            scripts.iter().map(|s| format!("<script type='application/ld+json'>{s}</script>")).collect();
        let article = article(&crate::tree::parse(&html), Some("Oslo thanks Reykjavik"), &mut warnings);
        (article, warnings)
    }

    #[test]
    fn the_article_is_found_in_a_graph() {
        let (article, warnings) = of(&[r##"{"@graph": [
            {"@type": "WebSite", "name": "Delta Post"},
            {"@type": "Person", "@id": "#a", "name": "Astrid Lund"},
            {"@type": "NewsArticle", "headline": "Oslo thanks Reykjavik", "author": {"@id": "#a"},
             "datePublished": "2026-03-03T10:00:00Z", "isAccessibleForFree": "False",
             "publisher": {"@type": "Organization", "name": "Delta Post"}}]}"##]);
        assert_eq!(article.headline.as_deref(), Some("Oslo thanks Reykjavik"));
        assert_eq!(article.authors, ["Astrid Lund"]);
        assert_eq!(article.outlet.as_deref(), Some("Delta Post"));
        assert_eq!((article.is_free, warnings.len()), (Some(false), 0));
    }

    #[test]
    fn of_several_articles_that_of_the_page_is_taken() {
        let (article, _) =
            of(&[r#"[{"@type": "NewsArticle", "headline": "Ten die in Oran", "url": "https://a.example/1"},
            {"@type": "NewsArticle", "headline": "Oslo thanks Reykjavik", "url": "https://a.example/2"}]"#]);
        assert_eq!(article.url.as_deref(), Some("https://a.example/2"));
    }

    #[test]
    fn line_ends_in_strings_and_comments_around_are_read_over() {
        let (article, _) = of(&["<!-- {\"@type\": \"Article\", \"headline\": \"Oslo\n thanks\"} -->"]);
        assert_eq!(article.headline.as_deref(), Some("Oslo  thanks"));
    }

    #[test]
    fn broken_data_are_told() {
        let (article, warnings) = of(&["{\"@type\": ", "{\"@type\": \"Article\", \"headline\": \"Oslo\"}"]);
        assert_eq!(article.headline.as_deref(), Some("Oslo"));
        assert_eq!(warnings[0].code, "broken-metadata");
        let (_, warnings) = of(&[&"[".repeat(100_000)]);
        assert_eq!(warnings.len(), 1);
    }
}
