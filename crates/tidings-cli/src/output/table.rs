//! The report for reading: each sentence with its events below, then quotes, commitments, relations, contradictions.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use tidings::Report;
use tidings::records::{
    ActorRef, AttributionRef, Commitment, Contradiction, DocumentRecord, Event, QuoteRecord, Record,
    RelationRecord, Words,
};

use super::layout::{Line, Piece, columns, paragraph, visible, wrap};
use crate::terminal::Paint;

/// Columns of id, date, type and status; who and whom have the rest.
const ID: usize = 4;
const DATE: usize = 11;
const TYPE: usize = 14;
const STATUS: usize = 12;
/// Code points of a sentence that are shown: longer ones are lists and tables.
const EXCERPT: usize = 700;
/// Lines of a quote, a commitment and so on.
const LINES: usize = 3;

struct Table<'r> {
    report: &'r Report,
    paint: Paint,
    width: usize,
    out: String,
}

/// The whole report.
pub fn render(report: &Report, paint: Paint, width: usize) -> String {
    let mut table = Table { report, paint, width, out: String::new() };
    table.title();
    table.events();
    table.summary();
    table.blocks();
    table.out
}

impl Table<'_> {
    fn document(&self) -> Option<&DocumentRecord> {
        self.report.records.iter().find_map(|r| if let Record::Document(d) = r { Some(d) } else { None })
    }

    fn title(&mut self) {
        let Some(document) = self.document() else { return };
        let warnings: Vec<Piece> =
            document.warnings.iter().map(|w| Piece::plain(&format!("{}: {}", w.code, w.message))).collect();
        self.flow(&heading(document), 0);
        for warning in warnings {
            let label = Piece::new(AnsiColor::Yellow.on_default().bold(), "warning");
            paragraph(&mut self.out, self.paint, &label, 8, &[warning], self.width, LINES);
        }
        self.out.push('\n');
    }

    fn events(&mut self) {
        if self.report.events().next().is_none() {
            return;
        }
        let heads = ["id", "date", "who → whom", "type", "status"].map(|head| vec![Piece::dim(head)]);
        self.row(&heads);
        let mut shown = None;
        for event in self.report.events() {
            if shown != Some(event.sentence.n) {
                shown = Some(event.sentence.n);
                self.sentence(event.sentence.n);
            }
            self.row(&[vec![Piece::dim(&event.id)], date(event), parties(event), kind(event), status(event)]);
            self.flow(&circumstances(event), ID + 1);
        }
        self.out.push('\n');
    }

    /// A sentence, with the words for its acts in bold.
    fn sentence(&mut self, number: usize) {
        let events = || self.report.events().filter(|e| e.sentence.n == number);
        let Some(first) = events().next() else { return };
        let triggers: Vec<&Words> = events().flat_map(|e| &e.trigger).collect();
        let label = Piece::dim(&format!("S{number:02}"));
        let pieces = excerpt(&first.sentence.words, &triggers);
        self.out.push('\n');
        paragraph(&mut self.out, self.paint, &label, ID + 1, &pieces, self.width, usize::MAX);
    }

    fn row(&mut self, cells: &[Vec<Piece>; 5]) {
        let who = self.width.saturating_sub(ID + DATE + TYPE + STATUS + 4).max(10);
        let widths = [ID, DATE, who, TYPE, STATUS];
        let cells: Vec<(usize, Vec<Line>)> = cells
            .iter()
            .zip(widths)
            .map(|(pieces, width)| (width, wrap(self.paint, pieces, width)))
            .collect();
        columns(&mut self.out, &cells);
    }

    /// A paragraph without a label.
    fn flow(&mut self, pieces: &[Piece], indent: usize) {
        if !pieces.is_empty() {
            paragraph(&mut self.out, self.paint, &Piece::plain(""), indent, pieces, self.width, usize::MAX);
        }
    }

    fn summary(&mut self) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for record in &self.report.records {
            *counts.entry(sort(record)).or_default() += 1;
        }
        let count = |name: &str| counts.get(name).copied().unwrap_or(0);
        let shown: Vec<String> = ["event", "quote", "commitment", "relation", "contradiction"]
            .into_iter()
            .filter(|n| *n == "event" || count(n) > 0)
            .map(|n| number(count(n), n))
            .collect();
        let _ = writeln!(self.out, "{} in {}", shown.join(", "), number(count("sentence"), "sentence"));
    }

    fn blocks(&mut self) {
        let records = &self.report.records;
        let quotes: Vec<_> = records
            .iter()
            .filter_map(|r| if let Record::Quote(q) = r { Some(quote(q)) } else { None })
            .collect();
        let commitments: Vec<_> = records
            .iter()
            .filter_map(|r| if let Record::Commitment(c) = r { Some(commitment(c)) } else { None })
            .collect();
        let relations: Vec<_> = records
            .iter()
            .filter_map(|r| if let Record::Relation(x) = r { Some(relation(x)) } else { None })
            .collect();
        let clashes: Vec<_> = records
            .iter()
            .filter_map(|r| if let Record::Contradiction(c) = r { Some(contradiction(c)) } else { None })
            .collect();
        self.block("Quotes", &quotes);
        self.block("Commitments", &commitments);
        self.block("Relations", &relations);
        self.block("Contradictions", &clashes);
    }

    fn block(&mut self, title: &str, entries: &[(String, Vec<Piece>)]) {
        if entries.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "\n{}", self.paint.apply(Style::new().bold(), title));
        for (id, pieces) in entries {
            paragraph(&mut self.out, self.paint, &Piece::dim(id), ID + 1, pieces, self.width, LINES);
        }
    }
}

/// Id, outlet, day of publication and how it is known.
pub fn heading(document: &DocumentRecord) -> Vec<Piece> {
    let published =
        document.publication_date.as_ref().and_then(|d| d.value.as_deref().map(|v| (v, d.basis.as_str())));
    let mut pieces = vec![Piece::bold(&document.id)];
    pieces.extend(document.outlet.as_deref().map(|outlet| Piece::plain(&format!(" · {outlet}"))));
    match published {
        Some((day, basis)) => {
            pieces.extend([Piece::plain(&format!(" · {day} ")), Piece::dim(&format!("({basis})"))]);
        }
        None => pieces.push(Piece::dim(" · date of publication unknown (--date gives it)")),
    }
    pieces
}

fn sort(record: &Record) -> &'static str {
    match record {
        Record::Event(_) => "event",
        Record::Quote(_) => "quote",
        Record::Commitment(_) => "commitment",
        Record::Relation(_) => "relation",
        Record::Contradiction(_) => "contradiction",
        Record::Sentence(_) => "sentence",
        Record::Document(_)
        | Record::Segment(_)
        | Record::Entity(_)
        | Record::Timex(_)
        | Record::Skipped(_) => "other",
    }
}

fn number(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// An interval may break after the stroke.
fn date(event: &Event) -> Vec<Piece> {
    let value = event
        .date
        .as_ref()
        .and_then(|d| d.value.clone().or_else(|| d.words.as_ref().map(|w| w.text.clone())));
    value.map(|v| Piece::plain(&v.replace('/', " –"))).into_iter().collect()
}

/// Who to whom about what.
pub fn parties(event: &Event) -> Vec<Piece> {
    let between = if event.reciprocal { " ↔ " } else { ", " };
    let mut pieces = actors(&event.source, between);
    if pieces.is_empty() {
        pieces.push(Piece::dim("somebody"));
    }
    if !event.target.is_empty() {
        pieces.push(Piece::plain(" → "));
        pieces.extend(actors(&event.target, ", "));
    }
    if !event.about.is_empty() {
        pieces.push(Piece::dim(" about "));
        pieces.extend(actors(&event.about, ", "));
    }
    pieces
}

fn actors(actors: &[ActorRef], between: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, actor) in actors.iter().enumerate() {
        if number > 0 {
            pieces.push(Piece::plain(between));
        }
        pieces.push(Piece::plain(&actor.name));
        pieces.extend(actor.country.as_deref().map(|c| Piece::dim(&format!(" ({c})"))));
    }
    pieces
}

/// Type and modes; what has no type says what it is.
pub fn kind(event: &Event) -> Vec<Piece> {
    let none = event.plover.event == "NONE";
    let mut pieces =
        vec![if none { Piece::dim(&event.kind.replace('_', " ")) } else { Piece::bold(&event.plover.event) }];
    pieces.extend(event.plover.mode.iter().map(|mode| Piece::plain(&format!(" {mode}"))));
    pieces
}

/// The word says it; colour only repeats it.
fn status(event: &Event) -> Vec<Piece> {
    let color = match event.status.as_str() {
        "asserted" => AnsiColor::Green,
        "denied" | "negated" => AnsiColor::Red,
        _ => AnsiColor::Yellow,
    };
    let mut pieces = vec![Piece::new(color.on_default(), &event.status)];
    pieces.extend(event.completion.as_deref().map(|c| Piece::dim(&format!(" ({c})"))));
    pieces
}

/// The words for the act, where, how many were hurt, on whose word, on what condition, where it is told again.
fn circumstances(event: &Event) -> Vec<Piece> {
    let words: Vec<String> = event.trigger.iter().map(|w| w.text.clone()).collect();
    let mut parts: Vec<String> = Vec::new();
    if !words.is_empty() {
        parts.push(format!("“{}”", words.join(" … ")));
    }
    parts.extend(event.place.as_ref().map(|p| format!("in {}", with_country(&p.name, p.country.as_deref()))));
    if let Some(hurt) = &event.casualties {
        parts.extend(hurt.killed.map(|n| format!("{n} killed")));
        parts.extend(hurt.injured.map(|n| format!("{n} injured")));
    }
    parts.extend(chain(&event.attribution).filter(|_| !speaks_for_itself(event)));
    parts.extend(event.condition.as_ref().map(|c| format!("on condition “{}”", c.text)));
    let again: Vec<String> = event.mentions.iter().map(|m| format!("S{:02}", m.sentence.n)).collect();
    if !again.is_empty() {
        parts.push(format!("told again in {}", again.join(", ")));
    }
    if parts.is_empty() { Vec::new() } else { vec![Piece::plain(&parts.join(" · "))] }
}

/// A statement whose speaker stands in the row already.
fn speaks_for_itself(event: &Event) -> bool {
    let speakers = || event.attribution.iter().filter(|a| a.level > 0);
    event.kind == "comment" && speakers().all(|a| event.source.iter().any(|s| s.entity == a.by))
}

/// From the one whom the outlet quotes to the one who is said to know.
fn chain(attribution: &[AttributionRef]) -> Option<String> {
    let mut levels: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for speaker in attribution.iter().filter(|a| a.level > 0) {
        let name = speaker.name.as_deref().unwrap_or("unnamed sources");
        levels.entry(speaker.level).or_default().push(with_country(name, speaker.country.as_deref()));
    }
    let words: Vec<String> = levels.into_values().map(|names| names.join(" and ")).collect();
    (!words.is_empty()).then(|| format!("says {}", words.join(", citing ")))
}

fn with_country(name: &str, country: Option<&str>) -> String {
    country.map_or_else(|| name.to_owned(), |c| format!("{name} ({c})"))
}

/// The sentence with the words of its acts in bold; its beginning, if it is very long.
fn excerpt(sentence: &Words, triggers: &[&Words]) -> Vec<Piece> {
    let letters: Vec<char> = sentence.text.chars().take(EXCERPT).collect();
    let mut marks: Vec<(usize, usize)> = triggers
        .iter()
        .filter(|w| w.start >= sentence.start)
        .map(|w| (w.start - sentence.start, (w.end - sentence.start).min(letters.len())))
        .filter(|(a, b)| a < b)
        .collect();
    marks.sort_unstable();
    let text = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end) in marks {
        if start >= at {
            pieces.extend([Piece::dim(&text(at..start)), Piece::bold(&text(start..end))]);
            at = end;
        }
    }
    pieces.push(Piece::dim(&text(at..letters.len())));
    if sentence.text.chars().nth(EXCERPT).is_some() {
        pieces.push(Piece::dim(" …"));
    }
    pieces
}

fn quote(quote: &QuoteRecord) -> (String, Vec<Piece>) {
    let speaker = quote
        .speaker_name
        .as_deref()
        .map_or_else(|| "somebody".to_owned(), |n| with_country(n, quote.speaker_country.as_deref()));
    (
        quote.id.clone(),
        vec![Piece::plain(&speaker), Piece::dim(": "), Piece::dim(&format!("“{}”", quote.words.text))],
    )
}

fn commitment(commitment: &Commitment) -> (String, Vec<Piece>) {
    let parties: Vec<String> = commitment
        .parties
        .iter()
        .map(|p| p.part.as_deref().map_or_else(|| p.name.clone(), |part| format!("{} ({part})", p.name)))
        .collect();
    let mut text = format!("{}: {}", parties.join(", "), commitment.obligation);
    for (label, value) in [
        ("under", commitment.instrument.as_deref()),
        ("until", commitment.deadline.as_ref().and_then(|d| d.value.as_deref())),
        ("status", Some(commitment.status.as_str())),
    ] {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let _ = write!(text, "; {label} {value}");
        }
    }
    (commitment.id.clone(), vec![Piece::plain(&text)])
}

fn relation(relation: &RelationRecord) -> (String, Vec<Piece>) {
    let names = |actors: &[ActorRef]| actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let arrow = if relation.directed { "→" } else { "↔" };
    let label = format!(" {arrow} {} {arrow} ", relation.kind.replace('_', " "));
    (
        relation.id.clone(),
        vec![
            Piece::plain(&names(&relation.a)),
            Piece::dim(&label),
            Piece::plain(&names(&relation.b)),
            Piece::dim(&format!(" ({})", relation.status)),
        ],
    )
}

fn contradiction(clash: &Contradiction) -> (String, Vec<Piece>) {
    let sides = format!("“{}” against “{}”", visible(&clash.a.text), visible(&clash.b.text));
    let head = if clash.attribute.is_empty() {
        clash.kind.clone()
    } else {
        format!("{} ({})", clash.kind, clash.attribute)
    };
    (
        clash.id.clone(),
        vec![
            Piece::plain(&format!("{}: ", head.replace('_', " "))),
            Piece::plain(&sides),
            Piece::dim(&format!(". {}", clash.explanation)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidings::records::{PlaceRef, Plover, SentenceRef};
    use unicode_width::UnicodeWidthStr;

    fn actor(name: &str, country: &str) -> ActorRef {
        ActorRef { name: name.to_owned(), country: Some(country.to_owned()), ..ActorRef::default() }
    }

    fn event(sentence: &str, trigger: &str) -> Event {
        let start = sentence.chars().count()
            - sentence.split_once(trigger).expect("trigger").1.chars().count()
            - trigger.chars().count();
        let words = |start: usize, text: &str| Words {
            start,
            end: start + text.chars().count(),
            text: text.to_owned(),
        };
        Event {
            id: "E01".to_owned(),
            sentence: SentenceRef { n: 0, words: words(100, sentence) },
            trigger: vec![words(100 + start, trigger)],
            source: vec![actor("Norway", "NOR")],
            target: vec![actor("Iceland", "ISL")],
            plover: Plover { event: "SUPPORT".to_owned(), ..Plover::default() },
            status: "asserted".to_owned(),
            ..Event::default()
        }
    }

    fn rendered(event: Event) -> String {
        let document = DocumentRecord { id: "note".to_owned(), ..DocumentRecord::default() };
        let records = vec![Record::Document(document), Record::Event(Box::new(event))];
        render(&Report { records }, Paint::PLAIN, 80)
    }

    #[test]
    fn an_event_reads_as_a_row_with_its_circumstances_and_its_sentence() {
        let mut event = event("Norway thanked Iceland in Oslo, the ministry said.", "thanked");
        event.place = Some(PlaceRef {
            name: "Oslo".to_owned(),
            country: Some("NOR".to_owned()),
            ..PlaceRef::default()
        });
        event.attribution =
            vec![AttributionRef { level: 1, name: Some("ministry".to_owned()), ..AttributionRef::default() }];
        let text = rendered(event);
        let expected = "\
S00  Norway thanked Iceland in Oslo, the ministry said.
E01              Norway (NOR) → Iceland (ISL)        SUPPORT        asserted
     “thanked” · in Oslo (NOR) · says ministry
";
        assert!(text.contains(expected), "{text}");
        assert!(text.ends_with("1 event in 0 sentences\n"), "{text}");
    }

    #[test]
    fn a_sentence_with_two_events_is_shown_once() {
        let (first, mut second) =
            (event("Norway thanked Iceland.", "thanked"), event("Norway thanked Iceland.", "thanked"));
        second.id = "E02".to_owned();
        let document = Record::Document(DocumentRecord::default());
        let records = vec![document, Record::Event(Box::new(first)), Record::Event(Box::new(second))];
        let text = render(&Report { records }, Paint::PLAIN, 80);
        assert_eq!(text.matches("S00  Norway").count(), 1, "{text}");
        assert!(text.find("E01") < text.find("E02"), "{text}");
    }

    #[test]
    fn a_list_without_end_is_shown_by_its_beginning_within_the_width() {
        let filler = "word ".repeat(500);
        let text = rendered(event(&format!("{filler}Norway thanked Iceland {filler}"), "thanked"));
        assert!(text.contains("“thanked”") && text.contains("word …"), "{text}");
        assert!(text.lines().all(|l| l.width() <= 80), "{text}");
        assert!(text.lines().count() < 20, "{text}");
    }

    #[test]
    fn a_trigger_outside_its_sentence_does_no_harm() {
        let mut event = event("Norway thanked Iceland.", "thanked");
        event.trigger = vec![
            Words { start: 5, end: 9, text: "what".to_owned() },
            Words { start: 118, end: 900, text: "x".to_owned() },
        ];
        assert!(rendered(event).contains("Norway thanked Iceland."));
    }
}
