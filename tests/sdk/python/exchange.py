"""exchange.py SEARCH_PATH FOLDER: the one package on a path reads what all languages wrote."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from test_vectors import Module, _body, _error, _json

# Of the files that are read.
FORMAT = 2


def found_in(module: Module, vector: dict[str, Any]) -> dict[str, Any]:
    """Return what the package reads of what is expected."""
    response, expected = vector["response"], vector["expected"]
    error = module.error.from_response(
        response["status"], response["headers"], _body(response["body"])
    )
    if "raw_message" in expected:
        return _error(error, expected)
    id_ = None if error.known_code is None else error.known_code.id
    parameters = error.parameters
    return {"code": error.code, "id": id_, "case": error.case, "parameters": parameters}


def main(search_path: str, folder: str) -> None:
    """Read all files of a catalogue, and count."""
    module = Module(search_path)
    bodies = unread = failures = 0
    for file in sorted(Path(folder).glob("*.json")):
        document = json.loads(file.read_bytes())
        if document["format"] != FORMAT:
            sys.exit(f"{file}: no vectors of format {FORMAT}")
        # Of some catalogues, nothing is raised.
        for vector in document["vectors"]:
            found, expected = found_in(module, vector), vector["expected"]
            if _json(found) == _json(expected):
                bodies += 1
            elif "raw_message" not in expected:
                unread += 1
            else:
                failures += 1
                for member, value in expected.items():
                    told = found.get(member)
                    if _json(told) != _json(value):
                        print(  # noqa: T201
                            f"{file}: {vector['name']}: {member}:",
                            f"found {_json(told)}, expected {_json(value)}",
                            file=sys.stderr,
                        )
    print(f"bodies: {bodies}\nunread: {unread}")  # noqa: T201
    sys.exit(failures > 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
