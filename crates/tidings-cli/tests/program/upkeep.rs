//! `model`, `doctor`, `completions`, `man`, help and version.

use std::process::{Command, Stdio};

use crate::harness::{Folder, argument, command, tidings};

const COMMANDS: [&str; 9] =
    ["code", "explain", "reproduce", "analyze", "codebook", "model", "doctor", "completions", "man"];

#[test]
fn doctor_finds_nothing_wrong() {
    let report = tidings(&["doctor"]).ended(0).data;
    for name in
        ["program", "processor", "memory", "tables", "model", "language", "coding", "terminal", "locale"]
    {
        assert!(report.lines().any(|l| l.split_whitespace().nth(1) == Some(name)), "no {name} in:\n{report}");
    }
    assert!(!report.contains("FAIL"), "{report}");
}

#[test]
fn doctor_says_1_when_a_check_fails() {
    let report = tidings(&["doctor", "--model", "no-such-folder"]).ended(1).data;
    assert!(report.contains("FAIL model") && report.contains("hint: "), "{report}");
}

#[test]
fn the_model_says_what_it_is() {
    let text = tidings(&["model"]).ended(0).data;
    let json = &tidings(&["model", "--format", "json"]).ended(0).json()[0];
    for field in ["name", "version", "sha256"] {
        let value = json[field].as_str().unwrap_or_else(|| panic!("no {field}: {json}"));
        assert!(text.contains(value), "{field}: {value} is not in:\n{text}");
    }
    assert_eq!(json["sha256"].as_str().map(str::len), Some(64));
    assert!(json["tasks"].as_array().is_some_and(|t| t.len() >= 7), "{json}");
}

#[test]
fn completions_know_the_commands_in_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = tidings(&["completions", shell]).ended(0).data;
        for name in COMMANDS {
            assert!(script.contains(name), "{shell} does not know {name}");
        }
    }
    tidings(&["completions", "tcsh"]).ended(2);
}

#[test]
fn bash_reads_its_completions() {
    let folder = Folder::new();
    let path = folder.file("tidings.bash", tidings(&["completions", "bash"]).ended(0).data);
    let Ok(status) = Command::new("bash").args(["-n", &path]).stdin(Stdio::null()).status() else {
        return; // A system without bash has nobody whom these completions serve.
    };
    assert!(status.success());
}

#[test]
fn there_is_a_manual_page_for_each_command() {
    let folder = Folder::new();
    tidings(&["man", "--out", &argument(&folder.path("man1"))]).ended(0);
    for name in COMMANDS {
        let page = std::fs::read_to_string(folder.path(&format!("man1/tidings-{name}.1"))).expect("a page");
        assert!(page.contains(".SH NAME") && page.contains("EXAMPLES"), "{name}");
        assert_eq!(page, tidings(&["man", name]).ended(0).data);
    }
    let main = tidings(&["man"]).ended(0).data;
    assert!(main.contains(".TH tidings 1") && main.contains("EXIT CODES"), "{main}");
    let unknown = tidings(&["man", "cook"]).ended(2).talk;
    assert!(unknown.contains("there is no command 'cook'") && unknown.contains("code, explain"), "{unknown}");
}

#[test]
fn commands_below_a_command_have_their_pages_too() {
    let folder = Folder::new();
    tidings(&["man", "--out", &argument(&folder.path("man1"))]).ended(0);
    let page = std::fs::read_to_string(folder.path("man1/tidings-rules-check.1")).expect("a page");
    assert!(page.contains("--corpus") || page.contains("\\-\\-corpus"), "{page}");
    assert!(!folder.path("man1/tidings-help.1").exists());
}

#[test]
fn all_help_is_one_page_of_markdown_whatever_the_terminal() {
    let page = tidings(&["man", "--format", "markdown"]).ended(0).data;
    for name in COMMANDS.iter().chain(&["rules check"]) {
        assert!(
            page.contains(&format!("\n## tidings {name}\n"))
                || page.contains(&format!("\n### tidings {name}\n")),
            "{name}"
        );
    }
    assert_eq!(page.matches("```").count() % 2, 0);
    assert!(page.lines().all(|l| l.chars().count() <= 100), "too wide");
    let narrow = command(&["man", "--format", "markdown"]).env("COLUMNS", "40").output().expect("it runs");
    assert_eq!(narrow.stdout, page.into_bytes());
    let one = tidings(&["man", "code", "--format", "markdown"]).ended(0).data;
    assert!(one.starts_with("# tidings code\n") && one.contains("--jobs"), "{one}");
}

#[test]
fn the_codebook_says_what_each_type_mode_and_code_means() {
    let overview = tidings(&["codebook"]).ended(0).data;
    for word in ["COERCE", "material conflict", "hypothetical", "asylum", "PRM"] {
        assert!(overview.contains(word), "no {word} in:\n{overview}");
    }
    assert!(overview.lines().all(|l| l.chars().count() <= 80), "{overview}");
    let coerce = tidings(&["codebook", "coerce"]).ended(0).data;
    for word in ["curfew", "arrest", "172", "Impose restrictions on political freedoms"] {
        assert!(coerce.contains(word), "no {word} in:\n{coerce}");
    }
    let book = &tidings(&["codebook", "--format", "json"]).ended(0).json()[0];
    assert_eq!(book["types"].as_array().map(Vec::len), Some(17));
    assert!(book["cameo"].as_array().is_some_and(|codes| codes.len() > 250));
    let assault = book["types"].as_array().and_then(|t| t.iter().find(|t| t["type"] == "ASSAULT"));
    let assault = assault.expect("ASSAULT");
    assert!(assault["verbs"].as_array().is_some_and(|v| v.iter().any(|v| v == "bomb")), "{assault}");
    assert_eq!(assault["examples"].as_array().map(Vec::len), Some(5));
    let page = tidings(&["codebook", "--format", "markdown"]).ended(0).data;
    assert!(page.starts_with("# Codebook\n") && page.contains("### COERCE") && page.contains("| 1724 |"));
    let talk = tidings(&["codebook", "GOSSIP"]).ended(2).talk;
    assert!(talk.contains("GOSSIP") && talk.contains("AGREE"), "{talk}");
}

#[test]
fn help_fits_on_the_screen_and_shows_examples() {
    for name in COMMANDS {
        let help = tidings(&[name, "-h"]).ended(0).data;
        assert!(help.contains("EXAMPLES"), "{name}");
        assert!(help.lines().count() <= 50, "{name}: {} lines", help.lines().count());
        assert!(help.lines().all(|l| l.chars().count() <= 100), "{name}:\n{help}");
    }
    assert!(tidings(&["--version"]).ended(0).data.starts_with("tidings 0."));
}
