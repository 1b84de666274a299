//! By what a run codes: inputs, options, model, knowledge, files of the user's own, each by its hash.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::SystemTime;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tidings::Engine;
use tidings::document::Known;
use tidings_readers::{Columns, Format, ReadOptions, inputs};

use super::Before;
use crate::error::{Error, Result};

/// What the user asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Files, folders and patterns, as they were named.
    pub paths: Vec<PathBuf>,
    /// Day of publication of all articles.
    pub date: Option<Date>,
    /// Who published them all.
    pub outlet: Option<String>,
    /// What the inputs are, if their content does not tell.
    pub input_format: Option<String>,
    /// Columns that the user names: `text=body`.
    pub columns: Vec<String>,
    /// So many bytes of each document are coded.
    pub longest: usize,
    /// The folder of another language model.
    pub model: Option<PathBuf>,
    /// Files of actors of the user's own.
    pub actors: Vec<OwnFile>,
    /// Files of rules of the user's own.
    pub rules: Vec<OwnFile>,
}

/// A file that has a say in the coding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFile {
    /// As it was named.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// An input as it was when the run began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// As it was named, or found in the folder or by the pattern that was named.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// When each input was changed last, as far as the system knows; no part of the plan.
pub type Changed = Vec<Option<SystemTime>>;

/// Everything that decides what comes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of the program.
    pub tidings: String,
    /// Hash of the language model.
    pub model: String,
    /// Hash of the tables inside the program.
    pub knowledge: String,
    /// What the user asked for.
    pub settings: Settings,
    /// The inputs, in their order.
    pub inputs: Vec<InputFile>,
}

impl Settings {
    /// How the inputs are read.
    pub(super) fn read_options(&self) -> Result<ReadOptions> {
        let format = self.input_format.as_deref().map(Format::from_str).transpose();
        let columns = self.columns.iter().map(|c| Columns::parse(c)).collect::<Result<_, _>>();
        let wrong = |what: &str, hint: String| Error::told(format_args!("{what} cannot be read"), hint);
        Ok(ReadOptions {
            known: Known { date: self.date, outlet: self.outlet.clone() },
            format: format.map_err(|hint| wrong("the format of the inputs", hint))?,
            columns: columns.map_err(|hint| wrong("the column", hint))?,
            // A run that goes on does not see the inputs before.
            ids_by_input: true,
            ..ReadOptions::default()
        })
    }
}

impl OwnFile {
    /// A file with these bytes.
    pub fn new(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.to_owned(), sha256: hex(&Sha256::digest(bytes)) }
    }
}

impl Plan {
    pub(super) fn new(engine: &Engine, settings: &Settings) -> Result<(Self, Changed)> {
        let found = inputs(&settings.paths).into_iter().map(|input| {
            let input = input.map_err(|e| Error::told(format_args!("{}: {}", e.file, e.what), e.hint))?;
            let path = input.path().ok_or_else(|| {
                let hint = "write it to a file first; a run that goes on must be able to read it again";
                Error::told("the standard input cannot be coded into a folder", hint)
            })?;
            InputFile::of(&input.name(), path)
        });
        let found: Vec<(InputFile, Option<SystemTime>)> = found.collect::<Result<_>>()?;
        let (inputs, changed) = found.into_iter().unzip();
        let description = engine.analyzer().description();
        let plan = Self {
            tidings: env!("CARGO_PKG_VERSION").to_owned(),
            model: description.sha256.clone(),
            knowledge: env!("TIDINGS_KNOWLEDGE").to_owned(),
            settings: settings.clone(),
            inputs,
        };
        Ok((plan, changed))
    }

    /// Bytes of all inputs.
    pub(super) fn bytes(&self) -> u64 {
        self.inputs.iter().map(|i| i.bytes).sum()
    }

    pub(super) fn bytes_before(&self) -> Before {
        let mut sum = 0;
        let before = self.inputs.iter().map(|input| {
            let at = sum;
            sum += input.bytes;
            (input.path.clone(), at)
        });
        before.collect()
    }

    /// Whether the inputs are still as they were when they were hashed.
    pub(super) fn unchanged(&self, changed: &Changed) -> Result<()> {
        for (input, changed) in self.inputs.iter().zip(changed) {
            let path = Path::new(&input.path);
            let now = path.metadata().map_err(Error::file(path))?;
            if now.len() != input.bytes || now.modified().ok() != *changed {
                let what = format!("{}: was changed while it was coded", input.path);
                return Err(Error::told(what, "code it anew, into another folder, when it is complete"));
            }
        }
        Ok(())
    }

    /// What is different now, for people; empty if nothing is.
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let mut out = Vec::new();
        let mut compare = |what: &str, before: &str, now: &str| {
            if before != now {
                out.push(format!("{what}: {before} then, {now} now"));
            }
        };
        compare("version of Tidings", &self.tidings, &now.tidings);
        compare("language model", &self.model, &now.model);
        compare("tables inside the program", &self.knowledge, &now.knowledge);
        let (then, at_present) = (&self.settings, &now.settings);
        let day = |date: Option<Date>| date.map_or_else(|| "none".to_owned(), |d| d.to_string());
        compare("--date", &day(then.date), &day(at_present.date));
        let name = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        compare("--outlet", &name(&then.outlet), &name(&at_present.outlet));
        compare("--input-format", &name(&then.input_format), &name(&at_present.input_format));
        compare("--column", &then.columns.join(" "), &at_present.columns.join(" "));
        compare("--longest", &then.longest.to_string(), &at_present.longest.to_string());
        out.extend(files("file of actors", &own(&then.actors), &own(&at_present.actors)));
        out.extend(files("file of rules", &own(&then.rules), &own(&at_present.rules)));
        let inputs = |plan: &'_ Self| -> Vec<(String, String)> {
            plan.inputs.iter().map(|i| (i.path.clone(), i.sha256.clone())).collect()
        };
        out.extend(files("input", &inputs(self), &inputs(now)));
        out
    }
}

fn own(files: &[OwnFile]) -> Vec<(String, String)> {
    files.iter().map(|f| (f.path.clone(), f.sha256.clone())).collect()
}

/// Which files are gone, new, or have other bytes; or that only their order is another.
fn files(what: &str, then: &[(String, String)], now: &[(String, String)]) -> Vec<String> {
    let find = |list: &[(String, String)], path: &str| list.iter().position(|f| f.0 == path);
    let mut out = Vec::new();
    for (path, hash) in then {
        match find(now, path).and_then(|at| now.get(at)) {
            None => out.push(format!("{what} {path}: is not among them now")),
            Some(other) if other.1 != *hash => out.push(format!("{what} {path}: has other bytes now")),
            Some(_) => {}
        }
    }
    let new = now.iter().filter(|file| find(then, &file.0).is_none());
    out.extend(new.map(|file| format!("{what} {}: was not among them then", file.0)));
    if out.is_empty() && then != now {
        out.push(format!("the order of each {what} is another one"));
    }
    out
}

impl InputFile {
    fn of(name: &str, path: &Path) -> Result<(Self, Option<SystemTime>)> {
        let file = File::open(path).map_err(Error::file(path))?;
        let data = file.metadata().map_err(Error::file(path))?;
        let (bytes, sha256) = digest(BufReader::with_capacity(1 << 16, file)).map_err(Error::file(path))?;
        Ok((Self { path: name.to_owned(), bytes, sha256 }, data.modified().ok()))
    }
}

/// Length and SHA-256 of a stream.
fn digest(mut stream: impl Read) -> io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut length = 0;
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return Ok((length, hex(&hash.finalize())));
        }
        hash.update(&buffer[..read]);
        length += read as u64;
    }
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(path, hash)| ((*path).to_owned(), (*hash).to_owned())).collect()
    }

    #[test]
    fn what_differs_is_named_file_by_file() {
        let then = list(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert!(files("input", &then, &then).is_empty());
        let now = list(&[("a", "1"), ("b", "9"), ("d", "4")]);
        let told = files("input", &then, &now).join("\n");
        let expected =
            "input b: has other bytes now\ninput c: is not among them now\ninput d: was not among them then";
        assert_eq!(told, expected);
        let turned = list(&[("b", "2"), ("a", "1"), ("c", "3")]);
        assert_eq!(files("input", &then, &turned), ["the order of each input is another one"]);
    }
}
