//! Lines behind which there is no more of the report: "Comments", "Related articles" (`data/pages/endings.tsv`).

use std::sync::LazyLock;

use crate::runs::Run;

/// Words of the longest line that ends a report.
const LONGEST: usize = 8;
/// So many words before it are a report: "3 comments" also stands above.
const FEWEST_BEFORE: usize = 50;
/// This share of the words must stand before a line about other stories, in hundredths: boxes stand in the middle too.
const MOST_BEFORE: usize = 70;

/// A line that ends a report.
struct Ending {
    words: &'static str,
    of_comments: bool,
    opens: bool,
}

static ENDINGS: LazyLock<Vec<Ending>> = LazyLock::new(|| {
    let lines =
        include_str!("../../../../data/pages/endings.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    let ending = |line: &'static str| {
        let mut columns = line.split('\t');
        let (words, what, place) = (columns.next()?, columns.next()?, columns.next()?);
        Some(Ending { words, of_comments: what == "comments", opens: place == "opens" })
    };
    lines.filter_map(ending).collect()
});

/// The number of lines up to where the report ends.
pub(super) fn end<Kind>(lines: &[(&Run, Kind)]) -> usize {
    let all: usize = lines.iter().map(|(run, _)| run.words).sum();
    let mut before = 0;
    for (at, (run, _)) in lines.iter().enumerate() {
        if let Some(of_comments) = ends(run) {
            let enough =
                if of_comments { before >= FEWEST_BEFORE } else { before * 100 >= all * MOST_BEFORE };
            if enough {
                return at;
            }
        }
        before += run.words;
    }
    lines.len()
}

/// Whether a line ends a report, and if so, whether comments follow.
fn ends(run: &Run) -> Option<bool> {
    if run.words > LONGEST || run.text.len() > 80 {
        return None;
    }
    let lower = run.text.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let line = words.join(" ");
    let fits = |ending: &&Ending| {
        line.strip_prefix(ending.words)
            .is_some_and(|rest| rest.is_empty() || ending.opens && rest.starts_with(' '))
    };
    ENDINGS.iter().find(fits).map(|ending| ending.of_comments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(lines: &[&str]) -> usize {
        let html: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
        let runs = crate::runs::runs(&crate::tree::parse(&html));
        end(&runs.iter().map(|run| (run, ())).collect::<Vec<_>>())
    }

    #[test]
    fn what_follows_the_report_is_cut_off() {
        let report = "Norway thanked Iceland on Monday for sending back four boats. ".repeat(10);
        assert_eq!(length(&["3 Comments", &report, "3 Comments", "I am glad.", "So am I."]), 2);
        assert_eq!(length(&[&report, "Related articles", "Ten die in Oran"]), 1);
        assert_eq!(length(&["Oslo is glad.", "Related articles", "Ten die in Oran", &report]), 4);
        assert_eq!(length(&[&report, "Comments by the minister were read out in the parliament."]), 2);
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let rows: Vec<_> = include_str!("../../../../data/pages/endings.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .skip(1)
            .collect();
        assert_eq!(ENDINGS.len(), rows.len());
        assert!(rows.is_sorted());
        for row in rows {
            let cells: Vec<_> = row.split('\t').collect();
            assert!(matches!(cells[..], [_, "comments" | "others", "whole" | "opens"]), "{row}");
        }
    }
}
