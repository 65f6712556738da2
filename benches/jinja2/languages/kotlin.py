"""Kotlin: the sources of a package, with kotlinx.serialization."""

from __future__ import annotations

from escape import Escape, by_number, by_utf16
from language import File, Language
from naming import Name, lower_camel, reserved, shouty_snake, upper_camel

# Below the output folder, as a package is.
FOLDER = "{catalog.names.kotlin.segment}/errors"

KOTLIN = Language(
    options={"json": "kotlinx"},
    names={
        "catalog": {
            "segment": Name(
                lower_camel,
                reserved=(
                    reserved(
                        "{}Catalog",
                        "abstract as assert boolean break byte case catch char class const continue default "
                        "do double else enum extends false final finally float for fun goto if implements "
                        "import in instanceof int interface is long native new null object package private "
                        "protected public return short static strictfp super switch synchronized this throw "
                        "throws transient true try typealias typeof val var void volatile when while",
                    ),
                ),
            ),
            "code": Name(upper_camel, format="{}ErrorCode"),
            "category": Name(upper_camel, format="{}ErrorCategory"),
            "group": Name(upper_camel, format="{}ErrorGroup"),
            "exception": Name(upper_camel, format="{}Exception"),
            "message": Name(upper_camel, format="{}Message"),
            "messages": Name(upper_camel, format="{}Messages"),
        },
        "category": {
            "constant": Name(shouty_snake),
            "exception": Name(
                upper_camel, format="{}Exception", reserved=(reserved("Category{}", "RuntimeException"),)
            ),
        },
        "group": {
            "constant": Name(shouty_snake, qualified=True),
            "exception": Name(upper_camel, format="{}Exception", qualified=True),
        },
        "error": {
            "constant": Name(shouty_snake),
            "message": Name(
                upper_camel, reserved=(reserved("{}Error", "Any Boolean Companion JvmStatic Long Map String"),)
            ),
        },
        "parameter": {
            "property": Name(
                lower_camel,
                reserved=(
                    reserved("{}Value", "class code text"),
                    reserved(
                        "`{}`",
                        "as break continue do else false for fun if in interface is null object package "
                        "return super this throw true try typealias typeof val var when while",
                    ),
                ),
            ),
        },
        "locale": {
            "texts": Name(upper_camel, format="Texts{}"),
        },
    },
    filters={
        "string": Escape(
            by_utf16("\\u{:04X}"),
            replace={"\\": "\\\\", '"': '\\"', "$": "\\$", "\x08": "\\b", "\n": "\\n", "\r": "\\r", "\t": "\\t"},
            quotes='"',
        ),
        "doc": Escape(
            by_number("U+{:04X}"),
            replace={
                "*/": "*&#47;",
                "/*": "/&#42;",
                "\\": "\\\\",
                "*": "\\*",
                " _": " \\_",
                "`": "\\`",
                "[": "\\[",
                "]": "\\]",
                "~": "\\~",
                "<": "&lt;",
                "&": "&amp;",
                "@": "&#64;",
                "\t": " ",
            },
            line_start={"_": "\\_", "#": "\\#", "-": "\\-", "+": "\\+", ">": "\\>"},
            wrap=120,
        ),
    },
    files=(
        File("code.kt.jinja", FOLDER + "/{catalog.names.kotlin.code}.kt"),
        File("category.kt.jinja", FOLDER + "/{catalog.names.kotlin.category}.kt"),
        File("exception.kt.jinja", FOLDER + "/{catalog.names.kotlin.exception}.kt"),
        File(
            "category_exception.kt.jinja",
            FOLDER + "/{category.names.kotlin.exception}.kt",
            each="category",
        ),
        File("retry.kt.jinja", FOLDER + "/Retry.kt"),
        File("details.kt.jinja", FOLDER + "/ErrorDetails.kt"),
        File("info.kt.jinja", FOLDER + "/ErrorInfo.kt"),
        File("messages.kt.jinja", FOLDER + "/{catalog.names.kotlin.messages}.kt"),
        File("known.kt.jinja", FOLDER + "/KnownErrors.kt"),
        File("texts.kt.jinja", FOLDER + "/Texts.kt"),
        File(
            "locale_texts.kt.jinja",
            FOLDER + "/{locale.names.kotlin.texts}.kt",
            each="locale",
        ),
        File("response_body.kt.jinja", FOLDER + "/ResponseBody.kt"),
    ),
)
