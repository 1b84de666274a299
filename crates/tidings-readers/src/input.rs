//! Which files there are: paths, folders, patterns and the standard input to a list.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::ReadError;
use crate::format::endings;

/// The endings of packed files; they may stand behind each other.
const PACKED: [&str; 3] = ["gz", "zst", "zstd"];

/// One file, or the standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input(Source);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    Stdin,
    File(PathBuf),
}

/// The inputs that `paths` name, in their order: files themselves, folders with all that they hold in the order of the
/// names, patterns likewise. What is named twice comes once. A path that leads nowhere is an error in its place.
pub fn inputs(paths: &[PathBuf]) -> Vec<Result<Input, ReadError>> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for path in paths {
        match at(path) {
            Ok(found) => {
                out.extend(found.into_iter().filter(|input| seen.insert(input.name())).map(Ok));
            }
            Err(error) => out.push(Err(error)),
        }
    }
    out
}

impl Input {
    /// A file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Source::File(path.into()))
    }

    /// What it is called in messages: the path, or `<stdin>`.
    pub fn name(&self) -> String {
        match &self.0 {
            Source::Stdin => "<stdin>".to_owned(),
            Source::File(path) => path.display().to_string(),
        }
    }

    /// Where it lies; none for the standard input.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Source::Stdin => None,
            Source::File(path) => Some(path),
        }
    }

    /// The name without folder and endings; none for the standard input.
    pub(crate) fn stem(&self) -> Option<String> {
        let name = self.path().map(unpacked)?;
        name.file_stem().map(|stem| stem.to_string_lossy().into_owned())
    }

    /// Whether the name has one of these endings, before that of a packed file.
    pub(crate) fn has_ending(&self, endings: &[&str]) -> bool {
        self.path().is_some_and(|path| ends_in(&unpacked(path), endings))
    }

    /// A fault of reading it.
    pub(crate) fn unreadable(&self, error: &io::Error) -> ReadError {
        match self.path() {
            None => {
                ReadError::of_file(&self.name(), format!("cannot be read: {error}"), "is something piped in?")
            }
            Some(path) => unreadable(path, error),
        }
    }
}

/// The inputs at one path.
fn at(path: &Path) -> Result<Vec<Input>, ReadError> {
    if path.as_os_str() == "-" {
        return Ok(vec![Input(Source::Stdin)]);
    }
    if path.is_dir() {
        return folder(path);
    }
    let pattern = path.to_str().filter(|p| p.contains(['*', '?', '[']) && !path.exists());
    pattern.map_or_else(|| Ok(vec![Input::file(path)]), matches)
}

/// All reports of a folder and of the folders in it, in the order of their names.
fn folder(path: &Path) -> Result<Vec<Input>, ReadError> {
    let mut files = Vec::new();
    collect(path, &mut files)?;
    files.sort();
    if files.is_empty() {
        let hint = format!(
            "name files, or a folder with files that end in .{}",
            endings().collect::<Vec<_>>().join(", .")
        );
        return Err(ReadError::of_file(&path.display().to_string(), "the folder holds no report", hint));
    }
    Ok(files.into_iter().map(Input::file).collect())
}

/// Links to folders are not followed: they may lead back.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    let failed = |error: io::Error| unreadable(folder, &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            if !path.is_symlink() && !is_hidden(&path) {
                collect(&path, files)?;
            }
        } else if !is_hidden(&path) && endings().any(|ending| ends_in(&unpacked(&path), &[ending])) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// The files of a pattern, in the order of their names.
fn matches(pattern: &str) -> Result<Vec<Input>, ReadError> {
    let error = |what: String| {
        let hint = "* stands for any letters, ** for any folders, ? for one letter, [ab] for a or b";
        ReadError::of_file(pattern, what, hint)
    };
    let found = glob::glob(pattern).map_err(|e| error(format!("is no pattern of files: {}", e.msg)))?;
    let mut files: Vec<PathBuf> = found.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    files.sort();
    if files.is_empty() {
        return Err(error("there is no such file".to_owned()));
    }
    Ok(files.into_iter().map(Input::file).collect())
}

/// The path without the ending of a packed file.
fn unpacked(path: &Path) -> PathBuf {
    if ends_in(path, &PACKED) { path.with_extension("") } else { path.to_owned() }
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| endings.iter().any(|ending| e.eq_ignore_ascii_case(ending)))
}

/// A folder that cannot be read.
fn unreadable(path: &Path, error: &io::Error) -> ReadError {
    let (what, hint) = reason(error, true);
    ReadError::of_file(&path.display().to_string(), what, hint)
}

/// Why something cannot be opened or read on, and what to do.
pub(crate) fn reason(error: &io::Error, is_file: bool) -> (String, &'static str) {
    use io::ErrorKind::{InvalidData, InvalidInput, NotFound, Other, PermissionDenied, UnexpectedEof};
    let hint = match error.kind() {
        NotFound => {
            let hint = "check the spelling and the folder; - reads from the standard input";
            return ("there is no such file".to_owned(), hint);
        }
        PermissionDenied => return ("may not be read".to_owned(), "check who may read it: ls -l FILE"),
        InvalidData | InvalidInput | UnexpectedEof | Other => {
            "it is damaged or cut off; what came before is read: copy or download it again"
        }
        _ if is_file => "check the disk or the connection, then try again",
        _ => "is something piped in?",
    };
    (format!("cannot be read: {error}"), hint)
}
