//! A small server that answers as it is told, and remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What is at one address.
#[derive(Clone)]
pub(crate) enum Page {
    /// Status and reason, fields, body.
    Answer(&'static str, Vec<(&'static str, String)>, Vec<u8>),
    /// The first, then the second, and so on; the last for ever.
    Course(Vec<Page>),
    /// A body that never ends.
    Endless,
    /// One byte every tenth of a second.
    Slow,
    /// The connection is closed at once.
    Silence,
}

/// 200 with that body.
pub(crate) fn found(body: impl Into<Vec<u8>>) -> Page {
    Page::Answer("200 OK", vec![("Content-Type", "text/html; charset=utf-8".to_owned())], body.into())
}

/// A status without a body.
pub(crate) fn status(status: &'static str) -> Page {
    Page::Answer(status, Vec::new(), Vec::new())
}

/// Leads elsewhere.
pub(crate) fn leads(status: &'static str, to: &str) -> Page {
    Page::Answer(status, vec![("Location", to.to_owned())], Vec::new())
}

/// A request: method, path, fields in small letters, body.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The server; it ends with the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(pages: Vec<(&'static str, Page)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let ended = Arc::new(AtomicBool::new(false));
        let (asked, end) = (requests.clone(), ended.clone());
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    break;
                }
                if let Ok(stream) = stream {
                    // A client that has enough goes away: that is no fault.
                    let _ = serve(stream, &pages, &asked, &end);
                }
            }
        });
        Self { address, requests, ended, thread: Some(thread) }
    }

    /// What was asked so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().expect("requests").clone()
    }

    /// How often something was asked.
    pub(crate) fn count(&self, line: &str) -> usize {
        self.requests().iter().filter(|r| r.line.starts_with(line)).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(
    mut stream: TcpStream,
    pages: &[(&'static str, Page)],
    asked: &Mutex<Vec<Request>>,
    ended: &AtomicBool,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let request = read(&stream)?;
    let path = request.line.split(' ').nth(1).unwrap_or_default().to_owned();
    let before = {
        let mut asked = asked.lock().expect("requests");
        let before = asked.iter().filter(|r| r.line == request.line).count();
        asked.push(request);
        before
    };
    let page = pages.iter().find(|(at, _)| *at == path).map(|(_, page)| page.clone());
    answer(&mut stream, page.unwrap_or_else(|| status("404 Not Found")), before, ended)
}

fn read(stream: &TcpStream) -> std::io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut request = Request { line: line.trim().to_owned(), fields: Vec::new(), body: String::new() };
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.trim().split_once(": ") {
            request.fields.push((name.to_lowercase(), value.to_owned()));
        }
    }
    let length = request.field("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
    reader.take(length).read_to_string(&mut request.body)?;
    Ok(request)
}

fn answer(stream: &mut TcpStream, page: Page, before: usize, ended: &AtomicBool) -> std::io::Result<()> {
    const BEGIN: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    match page {
        Page::Answer(status, fields, body) => {
            let fields: String = fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{fields}\r\n");
            stream.write_all(head.as_bytes())?;
            stream.write_all(&body)
        }
        Page::Course(pages) => {
            let page = pages.get(before.min(pages.len() - 1)).expect("a page").clone();
            answer(stream, page, 0, ended)
        }
        Page::Endless => {
            stream.write_all(BEGIN)?;
            while !ended.load(Ordering::SeqCst) {
                stream.write_all(&[b'a'; 1 << 16])?;
            }
            Ok(())
        }
        Page::Slow => {
            stream.write_all(BEGIN)?;
            while !ended.load(Ordering::SeqCst) {
                stream.write_all(b"a")?;
                thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        }
        Page::Silence => Ok(()),
    }
}
