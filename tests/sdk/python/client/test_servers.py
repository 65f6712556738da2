"""What a server raises, and how Starlette and FastAPI answer with it."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import fastapi
import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route
from tickets_errors import (
    CardDeclinedError,
    EventSoldOutError,
    InternalError,
    SeatUnavailableError,
    TicketsError,
    TooManyRequestsError,
)
from tickets_errors.starlette import add_error_handler
from wire_errors import CardDeclinedError as WireCardDeclinedError
from wire_errors import WireError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from starlette.requests import Request
    from starlette.responses import Response

CARD = "4242424242424242"
SECRET = "database password hunter2"  # noqa: S105
PROBLEM = "application/problem+json"


class OperaSoldOutError(EventSoldOutError):
    """A class of the program's own."""


async def decline(_: Request) -> Response:
    error = CardDeclinedError.create(number=CARD, amount=19.5)
    raise error.with_details(request_id="req_1") from OSError(SECRET)


async def slow_down(_: Request) -> Response:
    raise TooManyRequestsError.create().with_details(retry_after=30)


async def fail(_: Request) -> Response:
    raise InternalError.create() from OSError(SECRET)


async def proxy(_: Request) -> Response:
    raise TicketsError(code="unheard_of", message="Who knows")


async def crash(_: Request) -> Response:
    raise OSError(SECRET)


async def refuse(_: Request) -> Response:
    raise HTTPException(418)


ROUTES = [
    Route(f"/{it.__name__}", it)
    for it in (decline, slow_down, fail, proxy, crash, refuse)
]


def app(*, problems: bool = False) -> Starlette:
    made = Starlette(routes=ROUTES)
    add_error_handler(made, problems=problems)
    return made


@contextmanager
def served(application: Starlette) -> Generator[httpx.Client]:
    """Run uvicorn as it is on its own, with its own loggers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application, log_level="trace"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            port = listening.getsockname()[1]
            # The server ends a connection after an error that it does not handle.
            limits = httpx.Limits(max_keepalive_connections=0)
            address = f"http://127.0.0.1:{port}"
            with httpx.Client(base_url=address, limits=limits) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(app()) as found:
        yield found


@pytest.fixture(scope="module")
def problems() -> Iterator[httpx.Client]:
    with served(app(problems=True)) as found:
        yield found


def test_raising() -> None:
    error = EventSoldOutError.create(event="Hamlet", left=3)
    assert (error.status, error.retry) == (409, "never")
    assert (error.event, error.left) == ("Hamlet", 3)
    assert str(error) == "event_sold_out: Hamlet is sold out, 3 tickets are on hold"
    assert error.args == (str(error),)


def test_own_classes() -> None:
    error = OperaSoldOutError.create(event="Hamlet", left=3)
    for twin in (error, copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert type(twin) is OperaSoldOutError
        assert twin.to_response() == error.to_response()


def test_values_that_the_message_does_not_carry() -> None:
    error = EventSoldOutError.create(event=" is sold out, 3", left=0)
    for twin in (error, copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert twin.parameters == {"event": " is sold out, 3", "left": 0}


def test_cases() -> None:
    taken = SeatUnavailableError.create("taken")
    blocked = SeatUnavailableError.create("blocked", hour=20)
    assert (taken.case, taken.raw_message) == ("taken", "The seat is taken")
    assert (blocked.case, blocked.parameters) == ("blocked", {"hour": 20})


def test_wrong_arguments() -> None:
    with pytest.raises(TypeError, match=r"missing .* 'left'"):
        EventSoldOutError.create(event="Hamlet")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    with pytest.raises(TypeError, match="left is not of the type int: str"):
        EventSoldOutError.create(event="Hamlet", left="3")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match="left is not of the type int: bool"):
        EventSoldOutError.create(event="Hamlet", left=True)
    with pytest.raises(TypeError, match="missing the parameter 'hour'"):
        SeatUnavailableError.create("blocked")  # type: ignore[call-overload] # pyright: ignore[reportCallIssue]
    with pytest.raises(ValueError, match="has no case 'sold'"):
        SeatUnavailableError.create("sold")  # type: ignore[call-overload] # pyright: ignore[reportArgumentType, reportCallIssue]
    with pytest.raises(ValueError, match="amount is not finite"):
        CardDeclinedError.create(number=CARD, amount=float("nan"))
    with pytest.raises(ValueError, match="retry_after"):
        InternalError.create().with_details(retry_after=-1)


def test_an_error_that_was_received_is_passed_on() -> None:
    headers = {"X-Request-Id": "req_1", "Retry-After": "7"}
    body = {"code": "unheard_of", "message": "Who knows", "seat": "A12"}
    written = TicketsError.from_response(418, headers, body).to_response()
    assert (written.status, json.loads(written.body)) == (418, body)
    assert written.headers == {**headers, "Content-Type": "application/json"}
    problem = TicketsError.from_response(418, headers, body).to_problem()
    assert json.loads(problem.body) == body | {
        "type": "about:blank",
        "status": 418,
        "detail": "Who knows",
    }


def test_headers_hold_no_lines() -> None:
    error = InternalError.create().with_details(request_id="a\r\nX-Injected: yes")
    assert list(error.to_response("de\r\nX-Injected: yes").headers) == [
        "Content-Type",
        "Content-Language",
        "Vary",
    ]


def test_half_of_a_character() -> None:
    error = EventSoldOutError.create(event="\ud800", left=3)
    read = TicketsError.from_response(*error.to_response())
    assert read.parameters == {"event": "?", "left": 3}


def test_several_errors() -> None:
    further = WireCardDeclinedError.create("offline", bank="Alpha")
    error = WireCardDeclinedError.create("limit", limit=99.5)
    error.with_details(errors=[further], attempts=2)
    read = WireError.from_response(*error.to_response())
    assert (read.case, read.fields) == ("limit", {"attempts": "2"})
    assert [it.case for it in read.errors] == ["offline"]


def test_answer(client: httpx.Client) -> None:
    response = client.get("/decline")
    assert response.status_code == 402
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["X-Request-Id"] == "req_1"
    assert response.headers["Vary"] == "Accept"
    assert response.json() == {
        "code": "card_declined",
        "message": f"The card {CARD} was declined for 19.5",
        "values": {"number": CARD, "amount": 19.5},
    }
    assert client.get("/slow_down").headers["Retry-After"] == "30"
    assert client.get("/proxy").status_code == 500


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/json, application/problem+json;q=0.9", "application/json"),
        ("application/problem+json;q=0", "application/json"),
        ("application/problem+json;q=high, */*", "application/json"),
        (PROBLEM, PROBLEM),
        ("Application/Problem+JSON, */*;q=0.8", PROBLEM),
        ("text/html, application/problem+json;q=0.9, application/*;q=0.8", PROBLEM),
        ("application/problem+json, application/json", PROBLEM),
    ],
)
def test_accept(
    client: httpx.Client, problems: httpx.Client, accept: str, kind: str
) -> None:
    response = client.get("/fail", headers={"Accept": accept})
    assert response.headers["Content-Type"] == kind
    always = problems.get("/fail", headers={"Accept": accept})
    assert always.headers["Content-Type"] == PROBLEM


def test_accept_language(client: httpx.Client) -> None:
    accepted = {"Accept": PROBLEM, "Accept-Language": "fr, de-CH;q=0.5"}
    response = client.get("/slow_down", headers=accepted)
    assert response.headers["Content-Language"] == "de"
    assert response.headers["Vary"] == "Accept-Language, Accept"
    assert response.json()["detail"] == "Zu viele Anfragen"


def test_other_errors_are_left_to_the_framework(client: httpx.Client) -> None:
    paths = ("refuse", "nowhere", "crash")
    assert [client.get(it).status_code for it in paths] == [418, 404, 500]
    assert client.get("crash").text == "Internal Server Error"


def test_fastapi() -> None:
    api = fastapi.FastAPI()
    add_error_handler(api)

    @api.get("/")
    def root() -> None:  # pyright: ignore[reportUnusedFunction]
        blocked = SeatUnavailableError.create("blocked", hour=20)
        raise blocked

    with served(api) as client:
        response = client.get("/")
    assert response.status_code == 409
    assert response.json()["values"] == {"hour": 20}


@pytest.mark.parametrize("handled", [True, False])
def test_logs(
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    *,
    handled: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    application = app() if handled else Starlette(routes=ROUTES)
    with served(application) as client:
        responses = [client.get(it) for it in ("decline", "fail")]
    printed = capfd.readouterr()
    logged = printed.out + printed.err + caplog.text
    assert CARD not in logged
    assert "The card ••• was declined for 19.5" in logged
    if handled:
        assert CARD in responses[0].text
        levels = [it.levelname for it in caplog.records if it.name == "tickets_errors"]
        assert levels == ["INFO", "ERROR"]
        assert "hunter2" not in logged
        assert "hunter2" not in responses[1].text
