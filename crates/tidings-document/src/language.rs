//! Which language is the text in?
//!
//! Only "is it English?" has consequences, so two witnesses are heard: the detector on several stretches of the text, and
//! the share of frequent English words. Names in headlines and quotations in other languages mislead the first, lists and
//! tables the second.

use whichlang::Lang;

use crate::phrases::is_english_word;

/// ISO 639-1 code of English.
pub(crate) const ENGLISH: &str = "en";
/// ISO 639 code of a language that is not known.
const UNDETERMINED: &str = "und";
/// Fewer letters than this tell nothing.
const FEWEST_LETTERS: usize = 60;
/// Fewer words than this tell nothing, in a language that writes with Latin letters.
const FEWEST_WORDS: usize = 20;
/// Stretches of the text that are looked at, and their length in bytes.
const STRETCHES: usize = 12;
const STRETCH: usize = 600;
/// Languages that the detector knows: code, code of three letters, name.
const LANGUAGES: [[&str; 3]; 16] = [
    ["ar", "ara", "arabic"],
    ["de", "deu", "german"],
    ["en", "eng", "english"],
    ["es", "spa", "spanish"],
    ["fr", "fra", "french"],
    ["hi", "hin", "hindi"],
    ["it", "ita", "italian"],
    ["ja", "jpn", "japanese"],
    ["ko", "kor", "korean"],
    ["nl", "nld", "dutch"],
    ["pt", "por", "portuguese"],
    ["ru", "rus", "russian"],
    ["sv", "swe", "swedish"],
    ["tr", "tur", "turkish"],
    ["vi", "vie", "vietnamese"],
    ["zh", "zho", "chinese"],
];
/// English news has 35 to 45 of these words in a hundred, other languages 0 to 6.
const SURELY_ENGLISH: usize = 18;
const HARDLY_ENGLISH: usize = 8;

/// ISO 639-1 code of the language of `text`. Where there is too little of it to tell, that which the input says, or `en`.
pub(crate) fn language(text: &str, said: Option<&str>) -> String {
    detected(text)
        .map(str::to_owned)
        .or_else(|| said.and_then(code_said))
        .unwrap_or_else(|| ENGLISH.to_owned())
}

/// The code that a page or a table gives: "en-GB", "eng", "English".
fn code_said(said: &str) -> Option<String> {
    let word = said.trim().split(['-', '_', ',', ';', ' ']).next()?.to_lowercase();
    let known =
        LANGUAGES.iter().find(|names| names.contains(&word.as_str())).map(|names| names[0].to_owned());
    known.or_else(|| {
        (matches!(word.len(), 2 | 3) && word.bytes().all(|b| b.is_ascii_lowercase())).then_some(word)
    })
}

fn detected(text: &str) -> Option<&'static str> {
    let sample = stretches(text);
    let letters = || sample.iter().flat_map(|s| s.chars()).filter(|c| c.is_alphabetic());
    let (all, latin) = (letters().count(), letters().filter(|c| is_latin(*c)).count());
    let words = || sample.iter().flat_map(|s| words(s)).filter(|w| w.chars().any(char::is_alphabetic));
    let count = words().count();
    let foreign_script = latin * 2 < all;
    if all < FEWEST_LETTERS / 3 || !foreign_script && (all < FEWEST_LETTERS || count < FEWEST_WORDS) {
        return None;
    }
    let share = words().filter(|w| is_english_word(w)).count() * 100 / count.max(1);
    if share >= SURELY_ENGLISH {
        return Some(ENGLISH);
    }
    Some(match elected(&sample) {
        ENGLISH if share < HARDLY_ENGLISH && count >= FEWEST_WORDS * 2 && !is_capitals(text) => UNDETERMINED,
        language => language,
    })
}

/// The language that most stretches vote for; English where it has half of the votes.
fn elected(sample: &[&str]) -> &'static str {
    let votes: Vec<&'static str> =
        sample.iter().map(|s| code(whichlang::detect_language(&s.to_lowercase()))).collect();
    let count = |code: &str| votes.iter().filter(|v| **v == code).count();
    if count(ENGLISH) * 2 >= votes.len() {
        return ENGLISH;
    }
    votes.iter().copied().max_by_key(|code| (count(code), std::cmp::Reverse(*code))).unwrap_or(ENGLISH)
}

/// Stretches spread over the text: all of a short one.
fn stretches(text: &str) -> Vec<&str> {
    let step = (text.len() / STRETCHES).max(STRETCH);
    let starts = (0..STRETCHES).map(|n| n * step).take_while(|start| *start < text.len().max(1));
    let cut = |start: usize| {
        text.get(text.floor_char_boundary(start)..text.floor_char_boundary((start + STRETCH).min(text.len())))
    };
    let whole = starts.filter_map(cut).filter(|s| s.len() >= STRETCH / 4 || text.len() < STRETCH);
    whole.collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

fn is_capitals(text: &str) -> bool {
    let head = || text.chars().take(2_000);
    head().filter(|c| c.is_lowercase()).count() * 4 < head().filter(|c| c.is_uppercase()).count()
}

fn code(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => ENGLISH,
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language_of(text: &str) -> String {
        language(text, None)
    }

    #[test]
    fn the_input_is_heard_where_there_is_too_little_text_to_tell() {
        for (said, code) in [
            ("fr", "fr"),
            ("en-GB", "en"),
            ("deu", "de"),
            ("German", "de"),
            ("sw", "sw"),
            ("", "en"),
            ("??", "en"),
        ] {
            assert_eq!(language("Oslo", Some(said)), code, "{said}");
        }
        let report = "The minister said on Monday that the boats would be sent back before the winter, and that the \
                      fishermen had been told of it by the harbour master.";
        assert_eq!(language(report, Some("fr")), "en");
    }

    #[test]
    fn english_reports_are_english() {
        for text in [
            "The Norwegian foreign minister thanked his counterpart in Reykjavik on Monday and said that the boats would \
             be sent back before the winter begins in the north.",
            "Nkurunziza, Ndayishimiye, Mbonimpa and Niyonkuru met Rajoelina, Ravalomanana and Ratsiraka in Antananarivo, \
             said Razafindrakoto of the Haute Cour Constitutionnelle.",
            "OSLO THANKS REYKJAVIK: BOATS SENT BACK BEFORE WINTER, MINISTERS SAY; FISHERMEN PROTEST NEAR TROMSO PORT, \
             POLICE ARREST TEN, MAYOR URGES CALM, OPPOSITION DEMANDS INQUIRY",
            "Norwegen dankte Island.",
            "",
        ] {
            assert_eq!(language_of(text), "en", "{text}");
        }
    }

    #[test]
    fn other_languages_are_named() {
        for (code, text) in [
            (
                "de",
                "Der norwegische Außenminister dankte am Montag seinem Amtskollegen in Reykjavik und sagte, die Boote \
                    würden noch vor dem Winter zurückgeschickt. Die Fischer protestierten gegen den Beschluss.",
            ),
            (
                "fr",
                "Le ministre norvégien des Affaires étrangères a remercié lundi son homologue à Reykjavik et a déclaré \
                    que les bateaux seraient renvoyés avant l'hiver. Les pêcheurs ont protesté contre cette décision.",
            ),
            (
                "es",
                "El ministro noruego de Asuntos Exteriores agradeció el lunes a su homólogo en Reikiavik y dijo que los \
                    barcos serían devueltos antes del invierno. Los pescadores protestaron contra la decisión.",
            ),
            (
                "ru",
                "Министр иностранных дел Норвегии поблагодарил в понедельник своего коллегу в Рейкьявике.",
            ),
            (
                "ar",
                "شكر وزير الخارجية النرويجي نظيره في ريكيافيك يوم الاثنين وقال إن القوارب ستعاد قبل الشتاء.",
            ),
        ] {
            assert_eq!(language_of(text), code, "{text}");
        }
    }

    #[test]
    fn a_language_that_the_detector_does_not_know_is_not_english_either() {
        let swahili = "Waziri wa mambo ya nje wa Norwei alimshukuru mwenzake mjini Reykjavik siku ya Jumatatu na kusema \
                       kwamba boti zitarudishwa kabla ya majira ya baridi. Wavuvi walipinga uamuzi huo na kuandamana \
                       karibu na bandari, huku polisi wakiwakamata watu kumi na meya akitoa wito wa utulivu kwa wote.";
        assert_ne!(language_of(swahili), "en");
    }

    #[test]
    fn a_foreign_quotation_in_an_english_report_changes_nothing() {
        let report = "The minister spoke in German. \"Wir danken unseren Freunden in Island für ihre Hilfe und werden die \
                      Boote noch vor dem Winter zurückschicken\", she said on Monday, and the crowd in the harbour cheered \
                      when she had finished. She then left for the airport with her guests.";
        assert_eq!(language_of(report), "en");
    }
}
