"""The catalogue as the templates see it, built once from the YAML.

It holds what the catalogue of this repository and the synthetic ones use of the format. Any other part of it is an
`UnsupportedError`; nothing else is validated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from languages import names

Data = Mapping[str, Any]

BRACES = re.compile(r"\{\{|\}\}|\{(\w+)\}")

# The keys that each mapping must have, and those that it can have.
CATALOGUE = frozenset(["catalog", "version", "title", "locales", "wire", "categories"])
CATALOGUE_OPTIONS = frozenset(["errgen", "fallback", "targets"])
WIRE = frozenset(["code", "message"])
WIRE_OPTIONS = frozenset(["code_type", "fixed"])
CATEGORY = frozenset(["id", "title", "codes", "groups"])
CATEGORY_OPTIONS = frozenset(["retry"])
GROUP = frozenset(["id", "title", "codes", "errors"])
GROUP_OPTIONS = frozenset(["retry"])
ERROR = frozenset(["code", "id", "http", "description"])
ERROR_OPTIONS = frozenset(["message", "params", "cases", "resolution", "retry", "allow"])
CASE = frozenset(["id", "message", "description"])
PARAMETER = frozenset(["type", "example"])
PARAMETER_OPTIONS = frozenset(["description"])


class UnsupportedError(Exception):
    """A part of the format that this script does not know."""


@dataclass(slots=True)
class Part:
    """A piece of a text: a literal, or the name of a parameter."""

    literal: str | None = None
    parameter: str | None = None


@dataclass(slots=True)
class Text:
    """A text, and what it is made of where it has parameters."""

    value: str
    parameters: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class LocalisedText:
    default: Text
    by_locale: dict[str, Text]


@dataclass(slots=True)
class Locale:
    tag: str
    names: SimpleNamespace


@dataclass(slots=True)
class CodeRange:
    first: int
    last: int


@dataclass(slots=True)
class Parameter:
    name: str
    names: SimpleNamespace
    type: str
    example: str
    description: LocalisedText | None


@dataclass(slots=True)
class Case:
    """One of several messages that share a code."""

    id: str
    names: SimpleNamespace
    message: Text
    description: LocalisedText


@dataclass(slots=True)
class Error:
    code: int
    id: str
    names: SimpleNamespace
    category: Category
    group: Group
    http: int
    retry: str
    message: Text | None
    cases: list[Case]
    parameters: list[Parameter]
    description: LocalisedText
    resolution: LocalisedText | None


@dataclass(slots=True)
class Group:
    id: str
    names: SimpleNamespace
    title: LocalisedText
    codes: CodeRange
    category: Category
    errors: list[Error] = field(default_factory=list)


@dataclass(slots=True)
class Category:
    id: str
    names: SimpleNamespace
    title: LocalisedText
    codes: CodeRange
    groups: list[Group] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)


@dataclass(slots=True)
class Pointer:
    """An RFC 6901 pointer into a response body."""

    pointer: str
    segments: list[str]


@dataclass(slots=True)
class Wire:
    code: Pointer
    message: Pointer


@dataclass(slots=True)
class Uses:
    """What one catalogue makes use of and another does not."""

    cases: bool


@dataclass(slots=True)
class Catalog:
    id: str
    names: SimpleNamespace
    version: str
    title: LocalisedText
    locales: list[Locale]
    fallback: str
    wire: Wire
    categories: list[Category]
    groups: list[Group]
    errors: list[Error]

    @property
    def uses(self) -> Uses:
        return Uses(cases=any(error.cases for error in self.errors))


def read_catalog(path: Path) -> tuple[Catalog, Data]:
    """Read a catalogue: its model, and the options that it sets for the targets."""
    with path.open("rb") as file:
        document = yaml.load(file, Loader=yaml.CSafeLoader)
    return Reader(document).catalog(document), document.get("targets", {})


def mapping(data: Data, what: str, required: frozenset[str], optional: frozenset[str] = frozenset()) -> Data:
    """Make sure that a mapping has nothing but the keys that are supported."""
    if unknown := data.keys() - required - optional:
        raise UnsupportedError(f"{what} with {', '.join(sorted(unknown))}")
    if missing := required - data.keys():
        raise UnsupportedError(f"{what} without {', '.join(sorted(missing))}")
    return data


def code_range(codes: str) -> CodeRange:
    first, _, last = codes.partition("-")
    return CodeRange(int(first), int(last))


def pointer(pointer: str) -> Pointer:
    if "~" in pointer:
        raise UnsupportedError("an escape in a pointer")
    return Pointer(pointer, pointer.split("/")[1:])


def template(value: str) -> Text:
    """Split a text at its `{parameters}`; a doubled brace is a literal one."""
    if "{" not in value and "}" not in value:
        return Text(value)
    parts: list[Part] = []
    parameters: list[str] = []
    literal = ""
    end = 0
    for match in BRACES.finditer(value):
        literal += value[end : match.start()]
        end = match.end()
        if (name := match[1]) is None:
            literal += match[0][0]
            continue
        if literal:
            parts.append(Part(literal=literal))
        parts.append(Part(parameter=name))
        parameters.append(name)
        literal = ""
    literal += value[end:]
    if not parameters:
        return Text(literal)
    if literal:
        parts.append(Part(literal=literal))
    return Text(value, parameters, parts)


class Reader:
    """Builds the model; the locales of the catalogue are needed all the way down."""

    def __init__(self, document: Data) -> None:
        self.locales: list[str] = document["locales"]
        self.fallback: str = document.get("fallback", self.locales[0])

    def catalog(self, data: Data) -> Catalog:
        mapping(data, "a catalogue", CATALOGUE, CATALOGUE_OPTIONS)
        wire = mapping(data["wire"], "wire", WIRE, WIRE_OPTIONS)
        categories = [self.category(category) for category in data["categories"]]
        catalog = Catalog(
            id=data["catalog"],
            names=names("catalog", data["catalog"]),
            version=data["version"],
            title=self.localised(data["title"]),
            locales=[Locale(tag, names("locale", tag)) for tag in self.locales],
            fallback=self.fallback,
            wire=Wire(pointer(wire["code"]), pointer(wire["message"])),
            categories=categories,
            groups=[group for category in categories for group in category.groups],
            errors=[error for category in categories for error in category.errors],
        )
        if not any(error.parameters for error in catalog.errors):
            raise UnsupportedError("a catalogue without a parameter")
        if not any(error.description.default.parameters for error in catalog.errors):
            raise UnsupportedError("a catalogue without a parameter in any description")
        if not any(error.resolution for error in catalog.errors):
            raise UnsupportedError("a catalogue without a resolution")
        return catalog

    def category(self, data: Data) -> Category:
        mapping(data, "a category", CATEGORY, CATEGORY_OPTIONS)
        category = Category(
            id=data["id"],
            names=names("category", data["id"]),
            title=self.localised(data["title"]),
            codes=code_range(data["codes"]),
        )
        retry = data.get("retry", "never")
        category.groups = [self.group(group, category, retry) for group in data["groups"]]
        category.errors = [error for group in category.groups for error in group.errors]
        return category

    def group(self, data: Data, category: Category, retry: str) -> Group:
        mapping(data, "a group", GROUP, GROUP_OPTIONS)
        group = Group(
            id=data["id"],
            names=names("group", data["id"], category.id),
            title=self.localised(data["title"]),
            codes=code_range(data["codes"]),
            category=category,
        )
        retry = data.get("retry", retry)
        group.errors = [self.error(error, group, retry) for error in data["errors"]]
        return group

    def error(self, data: Data, group: Group, retry: str) -> Error:
        mapping(data, "an error", ERROR, ERROR_OPTIONS)
        if not isinstance(data["code"], int) or data["code"] < 0:
            raise UnsupportedError("a code that is no natural number")
        error_id = data["id"]
        message = data.get("message")
        return Error(
            code=data["code"],
            id=error_id,
            names=names("error", error_id),
            category=group.category,
            group=group,
            http=data["http"],
            retry=data.get("retry", retry),
            message=None if message is None else template(message),
            cases=[self.case(case, error_id) for case in data.get("cases", ())],
            parameters=self.parameters(data),
            description=self.localised(data["description"]),
            resolution=self.localised(data["resolution"]) if "resolution" in data else None,
        )

    def case(self, data: Data, error_id: str) -> Case:
        mapping(data, "a case", CASE)
        return Case(
            id=data["id"],
            names=names("case", data["id"], error_id),
            message=template(data["message"]),
            description=self.localised(data["description"]),
        )

    def parameters(self, data: Data) -> list[Parameter]:
        return [self.parameter(name, value) for name, value in data.get("params", {}).items()]

    def parameter(self, name: str, data: Data) -> Parameter:
        mapping(data, "a parameter", PARAMETER, PARAMETER_OPTIONS)
        if data["type"] != "string":
            raise UnsupportedError(f"a parameter of the type {data['type']}")
        return Parameter(
            name=name,
            names=names("parameter", name),
            type=data["type"],
            example=data["example"],
            description=self.localised(data["description"]) if "description" in data else None,
        )

    def localised(self, data: Data) -> LocalisedText:
        if len(data) != len(self.locales):
            raise UnsupportedError("a text that is not in every locale")
        by_locale = {tag: template(data[tag]) for tag in self.locales}
        return LocalisedText(by_locale[self.fallback], by_locale)
