//! What the user sees: colour, width, and the talk on the standard error.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;

/// Columns where the width of the terminal is not known.
const WIDTH: usize = 80;

/// Colour where it is wanted, plain text elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Never any colour.
    #[cfg(test)]
    pub const PLAIN: Self = Self { on: false };

    fn new(choice: ColorChoice, stream: &impl anstream::stream::RawStream) -> Self {
        let on = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => AutoStream::choice(stream) != anstream::ColorChoice::Never,
        };
        Self { on }
    }

    /// `text` in `style`.
    pub fn apply(self, style: Style, text: &str) -> String {
        if self.on && style != Style::new() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The two streams, and how much to say.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Colour on the standard output.
    pub paint: Paint,
    talk: Paint,
    quiet: bool,
}

impl Terminal {
    /// As the flags say.
    pub fn new(color: ColorChoice, quiet: bool) -> Self {
        Self { paint: Paint::new(color, &io::stdout()), talk: Paint::new(color, &io::stderr()), quiet }
    }

    /// Columns for tables: those of the terminal within reason, 80 where the output goes elsewhere.
    pub fn width(&self) -> usize {
        if !io::stdout().is_terminal() {
            return WIDTH;
        }
        terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(60, 120))
    }

    /// Whether to show how far the work is.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Something went wrong; told even when quiet.
    pub fn error(&self, message: impl Display) {
        self.say(AnsiColor::Red.on_default().bold(), "error", message);
    }

    /// Something that the reader of the results should know.
    pub fn warning(&self, message: impl Display) {
        if !self.quiet {
            self.say(AnsiColor::Yellow.on_default().bold(), "warning", message);
        }
    }

    /// Something good to know.
    pub fn note(&self, message: impl Display) {
        if !self.quiet {
            self.say(AnsiColor::Cyan.on_default(), "note", message);
        }
    }

    /// A closed standard error is no reason to stop.
    fn say(&self, style: Style, label: &str, message: impl Display) {
        let line = format!("{} {message}\n", self.talk.apply(style, &format!("{label}:")));
        let _ = io::stderr().write_all(line.as_bytes());
    }
}
