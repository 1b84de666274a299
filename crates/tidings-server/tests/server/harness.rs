//! A server over a small ledger, and a client that sends what it is told to, right or wrong.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;
use tidings::Engine;
use tidings::document::{Document, Fields, Known, document};
use tidings_ledger::{Article, Ledger};
use tidings_server::{Options, Server};

/// Three articles of our own; two outlets tell of one attack.
const ARTICLES: [(&str, &str, &str); 3] = [
    (
        "Harbour News",
        "2026-03-02",
        "Freedonia accuses Chad of raid\n\nN'DJAMENA, 2 March 2026 (Harbour News) - Niger accused Chad on Monday of \
         shelling a village near Zinder. Chadian troops killed five Nigerien soldiers, President Moussa Abdou said. \
         Chad denied that its army had fired.",
    ),
    (
        "Plateau Post",
        "2026-03-03",
        "Chad denies raid\n\nNIAMEY, 3 March 2026 (Plateau Post) - Chad denied on Tuesday that its troops had shelled \
         a village in Niger. Nigeria offered to mediate. France condemned the attack.",
    ),
    (
        "Harbour News",
        "2026-03-05",
        "<script>alert(1)</script> & talks\n\nABUJA, 5 March 2026 (Harbour News) - The presidents of Niger and Chad \
         signed a ceasefire on Thursday. Niger will open the border if Chad withdraws its troops, President Moussa \
         Abdou said.",
    ),
];

/// The engine, made once for all tests.
pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new().expect("engine"))
}

fn article(outlet: &str, published: &str, text: &str) -> Document {
    let fields = Fields {
        id: format!("{outlet} {published}"),
        text: text.to_owned(),
        date: Some(published.to_owned()),
        outlet: Some(outlet.to_owned()),
        ..Fields::default()
    };
    document(fields, &Known::default())
}

/// Codes an article and puts it into the ledger, as another process would.
pub fn add(ledger: &mut Ledger, outlet: &str, published: &str, text: &str) {
    let document = article(outlet, published, text);
    let report = engine().code(&document).expect("coded");
    let at: Timestamp = format!("{published}T12:00:00Z").parse().expect("time");
    ledger.add(&Article { document: &document, report: &report, at }).expect("added");
}

/// A server in a thread of its own; it ends with the test.
pub struct Site {
    folder: TempDir,
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    /// A server that only reads.
    pub fn start() -> Self {
        Self::with(|_| {})
    }

    /// A server with other options.
    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("news.db");
        let mut ledger = Ledger::create(&path).expect("made");
        for (outlet, published, text) in ARTICLES {
            add(&mut ledger, outlet, published, text);
        }
        drop(ledger);
        let mut options = Options::new(path);
        change(&mut options);
        let server = Server::open(options).expect("opens");
        let address = server.address();
        let stop = Arc::new(AtomicBool::new(false));
        let asked = stop.clone();
        let thread = std::thread::spawn(move || server.run(move || asked.load(Ordering::SeqCst)));
        Self { folder, address, stop, thread: Some(thread) }
    }

    /// The ledger's file.
    pub fn ledger(&self) -> PathBuf {
        self.folder.path().join("news.db")
    }

    /// A connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("set");
        stream
    }

    /// Sends bytes and reads all that comes until the server closes.
    pub fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses early may close before all is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::read(&bytes)
    }

    /// Asks with more header lines, each ended.
    pub fn ask(&self, address: &str, headers: &str) -> Answer {
        let host =
            if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        self.send(format!("GET {address} HTTP/1.1\r\n{host}Connection: close\r\n{headers}\r\n").as_bytes())
    }

    /// Asks.
    pub fn get(&self, address: &str) -> Answer {
        self.ask(address, "")
    }

    /// Sends JSON.
    pub fn post(&self, address: &str, body: &str, headers: &str) -> Answer {
        let head = format!(
            "POST {address} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n{headers}\r\n",
            self.address,
            body.len()
        );
        self.send(&[head.as_bytes(), body.as_bytes()].concat())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the server ends without a panic");
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        let mut body = body.to_owned();
        if head.to_lowercase().contains("transfer-encoding: chunked") {
            body = unchunked(&body);
        }
        Self { status, head: head.to_owned(), body }
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let named =
            |line: &'_ str| line.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)).is_some();
        self.head.lines().find(|l| named(l)).and_then(|l| l.split_once(": ")).map(|(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// The rows of a list.
    pub fn rows(&self) -> Vec<Value> {
        self.json()["rows"].as_array().expect("rows").clone()
    }
}

fn unchunked(body: &str) -> String {
    let mut rest = body;
    let mut whole = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        whole.push_str(&after[..size]);
        rest = after[size..].trim_start_matches("\r\n");
    }
    whole
}
