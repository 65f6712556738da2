//! Checks one error: its message or its cases, its texts, and whether it is deprecated or retired.

use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;

use super::inherited::{Inherited, Status};
use super::texts::Placeholders;
use super::{Checker, all_or_none};
use crate::catalog::{
    Case, Code, Deprecated, Error, Message, Messages, Parameter, PropertyValues, Retired,
    Transport, is_identifier,
};
use crate::diagnostic::{Span, did_you_mean, rules};
use crate::parse::raw;

/// How many unknown successors get a suggestion: each is compared with all ids.
const MOST_SUGGESTED: usize = 10;

/// The HTTP status of a success that states none.
const SUCCESS: u16 = 200;

impl<'a> Checker<'a, '_> {
    pub(super) fn error(
        &mut self,
        raw: &'a raw::Error<'a>,
        inherited: &Inherited<'a>,
    ) -> Option<Error<'a>> {
        let id = self.error_id(raw);
        let renamed_from: Vec<_> = raw
            .renamed_from
            .iter()
            .map(|id| self.identifier(id))
            .collect();
        let no_error = self.is_no_error(raw);
        let http = if no_error {
            self.status_of_success(raw)
        } else {
            self.own_status(raw, inherited.http)
        };
        let properties = self.property_values(&raw.properties, &inherited.properties);
        let messages = self.messages(raw, &properties);
        let texts = Placeholders::Name(&raw.params);
        let description = raw
            .description
            .as_ref()
            .map(|raw| self.localised(raw, texts));
        let resolution = raw
            .resolution
            .as_ref()
            .map(|raw| self.localised(raw, texts));
        let explanation = raw.explanation.as_ref().map(|raw| self.explanation(raw));
        let inherited_retry = inherited.retry.filter(|_| !no_error);
        let declared_retry = self.retry_or(raw.retry.as_ref(), inherited_retry);
        let since = raw.since.as_ref().map(|since| self.since(since));
        let deprecated = raw.deprecated.as_ref().map(|raw| self.deprecated(raw));
        let retired = raw.retired.as_ref().map(|raw| self.retired(raw));
        if let (Some(_), Some(_), Some(id)) = (&raw.deprecated, &raw.retired, &raw.id) {
            self.report(
                self.at(
                    rules::KEY_CONFLICT,
                    id.span,
                    "an error cannot be both deprecated and retired",
                )
                .help("remove `deprecated`: a retired error is no longer sent at all"),
            );
        }
        Some(Error {
            code: &raw.code.as_ref()?.value,
            id: id?,
            renamed_from: renamed_from.into_iter().collect::<Option<_>>()?,
            no_error,
            http: http?,
            messages: messages?,
            description: all_or_none(description)?,
            resolution: all_or_none(resolution)?,
            explanation: all_or_none(explanation)?,
            declared_retry,
            properties,
            since: all_or_none(since)?,
            deprecated: all_or_none(deprecated)?.map(Box::new),
            retired: all_or_none(retired)?.map(Box::new),
            meta: &raw.meta,
        })
    }

    /// The id of an error, or its code in place of one.
    fn error_id(&mut self, raw: &'a raw::Error<'a>) -> Option<&'a str> {
        if let (None, false, Some(code)) = (&raw.id, raw.has_id, &raw.code) {
            let help = match &code.value {
                Code::Integer(_) => {
                    "add a name in `snake_case` that says what went wrong, as in `id: not_found`"
                        .to_owned()
                }
                Code::Text(text) => {
                    let suggestion = text.to_snake_case();
                    let example = Some(suggestion).filter(|it| is_identifier(it));
                    format!(
                        "only a code in `snake_case` can double as the id: add one, as in `id: {}`",
                        example.as_deref().unwrap_or("not_found")
                    )
                }
            };
            let diagnostic = self.at(
                rules::MISSING_KEY,
                code.span,
                "missing key `id` in an error",
            );
            self.report(diagnostic.help(help));
        }
        self.identifier(raw.id.as_ref()?)
    }

    /// Whether the code is that of a success, which nobody retries, and whose message is always the same.
    fn is_no_error(&mut self, raw: &'a raw::Error<'a>) -> bool {
        let no_error = raw.no_error.as_ref();
        if no_error.and_then(|it| self.boolean(it)) != Some(true) {
            return false;
        }
        let cases = raw.cases.first().and_then(|case| case.id.as_ref());
        let parameter = raw.params.first().map(|parameter| &parameter.name);
        for (key, place) in [
            ("retry", raw.retry.as_ref()),
            ("cases", cases),
            ("params", parameter),
        ] {
            if let Some(place) = place {
                let message = format!("a code with `no_error` cannot have `{key}`");
                let diagnostic = self.at(rules::KEY_CONFLICT, place.span, message);
                self.report(diagnostic.help(format!(
                    "remove `{key}`, or `no_error` if the code is that of an error"
                )));
            }
        }
        true
    }

    /// The status of a success: its own, or the usual one, whatever that of the errors around it.
    #[expect(
        clippy::option_option,
        reason = "absent and invalid are different here"
    )]
    fn status_of_success(&mut self, raw: &raw::Error<'a>) -> Option<Option<u16>> {
        match self.status_or(raw.http.as_ref(), raw.has_http, Status::Absent) {
            Status::Valid(status) => Some(Some(status)),
            Status::Invalid => None,
            Status::Absent => Some((self.transport == Transport::Http).then_some(SUCCESS)),
        }
    }

    /// The status of an error, which it must have if it travels over HTTP. `None` if it is invalid.
    #[expect(
        clippy::option_option,
        reason = "absent and invalid are different here"
    )]
    fn own_status(&mut self, raw: &raw::Error<'a>, inherited: Status) -> Option<Option<u16>> {
        match self.status_or(raw.http.as_ref(), raw.has_http, inherited) {
            Status::Valid(status) => Some(Some(status)),
            Status::Invalid => None,
            Status::Absent if self.transport == Transport::None => Some(None),
            Status::Absent => {
                if let Some(span) = place(raw) {
                    let diagnostic =
                        self.at(rules::MISSING_KEY, span, "missing key `http` in an error");
                    let help =
                        "add it to the error, or for several errors to their group or category";
                    self.report(diagnostic.help(help));
                }
                None
            }
        }
    }

    fn messages(
        &mut self,
        raw: &'a raw::Error<'a>,
        properties: &PropertyValues<'a>,
    ) -> Option<Messages<'a>> {
        if raw.has_cases {
            self.check_cases(raw);
            let cases: Vec<_> = raw
                .cases
                .iter()
                .map(|raw| self.case(raw, properties))
                .collect();
            return Some(Messages::Cases(cases.into_iter().collect::<Option<_>>()?));
        }
        if !raw.has_message {
            if let Some(span) = place(raw) {
                self.report(self.at(
                    rules::MISSING_KEY,
                    span,
                    "missing key `message` or `cases` in an error",
                ));
            }
            return None;
        }
        let (message, parameters) = self.message(raw.message.as_ref(), &raw.params)?;
        Some(Messages::One {
            message,
            parameters,
        })
    }

    /// A message with its parameters: that of an error, or of one of its cases.
    fn message(
        &mut self,
        raw: Option<&'a raw::Message<'a>>,
        params: &'a [raw::Parameter<'a>],
    ) -> Option<(Message<'a>, Vec<Parameter<'a>>)> {
        let message = raw.and_then(|raw| self.texts_of_message(raw, params));
        let text = message.as_ref().map(|message| &message.text);
        let parameters = self.parameters(params, text);
        Some((message?, parameters?))
    }

    fn texts_of_message(
        &mut self,
        raw: &'a raw::Message<'a>,
        params: &'a [raw::Parameter<'a>],
    ) -> Option<Message<'a>> {
        match raw {
            raw::Message::Text(scalar) => {
                let text = self.message_text(scalar, params, false)?;
                self.check_declared([(scalar, &text)], params);
                Some(Message {
                    text,
                    localised: None,
                })
            }
            raw::Message::Localised(texts) => {
                let texts = self.localised(texts, Placeholders::OfMessage(params))?;
                Some(Message {
                    text: texts.texts[texts.fallback].1.clone(),
                    localised: Some(Box::new(texts)),
                })
            }
        }
    }

    /// Reports a message or parameters beside cases, which have their own.
    fn check_cases(&mut self, raw: &raw::Error<'a>) {
        let message = raw
            .message
            .as_ref()
            .map(|message| ("message", message.span()));
        let params = raw
            .params
            .first()
            .map(|parameter| ("params", parameter.name.span));
        for (key, span) in message.into_iter().chain(params) {
            self.report(
                self.at(
                    rules::KEY_CONFLICT,
                    span,
                    format!("an error with `cases` cannot have its own `{key}`"),
                )
                .help(format!("move the `{key}` to the case that it belongs to")),
            );
        }
    }

    fn case(&mut self, raw: &'a raw::Case<'a>, inherited: &PropertyValues<'a>) -> Option<Case<'a>> {
        let id = raw.id.as_ref().and_then(|id| self.identifier(id));
        let message = self.message(raw.message.as_ref(), &raw.params);
        let texts = Placeholders::Name(&raw.params);
        let description = raw
            .description
            .as_ref()
            .map(|raw| self.localised(raw, texts));
        let properties = self.property_values(&raw.properties, inherited);
        let (message, parameters) = message?;
        Some(Case {
            id: id?,
            code: raw.code.as_ref().map(|code| &code.value),
            message,
            parameters,
            description: all_or_none(description)?,
            properties,
            meta: &raw.meta,
        })
    }

    fn deprecated(&mut self, raw: &'a raw::Deprecated<'a>) -> Option<Deprecated<'a>> {
        let since = raw.since.as_ref().and_then(|since| self.since(since));
        let note = raw
            .note
            .as_ref()
            .map(|note| self.localised(note, Placeholders::AreText));
        Some(Deprecated {
            since: since?,
            r#use: raw.r#use.as_ref().map(|id| id.value.as_ref()),
            note: all_or_none(note)?,
        })
    }

    fn retired(&mut self, raw: &'a raw::Retired<'a>) -> Option<Retired<'a>> {
        let since = raw.since.as_ref().and_then(|since| self.since(since));
        let note = raw
            .note
            .as_ref()
            .map(|note| self.localised(note, Placeholders::AreText));
        Some(Retired {
            since: since?,
            note: all_or_none(note)?,
        })
    }

    /// Checks that every `deprecated.use` names another error that is not retired.
    pub(super) fn successors(&mut self, raw: &'a raw::Catalog<'a>) {
        let (live, retired): (Vec<_>, Vec<_>) = raw
            .errors()
            .filter_map(|error| Some((error, error.id.as_ref()?)))
            .partition(|(error, _)| error.retired.is_none());
        let known: HashSet<&str> = live.iter().map(|(_, id)| id.value.as_ref()).collect();
        let gone: HashMap<&str, Span> = retired
            .iter()
            .map(|(_, id)| (id.value.as_ref(), id.span))
            .collect();
        let renamed = live.iter().flat_map(|(error, id)| {
            let old = error.renamed_from.iter();
            old.map(|old| (old.value.as_ref(), id.value.as_ref()))
        });
        let renamed: HashMap<&str, &str> = renamed.collect();
        let mut wrong = 0;
        for error in raw.errors() {
            let Some(successor) = error.deprecated.as_ref().and_then(|it| it.r#use.as_ref()) else {
                continue;
            };
            let own = error
                .id
                .as_ref()
                .is_some_and(|id| id.value == successor.value);
            if known.contains(successor.value.as_ref()) && !own {
                continue;
            }
            let retired = gone.get(successor.value.as_ref()).filter(|_| !own);
            let message = match (own, retired) {
                (true, _) => format!("`{}` cannot be its own successor", successor.value),
                (_, Some(_)) => format!("the successor `{}` is retired", successor.value),
                (_, None) => format!("the successor `{}` does not exist", successor.value),
            };
            let renamed = renamed.get(successor.value.as_ref());
            wrong += 1;
            let is_suggested = !own && retired.is_none() && wrong <= MOST_SUGGESTED;
            let candidates = known.iter().copied().filter(|_| is_suggested);
            let help = match renamed {
                Some(id) => format!("it is `{id}` now"),
                None => did_you_mean(&successor.value, candidates, || {
                    "use the id of an error that is not retired".to_owned()
                }),
            };
            let mut diagnostic = self
                .at(rules::UNKNOWN_SUCCESSOR, successor.span, message)
                .help(help);
            if let Some(retired) = retired {
                diagnostic = diagnostic.related(*retired, "the retired error");
            }
            self.report(diagnostic);
        }
    }
}

/// Where to report what an error lacks.
fn place(raw: &raw::Error) -> Option<Span> {
    let id = raw.id.as_ref().map(|id| id.span);
    id.or(raw.code.as_ref().map(|code| code.span))
}
