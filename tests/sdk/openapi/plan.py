"""plan.py DOCUMENT VECTORS PLAN: a request for each example of an API, and what an SDK makes of the answer.

DOCUMENT is an API's own, or one of components alone; then a path for each of its
responses is written beside it, api.json, and every vector has to have its example.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = ["code", "id", "case", "category", "group", "retry", "message", "parameters"]


class Documents:
    """Documents that refer to each other."""

    def __init__(self) -> None:
        """Start without any."""
        self.read: dict[Path, Any] = {}

    def load(self, file: Path) -> Any:
        """Read a document once."""
        if file not in self.read:
            self.read[file] = yaml.load(file.read_bytes(), yaml.CSafeLoader)
        return self.read[file]

    def resolve(self, value: Any, file: Path) -> tuple[Any, Path]:
        """Follow a reference to its end."""
        while "$ref" in value:
            name, pointer = value["$ref"].split("#/")
            file = (file.parent / name).resolve() if name else file
            value = self.load(file)
            for segment in pointer.split("/"):
                value = value[segment]
        return value, file


def api_of(components: Path) -> Path:
    """Write an API that has a path for each response of a document of components."""
    responses = yaml.load(components.read_bytes(), yaml.CSafeLoader)["components"][
        "responses"
    ]
    paths = {
        f"/{name[-3:]}": {
            "get": {
                "responses": {
                    name[-3:]: {
                        "$ref": f"{components.name}#/components/responses/{name}"
                    }
                }
            }
        }
        for name in responses
        # Each error has a response of its own, too, with the same examples.
        if name[-3:].isdigit()
    }
    api = components.with_name("api.json")
    info = {"title": "Every response", "version": "1"}
    api.write_text(json.dumps({"openapi": "3.1.0", "info": info, "paths": paths}))
    return api


def request_of(
    documents: Documents, file: Path, path: str, operation: dict[str, Any]
) -> dict[str, Any]:
    """Return a request that the operation takes."""
    query = {}
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
        elif parameter.get("required"):
            query[parameter["name"]] = parameter["example"]
    body = None
    if "requestBody" in operation:
        content = operation["requestBody"]["content"][
            "application/x-www-form-urlencoded"
        ]
        schema, _ = documents.resolve(content["schema"], file)
        body = urlencode(
            {it: schema["properties"][it]["examples"][0] for it in schema["required"]}
        )
    return {"path": f"{path}?{urlencode(query)}", "body": body}


def examples_of(documents: Documents, api: Path) -> Iterator[dict[str, Any]]:
    """Yield a request for each example, with what is sent then."""
    for path, methods in documents.load(api)["paths"].items():
        for method, operation in methods.items():
            for status, reference in operation["responses"].items():
                response, at = documents.resolve(reference, api)
                (content,) = response["content"].values()
                header = response.get("headers", {}).get("Retry-After")
                for name, example in content.get("examples", {}).items():
                    yield {
                        **request_of(documents, api, path, operation),
                        "method": method.upper(),
                        "status": int(status),
                        "example": name,
                        "sent": documents.resolve(example, at)[0]["value"],
                        "retry_after": header
                        and documents.resolve(header, at)[0]["example"],
                    }


def matching(
    vectors: list[dict[str, Any]], request: dict[str, Any]
) -> dict[str, Any] | None:
    """Return the vector for what is sent; None where the parameters of a message touch."""
    found = [
        it
        for it in vectors
        if it["response"]["status"] == request["status"]
        # Problem details have more members than `wire`.
        and (body := json.loads(it["response"]["body"]["text"]))
        == {name: request["sent"].get(name) for name in body}
    ]
    return found[0] if len(found) == 1 else None


def main(document: str, vectors: str, plan: str) -> None:
    """Write the plan."""
    file = Path(document).resolve()
    documents = Documents()
    is_alone = "paths" not in documents.load(file)
    conformance = json.loads(Path(vectors).read_bytes())
    # An example is in the language of the fallback locale.
    wanted = [it for it in conformance["vectors"] if "locale" not in it]
    if is_alone and "responses" not in documents.load(file)["components"]:
        # Nothing is left of the catalogue, or it does without HTTP: no server answers.
        return
    api = api_of(file) if is_alone else file
    requests = []
    # No error response says that a request has succeeded.
    successes = {it["id"] for it in conformance["definitions"] if it.get("no_error")}
    without = {it["name"]: it for it in wanted if it["expected"]["id"] not in successes}
    for request in examples_of(documents, api):
        vector = matching(wanted, request)
        if vector is not None:
            expected = {it: vector["expected"][it] for it in ASKED}
            request["expected"] = expected | {"retry_after": request["retry_after"]}
            requests.append(request)
            without.pop(vector["name"], None)
        elif not is_alone:
            sys.exit(f"{document}: no vector for {request['example']}")
    if is_alone:
        _, known, *_ = documents.load(file)["components"]["schemas"].values()
        codes = {str(it) for it in known["enum"]}
        # What the target was told to drop has no example.
        left = [
            name for name, it in without.items() if str(it["expected"]["code"]) in codes
        ]
        if left or not requests:
            sys.exit(f"{document}: {len(requests)} requests; no example for {left}")
    Path(plan).write_text(json.dumps({"api": str(api), "requests": requests}))


if __name__ == "__main__":
    main(*sys.argv[1:])
