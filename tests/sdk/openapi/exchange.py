"""exchange.py (FOLDER DOCUMENT)…: validate every body in a folder of tests/exchange by the OpenAPI document of its catalogue."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

from openapi_schema_validator import OAS31Validator


def body_of(response: dict[str, Any]) -> object:
    """Return the JSON value of a body."""
    body = response["body"]
    text = base64.b64decode(body["base64"]) if "base64" in body else body["text"]
    return json.loads(text)


def validators(document: dict[str, Any]) -> dict[str, OAS31Validator]:
    """Return what validates the body of each error, by its id."""
    components = document["components"]
    return {
        schema["x-error"]["id"]: OAS31Validator(
            {"$ref": f"#/components/schemas/{name}", "components": components}
        )
        for name, schema in components["schemas"].items()
        if "x-error" in schema
    }


def main(*arguments: str) -> None:
    """Validate all of them."""
    bodies = 0
    for folder, document in zip(arguments[::2], arguments[1::2], strict=True):
        by_id = validators(json.loads(Path(document).read_bytes()))
        for file in sorted(Path(folder).glob("*.json")):
            for vector in json.loads(file.read_bytes())["vectors"]:
                body = body_of(vector["response"])
                validator = by_id[vector["expected"]["id"]]
                for error in validator.iter_errors(body):
                    sys.exit(f"{file}, {vector['name']}: {error.message}\n{body}")
                bodies += 1
    print(f"bodies: {bodies}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
