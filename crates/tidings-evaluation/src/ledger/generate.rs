//! A made-up world: 200 countries, 100,000 actors, 20,000 places, 2,500 outlets, twenty years. What is frequent is
//! very frequent, as in the news: the n-th of its kind appears about 1/n as often as the first (Zipf).

use jiff::Span;
use jiff::civil::{Date, date};
use tidings_coding::Report;
use tidings_coding::records::{
    ActorRef, AttributionRef, DateRecord, DocumentRecord, EntityRecord, Event, MentionRecord, PlaceRef,
    Plover, Record, SentenceRecord, SentenceRef, Words,
};
use tidings_document::Document;
use tidings_ledger::{Foreign, Party, Place};

const FIRST: Date = date(2005, 1, 1);
const DAYS: u64 = 7_305;
pub const COUNTRIES: u64 = 200;
pub const ACTORS: u64 = 500;
pub const PLACES: u64 = 20_000;
pub const OUTLETS: u64 = 2_500;
pub const WORDS: u64 = 30_000;
const REPORTS_A_DOCUMENT: u64 = 5;

/// Types with their quad class, score and weight.
const TYPES: [(&str, u8, f64, u64); 16] = [
    ("CONSULT", 1, 1.0, 26),
    ("SUPPORT", 1, 3.0, 9),
    ("AGREE", 1, 3.0, 6),
    ("CONCEDE", 1, 5.0, 3),
    ("COOPERATE", 2, 6.0, 6),
    ("AID", 2, 7.0, 4),
    ("RETREAT", 2, 7.0, 2),
    ("REQUEST", 3, -1.0, 5),
    ("ACCUSE", 3, -2.0, 12),
    ("REJECT", 3, -4.0, 4),
    ("THREATEN", 3, -4.5, 3),
    ("PROTEST", 4, -6.5, 3),
    ("SANCTION", 4, -6.0, 2),
    ("MOBILIZE", 4, -7.0, 3),
    ("COERCE", 4, -7.5, 5),
    ("ASSAULT", 4, -9.5, 7),
];

const STATUSES: [(&str, u64); 7] = [
    ("asserted", 70),
    ("alleged", 14),
    ("planned", 6),
    ("denied", 4),
    ("conditional", 3),
    ("hypothetical", 2),
    ("negated", 1),
];

/// Numbers that look thrown and are the same on every machine (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of a thing: its numbers depend on nothing else.
    pub fn of(kind: u64, number: usize) -> Self {
        Self(kind.wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ number as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The n-th of so many, about 1/n as often as the first.
    pub fn rank(&mut self, count: u64) -> u64 {
        ((count as f64 + 1.0).powf(self.unit()) as u64 - 1).min(count - 1)
    }

    fn weighted<T: Copy>(&mut self, table: &[T], weight: impl Fn(T) -> u64) -> Option<T> {
        let mut left = self.below(table.iter().map(|t| weight(*t)).sum());
        table.iter().copied().find(|t| {
            let here = left < weight(*t);
            left = left.saturating_sub(weight(*t));
            here
        })
    }
}

/// Code of a country; the first two are those of the heavy questions.
pub fn country(rank: u64) -> String {
    match rank {
        0 => "USA".to_owned(),
        1 => "CHN".to_owned(),
        _ => format!("X{}", spelt(rank, 2).to_uppercase()),
    }
}

/// A number in letters.
fn spelt(number: u64, length: usize) -> String {
    let mut left = number;
    let mut letters = Vec::new();
    while letters.len() < length || left > 0 {
        letters.push(char::from(b'a' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.into_iter().rev().collect()
}

/// A word that can be spoken; each number has its own.
pub fn word(number: u64) -> String {
    let syllable = |n: u64| {
        let (consonant, vowel) = (b"bdfgklmnprstvz"[(n % 14) as usize], b"aeiou"[(n / 14 % 5) as usize]);
        [char::from(consonant), char::from(vowel)]
    };
    [number / 4_900 % 70, number / 70 % 70, number % 70].into_iter().flat_map(syllable).collect()
}

/// Id and name of an actor of a country; the first is the country itself.
pub fn actor(country: &str, rank: u64) -> (String, String) {
    if rank == 0 {
        return (country.to_owned(), format!("Republic of {country}"));
    }
    let name = format!("{} {} {country}", word(rank * 37 % WORDS), word(rank * 101 % WORDS));
    (format!("{country}-{}", spelt(rank, 3)), name)
}

pub fn outlet(rank: u64) -> String {
    format!("The {} Post {rank}", word(rank * 7 % WORDS))
}

pub fn place(rank: u64) -> (String, String) {
    (format!("{}ville", word(rank)), country(rank % COUNTRIES))
}

/// A world with so many events.
#[derive(Clone, Debug)]
pub struct World {
    pub events: usize,
}

/// What happens.
struct Happening {
    kind: (&'static str, u8, f64, u64),
    status: &'static str,
    sides: [Option<(String, String, String)>; 2],
    day: Date,
    published: Date,
    place: Option<u64>,
}

impl World {
    pub fn new(events: usize) -> Self {
        Self { events }
    }

    /// The day on which a document of so large a share of all comes out: more and more as time goes on.
    pub fn day(&self, number: usize) -> Date {
        let passed = (number as f64 / self.events.max(1) as f64).min(1.0).sqrt() * DAYS as f64;
        after(FIRST, passed as u64)
    }

    fn happening(&self, dice: &mut Dice, published: Date) -> Happening {
        let kind = dice.weighted(&TYPES, |t| t.3).unwrap_or(TYPES[0]);
        let status = dice.weighted(&STATUSES, |s| s.1).map_or("asserted", |s| s.0);
        let side = |dice: &mut Dice, of_100: u64| {
            (dice.below(100) < of_100).then(|| {
                let country = country(dice.rank(COUNTRIES));
                let (entity, name) = actor(&country, dice.rank(ACTORS));
                (entity, name, country)
            })
        };
        let sides = [side(dice, 92), side(dice, 72)];
        let earlier = dice.rank(30);
        let day =
            published.checked_sub(Span::new().days(i64::try_from(earlier).unwrap_or(0))).unwrap_or(published);
        let place = (dice.below(100) < 70).then(|| dice.rank(PLACES));
        Happening { kind, status, sides, day, published, place }
    }

    /// A row of another table.
    pub fn row(&self, number: usize) -> Foreign {
        let mut dice = Dice::of(1, number);
        let document = number as u64 / REPORTS_A_DOCUMENT;
        let happening = self.happening(&mut dice, self.day(number));
        let mut of_document = Dice::of(2, document as usize);
        let outlet = outlet(of_document.rank(OUTLETS));
        let title: Vec<String> = (0..8).map(|_| word(of_document.rank(WORDS))).collect();
        let reports = dice.rank(30) / 6 + 1;
        let Happening { kind, status, sides: [source, target], day, published, place: at } = happening;
        let party = |side: (String, String, String)| Party {
            entity: side.0,
            name: side.1,
            country: Some(side.2),
            sector: "GOV".to_owned(),
        };
        Foreign {
            origin: "made".to_owned(),
            id: number.to_string(),
            date: Some(day),
            published: Some(published),
            url: Some(format!("https://{}.example/{document}", outlet.len())),
            title: Some(title.join(" ")),
            outlet: Some(outlet),
            source: source.map(party),
            target: target.map(party),
            event_type: kind.0.to_owned(),
            quad_class: kind.1,
            plover_score: Some(kind.2),
            status: status.to_owned(),
            place: at.map(|rank| {
                let (name, country) = place(rank);
                Place {
                    name,
                    country: Some(country),
                    geonames: u32::try_from(rank + 1).ok(),
                    latitude: Some((rank * 7_919 % 12_000) as f64 / 100.0 - 60.0),
                    longitude: Some((rank * 104_729 % 36_000) as f64 / 100.0 - 180.0),
                    precision: "city".to_owned(),
                    ..Place::default()
                }
            }),
            n_reports: u32::try_from(reports).unwrap_or(1),
            n_outlets: u32::try_from(reports).unwrap_or(1).min(3),
            record: format!("{{\"row\":{number}}}"),
            ..Foreign::default()
        }
    }

    /// A coded article with five reports. Two of three tell news that others tell on the same day, in their own words.
    pub fn coded(&self, number: usize) -> (Document, Report) {
        let mut dice = Dice::of(3, number);
        let (day, outlet) = (self.day(self.events), outlet(dice.rank(OUTLETS)));
        let mut text = String::new();
        let mut sentences = Vec::new();
        for told in 0..REPORTS_A_DOCUMENT as usize {
            let news = if number.is_multiple_of(3) { number * 31 + told } else { number / 6 * 7 + told };
            let mut words: Vec<String> = (0..12).map(|_| word(dice.rank(WORDS))).collect();
            words.insert(6, word(news as u64 % WORDS));
            let (start, sentence) = (text.len(), format!("{} {number}.", words.join(" ")));
            text.push_str(&sentence);
            text.push(' ');
            sentences.push((news, Words { start, end: start + sentence.len(), text: sentence }));
        }
        let document = Document { id: format!("made-{number}"), ..Document::of_body(&text) };
        let head = DocumentRecord {
            id: document.id.clone(),
            schema: "tidings-1.0".to_owned(),
            language: "en".to_owned(),
            sha256: format!("{:016x}{:048x}", Dice::of(4, number).next(), number),
            n_chars: text.len(),
            engine: "made".to_owned(),
            outlet: Some(outlet),
            publication_date: Some(day_record(day)),
            ..DocumentRecord::default()
        };
        let mut records = vec![Record::Document(head)];
        let mut events = Vec::new();
        for (n, (news, words)) in sentences.into_iter().enumerate() {
            let happening = self.happening(&mut Dice::of(5, news), day);
            records.push(Record::Sentence(SentenceRecord { id: format!("S{n:02}"), words: words.clone() }));
            events.push(event(n, &document.id, &happening, words));
        }
        records.extend(entities(&events).into_iter().map(Record::Entity));
        records.extend(events.into_iter().map(|e| Record::Event(Box::new(e))));
        (document, Report { records })
    }
}

fn after(day: Date, days: u64) -> Date {
    day.checked_add(Span::new().days(i64::try_from(days).unwrap_or(0))).unwrap_or(day)
}

fn day_record(day: Date) -> DateRecord {
    DateRecord {
        words: None,
        value: Some(day.to_string()),
        precision: "day".to_owned(),
        basis: "made".to_owned(),
    }
}

fn event(n: usize, doc: &str, happening: &Happening, words: Words) -> Event {
    let party = |side: &Option<(String, String, String)>| -> Vec<ActorRef> {
        let one = side.as_ref().map(|(entity, name, country)| ActorRef {
            entity: entity.clone(),
            name: name.clone(),
            country: Some(country.clone()),
            sector: vec!["GOV".to_owned()],
            resolved_by: "name".to_owned(),
            ..ActorRef::default()
        });
        one.into_iter().collect()
    };
    let [source, target] = &happening.sides;
    let trigger =
        Words { start: words.start, end: words.start + 6, text: words.text.chars().take(6).collect() };
    Event {
        id: format!("E{:02}", n + 1),
        doc: doc.to_owned(),
        kind: "action".to_owned(),
        tier: "core".to_owned(),
        sentence: SentenceRef { n, words },
        trigger: vec![trigger],
        source: party(source),
        target: party(target),
        plover: Plover {
            event: happening.kind.0.to_owned(),
            quad: happening.kind.1,
            score: Some(happening.kind.2),
            ..Plover::default()
        },
        status: happening.status.to_owned(),
        attribution: vec![AttributionRef {
            by: "outlet".into(),
            kind: "own_voice".into(),
            ..AttributionRef::default()
        }],
        date: Some(day_record(happening.day)),
        place: happening.place.map(|rank| {
            let (name, country) = place(rank);
            PlaceRef {
                name,
                country: Some(country),
                geonames: u32::try_from(rank + 1).ok(),
                precision: "city".to_owned(),
                ..PlaceRef::default()
            }
        }),
        confidence: 0.8,
        ..Event::default()
    }
}

fn entities(events: &[Event]) -> Vec<EntityRecord> {
    let mut found: Vec<EntityRecord> = Vec::new();
    for actor in events.iter().flat_map(|e| e.source.iter().chain(&e.target)) {
        if !found.iter().any(|e| e.id == actor.entity) {
            found.push(EntityRecord {
                id: actor.entity.clone(),
                kind: "org".to_owned(),
                name: actor.name.clone(),
                country: actor.country.clone(),
                sector: actor.sector.clone(),
                mentions: vec![MentionRecord { words: Words::default(), form: "name".to_owned() }],
                ..EntityRecord::default()
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_the_same_every_time_and_what_is_frequent_is_very_frequent() {
        let world = World::new(2_000);
        assert_eq!(world.row(7), World::new(2_000).row(7));
        let acts = |code: &str| {
            (0..2_000)
                .filter(|n| world.row(*n).source.is_some_and(|s| s.country.as_deref() == Some(code)))
                .count()
        };
        let (first, second, tenth) = (acts("USA"), acts("CHN"), acts(&country(9)));
        assert!(first > 150 && first > second && second > tenth, "{first} {second} {tenth}");
        assert!(world.day(0) < world.day(1_000) && world.day(1_999).year() == 2024);
    }

    #[test]
    fn words_and_names_differ() {
        let words: std::collections::BTreeSet<String> = (0..WORDS).map(word).collect();
        assert_eq!(words.len() as u64, WORDS);
        let codes: std::collections::BTreeSet<String> = (0..COUNTRIES).map(country).collect();
        assert_eq!(codes.len() as u64, COUNTRIES);
    }
}
