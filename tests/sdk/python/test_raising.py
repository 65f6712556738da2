"""test_raising.py SEARCH_PATH VECTORS EXCHANGE FOLDER: what a package raises and writes.

Each vector of an error that a server raises is built from its parameters and written, and
the body compared with that of the vector. What was written goes to the folder FOLDER, if
it is not empty, for the other languages: EXCHANGE/README.md says how.
"""

from __future__ import annotations

import copy
import inspect
import itertools
import json
import pickle
import sys
from pathlib import Path
from typing import Any

from test_vectors import CatalogTest, Module, _body, _error, _exact, _read, _run

ITEM = ("code", "id", "case", "subcode", "message", "raw_message", "parameters")


class Raiser:
    """Builds the error of a vector."""

    def __init__(self, module: Module, document: dict[str, Any]) -> None:
        """Take a catalogue."""
        self.module = module
        self.definitions = {it["id"]: it for it in document["definitions"]}

    def is_raised(self, vector: dict[str, Any]) -> bool:
        """Whether a server raises the error of a vector."""
        told = self.definitions.get(vector["expected"]["id"])
        return bool(
            told and told["http"] and not told["retired"] and not told.get("no_error")
        )

    def class_of(self, id_: str) -> Any:
        """Return the class of an error."""
        return type(self.module.error(code=self.module.codes.from_id(id_)))

    def create(
        self, expected: dict[str, Any], parameters: dict[str, Any] | None = None
    ) -> Any:
        """Build the error that is expected, or with other parameters."""
        class_ = self.class_of(expected["id"])
        keywords = inspect.signature(class_.create).parameters
        given = {
            (name if name in keywords or f"{name}_" not in keywords else f"{name}_"): it
            for name, it in (
                expected["parameters"] if parameters is None else parameters
            ).items()
        }
        case = [] if expected["case"] is None else [expected["case"]]
        return class_.create(*case, **given)

    def with_fields(self, error: Any, expected: dict[str, Any]) -> Any:
        """Add the fields that are expected, whose texts are values of their types."""
        keywords = inspect.signature(error.with_details).parameters
        given = {}
        for name, text in expected.get("fields", {}).items():
            keyword = name if name in keywords else f"{name}_field"
            is_text = keywords[keyword].annotation.startswith("str")
            given[keyword] = text if is_text else json.loads(text)
        return error.with_details(**given)

    def raise_(self, vector: dict[str, Any]) -> Any:
        """Build the error of a vector, with its fields."""
        return self.with_fields(self.create(vector["expected"]), vector["expected"])


class RaisingTest(CatalogTest):
    """One error, raised and written."""

    def __init__(
        self, raiser: Raiser, file: Path, entry: dict[str, Any], *, is_listed: bool
    ) -> None:
        """Take a vector, and whether its catalogue's responses have a list."""
        super().__init__(raiser.module, file, entry)
        self.raiser = raiser
        self.is_listed = is_listed

    def test(self) -> None:
        """Raise it, write it, and read it back."""
        expected, response = self.entry["expected"], self.entry["response"]
        locale = self.entry.get("locale")
        error = self.raiser.raise_(self.entry)
        if locale is None:
            self.compare(expected, _error(error, expected))
        body, problem = _body(response["body"]), self.entry["problem"]
        received = self.module.error.from_response(
            response["status"], response["headers"], body
        )
        for twin in (error, copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
            self.assertIs(type(twin), type(error))
            self.assert_written(twin.to_response(locale), response, json.loads(body))
        self.assert_written(received.to_response(), response, json.loads(body))
        self.assert_problem(received.to_problem(), json.loads(problem))
        if locale is None:
            self.assert_problem(error.to_problem(), json.loads(problem))
        for written in (error.to_response(locale), error.to_problem(locale)):
            back = self.module.error.from_response(*written)
            self.compare(expected, _error(back, expected))
        if "detail" not in json.loads(body):
            self.assert_details(error)
        self.assert_secrets(error)
        self.assert_refused()

    def assert_written(self, written: Any, response: dict[str, Any], body: Any) -> None:
        """Compare with the response of the vector."""
        self.assertEqual(written.status, response["status"])
        self.assertEqual(_exact(json.loads(written.body)), _exact(body))
        headers = dict(written.headers)
        self.assertEqual(headers.pop("Content-Type"), "application/json")
        locale = headers.pop("Content-Language", None)
        self.assertEqual(headers.pop("Vary", None), locale and "Accept-Language")
        self.assertEqual(locale, self.entry.get("locale") if locale else None)
        self.assertEqual(headers, response["headers"])

    def assert_problem(self, written: Any, problem: Any) -> None:
        """Compare with the problem details of the vector, whose order counts, too."""
        self.assertEqual(written.headers["Content-Type"], "application/problem+json")
        found = json.loads(written.body)
        self.assertEqual(_exact(found), _exact(problem))

    def assert_details(self, error: Any) -> None:
        """Ask for the problem in each locale."""
        expected = self.entry["expected"]
        texts = expected.get("raw_descriptions", expected["descriptions"])
        for tag, text in texts.items():
            if self.entry.get("locale", tag) == tag:
                detail = json.loads(error.to_problem(tag).body)["detail"]
                wanted = expected["raw_message"] if text is None else text
                self.assertEqual(detail, wanted, tag)

    def assert_secrets(self, error: Any) -> None:
        """Look for a cause in what is written."""
        caught = None
        try:
            message = "database password hunter2"
            raise error from RuntimeError(message)
        except self.module.error as it:
            caught = it
        for written in (caught.to_response(), caught.to_problem("en")):
            self.assertNotIn("hunter2", repr(written))

    def assert_refused(self) -> None:
        """Leave an argument out, add one, and give one of another type."""
        expected = self.entry["expected"]
        parameters = expected["parameters"]
        wrong: list[dict[str, object]] = [{**parameters, "no_such_parameter": 1}]
        for name in parameters:
            others = {it: value for it, value in parameters.items() if it != name}
            wrong += [others, {**others, name: None}, {**others, name: b"text"}]
        for given in wrong:
            with self.assertRaises(TypeError):
                self.raiser.create(expected, given)
        error = self.raiser.create(expected)
        for seconds, refusal in ((-1, ValueError), (2**31, ValueError), (1.5, TypeError)):
            with self.assertRaises(refusal):
                error.with_details(retry_after=seconds)
        if self.is_listed:
            self.assertEqual(len(error.errors), len(expected["errors"]))


class NeverRaisedTest(CatalogTest):
    """An error that is retired, and the code of a success, have nothing to raise."""

    def test(self) -> None:
        """Look for it."""
        code = self.module.codes.from_id(self.entry["id"])
        self.assertFalse(hasattr(type(self.module.error(code=code)), "create"))


class AcceptLanguageTest(CatalogTest):
    """The locale for one `Accept-Language`."""

    def test(self) -> None:
        """Ask with the header. The catalogue localises no message."""
        error = self.module.error(code=next(iter(self.module.codes)))
        headers = error.to_problem(self.entry["header"]).headers
        self.assertEqual(headers["Content-Language"], self.entry["locale"])
        self.assertEqual(headers["Vary"], "Accept-Language")
        headers = error.to_response(self.entry["header"]).headers
        self.assertEqual(headers, {"Content-Type": "application/json"})


def _exchanged(
    raiser: Raiser, vectors: list[dict[str, Any]], *, is_listed: bool
) -> list[dict[str, Any]]:
    """Return what the other languages should read."""
    entries = []
    for vector in vectors:
        name, expected, locale = vector["name"], vector["expected"], vector.get("locale")
        later = raiser.raise_(vector).with_details(retry_after=30)
        later.__cause__ = RuntimeError("database password hunter2")
        entries += [
            (name, raiser.raise_(vector).to_response(locale), expected),
            (f"{name} later", later.to_response(locale), expected | {"retry_after": 30}),
            (f"{name} as a problem", raiser.raise_(vector).to_problem(locale), expected),
        ]
        if is_listed:
            others = [vectors[0]["expected"], expected]
            error = raiser.raise_(vector).with_details(
                errors=[raiser.create(it) for it in others]
            )
            items = [{it: other[it] for it in ITEM if it in other} for other in others]
            for item in items if "fields" in expected else []:
                item["fields"] = {}
            wanted = expected | {"errors": [*expected["errors"], *items]}
            entries.append((f"{name} with others", error.to_response(locale), wanted))
    return [_vector(*it) for it in entries]


def _values(
    raiser: Raiser, vectors: list[dict[str, Any]], values: list[str]
) -> list[dict[str, Any]]:
    """Return errors whose parameters hold each of the values."""
    entries = []
    for vector, value in itertools.product(vectors, values):
        expected = vector["expected"]
        parameters = {
            name: value if isinstance(it, str) else it
            for name, it in expected["parameters"].items()
        }
        if value in parameters.values() and "locale" not in vector:
            told = {it: expected[it] for it in ("code", "id", "case")}
            told["parameters"] = parameters
            response = raiser.create(expected, parameters).to_response()
            entries.append(_vector(f"{vector['name']}: {value!a}", response, told))
    return entries


def _vector(name: str, response: Any, expected: dict[str, Any]) -> dict[str, Any]:
    written = {
        "status": response.status,
        "headers": response.headers,
        "body": {"text": response.body.decode()},
    }
    return {"name": name, "response": written, "expected": expected}


def _save(
    file: Path, document: dict[str, Any], vectors: list[dict[str, Any]]
) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {"format": 2, "catalog": document["catalog"], "vectors": vectors}
    file.write_text(json.dumps(told), encoding="utf-8")


def main(search_path: str, generated: str, exchange: str, folder: str) -> None:
    """Run all tests of one module, and write what others read."""
    module, file = Module(search_path), Path(generated)
    document = _read(file)
    raiser = Raiser(module, document)
    vectors = [it for it in document["vectors"] if raiser.is_raised(it)]
    is_listed = any("errors" in it["expected"] for it in vectors)
    tests = [RaisingTest(raiser, file, it, is_listed=is_listed) for it in vectors]
    never = [
        NeverRaisedTest(module, file, it)
        for it in document["definitions"]
        if it["retired"] or it.get("no_error") or not it["http"]
    ]
    table = json.loads(Path(exchange, "accept_language.json").read_bytes())
    rows = table["locales"] if table["catalog"] == document["catalog"] else []
    accepted = [AcceptLanguageTest(module, file, it | {"name": it["header"]}) for it in rows]
    if not _run("raised", [*tests, *never, *accepted]):
        sys.exit(1)
    if folder and vectors:
        values = json.loads(Path(exchange, "values.json").read_bytes())
        written = _exchanged(raiser, vectors, is_listed=is_listed)
        _save(Path(folder, "python.json"), document, written)
        written = _values(raiser, vectors, values)
        _save(Path(folder, "python.values.json"), document, written)


if __name__ == "__main__":
    main(*sys.argv[1:])
