//! Any response, and any message of the catalogue with any arguments, to two generated modules: one of integer codes, and one with
//! every feature. What they make of it is what the contract says, which `errgen_fuzz::template` has a second time.

#![no_main]

#[path = "../../generated/rust/pixnet_errors.rs"]
mod pixnet;

use arbitrary::Arbitrary;
use errgen_fuzz::template::{MAX_SAFE, Template, integer};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// What a server sends.
#[derive(Arbitrary, Debug)]
enum Response {
    Body(Vec<u8>),
    Parts(Sent, Sent),
    /// The message of one of the catalogue's errors, which its place among them picks, with arguments in it.
    Filled(u8, u8, Vec<Argument>),
    /// The same, with a part of it taken out.
    Cut(u8, u8, Vec<Argument>, u8, u8),
}

#[derive(Arbitrary, Debug)]
enum Sent {
    Other(String),
    Number(f64),
    Integer(i64),
    Known(u8),
    Null,
}

#[derive(Arbitrary, Debug)]
enum Argument {
    Text(String),
    Integer(i64),
    Boolean(bool),
    /// What stands between the parameters of some message.
    Literal(u8),
}

const LITERALS: &[&str] = &[
    " was declined: ",
    ", final: ",
    ", set {limit}",
    " items, the limit is ",
    " exists",
    "User ",
    "{user}",
    "{",
    "}}",
    "",
];

impl Argument {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(integer) => (integer % (MAX_SAFE + 1)).to_string(),
            Self::Boolean(boolean) => boolean.to_string(),
            Self::Literal(index) => LITERALS[usize::from(*index) % LITERALS.len()].to_owned(),
        }
    }
}

impl Sent {
    fn value(&self, known: &[String]) -> Value {
        match self {
            Self::Other(text) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
            Self::Integer(integer) => (*integer).into(),
            Self::Known(index) => known[usize::from(*index) % known.len()].as_str().into(),
            Self::Null => Value::Null,
        }
    }
}

/// The code that a value in its place is, by the contract.
fn code_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => {
            let number = number.as_f64()?;
            #[expect(clippy::cast_precision_loss, reason = "2^53 - 1 is held exactly")]
            let is_code = number.fract() == 0.0 && number.abs() <= MAX_SAFE as f64;
            // Zero has no sign.
            is_code.then(|| format!("{}", number + 0.0))
        }
        _ => None,
    }
}

/// What a body is made of and read from: the places of code and message.
struct Wire {
    code: &'static str,
    message: &'static str,
    body: fn(Value, Value) -> Value,
}

macro_rules! module {
    ($name:ident, $module:path, $error:ident, $code:ident, $wire:expr, $knows:expr) => {
        mod $name {
            use std::collections::HashMap;
            use std::sync::LazyLock;

            use super::{Response, Template, Value, Wire, code_of, integer};
            use $module::*;

            const WIRE: Wire = $wire;

            /// The codes of the catalogue by their text.
            static CODES: LazyLock<HashMap<String, $code>> = LazyLock::new(|| {
                let codes = $code::all().iter();
                codes.map(|code| (code.code().to_string(), *code)).collect()
            });

            static CODE_TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
                let codes = $code::all().iter();
                codes.map(|code| code.code().to_string()).collect()
            });

            static MESSAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
                let codes = $code::all().iter();
                codes
                    .filter_map(|code| Some(code.message()?.to_owned()))
                    .collect()
            });

            /// Those that have parameters or cases.
            static VARIED: LazyLock<Vec<$code>> = LazyLock::new(|| {
                let codes = $code::all().iter().copied();
                codes
                    .filter(|it| !it.parameters().is_empty() || !it.cases().is_empty())
                    .collect()
            });

            pub fn check(response: &Response, status: u16, locale: &str, retry_after: &[u8]) {
                let body = body(response);
                let error = $error::from_body(status, &*body);
                let error = error.with_headers([("Retry-After", retry_after)]);
                let text = String::from_utf8_lossy(&body);
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                let json = serde_json::from_str(text).unwrap_or(Value::Null);
                let code = json.pointer(WIRE.code).and_then(code_of);
                let message = json.pointer(WIRE.message).and_then(Value::as_str);
                assert_eq!(error.body(), &*body);
                assert_eq!(error.raw_code(), code.as_deref());
                assert_eq!(error.message(), message);
                let known = code.as_deref().and_then(known);
                assert_eq!(error.code(), known);
                assert_read_back(&error, known, message);
                // Whatever the locale, there is a text, and showing the error comes to an end.
                assert_eq!(
                    error.description(locale).is_some(),
                    known_message(&error).is_some()
                );
                let _ = (error.resolution(locale), format!("{error} {error:?}"));
                if let Some(wait) = error.retry_after() {
                    assert!(wait.as_secs() < 1 << 31);
                }
            }

            /// The code of the catalogue that a text is.
            fn known(text: &str) -> Option<$code> {
                let normal: fn(&str) -> Option<String> = $knows;
                CODES.get(&normal(text)?).copied()
            }

            fn known_message(error: &$error) -> Option<&'static str> {
                let code = error.code()?;
                Some(
                    code.message()
                        .or(error.case().map(Case::message))
                        .unwrap_or_default(),
                )
            }

            /// The values in a message, by the contract.
            fn values(
                message: &str,
                template: &str,
                parameters: &[Parameter],
            ) -> Option<Vec<(String, String)>> {
                let template = Template::new(template);
                let values = template.read(message)?;
                let mut named = Vec::new();
                for (name, value) in template.names().iter().zip(values) {
                    let parameter = parameters
                        .iter()
                        .find(|it| it.name() == name)
                        .expect("declared");
                    let fits = match parameter.value_type() {
                        ParameterType::String => true,
                        ParameterType::Integer => integer(value).is_some(),
                        ParameterType::Boolean => matches!(value, "true" | "false"),
                        #[allow(unreachable_patterns, reason = "one of the two is not exhaustive")]
                        _ => unreachable!("a new type"),
                    };
                    named.push((name.clone(), fits.then(|| value.to_owned())?));
                }
                named.sort();
                Some(named)
            }

            fn assert_read_back(error: &$error, known: Option<$code>, message: Option<&str>) {
                let found = error.parameters().into_iter();
                let mut found: Vec<_> = found
                    .map(|(name, value)| (name.to_owned(), value.to_string()))
                    .collect();
                found.sort();
                let expected = known.zip(message).and_then(|(code, message)| {
                    if let Some(template) = code.message() {
                        assert_eq!(error.case(), None);
                        return values(message, template, code.parameters());
                    }
                    let cases = code.cases().iter();
                    let mut fitting = cases.filter_map(|case| {
                        Some((case, values(message, case.message(), case.parameters())?))
                    });
                    let (case, values) = fitting.next().unzip();
                    assert_eq!(error.case().as_ref(), case);
                    values
                });
                assert_eq!(found, expected.unwrap_or_default(), "{message:?}");
            }

            fn body(response: &Response) -> Vec<u8> {
                let (code, case, arguments, cut) = match response {
                    Response::Body(body) => return body.clone(),
                    Response::Parts(code, message) => {
                        let body = (WIRE.body)(code.value(&CODE_TEXTS), message.value(&MESSAGES));
                        return body.to_string().into_bytes();
                    }
                    Response::Filled(code, case, arguments) => (code, case, arguments, None),
                    Response::Cut(code, case, arguments, at, length) => (
                        code,
                        case,
                        arguments,
                        Some((usize::from(*at), usize::from(*length))),
                    ),
                };
                // Those that have parameters come up as often as all others.
                let code = match code.checked_sub(128) {
                    Some(code) => $code::all()[usize::from(code) % $code::all().len()],
                    None => VARIED[usize::from(*code) % VARIED.len()],
                };
                let template = code.message().unwrap_or_else(|| {
                    code.cases()[usize::from(*case) % code.cases().len()].message()
                });
                let arguments: Vec<_> = arguments.iter().map(super::Argument::text).collect();
                let mut message = Template::new(template).fill(&arguments);
                if let Some((at, length)) = cut {
                    let kept = |(index, _): &(usize, char)| !(at..at + length).contains(index);
                    message = message
                        .char_indices()
                        .filter(kept)
                        .map(|(_, it)| it)
                        .collect();
                }
                (WIRE.body)(code.code().to_string().into(), message.into())
                    .to_string()
                    .into_bytes()
            }
        }
    };
}

module!(
    integers,
    super::pixnet,
    PixnetError,
    PixnetErrorCode,
    Wire {
        code: "/code",
        message: "/message",
        body: |code, message| super::json!({ "error": 1, "code": code, "message": message }),
    },
    |text| Some(integer(text)?.to_string())
);

module!(
    every_feature,
    full_shop_errors,
    FullShopError,
    FullShopErrorCode,
    Wire {
        code: "/error/code",
        message: "/error/detail/0/text",
        body: |code, message| super::json!({ "error": { "code": code, "detail": [{ "text": message }] } }),
    },
    |text| Some(text.to_owned())
);

/// The typed messages of a module write what the template says.
fn assert_written(user: &str, count: i64, limit: i64) {
    use full_shop_errors::messages::OrderInvalidTooMany;
    let message = OrderInvalidTooMany { count, limit }.to_string();
    assert_eq!(
        message,
        format!("The order has {count} items, the limit is {limit}")
    );
    let error = full_shop_errors::FullShopError::new(400)
        .with_code("order_invalid")
        .with_message(&*message);
    let fit = [count, limit]
        .iter()
        .all(|it| (-MAX_SAFE..=MAX_SAFE).contains(it));
    let read = OrderInvalidTooMany::from_error(&error).map(|it| (it.count, it.limit));
    assert_eq!(read, fit.then_some((count, limit)));

    let message = pixnet::messages::UserAlreadyExists { user }.to_string();
    assert_eq!(message, format!("User {user} exists"));
    let error = pixnet::PixnetError::new(400)
        .with_code(4200)
        .with_message(&*message);
    let read = pixnet::messages::UserAlreadyExists::from_error(&error).map(|it| it.user);
    assert_eq!(read, Some(user));
}

#[derive(Arbitrary, Debug)]
struct Input {
    response: Response,
    status: u16,
    count: i64,
    limit: i64,
    locale: String,
    retry_after: Vec<u8>,
}

fuzz_target!(|input: Input| {
    let Input {
        response,
        status,
        count,
        limit,
        locale,
        retry_after,
    } = &input;
    integers::check(response, *status, locale, retry_after);
    every_feature::check(response, *status, locale, retry_after);
    assert_written(locale, *count, *limit);
});
