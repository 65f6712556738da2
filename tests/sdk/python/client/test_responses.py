"""What a program does with the responses that it gets."""

from __future__ import annotations

import json

import pytest
from full_shop_errors import (
    FullShopError,
    FullShopErrorCode,
    OrderStateError,
    PaymentCardError,
    PaymentError,
)
from pixnet_errors import (
    AuthenticationError,
    AuthenticationRateLimitError,
    InternalError,
    NotFoundBlogError,
    NotFoundError,
    PixnetError,
    PixnetErrorCode,
)


def pixnet(
    status: int,
    code: str | float,
    message: str = "",
    headers: dict[str, str] | None = None,
) -> PixnetError:
    body = json.dumps({"error": 1, "code": code, "message": message})
    return PixnetError.from_response(status, headers, body.encode())


def shop(status: int, code: str, message: str = "") -> FullShopError:
    detail = [{"text": message}]
    body = json.dumps({"ok": False, "error": {"code": code, "detail": detail}})
    return FullShopError.from_response(status, body=body)


def advice(error: PixnetError | FullShopError) -> str:  # noqa: PLR0911
    """Tell errors of both services apart in one place."""
    match error:
        case PixnetError(PixnetErrorCode.TOKEN_INVALID):
            return "log in again"
        case PixnetError(code=PixnetErrorCode.USER_ALREADY_EXISTS, parameters=found):
            return f"choose another name than {found.get('user')}"
        case AuthenticationRateLimitError():
            return "slow down"
        case AuthenticationError() | PaymentCardError():
            return "ask the user"
        case NotFoundError():
            return f"nothing there: {error.group}"
        case OrderStateError(FullShopErrorCode.ORDER_INVALID, case="too_many"):
            return f"take out {error.parameters['count']}"
        case PixnetError(int() as code):
            return f"unknown number {int(code)}"
        case PixnetError(None) | FullShopError(None):
            return f"status {error.status}"
        case _:
            return f"cannot say: {error}"


def test_match() -> None:
    exists = pixnet(400, "4200", "User emma exists")
    too_many = "The order has 120 items, the limit is 100"
    assert advice(pixnet(401, "1000")) == "log in again"
    assert advice(exists) == "choose another name than emma"
    assert advice(pixnet(403, "1300")) == "slow down"
    assert advice(pixnet(401, 1001)) == "ask the user"
    assert advice(pixnet(404, 2100.0)) == "nothing there: blog"
    assert advice(pixnet(418, 7777)) == "unknown number 7777"
    assert advice(PixnetError.from_response(502)) == "status 502"
    assert advice(FullShopError.from_response(502)) == "status 502"
    assert advice(shop(400, "order_invalid", too_many)) == "take out 120"
    assert advice(shop(402, "card_declined")) == "ask the user"
    assert advice(shop(500, "unheard_of")) == "cannot say: unheard_of: HTTP 500"


def test_catching_by_category_and_group() -> None:
    with pytest.raises(NotFoundBlogError) as caught:
        raise pixnet(404, "2101", "Article is not found")
    assert isinstance(caught.value, NotFoundError)
    assert (caught.value.category, caught.value.group) == ("not_found", "blog")
    with pytest.raises(PaymentError):
        raise shop(200, "01000")


def test_an_unknown_code_in_a_range_belongs_to_its_group() -> None:
    error = pixnet(401, "1098", "Something new")
    assert isinstance(error, AuthenticationError)
    assert (error.category, error.group) == ("authentication", "token")
    assert error.known_code is None
    assert error.code == 1098
    assert str(error) == "1098: Something new"
    assert error.description() is None
    assert error.category_title("zh_tw") == "認證錯誤"
    assert error.group_title("zh_tw") == "Token"


def test_an_unknown_code_beside_all_ranges_belongs_nowhere() -> None:
    for code in ("7777", "x-1", "01000"):
        error = pixnet(500, code)
        assert type(error) is PixnetError
        assert (error.category, error.group, error.known_code) == (None, None, None)
        assert error.category_title() is None
        assert str(error.code) == code


def test_string_codes_are_kept_as_they_are() -> None:
    assert shop(200, "01000").known_code is FullShopErrorCode.PAYMENT_WARNING
    assert {"01000": 1}[FullShopErrorCode.PAYMENT_WARNING] == 1
    assert f"{FullShopErrorCode.CARD_LIMIT_EXCEEDED}" == "card_limit"
    assert FullShopErrorCode.from_code("1000") is None
    assert PixnetErrorCode.from_code("1000") is PixnetErrorCode.TOKEN_INVALID
    assert {1000: 1}[PixnetErrorCode.TOKEN_INVALID] == 1
    assert f"{PixnetErrorCode.TOKEN_INVALID}" == "1000"


def test_retry() -> None:
    assert pixnet(401, "1000").retry == "never"
    assert pixnet(403, "1300", headers={"RETRY-AFTER": " 30 "}).retry == "throttled"
    assert pixnet(403, "1300", headers={"RETRY-AFTER": " 30 "}).retry_after == 30
    assert pixnet(503, "7777").retry == "transient"
    assert pixnet(429, "7777").retry == "throttled"
    assert shop(503, "card_retry").retry == "transient"
    assert shop(500, "card_limit").retry == "throttled"
    assert FullShopError.from_response(503).retry == "transient"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"<html>", b"\xff\xfe", b'{"code":', b"[" * 100_000, "text"],
)
def test_nothing_is_lost_of_a_body_that_is_no_error(body: bytes | str) -> None:
    error = PixnetError.from_response(500, {}, body)
    assert error.raw_body == body
    assert (error.code, error.message) == (None, None)
    assert str(error) == "HTTP 500"


def test_deprecated_and_retired_codes_are_still_known() -> None:
    busy = FullShopErrorCode.CARD_GATEWAY_BUSY
    assert busy.deprecated is not None
    assert busy.deprecated.since == "2.0.0"
    assert busy.deprecated.use is FullShopErrorCode.GATEWAY_UNAVAILABLE
    assert busy.deprecated.note == "The name was too narrow."
    gone = shop(410, "order_gone").known_code
    assert gone is FullShopErrorCode.ORDER_GONE
    assert gone.retired is not None
    assert (gone.retired.since, gone.retired.note) == ("1.5.0", "Orders are kept now.")
    assert FullShopErrorCode.CARD_DECLINED.retired is None


def test_cases() -> None:
    empty = shop(400, "order_invalid", "The order is empty")
    assert (empty.case, empty.parameters) == ("empty", {})
    assert empty.description("de") == "Die Bestellung enthält nichts."
    other = shop(400, "order_invalid", "The order is odd")
    assert other.case is None
    assert other.description("de") == "Die Bestellung ist ungültig."
    cases = PixnetErrorCode.from_code(4109)
    assert cases is not None
    assert cases.message is None
    assert len(cases.cases) == 2


def test_localised_texts() -> None:
    error = pixnet(400, "4200", "User emma exists")
    expected = "User emma already exists and cannot be added again."
    assert error.description() == expected
    assert error.description("fr") == expected
    assert error.description("en_GB") == expected
    assert error.description("ZH-Hant") == error.description("zh-TW") != expected
    declined = shop(402, "card_declined", "Card ending in 4242 was declined: stolen")
    assert declined.raw_resolution("de-CH") == (
        "Bitte eine andere Karte als 4242 verwenden."
    )
    assert declined.resolution("de-CH") == "Bitte eine andere Karte als ••• verwenden."
    limit = shop(429, "card_limit", "Limit of three reached")
    assert limit.description("zh_TW") == "已達上限 …。"


def test_looking_up_by_id() -> None:
    assert PixnetErrorCode.from_id("token_invalid") is PixnetErrorCode.TOKEN_INVALID
    assert PixnetErrorCode.from_id("TOKEN_INVALID") is None
    assert PixnetErrorCode.TOKEN_INVALID.id == "token_invalid"
    assert PixnetErrorCode.TOKEN_INVALID.http == 401
    assert {it.category for it in PixnetErrorCode} >= {"input", "internal"}
    assert isinstance(PixnetError(status=500, code=8100), InternalError)
