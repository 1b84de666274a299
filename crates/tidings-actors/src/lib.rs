//! Who is it? Names, titles and role nouns to actors with country, PLOVER sectors and role.
//!
//! ```
//! use tidings_actors::Knowledge;
//! assert_eq!(Knowledge::embedded().country_of_adjective("Norwegian"), Some("NOR"));
//! ```
//!
//! Everything known lies in the tables of `data/actors` and `data/places`; the rules here say how the words of a
//! noun phrase point into them. Names match whatever their case, accents and punctuation ("U.S.", "US").

mod additions;
mod alternatives;
mod codes;
mod compound;
mod fold;
mod knowledge;
#[allow(dead_code, reason = "build.rs writes what is only read here")]
mod layout;
mod named;
mod officials;
mod own_codes;
mod persons;
mod petrarch;
mod phrase;
mod places;
mod resolve;
mod roles;
mod tables;
mod user_file;

pub use additions::{ActorTest, Additions, Fault, LARGEST_FILE};
pub use codes::StateCodes;
pub use fold::fold;
pub use knowledge::Knowledge;
pub use petrarch::read_code;

/// What sort of thing an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActorKind {
    /// One human being.
    Person,
    /// A body with a name or a place in a state: ministry, army, party, company.
    Organization,
    /// A state, also where its capital or seat of power is named for it.
    Country,
    /// A toponym that stands for no state.
    Place,
    /// Several people: "soldiers", "protesters", "the Turks".
    Group,
}

/// What the name tagger takes a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKindHint {
    /// A human being.
    Person,
    /// A body.
    Organization,
    /// A state, city, river.
    Location,
    /// A nationality, religion or political group.
    Norp,
    /// A building, base, bridge.
    Facility,
    /// Anything else.
    Other,
}

/// One word of a mention.
#[derive(Clone, Copy, Debug)]
pub struct MentionWord<'a> {
    /// As it stands in the text.
    pub form: &'a str,
    /// Dictionary form.
    pub lemma: &'a str,
    /// Universal part of speech: "NOUN", "PROPN", …
    pub upos: &'a str,
    /// Whether it heads the mention.
    pub is_head: bool,
    /// The kind of the name it belongs to.
    pub part_of_name: Option<NameKindHint>,
    /// Whether it only explains the phrase (an apposition, "in Norland") and is no part of what it is called.
    pub outside: bool,
}

/// A noun phrase, appositions included, of which is asked who it is.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'a> {
    /// The words of the phrase proper.
    pub text: &'a str,
    /// Lemma of its head.
    pub head_lemma: &'a str,
    /// Kind of the name that heads it, if a name does.
    pub kind: Option<NameKindHint>,
    /// Its words and those of its appositions, in order.
    pub words: &'a [MentionWord<'a>],
    /// When the text speaks: who held an office depends on it.
    pub date: Option<jiff::civil::Date>,
}

/// Who a mention is.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Stable: Wikidata item where the sources give one, ISO 3166-1 alpha-3 for states, else country and name.
    pub id: String,
    /// "Russia", "Ada Stern", "Turkish foreign ministry"; unnamed groups keep their words.
    pub name: String,
    /// What sort of thing.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3, or a PLOVER code of those above states: UNO, EUR, IGO, NGO, IMG, MNC.
    pub country: Option<String>,
    /// PLOVER sectors, the main one first.
    pub sectors: Vec<String>,
    /// "foreign minister", "spokeswoman for the army".
    pub role: Option<String>,
    /// Code in the dictionaries of a user, where these name somebody in the phrase: "NORGOVMED".
    pub code: Option<String>,
    /// Other names.
    pub aka: Vec<String>,
    /// Unnamed: "soldiers", "protesters".
    pub generic: bool,
    /// How the answer was found, and what else it could be.
    pub how: String,
    /// How sure the answer is, 0 to 1.
    pub score: f32,
}
