//! `feeds.toml`: which feeds, how politely, and what to tell of.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use jiff::SignedDuration;
use serde::Deserialize;
use tidings::ontology::EventType;
use toml::Spanned;
use url::Url;

/// What is to be watched.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// How.
    #[serde(default)]
    pub watch: Manners,
    /// The feeds.
    #[serde(default, rename = "feed")]
    pub feeds: Vec<FeedConfig>,
    /// What to tell of.
    #[serde(default, rename = "alert")]
    pub alerts: Vec<AlertRule>,
}

/// How servers are asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manners {
    /// How often a feed is asked.
    pub every: Span,
    /// Between two requests to one host.
    pub pause: Span,
    /// The longest time for one answer.
    pub timeout: Span,
    /// The largest answer in MiB, unpacked.
    pub largest_mib: usize,
    /// How often an answer may send us elsewhere.
    pub redirects: u32,
    /// By what name servers see us; whoever runs a server should find out whom to ask.
    pub user_agent: String,
    /// Whether private, loopback, link-local and other special addresses may be asked.
    pub allow_private: bool,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            every: Span(SignedDuration::from_mins(30)),
            pause: Span(SignedDuration::from_secs(2)),
            timeout: Span(SignedDuration::from_secs(30)),
            largest_mib: 16,
            redirects: 5,
            user_agent: concat!("tidings/", env!("CARGO_PKG_VERSION")).to_owned(),
            allow_private: false,
        }
    }
}

/// A length of time: "15m", "2h 30m".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Span(pub SignedDuration);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let span: Option<SignedDuration> = text.parse().ok();
        span.filter(|span| span.is_positive() || span.is_zero())
            .map(Self)
            .ok_or_else(|| format!("\"{text}\" is no length of time; write it like 30s, 15m or 2h"))
    }
}

/// One feed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedConfig {
    /// Its address.
    pub url: Spanned<String>,
    /// Who publishes it; else what feed and pages say.
    pub outlet: Option<String>,
    /// How often it is asked, if not as often as the others.
    pub every: Option<Span>,
    /// Whether the pages of its items are fetched.
    #[serde(default)]
    pub pages: Pages,
}

/// Whether pages are fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pages {
    /// Where the feed has a summary only.
    #[default]
    WhenNeeded,
    /// Always.
    Always,
    /// Never: summaries are coded as they are.
    Never,
}

/// What to tell of, and where.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertRule {
    /// How the alert is called.
    pub name: Spanned<String>,
    /// Takes part on either side: code of a country, or id of an actor.
    pub actor: Option<String>,
    /// These two pass between each other, in whichever direction.
    pub dyad: Option<[String; 2]>,
    /// Acts.
    pub source: Option<String>,
    /// Is acted upon.
    pub target: Option<String>,
    /// PLOVER types.
    #[serde(default, rename = "type")]
    pub types: Vec<String>,
    /// asserted, alleged …
    #[serde(default)]
    pub status: Vec<String>,
    /// The lowest PLOVER score, -10 to 10.
    pub min_score: Option<f64>,
    /// The highest.
    pub max_score: Option<f64>,
    /// The mean score of the dyad has changed.
    pub score_change: Option<ScoreChange>,
    /// A file to which the alert is added, a JSON object a line.
    pub file: Option<PathBuf>,
    /// An address to which it is posted.
    pub webhook: Option<Spanned<String>>,
    /// Whether the webhook may have a private address.
    #[serde(default)]
    pub private_webhook: bool,
    /// An Atom feed with the newest alerts.
    pub feed: Option<PathBuf>,
}

/// By how much the mean score of a dyad must change.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreChange {
    /// By at least so many points, up or down.
    pub by: f64,
    /// Over so many days, compared with as many before.
    #[serde(default = "week")]
    pub days: u16,
    /// Fewer events than this in either of the two say nothing.
    #[serde(default = "few")]
    pub at_least: i64,
}

fn week() -> u16 {
    7
}

fn few() -> i64 {
    3
}

/// What is wrong with `feeds.toml`, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// `file:line:column`.
    pub place: String,
    /// What.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}\n  hint: {}", self.place, self.what, self.hint)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads the text of the file of this name; else everything that is wrong with it.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<ConfigError>> {
        let error = |span: Range<usize>, what: String, hint: &str| ConfigError {
            place: place(name, text, span.start),
            what,
            hint: hint.to_owned(),
        };
        let config: Self = toml::from_str(text).map_err(|e| {
            vec![error(
                e.span().unwrap_or(0..0),
                e.message().trim().to_owned(),
                "docs/watch.md lists all keys",
            )]
        })?;
        let mut errors = Vec::new();
        if config.feeds.is_empty() {
            let hint = "add [[feed]] with url = \"https://…\"";
            errors.push(error(0..0, "there is no feed".to_owned(), hint));
        }
        let mut known = Vec::new();
        for feed in &config.feeds {
            check_address(&feed.url, &error, &mut errors);
            if known.contains(feed.url.get_ref()) {
                let what = format!("the feed {} is there twice", feed.url.get_ref());
                errors.push(error(feed.url.span(), what, "take one out"));
            }
            known.push(feed.url.get_ref().clone());
        }
        for (number, rule) in config.alerts.iter().enumerate() {
            rule.webhook.iter().for_each(|webhook| check_address(webhook, &error, &mut errors));
            let again = config.alerts.iter().take(number).any(|r| r.name.get_ref() == rule.name.get_ref());
            for (what, hint) in rule.faults(again) {
                errors.push(error(rule.name.span(), what, hint));
            }
        }
        if errors.is_empty() { Ok(config) } else { Err(errors) }
    }
}

fn check_address(
    address: &Spanned<String>,
    error: &impl Fn(Range<usize>, String, &str) -> ConfigError,
    errors: &mut Vec<ConfigError>,
) {
    let url = Url::parse(address.get_ref()).ok().filter(|u| matches!(u.scheme(), "http" | "https"));
    if url.and_then(|u| u.host_str().map(str::to_owned)).is_none() {
        let what = format!("\"{}\" is no address of the web", address.get_ref());
        errors.push(error(address.span(), what, "write it like https://example.org/feed.xml"));
    }
}

impl AlertRule {
    fn faults(&self, is_again: bool) -> Vec<(String, &'static str)> {
        let name = self.name.get_ref();
        let mut faults = Vec::new();
        let mut fault = |wrong: bool, what: String, hint: &'static str| {
            if wrong {
                faults.push((what, hint));
            }
        };
        fault(is_again, format!("there are two alerts named \"{name}\""), "give one another name");
        let goes_nowhere = self.file.is_none() && self.webhook.is_none() && self.feed.is_none();
        fault(goes_nowhere, format!("the alert \"{name}\" goes nowhere"), "add file, webhook or feed");
        for kind in self.types.iter().filter(|kind| EventType::parse(kind).is_none()) {
            fault(
                true,
                format!("there is no type \"{kind}\""),
                "write PLOVER types in capitals: ACCUSE, ASSAULT …",
            );
        }
        for status in self.status.iter().filter(|s| !STATUSES.contains(&s.as_str())) {
            let hint = "asserted, alleged, conditional, hypothetical, planned, denied, negated";
            fault(true, format!("there is no status \"{status}\""), hint);
        }
        let is_change_alone = self.score_change.is_some() && self.dyad.is_none();
        fault(
            is_change_alone,
            format!("score_change of \"{name}\" is of no dyad"),
            "add dyad = [\"…\", \"…\"]",
        );
        let is_nonsense = self.score_change.is_some_and(|c| c.days == 0 || c.by.is_nan() || c.by <= 0.0);
        fault(is_nonsense, format!("score_change of \"{name}\" can never be"), "days and by must be above 0");
        faults
    }
}

const STATUSES: [&str; 7] =
    ["asserted", "alleged", "conditional", "hypothetical", "planned", "denied", "negated"];

/// `file:line:column` of a byte.
fn place(name: &str, text: &str, at: usize) -> String {
    let before = text.get(..text.floor_char_boundary(at)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{name}:{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Vec<String> {
        let errors = Config::parse("feeds.toml", text).expect_err("is wrong");
        assert!(errors.iter().all(|e| !e.hint.is_empty()));
        errors.iter().map(|e| format!("{}: {}", e.place, e.what)).collect()
    }

    #[test]
    fn the_example_is_read() {
        let text = include_str!("../../../examples/feeds.toml");
        let config = Config::parse("feeds.toml", text).expect("the example is right");
        assert!(config.feeds.len() >= 2 && config.alerts.len() >= 2);
        assert!(!config.watch.allow_private);
    }

    #[test]
    fn what_is_not_said_is_polite() {
        let config = Config::parse("feeds.toml", "[[feed]]\nurl = \"https://deltapost.example/feed\"\n")
            .expect("read");
        assert_eq!(config.watch.every.0, SignedDuration::from_mins(30));
        assert_eq!(config.feeds[0].pages, Pages::WhenNeeded);
    }

    #[test]
    fn mistakes_name_line_and_column() {
        assert_eq!(wrong("[watch]\n  evry = \"1h\"\n")[0].split(": ").next(), Some("feeds.toml:2:3"));
        let spans = wrong("[watch]\nevery = \"often\"\n[[feed]]\nurl = \"https://a.example\"\n");
        assert!(spans[0].starts_with("feeds.toml:2:9: \"often\" is no length of time"), "{spans:?}");
        assert_eq!(wrong(""), ["feeds.toml:1:1: there is no feed"]);
        let text = "[[feed]]\nurl = \"ftp://a.example\"\n[[alert]]\nname = \"x\"\ntype = [\"ATTACK\"]\nstatus = [\"told\"]\n";
        assert_eq!(
            wrong(text),
            [
                "feeds.toml:2:7: \"ftp://a.example\" is no address of the web",
                "feeds.toml:4:8: the alert \"x\" goes nowhere",
                "feeds.toml:4:8: there is no type \"ATTACK\"",
                "feeds.toml:4:8: there is no status \"told\"",
            ]
        );
        let twice = "[[feed]]\nurl = \"https://a.example\"\n[[feed]]\nurl = \"https://a.example\"\n[[alert]]\nname=\"x\"\n\
                     feed=\"a\"\nscore_change = { by = 0.0 }\n";
        assert_eq!(
            wrong(twice),
            [
                "feeds.toml:4:7: the feed https://a.example is there twice",
                "feeds.toml:6:6: score_change of \"x\" is of no dyad",
                "feeds.toml:6:6: score_change of \"x\" can never be",
            ]
        );
    }
}
