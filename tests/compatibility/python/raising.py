"""Raises errors, as servers and tests do, and writes them."""

from __future__ import annotations

from .shop_errors import BankUnreachableError
from .shop_errors import CardDeclinedError
from .shop_errors import ErrorResponse
from .shop_errors import ItemSoldOutError
from .shop_errors import LoginFailedError
from .shop_errors import NoSuchUserError
from .shop_errors import OldLoginError
from .shop_errors import OrderClosedError
from .shop_errors import OrderEmptyError
from .shop_errors import ShopError
from .shop_errors import TooManyItemsError
from .shop_errors import UserNotFoundError

closed = OrderClosedError.create(user="emma")
empty = OrderEmptyError.create()
too_many = TooManyItemsError.create(count=120, item="pens")
sold_out = ItemSoldOutError.create(item="pens")
expired = CardDeclinedError.create("expired")
over_limit = CardDeclinedError.create("over_limit", amount=500)
unreachable = BankUnreachableError.create("timeout")
nobody = UserNotFoundError.create(user="emma")
former = NoSuchUserError.create(user="emma")
failed = LoginFailedError.create()
old = OldLoginError.create()

ERRORS: list[ShopError] = [
    *(closed, empty, too_many, sold_out, expired, over_limit),
    *(unreachable, nobody, former, failed, old),
]


def write(error: ShopError, language: str | None) -> list[ErrorResponse]:
    """Write an error in both forms."""
    response: ErrorResponse = error.to_response(language)
    problem: ErrorResponse = error.to_problem(accept_language=language)
    status: int = response.status
    headers: dict[str, str] = response.headers
    body: bytes = problem.body
    return [response, problem, ErrorResponse(status, headers, body)]


for error in ERRORS:
    error.with_details(request_id="r-17", retry_after=30)
    error.with_details(region="eu")
    print(write(error, None), write(error, "de"))
