"""Headers and bodies as HTTP libraries hand them over."""

from __future__ import annotations

import contextlib
import email.message
import http.client
import io
import sys
from array import array

import httpx
import multidict
import pytest
import requests.structures
from pixnet_errors import PixnetError, PixnetErrorCode, TokenInvalidError

RAW = b"Content-Type: text/plain\r\nReTry-AFTER: 7\r\nretry-after: 8\r\n\r\n"
PAIRS = [("Content-Type", "text/plain"), ("ReTry-AFTER", "7"), ("retry-after", "8")]
BYTES = [(name.encode(), value.encode()) for name, value in PAIRS]

DATE = "Sun, 06 Nov 1994 08:49:37 GMT"


def wait(headers: object) -> int | None:
    # As if by a program without types.
    return PixnetError.from_response(503, headers).retry_after  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def test_headers_with_types() -> None:
    read = PixnetError.from_response
    parsed = http.client.parse_headers(io.BytesIO(RAW))
    assert isinstance(parsed, email.message.Message)
    assert read(503, dict(PAIRS[:2])).retry_after == 7
    assert read(503, parsed).retry_after == 7
    assert read(503, httpx.Headers(PAIRS)).retry_after == 7
    assert read(503, httpx.Headers(BYTES)).retry_after == 7
    of_aiohttp = multidict.CIMultiDictProxy(multidict.CIMultiDict(PAIRS))
    assert read(503, of_aiohttp).retry_after == 7
    of_requests = requests.structures.CaseInsensitiveDict(PAIRS[:2])
    assert read(503, of_requests).retry_after == 7
    assert read(503, PAIRS).retry_after == 7
    assert read(503, tuple(PAIRS)).retry_after == 7
    assert read(503, BYTES).retry_after == 7
    assert read(503, (pair for pair in PAIRS)).retry_after == 7
    assert read(503, None).retry_after is None


def test_odd_headers() -> None:
    assert wait([[b"Retry-After", b"7"]]) == 7
    assert wait({b"Retry-After": b"7"}) == 7
    assert wait({"Retry-After": 7}) == 7
    assert wait({"Retry-After": ["7", "8"]}) == 7
    others: list[object] = [{}, [], "Retry-After: 7", b"", 7, [1, ("a",)]]
    assert [wait(it) for it in others] == [None] * len(others)
    assert wait({"Retry-After": None}) is None
    assert wait({"Retry-After": []}) is None
    assert wait({None: "7", 1: "8"}) is None
    assert wait({"Retry-After": "\ud800"}) is None


def test_dates() -> None:
    error = PixnetError.from_response(
        503, {"Retry-After": DATE, "Date": "Sun, 06 Nov 1994 08:49:07 GMT"}
    )
    assert error.retry_after == 30
    assert error.retry_after_at(784111776.5) == 1
    past = PixnetError.from_response(503, {"Retry-After": DATE})
    assert past.retry_after == 0
    assert past.retry_after_at(784111717) == 60
    assert PixnetError(status=503, retry_after=5).retry_after == 5
    assert PixnetError(status=503, retry_after=5).retry_after_at(0) == 5


TEXT = '{"code":"1000","message":"no"}'


@pytest.mark.parametrize(
    "body",
    [
        TEXT,
        TEXT.encode(),
        bytearray(TEXT.encode()),
        memoryview(TEXT.encode()),
        memoryview((TEXT + " " * len(TEXT)).encode()[::1]),
        "\ufeff" + TEXT,
        {"code": "1000", "message": "no"},
        {"code": 1000, "message": "no"},
        {"code": 1000.0, "message": "no", "else": object()},
    ],
)
def test_bodies(body: object) -> None:
    error = PixnetError.from_response(401, body=body)
    assert error.known_code is PixnetErrorCode.TOKEN_INVALID
    assert type(error) is TokenInvalidError
    assert error.message == "no"
    if not isinstance(body, bytearray | memoryview):
        assert error.raw_body is body


def released() -> memoryview:
    view = memoryview(b"text")
    view.release()
    return view


WITHOUT_A_CODE: dict[str, object] = {
    "nothing": None,
    "true": True,
    "number": 5,
    "huge number": 10**5000,
    "array": [],
    "object": {},
    "empty text": "",
    "empty": b"",
    "any object": object(),
    "numbers": array("b", [1]),
    "released": released(),
    "code true": {"code": True},
    "code null": {"code": None},
    "code not a number": {"code": float("nan")},
    "code infinite": {"code": float("inf")},
    "code huge": {"code": 10**5000},
    "code too large": {"code": 2**53},
    "code with a fraction": {"code": 1.5},
    "code in an array": {"code": ["1000"]},
    "NaN": '{"code":NaN}',
    "Infinity": '{"code":Infinity}',
    "-Infinity": '{"code":-Infinity}',
    "many digits": '{"code":' + "9" * 5000 + "}",
    "open arrays": "[" * 100_000,
}


@pytest.mark.parametrize("name", WITHOUT_A_CODE)
def test_bodies_without_a_code(name: str) -> None:
    error = PixnetError.from_response(500, body=WITHOUT_A_CODE[name])
    assert (error.code, error.message, str(error)) == (None, None, "HTTP 500")


def test_what_nobody_asks_for_costs_nothing() -> None:
    for member in ('"\\ud800":1', '"x":"\\udc00"', '"x":1e400', '"x":' + "9" * 5000):
        error = PixnetError.from_response(401, body="{" + member + ',"code":1000}')
        assert error.code == 1000
    halves = '{"code":"\\ud83dx","message":"\\udc00"}'
    error = PixnetError.from_response(400, body=halves)
    assert (error.code, error.message) == ("\ufffdx", "\ufffd")
    deep = '{"code":1000,"x":' + "[" * 127 + "]" * 127 + "}"
    assert PixnetError.from_response(400, body=deep).code == 1000
    deeper = '{"code":1000,"x":' + "[" * 50_000 + "]" * 50_000 + "}"
    assert PixnetError.from_response(400, body=deeper).code in {None, 1000}


def test_a_nearly_full_stack() -> None:
    def dive(left: int) -> object:
        return dive(left - 1) if left else PixnetError.from_response(400, body=TEXT)

    depth = sys.getrecursionlimit()
    for left in range(depth - 400, depth, 7):
        with contextlib.suppress(RecursionError):
            assert isinstance(dive(left), PixnetError)


def test_a_body_that_changes_later() -> None:
    body = bytearray(TEXT.encode())
    errors = [
        PixnetError.from_response(401, body=body),
        PixnetError(body=body),
        PixnetError.from_response(401, body=memoryview(body)),
    ]
    body[:] = b" " * len(body)
    for error in errors:
        assert error.raw_body == TEXT.encode()


def test_the_message_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = sys.modules["pixnet_errors._reading"]
    read = reading.read_message
    calls: list[object] = []

    def count(*arguments: object) -> object:
        calls.append(arguments)
        return read(*arguments)

    monkeypatch.setattr(reading, "read_message", count)
    error = PixnetError(code=4200, message="User emma exists")
    for _ in range(3):
        assert error.parameters == {"user": "emma"}
        assert error.description() is not None
        assert error.case is None
    assert len(calls) == 1
    # What a caller changes is the caller's own.
    error.parameters.clear()
    assert error.parameters == {"user": "emma"}
