//! The format of a catalogue, down to its lists of errors.

use serde_json::{Value, json};

use super::decoder::Decoder;
use super::error::Error;
use super::kind::{Kind, shape};
use super::kinds::{
    CATALOGUE_ID, CODE_RANGE, CODE_TYPE, DOCS_URL, Data, Entries, FOLDER, FORMAT_NUMBER, ID,
    LINT_LEVEL, LINT_NAME, LOCALE, List, Localised, POINTER, RETRY, Scalar, VERSION,
    VERSION_REQUIREMENT,
};
use super::raw;
use super::shape::{Constraint, Definitions};

shape! {
    /// The one source of truth for the errors of an API.
    Catalog as "the catalogue";

    /// The catalogue's name for programmers, in `snake_case`: modules and types are named after it.
    required "catalog" => catalog: CATALOGUE_ID, "pixnet";
    /// The version of the catalogue, by Semantic Versioning.
    required "version" => version: VERSION, "1.0.0";
    /// What the docs are headed, in each locale.
    required "title" => title: Localised, { "en": "PIXNET API error codes" };
    /// The languages of the catalogue's texts as BCP 47 tags, in the order of the docs.
    required "locales" => locales: List("locales", LOCALE), ["zh-TW", "en"];
    /// The errors, under two levels of headings.
    required "categories" => categories: List("categories", Category), [{
        "id": "request",
        "title": { "en": "Request" },
        "errors": [{
            "code": 1,
            "id": "not_found",
            "http": 404,
            "message": "Not found",
            "description": { "en": "There is nothing at this address." }
        }]
    }];
    /// What the catalogue asks of errgen itself: an older one says plainly that it is too old.
    optional "errgen" => errgen: Requirement, { "format": 1, "requires": ">=0.1" };
    /// The locale that a reader of no listed one gets, in which every text must be there. Absent: the first.
    optional "fallback" => fallback: LOCALE, "en";
    /// Where an error's page is published: an address with `{code}` or `{id}` in it.
    optional "docs_url" => docs_url: DOCS_URL, "https://errors.example.com/{code}";
    /// Where the body of a response holds the code and the message. Absent: `/code` and `/message`.
    optional "wire" => wire: Wire, { "code": "/error/code", "message": "/error/message" };
    /// What to generate, with each target's options. Absent: all standard targets, under `generated/`.
    optional "targets" => targets: Targets, {};
    /// What to make of each lint by its name: `allow` (say nothing), `warn` (which holds where nothing is said) or `deny` (an
    /// error).
    optional "lint" => lint: LINT, { "missing-translation": "deny" };
    /// Data of your own, for templates.
    optional "meta" => meta: Data, { "owner": "api-team" };
}

const LINT: Entries<Scalar> = Entries {
    name: "`lint`",
    key: LINT_NAME,
    value: LINT_LEVEL,
};

shape! {
    /// What the catalogue asks of errgen itself.
    Requirement as "`errgen`";

    /// The format that the catalogue is written in.
    optional "format" => format: FORMAT_NUMBER, 1;
    /// The versions of errgen that can read it.
    optional "requires" => requires: VERSION_REQUIREMENT, ">=0.1";
}

shape! {
    /// Where the body of a response holds what: RFC 6901 pointers.
    Wire as "`wire`";

    /// Where the code is.
    optional "code" => code: POINTER, "/error/code";
    /// How the code is sent: an `integer`, or a `string` even where the codes of the catalogue are integers.
    optional "code_type" => code_type: CODE_TYPE, "string";
    /// Where the message is.
    optional "message" => message: POINTER, "/error/message";
    /// What else the body always holds: values by pointer.
    optional "fixed" => fixed: FIXED, { "/error/kind": "shop", "/ok": false };
}

shape! {
    /// A first heading, with groups, or with errors of its own, or both.
    Category as "a category", Constraint::AnyOf(&["groups", "errors"]);

    /// The category's name for programmers, in `snake_case`, unique in the catalogue.
    required "id" => id: ID, "authentication";
    /// The heading, in each locale.
    required "title" => title: Localised, { "en": "Authentication" };
    /// The first and the last integer code that may stand here. Ranges do not overlap.
    optional "codes" => codes: CODE_RANGE, "1000-1999";
    /// Whether a request may be sent again, for all errors here that do not say otherwise: `never` (which holds where nothing
    /// is said), `transient` or `throttled`.
    optional "retry" => retry: RETRY, "never";
    /// The errors that stand in no group.
    optional "errors" => errors and has_list: List("errors", Error), [{
        "code": 1000,
        "id": "token_invalid",
        "http": 401,
        "message": "Invalid token",
        "description": { "en": "The token is invalid or has expired. Request a new one." }
    }];
    /// The second headings.
    optional "groups" => groups and has_list: List("groups", Group), [{
        "id": "token",
        "title": { "en": "Token" },
        "errors": [{
            "code": 1000,
            "id": "token_invalid",
            "http": 401,
            "message": "Invalid token",
            "description": { "en": "The token is invalid or has expired. Request a new one." }
        }]
    }];
    /// Data of your own, for templates.
    optional "meta" => meta: Data, { "owner": "identity-team" };
}

shape! {
    /// A second heading, with its errors.
    Group as "a group";

    /// The group's name for programmers, in `snake_case`, unique in its category.
    required "id" => id: ID, "token";
    /// The heading, in each locale.
    required "title" => title: Localised, { "en": "Token" };
    /// The errors of the group.
    required "errors" => errors: List("errors", Error), [{
        "code": 1000,
        "id": "token_invalid",
        "http": 401,
        "message": "Invalid token",
        "description": { "en": "The token is invalid or has expired. Request a new one." }
    }];
    /// The first and the last integer code that may stand here, within the category's range.
    optional "codes" => codes: CODE_RANGE, "1000-1099";
    /// Whether a request may be sent again, for all errors here that do not say otherwise: `never`, `transient` or
    /// `throttled`. Absent: as in the category.
    optional "retry" => retry: RETRY, "never";
    /// Data of your own, for templates.
    optional "meta" => meta: Data, { "owner": "token-team" };
}

/// What a response body always holds.
const FIXED: Entries<Data> = Entries {
    name: "`fixed`",
    key: POINTER,
    value: Data,
};

/// The targets with their options.
struct Targets;

/// The option that is a folder, and not for a target to declare.
const OUT: &str = "out";

impl Kind for Targets {
    type Value<'a> = Vec<raw::Target<'a>>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        let mut targets = Vec::new();
        decoder.entries("`targets`", |decoder, id| {
            let mut target = raw::Target {
                id,
                out: None,
                options: Vec::new(),
            };
            decoder.entries("a target's options", |decoder, option| {
                if option.value == OUT {
                    target.out = FOLDER.read(decoder);
                } else {
                    let value = decoder.data();
                    target.options.push((option, value));
                }
            });
            targets.push(target);
        });
        Some(targets)
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        let options = definitions.reference("TargetOptions", |definitions| {
            let mut out = FOLDER.schema(definitions);
            out["description"] = "Where the target writes, relative to the catalogue's folder. Absent: `generated/<target>`.".into();
            out["examples"] = json!(["sdk/errors"]);
            json!({
                "description": "The options of a target; `errgen targets` lists the targets.",
                "type": "object",
                "properties": { OUT: out },
            })
        });
        json!({ "type": "object", "additionalProperties": options })
    }
}
