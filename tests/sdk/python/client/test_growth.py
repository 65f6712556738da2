"""What a caller or a server sends costs time in proportion to its length."""

from __future__ import annotations

import sys
from time import process_time
from typing import TYPE_CHECKING

import pytest
from full_shop_errors import FullShopError, FullShopErrorCode
from full_shop_errors import messages as shop
from pixnet_errors import PixnetError, PixnetErrorCode

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 16 * 1024
"""The smallest length to try, in characters; the others are 4 and 16 times as long."""

MOST = 128
"""How many times as long 16 times as much may take. It is 16 if the time grows with the
length, and 256 if it grows with its square. Caches that are too small cost more."""

SHORT = 0.0001
"""A time in seconds below which a measurement says little."""

CARD = FullShopErrorCode.CARD_DECLINED
MARKS = "\u0315\u0300\u0323"
"""Marks in an order that Unicode puts right."""


def times(unit: str, size: int) -> str:
    return unit * (size // len(unit) + 1)


def pixnet(body: str | bytes) -> PixnetError:
    error = PixnetError.from_response(400, body=body)
    str(error)
    repr(error)
    return error


def message(code: FullShopErrorCode, text: str) -> FullShopError:
    error = FullShopError(status=402, code=code, message=text)
    str(error)
    repr(error)
    assert error.case is None or error.parameters
    error.description("en")
    error.resolution("en")
    return error


def retry_after(value: str) -> int | None:
    return PixnetError.from_response(429, {"Retry-After": value}).retry_after


def built(text: str) -> str:
    card = shop.CardDeclined(last_digits=text, reason=text)
    return card.message + card.description("zh-Hant-TW") + str(card) + repr(card)


def described(make: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: PixnetErrorCode.TOKEN_INVALID.description(make(n))


TAGS: dict[str, Callable[[int], str]] = {
    "tag of many subtags": lambda n: times("en-", n),
    "tag of one subtag": lambda n: "x" * n,
    "tag of hyphens": lambda n: "-" * n,
    "tag with a suffix": lambda n: "en@" + times("a=b;", n),
    "tag of underscores": lambda n: "EN" + "_" * n,
    "tag of other letters": lambda n: times("漢\u0130", n),
}

SHAPES: dict[str, Callable[[int], object]] = {
    **{name: described(make) for name, make in TAGS.items()},
    "body: long message": lambda n: pixnet('{"message":"' + "a" * n + '"}'),
    "body: escapes": lambda n: pixnet('{"message":"' + times("\\u00e9", n) + '"}'),
    "body: long code": lambda n: pixnet('{"code":"' + "x" * n + '"}'),
    "body: code of digits": lambda n: pixnet('{"code":"' + "9" * n + '"}'),
    "body: code of many digits": lambda n: pixnet('{"code":' + "9" * n + "}"),
    "body: code of many decimals": lambda n: pixnet('{"code":1.' + "0" * n + "}"),
    "body: long exponent": lambda n: pixnet('{"code":1e' + "0" * n + "}"),
    "body: many members": lambda n: pixnet(
        "{" + ",".join(f'"{it}":0' for it in range(n // 8)) + "}"
    ),
    "body: one member many times": lambda n: pixnet(
        "{" + times('"code":1,', n) + '"code":1}'
    ),
    "body: name of marks": lambda n: pixnet('{"a' + times(MARKS, n) + '":0}'),
    "body: halves of pairs": lambda n: pixnet(
        '{"message":"' + times("\\ud800", n) + '"}'
    ),
    "body: decoded": lambda n: PixnetError.from_response(
        400, body={"code": "9" * n, "message": "\ud800" * n}
    ),
    "body: buffer": lambda n: PixnetError.from_response(400, body=bytearray(n)),
    "body: many items": lambda n: pixnet("[" + times("1,", n) + "1]"),
    "body: open arrays": lambda n: pixnet("[" * n),
    "body: open objects": lambda n: pixnet(times('{"code":', n)),
    "body: closed arrays": lambda n: pixnet("[" * (n // 2) + "]" * (n // 2)),
    "body: spaces": lambda n: pixnet(" " * n + "{}" + " " * n),
    "body: quotes": lambda n: pixnet('"' * n),
    "body: backslashes": lambda n: pixnet('"' + "\\" * n),
    "body: byte order marks": lambda n: pixnet("\ufeff" * n),
    "body: no UTF-8": lambda n: pixnet(b"\xff" * n),
    "body: zeros": lambda n: pixnet(b"\0" * n),
    "message: long parameter": lambda n: message(
        CARD, "Card ending in " + "a" * n + " was declined: " + "b" * n
    ),
    "message: nearly a literal": lambda n: message(
        CARD, "Card ending in " + times(" was declined:", n)
    ),
    "message: a literal many times": lambda n: message(
        CARD, "Card ending in " + times(" was declined: ", n)
    ),
    "message: long integer": lambda n: message(
        FullShopErrorCode.CARD_LIMIT_EXCEEDED,
        "Limit of " + "9" * n + " reached, final: true, set {limit}",
    ),
    "message: long boolean": lambda n: message(
        FullShopErrorCode.CARD_LIMIT_EXCEEDED,
        "Limit of 1 reached, final: " + times("true", n) + ", set {limit}",
    ),
    "message: of a case": lambda n: message(
        FullShopErrorCode.ORDER_INVALID, "The order has " + "1" * n
    ),
    "message: placeholders": lambda n: message(
        CARD, "Card ending in {reason} was declined: " + times("{last_digits}", n)
    ),
    "header: many": lambda n: PixnetError.from_response(
        429, {f"x{it}": "1" for it in range(n // 8)} | {"Retry-After": "1"}
    ),
    "header: long name": lambda n: PixnetError.from_response(429, {"r" * n: "1"}),
    "Retry-After: digits": lambda n: retry_after("1" * n),
    "Retry-After: zeros": lambda n: retry_after("0" * n + "x"),
    "Retry-After: spaces": lambda n: retry_after(" " * n + "1" + " " * n + "x"),
    "Retry-After: decimals": lambda n: retry_after("1." + "0" * n),
    "Retry-After: decimals and more": lambda n: retry_after("1." + "0" * n + "x"),
    "Retry-After: nearly a date": lambda n: retry_after(
        "Sun, 06 Nov 1994 08:49:37 " + times("GMT ", n)
    ),
    "Retry-After: digits and spaces": lambda n: retry_after(times("1 ", n)),
    "code: long": lambda n: FullShopErrorCode.from_code("x" * n),
    "code: of marks": lambda n: FullShopErrorCode.from_code("a" + times(MARKS, n)),
    "code: digits": lambda n: PixnetErrorCode.from_code("9" * n),
    "id: long": lambda n: PixnetErrorCode.from_id("a" * n),
    "header: many pairs": lambda n: PixnetError.from_response(
        429, [(f"x{it}", "1") for it in range(n // 8)]
    ),
    "building: long arguments": lambda n: built("a" * n),
    "building: placeholders": lambda n: built(times("{reason}", n)),
}


def seconds(function: Callable[[int], object], factor: int) -> float:
    # As much in all, so that whatever else the machine does costs each size the same.
    count = 16 // factor

    def once() -> float:
        start = process_time()
        for _ in range(count):
            function(SIZE * factor)
        return (process_time() - start) / count

    return min(once() for _ in range(3))


def cost(function: Callable[[int], object]) -> list[float]:
    return [seconds(function, factor) for factor in (1, 4, 16)]


def is_in_proportion(cost: list[float]) -> bool:
    return cost[2] <= MOST * max(cost[0], SHORT)


@pytest.mark.parametrize("name", SHAPES)
def test_time_grows_with_the_length(name: str) -> None:
    costs = [cost(SHAPES[name])]
    # Another program may take its time, or a cache, from one of the measurements.
    while not is_in_proportion(costs[-1]) and len(costs) < 5:
        costs.append(cost(SHAPES[name]))
    shown = ", ".join(f"{it * 1000:.2f}" for it in costs[-1])
    sys.stdout.write(f"growth: {name}: {shown} ms\n")
    assert is_in_proportion(costs[-1]), shown


@pytest.mark.parametrize("name", TAGS)
def test_a_tag_of_a_megabyte_has_an_answer(name: str) -> None:
    tag = TAGS[name](1 << 20)
    text = PixnetErrorCode.TOKEN_INVALID.description(tag)
    assert text == PixnetErrorCode.TOKEN_INVALID.description("en")
