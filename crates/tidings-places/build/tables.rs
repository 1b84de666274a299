//! Reads and checks the tables of `data/places`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::layout::Kind;

/// What goes wrong ends the build, so a message is enough.
pub type Result<T> = std::result::Result<T, String>;

/// One place of any table.
pub struct Row {
    pub id: u32,
    pub kind: Kind,
    pub name: String,
    pub others: Vec<String>,
    pub adjectives: Vec<String>,
    pub abbreviations: Vec<String>,
    /// "SYR" of a country, "US.TX" of a division, empty else.
    pub code: String,
    /// Index of the country among the places.
    pub country: Option<usize>,
    /// Index of the division around it.
    pub division: Option<usize>,
    pub lat: f64,
    pub lon: f64,
    pub population: u64,
}

/// A word beside a name that says what sort of place it is.
pub struct KindWord {
    pub words: String,
    pub after: bool,
    pub order: u8,
}

/// All places in the order in which they are numbered.
pub struct Tables {
    pub places: Vec<Row>,
    pub kind_words: Vec<KindWord>,
}

/// A line of a table with where it stands.
struct Line<'a> {
    at: String,
    columns: Vec<&'a str>,
}

impl Tables {
    pub fn read(folder: &Path) -> Result<Self> {
        let mut places = Vec::new();
        let file = |name: &str| load(folder, name);
        let text = file("countries.tsv")?;
        let mut countries: BTreeMap<String, usize> = BTreeMap::new();
        for line in lines("countries.tsv", &text, 11)? {
            for column in [0, 1] {
                unique(&mut countries, line.text(column), places.len(), &line)?;
            }
            places.push(line.country()?);
        }
        let text = file("country_names.tsv")?;
        for line in lines("country_names.tsv", &text, 3)? {
            let country = line.known(&countries, 0)?;
            places[country].others.extend(line.list(1));
            places[country].adjectives.extend(line.list(2));
        }
        let divisions = divisions(folder, &mut places, &countries)?;
        let text = file("division_names.tsv")?;
        for line in lines("division_names.tsv", &text, 4)? {
            let division = &mut places[line.known(&divisions, 0)?];
            division.others.extend(line.list(1));
            division.adjectives.extend(line.list(2));
            division.abbreviations.extend(line.list(3));
        }
        let text = file("regions.tsv")?;
        for line in lines("regions.tsv", &text, 10)? {
            places.push(line.region(&countries)?);
        }
        towns(folder, &mut places, &countries, &divisions)?;
        let text = file("kind_words.tsv")?;
        let kind_words =
            lines("kind_words.tsv", &text, 3)?.iter().map(Line::kind_word).collect::<Result<_>>()?;
        Ok(Self { places, kind_words })
    }
}

fn divisions(
    folder: &Path,
    places: &mut Vec<Row>,
    countries: &BTreeMap<String, usize>,
) -> Result<BTreeMap<String, usize>> {
    let text = load(folder, "divisions.tsv")?;
    let mut divisions = BTreeMap::new();
    for line in lines("divisions.tsv", &text, 8)? {
        let code = line.text(0);
        let mut row = line.place(1, 4, 6)?;
        let (country, rest) = code.split_once('.').ok_or_else(|| line.error("no dot in the code"))?;
        row.country = Some(*countries.get(country).ok_or_else(|| line.error("unknown country"))?);
        row.kind = Kind::FirstDivision;
        if let Some((first, _)) = rest.split_once('.') {
            row.kind = Kind::SecondDivision;
            row.division = divisions.get(&format!("{country}.{first}")).copied();
        }
        row.code = code.to_owned();
        unique(&mut divisions, code, places.len(), &line)?;
        places.push(row);
    }
    Ok(divisions)
}

fn towns(
    folder: &Path,
    places: &mut Vec<Row>,
    countries: &BTreeMap<String, usize>,
    divisions: &BTreeMap<String, usize>,
) -> Result<()> {
    for (iso3, country) in countries.iter().filter(|(code, _)| code.len() == 3) {
        let name = format!("towns/{iso3}.tsv");
        if !folder.join(&name).exists() {
            continue; // islands without a town
        }
        let text = load(folder, &name)?;
        let iso2 =
            countries.iter().find(|(code, at)| *at == country && code.len() == 2).map(|(code, _)| code);
        let mut last = 0;
        for line in lines(&name, &text, 9)? {
            let mut row = line.place(0, 4, 6)?;
            if row.id <= last {
                return Err(line.error("not sorted by id, or twice the same"));
            }
            last = row.id;
            row.kind = town_kind(line.text(7));
            row.country = Some(*country);
            let iso2 = iso2.ok_or_else(|| line.error("country without a two-letter code"))?;
            let code = format!("{iso2}.{}", line.text(3));
            let first = code.rsplit_once('.').map_or("", |(first, _)| first);
            row.division = divisions.get(&code).or_else(|| divisions.get(first)).copied();
            places.push(row);
        }
    }
    Ok(())
}

fn town_kind(feature: &str) -> Kind {
    match feature {
        "C" => Kind::Capital,
        "A" | "G" => Kind::Seat,
        "A2" | "A3" => Kind::LesserSeat,
        "X" => Kind::Quarter,
        _ => Kind::Town,
    }
}

fn load(folder: &Path, name: &str) -> Result<String> {
    std::fs::read_to_string(folder.join(name)).map_err(|e| format!("data/places/{name}: {e}"))
}

fn lines<'a>(name: &str, text: &'a str, columns: usize) -> Result<Vec<Line<'a>>> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let line =
            Line { at: format!("data/places/{name}:{}", number + 1), columns: line.split('\t').collect() };
        if line.columns.len() != columns {
            return Err(line.error(&format!("{} columns, expected {columns}", line.columns.len())));
        }
        out.push(line);
    }
    Ok(out)
}

fn unique(index: &mut BTreeMap<String, usize>, code: &str, at: usize, line: &Line) -> Result<()> {
    match index.insert(code.to_owned(), at) {
        None => Ok(()),
        Some(_) => Err(line.error(&format!("{code:?} stands here twice"))),
    }
}

impl Line<'_> {
    fn error(&self, what: &str) -> String {
        format!("{}: {what}\nhint: tables that `cargo xtask knowledge` makes are not to be edited", self.at)
    }

    fn text(&self, column: usize) -> &str {
        self.columns[column]
    }

    fn list(&self, column: usize) -> Vec<String> {
        self.text(column).split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn number<T: std::str::FromStr>(&self, column: usize) -> Result<T> {
        self.text(column).parse().map_err(|_| self.error(&format!("{:?} is no number", self.text(column))))
    }

    fn known(&self, index: &BTreeMap<String, usize>, column: usize) -> Result<usize> {
        let code = self.text(column);
        index.get(code).copied().ok_or_else(|| self.error(&format!("unknown code {code:?}")))
    }

    /// The columns id, name and other names from `first`, the coordinates, the population.
    fn place(&self, first: usize, lat: usize, population: usize) -> Result<Row> {
        let row = Row {
            id: self.number(first)?,
            kind: Kind::Town,
            name: self.text(first + 1).to_owned(),
            others: self.list(first + 2),
            adjectives: Vec::new(),
            abbreviations: Vec::new(),
            code: String::new(),
            country: None,
            division: None,
            lat: self.number(lat)?,
            lon: self.number(lat + 1)?,
            population: self.number(population)?,
        };
        if !(-90.0..=90.0).contains(&row.lat) || !(-180.0..=180.0).contains(&row.lon) {
            return Err(self.error("no coordinates of this earth"));
        }
        Ok(row)
    }

    fn country(&self) -> Result<Row> {
        let mut row = self.place(2, 7, 9)?;
        row.kind = Kind::Country;
        row.code = self.text(0).to_owned();
        Ok(row)
    }

    fn region(&self, countries: &BTreeMap<String, usize>) -> Result<Row> {
        let known: Vec<usize> = self
            .list(8)
            .iter()
            .map(|code| {
                countries.get(code).copied().ok_or_else(|| self.error(&format!("unknown country {code:?}")))
            })
            .collect::<Result<_>>()?;
        let id = if self.text(0).is_empty() { 0 } else { self.number(0)? };
        Ok(Row {
            id,
            kind: region_kind(self.text(4)).ok_or_else(|| self.error("unknown kind"))?,
            name: self.text(1).to_owned(),
            others: self.list(2),
            adjectives: self.list(3),
            abbreviations: Vec::new(),
            code: String::new(),
            country: if known.len() == 1 { known.first().copied() } else { None },
            division: None,
            lat: self.number(5)?,
            lon: self.number(6)?,
            population: 0,
        })
    }

    fn kind_word(&self) -> Result<KindWord> {
        let after = match self.text(1) {
            "after" => true,
            "before" => false,
            _ => return Err(self.error("the side is neither before nor after")),
        };
        Ok(KindWord { words: self.text(0).to_owned(), after, order: self.number(2)? })
    }
}

fn region_kind(kind: &str) -> Option<Kind> {
    Some(match kind {
        "continent" => Kind::Continent,
        "region" | "desert" | "island" | "islands" | "mountains" => Kind::Region,
        "bay" | "canal" | "gulf" | "lake" | "ocean" | "river" | "sea" | "strait" => Kind::Water,
        _ => return None,
    })
}
