//! `serve`: a site in a browser on this machine, which reloads after every change.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
#[cfg(target_os = "linux")]
use std::{fs, thread};

use support::{CATALOG, project, write};
use tempfile::TempDir;

/// How long to wait for an answer: long enough for any machine, short enough for the failure to be reported.
const LIMIT: Duration = Duration::from_secs(60);

const MANIFEST: &str = "
description: A site
files:
  - { template: page.html.tera, path: index.html }
  - { template: page.html.tera, path: errors/index.html }
  - { template: page.html.tera, path: one two/index.html }
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
        Self::start_with_limit("", arguments)
    }

    /// Starts errgen in a shell that sets a limit first.
    fn start_with_limit(limit: &str, arguments: &[&str]) -> Self {
        Self::start_in(project(), limit, arguments, |_| {})
    }

    fn start_in(
        project: TempDir,
        limit: &str,
        arguments: &[&str],
        change: impl FnOnce(&Path),
    ) -> Self {
        let files = [
            ("target.yaml", MANIFEST),
            ("page.html.tera", PAGE),
            ("missing.html.tera", "<p>Nothing"),
            ("style.css", "p { color: red }"),
        ];
        for (name, content) in files {
            write(project.path(), &format!("templates/site/{name}"), content);
        }
        change(project.path());
        let mut child = Command::new("sh")
            .args([
                "-c",
                &format!("{limit}exec \"$0\" \"$@\""),
                env!("CARGO_BIN_EXE_errgen"),
            ])
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
        let answer = self.request("GET", path, &[&self.host()]);
        (
            answer.status().to_owned(),
            answer.field("Content-Type").unwrap_or_default().to_owned(),
            answer.body().to_owned(),
        )
    }

    fn host(&self) -> String {
        format!("Host: {}", self.address)
    }

    /// The status of an answer to a request with these fields.
    fn status(&self, method: &str, path: &str, fields: &[&str]) -> String {
        self.request(method, path, fields).status().to_owned()
    }

    fn request(&self, method: &str, path: &str, fields: &[&str]) -> Answer {
        let line = format!("{method} {path} HTTP/1.1");
        let lines = [&[line.as_str()], fields, &["", ""]].concat();
        self.send(&lines.join("\r\n"))
    }

    fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.contains("\r\n\r\n"), "{answer:?}");
        Answer(answer)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(LIMIT)).expect("a limit");
        stream
    }
}

/// An answer as it was sent.
struct Answer(String);

impl Answer {
    fn head(&self) -> &str {
        self.0.split("\r\n\r\n").next().expect("a head")
    }

    fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").expect("a head").1
    }

    fn status(&self) -> &str {
        self.head().split(' ').nth(1).expect("a status")
    }

    fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.head().lines().filter_map(|line| line.split_once(": "));
        fields.find_map(|(own, value)| (own == name).then_some(value))
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
    let own = serving.host();
    assert_eq!(serving.status("POST", "/", &[&own]), "405");
    assert!(serving.address.starts_with("127.0.0.1:"));
    let port = serving.address.rsplit(':').next().expect("a port");
    // A domain of an attacker can lead to this machine.
    for (host, status) in [
        (format!("localhost:{port}"), "200"),
        ("attacker.example".to_owned(), "403"),
        (format!("attacker.example:{port}"), "403"),
        (format!("127.0.0.1.attacker.example:{port}"), "403"),
        ("127.0.0.1".to_owned(), "403"),
        ("localhost:1".to_owned(), "403"),
    ] {
        assert_eq!(
            serving.status("GET", "/", &[&format!("Host: {host}")]),
            status,
            "{host}"
        );
    }
    assert_eq!(serving.status("GET", "/", &[]), "403");
    assert_eq!(
        serving.status("GET", "/", &[&own, "Host: attacker.example"]),
        "403"
    );
}

#[test]
fn pages_of_other_sites_learn_nothing() {
    let serving = Serving::start(&[]);
    let own = serving.host();
    for path in [
        "/",
        "/style.css",
        "/nothing",
        "/-errgen/reload.js",
        "/-errgen/wait.js?0",
    ] {
        for (site, status) in [
            ("cross-site", "403"),
            ("same-site", "403"),
            ("new", "403"),
            ("none", ""),
            ("same-origin", ""),
        ] {
            let answer = serving.request("GET", path, &[&own, &format!("Sec-Fetch-Site: {site}")]);
            let is_refused = answer.status() == "403";
            assert_eq!(
                is_refused,
                status == "403",
                "{path} {site}: {}",
                answer.head()
            );
            // For browsers that do not say which site a request comes from.
            assert_eq!(
                answer.field("Cross-Origin-Resource-Policy"),
                Some("same-origin")
            );
            assert_eq!(answer.field("X-Frame-Options"), Some("SAMEORIGIN"));
            assert_eq!(answer.field("X-Content-Type-Options"), Some("nosniff"));
        }
    }
    // A link to a page may be followed from anywhere, but nobody else may show the page in a frame.
    let link = |destination| {
        let destination = format!("Sec-Fetch-Dest: {destination}");
        let fields = [
            &*own,
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: navigate",
            &destination,
        ];
        serving.status("GET", "/", &fields)
    };
    assert_eq!((&*link("document"), &*link("iframe")), ("200", "403"));
}

#[test]
fn the_address_of_a_folder_gets_its_slash() {
    let serving = Serving::start(&[]);
    let own = serving.host();
    let location = |path| {
        let answer = serving.request("GET", path, &[&own]);
        (
            answer.status().to_owned(),
            answer.field("Location").map(str::to_owned),
        )
    };
    for (path, to) in [
        ("/errors", "/errors/"),
        ("/errors?theme=dark", "/errors/?theme=dark"),
        ("/%65rrors", "/errors/"),
        ("/one%20two", "/one%20two/"),
    ] {
        assert_eq!(
            location(path),
            ("302".to_owned(), Some(to.to_owned())),
            "{path}"
        );
    }
    // None of these is a folder of the site, and none leads to another host.
    for path in [
        "//errors",
        "//evil.example/errors",
        "//evil.example/..",
        "/%2Fevil.example/errors",
        "/\\evil.example/errors",
        "/%5Cerrors",
        "/errors%0d%0aX:y",
    ] {
        assert_eq!(location(path), ("404".to_owned(), None), "{path}");
    }
    for target in ["http://evil.example/errors", "errors", "*"] {
        assert_eq!(location(target), ("400".to_owned(), None), "{target}");
    }
}

#[test]
fn head_is_an_answer_without_its_body() {
    let serving = Serving::start(&[]);
    let own = serving.host();
    let [whole, head] = ["GET", "HEAD"].map(|method| serving.request(method, "/", &[&own]));
    assert_eq!((head.head(), head.body()), (whole.head(), ""));
}

#[test]
fn requests_that_are_none_are_refused() {
    let serving = Serving::start(&[]);
    let many = "X: x\r\n".repeat(200);
    for (request, status) in [
        ("nonsense\r\n\r\n".to_owned(), "400"),
        ("GET / HTTP/1.1\r\nno field\r\n\r\n".to_owned(), "400"),
        (
            format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(20_000)),
            "431",
        ),
        (format!("GET / HTTP/1.1\r\n{many}\r\n"), "431"),
    ] {
        assert_eq!(serving.send(&request).status(), status);
    }
}

/// A client that sends nothing, or a letter now and then, has to make room.
#[test]
fn slow_clients_keep_nobody_waiting_for_ever() {
    let serving = Serving::start(&[]);
    let mut slow: Vec<_> = (0..100).map(|_| serving.connect()).collect();
    let mut idle = slow.remove(0);
    for stream in &mut slow {
        stream
            .write_all(b"GET / HTTP/1.1\r\nX: ")
            .expect("a beginning");
    }
    assert_eq!(serving.get("/").0, "200");
    let mut answers = [&mut idle, &mut slow[0]].map(|stream| {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    });
    // A browser would take an answer to nothing for one to its next request.
    assert_eq!(answers[0], "");
    answers[1].truncate("HTTP/1.1 408".len());
    assert_eq!(answers[1], "HTTP/1.1 408");
}

/// Pages that wait for a change and have been left.
#[test]
fn pages_that_were_left_keep_nobody_waiting() {
    let serving = Serving::start(&[]);
    let start = Instant::now();
    for _ in 0..200 {
        let mut stream = serving.connect();
        let request = format!(
            "GET /-errgen/wait.js?1 HTTP/1.1\r\n{}\r\n\r\n",
            serving.host()
        );
        stream.write_all(request.as_bytes()).expect("a request");
    }
    assert_eq!(serving.get("/").0, "200");
    // Three times 64 pages, each given up within a second; a page waits for 20 seconds.
    assert!(start.elapsed() < Duration::from_secs(15));
}

/// With 24 file handles, and more connections than that.
#[cfg(target_os = "linux")]
#[test]
fn a_lack_of_file_handles_is_waited_out() {
    let serving = Serving::start_with_limit("ulimit -n 24; ", &[]);
    let many: Vec<_> = (0..100).map(|_| serving.connect()).collect();
    let before = processor_time(serving.child.id());
    thread::sleep(Duration::from_secs(2));
    // In hundredths of a second.
    let spent = processor_time(serving.child.id()) - before;
    assert!(spent < 50, "{spent}");
    drop(many);
    assert_eq!(serving.get("/").0, "200");
}

/// In hundredths of a second, as Linux counts: fields 14 and 15. The second is a name in parentheses.
#[cfg(target_os = "linux")]
fn processor_time(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("a process");
    let fields = stat.rsplit(')').next().expect("fields");
    let times = fields.split_whitespace().skip(11).take(2);
    times
        .map(|time| time.parse::<u64>().expect("a number"))
        .sum()
}

#[test]
fn a_broken_catalogue_is_shown_in_the_page() {
    let mut serving = Serving::start(&[]);
    let broken = CATALOG.replace("id: one,", "id: \"<b>&One</b>\",");
    write(serving.project.path(), "catalog.yaml", &broken);
    assert!(serving.line().starts_with("site: serving at "));
    for path in ["/", "/errors/", "/nothing"] {
        let (status, kind, body) = serving.get(path);
        assert_eq!((&*status, &*kind), ("500", HTML), "{path}");
        assert!(body.contains("catalog.yaml:10:24: error[E201"), "{body}");
        assert!(
            body.contains("&lt;b>&amp;One&lt;/b>") && !body.contains("<b>"),
            "{body}"
        );
        assert!(body.contains(SCRIPT), "{body}");
    }
    assert_eq!(serving.get("/style.css").0, "200");
    let wait = wait_address(&serving);
    write(serving.project.path(), "catalog.yaml", CATALOG);
    assert_eq!(serving.get(&wait).2, "location.reload();");
    assert!(serving.line().starts_with("site: serving at "));
    assert!(serving.get("/").2.contains("One.Two."));
}

#[test]
fn a_catalogue_may_be_broken_from_the_start() {
    let mut serving = Serving::start_in(project(), "", &[], |project| {
        write(project, "catalog.yaml", "catalog: [");
    });
    assert!(serving.get("/").2.contains("error[E004"));
    write(serving.project.path(), "catalog.yaml", CATALOG);
    assert!(serving.line().starts_with("site: serving at "));
    assert!(serving.get("/").2.contains("One.Two."));
}

/// Where a page asks for the next version.
fn wait_address(serving: &Serving) -> String {
    let (_, _, script) = serving.get("/-errgen/reload.js");
    let mut strings = script.split('"');
    let wait = strings.find(|it| it.starts_with("/-errgen/wait.js?"));
    wait.expect("an address").to_owned()
}

#[test]
fn a_change_is_shown_and_told_to_the_pages() {
    let mut serving = Serving::start(&[]);
    let wait = wait_address(&serving);
    let catalog = CATALOG.replace("message: One,", "message: <First>,");
    write(serving.project.path(), "catalog.yaml", &catalog);
    // Answered only when there is another version.
    assert_eq!(serving.get(&wait).2, "location.reload();");
    assert!(serving.line().starts_with("site: serving at "));
    assert!(serving.get("/").2.contains("&lt;First>.Two."));
    write(
        serving.project.path(),
        "catalog.yaml",
        &CATALOG.replace("message: One,", "message: Last,"),
    );
    assert!(serving.line().starts_with("site: serving at "));
    assert!(serving.get("/").2.contains("Last.Two."));
}
