//! Who is meant: NGEC's own cases, and our sentences with several actors in one phrase.

use std::fs;
use std::path::Path;

use jiff::civil::Date;
use serde_json::Value;
use tidings_actors::{Actor, Knowledge};
use tidings_coding::Question;
use tidings_language::Analyzer;
use tidings_text::Span;

use super::{Context, Outcome};
use crate::error::{Error, Result};

/// NGEC's cases, half of them.
const CASES: &str = "data/actors/ngec_actor_cases_dev.jsonl";
/// The day that "today" and no date mean in NGEC's cases, which were written then.
const TODAY: &str = "2023-01-15";

/// Right answers among those that were asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    right: usize,
    asked: usize,
}

impl Count {
    fn add(&mut self, right: Option<bool>) {
        self.asked += usize::from(right.is_some());
        self.right += usize::from(right == Some(true));
    }

    fn share(self) -> f64 {
        self.right as f64 / self.asked.max(1) as f64
    }
}

/// Country and main sector of NGEC's phrases.
pub fn ngec(context: &Context) -> Result<Outcome> {
    let path = context.path(CASES);
    let text = fs::read_to_string(&path).map_err(|source| Error::File { path: path.clone(), source })?;
    let analyzer = context.analyzer()?;
    let (mut country, mut sector) = (Count::default(), Count::default());
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let case: Value = serde_json::from_str(line).map_err(|e| Error::program(CASES, e))?;
        let Some(case) = Case::read(&case) else { continue };
        let found = ask(analyzer, &case.phrase, None, case.date)?;
        country.add(case.country_right(found.first()));
        sector.add(case.sector_right(found.first()));
    }
    let mut outcome = super::outcome([("country", country.share()), ("sector", sector.share())]);
    outcome.notes.push(format!(
        "country {} of {}, main sector {} of {}; a state by itself may be GOV or none, CAMEO's HLH is MED, and a religion \
         is REL; no date means {TODAY}",
        country.right, country.asked, sector.right, sector.asked
    ));
    Ok(outcome)
}

/// What one case asks.
#[derive(Debug, Default)]
struct Case {
    phrase: String,
    date: Option<Date>,
    country: Option<String>,
    sector: Option<String>,
    /// The phrase is no actor.
    nobody: bool,
}

impl Case {
    /// `None` where neither country nor sector is asked.
    fn read(case: &Value) -> Option<Self> {
        let call = case["call"].as_str()?;
        let by_phrase =
            matches!(call, "agent_to_code" | "short_text_to_agent" | "search_nat" | "trf_agent_match");
        if !by_phrase || case["status"] != "run" {
            return None;
        }
        let arguments = case["args"].as_array()?;
        let day = case["kw"]["query_date"].as_str().or_else(|| arguments.get(2).and_then(Value::as_str));
        let phrase = arguments.first()?.as_str()?.to_owned();
        let mut found = Self { phrase, date: date(day.unwrap_or("today")), ..Self::default() };
        for check in case["expect"].as_array()? {
            let part = |n: usize| check[n].as_str().unwrap_or_default();
            match part(0) {
                "country" => found.country = Some(part(2).to_owned()),
                "code_1" if found.sector.is_none() => found.sector = Some(part(2).to_owned()),
                "RAW" if part(1).starts_with("code ") => found.nobody = true,
                "RAW" => {
                    let named = part(1).strip_prefix("cc == ").map(|code| code.trim_matches('\'').to_owned());
                    found.country = found.country.or(named);
                }
                _ => {}
            }
        }
        (found.nobody || found.country.is_some() || found.sector.is_some()).then_some(found)
    }

    fn country_right(&self, actor: Option<&Actor>) -> Option<bool> {
        let found = actor.and_then(|a| a.country.as_deref()).unwrap_or_default();
        if self.nobody {
            return Some(found.is_empty());
        }
        self.country.as_ref().map(|wanted| wanted == found)
    }

    fn sector_right(&self, actor: Option<&Actor>) -> Option<bool> {
        let found = actor.and_then(|a| a.sectors.first()).map(String::as_str).unwrap_or_default();
        if self.nobody {
            return Some(found.is_empty());
        }
        self.sector.as_ref().map(|sector| match sector.as_str() {
            "" => matches!(found, "" | "GOV"),
            "HLH" => found == "MED",
            "BUD" | "CHR" | "HIN" | "JEW" | "MUS" => found == "REL",
            "UNK" | "JNK" => matches!(found, "" | "CVL"),
            wanted => found == wanted,
        })
    }
}

/// "2022-06-01", "10 May 2015", "October 1, 2021", "today".
fn date(day: &str) -> Option<Date> {
    let formats = ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"];
    let written = formats.iter().find_map(|f| Date::strptime(f, day).ok());
    written.or_else(|| TODAY.parse().ok())
}

fn ask(analyzer: &Analyzer, phrase: &str, context: Option<&str>, date: Option<Date>) -> Result<Vec<Actor>> {
    let question = Question::new(phrase, context, date);
    let text = question.text();
    let spans = tidings_text::sentences(text, Span::new(0, text.len()));
    let sentences = analyzer.analyze(text, &spans).map_err(|e| Error::Analysis(e.to_string()))?;
    Ok(tidings_coding::who(&question, &sentences, Knowledge::embedded()).best)
}

/// Sentences with the actors that a careful reader finds in the phrase in brackets.
const SENTENCES: &str = "tests/actors/coactors.txt";

/// All actors of a phrase that names several.
pub fn several(context: &Context) -> Result<Outcome> {
    let (count, wrong) = all_found(context.analyzer()?, &context.root)?;
    let mut outcome = super::outcome([("all", count.share())]);
    outcome.notes.push(format!("all and no others in {} of {} phrases", count.right, count.asked));
    outcome.notes.extend(wrong);
    Ok(outcome)
}

/// How many phrases are right, and those that are not.
fn all_found(analyzer: &Analyzer, root: &Path) -> Result<(Count, Vec<String>)> {
    let path = root.join(SENTENCES);
    let text = fs::read_to_string(&path).map_err(|source| Error::File { path, source })?;
    let (mut count, mut wrong) = (Count::default(), Vec::new());
    let lines: Vec<&str> = text.lines().collect();
    for pair in lines.windows(2) {
        let [sentence, expected] = pair else { continue };
        let Some(marked) = sentence.strip_prefix("> ") else { continue };
        let parts = marked.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)));
        let (before, (phrase, after)) =
            parts.ok_or_else(|| Error::program(SENTENCES, format!("no phrase in brackets: {marked}")))?;
        let context = format!("{before}{phrase}{after}");
        let found = ask(analyzer, phrase, Some(&context), "2024-05-16".parse().ok())?;
        let right = same(&expected.split(" + ").collect::<Vec<_>>(), &found);
        count.add(Some(right));
        if !right {
            let found: Vec<String> = found.iter().map(|a| format!("{} ({})", a.name, codes(a))).collect();
            wrong.push(format!("{marked} {expected}, not {}", found.join(" + ")));
        }
    }
    Ok((count, wrong))
}

/// Whether these are all, in any order; each is wanted by name or by country and sector.
fn same(wanted: &[&str], found: &[Actor]) -> bool {
    let of = |actor: &Actor, wanted: &str| actor.name == wanted || codes(actor) == wanted;
    let times = |one: &str| wanted.iter().filter(|w| **w == one).count();
    wanted.len() == found.len()
        && wanted.iter().all(|w| found.iter().filter(|a| of(a, w)).count() == times(w))
}

/// "NOR GOV": country and main sector.
fn codes(actor: &Actor) -> String {
    let sector = actor.sectors.first().map_or("-", String::as_str);
    format!("{} {sector}", actor.country.as_deref().unwrap_or("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(json: &str) -> Option<Case> {
        Case::read(&serde_json::from_str(json).expect("a case"))
    }

    #[test]
    fn cases_ask_for_country_and_sector() {
        let read = case(
            r#"{"call":"agent_to_code","status":"run","args":["the envoy","","10 May 2015"],"kw":{},"expect":[["country","==","NOR"],["code_1","==","HLH"]]}"#,
        )
        .expect("asked");
        assert_eq!((read.phrase.as_str(), read.date), ("the envoy", "2015-05-10".parse().ok()));
        assert_eq!((read.country_right(None), read.sector_right(None)), (Some(false), Some(false)));
        let nobody = case(
            r#"{"call":"trf_agent_match","status":"run","args":["x"],"kw":{},"expect":[["RAW","code is None"]]}"#,
        );
        assert!(nobody.is_some_and(|c| c.nobody && c.sector_right(None) == Some(true)));
        let other = case(
            r#"{"call":"query_wiki","status":"run","args":["x"],"kw":{},"expect":[["title","==","x"]]}"#,
        );
        assert!(other.is_none());
    }

    #[test]
    fn all_of_several_actors_are_found() {
        let analyzer = Analyzer::new().expect("the embedded model loads");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let (count, wrong) = all_found(&analyzer, &root).expect("the sentences are there");
        assert!(count.asked >= 60, "{count:?}");
        assert!(count.share() >= 0.9, "{count:?}\n{}", wrong.join("\n"));
    }
}
