"""The package around models and operations: webhooks, error codes, what importing it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import sinch_api
from sinch_api import models, operations, webhooks
from sinch_api.error_codes import ERROR_CODES
from sinch_api.models import svaml, verification_events, voice_events

EVENTS = {
    "ice": svaml.IceSvamlet, "ace": svaml.AceSvamlet, "pie": svaml.PieSvamlet, "dice": None, "notify": None,
    "incomingSms": None, "VerificationRequestEvent": verification_events.VerificationRequestReply,
    "VerificationResultEvent": None, "VerificationSmsDeliveredEvent": None,
}  # fmt: skip


@pytest.mark.parametrize("tag", EVENTS)
def test_event_models(tag: str) -> None:
    for spelling in (tag, tag.lower(), tag.upper()):
        model = webhooks.event_model(spelling)
        assert model is not None
        assert model.event == tag
    reply = webhooks.REPLIES[tag.casefold()]
    assert (reply and getattr(models, reply[1])) == EVENTS[tag]


def test_other_events_have_no_model() -> None:
    assert webhooks.event_model("hangover") is None
    assert webhooks.event_model("") is None
    assert set(webhooks.EVENTS) == set(webhooks.REPLIES) == {tag.casefold() for tag in EVENTS}


def test_events_of_messages_have_a_tag_of_their_own() -> None:
    assert set(webhooks.EVENTS_BY_TAG["type"]) == {
        "delivery_report_sms", "delivery_report_mms", "recipient_delivery_report_sms",
        "recipient_delivery_report_mms", "mo_text", "mo_binary", "mo_media",
    }  # fmt: skip
    for tag in webhooks.EVENTS_BY_TAG["type"]:
        assert webhooks.event_model(tag.upper(), "type").type == tag
        assert webhooks.event_model(tag) is None
    assert webhooks.event_model("ice", "type") is None


def test_voice_events_are_the_union() -> None:
    tagged = {tag for tag, (module, _) in webhooks.EVENTS.items() if module == "voice_events"}
    for tag in tagged:
        assert isinstance(
            voice_events.read_voice_event({"event": tag, "callid": "c", "menuResult": {}}),
            webhooks.event_model(tag),
        )


def test_error_codes() -> None:
    assert len(ERROR_CODES) > 20
    for code, entry in ERROR_CODES.items():
        assert code // 100 == entry.status
        assert entry.meaning.endswith(".")


@pytest.mark.parametrize("package", [models, operations])
def test_names_are_found_lazily(package: object) -> None:
    names: list[str] = package.__all__  # type: ignore[attr-defined]
    assert len(set(names)) == len(names)
    for name in names:
        assert getattr(package, name) is not None
        assert name in dir(package)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        package.nothing  # type: ignore[attr-defined]


def test_importing_one_product_loads_no_other() -> None:
    code = (
        "import sys, sinch_api.operations, sinch_api.models\n"
        "before = [m for m in sys.modules if m.startswith('sinch_api.models.')]\n"
        "sinch_api.operations.send_sms; sinch_api.models.SendSmsRequest\n"
        "print(before, sorted(m.partition('models.')[2] for m in sys.modules if '_api.models.' in m),"
        " {'requests', 'aiohttp', 'cattrs', 'asyncio'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] ['common', 'sms'] set()"


def test_it_is_marked_as_typed_and_generated() -> None:
    root = Path(str(sinch_api.__file__)).parent
    assert (root / "py.typed").exists()
    for file in root.rglob("*.py"):
        assert file.read_text(encoding="utf-8").startswith("# Generated from spec/")
