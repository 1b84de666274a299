//! The bytes of the file, section by section.

use std::io::{Seek, Write};

use jiff::civil::{Date, date};

use super::measure::{Measure, Measures};
use crate::columns::{Column, Kind, Table, values};
use crate::error::{Error, Result};

/// Longer texts are strL. Stata allows 2,045 bytes, but every row would be as wide as the longest.
const WIDEST: usize = 244;
/// Greatest whole number of Stata's `long`.
const LONGEST: u64 = 2_147_483_620;
/// Characters of a label of a variable or of the data.
const LABEL: usize = 80;
/// The day from which Stata counts.
const EPOCH: Date = date(1960, 1, 1);

/// How a variable is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Text of so many bytes.
    Short(u16),
    /// Text that stands at the end of the file.
    Long,
    /// One of a list.
    Code,
    /// A day.
    Day,
    /// A whole number of four bytes.
    Whole,
    /// A number of eight bytes.
    Number,
}

/// One column as Stata has it.
#[derive(Debug)]
pub struct Variable {
    /// How it is stored.
    pub form: Form,
    name: String,
    label: String,
    /// Codes with their numbers and labels.
    codes: Vec<(String, i32, String)>,
}

/// All columns as Stata has them.
#[derive(Debug)]
pub struct Layout {
    /// In the order of the table.
    pub variables: Vec<Variable>,
}

/// Where the sections begin.
pub struct Places {
    /// Where the list of them is to be written.
    pub map: u64,
    offsets: Vec<u64>,
}

impl Places {
    /// The next section begins here.
    pub fn mark(&mut self, out: &mut impl Seek) -> Result<()> {
        self.offsets.push(out.stream_position()?);
        Ok(())
    }

    /// Writes the list.
    pub fn write(&self, out: &mut impl Write) -> Result<()> {
        Ok(self.offsets.iter().try_for_each(|offset| out.write_all(&offset.to_le_bytes()))?)
    }
}

/// Number of sections, with the beginning and the end of the file.
const SECTIONS: usize = 14;

impl Layout {
    pub fn new(table: &Table, measures: &Measures) -> Result<Self> {
        let variables = table.columns.iter().zip(&measures.columns).map(|(c, m)| Variable::new(c, m));
        let variables = variables.collect::<Result<Vec<_>>>()?;
        if u16::try_from(variables.len()).is_err() {
            return Err(Error::format("Stata takes no table of so many columns", "choose some"));
        }
        Ok(Self { variables })
    }

    /// Everything before the rows.
    pub fn head(&self, table: &Table, rows: u64, out: &mut (impl Write + Seek)) -> Result<Places> {
        let count = u16::try_from(self.variables.len()).unwrap_or(u16::MAX);
        let label = short(&table.title, LABEL);
        let mut places = Places { map: 0, offsets: Vec::new() };
        places.mark(out)?;
        out.write_all(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>")?;
        out.write_all(&count.to_le_bytes())?;
        out.write_all(b"</K><N>")?;
        out.write_all(&rows.to_le_bytes())?;
        out.write_all(b"</N><label>")?;
        out.write_all(&u16::try_from(label.len()).unwrap_or(0).to_le_bytes())?;
        out.write_all(label.as_bytes())?;
        // Without a time: the same ledger gives the same bytes.
        out.write_all(b"</label><timestamp>\0</timestamp></header>")?;
        places.mark(out)?;
        out.write_all(b"<map>")?;
        places.map = out.stream_position()?;
        out.write_all(&[0; SECTIONS * 8])?;
        out.write_all(b"</map>")?;
        self.section("variable_types", &mut places, out, |v, bytes| {
            bytes.extend(v.form.code().to_le_bytes())
        })?;
        self.section("varnames", &mut places, out, |v, bytes| padded(&v.name, 129, bytes))?;
        places.mark(out)?;
        out.write_all(b"<sortlist>")?;
        out.write_all(&vec![0; (self.variables.len() + 1) * 2])?;
        out.write_all(b"</sortlist>")?;
        self.section("formats", &mut places, out, |v, bytes| padded(&v.form.format(), 57, bytes))?;
        let labels = |v: &Variable, bytes: &mut Vec<u8>| {
            padded(if v.codes.is_empty() { "" } else { &v.name }, 129, bytes)
        };
        self.section("value_label_names", &mut places, out, labels)?;
        self.section("variable_labels", &mut places, out, |v, bytes| padded(&v.label, 321, bytes))?;
        places.mark(out)?;
        out.write_all(b"<characteristics></characteristics>")?;
        Ok(places)
    }

    fn section(
        &self,
        name: &str,
        places: &mut Places,
        out: &mut (impl Write + Seek),
        one: impl Fn(&Variable, &mut Vec<u8>),
    ) -> Result<()> {
        places.mark(out)?;
        let mut bytes = Vec::new();
        self.variables.iter().for_each(|v| one(v, &mut bytes));
        write!(out, "<{name}>")?;
        out.write_all(&bytes)?;
        Ok(write!(out, "</{name}>")?)
    }

    /// What the numbers of codes mean.
    pub fn value_labels(&self, out: &mut impl Write) -> Result<()> {
        out.write_all(b"<value_labels>")?;
        for variable in self.variables.iter().filter(|v| !v.codes.is_empty()) {
            let (mut offsets, mut numbers, mut texts) = (Vec::new(), Vec::new(), Vec::new());
            for (_, number, label) in &variable.codes {
                offsets.extend(length(texts.len()).to_le_bytes());
                numbers.extend(number.to_le_bytes());
                texts.extend(label.as_bytes());
                texts.push(0);
            }
            let mut bytes = Vec::new();
            bytes.extend(length(8 + offsets.len() + numbers.len() + texts.len()).to_le_bytes());
            padded(&variable.name, 129, &mut bytes);
            bytes.extend([0; 3]);
            bytes.extend(length(variable.codes.len()).to_le_bytes());
            bytes.extend(length(texts.len()).to_le_bytes());
            out.write_all(b"<lbl>")?;
            [bytes, offsets, numbers, texts].iter().try_for_each(|part| out.write_all(part))?;
            out.write_all(b"</lbl>")?;
        }
        Ok(out.write_all(b"</value_labels>")?)
    }
}

impl Variable {
    fn new(column: &Column, measure: &Measure) -> Result<Self> {
        let codes = codes(column, measure)?;
        let form = match column.kind {
            _ if !codes.is_empty() => Form::Code,
            Kind::Text | Kind::Json if measure.longest > WIDEST || measure.ends_blank => Form::Long,
            Kind::Text | Kind::Json => Form::Short(u16::try_from(measure.longest.max(1)).unwrap_or(u16::MAX)),
            Kind::Date => Form::Day,
            Kind::Integer if measure.furthest <= LONGEST => Form::Whole,
            Kind::Integer | Kind::Number => Form::Number,
            Kind::Boolean => Form::Whole,
        };
        Ok(Self { form, name: column.name.clone(), label: short(&column.title, LABEL), codes })
    }

    /// One cell of a row.
    pub fn value(&self, variable: usize, row: u64, text: &str, out: &mut impl Write) -> Result<()> {
        match self.form {
            Form::Short(width) => {
                let mut bytes = Vec::with_capacity(usize::from(width));
                padded(&without_nul(text), usize::from(width), &mut bytes);
                out.write_all(&bytes)?;
            }
            Form::Long if text.is_empty() => out.write_all(&[0; 8])?,
            Form::Long => {
                out.write_all(&u16::try_from(variable).unwrap_or(u16::MAX).to_le_bytes())?;
                out.write_all(&row.to_le_bytes()[..6])?;
            }
            Form::Code => {
                let found = self.codes.iter().find(|(code, ..)| code == text).map(|(_, number, _)| *number);
                out.write_all(&found.unwrap_or(MISSING).to_le_bytes())?;
            }
            Form::Day => {
                let day = text.parse::<Date>().ok().and_then(|day| EPOCH.until(day).ok());
                out.write_all(&day.map_or(MISSING, |span| span.get_days()).to_le_bytes())?;
            }
            Form::Whole => {
                let number = match text {
                    "true" => Some(1),
                    "false" => Some(0),
                    other => other.parse().ok(),
                };
                out.write_all(&number.unwrap_or(MISSING).to_le_bytes())?;
            }
            Form::Number => {
                let number = text.parse::<f64>().ok().filter(|n| n.is_finite()).map(f64::to_bits);
                out.write_all(&number.unwrap_or(NO_NUMBER).to_le_bytes())?;
            }
        }
        Ok(())
    }
}

/// Stata's missing value among whole numbers.
const MISSING: i32 = 2_147_483_621;
/// Stata's missing value among numbers: 2 to the power of 1023.
const NO_NUMBER: u64 = 0x7FE0_0000_0000_0000;

/// The codes of a column: those of its list, then those that the rows have beside it. Numbers keep their value.
fn codes(column: &Column, measure: &Measure) -> Result<Vec<(String, i32, String)>> {
    let Some(list) = &column.values else { return Ok(Vec::new()) };
    let listed = values(list)?;
    let others = measure.codes.iter().filter(|code| !listed.iter().any(|(known, _)| known == *code));
    let all = listed.iter().cloned().chain(others.map(|code| (code.clone(), code.clone())));
    let numbered = all.zip(1..).map(|((code, label), number)| match code.parse::<i32>() {
        Ok(value) => (code, value, label),
        // What a reader sees must be the code that the other files have; the codebook says what it means.
        Err(_) => (code.clone(), number, code),
    });
    Ok(numbered.collect())
}

impl Form {
    fn code(self) -> u16 {
        match self {
            Self::Short(width) => width,
            Self::Long => 32_768,
            Self::Code | Self::Day | Self::Whole => 65_528,
            Self::Number => 65_526,
        }
    }

    fn format(self) -> String {
        match self {
            Self::Short(width) => format!("%{width}s"),
            Self::Long => "%9s".to_owned(),
            Self::Day => "%td".to_owned(),
            Self::Code | Self::Whole => "%12.0g".to_owned(),
            Self::Number => "%10.0g".to_owned(),
        }
    }
}

/// One long text, for the variable and row that ask for it.
pub fn long_text(variable: usize, row: u64, text: &str, out: &mut impl Write) -> Result<()> {
    let text = without_nul(text);
    out.write_all(b"GSO")?;
    out.write_all(&length(variable).to_le_bytes())?;
    out.write_all(&row.to_le_bytes())?;
    out.write_all(&[130])?;
    out.write_all(&length(text.len() + 1).to_le_bytes())?;
    out.write_all(text.as_bytes())?;
    Ok(out.write_all(&[0])?)
}

fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// NUL ends a text in Stata.
fn without_nul(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "?").into() } else { text.into() }
}

fn padded(text: &str, width: usize, bytes: &mut Vec<u8>) {
    let end = bytes.len() + width;
    bytes.extend(text.bytes().take(width));
    bytes.resize(end, 0);
}

fn short(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
