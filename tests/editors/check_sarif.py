"""check_sarif.py SCHEMA FOLDER ERRGEN…: SARIF logs of errgen against the schema of the standard.

FOLDER is that of invalid catalogues; each gives a log, as does a clean one. A log
that is broken on purpose has to fail, so that we know that the schema judges.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema


def main(schema_file: str, folder: str, *errgen: str) -> None:
    """Validate all logs, and print how many there were."""
    schema = json.loads(Path(schema_file).read_bytes())
    validator = jsonschema.validators.validator_for(schema)(schema)
    catalogs = [*sorted(Path(folder).glob("*/catalog.yaml")), *_clean(folder)]
    faults = []
    results = 0
    for catalog in catalogs:
        log = _log(catalog, errgen)
        results += len(log["runs"][0]["results"])
        faults += [f"{catalog}: {it.json_path}: {it.message[:200]}" for it in validator.iter_errors(log)]
        if log["runs"][0]["results"]:
            faults += [f"{catalog}: a broken log passes" for it in _broken(log) if validator.is_valid(it)]
    if faults:
        sys.exit("\n".join(faults))
    print(f"logs: {len(catalogs)}")
    if not results:
        sys.exit("no results in any log")


def _clean(folder: str) -> list[Path]:
    return [Path(folder).parents[1] / "catalog.yaml"]


def _log(catalog: Path, errgen: tuple[str, ...]) -> dict[str, Any]:
    run = subprocess.run(
        [*errgen, "lint", "--format", "sarif", "--catalog", catalog.name],
        cwd=catalog.parent,
        capture_output=True,
        check=False,
    )
    return json.loads(run.stdout)


def _broken(log: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the log with a level, a line and a rule that there cannot be."""
    logs = [copy.deepcopy(log) for _ in range(3)]
    results = [it["runs"][0]["results"][0] for it in logs]
    results[0]["level"] = "fatal"
    results[1]["locations"][0]["physicalLocation"]["region"] = {"startLine": 0}
    results[2]["ruleIndex"] = "first"
    return logs


if __name__ == "__main__":
    main(*sys.argv[1:])
