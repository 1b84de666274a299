//! Which names are one person: transliteration, order of names, further names, initials.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{Record, days_apart};
use tidings_text::fold;

/// Before a family name, not part of what tells it from others.
pub const PARTICLES: &[&str] =
    &["al", "bin", "da", "de", "del", "den", "der", "di", "dos", "el", "la", "van", "von"];
/// Starts of two terms that are one may lie so many days apart.
pub const SAME_START: i64 = 62;
/// A family name alone means whoever of that name was in power for so many of the same days.
const HALF_A_YEAR: i64 = 183;
/// Whose way to write a name is kept, the best first.
const BEST_NAME: &[&str] = &["wd", "fb", "ar", "re", "ci"];

/// A name in one state, with all records under it.
struct Person {
    words: Vec<String>,
    id: String,
    records: Vec<usize>,
    /// The person whom this one was found to be; itself at first.
    same_as: usize,
}

/// A further spelling of a person's name: spelling, name, state, source.
pub type Spelling = (String, String, String, String);

/// Gives all records of one person one name and one item, and returns the other spellings.
pub fn unite(records: &mut [Record]) -> Vec<Spelling> {
    let mut persons = persons(records);
    let mut by_word: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (number, person) in persons.iter().enumerate() {
        let state = &records[person.records[0]].iso3;
        for word in person.words.iter().map(|w| skeleton(w)).collect::<BTreeSet<_>>() {
            by_word.entry((state.clone(), word)).or_default().push(number);
        }
    }
    for number in 0..persons.len() {
        if !persons[number].id.is_empty() {
            continue;
        }
        let state = &records[persons[number].records[0]].iso3;
        let words = persons[number].words.iter().map(|w| (state.clone(), skeleton(w)));
        let near: BTreeSet<usize> =
            words.flat_map(|key| by_word.get(&key).cloned().unwrap_or_default()).collect();
        // A family name alone is looked up among the full names, not the other way round.
        let alone = persons[number].words.len() == 1;
        let found = near.into_iter().filter(|o| *o != number && (alone || persons[*o].words.len() > 1));
        let found: Vec<usize> = found.filter(|o| is_one(&persons[number], &persons[*o], records)).collect();
        let same_start =
            |o: &usize| pairs(&persons[number], &persons[*o], records).any(|(x, y)| starts_with(x, y));
        let close: Vec<usize> = found.iter().copied().filter(|o| alone && same_start(o)).collect();
        let found = if close.is_empty() { found } else { close };
        let roots: BTreeSet<usize> = found.into_iter().map(|o| root(&persons, o)).collect();
        join(&mut persons, number, &roots, records);
    }
    rename(&persons, records)
}

/// Joins a person with those found: with the one that has an item, or with all if they are one another.
fn join(persons: &mut [Person], number: usize, roots: &BTreeSet<usize>, records: &[Record]) {
    let own = root(persons, number);
    let others: Vec<usize> = roots.iter().copied().filter(|p| *p != own).collect();
    let known: Vec<usize> = others.iter().copied().filter(|p| !persons[*p].id.is_empty()).collect();
    let same = |p: &usize| persons[*p].words == persons[number].words;
    let reordered = |p: &usize| sorted(&persons[*p].words) == sorted(&persons[number].words);
    let only = |fits: &dyn Fn(&usize) -> bool| {
        let fitting: Vec<usize> = known.iter().copied().filter(|p| fits(p)).collect();
        (fitting.len() == 1).then_some(fitting)
    };
    let known = only(&same).or_else(|| only(&reordered)).unwrap_or(known);
    match known.as_slice() {
        [one] if persons[own].id.is_empty() => persons[own].same_as = *one,
        [] => {
            let one = |a: &usize, b: &usize| is_one(&persons[*a], &persons[*b], records);
            let all_one = others.iter().enumerate().all(|(i, a)| others[i + 1..].iter().all(|b| one(a, b)));
            for other in others.into_iter().filter(|_| all_one) {
                persons[other].same_as = own;
            }
        }
        _ => {}
    }
}

fn root(persons: &[Person], mut number: usize) -> usize {
    while persons[number].same_as != number {
        number = persons[number].same_as;
    }
    number
}

fn persons(records: &[Record]) -> Vec<Person> {
    let mut groups: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (number, record) in records.iter().enumerate() {
        let key = match (record.id.is_empty(), record.name.contains(' ')) {
            (false, _) => record.id.clone(),
            (true, true) => format!(" {}", fold(&record.name)),
            // A family name alone is another person's each time.
            (true, false) => format!(" {} {}", fold(&record.name), record.from),
        };
        groups.entry((&record.iso3, key)).or_default().push(number);
    }
    let person = |(number, members): (usize, Vec<usize>)| {
        let first = &records[members[0]];
        Person { words: words(&first.name), id: first.id.clone(), records: members, same_as: number }
    };
    groups.into_values().enumerate().map(person).collect()
}

/// The words of a name that tell it from others: no "al", no "bin"; initials by themselves.
fn words(name: &str) -> Vec<String> {
    let key = fold(&name.replace('.', ". "));
    let telling: Vec<String> = key.split(' ').filter(|w| !PARTICLES.contains(w)).map(str::to_owned).collect();
    if telling.is_empty() { vec![key] } else { telling }
}

/// Every record of the one with every record of the other.
fn pairs<'a>(
    a: &'a Person,
    b: &'a Person,
    records: &'a [Record],
) -> impl Iterator<Item = (&'a Record, &'a Record)> {
    a.records.iter().flat_map(move |x| b.records.iter().map(move |y| (&records[*x], &records[*y])))
}

/// Whether two names of one state are one person.
fn is_one(a: &Person, b: &Person, records: &[Record]) -> bool {
    if !a.id.is_empty() && !b.id.is_empty() {
        return false;
    }
    if a.words.len() > 1 && sorted(&a.words) == sorted(&b.words)
        || (a.words.len() > 1 && a.words.concat() == b.words.concat())
    {
        return true;
    }
    let pairs = || pairs(a, b, records);
    let one_family = |x: &Record, y: &Record| {
        let alone = x.office == y.office || x.office == "leader" || y.office == "leader";
        x.is_head() && y.is_head() && alone && sounds_like(&x.surname, &y.surname) && starts_with(x, y)
    };
    if pairs().any(|(x, y)| one_family(x, y)) {
        return true;
    }
    if a.words.len() == 1 || b.words.len() == 1 {
        let (one, many) = if a.words.len() == 1 { (a, b) } else { (b, a) };
        let shared = many.words.iter().any(|w| sounds_like(w, &one.words[0]));
        let same_day = |x: &Record, y: &Record| x.office == y.office && days_apart(&x.from, &y.from) <= 3;
        let initial = many.words.iter().any(|w| w.chars().next() == one.words[0].chars().next());
        return pairs().any(|(x, y)| {
            x.is_head()
                && y.is_head()
                && (shared && (starts_with(x, y) || x.shares_more_than(y, HALF_A_YEAR))
                    || initial && same_day(x, y) && x.source != y.source)
        });
    }
    is_alike(&a.words, &b.words) && pairs().any(|(x, y)| x.overlaps(y) && is_related(x, y))
}

fn starts_with(a: &Record, b: &Record) -> bool {
    !a.from.starts_with('<') && !b.from.starts_with('<') && days_apart(&a.from, &b.from) <= SAME_START
}

/// Same sounds, or a part of the other, or initials.
fn is_alike(a: &[String], b: &[String]) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // A son has his father's whole name behind his own.
    let same_given = few.first().zip(many.first()).is_some_and(|(a, b)| sounds_like(a, b) || initial(a, b));
    let numbers =
        |words: &[String]| words.iter().skip(1).filter(|w| is_numeral(w)).cloned().collect::<Vec<_>>();
    if few.len() < many.len() && !same_given || numbers(few) != numbers(many) {
        return false;
    }
    let mut left: Vec<&String> = many.iter().collect();
    let mut whole = 0;
    let mut initials = 0;
    for word in few {
        let fits = |m: &&String| sounds_like(word, m);
        let starts = |m: &&String| initial(word, m);
        let found = left.iter().position(fits).map(|p| (p, true));
        match found.or_else(|| left.iter().position(starts).map(|p| (p, false))) {
            Some((place, true)) => {
                left.remove(place);
                whole += usize::from(word.len() > 1);
            }
            Some((place, false)) => {
                left.remove(place);
                initials += 1;
            }
            None => return false,
        }
    }
    whole >= 2 || whole >= 1 && initials >= 1
}

/// "ii", "xvi", as behind the names of monarchs and popes.
pub fn is_numeral(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

/// "a" for "ada".
fn initial(a: &str, b: &str) -> bool {
    a.len() == 1 && b.starts_with(a) || b.len() == 1 && a.starts_with(b)
}

/// Two ways to write a word in Latin letters.
fn sounds_like(a: &str, b: &str) -> bool {
    let longer = a.len().max(b.len());
    a == b
        || a.len() > 1
            && b.len() > 1
            && skeleton(a) == skeleton(b)
            && a.len().abs_diff(b.len()) <= if longer > 5 { 2 } else { 1 }
}

/// Both heads, or a word of the office in common.
fn is_related(a: &Record, b: &Record) -> bool {
    const EMPTY: &[&str] =
        &["affairs", "deputy", "general", "minister", "ministry", "national", "secretary", "state"];
    let content = |r: &Record| -> BTreeSet<String> {
        let key = fold(&r.office).replace("defence", "defense");
        key.split(' ')
            .filter(|w| w.len() > 4 && !EMPTY.contains(w))
            .map(|w| w[..5.min(w.len())].to_owned())
            .collect()
    };
    a.is_head() && b.is_head() || content(a).intersection(&content(b)).next().is_some()
}

fn sorted(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort();
    words
}

/// What is left of a name when the ways to write it in Latin letters are one: "mohammed" and "muhamad" are "mhmd".
fn skeleton(word: &str) -> String {
    let merged = [
        ("kh", "h"),
        ("gh", "g"),
        ("bh", "b"),
        ("ph", "f"),
        ("dh", "d"),
        ("th", "t"),
        ("q", "k"),
        ("w", "v"),
        ("ts", "c"),
        ("tz", "c"),
    ];
    let text = merged.iter().fold(word.to_owned(), |t, (from, to)| t.replace(from, to));
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j');
        let c = if vowel { 'a' } else { c };
        if (i == 0 || !vowel) && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Writes the best name and the item into all records of a person.
fn rename(persons: &[Person], records: &mut [Record]) -> Vec<Spelling> {
    let mut united: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, person) in persons.iter().enumerate() {
        united.entry(root(persons, number)).or_default().extend(&person.records);
    }
    let mut spellings = BTreeSet::new();
    for (head, members) in united {
        let rank = |r: &Record| {
            let place = BEST_NAME.iter().position(|s| *s == r.source).unwrap_or(BEST_NAME.len());
            (!r.name.contains(' '), place, r.name.clone())
        };
        let Some(name) = members.iter().map(|m| &records[*m]).min_by_key(|r| rank(r)).map(|r| r.name.clone())
        else {
            continue;
        };
        for member in members {
            let record = &mut records[member];
            if record.name.contains(' ') && fold(&record.name) != fold(&name) {
                spellings.insert((
                    record.name.clone(),
                    name.clone(),
                    record.iso3.clone(),
                    record.source.clone(),
                ));
            }
            record.name.clone_from(&name);
            record.id.clone_from(&persons[head].id);
        }
    }
    spellings.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_alike() {
        for (a, b) in [
            ("Mohammed Karim", "Muhamad Kareem"),
            ("Ada Kate Laurell Stern", "Ada Stern"),
            ("A. Stern", "Ada Stern"),
            ("Yuri Volkhov", "Yuriy Volhov"),
        ] {
            assert!(is_alike(&words(a), &words(b)), "{a} {b}");
        }
        assert!(!is_alike(&words("Ada Stern"), &words("Bo Stern")));
        assert!(!is_alike(&words("Ada Stern"), &words("Ada Lund Bergen")));
        assert!(!is_alike(&words("Bo IV Lund"), &words("Bo V Lund")));
        assert!(!is_alike(&words("Ada bint Bo Stern"), &words("Bo Stern")));
        assert!(!is_alike(&words("Bo al-Abi"), &words("Ada Abd al-Mar")));
    }

    #[test]
    fn a_surname_joins_the_head_who_began_that_day() {
        let record = |name: &str, from: &str, id: &str, source: &str| Record {
            name: name.into(),
            iso3: "NOL".into(),
            office: "president".into(),
            from: from.into(),
            id: id.into(),
            surname: "stern".into(),
            source: source.into(),
            ..Record::default()
        };
        let mut records = [
            record("Ada Stern", "2001-05-17", "Q1", "wd"),
            record("Stern", "2001-05-16", "", "ar"),
            record("Stern", "1970-01-01", "", "re"),
            record("STERN Ada".to_lowercase().as_str(), "2001", "", "fb"),
        ];
        records[2].iso3 = "SOL".into();
        let spellings = unite(&mut records);
        assert_eq!((records[1].name.as_str(), records[1].id.as_str()), ("Ada Stern", "Q1"));
        assert_eq!(records[2].id, "");
        assert_eq!(spellings.len(), 1, "{spellings:?}");
        assert_eq!(records[3].name, "Ada Stern");
    }
}
