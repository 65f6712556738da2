//! An HTTP server for one user's browser: a fixed number of connections at a time, one answer on each, and an end to all of them.
//!
//! `httparse` reads the requests. What is left is so little that every system call in it can fail without harm: if the process
//! has no file handle left for a connection, the connection waits.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How many connections are answered at a time; others wait. Fewer than the file handles that any system allows by default.
const CONNECTIONS: usize = 64;

/// The stack of a thread that answers, in bytes.
const STACK: usize = 256 << 10;

/// How long to wait after a connection could not be accepted.
const BACK_OFF: Duration = Duration::from_millis(100);

/// How long a client can take to send its request, and how long to read an answer.
const TO_SEND: Duration = Duration::from_secs(5);
const TO_READ: Duration = Duration::from_secs(30);

/// How long to wait for a client to close the connection after its answer. If errgen closed it while something was still
/// arriving, the client could lose the answer.
const TO_CLOSE: Duration = Duration::from_secs(1);

/// The longest request, in bytes, and the most fields in it.
const LONGEST: usize = 16 << 10;
const FIELDS: usize = 100;

/// A request, without its body.
#[derive(Debug)]
pub struct Request {
    pub method: String,
    /// The path and the query, as they were sent.
    pub target: String,
    fields: Vec<(String, Vec<u8>)>,
}

impl Request {
    /// The value of a header field. `None` if it is missing, repeated or not text.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut values = self
            .fields
            .iter()
            .filter(|(own, _)| own.eq_ignore_ascii_case(name));
        match (values.next(), values.next()) {
            (Some((_, value)), None) => str::from_utf8(value).ok(),
            _ => None,
        }
    }

    /// Whether a header field was sent.
    pub fn has_field(&self, name: &str) -> bool {
        self.fields
            .iter()
            .any(|(own, _)| own.eq_ignore_ascii_case(name))
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: Status,
    pub content_type: &'static str,
    /// Where to go instead.
    pub location: Option<String>,
    pub body: Vec<u8>,
}

/// A status code with its reason phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(pub u16, pub &'static str);

impl Status {
    pub const OK: Self = Self(200, "OK");
    pub const FOUND: Self = Self(302, "Found");
    pub const BAD_REQUEST: Self = Self(400, "Bad Request");
    pub const FORBIDDEN: Self = Self(403, "Forbidden");
    pub const NOT_FOUND: Self = Self(404, "Not Found");
    pub const METHOD_NOT_ALLOWED: Self = Self(405, "Method Not Allowed");
    pub const REQUEST_TIMEOUT: Self = Self(408, "Request Timeout");
    pub const TOO_LARGE: Self = Self(431, "Request Header Fields Too Large");
    pub const INTERNAL_SERVER_ERROR: Self = Self(500, "Internal Server Error");
    pub const SERVICE_UNAVAILABLE: Self = Self(503, "Service Unavailable");
}

/// A connection whose request is being answered.
pub struct Connection<'a>(&'a TcpStream);

impl Connection<'_> {
    /// Whether the client is still there.
    pub fn is_open(&self) -> bool {
        // The client has nothing more to send: only the end of the connection can be read.
        let peeked = self
            .0
            .set_nonblocking(true)
            .and_then(|()| self.0.peek(&mut [0]));
        let is_open = match peeked {
            Ok(length) => length > 0,
            Err(error) => error.kind() == ErrorKind::WouldBlock,
        };
        is_open && self.0.set_nonblocking(false).is_ok()
    }
}

/// Answers requests in the background until the process ends.
///
/// # Errors
///
/// If the system does not allow a thread to be started.
pub fn serve(
    listener: TcpListener,
    answer: impl Fn(&Request, &Connection) -> Answer + Send + Sync + 'static,
) -> io::Result<()> {
    let shared = Arc::new((Mutex::new(listener), answer));
    for number in 0..CONNECTIONS {
        let shared = Arc::clone(&shared);
        let work = move || {
            let (listener, answer) = &*shared;
            loop {
                // The client may leave at any time.
                let _ = converse(&accept(listener), answer);
            }
        };
        let started = thread::Builder::new().stack_size(STACK).spawn(work);
        // With fewer threads than wanted, others wait a little longer.
        if number == 0 {
            started?;
        }
    }
    Ok(())
}

/// The next connection. One thread waits for it at a time, so that a lack of file handles does not keep all of them busy.
fn accept(listener: &Mutex<TcpListener>) -> TcpStream {
    let listener = listener.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        match listener.accept() {
            Ok((stream, _)) => return stream,
            Err(_) => thread::sleep(BACK_OFF),
        }
    }
}

/// Reads one request, and answers it.
fn converse(
    stream: &TcpStream,
    answer: &impl Fn(&Request, &Connection) -> Answer,
) -> io::Result<()> {
    let (answer, has_body) = match read(stream)? {
        Ok(request) => {
            let has_body = request.method != "HEAD";
            (answer(&request, &Connection(stream)), has_body)
        }
        Err(status) => (Answer::text(status), true),
    };
    let end = Instant::now() + TO_READ;
    write(stream, answer.head().as_bytes(), end)?;
    if has_body {
        write(stream, &answer.body, end)?;
    }
    stream.shutdown(Shutdown::Write)?;
    drain(stream)
}

/// Reads a request, or tells with which status to refuse it.
fn read(mut stream: &TcpStream) -> io::Result<Result<Request, Status>> {
    let end = Instant::now() + TO_SEND;
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    while bytes.len() < LONGEST {
        let Some(left) = left_until(end) else {
            // Browsers open connections in advance, and would take an answer for one to their next request.
            return if bytes.is_empty() {
                Err(ErrorKind::TimedOut.into())
            } else {
                Ok(Err(Status::REQUEST_TIMEOUT))
            };
        };
        stream.set_read_timeout(Some(left))?;
        let length = match stream.read(&mut chunk) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(length) => length,
            Err(error) if is_timeout(&error) => continue,
            Err(error) => return Err(error),
        };
        bytes.extend_from_slice(&chunk[..length]);
        match parse(&bytes) {
            Ok(Some(request)) => return Ok(Ok(request)),
            Ok(None) => {}
            Err(status) => return Ok(Err(status)),
        }
    }
    Ok(Err(Status::TOO_LARGE))
}

/// The request in some bytes. `None` if it is not complete.
fn parse(bytes: &[u8]) -> Result<Option<Request>, Status> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(Status::TOO_LARGE),
        Err(_) => return Err(Status::BAD_REQUEST),
    }
    let fields = request.headers.iter();
    Ok(Some(Request {
        method: request.method.unwrap_or_default().to_owned(),
        target: request.path.unwrap_or_default().to_owned(),
        fields: fields
            .map(|it| (it.name.to_owned(), it.value.to_owned()))
            .collect(),
    }))
}

fn write(mut stream: &TcpStream, mut bytes: &[u8], end: Instant) -> io::Result<()> {
    while !bytes.is_empty() {
        let left = left_until(end).ok_or(ErrorKind::TimedOut)?;
        stream.set_write_timeout(Some(left))?;
        match stream.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(length) => bytes = &bytes[length..],
            Err(error) if is_timeout(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Reads what still arrives until the client closes the connection.
fn drain(mut stream: &TcpStream) -> io::Result<()> {
    let end = Instant::now() + TO_CLOSE;
    let mut chunk = [0; 4096];
    while let Some(left) = left_until(end) {
        stream.set_read_timeout(Some(left))?;
        if stream.read(&mut chunk)? == 0 {
            break;
        }
    }
    Ok(())
}

/// The time that is left. `None` if there is none.
fn left_until(end: Instant) -> Option<Duration> {
    let left = end.saturating_duration_since(Instant::now());
    (!left.is_zero()).then_some(left)
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}

impl Answer {
    /// An answer that says only its status.
    pub fn text(status: Status) -> Self {
        Self {
            status,
            content_type: "text/plain; charset=utf-8",
            location: None,
            body: format!("{} {}\n", status.0, status.1).into_bytes(),
        }
    }

    /// The status line and the header fields. No other site can embed the answer, and no browser keeps it.
    fn head(&self) -> String {
        let Self {
            status: Status(code, reason),
            content_type,
            location,
            body,
        } = self;
        let location = location.as_ref().map(|to| format!("Location: {to}\r\n"));
        let allow = (*code == Status::METHOD_NOT_ALLOWED.0).then_some("Allow: GET, HEAD\r\n");
        format!(
            "HTTP/1.1 {code} {reason}\r\n\
             Content-Type: {content_type}\r\n\
             Content-Length: {}\r\n\
             {}{}\
             Cache-Control: no-store\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\n\
             X-Content-Type-Options: nosniff\r\n\
             X-Frame-Options: SAMEORIGIN\r\n\
             Connection: close\r\n\r\n",
            body.len(),
            location.unwrap_or_default(),
            allow.unwrap_or_default(),
        )
    }
}
