//! PLV from the raw sentence: does the coder itself find an event of the right class between the two that are marked?

use std::path::Path;

use tidings_coding::Report;
use tidings_coding::records::{ActorRef, Event};
use tidings_ontology::EventType;

use super::coded::{acts, code, find, overlap, stretch, touches};
use super::{Context, Outcome};
use crate::corpora::Stretch;
use crate::error::{Error, Result, read};
use crate::scores::share;

/// A row of PLV.
#[derive(Debug)]
pub(super) struct Row {
    pub uid: String,
    pub quad: u8,
    pub root: String,
    pub sentence: String,
    /// Where source and target stand; `None` where the sentence does not hold their words.
    pub places: [Option<Stretch>; 2],
}

/// What was found between the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    rows: usize,
    /// Rows with any event between the two.
    linked: usize,
    quad: usize,
    root: usize,
}

impl Tally {
    fn add(&mut self, row: &Row, classes: &[&str]) {
        self.rows += 1;
        self.linked += usize::from(!classes.is_empty());
        self.quad += usize::from(classes.iter().any(|c| quad(c) == row.quad));
        self.root += usize::from(classes.contains(&row.root.as_str()));
    }

    fn recall(self) -> [f64; 3] {
        [self.root, self.quad, self.linked].map(|found| share(found, self.rows))
    }
}

/// The test part, with the rows that are not in the CAMEO manual beside all.
pub fn test(context: &Context) -> Result<Outcome> {
    let outside = outside_the_manual(&context.path("data/plover/plv_test_overlap.tsv"))?;
    score(context, "data/plover/PLV_test.tsv", &outside)
}

/// The training part, where errors may be looked at.
pub fn train(context: &Context) -> Result<Outcome> {
    score(context, "data/plover/PLV_train.tsv", &[])
}

fn score(context: &Context, corpus: &str, outside: &[String]) -> Result<Outcome> {
    let (mut all, mut apart, mut without_place) = (Tally::default(), Tally::default(), 0);
    for row in rows(&context.path(corpus))? {
        let report = code(context, &row.sentence)?;
        let classes: Vec<&str> =
            acts(&report).filter(|e| between(&report, e, row.places)).flat_map(classes).collect();
        all.add(&row, &classes);
        without_place += usize::from(row.places.contains(&None));
        if outside.contains(&row.uid) {
            apart.add(&row, &classes);
        }
    }
    Ok(outcome(all, apart, without_place))
}

fn outcome(all: Tally, apart: Tally, without_place: usize) -> Outcome {
    let [root, quad, linked] = all.recall();
    let mut outcome = super::outcome([("root", root), ("quad", quad)]);
    outcome.notes.push(format!(
        "{} rows: an event between the two in {linked:.3}; in {without_place} rows the words of source or target do not \
         stand in the sentence, which counts as not found",
        all.rows
    ));
    if apart.rows > 0 {
        let [root, quad, _] = apart.recall();
        outcome.notes.push(format!(
            "the {} rows whose sentence is not in the CAMEO manual: root {root:.3}, quad {quad:.3}",
            apart.rows
        ));
    }
    outcome.notes.push(
        "found: a mention of our source touches the row's source, and one of our target, our place or those whom it is \
         about the row's target; parties that act on each other match either way. CONCEDE and RETREAT are YIELD, of quad \
         2; an embargo or sanction (SANCTION of CAMEO 163) may also be COERCE, a \
         conviction ACCUSE, an act of status planned AGREE or THREATEN, as PLV codes them, which has no status"
            .to_owned(),
    );
    outcome
}

/// What PLV calls the event.
fn classes(event: &Event) -> Vec<&str> {
    match event.plover.event.as_str() {
        "CONCEDE" | "RETREAT" if event.status == "planned" => vec!["YIELD", "AGREE"],
        "CONCEDE" | "RETREAT" => vec!["YIELD"],
        "SANCTION" if event.cameo.as_deref().is_some_and(|c| c.starts_with("163")) => {
            vec!["SANCTION", "COERCE"]
        }
        "SANCTION" if event.plover.mode.iter().any(|m| m == "convict") => vec!["SANCTION", "ACCUSE"],
        other if event.status == "planned" => vec![other, announced(other)],
        other => vec![other],
    }
}

/// PLV has no status: an act that is announced is a threat or a promise.
fn announced(kind: &str) -> &str {
    match EventType::parse(kind).map_or(0, |e| e.quad().0) {
        4 => "THREATEN",
        1 | 2 => "AGREE",
        _ => kind,
    }
}

/// The quad class of a class of PLV; 0 for none.
pub(super) fn quad(class: &str) -> u8 {
    if class == "YIELD" { 2 } else { EventType::parse(class).map_or(0, |e| e.quad().0) }
}

fn between(report: &Report, event: &Event, [source, target]: [Option<Stretch>; 2]) -> bool {
    let (Some(source), Some(target)) = (source, target) else { return false };
    let any = |actors: &[ActorRef], place| actors.iter().any(|a| touches(report, a, place));
    let there =
        event.place.as_ref().and_then(|p| p.words.as_ref()).is_some_and(|w| overlap(stretch(w), target));
    let forth =
        any(&event.source, source) && (any(&event.target, target) || any(&event.about, target) || there);
    let parties: Vec<ActorRef> = event.source.iter().chain(&event.target).cloned().collect();
    forth || event.reciprocal && any(&parties, source) && any(&parties, target)
}

/// Reads the table: uid, number, quad, root, sentence, sentence with marks, source, target.
pub(super) fn rows(path: &Path) -> Result<Vec<Row>> {
    let text = read(path)?;
    let row = |(number, line): (usize, &str)| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [uid, _, quad, root, sentence, marked, source, target] = columns[..] else {
            return Err(Error::line(path, number, format!("{} columns, not 8", columns.len())));
        };
        let quad = quad.parse().map_err(|e| Error::line(path, number, e))?;
        let places = [('s', source), ('t', target)].map(|(mark, words)| {
            place(marked, mark).filter(|p| held(sentence, *p)).or_else(|| find(sentence, words))
        });
        Ok(Row { uid: uid.to_owned(), quad, root: root.to_owned(), sentence: sentence.to_owned(), places })
    };
    text.lines().enumerate().skip(1).filter(|(_, l)| !l.is_empty()).map(row).collect()
}

/// Where the words between `<s>` and `</s>` stand once the marks are taken out.
fn place(marked: &str, mark: char) -> Option<Stretch> {
    let (before, rest) = marked.split_once(&format!("<{mark}>"))?;
    let (words, _) = rest.split_once(&format!("</{mark}>"))?;
    let bare = |text: &str| {
        let marks = ["<s>", "</s>", "<t>", "</t>"];
        marks.iter().fold(text.to_owned(), |text, m| text.replace(m, "")).chars().count()
    };
    let start = bare(before);
    Some((start, start + bare(words)))
}

fn held(sentence: &str, place: Stretch) -> bool {
    place.0 < place.1 && place.1 <= sentence.chars().count()
}

/// The rows whose sentence is not in the CAMEO manual, exactly or nearly.
pub(super) fn outside_the_manual(path: &Path) -> Result<Vec<String>> {
    let text = read(path)?;
    let rows = text.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>());
    Ok(rows.filter(|c| c.get(1) == Some(&"no")).map(|c| c[0].to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let marked = "<t>Oslo</t> was visited by <s>Ada of <t>Bergen</t></s>.";
        assert_eq!(place(marked, 's'), Some((20, 33)));
        assert_eq!(place(marked, 't'), Some((0, 4)));
        assert_eq!(place("no marks", 's'), None);
    }

    #[test]
    fn classes_of_plv() {
        let event = |kind: &str, cameo: &str| {
            let mut event = Event { cameo: Some(cameo.to_owned()), ..Event::default() };
            event.plover.event = kind.to_owned();
            event
        };
        assert_eq!(classes(&event("RETREAT", "0874")), ["YIELD"]);
        assert_eq!(classes(&event("SANCTION", "163")), ["SANCTION", "COERCE"]);
        assert_eq!(classes(&event("SANCTION", "161")), ["SANCTION"]);
        let planned = |kind: &str| Event { status: "planned".to_owned(), ..event(kind, "") };
        assert_eq!(classes(&planned("PROTEST")), ["PROTEST", "THREATEN"]);
        assert_eq!(classes(&planned("AID")), ["AID", "AGREE"]);
        assert_eq!(classes(&planned("REJECT")), ["REJECT", "REJECT"]);
        assert_eq!(["YIELD", "AGREE", "ACCUSE", "COERCE", "?"].map(quad), [2, 1, 3, 4, 0]);
    }

    #[test]
    fn recall_by_hand() {
        let row = Row {
            uid: "a".to_owned(),
            quad: 3,
            root: "REJECT".to_owned(),
            sentence: String::new(),
            places: [None; 2],
        };
        let mut tally = Tally::default();
        for classes in [&["REJECT", "AID"][..], &["ACCUSE"], &["AID"], &[]] {
            tally.add(&row, classes);
        }
        assert_eq!(tally, Tally { rows: 4, linked: 3, quad: 2, root: 1 });
        assert_eq!(tally.recall(), [0.25, 0.5, 0.75]);
    }
}
