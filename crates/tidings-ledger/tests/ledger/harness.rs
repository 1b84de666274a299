//! Articles made by hand: the records that the engine would give, without the engine.

use std::path::PathBuf;

use jiff::Timestamp;
use tempfile::TempDir;
use tidings_coding::Report;
use tidings_coding::records::{
    ActorRef, AttributionRef, Casualties, DateRecord, DocumentRecord, EntityRecord, Event, MentionRecord,
    PlaceRef, Plover, Record, SentenceRef, Words,
};
use tidings_document::Document;
use tidings_ledger::{Added, Article, Ledger};

/// A folder with a ledger that goes when the test ends.
pub struct Desk {
    folder: TempDir,
    pub ledger: Ledger,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let ledger = Ledger::create(&folder.path().join("news.db")).expect("made");
        Self { folder, ledger }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("news.db")
    }

    /// Another eye on the file.
    pub fn query<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        let connection = rusqlite::Connection::open(self.path()).expect("opens");
        connection.query_row(sql, [], |row| row.get(0)).expect("answers")
    }

    pub fn add(&mut self, story: &Story) -> Added {
        story.add_to(&mut self.ledger, 0)
    }
}

/// An article in the making.
#[derive(Clone, Default)]
pub struct Story {
    pub document: Document,
    head: DocumentRecord,
    events: Vec<Event>,
    others: Vec<Record>,
}

pub fn story(name: &str, text: &str) -> Story {
    let document = Document { id: name.to_owned(), ..Document::of_body(text) };
    let head = DocumentRecord {
        id: name.to_owned(),
        schema: "tidings-1.0".to_owned(),
        language: "en".to_owned(),
        sha256: sha256(text),
        n_chars: text.chars().count(),
        engine: "tidings 0.1.0".to_owned(),
        ..DocumentRecord::default()
    };
    Story { document, head, ..Story::default() }
}

fn sha256(text: &str) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

impl Story {
    pub fn by(mut self, outlet: &str, day: &str) -> Self {
        self.head.outlet = Some(outlet.to_owned());
        self.head.publication_date = Some(date(day));
        self
    }

    pub fn title(mut self, title: &str) -> Self {
        self.head.title = Some(title.to_owned());
        self
    }

    pub fn engine(mut self, engine: &str) -> Self {
        self.head.engine = engine.to_owned();
        self
    }

    /// An event whose first trigger word is `trigger`; `what` changes its other fields.
    pub fn event(
        mut self,
        kind: &str,
        trigger: &str,
        parties: [&str; 2],
        what: impl FnOnce(&mut Event),
    ) -> Self {
        let (ontology, quad) = (kind, quad(kind));
        let [source, target] = parties.map(|p| if p.is_empty() { Vec::new() } else { vec![actor(p)] });
        let mut event = Event {
            id: format!("E{:02}", self.events.len() + 1),
            doc: self.head.id.clone(),
            kind: "action".to_owned(),
            tier: "core".to_owned(),
            sentence: SentenceRef { n: 0, words: self.sentence_of(trigger) },
            trigger: vec![self.words(trigger)],
            source,
            target,
            plover: Plover { event: ontology.to_owned(), quad, score: Some(-2.5), ..Plover::default() },
            status: "asserted".to_owned(),
            attribution: vec![AttributionRef {
                by: "outlet".to_owned(),
                kind: "own_voice".to_owned(),
                ..Default::default()
            }],
            date: self.head.publication_date.clone(),
            confidence: 0.9,
            ..Event::default()
        };
        what(&mut event);
        self.events.push(event);
        self
    }

    pub fn record(mut self, record: Record) -> Self {
        self.others.push(record);
        self
    }

    pub fn words(&self, text: &str) -> Words {
        let at = self.document.text.find(text).unwrap_or_else(|| panic!("`{text}` is not in the story"));
        let start = self.document.text[..at].chars().count();
        Words { start, end: start + text.chars().count(), text: text.to_owned() }
    }

    fn sentence_of(&self, word: &str) -> Words {
        let sentence =
            self.document.text.split_inclusive(". ").find(|s| s.contains(word)).expect("a sentence");
        self.words(sentence.trim_end())
    }

    pub fn report(&self) -> Report {
        let entities: std::collections::BTreeMap<String, EntityRecord> = self
            .events
            .iter()
            .flat_map(|e| e.source.iter().chain(&e.target).chain(&e.about))
            .map(|a| (a.entity.clone(), entity(a)))
            .collect();
        let mut records = vec![Record::Document(self.head.clone())];
        records.extend(entities.into_values().map(Record::Entity));
        records.extend(self.events.iter().cloned().map(|e| Record::Event(Box::new(e))));
        records.extend(self.others.iter().cloned());
        Report { records }
    }

    /// Stores it so many seconds after the beginning of time.
    pub fn add_to(&self, ledger: &mut Ledger, second: i64) -> Added {
        let at = Timestamp::from_second(second).expect("time");
        ledger.add(&Article { document: &self.document, report: &self.report(), at }).expect("stored")
    }
}

fn quad(kind: &str) -> u8 {
    match kind {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        "NONE" => 0,
        _ => 4,
    }
}

/// `NOR` is a country, `NOR-police` a body of it, `Q1` somebody else.
pub fn actor(entity: &str) -> ActorRef {
    let country = entity.get(..3).filter(|c| c.chars().all(|c| c.is_ascii_uppercase()));
    ActorRef {
        entity: entity.to_owned(),
        name: entity.to_owned(),
        country: country.map(str::to_owned),
        sector: if entity.len() == 3 { vec!["GOV".to_owned()] } else { Vec::new() },
        resolved_by: "name".to_owned(),
        ..ActorRef::default()
    }
}

fn entity(actor: &ActorRef) -> EntityRecord {
    EntityRecord {
        id: actor.entity.clone(),
        kind: if actor.entity.len() == 3 { "country" } else { "org" }.to_owned(),
        name: actor.name.clone(),
        country: actor.country.clone(),
        sector: actor.sector.clone(),
        mentions: vec![MentionRecord { words: Words::default(), form: "name".to_owned() }],
        ..EntityRecord::default()
    }
}

pub fn date(day: &str) -> DateRecord {
    DateRecord {
        words: None,
        value: Some(day.to_owned()),
        precision: "day".to_owned(),
        basis: "test".to_owned(),
    }
}

pub fn place(name: &str, country: &str, geonames: u32) -> PlaceRef {
    PlaceRef {
        name: name.to_owned(),
        country: Some(country.to_owned()),
        geonames: Some(geonames),
        precision: "city".to_owned(),
        ..PlaceRef::default()
    }
}

pub fn killed(number: u64) -> Casualties {
    Casualties { killed: Some(number), injured: None }
}
