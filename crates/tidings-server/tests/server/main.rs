//! The server as clients meet it: over a socket, with a real ledger.

mod attacks;
mod harness;
mod lists;
mod news;
mod slow;
mod writing;
