"""Mistakes that type checkers find. What they say stands in the files beside this."""

from full_shop_errors import messages
from pixnet_errors import PixnetError, PixnetErrorCode, UserAlreadyThereError
from tickets_errors import (
    EventSoldOutError,
    OkError,
    PaperTicketRefusedError,
    SeatUnavailableError,
    TicketsError,
)


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


def serve(event: str) -> TicketsError:
    EventSoldOutError.create(event=event)
    EventSoldOutError.create(event=event, left="3")
    EventSoldOutError.create(event=event, left=3, seats=1)
    SeatUnavailableError.create()
    SeatUnavailableError.create("blocked")
    SeatUnavailableError.create("sold", hour=20)
    EventSoldOutError.create(event=event, left=3).with_details(retry_after="30")
    EventSoldOutError.create(event=event, left=3).with_details(id="req_1")
    if event:
        return OkError.create()
    return PaperTicketRefusedError.create()
