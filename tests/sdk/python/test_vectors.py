"""test_vectors.py SEARCH_PATH VECTORS FOLDER: the one package on a path against vectors.

Beside those of the file VECTORS, those that FOLDER has for the same catalogue. Their
format is described in templates/conformance/README.md. What a module is from before any
response has come is tested too: its definitions, what it builds, and its documentation.
"""

from __future__ import annotations

import ast
import base64
import dataclasses
import importlib
import inspect
import itertools
import json
import pickle
import pkgutil
import pydoc
import re
import sys
import unittest
from enum import Enum
from pathlib import Path
from typing import Any

SHOWN = 2000
"""How many characters of a value are worth showing: some are a megabyte."""

MOST_CLASSES_ON_A_PAGE = 500
"""Of how many errors `help()` shows all classes in a few seconds."""

TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


class Module:
    """The one package on a path, found by what it exports."""

    def __init__(self, search_path: str) -> None:
        """Import it."""
        sys.path.insert(0, search_path)
        (package,) = Path(search_path).glob("*/__init__.py")
        self.package = package.parent.name
        public = list(vars(importlib.import_module(self.package)).values())
        (self.codes,) = (it for it in public if _is_class(it, Enum))
        (self.error,) = (it for it in public if _is_class(it, Exception))
        exported = importlib.import_module(self.package).__all__
        values = [getattr(sys.modules[self.package], it) for it in exported]
        self.errors = {it for it in values if _is_class(it, Exception)}
        self.headings = {
            (it.category, it.group): it
            for it in self.errors
            if vars(it).keys() & {"category", "group"} and it is not self.error
        }
        description = inspect.signature(self.codes.description)
        self.fallback = description.parameters["locale"].default

    def message_class(self, code: object, case: str | None) -> Any:
        """Return the class of a message with parameters."""
        messages = importlib.import_module(f"{self.package}.messages")
        (found,) = (
            it
            for it in messages.Message.__subclasses__()
            if it.code is code and getattr(it, "case", None) == case
        )
        return found

    def texts_under_codes(self) -> dict[str, str]:
        """Return what editors show of each code: the text under it in the source."""
        name = self.codes.__name__
        folder = Path(importlib.import_module(self.package).__path__[0])
        (class_,) = (
            node
            for file in folder.glob("*.py")
            for node in ast.parse(file.read_bytes()).body
            if isinstance(node, ast.ClassDef) and node.name == name
        )
        return {
            ast.unparse(member.targets[0]): _words(ast.literal_eval(text.value))
            for member, text in itertools.pairwise(class_.body)
            if isinstance(member, ast.Assign) and isinstance(text, ast.Expr)
        }

    def error_class(self, category: str, group: str | None) -> Any:
        """Return the exception of a category, or of a group in it."""
        return self.headings[category, group]


class CatalogTest(unittest.TestCase):
    """A test of one entry of a file."""

    def __init__(self, module: Module, file: Path, entry: dict[str, Any]) -> None:
        """Take an entry."""
        super().__init__("test")
        self.module = module
        self.file = file
        self.entry = entry

    def __str__(self) -> str:
        """Return what is shown of a failure."""
        name = self.entry.get("name", self.entry.get("id"))
        return f"{self.file}: {type(self).__name__}: {name}"

    def compare(self, expected: dict[str, Any], found: dict[str, Any]) -> None:
        """Compare as JSON, in which an integer is neither a boolean nor a float."""
        self.assertEqual(sorted(expected), sorted(found), "the members")
        for member, value in expected.items():
            with self.subTest(member):
                wanted, got = _json(value), _json(found[member])
                if wanted != got:
                    self.fail(f"\nexpected: {wanted[:SHOWN]}\nfound:    {got[:SHOWN]}")


class VectorTest(CatalogTest):
    """One response, and each member of what is expected of it."""

    def test(self) -> None:
        """Read the response, in each form in which a client may hand it over."""
        response, expected = self.entry["response"], self.entry["expected"]
        headers, body = response["headers"], _body(response["body"])
        error = self.module.error.from_response(response["status"], headers, body)
        self.compare(expected, _error(error, expected))
        twin = pickle.loads(pickle.dumps(error))  # noqa: S301
        self.compare(expected, _error(twin, expected))
        for item in [error, *error.errors]:
            self.assert_types(item)

    def assert_types(self, error: Any) -> None:
        """Ask for each parameter and each field on its own."""
        if error.known_code is not None:
            types = error.known_code.parameter_types(case=error.case)
            for name, value in error.parameters.items():
                self.assertIs(type(value), types[name], name)
                self.assertEqual(_attribute(error, name, "_"), value)
        for name, text in error.fields.items():
            value = _attribute(error, name, "_field")
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            if not isinstance(value, float):
                self.assertEqual(shown, text)


class BuildingTest(CatalogTest):
    """What is built from the parameters of one response."""

    def test(self) -> None:
        """Build the message, and read it back."""
        expected = self.entry["expected"]
        wanted = {
            "raw_message": expected["raw_message"],
            "raw_descriptions": expected.get(
                "raw_descriptions", expected["descriptions"]
            ),
            "raw_resolutions": expected.get("raw_resolutions", expected["resolutions"]),
        }
        code = self.module.codes.from_id(expected["id"])
        if not expected["parameters"]:
            self.compare(wanted, _constants(code, expected))
            return
        class_ = self.module.message_class(code, expected["case"])
        fields = [it.name for it in dataclasses.fields(class_)]
        arguments = {it: _argument(expected["parameters"], it) for it in fields}
        self.assertEqual(len(arguments), len(expected["parameters"]))
        message = class_(**arguments)
        self.compare(
            wanted
            | {it: expected[it] for it in ("message", "descriptions", "resolutions")},
            _texts(message, expected, is_raw_wanted=True),
        )
        self.assertEqual(str(message), message.message)
        response = self.entry["response"]
        status, headers = response["status"], response["headers"]
        body = _body(response["body"])
        errors = [self.module.error.from_response(status, headers, body)]
        parts = self.module.error(code=code, message=message.raw_message)
        # What comes beside a message cannot be read from it.
        errors += [parts] if parts.parameters == expected["parameters"] else []
        for error in errors:
            self.assertEqual(class_.from_error(error), message)
            self.assertEqual({it: getattr(error, it) for it in fields}, arguments)
        for left_out in fields:
            others = {it: arguments[it] for it in fields if it != left_out}
            with self.assertRaisesRegex(TypeError, f"missing .*'{left_out}'"):
                class_(**others)


class DefinitionTest(CatalogTest):
    """One error of the catalogue, as the module has it."""

    def test(self) -> None:
        """Look it up by code and by id."""
        codes = self.module.codes
        known = codes.from_code(self.entry["code"])
        self.assertIs(known, codes.from_id(self.entry["id"]))
        for old in self.entry.get("renamed_from", []):
            self.assertIs(known, codes.from_id(old))
            self.assertIsNone(codes.from_id(old.upper()))
        apart = ("no_error", "properties", "renamed_from")
        told = {name: it for name, it in self.entry.items() if name not in apart}
        self.compare(told, _definition(known, list(self.entry["descriptions"])))
        properties = self.entry.get("properties", {})
        by_name = {it: _listed(value) for it, value in known.properties.items()}
        self.assertEqual(by_name, properties)
        self.assertEqual(_properties(known), properties)
        error = self.module.error(code=known)
        self.assertEqual(_properties(error), properties)


class UnknownTest(CatalogTest):
    """What is in no definition is not found."""

    def test(self) -> None:
        """Look things up that are nearly there."""
        codes = self.module.codes
        self.assertIsNone(codes.from_id("no_such_id"))
        self.assertIsNone(codes.from_id(self.entry["id"].upper()))
        self.assertIsNone(codes.from_id(""))
        for code in (-1, 2**53, "no such code", ""):
            if isinstance(self.entry["code"], int) or isinstance(code, str):
                self.assertIsNone(codes.from_code(code))
                self.assertEqual(_properties(self.module.error(code=code)), {})
        self.assertIsNone(codes.from_code(f" {self.entry['code']}"))


class ClassTest(CatalogTest):
    """The class of one error."""

    def test(self) -> None:
        """Make an error of it from nothing."""
        code = self.module.codes.from_id(self.entry["id"])
        error = self.module.error(code=code)
        if self.entry.get("no_error"):
            heading = self.module.error_class(self.entry["category"], self.entry["group"])
            self.assertIs(type(error), heading)
            return
        self.assertIs(type(type(error)()), type(error))
        self.assertIs(type(error)().known_code, code)
        self.assertEqual(error.status, self.entry["http"] or 0)
        heading = self.module.error_class(self.entry["category"], self.entry["group"])
        self.assertIn(heading, type(error).__bases__)
        self.assertIn(type(error), self.module.errors)
        self.assertEqual(type(error)().retry, self.entry["retry"])


class LocalesTest(unittest.TestCase):
    """Which locale a reader gets."""

    def __init__(
        self, module: Module, locales: dict[str, Any], definitions: list[dict[str, Any]]
    ) -> None:
        """Take the table."""
        super().__init__("test")
        self.module = module
        self.locales = locales
        self.definitions = definitions

    def test(self) -> None:
        """Ask for every tag and every alias in it."""
        codes = [self.module.codes.from_id(it["id"]) for it in self.definitions[:20]]
        tags = dict(self.locales["tags"])
        for alias, tag in self.locales["aliases"].items():
            tags[alias] = tags[tag] if tag in tags else tags[tag.partition("-")[0]]
        for tag, locale in tags.items():
            found = [it.description(tag) for it in codes]
            self.assertEqual(found, [it.description(locale) for it in codes], tag)


class CategoryTest(CatalogTest):
    """The titles of one category and of its groups."""

    def test(self) -> None:
        """Ask the exceptions, and the codes below them."""
        category = self.entry["id"]
        self.assert_titles(self.entry["titles"], "category_title", category, None)
        for group in self.entry["groups"]:
            self.assert_titles(group["titles"], "group_title", category, group["id"])

    def assert_titles(
        self, titles: dict[str, str], method: str, category: str, group: str | None
    ) -> None:
        """Compare the titles in all locales."""
        error = self.module.error_class(category, group)()
        self.assertEqual((error.category, error.group), (category, group))
        codes = [
            it
            for it in self.module.codes
            if it.category == category and group in {None, it.group}
        ]
        for known in [error, *codes]:
            found = {locale: getattr(known, method)(locale) for locale in titles}
            self.assertEqual(titles, found)


class DocumentationTest(unittest.TestCase):
    """What `help()` and editors show of a package."""

    def __init__(self, module: Module, definitions: list[dict[str, Any]]) -> None:
        """Take the errors that it should show."""
        super().__init__("test")
        self.module = module
        self.definitions = definitions

    def test(self) -> None:
        """Look for code, status and meaning of each error."""
        package = self.module.package
        under_members = self.module.texts_under_codes()
        for module in pkgutil.walk_packages(
            importlib.import_module(package).__path__, f"{package}."
        ):
            pydoc.render_doc(module.name)
        if len(self.definitions) <= MOST_CLASSES_ON_A_PAGE:
            page = pydoc.plain(pydoc.render_doc(package))
            for it in self.module.errors:
                self.assertIn(f"class {it.__name__}(", page)
        for it in self.definitions:
            code, meaning = it["code"], it["descriptions"][self.module.fallback]
            # Without a description, the message stands there; cases have several.
            meaning = meaning or it["messages"][0]["message"]
            text = f"{code}{meaning}".replace("\n", "")
            if not text.isprintable() or _HIDDEN.search(text):
                continue  # what cannot be seen is named in a docstring
            with self.subTest(it["id"]):
                status = f" (HTTP {it['http']})" if it["http"] else ""
                is_error = not it.get("no_error")
                title = _words(f"{'Error' if is_error else 'Code'} {code}{status}.")
                error = self.module.error(code=self.module.codes.from_id(it["id"]))
                shown = _words(inspect.getdoc(type(error)))
                has_text = it["descriptions"][self.module.fallback] or not it["messages"][0]["case"]
                told = f"{title} {_words(meaning)}" if has_text else title
                if is_error:
                    self.assertTrue(shown.startswith(told), shown)
                hover = under_members[it["id"].upper()]
                self.assertTrue(hover.startswith(title), hover)
                self.assertIn(_words(meaning), hover)


# What has no shape, though Python takes it for printable.
_HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def _words(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def _is_class(value: object, base: type) -> bool:
    return isinstance(value, type) and issubclass(value, base)


def _error(error: Any, expected: dict[str, Any]) -> dict[str, object]:
    """Return what a module says."""
    found = {
        **_item(error, expected),
        "category": error.category,
        "group": error.group,
        "retry": error.retry,
        "display": str(error),
        **_texts(error, expected),
    }
    if "errors" in expected:
        found["errors"] = [_item(it, expected) for it in error.errors]
    # Absent where it depends on the clock.
    if "retry_after" in expected:
        found["retry_after"] = error.retry_after
    if "retry_after_at" in expected:
        now = expected["retry_after_at"]["now"]
        found["retry_after_at"] = {"now": now, "seconds": error.retry_after_at(now)}
    return found


def _item(error: Any, expected: dict[str, Any]) -> dict[str, object]:
    """Return what a module says of an error or of an item in a list of them."""
    known = error.known_code
    found = {
        "code": error.code,
        "id": None if known is None else known.id,
        "case": error.case,
        "message": error.message,
        "raw_message": error.raw_message,
        "parameters": error.parameters,
    }
    # Absent where the catalogue has no place for them.
    if "subcode" in expected:
        found["subcode"] = error.subcode
    if "fields" in expected:
        found["fields"] = dict(error.fields)
    return found


def _attribute(error: Any, name: str, ending: str) -> object:
    """Return what has a name, to which some names have an ending."""
    found = getattr(type(error), name + ending, None)
    return getattr(error, name if found is None else name + ending)


def _texts(
    of: Any, expected: dict[str, Any], *, is_raw_wanted: bool = False
) -> dict[str, object]:
    """Return the texts of an error or a message in the locales that are expected."""
    texts = {"message": of.message, "raw_message": of.raw_message}
    for kind in ("description", "resolution"):
        for raw in ("", "raw_"):
            get, member = getattr(of, f"{raw}{kind}"), f"{raw}{kind}s"
            # The raw texts are absent where they are no others.
            locales = expected.get(member, expected[f"{kind}s"])
            found = {it: get(it) for it in locales}
            if raw == "" or is_raw_wanted or member in expected:
                texts[member] = found
            elif found != expected[f"{kind}s"]:
                texts[f"{member}, which differ"] = found
    return texts


def _constants(code: Any, expected: dict[str, Any]) -> dict[str, object]:
    """Return the texts of a message without parameters."""
    case, locales = expected["case"], expected["descriptions"]
    message = code.message if case is None else code.cases[case]
    # Without a description, readers get the message.
    texts = {it: code.description(it, case=case) or message for it in locales}
    return {
        "raw_message": message,
        "raw_descriptions": texts,
        "raw_resolutions": {it: code.resolution(it) for it in locales},
    }


def _argument(parameters: dict[str, object], field: str) -> object:
    """Return a field's argument; a name that Python has taken ends in an underscore."""
    return parameters[field if field in parameters else field.removesuffix("_")]


def _properties(owner: object) -> dict[str, object]:
    """Return the properties by name that are attributes of a code or an error."""
    values = {}
    for cls in type(owner).__mro__:
        for attribute, member in vars(cls).items():
            named = re.match(r"The property `(\w+)`", str(member.__doc__))
            value = getattr(owner, attribute) if named else None
            if named and value is not None:
                values[named[1]] = _listed(value)
    return values


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _definition(known: Any, locales: list[str]) -> dict[str, object]:
    deprecated, retired = known.deprecated, known.retired
    return {
        "code": known.value,
        "id": known.id,
        "http": known.http,
        "category": known.category,
        "group": known.group,
        "retry": known.retry,
        "sensitive": known.sensitive,
        "docs_url": known.docs_url,
        "since": known.since,
        "deprecated": deprecated
        and {"since": deprecated.since, "use": deprecated.use and deprecated.use.id},
        "retired": retired and {"since": retired.since},
        "messages": [
            {
                "case": case,
                "message": message,
                "parameters": {
                    name: TYPES[type_]
                    for name, type_ in known.parameter_types(case=case).items()
                },
                "descriptions": {
                    it: known.description(it, case=case) for it in locales
                },
            }
            for case, message in (known.cases or {None: known.message}).items()
        ],
        "descriptions": {it: known.description(it) for it in locales},
        "resolutions": {it: known.resolution(it) for it in locales},
    }


def _body(form: dict[str, Any]) -> bytes:
    match form:
        case {"text": text}:
            return bytes(text, "utf-8")
        case {"base64": text}:
            return base64.b64decode(text, validate=True)
        case {"before": before, "repeat": repeat, "times": times, "after": after}:
            return bytes(before + repeat * times + after, "utf-8")
        case _:
            message = f"a body of no known form: {form}"
            raise ValueError(message)


def _json(value: object) -> str:
    return json.dumps(_exact(value), ensure_ascii=False, sort_keys=True)


def _exact(value: object) -> object:
    """Return a value in which 2.0 is 2, as in JSON."""
    match value:
        case dict():
            return {name: _exact(it) for name, it in value.items()}
        case list():
            return [_exact(it) for it in value]
        case float():
            return int(value) if value.is_integer() else value
        case _:
            return value


def _read(file: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(file.read_bytes())
    # Only a catalogue of which nothing is left has no definitions, and no vectors either.
    is_of_nothing = document.get("definitions") == []
    if document["format"] != 2 or not (document["vectors"] or is_of_nothing):
        sys.exit(f"{file}: no vectors of format 2")
    return document


def _run(what: str, tests: list[unittest.TestCase]) -> bool:
    """Run tests; the count goes to standard output."""
    result = unittest.TextTestRunner(verbosity=0).run(unittest.TestSuite(tests))
    print(f"{what}: {result.testsRun}")  # noqa: T201
    return result.wasSuccessful()


def main(search_path: str, generated: str, by_hand: str) -> None:
    """Run all tests of one module."""
    module = Module(search_path)
    file = Path(generated)
    document = _read(file)
    vectors = [VectorTest(module, file, it) for it in document["vectors"]]
    others: list[unittest.TestCase] = [
        # What is built is in the fallback locale.
        *(
            BuildingTest(module, file, it)
            for it in document["vectors"]
            if "locale" not in it
        ),
        *(CategoryTest(module, file, it) for it in document["categories"]),
        *(ClassTest(module, file, it) for it in document["definitions"]),
        LocalesTest(module, document["locales"], document["definitions"]),
        *(UnknownTest(module, file, it) for it in document["definitions"][:1]),
        DocumentationTest(module, document["definitions"]),
    ]
    definitions = [DefinitionTest(module, file, it) for it in document["definitions"]]
    if len(definitions) != len(module.codes):
        sys.exit(f"{file}: {len(definitions)} definitions, {len(module.codes)} codes")
    untidy = Path(by_hand, f"{document['catalog']}.json")
    if untidy.exists():
        vectors += [VectorTest(module, untidy, it) for it in _read(untidy)["vectors"]]
    passed = [
        _run("vectors", [*vectors]),
        _run("definitions", [*definitions]),
        _run("further", others),
    ]
    sys.exit(not all(passed))


if __name__ == "__main__":
    main(*sys.argv[1:])
