"""What is sensitive shows only where a program asks for it by name."""

from __future__ import annotations

import json
import logging
import pickle
import pprint
import traceback
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from contract_errors import ContractError
from full_shop_errors import CardDeclinedError, FullShopError
from full_shop_errors import messages as shop
from pixnet_errors import PixnetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECRET = "4242424242424242"  # noqa: S105
MESSAGE = f"Card ending in {SECRET} was declined: stolen"


def body(code: str, message: str) -> str:
    return json.dumps({"error": {"code": code, "detail": [{"text": message}]}})


ERRORS: dict[str, Callable[[], FullShopError | ContractError]] = {
    "known": lambda: FullShopError.from_response(
        402, {"X-Card": SECRET}, body("card_declined", MESSAGE)
    ),
    "known, with another message": lambda: FullShopError.from_response(
        402, {}, body("card_declined", f"No {SECRET}")
    ),
    "known, with a secret where none belongs": lambda: FullShopError.from_response(
        503, {}, body("gateway", SECRET)
    ),
    "unknown": lambda: FullShopError.from_response(
        402, {}, body("card_stolen", MESSAGE)
    ),
    "without a code": lambda: FullShopError.from_response(
        402, [(b"x-card", SECRET.encode())], memoryview(SECRET.encode())
    ),
    "no JSON": lambda: FullShopError.from_response(402, {}, "{" + SECRET),
    "decoded": lambda: FullShopError.from_response(
        402, {}, {"error": {"code": "card_declined", "detail": [{"text": MESSAGE}]}}
    ),
    "from parts": lambda: CardDeclinedError(message=MESSAGE, body=SECRET),
    # Retired, and not in the module: it only knows that there was something.
    "dropped": lambda: ContractError.from_response(
        402, {}, {"code": "card_refused", "message": f"Card {SECRET} was refused"}
    ),
}


def caught(error: BaseException) -> BaseException:
    """Return the error with a traceback, whose only local is the error."""
    try:
        raise error  # noqa: TRY301 # nothing but the error is in this frame
    except BaseException as raised:  # noqa: BLE001
        return raised


def reachable(value: object, depth: int = 4) -> Iterator[str]:
    """Yield what `repr` shows of everything that `__dict__` leads to."""
    yield repr(value)
    for inner in getattr(value, "__dict__", {}).values():
        if depth:
            yield from reachable(inner, depth - 1)


def shown(error: FullShopError | ContractError) -> Iterator[str]:
    """Yield whatever shows an error without being asked for raw data."""
    yield from (str(error), repr(error), f"{error}", f"{error!r}", f"{[error]}")
    yield from ("%s" % error, "%r" % error, ascii(error))  # noqa: UP031
    yield from (pprint.pformat(error), pprint.pformat(vars(error)))
    yield from (str(error.args), str(error.message))
    yield from (str(error.description()), str(error.resolution()))
    yield json.dumps({"error": error, **vars(error)}, default=str)
    yield json.dumps({"error": error, **vars(error)}, default=repr)
    yield from reachable(error)
    raised = caught(error)
    yield "".join(traceback.format_exception(raised))
    for summary in (True, False):
        details = traceback.TracebackException.from_exception(
            raised, capture_locals=summary
        )
        yield "".join(details.format())
    wrapped = RuntimeError("order failed")
    wrapped.__cause__ = raised
    yield "".join(traceback.format_exception(wrapped))


@pytest.mark.parametrize("name", ERRORS)
def test_nothing_shows_it(name: str) -> None:
    for text in shown(ERRORS[name]()):
        assert SECRET not in text, text


@pytest.mark.parametrize("name", ERRORS)
def test_logging(name: str, caplog: pytest.LogCaptureFixture) -> None:
    error = ERRORS[name]()
    try:
        raise error
    except (FullShopError, ContractError) as raised:
        logging.getLogger("client").exception("failed: %r", raised)  # noqa: TRY401
        logging.getLogger("client").warning("failed", exc_info=raised)
    assert str(error) in caplog.text
    assert SECRET not in caplog.text


def test_what_is_not_sensitive_stays_readable() -> None:
    error = ERRORS["known"]()
    assert str(error) == "card_declined: Card ending in ••• was declined: stolen"
    assert error.message == "Card ending in ••• was declined: stolen"
    assert error.description() == "The card ending in ••• was declined (stolen)."
    assert error.resolution("de") == "Bitte eine andere Karte als ••• verwenden."
    assert str(ERRORS["known, with another message"]()) == (
        "card_declined: Card ending in ••• was declined: …"
    )
    assert str(ERRORS["unknown"]()) == "card_stolen: HTTP 402"
    # The PIXNET API has nothing that is sensitive.
    assert "what" in str(PixnetError(status=500, code="new", message="what"))


def test_whoever_asks_gets_it() -> None:
    error = ERRORS["known"]()
    assert error.raw_message == MESSAGE
    assert SECRET in str(error.raw_body)
    assert SECRET in str(error.raw_description())
    assert SECRET in str(error.raw_resolution())
    assert error.parameters == {"last_digits": SECRET, "reason": "stolen"}
    assert isinstance(error, CardDeclinedError)
    assert error.last_digits == SECRET
    # As a program on the other side needs it.
    assert SECRET.encode() in pickle.dumps(error)


def test_messages_to_send() -> None:
    message = shop.CardDeclined(last_digits=SECRET, reason="stolen")
    texts = [str(message), repr(message), f"{message}", pprint.pformat(message)]
    texts += [message.message, message.description(), str(message.resolution())]
    assert not [text for text in texts if SECRET in text]
    assert message.raw_message == MESSAGE
    assert asdict(message) == {"last_digits": SECRET, "reason": "stolen"}
