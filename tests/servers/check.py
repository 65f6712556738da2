"""check.py DIRECT VALIDATED DOCUMENT PLAN: ask a server of examples/servers for everything in requests.json.

DIRECT is the address of the server, and VALIDATED that of Prism, which passes requests on to it and compares
the answers with examples/openapi. DOCUMENT is the OpenAPI document of the errors as problem details.
Writes to PLAN which requests of the table a client that logs in can send, and what it is to read.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from openapi_schema_validator import OAS31Validator

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SECRET = b"hunter2"
ASKED = ["code", "id", "case", "category", "group", "retry", "message", "parameters"]

Answer = tuple[int, Any, bytes]


def send(address: str, request: dict[str, Any], headers: dict[str, str]) -> Answer:
    """Return status, headers and body of the answer."""
    if request.get("authorized"):
        headers = {"Authorization": "Bearer token", **headers}
    body = urlencode(request["form"]).encode() if "form" in request else None
    sent = urllib.request.Request(  # noqa: S310
        address + request["path"], method=request["method"], headers=headers, data=body
    )
    try:
        with urllib.request.urlopen(sent) as response:  # noqa: S310
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as response:
        with response:
            return response.code, response.headers, response.read()


class Check:
    """What one server answers."""

    def __init__(self, direct: str, validated: str, document: str) -> None:
        """Read what is expected."""
        self.direct = direct
        self.validated = validated
        self.document = json.loads(Path(document).read_bytes())
        schemas = self.document["components"]["schemas"].items()
        self.schemas = {
            it["x-error"]["id"]: name for name, it in schemas if "x-error" in it
        }
        self.answers = 0

    def compare(self, what: str, found: object, wanted: object) -> None:
        """End with both where they differ."""
        if found != wanted:
            sys.exit(f"{what}:\n  found    {found!r}\n  expected {wanted!r}")

    def ask(
        self,
        row: dict[str, Any],
        address: str,
        headers: dict[str, str],
        media_type: str,
    ) -> tuple[Any, Any]:
        """Return headers and body of the answer, after what all answers have in common."""
        status, answered, body = send(address, row["request"], headers)
        what = f"{row['name']}, with {headers}"
        self.answers += 1
        self.compare(f"{what}: status", status, row["status"])
        self.compare(f"{what}: Content-Type", answered.get_content_type(), media_type)
        self.compare(
            f"{what}: Retry-After", answered["Retry-After"], row.get("retry_after")
        )
        if SECRET in body or SECRET in str(answered).encode():
            sys.exit(f"{what}: the cause is in the response")
        violations = json.loads(answered.get("sl-violations", "[]"))
        own = [it for it in violations if it["location"][0] == "response"]
        self.compare(f"{what}: against the OpenAPI document", own, [])
        return answered, json.loads(body)

    def problem(
        self, row: dict[str, Any], accept: str, language: str | None, locale: str | None
    ) -> None:
        """Ask for problem details, in a language."""
        headers = {"Accept": accept}
        wanted = dict(row["problem"])
        if language is not None:
            headers["Accept-Language"] = language
            wanted["detail"] = row["detail"].get(locale, wanted["detail"])
        answered, body = self.ask(row, self.direct, headers, "application/problem+json")
        what = f"{row['name']}, with {headers}"
        self.compare(what, body, wanted)
        self.compare(f"{what}: Content-Language", answered["Content-Language"], locale)
        schema = {
            "$ref": f"#/components/schemas/{self.schemas[row['id']]}",
            "components": self.document["components"],
        }
        for error in OAS31Validator(schema).iter_errors(body):
            sys.exit(f"{what}: {error.message}")

    def row(self, row: dict[str, Any]) -> None:
        """Ask for one thing in each form."""
        for address in (self.direct, self.validated):
            for accept in ("*/*", "application/json"):
                _, body = self.ask(row, address, {"Accept": accept}, "application/json")
                self.compare(row["name"], body, row["body"])
        if "problem" in row:
            self.problem(row, "application/problem+json", None, None)
            accept = "application/json;q=0.5, application/problem+json"
            self.problem(row, accept, "fr, zh-TW;q=0.8", "zh-TW")


def plan(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the requests that a client sends as the one who is logged in, and what its module reads."""
    vectors = json.loads((ROOT / "generated/conformance/vectors.json").read_bytes())
    expected = {it["name"]: it["expected"] for it in vectors["vectors"]}
    requests = []
    for row in rows:
        if "id" not in row or ("form" in row["request"]) != (
            "authorized" in row["request"]
        ):
            continue
        retry_after = row.get("retry_after")
        wanted = {it: expected[row["id"]][it] for it in ASKED}
        wanted["retry_after"] = retry_after and int(retry_after)
        form = row["request"].get("form")
        requests.append(
            {
                **row["request"],
                "body": None if form is None else urlencode(form),
                "status": row["status"],
                "example": row["name"],
                "expected": wanted,
            }
        )
    return requests


def main(direct: str, validated: str, document: str, written: str) -> None:
    """Ask for all of it."""
    rows = json.loads((HERE / "requests.json").read_bytes())
    check = Check(direct, validated, document)
    for row in rows:
        check.row(row)
    Path(written).write_text(json.dumps({"requests": plan(rows)}))
    print(f"answers: {check.answers}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
