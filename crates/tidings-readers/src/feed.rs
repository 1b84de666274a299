//! RSS, Atom and JSON Feed: each item with its text is a report.

use feed_rs::model::{Entry, Feed as Model, Text};
use feed_rs::parser;
use serde_json::Value;
use tidings_document::{Fields, Warning};

use crate::fragment;
use crate::input::Input;
use crate::items::{Content, Reports, hash_id};
use crate::peek::Peek;
use crate::text::whole;
use crate::{ReadError, ReadOptions, decode};

/// A feed that is not read yet, then its items.
pub(crate) struct Feed {
    unread: Option<(Input, Peek, usize)>,
    items: std::vec::IntoIter<Fields>,
}

impl Feed {
    pub(crate) fn new(input: Input, stream: Peek, options: &ReadOptions) -> Self {
        Self { unread: Some((input, stream, options.largest)), items: Vec::new().into_iter() }
    }
}

impl Reports for Feed {
    fn next(&mut self) -> Option<Result<Content, ReadError>> {
        if let Some((input, stream, largest)) = self.unread.take() {
            let name = input.name();
            let read = whole(&input, stream, largest).and_then(|bytes| {
                feed(&bytes, None).map_err(|what| {
                    ReadError::of_file(&name, what, "is it RSS, Atom or JSON Feed, and complete?")
                })
            });
            match read {
                Ok(feed) if feed.items.is_empty() => return Some(Ok(Content::nothing(input.stem()))),
                Ok(feed) => {
                    self.items =
                        feed.items.into_iter().map(|item| item.fields).collect::<Vec<_>>().into_iter()
                }
                Err(error) => return Some(Err(error)),
            }
        }
        self.items.next().map(|fields| Ok(Content::of(fields)))
    }
}

/// A feed: who makes it, and its items in their order.
#[derive(Debug)]
pub struct FeedPage {
    /// Its title.
    pub title: Option<String>,
    /// What it tells.
    pub items: Vec<FeedItem>,
}

/// An item of a feed.
#[derive(Debug)]
pub struct FeedItem {
    /// The report as far as the feed has it.
    pub fields: Fields,
    /// Whether that is all of it, or a summary.
    pub is_whole: bool,
}

/// Reads a feed; addresses in it are relative to `base`. Else what is wrong with it.
pub fn feed(bytes: &[u8], base: Option<&str>) -> Result<FeedPage, String> {
    let text = decode::document(bytes);
    let parser = parser::Builder::new().base_uri(base).build();
    let model = parser.parse(text.as_bytes()).map_err(|e| format!("the feed cannot be read: {e}"))?;
    let title = model.title.as_ref().map(words);
    let items = model.entries.iter().map(|entry| item(entry, &model, title.as_deref())).collect();
    Ok(FeedPage { title, items })
}

fn item(entry: &Entry, model: &Model, outlet: Option<&str>) -> FeedItem {
    let content = entry.content.as_ref().and_then(|c| c.body.as_deref()).map(fragment::text);
    let summary = entry.summary.as_ref().map(words);
    let is_whole = content.as_deref().is_some_and(|c| c.len() > summary.as_deref().map_or(0, str::len));
    let mut warnings = Vec::new();
    let text = content.filter(|_| is_whole).or(summary).unwrap_or_default();
    if !is_whole {
        let message = "the feed has only a summary of the report; hint: `tidings watch` fetches the page";
        warnings.push(Warning::new("summary-only", message));
    }
    let alternate = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let url = alternate.or(entry.links.first()).map(|link| link.href.clone());
    let day = entry.published.or(entry.updated).map(|time| time.date_naive().to_string());
    let id = Some(entry.id.clone()).filter(|id| !id.trim().is_empty());
    let mut fields = Fields {
        id: id.or_else(|| url.clone()).unwrap_or_else(|| hash_id(&text)),
        title: entry.title.as_ref().map(words),
        outlet: outlet.map(str::to_owned),
        date: day,
        language: entry.language.clone().or_else(|| model.language.clone()),
        text,
        url,
        warnings,
        ..Fields::default()
    };
    for (name, values) in [
        ("authors", entry.authors.iter().filter_map(|a| a.name.clone()).collect::<Vec<_>>()),
        (
            "categories",
            entry.categories.iter().map(|c| c.label.clone().unwrap_or_else(|| c.term.clone())).collect(),
        ),
    ] {
        if !values.is_empty() {
            fields.extra.insert(name.to_owned(), values.into_iter().map(Value::String).collect());
        }
    }
    FeedItem { fields, is_whole }
}

/// The words of a title or summary, which may be HTML whatever it says.
fn words(text: &Text) -> String {
    fragment::text(&text.content)
}
