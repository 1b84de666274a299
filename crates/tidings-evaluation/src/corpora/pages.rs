//! Web pages with what they say: article-extraction-benchmark, htmldate's sample, fundus' test pages.

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::error::{Error, Result, read};

/// A page with the gold text of its article.
#[derive(Debug)]
pub struct ArticlePage {
    /// Its bytes.
    pub html: Vec<u8>,
    /// The address it was read from.
    pub url: String,
    /// The text of the article.
    pub body: String,
}

/// The pages of the article-extraction-benchmark.
pub fn article_pages(folder: &Path) -> Result<Vec<ArticlePage>> {
    let gold = json(&folder.join("ground-truth.json"))?;
    let entries = gold.as_object().into_iter().flatten();
    let page = |(key, entry): (&String, &Value)| {
        Ok(ArticlePage {
            html: unpacked(&folder.join("html").join(format!("{key}.html.gz")))?,
            url: text(&entry["url"]),
            body: text(&entry["articleBody"]),
        })
    };
    entries.map(page).collect()
}

/// A page with the day of its publication.
#[derive(Debug)]
pub struct DatedPage {
    /// Its bytes.
    pub html: Vec<u8>,
    /// The day, as `2026-03-03`; empty where the page has none.
    pub date: String,
}

/// htmldate's sample of pages.
pub fn dated_pages(folder: &Path) -> Result<Vec<DatedPage>> {
    let rows = table(&folder.join("sample_300.tsv"), ["page", "date"])?;
    rows.into_iter()
        .map(|[page, date]| Ok(DatedPage { html: unpacked(&folder.join("pages").join(page))?, date }))
        .collect()
}

/// A page with headline, body and date.
#[derive(Debug)]
pub struct NewsPage {
    /// The name of its file.
    pub name: String,
    /// Its bytes.
    pub html: Vec<u8>,
    /// The address it was read from.
    pub url: String,
    /// The headline.
    pub title: String,
    /// The standfirst, if any.
    pub summary: Vec<String>,
    /// Subheadings and paragraphs in order.
    pub paragraphs: Vec<String>,
    /// When it was published: `2026-03-03 10:00:00+00:00`.
    pub date: String,
}

/// The English pages of fundus' tests.
pub fn news_pages(folder: &Path) -> Result<Vec<NewsPage>> {
    let rows = table(&folder.join("pages.tsv"), ["file", "json", "json_key", "url"])?;
    let page = |[file, gold, key, url]: [String; 4]| {
        let gold = json(&folder.join(gold))?;
        let gold = &gold[&key];
        let sections = gold["body"]["sections"].as_array().into_iter().flatten();
        let paragraphs = sections.flat_map(|s| [lines(&s["headline"]), lines(&s["paragraphs"])].concat());
        Ok(NewsPage {
            html: unpacked(&folder.join(&file))?,
            name: file,
            url,
            title: text(&gold["title"]),
            summary: lines(&gold["body"]["summary"]),
            paragraphs: paragraphs.collect(),
            date: text(&gold["publishing_date"]),
        })
    };
    rows.into_iter().map(page).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn lines(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn json(path: &Path) -> Result<Value> {
    serde_json::from_str(&read(path)?).map_err(|e| Error::line(path, e.line().saturating_sub(1), e))
}

/// These columns of a table with a heading.
fn table<const N: usize>(path: &Path, columns: [&str; N]) -> Result<Vec<[String; N]>> {
    let content = read(path)?;
    let mut rows = content.lines().enumerate();
    let heading: Vec<&str> = rows.next().map(|(_, line)| line.split('\t').collect()).unwrap_or_default();
    let places = columns.map(|column| heading.iter().position(|name| *name == column));
    let row = |(number, line): (usize, &str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let found = places.map(|place| place.and_then(|at| cells.get(at)));
        if found.contains(&None) {
            return Err(Error::line(path, number, format!("a column of {columns:?} is missing")));
        }
        Ok(found.map(|cell| cell.copied().unwrap_or_default().to_owned()))
    };
    rows.map(row).collect()
}

fn unpacked(path: &Path) -> Result<Vec<u8>> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let mut out = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    GzDecoder::new(file).read_to_end(&mut out).map_err(failed)?;
    Ok(out)
}
