"""follow.py PAGE: do what a page says, in the current folder, and compare what the commands print with what it shows."""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^(?:`(?P<file>[^`\n]+)`:\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


def run(commands: str) -> str:
    """Return what commands print on standard output. All have to succeed."""
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"status {done.returncode}:\n{commands}\n{done.stdout}")
    return done.stdout


def main(page: str) -> None:
    """Follow it from its start to its end."""
    printed = None
    commands = 0
    for block in BLOCK.finditer(Path(page).read_text(encoding="utf-8")):
        kind, text = block["kind"], block["text"]
        if block["file"]:
            Path(block["file"]).write_text(text, encoding="utf-8")
        elif kind == "sh":
            printed = run(text)
            commands += len(text.splitlines())
        elif kind == "text":
            if printed != text:
                difference = difflib.unified_diff(text.splitlines(), (printed or "").splitlines(), "the page", "printed", lineterm="")
                sys.exit("\n".join(difference))
            printed = None
        else:
            sys.exit(f"a block of {kind} that is neither run nor a file")
    print(f"commands: {commands}")


if __name__ == "__main__":
    main(sys.argv[1])
