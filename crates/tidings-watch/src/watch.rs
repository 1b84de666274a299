//! One turn after the other: feeds that are due, articles that wait, alerts on their way.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tidings::document::{DateBasis, Document, Fields, Known, PublicationDate, Warning, document, parse_date};
use tidings::{Engine, EngineError};
use tidings_ledger::{Added, Article, Ledger};
use tidings_readers::{FeedItem, ReadOptions};

use crate::alerts::{self, Origin};
use crate::client::{Ask, Fault};
use crate::config::{Config, FeedConfig, Pages};
use crate::deliver::Post;
use crate::fetch::{Fetched, Fetcher, back_off, retry_after};
use crate::state::{FeedState, State, Waiting};
use crate::{Note, World};

/// What feeds are.
const FEEDS: &str =
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";
/// What articles are.
const ARTICLES: &str = "text/html, application/xhtml+xml, */*;q=0.5";
/// The first wait for a page that could not be read; after so many failures its summary must do.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(10);
const MOST_FAILURES: u32 = 6;
/// More items than this at once are no news.
const MOST_ITEMS: usize = 2_000;
/// An item that its feed has no more is remembered so long.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 60);
/// A feed that is gone is asked again after so long.
const GONE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// The longest sleep between two turns.
const TICK: SignedDuration = SignedDuration::from_secs(60);

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Feeds that were asked and gave an answer.
    pub feeds: usize,
    /// Feeds and pages that gave none.
    pub failures: usize,
    /// Articles that the ledger did not have.
    pub new: usize,
    /// Articles that it had.
    pub known: usize,
    /// Alerts that arrived.
    pub alerts: usize,
}

/// Watches feeds.
pub struct Watch<'w> {
    config: &'w Config,
    engine: &'w Engine,
    ledger: &'w mut Ledger,
    path: PathBuf,
    state: State,
    fetcher: Fetcher,
    post: Post,
    tally: Tally,
}

impl<'w> Watch<'w> {
    /// Goes on with what the file at `path` remembers; there need be none yet.
    pub fn open(
        config: &'w Config,
        engine: &'w Engine,
        ledger: &'w mut Ledger,
        path: PathBuf,
    ) -> Result<Self, String> {
        Self::with_exception(config, engine, ledger, path, None)
    }

    /// One address may be asked though it is not public.
    pub(crate) fn with_exception(
        config: &'w Config,
        engine: &'w Engine,
        ledger: &'w mut Ledger,
        path: PathBuf,
        except: Option<SocketAddr>,
    ) -> Result<Self, String> {
        let state = State::load(&path)?;
        let (fetcher, post) = (Fetcher::new(&config.watch, except), Post::new(&config.watch, except));
        Ok(Self { config, engine, ledger, path, state, fetcher, post, tally: Tally::default() })
    }

    /// Does what is due, `once` or until somebody wants to stop.
    ///
    /// A server that does not answer is a note; a ledger or a memory that cannot be written is an error. What was done is
    /// kept in either case.
    pub fn run(&mut self, once: bool, world: &mut dyn World) -> Result<Tally, String> {
        loop {
            self.turn(world)?;
            if once || world.stopped() {
                return Ok(self.tally);
            }
            let now = world.now();
            let wait = self.next(now).duration_since(now).clamp(SignedDuration::from_secs(1), TICK);
            world.wait(Duration::try_from(wait).unwrap_or_default());
            if world.stopped() {
                return Ok(self.tally);
            }
        }
    }

    fn turn(&mut self, world: &mut dyn World) -> Result<(), String> {
        self.deliver(world)?;
        let before = self.tally.new;
        for feed in &self.config.feeds {
            if world.stopped() {
                break;
            }
            self.ask(feed, world)?;
            self.read_queue(feed, world)?;
        }
        if self.tally.new > before {
            let scores = alerts::of_scores(&self.config.alerts, self.ledger, world.now(), &mut self.state);
            scores.map_err(|e| e.to_string())?;
            self.save()?;
        }
        self.deliver(world)
    }

    fn deliver(&mut self, world: &mut dyn World) -> Result<(), String> {
        let path = self.path.clone();
        self.tally.alerts += self.post.deliver(&mut self.state, world, |state| state.save(&path))?;
        Ok(())
    }

    fn save(&self) -> Result<(), String> {
        self.state.save(&self.path)
    }

    /// When something is due next.
    fn next(&self, now: Timestamp) -> Timestamp {
        let feeds = self.config.feeds.iter().map(|feed| {
            let state = self.state.feeds.get(feed.url.get_ref());
            let queued = state.into_iter().flat_map(|s| &s.queue).map(|w| w.next.unwrap_or(now)).min();
            let asked = state.and_then(|s| s.next).unwrap_or(now);
            queued.map_or(asked, |queued| queued.min(asked))
        });
        let outbox = self.state.outbox.iter().map(|d| d.next.unwrap_or(now));
        feeds.chain(outbox).min().unwrap_or(now)
    }

    /// Asks a feed if it is due, and queues what is new in it.
    fn ask(&mut self, feed: &FeedConfig, world: &mut dyn World) -> Result<(), String> {
        let now = world.now();
        let address = feed.url.get_ref();
        let every = feed.every.unwrap_or(self.config.watch.every).0;
        let mut known = self.state.feeds.get(address).cloned().unwrap_or_default();
        if known.next.is_some_and(|next| next > now) {
            return Ok(());
        }
        let ask =
            Ask { etag: known.etag.as_deref(), last_modified: known.last_modified.as_deref(), accept: FEEDS };
        let target = known.moved.as_deref().unwrap_or(address).to_owned();
        let fetched = self.fetcher.fetch(&target, &ask, &mut self.state.robots, world);
        if world.stopped() && fetched.is_err() {
            return Ok(());
        }
        let read = fetched
            .map_err(|fault| (fault.what, None))
            .and_then(|f| answered(f, &mut known, address, now, world));
        match read {
            Ok(()) => {
                self.tally.feeds += 1;
                known.failures = 0;
                known.next = now.saturating_add(every).ok();
            }
            Err((what, next)) => {
                self.tally.failures += 1;
                known.failures += 1;
                // What a moved feed says no more, the old address may.
                known.moved = known.moved.filter(|_| known.failures < 3);
                let next = next.unwrap_or_else(|| back_off(now, every, known.failures));
                known.next = Some(next);
                world.tell(Note::Warning(format!("{address}: {what}; asked again at {next}")));
            }
        }
        self.state.feeds.insert(address.clone(), known);
        self.save()
    }

    /// Reads the articles of a feed that wait and are due.
    fn read_queue(&mut self, feed: &FeedConfig, world: &mut dyn World) -> Result<(), String> {
        let address = feed.url.get_ref();
        let mut at = 0;
        while let Some(waiting) = self.queue(address).and_then(|queue| queue.get(at)).cloned() {
            if world.stopped() {
                break;
            }
            let now = world.now();
            if waiting.next.is_some_and(|next| next > now) {
                at += 1;
                continue;
            }
            match self.article(feed, &waiting, world) {
                Ok(document) => {
                    self.store(&document, world)?;
                    self.queue(address).map(|queue| queue.remove(at));
                }
                Err(_) if world.stopped() => break,
                Err((fault, next)) => {
                    self.tally.failures += 1;
                    let name = waiting.url.as_deref().unwrap_or(&waiting.id);
                    world.tell(Note::Warning(format!("{name}: {}", fault.what)));
                    if let Some(waiting) = self.queue(address).and_then(|queue| queue.get_mut(at)) {
                        // When it cannot be read for good, the next turn takes the summary.
                        waiting.failures = if fault.passes { waiting.failures + 1 } else { MOST_FAILURES };
                        let wait = || back_off(now, FIRST_WAIT, waiting.failures);
                        waiting.next = fault.passes.then(|| next.unwrap_or_else(wait));
                    }
                    at += usize::from(fault.passes);
                }
            }
            self.save()?;
        }
        Ok(())
    }

    fn queue(&mut self, address: &str) -> Option<&mut Vec<Waiting>> {
        self.state.feeds.get_mut(address).map(|feed| &mut feed.queue)
    }

    /// The article of an item: its page, or what the feed has of it.
    fn article(
        &mut self,
        feed: &FeedConfig,
        waiting: &Waiting,
        world: &mut dyn World,
    ) -> Result<Document, (Fault, Option<Timestamp>)> {
        let known = Known { date: None, outlet: feed.outlet.clone() };
        let wants_page = match feed.pages {
            Pages::Always => true,
            Pages::WhenNeeded => !waiting.is_whole,
            Pages::Never => false,
        };
        let given_up = waiting.failures >= MOST_FAILURES;
        let Some(url) = waiting.url.as_deref().filter(|_| wants_page && !given_up) else {
            return Ok(summary(feed, waiting, &known, wants_page));
        };
        let ask = Ask { accept: ARTICLES, ..Ask::default() };
        let fetched =
            self.fetcher.fetch(url, &ask, &mut self.state.robots, world).map_err(|fault| (fault, None))?;
        let answer = fetched.answer;
        match answer.status {
            200..=299 => {}
            status @ (408 | 429 | 500..) => {
                let next = retry_after(&answer, world.now());
                return Err((Fault::passing(format!("the server says {status}")), next));
            }
            status => return Err((Fault::lasting(format!("the server says {status}")), None)),
        }
        let fields = Fields {
            id: name(feed, waiting),
            url: Some(fetched.url.to_string()),
            language: waiting.language.clone(),
            ..Fields::default()
        };
        let options = ReadOptions { known: known.clone(), ..ReadOptions::default() };
        let mut read = tidings_readers::page(fields, &answer.body, answer.content_type.as_deref(), &options);
        if read.text.trim().is_empty() {
            return Ok(summary(feed, waiting, &known, true));
        }
        complete(&mut read, waiting);
        Ok(read)
    }

    /// Codes and stores an article, and queues its alerts.
    fn store(&mut self, document: &Document, world: &mut dyn World) -> Result<(), String> {
        let now = world.now();
        for warning in &document.warnings {
            world.tell(Note::Warning(format!("{}: {} [{}]", document.id, warning.message, warning.code)));
        }
        let report = match self.engine.code_guarded(document) {
            Ok(report) => report,
            Err(fault @ EngineError::Fault(_)) => {
                self.tally.failures += 1;
                world.tell(Note::Warning(fault.to_string()));
                return Ok(());
            }
            Err(error) => return Err(error.to_string()),
        };
        // If the program ends between the storing and the telling, the article is known, but not told of.
        let is_left_over = self.state.storing.as_deref() == Some(document.id.as_str());
        self.state.storing = Some(document.id.clone());
        self.save()?;
        let article = Article { document, report: &report, at: now };
        let added = self.ledger.add(&article).map_err(|e| e.to_string())?;
        let (document_id, is_new) = match &added {
            Added::New { document_id, .. } | Added::Recoded { document_id, .. } => (document_id, true),
            Added::PublishedAgain { document_id } | Added::Known { document_id } => {
                (document_id, is_left_over)
            }
        };
        *(if is_new { &mut self.tally.new } else { &mut self.tally.known }) += 1;
        if is_new {
            let (url, outlet) = (document.url.as_deref(), document.outlet.as_deref());
            let origin = Origin { document_id, url, outlet, at: now };
            alerts::of_article(&self.config.alerts, self.ledger, &origin, &mut self.state)
                .map_err(|e| e.to_string())?;
        }
        self.state.storing = None;
        Ok(())
    }
}

/// What the answer of a feed's server says; what is new goes into the queue.
fn answered(
    fetched: Fetched,
    known: &mut FeedState,
    address: &str,
    now: Timestamp,
    world: &mut dyn World,
) -> Result<(), (String, Option<Timestamp>)> {
    let Fetched { url, has_moved, answer } = fetched;
    match answer.status {
        304 => return Ok(()),
        200..=299 => {}
        410 => {
            let next = now.saturating_add(GONE).ok();
            return Err(("the feed is gone for good; take it out of the list".to_owned(), next));
        }
        status => return Err((format!("the server says {status}"), retry_after(&answer, now))),
    }
    let feed = tidings_readers::feed(&answer.body, Some(url.as_str())).map_err(|what| (what, None))?;
    if feed.items.len() > MOST_ITEMS {
        let what = format!("{address}: of {} items the first {MOST_ITEMS} are read", feed.items.len());
        world.tell(Note::Warning(what));
    }
    for item in feed.items.into_iter().take(MOST_ITEMS) {
        let key = hash(&item.fields.id);
        if known.seen.insert(key, now).is_none() {
            known.queue.push(waiting(item));
        }
    }
    known.seen.retain(|_, last| now.duration_since(*last) < REMEMBERED);
    known.etag = answer.etag;
    known.last_modified = answer.last_modified;
    if has_moved && known.moved.as_deref() != Some(url.as_str()) {
        world.tell(Note::Warning(format!("{address}: the feed has moved to {url}; change it in the list")));
        known.moved = Some(url.to_string());
    }
    Ok(())
}

fn waiting(item: FeedItem) -> Waiting {
    let FeedItem { fields, is_whole } = item;
    Waiting {
        id: fields.id,
        url: fields.url,
        title: fields.title,
        date: fields.date,
        outlet: fields.outlet,
        language: fields.language,
        text: fields.text,
        is_whole,
        failures: 0,
        next: None,
    }
}

/// What the article is called: its address, or that of the feed with the id that it has there.
fn name(feed: &FeedConfig, waiting: &Waiting) -> String {
    waiting.url.clone().unwrap_or_else(|| format!("{}#{}", feed.url.get_ref(), waiting.id))
}

/// The article as the feed has it.
fn summary(feed: &FeedConfig, waiting: &Waiting, known: &Known, wanted_page: bool) -> Document {
    let mut warnings = Vec::new();
    if wanted_page {
        warnings.push(Warning::new(
            "page-not-read",
            "the page could not be read; coded is what the feed has of it",
        ));
    } else if !waiting.is_whole {
        warnings.push(Warning::new("summary-only", "the feed has only a summary of the report"));
    }
    let fields = Fields {
        id: name(feed, waiting),
        text: waiting.text.clone(),
        title: waiting.title.clone(),
        date: waiting.date.clone(),
        outlet: waiting.outlet.clone(),
        url: waiting.url.clone(),
        language: waiting.language.clone(),
        warnings,
        ..Fields::default()
    };
    document(fields, known)
}

/// What the page does not say, the feed may.
fn complete(document: &mut Document, waiting: &Waiting) {
    if document.title.is_none() {
        document.title.clone_from(&waiting.title);
    }
    if document.publication.is_none() {
        document.publication = waiting.date.as_deref().and_then(parse_date).map(|date| PublicationDate {
            date,
            basis: DateBasis::Metadata,
            explanation: format!("the feed says \"{date}\""),
        });
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
