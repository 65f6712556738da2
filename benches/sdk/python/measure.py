"""What two modules cost, as multiples of what Python itself takes for the like.

The two sides of a ratio take turns, so that a change in the machine's speed meets both,
and what counts are their medians. Nothing here is asserted.
"""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from compileall import compile_dir
from enum import IntEnum
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROCESSES = 21
"""How many interpreters are started for each side."""

ROUNDS = 41
"""How often each side of a ratio in this process runs."""

TIMED_IMPORT = """
import sys, time
sys.path.insert(0, sys.argv[1])
start = time.perf_counter()
__import__(sys.argv[2])
print(time.perf_counter() - start)
"""

EMPTY_ENUM = "from enum import {base}\n\n\nclass Code({bases}):\n"


def main(*folders: str) -> None:
    """Print a line for each thing that is measured."""
    with tempfile.TemporaryDirectory() as scratch:
        for index, folder in enumerate(folders):
            shutil.copytree(folder, Path(scratch, str(index)))
        modules = [Path(scratch, str(index)) for index in range(len(folders))]
        columns = [list(rows(module)) for module in modules]
    for cells in zip(*columns, strict=True):
        (what,) = {what for what, _ in cells}
        print(what, *(cell for _, cell in cells), sep="\t")  # noqa: T201


def rows(folder: Path) -> Iterator[tuple[str, str]]:
    """Measure one module."""
    sources = [it for it in folder.rglob("*") if it.suffix in {".py", ".typed"}]
    yield "source", in_bytes(sum(it.stat().st_size for it in sources))
    yield "compile (× an empty program)", compiling(folder)
    (package,) = (it.parent.name for it in folder.glob("*/__init__.py"))
    sys.path.insert(0, str(folder))
    module = importlib.import_module(package)
    public = [it for it in vars(module).values() if isinstance(it, type)]
    (codes,) = (it for it in public if hasattr(it, "from_code"))
    (error,) = (it for it in public if it.__base__ is Exception)
    yield "import (× an empty enum of as many members)", importing(package, codes)
    yield "look-up by code (× the language's own hash map)", look_up(codes)
    yield (
        "parse a response (× the language's own JSON reader on the same body)",
        parsing(error, codes),
    )


def compiling(folder: Path) -> str:
    """Measure what an interpreter takes to compile all files, once in their life."""
    empty = folder / "empty"
    empty.mkdir()
    (empty / "empty.py").touch()
    command = [sys.executable, "-I", "-m", "compileall", "-q", "-f"]
    return ratio(
        lambda: elapsed(lambda: run([*command, str(folder)])),
        lambda: elapsed(lambda: run([*command, str(empty)])),
        rounds=5,
    )


def importing(package: str, codes: Any) -> str:  # noqa: ANN401 # of a generated module
    """Measure the import in a new interpreter, of what is compiled already."""
    bases = "IntEnum" if issubclass(codes, IntEnum) else "str, Enum"
    base = bases.rsplit(", ", maxsplit=1)[-1]
    members = [f"    {it.name} = {it.value!r}\n" for it in codes]
    (folder,) = sys.modules[package].__path__
    enum = Path(folder).parent / "empty_enum"
    enum.mkdir()
    text = EMPTY_ENUM.format(base=base, bases=bases) + "".join(members)
    (enum / "empty_enum.py").write_text(text, encoding="utf-8")
    compile_dir(enum.parent, quiet=1)

    def seconds(path: Path, name: str) -> float:
        command = [sys.executable, "-I", "-c", TIMED_IMPORT, str(path), name]
        return float(run(command))

    return ratio(
        lambda: seconds(enum.parent, package),
        lambda: seconds(enum, "empty_enum"),
        rounds=PROCESSES,
    )


def look_up(codes: Any) -> str:  # noqa: ANN401
    """Measure the look-up of all codes, as numbers or texts that come from outside."""
    raw = [it.value for it in codes]
    own = {it.value: it for it in codes}
    return ratio(
        lambda: each(codes.from_code, raw),
        lambda: each(own.get, raw),
        per=len(raw),
    )


def parsing(error: Any, codes: Any) -> str:  # noqa: ANN401
    """Measure what is made of a body with a known code."""
    known = list(codes)[len(codes) // 2]
    text = {"error": 1, "code": str(known.value), "message": known.message}
    bodies = [json.dumps(text).encode()] * 200
    headers = {"Content-Type": "application/json"}

    def parse(body: bytes) -> object:
        return error.from_response(known.http, headers, body)

    return ratio(
        lambda: each(parse, bodies),
        lambda: each(json.loads, bodies),
        per=len(bodies),
    )


def ratio(
    ours: Callable[[], float],
    other: Callable[[], float],
    rounds: int = ROUNDS,
    per: int | None = None,
) -> str:
    """Return the ratio of two times in seconds; and of ours, what one of many takes."""
    pairs = [(ours(), other()) for _ in range(rounds)]
    own, others = (median(times) for times in zip(*pairs, strict=True))
    shown = f"{significant(own / others)} ×"
    return f"{shown} ({significant(own / per * 1e9)} ns)" if per else shown


def each(function: Callable[[Any], object], values: list[Any]) -> float:
    """Return the seconds that a function takes for all values."""
    start = time.perf_counter()
    for value in values:
        function(value)
    return time.perf_counter() - start


def elapsed(action: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(command: list[str]) -> str:
    """Return what a process prints."""
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def in_bytes(count: float) -> str:
    """Return a size with its unit."""
    for unit in ("B", "kB", "MB"):
        if count < 1000 or unit == "MB":  # noqa: PLR2004
            return f"{significant(count)} {unit}"
        count /= 1000
    raise AssertionError


def significant(value: float) -> str:
    """Return a number in up to three digits."""
    for digits, limit in ((2, 10), (1, 100)):
        if value < limit:
            return f"{value:.{digits}f}".rstrip("0").rstrip(".")
    scale = 10 ** max(0, len(str(int(value))) - 3)
    return f"{round(value / scale) * scale}"


if __name__ == "__main__":
    main(*sys.argv[1:])
