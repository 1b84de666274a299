//! Whole reports of single sentences, for the suites that score what the program would write.

use jiff::civil::Date;
use tidings_actors::Knowledge;
use tidings_coding::Report;
use tidings_coding::records::{ActorRef, Event, Record, Words};
use tidings_document::{DateBasis, Document, PublicationDate};
use tidings_language::{Analyzer, Sentence};
use tidings_ontology::Rules;
use tidings_text::Span;

use super::Context;
use crate::corpora::Stretch;
use crate::error::{Error, Result};

/// The day of publication of sentences that bring none; no suite depends on which.
const DAY: &str = "2024-05-16";

/// The analysed sentences of a text, read for acts as the program does before it codes.
pub fn analysed(analyzer: &Analyzer, text: &str) -> Result<Vec<Sentence>> {
    let spans = tidings_text::sentences(text, Span::new(0, text.len()));
    analyzer.analyze_for_acts(text, &spans).map_err(|e| Error::Analysis(e.to_string()))
}

/// Codes a text as the program does.
pub fn code(context: &Context, text: &str) -> Result<Report> {
    code_by(context, text, None, Knowledge::embedded(), &Rules::default())
}

/// The same on a day of its own, by other knowledge and rules.
pub fn code_by(
    context: &Context,
    text: &str,
    date: Option<Date>,
    knowledge: &Knowledge,
    rules: &Rules,
) -> Result<Report> {
    let analyzer = context.analyzer()?;
    let sentences = analysed(analyzer, text)?;
    let date = date.map_or_else(|| DAY.parse::<Date>(), Ok).map_err(|e| Error::program("date", e))?;
    let explanation = "given by the suite".to_owned();
    let publication = Some(PublicationDate { date, basis: DateBasis::Option, explanation });
    let document = Document { publication, ..Document::of_body(text) };
    Ok(tidings_coding::code(&document, &sentences, knowledge, rules, Some(analyzer.acts())))
}

/// Events with a type of PLOVER; statements without one are no events to it.
pub fn acts(report: &Report) -> impl Iterator<Item = &Event> {
    report.events().filter(|e| e.plover.event != "NONE")
}

/// Whether two stretches of code points share one.
pub fn overlap(a: Stretch, b: Stretch) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// Where the words stand.
pub fn stretch(words: &Words) -> Stretch {
    (words.start, words.end)
}

/// Whether the actor is named, here or anywhere in the text, by words that touch the stretch.
pub fn touches(report: &Report, actor: &ActorRef, place: Stretch) -> bool {
    let here = actor.start.zip(actor.end).is_some_and(|words| overlap(words, place));
    let anywhere = || {
        report.records.iter().any(|record| match record {
            Record::Entity(e) if e.id == actor.entity => {
                e.mentions.iter().any(|m| overlap(stretch(&m.words), place))
            }
            _ => false,
        })
    };
    here || anywhere()
}

/// Where `part` first stands in `text`, in code points.
pub fn find(text: &str, part: &str) -> Option<Stretch> {
    let at = text.find(part).filter(|_| !part.is_empty())?;
    let start = text[..at].chars().count();
    Some((start, start + part.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_counted_in_code_points() {
        assert_eq!(find("Žaneta left Oslo.", "Oslo"), Some((12, 16)));
        assert_eq!((find("Oslo", ""), find("Oslo", "Bergen")), (None, None));
        assert!(overlap((0, 3), (2, 5)) && !overlap((0, 3), (3, 5)));
    }
}
