"""Escaping: a text as a language writes it in one kind of place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

CONTROL = "\x00-\x1f\x7f-\x9f"
INVISIBLE = (
    "\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u115f-\u1160\u1680\u17b4-\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")

# How a character is written by its number.
Numeric = Callable[[str], str]


def by_number(form: str) -> Numeric:
    """The number in a form such as `\\u{{{:X}}}`."""
    return lambda character: form.format(ord(character))


def by_utf16(form: str) -> Numeric:
    """The same for each of the character's UTF-16 units."""

    def write(character: str) -> str:
        units = character.encode("utf-16-be", "surrogatepass")
        return "".join(form.format(high << 8 | low) for high, low in zip(units[::2], units[1::2], strict=True))

    return write


@dataclass(frozen=True)
class Escape:
    """What is written in place of what; `__call__` is a filter of the templates."""

    numeric: Numeric
    replace: Mapping[str, str]
    # Of several quotation marks the one that needs the fewest escapes.
    quotes: str = ""
    # Only where a line starts.
    line_start: Mapping[str, str] = field(default_factory=dict)
    # The width of a line in columns, prefix included.
    wrap: int | None = None

    def __call__(self, text: str, prefix: str | None = None) -> str:
        """Write a text: in quotation marks where the place has any, or over lines that begin with a prefix."""
        if prefix is not None:
            return self.lines(text, prefix)
        if not self.quotes:
            return self.escaped(text)
        quote = min(self.quotes, key=text.count)
        return quote + self.patterns[quote].sub(self.replacement, text) + quote

    def lines(self, text: str, prefix: str) -> str:
        lines = LINE_BREAK.split(text.strip("\r\n").rstrip())
        if self.wrap is not None:
            room = self.wrap - len(prefix)
            lines = [piece for line in lines for piece in wrapped(line, room)]
        text = ("\n" + prefix).join([self.escaped(line) for line in lines])
        return re.sub(" +$", "", text, flags=re.MULTILINE) if " \n" in text or text.endswith(" ") else text

    def escaped(self, text: str) -> str:
        start = ""
        if self.line_start and (match := self.start_pattern.match(text)):
            start = self.line_start[match[0]]
            text = text[match.end() :]
        return start + self.patterns[""].sub(self.replacement, text)

    def replacement(self, match: re.Match[str]) -> str:
        found = match[0]
        return self.replace.get(found) or self.numeric(found)

    @cached_property
    def patterns(self) -> dict[str, re.Pattern[str]]:
        """What is replaced, by the quotation mark in use: any other is as good as a letter."""
        return {
            quote: re.compile(
                "|".join([*longest_first(set(self.replace) - set(self.quotes) | {*quote}), f"[{CONTROL}{INVISIBLE}]"])
            )
            for quote in (*self.quotes, "")
        }

    @cached_property
    def start_pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(longest_first(self.line_start)))


def longest_first(texts: Mapping[str, str] | set[str]) -> list[str]:
    return [re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text))]


def wrapped(line: str, width: int) -> list[str]:
    """Break a line at spaces: as many words as fit, and a word that is too long on a line of its own."""
    # No character is wider than two columns.
    if 2 * len(line) <= width:
        return [line]
    lines: list[str] = []
    current = ""
    used = 0
    for word, space in re.findall("([^ ]+)( *)|^ +", line):
        columns = display_width(word)
        if current and used + columns > width:
            lines.append(current.rstrip(" "))
            current, used = "", 0
        current += word + space
        used += columns + len(space)
    return [*lines, current.rstrip(" ")]


def display_width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
