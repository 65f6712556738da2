//! `serve`: a site in a browser on this machine, which reloads after every change.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use support::{CATALOG, project, write};
use tempfile::TempDir;

/// How long to wait for an answer: long enough for any machine, short enough for the failure to be reported.
const LIMIT: Duration = Duration::from_secs(60);

const MANIFEST: &str = "
description: A site
files:
  - { template: page.html.tera, path: index.html }
  - { template: page.html.tera, path: errors/index.html }
  - { template: missing.html.tera, path: 404.html }
escapes: { html: { replace: { '<': '&lt;' } } }
pages: { index: index.html, not_found: 404.html }
";

const PAGE: &str = "<!doctype html><title>Site</title><body>{% for error in catalog.errors %}{{ error.message.value | escape(context=\"html\") }}.{% endfor %}</body>";

struct Serving {
    project: TempDir,
    child: Child,
    output: BufReader<ChildStdout>,
    address: String,
}

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        let project = project();
        write(project.path(), "templates/site/target.yaml", MANIFEST);
        write(project.path(), "templates/site/page.html.tera", PAGE);
        write(
            project.path(),
            "templates/site/missing.html.tera",
            "<p>Nothing",
        );
        write(
            project.path(),
            "templates/site/style.css",
            "p { color: red }",
        );
        let mut child = Command::new(env!("CARGO_BIN_EXE_errgen"))
            .args(["serve", "--port", "0", "--templates", "templates"])
            .args(arguments)
            .current_dir(project.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("errgen starts");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut serving = Self {
            project,
            child,
            output,
            address: String::new(),
        };
        let line = serving.line();
        let url = line
            .strip_prefix("site: serving at http://")
            .expect("an address");
        url.trim_end_matches('/').clone_into(&mut serving.address);
        serving
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }

    /// The status, the type and the body of an answer.
    fn get(&self, path: &str) -> (String, String, String) {
        self.request("GET", path, &self.address)
    }

    fn request(&self, method: &str, path: &str, host: &str) -> (String, String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit");
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).expect("a status");
        let mut headers = head.lines();
        let kind = headers.find_map(|line| line.strip_prefix("Content-Type: "));
        (
            status.to_owned(),
            kind.unwrap_or_default().to_owned(),
            body.to_owned(),
        )
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "<script src=\"/-errgen/reload.js\" defer></script>";

#[test]
fn pages_are_found_as_a_web_server_finds_them() {
    let serving = Serving::start(&[]);
    let page = format!("<!doctype html><title>Site</title><body>One.Two.{SCRIPT}</body>");
    for path in [
        "/",
        "/index.html",
        "/?theme=dark",
        "/errors/",
        "/%65rrors/index.html",
    ] {
        let answer = serving.get(path);
        assert_eq!(
            answer,
            ("200".to_owned(), HTML.to_owned(), page.clone()),
            "{path}"
        );
    }
    let (status, kind, body) = serving.get("/style.css");
    assert_eq!(
        (&*status, &*kind, &*body),
        ("200", "text/css; charset=utf-8", "p { color: red }")
    );
    let (status, _, body) = serving.get("/nothing");
    assert_eq!((&*status, body), ("404", format!("<p>Nothing{SCRIPT}")));
    for path in ["/../catalog.yaml", "/..%2fcatalog.yaml", "//etc/passwd"] {
        assert_eq!(serving.get(path).0, "404", "{path}");
    }
}

#[test]
fn nobody_else_is_answered() {
    let serving = Serving::start(&["site"]);
    assert_eq!(serving.request("GET", "/", "attacker.example").0, "403");
    assert_eq!(serving.request("POST", "/", &serving.address).0, "405");
    assert!(serving.address.starts_with("127.0.0.1:"));
}

#[test]
fn a_change_is_shown_and_told_to_the_pages() {
    let mut serving = Serving::start(&[]);
    let (_, _, script) = serving.get("/-errgen/reload.js");
    let wait = script
        .split('"')
        .find(|it| it.starts_with("/-errgen/wait.js?"));
    let wait = wait.expect("an address").to_owned();
    let catalog = CATALOG.replace("message: One,", "message: <First>,");
    write(serving.project.path(), "catalog.yaml", &catalog);
    // Answered only when there is another version.
    assert_eq!(serving.get(&wait).2, "location.reload();");
    assert!(serving.line().starts_with("site: serving at "));
    assert!(serving.get("/").2.contains("&lt;First>.Two."));
    // A broken catalogue leaves the last version as it is.
    write(serving.project.path(), "catalog.yaml", "catalog: [");
    write(
        serving.project.path(),
        "catalog.yaml",
        &CATALOG.replace("message: One,", "message: Last,"),
    );
    assert!(serving.line().starts_with("site: serving at "));
    assert!(serving.get("/").2.contains("Last.Two."));
}
