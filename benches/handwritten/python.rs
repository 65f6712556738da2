//! The Python package.

use std::collections::HashSet;
use std::io;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use crate::catalogue::{Catalogue, Codes, Error, Group, Parameter};
use crate::text::{push_list, push_replaced};
use crate::{NOTICE, Output};

/// The catalogue, with the names that it has here.
struct Module<'a> {
    catalogue: &'a Catalogue<'a>,
    fallback: &'a str,
    codes_class: String,
    groups_type: String,
    categories_type: String,
    error_class: String,
    /// Those of the errors' codes, in their order.
    members: Vec<String>,
    category_classes: Vec<String>,
    group_classes: Vec<String>,
}

/// Writes a file.
type Write = fn(&mut String, &Module);

const FILES: &[(&str, Write)] = &[
    ("__init__.py", init_file),
    ("_codes.py", codes_file),
    ("_descriptions.py", descriptions_file),
    ("_details.py", details_file),
    ("_errors.py", errors_file),
    ("_numbers.py", numbers_file),
    ("_response.py", response_file),
    ("_texts.py", texts_file),
    ("messages.py", messages_file),
    ("py.typed", |_, _| {}),
];

/// Python's own exceptions: `except TimeoutError` must go on meaning what it says.
const EXCEPTIONS: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "EOFError",
    "EnvironmentError",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "IOError",
    "ImportError",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotADirectoryError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PermissionError",
    "ProcessLookupError",
    "PythonFinalizationError",
    "RecursionError",
    "ReferenceError",
    "RuntimeError",
    "SyntaxError",
    "SystemError",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "ValueError",
    "ZeroDivisionError",
];

/// Keywords, the types of parameters, and what every message has.
const FIELDS: &[&str] = &[
    "and",
    "as",
    "assert",
    "async",
    "await",
    "bool",
    "break",
    "case",
    "class",
    "code",
    "continue",
    "def",
    "del",
    "description",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "from_error",
    "global",
    "if",
    "import",
    "in",
    "int",
    "is",
    "lambda",
    "message",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "resolution",
    "return",
    "self",
    "str",
    "try",
    "while",
    "with",
    "yield",
];

pub fn write(catalogue: &Catalogue, output: &mut Output) -> io::Result<()> {
    let name = catalogue.id.to_upper_camel_case();
    let members = catalogue
        .errors
        .iter()
        .map(|error| error.id.to_shouty_snake_case());
    let category_classes = catalogue
        .categories
        .iter()
        .map(|category| error_class(category.id));
    let group_classes = catalogue.groups.iter().map(|group| {
        let category = catalogue.categories[group.category].id;
        error_class(&format!("{category}_{}", group.id))
    });
    let module = Module {
        fallback: catalogue.locales[catalogue.fallback],
        codes_class: format!("{name}ErrorCode"),
        groups_type: format!("{name}ErrorGroup"),
        categories_type: format!("{name}ErrorCategory"),
        error_class: error_class(catalogue.id),
        members: members.collect(),
        category_classes: category_classes.collect(),
        group_classes: group_classes.collect(),
        catalogue,
    };
    let package = format!("{}_errors", catalogue.id.to_snake_case());
    for (path, write) in FILES {
        output.file(&format!("{package}/{path}"), |out| write(out, &module))?;
    }
    Ok(())
}

/// The class of exceptions of the catalogue, of a category or of a group.
fn error_class(id: &str) -> String {
    let name = id.to_upper_camel_case() + "Error";
    if EXCEPTIONS.contains(&name.as_str()) {
        format!("Api{name}")
    } else {
        name
    }
}

fn init_file(out: &mut String, module: &Module) {
    let Module {
        catalogue,
        codes_class,
        groups_type,
        categories_type,
        error_class,
        category_classes,
        group_classes,
        ..
    } = module;
    let codes = [categories_type, codes_class, groups_type, "Retry"];
    let mut errors: Vec<&str> = vec![error_class];
    errors.extend(
        category_classes
            .iter()
            .chain(group_classes)
            .map(String::as_str),
    );
    let all = [&codes, errors.as_slice()].concat();
    let [codes, errors, all] = [sorted(codes), sorted(errors), sorted(all)];
    put!(
        out,
        r#"# {NOTICE}
"""The errors of the catalogue `{}`, version {}.

"#,
        catalogue.id,
        catalogue.version
    );
    docstring(out, catalogue.title.default);
    out.push_str(
        r#"

The module `messages` makes messages from their parameters.
""""#,
    );
    out.push_str(
        "

from ._codes import (",
    );
    for name in &codes {
        put!(out, "\n    {name},");
    }
    out.push_str(
        "
)
from ._errors import (",
    );
    for name in &errors {
        put!(out, "\n    {name},");
    }
    out.push_str(
        "
)

__all__ = [",
    );
    for name in &all {
        put!(out, "\n    \"{name}\",");
    }
    out.push_str(
        "
]
",
    );
}

fn codes_file(out: &mut String, module: &Module) {
    let Module {
        codes_class,
        groups_type,
        categories_type,
        catalogue,
        members,
        ..
    } = module;
    put!(
        out,
        "# {NOTICE}\n\"\"\"The codes that are known, and what is known of each.\"\"\""
    );
    out.push_str(
        "

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Literal

from ._numbers import read_integer

if TYPE_CHECKING:",
    );
    if catalogue.has_cases {
        out.push_str(
            "
    from collections.abc import Mapping
",
        );
    }
    out.push_str(
        "
    from typing_extensions import Self

    from ._details import Details

",
    );
    literal_type(
        out,
        categories_type,
        catalogue.categories.iter().map(|category| category.id),
    );
    out.push_str(
        r#"
"""The id of a category."""

"#,
    );
    literal_type(
        out,
        groups_type,
        catalogue.groups.iter().map(|group| group.id),
    );
    out.push_str(
        r#"
"""The id of a group, unique within its category."""

Retry = Literal["never", "transient", "throttled"]
"""Whether the same request can succeed later: never, soon, or at a lower rate."""


"#,
    );
    put!(
        out,
        r#"class {codes_class}(IntEnum):
    """A code of the catalogue `{}`.
"#,
        catalogue.id
    );
    out.push_str(
        r#"
    New codes may come with any version: a match over them needs a default.
    """

    # fmt: off
"#,
    );
    for (error, member) in catalogue.errors.iter().zip(members) {
        put!(
            out,
            r#"
    {member} = {}
    """"#,
            error.code
        );
        member_docstring(out, error);
        out.push_str(
            r#"
    """
"#,
        );
    }
    out.push_str(
        r#"
    # fmt: on

    @classmethod
    def from_code(cls, code: int | str) -> Self | None:
        """Return the known code, or None."""
        member = cls._value2member_map_.get(_number(code))
        return member if isinstance(member, cls) else None

    @classmethod
    def from_id(cls, id_: str) -> Self | None:
        """Return the code with this id, or None."""
        member = cls.__members__.get(id_.upper())
        return member if member is not None and member.id == id_ else None
"#,
    );
    metadata(out, module);
    out.push_str(
        "

def known_or_raw(
    code: int | str,
",
    );
    put!(out, ") -> {codes_class} | int | str:\n");
    out.push_str(
        r#"    """Return the known code; else the number, or what is no number as it came."""
    number = _number(code)
    if number is None:
        return code
"#,
    );
    put!(out, "    known = {codes_class}.from_code(number)\n");
    out.push_str(
        r#"    return number if known is None else known


def _number(code: int | str) -> int | None:
    return read_integer(code) if isinstance(code, str) else code


@cache
def _details() -> dict[int, Details]:
    """Load the table, which is needed only once an error has come."""
    from ._details import DETAILS  # noqa: PLC0415

    return DETAILS
"#,
    );
}

/// What an editor shows when one points at a code.
fn member_docstring(out: &mut String, error: &Error) {
    put!(out, "{} (HTTP {})", error.code, error.http);
    if let Some(message) = error.message {
        out.push_str(": ");
        docstring(out, message);
    }
    out.push_str(
        "

    ",
    );
    docstring(out, error.description.default);
    if let Some(resolution) = &error.resolution {
        out.push_str("\n    ");
        docstring(out, resolution.default);
    }
    for case in &error.cases {
        put!(
            out,
            "

    `{}`: ",
            case.id
        );
        docstring(out, case.message);
    }
    out.push('\n');
}

fn metadata(out: &mut String, module: &Module) {
    let Module {
        groups_type,
        categories_type,
        fallback,
        catalogue,
        ..
    } = module;
    out.push_str(
        r#"
    @property
    def id(self) -> str:
        """The name that stays the same in every language."""
        return self.name.lower()

    @property
    def http(self) -> int:
        """The HTTP status that it comes with."""
        return _details()[self].http

    @property
"#,
    );
    put!(out, "    def category(self) -> {categories_type}:\n");
    out.push_str(
        r#"        """The id of its category."""
        return _details()[self].category

    @property
"#,
    );
    put!(out, "    def group(self) -> {groups_type} | None:\n");
    out.push_str(
        r#"        """The id of its group, if it is in one."""
        return _details()[self].group

    @property
    def retry(self) -> Retry:
        """Whether the same request can succeed later."""
        return _details()[self].retry

    @property
"#,
    );
    put!(
        out,
        "    def message(self) -> str{}:",
        if catalogue.has_cases { " | None" } else { "" }
    );
    if catalogue.has_cases {
        out.push_str("\n        \"\"\"The server's message; None where several share the code, as cases.\"\"\"");
    } else {
        out.push_str("\n        \"\"\"The server's message.\"\"\"");
    }
    out.push_str(
        "
        return _details()[self].message
",
    );
    if catalogue.has_cases {
        out.push_str(
            r#"
    @property
    def cases(self) -> Mapping[str, str]:
        """The messages that share the code, by the case's id."""
        return _details()[self].cases
"#,
        );
    }
    out.push_str(
        "
    def parameter_types(
        self,",
    );
    if catalogue.has_cases {
        out.push_str(
            "
        *,
        case: str | None = None,",
        );
    }
    out.push_str(
        r#"
    ) -> dict[str, type[bool | int | str]]:
        """Return the types of the parameters in its message, by name."""
        from . import _texts  # noqa: PLC0415
"#,
    );
    if catalogue.has_cases {
        out.push_str(
            "
        message = self.message if case is None else self.cases.get(case)
        return _texts.parameter_types(message)",
        );
    } else {
        out.push_str("\n        return _texts.parameter_types(self.message)");
    }
    out.push_str(
        "

    def category_title(
        self,
",
    );
    put!(out, "        locale: str = \"{fallback}\",\n");
    out.push_str(
        r#"    ) -> str:
        """Return what its category is called, in the nearest locale that there is."""
        # Texts are loaded when one is read.
        from . import _descriptions, _texts  # noqa: PLC0415

        titles = _descriptions.CATEGORY_TITLES
        return _texts.find_text(titles, self.category, locale)

    def group_title(
        self,
"#,
    );
    put!(out, "        locale: str = \"{fallback}\",\n");
    out.push_str(
        r#"    ) -> str | None:
        """Return what its group is called, if it is in one."""
        if self.group is None:
            return None
        from . import _descriptions, _texts  # noqa: PLC0415

        titles = _descriptions.GROUP_TITLES
        return _texts.find_text(titles, (self.category, self.group), locale)

    def description(
        self,
"#,
    );
    put!(out, "        locale: str = \"{fallback}\",");
    if catalogue.has_cases {
        out.push_str(
            "
        *,
        case: str | None = None,",
        );
    }
    out.push_str(
        r#"
    ) -> str:
        """Return what it means, in the nearest locale that there is."""
        from . import _descriptions, _texts  # noqa: PLC0415
"#,
    );
    if catalogue.has_cases {
        out.push_str(
            "
        if case is not None and case in self.cases:
            cases = _descriptions.CASE_DESCRIPTIONS
            return _texts.find_text(cases, (self, case), locale)",
        );
    }
    out.push_str(
        "
        return _texts.find_text(_descriptions.DESCRIPTIONS, self, locale)

    def resolution(
        self,
",
    );
    put!(out, "        locale: str = \"{fallback}\",\n");
    out.push_str(
        r#"    ) -> str | None:
        """Return what the caller can do, if that is known."""
        from . import _descriptions, _texts  # noqa: PLC0415

        if self not in _descriptions.RESOLUTIONS[_texts.FALLBACK]:
            return None
        return _texts.find_text(_descriptions.RESOLUTIONS, self, locale)

    def __str__(self) -> str:
        """Return the code as text."""
        return str(self.value)
"#,
    );
}

fn descriptions_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(
        out,
        r#"# {NOTICE}
"""The texts for readers, by locale. One that a locale lacks is taken from the fallback.""""#
    );
    let is_template = |error: &Error| {
        let mut texts = [Some(&error.description), error.resolution.as_ref()]
            .into_iter()
            .flatten();
        texts.any(|text| text.is_template)
    };
    out.push_str(
        "

from __future__ import annotations

from typing import Final
",
    );
    if catalogue.errors.iter().any(is_template) {
        out.push_str(
            "
from ._texts import Template
",
        );
    }
    out.push_str(
        "
# fmt: off
DESCRIPTIONS: Final[dict[str, dict[int, str]]] = {",
    );
    for (locale, tag) in catalogue.locales.iter().enumerate() {
        put!(out, "\n    \"{tag}\": {{");
        for error in &catalogue.errors {
            put!(out, "\n        {}: ", error.code);
            text(
                out,
                error.description.texts[locale],
                error.description.is_template,
            );
            out.push(',');
        }
        out.push_str("\n    },");
    }
    out.push_str("\n}");
    if catalogue.has_cases {
        out.push_str(
            "

CASE_DESCRIPTIONS: Final[dict[str, dict[tuple[int, str], str]]] = {",
        );
        for (locale, tag) in catalogue.locales.iter().enumerate() {
            put!(out, "\n    \"{tag}\": {{");
            for error in &catalogue.errors {
                for case in &error.cases {
                    put!(out, "\n        ({}, \"{}\"): ", error.code, case.id);
                    text(
                        out,
                        case.description.texts[locale],
                        case.description.is_template,
                    );
                    out.push(',');
                }
            }
            out.push_str("\n    },");
        }
        out.push_str("\n}");
    }
    out.push_str(
        "

RESOLUTIONS: Final[dict[str, dict[int, str]]] = {",
    );
    for (locale, tag) in catalogue.locales.iter().enumerate() {
        put!(out, "\n    \"{tag}\": {{");
        for error in &catalogue.errors {
            if let Some(resolution) = &error.resolution {
                put!(out, "\n        {}: ", error.code);
                text(out, resolution.texts[locale], resolution.is_template);
                out.push(',');
            }
        }
        out.push_str("\n    },");
    }
    out.push_str(
        "
}

CATEGORY_TITLES: Final[dict[str, dict[str, str]]] = {",
    );
    for (locale, tag) in catalogue.locales.iter().enumerate() {
        put!(out, "\n    \"{tag}\": {{");
        for category in &catalogue.categories {
            put!(out, "\n        \"{}\": ", category.id);
            string(out, category.title.texts[locale]);
            out.push(',');
        }
        out.push_str("\n    },");
    }
    out.push_str(
        "
}

GROUP_TITLES: Final[dict[str, dict[tuple[str, str], str]]] = {",
    );
    for (locale, tag) in catalogue.locales.iter().enumerate() {
        put!(out, "\n    \"{tag}\": {{");
        for group in &catalogue.groups {
            put!(
                out,
                "\n        (\"{}\", \"{}\"): ",
                catalogue.categories[group.category].id,
                group.id
            );
            string(out, group.title.texts[locale]);
            out.push(',');
        }
        out.push_str("\n    },");
    }
    out.push_str(
        "
}
# fmt: on
",
    );
}

fn details_file(out: &mut String, module: &Module) {
    let Module {
        groups_type,
        categories_type,
        catalogue,
        ..
    } = module;
    put!(
        out,
        "# {NOTICE}\n\"\"\"What is known of each code, its texts for readers aside.\"\"\""
    );
    out.push_str(
        "

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ._texts import Template

if TYPE_CHECKING:",
    );
    if catalogue.has_cases {
        out.push_str(
            "
    from collections.abc import Mapping
",
        );
    }
    out.push_str("\n    from ._codes import (");
    for name in sorted([categories_type, groups_type, "Retry"]) {
        put!(out, "\n        {name},");
    }
    out.push_str(
        r#"
    )


class Details(NamedTuple):
    """A row of the table."""

    http: int
"#,
    );
    put!(
        out,
        "    category: {categories_type}
    group: {groups_type} | None
    retry: Retry
    message: str{}",
        if catalogue.has_cases { " | None" } else { "" }
    );
    if catalogue.has_cases {
        out.push_str("\n    cases: Mapping[str, str] = {}");
    }
    out.push_str(
        "


# fmt: off
DETAILS: Final[dict[int, Details]] = {",
    );
    for error in &catalogue.errors {
        put!(out, "\n    {}: Details(", error.code);
        row(out, module, error);
        out.push_str("),");
    }
    out.push_str(
        "
}
# fmt: on
",
    );
}

/// What is known of an error: what every one has, then what it has of the rest.
fn row(out: &mut String, module: &Module, error: &Error) {
    let Module { catalogue, .. } = module;
    put!(
        out,
        "{}, \"{}\", \"{}\", \"{}\", ",
        error.http,
        catalogue.categories[error.category].id,
        catalogue.groups[error.group].id,
        error.retry
    );
    if let Some(message) = error.message {
        text(out, message, !error.parameters.is_empty());
    } else {
        out.push_str("None");
    }
    if !error.cases.is_empty() {
        out.push_str(", cases={");
        push_list(out, &error.cases, |out, case| {
            put!(out, "\"{}\": ", case.id);
            string(out, case.message);
        });
        out.push('}');
    }
}

fn errors_file(out: &mut String, module: &Module) {
    let Module {
        codes_class,
        groups_type,
        categories_type,
        error_class,
        catalogue,
        ..
    } = module;
    put!(
        out,
        r#"# {NOTICE}
"""The exceptions: one for the whole catalogue, below it one for each category and each group.""""#
    );
    out.push_str(
        "

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ClassVar, Final

",
    );
    put!(out, "from ._codes import {codes_class}, known_or_raw\n");
    out.push_str(
        "
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from typing_extensions import Self

    from ._codes import (",
    );
    for name in sorted([categories_type, groups_type, "Retry"]) {
        put!(out, "\n        {name},");
    }
    out.push_str(
        "
    )
    from ._texts import Reading


",
    );
    put!(
        out,
        r#"class {error_class}(Exception):
    """An error of the catalogue `{}`.
"#,
        catalogue.id
    );
    out.push_str(
        r#"
    As `OSError` does, it makes an exception of the class that fits its code.
    """

    __match_args__ = ("code",)

"#,
    );
    put!(
        out,
        r#"    category: ClassVar[{categories_type} | None] = None
    """The id of the category, if it is known."""

    group: ClassVar[{groups_type} | None] = None
"#
    );
    out.push_str(
        r#"    """The id of the group, if it is known."""

    codes: ClassVar[range | None] = None
    """The codes that are kept for the category or the group, new ones too."""

    status: int
    """The HTTP status of the response."""

"#,
    );
    put!(out, "    code: {codes_class} | int | str | None\n");
    out.push_str(
        r#"    """The code; one that this version does not know as it came."""

    message: str | None
    """The server's message, as it came."""

    body: bytes | str
    """The response body, as it came."""

    retry_after: int | None
    """How many seconds the server asks to wait."""

    def __init__(
        self,
        *,
        status: int,
        code: int | str | None = None,
        message: str | None = None,
        body: bytes | str = b"",
        retry_after: int | None = None,
    ) -> None:
        """Make an error from its parts."""
        super().__init__()
        self.status = status
        self.code = None if code is None else known_or_raw(code)
        self.message = message
        self.body = body
        self.retry_after = retry_after

    if not TYPE_CHECKING:  # which goes by __init__, as help() does

        @wraps(__init__, assigned=())
        def __new__(
            cls,
            *_args: object,
            code: int | str | None = None,
            **_fields: object,
        ) -> Self:
            """Choose the class that fits the code."""
            fitting = _class_of(code)
            return super().__new__(fitting if issubclass(fitting, cls) else cls)

    @classmethod
    def from_response(
        cls,
        status: int,
        headers: Mapping[str, str] | None = None,
        body: bytes | str = b"",
    ) -> Self:
        """Make an error from a response, whatever its body is."""
        # JSON is loaded when a response is read.
        from ._response import read_body, read_retry_after  # noqa: PLC0415

        code, message = read_body(body)
        return cls(
            status=status,
            code=code,
            message=message,
            body=body,
            retry_after=read_retry_after(headers or {}),
        )

    @property
"#,
    );
    put!(
        out,
        r#"    def known_code(self) -> {codes_class} | None:
        """The code, if this version knows it."""
        if isinstance(self.code, {codes_class}):
"#
    );
    out.push_str(
        r#"            return self.code
        return None

    @property
    def retry(self) -> Retry:
        """Whether the same request can succeed later."""
        if self.known_code is None:
            return _RETRY_BY_STATUS.get(self.status, "never")
        return self.known_code.retry
"#,
    );
    message(out, module);
    out.push_str(
        r#"
    def __str__(self) -> str:
        """Return the code and the message, or the HTTP status for what there is not."""
        message, status = self.message, f"HTTP {self.status}"
        if self.code is None:
            return status if message is None else f"{status}: {message}"
        return f"{self.code}: {status if message is None else message}"

    def __repr__(self) -> str:
        """Return what there is, for debugging."""
        name, message = type(self).__name__, self.message
        return f"{name}(status={self.status}, code={self.code!r}, message={message!r})"

    def __reduce__(
        self,
    ) -> tuple[Callable[..., Self], tuple[type[Self]], dict[str, object]]:
        """Copy and pickle it, for which an exception needs positional arguments."""
        return type(self).__new__, (type(self),), self.__dict__"#,
    );
    tree(out, module);
}

fn message(out: &mut String, module: &Module) {
    let Module {
        fallback,
        catalogue,
        ..
    } = module;
    if catalogue.has_cases {
        out.push_str(
            r#"
    @property
    def case(self) -> str | None:
        """The id of the case, for a code that has several messages."""
        return self._reading.case
"#,
        );
    }
    out.push_str(
        r#"
    @property
    def parameters(self) -> dict[str, bool | int | str]:
        """The values in the message, by name; none where it is not as expected."""
        return self._reading.parameters

    def description(
        self,
"#,
    );
    put!(out, "        locale: str = \"{fallback}\",\n");
    out.push_str(
        r#"    ) -> str | None:
        """Return what it means, in the nearest locale; None for an unknown code."""
        if self.known_code is None:
            return None
        reading = self._reading
"#,
    );
    put!(
        out,
        "        text = self.known_code.description(locale{})\n",
        if catalogue.has_cases {
            ", case=reading.case"
        } else {
            ""
        }
    );
    out.push_str(
        "        return reading.fill(text)

    def resolution(
        self,
",
    );
    put!(out, "        locale: str = \"{fallback}\",\n");
    out.push_str(
        r#"    ) -> str | None:
        """Return what the caller can do, in the nearest locale, if that is known."""
        if self.known_code is None:
            return None
        text = self.known_code.resolution(locale)
        return None if text is None else self._reading.fill(text)

    @classmethod
    def category_title(
        cls,
"#,
    );
    put!(out, "        locale: str = \"{fallback}\",\n");
    out.push_str(
        r#"    ) -> str | None:
        """Return what the category is called, in the nearest locale, if it is known."""
        if cls.category is None:
            return None
        from . import _descriptions, _texts  # noqa: PLC0415

        titles = _descriptions.CATEGORY_TITLES
        return _texts.find_text(titles, cls.category, locale)

    @classmethod
    def group_title(
        cls,
"#,
    );
    put!(out, "        locale: str = \"{fallback}\",\n");
    out.push_str(
        r#"    ) -> str | None:
        """Return what the group is called, in the nearest locale, if it is known."""
        if cls.category is None or cls.group is None:
            return None
        from . import _descriptions, _texts  # noqa: PLC0415

        titles = _descriptions.GROUP_TITLES
        return _texts.find_text(titles, (cls.category, cls.group), locale)

    @property
    def _reading(self) -> Reading:
        # A message is read when one asks for what it says.
        from ._texts import read_message  # noqa: PLC0415

        return read_message(self.known_code, self.message)
"#,
    );
}

fn tree(out: &mut String, module: &Module) {
    let Module {
        codes_class,
        error_class,
        catalogue,
        category_classes,
        group_classes,
        ..
    } = module;
    for (category, class) in catalogue.categories.iter().zip(category_classes) {
        out.push_str(
            "


",
        );
        class_statement(out, class, error_class);
        put!(
            out,
            r#"
    """An error of the category `{}`.

    "#,
            category.id
        );
        docstring(out, category.title.default);
        out.push_str(
            r#"
    """

    "#,
        );
        put!(out, "category = \"{}\"", category.id);
        out.push_str("\n    codes: ClassVar[range | None] = ");
        code_range(out, category.codes);
        for place in category.groups.clone() {
            let (group, group_class) = (&catalogue.groups[place], &group_classes[place]);
            out.push_str(
                "


",
            );
            class_statement(out, group_class, class);
            put!(
                out,
                r#"
    """An error of the group `{}` in the category `{}`.

    "#,
                group.id,
                category.id
            );
            docstring(out, category.title.default);
            out.push_str(": ");
            docstring(out, group.title.default);
            list(out, module, group);
            out.push_str(
                r#"
    """

    "#,
            );
            put!(out, "group = \"{}\"", group.id);
            out.push_str("\n    codes: ClassVar[range | None] = ");
            code_range(out, group.codes);
        }
    }
    out.push_str(
        r#"


_RETRY_BY_STATUS: Final[dict[int, Retry]] = {429: "throttled", 503: "transient"}

# fmt: off
"#,
    );
    put!(
        out,
        "_CLASSES: Final[dict[tuple[str, str | None], type[{error_class}]]] = {{"
    );
    for (group, group_class) in catalogue.groups.iter().zip(group_classes) {
        put!(
            out,
            "\n    (\"{}\", \"{}\"): {group_class},",
            catalogue.categories[group.category].id,
            group.id
        );
    }
    for (category, class) in catalogue.categories.iter().zip(category_classes) {
        put!(out, "\n    (\"{}\", None): {class},", category.id);
    }
    out.push_str(
        "
}
# fmt: on


def _class_of(
    code: int | str | None,
",
    );
    put!(
        out,
        "\
) -> type[{error_class}]:
    known = None if code is None else known_or_raw(code)
    if isinstance(known, {codes_class}):
"
    );
    out.push_str(
        "        return _CLASSES[known.category, known.group]
    if isinstance(known, int):
        # Groups come before their categories.
        for fitting in _CLASSES.values():
            if fitting.codes is not None and known in fitting.codes:
                return fitting
",
    );
    put!(out, "    return {error_class}\n");
    out.push_str(
        "

# Tracebacks and pickles name the package, from which all is imported.
for _public in (
",
    );
    put!(
        out,
        r#"    {codes_class},
    {error_class},
    *_CLASSES.values(),
):
    _public.__module__ = __name__.rpartition(".")[0]
"#
    );
}

/// The codes of a class, for `help()`: it does not show the text under a member of an enum.
fn list(out: &mut String, module: &Module, group: &Group) {
    let Module {
        catalogue, members, ..
    } = module;
    if !group.errors.is_empty() {
        out.push('\n');
    }
    let members = &members[group.errors.clone()];
    for (error, member) in catalogue.errors[group.errors.clone()].iter().zip(members) {
        put!(
            out,
            "\n    - {} `{member}` (HTTP {}): ",
            error.code,
            error.http
        );
        docstring(out, error.description.default);
    }
}

fn numbers_file(out: &mut String, _: &Module) {
    put!(out, "# {NOTICE}\n");
    out.push_str(
        r#""""The integers that every language can hold."""

from __future__ import annotations

from typing import Final

MAX_INTEGER: Final = 2**53 - 1

# In decimal digits. Python refuses to convert thousands of them.
_MAX_LENGTH: Final = len(str(MAX_INTEGER))


def read_integer(text: str, largest: int = MAX_INTEGER) -> int | None:
    """Return the integer that is written in plain digits; None for any other text."""
    digits = text.removeprefix("-")
    if len(digits) > _MAX_LENGTH or not (digits.isascii() and digits.isdecimal()):
        return None
    if digits.startswith("0") and text != "0":
        return None
    number = int(text)
    return number if abs(number) <= largest else None
"#,
    );
}

fn response_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(out, "# {NOTICE}\n");
    out.push_str(
        r#""""Reading the responses of the server, however untidy they are."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from ._numbers import MAX_INTEGER, read_integer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    _Json: TypeAlias = "dict[str, _Json] | list[_Json] | str | float | bool | None"

# Where the body holds them.
# fmt: off
_CODE: Final[Sequence[str]] = "#,
    );
    put!(out, "[\"{}\"]", catalogue.wire.code);
    out.push_str("\n_MESSAGE: Final[Sequence[str]] = ");
    put!(out, "[\"{}\"]", catalogue.wire.message);
    out.push_str(
        r#"
# fmt: on

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_SECONDS: Final = re.compile(r" *0*([0-9]{1,10}) *")
_MAX_SECONDS: Final = 2**31 - 1


def _refuse(constant: str) -> None:
    """Refuse `NaN` and `Infinity`, which are no JSON."""
    raise ValueError(constant)


# All numbers alike, whatever they have in digits: past 2**53 they are no codes.
_DECODER: Final = json.JSONDecoder(parse_int=float, parse_constant=_refuse)


def read_body(body: bytes | str) -> tuple[int | str | None, str | None]:
    """Return the code and the message in a response body, as far as there are any."""
    text = body if isinstance(body, str) else body.decode(errors="replace")
    try:
        document: _Json = _DECODER.decode(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None, None
    code = _read_code(_find(document, _CODE))
    message = _find(document, _MESSAGE)
    return code, message if isinstance(message, str) else None


def read_retry_after(headers: Mapping[str, str]) -> int | None:
    """Return the seconds in the header `Retry-After`."""
    for name, value in headers.items():
        if name.lower() == "retry-after" and (seconds := _SECONDS.fullmatch(value)):
            return read_integer(seconds[1], _MAX_SECONDS)
    return None


def _find(value: _Json, pointer: Sequence[str]) -> _Json:
    """Follow a JSON pointer; None where it leads nowhere."""
    for segment in pointer:
        if isinstance(value, dict):
            value = value.get(segment)
        elif isinstance(value, list) and _INDEX.fullmatch(segment):
            index = int(segment)
            value = value[index] if index < len(value) else None
        else:
            return None
    return value


def _read_code(value: _Json) -> int | str | None:
    match value:
        case str():
            return value
        case float() if value.is_integer() and abs(value) <= MAX_INTEGER:
            return int(value)
        case _:
            return None
"#,
    );
}

fn texts_file(out: &mut String, module: &Module) {
    let Module {
        codes_class,
        fallback,
        catalogue,
        ..
    } = module;
    put!(
        out,
        "# {NOTICE}\n\"\"\"Choosing the locale of a text, and the parameters in texts.\"\"\""
    );
    out.push_str(
        "

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

",
    );
    put!(out, "    from ._codes import {codes_class}\n");
    out.push_str(
        r#"
Key = TypeVar("Key")

# By their tags in small letters.
_LOCALES: Final = {"#,
    );
    for tag in &catalogue.locales {
        put!(out, "\n    \"{}\": \"{tag}\",", tag.to_ascii_lowercase());
    }
    put!(
        out,
        r#"
}}
FALLBACK: Final = "{fallback}"
"#
    );
    out.push_str(
        r#"

def find_text(table: Mapping[str, Mapping[Key, str]], key: Key, locale: str) -> str:
    """Return the text in the nearest locale, or in the fallback where it lacks it."""
    texts = table[find_locale(locale)]
    return texts[key] if key in texts else table[FALLBACK][key]


def find_locale(tag: str) -> str:
    """Return the locale with the longest tag in common, or of the same language."""
    tag = tag.replace("_", "-").lower()
    language = tag.partition("-")[0]
    while tag:
        if tag in _LOCALES:
            return _LOCALES[tag]
        tag = tag.rpartition("-")[0]
    for known, locale in _LOCALES.items():
        if known.partition("-")[0] == language:
            return locale
    return FALLBACK

"#,
    );
    template(out, module);
}

fn template(out: &mut String, module: &Module) {
    let Module {
        codes_class,
        catalogue,
        ..
    } = module;
    out.push_str(
        r#"
class Template(str):
    """A text with `{placeholders}`, in which `{{` and `}}` stand for braces."""

    __slots__ = ()


class Reading(NamedTuple):
    """What a message says."""
"#,
    );
    if catalogue.has_cases {
        out.push_str("\n    case: str | None");
    }
    out.push_str(
        r#"
    template: str | None
    parameters: dict[str, bool | int | str]

    def fill(self, text: str) -> str:
        """Put the parameters into a text about the message."""
        return fill_parameters(text, self.parameters)


"#,
    );
    put!(
        out,
        r#"def read_message(code: {codes_class} | None, message: str | None) -> Reading:
    """Take the message of a code apart."""
    if code is None:
        return Reading({}None, {{}})"#,
        if catalogue.has_cases { "None, " } else { "" }
    );
    if catalogue.has_cases {
        out.push_str(
            "
    if message is None:
        return Reading(None, code.message, {})
    for case, template in code.cases.items():
        parameters = read_parameters(template, message)
        if parameters is not None:
            return Reading(case, template, parameters)
    if code.message is None:
        return Reading(None, None, {})
    return Reading(None, code.message, read_parameters(code.message, message) or {})",
        );
    } else {
        out.push_str(
            "
    if message is None:
        return Reading(code.message, {})
    return Reading(code.message, read_parameters(code.message, message) or {})",
        );
    }
    out.push_str(
        r#"


class _Placeholders(dict[str, str]):
    """The texts of parameters; one that is missing stands for itself."""

    __slots__ = ()

    def __missing__(self, name: str) -> str:
        """Return the placeholder."""
        return "{" + name + "}"


def fill_parameters(text: str, parameters: Mapping[str, bool | int | str]) -> str:
    """Put parameters into a text; a placeholder without one stays as it is."""
    if not isinstance(text, Template):
        return text
    texts = {name: _write(value) for name, value in parameters.items()}
    return text.format_map(_Placeholders(texts))


"#,
    );
    put!(
        out,
        "def parameter_types(text: str{}) -> dict[str, type[bool | int | str]]:\n",
        if catalogue.has_cases { " | None" } else { "" }
    );
    out.push_str(
        r#"    """Return the types of the parameters in a text, by name."""
    if not isinstance(text, Template):
        return {}
    return dict.fromkeys(_split(text)[1], str)


def read_parameters(text: str, message: str) -> dict[str, bool | int | str] | None:
    """Return the parameters in a message, or None where it is not of this form.

    Each literal is searched for once, from the left; the last one is at the end.
    """
    if not isinstance(text, Template):
        return {} if text == message else None
    literals, names = _split(text)
    if not message.startswith(literals[0]) or not message.endswith(literals[-1]):
        return None
    start, end = len(literals[0]), len(message) - len(literals[-1])
    values: list[str] = []
    for literal in literals[1:-1]:
        found = message.find(literal, start, end)
        if found < 0:
            return None
        values.append(message[start:found])
        start = found + len(literal)
    if start > end:
        return None
    values.append(message[start:end])
    return dict(zip(names, values, strict=True))


def _split(text: Template) -> tuple[list[str], list[str]]:
    """Return the literals of a text, and the names of the parameters between them."""
    literals = [""]
    names: list[str] = []
    for literal, name, _, _ in Formatter().parse(text):
        literals[-1] += literal
        if name is not None:
            names.append(name)
            literals.append("")
    return literals, names


def _write(value: bool | int | str) -> str:  # noqa: FBT001
    # Also of an enum's member the value, not its name.
    match value:
        case bool():
            return str(value).lower()
        case int():
            return int.__repr__(value)
        case str():
            return str.__str__(value)
"#,
    );
}

fn messages_file(out: &mut String, module: &Module) {
    let Module {
        codes_class,
        error_class,
        fallback,
        catalogue,
        members,
        ..
    } = module;
    put!(out, "# {NOTICE}");
    put!(
        out,
        r#"
"""The messages that have parameters, each made from what it says.

One without parameters is a constant: the `message` of a `{codes_class}`.
"#
    );
    out.push_str(
        r#""""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, ClassVar

"#,
    );
    put!(out, "from ._codes import {codes_class}\n");
    out.push_str(
        "\
from ._texts import fill_parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

",
    );
    put!(out, "    from ._errors import {error_class}\n");
    out.push_str(
        r#"

@dataclass(frozen=True, kw_only=True)
class Message:
    """A message of the server, whose fields are its parameters."""

"#,
    );
    put!(out, "    code: ClassVar[{codes_class}]");
    if catalogue.has_cases {
        out.push_str("\n    case: ClassVar[str | None] = None");
    }
    put!(
        out,
        r#"

    @classmethod
    def from_error(cls, error: {error_class}) -> Self | None:
        """Return what an error's message says, if it is this one."""
        if error.known_code is not cls.code{}:
"#,
        if catalogue.has_cases {
            " or error.case != cls.case"
        } else {
            ""
        }
    );
    out.push_str(
        r#"            return None
        parameters = error.parameters
        if not parameters:
            return None
        make: Callable[..., Self] = cls
        return make(**{it.name: parameters[_parameter(it.name)] for it in fields(cls)})

    @property
    def message(self) -> str:
        """The message, as the server sends it."""
        return self._fill(self._template)

    def description(
        self,
"#,
    );
    put!(
        out,
        r#"        locale: str = "{fallback}",
    ) -> str:
        """Return what it means, in the nearest locale that there is."""
        return self._fill(self.code.description(locale{}))

    def resolution(
        self,
        locale: str = "{fallback}",
"#,
        if catalogue.has_cases {
            ", case=self.case"
        } else {
            ""
        }
    );
    out.push_str(
        r#"    ) -> str | None:
        """Return what the caller can do, if that is known."""
        text = self.code.resolution(locale)
        return None if text is None else self._fill(text)

    @property
    def _template(self) -> str:"#,
    );
    if catalogue.has_cases {
        out.push_str(
            r#"
        if self.case is not None:
            return self.code.cases[self.case]
        return self.code.message or ""  # which is missing only where there are cases"#,
        );
    } else {
        out.push_str("\n        return self.code.message");
    }
    out.push_str(
        r#"

    def _fill(self, text: str) -> str:
        parameters = {_parameter(name): value for name, value in vars(self).items()}
        return fill_parameters(text, parameters)

    def __str__(self) -> str:
        """Return the message."""
        return self.message


def _parameter(field: str) -> str:
    # A name that is taken has an underscore after it.
    return field.removesuffix("_")"#,
    );
    for (error, member) in catalogue.errors.iter().zip(members) {
        if !error.parameters.is_empty() {
            message_class(out, module, error, member);
        }
    }
    out.push('\n');
}

/// The class of a message with parameters.
fn message_class(out: &mut String, module: &Module, error: &Error, member: &str) {
    let Module { codes_class, .. } = module;
    out.push_str(
        "


@dataclass(frozen=True, kw_only=True)
",
    );
    class_statement(out, &message_name(error), "Message");
    put!(
        out,
        r#"
    """The message of {} (HTTP {}).

    "#,
        error.code,
        error.http
    );
    docstring(out, error.message.unwrap_or_default());
    out.push_str(
        "

    ",
    );
    docstring(out, error.description.default);
    if let Some(resolution) = &error.resolution {
        out.push_str("\n    ");
        docstring(out, resolution.default);
    }
    out.push_str(
        r#"
    """

    "#,
    );
    let code = format!("{codes_class}.{member}");
    assignment(out, "code", &code);
    skip_format(out, code.len() > 80);
    out.push('\n');
    for parameter in &error.parameters {
        let field = field(parameter);
        put!(out, "\n    {field}: str");
        skip_format(out, field.len() > 78);
        if let Some(description) = &parameter.description {
            out.push_str("\n    \"\"\"");
            docstring(out, description.default);
            if out.ends_with('"') {
                out.push_str("\n    ");
            }
            out.push_str("\"\"\"");
        }
    }
}

/// Sorted as formatters sort imports: numbers count by their value.
fn sorted<'a>(names: impl Into<Vec<&'a str>>) -> Vec<&'a str> {
    let mut names = names.into();
    alphanumeric_sort::sort_str_slice(&mut names);
    names
}

fn message_name(error: &Error) -> String {
    let name = error.id.to_upper_camel_case();
    match name.as_str() {
        "Callable" | "ClassVar" | "False" | "Message" | "None" | "Self" | "True" => {
            name + "Message"
        }
        _ => name,
    }
}

fn field(parameter: &Parameter) -> String {
    let name = parameter.name.to_snake_case();
    if FIELDS.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// The type of one of these ids. Formatters leave a last comma alone, but not that after a single id.
fn literal_type<'a>(out: &mut String, name: &str, ids: impl Iterator<Item = &'a str>) {
    let mut known = HashSet::new();
    let ids: Vec<_> = ids.filter(|id| known.insert(*id)).collect();
    put!(out, "{name} = Literal[");
    match ids.as_slice() {
        [only] if name.len() + only.len() > 74 => put!(out, "\n    \"{only}\"\n]"),
        [only] => put!(out, "\"{only}\"]"),
        _ => {
            for id in ids {
                put!(out, "\n    \"{id}\",");
            }
            out.push_str("\n]");
        }
    }
}

/// The first line of a class. In 88 columns, as Black and Ruff have it.
fn class_statement(out: &mut String, name: &str, base: &str) {
    if name.len() + base.len() > 79 {
        put!(out, "class {name}(\n    {base}\n):");
    } else {
        put!(out, "class {name}({base}):");
    }
}

/// A line `name = value` in a class. Black and Ruff put a value in parentheses that fits only so.
fn assignment(out: &mut String, name: &str, value: &str) {
    if name.len() + value.len() > 81 && value.len() <= 80 {
        put!(out, "{name} = (\n        {value}\n    )");
    } else {
        put!(out, "{name} = {value}");
    }
}

/// Of a name too long for any line, Black and Ruff make different things.
fn skip_format(out: &mut String, is_long: bool) {
    if is_long {
        out.push_str("  # fmt: skip");
    }
}

fn code_range(out: &mut String, codes: Codes) {
    if codes.first == 0 {
        put!(out, "range({})", codes.last + 1);
    } else {
        put!(out, "range({}, {})", codes.first, codes.last + 1);
    }
}

/// A text in a table. One with parameters is marked as such: in any other, a brace is a brace.
fn text(out: &mut String, text: &str, is_template: bool) {
    if is_template {
        out.push_str("Template(");
        string(out, text);
        out.push(')');
    } else {
        string(out, text);
    }
}

/// A string in the quotation marks that need fewer escapes.
fn string(out: &mut String, text: &str) {
    let count = |mark| text.matches(mark).count();
    let is_single = count('"') > count('\'');
    let mark = if is_single { '\'' } else { '"' };
    out.push(mark);
    push_replaced(out, text, |rest| match rest {
        [b'\'', ..] if is_single => Some((1, "\\'")),
        [b'"', ..] if !is_single => Some((1, "\\\"")),
        [b'\\', ..] => Some((1, "\\\\")),
        _ => None,
    });
    out.push(mark);
}

fn docstring(out: &mut String, text: &str) {
    push_replaced(out, text.trim(), |rest| match rest {
        [b'"', b'"', b'"', ..] => Some((3, "\\\"\\\"\\\"")),
        [b'\\', ..] => Some((1, "\\u005c")),
        // The wide space of Chinese text: formatters strip it where a line ends.
        [0xE3, 0x80, 0x80, ..] => Some((3, " ")),
        _ => None,
    });
}
