"""What a new version of a catalogue does to programs written for the old one.

`changes.py write FOLDER` writes a catalogue for each change to `before.yaml`. When each
has its module, `changes.py check FOLDER DOCUMENT` has mypy check both programs with
each module, runs them, and compares with the table in the document.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

MISSING = '"There is no order {number}"'
NUMBER = "{ number: { type: string, example: A7 } }"
CLOSED = "message: The order is closed\n"
LIMITS = (
    "{ count: { type: integer, example: 7 }, limit: { type: integer, example: 5 } }"
)

CLOSED_ERROR = """      - code: 1001
        id: order_closed
        http: 409
        message: The order is closed
        description: { en: The order is closed. }
"""

CASES = f"""cases:
          - id: unknown
            message: {MISSING}
            params: {NUMBER}
            description: {{ en: "The order {{number}} does not exist." }}
          - id: deleted
            message: The order is deleted
            description: {{ en: The order is deleted. }}
        description: {{ en: The order does not exist. }}
"""

NEW = """
          - {{ code: 1101, id: {id}, http: 402, message: New, description: {{ en: New. }} }}
"""

CHANGES: dict[str, list[tuple[str, str]]] = {
    "an error, a group or a category is added": [
        ("\nEND", NEW.format(id="card_expired") + "END"),
        (
            "\nEND",
            "\n      - id: refund\n        title: { en: Refund }\n        errors:END",
        ),
        ("END", NEW.format(id="refund_late").replace("1101", "1300") + "\nEND"),
        ("\nEND", "\n  - id: store\n    title: { en: Store }\n    errors:END"),
        ("END", NEW.format(id="store_shut").replace("1101", "2000") + "\nEND"),
    ],
    "an error is added that is named like a group": [
        ("\nEND", NEW.format(id="order_payment") + "END"),
    ],
    "an error becomes `cases`": [
        (
            f"message: {MISSING}\n        params: {NUMBER}\n        description: "
            '{ en: "The order {number} does not exist." }\n',
            CASES,
        ),
    ],
    "a message gains its first parameter": [
        (
            CLOSED,
            f'message: "The order {{number}} is closed"\n        params: {NUMBER}\n',
        ),
    ],
    "a message gains another parameter": [
        (MISSING, '"There is no order {number} in {year}"'),
        (NUMBER, NUMBER[:-2] + ", year: { type: integer, example: 2020 } }"),
    ],
    "a message loses a parameter": [
        ('"{count} of {limit} items"', '"More than {limit} items"'),
        ("has {count} items", "has too many items"),
        (LIMITS, "{ limit: { type: integer, example: 5 } }"),
    ],
    "a parameter changes its type": [
        (NUMBER, "{ number: { type: integer, example: 7 } }"),
    ],
    "a parameter is renamed": [("{number}", "{order}"), ("{ number:", "{ order:")],
    "an error is renamed": [("id: order_missing", "id: order_not_found")],
    "an error is deprecated": [
        ("id: order_closed", "id: order_closed\n        deprecated: { since: 1.0.0 }"),
    ],
    "an error is retired": [
        ("id: order_closed", "id: order_closed\n        retired: { since: 1.0.0 }"),
    ],
    "a retired error is dropped (`retired: drop`)": [
        ("id: order_closed", "id: order_closed\n        retired: { since: 1.0.0 }"),
        ("python: {}", "python: { retired: drop }"),
    ],
    "a category gains a group, and an error moves into it": [
        (CLOSED_ERROR, ""),
        (
            "\nEND",
            "\n      - id: state\n        title: { en: State }\n        errors:END",
        ),
        ("END", NEW.format(id="order_closed").replace("1101", "1001") + "\nEND"),
    ],
    "texts, statuses, retry classes or ranges change": [
        ("The card was declined", "No money"),
        ("http: 402", "http: 403\n            retry: throttled"),
        ("1100-1199", "1100-1150"),
        ("title: { en: Payment }", "title: { en: Paying }"),
    ],
}

PROGRAMS = ("catch", "build")


def write(folder: Path) -> None:
    """Write the catalogues."""
    before = (HERE / "before.yaml").read_text(encoding="utf-8") + "END"
    for number, (change, replacements) in enumerate(CHANGES.items()):
        after = before
        for old, new in replacements:
            if old not in after:
                sys.exit(f"{change}: before.yaml has no {old!r}")
            after = after.replace(old, new)
        target = folder / f"change{number}"
        target.mkdir(parents=True)
        (target / "catalog.yaml").write_text(
            after.removesuffix("END"), encoding="utf-8"
        )


def check(folder: Path, document: Path) -> None:
    """Compare what happens with what the document says."""
    for place in folder.glob("change*"):
        shutil.copytree(place / "python" / "orders_errors", place / "orders_errors")
        shutil.rmtree(place / "python")
        (place / "__init__.py").touch()
        for program in PROGRAMS:
            shutil.copy(HERE / f"{program}.py", place)
    wrong = mistyped(folder)
    found = {
        change: [
            "no" if fails else "yes"
            for program in PROGRAMS
            for fails in (
                (number, program) in wrong,
                run(folder, f"change{number}.{program}").returncode != 0,
            )
        ]
        for number, change in enumerate(CHANGES)
    }
    text = document.read_text(encoding="utf-8")
    table = re.findall(r"^\| (an? .*|texts.*) \|$", text, re.MULTILINE)
    rows = {row.split(" | ")[0]: row.split(" | ")[1:] for row in table}
    shown = {change: rows.get(change) for change in found}
    if shown != found:
        for change, cells in found.items():
            print("|", " | ".join([change, *cells]), "|")
        sys.exit(f"the table in {document} says something else")
    print(f"clients: {len(found) * len(PROGRAMS)}")


def mistyped(folder: Path) -> set[tuple[int, str]]:
    """Return the programs in which mypy finds a mistake."""
    places = sorted(it.name for it in folder.glob("change*"))
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--no-error-summary",
    ]
    done = subprocess.run(
        [*command, "--cache-dir=mypy-cache", *places],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = re.findall(r"^(.*?):\d+: error", done.stdout, re.MULTILINE)
    found = set()
    for file in errors:
        match = re.fullmatch(r"change(\d+)/(\w+)\.py", file)
        if match is None:
            sys.exit(done.stdout)
        found.add((int(match[1]), match[2]))
    return found


def run(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program."""
    return subprocess.run(
        [sys.executable, "-B", "-W", "error", "-m", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", folder]:
            write(Path(folder))
        case ["check", folder, document]:
            check(Path(folder), Path(document))
