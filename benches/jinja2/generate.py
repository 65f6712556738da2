"""Writes the Python package of an error catalogue: `generate.py CATALOG OUT`."""

from __future__ import annotations

import builtins
import json
import sys
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent

Data = dict[str, Any]


def class_name(*ids: str) -> str:
    """An exception's name; a built-in one keeps its own."""
    name = "".join(word.capitalize() for id_ in ids for word in id_.split("_")) + "Error"
    return f"Api{name}" if hasattr(builtins, name) else name


def code_range(codes: str) -> str:
    first, _, last = codes.partition("-")
    return f"range({int(first)}, {int(last) + 1})"


def string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def docstring(text: str) -> str:
    return text.strip().replace("\\", "\\\\").replace('"', '\\"')


def complete(catalog: Data) -> Data:
    """Add to the catalogue what the templates need of it: names, ranges, and what an error inherits."""
    errors: list[Data] = []
    for category in catalog["categories"]:
        category |= {"class": class_name(category["id"]), "range": code_range(category["codes"])}
        for group in category["groups"]:
            group |= {"class": class_name(category["id"], group["id"]), "range": code_range(group["codes"])}
            retry = group.get("retry", category.get("retry", "never"))
            for error in group["errors"]:
                inherited = {"retry": retry, "message": None, "cases": [], "resolution": None}
                own = {"category": category, "group": group, "member": error["id"].upper()}
                errors.append(inherited | error | own)
    pointers = {key: catalog["wire"][key].split("/")[1:] for key in ("code", "message")}
    fallback = catalog.get("fallback", catalog["locales"][0])
    prefix = class_name(catalog["catalog"])
    return catalog | {"errors": errors, "pointers": pointers, "fallback": fallback, "prefix": prefix}


def main(path: str, out: str) -> None:
    environment = Environment(
        loader=FileSystemLoader(HERE / "python"),
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"string": string, "docstring": docstring}
    with Path(path).open("rb") as file:
        catalog = complete(yaml.load(file, Loader=yaml.CSafeLoader))
    package = Path(out) / f"{catalog['catalog']}_errors"
    package.mkdir(parents=True, exist_ok=True)
    for name in environment.list_templates(extensions=["jinja"]):
        text = environment.get_template(name).render(catalog)
        (package / name.removesuffix(".jinja")).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
