"""A copy of a module inside a user's own package is a module of its own."""

from __future__ import annotations

import importlib
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pixnet_errors

if TYPE_CHECKING:
    import pytest


def test_two_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vendor = tmp_path / "application" / "vendor"
    source = Path(pixnet_errors.__file__).parent
    shutil.copytree(source, vendor / "pixnet_errors")
    (vendor / "__init__.py").touch()
    (vendor.parent / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    copied = importlib.import_module("application.vendor.pixnet_errors")
    assert copied.PixnetError is not pixnet_errors.PixnetError
    error = copied.PixnetError(status=401, code=1000, message="no")
    package = "application.vendor.pixnet_errors"
    assert type(error).__module__ == f"{package}.errors.authentication_token"
    assert type(error).__qualname__ == "TokenInvalidError"
    assert type(error) is copied.TokenInvalidError
    twin = pickle.loads(pickle.dumps(error))
    assert type(twin) is type(error)
    assert not isinstance(twin, pixnet_errors.PixnetError)


def test_what_is_not_used_is_not_loaded() -> None:
    script = "import sys, pixnet_errors; print(*sorted(sys.modules))"
    loaded = run(script)
    assert "pixnet_errors.exceptions" in loaded
    for lazy in ("_details", "_descriptions", "_response", "_texts", "messages"):
        assert f"pixnet_errors.{lazy}" not in loaded
    assert not [name for name in loaded if name.startswith("pixnet_errors.errors")]
    assert not loaded & {"json", "string", "dataclasses", "datetime"}


def test_a_class_loads_its_group_alone() -> None:
    loaded = run(
        "import sys; from pixnet_errors import UserAlreadyExistsError;"
        " print(*sorted(sys.modules))"
    )
    assert {name for name in loaded if name.startswith("pixnet_errors.errors.")} == {
        "pixnet_errors.errors.input",
        "pixnet_errors.errors.input_state_conflict",
    }


def run(script: str) -> set[str]:
    """Run a program in an interpreter of its own."""
    folder = Path(pixnet_errors.__file__).parent.parent
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); {script}"
    done = subprocess.run(  # noqa: S603 # this interpreter
        [sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())
