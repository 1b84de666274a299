//! Time expressions against TimeML, as the scorer of TempEval-3 counts.

use tidings_time::Timex;

use super::{Context, Outcome, outcome};
use crate::corpora::{self, GoldTimex};
use crate::error::Result;
use crate::scores::Counts;

/// Expression found (overlapping, with the same extent) and value right, over all documents.
pub(super) fn expressions(context: &Context) -> Result<Outcome> {
    let documents = corpora::timeml(&context.path("data/time/te3_platinum"))?;
    let mut total = Agreement::default();
    for document in &documents {
        let sentences = context.analyze(&document.text)?;
        let found = tidings_time::timexes(&document.text, &sentences, Some(document.created));
        total.add(&found, &document.timexes);
    }
    let figures = [("relaxed", total.relaxed), ("strict", total.strict), ("value", total.value)];
    let mut outcome = outcome(figures.map(|(key, counts)| (key, counts.f1())));
    outcome.notes.push(format!(
        "{} texts, {} expressions, {} found; overlap: precision {:.3}, recall {:.3}; the date of creation is given and not \
         scored",
        documents.len(),
        total.relaxed.gold,
        total.relaxed.given,
        total.relaxed.precision(),
        total.relaxed.recall()
    ));
    Ok(outcome)
}

#[derive(Debug, Default)]
struct Agreement {
    relaxed: Counts,
    strict: Counts,
    value: Counts,
}

impl Agreement {
    /// Each found expression is matched with at most one marked one, the first that it overlaps.
    fn add(&mut self, found: &[Timex], gold: &[GoldTimex]) {
        let mut open: Vec<&GoldTimex> = gold.iter().collect();
        let mut pairs = Vec::new();
        for timex in found {
            if let Some(at) = open.iter().position(|g| g.span.overlaps(timex.span)) {
                pairs.push((timex, open.remove(at)));
            }
        }
        let counts = |right| Counts { right, given: found.len(), gold: gold.len() };
        self.relaxed += counts(pairs.len());
        self.strict += counts(pairs.iter().filter(|(t, g)| t.span == g.span).count());
        self.value += counts(pairs.iter().filter(|(t, g)| t.value == g.value).count());
    }
}

#[cfg(test)]
mod tests {
    use tidings_time::{Precision, TimexKind};

    use tidings_text::Span;

    use super::*;

    fn timex(span: (usize, usize), value: &str) -> Timex {
        Timex {
            span: Span::new(span.0, span.1),
            kind: TimexKind::Date,
            value: value.to_owned(),
            from: None,
            to: None,
            precision: Precision::Vague,
            basis: String::new(),
            sentence: 0,
            head: 0,
            event: None,
        }
    }

    #[test]
    fn overlap_extent_and_value_are_counted_by_hand() {
        let gold = [((0, 4), "2011"), ((10, 20), "P3D"), ((30, 35), "2012-05")];
        let gold = gold.map(|((a, b), v)| GoldTimex { span: Span::new(a, b), value: v.to_owned() });
        // Right; overlapping with the right value, and once more; nowhere.
        let found =
            [timex((0, 4), "2012"), timex((12, 20), "P3D"), timex((14, 20), "P3D"), timex((50, 52), "2011")];
        let mut agreement = Agreement::default();
        agreement.add(&found, &gold);
        assert_eq!(agreement.relaxed, Counts { right: 2, given: 4, gold: 3 });
        assert_eq!(agreement.strict, Counts { right: 1, given: 4, gold: 3 });
        assert_eq!(agreement.value, Counts { right: 1, given: 4, gold: 3 });
    }
}
