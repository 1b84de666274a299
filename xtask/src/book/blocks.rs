//! The fenced blocks of a page.

use crate::run::Result;

/// A block between fences.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// Number of its first line within the page, from 0; the fence stands on the line before.
    pub first: usize,
    /// Number of the line of the closing fence.
    pub end: usize,
    /// What is in it, without the indent of its fence.
    pub text: String,
    /// What kind of block it is.
    pub kind: Kind,
}

/// What the words behind the fence ask for.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// Commands, to be run: `sh`.
    Run,
    /// What the commands of the block right before it print: `text`.
    Output,
    /// A file that the commands read: `toml,file=mine/rules.toml`.
    File(String),
    /// Anything else; commands that cannot be run (`sh,ignore`) too.
    Other,
}

/// The line that stands for any number of lines in what commands print.
pub const ELLIPSIS: &str = "…";

/// Why commands are not run stands in a comment before them.
const REASON: &str = "<!-- not run: ";

/// The blocks of a page in order.
pub fn blocks(page: &str) -> Result<Vec<Block>> {
    let lines: Vec<&str> = page.lines().collect();
    let mut found: Vec<Block> = Vec::new();
    let mut number = 0;
    while let Some(line) = lines.get(number) {
        let Some(info) = line.trim_start().strip_prefix("```") else {
            number += 1;
            continue;
        };
        let indent = line.len() - line.trim_start().len();
        let closes = |l: &&str| l.trim() == "```";
        let rest = lines.get(number + 1..).unwrap_or_default();
        let Some(length) = rest.iter().position(closes) else {
            return Err(format!("{}: the block is not closed", number + 1));
        };
        let body = rest.iter().take(length).map(|l| l.get(indent..).unwrap_or_default());
        let between = lines.get(found.last().map_or(0, |b| b.end + 1)..number).unwrap_or_default();
        let kind = kind(info, between, found.last().map(|b| &b.kind));
        let kind = kind.map_err(|what| format!("{}: {what}", number + 1))?;
        let text = body.map(|l| format!("{l}\n")).collect();
        let end = number + 1 + length;
        found.push(Block { first: number + 1, end, text, kind });
        number = end + 1;
    }
    Ok(found)
}

/// `between` are the lines between the block before, if there is one, and the fence.
fn kind(info: &str, between: &[&str], before: Option<&Kind>) -> Result<Kind> {
    let mut words = info.trim().split(',');
    let language = words.next().unwrap_or_default();
    let marks: Vec<&str> = words.collect();
    if let Some(name) = marks.iter().find_map(|m| m.strip_prefix("file=")) {
        let inside = !name.starts_with('/') && name.split('/').all(|part| !part.is_empty() && part != "..");
        let kind = Kind::File(name.to_owned());
        return if inside { Ok(kind) } else { Err(format!("`{name}` is no file below the page's folder")) };
    }
    let above = between.iter().rev().find(|l| !l.trim().is_empty());
    match language {
        "sh" if marks.contains(&"ignore") => match above.filter(|l| l.trim().starts_with(REASON)) {
            Some(_) => Ok(Kind::Other),
            None => Err(format!("commands that are not run need a line `{REASON}why -->` before them")),
        },
        "sh" if marks.is_empty() => Ok(Kind::Run),
        "sh" => Err(format!("nobody knows what `{info}` asks for; hint: sh, or sh,ignore")),
        "text" if above.is_none() && before == Some(&Kind::Run) => Ok(Kind::Output),
        _ => Ok(Kind::Other),
    }
}

/// Whether that was printed; `…` stands for any number of lines.
pub fn matches(expected: &str, printed: &str) -> bool {
    let lines: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let wanted: Vec<&str> = expected.lines().map(str::trim_end).collect();
    let mut parts = wanted.split(|line| line.trim() == ELLIPSIS);
    let first = parts.next().unwrap_or_default();
    let parts: Vec<&[&str]> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return lines == first };
    let Some(mut rest) = lines.strip_prefix(first) else { return false };
    for part in middle.iter().filter(|part| !part.is_empty()) {
        let Some(at) = rest.windows(part.len()).position(|w| w == *part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(page: &str) -> Vec<Kind> {
        blocks(page).expect("sound").into_iter().map(|b| b.kind).collect()
    }

    #[test]
    fn what_follows_commands_is_what_they_print() {
        let page =
            "Text.\n\n```sh\ntidings model\n```\n\n```text\nname\n```\n\nMore.\n\n```text\nno output\n```\n";
        assert_eq!(kinds(page), [Kind::Run, Kind::Output, Kind::Other]);
        let found = blocks(page).expect("sound");
        assert_eq!((found[0].first, found[0].end, found[0].text.as_str()), (3, 4, "tidings model\n"));
    }

    #[test]
    fn commands_that_are_not_run_say_why() {
        let page = "<!-- not run: it needs a network -->\n\n```sh,ignore\ntidings watch\n```\n";
        assert_eq!(kinds(page), [Kind::Other]);
        let silent = blocks("Text.\n```sh,ignore\ntidings watch\n```\n").expect_err("no reason");
        assert!(silent.starts_with("2: ") && silent.contains("not run"), "{silent}");
        assert!(blocks("```sh,ingore\nx\n```\n").is_err());
        assert!(blocks("```sh\nx\n").expect_err("not closed").contains("not closed"));
    }

    #[test]
    fn files_lie_below_the_folder_of_the_page() {
        assert_eq!(kinds("```toml,file=mine/a.toml\nx = 1\n```\n"), [Kind::File("mine/a.toml".to_owned())]);
        for name in ["/etc/passwd", "../a", "a/../../b", ""] {
            assert!(blocks(&format!("```toml,file={name}\n```\n")).is_err(), "{name}");
        }
    }

    #[test]
    fn blocks_in_lists_lose_their_indent() {
        let found = blocks("1. Do\n\n   ```sh\n   a\n     b\n   ```\n").expect("sound");
        assert_eq!(found[0].text, "a\n  b\n");
    }

    #[test]
    fn an_ellipsis_stands_for_any_lines() {
        assert!(matches("a\nb\n", "a  \nb\n"));
        assert!(!matches("a\n", "a\nb\n"));
        assert!(matches("a\n…\nd\n", "a\nb\nc\nd\n"));
        assert!(matches("…\nc\n…\n", "a\nb\nc\nd\n"));
        assert!(!matches("a\n…\nx\n…\nd\n", "a\nb\nc\nd\n"));
        assert!(!matches("a\n…\na\n", "a\n"));
    }
}
