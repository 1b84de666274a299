//! The ledger as a whole: what goes in comes out, once, whatever happens.

mod asking;
mod counting;
mod grouping;
mod harness;
mod killing;
mod loading;
mod opening;
mod pages;
mod reviewing;
mod storing;
