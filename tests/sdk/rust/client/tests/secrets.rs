//! A sensitive value shows nowhere but where it is asked for.

use std::error::Error;
use std::fmt::{Debug, Write};
use std::panic::{self, AssertUnwindSafe};

use full_shop_errors::{FullShopError, FullShopErrorCode, Message, messages};

const SECRET: &str = "4111111111111111";

/// Whether a text has the secret, as a text or as bytes.
fn has_secret(text: &str) -> bool {
    let bytes = format!("{:?}", SECRET.as_bytes());
    let text: String = text.split_whitespace().collect();
    let bytes: String = bytes.split_whitespace().collect();
    text.contains(SECRET) || text.contains(bytes.trim_matches(['[', ']']))
}

/// What programs print without asking for anything raw.
fn printed(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// An error with all its causes, as programs and crates for errors print it.
fn chain(error: &dyn Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut next = error.source();
    while let Some(cause) = next {
        write!(text, "\nCaused by: {cause} {cause:?}").expect("a text takes all");
        next = cause.source();
    }
    text
}

/// What a panic says, as a hook of a crash reporter gets it.
fn panicked(result: Result<(), FullShopError>) -> String {
    let unwrap = AssertUnwindSafe(move || result.unwrap());
    let panic = panic::catch_unwind(unwrap).unwrap_err();
    *panic.downcast::<String>().expect("a text")
}

fn body(code: &str, text: &str) -> String {
    format!(r#"{{"error":{{"code":"{code}","detail":[{{"text":"{text}"}}]}},"card":"{SECRET}"}}"#)
}

/// Errors that hold the secret in each way that they can.
fn errors() -> Vec<FullShopError> {
    let matches = format!("Card ending in {SECRET} was declined: stolen");
    let other = format!("Declined: {SECRET}");
    let built = messages::CardDeclined {
        last_digits: SECRET,
        reason: "stolen",
    };
    vec![
        FullShopError::from_body(402, body("card_declined", &matches)),
        FullShopError::from_body(402, body("card_declined", &other)),
        // Codes that have no secrets, with texts that do.
        FullShopError::from_body(503, body("gateway", &other)),
        FullShopError::from_body(400, body("order_invalid", &other)),
        FullShopError::from_body(402, body("card_stolen", &matches)),
        FullShopError::new(402).with_message(&matches),
        FullShopError::new(402).with_body(SECRET),
        FullShopError::from(FullShopErrorCode::CardDeclined).with_message(matches),
        built.into_error(),
        built.into(),
        FullShopError::new(502).with_source(built.into_error()),
    ]
}

#[test]
fn no_text_shows_a_secret() {
    for error in errors() {
        let boxed: Box<dyn Error + Send + Sync> = error.clone().into();
        let texts = [
            chain(&error),
            chain(&*boxed),
            printed(&boxed),
            printed(&Some(&error)),
            printed(&error.message()),
            printed(&error.parameters()),
            printed(&error.code()),
            printed(&error.description("en")),
            printed(&error.resolution("de")),
            printed(&error.errors()),
            printed(&error.fields()),
            panicked(Err(error.clone())),
            printed(&messages::CardDeclined::from_error(&error)),
        ];
        for text in texts {
            assert!(!has_secret(&text), "{text}");
        }
    }
}

#[test]
fn a_message_shows_no_secret() {
    let message = messages::CardDeclined {
        last_digits: SECRET,
        reason: "expired",
    };
    assert_eq!(
        message.to_string(),
        "Card ending in ••• was declined: expired"
    );
    assert_eq!(
        format!("{message:?}"),
        r#"CardDeclined { last_digits: •••, reason: "expired" }"#
    );
    assert_eq!(
        message.description("zh-TW"),
        "The card ending in ••• was declined (expired)."
    );
    assert_eq!(
        message.resolution("de").as_deref(),
        Some("Bitte eine andere Karte als ••• verwenden.")
    );
    let shown = format!("{:?}", message.parameters());
    assert_eq!(shown, r#"{"last_digits": •••, "reason": "expired"}"#);
}

#[test]
fn what_may_be_shown_stays_readable() {
    let shown = errors();
    let shown: Vec<_> = shown.iter().map(ToString::to_string).collect();
    let matches = "card_declined: Card ending in ••• was declined: stolen";
    assert_eq!(
        shown,
        [
            matches,
            "card_declined: Card ending in ••• was declined: …",
            "gateway: Gateway unavailable",
            "order_invalid: HTTP 400",
            "card_stolen: HTTP 402",
            "HTTP 402",
            "HTTP 402",
            matches,
            matches,
            matches,
            "HTTP 502",
        ]
    );
}

#[test]
fn whoever_asks_gets_all() {
    let text = format!("Card ending in {SECRET} was declined: stolen");
    let body = body("card_declined", &text);
    let error = FullShopError::from_body(402, body.as_str());
    assert_eq!(error.raw_message(), Some(text.as_str()));
    assert_eq!(error.raw_body(), body.as_bytes());
    let description = format!("The card ending in {SECRET} was declined (stolen).");
    assert_eq!(error.raw_description("en").as_deref(), Some(&*description));
    let resolution = format!("Use a card other than {SECRET}.");
    assert_eq!(error.raw_resolution("en").as_deref(), Some(&*resolution));
    let value = error
        .parameter("last_digits")
        .map(|value| value.to_string());
    assert_eq!(value.as_deref(), Some(SECRET));

    let message = messages::CardDeclined::from_error(&error).expect("it matches");
    assert_eq!(message.last_digits, SECRET);
    assert_eq!(message.raw_message(), text);
    assert_eq!(message.raw_description("en"), description);
    assert_eq!(message.raw_resolution("en").as_deref(), Some(&*resolution));
}
