//! Runs the commands of the pages, each page in a folder of its own, and compares what they print.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::blocks::{Block, ELLIPSIS, Kind, blocks, matches};
use super::write;
use crate::run::Result;
use crate::workspace::{files, relative};

/// A command of a page takes no longer than this.
const LONGEST: Duration = Duration::from_secs(300);

/// Runs the commands of all pages; tells every fault before it fails.
pub fn run(root: &Path, pages: &[&str], program: &Path, update: bool) -> Result {
    let room = Room::new(root, program)?;
    let mut faults = 0;
    for page in pages {
        let path = root.join(page);
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{page}: {e}"))?;
        let found = blocks(&text).map_err(|what| format!("{page}:{what}"))?;
        if !found.iter().any(|b| b.kind == Kind::Run) {
            continue;
        }
        let mut results = room.page(page, &found)?;
        eprintln!("   {page}: {} blocks", results.ran);
        if update {
            write(&path, updated(&text, &results.printed))?;
        } else {
            results.faults.extend(results.printed.iter().map(|(block, text)| difference(page, block, text)));
        }
        for fault in results.faults {
            eprintln!("{fault}");
            faults += 1;
        }
    }
    if faults == 0 {
        Ok(())
    } else {
        Err(format!("{faults} commands of the pages do not do what is said there"))
    }
}

/// What came of a page.
#[derive(Default)]
struct Results<'b> {
    ran: usize,
    faults: Vec<String>,
    /// Blocks of output whose lines are others now, with these.
    printed: Vec<(&'b Block, String)>,
}

/// Where the commands run; goes when it is dropped.
struct Room {
    folder: TempDir,
    root: PathBuf,
}

impl Room {
    fn new(root: &Path, program: &Path) -> Result<Self> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let room = Self { folder, root: root.to_owned() };
        let bin = room.folder.path().join("bin");
        let place = bin.join(format!("tidings{}", std::env::consts::EXE_SUFFIX));
        std::fs::create_dir_all(&bin)
            .and_then(|()| {
                std::fs::hard_link(program, &place).or_else(|_| std::fs::copy(program, &place).map(drop))
            })
            .map_err(|e| format!("{}: {e}", place.display()))?;
        Ok(room)
    }

    fn page<'b>(&self, page: &str, blocks: &'b [Block]) -> Result<Results<'b>> {
        let folder = self.folder.path().join(page.replace(['/', '.'], "-"));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for path in files(&self.root.join("examples")) {
            let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            write(&folder.join(relative(&self.root, &path)), bytes)?;
        }
        let mut results = Results::default();
        let mut after = blocks.iter().skip(1);
        for block in blocks {
            let next = after.next().filter(|next| next.kind == Kind::Output);
            match &block.kind {
                Kind::File(name) => write(&folder.join(name), &block.text)?,
                Kind::Run => self.block(page, &folder, block, next, &mut results)?,
                Kind::Output | Kind::Other => {}
            }
        }
        Ok(results)
    }

    fn block<'b>(
        &self,
        page: &str,
        folder: &Path,
        block: &Block,
        next: Option<&'b Block>,
        results: &mut Results<'b>,
    ) -> Result {
        results.ran += 1;
        let place = format!("{page}:{}", block.first + 1);
        let (status, data, talk) = self.shell(folder, &block.text).map_err(|e| format!("{place}: {e}"))?;
        if let Some(problem) = status {
            results.faults.push(format!("{place}: {problem}\n{}{talk}", indented(&block.text)));
            return Ok(());
        }
        let Some(next) = next.filter(|next| !matches(&next.text, &data)) else { return Ok(()) };
        let place = format!("{page}:{}", next.first + 1);
        if next.text.lines().any(|l| l.trim() == ELLIPSIS) {
            results.faults.push(format!("{place}: printed is\n{}", indented(&data)));
        } else {
            results.printed.push((next, data));
        }
        Ok(())
    }

    /// Runs commands; says what went wrong, if anything, and what they wrote.
    fn shell(&self, folder: &Path, commands: &str) -> Result<(Option<String>, String, String)> {
        let (data, talk) = (self.folder.path().join("data"), self.folder.path().join("talk"));
        let open = |path: &Path| File::create(path).map_err(|e| format!("{}: {e}", path.display()));
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(self.folder.path().join("bin")).chain(std::env::split_paths(&inherited));
        let mut child = Command::new("bash")
            .args(["-euo", "pipefail", "-c", commands])
            .current_dir(folder)
            .env("PATH", std::env::join_paths(paths).map_err(|e| e.to_string())?)
            .env("HOME", folder)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(open(&data)?)
            .stderr(open(&talk)?)
            .spawn()
            .map_err(|e| format!("bash: {e}"))?;
        let begun = Instant::now();
        let problem = loop {
            match child.try_wait().map_err(|e| e.to_string())? {
                Some(status) => break (!status.success()).then(|| status.to_string()),
                None if begun.elapsed() > LONGEST => {
                    child.kill().and_then(|()| child.wait()).map_err(|e| e.to_string())?;
                    break Some(format!("does not end within {} s", LONGEST.as_secs()));
                }
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        let read = |path: &Path| {
            let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            Ok::<_, String>(String::from_utf8_lossy(&bytes).into_owned())
        };
        Ok((problem, read(&data)?, read(&talk)?))
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

/// The first line that is another one.
fn difference(page: &str, block: &Block, printed: &str) -> String {
    let ends = "(the end)";
    let (mut wanted, mut found) = (block.text.lines(), printed.lines());
    loop {
        let (wanted, found) = (wanted.next(), found.next());
        if wanted.map(str::trim_end) != found.map(str::trim_end) || wanted.is_none() {
            let (wanted, found) = (wanted.unwrap_or(ends), found.unwrap_or(ends));
            let hint = "hint: if that is right now: cargo xtask book --run --update";
            let place = format!("{page}:{}", block.first + 1);
            return format!(
                "{place}: another line is printed\n  here     {wanted}\n  printed  {found}\n  {hint}"
            );
        }
    }
}

/// The page with what was printed; every other line stays as it is.
fn updated(page: &str, printed: &[(&Block, String)]) -> String {
    let lines: Vec<&str> = page.split_inclusive('\n').collect();
    let mut out = String::new();
    let mut done = 0;
    for (block, text) in printed {
        out.extend(lines.get(done..block.first).unwrap_or_default().iter().copied());
        out.push_str(text);
        done = block.end;
    }
    out.extend(lines.get(done..).unwrap_or_default().iter().copied());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page about a program that says its arguments.
    fn tried(page: &str, update: bool) -> (Result, String) {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path();
        let program = folder.join("echo");
        write(&program, "#!/bin/sh\necho \"$@\"\n").expect("written");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("made a program");
        write(&folder.join("page.md"), page).expect("written");
        let result = run(folder, &["page.md"], &program, update);
        let text = std::fs::read_to_string(folder.join("page.md")).expect("read");
        (result, text)
    }

    #[test]
    fn a_page_that_tells_the_truth_passes() {
        let page = "```toml,file=a/b.toml\nx = 1\n```\n\n```sh\ntidings code x\ncat a/b.toml\n```\n\n```text\ncode x\nx = 1\n```\n";
        assert_eq!(tried(page, false).0, Ok(()));
    }

    #[test]
    fn another_line_and_another_exit_code_are_faults() {
        assert!(tried("```sh\ntidings a\n```\n\n```text\nb\n```\n", false).0.is_err());
        assert!(tried("```sh\nfalse\ntidings a\n```\n", false).0.is_err());
        assert!(tried("```sh\nfalse | tidings a\n```\n", false).0.is_err());
    }

    #[test]
    fn what_is_printed_now_can_be_taken_over() {
        let page = "One.\n\n```sh\ntidings a\n```\n\n```text\nb\nc\n```\n\nTwo.\n";
        let (result, text) = tried(page, true);
        assert_eq!(result, Ok(()));
        assert_eq!(text, "One.\n\n```sh\ntidings a\n```\n\n```text\na\n```\n\nTwo.\n");
    }
}
