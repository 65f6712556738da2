"""Making the messages that a server sends, and reading what they say."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace
from enum import Enum
from typing import TYPE_CHECKING

import pytest
from full_shop_errors import FullShopError, FullShopErrorCode
from full_shop_errors import messages as shop
from pixnet_errors import PixnetError, PixnetErrorCode
from pixnet_errors import messages as pixnet

if TYPE_CHECKING:
    from collections.abc import Callable


def test_message_description_and_resolution() -> None:
    exists = pixnet.UserAlreadyExists(user="emma")
    assert exists.code is PixnetErrorCode.USER_ALREADY_EXISTS
    assert exists.message == str(exists) == "User emma exists"
    assert exists.description() == (
        "User emma already exists and cannot be added again."
    )
    assert exists.description("zh_TW") != exists.description("fr")
    required = pixnet.UrlParameterRequired(parameter="format")
    assert required.message == "URL 中缺少必要參數 format"


def test_types_and_braces() -> None:
    limit = shop.CardLimitExceeded(limit=-3, final=True)
    assert limit.message == "Limit of -3 reached, final: true, set {limit}"
    assert limit.description("de") == "Das Limit von -3 ist erreicht."
    assert limit.description("zh-TW") == "已達上限 -3。"
    assert limit.resolution() is None


def test_cases() -> None:
    too_many = shop.OrderInvalidTooMany(count=120, limit=100)
    assert too_many.code is FullShopErrorCode.ORDER_INVALID
    assert too_many.case == "too_many"
    assert too_many.message == "The order has 120 items, the limit is 100"
    # In German, it is taken from the fallback.
    assert too_many.description("de") == (
        "The order has 120 items, of which at most 100 are allowed."
    )


def test_a_message_without_parameters_is_a_constant() -> None:
    assert PixnetErrorCode.TOKEN_INVALID.message == "Invalid / expired Token"
    empty = FullShopErrorCode.ORDER_INVALID.cases["empty"]
    assert empty == "The order is empty"


def test_what_is_sensitive_is_shown_only_on_request() -> None:
    declined = shop.CardDeclined(last_digits="4242", reason="stolen")
    assert declined.raw_message == "Card ending in 4242 was declined: stolen"
    assert declined.raw_description() == (
        "The card ending in 4242 was declined (stolen)."
    )
    assert declined.raw_resolution() == "Use a card other than 4242."
    assert declined.message == str(declined)
    assert declined.description() == "The card ending in ••• was declined (stolen)."
    assert declined.resolution() == "Use a card other than •••."
    for shown in (str(declined), repr(declined), f"{declined}", f"{[declined]}"):
        assert "4242" not in shown
        assert "stolen" in shown
    assert str(declined) == "Card ending in ••• was declined: stolen"
    assert repr(declined) == "CardDeclined(reason='stolen')"
    assert repr(pixnet.UserAlreadyExists(user="emma")) == (
        "UserAlreadyExists(user='emma')"
    )


def test_reading_back() -> None:
    error = FullShopError(
        status=400,
        code="order_invalid",
        message="The order has 120 items, the limit is 100",
    )
    found = shop.OrderInvalidTooMany.from_error(error)
    assert found == shop.OrderInvalidTooMany(count=120, limit=100)
    assert found is not None
    assert found.count - found.limit == 20
    assert shop.CardDeclined.from_error(error) is None
    for other in ("The order has many items", "The order is empty"):
        error = FullShopError(code="order_invalid", message=other)
        assert shop.OrderInvalidTooMany.from_error(error) is None


def test_reading_back_in_a_match() -> None:
    error = PixnetError(status=400, code=4200, message="User emma exists")
    match pixnet.UserAlreadyExists.from_error(error):
        case pixnet.UserAlreadyExists(user=user):
            assert user == "emma"
        case None:
            pytest.fail("it is this message")


def test_there_and_back_with_anything_in_it() -> None:
    for user in ("", " ", "{user}", "{0}", "{{", "%s", "\n", "exists", "🇹🇼", "\0"):
        message = pixnet.UserAlreadyExists(user=user)
        assert message.message == f"User {user} exists"
        error = PixnetError(status=400, code=message.code, message=message.message)
        assert pixnet.UserAlreadyExists.from_error(error) == message


def test_a_member_of_an_enum_is_its_value() -> None:
    class Role(str, Enum):
        ADMIN = "admin"

    message = pixnet.UserAlreadyExists(user=Role.ADMIN)
    assert message.message == "User admin exists"
    code = PixnetErrorCode.TOKEN_INVALID
    assert shop.CardLimitExceeded(limit=code, final=False).message == (
        "Limit of 1000 reached, final: false, set {limit}"
    )


def test_messages_are_values() -> None:
    message = shop.OrderInvalidTooMany(count=120, limit=100)
    same = shop.OrderInvalidTooMany(count=120, limit=100)
    assert message == same
    assert hash(message) == hash(same)
    assert message != replace(message, limit=101)
    for twin in (copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert twin == message
    with pytest.raises(FrozenInstanceError):
        message.limit = 5  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]


def test_types_of_parameters_as_data() -> None:
    limit = FullShopErrorCode.CARD_LIMIT_EXCEEDED
    assert limit.parameter_types() == {"limit": int, "final": bool}
    invalid = FullShopErrorCode.ORDER_INVALID
    assert invalid.parameter_types() == {}
    assert invalid.parameter_types(case="too_many") == {"count": int, "limit": int}
    assert PixnetErrorCode.TOKEN_INVALID.parameter_types() == {}


def test_a_missing_argument_is_a_clear_error() -> None:
    # Not even a type checker that looks away lets it through.
    make: Callable[..., object] = vars(shop)["OrderInvalidTooMany"]
    with pytest.raises(TypeError, match=r"missing 1 .* argument: 'limit'"):
        make(count=120)
    with pytest.raises(TypeError, match="unexpected keyword argument 'size'"):
        make(count=120, limit=100, size=1)
    with pytest.raises(TypeError, match="positional"):
        make(120, 100)
