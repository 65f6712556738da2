"""Builds messages, as servers and tests do, and looks up what the catalogue says."""

from __future__ import annotations

from .shop_errors import ShopError
from .shop_errors import ShopErrorCode
from .shop_errors.messages import CardDeclinedOverLimit
from .shop_errors.messages import ItemSoldOut
from .shop_errors.messages import Message
from .shop_errors.messages import NoSuchUser
from .shop_errors.messages import OrderClosed
from .shop_errors.messages import TooManyItems
from .shop_errors.messages import UserNotFound

closed = OrderClosed(user="emma")
too_many = TooManyItems(count=120, item="pens")
sold_out = ItemSoldOut(item="pens")
over_limit = CardDeclinedOverLimit(amount=500)
nobody = UserNotFound(user="emma")
former = NoSuchUser(user="emma")

CONSTANTS: list[str | None] = [
    ShopErrorCode.ORDER_EMPTY.message,
    ShopErrorCode.LOGIN_FAILED.message,
    ShopErrorCode.OLD_LOGIN.message,
    ShopErrorCode.SESSION_LOST.message,
    ShopErrorCode.CARD_DECLINED.cases.get("expired"),
    ShopErrorCode.BANK_UNREACHABLE.cases.get("timeout"),
]


def user_who_closed(error: ShopError) -> str:
    """Read a message back."""
    message = OrderClosed.from_error(error)
    return message.user if message else ""


def user_of(message: Message) -> str:
    """Read the parameter of a message by a pattern."""
    match message:
        case UserNotFound(user=user):
            return user.strip()
        case _:
            return ""


def items(message: TooManyItems) -> str:
    """Read the parameters of a message."""
    return f"{message.count + 1} {message.item.strip()}"


def limit(message: CardDeclinedOverLimit) -> int:
    """Read the parameter of the message of a case."""
    return message.amount + 1


def look_up(code: ShopErrorCode) -> list[object]:
    """Read what the catalogue says of a code."""
    status: int = code.http
    text: str = code.description("de")
    owner: str | None = code.owner
    return [
        *(code.id, status, code.category, code.group, code.retry, code.message),
        *(code.docs_url, code.since, code.deprecated, code.retired, code.sensitive),
        *(text, code.resolution("en"), code.cases),
        *(code.category_title("de"), code.group_title("en"), owner),
        *(code.parameter_types(), code.properties),
    ]


def is_mild(code: ShopErrorCode) -> bool:
    """Compare what the catalogue says of a code."""
    if code.category == "account":
        return True
    if code.group == "payment":
        return False
    return code.severity == "info"


def find(code: int, name: str) -> bool:
    """Look a code up by its number and its id."""
    return ShopErrorCode.from_code(code) is ShopErrorCode.from_id(name)


messages: list[Message] = [closed, too_many, sold_out, over_limit, nobody, former]
for message in messages:
    error = ShopError(code=message.code, message=message.raw_message)
    print(error, message.description("de"), user_who_closed(error), user_of(message))

print(CONSTANTS, find(1000, "order_closed"), find(2000, "no_such_user"))
print(items(too_many), limit(over_limit))
for code in ShopErrorCode:
    print(look_up(code), is_mild(code))
