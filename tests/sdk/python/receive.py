"""receive.py SEARCH_PATH PLAN ADDRESS: send the requests of a plan, and compare what a Python module makes of the answers."""

from __future__ import annotations

import importlib
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any


def send(address: str, request: dict[str, Any]) -> tuple[int, Any, bytes]:
    """Return status, headers and body of the answer."""
    headers = {"Authorization": "Bearer token"}
    headers["Prefer"] = f"code={request['status']}, example={request['example']}"
    body = None if request["body"] is None else request["body"].encode()
    sent = urllib.request.Request(  # noqa: S310
        address + request["path"], method=request["method"], headers=headers, data=body
    )
    try:
        with urllib.request.urlopen(sent) as response:  # noqa: S310
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as response:
        with response:
            return response.code, response.headers, response.read()


def main(search_path: str, plan: str, address: str) -> None:
    """Send all of them."""
    sys.path.insert(0, search_path)
    (package,) = Path(search_path).glob("*/__init__.py")
    public = vars(importlib.import_module(package.parent.name)).values()
    (root,) = (it for it in public if getattr(it, "__bases__", ()) == (Exception,))
    requests = json.loads(Path(plan).read_bytes())["requests"]
    for request in requests:
        error = root.from_response(*send(address, request))
        known = error.known_code
        found = {
            "code": error.code,
            "id": None if known is None else known.id,
            "case": error.case,
            "category": error.category,
            "group": error.group,
            "retry": error.retry,
            "message": error.message,
            "parameters": error.parameters,
            "retry_after": error.retry_after,
            "status": error.status,
        }
        wanted = request["expected"] | {"status": request["status"]}
        texts = [
            json.dumps(it, sort_keys=True, ensure_ascii=False) for it in (found, wanted)
        ]
        if texts[0] != texts[1]:
            sys.exit(
                f"{request['path']}, {request['example']}:\n  found    {texts[0]}\n  expected {texts[1]}"
            )
    print(f"responses: {len(requests)}")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
