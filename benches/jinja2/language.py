"""What is particular to a language, apart from its templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from naming import Name


@dataclass(frozen=True)
class File:
    """A file to write."""

    template: str
    # With `{fields}` of the catalogue.
    path: str
    # A file for each of these.
    each: str | None = None


@dataclass(frozen=True)
class Language:
    """Spelling, escapes and files of a language."""

    # By the kind of what has an id, then by the kind of name.
    names: Mapping[str, Mapping[str, Name]]
    # `{{ text | rust_string }}` is the filter `string` of Rust.
    filters: Mapping[str, Callable[..., str]]
    files: tuple[File, ...]
    # Those of the target that the templates are for.
    options: Mapping[str, str] = field(default_factory=dict)
