"""The languages that there are templates for."""

from __future__ import annotations

from types import SimpleNamespace

from language import Language

from .kotlin import KOTLIN
from .python import PYTHON
from .rust import RUST
from .swift import SWIFT
from .typescript import TYPESCRIPT

LANGUAGES: dict[str, Language] = {
    "kotlin": KOTLIN,
    "python": PYTHON,
    "rust": RUST,
    "swift": SWIFT,
    "typescript": TYPESCRIPT,
}


def names(entity: str, identifier: str, qualifier: str | None = None) -> SimpleNamespace:
    """An id in every kind of name that the languages have for it: `names.rust.variant`."""
    return SimpleNamespace(
        **{
            language: SimpleNamespace(
                **{kind: name.spell(identifier, qualifier) for kind, name in rules.names.get(entity, {}).items()}
            )
            for language, rules in LANGUAGES.items()
        }
    )
