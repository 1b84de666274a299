//! Runs other programs, and says what it runs.

use std::process::{Command, Stdio};
use std::time::Instant;

/// What goes wrong here ends the verb, so a message is enough.
pub type Result<T = ()> = std::result::Result<T, String>;

/// `cargo` in the root of the workspace.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(crate::workspace::root());
    command
}

/// Runs a step to its end with its output on the terminal, and says how long it took.
pub fn step(name: &str, command: &mut Command) -> Result {
    eprintln!("── {name}");
    let begun = Instant::now();
    let status = command.status().map_err(|e| format!("{name}: {e}"))?;
    if !status.success() {
        return Err(format!("{name}: {status}"));
    }
    eprintln!("   {name}: done in {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}

/// Runs a program and returns what it printed.
pub fn output(name: &str, command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|e| format!("{name}: {e}"))?;
    if !output.status.success() {
        return Err(format!("{name}: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("{name}: {e}"))
}
