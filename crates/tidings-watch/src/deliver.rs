//! Alerts on their way: to a file, to an address, into a feed. What cannot be delivered is tried again.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;

use jiff::SignedDuration;
use url::Url;

use crate::atom;
use crate::client::Client;
use crate::config::Manners;
use crate::fetch::{back_off, retry_after};
use crate::state::{Delivery, State, Target, replace};
use crate::{Note, World};

/// The first wait after a failure, and how many failures are too many: with doubling, half a week.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
const MOST_FAILURES: u32 = 14;

/// Delivers.
pub(crate) struct Post {
    public: Client,
    private: Client,
}

impl Post {
    pub(crate) fn new(manners: &Manners, except: Option<SocketAddr>) -> Self {
        Self {
            public: Client::new(manners, manners.allow_private, except),
            private: Client::new(manners, true, None),
        }
    }

    /// Delivers what is due, one after the other; `save` is called after each. How many arrived.
    pub(crate) fn deliver(
        &self,
        state: &mut State,
        world: &mut dyn World,
        save: impl Fn(&State) -> Result<(), String>,
    ) -> Result<usize, String> {
        let mut arrived = 0;
        let mut at = 0;
        while let Some(delivery) = state.outbox.get(at).cloned() {
            let now = world.now();
            if world.stopped() || delivery.next.is_some_and(|next| next > now) {
                at += 1;
                continue;
            }
            match self.one(&delivery, state, world) {
                Ok(()) => {
                    state.outbox.remove(at);
                    arrived += 1;
                }
                Err((what, next)) => {
                    let Some(waiting) = state.outbox.get_mut(at) else { break };
                    waiting.failures += 1;
                    waiting.next = Some(next.unwrap_or_else(|| back_off(now, FIRST_WAIT, waiting.failures)));
                    let is_last = waiting.failures >= MOST_FAILURES;
                    let then = if is_last { "it is given up" } else { "it will be tried again" };
                    world.tell(Note::Warning(format!("alert {}: {what}; {then}", delivery.alert.alert)));
                    if is_last {
                        state.outbox.remove(at);
                    } else {
                        at += 1;
                    }
                }
            }
            save(state)?;
        }
        Ok(arrived)
    }

    /// What went wrong, and when to try again if the server says so.
    fn one(
        &self,
        delivery: &Delivery,
        state: &mut State,
        world: &dyn World,
    ) -> Result<(), (String, Option<jiff::Timestamp>)> {
        let json = serde_json::to_string(&delivery.alert).map_err(|e| (e.to_string(), None))?;
        let in_file =
            |path: &Path, e: io::Error| (format!("{}: cannot be written: {e}", path.display()), None);
        match &delivery.to {
            Target::File(path) => append(path, &json).map_err(|e| in_file(path, e)),
            Target::Feed(path) => {
                let entries = state.entries.entry(path.clone()).or_default();
                entries.retain(|entry| entry.id != delivery.alert.id);
                entries.insert(0, delivery.alert.clone());
                entries.truncate(atom::MOST);
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                replace(path, atom::feed(&name, entries).as_bytes()).map_err(|e| in_file(path, e))
            }
            Target::Webhook { url, private } => {
                let client = if *private { &self.private } else { &self.public };
                let address = Url::parse(url).map_err(|e| (format!("{url}: {e}"), None))?;
                let answer =
                    client.post(&address, &json).map_err(|f| (format!("{url}: {}", f.what), None))?;
                match answer.status {
                    200..=299 => Ok(()),
                    status => {
                        Err((format!("{url}: the server says {status}"), retry_after(&answer, world.now())))
                    }
                }
            }
        }
    }
}

/// Adds a line to a file.
fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.write_all(format!("{line}\n").as_bytes())?;
    file.sync_data()
}
