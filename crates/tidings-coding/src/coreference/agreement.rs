//! Which actors a pronoun may stand for.

use tidings_actors::{Actor, ActorKind};

/// Sex, as far as the words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// "he", "spokeswoman" not.
    Male,
    /// "she", "spokeswoman".
    Female,
}

const MALE: &[&str] = &["brother", "father", "husband", "king", "mr", "prince", "sheikh", "sir", "son"];
const FEMALE: &[&str] =
    &["daughter", "lady", "mother", "mrs", "ms", "princess", "queen", "sister", "widow", "wife"];

impl Gender {
    /// From role and name: "spokeswoman", "king".
    pub fn of(actor: &Actor) -> Option<Self> {
        let role = actor.role.as_deref().unwrap_or(&actor.name).to_lowercase();
        role.split(|c: char| !c.is_alphanumeric()).find_map(|word| {
            if FEMALE.contains(&word) || word.ends_with("woman") {
                Some(Gender::Female)
            } else if MALE.contains(&word) || (word.ends_with("man") && word.len() > 3) {
                Some(Gender::Male)
            } else {
                None
            }
        })
    }
}

/// What a pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// "he", "she".
    One(Gender),
    /// "it".
    Thing,
    /// "they".
    Many,
}

impl Wanted {
    /// By the lower-case form.
    pub fn of(form: &str) -> Option<Self> {
        Some(match form {
            "he" | "him" | "his" | "himself" => Wanted::One(Gender::Male),
            "she" | "her" | "hers" | "herself" => Wanted::One(Gender::Female),
            "it" | "its" | "itself" => Wanted::Thing,
            "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Many,
            _ => return None,
        })
    }

    /// Whether it may stand for the actor, of whom `gender` is known, in a mention that is `plural` or not.
    pub fn fits(self, actor: &Actor, gender: Option<Gender>, plural: bool) -> bool {
        match self {
            Wanted::One(wanted) => {
                gender.is_none_or(|g| g == wanted)
                    && !plural
                    && (actor.kind == ActorKind::Person || (actor.generic && actor.kind == ActorKind::Group))
            }
            Wanted::Thing => !plural && matches!(actor.kind, ActorKind::Country | ActorKind::Organization),
            Wanted::Many => plural || matches!(actor.kind, ActorKind::Group | ActorKind::Organization),
        }
    }

    /// Small weight for those that the pronoun usually means.
    pub fn preference(self, actor: &Actor) -> i32 {
        match self {
            Wanted::One(_) => i32::from(!actor.generic),
            Wanted::Many => i32::from(actor.kind == ActorKind::Group),
            Wanted::Thing => 0,
        }
    }
}
