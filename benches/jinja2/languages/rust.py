"""Rust: one module."""

from __future__ import annotations

from escape import Escape, by_number
from language import File, Language
from naming import Name, reserved, snake, upper_camel

KEYWORDS = (
    reserved("{}_", "Self self super crate"),
    reserved(
        "r#{}",
        "abstract as async await become box break const continue do dyn else enum extern false final fn for "
        "gen if impl in let loop macro match mod move mut override priv pub ref return static struct trait "
        "true try type typeof unsafe unsized use virtual where while yield",
    ),
)

RUST = Language(
    options={"json": "serde_json"},
    names={
        "catalog": {
            "module": Name(snake, format="{}_errors", reserved=KEYWORDS),
            "code": Name(upper_camel, format="{}ErrorCode", reserved=KEYWORDS),
            "error": Name(upper_camel, format="{}Error", reserved=KEYWORDS),
        },
        "category": {
            "variant": Name(upper_camel, reserved=KEYWORDS),
        },
        "group": {
            "variant": Name(upper_camel, qualified=True, reserved=KEYWORDS),
        },
        "error": {
            "variant": Name(upper_camel, reserved=KEYWORDS),
            "message": Name(upper_camel, reserved=KEYWORDS),
        },
        "case": {
            "variant": Name(upper_camel, qualified=True, reserved=KEYWORDS),
        },
        "parameter": {
            "field": Name(snake, reserved=KEYWORDS),
        },
    },
    filters={
        "string": Escape(
            by_number("\\u{{{:X}}}"),
            replace={'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
            quotes='"',
        ),
        "doc_comment": Escape(
            by_number("\\\\u{{{:X}}}"),
            replace={
                "\\": "\\\\",
                "`": "\\`",
                "*": "\\*",
                "_": "\\_",
                "[": "\\[",
                "]": "\\]",
                "<": "\\<",
                ">": "\\>",
                "&": "\\&",
                "~": "\\~",
                "|": "\\|",
                "\t": " ",
                "--": "-\\-",
                "://": ":\\//",
            },
            line_start={
                " ": "&#32;",
                "#": "\\#",
                "+": "\\+",
                "-": "\\-",
                "=": "\\=",
                "0.": "0\\.",
                "1.": "1\\.",
                "2.": "2\\.",
                "3.": "3\\.",
                "4.": "4\\.",
                "5.": "5\\.",
                "6.": "6\\.",
                "7.": "7\\.",
                "8.": "8\\.",
                "9.": "9\\.",
                "0)": "0\\)",
                "1)": "1\\)",
                "2)": "2\\)",
                "3)": "3\\)",
                "4)": "4\\)",
                "5)": "5\\)",
                "6)": "6\\)",
                "7)": "7\\)",
                "8)": "8\\)",
                "9)": "9\\)",
            },
            wrap=100,
        ),
    },
    files=(File("errors.rs.jinja", "{catalog.names.rust.module}.rs"),),
)
