//! Names without what may differ: accents, case, punctuation, articles and titles.

use unicode_normalization::UnicodeNormalization;

/// Words that make no difference between names.
const EMPTY: [&str; 9] = ["the", "of", "a", "an", "s", "mr", "ms", "mrs", "dr"];

/// A name as its telling words, in lower-case ASCII. Letters of other alphabets are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(Vec<String>);

impl Name {
    /// The telling words of `text`.
    pub fn new(text: &str) -> Self {
        let plain: String = text.nfkd().filter(char::is_ascii).map(|c| c.to_ascii_lowercase()).collect();
        let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
        Self(words.filter(|w| !w.is_empty() && !EMPTY.contains(w)).map(str::to_owned).collect())
    }

    /// Whether no telling word is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether two names may mean the same: equal, or the words of the shorter one all among those of the longer one. A
    /// single word must then be the last one, as "Tornquist" is of "Amelie von Tornquist", and longer than two letters.
    pub fn fits(&self, other: &Self) -> bool {
        let (short, long) =
            if self.0.len() <= other.0.len() { (&self.0, &other.0) } else { (&other.0, &self.0) };
        let (Some(last), Some(end)) = (short.last(), long.last()) else { return false };
        let within = short.iter().all(|word| long.contains(word));
        short == long || within && (short.len() > 1 || last == end && last.len() > 2)
    }

    /// Whether at least half of all the words of both are in both.
    pub fn shares_half(&self, other: &Self) -> bool {
        let (a, b) = (self.distinct(), other.distinct());
        let common = a.iter().filter(|word| b.contains(word)).count();
        common > 0 && 2 * common >= a.len() + b.len() - common
    }

    /// Whether the two have a word in common.
    pub fn touches(&self, other: &Self) -> bool {
        self.0.iter().any(|word| other.0.contains(word))
    }

    fn distinct(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.0.iter().map(String::as_str).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    fn fit(a: &str, b: &str) -> bool {
        let (a, b) = (Name::new(a), Name::new(b));
        assert_eq!(a.fits(&b), b.fits(&a));
        a.fits(&b)
    }

    #[test]
    fn accents_case_articles_and_titles_make_no_difference() {
        assert_eq!(Name::new("the Café of Mr. Ångström's"), Name::new("CAFE ANGSTROM"));
        assert!(Name::new("谢 — the").is_empty());
    }

    #[test]
    fn a_surname_fits_and_a_first_name_does_not() {
        assert!(fit("Tornquist", "Amelie von Tornquist"));
        assert!(fit("Amelie Tornquist", "Amelie von Tornquist"));
        assert!(!fit("Amelie", "Amelie von Tornquist"));
        assert!(!fit("Li", "Wen Li"), "two letters are too few");
        assert!(!fit("", ""), "no name is not the same name");
    }

    #[test]
    fn half_of_the_words() {
        let half = |a: &str, b: &str| Name::new(a).shares_half(&Name::new(b));
        assert!(half("angry farmers", "farmers"));
        assert!(half("farmers farmers", "farmers"));
        assert!(!half("angry farmers", "farmers near town"));
        assert!(!half("", ""));
    }
}
