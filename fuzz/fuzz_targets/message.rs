//! Any response to the generated modules of several catalogues. What each makes of it is what the contract says, which
//! `errgen_fuzz::contract` has a second time.

#![no_main]

#[path = "../../tests/cases/no-http/expected/rust/backup_errors.rs"]
mod backup_errors;
#[path = "../../tests/cases/codes/expected/rust/codes_errors.rs"]
mod codes_errors;
#[path = "../../tests/cases/contract/expected/rust/contract_errors.rs"]
mod contract_errors;
#[path = "../../tests/cases/emptied/expected/rust/emptied_errors.rs"]
mod emptied_errors;
#[path = "../../generated/rust/pixnet_errors.rs"]
mod pixnet_errors;

use arbitrary::Arbitrary;
use errgen_fuzz::response::{Body, Header};
use libfuzzer_sys::fuzz_target;

/// The check of a module, with its error, its catalogue and its types of messages.
macro_rules! module {
    ($name:ident, $module:path, $error:ident, $catalog:literal, [$($message:ident),*]) => {
        mod $name {
            use std::sync::LazyLock;
            use std::time::{Duration, SystemTime};

            use errgen_fuzz::contract::{Answers, Content, Contract, Response};
            use serde_json::Value;

            use super::Input;
            use $module::*;

            static CONTRACT: LazyLock<Contract> = LazyLock::new(|| Contract::new(include_str!($catalog)));

            pub fn check(input: &Input) {
                let body = input.body.bytes(CONTRACT.catalog);
                let error = read(input, &body);
                let mut content = CONTRACT.read(&body);
                if content.is_vague {
                    content.code = error.raw_code().map(str::to_owned);
                }
                if content.is_deep && error.raw_code().is_none() {
                    content = Content::default();
                }
                let (code, message) = (content.code.as_deref(), content.message.as_deref());
                let (retry_after, date) = (input.retry_after.value(), input.date.value());
                let response = Response { status: input.status, code, message, retry_after, date };
                let expected = CONTRACT.answers(&response, &input.locale, input.now.into());
                let mut found = answers(&error, input);
                if expected.retry_after.is_none() {
                    assert!(found.retry_after.is_some_and(|it| it.is_some_and(|it| it < 1 << 31)));
                    found.retry_after = None;
                }
                assert_eq!(found, expected, "{response:?}");
                assert_eq!(error.raw_body(), &*body);
                assert_eq!(error.status(), input.status);
                assert_eq!(error, error.clone());
                assert_eq!(error, from_parts(input, code, message));
                assert_builds(&error, &found, &input.locale);
                assert_secret(input, &error, code, message);
            }

            fn headers(input: &Input) -> impl Iterator<Item = (&'static str, &[u8])> {
                let retry_after = input.retry_after.value().map(|value| ("rEtry-After", value));
                let date = input.date.value().map(|value| ("DATE", value));
                let others = [("Retry-After", &b"77"[..]), ("Date", b"Thu, 01 Jan 1970 00:00:00 GMT")];
                let others = others.into_iter().zip([retry_after, date]).filter_map(|(other, first)| first.map(|_| other));
                [retry_after, date].into_iter().flatten().chain(others)
            }

            fn read(input: &Input, body: &[u8]) -> $error {
                $error::from_body(input.status, body).with_headers(headers(input))
            }

            fn from_parts(input: &Input, code: Option<&str>, message: Option<&str>) -> $error {
                let mut error = $error::new(input.status).with_headers(headers(input));
                if let Some(code) = code {
                    error = error.with_raw_code(code);
                }
                if let Some(message) = message {
                    error = error.with_message(message);
                }
                error
            }

            fn answers(error: &$error, input: &Input) -> Answers {
                let locale = &*input.locale;
                let parameters = error.parameters().into_iter().map(|(name, value)| {
                    assert_eq!(error.parameter(name), Some(value));
                    (name.to_owned(), json(value))
                });
                let seconds = |wait: Option<Duration>| wait.map(|wait| wait.as_secs());
                let now = SystemTime::UNIX_EPOCH + Duration::from_secs(input.now.into());
                let retry = match error.retry() {
                    Retry::Never => "never",
                    Retry::Transient => "transient",
                    Retry::Throttled => "throttled",
                };
                Answers {
                    code: error.raw_code().map(str::to_owned),
                    id: error.code().map(|code| code.id().to_owned()),
                    case: error.case().map(|case| case.id().to_owned()),
                    category: error.category().map(|category| category.id().to_owned()),
                    group: error.group().map(|group| group.id().to_owned()),
                    retry: retry.to_owned(),
                    retry_after: Some(seconds(error.retry_after())),
                    retry_after_at: seconds(error.retry_after_at(now)),
                    message: error.message().map(str::to_owned),
                    raw_message: error.raw_message().map(str::to_owned),
                    parameters: parameters.collect(),
                    display: error.to_string(),
                    description: error.description(locale).map(Into::into),
                    raw_description: error.raw_description(locale).map(Into::into),
                    resolution: error.resolution(locale).map(Into::into),
                    raw_resolution: error.raw_resolution(locale).map(Into::into),
                }
            }

            fn json(value: ParameterValue) -> Value {
                match value {
                    ParameterValue::String(text) => text.into(),
                    ParameterValue::Integer(integer) => integer.into(),
                    ParameterValue::Boolean(boolean) => boolean.into(),
                    #[allow(unreachable_patterns, reason = "only that of the package is not exhaustive")]
                    other => unreachable!("a value of a new type: {other:?}"),
                }
            }

            /// Asserts that what is built from an error's parameters is that error's.
            #[allow(unused_mut, unused_variables, reason = "not every catalogue has parameters")]
            fn assert_builds(error: &$error, found: &Answers, locale: &str) {
                let mut built = 0;
                $(
                    if let Some(message) = messages::$message::from_error(error) {
                        built += 1;
                        assert_eq!(Some(message.raw_message()), found.raw_message);
                        assert_eq!(Some(message.to_string()), found.message);
                        assert_eq!(message.parameters(), error.parameters());
                        assert_eq!(Some(String::from(message.description(locale))), found.description);
                        assert_eq!(Some(String::from(message.raw_description(locale))), found.raw_description);
                        assert_eq!(message.resolution(locale).map(String::from), found.resolution);
                        assert_eq!(message.raw_resolution(locale).map(String::from), found.raw_resolution);
                        let sent = message.into_error();
                        assert_eq!((sent.raw_code(), sent.case()), (error.raw_code(), error.case()));
                        assert_eq!(sent.parameters(), error.parameters());
                    }
                )*
                assert_eq!(built, usize::from(!found.parameters.is_empty()));
            }

            /// Asserts that nothing shows a secret unless it is asked to.
            fn assert_secret(input: &Input, error: &$error, code: Option<&str>, message: Option<&str>) {
                let other = message.and_then(|message| CONTRACT.with_other_secrets(code, message));
                if let Some(other) = other {
                    let other = from_parts(input, code, Some(&other));
                    let shown = |error: &$error| {
                        let parameters = error.parameters();
                        format!("{error} {error:?} {error:#?} {parameters:?} {parameters:#?}")
                    };
                    assert_eq!(shown(&error.clone().with_body("")), shown(&other.with_body("")));
                }
            }
        }
    };
}

module!(
    integers,
    crate::pixnet_errors,
    PixnetError,
    "../../catalog.yaml",
    [UrlParameterRequired, UserAlreadyExists]
);

module!(
    every_feature,
    full_shop_errors,
    FullShopError,
    "../../tests/cases/full/catalog.yaml",
    [CardDeclined, CardLimitExceeded, OrderInvalidTooMany]
);

module!(
    contract,
    crate::contract_errors,
    ContractError,
    "../../tests/cases/contract/catalog.yaml",
    [
        CartEmpty,
        NotSupportedAnything,
        NotSupportedCommand,
        NotSupportedCommandWithOption,
        NotSupportedEmoji,
        NotSupportedTouching,
        ShelfMissing
    ]
);

module!(
    without_http,
    crate::backup_errors,
    BackupError,
    "../../tests/cases/no-http/catalog.yaml",
    [
        DiskFailed,
        VolumeLocked,
        PlanInvalidTooLong,
        PlanRefusedOverlap
    ]
);

module!(
    prefixes,
    crate::codes_errors,
    CodesError,
    "../../tests/cases/codes/catalog.yaml",
    [TableMissing]
);

module!(
    emptied,
    crate::emptied_errors,
    EmptiedError,
    "../../tests/cases/emptied/catalog.yaml",
    [LoginFailed]
);

#[derive(Arbitrary, Debug)]
struct Input {
    module: u8,
    status: u16,
    now: u32,
    retry_after: Header,
    date: Header,
    locale: String,
    body: Body,
}

fuzz_target!(|input: Input| {
    let checks = [
        integers::check,
        every_feature::check,
        contract::check,
        without_http::check,
        prefixes::check,
        emptied::check,
    ];
    checks[usize::from(input.module) % checks.len()](&input);
});
