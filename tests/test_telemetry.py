"""Spans of calls and callbacks: what is in them, whose children they are, and what is never in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from sinch import ApiError, SinchClient
from sinch.callbacks import CallbackRouter, CallbackVerifier
from sinch.sandbox import Sandbox
from sinch.telemetry import CallSpans, callback_spans
from sinch.testing import signed_request

KEY, SECRET = "669E367E-6BBA-48AB-AF15-266871C28135", "BeIukql3pTKJ8RGL5zo0DA=="
NUMBER, TEXT = "+46700000033", "a private text"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def provider(exporter: InMemorySpanExporter) -> TracerProvider:
    made = TracerProvider(shutdown_on_exit=False)
    made.add_span_processor(SimpleSpanProcessor(exporter))
    return made


@pytest.fixture(scope="module")
def server() -> Iterator[Sandbox]:
    with Sandbox(key=KEY, secret=SECRET) as running:
        yield running


def everything(span: ReadableSpan) -> str:
    return json.dumps(json.loads(span.to_json()))


async def test_a_span_an_attempt(
    server: Sandbox,
    provider: TracerProvider,
    exporter: InMemorySpanExporter,
    make_client: Callable[..., Any],
    settle: Callable[[Any], Any],
) -> None:
    client = make_client(base_url=server.url, hooks=[CallSpans(provider)])
    server.add_faults("rate-limit,match=/v1/sms,times=1,retry-after=0")
    with provider.get_tracer("test").start_as_current_span("outer") as outer:
        await settle(client.sms(NUMBER, TEXT).send())
    with pytest.raises(ApiError):
        await settle(client.calls("46700000033").get())

    first, second, _, refused = exporter.get_finished_spans()
    assert [dict(span.attributes or {}) for span in (first, second, refused)] == [
        {
            "http.request.method": "POST",
            "sinch.operation": "send_sms",
            "error.type": "RateLimited",
            "http.response.status_code": 429,
            "sinch.error_code": 42900,
        },
        {
            "http.request.method": "POST",
            "sinch.operation": "send_sms",
            "http.request.resend_count": 1,
        },
        {
            "http.request.method": "GET",
            "sinch.operation": "get_call",
            "error.type": "NotFound",
            "http.response.status_code": 404,
            "sinch.error_code": 40400,
        },
    ]
    assert (first.kind, first.status.status_code) == (SpanKind.CLIENT, StatusCode.ERROR)
    assert second.status.status_code is StatusCode.UNSET
    assert first.parent is not None
    assert first.parent.span_id == outer.get_span_context().span_id
    assert (first.start_time or 0) < (first.end_time or 0) <= (second.end_time or 0)
    assert all(
        secret not in everything(span)
        for span in (first, second, refused)
        for secret in ("46700000033", "4670", TEXT)
    )


@pytest.fixture
def router(provider: TracerProvider, server: Sandbox) -> CallbackRouter:
    made = CallbackRouter(CallbackVerifier(KEY, SECRET), observe=callback_spans(provider))
    client = SinchClient(KEY, SECRET, base_url=server.url, hooks=[CallSpans(provider)])

    @made.ice
    def ice(event: Any) -> None:
        with client:
            client.sms(NUMBER, TEXT).send()

    @made.pie
    def pie(event: Any) -> None:
        raise RuntimeError(TEXT)

    return made


@pytest.mark.parametrize("way", ["blocking", "async"])
async def test_a_span_a_callback(
    way: str, router: CallbackRouter, exporter: InMemorySpanExporter, provider: TracerProvider
) -> None:
    async def send(event: dict[str, Any], secret: str = SECRET) -> None:
        delivery = signed_request(event, credentials=(KEY, secret)).delivery
        if way == "blocking":
            router.dispatch(delivery)
        else:
            await router.dispatch_async(delivery)

    call = {"callid": "46700000033", "cli": NUMBER}
    await send({"event": "ice", **call})
    await send({"event": "pie", **call})
    await send({"event": NUMBER, **call})
    await send({"event": "ice", **call}, "d3Jvbmcgc2VjcmV0IQ==")
    with provider.get_tracer("framework").start_as_current_span("POST /sinch"):
        await send({"event": "dice", **call})

    sms, ice, pie, other, forged, dice, _ = spans = exporter.get_finished_spans()
    assert sms.parent is not None
    assert ice.context is not None
    assert sms.parent.span_id == ice.context.span_id, "what a handler sends belongs to its callback"
    assert [span.name for span in (ice, pie, other, forged, dice)] == [
        "sinch callback ice", "sinch callback pie", "sinch callback other",
        "sinch callback", "sinch callback dice",
    ]  # fmt: skip
    assert dict(ice.attributes or {}) == {
        "http.request.method": "POST",
        "sinch.event": "ice",
        "http.response.status_code": 200,
    }
    assert (pie.attributes or {})["error.type"] == "500"
    assert (forged.attributes or {})["sinch.rejection"] == "bad_signature"
    assert (ice.kind, dice.kind) == (SpanKind.SERVER, SpanKind.INTERNAL)
    for span in spans:
        assert "46700000" not in everything(span)
        assert TEXT not in everything(span)


def test_without_an_sdk_nothing_is_written_and_nothing_breaks(server: Sandbox) -> None:
    with SinchClient(KEY, SECRET, base_url=server.url, hooks=[CallSpans()]) as client:
        assert client.sms(NUMBER, TEXT).send().message_id
