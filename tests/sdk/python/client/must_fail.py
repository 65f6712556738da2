"""Mistakes that type checkers find. What they say stands in the files beside this."""

from full_shop_errors import messages
from pixnet_errors import PixnetError, PixnetErrorCode, UserAlreadyThereError


def use(error: PixnetError) -> bool:
    messages.OrderInvalidTooMany(count=120)
    messages.OrderInvalidTooMany(count="120", limit=100)
    messages.CardDeclined("4242", "stolen")
    PixnetError(500, PixnetErrorCode.TOKEN_INVALID)
    error.message = "other words"
    status: int = error.code.http
    if isinstance(error, UserAlreadyThereError):
        return False
    return status == 0 or error.retry == "sometimes"
