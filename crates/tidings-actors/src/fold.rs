//! How a name is written.

pub use tidings_text::fold;

/// "NATO", "U.S.": no lower-case letter, and a capital.
pub(crate) fn is_shouted(text: &str) -> bool {
    !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase)
}

/// Whether the first letter is a capital.
pub(crate) fn is_capitalised(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}
