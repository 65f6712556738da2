//! Messages, built and read back.

use errgen_sdk_client::pixnet_errors::{self, Message as _, PixnetError, PixnetErrorCode};
use full_shop_errors::{Case, FullShopError, FullShopErrorCode, Message, messages};

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

/// What a server does to raise an error, whichever it is.
fn raise<'a>(message: impl Message<'a>) -> (u16, String, FullShopError) {
    let error = message.into_error();
    let code = error
        .code()
        .map_or_else(String::new, |code| code.to_string());
    (error.status(), code, error)
}

/// `?` converts a message into an error.
fn fail(user: &str) -> Result<(), PixnetError> {
    Err(pixnet_errors::messages::UserAlreadyExists { user })?;
    Ok(())
}

#[test]
fn becomes_an_error() {
    use messages::{CardDeclined, OrderInvalidTooMany};

    assert_eq!(CardDeclined::CODE, FullShopErrorCode::CardDeclined);
    assert_eq!(CardDeclined::CASE, None);
    let case = Some(Case::OrderInvalidTooMany);
    assert_eq!(OrderInvalidTooMany::CASE, case);

    let (count, limit) = (120, 100);
    let (status, code, error) = raise(OrderInvalidTooMany { count, limit });
    assert_eq!((status, code.as_str()), (400, "order_invalid"));
    assert_eq!(error.case(), case);
    let text = "The order has 120 items, the limit is 100";
    let body = format!(r#"{{"error":{{"code":"order_invalid","detail":[{{"text":"{text}"}}]}}}}"#);
    assert_eq!(error, FullShopError::from_body(400, body));

    let body = r#"{"code":4200,"message":"User emma exists"}"#;
    assert_eq!(fail("emma"), Err(PixnetError::from_body(400, body)));
}

#[test]
fn reads_back_what_it_has_built() {
    let built = messages::OrderInvalidTooMany {
        count: 120,
        limit: 100,
    };
    let error = FullShopError::new(400)
        .with_code(FullShopErrorCode::OrderInvalid)
        .with_message(built.raw_message());
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
