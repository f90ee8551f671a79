"""A value of a wrong Python type is refused at once, naming the argument, or taken as what it plainly means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from sinch import SinchClient, VerificationMethod, errors
from sinch_api.operation import Operation

N = "+46700000000"
NOT_TEXT = [5, 5.5, True, b"x", object(), [], {}, ["x"]]
NOT_A_FLAG = [0, 1, "yes", [], object()]
NOT_SECONDS = [True, "5", b"5", [], object(), float("nan"), float("inf")]

Build = Callable[[SinchClient, Any], object]


CASES: list[tuple[str, list[Any], Build]] = [
    ("number", [None, *NOT_TEXT], lambda s, x: s.sms(x, "Hi").operation()),
    ("text", [None, *NOT_TEXT], lambda s, x: s.sms(N, x).operation()),
    ("cli", NOT_TEXT, lambda s, x: s.sms(N, "Hi").with_cli(x).operation()),
    ("message_id", [None, *NOT_TEXT[1:]], lambda s, x: s.sms.get_status(x)),
    ("number", NOT_TEXT, lambda s, x: s.verification(x).initiate_operation("sms")),
    ("method", [None, *NOT_TEXT], lambda s, x: s.verification(N).initiate_operation(x)),
    ("method", [None, *NOT_TEXT], lambda s, x: s.verification(N, code="1").report_operation(x)),
    ("method", NOT_TEXT, lambda s, x: s.verification(N).get_operation(x)),
    ("id", NOT_TEXT, lambda s, x: s.verification(id=x).get_operation()),
    ("code", NOT_TEXT, lambda s, x: s.verification(N, code=x).report_operation("sms")),
    ("cli", NOT_TEXT, lambda s, x: s.verification(N, cli=x).report_operation("flashCall")),
    *((name, NOT_TEXT, lambda s, x, name=name: s.verification(N, **{name: x}).initiate_operation("sms"))
      for name in ("reference", "custom", "language")),
    *((name, NOT_TEXT, lambda s, x, name=name: s.verification(N).with_sms_options(**{name: x}))
      for name in ("code_type", "template")),
    ("expiry", NOT_SECONDS, lambda s, x: s.verification(N).with_sms_options(expiry=x)),
    *((name, NOT_SECONDS, lambda s, x, name=name: s.verification(N).with_flash_call_options(**{name: x}))
      for name in ("dial_timeout", "interception_timeout")),
    ("locale", [None, *NOT_TEXT], lambda s, x: s.verification(N).with_callout_options(locale=x)),
    ("code_type", [None, *NOT_TEXT], lambda s, x: s.verification(N).with_whatsapp_options(code_type=x)),
    *((name, NOT_SECONDS, lambda s, x, name=name: s.verification(id="1").wait(**{name: x}))
      for name in ("timeout", "interval")),
    ("number", [None, *NOT_TEXT], lambda s, x: s.callouts.tts(x, "Hi")),
    ("text", NOT_TEXT, lambda s, x: s.callouts.tts(N, x)),
    *((name, NOT_TEXT, lambda s, x, name=name: s.callouts.tts(N, "Hi", **{name: x}))
      for name in ("cli", "locale", "domain")),
    *((name, NOT_TEXT, lambda s, x, name=name: s.callouts.conference(N, "r", **{name: x}))
      for name in ("cli", "greeting", "locale", "music_on_hold", "dtmf_options", "domain")),
    ("conference_id", [None, *NOT_TEXT], lambda s, x: s.callouts.conference(N, x)),
    ("max_duration", NOT_SECONDS, lambda s, x: s.callouts.conference(N, "r", max_duration=x)),
    ("destination", NOT_TEXT, lambda s, x: s.callouts.custom(x)),
    ("dice", NOT_TEXT, lambda s, x: s.callouts.custom(N, dice=x)),
    ("menus", [None, "x", *NOT_TEXT], lambda s, x: s.callouts.menu(N, menus=x)),
    ("custom", [None, *NOT_TEXT], lambda s, x: s.callouts.tts(N, "Hi").with_custom(x)),
    ("dtmf", [None, *NOT_TEXT], lambda s, x: s.callouts.tts(N, "Hi").with_dtmf(x)),
    ("name", [None, *NOT_TEXT], lambda s, x: s.callouts.tts(N, "Hi").with_header(x, "v")),
    ("value", [None, *NOT_TEXT], lambda s, x: s.callouts.tts(N, "Hi").with_header("X-CB-A", x)),
    *((name, NOT_A_FLAG, lambda s, x, name=name: s.callouts.tts(N, "Hi").with_callbacks(**{name: x}))
      for name in ("ace", "dice", "pie")),
    ("call_id", [None, *NOT_TEXT], lambda s, x: s.calls(x)),
    ("call_resource_url", [None, *NOT_TEXT], lambda s, x: s.calls("c").at(x)),
    ("svamlet", [None, "x", *NOT_TEXT], lambda s, x: s.calls("c").update_operation(x)),
    ("leg", [None, "nobody", *NOT_TEXT], lambda s, x: s.calls("c").leg_operation(x, None)),
    ("conference_id", [None, *NOT_TEXT], lambda s, x: s.conferences(x)),
    ("call_id", [None, *NOT_TEXT], lambda s, x: s.conferences("r").participant(x)),
    ("music", NOT_TEXT, lambda s, x: s.conferences("r").participant("c").hold(x)),
    ("numbers", [None, *NOT_TEXT], lambda s, x: s.applications.assign(x)),
    ("application_key", NOT_TEXT[:4], lambda s, x: s.applications.assign(N, application_key=x)),
    ("capability", NOT_TEXT, lambda s, x: s.applications.assign(N, capability=x)),
    ("number", [None, *NOT_TEXT], lambda s, x: s.applications.unassign(x)),
    ("primary", [None, *NOT_TEXT], lambda s, x: s.applications.update_callbacks(x)),
    ("fallback", NOT_TEXT, lambda s, x: s.applications.update_callbacks("https://a.example", x)),
    ("number", [None, *NOT_TEXT], lambda s, x: s.applications.query_number(x)),
]  # fmt: skip


@pytest.fixture
def sinch() -> Iterator[SinchClient]:
    """Where nobody listens: what is sent after all raises NotSent instead."""
    with SinchClient("key", "c2VjcmV0", base_url="http://127.0.0.1:9") as client:
        yield client


@pytest.mark.parametrize(
    ("argument", "values", "build"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)]
)
def test_a_wrong_type_is_refused_by_name(
    argument: str, values: list[Any], build: Build, sinch: SinchClient
) -> None:
    for wrong in values:
        with pytest.raises(errors.InvalidArgumentError) as refused:
            build(sinch, wrong)

        assert refused.value.argument.partition("[")[0] == argument, wrong
        assert refused.value.certainly_not_sent


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        (
            lambda s: s.verification(N).initiate_operation(VerificationMethod.FLASH_CALL),
            lambda s: s.verification(N).initiate_operation("flashcall"),
        ),
        (
            lambda s: s.callouts.conference(N, "r", max_duration=timedelta(seconds=30)).operation(),
            lambda s: s.callouts.conference(N, "r", max_duration=30).operation(),
        ),
    ],
    ids=["method", "duration"],
)
def test_what_is_plainly_meant_is_taken(
    meant: Callable[[SinchClient], Operation[Any]],
    written: Callable[[SinchClient], Operation[Any]],
    sinch: SinchClient,
) -> None:
    assert written(sinch).body == meant(sinch).body
