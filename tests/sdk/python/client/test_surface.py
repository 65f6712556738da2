"""What is the same in every module, and what tools learn of one."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import typing
from pathlib import Path
from types import FunctionType, ModuleType

import contract_errors
import full_shop_errors
import pixnet_errors
import pytest
from contract_errors import ContractError
from full_shop_errors import FullShopError
from pixnet_errors import PixnetError

AnyError = PixnetError | FullShopError | ContractError

PACKAGES: list[ModuleType] = [pixnet_errors, full_shop_errors, contract_errors]
ERRORS: list[type[PixnetError | FullShopError | ContractError]] = [
    PixnetError,
    FullShopError,
    ContractError,
]


def report(error: AnyError) -> list[object]:
    """Ask for everything, whatever the catalogue uses."""
    known = error.known_code
    found: list[object] = [error.status, error.code, error.message, error.raw_message]
    found += [error.category, error.group, error.case, error.parameters, error.raw_body]
    found += [error.retry, error.retry_after, error.retry_after_at(0.5), error.codes]
    found += [error.description("de"), error.raw_description("de")]
    found += [error.resolution("de"), error.raw_resolution("de")]
    found += [error.category_title("de"), error.group_title("de")]
    found += [error.errors, error.fields, error.subcode]
    if known is not None:
        found += [known.id, known.http, known.category, known.group, known.retry]
        found += [known.message, known.cases, known.sensitive, known.docs_url]
        found += [known.since, known.deprecated, known.retired, known.properties]
        found += [known.parameter_types(), known.parameter_types(case="x")]
        found += [known.description("de", case="x"), known.resolution("de")]
        found += [known.category_title("de"), known.group_title("de")]
    return found


@pytest.mark.parametrize("error", ERRORS)
def test_accessors_of_all(error: type[AnyError]) -> None:
    for code in ("4200", "card_declined", "closed", "cart_empty", "?", None):
        made = error(code=code) if code else error.from_response(500)
        assert len(report(made)) == (22 if made.known_code is None else 41)
        assert (made.errors, made.fields) == ((), {})


def test_public_names_are_the_same() -> None:
    surfaces = [{name for name in dir(it) if not name.startswith("_")} for it in ERRORS]
    assert surfaces[0] == surfaces[1] == surfaces[2]
    codes = [
        {
            name
            for name, it in vars(module).items()
            if isinstance(it, property | FunctionType | classmethod)
            and not name.startswith("_")
        }
        for module in (
            pixnet_errors.PixnetErrorCode,
            full_shop_errors.FullShopErrorCode,
            contract_errors.ContractErrorCode,
        )
    ]
    assert codes[0] == codes[1] == codes[2]


def modules(package: ModuleType) -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package, *(importlib.import_module(it.name) for it in found)]


def public(package: ModuleType) -> list[object]:
    """Return all classes and functions, and what is in the classes."""
    found: dict[int, object] = {}
    for module in modules(package):
        for name in dir(module):
            value = getattr(module, name)
            home = str(getattr(value, "__module__", ""))
            if name.startswith("_") or not home.startswith(package.__name__):
                continue
            if isinstance(value, type | FunctionType):
                found[id(value)] = value
            if isinstance(value, type):
                for member in vars(value).values():
                    inner = getattr(member, "fget", getattr(member, "__func__", member))
                    if isinstance(inner, FunctionType):
                        found[id(inner)] = inner
    return list(found.values())


@pytest.mark.parametrize("package", PACKAGES)
def test_type_hints(package: ModuleType) -> None:
    asked = 0
    for value in public(package):
        name = str(getattr(value, "__qualname__", ""))
        home = str(getattr(value, "__module__", "")).rpartition(".")[2]
        # What is private stays out, and so is what `dataclass` and `NamedTuple` make.
        if home.startswith("_") and home != "_codes":
            continue
        if any(part.startswith("_") for part in name.split(".")):
            continue
        assert isinstance(typing.get_type_hints(value), dict), name
        asked += 1
    assert asked > 60


@pytest.mark.parametrize("package", PACKAGES)
def test_sources(package: ModuleType) -> None:
    names: list[str] = vars(package)["__all__"]
    classes = [getattr(package, name) for name in names]
    for class_ in classes:
        if isinstance(class_, type):
            assert inspect.getsource(class_).startswith(f"class {class_.__name__}(")
            assert class_.__doc__
    property_ = inspect.getattr_static(pixnet_errors.UserAlreadyExistsError, "user")
    assert isinstance(property_, property)
    assert property_.fget is not None
    assert "def user(self) -> str | None:" in inspect.getsource(property_.fget)


@pytest.mark.parametrize("package", PACKAGES)
def test_lines_of_docstrings(package: ModuleType) -> None:
    checked = 0
    for file in Path(package.__path__[0]).rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        lines = source.splitlines()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                for line in lines[node.lineno - 1 : node.end_lineno]:
                    # A word, or an address, is as long as it is.
                    assert len(line) <= 88 or " " not in line.strip(), line
                text = inspect.cleandoc(str(node.value.value))
                assert "\n\n\n" not in text, text
                assert ("\n" in text) == str(node.value.value).endswith(
                    ("\n    ", "\n        ", "\n")
                ), text
                checked += 1
    assert checked > 100


def test_star_import_and_dir() -> None:
    found: dict[str, object] = {}
    exec("from pixnet_errors import *", found)  # noqa: S102
    names: set[str] = set(vars(pixnet_errors)["__all__"])
    assert names < set(found)
    assert names <= set(dir(pixnet_errors))
    with pytest.raises(AttributeError, match="has no attribute 'TokenInvalidErrors'"):
        getattr(pixnet_errors, "TokenInvalidErrors")  # noqa: B009
    with pytest.raises(ImportError, match="cannot import name 'Nothing'"):
        exec("from pixnet_errors import Nothing")  # noqa: S102
