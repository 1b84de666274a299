//! The book of the documentation: the pages of this folder, a reference that the program writes, links that lead
//! somewhere, commands that do what the pages say.

mod blocks;
mod http;
mod links;
mod trial;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Result, output, step};
use crate::workspace::{files, metadata, relative, release_program, root};

/// Options of `book`.
#[derive(clap::Args)]
pub struct Options {
    /// The program that writes the reference and runs the commands; else $TIDINGS, else that of the release build
    #[arg(long)]
    program: Option<PathBuf>,
    /// Run the commands of the pages, and compare what they print
    #[arg(long)]
    run: bool,
    /// Write what the commands print into the pages
    #[arg(long, requires = "run")]
    update: bool,
    /// Do not build the book, which needs mdbook
    #[arg(long, requires = "run")]
    no_build: bool,
    /// Only this page, as the table of contents names it; may be repeated. The book is not built
    #[arg(long = "page", requires = "run")]
    pages: Vec<String>,
}

/// What is copied into the book: its links are then the same as in this folder.
const COPIED: [&str; 11] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "docs",
    "examples",
    "deny.toml",
    "data/LICENSES.md",
    "models/en/MODEL_CARD.md",
];

/// Its table of contents.
const SUMMARY: &str = "docs/book/SUMMARY.md";

/// Makes the book and checks it.
pub fn book(options: &Options) -> Result {
    let program = program(options)?;
    let named = std::fs::read_to_string(root().join(SUMMARY)).map_err(|e| format!("{SUMMARY}: {e}"))?;
    let named = chapters(&named);
    if options.run {
        let own = named.iter().filter(|page| root().join(page).is_file());
        let asked = own.filter(|page| options.pages.is_empty() || options.pages.contains(page));
        let pages: Vec<&str> = asked.map(String::as_str).collect();
        eprintln!("── commands of {} pages", pages.len());
        trial::run(&root(), &pages, &program, options.update)?;
    }
    if options.no_build || !options.pages.is_empty() { Ok(()) } else { build(&program, &named) }
}

fn build(program: &Path, named: &[String]) -> Result {
    let target = metadata()?["target_directory"].as_str().unwrap_or("target").to_owned();
    let folder = Path::new(&target).join("book");
    assemble(&folder, program)?;
    let missing = unnamed(&folder.join("src"), named);
    if !missing.is_empty() {
        let hint = format!("hint: name it in {SUMMARY}");
        return Err(format!("pages that no chapter leads to: {}\n  {hint}", missing.join(", ")));
    }
    let mdbook = std::env::var_os("MDBOOK").unwrap_or_else(|| "mdbook".into());
    step("mdbook", Command::new(mdbook).arg("build").arg(&folder))
        .map_err(|e| format!("{e}\n  hint: cargo install --locked mdbook, or MDBOOK=path/to/mdbook"))?;
    let broken = links::broken(&folder.join("html"))?;
    for link in &broken {
        eprintln!("{link}");
    }
    if broken.is_empty() {
        eprintln!("   book: {}", folder.join("html/index.html").display());
        return Ok(());
    }
    Err(format!("book: {} links lead nowhere", broken.len()))
}

fn program(options: &Options) -> Result<PathBuf> {
    let named = options.program.clone().or_else(|| std::env::var_os("TIDINGS").map(PathBuf::from));
    let program = named.map_or_else(|| release_program("tidings"), Ok)?;
    program
        .canonicalize()
        .map_err(|e| format!("{}: {e}\n  hint: cargo build --release, or --program PATH", program.display()))
}

/// The pages that the table of contents names, in its order.
fn chapters(summary: &str) -> Vec<String> {
    let target = |line: &str| Some(line.split_once("](")?.1.split_once(')')?.0.to_owned());
    summary.lines().filter_map(target).filter(|page| !page.is_empty()).collect()
}

/// Pages that lie in the book and are no chapter; nobody would find them.
fn unnamed(folder: &Path, named: &[String]) -> Vec<String> {
    let pages = files(folder).into_iter().map(|path| relative(folder, &path));
    pages.filter(|page| page.ends_with(".md") && page != "SUMMARY.md" && !named.contains(page)).collect()
}

/// The sources of the book: the pages as they are, and what the program writes.
fn assemble(folder: &Path, program: &Path) -> Result {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    let source = folder.join("src");
    for name in COPIED {
        let from = root().join(name);
        let all = if from.is_dir() { files(&from) } else { vec![from] };
        for path in all.iter().filter(|p| !p.starts_with(root().join("docs/book"))) {
            copy(path, &source.join(relative(&root(), path)))?;
        }
    }
    copy(&root().join(SUMMARY), &source.join("SUMMARY.md"))?;
    for name in ["book.toml", "book.css"] {
        copy(&root().join("docs/book").join(name), &folder.join(name))?;
    }
    let said = |arguments: &[&str]| {
        output(&format!("tidings {}", arguments.join(" ")), Command::new(program).args(arguments))
    };
    let description = said(&["serve", "--openapi"])?;
    for (name, text) in [
        ("commands.md", said(&["man", "--format", "markdown"])?),
        ("codebook.md", said(&["codebook", "--format", "markdown"])?),
        ("http.md", http::page(&description)?),
        ("openapi.json", description),
    ] {
        write(&source.join("docs").join(name), &text)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result {
    let text = std::fs::read(from).map_err(|e| format!("{}: {e}", from.display()))?;
    write(to, text)
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, bytes))
        .map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn chapters_are_named_in_order_and_drafts_have_no_page() {
        let summary = "# Summary\n\n[Tidings](README.md)\n\n- [Guide](docs/guide.md)\n  - [Later]()\n";
        assert_eq!(super::chapters(summary), ["README.md", "docs/guide.md"]);
    }

    #[test]
    fn a_page_that_no_chapter_leads_to_is_found() {
        let named = super::chapters(&std::fs::read_to_string(super::root().join(super::SUMMARY)).unwrap());
        let own = |page: &String| super::root().join(page).is_file();
        assert!(named.iter().any(own) && super::unnamed(&super::root().join("docs/book"), &named).is_empty());
        assert!(super::unnamed(&super::root(), &[]).contains(&"README.md".to_owned()));
    }
}
