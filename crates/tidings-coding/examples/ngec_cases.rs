//! How many of NGEC's actor cases get the right country and sector; `-v` prints those that do not.
//!
//! The cases are not part of Tidings. They are looked for in `$TIDINGS_SHARED` or `../shared`; without them nothing is
//! measured. A state by itself may have the sector GOV or none, and a phrase that is no actor may also be somebody of
//! whom nothing is known. `cargo run --release -p tidings-coding --example ngec_cases`

use std::path::PathBuf;

use jiff::civil::Date;
use serde_json::Value;
use tidings_actors::{Actor, Knowledge};
use tidings_language::Analyzer;
use tidings_text::Span;

/// The codes that a case asks for; `None` is not asked.
#[derive(Debug, Default)]
struct Wanted {
    country: Option<String>,
    sector: Option<String>,
    nobody: bool,
}

fn main() {
    run();
}

/// Reads the cases, asks who each phrase is, and prints the counts.
pub fn run() {
    let shared = std::env::var_os("TIDINGS_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let Ok(cases) = std::fs::read_to_string(shared.join("data/actors/ngec_actor_cases_dev.jsonl")) else {
        println!("no cases in {}: nothing measured", shared.display());
        return;
    };
    let analyzer = match Analyzer::new() {
        Ok(analyzer) => analyzer,
        Err(error) => return println!("{error}"),
    };
    let verbose = std::env::args().any(|a| a == "-v");
    let (mut countries, mut sectors, mut total) = ([0, 0], [0, 0], 0);
    for case in cases.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let Some((text, date, wanted)) = read(&case) else { continue };
        let actor = answer(&analyzer, &text, date);
        let marks = [country_right(&wanted, actor.as_ref()), sector_right(&wanted, actor.as_ref())];
        for (count, mark) in [(&mut countries, marks[0]), (&mut sectors, marks[1])] {
            count[0] += usize::from(mark == Some(true));
            count[1] += usize::from(mark.is_some());
        }
        total += 1;
        if verbose && marks.contains(&Some(false)) {
            let found = actor.map(|a| (a.name, a.country, a.sectors, a.how));
            println!("{text} | {date:?} | {wanted:?} | {found:?}");
        }
    }
    println!(
        "{total} cases; country {}/{}, sector {}/{}",
        countries[0], countries[1], sectors[0], sectors[1]
    );
}

/// Phrase, date and codes of one case; `None` where it asks for neither.
fn read(case: &Value) -> Option<(String, Option<Date>, Wanted)> {
    if !matches!(
        case["call"].as_str()?,
        "agent_to_code" | "short_text_to_agent" | "search_nat" | "trf_agent_match"
    ) || case["status"] != "run"
    {
        return None;
    }
    let arguments = case["args"].as_array()?;
    let day = case["kw"]["query_date"].as_str().or_else(|| arguments.get(2).and_then(Value::as_str));
    let mut wanted = Wanted::default();
    for check in case["expect"].as_array()? {
        let part = |n: usize| check[n].as_str().unwrap_or_default().to_owned();
        match part(0).as_str() {
            "country" => wanted.country = Some(part(2)),
            "code_1" if wanted.sector.is_none() => wanted.sector = Some(part(2)),
            "RAW" if part(1).starts_with("code ") => wanted.nobody = true,
            "RAW" => wanted.country = wanted.country.or_else(|| part(1).strip_prefix("cc == ").map(bare)),
            _ => {}
        }
    }
    let asked = wanted.nobody || wanted.country.is_some() || wanted.sector.is_some();
    asked.then(|| Some((arguments.first()?.as_str()?.to_owned(), date(day), wanted)))?
}

fn bare(quoted: &str) -> String {
    quoted.trim_matches('\'').to_owned()
}

/// "2022-06-01", "10 May 2015", "October 1, 2021"; "today" and nothing are the day on which NGEC's cases were written.
fn date(day: Option<&str>) -> Option<Date> {
    let day = day?;
    let formats = ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"];
    let written = || Date::strptime("%Y-%m-%d", "2023-01-15").ok();
    formats.iter().find_map(|f| Date::strptime(f, day).ok()).or_else(written)
}

fn answer(analyzer: &Analyzer, text: &str, date: Option<Date>) -> Option<Actor> {
    let sentences = analyzer.analyze(text, &[Span::new(0, text.len())]).ok()?;
    tidings_coding::who(text, &sentences, date, Knowledge::embedded())
}

fn country_right(wanted: &Wanted, actor: Option<&Actor>) -> Option<bool> {
    let found = actor.and_then(|a| a.country.as_deref()).unwrap_or_default();
    if wanted.nobody {
        return Some(found.is_empty());
    }
    wanted.country.as_ref().map(|c| c == found)
}

fn sector_right(wanted: &Wanted, actor: Option<&Actor>) -> Option<bool> {
    let found = actor.and_then(|a| a.sectors.first()).map(String::as_str).unwrap_or_default();
    if wanted.nobody {
        return Some(found.is_empty());
    }
    wanted.sector.as_ref().map(|sector| match sector.as_str() {
        "" => matches!(found, "" | "GOV"),
        "HLH" => found == "MED",
        "UNK" | "JNK" => matches!(found, "" | "CVL"),
        wanted => found == wanted,
    })
}
