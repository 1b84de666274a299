//! What the names that publishers give to elements say of their purpose (`data/pages/classes.tsv`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::tree::{Id, Tree};

/// What an element may be for; an element can have several roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Never news text: links to other stories, adverts, tools.
    Away,
    /// No news text, unless the main text lies in it.
    Furniture,
    /// Surely the main text.
    Report,
    /// Perhaps the main text.
    Body,
    /// Words under a picture.
    Caption,
    /// Who made the picture.
    Credit,
    /// Who wrote the report.
    Byline,
    /// When it was published.
    Date,
    /// The sentence under the headline.
    Standfirst,
    /// The title of the report.
    Headline,
    /// What stands where the text is not free.
    Paywall,
    /// Not the report, however long it is: what readers wrote, what visitors must agree to.
    Never,
    /// Pictures with words under each.
    Gallery,
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roles(u16);

impl Roles {
    /// Whether `role` is one of them.
    pub(crate) fn has(self, role: Role) -> bool {
        self.0 & 1 << role as u16 != 0
    }

    fn add(&mut self, role: Role) {
        self.0 |= 1 << role as u16;
    }
}

/// Where in a name the words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Holds,
    Whole,
    Opens,
    Closes,
}

struct Entry {
    /// The words after the first.
    rest: Vec<&'static str>,
    place: Place,
    role: Role,
    #[cfg(test)]
    example: &'static str,
}

/// Entries by their first word.
static TABLE: LazyLock<BTreeMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut table: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let lines = include_str!("../../../data/pages/classes.tsv").lines();
    for (first, entry) in lines.filter(|l| !l.starts_with('#')).skip(1).filter_map(entry) {
        table.entry(first).or_default().push(entry);
    }
    table
});

fn entry(line: &'static str) -> Option<(&'static str, Entry)> {
    let mut columns = line.split('\t');
    let mut words = columns.next()?.split(' ');
    let first = words.next()?;
    let role = match columns.next()? {
        "away" => Role::Away,
        "furniture" => Role::Furniture,
        "report" => Role::Report,
        "body" => Role::Body,
        "caption" => Role::Caption,
        "credit" => Role::Credit,
        "byline" => Role::Byline,
        "date" => Role::Date,
        "standfirst" => Role::Standfirst,
        "headline" => Role::Headline,
        "paywall" => Role::Paywall,
        "never" => Role::Never,
        "gallery" => Role::Gallery,
        _ => return None,
    };
    let place = match columns.next()? {
        "holds" => Place::Holds,
        "whole" => Place::Whole,
        "opens" => Place::Opens,
        "closes" => Place::Closes,
        _ => return None,
    };
    let example = columns.next()?;
    let _ = example;
    let entry = Entry {
        rest: words.collect(),
        place,
        role,
        #[cfg(test)]
        example,
    };
    Some((first, entry))
}

/// The roles of every node of a page, by its number.
pub(crate) fn roles(tree: &Tree) -> Vec<Roles> {
    let mut words = Vec::new();
    let mut of = |id: Id| {
        let mut roles = Roles::default();
        for name in ["class", "id", "data-testid", "data-component", "rel"] {
            let value = tree.attribute(id, name).unwrap_or("");
            for class in value.split_ascii_whitespace().take(MOST_CLASSES) {
                add_roles(class, &mut words, &mut roles);
            }
        }
        if let Some(property) = tree.attribute(id, "itemprop") {
            add_property(property, &mut roles);
        }
        roles
    };
    tree.ids().map(|id| if tree.is_element(id) { of(id) } else { Roles::default() }).collect()
}

/// Class names of one element that are looked at.
const MOST_CLASSES: usize = 24;
/// Words of a class name: more are a headline that was made a name.
const MOST_WORDS: usize = 7;
/// Bytes of the longest class name that is looked at: longer ones are made by machines.
const LONGEST_CLASS: usize = 100;

/// The names of microdata.
fn add_property(property: &str, roles: &mut Roles) {
    for name in property.split_ascii_whitespace() {
        match name {
            "articleBody" => {
                roles.add(Role::Report);
                roles.add(Role::Body);
            }
            "headline" => roles.add(Role::Headline),
            "author" => roles.add(Role::Byline),
            "datePublished" | "dateModified" => roles.add(Role::Date),
            "caption" => roles.add(Role::Caption),
            "comment" => roles.add(Role::Never),
            _ => {}
        }
    }
}

fn add_roles(class: &str, words: &mut Vec<(usize, usize)>, roles: &mut Roles) {
    if class.len() > LONGEST_CLASS {
        return;
    }
    split(class, words);
    if words.len() > MOST_WORDS {
        return;
    }
    let lower = class.to_ascii_lowercase();
    let word = |at: usize| words.get(at).and_then(|(start, end)| lower.get(*start..*end));
    for at in 0..words.len() {
        for entry in word(at).and_then(|first| TABLE.get(first)).into_iter().flatten() {
            let end = at + 1 + entry.rest.len();
            let same = entry.rest.iter().enumerate().all(|(n, rest)| word(at + 1 + n) == Some(rest));
            let placed = match entry.place {
                Place::Holds => true,
                Place::Whole => at == 0 && end == words.len(),
                Place::Opens => at == 0,
                Place::Closes => end == words.len(),
            };
            if same && placed {
                roles.add(entry.role);
            }
        }
    }
}

/// Where the words of a class name are: "articleBody-main" has three.
fn split(class: &str, words: &mut Vec<(usize, usize)>) {
    words.clear();
    let mut start = 0;
    let mut before = b'-';
    for (at, byte) in class.bytes().enumerate() {
        let letter = byte.is_ascii_alphanumeric() || byte >= 128;
        let hump = byte.is_ascii_uppercase() && before.is_ascii_lowercase();
        if !letter || hump {
            if start < at {
                words.push((start, at));
            }
            start = if letter { at } else { at + 1 };
        }
        before = byte;
    }
    if start < class.len() {
        words.push((start, class.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(class: &str) -> Roles {
        let mut roles = Roles::default();
        add_roles(class, &mut Vec::new(), &mut roles);
        roles
    }

    #[test]
    fn every_entry_fits_its_example() {
        for entry in TABLE.values().flatten() {
            assert!(of(entry.example).has(entry.role), "{} is not {:?}", entry.example, entry.role);
        }
        let lines = include_str!("../../../data/pages/classes.tsv").lines().filter(|l| !l.starts_with('#'));
        assert_eq!(TABLE.values().flatten().count(), lines.count() - 1, "a line cannot be read");
    }

    #[test]
    fn names_are_split_into_words() {
        for class in ["articleBody", "article-body", "c-article_body--wide", "ArticleBody2"] {
            assert_eq!(of(class).has(Role::Body), class != "ArticleBody2", "{class}");
        }
        assert!(!of("unrelatedly").has(Role::Away));
        assert!(of("ad").has(Role::Furniture) && !of("shadow").has(Role::Furniture));
    }
}
