//! Fields that can be corrected: how each is read from a record, checked and written.

use rusqlite::{Connection, OptionalExtension, params};
use tidings_coding::records::{
    ActorRef, Alternative, Casualties, DateRecord, EntityRecord, Event, PlaceRef, Reason,
};
use tidings_ontology::{EventType, Ontology};
use tidings_places::{Entry, Gazetteer};

use crate::days;
use crate::error::Error;
use crate::grouping::STATUSES;
use crate::records::parsed;
use crate::store::Failure;

/// A field of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Type,
    Mode,
    Context,
    Status,
    Source,
    Target,
    Date,
    Place,
    Killed,
    Injured,
}

/// Names of the columns; the second is a short one.
const FIELDS: [(Field, &str, &str); 10] = [
    (Field::Type, "event_type", "type"),
    (Field::Mode, "mode", "mode"),
    (Field::Context, "context", "context"),
    (Field::Status, "status", "status"),
    (Field::Source, "source", "source"),
    (Field::Target, "target", "target"),
    (Field::Date, "event_date", "date"),
    (Field::Place, "place", "place"),
    (Field::Killed, "killed", "killed"),
    (Field::Injured, "injured", "injured"),
];

/// What a value is checked against.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The ledger, for its actors.
    pub connection: &'a Connection,
    /// Row of the document, for those that it names.
    pub document: i64,
}

fn wrong(what: String, hint: String) -> Failure {
    Failure::Told(Error::question(what, hint))
}

/// A value as it is shown in an error.
fn shown(value: &str) -> String {
    value.chars().take(80).collect()
}

impl Field {
    /// All of them.
    pub fn each() -> impl Iterator<Item = Self> {
        FIELDS.iter().map(|f| f.0)
    }

    /// The field of a name.
    pub fn parse(name: &str) -> Result<Self, Error> {
        let found = FIELDS.iter().find(|(_, long, short)| name == *long || name == *short);
        found.map(|f| f.0).ok_or_else(|| {
            Error::question(format!("`{}` is no field that can be corrected", shown(name)), Self::all())
        })
    }

    /// Its name as a column.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|f| f.0 == self).map_or("", |f| f.1)
    }

    /// The names, for a hint.
    pub fn all() -> String {
        format!("the fields are {}", FIELDS.map(|f| f.1).join(", "))
    }

    /// Its value in a record.
    pub fn read(self, event: &Event) -> Option<String> {
        let joined = |words: &[String]| Some(words.join(" ")).filter(|w| !w.is_empty());
        let parties = |side: &[ActorRef]| {
            let ids: Vec<&str> = side.iter().map(|a| a.entity.as_str()).collect();
            Some(ids.join("; ")).filter(|i| !i.is_empty())
        };
        let casualties = event.casualties.as_ref();
        match self {
            Self::Type => Some(event.plover.event.clone()),
            Self::Mode => joined(&event.plover.mode),
            Self::Context => joined(&event.plover.context),
            Self::Status => Some(event.status.clone()),
            Self::Source => parties(&event.source),
            Self::Target => parties(&event.target),
            Self::Date => event.date.as_ref().and_then(|d| d.value.clone()),
            Self::Place => event.place.as_ref().map(|p| p.name.clone()),
            Self::Killed => casualties.and_then(|c| c.killed).map(|n| n.to_string()),
            Self::Injured => casualties.and_then(|c| c.injured).map(|n| n.to_string()),
        }
    }

    /// Gives it another value, checked against the ontology and what the ledger knows, and notes who did so.
    pub fn write(
        self,
        known: Known,
        event: &mut Event,
        value: Option<&str>,
        coder: &str,
    ) -> Result<(), Failure> {
        let before = self.read(event);
        let by = format!("corrected by {coder}");
        match self {
            Self::Type => set_type(event, value.unwrap_or("NONE"))?,
            Self::Mode => set_mode(event, value)?,
            Self::Context => event.plover.context = contexts(value)?,
            Self::Status => event.status = status(value)?,
            Self::Source => event.source = parties(known, event, value)?,
            Self::Target => event.target = parties(known, event, value)?,
            Self::Date => event.date = value.map(|v| date(v, &by)).transpose()?,
            Self::Place => event.place = value.map(place).transpose()?,
            Self::Killed => event.casualties.get_or_insert_default().killed = count(value)?,
            Self::Injured => event.casualties.get_or_insert_default().injured = count(value)?,
        }
        if event.casualties == Some(Casualties::default()) {
            event.casualties = None;
        }
        let alternatives = before.into_iter().map(|value| Alternative { value, score: 0.0 }).collect();
        event.trail.push(Reason {
            field: self.name().to_owned(),
            rule: by,
            alternatives,
            ..Reason::default()
        });
        Ok(())
    }
}

/// Type with what goes with it; modes that it does not have go.
fn set_type(event: &mut Event, value: &str) -> Result<(), Failure> {
    let kind = EventType::parse(&value.to_uppercase()).ok_or_else(|| {
        let all: Vec<&str> = EventType::all().map(EventType::as_str).collect();
        wrong(format!("`{}` is no PLOVER type", shown(value)), format!("the types are {}", all.join(", ")))
    })?;
    let ontology = Ontology::plover();
    event.plover.event = kind.as_str().to_owned();
    let (quad, label) = kind.quad();
    event.plover.quad = quad;
    event.plover.quad_label = label.to_owned();
    event.plover.mode.retain(|m| ontology.has_mode(kind, m));
    scores(event, kind);
    Ok(())
}

fn scores(event: &mut Event, kind: EventType) {
    let ontology = Ontology::plover();
    let mode = event.plover.mode.first().map(String::as_str);
    event.plover.score = ontology.score(kind, mode);
    event.cameo = ontology.default_cameo(kind, mode).map(str::to_owned);
    event.goldstein = event.cameo.as_deref().and_then(|c| ontology.goldstein(c));
}

fn words(value: Option<&str>) -> impl Iterator<Item = String> {
    let value = value.unwrap_or_default().to_lowercase();
    let words: Vec<String> =
        value.split([' ', ',', ';']).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

fn set_mode(event: &mut Event, value: Option<&str>) -> Result<(), Failure> {
    let kind = EventType::parse(&event.plover.event).unwrap_or(EventType::None);
    let ontology = Ontology::plover();
    let modes: Vec<String> = words(value).collect();
    if let Some(foreign) = modes.iter().find(|m| !ontology.has_mode(kind, m)) {
        let all: Vec<&str> = ontology.modes(kind).collect();
        let hint = match all[..] {
            [] => "it has none: leave the value out".to_owned(),
            _ => format!("its modes are {}", all.join(", ")),
        };
        return Err(wrong(format!("`{}` is no mode of {}", shown(foreign), kind.as_str()), hint));
    }
    event.plover.mode = modes;
    scores(event, kind);
    Ok(())
}

fn contexts(value: Option<&str>) -> Result<Vec<String>, Failure> {
    let ontology = Ontology::plover();
    let contexts: Vec<String> = words(value).collect();
    if let Some(foreign) = contexts.iter().find(|c| !ontology.has_context(c)) {
        let all: Vec<&str> = ontology.contexts().map(|c| c.0).collect();
        let hint = format!("the contexts are {}", all.join(", "));
        return Err(wrong(format!("`{}` is no PLOVER context", shown(foreign)), hint));
    }
    Ok(contexts)
}

fn status(value: Option<&str>) -> Result<String, Failure> {
    let value = value.unwrap_or_default().to_lowercase();
    if STATUSES.contains(&value.as_str()) {
        return Ok(value);
    }
    let hint = format!("a status is one of {}", STATUSES.join(", "));
    Err(wrong(format!("`{}` is no status", shown(&value)), hint))
}

fn count(value: Option<&str>) -> Result<Option<u64>, Failure> {
    let parse = |v: &str| {
        v.parse()
            .map_err(|_| wrong(format!("`{}` is no number of people", shown(v)), "write digits".to_owned()))
    };
    value.map(parse).transpose()
}

fn date(value: &str, basis: &str) -> Result<DateRecord, Failure> {
    if days::interval(value).is_none() {
        let hint = "write 2026-11-03, 2026-11, 2026, or two of these with / between".to_owned();
        return Err(wrong(format!("`{}` is no date", shown(value)), hint));
    }
    let precision = match (value.contains('/'), value.len()) {
        (true, _) => "interval",
        (_, 10) => "day",
        (_, 7) => "month",
        _ => "year",
    };
    Ok(DateRecord {
        words: None,
        value: Some(value.to_owned()),
        precision: precision.to_owned(),
        basis: basis.to_owned(),
    })
}

/// "Aflao", "Aflao, GHA".
fn place(value: &str) -> Result<PlaceRef, Failure> {
    let gazetteer = Gazetteer::embedded();
    let entry: Option<Entry> = match value.rsplit_once(',') {
        Some((name, country)) => {
            let country = country.trim().to_uppercase();
            let named = gazetteer.candidates(name.trim()).into_iter().map(|c| c.entry);
            named
                .filter(|e| e.country_code() == Some(country.as_str()))
                .max_by(|a, b| a.log_population().total_cmp(&b.log_population()).then(b.cmp(a)))
        }
        None => {
            gazetteer.best_known(value, 0.0).or_else(|| gazetteer.candidates(value).first().map(|c| c.entry))
        }
    };
    let entry = entry.ok_or_else(|| {
        let hint = "write its name as on the map, with the code of its country if need be: `Aflao, GHA`";
        wrong(format!("`{}` is no place that is known", shown(value)), hint.to_owned())
    })?;
    let division = entry.first_division();
    Ok(PlaceRef {
        name: entry.name().to_owned(),
        country: entry.country_code().map(str::to_owned),
        words: None,
        geonames: entry.geonames(),
        admin1: division.map(|d| d.name().to_owned()),
        admin1_code: division.map(|d| d.code().to_owned()).filter(|c| !c.is_empty()),
        lat: Some(entry.lat()),
        lon: Some(entry.lon()),
        precision: entry.precision().to_owned(),
        implicit: true,
    })
}

/// Actors by id or code of a country, as the article names them, else as the ledger knows them.
fn parties(known: Known, event: &Event, value: Option<&str>) -> Result<Vec<ActorRef>, Failure> {
    let ids = value.unwrap_or_default().split([';', ',']).map(str::trim).filter(|i| !i.is_empty());
    ids.map(|id| party(known, event, id)).collect()
}

fn party(known: Known, event: &Event, id: &str) -> Result<ActorRef, Failure> {
    let connection = known.connection;
    let own = event.source.iter().chain(&event.target).chain(&event.about).find(|a| a.entity == id);
    if let Some(own) = own {
        return Ok(own.clone());
    }
    let mentioned: Option<String> = connection
        .prepare_cached(
            "SELECT record FROM mention JOIN actor ON actor.id = actor JOIN coding ON coding.id = coding \
             WHERE entity = ?1 AND coding.document = ?2 ORDER BY coding.id DESC LIMIT 1",
        )?
        .query_row(params![id, known.document], |r| r.get(0))
        .optional()?;
    let mention: Option<EntityRecord> = mentioned.map(|m| parsed(&m)).transpose()?;
    if let Some(entity) = mention {
        return Ok(of_article(entity, event));
    }
    let elsewhere = connection
        .prepare_cached("SELECT name, country, sector, role FROM actor WHERE entity = ?1")?
        .query_row([id], |r| {
            let sector: String = r.get(2)?;
            Ok(ActorRef {
                entity: id.to_owned(),
                name: r.get(0)?,
                country: r.get(1)?,
                sector: sector.split_whitespace().map(str::to_owned).collect(),
                role: r.get(3)?,
                resolved_by: "coder".to_owned(),
                ..ActorRef::default()
            })
        })
        .optional()?;
    elsewhere.or_else(|| country(id)).ok_or_else(|| {
        let hint =
            "give the id of an actor of this ledger (`tidings actors --text NAME`) or a country's code";
        wrong(format!("`{}` is no actor that is known", shown(id)), hint.to_owned())
    })
}

/// A country that no article has named yet.
fn country(code: &str) -> Option<ActorRef> {
    let entry = Gazetteer::embedded().country(code)?;
    Some(ActorRef {
        entity: code.to_owned(),
        name: entry.name().to_owned(),
        country: Some(code.to_owned()),
        sector: vec!["GOV".to_owned()],
        resolved_by: "coder".to_owned(),
        ..ActorRef::default()
    })
}

/// An actor with the words that name it nearest to the event: in its sentence, else before it.
fn of_article(entity: EntityRecord, event: &Event) -> ActorRef {
    let sentence = &event.sentence.words;
    let inside = |s: usize| s >= sentence.start && s < sentence.end;
    let mentions = || entity.mentions.iter().map(|m| &m.words);
    let nearest = mentions()
        .find(|w| inside(w.start))
        .or_else(|| mentions().filter(|w| w.start < sentence.start).max_by_key(|w| w.start))
        .cloned();
    ActorRef {
        text: nearest.as_ref().map(|w| w.text.clone()),
        start: nearest.as_ref().map(|w| w.start),
        end: nearest.as_ref().map(|w| w.end),
        entity: entity.id,
        name: entity.name,
        country: entity.country,
        sector: entity.sector,
        role: entity.role,
        code: entity.code,
        resolved_by: "coder".to_owned(),
        part: None,
    }
}
