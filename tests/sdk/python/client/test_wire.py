"""What comes beside the message: fields, parameters and lists of errors."""

from __future__ import annotations

import copy
import json
import pickle
import traceback

import pytest
from wire_errors import CardDeclinedError, RateLimitedError, TooLongError, WireError
from wire_errors.messages import CardDeclinedLimit, RateLimited

SECRET = "4242"  # noqa: S105
CARD = {
    "error": {
        "code": "card_declined",
        "message": f"The card ending in {SECRET} expired in 2024.",
        "card": {"last4": SECRET},
        "fee": 3,
        "param": "card",
    }
}
LIST = {
    "errors": [
        {"code": "too_long", "field": "name", "max": 80, "source": {"pointer": "/a"}},
        "no item",
        {"code": "new", "detail": "Something new"},
    ]
}


def declined() -> WireError:
    return WireError.from_response(402, {"x-request-id": " req_1 "}, CARD)


def test_fields() -> None:
    error = declined()
    fee: float | None = error.fee
    assert (error.request_id, fee, error.param) == ("req_1", 3.0, "card")
    assert (error.attempts, error.live) == (None, None)
    assert error.fields == {"request_id": "req_1", "param": "card", "fee": "3"}
    assert not WireError(code="card_declined").fields


def test_a_list() -> None:
    error = WireError.from_response(422, {"Retry-After": "3"}, json.dumps(LIST))
    first, second = error.errors
    assert isinstance(error, TooLongError)
    assert isinstance(first, TooLongError)
    assert (first.most, first.field_, first.param) == (80, "name", "/a")
    assert (error.most, error.param, error.retry_after) == (80, "/a", 3)
    assert str(second) == "new: HTTP 422"
    assert (second.status, second.retry_after, second.errors) == (422, 3, ())


def test_subclasses() -> None:
    class OwnError(WireError):
        pass

    error = OwnError.from_response(422, {}, LIST)
    assert type(error) is OwnError
    assert type(error.errors[0]) is TooLongError


def test_messages() -> None:
    body = {"error": {"code": "card_declined", "params": {"limit": 9.5}}}
    error = WireError.from_response(402, {}, body)
    assert CardDeclinedLimit.from_error(error) == CardDeclinedLimit(limit=9.5)
    assert CardDeclinedLimit.from_error(declined()) is None
    limited = RateLimited(limit=1, seconds=1e21, strict=False)
    assert "1000000000000000000000 s" in limited.raw_message
    with pytest.raises(ValueError, match="not finite"):
        RateLimited(limit=1, seconds=float("nan"), strict=False)


def test_parts() -> None:
    error = WireError(code="card_declined", subcode="insufficient_funds")
    assert (error.case, error.subcode) == ("insufficient_funds", "insufficient_funds")
    assert str(error) == "card_declined: Your card was declined."


@pytest.mark.parametrize(
    "copied",
    [
        copy.copy(WireError.from_response(422, {"X-Request-Id": "1"}, LIST)),
        copy.deepcopy(WireError.from_response(422, {"X-Request-Id": "1"}, LIST)),
        pickle.loads(
            pickle.dumps(WireError.from_response(422, {"X-Request-Id": "1"}, LIST))
        ),
    ],
)
def test_copies(copied: WireError) -> None:
    assert copied.parameters == {"field": "name", "most": 80}
    assert copied.fields == {"request_id": "1", "param": "/a"}
    assert [str(it) for it in copied.errors] == [str(copied), "new: HTTP 422"]


def test_secrets() -> None:
    error = declined()
    assert isinstance(error, CardDeclinedError)
    assert error.last_digits == SECRET
    shown = [str(error), repr(error), str(error.args), str(error.description())]
    shown += traceback.format_exception(error)
    shown += [repr(vars(error)), repr(vars(error)["_received"])]
    assert not [text for text in shown if SECRET in text]
    assert "•••" in str(error)


@pytest.mark.parametrize(
    "body",
    [None, "", "[]", {"errors": {}}, {"errors": [1, None]}, {"error": {"details": 1}}],
)
def test_untidy_bodies(body: object) -> None:
    error = WireError.from_response(429, None, body)
    assert (error.code, error.errors, dict(error.fields)) == (None, (), {})


def test_headers_of_bytes() -> None:
    error = WireError.from_response(
        429, [(b"X-Rate-Limit", b"7"), (b"x-rate-limit", b"8")], {}
    )
    assert error.parameters == {}
    body = {"error": {"code": "rate_limited"}}
    error = WireError.from_response(429, [(b"X-Rate-Limit", b"7")], body)
    assert isinstance(error, RateLimitedError)
    assert error.limit == 7
