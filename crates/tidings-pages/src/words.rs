//! Comparing lines by their words.

/// Whether two lines have the same letters and figures.
pub(crate) fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// Whether one line is the other, perhaps with a name before or behind.
pub(crate) fn agree(one: &str, other: &str) -> bool {
    let (one, other): (String, String) = (letters(one).collect(), letters(other).collect());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() * 2 >= long.len() && long.contains(&short) && !short.is_empty()
}

/// Small letters and figures.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// A line without HTML: titles in metadata come with names of letters and with tags.
pub(crate) fn plain(text: &str) -> String {
    if !text.contains(['&', '<', '\n', '\t', '\u{A0}']) && !text.contains("  ") {
        return text.trim().to_owned();
    }
    let tree = crate::tree::parse(text);
    tree.ids()
        .fold(String::new(), |mut out, id| {
            crate::tree::push_words(&mut out, tree.text(id));
            out
        })
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_agree_with_a_name_behind() {
        assert!(agree("Oslo thanks Reykjavik", "Oslo Thanks Reykjavik | Delta Post"));
        assert!(!agree("Oslo", "Oslo thanks Reykjavik and all the fishermen"));
        assert!(!agree("", ""));
        assert!(same_letters("Oslo’s thanks", "oslo's THANKS"));
    }

    #[test]
    fn names_of_letters_and_tags_are_read() {
        assert_eq!(plain("Oslo &amp; <i>Bergen</i>  thank"), "Oslo & Bergen thank");
    }
}
