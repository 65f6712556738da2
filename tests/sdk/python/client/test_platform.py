"""The exceptions in the hands of the standard library."""

from __future__ import annotations

import contextlib
import copy
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest
from full_shop_errors import CardDeclinedError, FullShopError, FullShopErrorCode
from pixnet_errors import (
    ArticleNotFoundError,
    AuthenticationTokenError,
    NotFoundError,
    PixnetError,
    PixnetErrorCode,
    TokenInvalidError,
    UserAlreadyExistsError,
)

if TYPE_CHECKING:
    from collections.abc import Generator

SECRET = "4242424242424242"  # noqa: S105


class OwnError(PixnetError):
    """A user's own exception, with its own arguments."""

    def __init__(self, attempt: int) -> None:
        super().__init__(status=401, code=1000)
        self.attempt = attempt


class TalkativeError(PixnetError):
    """One that shows what it only has after it has called its base class."""

    def __init__(self, attempt: int) -> None:
        super().__init__(code=1000, message="no")
        self.attempt = attempt

    @property
    def message(self) -> str:
        return f"attempt {self.attempt}"

    def __str__(self) -> str:
        return f"{super().__str__()} ({self.message})"


class OtherOwnError(PixnetError):
    """One without arguments of its own."""


class OwnTimeoutError(PixnetError, TimeoutError):
    """One that is an exception of Python's as well, with a layout of its own."""


def everything(error: PixnetError | FullShopError) -> tuple[object, ...]:
    """Return all that an error holds."""
    own = {name: it for name, it in vars(error).items() if name != "_received"}
    return (
        own,
        error.status,
        error.code,
        error.raw_message,
        error.raw_body,
        error.parameters,
        error.retry_after,
        error.retry_after_at(0),
        error.args,
        error.category,
        error.group,
    )


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
        assert everything(twin) == everything(original)
        assert (str(twin), repr(twin)) == (str(original), repr(original))
    code = PixnetErrorCode.TOKEN_INVALID
    assert pickle.loads(pickle.dumps(code, protocol)) is code


def test_copying() -> None:
    for make in (copy.copy, copy.deepcopy):
        original = declined()
        twin = make(original)
        assert twin is not original
        assert type(twin) is CardDeclinedError
        assert everything(twin) == everything(original)
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


def test_the_class_fits_the_code() -> None:
    assert type(PixnetError(status=401, code="1000")) is TokenInvalidError
    assert TokenInvalidError.__mro__[1] is AuthenticationTokenError
    # Asked for a class, it is that one, whatever the code is.
    assert type(NotFoundError(status=401, code=1000)) is NotFoundError
    assert type(OwnError(3)) is OwnError
    assert OwnError(3).attempt == 3


def test_a_subclass_of_the_users_knows_category_and_group() -> None:
    own = OwnError(3)
    assert (own.category, own.group) == ("authentication", "token")
    assert own.category_title() == PixnetError(code=1000).category_title()
    error = OtherOwnError.from_response(404, body={"code": 2101})
    assert type(error) is OtherOwnError
    assert (error.category, error.group) == ("not_found", "blog")
    assert (OtherOwnError.category, OtherOwnError().category) == (None, None)


def test_a_subclass_that_shows_more() -> None:
    error = TalkativeError(3)
    assert (str(error), error.args) == ("1000: no (attempt 3)", ("1000: no",))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_subclass_with_a_code_of_its_own() -> None:
    class MissingError(PixnetError, code=2101):
        pass

    assert MissingError().known_code is PixnetErrorCode.ARTICLE_NOT_FOUND
    assert type(PixnetError(code=2101)) is ArticleNotFoundError


def test_a_subclass_of_other_exceptions() -> None:
    own = OwnTimeoutError(code=1000)
    assert isinstance(own, OSError)
    assert str(own) == "1000: Invalid / expired Token"
    assert type(pickle.loads(pickle.dumps(own))) is OwnTimeoutError


def test_the_code_alone() -> None:
    error = PixnetError(code=4200)
    assert (error.status, error.message) == (400, "User … exists")
    assert error.raw_message is None
    assert (PixnetError(code=7777).status, PixnetError().status) == (0, 0)
    assert (PixnetError(status=418, code=4200).status) == 418
    with pytest.raises(ArticleNotFoundError) as caught:
        raise ArticleNotFoundError
    assert caught.value.known_code is PixnetErrorCode.ARTICLE_NOT_FOUND
    assert str(caught.value) == "2101: Article is not found"
    # What a response does not say is not made up.
    assert ArticleNotFoundError.from_response(502).code is None


def test_typed_parameters() -> None:
    try:
        raise PixnetError(code=4200, message="User emma exists")
    except UserAlreadyExistsError as error:
        assert error.user == "emma"  # noqa: PT017
    assert UserAlreadyExistsError(message="Something else").user is None


def test_args() -> None:
    error = PixnetError(code=4200, message="User emma exists")
    assert error.args == ("4200: User emma exists",)
    assert declined().args == (
        "card_declined: Card ending in ••• was declined: stolen",
    )


def test_errors_are_told_apart_by_identity() -> None:
    first, second = (PixnetError(status=401, code=1000) for _ in range(2))
    assert first != second
    assert len({first, second}) == 2
    assert first.code == second.code
