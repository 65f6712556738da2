//! The module with anyhow and http.
#![cfg(test)]

use std::error::Error;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use full_shop_errors::{FullShopError, FullShopErrorCode, Message as _, messages};
use http::{HeaderMap, HeaderValue, Response};

const SECRET: &str = "4111111111111111";

#[test]
fn takes_headers_as_clients_have_them() {
    let response = Response::builder()
        .status(503)
        .header("Content-Type", "application/json")
        .header("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")
        .header("Date", "Sun, 06 Nov 1994 08:49:07 GMT")
        .body(r#"{"error":{"code":"gateway"}}"#)
        .expect("a response");
    let error = FullShopError::from_body(response.status().as_u16(), *response.body())
        .with_headers(response.headers());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));

    let mut headers = HeaderMap::new();
    headers.append("retry-after", HeaderValue::from_static("7"));
    headers.append("retry-after", HeaderValue::from_static("9"));
    let error = FullShopError::new(429).with_headers(&headers);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    // By value, a name comes once for all of its headers.
    let pairs = headers
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()));
    assert_eq!(FullShopError::new(429).with_headers(pairs), error);

    let odd = HeaderValue::from_bytes(b"\xff7").expect("a value");
    let headers = [(http::header::RETRY_AFTER, odd)];
    assert_eq!(
        FullShopError::new(429).with_headers(headers).retry_after(),
        None
    );
}

#[test]
fn has_an_error_of_anyhow_as_its_source() {
    let cause = anyhow!("connection reset").context("could not send");
    let error = FullShopError::new(502).with_source(cause);
    let cause = error.source().expect("a source");
    assert_eq!(cause.to_string(), "could not send");
    let cause = cause.source().map(ToString::to_string);
    assert_eq!(cause.as_deref(), Some("connection reset"));
}

/// A function of an application that fails with the error of the module.
fn order() -> anyhow::Result<()> {
    let message = messages::CardDeclined {
        last_digits: SECRET,
        reason: "stolen",
    };
    Err(message.into_error().with_body(SECRET)).context("could not pay")
}

#[test]
fn is_the_cause_of_an_error_of_anyhow() {
    let error = order().expect_err("it fails");
    let shown = format!("{error} {error:#} {error:?} {error:#?}");
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(
        shown.contains("Card ending in ••• was declined: stolen"),
        "{shown}"
    );
    let code = error
        .downcast_ref::<FullShopError>()
        .and_then(FullShopError::code);
    assert_eq!(code, Some(FullShopErrorCode::CardDeclined));
}
