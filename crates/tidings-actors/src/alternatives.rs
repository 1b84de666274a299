//! What else a mention could be: other bodies and states of that name, its town, its people, former holders of an office.

use crate::fold::fold;
use crate::named::GIVEN_NAMES;
use crate::persons::{from_table, nameless};
use crate::phrase::Phrase;
use crate::{Actor, Knowledge, Mention, MentionWord, NameKindHint};

/// Kinds for which a name can be taken.
const KINDS: [NameKindHint; 4] =
    [NameKindHint::Organization, NameKindHint::Location, NameKindHint::Norp, NameKindHint::Person];

/// Score up to which nothing is known of somebody but the name.
const BARE_NAME: f32 = 0.5;

impl Knowledge {
    /// Every reading of the mention, the likeliest first; the answer of [`Knowledge::resolve_all`] is among them.
    pub fn readings(&self, mention: &Mention) -> Vec<Actor> {
        let Some(phrase) = Phrase::new(mention) else { return Vec::new() };
        let run = self.without_titles(&phrase, phrase.run(phrase.head));
        let name = phrase.join(run);
        let mut found = self.resolve_all(mention);
        found.extend(self.own_named(&name, mention.date).map(|own| own.actor(mention.date, self)));
        found.extend(self.as_other_kinds(mention, &name));
        found.extend(self.of_that_name(&name, mention));
        found.extend(self.office_holders(&name, mention));
        let mut readings: Vec<Actor> = Vec::new();
        for actor in found {
            if readings.iter().all(|known| (known.kind, &known.id) != (actor.kind, &actor.id)) {
                readings.push(actor);
            }
        }
        readings.sort_by(|a, b| b.score.total_cmp(&a.score));
        readings
    }

    /// What the name would be if the tagger had taken it for another kind.
    fn as_other_kinds(&self, mention: &Mention, name: &str) -> Vec<Actor> {
        let shared = GIVEN_NAMES.contains(&fold(name).as_str());
        let proper = mention.words.iter().any(|w| w.is_head && matches!(w.upos, "PROPN" | "ADJ"));
        let kinds = KINDS.iter().filter(|_| proper || mention.kind.is_some());
        kinds
            .filter_map(|kind| {
                let words: Vec<MentionWord> = mention
                    .words
                    .iter()
                    .map(|w| MentionWord { part_of_name: w.part_of_name.map(|_| *kind), ..*w })
                    .collect();
                self.resolve(&Mention { kind: Some(*kind), words: &words, ..*mention })
            })
            .filter(|actor| actor.score > BARE_NAME)
            .chain(shared.then(|| nameless(name.to_owned(), None)))
            .collect()
    }

    /// All bodies and states with the name, and the town.
    fn of_that_name(&self, name: &str, mention: &Mention) -> Vec<Actor> {
        let how = || format!("name \"{name}\"");
        let mut found: Vec<Actor> =
            self.bodies_named(name, mention.date).map(|b| b.actor(how(), 0.6)).collect();
        if let Some(state) =
            self.state_named(name, mention.date).or_else(|| self.state_by_adjective(name, mention.date))
        {
            found.extend(self.other_states(name, state).map(|s| s.actor("a name that states share", 0.6)));
        }
        found.extend(
            self.longer_states(name).map(|s| s.actor(&format!("\"{name}\", a part of its name"), 0.5)),
        );
        found.extend(self.government_in(name));
        found.extend(self.place_actor(name));
        found
    }

    /// Those of the tables of office holders who bear the name, one a country.
    fn office_holders(&self, name: &str, mention: &Mention) -> Vec<Actor> {
        // "Abdullah II of Jordan" does not make Jordan a surname.
        let of = |code: &str| {
            let state = self.state_named(name, mention.date).is_some_and(|s| s.code == code);
            self.officials.at(name, Some(code), mention.date).filter(|_| !state)
        };
        let found = self.codes_of_states().filter_map(of);
        found
            .map(|f| Actor { score: 0.5, ..from_table(name.to_owned(), f, mention.date.is_some()) })
            .collect()
    }
}
