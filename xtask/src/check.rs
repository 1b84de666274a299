//! The verbs that decide whether a change may land.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::run::{Result, cargo, output, step};
use crate::workspace::{files, release_program, root};

/// Format, lints, tidy, and the licences of dependencies where `cargo-deny` is installed.
pub fn check() -> Result {
    step("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    step(
        "lints",
        &mut cargo(&[
            "clippy",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]),
    )?;
    eprintln!("── tidy");
    crate::tidy::tidy()?;
    if installed("deny") {
        return step(
            "dependencies",
            &mut cargo(&["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]),
        );
    }
    eprintln!(
        "── dependencies\n   skipped: cargo-deny is not installed\n   hint: cargo install --locked cargo-deny"
    );
    Ok(())
}

/// Everything that can be tested with nothing but this folder.
pub fn test() -> Result {
    check()?;
    step("tests", &mut cargo(&["test", "--quiet", "--locked", "--workspace"]))?;
    step("release build", &mut cargo(&["build", "--quiet", "--release", "--locked", "-p", "tidings-cli"]))?;
    eprintln!("── examples");
    examples(&release_program("tidings")?, &root().join("examples"))?;
    eprintln!(
        "── skipped: accuracy and speed, which need the corpora\n   hint: cargo xtask evaluate --shared FOLDER"
    );
    Ok(())
}

fn installed(verb: &str) -> bool {
    let mut command = cargo(&[verb, "--version"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// Codes every example and looks at what comes out: a person reading the README must see events.
fn examples(program: &Path, folder: &Path) -> Result {
    let mut articles = files(folder);
    articles.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "jsonl"));
    if articles.is_empty() {
        return Err(format!("{} holds no article", folder.display()));
    }
    for article in &articles {
        let name = format!("tidings code {}", article.display());
        let records =
            output(&name, Command::new(program).args(["code", "--format", "records"]).arg(article))?;
        let events = events(&name, &records)?;
        output(&name, Command::new(program).arg("code").arg(article))?;
        eprintln!("   {}: {events} events", article.display());
    }
    Ok(())
}

/// Counts the events among the records; there must be some, and every line must be JSON.
fn events(name: &str, records: &str) -> Result<usize> {
    let mut events = 0;
    for (number, line) in records.lines().enumerate() {
        let problem = |e| format!("{name}: line {}: {e}", number + 1);
        let record: serde_json::Value = serde_json::from_str(line).map_err(problem)?;
        events += usize::from(record["record"] == "event");
    }
    if events == 0 { Err(format!("{name}: no events")) } else { Ok(events) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_counted_and_wanted() {
        assert_eq!(events("x", "{\"record\":\"document\"}\n{\"record\":\"event\"}\n"), Ok(1));
        assert!(events("x", "{\"record\":\"document\"}\n").is_err());
        assert!(events("x", "{\"record\":\"event\"}\nnot json\n").unwrap_err().contains("line 2"));
    }
}
