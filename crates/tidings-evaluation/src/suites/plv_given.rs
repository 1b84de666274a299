//! PLV with source and target given: which class passes between the two, by rules and classifier together?

use std::collections::{BTreeMap, BTreeSet};

use tidings_actors::Knowledge;
use tidings_document::Document;
use tidings_language::Analyzer;
use tidings_ontology::{EventType, Rules};
use tidings_text::Span;

use super::coded::analysed;
use super::plv::{Row, outside_the_manual, quad, rows};
use super::{Context, Outcome};
use crate::corpora::Stretch;
use crate::error::Result;
use crate::scores::Counts;

/// Classes that are given and found, row by row.
type Answers = Vec<(String, String)>;

/// PLV_test; the rows outside the CAMEO manual in the note.
pub fn score(context: &Context) -> Result<Outcome> {
    let outside = outside_the_manual(&context.path("data/plover/plv_test_overlap.tsv"))?;
    let analyzer = context.analyzer()?;
    let (mut all, mut apart) = (Answers::new(), Answers::new());
    for row in rows(&context.path("data/plover/PLV_test.tsv"))? {
        let answer = (row.root.clone(), class(analyzer, &row)?);
        if outside.contains(&row.uid) {
            apart.push(answer.clone());
        }
        all.push(answer);
    }
    let [binary, of_quad, root] = figures(&all);
    let mut outcome = super::outcome([("binary", binary), ("quad", of_quad), ("root", root)]);
    let right = all.iter().filter(|(gold, found)| gold == found).count();
    outcome.notes.push(format!(
        "macro-F1 over the classes; {} rows, accuracy {:.3}; a row for which nothing was found has no class",
        all.len(),
        right as f64 / all.len().max(1) as f64
    ));
    let [_, of_quad, root] = figures(&apart);
    outcome.notes.push(format!(
        "the {} rows whose sentence is not in the CAMEO manual: quad {of_quad:.3}, root {root:.3}",
        apart.len()
    ));
    outcome.notes.push(each(&all));
    Ok(outcome)
}

/// The likeliest class; CONCEDE and RETREAT are one to PLV.
fn class(analyzer: &Analyzer, row: &Row) -> Result<String> {
    let document = Document::of_body(row.sentence.as_str());
    let sentences = analysed(analyzer, &document.text)?;
    let places = row.places.map(|p| p.map_or(Span::default(), |p| bytes(&row.sentence, p)));
    let (knowledge, rules) = (Knowledge::embedded(), Rules::default());
    let chances = tidings_coding::between(&document, &sentences, knowledge, &rules, analyzer.acts(), places);
    let mut total: BTreeMap<&str, f32> = BTreeMap::new();
    for (event, chance) in chances {
        let class =
            if matches!(event, EventType::Concede | EventType::Retreat) { "YIELD" } else { event.as_str() };
        *total.entry(class).or_default() += chance;
    }
    let best = total.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    Ok(best.map_or("", |(class, _)| class).to_owned())
}

fn bytes(text: &str, (start, end): Stretch) -> Span {
    let at = |point: usize| text.char_indices().nth(point).map_or(text.len(), |(byte, _)| byte);
    Span::new(at(start), at(end))
}

/// Macro-F1 of cooperation against conflict, of the quad classes, of the roots.
fn figures(answers: &Answers) -> [f64; 3] {
    let by = |name: &dyn Fn(&str) -> String| {
        macro_f1(&answers.iter().map(|(gold, found)| (name(gold), name(found))).collect())
    };
    let binary = |class: &str| match quad(class) {
        0 => String::new(),
        1 | 2 => "cooperation".to_owned(),
        _ => "conflict".to_owned(),
    };
    [by(&binary), by(&|class| quad(class).to_string()), by(&str::to_owned)]
}

fn macro_f1(answers: &Answers) -> f64 {
    let classes: BTreeSet<&String> = answers.iter().map(|(gold, _)| gold).collect();
    classes.iter().map(|class| counts(answers, class).f1()).sum::<f64>() / classes.len().max(1) as f64
}

fn counts(answers: &Answers, class: &str) -> Counts {
    let count = |test: &dyn Fn(&(String, String)) -> bool| answers.iter().filter(|a| test(a)).count();
    Counts {
        gold: count(&|(gold, _)| gold == class),
        given: count(&|(_, found)| found == class),
        right: count(&|(gold, found)| gold == class && found == class),
    }
}

/// F1 of each root, the weakest first.
fn each(answers: &Answers) -> String {
    let classes: BTreeSet<&String> = answers.iter().map(|(gold, _)| gold).collect();
    let mut each: Vec<(f64, &str)> =
        classes.into_iter().map(|c| (counts(answers, c).f1(), c.as_str())).collect();
    each.sort_by(|a, b| a.0.total_cmp(&b.0));
    let each: Vec<String> = each.into_iter().map(|(f1, class)| format!("{class} {f1:.2}")).collect();
    format!("F1 of the roots: {}", each.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macro_f1_by_hand() {
        let answers: Answers = [("AID", "AID"), ("AID", "YIELD"), ("YIELD", "YIELD"), ("ACCUSE", "REJECT")]
            .map(|(gold, found)| (gold.to_owned(), found.to_owned()))
            .to_vec();
        let [binary, of_quad, root] = figures(&answers);
        assert!((binary - 1.0).abs() < 1e-9 && (of_quad - 1.0).abs() < 1e-9);
        assert!((root - (2.0 / 3.0 + 2.0 / 3.0 + 0.0) / 3.0).abs() < 1e-9);
        assert_eq!(bytes("Żaneta left", (7, 11)), Span::new(8, 12));
    }
}
