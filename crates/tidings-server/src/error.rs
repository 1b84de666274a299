//! Why a server does not start.

use std::net::{IpAddr, SocketAddr};

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The ledger cannot be opened.
    #[error(transparent)]
    Ledger(#[from] tidings_ledger::Error),
    /// The port is not to be had.
    #[error(
        "{address}: cannot listen here: {error}\n  hint: is another server running? name another port (--port 0 takes any)"
    )]
    Port {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        error: std::io::Error,
    },
    /// Others could read the ledger.
    #[error(
        "{0}: others than this machine can reach this address, so a token is needed\n  hint: name a file that holds one (--token-file), or leave out --host"
    )]
    NoToken(IpAddr),
    /// The system gives no threads or no socket.
    #[error("the server cannot start: {0}\n  hint: are too many programs running?")]
    Runtime(std::io::Error),
}
