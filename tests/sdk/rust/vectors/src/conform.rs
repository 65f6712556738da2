//! What stands between a module and what is asked of it. A macro, as no two modules have a type in common.

/// A test of a module: its name in scope, its error, its enum of codes, its vectors, and the folder of those written by hand.
#[macro_export]
macro_rules! conform {
    ($module:ident, $error:ident, $code:ident, $generated:literal, $by_hand:literal) => {
        use $crate::neutral::*;
        use $crate::serde_json::{json, Map, Value};

        #[test]
        fn conforms() {
            $crate::conform($generated, $by_hand, &$crate::Module { answers, known, categories });
        }

        fn answers(vector: &$crate::Vector) -> Value {
            use $crate::neutral::methods::OfError as _;
            use $module::*;

            let error: Option<$error> = $error::from_body(vector.status, &*vector.body).into();
            let error = error
                .unwrap_or_else(|| {
                    let mut error = $error::new(vector.status);
                    if let Some(code) = vector.raw_code() {
                        error = error.with_code(code);
                    }
                    if let Some(message) = vector.message() {
                        error = error.with_message(message);
                    }
                    error
                })
                .with_headers(vector.headers.iter().map(|(name, value)| (name, value)));
            let parameters = error.parameters().into_iter().map(|(name, value)| {
                let value = match value {
                    ParameterValue::String(text) => Value::from(text),
                    ParameterValue::Integer(integer) => Value::from(integer),
                    ParameterValue::Boolean(boolean) => Value::from(boolean),
                    #[allow(unreachable_patterns)]
                    other => panic!("a parameter of a new type: {other:?}"),
                };
                (name.to_string(), value)
            });
            json!({
                "code": vector.code(error.raw_code()),
                "id": error.code().map(|code| code.id()),
                "case": error.case().map(|case| case.id()),
                "category": error.category().map(|category| category.id()),
                "group": error.group().map(|group| group.id()),
                "retry": retry_id(error.retry()),
                "retry_after": error.retry_after().map(|wait| wait.as_secs()),
                "message": error.message(),
                "parameters": parameters.collect::<Map<_, _>>(),
                "display": error.to_string(),
                "descriptions": vector.texts("descriptions", |tag| error.description(tag)),
                "resolutions": vector.texts("resolutions", |tag| error.resolution(tag)),
            })
        }

        fn known(definition: &$crate::Definition) -> [Option<Value>; 2] {
            use $crate::neutral::methods::OfCode as _;
            use $module::*;

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
                        json!({
                            "case": case.id(),
                            "message": case.message(),
                            "parameters": types(case.parameters()),
                            "descriptions": definition.texts(|tag| case.description(tag)),
                        })
                    };
                    code.cases().iter().copied().map(describe).collect()
                };
                json!({
                    "code": code.code(),
                    "id": code.id(),
                    "http": code.http_status(),
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
                })
            };
            fn types(parameters: &[Parameter]) -> Map<String, Value> {
                let types = parameters.iter().map(|parameter| {
                    let value_type = match parameter.value_type() {
                        ParameterType::String => "string",
                        ParameterType::Integer => "integer",
                        ParameterType::Boolean => "boolean",
                        #[allow(unreachable_patterns)]
                        other => panic!("a new type: {other:?}"),
                    };
                    (parameter.name().to_string(), value_type.into())
                });
                types.collect()
            }
            [$code::from_code(definition.code()), $code::from_id(definition.id())]
                .map(|code| code.map(describe))
        }

        fn categories(locales: &[String]) -> Value {
            use $module::*;

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

        fn retry_id(retry: $module::Retry) -> &'static str {
            match retry {
                $module::Retry::Never => "never",
                $module::Retry::Transient => "transient",
                $module::Retry::Throttled => "throttled",
            }
        }
    };
}
