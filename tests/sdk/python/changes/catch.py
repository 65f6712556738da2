"""Catches errors, and reads what they say."""

from __future__ import annotations

from .orders_errors import (
    CardDeclinedError,
    OrderClosedError,
    OrderError,
    OrderMissingError,
    OrderPaymentError,
    OrdersError,
    OrdersErrorCode,
    OrderTooLargeError,
)


def advice(error: OrdersError) -> str:
    try:
        raise error
    except OrderMissingError as missing:
        number: str | None = missing.number
        return f"{number}: {missing.parameters}"
    except OrderTooLargeError as large:
        count: int | None = large.count
        limit: int | None = large.limit
        return f"{count}, {limit}"
    except OrderClosedError as closed:
        return f"{closed.case}: {closed.description('en')}"
    except CardDeclinedError as declined:
        return f"{declined.retry}: {declined.resolution('en')}"
    except OrderPaymentError as payment:
        return f"{payment.code}: {payment.group}"
    except OrderError as other:
        return f"{other.code}: {other.group}"


def by_code(error: OrdersError) -> str:
    match error.code:
        case OrdersErrorCode.ORDER_MISSING | OrdersErrorCode.ORDER_CLOSED:
            return "gone"
        case OrdersErrorCode.ORDER_TOO_LARGE:
            return "split it"
        case OrdersErrorCode.CARD_DECLINED:
            return "pay again"
        case _:
            return "unknown"


MESSAGES = {
    1000: "There is no order A7",
    1001: "The order is closed",
    1002: "7 of 5 items",
    1100: "The card was declined",
    1199: "Something new",
    1999: "Something new",
}

for code, message in MESSAGES.items():
    error = OrdersError.from_response(400, {}, {"code": code, "message": message})
    print(error, advice(error), by_code(error), error.category)
