//! The ledger over HTTP: data, its description, and the page that shows it.
//!
//! ```text
//! connection ─► guard ─► format ─► route ─► desk ─► answer
//!  time and     who may   .json,    which     a ledger, JSON, CSV …
//!  number       ask       .csv …    question  read at   with ETag
//!  limits                                     one moment
//! ```
//!
//! Every page has one address: `/claims` is the page, `/claims.json` and `/claims.csv` are its data, with the same
//! filters behind the question mark. Nothing is written unless [`Options::write`] says so, and nothing is ever fetched
//! from elsewhere.

mod answer;
mod changes;
mod connections;
mod desk;
mod error;
mod filters;
mod format;
mod guard;
mod kept;
mod lessons;
mod lists;
mod options;
mod page;
mod pages;
mod problem;
mod routes;
mod write;

pub use error::Error;
pub use options::{Limits, Options, Own, Writing};
pub use routes::description;

use std::net::SocketAddr;

use desk::Desk;

/// A server that holds its port and does not answer yet.
#[derive(Debug)]
pub struct Server {
    runtime: tokio::runtime::Runtime,
    listener: tokio::net::TcpListener,
    address: SocketAddr,
    desk: Desk,
}

impl Server {
    /// Opens the ledger and takes the port.
    pub fn open(options: Options) -> Result<Self, Error> {
        let limits = options.limits;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .max_blocking_threads(limits.readers + 8)
            .build()
            .map_err(Error::Runtime)?;
        let wanted = SocketAddr::new(options.host, options.port);
        if !options.host.is_loopback() && options.token.is_none() {
            return Err(Error::NoToken(options.host));
        }
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind(wanted))
            .map_err(|error| Error::Port { address: wanted, error })?;
        let address = listener.local_addr().map_err(Error::Runtime)?;
        let desk = Desk::open(options)?;
        Ok(Self { runtime, listener, address, desk })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` says so; what is being answered then is answered to its end.
    pub fn run(self, stop: impl Fn() -> bool + Send + 'static) {
        self.runtime.spawn(changes::look(self.desk.clone()));
        let desk = self.desk.clone();
        self.runtime.spawn_blocking(move || desk.warm());
        let limits = *self.desk.limits();
        let router = routes::router(self.desk);
        self.runtime.block_on(connections::serve(self.listener, router, limits, stop));
        // A question that outlives its limit does not hold up the end.
        self.runtime.shutdown_background();
    }
}
