//! Regular English inflection backwards: from "companies" to "company", from "hoped" to "hope".
//!
//! The model chooses lemmas by their spelling changes and now and then chooses one too many or too few ("kille").
//! Here are the bases that a regularly inflected word may have; which of them is a word, the vocabulary knows.

use crate::Upos;

/// Forms shorter than their ending and this many letters are no inflections: "sing", "red".
const SHORTEST_STEM: usize = 2;

/// The base of a regularly inflected `form` (in small letters): the likeliest one that `knows` knows, else the
/// likeliest. None if the form has no ending that its features call for.
pub(crate) fn base(form: &str, upos: Upos, features: &str, knows: impl Fn(&str) -> bool) -> Option<String> {
    let mut bases = bases(form, upos, features);
    let known = bases.iter().position(|base| knows(base)).unwrap_or(0);
    (!bases.is_empty()).then(|| bases.swap_remove(known))
}

/// All bases that a form may have, the likeliest first.
fn bases(form: &str, upos: Upos, features: &str) -> Vec<String> {
    let has = |feature: &str| features.split('|').any(|f| f == feature);
    if !form.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let stem = |ending: &str| form.strip_suffix(ending).filter(|stem| stem.len() >= SHORTEST_STEM);
    // Past forms name their person too, so verbs are told apart by their endings.
    let verb = || {
        let third = stem("s").filter(|_| has("Person=3")).map(before_s);
        third
            .or_else(|| stem("ed").map(before_vowel))
            .or_else(|| stem("ing").filter(|s| has_vowel(s)).map(before_ing))
    };
    match upos {
        Upos::Noun if has("Number=Plur") => stem("s").map(before_s),
        Upos::Verb if !has("VerbForm=Inf") => verb(),
        Upos::Adj | Upos::Adv if has("Degree=Cmp") => stem("er").map(before_vowel),
        Upos::Adj | Upos::Adv if has("Degree=Sup") => stem("est").map(before_vowel),
        _ => None,
    }
    .unwrap_or_default()
}

/// `rest` is the form without its -s: "ships", "houses", "clashes", "parties", not "class".
fn before_s(rest: &str) -> Vec<String> {
    if let Some(stem) = rest.strip_suffix("ie") {
        return vec![format!("{stem}y"), rest.to_owned()];
    }
    match rest.strip_suffix('e') {
        Some(stem) => vec![rest.to_owned(), stem.to_owned()],
        None if rest.ends_with('s') => Vec::new(),
        None => vec![rest.to_owned()],
    }
}

/// "dying" may come from "die", otherwise -ing is as -ed.
fn before_ing(stem: &str) -> Vec<String> {
    let tied = stem.strip_suffix('y').map(|s| format!("{s}ie"));
    before_vowel(stem).into_iter().chain(tied).collect()
}

/// A final e is lost before an ending that begins with a vowel, a final consonant may be doubled, y becomes i.
fn before_vowel(stem: &str) -> Vec<String> {
    if let Some(start) = stem.strip_suffix('i') {
        return vec![format!("{start}y"), format!("{stem}e")];
    }
    let (bare, with_e) = (stem.to_owned(), format!("{stem}e"));
    if let Some(single) = undoubled(stem) {
        // "kill", "pass" end so themselves; long words in -el do not ("compelled").
        let own = stem.ends_with(['l', 's', 'z', 'f']) && !(stem.len() > 5 && stem.ends_with("ell"));
        return if own { vec![bare, single.to_owned()] } else { vec![single.to_owned(), bare] };
    }
    if keeps_its_end(stem) { vec![bare, with_e] } else { vec![with_e, bare] }
}

/// "plan" of "plann"; short words end in two consonants of their own ("add", "err").
fn undoubled(stem: &str) -> Option<&str> {
    let (start, last) = stem.split_at_checked(stem.len().checked_sub(1)?)?;
    (start.len() > 2 && start.ends_with(last) && !is_vowel(last)).then_some(start)
}

/// Whether a stem more likely stands for itself ("fear", "plant", "offer") than for a word with -e ("hope", "change").
fn keeps_its_end(stem: &str) -> bool {
    let nth = |n: usize| stem.len().checked_sub(n).and_then(|at| stem.get(at..=at)).unwrap_or("");
    let (third, second, last) = (nth(3), nth(2), nth(1));
    if stem.ends_with("th") || "cvzgu".contains(last) {
        return false;
    }
    let unstressed = stem.len() > 4 && (stem.ends_with("er") || stem.ends_with("en"));
    let two_vowels = !is_vowel(last) && is_vowel(second) && is_vowel(third);
    let two_consonants = !is_vowel(last) && !is_vowel(second) && !"sl".contains(last);
    unstressed || "wxyaio".contains(last) || stem.ends_with("ee") || two_vowels || two_consonants
}

/// Whether `form` is `base` with an ending before which that base would have doubled its last letter: "rap" gives
/// "rapped", so "raped" is of another word.
pub(crate) fn would_double(base: &str, form: &str) -> bool {
    let ending = form.strip_prefix(base).unwrap_or("");
    let mut letters = base.bytes().rev();
    let vowel = |b: Option<u8>| b.is_some_and(|b| b"aeiou".contains(&b));
    let (last, middle, before) = (letters.next(), letters.next(), letters.next());
    let short = !base.bytes().rev().skip(2).any(|b| b"aeiouy".contains(&b));
    let closed =
        !vowel(last) && !last.is_some_and(|b| b"wxy".contains(&b)) && vowel(middle) && before.is_some();
    matches!(ending, "ed" | "ing") && short && closed
}

fn is_vowel(letter: &str) -> bool {
    matches!(letter, "a" | "e" | "i" | "o" | "u")
}

fn has_vowel(stem: &str) -> bool {
    stem.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

#[cfg(test)]
mod tests {
    use super::{base, bases, would_double};
    use crate::Upos;
    use crate::wordpiece::WordPiece;

    fn first(form: &str, upos: Upos, features: &str) -> String {
        bases(form, upos, features).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn past_and_participles() {
        let past = "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin";
        let words = "feared fear, changed change, carried carry, breathed breathe, argued argue, settled settle, offered offer, \
            played play, erred err, added add, freed free, planned plan, shunned shun, killed kill";
        for (form, base) in words.split(", ").filter_map(|w| w.split_once(' ')) {
            assert_eq!(first(form, Upos::Verb, past), base);
        }
        assert_eq!(bases("dying", Upos::Verb, "VerbForm=Ger").last().map(String::as_str), Some("die"));
        assert_eq!(first("foreseeing", Upos::Verb, "VerbForm=Ger"), "foresee");
        assert!(
            bases("bring", Upos::Verb, "VerbForm=Inf").is_empty()
                && bases("string", Upos::Verb, "Tense=Pres").is_empty()
        );
    }

    #[test]
    fn plurals_third_persons_and_degrees() {
        let words = "ships ship, parties party, houses house";
        for (form, base) in words.split(", ").filter_map(|w| w.split_once(' ')) {
            assert_eq!(first(form, Upos::Noun, "Number=Plur"), base);
        }
        assert_eq!(bases("clashes", Upos::Verb, "Number=Sing|Person=3|Tense=Pres"), ["clashe", "clash"]);
        assert_eq!(first("larger", Upos::Adj, "Degree=Cmp"), "large");
        assert_eq!(first("wealthiest", Upos::Adj, "Degree=Sup"), "wealthy");
    }

    #[test]
    fn short_verbs_double_their_last_letter() {
        assert!(would_double("rap", "raped") && would_double("plan", "planing"));
        assert!(!would_double("rape", "raped") && !would_double("fear", "feared"));
        assert!(!would_double("show", "showing") && !would_double("visit", "visited"));
        assert!(!would_double("add", "added") && !would_double("go", "going"));
    }

    #[test]
    fn other_words_have_none() {
        assert!(bases("ships", Upos::Propn, "Number=Plur").is_empty());
        assert!(bases("under", Upos::Adv, "").is_empty());
        assert!(bases("class", Upos::Noun, "Number=Plur").is_empty());
        assert!(bases("Élysées", Upos::Noun, "Number=Plur").is_empty());
        for form in ["", "s", "ed", "ing", "bs", "er"] {
            assert!(bases(form, Upos::Noun, "Number=Plur").len() + bases(form, Upos::Verb, "").len() < 2);
        }
    }

    #[test]
    fn the_vocabulary_decides() {
        let vocabulary = WordPiece::new(include_str!("../../../models/en/vocab.txt")).expect("sound");
        let words = "visited visit, wasted waste, hoped hope, closed close, controlled control, detonated detonate, released release, \
            limited limit, used use, opened open, compelled compel, lived live";
        for (form, expected) in words.split(", ").filter_map(|w| w.split_once(' ')) {
            assert_eq!(
                base(form, Upos::Verb, "Tense=Past", |w| vocabulary.knows(w)).as_deref(),
                Some(expected)
            );
        }
        for (form, expected) in
            [("clashes", "clash"), ("classes", "class"), ("houses", "house"), ("companies", "company")]
        {
            assert_eq!(
                base(form, Upos::Noun, "Number=Plur", |w| vocabulary.knows(w)).as_deref(),
                Some(expected)
            );
        }
        assert_eq!(base("harbour", Upos::Noun, "Number=Sing", |_| true), None);
    }
}
