//! The source files, each known by its fingerprint.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::table::own;
use crate::run::Result;

/// The folder of sources, and which files in it are known.
pub struct Sources {
    folder: PathBuf,
    /// File and fingerprint.
    known: Vec<(String, String)>,
}

impl Sources {
    /// `sources.tsv` in the folder of tables says what may be read from `folder`.
    pub fn open(tables: &Path, folder: &Path) -> Result<Self> {
        let folder = folder.canonicalize().map_err(|e| {
            format!("{}: {e}\nhint: name the folder of source tables with --shared", folder.display())
        })?;
        let known = own(&tables.join("sources.tsv"))?
            .into_iter()
            .filter_map(|row| Some((row.get(3)?.clone(), row.get(4)?.clone())));
        Ok(Self { folder, known: known.collect() })
    }

    /// The rows of a tab-separated file: no quoting, one header line.
    pub fn rows<T: DeserializeOwned>(&self, file: &str) -> Result<Vec<T>> {
        self.parse(file, csv::ReaderBuilder::new().delimiter(b'\t').quoting(false))
    }

    /// The rows of a comma-separated file with quotes.
    pub fn quoted<T: DeserializeOwned>(&self, file: &str) -> Result<Vec<T>> {
        self.parse(file, &mut csv::ReaderBuilder::new())
    }

    fn parse<T: DeserializeOwned>(&self, file: &str, reader: &mut csv::ReaderBuilder) -> Result<Vec<T>> {
        let bytes = self.read(file)?;
        let rows = reader
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(bytes.as_slice())
            .into_deserialize()
            .collect();
        let rows: std::result::Result<Vec<T>, csv::Error> = rows;
        rows.map_err(|e| format!("{}: {e}", self.folder.join(file).display()))
    }

    /// The bytes of a file whose fingerprint is the one that is pinned.
    fn read(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.folder.join(file);
        let (_, pinned) = self
            .known
            .iter()
            .find(|(known, _)| known == file)
            .ok_or_else(|| format!("{file}: not listed in data/actors/sources.tsv"))?;
        let bytes = std::fs::read(&path).map_err(|e| {
            format!("{}: {e}\nhint: name the folder of source tables with --shared", path.display())
        })?;
        let found = fingerprint(&bytes);
        if found == *pinned {
            Ok(bytes)
        } else {
            Err(format!(
                "{}: its SHA-256 is {found}, pinned is {pinned}\nhint: look at what has changed, then pin the new one in data/actors/sources.tsv",
                path.display()
            ))
        }
    }
}

/// SHA-256 in hexadecimal.
pub fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pinned_files_are_read() {
        let folder = std::env::temp_dir().join(format!("tidings-sources-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a.tsv"), "x\ty\n1\t2\n").unwrap();
        std::fs::write(folder.join("b.tsv"), "x\ty\n").unwrap();
        let right = "23f5a8a4d55d77ed5f9d8df9a4b1cba2e2bb2f2b4f7c0d8b7b1b5f1a2f2c3d4e";
        std::fs::write(folder.join("sources.tsv"), format!("# c\nq\tCC0\tw\ta.tsv\t{right}\n")).unwrap();
        let sources = Sources::open(&folder, &folder).unwrap();
        let wrong = sources.rows::<(String, String)>("a.tsv").unwrap_err();
        let found = wrong.split("SHA-256 is ").nth(1).and_then(|t| t.split(',').next()).unwrap();
        std::fs::write(folder.join("sources.tsv"), format!("q\tCC0\tw\ta.tsv\t{found}\n")).unwrap();
        let sources = Sources::open(&folder, &folder).unwrap();
        let rows = sources.rows::<(String, String)>("a.tsv").unwrap();
        assert_eq!(rows, [("1".to_owned(), "2".to_owned())]);
        assert!(sources.rows::<(String, String)>("b.tsv").unwrap_err().contains("not listed"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
