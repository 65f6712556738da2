//! Serves a site from memory, on this machine only. Its pages reload themselves when it changes.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Cursor, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, Server};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::render::RenderedTarget;
use crate::target::Pages;

/// Loaded by every page. Once the page has loaded, it asks for the next version.
const RELOAD: &str = "/-errgen/reload.js";

/// Answered when there is a newer version than the one in the query, or after a while.
const WAIT: &str = "/-errgen/wait.js?";

/// How long to keep a browser waiting: less than any browser's time-out.
const PATIENCE: Duration = Duration::from_secs(20);

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Shown until there is a first version.
const NOTHING_YET: &str = "<!doctype html><title>errgen</title><p>Nothing to show yet. See the output of <code>errgen serve</code>.</p></body>";

/// A running server; it ends with the process.
pub struct Serving {
    address: SocketAddr,
    shown: Arc<Shown>,
}

#[derive(Default)]
struct Shown {
    edition: Mutex<Edition>,
    changed: Condvar,
}

#[derive(Default)]
struct Edition {
    version: u64,
    /// By path, without a leading slash.
    files: BTreeMap<String, Vec<u8>>,
    index: String,
    not_found: Option<String>,
}

/// An answer: status, content type and body.
type Answer = (u16, &'static str, Vec<u8>);

impl Serving {
    /// Starts to serve. Port 0 means any free port.
    ///
    /// # Errors
    ///
    /// If the port is not available.
    pub fn start(port: u16) -> Result<Self, Diagnostics> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let server = Server::http(address).map_err(|error| report_unavailable(port, &*error))?;
        let address = server.server_addr().to_ip().unwrap_or(address);
        let shown = Arc::new(Shown::default());
        let serving = Self {
            address,
            shown: Arc::clone(&shown),
        };
        thread::spawn(move || {
            for request in server.incoming_requests() {
                let shown = Arc::clone(&shown);
                // A waiting request must not block others.
                thread::spawn(move || answer(request, &shown, address.port()));
            }
        });
        Ok(serving)
    }

    /// The URL for a browser.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Shows a new version.
    pub fn show(&self, rendered: RenderedTarget, pages: &Pages) {
        let mut edition = self.shown.edition();
        let files = rendered.files.into_iter();
        *edition = Edition {
            version: edition.version + 1,
            files: files.map(|file| (file.path, file.content)).collect(),
            index: pages.index.clone(),
            not_found: pages.not_found.clone(),
        };
        self.shown.changed.notify_all();
    }
}

impl Shown {
    fn edition(&self) -> MutexGuard<'_, Edition> {
        // The edition is replaced as a whole, so it is never incomplete.
        self.edition.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for another version than the one that a browser has.
    fn wait(&self, version: &str) -> Answer {
        let edition = self.edition();
        let is_same = |edition: &mut Edition| edition.version.to_string() == version;
        let waited = self.changed.wait_timeout_while(edition, PATIENCE, is_same);
        let (edition, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        drop(edition);
        let script = if timeout.timed_out() {
            "errgenWait();"
        } else {
            "location.reload();"
        };
        (200, SCRIPT, script.into())
    }
}

fn answer(request: Request, shown: &Shown, port: u16) {
    let path = request.url().to_owned();
    let (status, kind, body) = if !is_for_us(&request, port) {
        (403, HTML, Vec::new())
    } else if *request.method() != Method::Get {
        (405, HTML, Vec::new())
    } else if let Some(version) = path.strip_prefix(WAIT) {
        shown.wait(version)
    } else if path == RELOAD {
        (200, SCRIPT, reload_script(shown.edition().version).into())
    } else {
        page(&shown.edition(), &path)
    };
    let length = body.len();
    let headers = [("Content-Type", kind), ("Cache-Control", "no-store")]
        .into_iter()
        .filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    let response = Response::new(
        status.into(),
        headers.collect(),
        Cursor::new(body),
        Some(length),
        None,
    );
    // The browser may have closed the connection.
    let _ = request.respond(response);
}

/// Whether a request names this machine as its host. Otherwise, a foreign page could read the site through a domain of its
/// own.
fn is_for_us(request: &Request, port: u16) -> bool {
    let mut headers = request.headers().iter();
    let host = headers.find(|header| header.field.equiv("Host"));
    host.is_some_and(|host| {
        let host = host.value.as_str();
        [format!("127.0.0.1:{port}"), format!("localhost:{port}")].contains(&host.to_owned())
    })
}

fn page(edition: &Edition, url: &str) -> Answer {
    if edition.version == 0 {
        return (503, HTML, with_reload(NOTHING_YET.as_bytes()));
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = decode(path.trim_start_matches('/'));
    let name = if path.is_empty() || path.ends_with('/') {
        format!("{path}{}", edition.index)
    } else {
        path
    };
    let found = edition
        .files
        .get(&name)
        .map(|content| (200, &name, content));
    let missing = || {
        let name = edition.not_found.as_ref()?;
        Some((404, name, edition.files.get(name)?))
    };
    match found.or_else(missing) {
        Some((status, name, content)) => {
            let kind = content_type(name);
            let content = if kind == HTML {
                with_reload(content)
            } else {
                content.clone()
            };
            (status, kind, content)
        }
        None => (404, HTML, Vec::new()),
    }
}

/// A path without its percent-encoding.
fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|it| str::from_utf8(it).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = byte.filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Adds the script at [`RELOAD`] to a page. Any policy that allows the site's own scripts allows it.
fn with_reload(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let script = format!("<script src=\"{RELOAD}\" defer></script>");
    match page.rfind("</body>") {
        Some(at) => format!("{}{script}{}", &page[..at], &page[at..]).into_bytes(),
        None => format!("{page}{script}").into_bytes(),
    }
}

/// Asks for the next version after the page has loaded, so that the page never appears to be loading.
fn reload_script(version: u64) -> String {
    format!(
        "function errgenWait() {{\n  \
           const script = document.createElement(\"script\");\n  \
           script.src = \"{WAIT}{version}\";\n  \
           script.onerror = () => setTimeout(errgenWait, 1000);\n  \
           document.head.append(script);\n\
         }}\n\
         addEventListener(\"load\", errgenWait);\n"
    )
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => SCRIPT,
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

fn report_unavailable(port: u16, error: &(dyn Error + 'static)) -> Diagnostics {
    let message = match error.downcast_ref().map(io::Error::kind) {
        Some(ErrorKind::AddrInUse) => format!("port {port} is already in use"),
        Some(ErrorKind::PermissionDenied) => {
            format!("the system does not allow errgen to use port {port}")
        }
        _ => format!("port {port} cannot be used: {error}"),
    };
    Diagnostic::file(rules::UNAVAILABLE_PORT, "errgen", message)
        .help("choose another port with `--port`, or 0 for any free port")
        .into()
}
