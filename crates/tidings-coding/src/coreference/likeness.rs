//! Whether two descriptions may be of the same actor: names, abbreviations, roles, kinds.

use tidings_actors::{Actor, ActorKind, Knowledge};

/// What a later mention adds: a role, a country, the full name.
pub fn enrich(known: &mut Actor, seen: &Actor) {
    if known.country.is_none() {
        known.country.clone_from(&seen.country);
    }
    if known.sectors.is_empty() {
        known.sectors.clone_from(&seen.sectors);
    }
    if known.role.is_none() || known.role.as_deref() == Some("counterpart") {
        known.role = seen.role.clone().or_else(|| known.role.take());
    }
    let longer = seen.name.len() > known.name.len() && ends_with_words(&seen.name, &known.name);
    if known.kind == ActorKind::Person && seen.kind == ActorKind::Person && longer && !seen.generic {
        known.name.clone_from(&seen.name);
    }
}

/// "Ada Stern" ends with "Stern", "al-Stern" too, "Morgenstern" not.
pub fn ends_with_words(long: &str, short: &str) -> bool {
    let (long, short) = (long.to_lowercase(), short.to_lowercase());
    !short.is_empty()
        && long.strip_suffix(&short).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '-']))
}

/// "Ada Stern" and "Berta Stern".
pub fn different_given_names(a: &str, b: &str) -> bool {
    let first = |name: &str| name.split(' ').next().map(str::to_lowercase);
    a.contains(' ') && b.contains(' ') && first(a) != first(b)
}

/// "NTU", "N.T.U.", "NTU-B": what may stand for a long name.
pub fn is_acronym(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2
        && text.chars().count() <= 12
        && text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '/'))
}

/// Whether the letters of `short` are the initials of the capitalised words of `name`.
pub fn initials(name: &str, short: &str) -> bool {
    let letters: String = short.chars().filter(|c| c.is_alphabetic()).collect();
    let all: String =
        name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    letters.chars().count() >= 2 && all == letters
}

/// Whether `word` is one of the words of `text`, whatever its case.
pub fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|w| w.eq_ignore_ascii_case(word))
}

/// One human being, named or not.
pub fn is_person(actor: &Actor) -> bool {
    actor.kind == ActorKind::Person
}

/// Words that say no more of somebody than the sector does: "rebel leader" for the leader of a rebel group.
const SECTOR_WORDS: &[(&str, &str)] = &[
    ("army", "MIL"),
    ("government", "GOV"),
    ("guerrilla", "REB"),
    ("insurgent", "REB"),
    ("militant", "REB"),
    ("military", "MIL"),
    ("opposition", "OPP"),
    ("party", "PTY"),
    ("police", "COP"),
    ("rebel", "REB"),
    ("state", "GOV"),
];

/// Whether somebody whose role is `known` can be meant by `said`: "the minister" for the justice minister, "the
/// foreign minister" for the foreign secretary, but not "the foreign minister" for the justice minister.
pub fn role_fits(knowledge: &Knowledge, known: &str, said: &str, sectors: &[String]) -> bool {
    let (known, said) = (known.to_lowercase(), said.to_lowercase());
    let same = knowledge.canonical_role(&known) == knowledge.canonical_role(&said);
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (known, said) = (words(&known), words(&said));
    let told = |word: &String| {
        known.contains(word)
            || SECTOR_WORDS.iter().any(|(w, s)| w == word && sectors.iter().any(|known| known == s))
    };
    same || (!said.is_empty()
        && said.iter().all(told)
        && said.iter().any(|w| known.contains(w) && !SECTOR_WORDS.iter().any(|(s, _)| s == w)))
}

/// "the group", "the country", "the organisation" fit by what the entity is.
pub fn kind_noun(actor: &Actor, lemma: &str) -> bool {
    let has = |wanted: &[&str]| actor.sectors.iter().any(|s| wanted.contains(&s.as_str()));
    let body = actor.kind == ActorKind::Organization;
    match lemma {
        "group" | "movement" | "militia" | "faction" => {
            body && !actor.generic && has(&["REB", "PTY", "OPP", "PRM"])
        }
        "country" | "nation" | "republic" | "kingdom" => actor.kind == ActorKind::Country,
        "organization" | "organisation" | "body" | "agency" | "bloc" | "alliance" | "union" => {
            body && !actor.generic && !has(&["REB"])
        }
        "party" => body && !actor.generic && has(&["PTY"]),
        "mission" => {
            body && !actor.generic && actor.country.as_deref().is_some_and(|c| c == "UNO" || c == "IGO")
        }
        "tribunal" | "court" => body && has(&["JUD"]),
        "ministry" | "department" => body && has(&["GOV"]) && has_word(&actor.name, lemma),
        _ => false,
    }
}

/// "the militants", "the fighters" for the armed group last spoken of.
pub fn members_noun(actor: &Actor, lemma: &str) -> bool {
    let armed = matches!(
        lemma,
        "militant"
            | "rebel"
            | "fighter"
            | "insurgent"
            | "guerrilla"
            | "extremist"
            | "jihadist"
            | "islamist"
            | "terrorist"
            | "separatist"
            | "militiaman"
    );
    armed
        && actor.kind != ActorKind::Person
        && !actor.generic
        && actor.sectors.iter().any(|s| s == "REB" || s == "PRM")
}
