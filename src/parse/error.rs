//! The format of one error in a catalogue.

use serde_json::Value;

use super::decoder::Decoder;
use super::kind::{Kind, shape};
use super::kinds::{
    BOOLEAN, Boxed, Code, Data, ERROR_ID, EXAMPLE, HTTP_STATUS, ID, LINT_NAME, List, Localised,
    MESSAGE, PARAMETER_TYPE, REASON, RETRY, VERSION, entries,
};
use super::raw;
use super::shape::{Constraint, Definitions};

shape! {
    /// One error that the API can send.
    Error as "an error",
    Constraint::AnyOf(&["message", "cases"]),
    Constraint::NotBoth(["message", "cases"]),
    Constraint::NotBoth(["cases", "params"]),
    Constraint::NotBoth(["deprecated", "retired"]);

    /// What goes over the wire: an integer, or a text where it is quoted or anything else. All codes of a catalogue are of
    /// one kind, and a code that has been published is never used again.
    required "code" => code: Code, 4200 or "card_declined";
    /// The error's name for programmers, in `snake_case`, by meaning, unique in the catalogue. Each language spells it in
    /// its own way.
    required "id" => id: ID, "user_already_exists";
    /// The HTTP status of the response.
    required "http" => http: HTTP_STATUS, 404;
    /// What it means, for a reader, in each locale. It may use the parameters of the message: `{user}`.
    required "description" => description: Localised, { "en": "The user {user} already exists and cannot be added again." };
    /// The text that the server sends, to the letter. `{name}` is a parameter, which `params` declares; `{{` and `}}` are
    /// braces.
    optional "message" => message and has_message: MESSAGE, "User {user} exists";
    /// Several messages that share the code, in place of `message`.
    optional "cases" => cases and has_cases: List("cases", Case),
        [{ "id": "empty", "message": "The order is empty", "description": { "en": "The order has no items." } }];
    /// The parameters of the message, by name.
    optional "params" => params: Parameters, { "user": { "type": "string", "example": "emma" } };
    /// What the caller can do, where the description does not say it already.
    optional "resolution" => resolution: Localised, { "en": "Choose another name than {user}." };
    /// Whether the request may be sent again: `never`, `transient` (later it may succeed) or `throttled` (after a pause).
    /// Absent: as in the group or the category.
    optional "retry" => retry: RETRY, "transient";
    /// The version of the catalogue that the error came with.
    optional "since" => since: VERSION, "1.0.0";
    /// The error is still sent, and will not be for ever.
    optional "deprecated" => deprecated: Boxed(Deprecated), { "since": "2.0.0", "use": "gateway_unavailable" };
    /// The error is no longer sent. Its code and id stay here, so that nobody gives them another meaning.
    optional "retired" => retired: Boxed(Retired), { "since": "1.5.0" };
    /// Lints that this error need not keep, each with the reason.
    optional "allow" => allow: List("exemptions", Exemption),
        [{ "rule": "retry-contradicts-status", "reason": "The published API answers 403." }];
    /// Data of your own, for templates.
    optional "meta" => meta: Data, { "owner": "identity-team" };
}

shape! {
    /// A lint that an error need not keep.
    Exemption as "an exemption";

    /// The lint's name, as `errgen rule` lists it.
    required "rule" => rule: LINT_NAME, "lone-status";
    /// Why it is right as it is.
    required "reason" => reason: REASON, "The published API answers 404 here.";
}

shape! {
    /// One of several messages that share a code.
    Case as "a case";

    /// The case's name for programmers, in `snake_case`, unique in its error.
    required "id" => id: ID, "too_many";
    /// The text that the server sends in this case, to the letter.
    required "message" => message: MESSAGE, "The order has {count} items";
    /// What it means, for a reader, in each locale.
    required "description" => description: Localised, { "en": "The order has {count} items, which are too many." };
    /// The parameters of the message, by name.
    optional "params" => params: Parameters, { "count": { "type": "integer", "example": 120 } };
    /// Data of your own, for templates.
    optional "meta" => meta: Data, { "severity": "low" };
}

shape! {
    /// A named, typed value inside a message.
    Parameter as "a parameter";

    /// The type of the value: `string`, `integer` (within ±(2^53 − 1)) or `boolean`.
    required "type" => r#type: PARAMETER_TYPE, "string";
    /// A value as it may come, for the docs.
    optional "example" => example: EXAMPLE, "emma" or 120 or true;
    /// What the value is, for a reader, in each locale.
    optional "description" => description: Localised, { "en": "The name of the user." };
    /// Whether the value must not appear in logs: they then show the message without it.
    optional "sensitive" => sensitive: BOOLEAN, true;
}

shape! {
    /// Since when an error is deprecated, and what takes its place.
    Deprecated as "`deprecated`";

    /// The version of the catalogue that deprecated it.
    required "since" => since: VERSION, "2.0.0";
    /// The id of the error that takes its place.
    optional "use" => r#use: ERROR_ID, "gateway_unavailable";
    /// Why, for a reader, in each locale.
    optional "note" => note: Localised, { "en": "The name was too narrow." };
}

shape! {
    /// Since when an error is no longer sent.
    Retired as "`retired`";

    /// The version of the catalogue that retired it.
    required "since" => since: VERSION, "1.5.0";
    /// Why, for a reader, in each locale.
    optional "note" => note: Localised, { "en": "Orders are kept now." };
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
