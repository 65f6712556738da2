//! What a server answers and logs.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{header, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{middleware, Router};
use errgen_sdk_server::tickets_errors::{messages, Message as _, TicketsError};
use errgen_sdk_server::tickets_errors_axum::negotiate;

/// What the logger of the framework writes.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn decline() -> Result<(), TicketsError> {
    let declined = messages::CardDeclined {
        number: "4242424242424242",
        amount: 19.5,
    };
    Err(declined.into_error().with_request_id("req_1"))
}

async fn fail() -> TicketsError {
    let error = messages::Internal.into_error();
    error.with_source("database password hunter2")
}

async fn slow_down() -> Response {
    let error = messages::TooManyRequests.into_error();
    let error = error.with_request_id("a\r\nX-Injected: yes");
    let mut response = error
        .with_retry_after(Duration::from_secs(30))
        .into_response();
    let own = HeaderValue::from_static("Origin");
    response.headers_mut().append(header::VARY, own);
    response
}

/// Serves one request, and returns the whole response in lower-case letters, with what was logged.
fn ask(path: &str, headers: &str) -> (String, String) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone());
    let answer = tracing::subscriber::with_default(subscriber.finish(), || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build();
        runtime.expect("a runtime").block_on(async {
            let routes = Router::new()
                .route("/decline", get(decline))
                .route("/fail", get(fail))
                .route("/slow", get(slow_down))
                // What another router answers knows its length before the layer sees it.
                .fallback_service(Router::new().route("/behind", get(fail)))
                .layer(middleware::from_fn(negotiate));
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                .await
                .expect("a port");
            let address = listener.local_addr().expect("an address");
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
            let client = tokio::task::spawn_blocking(move || {
                let mut stream = TcpStream::connect(address)?;
                stream.write_all(request.as_bytes())?;
                let mut answer = String::new();
                stream.read_to_string(&mut answer)?;
                Ok::<_, io::Error>(answer)
            });
            let server = axum::serve(listener, routes);
            tokio::select! {
                _ = server => unreachable!("it goes on"),
                answer = client => answer.expect("no panic").expect("an answer"),
            }
        })
    });
    let logged = log.0.lock().expect("the log").clone();
    (
        answer.to_lowercase(),
        String::from_utf8(logged).expect("UTF-8"),
    )
}

#[test]
fn puts_secrets_into_the_body_and_never_into_the_log() {
    for headers in [
        "",
        "Accept: application/problem+json\r\nAccept-Language: de\r\n",
    ] {
        let (answer, log) = ask("/decline", headers);
        assert!(answer.starts_with("http/1.1 402 "), "{answer}");
        assert!(answer.contains("4242424242424242"), "{answer}");
        assert!(answer.contains("\r\nx-request-id: req_1\r\n"), "{answer}");
        assert!(
            log.contains("card_declined: The card ••• was declined for 19.5"),
            "{log}"
        );
        assert!(!log.contains("4242"), "{log}");
    }
}

#[test]
fn keeps_the_source_to_itself() {
    for headers in ["", "Accept: application/problem+json\r\n"] {
        let (answer, log) = ask("/fail", headers);
        assert!(answer.starts_with("http/1.1 500 "), "{answer}");
        assert!(log.contains("ERROR"), "{log}");
        assert!(
            !answer.contains("hunter2") && !log.contains("hunter2"),
            "{answer}{log}"
        );
    }
}

#[test]
fn writes_problem_details_where_they_are_preferred() {
    let json = "content-type: application/json\r\n";
    let problem = "content-type: application/problem+json\r\n";
    for (accept, expected) in [
        ("application/problem+json", problem),
        ("application/problem+json, */*", problem),
        ("application/problem+json, application/json", problem),
        (
            "application/json;q=0.5, application/problem+json;q=0.9",
            problem,
        ),
        ("application/json", json),
        ("*/*", json),
        ("application/json, application/problem+json", json),
        ("application/json, application/problem+json;q=0.9", json),
        ("application/problem+json;q=0", json),
        (
            "text/html, APPLICATION/Problem+JSON; Q=0.8, */*;q=0.1",
            problem,
        ),
        ("*/*, application/problem+json", json),
        ("application/problem+json;q=nan", json),
        ("", json),
    ] {
        for path in ["/fail", "/behind"] {
            let (answer, _) = ask(path, &format!("Accept: {accept}\r\n"));
            assert!(answer.contains(expected), "{accept}: {answer}");
            assert!(answer.contains("vary: accept\r\n"), "{answer}");
            let (head, body) = answer.split_once("\r\n\r\n").expect("a body");
            let length = format!("content-length: {}", body.len());
            assert!(head.contains(&length), "{answer}");
        }
    }
}

#[test]
fn answers_in_the_language_of_the_request() {
    let (answer, _) = ask("/slow", "Accept-Language: de-AT, en;q=0.5\r\n");
    for expected in [
        "content-language: de\r\n",
        "vary: origin\r\n",
        "vary: accept-language\r\n",
        "retry-after: 30\r\n",
        "zu viele anfragen",
    ] {
        assert!(answer.contains(expected), "{answer}");
    }
    let (answer, _) = ask("/slow", "");
    assert!(
        answer.contains("too many requests") && !answer.contains("content-language"),
        "{answer}"
    );
    assert!(!answer.contains("x-injected"), "{answer}");
}

#[test]
fn leaves_all_else_to_the_framework() {
    let (answer, log) = ask("/nowhere", "Accept: application/problem+json\r\n");
    assert!(answer.starts_with("http/1.1 404 "), "{answer}");
    assert!(!log.contains("tickets"), "{log}");
}
