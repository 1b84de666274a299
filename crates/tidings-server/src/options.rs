//! What a server is started with.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use tidings::Engine;

/// What a server is started with.
pub struct Options {
    /// The ledger.
    pub ledger: PathBuf,
    /// Address to listen on.
    pub host: IpAddr,
    /// Port to listen on; 0 takes any that is free.
    pub port: u16,
    /// Whoever asks must know this.
    pub token: Option<String>,
    /// Names by which the server may be called beside its address.
    pub names: Vec<String>,
    /// How the ledger may be changed; none: it is only read.
    pub writing: Option<Writing>,
    /// How much of everything.
    pub limits: Limits,
}

impl Options {
    /// For reading on this machine only.
    pub fn new(ledger: PathBuf) -> Self {
        Self {
            ledger,
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            token: None,
            names: Vec::new(),
            writing: None,
            limits: Limits::default(),
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { ledger, host, port, writing, limits, .. } = self;
        write!(f, "Options {{ {ledger:?}, {host}:{port}, write: {}, {limits:?} }}", writing.is_some())
    }
}

/// How the ledger may be changed.
pub struct Writing {
    /// What codes new documents, by the actors and rules of `own`.
    pub engine: Engine,
    /// Actors and rules of the user's own.
    pub own: Own,
    /// Where corrections are saved as rules and actors: in `rules` and `actors` of this folder.
    pub folder: Option<PathBuf>,
}

/// Files of the user's own, each with the name by which it is known.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Files of `docs/actors.md`.
    pub actors: Vec<(String, Vec<u8>)>,
    /// Files of `docs/rules.md`.
    pub rules: Vec<(String, Vec<u8>)>,
}

/// How much of everything; beyond it an error says so.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once that wait for news.
    pub listeners: usize,
    /// Questions that are answered at once.
    pub readers: usize,
    /// How long a question waits for its turn.
    pub queue: Duration,
    /// How long a question may take.
    pub answer: Duration,
    /// How long a client may take to ask, and to take a piece of the answer.
    pub client: Duration,
    /// Bytes of a body.
    pub body: usize,
    /// Bytes of an address with its question.
    pub address: usize,
    /// Rows of an answer.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            listeners: 64,
            readers: std::thread::available_parallelism().map_or(4, |n| n.get() * 2),
            queue: Duration::from_secs(5),
            answer: Duration::from_secs(20),
            client: Duration::from_secs(20),
            body: 2 << 20,
            address: 8 << 10,
            rows: 10_000,
        }
    }
}
