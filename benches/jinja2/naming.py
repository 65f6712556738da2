"""Names: how each language spells the ids of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


def snake(words: list[str]) -> str:
    return "_".join(words)


def shouty_snake(words: list[str]) -> str:
    return "_".join(words).upper()


def upper_camel(words: list[str]) -> str:
    return "".join(word.capitalize() for word in words)


def lower_camel(words: list[str]) -> str:
    return words[0] + upper_camel(words[1:])


@dataclass(frozen=True)
class Reserved:
    """Words that cannot be names, and what is written in their place."""

    words: frozenset[str]
    format: str


def reserved(form: str, words: str) -> Reserved:
    return Reserved(frozenset(words.split()), form)


@dataclass(frozen=True)
class Name:
    """A way to spell an id."""

    case: Callable[[list[str]], str]
    format: str = "{}"
    # Made from the ids of both, as a group's is unique in its category alone, and a case's in its error.
    qualified: bool = False
    reserved: tuple[Reserved, ...] = ()

    def spell(self, identifier: str, qualifier: str | None) -> str:
        if qualifier is not None and self.qualified:
            identifier = f"{qualifier}_{identifier}"
        name = self.format.format(self.case(re.split("[_-]", identifier.lower())))
        for reserved in self.reserved:
            if name in reserved.words:
                return reserved.format.format(name)
        return name
