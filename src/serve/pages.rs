//! What a browser gets: a file of the site, a redirect to a folder, or a page of errgen's own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::http::{Answer, Status};
use crate::render::RenderedTarget;
use crate::target::Pages;

/// Loaded by every page. Once the page has loaded, it asks for the next version.
pub const RELOAD: &str = "/-errgen/reload.js";

/// Answered when there is a newer version than the one in the query, or after a while.
pub const WAIT: &str = "/-errgen/wait.js?";

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Shown until there is a first version.
const NOTHING_YET: &str = "<!doctype html><title>errgen</title><p>Nothing to show yet. See the output of <code>errgen serve</code>.</p></body>";

/// What is shown at one time.
#[derive(Default)]
pub struct Edition {
    /// 0 until there is something to show.
    pub version: u64,
    /// By path, without a leading slash.
    files: BTreeMap<String, Vec<u8>>,
    index: String,
    not_found: Option<String>,
    /// Why there are no newer files.
    problem: Option<String>,
}

impl Edition {
    /// Shows the files of a site.
    pub fn show(&mut self, rendered: RenderedTarget, pages: &Pages) {
        let files = rendered.files.into_iter();
        *self = Self {
            version: self.version + 1,
            files: files.map(|file| (file.path, file.content)).collect(),
            index: pages.index.clone(),
            not_found: pages.not_found.clone(),
            problem: None,
        };
    }

    /// Shows a text in place of every page. Other files stay as they are.
    pub fn show_problem(&mut self, problem: String) {
        self.version += 1;
        self.problem = Some(problem);
    }

    /// The answer to a request for a path with its query.
    pub fn find(&self, target: &str) -> Answer {
        if self.version == 0 {
            return page(Status::SERVICE_UNAVAILABLE, NOTHING_YET.as_bytes());
        }
        let (path, query) = target
            .split_once('?')
            .map_or((target, None), |(path, query)| (path, Some(query)));
        let Some(path) = path.strip_prefix('/') else {
            return Answer::text(Status::BAD_REQUEST);
        };
        let answer = self.answer(&decode(path), query);
        match &self.problem {
            Some(problem) if answer.content_type == HTML => page(
                Status::INTERNAL_SERVER_ERROR,
                problem_page(problem).as_bytes(),
            ),
            _ => answer,
        }
    }

    fn answer(&self, path: &str, query: Option<&str>) -> Answer {
        let index = || Cow::Owned(format!("{path}{}", self.index));
        let name = if path.is_empty() || path.ends_with('/') {
            index()
        } else {
            Cow::Borrowed(path)
        };
        if let Some(content) = self.files.get(name.as_ref()) {
            return file(Status::OK, &name, content);
        }
        // Relative links in the page of a folder are right only if its address ends with a slash. The name of a file begins
        // with none, so the address is one of this server.
        if self.files.contains_key(&format!("{path}/{}", self.index)) {
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            return Answer {
                location: Some(format!("/{}/{query}", encode(path))),
                ..Answer::text(Status::FOUND)
            };
        }
        let missing = self.not_found.as_ref();
        match missing.and_then(|name| Some((name, self.files.get(name)?))) {
            Some((name, content)) => file(Status::NOT_FOUND, name, content),
            None => page(
                Status::NOT_FOUND,
                b"<!doctype html><title>404</title><p>Not found.</p></body>",
            ),
        }
    }
}

fn file(status: Status, name: &str, content: &[u8]) -> Answer {
    match content_type(name) {
        HTML => page(status, content),
        content_type => Answer {
            status,
            content_type,
            location: None,
            body: content.to_vec(),
        },
    }
}

/// A page that reloads itself.
fn page(status: Status, content: &[u8]) -> Answer {
    Answer {
        status,
        content_type: HTML,
        location: None,
        body: with_reload(content),
    }
}

/// A script.
pub fn script(text: String) -> Answer {
    Answer {
        status: Status::OK,
        content_type: SCRIPT,
        location: None,
        body: text.into_bytes(),
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

/// A path with everything encoded but slashes and what no address needs encoded (RFC 3986, section 2.3).
fn encode(path: &str) -> String {
    let encoded = path.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

/// A page with a text as it is.
fn problem_page(problem: &str) -> String {
    let text = problem.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>errgen: nothing to show</title>\n\
         <style>:root {{ color-scheme: light dark }} body {{ font: 1rem/1.5 system-ui; margin: 2rem }} pre {{ overflow: auto }}</style>\n\
         <body>\n\
         <h1>These pages cannot be generated</h1>\n\
         <p>This page reloads when the problem is fixed.</p>\n\
         <pre>{text}</pre>\n\
         </body>"
    )
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
pub fn reload_script(version: u64) -> Answer {
    script(format!(
        "function errgenWait() {{\n  \
           const script = document.createElement(\"script\");\n  \
           script.src = \"{WAIT}{version}\";\n  \
           script.onerror = () => setTimeout(errgenWait, 1000);\n  \
           document.head.append(script);\n\
         }}\n\
         addEventListener(\"load\", errgenWait);\n"
    ))
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
