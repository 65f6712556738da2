"""Swift: the sources of a module."""

from __future__ import annotations

from escape import Escape, by_number
from language import File, Language
from naming import Name, lower_camel, reserved, upper_camel

KEYWORDS = (
    reserved(
        "`{}`",
        "associatedtype class deinit enum extension fileprivate func import init inout internal let open "
        "operator private precedencegroup protocol public rethrows static struct subscript typealias var "
        "break case catch continue default defer do else fallthrough for guard if in repeat return throw "
        "switch where while any as await borrowing consuming consume copy each false is nil super throws true "
        "try unsafe",
    ),
)


def integer(value: int) -> str:
    """Write an integer as swift-format wants it: from seven digits on, in groups of three."""
    return f"{value:_}" if value >= 1_000_000 else str(value)


SWIFT = Language(
    names={
        "catalog": {
            "type": Name(upper_camel, format="{}Error", reserved=KEYWORDS),
        },
        "category": {
            "constant": Name(lower_camel, reserved=(reserved("{}Category", "self none some"), *KEYWORDS)),
        },
        "group": {
            "constant": Name(lower_camel, qualified=True, reserved=KEYWORDS),
        },
        "error": {
            "constant": Name(lower_camel, reserved=(reserved("{}Error", "self none some all knownCodes"), *KEYWORDS)),
            "arguments": Name(lower_camel, reserved=(reserved("{}Error", "self error"), *KEYWORDS)),
        },
        "case": {
            "constant": Name(lower_camel, qualified=True, reserved=KEYWORDS),
        },
        "parameter": {
            "label": Name(lower_camel, reserved=(reserved("{}Parameter", "self"), *KEYWORDS)),
        },
        "locale": {
            "constant": Name(
                lower_camel,
                reserved=(
                    reserved("{}Locale", "any as do for if in is let nil none self some try var isTemplate allCases"),
                    *KEYWORDS,
                ),
            ),
        },
    },
    filters={
        "integer": integer,
        "string": Escape(
            by_number("\\u{{{:X}}}"),
            replace={"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x00": "\\0"},
            quotes='"',
        ),
        "doc_comment": Escape(
            by_number("\\u{{{:X}}}"),
            replace={
                "\\": "\\\\",
                "`": "\\`",
                "*": "\\*",
                " _": " \\_",
                "<": "\\<",
                "[": "\\[",
                "&": "\\&",
                "~~": "\\~\\~",
            },
            line_start={
                "#": "\\#",
                "-": "\\-",
                "+": "\\+",
                "=": "\\=",
                ">": "\\>",
                "|": "\\|",
                "_": "\\_",
                "@": "\\@",
                "~": "\\~",
                "0. ": "0\\. ",
                "1. ": "1\\. ",
                "2. ": "2\\. ",
                "3. ": "3\\. ",
                "4. ": "4\\. ",
                "5. ": "5\\. ",
                "6. ": "6\\. ",
                "7. ": "7\\. ",
                "8. ": "8\\. ",
                "9. ": "9\\. ",
            },
            wrap=100,
        ),
        "comment": Escape(by_number("\\u{{{:X}}}"), replace={"\n": " ", "\r": " "}),
    },
    files=(
        File("Error.swift.jinja", "{catalog.names.swift.type}.swift"),
        File("Foundation.swift.jinja", "{catalog.names.swift.type}+Foundation.swift"),
        File("Code.swift.jinja", "{catalog.names.swift.type}Code.swift"),
        File("Category.swift.jinja", "{catalog.names.swift.type}Category.swift"),
        File("Retry.swift.jinja", "{catalog.names.swift.type}Retry.swift"),
        File("Definition.swift.jinja", "{catalog.names.swift.type}Definition.swift"),
        File("Table.swift.jinja", "{catalog.names.swift.type}Table.swift"),
        File("Text.swift.jinja", "{catalog.names.swift.type}Text.swift"),
    ),
)
