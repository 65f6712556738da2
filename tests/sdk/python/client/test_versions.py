"""Pickles of one version of a module, read by another one."""

from __future__ import annotations

import pickle
import pickletools
import shutil
import subprocess
import sys
from pathlib import Path

import pixnet_errors
from pixnet_errors import InternalError, PixnetError, TokenInvalidError

GROWN = Path(__file__).parent.parent / "later"
"""The module some versions later."""


def run(folder: Path, script: str, *arguments: str) -> str:
    """Run a program that imports the module of a folder."""
    code = f"import sys; sys.path.insert(0, {str(folder)!r})\n{script}"
    command = [sys.executable, "-I", "-c", code, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout.strip()


WRITE = """
import pickle
from pixnet_errors import *
error = eval(sys.argv[1])
error.attempt = 3
print(pickle.dumps(error).hex())
"""

READ = """
import pickle
error = pickle.loads(bytes.fromhex(sys.argv[1]))
print(type(error).__name__, repr(error.code), error.status, error.raw_message)
print(error.category, error.group, error.attempt, error.retry_after)
"""

TODAY = Path(pixnet_errors.__file__).parent.parent


def sent(writer: Path, reader: Path, error: str) -> list[str]:
    return run(reader, READ, run(writer, WRITE, error)).splitlines()


def test_a_new_error_for_an_old_program(tmp_path: Path) -> None:
    old = tmp_path
    shutil.copytree(TODAY / "pixnet_errors", old / "pixnet_errors")
    errors = old / "pixnet_errors" / "errors" / "authentication_token.py"
    # What the old version calls otherwise, and one that it does not have.
    text = errors.read_text(encoding="utf-8")
    errors.write_text(text.replace("TokenInvalidError", "BadTokenError"), "utf-8")
    package = old / "pixnet_errors" / "__init__.py"
    text = package.read_text(encoding="utf-8")
    package.write_text(text.replace("TokenInvalidError", "BadTokenError"), "utf-8")
    made = "PixnetError(code=1000, message='no', retry_after=4)"
    expected = "<PixnetErrorCode.TOKEN_INVALID: 1000> 401 no"
    place = "authentication token 3 4"
    assert sent(TODAY, old, made) == [f"BadTokenError {expected}", place]
    assert sent(old, TODAY, made) == [f"TokenInvalidError {expected}", place]


def test_codes_that_the_other_version_does_not_have() -> None:
    unknown = "PixnetError(status=500, code=8999, message='m')"
    there_and_back = sent(TODAY, GROWN, unknown)
    if TODAY == GROWN:
        assert there_and_back[0].startswith("GrownError <")
    new = sent(GROWN, TODAY, "PixnetError(status=500, code=9000, message='m')")
    assert new[0].split()[-2:] == ["500", "m"]


def test_a_pickle_names_no_class_of_the_module() -> None:
    for error in (
        PixnetError(code=1000),
        TokenInvalidError(),
        InternalError(status=500),
        PixnetError.from_response(502, {}, b"<html>"),
    ):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            data = pickle.dumps(error, protocol)
            names = [
                str(argument)
                for opcode, argument, _ in pickletools.genops(data)
                if "UNICODE" in opcode.name or opcode.name == "GLOBAL"
            ]
            assert not [it for it in names if it.endswith(("Error", "Code"))], names
            assert type(pickle.loads(data)) is type(error)
