//! How an answer is shown.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use serde::Serialize;
use tidings::Answer;
use tidings::actors::{Actor, ActorKind, Knowledge};

use crate::terminal::Paint;

/// So many of the others are shown for reading; JSON has all.
const SHOWN: usize = 8;

/// An answer as it leaves the program.
#[derive(Debug, Serialize)]
pub struct View<'a> {
    text: &'a str,
    date: Option<String>,
    /// No day was given, so that offices are those of any time.
    undated: bool,
    actors: Vec<ActorView<'a>>,
    alternatives: Vec<ActorView<'a>>,
}

#[derive(Debug, Serialize)]
struct ActorView<'a> {
    name: &'a str,
    kind: &'static str,
    country: Option<&'a str>,
    country_name: Option<String>,
    /// Numbers of the state in the Correlates of War, and in Gleditsch and Ward.
    cow: Option<u16>,
    gw: Option<u16>,
    sectors: &'a [String],
    role: Option<&'a str>,
    id: &'a str,
    aka: &'a [String],
    generic: bool,
    how: &'a str,
    score: f64,
}

/// The answer to what was asked.
pub fn view<'a>(text: &'a str, date: Option<Date>, answer: &'a Answer, knowledge: &Knowledge) -> View<'a> {
    let views = |actors: &'a [Actor]| actors.iter().map(|a| ActorView::of(a, date, knowledge)).collect();
    View {
        text,
        date: date.map(|d| d.to_string()),
        undated: date.is_none(),
        actors: views(&answer.best),
        alternatives: views(&answer.alternatives),
    }
}

impl<'a> ActorView<'a> {
    fn of(actor: &'a Actor, date: Option<Date>, knowledge: &Knowledge) -> Self {
        let country = actor.country.as_deref();
        let state = country.and_then(|code| knowledge.state(code));
        let codes = country.and_then(|code| knowledge.state_codes(code, date));
        Self {
            name: &actor.name,
            kind: kind(actor.kind),
            country,
            country_name: state.map(|s| s.name),
            cow: codes.and_then(|c| c.cow),
            gw: codes.and_then(|c| c.gw),
            sectors: &actor.sectors,
            role: actor.role.as_deref(),
            id: &actor.id,
            aka: &actor.aka,
            generic: actor.generic,
            how: &actor.how,
            score: (f64::from(actor.score) * 100.0).round() / 100.0,
        }
    }

    /// "PHL Philippines".
    fn country(&self) -> String {
        let code = self.country.unwrap_or("-");
        self.country_name.as_ref().map_or_else(|| code.to_owned(), |name| format!("{code} {name}"))
    }

    /// "  COW 840, GW 840".
    fn numbers(&self) -> String {
        let numbers = [("COW", self.cow), ("GW", self.gw)];
        let known: Vec<String> =
            numbers.iter().filter_map(|(list, number)| Some(format!("{list} {}", (*number)?))).collect();
        if known.is_empty() { String::new() } else { format!("  {}", known.join(", ")) }
    }

    fn sectors(&self) -> String {
        if self.sectors.is_empty() { "-".to_owned() } else { self.sectors.join(" ") }
    }

    fn show(&self, paint: Paint, out: &mut String) {
        let kind = if self.generic { format!("{}, unnamed", self.kind) } else { self.kind.to_owned() };
        let _ = writeln!(out, "{}  {kind}", paint.apply(Style::new().bold(), self.name));
        let rows = [
            ("country", format!("{}{}", self.country(), self.numbers())),
            ("sectors", self.sectors()),
            ("role", self.role.unwrap_or("-").to_owned()),
            ("id", self.id.to_owned()),
            ("found by", self.how.to_owned()),
            ("score", format!("{:.2}", self.score)),
        ];
        for (label, value) in rows {
            let _ = writeln!(out, "  {} {value}", paint.apply(Style::new().dimmed(), &format!("{label:<9}")));
        }
    }

    fn show_short(&self, out: &mut String) {
        let role = self.role.map(|r| format!(", {r}")).unwrap_or_default();
        let _ = writeln!(
            out,
            "  {:.2}  {} ({}{role}): {} {}; {}",
            self.score,
            self.name,
            self.kind,
            self.country(),
            self.sectors(),
            self.how
        );
    }
}

impl View<'_> {
    /// For reading.
    pub fn show(&self, paint: Paint) -> String {
        let mut out = String::new();
        if self.actors.is_empty() {
            let _ = writeln!(out, "\"{}\" is no actor that can be told by these words", clean(self.text));
        }
        for actor in &self.actors {
            actor.show(paint, &mut out);
        }
        if let Some(others) =
            self.alternatives.get(..self.alternatives.len().min(SHOWN)).filter(|o| !o.is_empty())
        {
            let _ = writeln!(out, "{}", paint.apply(AnsiColor::Cyan.on_default(), "could also be"));
            others.iter().for_each(|actor| actor.show_short(&mut out));
            let more = self.alternatives.len() - others.len();
            if more > 0 {
                let _ = writeln!(out, "  and {more} more, with --format json");
            }
        }
        if self.undated {
            out.push_str("undated: give --date, since who holds an office depends on the day\n");
        }
        clean(&out)
    }
}

/// Without what could move the cursor; colour is ours and stays.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\u{1b}')).collect()
}

fn kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::Organization => "organisation",
        ActorKind::Country => "country",
        ActorKind::Place => "place",
        ActorKind::Group => "group",
    }
}
