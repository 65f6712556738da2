//! Messages, built and read back.

use errgen_sdk_client::pixnet_errors::{self, PixnetError, PixnetErrorCode};
use full_shop_errors::{FullShopError, FullShopErrorCode, messages};

#[test]
fn builds_a_message_and_its_texts() {
    let message = pixnet_errors::messages::UserAlreadyExists { user: "emma" };
    assert_eq!(message.to_string(), "User emma exists");
    assert_eq!(
        message.description("en"),
        "User emma already exists and cannot be added again."
    );
    assert_eq!(
        message.description("zh_TW"),
        "使用者 emma 已經存在，無法重複加入"
    );
    assert_eq!(message.resolution("en"), None);

    let message = pixnet_errors::messages::UrlParameterRequired {
        parameter: "{category_id}",
    };
    assert_eq!(message.to_string(), "URL 中缺少必要參數 {category_id}");
    assert_eq!(
        message.description("en-US"),
        "The URL lacks the required parameter {category_id}. Add it and try again."
    );
    assert_eq!(
        format!("{message:?}"),
        r#"UrlParameterRequired { parameter: "{category_id}" }"#
    );
}

#[test]
fn builds_with_parameters_of_every_type() {
    let message = messages::CardLimitExceeded {
        limit: -3,
        r#final: false,
    };
    assert_eq!(
        message.to_string(),
        "Limit of -3 reached, final: false, set {limit}"
    );
    assert_eq!(message.description("de"), "Das Limit von -3 ist erreicht.");
    assert_eq!(message.description("zh-TW"), "已達上限 -3。");
    assert_eq!(message.resolution("de"), None);
    assert_eq!(
        format!("{message:?}"),
        "CardLimitExceeded { limit: -3, final: false }"
    );
}

#[test]
fn builds_a_case() {
    let message = messages::OrderInvalidTooMany {
        count: 120,
        limit: 100,
    };
    assert_eq!(
        message.to_string(),
        "The order has 120 items, the limit is 100"
    );
    assert_eq!(
        message.description("de"),
        "The order has 120 items, of which at most 100 are allowed."
    );
}

#[test]
fn shows_no_secret_but_in_the_message() {
    let message = messages::CardDeclined {
        last_digits: "4242",
        reason: "expired",
    };
    assert_eq!(
        message.to_string(),
        "Card ending in 4242 was declined: expired"
    );
    assert_eq!(
        message.description("zh-TW"),
        "The card ending in 4242 was declined (expired)."
    );
    assert_eq!(
        message.resolution("de").as_deref(),
        Some("Bitte eine andere Karte als 4242 verwenden.")
    );
    assert_eq!(
        format!("{message:?}"),
        r#"CardDeclined { last_digits: {last_digits}, reason: "expired" }"#
    );
}

#[test]
fn reads_back_what_it_has_built() {
    let built = messages::OrderInvalidTooMany {
        count: 120,
        limit: 100,
    };
    let error = FullShopError::new(400)
        .with_code(FullShopErrorCode::OrderInvalid)
        .with_message(built.to_string());
    assert_eq!(
        messages::OrderInvalidTooMany::from_error(&error),
        Some(built)
    );
    // Another code, another case, and a message that is not as the catalogue says.
    assert_eq!(messages::CardLimitExceeded::from_error(&error), None);
    let empty = error.clone().with_message("The order is empty");
    assert_eq!(messages::OrderInvalidTooMany::from_error(&empty), None);
    let word = error.with_message("The order has many items, the limit is 100");
    assert_eq!(messages::OrderInvalidTooMany::from_error(&word), None);
}

#[test]
fn takes_parameters_apart() {
    let error = PixnetError::from_body(400, r#"{"code":4200,"message":"User emma exists"}"#);
    let Some(pixnet_errors::messages::UserAlreadyExists { user }) =
        pixnet_errors::messages::UserAlreadyExists::from_error(&error)
    else {
        panic!("{error} is another error");
    };
    assert_eq!(user, "emma");
    let parameter = error.parameter("user").map(|value| value.to_string());
    assert_eq!(parameter.as_deref(), Some("emma"));
}

#[test]
fn needs_no_type_where_there_are_no_parameters() {
    const MESSAGE: Option<&str> = PixnetErrorCode::TokenInvalid.message();
    assert_eq!(MESSAGE, Some("Invalid / expired Token"));
}
