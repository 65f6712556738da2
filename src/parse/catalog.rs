//! The format of a catalogue: which mapping has which keys.

use super::decoder::{Decoder, Shape};
use super::raw::{
    Case, Catalog, Category, Code, Deprecated, Error, Exemption, Group, Localised, Parameter,
    Requirement, Retired, Scalar, Spanned, Target, Wire,
};

const CATALOG: Shape = Shape {
    name: "the catalogue",
    required: &["catalog", "version", "title", "locales", "categories"],
    optional: &[
        "errgen", "fallback", "docs_url", "wire", "targets", "lint", "meta",
    ],
};

const REQUIREMENT: Shape = Shape {
    name: "`errgen`",
    required: &[],
    optional: &["format", "requires"],
};

const WIRE: Shape = Shape {
    name: "`wire`",
    required: &[],
    optional: &["code", "code_type", "message", "fixed"],
};

const CATEGORY: Shape = Shape {
    name: "a category",
    required: &["id", "title"],
    optional: &["codes", "retry", "errors", "groups", "meta"],
};

const GROUP: Shape = Shape {
    name: "a group",
    required: &["id", "title", "errors"],
    optional: &["codes", "retry", "meta"],
};

const ERROR: Shape = Shape {
    name: "an error",
    required: &["code", "id", "http", "description"],
    optional: &[
        "message",
        "cases",
        "params",
        "resolution",
        "retry",
        "since",
        "deprecated",
        "retired",
        "allow",
        "meta",
    ],
};

const CASE: Shape = Shape {
    name: "a case",
    required: &["id", "message", "description"],
    optional: &["params", "meta"],
};

const PARAMETER: Shape = Shape {
    name: "a parameter",
    required: &["type"],
    optional: &["example", "description", "sensitive"],
};

const DEPRECATED: Shape = Shape {
    name: "`deprecated`",
    required: &["since"],
    optional: &["use", "note"],
};

const RETIRED: Shape = Shape {
    name: "`retired`",
    required: &["since"],
    optional: &["note"],
};

const EXEMPTION: Shape = Shape {
    name: "an exemption",
    required: &["rule", "reason"],
    optional: &[],
};

pub fn catalog<'a>(decoder: &mut Decoder<'a>) -> Catalog<'a> {
    let mut raw = Catalog::default();
    decoder.mapping(&CATALOG, |decoder, key| match key {
        "errgen" => raw.errgen = Some(requirement(decoder)),
        "catalog" => raw.catalog = decoder.scalar("the catalogue's id"),
        "version" => raw.version = decoder.scalar("a version"),
        "title" => raw.title = localised(decoder),
        "locales" => {
            raw.locales = Some(decoder.sequence("locales", |decoder| decoder.scalar("a locale")));
        }
        "fallback" => raw.fallback = decoder.scalar("a locale"),
        "docs_url" => raw.docs_url = decoder.scalar("an address"),
        "wire" => raw.wire = Some(wire(decoder)),
        "targets" => raw.targets = Some(targets(decoder)),
        "lint" => {
            decoder.entries("`lint`", |decoder, rule| {
                let level = decoder.scalar("`allow`, `warn` or `deny`");
                raw.lint.extend(level.map(|level| (rule, level)));
            });
        }
        "categories" => {
            raw.categories = decoder.sequence("categories", |decoder| Some(category(decoder)));
        }
        _ => raw.meta = decoder.data().value,
    });
    raw
}

fn requirement<'a>(decoder: &mut Decoder<'a>) -> Requirement<'a> {
    let mut raw = Requirement::default();
    decoder.mapping(&REQUIREMENT, |decoder, key| match key {
        "format" => raw.format = decoder.scalar("a format number"),
        _ => raw.requires = decoder.scalar("a version requirement"),
    });
    raw
}

fn wire<'a>(decoder: &mut Decoder<'a>) -> Wire<'a> {
    let mut raw = Wire::default();
    decoder.mapping(&WIRE, |decoder, key| match key {
        "code" => raw.code = decoder.scalar("a JSON pointer"),
        "code_type" => raw.code_type = decoder.scalar("`integer` or `string`"),
        "message" => raw.message = decoder.scalar("a JSON pointer"),
        _ => {
            decoder.entries("`fixed`", |decoder, pointer| {
                let value = decoder.data().value;
                raw.fixed.push((pointer, value));
            });
        }
    });
    raw
}

fn targets<'a>(decoder: &mut Decoder<'a>) -> Vec<Target<'a>> {
    let mut targets = Vec::new();
    decoder.entries("`targets`", |decoder, id| {
        let mut target = Target {
            id,
            out: None,
            options: Vec::new(),
        };
        decoder.entries("a target's options", |decoder, option| {
            if option.value == "out" {
                target.out = decoder.scalar("a folder");
            } else {
                let value = decoder.data();
                target.options.push((option, value));
            }
        });
        targets.push(target);
    });
    targets
}

fn category<'a>(decoder: &mut Decoder<'a>) -> Category<'a> {
    let mut raw = Category::default();
    decoder.mapping(&CATEGORY, |decoder, key| match key {
        "id" => raw.id = decoder.scalar("an id"),
        "title" => raw.title = localised(decoder),
        "codes" => raw.codes = decoder.scalar("a range of codes"),
        "retry" => raw.retry = decoder.scalar("a retry class"),
        "errors" => {
            raw.has_list = true;
            raw.errors = decoder.sequence("errors", |decoder| Some(error(decoder)));
        }
        "groups" => {
            raw.has_list = true;
            raw.groups = decoder.sequence("groups", |decoder| Some(group(decoder)));
        }
        _ => raw.meta = decoder.data().value,
    });
    raw
}

fn group<'a>(decoder: &mut Decoder<'a>) -> Group<'a> {
    let mut raw = Group::default();
    decoder.mapping(&GROUP, |decoder, key| match key {
        "id" => raw.id = decoder.scalar("an id"),
        "title" => raw.title = localised(decoder),
        "codes" => raw.codes = decoder.scalar("a range of codes"),
        "retry" => raw.retry = decoder.scalar("a retry class"),
        "errors" => raw.errors = decoder.sequence("errors", |decoder| Some(error(decoder))),
        _ => raw.meta = decoder.data().value,
    });
    raw
}

fn error<'a>(decoder: &mut Decoder<'a>) -> Error<'a> {
    let mut raw = Error::default();
    raw.is_flow = decoder.mapping(&ERROR, |decoder, key| match key {
        "code" => raw.code = code(decoder),
        "id" => raw.id = decoder.scalar("an id"),
        "http" => raw.http = decoder.scalar("an HTTP status"),
        "message" => {
            raw.has_message = true;
            raw.message = decoder.scalar("a message");
        }
        "cases" => {
            raw.has_cases = true;
            raw.cases = decoder.sequence("cases", |decoder| Some(case(decoder)));
        }
        "params" => raw.params = parameters(decoder),
        "description" => raw.description = localised(decoder),
        "resolution" => raw.resolution = localised(decoder),
        "retry" => raw.retry = decoder.scalar("a retry class"),
        "since" => raw.since = decoder.scalar("a version"),
        "deprecated" => raw.deprecated = Some(deprecated(decoder)),
        "retired" => raw.retired = Some(retired(decoder)),
        "allow" => {
            raw.allow = decoder.sequence("exemptions", |decoder| Some(exemption(decoder)));
        }
        _ => raw.meta = decoder.data().value,
    });
    raw
}

fn code<'a>(decoder: &mut Decoder<'a>) -> Option<Spanned<Code<'a>>> {
    let styled = decoder.styled_scalar("a code")?;
    let Scalar { value, span } = styled.scalar;
    // Only what prints as it was written is a number: `01000`, `1_000` and `1e3` are text.
    let integer = value.parse::<i64>().ok().filter(|_| styled.plain);
    let value = match integer.filter(|integer| integer.to_string() == value) {
        Some(integer) => Code::Integer(integer),
        None => Code::Text(value),
    };
    Some(Spanned { value, span })
}

fn case<'a>(decoder: &mut Decoder<'a>) -> Case<'a> {
    let mut raw = Case::default();
    raw.is_flow = decoder.mapping(&CASE, |decoder, key| match key {
        "id" => raw.id = decoder.scalar("an id"),
        "message" => raw.message = decoder.scalar("a message"),
        "params" => raw.params = parameters(decoder),
        "description" => raw.description = localised(decoder),
        _ => raw.meta = decoder.data().value,
    });
    raw
}

fn parameters<'a>(decoder: &mut Decoder<'a>) -> Vec<Parameter<'a>> {
    let mut parameters = Vec::new();
    decoder.entries("`params`", |decoder, name| {
        let mut raw = Parameter {
            name,
            ..Parameter::default()
        };
        decoder.mapping(&PARAMETER, |decoder, key| match key {
            "type" => raw.r#type = decoder.scalar("a parameter's type"),
            "example" => raw.example = decoder.scalar("an example"),
            "description" => raw.description = localised(decoder),
            _ => raw.sensitive = decoder.scalar("`true` or `false`"),
        });
        parameters.push(raw);
    });
    parameters
}

fn deprecated<'a>(decoder: &mut Decoder<'a>) -> Deprecated<'a> {
    let mut raw = Deprecated::default();
    decoder.mapping(&DEPRECATED, |decoder, key| match key {
        "since" => raw.since = decoder.scalar("a version"),
        "use" => raw.r#use = decoder.scalar("an error's id"),
        _ => raw.note = localised(decoder),
    });
    raw
}

fn retired<'a>(decoder: &mut Decoder<'a>) -> Retired<'a> {
    let mut raw = Retired::default();
    decoder.mapping(&RETIRED, |decoder, key| match key {
        "since" => raw.since = decoder.scalar("a version"),
        _ => raw.note = localised(decoder),
    });
    raw
}

fn exemption<'a>(decoder: &mut Decoder<'a>) -> Exemption<'a> {
    let mut raw = Exemption::default();
    decoder.mapping(&EXEMPTION, |decoder, key| match key {
        "rule" => raw.rule = decoder.scalar("a lint's name"),
        _ => raw.reason = decoder.scalar("a reason"),
    });
    raw
}

fn localised<'a>(decoder: &mut Decoder<'a>) -> Option<Localised<'a>> {
    let mut texts = Vec::new();
    let span = decoder.entries("texts by locale", |decoder, tag| {
        if let Some(text) = decoder.scalar("a text") {
            texts.push((tag, text));
        }
    })?;
    Some(Spanned { value: texts, span })
}
