//! Asks servers: one request at a time, within limits of size, time and redirects, never at addresses that are not public.

use std::io::Read;
use std::net::SocketAddr;

use ureq::config::Config as AgentConfig;
use ureq::http::{HeaderMap, Response, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};
use url::Url;

use crate::address::special_use;
use crate::config::Manners;

/// What a request says beside its address.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask<'a> {
    pub(crate) etag: Option<&'a str>,
    pub(crate) last_modified: Option<&'a str>,
    pub(crate) accept: &'static str,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where the answer wants us to go.
    pub(crate) location: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    pub(crate) retry_after: Option<String>,
    pub(crate) content_type: Option<String>,
    /// Unpacked.
    pub(crate) body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) what: String,
    /// Whether it may be otherwise another time.
    pub(crate) passes: bool,
}

impl Fault {
    pub(crate) fn lasting(what: impl Into<String>) -> Self {
        Self { what: what.into(), passes: false }
    }

    pub(crate) fn passing(what: impl Into<String>) -> Self {
        Self { what: what.into(), passes: true }
    }
}

/// Looks names up, and gives only addresses that may be asked: the ones that are really connected to.
#[derive(Debug)]
struct Guard {
    inner: DefaultResolver,
    allow_private: bool,
    /// One that may be asked all the same: the server of a test.
    except: Option<SocketAddr>,
}

/// What the guard says through the library.
#[derive(Debug)]
struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &AgentConfig,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        let mut refused = None;
        for address in found.iter() {
            match special_use(address.ip()) {
                Some(what) if !self.allow_private && self.except != Some(*address) => {
                    refused = Some(format!("{} is not public ({what})", address.ip()));
                }
                _ => allowed.push(*address),
            }
        }
        match refused.filter(|_| allowed.is_empty()) {
            Some(refused) => Err(Error::Other(Box::new(Refused(refused)))),
            None => Ok(allowed),
        }
    }
}

/// Asks.
pub(crate) struct Client {
    agent: Agent,
    largest: usize,
}

impl Client {
    /// By these manners; `except` may be asked though it is not public.
    pub(crate) fn new(manners: &Manners, allow_private: bool, except: Option<SocketAddr>) -> Self {
        let timeout = std::time::Duration::try_from(manners.timeout.0).ok();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(timeout)
            .user_agent(manners.user_agent.clone())
            .accept_encoding("gzip")
            .build();
        let guard = Guard { inner: DefaultResolver::default(), allow_private, except };
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        Self { agent, largest: manners.largest_mib.saturating_mul(1 << 20) }
    }

    /// One request, without following where the answer may lead.
    pub(crate) fn get(&self, url: &Url, ask: &Ask) -> Result<Answer, Fault> {
        let mut request = self.agent.get(url.as_str()).header(header::ACCEPT, ask.accept);
        if let Some(etag) = ask.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = ask.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        let response = request.call().map_err(|e| fault(&e))?;
        self.answer(response)
    }

    /// Posts JSON; the status of the answer.
    pub(crate) fn post(&self, url: &Url, json: &str) -> Result<Answer, Fault> {
        let request = self.agent.post(url.as_str()).header(header::CONTENT_TYPE, "application/json");
        let response = request.send(json).map_err(|e| fault(&e))?;
        let (head, _) = response.into_parts();
        Ok(Answer { status: head.status.as_u16(), ..of_head(&head.headers) })
    }

    fn answer(&self, response: Response<Body>) -> Result<Answer, Fault> {
        let (head, body) = response.into_parts();
        let mut answer = Answer { status: head.status.as_u16(), ..of_head(&head.headers) };
        let too_large = || Fault::lasting(format!("the answer is larger than {} MiB", self.largest >> 20));
        if body.content_length().is_some_and(|length| length > self.largest as u64) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        let read = body.into_reader().take(self.largest as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|e| Fault::passing(format!("the answer broke off: {e}")))?;
        let packing = text(&head.headers, header::CONTENT_ENCODING).unwrap_or_default();
        let unpacked = tidings_readers::unpacked_body(&packing, bytes, self.largest);
        let (body, is_whole) = unpacked.ok_or_else(too_large)?;
        if !is_whole {
            return Err(Fault::passing("the answer is packed and damaged"));
        }
        answer.body = body;
        Ok(answer)
    }
}

fn of_head(head: &HeaderMap) -> Answer {
    Answer {
        location: text(head, header::LOCATION),
        etag: text(head, header::ETAG),
        last_modified: text(head, header::LAST_MODIFIED),
        retry_after: text(head, header::RETRY_AFTER),
        content_type: text(head, header::CONTENT_TYPE),
        ..Answer::default()
    }
}

fn text(head: &HeaderMap, name: header::HeaderName) -> Option<String> {
    head.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn fault(error: &Error) -> Fault {
    match error {
        Error::Other(other) if other.is::<Refused>() => {
            Fault::lasting(format!("{other}: it is not asked; hint: allow_private = true permits it"))
        }
        Error::BadUri(_) | Error::Http(_) => Fault::lasting(error.to_string()),
        Error::Timeout(_) => Fault::passing("the server takes too long"),
        error => Fault::passing(error.to_string()),
    }
}
