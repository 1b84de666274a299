//! `tidings serve`: the ledger as a page and as data over HTTP.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use tidings_server::{Options, Server, Writing};

use super::{EngineArgs, bytes, rules};
use crate::errors::{Exit, Failure};
use crate::interrupt;
use crate::sink::Sink;
use crate::terminal::Terminal;

/// Flags of `tidings serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The ledger that `tidings add` or `tidings import` made
    #[arg(long, value_name = "FILE", required_unless_present = "openapi")]
    ledger: Option<PathBuf>,
    /// Address to listen on; others than this machine need a token
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Port to listen on; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// Take reviews and new documents; without it the ledger is only read
    #[arg(long)]
    write: bool,
    /// File whose first line is the token that whoever asks must know [default: none on this machine only, a new one
    /// elsewhere]
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Another name by which the server is called; may be given several times
    #[arg(long = "name", value_name = "NAME", id = "names")]
    names: Vec<String>,
    /// Folder in which corrections are saved as rules and actors, and from which those of earlier days are read
    #[arg(long, value_name = "FOLDER", requires = "write")]
    save_to: Option<PathBuf>,
    /// Print the OpenAPI description of all addresses, and end
    #[arg(long)]
    openapi: bool,
    #[command(flatten)]
    engine: EngineArgs,
}

const PORT: u16 = 8750;

/// A token is no longer than this.
const LONGEST_TOKEN: usize = 4096;

/// A token that could be guessed protects nothing.
const SHORTEST_TOKEN: usize = 16;

const EXAMPLES: &str = "\
EXAMPLES
  tidings serve --ledger news.db                   open http://127.0.0.1:8750 in a browser
  tidings serve --ledger news.db --write           and review what was coded
  tidings serve --ledger news.db --host 0.0.0.0    for others; the address that is printed holds the token
  curl http://127.0.0.1:8750/claims.csv            the data of every page; /openapi.json describes them
  tidings serve --openapi > openapi.json           the same description, without a server";

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    match &args.ledger {
        Some(ledger) if !args.openapi => serve(ledger, args, terminal),
        _ => describe(),
    }
}

/// What the server answers, for programs that are to ask it.
fn describe() -> Result<Exit, Failure> {
    let mut sink = Sink::standard();
    writeln!(sink, "{}", serde_json::to_string_pretty(&tidings_server::description())?)?;
    sink.finish()?;
    Ok(Exit::Done)
}

fn serve(ledger: &Path, args: &Args, terminal: &Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let token = token(args)?;
    let writing = if args.write { Some(writing(args, terminal)?) } else { None };
    let server = Server::open(Options {
        host: args.host,
        port: args.port,
        token: token.clone(),
        names: args.names.clone(),
        writing,
        ..Options::new(ledger.to_owned())
    })?;
    let question = token.map_or(String::new(), |t| format!("?token={t}"));
    let mut out = std::io::stdout();
    writeln!(out, "http://{}/{question}", server.address())?;
    out.flush()?;
    terminal.note("Ctrl-C ends the server");
    server.run(interrupt::requested);
    Ok(Exit::Done)
}

/// What may be changed, and by what new documents are coded.
fn writing(args: &Args, terminal: &Terminal) -> Result<Writing, Failure> {
    let mut own = args.engine.own()?;
    if let Some(folder) = &args.save_to {
        let saved = |name: &str| Some(folder.join(name)).filter(|room| room.is_dir());
        if let Some(room) = saved("rules") {
            own.rules.extend(rules::files(&[room])?);
        }
        if let Some(room) = saved("actors") {
            own.actors.extend(rules::files(&[room])?);
        }
    }
    let engine = args.engine.engine_with(&own, terminal)?;
    Ok(Writing { engine, own, folder: args.save_to.clone() })
}

/// The token of the file, or a new one where others can reach the server.
fn token(args: &Args) -> Result<Option<String>, Failure> {
    let Some(path) = &args.token_file else {
        return if args.host.is_loopback() { Ok(None) } else { new_token().map(Some) };
    };
    let hint = "write a token of 16 or more letters and digits into it";
    let (name, bytes) = bytes(path, LONGEST_TOKEN, hint)?;
    let text = String::from_utf8_lossy(&bytes);
    let token = text.lines().next().unwrap_or_default().trim();
    let plain = token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if token.len() < SHORTEST_TOKEN || token.len() >= LONGEST_TOKEN || !plain {
        return Err(Failure::new(format_args!("{name}: its first line is no token"), hint));
    }
    Ok(Some(token.to_owned()))
}

fn new_token() -> Result<String, Failure> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(|e| {
        Failure::new(format_args!("no random numbers: {e}"), "name a file with a token (--token-file)")
    })?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}
