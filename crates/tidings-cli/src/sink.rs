//! Where results go: the standard output, or a file that appears when it is complete.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;
use tempfile::NamedTempFile;

use crate::errors::Failure;

/// An open output.
pub enum Sink {
    /// The standard output; colour codes are translated where an old console needs it.
    Standard(BufWriter<AutoStream<io::Stdout>>),
    /// A new file under a passing name beside its place.
    Atomic(BufWriter<NamedTempFile>, PathBuf),
    /// Something that cannot be replaced: a device, a named pipe.
    Direct(BufWriter<File>),
}

impl Sink {
    /// The file, or the standard output without one.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::standard()) };
        let failed = |error| Failure::writing(path, &error);
        match path.metadata() {
            Ok(data) if data.is_dir() => Err(failed(io::Error::from(io::ErrorKind::IsADirectory))),
            Ok(data) if !data.is_file() => {
                Ok(Self::Direct(BufWriter::new(OpenOptions::new().write(true).open(path).map_err(failed)?)))
            }
            _ => Ok(Self::Atomic(BufWriter::new(beside(path).map_err(failed)?), path.to_owned())),
        }
    }

    /// The standard output. Colour is decided before the text is made, so what comes is passed on as it is.
    pub fn standard() -> Self {
        Self::Standard(BufWriter::new(AutoStream::always_ansi(io::stdout())))
    }

    /// Everything is written; a file takes its place.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        if let Self::Atomic(writer, path) = self {
            let file = writer.into_inner().map_err(|e| Failure::writing(&path, e.error()))?;
            file.persist(&path).map_err(|e| Failure::writing(&path, &e.error))?;
        }
        Ok(())
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Standard(writer) => writer,
            Self::Atomic(writer, _) => writer,
            Self::Direct(writer) => writer,
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer().flush()
    }
}

/// A new file in the same folder, with the rights that any new file gets.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tidings-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_when_it_is_complete_and_not_before() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("out.csv");
        let mut sink = Sink::open(Some(&path)).expect("opens");
        sink.write_all(b"a,b\n").expect("writes");
        sink.flush().expect("flushes");
        assert!(!path.exists());
        sink.finish().expect("finishes");
        assert_eq!(std::fs::read_to_string(&path).expect("reads"), "a,b\n");
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = tempfile::tempdir().expect("folder");
        assert!(matches!(Sink::open(Some(folder.path())), Err(Failure::Message(m)) if m.contains("hint:")));
    }
}
