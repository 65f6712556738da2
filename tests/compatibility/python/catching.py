"""Catches errors, and reads what they say."""

from __future__ import annotations

from typing import assert_never

from .shop_errors import AccountError
from .shop_errors import BankUnreachableError
from .shop_errors import CardDeclinedError
from .shop_errors import ItemSoldOutError
from .shop_errors import LoginFailedError
from .shop_errors import NoSuchUserError
from .shop_errors import OldLoginError
from .shop_errors import OrderCartError
from .shop_errors import OrderClosedError
from .shop_errors import OrderEmptyError
from .shop_errors import OrderError
from .shop_errors import OrderPaymentError
from .shop_errors import SessionLostError
from .shop_errors import ShopError
from .shop_errors import ShopErrorCategory
from .shop_errors import ShopErrorCode
from .shop_errors import ShopErrorGroup
from .shop_errors import ShopErrorSeverity
from .shop_errors import TooManyItemsError
from .shop_errors import UserNotFoundError


def advice(error: ShopError) -> str:
    """Catch each error by its class."""
    try:
        raise error
    except OrderClosedError:
        return "open a new one"
    except OrderEmptyError:
        return "add an item"
    except TooManyItemsError:
        return "split the order"
    except ItemSoldOutError:
        return "wait"
    except CardDeclinedError:
        return "use another card"
    except BankUnreachableError:
        return "try again"
    except UserNotFoundError:
        return "sign up"
    except LoginFailedError:
        return "reset the password"
    except OldLoginError:
        return "log in"
    except SessionLostError:
        return "log in again"
    except ShopError:
        return "something else"


def area(error: ShopError) -> str:
    """Catch errors by their group and by their category."""
    try:
        raise error
    except OrderCartError as cart:
        return f"cart: {cart.group}"
    except OrderPaymentError as payment:
        return f"payment: {payment.group}"
    except OrderError as order:
        return f"order: {order.category}"
    except AccountError as account:
        return f"account: {account.category}"
    except ShopError:
        return "elsewhere"


def title(error: ShopError) -> str:
    """Match the code."""
    match error.code:
        case ShopErrorCode.ORDER_CLOSED:
            return "closed"
        case ShopErrorCode.ORDER_EMPTY:
            return "empty"
        case ShopErrorCode.TOO_MANY_ITEMS:
            return "too many"
        case ShopErrorCode.ITEM_SOLD_OUT:
            return "sold out"
        case ShopErrorCode.CARD_DECLINED:
            return "declined"
        case ShopErrorCode.BANK_UNREACHABLE:
            return "unreachable"
        case ShopErrorCode.USER_NOT_FOUND:
            return "nobody"
        case ShopErrorCode.LOGIN_FAILED:
            return "failed"
        case ShopErrorCode.OLD_LOGIN:
            return "old"
        case ShopErrorCode.SESSION_LOST:
            return "lost"
        case _:
            return "unknown"


def user_of(error: ShopError) -> object:
    """Match the error and its parameters."""
    match error:
        case ShopError(ShopErrorCode.USER_NOT_FOUND, parameters=found):
            return found.get("user")
        case _:
            return None


def has_former_code(error: ShopError) -> bool:
    """Use the name of the code that the error had before."""
    return error.code == ShopErrorCode.NO_SUCH_USER


def has_former_class(error: ShopError) -> bool:
    """Use the name of the class that the error had before."""
    return isinstance(error, NoSuchUserError)


def user_who_closed(error: OrderClosedError) -> str:
    """Read the parameter of an error."""
    user: str | None = error.user
    return user or "somebody"


def excess(error: TooManyItemsError) -> str:
    """Read two parameters."""
    count: int | None = error.count
    item: str | None = error.item
    return f"{count} {item}"


def excess_by_pattern(error: ShopError) -> str:
    """Read two parameters by a pattern."""
    match error:
        case TooManyItemsError(
            count=int() as count,
            item=str() as item,
        ):
            return f"{count} {item}"
        case _:
            return ""


def sold_out(error: ItemSoldOutError) -> str:
    """Read the parameter of an error of a group."""
    item: str | None = error.item
    return item or "something"


def missing_user(error: UserNotFoundError) -> str:
    """Read the parameter of an error with another name before."""
    user: str | None = error.user
    return user or "somebody"


def declined_for(error: CardDeclinedError) -> str:
    """Tell cases apart, and read the parameter of one."""
    amount: int | None = error.amount
    match error.case:
        case "expired":
            return "renew it"
        case "over_limit":
            return f"pay less than {amount}"
        case _:
            return "unknown"


def bank_is(error: BankUnreachableError) -> str:
    """Tell cases apart that have codes."""
    return "slow" if error.case == "timeout" else "closed"


def handle_cart(error: OrderCartError) -> str:
    """Handle all errors of a group."""
    return f"{error.group}: {error}"


def handle_account(error: AccountError) -> str:
    """Handle all errors of a category."""
    return f"{error.category}: {error}"


def sell(error: ShopError) -> str:
    """Hand an error to a function for its group."""
    try:
        raise error
    except ItemSoldOutError as sold_out:
        return handle_cart(sold_out)
    except ShopError:
        return ""


def sign_in(error: ShopError) -> str:
    """Hand an error to a function for its category."""
    try:
        raise error
    except LoginFailedError as failed:
        return handle_account(failed)
    except ShopError:
        return ""


AREAS: dict[ShopErrorCategory, str] = {
    "order": "sales",
    "account": "support",
}

PARTS: dict[ShopErrorGroup, str] = {
    "cart": "shop",
    "payment": "billing",
}


def is_about_money(error: ShopError) -> bool:
    """Compare the ids of a category and a group."""
    if error.category == "account":
        return False
    return error.group == "payment"


def trace(error: ShopError) -> str:
    """Read what else the response tells."""
    request: str | None = error.request_id
    region: str | None = error.region
    return f"{request} in {region}: {len(error.fields)}"


def level(severity: ShopErrorSeverity) -> int:
    """Match all values of a property."""
    match severity:
        case "info":
            return 0
        case "warning":
            return 1
        case "error":
            return 2
        case _:
            assert_never(severity)


def is_serious(error: ShopError) -> bool:
    """Compare the value of a property."""
    if error.severity == "info":
        return False
    return error.severity == "error"


def team(error: ShopError) -> str:
    """Read a property."""
    owner: str | None = error.owner
    return owner or "nobody"


def seconds_to_wait(error: ShopError) -> float | None:
    """Decide on a retry."""
    if error.retry == "never":
        return None
    return error.retry_after or (60 if error.retry == "throttled" else 1)


def report(error: ShopError) -> list[object]:
    """Show what every error has."""
    return [
        *(error.code, error.known_code, error.status, error.case, error.subcode),
        *(error.category, error.group, error.message, error.parameters),
        *(error.description("de"), error.resolution("en")),
        *(error.category_title("de"), error.group_title("en")),
        *(advice(each) for each in error.errors),
    ]


class RequestError(ShopError):
    """A class of one's own."""


for code in ShopErrorCode:
    found = ShopError(code=code, status=400)
    print(advice(found), area(found), title(found), user_of(found))
    print(has_former_code(found), has_former_class(found))
    print(excess_by_pattern(found), sell(found), sign_in(found))
    print(is_about_money(found), trace(found), is_serious(found), team(found))
    print(seconds_to_wait(found), report(found), level(code.severity))

print(user_who_closed(OrderClosedError()))
print(excess(TooManyItemsError(message="120 of pens are too many")))
print(sold_out(ItemSoldOutError()))
print(missing_user(UserNotFoundError(status=404)))
print(declined_for(CardDeclinedError()))
print(bank_is(BankUnreachableError(subcode="T1")))
print(RequestError.from_response(400, {}, b'{"error":{"code":1000}}'))
