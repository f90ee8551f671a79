"""Both clients through every product, against the sandbox: real HTTP, real signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from sinch import CodeType, SmsStatus, VerificationMethod, VerificationStatus
from sinch.errors import BadRequest, Conflict, Forbidden, NotFound, Unauthorized, WaitTimedOut
from sinch.sandbox import Sandbox
from sinch_api.models.svaml import Hangup, Svamlet

NUMBER = "+46700000099"
OWN = "+46700000001"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture(params=["signed", "basic"])
def sinch(request, sandbox, make_client):
    return make_client(
        key=sandbox.application_key,
        secret=sandbox.application_secret,
        base_url=sandbox.url,
        auth=request.param,
    )


@pytest.fixture
def known(sandbox):
    """What the person with the phone knows of a verification."""
    import json
    from urllib.request import urlopen

    def look_up(id_: str) -> dict:
        with urlopen(f"{sandbox.url}/_sandbox/verifications/{id_}") as answer:
            return json.load(answer)

    return look_up


async def test_an_sms_from_sending_to_delivery(sinch, sandbox, settle) -> None:
    receipt = await settle(sinch.sms(NUMBER, "Hej åäö 🦄").with_cli("Shop").send())
    at_once = await settle(sinch.sms.get_status(receipt.message_id))
    sandbox.advance(60)
    later = await settle(sinch.sms.get_status(receipt.message_id))
    unknown = await settle(sinch.sms.get_status("999"))

    assert [s.status for s in (at_once, later, unknown)] == [
        SmsStatus.PENDING,
        SmsStatus.SUCCESSFUL,
        SmsStatus.UNKNOWN,
    ]


@pytest.mark.parametrize(
    "method",
    [VerificationMethod.SMS, VerificationMethod.CALLOUT, VerificationMethod.WHATSAPP],
    ids=lambda method: method.value,
)
async def test_a_verification_by_code(method, sinch, known, settle) -> None:
    started = await settle(
        sinch.verification(NUMBER, reference="order-7", custom="x").initiate(method)
    )
    pending = await settle(sinch.verification(reference="order-7").get())
    code = known(started.id)["code"]

    report = await settle(sinch.verification(id=started.id, code=code).report(method))
    final = await settle(sinch.verification(id=started.id).wait(timeout=1))

    assert pending.status is VerificationStatus.PENDING
    assert report.status is VerificationStatus.SUCCESSFUL
    assert (final.status, final.reference, final.id) == (report.status, "order-7", started.id)


async def test_a_flash_call_by_number(sinch, known, settle) -> None:
    flash = VerificationMethod.FLASH_CALL
    draft = sinch.verification(NUMBER).with_flash_call_options(dial_timeout=timedelta(seconds=20))
    started = await settle(draft.initiate(flash))
    cli = known(started.id)["cli"]

    report = await settle(sinch.verification(NUMBER).with_cli(cli).report(flash))
    status = await settle(sinch.verification(NUMBER).get(flash))

    assert started.flash_call.cli_filter
    assert report.status is VerificationStatus.SUCCESSFUL
    assert status.identity.endpoint == NUMBER


async def test_data_verification_succeeds_when_the_device_opens_its_link(sinch, settle) -> None:
    from urllib.request import urlopen

    started = await settle(sinch.verification(NUMBER).initiate(VerificationMethod.DATA))
    with urlopen(started.seamless.target_uri) as answer:  # noqa: ASYNC210 - another thread serves
        assert answer.status == 200

    status = await settle(sinch.verification(id=started.id).get())

    assert status.status is VerificationStatus.SUCCESSFUL


async def test_a_verification_that_nobody_answers(sinch, sandbox, settle) -> None:
    draft = sinch.verification(NUMBER, language="es-ES").with_sms_options(
        code_type=CodeType.ALPHANUMERIC, expiry=timedelta(minutes=1)
    )
    started = await settle(draft.initiate(VerificationMethod.SMS))

    with pytest.raises(WaitTimedOut):
        await settle(sinch.verification(id=started.id).wait(timeout=0.05, interval=0.02))
    sandbox.advance(61)
    final = await settle(sinch.verification(id=started.id).get())

    assert (final.status, final.reason) == (VerificationStatus.FAIL, "Expired")


async def test_a_reference_is_used_once_and_a_newer_verification_replaces(sinch, settle) -> None:
    sms = VerificationMethod.SMS
    first = await settle(sinch.verification(NUMBER, reference="r").initiate(sms))

    with pytest.raises(Conflict) as caught:
        await settle(sinch.verification(NUMBER, reference="r").initiate(sms))
    await settle(sinch.verification(NUMBER).initiate(sms))
    replaced = await settle(sinch.verification(id=first.id).get())

    assert caught.value.error_code == 40900
    assert replaced.status is VerificationStatus.ABORTED


async def test_a_text_to_speech_call(sinch, sandbox, settle) -> None:
    placed = await settle(sinch.callouts.tts(NUMBER, "How are you?", cli="private").call())
    ringing = await settle(sinch.calls(placed.call_id).get())
    sandbox.advance(60)
    over = await settle(sinch.calls(placed.call_id).get())

    assert ringing.status == "ONGOING"
    assert (over.status, over.result, over.to.endpoint) == ("FINAL", "ANSWERED", NUMBER)
    assert over.duration > timedelta(0)
    assert over.timestamp.tzinfo is not None


async def test_hanging_up_a_call(sinch, sandbox, settle) -> None:
    placed = await settle(sinch.callouts.tts(NUMBER, "x" * 600, cli="private").call())
    sandbox.advance(1)

    await settle(sinch.calls(placed.call_id).update(Svamlet(action=Hangup())))
    call = await settle(sinch.calls(placed.call_id).get())

    assert (call.status, call.reason) == ("FINAL", "MANAGERHANGUP")


async def test_a_conference_and_its_participant(sinch, sandbox, settle) -> None:
    room = sinch.conferences("#4711/å")
    placed = await settle(sinch.callouts.conference(NUMBER, "#4711/å", cli="private").call())
    sandbox.advance(5)
    (participant,) = (await settle(room.get())).participants
    member = room.participant(participant)

    async def flags() -> tuple[bool, bool]:
        (found,) = (await settle(room.get())).participants
        return found.muted, found.on_hold

    assert participant.id == placed.call_id
    await settle(member.mute())
    assert await flags() == (True, False)
    await settle(member.unmute())
    await settle(member.hold())
    assert await flags() == (False, True)
    await settle(member.resume())
    assert await flags() == (False, False)
    await settle(member.kick())
    with pytest.raises(NotFound):
        await settle(room.get())


async def test_ending_a_conference(sinch, sandbox, settle) -> None:
    await settle(sinch.callouts.conference(NUMBER, "room", cli="private").call())
    sandbox.advance(5)

    await settle(sinch.conferences("room").end())

    with pytest.raises(NotFound, match="40400"):
        await settle(sinch.conferences("room").end())


async def test_numbers_and_callback_urls(sinch, sandbox, settle) -> None:
    application = sinch.applications
    await settle(application.assign([OWN]))
    (assigned,) = await settle(application.numbers())
    await settle(application.unassign(OWN))
    (free,) = await settle(application.numbers())
    await settle(application.update_callbacks("https://a.example/cb", "https://b.example/cb"))
    urls = await settle(application.callbacks())
    info = await settle(application.query_number(NUMBER))

    assert (assigned.number, assigned.application_key) == (OWN, sandbox.application_key)
    assert free.application_key is None
    assert (urls.primary, urls.fallback) == ("https://a.example/cb", "https://b.example/cb")
    assert (info.country_id, info.normalized_number) == ("SE", NUMBER)


async def test_a_wrong_secret_is_refused(sandbox, make_client, settle) -> None:
    key = sandbox.application_key
    sinch = make_client(key=key, secret="AAAAAAAAAAAAAAAAAAAAAA==", base_url=sandbox.url)

    with pytest.raises(Unauthorized) as caught:
        await settle(sinch.sms(NUMBER, "Hi").send())

    assert caught.value.error_code == 40102


async def test_public_authentication_verifies_and_nothing_else(
    sandbox, make_client, settle
) -> None:
    sinch = make_client(key=sandbox.application_key, base_url=sandbox.url, auth="public")
    with pytest.raises(Forbidden, match="callback URL"):
        await settle(sinch.verification(NUMBER).initiate(VerificationMethod.SMS))

    # data verifications need a URL as well, though nobody is asked by it
    sandbox.state.targets.verification = "http://localhost/sinch"
    started = await settle(sinch.verification(NUMBER).initiate(VerificationMethod.SEAMLESS))

    assert started.id
    with pytest.raises((Forbidden, Unauthorized)):
        await settle(sinch.sms(NUMBER, "Hi").send())


async def test_what_sinch_refuses_is_explained(sinch, settle) -> None:
    with pytest.raises(BadRequest) as caught:
        await settle(sinch.applications.assign(["+46700009999"]))

    assert caught.value.error_code
    assert caught.value.reference
