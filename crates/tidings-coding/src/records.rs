//! The records that leave the program, as `SCHEMA.md` of the gold annotations names them.
//!
//! Offsets are Unicode code points of the document's text, end exclusive.

use serde::{Deserialize, Serialize};

/// Words of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// One line of the output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum Record {
    /// First line of each document.
    Document(DocumentRecord),
    /// Part of the page.
    Segment(Segment),
    /// One sentence of the grid.
    Sentence(SentenceRecord),
    /// Somebody or something that takes part.
    Entity(EntityRecord),
    /// Time expression.
    Timex(TimexRecord),
    /// Who did or said what to whom.
    Event(Box<Event>),
    /// Quoted words.
    Quote(QuoteRecord),
    /// Obligation, mandate, sanctions regime, ultimatum.
    Commitment(Commitment),
    /// Stated relation between actors.
    Relation(RelationRecord),
    /// Two spans that cannot both stand.
    Contradiction(Contradiction),
    /// A predicate that was looked at and not coded.
    Skipped(Skipped),
}

/// What is known of the article as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Unique name.
    pub id: String,
    /// Version of the record format.
    pub schema: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// Of the text in UTF-8, hexadecimal.
    pub sha256: String,
    /// Length in code points.
    pub n_chars: usize,
    /// Where it was published.
    pub source_url: Option<String>,
    /// When it was published; `None` if nothing says so.
    pub publication_date: Option<DateRecord>,
    /// What was wrong with the input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningRecord>,
    /// What made the record.
    pub engine: String,
}

/// Something that the reader should know about the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningRecord {
    /// Stable short name.
    pub code: String,
    /// What happened.
    pub message: String,
}

/// A day or an interval with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRecord {
    /// The words; `None` if inferred.
    #[serde(flatten)]
    pub words: Option<Words>,
    /// ISO day, month, year or `a/b`; `None` if vague.
    pub value: Option<String>,
    /// day, week, month, year, approx, interval …
    pub precision: String,
    /// How it was worked out.
    pub basis: String,
}

/// Part of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Unique in the file.
    pub id: String,
    /// headline, standfirst, caption, body …
    pub kind: String,
    /// Where.
    #[serde(flatten)]
    pub words: Words,
    /// Not to be read as news text.
    pub remove: bool,
}

/// One sentence of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceRecord {
    /// `S00`, `S01`, …
    pub id: String,
    /// Where.
    #[serde(flatten)]
    pub words: Words,
}

/// A mention of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// Where.
    #[serde(flatten)]
    pub words: Words,
    /// name, nominal or pronoun.
    pub form: String,
}

/// Somebody or something that takes part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EntityRecord {
    /// Unique in the file; equal for the same known actor in all files.
    pub id: String,
    /// person, org, country, place, group, document.
    pub kind: String,
    /// Resolved name.
    pub name: String,
    /// ISO 3166-1 alpha-3 or a PLOVER code (UNO, EUR, IGO, IMG …).
    pub country: Option<String>,
    /// Number of that state in the Correlates of War's list on the day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cow: Option<u16>,
    /// The same in the list of Gleditsch and Ward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gw: Option<u16>,
    /// PLOVER sectors.
    pub sector: Vec<String>,
    /// Office or function.
    pub role: Option<String>,
    /// Code in the dictionaries of actors that the user brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Forms in this text.
    pub aliases: Vec<String>,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aka: Vec<String>,
    /// Where it is mentioned.
    pub mentions: Vec<MentionRecord>,
    /// An unnamed group.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generic: bool,
    /// Why each field has its value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Reason>,
}

/// Time expression.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimexRecord {
    /// Unique in the file.
    pub id: String,
    /// Where.
    #[serde(flatten)]
    pub words: Words,
    /// ISO day, month, year or `a/b`; `None` if vague.
    pub value: Option<String>,
    /// day, week, month, year, approx, interval …
    pub precision: String,
    /// How it was worked out.
    pub basis: String,
}

/// The sentence that tells an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceRef {
    /// Number of the sentence, from 0.
    pub n: usize,
    /// Where.
    #[serde(flatten)]
    pub words: Words,
}

/// Another sentence that tells the same event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMention {
    /// The sentence.
    #[serde(flatten)]
    pub sentence: SentenceRef,
    /// Its words for the event.
    pub trigger: Vec<Words>,
}

/// One who acts, is acted upon, or is spoken of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActorRef {
    /// Id of its entity record.
    pub entity: String,
    /// Resolved name.
    pub name: String,
    /// Country code.
    pub country: Option<String>,
    /// PLOVER sectors.
    pub sector: Vec<String>,
    /// Office or function.
    pub role: Option<String>,
    /// Code in the dictionaries of actors that the user brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The words in this sentence or of the antecedent.
    pub text: Option<String>,
    /// First code point of the words.
    pub start: Option<usize>,
    /// One past their last code point.
    pub end: Option<usize>,
    /// name, coref, antecedent, implicit or classifier.
    pub resolved_by: String,
    /// Part in a commitment (obliged, overseer, issuer, beneficiary).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// The PLOVER coding of an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plover {
    /// One of the 16 types, or NONE.
    pub event: String,
    /// Modes.
    pub mode: Vec<String>,
    /// Contexts.
    pub context: Vec<String>,
    /// Quad class, 0 to 4.
    pub quad: u8,
    /// Its name.
    pub quad_label: String,
    /// PLOVER score of the mode or type, -10 to 10.
    pub score: Option<f64>,
}

/// One link of the chain of who says so, from the outlet inwards.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AttributionRef {
    /// 0 = the outlet; equal levels speak jointly.
    pub level: u8,
    /// Entity id, or `outlet`.
    pub by: String,
    /// Name of the speaker.
    pub name: Option<String>,
    /// Country of the speaker.
    pub country: Option<String>,
    /// Words that name the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Words>,
    /// Verb of saying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verb: Option<Words>,
    /// own_voice, direct, indirect, mixed, implied.
    pub kind: String,
    /// Rumours, "reports", "critics".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unnamed: bool,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Words>,
}

/// Where an event took place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlaceRef {
    /// Resolved name.
    pub name: String,
    /// Country code.
    pub country: Option<String>,
    /// The words.
    #[serde(flatten)]
    pub words: Option<Words>,
    /// GeoNames id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
    /// The administrative division of the first order that it is or lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin1: Option<String>,
    /// GeoNames code of that division: "US.TX".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin1_code: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// site, city, district, region, country.
    pub precision: String,
    /// Not in this sentence.
    pub implicit: bool,
}

/// From one record to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// about, same_as, part_of, cause, response_to, topic_of, contradiction …
    pub rel: String,
    /// Id of the other record.
    pub id: String,
}

/// The dead and the injured that the text counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Casualties {
    /// Killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed: Option<u64>,
    /// Injured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injured: Option<u64>,
}

/// Why a field has its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Name of the field.
    pub field: String,
    /// Rule, table entry or model head.
    pub rule: String,
    /// The words that fired it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Words>,
    /// What the head or rule gives the value, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// What else it might be, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
}

/// Another value that a field might have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The value.
    pub value: String,
    /// 0 to 1.
    pub score: f32,
}

/// Who did or said what to whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Unique in the file.
    pub id: String,
    /// Id of the document.
    pub doc: String,
    /// action, speech_act, comment, state.
    pub kind: String,
    /// core, secondary, optional.
    pub tier: String,
    /// The most informative sentence.
    pub sentence: SentenceRef,
    /// The words for the act.
    pub trigger: Vec<Words>,
    /// Other sentences that tell it.
    pub mentions: Vec<EventMention>,
    /// Who acts.
    pub source: Vec<ActorRef>,
    /// Who is acted upon.
    pub target: Vec<ActorRef>,
    /// All parties are sources.
    pub reciprocal: bool,
    /// Whom or what it is about.
    pub about: Vec<ActorRef>,
    /// PLOVER coding.
    pub plover: Plover,
    /// CAMEO equivalent.
    pub cameo: Option<String>,
    /// Code in the dictionary of verbs that the user brought; of "032:033" the second is the act back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Goldstein weight of the CAMEO code.
    pub goldstein: Option<f64>,
    /// asserted, alleged, conditional, hypothetical, planned, denied, negated.
    pub status: String,
    /// The words of the condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Words>,
    /// attempted or failed; absent = done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion: Option<String>,
    /// Chain of who says so.
    pub attribution: Vec<AttributionRef>,
    /// When.
    pub date: Option<DateRecord>,
    /// Where.
    pub place: Option<PlaceRef>,
    /// The dead and the injured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub casualties: Option<Casualties>,
    /// To other records.
    pub links: Vec<Link>,
    /// Probability that the record is right as a whole, 0 to 1.
    pub confidence: f32,
    /// Why each field has its value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Reason>,
}

/// Quoted words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QuoteRecord {
    /// Unique in the file.
    pub id: String,
    /// Between the marks.
    #[serde(flatten)]
    pub words: Words,
    /// full, fragment, duplicate.
    pub kind: String,
    /// Block quotation without marks.
    pub block: bool,
    /// Entity id of the speaker.
    pub speaker: Option<String>,
    /// Name of the speaker.
    pub speaker_name: Option<String>,
    /// Office of the speaker.
    pub speaker_role: Option<String>,
    /// Country of the speaker.
    pub speaker_country: Option<String>,
    /// Words that name the speaker.
    pub speaker_span: Option<Words>,
    /// Verb of saying.
    pub cue: Option<Words>,
    /// Events told inside.
    pub events: Vec<String>,
    /// Why each field has its value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Reason>,
}

/// Long-lived fact: obligation, mandate, sanctions regime, ultimatum.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Unique in the file.
    pub id: String,
    /// Where it is told.
    pub sentence: SentenceRef,
    /// Who is bound, who oversees, who issued it, whom it serves (`part`).
    pub parties: Vec<ActorRef>,
    /// What is to be done.
    pub obligation: String,
    /// The document that says so.
    pub instrument: Option<String>,
    /// When it was entered.
    pub date: Option<DateRecord>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DateRecord>,
    /// What would break it.
    pub violation_condition: Option<String>,
    /// In force, violated, ended … in words.
    pub status: String,
    /// On whose word.
    pub attribution: Option<String>,
    /// The words.
    pub spans: Vec<Words>,
    /// Why each field has its value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Reason>,
}

/// Stated relation between actors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RelationRecord {
    /// Unique in the file.
    pub id: String,
    /// Where it is told.
    pub sentence: SentenceRef,
    /// Its words.
    pub trigger: Vec<Words>,
    /// ally, partner, rapprochement, tension, rival, adversary, member_of, leads, represents, family.
    #[serde(rename = "type")]
    pub kind: String,
    /// From `a` to `b`.
    pub directed: bool,
    /// One side.
    pub a: Vec<ActorRef>,
    /// The other side.
    pub b: Vec<ActorRef>,
    /// As for events.
    pub status: String,
    /// On whose word.
    pub attribution: Option<String>,
    /// Why each field has its value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Reason>,
}

/// Two spans of the article that cannot both stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contradiction {
    /// Unique in the file.
    pub id: String,
    /// factual, conflicting_accounts, modality, naming.
    pub kind: String,
    /// What they disagree on.
    pub attribute: String,
    /// One side.
    pub a: Words,
    /// The other side.
    pub b: Words,
    /// In words, for people.
    pub explanation: String,
    /// What governs, if anything does.
    pub resolution: String,
    /// Ids of the events concerned.
    pub events: Vec<String>,
    /// Why each field has its value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Reason>,
}

/// A predicate with actors, or a listed word, that was looked at and not coded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Unique in the file.
    pub id: String,
    /// Number of the sentence, from 0.
    pub n: usize,
    /// The word.
    #[serde(flatten)]
    pub words: Words,
    /// Why not.
    pub reason: String,
}

/// All that was found in one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// In the order of SCHEMA.md; the document first, what was not coded last.
    pub records: Vec<Record>,
}

impl Report {
    /// The events, in text order.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.records.iter().filter_map(|r| if let Record::Event(e) = r { Some(&**e) } else { None })
    }

    /// What was looked at and not coded, in text order.
    pub fn skipped(&self) -> impl Iterator<Item = &Skipped> {
        self.records.iter().filter_map(|r| if let Record::Skipped(s) = r { Some(s) } else { None })
    }

    /// Takes away the reasons, and what was not coded: they are longer than all the rest.
    pub fn drop_trail(&mut self) {
        self.records.retain(|r| !matches!(r, Record::Skipped(_)));
        for record in &mut self.records {
            match record {
                Record::Entity(entity) => entity.trail.clear(),
                Record::Event(event) => event.trail.clear(),
                Record::Quote(quote) => quote.trail.clear(),
                Record::Commitment(commitment) => commitment.trail.clear(),
                Record::Relation(relation) => relation.trail.clear(),
                Record::Contradiction(contradiction) => contradiction.trail.clear(),
                Record::Document(_)
                | Record::Segment(_)
                | Record::Sentence(_)
                | Record::Timex(_)
                | Record::Skipped(_) => {}
            }
        }
    }
}
