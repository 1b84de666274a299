//! An event while it is being worked out: indices instead of names, spans in bytes.

use tidings_ontology::EventType;
use tidings_places::Entry;
use tidings_text::Span;

/// How sure the text is that it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It says so, or a competent source does in a plain way.
    #[default]
    Asserted,
    /// Claimed by someone, unconfirmed or hedged.
    Alleged,
    /// Hangs on an "if".
    Conditional,
    /// Imagined, possible, inside an "if".
    Hypothetical,
    /// Announced, scheduled, proposed, not yet done.
    Planned,
    /// Somebody says it is not so.
    Denied,
    /// The text says it did not happen.
    Negated,
}

impl Status {
    /// As records write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Alleged => "alleged",
            Status::Conditional => "conditional",
            Status::Hypothetical => "hypothetical",
            Status::Planned => "planned",
            Status::Denied => "denied",
            Status::Negated => "negated",
        }
    }
}

/// One actor in a slot of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Index into `Article::entities`.
    pub entity: usize,
    /// The words, here or of the antecedent; empty if nowhere said.
    pub span: Span,
    /// name, coref, antecedent, implicit, classifier.
    pub resolved_by: &'static str,
}

/// Who says so, one link of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// 1 = the one whom the outlet quotes, 2 = the one whom that one quotes.
    pub level: u8,
    /// Index into `Article::entities`; `None` for unnamed voices.
    pub entity: Option<usize>,
    /// Words that name the speaker.
    pub who: Option<Span>,
    /// Verb of saying.
    pub verb: Option<Span>,
    /// direct, indirect, mixed, implied.
    pub kind: &'static str,
    /// What was said.
    pub content: Option<Span>,
}

/// A link to another draft, by its index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLink {
    /// about, same_as, cause …
    pub rel: &'static str,
    /// Index of the other draft.
    pub to: usize,
}

/// Why a field has its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Name of the field.
    pub field: &'static str,
    /// Rule, table entry or model head.
    pub rule: String,
    /// The words that fired it.
    pub span: Option<Span>,
}

/// What the classifier of acts says of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// The draft's type, as the classifier's annotators would have called it.
    pub event: EventType,
    /// Its chance.
    pub chance: f32,
    /// What else it might be.
    pub others: Vec<(EventType, f32)>,
}

/// An event while it is being worked out.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Number of the sentence that tells it best.
    pub sentence: usize,
    /// The predicate.
    pub predicate: usize,
    /// Words of the trigger in that sentence.
    pub trigger: Vec<usize>,
    /// Other sentences that tell it, with their trigger words.
    pub mentions: Vec<(usize, Vec<usize>)>,
    /// Who acts.
    pub source: Vec<Party>,
    /// Who is acted upon.
    pub target: Vec<Party>,
    /// Whom or what it is about.
    pub about: Vec<Party>,
    /// All parties are sources.
    pub reciprocal: bool,
    /// PLOVER type.
    pub event: EventType,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// PLOVER contexts, sorted.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Code of the user's dictionary.
    pub code: Option<String>,
    /// action, speech_act, comment, state.
    pub kind: &'static str,
    /// core, secondary, optional.
    pub tier: &'static str,
    /// How sure.
    pub status: Status,
    /// Whether a word above the act has a say in its status: "avoid", "denied", "a plan to".
    pub governed: bool,
    /// Words of the condition.
    pub condition: Option<Span>,
    /// attempted, failed.
    pub completion: Option<&'static str>,
    /// Who says so, besides the outlet.
    pub speakers: Vec<Speaker>,
    /// Index into `Article::timexes`, and whether it stands in another sentence.
    pub date: Option<When>,
    /// Index into `Article::mentions` or a resolved place.
    pub place: Option<Where>,
    /// Killed and injured.
    pub casualties: (Option<u64>, Option<u64>),
    /// To other drafts.
    pub links: Vec<DraftLink>,
    /// 0 to 1.
    pub confidence: f32,
    /// Why.
    pub trail: Vec<Why>,
    /// What the classifier says.
    pub opinion: Option<Opinion>,
}

impl Draft {
    /// Who acts and who is acted upon.
    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        self.source.iter().chain(&self.target)
    }
}

/// When an event took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// Index into `Article::timexes`; `None` if taken from elsewhere.
    pub timex: Option<usize>,
    /// ISO value; `None` if vague.
    pub value: Option<String>,
    /// day, week, month …
    pub precision: String,
    /// How it was worked out.
    pub basis: String,
}

/// Where an event took place.
#[derive(Clone, Debug, PartialEq)]
pub struct Where {
    /// The words; `None` if not said.
    pub span: Option<Span>,
    /// Resolved name.
    pub name: String,
    /// Country code.
    pub country: Option<String>,
    /// The place in the gazetteer.
    pub entry: Option<Entry>,
    /// site, city, district, region, country.
    pub precision: &'static str,
    /// Not in this sentence.
    pub implicit: bool,
}
