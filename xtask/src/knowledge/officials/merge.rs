//! One table out of five: terms that are one become one, and what the sources disagree on is written down.

use std::collections::{BTreeMap, BTreeSet};

use super::offices::of_any_monarch;
use super::people::SAME_START;
use super::record::{Record, days_apart, precision};
use tidings_text::fold;

/// Dates so many days apart are not worth a word.
const TOLERANCE: i64 = 31;
/// Of two dates that are as well known, the one of the first of these is kept.
const BETTER: &[&str] = &["wd", "ar", "re", "fb", "ci"];

/// What two sources say differently.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// State, office, person.
    pub about: [String; 3],
    /// `from`, `to` or `holder`.
    pub field: &'static str,
    /// Value and source that went into the table.
    pub kept: [String; 2],
    /// Value and source that did not.
    pub against: [String; 2],
    /// Why.
    pub why: &'static str,
}

/// Terms, with the conflicts met on the way.
#[derive(Default)]
pub struct Terms {
    /// The table.
    pub records: Vec<Record>,
    /// What was decided.
    pub conflicts: Vec<Conflict>,
}

fn rank(source: &str) -> usize {
    let first = source.split('+').next().unwrap_or(source);
    BETTER.iter().position(|s| *s == first).unwrap_or(BETTER.len())
}

impl Terms {
    fn note(
        &mut self,
        kept: &Record,
        other: &Record,
        field: &'static str,
        values: [&str; 2],
        why: &'static str,
    ) {
        self.conflicts.push(Conflict {
            about: [kept.iso3.clone(), kept.office.clone(), kept.name.clone()],
            field,
            kept: [values[0].to_owned(), kept.source.clone()],
            against: [values[1].to_owned(), other.source.clone()],
            why,
        });
    }

    /// Takes what `other` knows better into the record, and notes where they disagree.
    fn reconcile(&mut self, place: usize, other: &Record) {
        let mut kept = self.records[place].clone();
        for field in ["from", "to"] {
            let (ours, theirs) =
                if field == "from" { (&kept.from, &other.from) } else { (&kept.to, &other.to) };
            let (ours, theirs) = (ours.clone(), theirs.clone());
            let better = precision(&theirs) > precision(&ours)
                || precision(&theirs) == precision(&ours) && rank(&other.source) < rank(&kept.source);
            let bounds = [&ours, &theirs].iter().any(|d| d.starts_with(['<', '>']));
            if ours != theirs && !bounds && days_apart(&ours, &theirs) > TOLERANCE {
                let [winner, loser] = if better { [&theirs, &ours] } else { [&ours, &theirs] };
                let why = if precision(&ours) == precision(&theirs) {
                    "dated alike: order of sources"
                } else {
                    "better dated"
                };
                let (k, o) = (kept.clone(), other.clone());
                let (k, o) = if better { (Record { source: o.source, ..kept.clone() }, k) } else { (k, o) };
                self.note(&k, &o, field, [winner, loser], why);
            }
            // A bound says nothing against an open end; of two bounds the one that leaves less open counts.
            let later = field == "to" && ours.starts_with('>') && theirs.starts_with('>') && theirs > ours;
            let less = theirs.starts_with('>') && !later;
            let take = (better && !less || later)
                && !theirs.is_empty()
                && !(ours.is_empty() && theirs.starts_with('>'));
            if take && field == "from" {
                kept.from = theirs;
            } else if take {
                kept.to = theirs;
            }
        }
        kept.source = joined(&kept.source, &other.source);
        if kept.surname.is_empty()
            || rank(&other.source) > 0 && !other.surname.is_empty() && other.source.contains("fb")
        {
            kept.surname.clone_from(&other.surname);
        }
        self.records[place] = kept;
    }
}

/// Codes of the sources, each once.
fn joined(a: &str, b: &str) -> String {
    let mut codes: Vec<&str> = a.split('+').chain(b.split('+')).collect();
    codes.sort_by_key(|c| rank(c));
    codes.dedup();
    codes.join("+")
}

/// Terms of one person that are one: the same office and start, or one within the other by more than a few days.
fn is_one_term(a: &Record, b: &Record) -> bool {
    let bound = a.from.starts_with('<') || b.from.starts_with('<');
    let close = !bound && days_apart(&a.from, &b.from) <= SAME_START && a.overlaps(b);
    let same_office = of_any_monarch(&a.office) == of_any_monarch(&b.office);
    same_office && (close || a.shares_more_than(b, TOLERANCE)) || a.is_head() && b.is_head() && close
}

/// The order in which a person's terms are put together: the CIA's one day last, since it only fills gaps.
const ORDER: &[&str] = &["wd", "fb", "ar", "re", "ci"];

/// Merges the records person by person, in the order of the sources.
pub fn merge(mut records: Vec<Record>) -> Terms {
    let mut terms = Terms::default();
    records.sort_by_cached_key(|r| {
        (r.iso3.clone(), r.name.clone(), r.id.clone(), ORDER.iter().position(|s| *s == r.source), r.clone())
    });
    let (good, backwards): (Vec<_>, Vec<_>) = records.into_iter().partition(|r| !is_backwards(r));
    for record in &backwards {
        terms.note(record, record, "to", ["", &record.to], "ended before it began: left out");
    }
    for person in good.chunk_by(|a, b| a.iso3 == b.iso3 && a.name == b.name && a.id == b.id) {
        let mut own = Terms::default();
        for record in person {
            own.add(record);
        }
        terms.records.append(&mut own.records);
        terms.conflicts.append(&mut own.conflicts);
    }
    terms
}

/// Whether the last day lies before the first, as far as both are known.
pub fn is_backwards(record: &Record) -> bool {
    let (from, to) = record.widest();
    from > to
}

impl Terms {
    /// Adds a term of the person whose terms these are.
    fn add(&mut self, record: &Record) {
        let is_leader = record.office == "leader";
        let known: Vec<usize> = (0..self.records.len()).collect();
        let same = known.iter().copied().find(|i| is_one_term(&self.records[*i], record));
        match same {
            Some(place) => self.reconcile(place, record),
            None if is_leader => self.add_leader(record, &known),
            None if record.source == "ci" && known.iter().any(|i| self.records[*i].overlaps(record)) => {
                self.name_office(record, &known);
            }
            None => self.records.push(record.clone()),
        }
    }

    /// The CIA's list says what office a leader held.
    fn name_office(&mut self, record: &Record, known: &[usize]) {
        let leader = known.iter().copied().find(|i| {
            let r = &self.records[*i];
            r.office == "leader" && r.overlaps(record) && record.is_head()
        });
        if let Some(place) = leader {
            let kept = &mut self.records[place];
            kept.office.clone_from(&record.office);
            kept.source = joined(&kept.source, &record.source);
        }
    }

    /// A leader's time in power, where the offices held in it are known, only bears them out.
    fn add_leader(&mut self, record: &Record, known: &[usize]) {
        let during: Vec<usize> = known
            .iter()
            .copied()
            .filter(|i| self.records[*i].is_head() && self.records[*i].overlaps(record))
            .collect();
        let first = during.iter().copied().min_by_key(|i| self.records[*i].widest().0);
        let last = during.iter().copied().max_by_key(|i| self.records[*i].widest().1);
        let (Some(first), Some(last)) = (first, last) else {
            self.records.push(record.clone());
            return;
        };
        for (place, field) in [(first, "from"), (last, "to")] {
            let kept = self.records[place].clone();
            let (ours, theirs) =
                if field == "from" { (&kept.from, &record.from) } else { (&kept.to, &record.to) };
            if !theirs.starts_with('>') && days_apart(ours, theirs) > TOLERANCE {
                self.note(&kept, record, field, [ours, theirs], "time in power, not in the office");
            }
            self.records[place].source = joined(&kept.source, &record.source);
        }
    }
}

/// Whose monarchs and presidents are also those of dependencies and realms.
const HOMES: &[&str] = &["GBR", "FRA", "USA", "DNK", "NLD", "NOR", "NZL", "AUS", "CHN"];

/// One country a head: where the sources give an item, else the state whose dependencies and realms share the head.
pub fn at_home(records: &mut Vec<Record>) {
    let heads = |r: &Record| r.is_head() || r.office == "monarch";
    let mut places: BTreeMap<String, BTreeSet<(String, bool)>> = BTreeMap::new();
    for r in records.iter().filter(|r| heads(r)) {
        places.entry(fold(&r.name)).or_default().insert((r.iso3.clone(), !r.id.is_empty()));
    }
    records.retain(|r| {
        let Some(found) = places.get(&fold(&r.name)).filter(|_| heads(r)) else { return true };
        let codes: BTreeSet<&String> = found.iter().map(|(code, _)| code).collect();
        if codes.len() == 1 {
            return true;
        }
        let home = HOMES.iter().find(|home| codes.iter().any(|c| c == *home));
        if !r.id.is_empty() {
            return r.office != "monarch" || home.is_none_or(|h| r.iso3 == *h);
        }
        let with_item = found.iter().any(|(_, item)| *item);
        let at_item = !with_item || found.contains(&(r.iso3.clone(), true));
        home.map_or(at_item, |h| r.iso3 == *h)
    });
}

/// Offices that several people hold at a time, by words of their titles.
const MANY: &[&str] = &[
    "advis",
    "assistant",
    "associate",
    "captain regent",
    "commissioner",
    "co-",
    "counsel",
    "delegate",
    "deputy",
    "envoy",
    "judge",
    "justice of",
    "lord of",
    "member",
    "minister of state",
    "parliamentary",
    "special",
    "spokes",
    "state minister",
    "state secretary",
    "under",
    "vice",
    "without portfolio",
];

/// A term without an end ends when the next holder of an office for one came; overlaps that remain are noted.
pub fn succeed(terms: &mut Terms) {
    let mut offices: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (place, r) in terms.records.iter().enumerate() {
        if !MANY.iter().any(|word| r.office.contains(word)) && r.office != "minister" {
            let office = of_any_monarch(&r.office).to_owned();
            offices.entry((r.iso3.clone(), office)).or_default().push(place);
        }
    }
    for mut places in offices.into_values() {
        places.sort_by_key(|p| (terms.records[*p].widest(), terms.records[*p].name.clone()));
        let clash =
            |a: &Record, b: &Record| a.name != b.name && day_known(&a.to) && a.overlaps(b) && ends_late(a, b);
        let clashes = places.windows(2).filter(|w| clash(&terms.records[w[0]], &terms.records[w[1]])).count();
        let several = clashes > 1 && clashes * 10 > places.len() * 3;
        for pair in places.windows(2).filter(|_| !several) {
            succession(terms, pair[0], pair[1]);
        }
    }
}

fn day_known(date: &str) -> bool {
    !date.is_empty() && !date.starts_with('>')
}

/// Whether the one was there for more than a month after the other came.
fn ends_late(a: &Record, b: &Record) -> bool {
    a.to.is_empty() || a.to > b.from && days_apart(&a.to, &b.from) > TOLERANCE
}

fn succession(terms: &mut Terms, before: usize, after: usize) {
    let (a, b) = (terms.records[before].clone(), terms.records[after].clone());
    if a.name == b.name
        || a.from == b.from
        || b.from.starts_with('<')
        || a.from.starts_with('<')
        || !a.overlaps(&b)
    {
        return;
    }
    if a.is_open() || a.to.starts_with('>') {
        let why = if a.is_open() {
            "no end is known: the next holder came"
        } else {
            "seen until then at least, but the next holder came"
        };
        terms.note(&a, &b, "to", [&b.from, &a.to], why);
        terms.records[before].to = b.from;
    } else if ends_late(&a, &b) {
        let values = [format!("{} {}/{}", a.name, a.from, a.to), format!("{} {}/{}", b.name, b.from, b.to)];
        terms.note(&a, &b, "holder", [&values[0], &values[1]], "two holders at a time: both kept");
    }
}

/// Whoever has left the highest office has left the lesser ones that were held beside it.
pub fn with_head(records: &mut [Record]) {
    let mut last: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut serving = BTreeSet::new();
    for r in records.iter().filter(|r| r.is_head()) {
        let key = (r.name.clone(), r.iso3.clone());
        if r.to.is_empty() || r.to.starts_with('>') {
            serving.insert(key);
        } else {
            let end = last.entry(key).or_default();
            *end = r.to.clone().max(end.clone());
        }
    }
    for r in records.iter_mut().filter(|r| !r.is_head() && r.to.is_empty()) {
        let key = (r.name.clone(), r.iso3.clone());
        if let Some(end) = last.get(&key).filter(|end| r.from < **end && !serving.contains(&key)) {
            r.to.clone_from(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str, office: &str, from: &str, to: &str, source: &str) -> Record {
        Record {
            name: name.into(),
            iso3: "NOL".into(),
            office: office.into(),
            from: from.into(),
            to: to.into(),
            surname: if office == "president" || office == "leader" { "stern".into() } else { String::new() },
            source: source.into(),
            ..Record::default()
        }
    }

    #[test]
    fn the_better_dated_wins_and_the_other_is_noted() {
        let terms = merge(vec![
            record("Ada Stern", "president", "2001", "2005-02-03", "wd"),
            record("Ada Stern", "president", "2001-05-17", "2005-07-01", "fb"),
        ]);
        assert_eq!(terms.records.len(), 1);
        let kept = &terms.records[0];
        assert_eq!([&*kept.from, &*kept.to, &*kept.source], ["2001-05-17", "2005-02-03", "wd+fb"]);
        assert_eq!(terms.conflicts.len(), 1, "{:?}", terms.conflicts);
        assert_eq!(terms.conflicts[0].against, ["2005-07-01", "fb"]);
    }

    #[test]
    fn time_in_power_bears_the_office_out() {
        let terms = merge(vec![
            record("Ada Stern", "president", "2001-05-17", "2005-02-03", "wd"),
            record("Ada Stern", "leader", "2001-05-17", "2005-02-03", "ar"),
            record("Ada Stern", "leader", "1980-01-01", "1981-01-01", "ar"),
        ]);
        let offices: Vec<&str> = terms.records.iter().map(|r| r.office.as_str()).collect();
        assert_eq!(offices, ["president", "leader"]);
        assert_eq!(terms.records[0].source, "wd+ar");
    }

    #[test]
    fn an_open_term_ends_with_the_next_holder_and_two_holders_are_noted() {
        let mut terms = merge(vec![
            record("Ada Stern", "minister of health", "2001", "", "wd"),
            record("Bo Lund", "minister of health", "2005-02-03", "2009-01-01", "wd"),
            record("Cy Berg", "minister of health", "2007-01-01", "2011", "wd"),
        ]);
        succeed(&mut terms);
        assert_eq!(terms.records[0].to, "2005-02-03");
        let fields: Vec<&str> = terms.conflicts.iter().map(|c| c.field).collect();
        assert_eq!(fields, ["to", "holder"]);
    }

    #[test]
    fn terms_that_end_before_they_begin_are_left_out_and_noted() {
        let terms = merge(vec![record("Ada Stern", "minister of health", "2005", "2001", "wd")]);
        assert!(terms.records.is_empty() && terms.conflicts.len() == 1);
    }
}
