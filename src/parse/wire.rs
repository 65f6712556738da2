//! The format of `wire`: where the parts of an error are in a response.

use serde_json::{Value, json};

use super::decoder::Decoder;
use super::kind::{Kind, shape};
use super::kinds::{
    CODE_TYPE, Data, EXAMPLE, Entries, HEADER, ID, Localised, MARK, PARAMETER_TYPE, PLACE, POINTER,
    Scalar, TEMPLATE, WrittenData,
};
use super::raw;
use super::shape::{Constraint, Definitions};

shape! {
    /// Where the parts of an error are in a response. A place is a JSON pointer (RFC 6901) into the body, or a mapping that names a
    /// header or an element of an array.
    Wire as "`wire`";

    /// Where the code is. Default: `/code`, or nowhere if `errors` gives a code.
    optional "code" => code: PointerOr(POINTER, CodePlace), "/error/code" or { "header": "X-Error-Code" }
        or { "body": "/error/details", "where": { "@type": "type.example.com/ErrorInfo" }, "at": "/reason" }
        or { "body": "/__type", "after": "#", "before": ":" }
        or { "body": "/errorClass", "separator": "." }
        or { "body": "/type", "template": "docs_url" };
    /// How the code is sent: as an `integer`, or as a `string` even if the catalogue's codes are integers.
    optional "code_type" => code_type: CODE_TYPE, "string";
    /// Where the code of a case is.
    optional "subcode" => subcode: PointerOr(POINTER, SubcodePlace), "/error/decline_code";
    /// Where the message is. Default: `/message`, or nowhere if `errors` gives a code and `code` is absent.
    optional "message" => message: PointerOr(POINTER, AnyPlace), "/error/message" or { "header": "X-Error-Message" };
    /// Where an object with the parameters is, keyed by their names on the wire. The empty pointer is the body itself.
    optional "parameters" => parameters: PointerOr(PLACE, AnyPlace), "/error/params" or "";
    /// What else a response tells its caller, by name.
    optional "fields" => fields: FIELDS, { "request_id": { "header": "X-Request-Id" }, "param": "/error/param" };
    /// Where a response lists several errors.
    optional "errors" => errors: Items, { "list": "/errors", "code": "/code", "message": "/detail" };
    /// Values that are the same in every response body, keyed by pointer.
    optional "fixed" => fixed: FIXED, { "/error/kind": "shop", "/ok": false };
}

shape! {
    /// Where a response lists several errors. The other places are relative to an item of the list.
    Items as "`errors`";

    /// Where the list is. The empty pointer is the body itself.
    required "list" => list: PLACE, "/errors";
    /// Where the code is in an item.
    required "code" => code: PointerOr(POINTER, CodePlace), "/code" or "/extensions/code";
    /// Where the code of a case is in an item.
    optional "subcode" => subcode: PointerOr(POINTER, SubcodePlace), "/reason";
    /// Where the message is in an item.
    optional "message" => message: PointerOr(POINTER, AnyPlace), "/detail";
    /// Where an object with the parameters is in an item. The empty pointer is the item itself.
    optional "parameters" => parameters: PointerOr(PLACE, AnyPlace), "/meta";
    /// What else an item tells its caller, by name.
    optional "fields" => fields: FIELDS, { "field": "/source/pointer" };
}

shape! {
    /// A place in a response.
    AnyPlace as "a place", Constraint::AnyOf(&["header", "body"]), Constraint::NotBoth(["header", "body"]);

    /// The name of a header.
    optional "header" => header: HEADER, "X-Request-Id";
    /// A pointer into the body, to an array if there is `where`. The empty pointer is the body itself.
    optional "body" => body: PLACE, "/error/details";
    /// Which element of the array: the first one that has members with these values.
    optional "where" => r#where and has_where: WHERE, { "@type": "type.example.com/ErrorInfo" };
    /// Where in the element that `where` finds.
    optional "at" => at: PLACE, "/reason";
}

shape! {
    /// The place of a case's code in a response.
    SubcodePlace as "the place of a subcode",
    Constraint::AnyOf(&["header", "body"]),
    Constraint::NotBoth(["header", "body"]);

    /// The name of a header.
    optional "header" => header: HEADER, "X-Error-Reason";
    /// A pointer into the body, to an array if there is `where`.
    optional "body" => body: PLACE, "/error/details";
    /// Which element of the array: the first one that has members with these values.
    optional "where" => r#where and has_where: WHERE, { "@type": "type.example.com/ErrorInfo" };
    /// Where in the element that `where` finds.
    optional "at" => at: PLACE, "/reason";
    /// What stands before the code: the code is what follows the first occurrence. Without one, it is the whole text.
    optional "after" => after: MARK, "#";
    /// What stands after the code: the code is what comes before the first occurrence. Without one, it is the whole text.
    optional "before" => before: MARK, ":";
}

shape! {
    /// The place of the code in a response.
    CodePlace as "the place of a code",
    Constraint::AnyOf(&["header", "body"]),
    Constraint::NotBoth(["header", "body"]);

    /// The name of a header.
    optional "header" => header: HEADER, "X-Error-Code";
    /// A pointer into the body, to an array if there is `where`.
    optional "body" => body: PLACE, "/error/details";
    /// Which element of the array: the first one that has members with these values.
    optional "where" => r#where and has_where: WHERE, { "@type": "type.example.com/ErrorInfo" };
    /// Where in the element that `where` finds.
    optional "at" => at: PLACE, "/reason";
    /// What stands before the code: the code is what follows the first occurrence. Without one, it is the whole text.
    optional "after" => after: MARK, "#";
    /// What stands after the code: the code is what comes before the first occurrence. Without one, it is the whole text.
    optional "before" => before: MARK, ":";
    /// What parts the code from the code of the case: `.` if the server sends `PARENT.SUB`.
    optional "separator" => separator: MARK, ".";
    /// The code is read from a URL that is made from `docs_url`, as is the `type` of problem details (RFC 9457).
    optional "template" => template: TEMPLATE, "docs_url";
}

shape! {
    /// What else a response tells its caller: a place, and what is there.
    Field as "a field", Constraint::AnyOf(&["header", "body"]), Constraint::NotBoth(["header", "body"]);

    /// The name of a header.
    optional "header" => header: HEADER, "X-Request-Id";
    /// A pointer into the body, to an array if there is `where`.
    optional "body" => body: PLACE, "/error/param";
    /// Which element of the array: the first one that has members with these values.
    optional "where" => r#where and has_where: WHERE, { "@type": "type.example.com/Help" };
    /// Where in the element that `where` finds.
    optional "at" => at: PLACE, "/links/0/url";
    /// The type of the value: `string` (the default), `integer`, `number` or `boolean`.
    optional "type" => r#type: PARAMETER_TYPE, "string";
    /// A typical value, for the docs.
    optional "example" => example: EXAMPLE, "req_7Tq2" or 120 or 9.99 or true;
    /// What the value is, in each locale.
    optional "description" => description: Localised, { "en": "The request, for our support." };
}

/// Fields by name.
const FIELDS: Entries<PointerOr<Field>> = Entries {
    name: "`fields`",
    key: ID,
    value: PointerOr(POINTER, Field),
};

/// Values that the members of an element have.
const WHERE: Entries<WrittenData> = Entries {
    name: "`where`",
    key: Scalar {
        name: "a member's name",
        schema: || json!({ "type": "string" }),
    },
    value: WrittenData,
};

/// Values that are the same in every response body.
const FIXED: Entries<Data> = Entries {
    name: "`fixed`",
    key: POINTER,
    value: Data,
};

/// A place that can also be written as a pointer into the body, of this kind.
pub struct PointerOr<K>(pub Scalar, pub K);

impl<K> Kind for PointerOr<K>
where
    K: for<'a> Kind<Value<'a> = raw::Place<'a>>,
{
    type Value<'a> = raw::Place<'a>;

    fn read<'a>(&self, decoder: &mut Decoder<'a>) -> Option<raw::Place<'a>> {
        let span = decoder.place();
        if decoder.is_at_mapping() {
            let place = self.1.read(decoder)?;
            return Some(raw::Place { span, ..place });
        }
        let pointer = self.0.read(decoder)?;
        Some(raw::Place {
            span: pointer.span,
            body: Some(pointer),
            ..raw::Place::default()
        })
    }

    fn schema(&self, definitions: &mut Definitions) -> Value {
        json!({ "anyOf": [self.0.schema(definitions), self.1.schema(definitions)] })
    }
}
