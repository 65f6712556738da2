"""The exceptions in the hands of the standard library."""

from __future__ import annotations

import contextlib
import copy
import logging
import pickle
import traceback
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest
from full_shop_errors import FullShopError, FullShopErrorCode, PaymentCardError
from pixnet_errors import (
    AuthenticationTokenError,
    NotFoundError,
    PixnetError,
    PixnetErrorCode,
)

if TYPE_CHECKING:
    from collections.abc import Generator

SECRET = "4242424242424242"  # noqa: S105


class OwnError(PixnetError):
    """A user's own exception, with its own arguments."""

    def __init__(self, attempt: int) -> None:
        super().__init__(status=401, code=1000)
        self.attempt = attempt


def declined() -> FullShopError:
    message = f"Card ending in {SECRET} was declined: stolen"
    body = '{"error":{"code":"card_declined","detail":[{"text":"' + message + '"}]}}'
    return FullShopError.from_response(402, {}, body)


def fail(code: int) -> None:
    raise PixnetError(status=404, code=code, message="gone")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickling(protocol: int) -> None:
    error = PixnetError.from_response(
        400,
        {"Retry-After": "7"},
        b'{"code":"4200","message":"User emma exists"}',
    )
    unknown = PixnetError(status=401, code=1098)
    for original in (error, unknown, declined(), OwnError(3)):
        twin = pickle.loads(pickle.dumps(original, protocol))
        assert type(twin) is type(original)
        assert vars(twin) == vars(original)
        assert (str(twin), repr(twin)) == (str(original), repr(original))
    code = PixnetErrorCode.TOKEN_INVALID
    assert pickle.loads(pickle.dumps(code, protocol)) is code


def test_copying() -> None:
    for make in (copy.copy, copy.deepcopy):
        original = declined()
        twin = make(original)
        assert twin is not original
        assert type(twin) is PaymentCardError
        assert vars(twin) == vars(original)
        assert copy.deepcopy(FullShopErrorCode.CARD_DECLINED) is original.known_code


def test_across_processes() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        error = pool.submit(fail, 2101).exception()
    assert isinstance(error, NotFoundError)
    assert error.code is PixnetErrorCode.ARTICLE_NOT_FOUND
    assert str(error) == "2101: gone"


def test_in_threads_at_once() -> None:
    def read(_: int) -> tuple[str | None, str]:
        error = PixnetError(status=400, code=4200, message="User emma exists")
        return error.description("en"), repr(error.parameters)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(read, range(400)))) == 1


def test_nothing_sensitive_in_logs(caplog: pytest.LogCaptureFixture) -> None:
    error = declined()
    try:
        raise error
    except FullShopError as caught:
        logging.getLogger("client").exception("failed: %r", caught)  # noqa: TRY401
        shown = "".join(traceback.format_exception(caught))
    for text in (caplog.text, shown, str(error), repr(error), f"{error}", f"{[error]}"):
        assert "Card ending in {last_digits} was declined" in text
        assert SECRET not in text
    assert error.message is not None
    assert SECRET in error.message
    assert error.parameters["last_digits"] == SECRET
    unknown = FullShopError(status=402, code="card_stolen", message=SECRET, body=SECRET)
    assert SECRET not in f"{unknown} {unknown!r}"
    assert unknown.message == SECRET
    # The PIXNET API has nothing that is sensitive.
    assert "what" in str(PixnetError(status=500, code="new", message="what"))


def test_suppressing_and_cleaning_up() -> None:
    closed: list[str] = []

    @contextlib.contextmanager
    def session() -> Generator[str, None, None]:
        try:
            yield "session"
        except AuthenticationTokenError as error:
            message = "log in"
            raise RuntimeError(message) from error
        finally:
            closed.append("session")

    with contextlib.suppress(NotFoundError), session():
        fail(2101)
    with pytest.raises(RuntimeError) as caught, session():
        fail(1000)
    assert isinstance(caught.value.__cause__, AuthenticationTokenError)
    assert closed == ["session", "session"]


def test_keywords_alone() -> None:
    with pytest.raises(TypeError, match="positional"):
        PixnetError(500)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    with pytest.raises(TypeError, match="status"):
        PixnetError(code=1000)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]


def test_the_class_fits_the_code() -> None:
    assert type(PixnetError(status=401, code="1000")) is AuthenticationTokenError
    # Asked for a class, it is that one, whatever the code is.
    assert type(NotFoundError(status=401, code=1000)) is NotFoundError
    assert type(OwnError(3)) is OwnError
    assert OwnError(3).attempt == 3


def test_errors_are_told_apart_by_identity() -> None:
    first, second = (PixnetError(status=401, code=1000) for _ in range(2))
    assert first != second
    assert len({first, second}) == 2
    assert first.code == second.code
