//! The order of the questions: which reading of a phrase is tried when.

use crate::phrase::Phrase;
use crate::{Actor, Knowledge, Mention, NameKindHint};

impl Knowledge {
    /// Who the mention is by its own words; `None` for things and for phrases that only their context explains.
    pub fn resolve(&self, mention: &Mention) -> Option<Actor> {
        let phrase = Phrase::new(mention)?;
        match phrase.hint() {
            Some(NameKindHint::Person) => self.namesake(&phrase).or_else(|| self.person(&phrase)),
            Some(_) => self.named(&phrase),
            None if phrase.upos_at(phrase.head) == "PROPN" => {
                self.described(&phrase).or_else(|| self.named(&phrase))
            }
            None => self.described(&phrase),
        }
    }

    /// A common noun: a role, an organ, a people, in this order.
    fn described(&self, phrase: &Phrase) -> Option<Actor> {
        self.role_holder(phrase).or_else(|| self.organ(phrase)).or_else(|| self.people(phrase))
    }
}
