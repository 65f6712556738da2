//! Integer codes, with ranges.

use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::time::{Duration, SystemTime};

use errgen_sdk_client::pixnet_errors::{
    Case, Category, Group, LOCALES, PixnetError, PixnetErrorCode, Retry,
};
use errgen_sdk_client::{Step, step};

fn response(status: u16, code: &str, message: &str) -> PixnetError {
    let body = format!(r#"{{"error":1,"code":"{code}","message":"{message}"}}"#);
    PixnetError::from_body(status, body)
}

/// Code and id at compile time: the look-ups are constants' matter, and need no allocation.
const NO_ALBUM: Option<PixnetErrorCode> = PixnetErrorCode::from_id("album_not_activated");
const THE_SAME: Option<PixnetErrorCode> = PixnetErrorCode::from_code(2200);
const NONE: Option<PixnetErrorCode> = PixnetErrorCode::from_code(2298);
const STATUS: u16 = PixnetErrorCode::TokenInvalid.http_status();

#[test]
fn looks_up_in_constants() {
    assert_eq!(NO_ALBUM, Some(PixnetErrorCode::AlbumNotActivated));
    assert_eq!(THE_SAME, NO_ALBUM);
    assert_eq!(NONE, None);
    assert_eq!(STATUS, 401);
}

#[test]
fn decides_by_code() {
    let error = response(401, "1000", "Invalid / expired Token");
    assert_eq!(error.code(), Some(PixnetErrorCode::TokenInvalid));
    assert_eq!(step(&error, "en"), Step::SignIn);
}

#[test]
fn decides_by_group_and_category() {
    let error = response(404, "2201", "Element is not found");
    assert_eq!(error.category(), Some(Category::NotFound));
    assert_eq!(error.group(), Some(Group::NotFoundAlbum));
    assert_eq!(step(&error, "en"), Step::Nothing);
    let error = response(400, "4106", "請輸入留言內容");
    assert_eq!(
        step(&error, "en-GB"),
        Step::Correct("The content of the comment is missing. This field is required.".into())
    );
    assert_eq!(step(&response(400, "3900", "?"), "en"), Step::Report);
}

#[test]
fn waits_as_long_as_the_server_asks() {
    let throttled = response(403, "1300", "Exceed AccessToken Rate Limit");
    assert_eq!(throttled.retry(), Retry::Throttled);
    assert_eq!(step(&throttled, "en"), Step::Wait(Duration::from_secs(10)));
    let told = throttled.with_headers([("Content-Type", "text/html"), ("retry-after", "7")]);
    assert_eq!(step(&told, "en"), Step::Wait(Duration::from_secs(7)));
    let transient = PixnetError::new(503);
    assert_eq!(step(&transient, "en"), Step::Wait(Duration::from_secs(1)));
}

#[test]
fn keeps_an_unknown_code() {
    let error = response(401, "1077", "Token is odd");
    assert_eq!(error.code(), None);
    assert_eq!(error.raw_code(), Some("1077"));
    assert_eq!(error.group(), Some(Group::AuthenticationToken));
    assert_eq!(step(&error, "en"), Step::SignIn);
    assert_eq!(error.to_string(), "1077: Token is odd");
    assert_eq!(error.description("en"), None);

    let error = response(400, "77777", "Odd");
    assert_eq!((error.category(), error.group()), (None, None));
    assert_eq!(step(&error, "en"), Step::Report);

    let error = response(400, "E-77", "Odd");
    assert_eq!((error.code(), error.raw_code()), (None, Some("E-77")));
}

#[test]
fn tells_cases_apart() {
    let code = PixnetErrorCode::SubscriptionGroupNameOrCellphoneRequired;
    let error = response(400, "4109", "Missing cellphone or calling_code");
    let case = Case::SubscriptionGroupNameOrCellphoneRequiredCellphone;
    assert_eq!((error.code(), error.case()), (Some(code), Some(case)));
    assert_eq!(case.code(), code);
    assert_eq!(code.cases().len(), 2);
    assert_eq!(code.message(), None);
    assert_eq!(
        error.description("en").as_deref(),
        Some(
            "The cell phone number (cellphone) or its country calling code (calling_code) is missing. Both are required."
        )
    );
    let other = response(400, "4109", "Something else");
    assert_eq!(other.case(), None);
    assert_eq!(
        other.description("zh-TW").as_deref(),
        Some("缺少訂閱群組名稱，或是缺少手機號碼或國碼，請依訊息判斷")
    );
}

#[test]
fn shows_texts_in_the_locale_that_fits() {
    assert_eq!(LOCALES, ["zh-TW", "en"]);
    let description = |locale| PixnetErrorCode::TokenInvalid.description(locale);
    for tag in ["zh-TW", "zh_tw", "ZH-Hant-TW", "zh"] {
        assert_eq!(
            description(tag),
            "Token 過期，請重新要求新的 Token",
            "{tag}"
        );
    }
    for tag in ["en", "en-GB", "EN_us", "ja", ""] {
        assert_eq!(
            description(tag),
            "The token is invalid or has expired. Request a new one.",
            "{tag}"
        );
    }
    assert_eq!(Category::Authentication.title("zh-TW"), "認證錯誤");
    assert_eq!(Group::InputMissingField.title("en"), "Missing field");
}

#[test]
fn lists_what_there_is() {
    assert!(PixnetErrorCode::all().is_sorted_by_key(|code| code.code()));
    assert!(Category::all().contains(&Category::Internal));
    let of_input = Group::all()
        .iter()
        .filter(|group| group.category() == Category::Input);
    assert!(
        of_input
            .copied()
            .any(|group| group == Group::InputStateConflict)
    );
    let mut count = HashMap::new();
    for code in PixnetErrorCode::all() {
        assert_eq!(PixnetErrorCode::from_code(code.code()), Some(*code));
        assert_eq!(PixnetErrorCode::from_id(code.id()), Some(*code));
        *count.entry(code.category()).or_insert(0) += 1;
    }
    assert!(count[&Category::Authentication] > 1);
}

#[test]
fn is_made_from_parts() {
    let cause = io::Error::new(io::ErrorKind::ConnectionReset, "connection reset");
    let error = PixnetError::new(401)
        .with_code(PixnetErrorCode::TokenInvalid)
        .with_message("Invalid / expired Token")
        .with_body("<html>")
        .with_source(cause);
    assert_eq!(error.to_string(), "1000: Invalid / expired Token");
    assert_eq!(error.status(), 401);
    assert_eq!(error.raw_body(), b"<html>");
    let source = error
        .source()
        .and_then(|source| source.downcast_ref::<io::Error>());
    assert_eq!(
        source.map(io::Error::kind),
        Some(io::ErrorKind::ConnectionReset)
    );
    // A code as it came is the same as a known one.
    let raw = PixnetError::new(401).with_raw_code("1000");
    assert_eq!(raw.code(), error.code());
    // The last code counts.
    assert_eq!(error.with_raw_code("?").code(), None);
}

#[test]
fn has_codes_that_are_numbers() {
    const CODE: i64 = PixnetErrorCode::TokenInvalid as i64;
    assert_eq!(CODE, 1000);
    assert_eq!("1000".parse(), Ok(PixnetErrorCode::TokenInvalid));
    for text in ["", "01000", "+1000", "1000.0", "7", "token_invalid"] {
        let error = text.parse::<PixnetErrorCode>().unwrap_err();
        assert_eq!(error.to_string(), "unknown error code");
    }
    assert!(PixnetErrorCode::TokenInvalid < PixnetErrorCode::ApiKeySuspended);
    for code in PixnetErrorCode::all() {
        assert_eq!(*code as i64, code.code());
        assert_eq!(code.to_string().parse(), Ok(*code));
    }
}

#[test]
fn waits_until_a_date() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let error = PixnetError::new(503).with_headers([("Retry-After", date)]);
    // The date is long gone.
    assert_eq!(error.retry_after(), Some(Duration::ZERO));
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(784_111_767_900);
    assert_eq!(error.retry_after_at(now), Some(Duration::from_secs(10)));
    let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1_000_000_000);
    let wait = Duration::from_secs(1_784_111_777);
    assert_eq!(error.retry_after_at(before), Some(wait));
    assert!(!format!("{error:?}").contains("10s"), "not by the clock");
}

#[test]
fn asks_the_clock_without_a_date_of_the_response() {
    let error = PixnetError::new(503).with_headers([
        ("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("Date", ""),
    ]);
    let longest = Some(Duration::from_secs((1 << 31) - 1));
    assert_eq!(error.retry_after(), longest);
    assert_eq!(error.retry_after_at(SystemTime::now()), longest);
}

/// An error that was built equals one that came, whatever else is in the response.
#[test]
fn equals_what_was_built() {
    let code = PixnetErrorCode::TokenInvalid;
    let came = response(401, "1000", "Invalid / expired Token");
    let built = PixnetError::from(code).with_message("Invalid / expired Token");
    assert_eq!(built, came);
    assert_eq!(built.clone().with_source("cause").with_body("x"), came);
    let headers = [("Date", "Sun, 06 Nov 1994 08:49:37 GMT")];
    assert_eq!(came.clone().with_headers(headers), built);

    assert_ne!(PixnetError::from(code), came, "another message");
    assert_ne!(response(400, "1000", "Invalid / expired Token"), came);
    assert_ne!(response(401, "1001", "Invalid / expired Token"), came);
    let waits = came.clone().with_headers([("Retry-After", "1")]);
    assert_ne!(waits, came);
}

#[test]
fn shows_the_message_of_the_catalogue_where_there_is_none() {
    let error = PixnetError::from(PixnetErrorCode::UserAlreadyExists);
    assert_eq!(error.to_string(), "4200: User … exists");
    assert_eq!(error.raw_message(), None);
    assert_eq!(
        error.description("en").as_deref(),
        Some("User … already exists and cannot be added again.")
    );
}

/// Nothing depends on what a catalogue declares.
#[test]
fn has_what_no_catalogue_declares_yet() {
    let error = response(401, "1000", "Invalid / expired Token");
    assert!(error.errors().is_empty());
    assert!(error.fields().is_empty());
    let code = PixnetErrorCode::TokenInvalid;
    assert!(code.properties().is_empty());
    assert_eq!(code.docs_url(), None);
    assert_eq!((code.since(), code.deprecated_since()), (None, None));
    assert!(!code.is_sensitive());
}
