"""test_vectors.py SEARCH_PATH VECTORS FOLDER: the one package on a path against vectors.

Beside those of the file VECTORS, those that FOLDER has for the same catalogue. Their
format is described in templates/conformance/README.md.
"""

from __future__ import annotations

import base64
import importlib
import json
import sys
import unittest
from pathlib import Path
from typing import Any

SHOWN = 2000
"""How many characters of a value are worth showing: some are a megabyte."""


class VectorTest(unittest.TestCase):
    """One response, and each member of what is expected of it."""

    def __init__(self, error_class: Any, file: Path, vector: dict[str, Any]) -> None:
        """Take a vector of a file."""
        super().__init__("test")
        self.error_class = error_class
        self.file = file
        self.vector = vector

    def __str__(self) -> str:
        """Return what is shown of a failure."""
        return f"{self.file}: {self.vector['name']}"

    def test(self) -> None:
        """Compare as JSON, in which an integer is neither a boolean nor a float."""
        response, expected = self.vector["response"], self.vector["expected"]
        error = self.error_class.from_response(
            response["status"], response["headers"], _body(response["body"])
        )
        found = _found(error, expected)
        self.assertEqual(expected.keys(), found.keys(), "the members of `expected`")
        for member, value in expected.items():
            with self.subTest(member):
                wanted, got = _json(value), _json(found[member])
                if wanted != got:
                    self.fail(f"\nexpected: {wanted[:SHOWN]}\nfound:    {got[:SHOWN]}")


def _found(error: Any, expected: dict[str, Any]) -> dict[str, object]:
    """Return what a module says; it leaves out what none of its errors has."""
    known = error.known_code
    return {
        "code": error.code,
        "id": None if known is None else known.id,
        "case": getattr(error, "case", None),
        "category": error.category,
        "group": getattr(error, "group", None),
        "retry": error.retry,
        "retry_after": error.retry_after,
        "message": error.message,
        "parameters": getattr(error, "parameters", {}),
        "display": str(error),
        "descriptions": {
            locale: error.description(locale) for locale in expected["descriptions"]
        },
        "resolutions": {
            locale: error.resolution(locale) if hasattr(error, "resolution") else None
            for locale in expected["resolutions"]
        },
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
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _error_class(search_path: str) -> Any:
    """Return the root of the exceptions of the one package in a folder."""
    sys.path.insert(0, search_path)
    (package,) = Path(search_path).glob("*/__init__.py")
    public = vars(importlib.import_module(package.parent.name)).values()
    (root,) = (it for it in public if getattr(it, "__bases__", ()) == (Exception,))
    return root


def _read(error_class: Any, file: Path) -> tuple[str, list[VectorTest]]:
    """Return the id of a file's catalogue, and a test for each vector."""
    document = json.loads(file.read_bytes())
    if document["format"] != 1 or not document["vectors"]:
        sys.exit(f"{file}: no vectors of format 1")
    vectors = document["vectors"]
    return document["catalog"], [VectorTest(error_class, file, it) for it in vectors]


def main(search_path: str, generated: str, by_hand: str) -> None:
    """Run all vectors; the count goes to standard output."""
    error_class = _error_class(search_path)
    catalog, tests = _read(error_class, Path(generated))
    file = Path(by_hand, f"{catalog}.json")
    if file.exists():
        tests += _read(error_class, file)[1]
    result = unittest.TextTestRunner(verbosity=0).run(unittest.TestSuite(tests))
    print(f"vectors: {result.testsRun}")  # noqa: T201
    sys.exit(not result.wasSuccessful())


if __name__ == "__main__":
    main(*sys.argv[1:])
