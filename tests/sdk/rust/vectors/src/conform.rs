//! What stands between a module and what is asked of it. A macro, as no two modules have a type in common.

/// A test of a module: its name in scope, its error, its enum of codes, its vectors, the folder of those written by hand,
/// whether it reads the `body` or is given the `parts`, whether it writes `nothing`, one error `alone` or several `listed`, where
/// what it writes goes to, its types of messages, those that a server raises with their fields, its constants for messages
/// without parameters, what sets the fields of a response, its enums of properties, and its properties by name, each with the
/// accessors.
#[macro_export]
macro_rules! conform {
    (
        $module:ident, $error:ident, $code:ident, $generated:literal, $by_hand:literal, $way:ident,
        $writing:ident, $exchange:literal, [$($message:ident),*], [$($raised:ident { $($argument:ident),* }),*], [$($plain:ident),*],
        [$($field:literal: $setter:ident: $type:ident),*], [$($enum:ident),*], [$($property:literal: $accessor:ident),*]
    ) => {
        use std::time::Duration;

        use $crate::serde_json::{json, Map, Value};
        use $module::*;

        /// The value of a property, without its type.
        #[allow(unused)]
        trait Plain {
            fn plain(&self) -> Option<Value>;
        }

        $crate::conform!(@plain i64, own => Some((*own).into()));
        $crate::conform!(@plain bool, own => Some((*own).into()));
        $crate::conform!(@plain &str, own => Some((*own).into()));
        $($crate::conform!(@plain $enum, own => {
            assert!($enum::all().contains(own));
            Some(own.name().into())
        });)*

        impl<T: Plain> Plain for &[T] {
            fn plain(&self) -> Option<Value> {
                self.iter().map(T::plain).collect()
            }
        }

        impl<T: Plain> Plain for Option<T> {
            fn plain(&self) -> Option<Value> {
                self.as_ref()?.plain()
            }
        }

        #[test]
        fn conforms() {
            let module = $crate::Module { answers, built, known, texts, categories };
            $crate::conform($generated, $by_hand, &module);
            $crate::conform_written($generated, $exchange, write);
        }

        /// What every language has written of this catalogue.
        #[test]
        #[ignore = "only after the checks of all languages"]
        fn exchanges() {
            $crate::exchange($exchange, answers);
        }

        fn write(raise: &$crate::Raise) -> Option<$crate::Written> {
            $crate::conform!(@write $writing, raise)
        }

        #[allow(deprecated, unused)]
        fn raised(raise: &$crate::Raise) -> Option<$error> {
            let is_it = |code: $code, case: Option<Case>| {
                code.id() == raise.id && case.map(|case| case.id()) == raise.case.as_deref()
            };
            let mut error: Option<$error> = None;
            $(
                if is_it(messages::$raised::CODE, messages::$raised::CASE) {
                    let own = messages::$raised::CASE.map_or(messages::$raised::CODE.parameters(), |case| case.parameters());
                    let mut values = own.iter().map(|parameter| &raise.parameters[parameter.name()]);
                    error = Some(messages::$raised { $($argument: $crate::argument(values.next())),* }.into());
                }
            )*
            $(
                if is_it(messages::$plain.code(), messages::$plain.case()) {
                    assert_eq!(messages::$plain.to_string(), messages::$plain.into_error().raw_message().unwrap());
                    error = Some(messages::$plain.into());
                }
            )*
            let mut error = error?;
            $(
                if let Some(text) = raise.fields.get($field) {
                    error = error.$setter(text.parse::<$type>().expect("a value of the field's type"));
                }
            )*
            Some(error)
        }

        fn from_parts(vector: &$crate::Vector) -> $error {
            let mut error = $error::new(vector.status);
            if let Some(code) = vector.raw_code() {
                error = error.with_raw_code(code);
            }
            if let Some(message) = vector.message() {
                error = error.with_message(message);
            }
            error.with_headers(vector.headers.iter().map(|(name, value)| (name, value)))
        }

        fn read(vector: &$crate::Vector) -> $error {
            $crate::conform!(@read $way, $error, vector)
        }

        fn answers(vector: &$crate::Vector) -> Value {
            let error = read(vector);
            // One that does not say the message has no parts to make it from.
            if vector.asks("raw_message") {
                $crate::conform!(@same $way, error, from_parts(vector), "it equals what is made from its parts");
            }
            assert_eq!(error, error.clone());
            let debug = format!("{error:?} {error:#?} {:?}", error.parameters());
            if let (message, Some(raw)) = (error.message(), error.raw_message()) {
                // Of an empty value, all may be shown.
                let is_shown = message.is_some_and(|message| message.contains(raw));
                assert!(is_shown || raw.len() < 4 || !debug.contains(raw), "{debug}");
            }
            let seconds = |wait: Option<Duration>| wait.map(|wait| wait.as_secs());
            let mut answers = json!({
                "code": vector.code(error.raw_code()),
                "id": error.code().map(|code| code.id()),
                "case": error.case().map(|case| case.id()),
                "category": error.category().map(|category| category.id()),
                "group": error.group().map(|group| group.id()),
                "retry": retry_id(error.retry()),
                "message": error.message(),
                "raw_message": error.raw_message(),
                "parameters": parameters(&error),
                "display": error.to_string(),
                "descriptions": vector.texts("descriptions", |tag| error.description(tag)),
                "resolutions": vector.texts("resolutions", |tag| error.resolution(tag)),
                "raw_descriptions": vector.texts("raw_descriptions", |tag| error.raw_description(tag)),
                "raw_resolutions": vector.texts("raw_resolutions", |tag| error.raw_resolution(tag)),
            });
            let asks = |member| vector.asks(member) || !error.errors().is_empty();
            if vector.asks("subcode") || error.subcode().is_some() {
                answers["subcode"] = json!(error.subcode());
            }
            if vector.asks("fields") || !error.fields().is_empty() {
                answers["fields"] = fields(&error);
            }
            if asks("errors") {
                let items = error.errors().iter().map(|item| {
                    assert_eq!((item.status(), item.raw_body()), (error.status(), error.raw_body()));
                    assert!(item.errors().is_empty());
                    let mut answers = json!({
                        "code": vector.code(item.raw_code()),
                        "id": item.code().map(|code| code.id()),
                        "case": item.case().map(|case| case.id()),
                        "message": item.message(),
                        "raw_message": item.raw_message(),
                        "parameters": parameters(item),
                    });
                    if vector.asks("subcode") {
                        answers["subcode"] = json!(item.subcode());
                    }
                    if vector.asks("fields") {
                        answers["fields"] = fields(item);
                    }
                    answers
                });
                answers["errors"] = items.collect();
            }
            if vector.has_retry_after() {
                answers["retry_after"] = json!(seconds(error.retry_after()));
            }
            if let Some(now) = vector.now() {
                let wait = error.retry_after_at($crate::Time::at(now));
                answers["retry_after_at"] = json!({ "now": now, "seconds": seconds(wait) });
            }
            answers
        }

        fn fields(error: &$error) -> Value {
            let fields = error.fields().iter();
            let fields = fields.map(|(name, text)| (name.to_string(), Value::from(text.as_str())));
            Value::Object(fields.collect())
        }

        fn parameters(error: &$error) -> Value {
            let parameters = error.parameters().into_iter().map(|(name, value)| {
                assert_eq!(error.parameter(name), Some(value));
                let value = match value {
                    ParameterValue::String(text) => Value::from(text),
                    ParameterValue::Integer(integer) => Value::from(integer),
                    ParameterValue::Boolean(boolean) => Value::from(boolean),
                    // A number: JSON has one type for all.
                    #[allow(unreachable_patterns)]
                    other => $crate::number(&other.to_string()),
                };
                (name.to_string(), value)
            });
            Value::Object(parameters.collect())
        }

        #[allow(deprecated, unused)]
        fn built(vector: &$crate::Vector) -> usize {
            let error = read(vector);
            let mut built = 0;
            $(
                if let Some(message) = messages::$message::from_error(&error) {
                    built += 1;
                    let wrong = "what is built is not what came";
                    if !vector.is_translated {
                        $crate::conform!(@same $way, Some(message.raw_message().as_str()), error.raw_message(), "{wrong}");
                        $crate::conform!(@same $way, Some(message.to_string().as_str()), error.message(), "{wrong}");
                    }
                    assert_eq!(message.parameters(), error.parameters(), "{wrong}");
                    for tag in vector.tags() {
                        assert_eq!(Some(message.description(tag)), error.description(tag), "{wrong}");
                        assert_eq!(Some(message.raw_description(tag)), error.raw_description(tag), "{wrong}");
                        assert_eq!(message.resolution(tag), error.resolution(tag), "{wrong}");
                        assert_eq!(message.raw_resolution(tag), error.raw_resolution(tag), "{wrong}");
                    }
                    let again = message.into_error();
                    if !vector.is_translated {
                        $crate::conform!(@same $way, again, error, "{wrong}");
                    }
                    assert_eq!(again.case(), error.case());
                    assert_eq!(again.parameters(), error.parameters());
                }
            )*
            built
        }

        fn known(definition: &$crate::Definition) -> [Option<Value>; 2] {
            let describe = |code: $code| {
                let deprecated = code.deprecated_since().map(|since| {
                    json!({ "since": since, "use": code.replacement().map(|other| other.id()) })
                });
                let messages = if code.cases().is_empty() {
                    vec![json!({
                        "case": null,
                        "message": code.message(),
                        "parameters": types(code.parameters()),
                        "descriptions": definition.texts(|tag| code.description(tag)),
                    })]
                } else {
                    assert_eq!(code.message(), None, "{code} has cases");
                    let describe = |case: Case| {
                        assert_eq!(case.code(), code);
                        json!({
                            "case": case.id(),
                            "message": case.message(),
                            "parameters": types(case.parameters()),
                            "descriptions": definition.texts(|tag| case.description(tag)),
                        })
                    };
                    code.cases().iter().copied().map(describe).collect()
                };
                assert_eq!(code.to_string().parse(), Ok(code));
                assert_eq!($error::from(code).code(), Some(code));
                let http = Option::<u16>::from(code.http_status());
                assert_eq!($error::from(code).status(), http.unwrap_or_default());
                let properties = code.properties().iter();
                let properties = properties.map(|(name, value)| (name.to_string(), format!("{value:?}")));
                assert_eq!(properties.collect::<std::collections::BTreeMap<_, _>>(), definition.properties());
                let typed = [$(($property, code.$accessor().plain())),*];
                assert_eq!(definition.typed_properties(&typed), Ok(()));
                let error = $error::from(code);
                let typed = [$(($property, error.$accessor().plain())),*];
                assert_eq!(definition.typed_properties(&typed), Ok(()));
                let answer = json!({
                    "code": code.code(),
                    "id": code.id(),
                    "http": http,
                    "category": code.category().id(),
                    "group": code.group().map(|group| group.id()),
                    "retry": retry_id(code.retry()),
                    "sensitive": code.is_sensitive(),
                    "docs_url": code.docs_url(),
                    "since": code.since(),
                    "deprecated": deprecated,
                    "retired": code.retired_since().map(|since| json!({ "since": since })),
                    "messages": messages,
                    "descriptions": definition.texts(|tag| code.description(tag)),
                    "resolutions": definition.texts(|tag| code.resolution(tag)),
                });
                // They are compared above.
                let answer = definition.with_properties(answer);
                definition.with_old_ids(answer, |id| $code::from_id(id) == Some(code))
            };
            fn types(parameters: &[Parameter]) -> Map<String, Value> {
                let types = parameters.iter().map(|parameter| {
                    let value_type = match parameter.value_type() {
                        ParameterType::String => "string",
                        ParameterType::Integer => "integer",
                        ParameterType::Boolean => "boolean",
                        #[allow(unreachable_patterns)]
                        _ => "number",
                    };
                    (parameter.name().to_string(), value_type.into())
                });
                types.collect()
            }
            assert!($code::all().windows(2).all(|pair| pair[0] < pair[1]), "codes are in order");
            [$code::from_code(definition.code()), $code::from_id(definition.id())]
                .map(|code| code.map(describe))
        }

        fn texts(tag: &str) -> Vec<&'static str> {
            let titles = Category::all().iter().map(|category| category.title(tag));
            let descriptions = $code::all().iter().map(|code| Option::<&str>::from(code.description(tag)));
            titles.chain(descriptions.flatten()).collect()
        }

        fn categories(locales: &[String]) -> Value {
            let categories = Category::all().iter().map(|category| {
                let groups = Group::all().iter().filter(|group| *category == group.category());
                let groups = groups.map(|group| {
                    json!({ "id": group.id(), "titles": $crate::texts(locales.to_vec(), |tag| group.title(tag)) })
                });
                json!({
                    "id": category.id(),
                    "titles": $crate::texts(locales.to_vec(), |tag| category.title(tag)),
                    "groups": groups.collect::<Vec<_>>(),
                })
            });
            categories.collect()
        }

        fn retry_id(retry: Retry) -> &'static str {
            match retry {
                Retry::Never => "never",
                Retry::Transient => "transient",
                Retry::Throttled => "throttled",
            }
        }
    };
    (@write nothing, $raise:ident) => {{
        let _ = ($raise, raised);
        None
    }};
    (@write alone, $raise:ident) => {
        $crate::conform!(@write $raise, |error| error)
    };
    (@write listed, $raise:ident) => {
        $crate::conform!(@write $raise, |error| {
            let others = $raise.others.iter().map(|other| raised(other).expect("an error that can be raised"));
            error.with_errors(others)
        })
    };
    (@write $raise:ident, |$error:ident| $listed:expr) => {
        raised($raise).map(|$error| {
            let mut error = $listed;
            if $raise.is_later {
                error = error.with_source($crate::CAUSE).with_retry_after(Duration::from_secs(30));
            }
            let language = $raise.accept_language.as_deref();
            let [response, problem] = [error.to_response(language), error.to_problem(language)]
                .map(|it| $crate::Reply { status: it.status, headers: it.headers, body: it.body });
            $crate::Written { response, problem }
        })
    };
    (@plain $type:ty, $own:ident => $plain:expr) => {
        impl Plain for $type {
            fn plain(&self) -> Option<Value> {
                let $own = self;
                $plain
            }
        }
    };
    (@read body, $error:ident, $vector:ident) => {{
        let headers = $vector.headers.iter().map(|(name, value)| (name, value));
        $error::from_body($vector.status, &*$vector.body).with_headers(headers)
    }};
    // A response with more than a code and a message has parameters and fields that those do not tell.
    (@same wire, $one:expr, $other:expr, $wrong:literal) => {
        let _ = (&$one, &$other);
    };
    (@same $way:ident, $one:expr, $other:expr, $wrong:literal) => {
        assert_eq!($one, $other, $wrong)
    };
    (@read wire, $error:ident, $vector:ident) => {
        $crate::conform!(@read body, $error, $vector)
    };
    (@read parts, $error:ident, $vector:ident) => {
        from_parts($vector)
    };
}
