//! The order of the questions: which reading of a phrase is tried when.

use crate::fold::is_capitalised;
use crate::phrase::Phrase;
use crate::{Actor, ActorKind, Knowledge, Mention, NameKindHint};

impl Knowledge {
    /// Who the mention is by its own words; `None` for things and for phrases that only their context explains.
    pub fn resolve(&self, mention: &Mention) -> Option<Actor> {
        let phrase = Phrase::new(mention)?;
        let found = self.own(&phrase).or_else(|| self.by_tables(&phrase))?;
        Some(self.with_own_code(&phrase, found))
    }

    /// Somebody whom the user described.
    fn own(&self, phrase: &Phrase) -> Option<Actor> {
        if self.additions().is_empty() {
            return None;
        }
        let date = phrase.mention.date;
        let run = phrase.run(phrase.head);
        let bare = self.without_titles(phrase, run.clone());
        let mut ranges = phrase.ranges_around(&run).into_iter().chain([bare]);
        let found = ranges.find_map(|range| self.own_named(&phrase.join(range), date).next())?;
        Some(found.actor(date, self))
    }

    fn by_tables(&self, phrase: &Phrase) -> Option<Actor> {
        match phrase.hint() {
            Some(NameKindHint::Person) => {
                self.namesake(phrase).or_else(|| self.title_alone(phrase)).or_else(|| self.person(phrase))
            }
            Some(NameKindHint::Other) => self.known(phrase).or_else(|| self.described(phrase)),
            Some(_) => self.named(phrase).map(|found| match found.kind {
                ActorKind::Place => self.surname_of_a_head(phrase).unwrap_or(found),
                _ => found,
            }),
            None if phrase.upos_at(phrase.head) == "PROPN" => self
                .entitled(phrase)
                .or_else(|| self.described(phrase))
                .or_else(|| self.named(phrase))
                .or_else(|| self.known_person(phrase)),
            None => self.entitled(phrase).or_else(|| self.described(phrase)),
        }
    }

    /// "the Ombudsman", tagged as a person: a role with a capital, no name.
    fn title_alone(&self, phrase: &Phrase) -> Option<Actor> {
        let run = phrase.run(phrase.head);
        self.roles.exact(&phrase.join(run))?;
        self.role_holder(phrase)
    }

    /// "Obama" in 2014, tagged as the town: the head of state or government of that day.
    fn surname_of_a_head(&self, phrase: &Phrase) -> Option<Actor> {
        let run = phrase.run(phrase.head);
        let date = phrase.mention.date.filter(|_| run.len() == 1);
        self.head_in_office(&phrase.join(run), date?)
    }

    /// A name that the tagger took for no actor, if a table has it.
    fn known(&self, phrase: &Phrase) -> Option<Actor> {
        self.known_person(phrase).or_else(|| self.named(phrase))
    }

    /// A body whose whole name is written with capitals: "the Security Council", "SANDF".
    fn entitled(&self, phrase: &Phrase) -> Option<Actor> {
        let run = phrase.run(phrase.head);
        is_capitalised(phrase.form_at(phrase.head)).then(|| self.body(phrase, &run)).flatten()
    }

    /// A common noun: a role, an organ, a people, in this order.
    fn described(&self, phrase: &Phrase) -> Option<Actor> {
        self.role_holder(phrase).or_else(|| self.organ(phrase)).or_else(|| self.people(phrase))
    }
}
