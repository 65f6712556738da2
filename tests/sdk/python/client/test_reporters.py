"""What reporters of crashes and traces send: never a sensitive value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import sentry_sdk
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sentry_sdk.transport import Transport

from test_secrets import ERRORS, SECRET, caught

if TYPE_CHECKING:
    from sentry_sdk.envelope import Envelope


class LocalTransport(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope.serialize())


def sentry_report(error: BaseException, *, has_locals: bool) -> str:
    transport = LocalTransport()
    client = sentry_sdk.Client(
        dsn="https://key@localhost/1",
        transport=transport,
        include_local_variables=has_locals,
        default_integrations=False,
    )
    with sentry_sdk.new_scope() as scope:
        scope.set_client(client)
        sentry_sdk.capture_exception(caught(error))
    (sent,) = transport.sent
    return sent.decode()


def spans(error: BaseException) -> str:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracer = provider.get_tracer("client")
    with tracer.start_as_current_span("recorded") as span:
        span.record_exception(caught(error))
    with (
        pytest.raises(type(error)),
        tracer.start_as_current_span("raised"),
    ):
        raise error
    texts = [span.to_json() for span in exporter.get_finished_spans()]
    assert len(texts) == 2
    return "".join(texts)


@pytest.mark.parametrize("has_locals", [False, True])
@pytest.mark.parametrize("name", ERRORS)
def test_sentry(name: str, *, has_locals: bool) -> None:
    error = ERRORS[name]()
    report = sentry_report(error, has_locals=has_locals)
    assert type(error).__name__ in report
    # It takes the attribute `message` of an error that has one.
    assert json.dumps(error.message or str(error)) in report
    assert ('"vars"' in report) is has_locals
    assert SECRET not in report


@pytest.mark.parametrize("name", ERRORS)
def test_opentelemetry(name: str) -> None:
    error = ERRORS[name]()
    report = spans(error)
    assert f'"{error.code or "HTTP 402"}' in report
    assert SECRET not in report


def test_they_would_send_it() -> None:
    assert SECRET in sentry_report(RuntimeError(SECRET), has_locals=False)
    assert SECRET in spans(RuntimeError(SECRET))
