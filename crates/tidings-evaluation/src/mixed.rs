//! How fast is the whole way, from the text or the web page of mixed news to written records?

use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tidings::document::Document;
use tidings::{Engine, Report};

use crate::error::{Error, Result};
use crate::resolution::newswire;
use crate::speed::{peak_kib, processor_seconds};

/// What a number of articles took.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Whole {
    /// Articles coded.
    pub articles: usize,
    /// Their sentences.
    pub sentences: usize,
    /// Events in them.
    pub events: usize,
    /// Seconds on the clock.
    pub seconds: f64,
    /// Seconds of the processor.
    pub processor_seconds: f64,
    /// The most memory the process ever held.
    pub peak_kib: u64,
}

impl Whole {
    /// Sentences a second.
    pub fn rate(&self) -> f64 {
        self.sentences as f64 / self.seconds
    }

    /// Articles a second.
    pub fn articles_per_second(&self) -> f64 {
        self.articles as f64 / self.seconds
    }

    /// In words.
    pub fn describe(&self) -> String {
        let Whole { articles, sentences, events, seconds, processor_seconds, peak_kib } = self;
        format!(
            "{articles} articles, {sentences} sentences, {events} events in {seconds:.2} s ({processor_seconds:.2} s of \
             processor time), at most {} MB",
            peak_kib * 1024 / 1_000_000
        )
    }
}

/// What the articles come as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Source {
    /// Their text.
    Text,
    /// A web page each, with the menus, notes and footers that pages have.
    Html,
}

/// Codes the articles of the newswire's development part and writes their records, on so many threads, after one article
/// to warm up.
pub fn whole(shared: &Path, source: Source, threads: usize) -> Result<Whole> {
    let texts = newswire(shared)?;
    let inputs: Vec<String> = match source {
        Source::Text => texts,
        Source::Html => texts.iter().map(|text| page(text)).collect(),
    };
    let engine = Engine::new().map_err(|e| Error::Analysis(e.to_string()))?;
    code(&engine, source, inputs.first().map_or("", String::as_str))?;
    let (start, processor) = (Instant::now(), processor_seconds());
    let shares = inputs.chunks(inputs.len().div_ceil(threads.max(1)).max(1));
    let mut total = std::thread::scope(|scope| {
        let engine = &engine;
        let running: Vec<_> =
            shares.map(|share| scope.spawn(move || code_all(engine, source, share))).collect();
        let done = running.into_iter().map(|thread| {
            thread.join().unwrap_or_else(|_| Err(Error::Analysis("a thread panicked".to_owned())))
        });
        done.reduce(|all, one| Ok(sum(all?, &one?))).unwrap_or_else(|| Ok(Whole::default()))
    })?;
    total.seconds = start.elapsed().as_secs_f64();
    total.processor_seconds = processor_seconds() - processor;
    total.peak_kib = peak_kib();
    Ok(total)
}

fn sum(mut all: Whole, one: &Whole) -> Whole {
    all.articles += one.articles;
    all.sentences += one.sentences;
    all.events += one.events;
    all
}

fn code_all(engine: &Engine, source: Source, inputs: &[String]) -> Result<Whole> {
    let mut total = Whole::default();
    for input in inputs {
        let report = code(engine, source, input)?;
        let sentences = report.records.iter().filter(|r| matches!(r, tidings::Record::Sentence(_)));
        total.sentences += sentences.count();
        total.events += report.events().count();
        total.articles += 1;
    }
    Ok(total)
}

fn code(engine: &Engine, source: Source, input: &str) -> Result<Report> {
    let document = match source {
        Source::Text => Document::of_body(input),
        Source::Html => tidings_pages::page(input, None)
            .into_document("page".to_owned(), &tidings_document::Known::default()),
    };
    let report = engine.code(&document).map_err(|e| Error::Analysis(e.to_string()))?;
    report.records.iter().for_each(|r| drop(std::hint::black_box(serde_json::json!(r).to_string())));
    Ok(report)
}

/// A page as news sites make them, with the article in it.
fn page(text: &str) -> String {
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: String = text.lines().map(|line| format!("<p>{}</p>\n", escape(line))).collect();
    let links: String =
        (0..40).map(|n| format!("<li><a href=\"/section/{n}\">Section {n}</a></li>\n")).collect();
    let script = "<script>window.site = { \"ads\": [1, 2, 3] };</script>\n".repeat(30);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Report</title>\n\
         <meta property=\"article:published_time\" content=\"2020-06-15T08:00:00Z\">\n{script}</head>\n<body>\n<nav><ul>{links}</ul></nav>\n\
         <article><h1>Report</h1>\n{paragraphs}</article>\n<aside><ul>{links}</ul></aside>\n\
         <footer><p>All rights reserved.</p></footer></body></html>"
    )
}
