//! Integer codes, with ranges.

use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::time::Duration;

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
    assert_eq!(step(&response(400, "8100", "?"), "en"), Step::Report);
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
    assert_eq!(error.body(), b"<html>");
    let source = error
        .source()
        .and_then(|source| source.downcast_ref::<io::Error>());
    assert_eq!(
        source.map(io::Error::kind),
        Some(io::ErrorKind::ConnectionReset)
    );
    // A number as it came is the same as a known code.
    assert_eq!(PixnetError::new(401).with_code(1000).code(), error.code());
    // The last code counts.
    assert_eq!(error.with_code("?").code(), None);
}
