//! The word lists of `data/text`, read once.

use std::sync::LazyLock;

/// How an abbreviation behaves; see the head of `data/text/abbreviations.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name: its stop never ends a sentence.
    Title,
    /// An abbreviation only before a figure.
    Number,
    /// An abbreviation only after a comma.
    Place,
    /// May end a sentence, before a word that opens sentences.
    Plain,
    /// May end a sentence, before any capital.
    Closing,
}

/// What a dotted name ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressEnding {
    /// A general top-level domain.
    Domain,
    /// A country's top-level domain.
    Country,
    /// A file's extension.
    File,
}

type List = LazyLock<Vec<&'static str>>;
type Table<T> = LazyLock<Vec<(&'static str, T)>>;

static PREFIXES: List = LazyLock::new(|| lines(include_str!("../../../data/text/hyphen_prefixes.txt")));
static EMOTICONS: List = LazyLock::new(|| lines(include_str!("../../../data/text/emoticons.txt")));
static STARTERS: List = LazyLock::new(|| lines(include_str!("../../../data/text/sentence_starters.txt")));
static SPEECH_VERBS: List = LazyLock::new(|| lines(include_str!("../../../data/text/speech_verbs.txt")));
static UNITS: List = LazyLock::new(|| lines(include_str!("../../../data/text/units.txt")));
static ABBREVIATIONS: Table<Abbreviation> =
    LazyLock::new(|| table(include_str!("../../../data/text/abbreviations.tsv"), abbreviation_kind));
static CONTRACTIONS: Table<&'static str> =
    LazyLock::new(|| table(include_str!("../../../data/text/contractions.tsv"), Some));
static ENDINGS: Table<AddressEnding> =
    LazyLock::new(|| table(include_str!("../../../data/text/address_endings.tsv"), ending_kind));

fn lines(file: &'static str) -> Vec<&'static str> {
    let mut list: Vec<_> = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    list.sort_unstable();
    list
}

/// First column and what `kind` makes of the second; a line that it refuses is left out (a test counts the lines).
fn table<T>(file: &'static str, kind: impl Fn(&'static str) -> Option<T>) -> Vec<(&'static str, T)> {
    let row = |line: &'static str| {
        let mut columns = line.split('\t');
        Some((columns.next()?, kind(columns.next()?)?))
    };
    let mut rows: Vec<_> = lines(file).into_iter().filter_map(row).collect();
    rows.sort_by_key(|(form, _)| *form);
    rows
}

fn abbreviation_kind(name: &str) -> Option<Abbreviation> {
    Some(match name {
        "title" => Abbreviation::Title,
        "number" => Abbreviation::Number,
        "place" => Abbreviation::Place,
        "plain" => Abbreviation::Plain,
        "closing" => Abbreviation::Closing,
        _ => return None,
    })
}

fn ending_kind(name: &str) -> Option<AddressEnding> {
    Some(match name {
        "domain" => AddressEnding::Domain,
        "country" => AddressEnding::Country,
        "file" => AddressEnding::File,
        _ => return None,
    })
}

fn look_up<T: Copy>(table: &[(&'static str, T)], form: &str) -> Option<T> {
    let index = table.binary_search_by_key(&form, |(entry, _)| entry).ok()?;
    table.get(index).map(|(_, value)| *value)
}

/// `test` on the small letters of an ASCII word, without a copy on the heap; longer words are in no list.
fn lower<T>(word: &str, test: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    let mut buffer = [0; 24];
    let target = buffer.get_mut(..word.len())?;
    target.copy_from_slice(word.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).ok().and_then(test)
}

fn listed(list: &[&str], word: &str) -> bool {
    lower(word, |word| list.binary_search(&word).ok()).is_some()
}

/// How `form` (without its last stop) behaves; all-capital forms as the others ("CORP").
pub(crate) fn abbreviation(form: &str) -> Option<Abbreviation> {
    look_up(&ABBREVIATIONS, form).or_else(|| capitals(form))
}

fn capitals(form: &str) -> Option<Abbreviation> {
    let all_capitals = form.len() > 1 && form.bytes().all(|b| b.is_ascii_uppercase());
    let mut buffer = [0; 24];
    let target = buffer.get_mut(..form.len()).filter(|_| all_capitals)?;
    target.copy_from_slice(form.as_bytes());
    target.get_mut(1..)?.make_ascii_lowercase();
    let kind = look_up(&ABBREVIATIONS, std::str::from_utf8(target).ok()?)?;
    // "MISS." or "NO." in a shouted headline is a word.
    (!matches!(kind, Abbreviation::Number | Abbreviation::Place)).then_some(kind)
}

/// The parts of a word written together ("cannot": "can not").
pub(crate) fn contraction(word: &str) -> Option<&'static str> {
    lower(word, |word| look_up(&CONTRACTIONS, word))
}

/// What a dotted name may end in.
pub(crate) fn address_ending(label: &str) -> Option<AddressEnding> {
    lower(label, |label| look_up(&ENDINGS, label))
}

/// Whether the prefix keeps its hyphen.
pub(crate) fn is_hyphen_prefix(word: &str) -> bool {
    listed(&PREFIXES, word)
}

/// Whether the word opens sentences.
pub(crate) fn is_sentence_starter(word: &str) -> bool {
    listed(&STARTERS, word)
}

/// Whether the word is a verb of saying.
pub(crate) fn is_speech_verb(word: &str) -> bool {
    listed(&SPEECH_VERBS, word)
}

/// Whether the letters after a figure are a unit.
pub(crate) fn is_unit(letters: &str) -> bool {
    listed(&UNITS, letters)
}

/// The longest face that `rest` begins with.
pub(crate) fn emoticon(rest: &str) -> Option<&'static str> {
    EMOTICONS.iter().filter(|face| rest.starts_with(**face)).max_by_key(|face| face.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_table_is_understood() {
        let rows = |file: &'static str| lines(file).len();
        assert_eq!(ABBREVIATIONS.len(), rows(include_str!("../../../data/text/abbreviations.tsv")));
        assert_eq!(CONTRACTIONS.len(), rows(include_str!("../../../data/text/contractions.tsv")));
        assert_eq!(ENDINGS.len(), rows(include_str!("../../../data/text/address_endings.tsv")));
        for (form, parts) in CONTRACTIONS.iter() {
            assert_eq!(*form, parts.replace(' ', ""), "the parts of a contraction make up the word");
        }
    }

    #[test]
    fn capitals_are_looked_up_as_other_forms_unless_they_are_words() {
        assert_eq!(abbreviation("CORP"), Some(Abbreviation::Plain));
        assert_eq!(abbreviation("Gen"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("gen"), None);
        assert_eq!(abbreviation("NO"), None);
    }
}
