//! Names: states, peoples, seats of power, bodies, organs of states, places.

use std::ops::Range;

use crate::fold::{fold, is_capitalised};
use crate::knowledge::{Body, State};
use crate::phrase::Phrase;
use crate::roles::{Class, Noun, singular};
use crate::tables::list;
use crate::{Actor, ActorKind, Knowledge, NameKindHint};

/// States and capitals that share their name with people ("Chad Stern").
pub(crate) const GIVEN_NAMES: &[&str] = &[
    "chad", "georgia", "israel", "jordan", "jersey", "paris", "london", "victoria", "kingston", "stanley",
    "lima", "santiago",
];

/// Words of direction, which small towns have for names too.
const DIRECTIONS: &[&str] = &["center", "centre", "central", "east", "north", "south", "west"];

/// Words for bodies of any purpose.
const VAGUE: &[&str] = &[
    "alliance",
    "association",
    "board",
    "coalition",
    "commission",
    "committee",
    "council",
    "federation",
    "forum",
    "foundation",
    "group",
    "institute",
    "league",
    "network",
    "organisation",
    "organization",
    "service",
    "services",
    "society",
    "trust",
];
/// Words for a purpose, and its sector.
const FIELDS: &[(&str, &str)] = &[
    ("agricultural", "AGR"),
    ("business", "BUS"),
    ("christian", "REL"),
    ("commerce", "BUS"),
    ("dairy", "AGR"),
    ("dental", "MED"),
    ("health", "MED"),
    ("hospital", "MED"),
    ("hospitals", "MED"),
    ("islamic", "REL"),
    ("medical", "MED"),
    ("muslim", "REL"),
    ("nursing", "MED"),
    ("press", "JRN"),
    ("refugees", "REF"),
    ("schools", "EDU"),
    ("universities", "EDU"),
];
/// Sectors that people in the name of a body give to it.
const OF_FIELDS: &[&str] = &["AGR", "BUS", "EDU", "JRN", "LAB", "MED", "REL"];

impl Knowledge {
    /// A name that is tagged as no person.
    pub(crate) fn named(&self, phrase: &Phrase) -> Option<Actor> {
        let run = phrase.run(phrase.head);
        let text = phrase.join(run.clone());
        self.body(phrase, &run)
            .or_else(|| self.state_or_seat(phrase, &run, &text))
            .or_else(|| self.people(phrase))
            .or_else(|| self.organ(phrase))
            .or_else(|| self.role_holder(phrase))
            .or_else(|| self.unknown(phrase, &run, text))
    }

    /// States and bodies that the tagger took for a person: "Hamas", "Israel".
    pub(crate) fn namesake(&self, phrase: &Phrase) -> Option<Actor> {
        let run = phrase.run(phrase.head);
        let text = phrase.join(run.clone());
        let lone = run.len() == phrase.len();
        if !lone {
            return None;
        }
        let known = self
            .bodies_named(&text, phrase.mention.date)
            .next()
            .map(|b| b.actor("its name, tagged as a person".to_owned(), 0.7));
        let state = || {
            let state = self.state_named(&text, phrase.mention.date)?;
            Some(state.actor("its name, tagged as a person", 0.7))
        };
        let capital = || self.capital(&text).map(|code| self.toponym(text.clone(), Some(code.to_owned())));
        // "Chad condemned": in the news a first name hardly stands alone; a town hardly acts.
        let given = || GIVEN_NAMES.contains(&fold(&text).as_str());
        known.or_else(state).or_else(|| capital().filter(|_| !given()))
    }

    /// The known body with the longest name around the head; among bodies of one name that of the state named with it.
    pub(crate) fn body(&self, phrase: &Phrase, run: &Range<usize>) -> Option<Actor> {
        let nations = phrase.nations(self);
        for range in phrase.ranges_around(run) {
            let text = phrase.join(range);
            let found: Vec<&Body> = self.bodies_named(&text, phrase.mention.date).collect();
            let here = found.iter().find(|b| nations.iter().any(|n| n.state.code == b.country));
            if let Some(body) = here.or(found.first()) {
                let others: Vec<&str> = found.iter().filter(|b| b.id != body.id).map(|b| b.name).collect();
                let how = if others.is_empty() {
                    format!("name \"{text}\"")
                } else {
                    format!("name \"{text}\"; could be {}", others.join(", "))
                };
                return Some(body.actor(how, if others.is_empty() { 0.95 } else { 0.7 }));
            }
        }
        None
    }

    fn state_or_seat(&self, phrase: &Phrase, run: &Range<usize>, text: &str) -> Option<Actor> {
        let date = phrase.mention.date;
        let known = is_capitalised(text) || phrase.hint().is_some();
        if !known {
            return None;
        }
        for range in phrase.ranges_around(run) {
            let name = phrase.join(range);
            if let Some(state) = self.state_named(&name, date) {
                return Some(self.with_others(state, &name, "its name"));
            }
        }
        self.state_by_seat(text, date)
            .map(|s| s.actor(&format!("\"{text}\", which stands for its government"), 0.85))
    }

    fn with_others(&self, state: &State, text: &str, how: &str) -> Actor {
        let mut others: Vec<&str> = self.other_states(text, state).map(|s| s.name).collect();
        others.dedup();
        match others.is_empty() {
            true => state.actor(how, 0.95),
            false => state.actor(&format!("{how} \"{text}\"; could be {}", others.join(", ")), 0.7),
        }
    }

    /// The organ of the state with that code that `words` ("the foreign ministry") name.
    pub fn organ_of(&self, words: &str, code: &str) -> Option<Actor> {
        let noun = self.organs.exact(words).filter(|n| n.class == Class::Organ)?;
        Some(organ_of(self.naming(code)?, noun))
    }

    /// "the Turks", "a Norwegian", "Norwegian" (as in "Norwegian jets").
    pub(crate) fn people(&self, phrase: &Phrase) -> Option<Actor> {
        let form = phrase.form_at(phrase.head);
        let date = phrase.mention.date;
        let run = phrase.run(phrase.head);
        let text = if phrase.hint().is_some() { phrase.join(run) } else { form.to_owned() };
        if !is_capitalised(&text) {
            return None;
        }
        if let Some(state) = self.state_by_adjective(&text, date) {
            let person = matches!(phrase.upos_at(phrase.head), "NOUN" | "PROPN")
                && phrase.len() > 1
                && !stands_for_state(&text);
            return Some(if person {
                unnamed(phrase, state, ActorKind::Person)
            } else {
                self.with_others(state, &text, "its adjective")
            });
        }
        let state = self.state_by_people(&text, date)?;
        let plural = text.ends_with('s') || text.ends_with("men");
        Some(unnamed(phrase, state, if plural { ActorKind::Group } else { ActorKind::Person }))
    }

    /// An organ of a state or a body without a known name: "the Norwegian army", "the ruling party".
    pub(crate) fn organ(&self, phrase: &Phrase) -> Option<Actor> {
        let (range, noun) = self.organs.around(phrase, phrase.head)?;
        if noun.class == Class::Named && !is_capitalised(phrase.form_at(phrase.head)) {
            return None;
        }
        if let Some(body) = self.body_before(phrase, &range, noun) {
            return Some(body);
        }
        let nations = phrase.nations(self);
        let owner = phrase
            .owner(&nations, &range)
            .map(|n| n.state)
            .or_else(|| self.country_of_town(phrase, &range))
            .or_else(|| self.town_in_name(phrase, &phrase.run(phrase.head)));
        let plural = noun.class == Class::Organ
            && is_plural(phrase, phrase.head)
            && self.organs.key(&phrase.key_with(&range, phrase.head, phrase.fold_at(phrase.head))).is_none();
        let bare = plain_name(phrase, &range, &nations);
        Some(match owner {
            Some(state) if noun.class == Class::Organ && bare && !plural => organ_of(state, noun),
            _ => self.other_body(phrase, noun, owner, plural),
        })
    }

    /// "the Shin Bet security service": the name before a noun that says what it is.
    fn body_before(&self, phrase: &Phrase, range: &Range<usize>, noun: &Noun) -> Option<Actor> {
        let sector = noun.sectors().next()?;
        (0..range.start).filter(|i| is_capitalised(phrase.form_at(*i))).find_map(|start| {
            let text = phrase.join(start..range.start);
            let body = self
                .bodies_named(&text, phrase.mention.date)
                .find(|b| list(b.sectors).any(|s| s == sector))?;
            Some(body.actor(format!("name \"{text}\" before \"{}\"", noun.canonical()), 0.9))
        })
    }

    fn other_body(&self, phrase: &Phrase, noun: &Noun, owner: Option<&State>, plural: bool) -> Actor {
        let name = own_words(phrase);
        let proper = phrase.hint().is_some() || phrase.upos_at(phrase.head) == "PROPN";
        let kind = if plural { ActorKind::Group } else { ActorKind::Organization };
        let country = owner.map(|s| s.code.to_owned());
        Actor {
            id: slug(country.as_deref(), &name),
            name,
            kind,
            country,
            sectors: self.sectors_of_name(phrase, &(0..phrase.len()), noun),
            role: None,
            code: None,
            aka: Vec::new(),
            generic: !proper,
            how: format!("\"{}\"", noun.canonical()),
            score: 0.6,
        }
    }

    /// Names in no table: the words of a body's name tell its sector, its adjectives its country.
    fn unknown(&self, phrase: &Phrase, run: &Range<usize>, text: String) -> Option<Actor> {
        let nations = phrase.nations(self);
        if !is_capitalised(&text) && !text.contains('-') {
            return None;
        }
        let owner = phrase.owner(&nations, run).map(|n| n.state);
        let country = owner.map(|s| s.code.to_owned());
        match phrase.hint()? {
            NameKindHint::Organization => Some(self.unknown_body(phrase, run, text, country)),
            NameKindHint::Location | NameKindHint::Facility
                if phrase.upos_at(phrase.head) != "ADJ" && !DIRECTIONS.contains(&fold(&text).as_str()) =>
            {
                Some(self.toponym(text, country))
            }
            NameKindHint::Location | NameKindHint::Facility => None,
            NameKindHint::Norp if phrase.upos_at(phrase.head) != "ADJ" => {
                // "Norlandian Muslims", "Norland Kurds": believers and peoples of one country.
                let last = phrase.form_at(phrase.head);
                let people = self.bodies_named(last, None).find(|b| b.kind == ActorKind::Group);
                let country = country.or_else(|| {
                    self.town_in_name(phrase, run).map(|s| s.code.to_owned()).filter(|_| people.is_some())
                });
                Some(unknown_people(phrase, text, country, people))
            }
            NameKindHint::Norp => None,
            NameKindHint::Person | NameKindHint::Other => None,
        }
    }

    fn unknown_body(
        &self,
        phrase: &Phrase,
        run: &Range<usize>,
        text: String,
        country: Option<String>,
    ) -> Actor {
        let noun = run.clone().rev().find_map(|i| self.organs.around(phrase, i)).map(|(_, noun)| noun);
        let sectors = noun.map(|n| self.sectors_of_name(phrase, run, n)).unwrap_or_default();
        let how = noun
            .map_or("unknown body".to_owned(), |n| format!("unknown body, sector by \"{}\"", n.canonical()));
        Actor {
            id: slug(country.as_deref(), &text),
            name: text,
            kind: ActorKind::Organization,
            country,
            sectors,
            role: None,
            code: None,
            aka: Vec::new(),
            generic: false,
            how,
            score: 0.5,
        }
    }

    /// "Medical Council", "Farmers' Association": the word for the body says little, those before it what it is for.
    fn sectors_of_name(&self, phrase: &Phrase, name: &Range<usize>, noun: &Noun) -> Vec<String> {
        let own = noun.sector_list();
        if noun.is_written("bank") && self.is_of_state(phrase, name.end.min(phrase.head + 1)) {
            return vec!["GOV".to_owned()]; // "Bank of Norland" is the central bank
        }
        if !VAGUE.iter().any(|vague| noun.is_written(vague)) {
            return own;
        }
        let field = name.clone().filter(|i| !phrase.is_outside(*i)).find_map(|i| {
            let word = phrase.fold_at(i).to_owned();
            let by_word =
                FIELDS.iter().find(|(field, _)| *field == word).map(|(_, sector)| (*sector).to_owned());
            let people = || {
                self.roles
                    .exact(&word)
                    .filter(|n| n.class == Class::Plain)?
                    .sectors()
                    .next()
                    .map(str::to_owned)
            };
            by_word.or_else(|| people().filter(|sector| OF_FIELDS.contains(&sector.as_str())))
        });
        field.map_or(own, |sector| vec![sector])
    }

    /// Whether "of" and a state by its name follow.
    fn is_of_state(&self, phrase: &Phrase, at: usize) -> bool {
        let nations = phrase.nations(self);
        let by_name =
            |n: &crate::phrase::Nation| self.state_named(&phrase.join(n.range.clone()), None).is_some();
        phrase.fold_at(at) == "of" && nations.iter().any(|n| n.range.start == at + 1 && by_name(n))
    }

    fn toponym(&self, text: String, country: Option<String>) -> Actor {
        let (text, country) = self.without_region(text, country);
        let known = crate::places::find(&text);
        let country = country.or(known.map(|(_, c)| c.to_owned()));
        let name = known.map_or(text, |(n, _)| n.to_owned());
        let how = if known.is_some() { "place of the tables" } else { "unknown place" }.to_owned();
        Actor {
            id: slug(country.as_deref(), &name),
            name,
            kind: ActorKind::Place,
            country,
            sectors: Vec::new(),
            role: None,
            code: None,
            aka: Vec::new(),
            generic: false,
            how,
            score: 0.5,
        }
    }

    /// The town of that name as a place that stands for nobody.
    pub fn place_actor(&self, name: &str) -> Option<Actor> {
        let (name, country) = self.place(name)?;
        Some(Actor { name: name.clone(), ..self.toponym(name, country) })
    }

    /// "Norburg, Norland" is Norburg, of the country that follows it.
    fn without_region(&self, text: String, country: Option<String>) -> (String, Option<String>) {
        let Some((town, region)) = text.split_once(", ") else { return (text, country) };
        let state = self.state_named(region, None).map(|s| s.code).or_else(|| self.town(region));
        (town.to_owned(), country.or(state.map(str::to_owned)))
    }

    /// "Mosul residents", "the mayor of Izmir".
    pub(crate) fn country_of_town(&self, phrase: &Phrase, except: &Range<usize>) -> Option<&State> {
        let towns = phrase.runs(NameKindHint::Location);
        let code = towns
            .into_iter()
            .filter(|r| !except.contains(&r.start) && !phrase.is_foreign_tie(r.end))
            .find_map(|r| self.town(&phrase.join(r)))?;
        self.naming(code)
    }

    /// The country of a town or a capital.
    fn town(&self, name: &str) -> Option<&str> {
        self.capital(name).or_else(|| crate::places::find(name).map(|(_, code)| code))
    }

    /// "Izmir Bar Association", "Madras High Court": the town in the name of a body.
    fn town_in_name(&self, phrase: &Phrase, run: &Range<usize>) -> Option<&State> {
        let first = run.start..run.end.saturating_sub(1).min(run.start + 3);
        let proper = |name: &str| self.organs.exact(name).is_none() && self.roles.exact(name).is_none();
        let code = (first.start + 1..=first.end)
            .rev()
            .map(|end| phrase.join(first.start..end))
            .filter(|name| proper(name))
            .find_map(|name| self.town(&name))?;
        self.naming(code)
    }
}

/// "the Turkish army" and "the army of Turkey" are one.
fn organ_of(state: &State, noun: &Noun) -> Actor {
    let adjective = state.adjective();
    let (name, aka) = match noun.canonical() {
        "government" => (format!("Government of {}", state.name), vec![format!("{adjective} government")]),
        canonical => (format!("{adjective} {canonical}"), vec![format!("{} {canonical}", state.name)]),
    };
    Actor {
        id: slug(Some(state.code), noun.canonical()),
        name,
        kind: ActorKind::Organization,
        country: Some(state.code.to_owned()),
        sectors: noun.sector_list(),
        role: None,
        code: None,
        aka,
        generic: false,
        how: format!("{} of {}", noun.canonical(), state.name),
        score: 0.9,
    }
}

/// "the French", "the Chinese": the government, or the nation as one.
fn stands_for_state(adjective: &str) -> bool {
    ["sh", "ch", "ese", "ss"].iter().any(|ending| adjective.ends_with(ending))
}

fn unnamed(phrase: &Phrase, state: &State, kind: ActorKind) -> Actor {
    let name = own_words(phrase);
    Actor {
        id: slug(Some(state.code), &name),
        name,
        kind,
        country: Some(state.code.to_owned()),
        sectors: vec!["CVL".to_owned()],
        role: None,
        code: None,
        aka: Vec::new(),
        generic: true,
        how: format!("people of {}", state.name),
        score: 0.6,
    }
}

fn unknown_people(phrase: &Phrase, text: String, country: Option<String>, known: Option<&Body>) -> Actor {
    let plural = is_plural(phrase, phrase.head);
    let mut sectors: Vec<String> =
        known.map(|b| list(b.sectors).map(str::to_owned).collect()).unwrap_or_default();
    sectors.sort_by_key(|sector| sector != "REL");
    let kind = if plural { ActorKind::Group } else { ActorKind::Organization };
    Actor {
        id: slug(country.as_deref(), &text),
        name: text,
        kind,
        country,
        sectors,
        role: None,
        code: None,
        aka: Vec::new(),
        generic: plural,
        how: known.map_or("unknown people or movement".to_owned(), |b| format!("some of the {}", b.name)),
        score: if known.is_some() { 0.6 } else { 0.4 },
    }
}

/// Whether the phrase has nothing but the noun and the state: "the Lagos State police" has more.
fn plain_name(phrase: &Phrase, range: &Range<usize>, nations: &[crate::phrase::Nation]) -> bool {
    (0..phrase.len()).all(|i| {
        range.contains(&i)
            || nations.iter().any(|n| n.range.contains(&i))
            || !matches!(phrase.upos_at(i), "PROPN")
            || phrase.fold_at(i).is_empty()
    })
}

/// The phrase without articles, numbers, pronouns and possessive marks at its edges.
pub(crate) fn own_words(phrase: &Phrase) -> String {
    let skip = |i: &usize| matches!(phrase.upos_at(*i), "DET" | "NUM" | "PRON" | "PUNCT" | "PART" | "CCONJ");
    let own: Vec<usize> = (0..phrase.len()).filter(|i| !phrase.is_outside(*i)).collect();
    let bracket = own.iter().position(|i| *i > phrase.head && matches!(phrase.form_at(*i), "(" | "[" | ";"));
    let own = own.get(..bracket.unwrap_or(own.len())).unwrap_or_default();
    let first = own.iter().position(|i| !skip(i)).unwrap_or(0);
    let last = own.iter().rposition(|i| !skip(i)).unwrap_or(0);
    phrase.write(own.get(first..=last).unwrap_or_default().iter().copied())
}

/// Whether the word is written as a plural.
pub(crate) fn is_plural(phrase: &Phrase, word: usize) -> bool {
    let form = phrase.fold_at(word);
    let lemma = fold(phrase.lemma_at(word));
    (form != lemma && (form.ends_with('s') || form.ends_with("men") || form.ends_with("people")))
        || (phrase.upos_at(word) == "PROPN" && singular(form).is_some() && form.ends_with('s'))
}

/// An id out of country and name.
pub(crate) fn slug(country: Option<&str>, name: &str) -> String {
    let name = fold(name).replace(' ', "-");
    country.map_or(name.clone(), |c| format!("{c}-{name}"))
}
