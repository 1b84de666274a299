//! Fetches politely: by the rules of the site, not too often, and with every step of a redirection looked at anew.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::{Origin, Position, Url};

use crate::World;
use crate::client::{Answer, Ask, Client, Fault};
use crate::config::Manners;
use crate::robots::{self, Robots};
use crate::state::KnownRobots;

/// The rules of a site hold for a day (RFC 9309, 2.4), those that could not be read for an hour.
const HOURS: i64 = 24;
const HOURS_UNREAD: i64 = 1;

/// Fetches.
pub(crate) struct Fetcher {
    client: Client,
    redirects: u32,
    pause: SignedDuration,
    /// When a host may be asked again.
    hosts: BTreeMap<String, Timestamp>,
}

/// What came.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// Where from, after all redirections.
    pub(crate) url: Url,
    /// Whether all redirections are for good.
    pub(crate) has_moved: bool,
    pub(crate) answer: Answer,
}

impl Fetcher {
    pub(crate) fn new(manners: &Manners, except: Option<SocketAddr>) -> Self {
        let client = Client::new(manners, manners.allow_private, except);
        let (redirects, pause) = (manners.redirects, manners.pause.0);
        Self { client, redirects, pause, hosts: BTreeMap::new() }
    }

    /// The answer at an address, if the site allows robots to read it.
    pub(crate) fn fetch(
        &mut self,
        address: &str,
        ask: &Ask,
        robots: &mut BTreeMap<String, KnownRobots>,
        world: &mut dyn World,
    ) -> Result<Fetched, Fault> {
        let mut url = address_of(address)?;
        let mut has_moved = true;
        for _ in 0..=self.redirects {
            let rules = self.rules(&url, robots, world)?;
            if !rules.allows(&url[Position::BeforePath..Position::AfterQuery]) {
                return Err(Fault::lasting("the robots.txt of the site does not allow it"));
            }
            let delay = rules.delay.map(|s| SignedDuration::from_secs(i64::try_from(s).unwrap_or(3_600)));
            let answer = self.get(&url, ask, delay, world)?;
            let Some(next) = redirection(&url, &answer)? else {
                return Ok(Fetched { has_moved: has_moved && url.as_str() != address, url, answer });
            };
            has_moved &= matches!(answer.status, 301 | 308);
            url = next;
        }
        Err(Fault::lasting(format!("it leads elsewhere more than {} times", self.redirects)))
    }

    /// One request, after the pause that its host is due.
    fn get(
        &mut self,
        url: &Url,
        ask: &Ask,
        delay: Option<SignedDuration>,
        world: &mut dyn World,
    ) -> Result<Answer, Fault> {
        let host = url.host_str().unwrap_or_default().to_owned();
        let now = world.now();
        let wait = self.hosts.get(&host).map_or(SignedDuration::ZERO, |next| next.duration_since(now));
        if wait.is_positive() {
            world.wait(Duration::try_from(wait).unwrap_or_default());
        }
        if world.stopped() {
            return Err(Fault::passing("stopped"));
        }
        let answer = self.client.get(url, ask);
        let pause = delay.map_or(self.pause, |delay| delay.max(self.pause));
        self.hosts.insert(host, world.now().saturating_add(pause).unwrap_or(Timestamp::MAX));
        answer
    }

    /// The rules of the site of an address, asked for once a day.
    fn rules(
        &mut self,
        url: &Url,
        known: &mut BTreeMap<String, KnownRobots>,
        world: &mut dyn World,
    ) -> Result<Robots, Fault> {
        let Origin::Tuple(..) = url.origin() else { return Ok(Robots::nothing()) };
        let site = url.origin().ascii_serialization();
        let now = world.now();
        let is_fresh = |k: &&KnownRobots| now.duration_since(k.at) < SignedDuration::from_hours(k.hours);
        if let Some(known) = known.get(&site).filter(is_fresh) {
            return Ok(known.rules.clone());
        }
        let (rules, hours) = self.read_rules(url, world)?;
        known.retain(|_, k| now.duration_since(k.at) < SignedDuration::from_hours(k.hours));
        known.insert(site, KnownRobots { at: now, hours, rules: rules.clone() });
        Ok(rules)
    }

    /// RFC 9309, 2.3.1: none where there is no file, all forbidden where the server fails.
    fn read_rules(&mut self, url: &Url, world: &mut dyn World) -> Result<(Robots, i64), Fault> {
        let mut url = url.join("/robots.txt").map_err(|e| Fault::lasting(e.to_string()))?;
        for _ in 0..=5 {
            let ask = Ask { accept: "text/plain, */*;q=0.5", ..Ask::default() };
            // An address that must not be asked is told as what it is; so is a host that does not answer at all.
            let answer = self.get(&url, &ask, None, world)?;
            if let Some(next) = redirection(&url, &answer)? {
                url = next;
                continue;
            }
            return Ok(match answer.status {
                200..=299 => {
                    let body = answer.body.get(..answer.body.len().min(robots::LARGEST)).unwrap_or_default();
                    (Robots::parse(&String::from_utf8_lossy(body)), HOURS)
                }
                429 | 500.. => (Robots::nothing(), HOURS_UNREAD),
                _ => (Robots::default(), HOURS),
            });
        }
        Ok((Robots::default(), HOURS))
    }
}

/// An address of the web; without what stands behind `#`, which no server hears of.
fn address_of(text: &str) -> Result<Url, Fault> {
    let url =
        Url::parse(text.trim()).map_err(|e| Fault::lasting(format!("\"{text}\" is no address: {e}")))?;
    checked(url)
}

fn checked(mut url: Url) -> Result<Url, Fault> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(Fault::lasting(format!("{url} is no address of the web")));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Fault::lasting("the address holds a name or a password"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Where an answer leads, if it leads elsewhere.
fn redirection(from: &Url, answer: &Answer) -> Result<Option<Url>, Fault> {
    let Some(location) =
        answer.location.as_deref().filter(|_| matches!(answer.status, 301 | 302 | 303 | 307 | 308))
    else {
        return Ok(None);
    };
    let next = from.join(location).map_err(|e| Fault::lasting(format!("it leads to no address: {e}")))?;
    checked(next).map(Some)
}

/// When to try again, by what the server says: seconds or a date, and not later than in a week.
pub(crate) fn retry_after(answer: &Answer, now: Timestamp) -> Option<Timestamp> {
    let said = answer.retry_after.as_deref()?.trim();
    let latest = now.saturating_add(SignedDuration::from_hours(7 * 24)).ok()?;
    let at = match said.parse::<u32>() {
        Ok(seconds) => now.saturating_add(SignedDuration::from_secs(i64::from(seconds))).ok()?,
        Err(_) => jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(said).ok()?,
    };
    Some(at.clamp(now, latest))
}

/// When to try again after so many failures: twice as long each time, a day at most.
pub(crate) fn back_off(now: Timestamp, first: SignedDuration, failures: u32) -> Timestamp {
    let longest = SignedDuration::from_hours(24).max(first);
    let wait = first.saturating_mul(1 << failures.saturating_sub(1).min(12)).min(longest);
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_say_when_to_try_again_in_seconds_or_as_a_date() {
        let now: Timestamp = "2026-03-03T10:00:00Z".parse().expect("a time");
        let at = |said: &str| {
            let answer = Answer { retry_after: Some(said.to_owned()), ..Answer::default() };
            retry_after(&answer, now).map(|t| t.to_string())
        };
        assert_eq!(at("120").as_deref(), Some("2026-03-03T10:02:00Z"));
        assert_eq!(at("Tue, 03 Mar 2026 11:00:00 GMT").as_deref(), Some("2026-03-03T11:00:00Z"));
        assert_eq!(
            at("Mon, 02 Mar 2026 11:00:00 GMT").as_deref(),
            Some("2026-03-03T10:00:00Z"),
            "not in the past"
        );
        assert_eq!(at("4000000000").as_deref(), Some("2026-03-10T10:00:00Z"), "not for ever");
        assert_eq!(at("soon"), None);
    }

    #[test]
    fn each_failure_doubles_the_wait_up_to_a_day() {
        let now: Timestamp = "2026-03-03T10:00:00Z".parse().expect("a time");
        let wait =
            |failures| back_off(now, SignedDuration::from_mins(30), failures).duration_since(now).as_mins();
        assert_eq!([1, 2, 3, 4, 40].map(wait), [30, 60, 120, 240, 1_440]);
    }
}
