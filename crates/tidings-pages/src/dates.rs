//! When was the page published?
//!
//! What a page tells search engines comes first, then its address, then what people see: `time` elements, and dates
//! beside the headline. What says that it is the day of a change is taken only where there is nothing else.

mod read;
mod stamp;

use std::sync::LazyLock;

use crate::metadata::{Article, Tags};
use crate::roles::{Role, Roles};
use crate::runs::Run;
use crate::tree::Tree;
use read::Order;

pub use stamp::Stamp;

/// Where a date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateSource {
    /// JSON-LD.
    StructuredData,
    /// A `meta` element.
    MetaElement,
    /// An element marked as the date of publication, or a `time` element.
    Markup,
    /// The address of the page.
    Address,
    /// Words beside the headline.
    Text,
    /// Words elsewhere, or the day of a change: better than nothing.
    Guess,
}

/// A date, with the reason to believe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageDate {
    /// The day, and the time if it is stated.
    pub stamp: Stamp,
    /// Where it was found.
    pub source: DateSource,
    /// As the page writes it.
    pub words: String,
}

/// What dates are looked for in.
pub(crate) struct Places<'p> {
    pub(crate) tree: &'p Tree,
    pub(crate) roles: &'p [Roles],
    pub(crate) runs: &'p [Run],
    pub(crate) tags: &'p Tags,
    pub(crate) article: &'p Article,
    pub(crate) headline: Option<&'p str>,
    pub(crate) url: Option<&'p str>,
}

/// Nodes of the largest element that is little but a date.
const LARGEST: usize = 40;
/// Words of a line that is little but a date.
const SHORT: usize = 16;
/// Lines before and behind the headline that are beside it.
const BEFORE: usize = 6;
const BEHIND: usize = 12;

struct Field {
    name: &'static str,
    meaning: &'static str,
}

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/pages/dates.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    let field = |line: &'static str| {
        let mut columns = line.split('\t');
        Some(Field { name: columns.next()?, meaning: columns.next()? })
    };
    lines.filter_map(field).collect()
});

/// The day of publication and that of the last change.
pub(crate) fn dates(places: &Places) -> (Option<PageDate>, Option<PageDate>) {
    let order = order(places);
    let modified = modified(places, order);
    let published = told(places, order)
        .or_else(|| marked(places, order, true))
        .or_else(|| address(places))
        .or_else(|| marked(places, order, false))
        .or_else(|| field(places, "either", order))
        .or_else(|| dated(places.tree.program_date.as_deref()?, order, DateSource::StructuredData))
        .or_else(|| beside_headline(places, order))
        .or_else(|| modified.clone().map(|date| PageDate { source: DateSource::Guess, ..date }))
        .or_else(|| anywhere(places, order));
    (published, modified)
}

fn dated(text: &str, order: Order, source: DateSource) -> Option<PageDate> {
    let stamp = read::value(text, order)?;
    Some(PageDate { stamp, source, words: text.trim().chars().take(80).collect() })
}

/// Americans write the month first.
fn order(places: &Places) -> Order {
    let american = |l: &str| l.eq_ignore_ascii_case("en-us") || l.eq_ignore_ascii_case("en_us");
    let locale = places.tags.get("og:locale").or(places.tags.language.as_deref());
    if locale.is_some_and(american) { Order::MonthFirst } else { Order::DayFirst }
}

fn told(places: &Places, order: Order) -> Option<PageDate> {
    let data = places.article.published.as_deref();
    data.and_then(|text| dated(text, order, DateSource::StructuredData))
        .or_else(|| field(places, "published", order))
}

fn field(places: &Places, meaning: &str, order: Order) -> Option<PageDate> {
    let fields = FIELDS.iter().filter(|field| field.meaning == meaning);
    fields.flat_map(|f| places.tags.all(f.name)).find_map(|text| dated(text, order, DateSource::MetaElement))
}

fn modified(places: &Places, order: Order) -> Option<PageDate> {
    let data = places.article.modified.as_deref();
    data.and_then(|text| dated(text, order, DateSource::StructuredData))
        .or_else(|| field(places, "modified", order))
}

/// Dates in markup: those that are said to be the publication's, or the first beside the headline.
fn marked(places: &Places, order: Order, surely: bool) -> Option<PageDate> {
    let Places { tree, roles, .. } = places;
    let head = headline_place(places);
    let mut before = None;
    for id in tree.ids().filter(|id| tree.is_element(*id)) {
        let property = tree.attribute(id, "itemprop").unwrap_or("");
        let published = property.contains("datePublished") || property.contains("dateCreated");
        let is_time = tree.tag(id) == "time";
        let named = roles.get(id).is_some_and(|r| r.has(Role::Date))
            || tree.tag(id) == "abbr" && tree.attribute(id, "class") == Some("published");
        let sure = published || is_time && tree.attribute(id, "pubdate").is_some();
        if sure != surely || !(sure || is_time || named) || !sure && is_of_others(places, id) {
            continue;
        }
        let Some(date) = of_element(tree, id, order) else { continue };
        if sure || head.is_none_or(|head| id > head) {
            return Some(date);
        }
        before.get_or_insert(date);
    }
    before
}

/// What an element says of the day, in attributes or words; none where it says that of a change.
fn of_element(tree: &Tree, id: usize, order: Order) -> Option<PageDate> {
    let told = ["content", "datetime", "title"].iter().filter_map(|name| tree.attribute(id, name));
    let words = if tree.end(id) - id < LARGEST { tree.words(id) } else { String::new() };
    if words.split(' ').count() > SHORT || is_change(tree, id, &words) {
        return None;
    }
    let stated = told.filter_map(|text| dated(text, order, DateSource::Markup)).next();
    stated.or_else(|| dated(&words, order, DateSource::Markup))
}

fn is_change(tree: &Tree, id: usize, words: &str) -> bool {
    let names = ["class", "itemprop", "id"].iter().filter_map(|name| tree.attribute(id, name));
    let mut names = names.map(str::to_ascii_lowercase);
    let told =
        names.any(|name| (name.contains("modif") || name.contains("updat")) && !name.contains("publish"));
    let lower = words.to_lowercase();
    told || ["updated", "last updated", "modified", "aktualisiert", "mis à jour"]
        .iter()
        .any(|w| lower.starts_with(w))
}

/// Whether an element belongs to another story, to comments or to the furniture of the page.
fn is_of_others(places: &Places, id: usize) -> bool {
    let Places { tree, roles, .. } = places;
    std::iter::once(id).chain(tree.ancestors(id)).any(|at| {
        let has = |role| roles.get(at).is_some_and(|r| r.has(role));
        matches!(tree.tag(at), "nav" | "aside" | "footer")
            || has(Role::Never)
            || has(Role::Away) && at != id && !matches!(tree.tag(at), "body" | "html" | "main" | "article")
    })
}

/// The element of the headline.
fn headline_place(places: &Places) -> Option<usize> {
    headline_line(places).and_then(|at| places.runs.get(at)).map(|run| run.first)
}

fn headline_line(places: &Places) -> Option<usize> {
    let headline = places.headline?;
    places.runs.iter().position(|run| crate::words::same_letters(&run.text, headline))
}

/// "/2026/03/03/", "/2026-03-03-talks", "/20260303/".
fn address(places: &Places) -> Option<PageDate> {
    let own = [
        places.url,
        places.tags.canonical.as_deref(),
        places.tags.get("og:url"),
        places.article.url.as_deref(),
    ];
    own.into_iter().flatten().find_map(|url| {
        let path = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = path.get(path.find('/')?..)?.split(['?', '#']).next()?;
        let found = read::first(path, Order::DayFirst)?;
        let words = path.get(found.start..found.end)?;
        let year_first = words.get(..4)?.bytes().all(|b| b.is_ascii_digit());
        let stamp = Stamp::of_date(found.stamp.date);
        year_first.then(|| PageDate { stamp, source: DateSource::Address, words: words.to_owned() })
    })
}

/// A date in a short line beside the headline.
fn beside_headline(places: &Places, order: Order) -> Option<PageDate> {
    let at = headline_line(places)?;
    let lines = |range: std::ops::Range<usize>| places.runs.get(range).unwrap_or(&[]);
    let behind = lines(at..(at + BEHIND).min(places.runs.len())).iter();
    let before = lines(at.saturating_sub(BEFORE)..at).iter().rev();
    let short = behind.chain(before).filter(|run| run.words <= SHORT);
    short.into_iter().find_map(|run| dated(&run.text, order, DateSource::Text))
}

/// A date in any line of the page; in a short one, if there is one.
fn anywhere(places: &Places, order: Order) -> Option<PageDate> {
    let own = || places.runs.iter().filter(|run| !is_of_others(places, run.first));
    let find = |run: &Run| dated(&run.text, order, DateSource::Guess);
    own()
        .filter(|run| run.words <= SHORT)
        .find_map(find)
        .or_else(|| own().find_map(find))
        .or_else(|| places.runs.iter().find_map(find))
}
