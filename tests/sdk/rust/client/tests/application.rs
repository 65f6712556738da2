//! Both modules in one program, and what else programs do with errors.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::thread;

use errgen_sdk_client::pixnet_errors::{PixnetError, PixnetErrorCode};
use errgen_sdk_client::{ApplicationError, order};
use full_shop_errors::{FullShopError, FullShopErrorCode};

#[test]
fn has_both_side_by_side() {
    assert!(order((200, ""), (200, "")).is_ok());
    let error = order((401, r#"{"code":"1000"}"#), (200, "")).unwrap_err();
    let ApplicationError::Pixnet(pixnet) = &error else {
        panic!("{error} is of the other service");
    };
    assert_eq!(pixnet.code(), Some(PixnetErrorCode::TokenInvalid));
    let error = order((200, ""), (503, r#"{"error":{"code":"gateway"}}"#)).unwrap_err();
    let ApplicationError::Shop(shop) = &error else {
        panic!("{error} is of the other service");
    };
    assert_eq!(shop.code(), Some(FullShopErrorCode::GatewayUnavailable));
    let chain = [
        error.to_string(),
        error.source().map(ToString::to_string).unwrap_or_default(),
    ];
    assert_eq!(chain, ["the shop refused", "gateway: Gateway unavailable"]);
}

#[test]
fn is_found_again_behind_a_trait_object() {
    fn fail() -> Result<(), Box<dyn Error + Send + Sync>> {
        Err(PixnetError::new(404).with_code(PixnetErrorCode::ArticleNotFound))?;
        Ok(())
    }
    let error = fail().unwrap_err();
    assert!(error.downcast_ref::<FullShopError>().is_none());
    let pixnet = error.downcast_ref::<PixnetError>();
    assert_eq!(
        pixnet.and_then(PixnetError::code),
        Some(PixnetErrorCode::ArticleNotFound)
    );
}

#[test]
fn goes_through_threads() {
    let error = Arc::new(PixnetError::from_body(
        400,
        r#"{"code":4200,"message":"User a exists"}"#,
    ));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let error = Arc::clone(&error);
            thread::spawn(move || PixnetError::description(&error, "en").map(String::from))
        })
        .collect();
    for thread in threads {
        let description = thread.join().unwrap();
        assert_eq!(
            description.as_deref(),
            Some("User a already exists and cannot be added again.")
        );
    }
}

#[test]
fn is_the_same_when_cloned() {
    let cause = PixnetError::new(502);
    let error = FullShopError::from_body(402, "?").with_source(cause);
    let copy = error.clone();
    assert_eq!(format!("{copy:?}"), format!("{error:?}"));
    assert_eq!(copy, error);
    assert_eq!(copy.raw_body(), error.raw_body());
    assert_eq!(
        copy.source().map(ToString::to_string).as_deref(),
        Some("HTTP 502")
    );
}

#[test]
fn counts_by_code() {
    let mut seen: HashMap<Option<PixnetErrorCode>, u32> = HashMap::new();
    for body in [
        r#"{"code":1000}"#,
        r#"{"code":"1000"}"#,
        r#"{"code":"7"}"#,
        "<html>",
    ] {
        let error = PixnetError::from_body(400, body);
        *seen.entry(error.code()).or_default() += 1;
    }
    assert_eq!(seen[&Some(PixnetErrorCode::TokenInvalid)], 2);
    assert_eq!(seen[&None], 2);
}

#[test]
fn takes_anything_for_a_body() {
    let deep = "[".repeat(100_000);
    let long = format!(
        r#"{{"code":"4200","message":"User {} exists"}}"#,
        "x ".repeat(500_000)
    );
    let bodies: [&[u8]; 8] = [
        b"",
        b"\0",
        b"\xff\xfe\x00",
        b"{\"code\":",
        b"\"\\ud800\"",
        b"{\"code\":{\"code\":[1000]},\"message\":[]}",
        deep.as_bytes(),
        long.as_bytes(),
    ];
    for body in bodies {
        for error in [
            PixnetError::from_body(500, body),
            PixnetError::from_body(0, body.to_vec()),
        ] {
            assert_eq!(error.raw_body(), body);
            let _ = (
                error.to_string(),
                format!("{error:?}"),
                error.description("\u{202e}-_-"),
            );
        }
        assert_eq!(FullShopError::from_body(u16::MAX, body).raw_body(), body);
    }
    let error = PixnetError::from_body(400, long);
    assert_eq!(
        error.parameter("user").map(|user| user.to_string().len()),
        Some(1_000_000)
    );
}

/// What clippy's `result_large_err` is about.
#[test]
fn is_as_wide_as_a_pointer() {
    let pointer = size_of::<usize>();
    assert_eq!(size_of::<PixnetError>(), pointer);
    assert_eq!(size_of::<Result<(), PixnetError>>(), pointer);
    assert_eq!(size_of::<Option<FullShopError>>(), pointer);
}

#[test]
fn takes_any_cause() {
    let boxed: Box<dyn Error + Send + Sync> = "reset by peer".into();
    let causes = [
        PixnetError::new(502).with_source(boxed),
        PixnetError::new(502).with_source("reset by peer"),
        PixnetError::new(502).with_source(std::io::Error::other("reset by peer")),
        PixnetError::new(502).with_source(String::from("reset by peer")),
    ];
    for error in &causes {
        let cause = error.source().map(ToString::to_string);
        assert_eq!(cause.as_deref(), Some("reset by peer"));
        assert_eq!(*error, PixnetError::new(502), "without the cause");
    }
}
