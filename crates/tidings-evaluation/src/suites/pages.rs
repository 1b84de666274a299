//! Web pages: the text of the article, its headline and its day.

use std::time::Instant;

use tidings_pages::{Page, decode, page};

use super::{Context, Outcome, outcome};
use crate::corpora::{self, NewsPage};
use crate::error::Result;
use crate::scores::{Shingles, mean_of_shingles};

/// A body with this F1 of shingles is that of the gold: what is missing or too much is a line or two.
const SAME_BODY: f64 = 0.95;
/// Rounds of the timing; the fastest counts, because the machine may be busy with something else.
const ROUNDS: usize = 3;

/// The article-extraction-benchmark by its own method.
pub fn extraction(context: &Context) -> Result<Outcome> {
    let pages = corpora::article_pages(&context.path("data/extraction/article_extraction_benchmark"))?;
    let found: Vec<Shingles> =
        pages.iter().map(|p| Shingles::of(&p.body, &read(&p.html, Some(&p.url)).text())).collect();
    let (precision, recall, f1) = mean_of_shingles(&found);
    let exact = found.iter().filter(|s| s.is_exact()).count() as f64 / found.len().max(1) as f64;
    let mut outcome =
        outcome([("f1", f1), ("precision", precision), ("recall", recall), ("accuracy", exact)]);
    let bytes: usize = pages.iter().map(|p| p.html.len()).sum();
    let seconds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let words: usize = pages.iter().map(|p| read(&p.html, Some(&p.url)).blocks.len()).sum();
        std::hint::black_box(words);
        start.elapsed().as_secs_f64()
    });
    let fastest = seconds.fold(f64::INFINITY, f64::min);
    outcome.notes.push(format!(
        "one thread, from bytes: {:.0} pages/s, {:.0} MB/s (fastest of {ROUNDS} rounds{})",
        pages.len() as f64 / fastest,
        bytes as f64 / fastest / 1e6,
        if cfg!(debug_assertions) { ", built without optimisation" } else { "" },
    ));
    Ok(outcome)
}

/// Days of publication of htmldate's sample, by its own method.
pub fn dates(context: &Context) -> Result<Outcome> {
    let pages = corpora::dated_pages(&context.path("data/extraction/htmldate"))?;
    let (mut right, mut wrong, mut silent, mut none) = (0.0, 0.0, 0.0, 0.0);
    for gold in &pages {
        match read(&gold.html, None).published.map(|date| date.stamp.date.to_string()) {
            Some(found) if found == gold.date => right += 1.0,
            Some(_) => wrong += 1.0,
            None => {
                silent += 1.0;
                none += if gold.date.is_empty() { 1.0 } else { 0.0 };
            }
        }
    }
    let accuracy = (right + none) / (right + wrong + silent + none);
    let mut outcome = outcome([
        ("accuracy", accuracy),
        ("precision", right / (right + wrong)),
        ("recall", right / (right + silent)),
    ]);
    outcome
        .notes
        .push(format!("{} pages: {right} right, {wrong} wrong, {silent} without a find", pages.len()));
    outcome.notes.push("the address is not given, as in htmldate's own evaluation".to_owned());
    Ok(outcome)
}

fn read(html: &[u8], url: Option<&str>) -> Page {
    page(&decode(html, None).text, url)
}

/// fundus' pages: headline, body and date.
pub fn fundus(context: &Context) -> Result<Outcome> {
    let pages = corpora::news_pages(&context.path("data/extraction/fundus_pages"))?;
    let count = pages.len().max(1) as f64;
    let [mut titles, mut gold_titles, mut bodies, mut days, mut all] = [0.0; 5];
    let mut f1 = 0.0;
    let mut wrong = Vec::new();
    for gold in &pages {
        let found = read(&gold.html, Some(&gold.url));
        let body = body_f1(gold, &found);
        let own = std::iter::once(found.headline.as_deref())
            .chain(found.other_titles.iter().map(|t| Some(t.as_str())));
        let title = own.into_iter().flatten().any(|title| same_words(title, &gold.title));
        let day = found.published.as_ref().is_some_and(|d| gold.date.starts_with(&d.stamp.date.to_string()));
        let right = |yes: bool| f64::from(u8::from(yes));
        f1 += body;
        titles += right(title);
        gold_titles += right(found.headline.is_some_and(|h| same_words(&h, &gold.title)));
        bodies += right(body >= SAME_BODY);
        days += right(day);
        all += right(title && day && body >= SAME_BODY);
        if !(title && day && body >= SAME_BODY) {
            wrong.push(format!(
                "{} ({body:.2}{}{})",
                gold.name,
                if title { "" } else { ", headline" },
                if day { "" } else { ", date" }
            ));
        }
    }
    let mut outcome = outcome([
        ("all", all / count),
        ("headline", titles / count),
        ("body", bodies / count),
        ("date", days / count),
        ("body_f1", f1 / count),
    ]);
    outcome.notes.push(format!(
        "a body is right from a shingle F1 of {SAME_BODY} on, with or without the standfirst; a headline if it has the words of \
         the gold, or if these are another title that the page gives itself (of {count} pages the gold holds the one that \
         readers see, and we return, {gold_titles} times, else that for search engines or networks); a date if it is the \
         same day"
    ));
    outcome.notes.push(format!("not all right: {}", wrong.join(", ")));
    Ok(outcome)
}

/// The body against the gold: both with the standfirst or both without, since publishers place it here or there.
fn body_f1(gold: &NewsPage, found: &Page) -> f64 {
    let text = found.text();
    let paragraphs = gold.paragraphs.join("\n");
    let bare = Shingles::of(&paragraphs, &text).f1();
    let with_summary = format!("{}\n{paragraphs}", gold.summary.join("\n"));
    let with_standfirst = format!("{}\n{text}", found.standfirst.as_deref().unwrap_or(""));
    let full = Shingles::of(&with_summary, &with_standfirst).f1();
    let moved = Shingles::of(&with_summary, &text).f1();
    bare.max(full).max(moved)
}

/// The same letters and figures: white space, quotation marks and capitals may differ.
fn same_words(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(one) == letters(other)
}
