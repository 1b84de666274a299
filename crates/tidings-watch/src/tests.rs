//! The watch against a server of its own on this machine.

mod alerts;
mod manners;
mod safety;
mod server;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use tidings::Engine;
use tidings_ledger::{Ledger, Query};

use crate::{Config, Note, Tally, Watch, World};
use server::Server;

/// A world whose clock goes on when somebody waits.
pub(super) struct Made {
    now: Timestamp,
    pub(super) waited: Vec<Duration>,
    pub(super) notes: Vec<String>,
    /// Somebody wants to stop after so many waits.
    pub(super) stop_after: Option<usize>,
}

impl World for Made {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn wait(&mut self, time: Duration) {
        self.now += time;
        self.waited.push(time);
    }

    fn stopped(&self) -> bool {
        self.stop_after.is_some_and(|most| self.waited.len() >= most)
    }

    fn tell(&mut self, note: Note) {
        let (Note::Fact(what) | Note::Warning(what)) = note;
        self.notes.push(what);
    }
}

/// The engine of all tests: loading the model takes a second.
fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().expect("the embedded model loads"))
}

/// A watch of one server, its ledger and its memory.
pub(super) struct Post {
    pub(super) folder: TempDir,
    pub(super) server: Server,
    pub(super) world: Made,
    config: String,
}

impl Post {
    /// Of a server that answers by `pages`; `config` with SERVER for its address.
    pub(super) fn new(pages: Vec<(&'static str, server::Page)>, config: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let server = Server::start(pages);
        let config = config
            .replace("SERVER", &format!("http://{}", server.address))
            .replace("FOLDER", &folder.path().display().to_string());
        let now = "2026-03-04T10:00:00Z".parse().expect("a time");
        let world = Made { now, waited: Vec::new(), notes: Vec::new(), stop_after: None };
        Self { folder, server, world, config }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Another word in the configuration.
    pub(super) fn replace(&mut self, from: &str, to: &str) {
        self.config = self.config.replace(from, to);
    }

    /// One run with `--once`, in which the server of the test may be asked.
    pub(super) fn run(&mut self) -> Result<Tally, String> {
        self.run_with(true)
    }

    pub(super) fn run_with(&mut self, may_ask: bool) -> Result<Tally, String> {
        let config = Config::parse("feeds.toml", &self.config).expect("the configuration is right");
        let mut ledger = Ledger::open_or_create(&self.path("news.db")).expect("a ledger");
        let state = self.path("state.json");
        let except = may_ask.then_some(self.server.address);
        let mut watch = Watch::with_exception(&config, engine(), &mut ledger, state, except).expect("opens");
        watch.run(true, &mut self.world)
    }

    /// Later.
    pub(super) fn pass(&mut self, minutes: u64) {
        self.world.now += Duration::from_secs(minutes * 60);
    }

    /// Titles of all articles of the ledger.
    pub(super) fn titles(&self) -> Vec<String> {
        let ledger = Ledger::open(&self.path("news.db")).expect("a ledger");
        let page = ledger.documents(&Query::default()).expect("documents");
        let mut titles: Vec<String> = page.rows.into_iter().map(|d| d.title.unwrap_or_default()).collect();
        titles.sort();
        titles
    }
}

/// A feed with these items: title, address on the server, text (none: a summary).
pub(super) fn rss(items: &[(&str, &str, Option<&str>)]) -> String {
    let item = |(title, path, text): &(&str, &str, Option<&str>)| {
        let text =
            text.map_or_else(String::new, |t| format!("<content:encoded><![CDATA[{t}]]></content:encoded>"));
        format!(
            "<item><title>{title}</title><link>{path}</link><guid isPermaLink='false'>{path}</guid>\
             <pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><description>In short: {title}.</description>{text}</item>"
        )
    };
    format!(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Delta Post</title>\
         <link>/</link>{}</channel></rss>",
        items.iter().map(item).collect::<String>()
    )
}

/// A page with a report.
pub(super) fn page(title: &str, text: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body><nav><a href='/'>Home</a></nav>\
         <article><h1>{title}</h1><p>{text}</p><p>The ministry in the capital gave no further details on Tuesday, and the \
         embassy did not answer questions that were put to it during the day.</p></article></body></html>"
    )
}
