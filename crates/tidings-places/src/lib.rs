//! Where is it? Toponyms to GeoNames entries with precision, coordinates, country and division.
//!
//! ```
//! use tidings_places::{Setting, Toponym, resolve};
//! let toponym = Toponym { name: "Paris", before: "A court in ", after: ", Texas, ruled", sentence: 0 };
//! let place = resolve(&[toponym], &Setting::default()).remove(0).expect("known");
//! assert_eq!(place.entry.first_division().map(|d| d.name()), Some("Texas"));
//! ```
//!
//! The tables of `data/places` are compiled by `build.rs` into the form that `layout.rs` describes and read in place.
//! A name has candidates ([`Gazetteer`]); a log-linear ranking ([`features`], [`weights`]) chooses among them, all names
//! of a document together ([`resolve()`]).

mod entry;
pub mod features;
mod gazetteer;
mod kind_words;
mod layout;
mod recognise;
mod resolve;
mod spellings;
mod toponym;
pub mod weights;

pub use entry::{Entry, distance};
pub use gazetteer::{Candidate, Gazetteer, Way};
pub use kind_words::Order;
pub use layout::{KINDS, Kind};
pub use recognise::{Found, Role, places};
pub use resolve::{Group, Resolved, Setting, groups, resolve};
pub use toponym::Toponym;
