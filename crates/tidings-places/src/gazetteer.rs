//! Names to places, in the compiled tables: nothing is parsed or copied when the program starts.

use std::sync::LazyLock;

use tidings_text::fold;

use crate::layout::{ABBREVIATION, ADJECTIVE, LAST, OTHER, PER_LOG, PLACE_BITS, POSTING, PREFERRED, SHORT};
use crate::spellings;
use crate::{Entry, Kind};

const NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.fst"));
const POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/postings.bin"));

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::open);

/// The names of all places.
#[derive(Debug)]
pub struct Gazetteer {
    names: Option<fst::Map<&'static [u8]>>,
}

/// How a name names a place; the better way first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The name on the map.
    Preferred,
    /// Another name: exonym, older spelling.
    Other,
    /// Without the word that says what it is: "Rapides" for "Rapides Parish".
    Short,
    /// "Norwegian".
    Adjective,
    /// "TX", "Tenn.".
    Abbreviation,
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub entry: Entry,
    /// How the name names it.
    pub way: Way,
}

/// Inhabitants of a town that is also known by its other names ("Bombay").
const KNOWN_BY_OTHER_NAMES: f64 = 500_000.0;

impl Gazetteer {
    /// The places inside the program.
    pub fn embedded() -> &'static Gazetteer {
        &EMBEDDED
    }

    fn open() -> Self {
        // The build has written the bytes, so there is a map.
        Self { names: fst::Map::new(NAMES).ok() }
    }

    /// The places that `name` may mean: its own spellings first; where there are none, without the words around the
    /// name proper ("northern", "County", "'s").
    pub fn candidates(&self, name: &str) -> Vec<Candidate> {
        spellings::of(name)
            .into_iter()
            .map(|keys| {
                let mut found: Vec<Candidate> = Vec::new();
                for key in keys {
                    for candidate in self.folded(&key.folded).filter(|c| key.admits(c)) {
                        if !found.iter().any(|f| f.entry == candidate.entry) {
                            found.push(candidate);
                        }
                    }
                }
                found
            })
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    /// The country of an ISO 3166-1 alpha-3 code.
    pub fn country(&self, code: &str) -> Option<Entry> {
        (0..).map_while(Entry::at).take_while(|e| e.code().len() == 3).find(|e| e.code() == code)
    }

    /// The best known place of that name without any context: country, division of the first order or town of at least
    /// `inhabitants`, by the name on the map first, then whichever has most; great towns by their other names too.
    pub fn best_known(&self, name: &str, inhabitants: f64) -> Option<Entry> {
        let named = self.folded(&fold(name)).filter(|c| match c.entry.kind() {
            Kind::Country | Kind::FirstDivision => matches!(c.way, Way::Preferred | Way::Other | Way::Short),
            _ => {
                let least = if c.way == Way::Preferred { inhabitants } else { KNOWN_BY_OTHER_NAMES };
                c.entry.is_town()
                    && matches!(c.way, Way::Preferred | Way::Other)
                    && c.entry.log_population() >= least.ln() - ROUNDING
            }
        });
        let by_name = |c: &Candidate| c.way == Way::Preferred;
        let best = named.max_by(|a, b| {
            let fame = a.entry.log_population().total_cmp(&b.entry.log_population());
            by_name(a).cmp(&by_name(b)).then(fame).then(b.entry.cmp(&a.entry))
        });
        best.map(|c| c.entry)
    }

    /// The places of a folded name, in table order.
    fn folded<'g>(&'g self, key: &str) -> impl Iterator<Item = Candidate> + use<'g> {
        let first = self.names.as_ref().and_then(|names| names.get(key));
        let mut next = first.and_then(|at| usize::try_from(at).ok());
        std::iter::from_fn(move || {
            let at = next?;
            let bytes = POSTINGS.get(at * POSTING..(at + 1) * POSTING)?;
            let posting = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
            next = (posting & LAST == 0).then_some(at + 1);
            let entry = Entry::at(posting & ((1 << PLACE_BITS) - 1))?;
            Some(Candidate { entry, way: way((posting & !LAST) >> PLACE_BITS) })
        })
    }
}

/// What the logarithm of the inhabitants may lose in the table.
const ROUNDING: f64 = 0.5 / PER_LOG;

fn way(number: u32) -> Way {
    match number {
        PREFERRED => Way::Preferred,
        SHORT => Way::Short,
        ADJECTIVE => Way::Adjective,
        ABBREVIATION => Way::Abbreviation,
        OTHER.. => Way::Other,
    }
}
