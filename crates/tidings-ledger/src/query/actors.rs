//! Who takes part, looked for by the beginning of a name.

use serde::Serialize;
use tidings_text::fold;

use super::filter::check;
use super::{Page, Query};
use crate::columns::{Bits, Columns};
use crate::error::Result;
use crate::store::Ledger;

/// Somebody who takes part in events.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0001_ledger.sql")]
pub struct ActorRow {
    pub entity: String,
    pub name: String,
    pub kind: String,
    pub country: Option<String>,
    pub sector: String,
    pub n_documents: i64,
    pub n_events: i64,
}

/// How well a name fits what was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Beginning,
    Word,
    Part,
}

impl Fit {
    /// `words` and `name` are folded: small letters, one blank between words.
    fn of(words: &str, name: &str) -> Option<Self> {
        let at = name.find(words)?;
        let begins = |at: usize| name[..at].ends_with(' ');
        Some(match at {
            0 => Self::Beginning,
            _ if name.match_indices(words).any(|(at, _)| begins(at)) => Self::Word,
            _ => Self::Part,
        })
    }
}

impl Ledger {
    /// Actors, the best known first. Heeds `actor` (id or country), `text` (beginning or part of the name, or the id) and
    /// pages; the number of events heeds all others, and where there are any, only those who take part are listed.
    pub fn actors(&self, query: &Query) -> Result<Page<ActorRow>> {
        check(query)?;
        let columns = self.columns()?;
        let acts = Query { actor: None, text: None, ..query.clone() };
        let (events, part) = match (acts.is_of_events(), acts.as_of) {
            (false, None) => (columns.events_of_actors(), false),
            (part, _) => (columns.count_actors(&self.selection(&columns, &acts)?), part),
        };
        let met = self.met(query)?;
        let wanted = query.actor.as_ref().map(|who| columns.names.actors_of(who));
        let words = query.text.as_ref().map(|text| fold(text));
        let mut found: Vec<(Fit, std::cmp::Reverse<u32>, usize)> = Vec::new();
        for (number, actor) in columns.names.actors.iter().enumerate().skip(1) {
            let unmet = met.as_ref().is_some_and(|met| !met.has(number));
            let absent = events[number] == 0 && (part || unmet);
            if absent || wanted.as_ref().is_some_and(|wanted| !wanted.has(number)) {
                continue;
            }
            let fit = match (&words, &query.text) {
                (Some(words), Some(text)) if actor.entity.eq_ignore_ascii_case(text) && !words.is_empty() => {
                    Some(Fit::Beginning)
                }
                (Some(words), _) => Fit::of(words, &actor.folded).filter(|_| !words.is_empty()),
                (None, _) => Some(Fit::Beginning),
            };
            found.extend(fit.map(|fit| (fit, std::cmp::Reverse(events[number]), number)));
        }
        found.sort_unstable();
        let size = query.page_size();
        let behind = |(fit, count, number): &(Fit, std::cmp::Reverse<u32>, usize)| {
            (format!("{}.{}", *fit as u8, count.0), *number)
        };
        let from = match query.cursor()? {
            None => 0,
            Some((key, row)) => {
                let place =
                    found.iter().position(|f| behind(f) == (key.clone(), usize::try_from(row).unwrap_or(0)));
                place.map_or(found.len(), |place| place + 1)
            }
        };
        let mut rows = Vec::new();
        for place in found.iter().skip(from).take(size + 1) {
            let (key, number) = behind(place);
            let row = self.actor_numbered(&columns, number, i64::from(place.1.0))?;
            rows.push((row, key, i64::try_from(number).unwrap_or(0)));
        }
        Ok(Page::of(rows, size))
    }

    /// Who had been mentioned by then; none for a question about now.
    fn met(&self, query: &Query) -> Result<Option<Bits>> {
        let Some(revision) = self.revision(query)? else { return Ok(None) };
        let read = || -> rusqlite::Result<Bits> {
            self.connection
                .prepare_cached(
                    "SELECT actor FROM mention JOIN coding ON coding.id = mention.coding WHERE coding.since <= ?1",
                )?
                .query_map([revision], |row| row.get::<_, i64>(0))?
                .map(|row| row.map(|row| usize::try_from(row).unwrap_or(0)))
                .collect()
        };
        read().map(Some).map_err(|e| self.error(e))
    }

    /// An actor by id, or a country by code, with the number of its events as of the question. Somebody whom the ledger
    /// does not know has none.
    pub(super) fn actor_row(&self, columns: &Columns, who: &str, query: &Query) -> Result<ActorRow> {
        let events = match self.revision(query)? {
            None => columns.events_of_country(who),
            Some(_) => None,
        };
        let events = match events {
            Some(events) => i64::from(events),
            None => self.count_events(columns, who, query)?,
        };
        if let Some(number) = columns.names.actors.iter().position(|a| a.entity == who && !who.is_empty()) {
            return self.actor_numbered(columns, number, events);
        }
        let is_country = columns.names.countries.find(who).is_some();
        Ok(ActorRow {
            entity: who.to_owned(),
            name: who.to_owned(),
            kind: if is_country { "country" } else { "" }.to_owned(),
            country: is_country.then(|| who.to_owned()),
            sector: String::new(),
            n_documents: 0,
            n_events: events,
        })
    }

    fn count_events(&self, columns: &Columns, who: &str, query: &Query) -> Result<i64> {
        let whose = Query { actor: Some(who.to_owned()), as_of: query.as_of, ..Query::default() };
        let selection = self.selection(columns, &whose)?;
        let mut events = 0;
        columns.fold(&selection, || 0, |count: &mut i64, _, _| *count += 1, |count| events += count);
        Ok(events)
    }

    fn actor_numbered(&self, columns: &Columns, number: usize, n_events: i64) -> Result<ActorRow> {
        let documents = || -> rusqlite::Result<i64> {
            self.connection
                .prepare_cached("SELECT n_documents FROM actor WHERE id = ?1")?
                .query_row([crate::records::number(number)], |row| row.get(0))
        };
        let actor = &columns.names.actors[number];
        Ok(ActorRow {
            entity: actor.entity.clone(),
            name: actor.name.clone(),
            kind: actor.kind.clone(),
            country: Some(columns.names.countries.name(actor.country).to_owned()).filter(|c| !c.is_empty()),
            sector: actor.sector.clone(),
            n_documents: documents().map_err(|e| self.error(e))?,
            n_events,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Fit;

    #[test]
    fn the_beginning_of_a_name_fits_best_then_that_of_a_word() {
        let fit = |name| Fit::of("gov", name);
        assert_eq!(fit("governor of bergen"), Some(Fit::Beginning));
        assert_eq!(fit("antigov government"), Some(Fit::Word));
        assert_eq!(fit("the agovern"), Some(Fit::Part));
        assert_eq!(fit("mayor"), None);
    }
}
