//! The suite of `tests/suite`: runs it, says what came out otherwise, and writes down what is accepted.

use std::io::{IsTerminal, Write};
use std::path::Path;

use serde::Deserialize;

use crate::run::{Result, cargo, step};
use crate::workspace::root;

/// Options of `suite`.
#[derive(clap::Args)]
pub struct Options {
    /// Show what would have to change in the files, and change it once that is confirmed
    #[arg(long)]
    update: bool,
    /// Confirm beforehand
    #[arg(long, requires = "update")]
    yes: bool,
}

/// An expectation that came out otherwise, as the test writes it.
#[derive(Deserialize)]
struct Finding {
    file: String,
    line: usize,
    sentence: String,
    /// Whether it holds, though marked as known to fail.
    holds: bool,
    old: String,
    new: String,
    found: String,
}

/// Runs the suite.
pub fn suite(options: &Options) -> Result {
    let path = root().join("target").join(format!("suite-{}.jsonl", std::process::id()));
    std::fs::create_dir_all(root().join("target")).map_err(|e| e.to_string())?;
    let mut command =
        cargo(&["test", "--quiet", "-p", "tidings-coding", "--test", "suite", "--", "--nocapture"]);
    step("suite", command.env("TIDINGS_SUITE_FINDINGS", &path))?;
    let findings = read(&path)?;
    std::fs::remove_file(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    if findings.is_empty() {
        println!("every sentence is coded as its file says");
        return Ok(());
    }
    for finding in &findings {
        show(finding, options.update);
    }
    if !options.update {
        return Err(format!(
            "{} expectations do not hold; hint: 'cargo xtask suite --update' accepts what is right",
            findings.len()
        ));
    }
    if options.yes || confirmed(findings.len())? {
        accept(&findings)?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Finding>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display())))
        .collect()
}

fn show(finding: &Finding, update: bool) {
    println!("\ntests/suite/{}:{}\n  {}", finding.file, finding.line, finding.sentence);
    if update {
        println!("  - {}\n  + {}", finding.old, finding.new);
    } else if finding.holds {
        println!("    passes now, though marked as known to fail: {}", finding.old);
    } else {
        println!("    expected  {}\n    found     {}", finding.old, finding.found);
    }
}

fn confirmed(number: usize) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Err("nobody is there to confirm; hint: add --yes".to_owned());
    }
    print!("\nWrite these {number} lines? [y/N] ");
    std::io::stdout().flush().map_err(|e| e.to_string())?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|e| e.to_string())?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Puts the new lines where the old ones stand; everything else stays as it is.
fn accept(findings: &[Finding]) -> Result {
    let mut rest = findings;
    while let Some(first) = rest.first() {
        let (own, others) = rest.split_at(rest.iter().take_while(|f| f.file == first.file).count());
        let path = root().join("tests/suite").join(&first.file);
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        std::fs::write(&path, replaced(&text, own)?).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("tests/suite/{}: {} lines", first.file, own.len());
        rest = others;
    }
    Ok(())
}

fn replaced(text: &str, findings: &[Finding]) -> Result<String> {
    let mut lines: Vec<&str> = text.split('\n').collect();
    for finding in findings {
        let line = lines.get_mut(finding.line.wrapping_sub(1)).filter(|l| **l == finding.old);
        let Some(line) = line else {
            return Err(format!(
                "{}:{} has changed meanwhile; hint: run it again",
                finding.file, finding.line
            ));
        };
        *line = &finding.new;
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{Finding, replaced};

    fn finding(line: usize, old: &str, new: &str) -> Finding {
        let text = str::to_owned;
        Finding {
            file: text("a.txt"),
            line,
            sentence: text(""),
            holds: false,
            old: text(old),
            new: text(new),
            found: text(""),
        }
    }

    #[test]
    fn only_the_lines_found_change() {
        let text = "# a comment\n> A sentence.\n? KEN AID UGA\n";
        let new = replaced(text, &[finding(3, "? KEN AID UGA", "KEN AID UGA")]);
        assert_eq!(new.as_deref(), Ok("# a comment\n> A sentence.\nKEN AID UGA\n"));
    }

    #[test]
    fn a_file_that_changed_meanwhile_stays() {
        let error = replaced("# a\n", &[finding(1, "# b", "# c")]).expect_err("the line differs");
        assert!(error.contains("a.txt:1") && error.contains("hint:"), "{error}");
    }
}
