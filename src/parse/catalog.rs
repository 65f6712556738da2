//! The format of a catalogue, except for its errors.

use serde_json::{Value, json};

use super::decoder::Decoder;
use super::error::Error;
use super::kind::{Kind, shape};
use super::kinds::{
    ACRONYM, AUTHOR, BOOLEAN, CATALOGUE_ID, CHANGE_NAME, CODE_RANGE, DOCS_URL, Data, Entries,
    FILES, FOLDER, FORMAT_NUMBER, GROUP, HTTP_STATUS, ID, LEVEL, LICENSE, LINT_NAME, LOCALE, List,
    Localised, NAMESPACE, PACKAGE_NAME, PREFIX, PROPERTY_TYPE, PROPERTY_VALUES, RETRY, SCOPE,
    Scalar, TRANSPORT, VERSION, VERSION_REQUIREMENT, WEB_ADDRESS, WrittenData,
};
use super::raw;
use super::shape::{Constraint, Definitions};
use super::wire::Wire;

shape! {
    /// The single source of truth for the errors of an API.
    Catalog as "the catalogue", Constraint::AnyOf(&["categories", "include"]);

    /// The catalogue's name in code, in `snake_case`: modules and types are named after it.
    required "catalog" => catalog: CATALOGUE_ID, "pixnet";
    /// The version of the catalogue, following Semantic Versioning. Modules and documents state it.
    required "version" => version: VERSION, "1.0.0";
    /// The title of the documents, in each locale.
    required "title" => title: Localised, { "en": "PIXNET API error codes" };
    /// The languages of the catalogue's texts as BCP 47 tags, in the order in which the documents show them. Modules have the
    /// texts in all of them.
    required "locales" => locales: List("locales", LOCALE), ["zh-TW", "en"];
    /// The errors, in two levels of headings. Modules can test an error by them, and documents have a page or a section for
    /// each. Included files can have more.
    optional "categories" => categories and has_errors: List("categories", Category), [{
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
    /// What the catalogue requires of errgen itself. A version that is too old says so, and nothing else.
    optional "errgen" => errgen: Requirement, { "format": 1, "requires": ">=0.1" };
    /// More files with errors, as paths from the catalogue's folder; `*` stands for any characters of a name. They come after
    /// `categories`, sorted by path.
    optional "include" => include and has_errors: List("files", FILES), ["errors/*.yaml"];
    /// How errors reach a client: by `http` (the default), or `none` if they never travel over HTTP. No error has an HTTP status
    /// then.
    optional "transport" => transport: TRANSPORT, "none";
    /// The acronyms among the words of ids, as people write them. Names follow the guidelines of each language: `invalidURL`.
    optional "acronyms" => acronyms: List("acronyms", ACRONYM), ["DB", "URL"];
    /// The locale for readers whose language is not listed. Every text must exist in it. Default: the first of `locales`.
    optional "fallback" => fallback: LOCALE, "en";
    /// The URL of an error's published page, with `{code}` or `{id}` in it. Modules have the URL of each error, and documents
    /// link to it. Each byte of a code that a file name cannot hold is `~` and two hexadecimal digits, as in the folders of
    /// the site: `a/b` is at `a~2Fb`.
    optional "docs_url" => docs_url: DOCS_URL, "https://errors.example.com/{code}";
    /// Typed values that errors have beside their texts, such as a severity or an owner. Modules have them by name, and
    /// documents show them.
    optional "properties" => properties: PROPERTIES, {
        "severity": { "type": "enum", "values": ["info", "warning", "error"], "default": "error" }
    };
    /// Where the parts of an error are in a response. Modules read responses so, and documents show examples of them. Default:
    /// the code at `/code` and the message at `/message` in the body.
    optional "wire" => wire: Wire, { "code": "/error/code", "message": "/error/message" };
    /// What registries are told of the packages that modules become with the option `package`.
    optional "publish" => publish: Publish, { "name": "shop-errors", "license": "MIT" };
    /// The targets to generate, with their options. Default: all standard targets, in `generated/`.
    optional "targets" => targets: Targets, {};
    /// The level of each lint, by name: `allow` (turn it off), `warn` (the default) or `deny` (make it an error).
    optional "lint" => lint: LINT, { "missing-translation": "deny" };
    /// What the changes that `errgen diff` finds are, by the names of their rules: `allow` (nothing to report), `warn` (reported, and
    /// not breaking) or `deny` (breaking). Default: what they break decides.
    optional "breaking" => breaking: BREAKING, { "status-changed": "warn" };
    /// Your own data, for templates.
    optional "meta" => meta: Data, { "owner": "api-team" };
}

const LINT: Entries<Scalar> = Entries {
    name: "`lint`",
    key: LINT_NAME,
    value: LEVEL,
};

const BREAKING: Entries<Scalar> = Entries {
    name: "`breaking`",
    key: CHANGE_NAME,
    value: LEVEL,
};

shape! {
    /// What the catalogue requires of errgen itself.
    Requirement as "`errgen`";

    /// The format of the catalogue.
    optional "format" => format: FORMAT_NUMBER, 1;
    /// The versions of errgen that can read the catalogue.
    optional "requires" => requires: VERSION_REQUIREMENT, ">=0.1";
}

shape! {
    /// What registries are told of the packages that modules become with the option `package`.
    Publish as "`publish`";

    /// The name of the package. Default: the catalogue's id and `errors`, `shop-errors`.
    optional "name" => name: PACKAGE_NAME, "shop-errors";
    /// The scope of the npm package, with its `@`.
    optional "scope" => scope: SCOPE, "@acme";
    /// The group of the Maven artefact: a domain of yours, backwards.
    optional "group" => group: GROUP, "com.example";
    /// The package that the code is in on the Java platform. Default: the catalogue's id.
    optional "namespace" => namespace: NAMESPACE, "com.example.errors";
    /// The licence, as an SPDX expression.
    optional "license" => license: LICENSE, "MIT" or "Apache-2.0 OR MIT";
    /// The `https` URL at which the repository can be read.
    optional "repository" => repository: WEB_ADDRESS, "https://github.com/example/errors";
    /// Who maintains it: names, each with an address if you like.
    optional "authors" => authors: List("authors", AUTHOR), ["API team <api@example.com>"];
}

shape! {
    /// A top-level heading with groups, errors or both, here or in included files.
    Category as "a category";

    /// The category's name in code, in `snake_case`, unique in the catalogue. Modules have a constant or a type for it.
    required "id" => id: ID, "authentication";
    /// The heading in documents, in each locale. Modules have it for users.
    required "title" => title: Localised, { "en": "Authentication" };
    /// The codes for this category: of integers the first and the last one, of strings how they start. No code may be in two
    /// categories. Modules give unknown codes among them this category, and documents show them.
    optional "codes" => codes: Codes, "1000..1999" or { "prefix": "SHOP-" };
    /// The HTTP status of all errors here that do not set it.
    optional "http" => http and has_http: HTTP_STATUS, 401;
    /// Whether a request can be retried, for all errors here that do not set it, and for unknown codes in `codes`: `never`,
    /// `transient` or `throttled`.
    optional "retry" => retry: RETRY, "never";
    /// The values of properties for all errors here that do not state their own, by name.
    optional "properties" => properties: PROPERTY_VALUES, { "severity": "warning" };
    /// The errors that are in no group.
    optional "errors" => errors and has_list: List("errors", Error), [{
        "code": 1000,
        "id": "token_invalid",
        "http": 401,
        "message": "Invalid token",
        "description": { "en": "The token is invalid or has expired. Request a new one." }
    }];
    /// The groups of the category.
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
    /// Your own data, for templates.
    optional "meta" => meta: Data, { "owner": "identity-team" };
}

shape! {
    /// A second-level heading with its errors.
    Group as "a group";

    /// The group's name in code, in `snake_case`, unique in its category. Modules have a constant or a type for it.
    required "id" => id: ID, "token";
    /// The heading in documents, in each locale. Modules have it for users.
    required "title" => title: Localised, { "en": "Token" };
    /// The errors of the group.
    required "errors" => errors: List("errors", Error), [{
        "code": 1000,
        "id": "token_invalid",
        "http": 401,
        "message": "Invalid token",
        "description": { "en": "The token is invalid or has expired. Request a new one." }
    }];
    /// The codes for this group, among the category's: of integers the first and the last one, of strings how they start.
    /// Modules give unknown codes among them this group, and documents show them.
    optional "codes" => codes: Codes, "1000..1099" or { "prefix": "SHOP-CART-" };
    /// The HTTP status of all errors here that do not set it. Default: the category's.
    optional "http" => http and has_http: HTTP_STATUS, 401;
    /// Whether a request can be retried, for all errors here that do not set it: `never`, `transient` or `throttled`.
    /// Default: the category's.
    optional "retry" => retry: RETRY, "never";
    /// The values of properties for all errors here that do not state their own, by name.
    optional "properties" => properties: PROPERTY_VALUES, { "severity": "warning" };
    /// Your own data, for templates.
    optional "meta" => meta: Data, { "owner": "token-team" };
}

shape! {
    /// String codes that start in the same way.
    CodePrefix as "`codes`";

    /// How the codes start. Modules give every code that starts so this category or group.
    required "prefix" => prefix: PREFIX, "SHOP-";
}

/// The codes that a category or a group reserves.
struct Codes;

impl Kind for Codes {
    type Value<'a> = raw::Codes<'a>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<Self::Value<'a>> {
        if decoder.is_at_mapping() {
            CodePrefix.read(decoder)?.prefix.map(raw::Codes::Prefix)
        } else {
            CODE_RANGE.read(decoder).map(raw::Codes::Range)
        }
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        json!({ "anyOf": [CODE_RANGE.schema(definitions), CodePrefix.schema(definitions)] })
    }
}

shape! {
    /// A typed value that errors have. It stands under `properties` of a category, a group, an error or a case.
    Property as "a property";

    /// The type of the value: `enum`, `string`, `integer`, `boolean`, or `list` for a list of strings.
    required "type" => r#type: PROPERTY_TYPE, "enum";
    /// The values of an `enum`, in `snake_case`.
    optional "values" => values: List("values", ID), ["info", "warning", "error"];
    /// The value of errors that state none.
    optional "default" => default: WrittenData, "error";
    /// Whether an `enum` has a list of its values rather than a single one.
    optional "multiple" => multiple: BOOLEAN, true;
    /// What the value says of an error, in each locale.
    optional "description" => description: Localised, { "en": "How bad it is." };
    /// Whether modules have it. If not, only documents and templates do.
    optional "modules" => modules: BOOLEAN, false;
}

/// Declared properties, by name.
const PROPERTIES: Entries<Property> = Entries {
    name: "`properties`",
    key: ID,
    value: Property,
};

/// The targets with their options.
struct Targets;

/// The option for the output folder, which every target has.
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
            out["description"] = "The output folder, relative to the catalogue's folder. Default: `generated/<target>`.".into();
            out["examples"] = json!(["sdk/errors"]);
            json!({
                "description": "The options of a target. Run `errgen targets` to list the targets.",
                "type": "object",
                "properties": { OUT: out },
            })
        });
        json!({ "type": "object", "additionalProperties": options })
    }
}
