"""Builds messages, as a server does."""

from __future__ import annotations

from .orders_errors import OrdersErrorCode
from .orders_errors.messages import OrderMissing, OrderTooLarge

texts: list[str | None] = [
    OrderMissing(number="A7").raw_message,
    OrderTooLarge(count=7, limit=5).raw_message,
    OrdersErrorCode.ORDER_CLOSED.message,
    OrdersErrorCode.CARD_DECLINED.message,
]
print(texts)
