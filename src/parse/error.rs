//! The format of one error in a catalogue.

use serde_json::{Value, json};

use super::decoder::Decoder;
use super::kind::{Kind, shape};
use super::kinds::{
    BOOLEAN, Boxed, Code, Data, ERROR_ID, EXAMPLE, EXEMPTION_NAME, FILES_BY_LOCALE, HTTP_STATUS,
    ID, List, Localised, Message, PARAMETER_TYPE, POINTER, PROPERTY_VALUES, REASON, RETRY, SINCE,
    TEXT_FILE, WIRE_NAME, entries, identifier,
};
use super::raw;
use super::shape::{Constraint, Definitions};
use super::wire::{AnyPlace, PointerOr};

shape! {
    /// One error that the API can send.
    Error as "an error",
    Constraint::AnyOf(&["message", "cases"]),
    Constraint::Unless("id", "code", identifier),
    Constraint::NotBoth(["message", "cases"]),
    Constraint::NotBoth(["cases", "params"]),
    Constraint::NotBoth(["deprecated", "retired"]);

    /// The code as the server sends it: an integer, or a string if it is quoted or not a plain integer. All codes of a
    /// catalogue are of the same kind. Never reuse a published code.
    required "code" => code: Code, 4200 or "card_declined";
    /// The error's name in code, in `snake_case`, unique in the catalogue. It says what went wrong. Each language spells it
    /// in its own way. Documents show it beside the code. Default: the code, if that is in `snake_case`.
    optional "id" => id and has_id: ID, "user_already_exists";
    /// The ids that the error had before. Modules keep their names as deprecated ones, and look-ups by them find the error.
    optional "renamed_from" => renamed_from: List("ids", ID), ["payment_declined"];
    /// What the error means, in each locale. It can use the parameters of the message: `{user}`. Without it, readers get the
    /// message.
    optional "description" => description: Localised, { "en": "The user {user} already exists and cannot be added again." };
    /// The HTTP status of the response, which modules and documents state. Default: the group's or the category's, one of which must set it otherwise.
    optional "http" => http and has_http: HTTP_STATUS, 404;
    /// Whether the code is that of a success. It has a constant and a place in the documents, and nothing raises it. Its HTTP
    /// status is 200 if it sets none.
    optional "no_error" => no_error: BOOLEAN, true;
    /// The text exactly as the server sends it. `{name}` is a parameter declared in `params`; `{{` and `}}` are literal
    /// braces. A server that answers in several languages has a text by locale: modules read each of them, and documents show
    /// that of their reader.
    optional "message" => message and has_message: Message, "User {user} exists" or { "en": "User {user} exists" };
    /// Several messages that share this code, instead of `message`.
    optional "cases" => cases and has_cases: List("cases", Case),
        [{ "id": "empty", "message": "The order is empty", "description": { "en": "The order has no items." } }];
    /// The parameters of the message, by name. Modules read their values, and documents list them.
    optional "params" => params: Parameters, { "user": { "type": "string", "example": "emma" } };
    /// What the caller can do about it, if the description does not already say so. Modules have it for users, with the
    /// parameters filled in, and documents show it.
    optional "resolution" => resolution: Localised, { "en": "Choose another name than {user}." };
    /// A Markdown file with more about the error than a sentence: what causes it, what to do, where to read on. A path from the
    /// catalogue's folder for the text in the fallback locale, or one for each locale. Documents show the text.
    optional "explanation" => explanation: Boxed(Explanation), "docs/user_exists.md" or { "zh-TW": "docs/zh-TW/user_exists.md", "en": "docs/en/user_exists.md" };
    /// Whether the request can be retried: `never`, `transient` (it may succeed later) or `throttled` (after a pause).
    /// Default: the group's or the category's, or else what the HTTP status says.
    optional "retry" => retry: RETRY, "transient";
    /// The values of properties of the error, by name. Default: those of its group or category, or else the declared ones.
    optional "properties" => properties: PROPERTY_VALUES, { "severity": "warning" };
    /// The version of the catalogue that added the error, or `next` for the coming one: `errgen release` writes its version there.
    /// Modules and documents state it; of `next`, modules say nothing, and documents that it is the next release.
    optional "since" => since: SINCE, "1.0.0" or "next";
    /// The error is still sent, but will be retired. Languages warn whoever uses it, and documents mark it.
    optional "deprecated" => deprecated: Boxed(Deprecated), { "since": "2.0.0", "use": "gateway_unavailable" };
    /// The error is no longer sent. Its code and id stay in the catalogue, so that they are never reused. Modules still know
    /// it, and documents list it apart, unless the target has the option `retired: drop`.
    optional "retired" => retired: Boxed(Retired), { "since": "1.5.0" };
    /// The lints and the rules of changes that this error is exempt from, each with the reason.
    optional "allow" => allow: List("exemptions", Exemption),
        [{ "rule": "retry-contradicts-status", "reason": "The published API answers 403." }];
    /// Your own data, for templates.
    optional "meta" => meta: Data, { "owner": "identity-team" };
}

shape! {
    /// A lint, or a rule of changes, that an error is exempt from.
    Exemption as "an exemption";

    /// The name of the lint or of the change, as listed by `errgen rule`.
    required "rule" => rule: EXEMPTION_NAME, "lone-status";
    /// Why the error is right as it is.
    required "reason" => reason: REASON, "The published API answers 404 here.";
}

shape! {
    /// One of several messages that share a code.
    Case as "a case";

    /// The case's name in code, in `snake_case`, unique in its error. Modules tell which case it is.
    required "id" => id: ID, "too_many";
    /// The case's own code, which the server sends where `wire.subcode` says or after the `separator` of `wire.code`.
    optional "code" => code: Code, "insufficient_funds" or 463;
    /// The text exactly as the server sends it in this case, or a text by locale.
    required "message" => message: Message, "The order has {count} items";
    /// What the case means, in each locale. Without it, readers get the message.
    optional "description" => description: Localised, { "en": "The order has {count} items, which are too many." };
    /// The parameters of the message, by name.
    optional "params" => params: Parameters, { "count": { "type": "integer", "example": 120 } };
    /// The values of properties in this case, by name. Default: those of the error.
    optional "properties" => properties: PROPERTY_VALUES, { "severity": "warning" };
    /// Your own data, for templates.
    optional "meta" => meta: Data, { "severity": "low" };
}

shape! {
    /// A named, typed value in a message.
    Parameter as "a parameter";

    /// The type of the value: `string`, `integer` (within ±(2^53 − 1)), `number` (a decimal) or `boolean`.
    required "type" => r#type: PARAMETER_TYPE, "string";
    /// A typical value, for the docs.
    optional "example" => example: EXAMPLE, "emma" or 120 or 9.99 or true;
    /// Its name in the object at `wire.parameters`. Default: its own name.
    optional "wire" => wire: WIRE_NAME, "lastDigits";
    /// Where it is in the response, if it has a place of its own.
    optional "at" => at: PointerOr(POINTER, AnyPlace), "/error/card/last4" or { "header": "X-Rate-Limit" };
    /// What the value is, in each locale.
    optional "description" => description: Localised, { "en": "The name of the user." };
    /// Whether to keep the value out of logs, crash reports and texts for users, which show `•••` in its place. Programs still
    /// get it as a parameter.
    optional "sensitive" => sensitive: BOOLEAN, true;
}

shape! {
    /// Since when an error is deprecated, and which error replaces it.
    Deprecated as "`deprecated`";

    /// The version of the catalogue that deprecated the error, or `next` for the coming one, which modules state as it is.
    required "since" => since: SINCE, "2.0.0" or "next";
    /// The id of the error that replaces it.
    optional "use" => r#use: ERROR_ID, "gateway_unavailable";
    /// The reason, in each locale.
    optional "note" => note: Localised, { "en": "The name was too narrow." };
}

shape! {
    /// Since when an error is no longer sent.
    Retired as "`retired`";

    /// The version of the catalogue that retired the error, or `next` for the coming one, which modules state as it is.
    required "since" => since: SINCE, "1.5.0" or "next";
    /// The reason, in each locale.
    optional "note" => note: Localised, { "en": "Orders are kept now." };
}

/// The path of a Markdown file, or one for each locale.
struct Explanation;

impl Kind for Explanation {
    type Value<'a> = raw::Explanation<'a>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        if decoder.is_at_mapping() {
            FILES_BY_LOCALE
                .read(decoder)
                .map(raw::Explanation::ByLocale)
        } else {
            TEXT_FILE.read(decoder).map(raw::Explanation::Fallback)
        }
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        json!({ "anyOf": [TEXT_FILE.schema(definitions), FILES_BY_LOCALE.schema(definitions)] })
    }
}

/// Parameters by name.
pub struct Parameters;

impl Kind for Parameters {
    type Value<'a> = Vec<raw::Parameter<'a>>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        let mut parameters = Vec::new();
        decoder.entries("`params`", |decoder, name| {
            let parameter = Parameter.read(decoder);
            parameters.extend(parameter.map(|raw| raw::Parameter { name, ..raw }));
        });
        parameters.shrink_to_fit();
        Some(parameters)
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        entries(&ID, &Parameter.schema(definitions))
    }
}
