"""Several errors at once."""

from __future__ import annotations

import traceback

import pytest
from full_shop_errors import FullShopError, PaymentError
from pixnet_errors import AuthenticationError, NotFoundError, PixnetError


def failures() -> ExceptionGroup[PixnetError | FullShopError]:
    return ExceptionGroup(
        "both services",
        [
            PixnetError(status=404, code=2101),
            PixnetError(status=401, code=1098),
            FullShopError(status=402, code="card_declined"),
        ],
    )


def test_except_star() -> None:
    seen: list[str] = []
    try:
        raise failures()
    except* NotFoundError as group:
        found = [it for it in group.exceptions if isinstance(it, NotFoundError)]
        seen += [f"not found: {it.code}" for it in found]
    except* (AuthenticationError, PaymentError) as group:
        seen += [type(it).__name__ for it in group.exceptions]
    assert seen == [
        "not found: 2101",
        "AuthenticationTokenError",
        "CardDeclinedError",
    ]


def test_splitting() -> None:
    own, rest = failures().split(PixnetError)
    assert own is not None
    assert rest is not None
    assert len(own.exceptions) == 2
    assert len(rest.exceptions) == 1


def test_notes() -> None:
    error = PixnetError(status=404, code=2101)
    error.add_note("while reading article 7")
    with pytest.raises(NotFoundError) as caught:
        raise error
    assert caught.value.__notes__ == ["while reading article 7"]


def test_what_is_sensitive_in_a_group() -> None:
    secret = "4242424242424242"  # noqa: S105
    message = f"Card ending in {secret} was declined: stolen"
    declined = FullShopError(code="card_declined", message=message, body=message)
    group = ExceptionGroup("several", [declined, PixnetError(code=2101)])
    text = "".join(traceback.format_exception(group)) + repr(group)
    assert "Card ending in ••• was declined: stolen" in text
    assert secret not in text
