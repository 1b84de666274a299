//! The questions behind the pages, with other values each time, and the heaviest ones.

use std::time::Instant;

use jiff::civil::{Date, date};
use tidings_ledger::{Ledger, Level, Order, Period, Query, Result as Answer, Split};

use super::failed;
use super::generate::{
    ACTORS, COUNTRIES, Dice, OUTLETS, PLACES, WORDS, World, actor, country, outlet, place, word,
};
use crate::error::Result;

/// How often each is asked; the first time does not count.
const TIMES: usize = 40;

type Ask = Box<dyn Fn(&Ledger, &mut Dice) -> Answer<()>>;

/// A question.
pub struct Question {
    pub name: &'static str,
    ask: Ask,
}

impl Question {
    /// Milliseconds of each time it is asked.
    pub fn times(&self, ledger: &Ledger) -> Result<Vec<f64>> {
        let mut times = Vec::new();
        for number in 0..=TIMES {
            let mut dice = Dice::of(99, number);
            let begun = Instant::now();
            (self.ask)(ledger, &mut dice).map_err(failed)?;
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        Ok(times.split_off(1))
    }
}

fn question(name: &'static str, ask: impl Fn(&Ledger, &mut Dice) -> Answer<()> + 'static) -> Question {
    Question { name, ask: Box::new(ask) }
}

fn base() -> Query {
    Query::default()
}

/// An actor as users pick them: mostly a known one.
fn somebody(dice: &mut Dice) -> Option<String> {
    Some(actor(&country(dice.rank(COUNTRIES)), dice.rank(ACTORS)).0)
}

/// One of whom little is known.
fn hardly_known(dice: &mut Dice) -> Option<String> {
    Some(actor(&country(100 + dice.below(100)), 250 + dice.below(250)).0)
}

fn state(dice: &mut Dice) -> Option<String> {
    Some(country(dice.rank(COUNTRIES)))
}

fn usa() -> Option<String> {
    Some(country(0))
}

fn words(dice: &mut Dice, from: u64, to: u64) -> Option<String> {
    Some(word(from + dice.below(to - from)))
}

/// All of them; the names are the keys in data/evaluation/speed.toml.
pub fn all(world: &World) -> Vec<Question> {
    let (middle, last) = (world.day(world.events / 2), world.day(world.events));
    [lists(middle, last), articles(), charts(middle), pictures(middle)].into_iter().flatten().collect()
}

fn lists(middle: Date, last: Date) -> Vec<Question> {
    let events = |ledger: &Ledger, query: Query| ledger.events(&query).map(|_| ());
    vec![
        question("events_newest", move |l, _| events(l, base())),
        question("events_deep_page", move |l, _| {
            let first = l.events(&Query { to: Some(middle), ..base() })?;
            events(l, Query { after: first.next, order: Order::Oldest, ..base() })
        }),
        question("events_actor", move |l, d| events(l, Query { actor: somebody(d), ..base() })),
        question("events_rare_actor", move |l, d| events(l, Query { actor: hardly_known(d), ..base() })),
        question("events_usa", move |l, _| events(l, Query { actor: usa(), ..base() })),
        question("events_dyad", move |l, d| events(l, Query { actor: state(d), with: state(d), ..base() })),
        question("events_usa_chn", move |l, _| {
            events(l, Query { actor: usa(), with: Some(country(1)), order: Order::Oldest, ..base() })
        }),
        question("events_type", move |l, _| {
            events(l, Query { event_type: Some("RETREAT".into()), ..base() })
        }),
        question("events_place", move |l, d| {
            events(l, Query { place: Some(place(d.rank(PLACES)).0), ..base() })
        }),
        question("events_outlet", move |l, d| {
            events(l, Query { outlet: Some(outlet(d.rank(OUTLETS))), ..base() })
        }),
        question("events_range", move |l, _| {
            let status = Some("denied".into());
            events(l, Query { status, quad: Some(4), from: Some(middle), to: Some(last), ..base() })
        }),
        question("events_as_of", move |l, d| {
            events(l, Query { as_of: Some(super::moment(1_000_000)), actor: somebody(d), ..base() })
        }),
        question("events_nothing", move |l, _| events(l, Query { actor: Some("nobody".into()), ..base() })),
        question("actors_typing", |l, d| {
            let name = actor(&country(d.rank(COUNTRIES)), d.rank(ACTORS)).1;
            let typed = name.chars().take(2 + d.below(5) as usize).collect();
            l.actors(&Query { text: Some(typed), limit: Some(10), ..base() }).map(|_| ())
        }),
        question("overview", |l, _| l.overview(&base()).map(|_| ())),
    ]
}

fn articles() -> Vec<Question> {
    let events = |ledger: &Ledger, query: Query| ledger.events(&query).map(|_| ());
    let reports = |ledger: &Ledger, query: Query| ledger.reports(&query).map(|_| ());
    vec![
        question("events_common_words", move |l, d| events(l, Query { text: words(d, 0, 10), ..base() })),
        question("events_rare_words", move |l, d| {
            events(l, Query { text: words(d, 20_000, WORDS), ..base() })
        }),
        question("reports_newest", move |l, _| reports(l, base())),
        question("reports_usa", move |l, _| reports(l, Query { actor: usa(), ..base() })),
        question("reports_rare_actor", move |l, d| reports(l, Query { actor: hardly_known(d), ..base() })),
        question("reports_of_event", |l, d| {
            l.reports_of(&format!("made:{}", d.below(1_000)), &base()).map(|_| ())
        }),
        question("documents_newest", |l, _| l.documents(&base()).map(|_| ())),
        question("search_common_words", |l, d| {
            l.search(&Query { text: words(d, 0, 10), ..base() }).map(|_| ())
        }),
        question("search_rare_words", |l, d| {
            l.search(&Query { text: words(d, 9_000, WORDS), ..base() }).map(|_| ())
        }),
        question("claims_newest", |l, _| l.claims(&base()).map(|_| ())),
        question("contradictions", |l, _| l.contradictions(&base()).map(|_| ())),
        question("commitments", |l, _| l.commitments(&base()).map(|_| ())),
    ]
}

fn charts(middle: Date) -> Vec<Question> {
    let series = |ledger: &Ledger, query: Query, period, split, normalise| {
        ledger.series(&query, period, split, normalise).map(|_| ())
    };
    vec![
        question("series_actor", move |l, d| {
            series(l, Query { actor: somebody(d), ..base() }, Period::Month, Split::Status, false)
        }),
        question("series_usa", move |l, _| {
            series(l, Query { actor: usa(), ..base() }, Period::Week, Split::Type, false)
        }),
        question("series_everything", move |l, _| series(l, base(), Period::Day, Split::Type, false)),
        question("series_normalised", move |l, d| {
            series(l, Query { actor: state(d), ..base() }, Period::Month, Split::Quad, true)
        }),
        question("series_outlet", move |l, d| {
            series(
                l,
                Query { outlet: Some(outlet(d.rank(OUTLETS))), ..base() },
                Period::Year,
                Split::None,
                true,
            )
        }),
        question("series_common_words", move |l, d| {
            series(l, Query { text: words(d, 0, 10), ..base() }, Period::Month, Split::None, false)
        }),
        question("series_as_of", move |l, d| {
            let as_of = Some(super::moment(1_000_000));
            series(
                l,
                Query { as_of, actor: state(d), from: Some(middle), ..base() },
                Period::Month,
                Split::None,
                false,
            )
        }),
        question("dyad", |l, d| {
            let (a, b) = (country(d.rank(COUNTRIES)), country(d.rank(COUNTRIES)));
            l.dyad(&a, &b, &base(), Period::Month).map(|_| ())
        }),
        question("dyad_actors", |l, d| {
            let (a, b) = (somebody(d).unwrap_or_default(), somebody(d).unwrap_or_default());
            l.dyad(&a, &b, &base(), Period::Month).map(|_| ())
        }),
        question("dyad_usa_chn", |l, _| l.dyad(&country(0), &country(1), &base(), Period::Day).map(|_| ())),
    ]
}

fn pictures(middle: Date) -> Vec<Question> {
    let network = |ledger: &Ledger, query: Query, level| ledger.network(&query, level, None).map(|_| ());
    vec![
        question("network_everything", move |l, _| network(l, base(), Level::Country)),
        question("network_actors", move |l, _| network(l, base(), Level::Actor)),
        question("network_month", move |l, _| {
            let (from, to) = (middle.first_of_month(), middle.last_of_month());
            network(l, Query { from: Some(from), to: Some(to), ..base() }, Level::Country)
        }),
        question("network_actor", move |l, d| {
            network(l, Query { actor: state(d), ..base() }, Level::Country)
        }),
        question("map_everything", |l, _| l.map(&base()).map(|_| ())),
        question("map_actor", |l, d| l.map(&Query { actor: state(d), ..base() }).map(|_| ())),
        question("map_year", |l, _| {
            l.map(&Query { from: Some(date(2020, 1, 1)), to: Some(date(2020, 12, 31)), ..base() }).map(|_| ())
        }),
    ]
}
