//! String codes, sensitive parameters, deprecated and retired codes.

use full_shop_errors::{
    Category, FullShopError, FullShopErrorCode, Group, ParameterType, ParameterValue, Retry,
};

fn response(status: u16, code: &str, text: &str) -> FullShopError {
    let body = format!(r#"{{"error":{{"code":"{code}","detail":[{{"text":"{text}"}}]}}}}"#);
    FullShopError::from_body(status, body)
}

#[test]
fn reads_codes_that_are_texts() {
    const WARNING: Option<FullShopErrorCode> = FullShopErrorCode::from_code("01000");
    assert_eq!(WARNING, Some(FullShopErrorCode::PaymentWarning));
    assert_eq!(FullShopErrorCode::from_code("1000"), None);
    let error = response(
        429,
        "card_limit",
        "Limit of 3 reached, final: true, set {limit}",
    );
    assert_eq!(error.code(), Some(FullShopErrorCode::CardLimitExceeded));
    assert_eq!(error.retry(), Retry::Throttled);
    assert_eq!(error.parameter("limit"), Some(ParameterValue::Integer(3)));
    let is_final = error
        .parameter("final")
        .and_then(|value| bool::try_from(value).ok());
    assert_eq!(is_final, Some(true));
    let wrong = error.parameter("final").map(i64::try_from);
    assert_eq!(wrong, Some(Err(ParameterValue::Boolean(true))));
}

#[test]
fn knows_sensitive_parameters() {
    let code = FullShopErrorCode::CardDeclined;
    assert!(code.is_sensitive());
    let parameters = code.parameters().iter();
    let parameters: Vec<_> = parameters
        .map(|parameter| {
            (
                parameter.name(),
                parameter.value_type(),
                parameter.is_sensitive(),
            )
        })
        .collect();
    let string = ParameterType::String;
    assert_eq!(
        parameters,
        [("last_digits", string, true), ("reason", string, false)]
    );
}

#[test]
fn orders_codes_as_texts() {
    let codes = FullShopErrorCode::all();
    assert!(codes.is_sorted());
    assert!(codes.is_sorted_by_key(|code| code.code()));
    assert_eq!("gateway".parse(), Ok(FullShopErrorCode::GatewayUnavailable));
    assert!("GATEWAY".parse::<FullShopErrorCode>().is_err());
}

/// The compiler warns of them: without the warning, `expect` would be one.
#[test]
#[expect(deprecated)]
fn knows_deprecated_and_retired_codes() {
    let error = response(503, "card_retry", "Gateway busy");
    assert_eq!(error.code(), Some(FullShopErrorCode::CardGatewayBusy));
    assert_eq!(error.group(), Some(Group::PaymentCard));
    let code = FullShopErrorCode::CardGatewayBusy;
    assert_eq!(code.deprecated_since(), Some("2.0.0"));
    assert_eq!(
        code.replacement(),
        Some(FullShopErrorCode::GatewayUnavailable)
    );
}

#[test]
#[expect(deprecated)]
fn knows_retired_codes() {
    let error = response(410, "order_gone", "Order gone");
    assert_eq!(error.code(), Some(FullShopErrorCode::OrderGone));
    assert_eq!(FullShopErrorCode::OrderGone.retired_since(), Some("1.5.0"));
    assert_eq!(FullShopErrorCode::OrderGone.deprecated_since(), None);
}

#[test]
fn says_where_to_read_on() {
    let code = FullShopErrorCode::CardDeclined;
    assert_eq!(
        code.docs_url(),
        Some("https://errors.example.com/card_declined?id=card_declined")
    );
    assert_eq!(code.since(), Some("1.0.0"));
    assert_eq!(
        code.resolution("de-AT"),
        Some("Bitte eine andere Karte als {last_digits} verwenden.")
    );
    assert_eq!(FullShopErrorCode::PaymentWarning.resolution("de"), None);
    assert_eq!(Category::Order.title("zh-Hant"), "Order");
}
