"""TypeScript: ES modules."""

from __future__ import annotations

from escape import Escape, by_utf16
from language import File, Language
from naming import Name, lower_camel, reserved, upper_camel

TYPESCRIPT = Language(
    names={
        "catalog": {
            "type": Name(
                upper_camel,
                reserved=(reserved("{}Catalog", "Aggregate Eval Range Reference Suppressed Syntax Type Uri"),),
            ),
            "value": Name(lower_camel),
        },
        "error": {
            "member": Name(upper_camel),
        },
        "locale": {
            "constant": Name(lower_camel, reserved=(reserved("{}_", "do for if in let new try var"),)),
        },
    },
    filters={
        "string": Escape(
            by_utf16("\\u{:04X}"),
            replace={"\\": "\\\\", '"': '\\"', "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
            quotes="\"'",
        ),
        "text": Escape(
            by_utf16("\\u{:04X}"),
            replace={"\\": "\\\\", "`": "\\`", "${": "\\${", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
            quotes="`",
        ),
        "doc_comment": Escape(
            by_utf16("\\\\u{:04X}"),
            replace={
                "\\": "\\\\",
                "`": "\\`",
                "*": "\\*",
                "*/": "\\*\\/",
                "[": "\\[",
                "]": "\\]",
                "<": "\\<",
                ">": "\\>",
                "{": "\\{",
                "}": "\\}",
                "@": "\\@",
                "&": "\\&",
                "~": "\\~",
                " _": " \\_",
                "\t": " ",
                "\xa0": " ",
            },
            line_start={"#": "\\#", "-": "\\-", "+": "\\+", "_": "\\_", "=": "\\=", "1.": "1\\.", "|": "\\|"},
            wrap=80,
        ),
    },
    files=(
        File("index.ts.jinja", "index.ts"),
        File("codes.ts.jinja", "codes.ts"),
        File("tables.ts.jinja", "tables.ts"),
        File("definitions.ts.jinja", "definitions.ts"),
        File("wire.ts.jinja", "wire.ts"),
        File("error.ts.jinja", "error.ts"),
        File("messages.ts.jinja", "messages.ts"),
        File("locales.ts.jinja", "locales.ts"),
        File("texts.ts.jinja", "texts.ts"),
        File("descriptions.ts.jinja", "descriptions.ts"),
        File("locale.ts.jinja", "descriptions/{locale.tag}.ts", each="locale"),
    ),
)
