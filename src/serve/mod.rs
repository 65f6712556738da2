//! Serves a site from memory, on this machine only. Its pages reload themselves when it changes.

mod http;
mod pages;

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::diagnostic::{Diagnostic, Diagnostics, rules};
use crate::render::RenderedTarget;
use crate::target::Pages;
use http::{Answer, Connection, Request, Status};
use pages::{Edition, RELOAD, WAIT, reload_script, script};

/// How long to keep a browser waiting: less than any browser's time-out.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often to look whether a waiting browser is still there.
const LOOK: Duration = Duration::from_millis(500);

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

impl Serving {
    /// Starts to serve. Port 0 means any free port.
    ///
    /// # Errors
    ///
    /// If the port is not available.
    pub fn start(port: u16) -> Result<Self, Diagnostics> {
        let shown = Arc::new(Shown::default());
        let start = || {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
            let address = listener.local_addr()?;
            let shown = Arc::clone(&shown);
            http::serve(listener, move |request, connection| {
                shown.answer(request, connection, address.port())
            })?;
            Ok(address)
        };
        let address = start().map_err(|error| report_unavailable(port, &error))?;
        Ok(Self { address, shown })
    }

    /// The URL for a browser.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Shows a new version.
    pub fn show(&self, rendered: RenderedTarget, pages: &Pages) {
        self.shown.edition().show(rendered, pages);
        self.shown.changed.notify_all();
    }

    /// Shows a text in place of every page, until there is a new version.
    pub fn show_problem(&self, problem: String) {
        self.shown.edition().show_problem(problem);
        self.shown.changed.notify_all();
    }
}

impl Shown {
    fn edition(&self) -> MutexGuard<'_, Edition> {
        // Nothing in it can be half done.
        self.edition.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &Request, connection: &Connection, port: u16) -> Answer {
        if !is_for_us(request, port) || is_from_elsewhere(request) {
            return Answer::text(Status::FORBIDDEN);
        }
        if !["GET", "HEAD"].contains(&request.method.as_str()) {
            return Answer::text(Status::METHOD_NOT_ALLOWED);
        }
        if let Some(version) = request.target.strip_prefix(WAIT) {
            return self.wait(version, connection);
        }
        let edition = self.edition();
        if request.target == RELOAD {
            return reload_script(edition.version);
        }
        edition.find(&request.target)
    }

    /// Waits for another version than the one that a browser has.
    fn wait(&self, version: &str, connection: &Connection) -> Answer {
        let end = Instant::now() + PATIENCE;
        let is_same = |edition: &mut Edition| edition.version.to_string() == version;
        while Instant::now() < end && connection.is_open() {
            let waited = self
                .changed
                .wait_timeout_while(self.edition(), LOOK, is_same);
            let (edition, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            drop(edition);
            if !timeout.timed_out() {
                return script("location.reload();".to_owned());
            }
        }
        script("errgenWait();".to_owned())
    }
}

/// Whether a request names this machine as its host. Otherwise, a foreign page could read the site through a domain of its
/// own.
fn is_for_us(request: &Request, port: u16) -> bool {
    let host = request.field("Host");
    host.is_some_and(|host| {
        let (name, own) = host.rsplit_once(':').unwrap_or((host, "80"));
        ["127.0.0.1", "localhost"].contains(&name) && own == port.to_string()
    })
}

/// Whether a browser sends a request for a page of another site, or of another port of this machine: that page must not learn
/// what is in the catalogue. A link to a page may be followed from anywhere.
fn is_from_elsewhere(request: &Request) -> bool {
    let is = |name, value| request.field(name) == Some(value);
    let is_own = is("Sec-Fetch-Site", "same-origin") || is("Sec-Fetch-Site", "none");
    let follows_link = is("Sec-Fetch-Mode", "navigate") && is("Sec-Fetch-Dest", "document");
    request.has_field("Sec-Fetch-Site") && !is_own && !follows_link
}

fn report_unavailable(port: u16, error: &io::Error) -> Diagnostics {
    let message = match error.kind() {
        ErrorKind::AddrInUse => format!("port {port} is already in use"),
        ErrorKind::PermissionDenied => {
            format!("the system does not allow errgen to use port {port}")
        }
        _ => format!("port {port} cannot be used: {error}"),
    };
    Diagnostic::file(rules::UNAVAILABLE_PORT, "errgen", message)
        .help("choose another port with `--port`, or 0 for any free port")
        .into()
}
