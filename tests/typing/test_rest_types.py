"""What type checkers see; ``make check`` runs mypy and pyright over this file. Nothing here runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import assert_type

    from sinch import ApiAnswer, AsyncSinchClient, SinchClient, VerificationMethod
    from sinch.applications import ApplicationNumber
    from sinch.callouts import CalloutResponse
    from sinch.calls import CallInfo
    from sinch.conferences import Conference
    from sinch.sms import SendSmsResponse, SmsDraft
    from sinch.svaml import SvamlReply
    from sinch.verification import ReportVerificationResponse, VerificationStatusResponse
    from sinch_api import operations
    from sinch_api.models.sms import SmsStatusResponse
    from sinch_api.operation import Operation

    def blocking(sinch: SinchClient) -> None:
        assert_type(sinch.sms("+46700000000", "Hi"), SmsDraft)
        assert_type(sinch.sms("+46700000000", "Hi").with_cli("x").send(), SendSmsResponse)
        draft = sinch.verification("+46700000000").with_code("1")
        assert_type(draft.report(VerificationMethod.SMS), ReportVerificationResponse)
        assert_type(draft.wait(timeout=1), VerificationStatusResponse)
        assert_type(sinch.callouts.tts("+46700000000", "Hi").call(), CalloutResponse)
        assert_type(sinch.calls("c").get(), CallInfo)
        assert_type(sinch.conferences("r").get(), Conference)
        assert_type(sinch.applications.numbers(), tuple[ApplicationNumber, ...])
        sinch.conferences("r").participant("c").mute()

    def any_operation(sinch: SinchClient) -> None:
        operation = operations.get_sms_status("1")
        assert_type(operation, Operation[SmsStatusResponse])
        assert_type(sinch.send(operation), SmsStatusResponse)

    def the_whole_answer(sinch: SinchClient, call_id: str, reply: SvamlReply) -> None:
        draft = sinch.sms("+46700000000", "Hi").with_options(timeout=1, headers={"X-A": "b"})
        assert_type(draft, SmsDraft)
        assert_type(sinch.raw(draft.send), ApiAnswer[SendSmsResponse])
        assert_type(sinch.raw(sinch.calls(call_id).update, reply), ApiAnswer[None])
        assert_type(sinch.raw(sinch.sms.get_status, message_id="1").value, SmsStatusResponse)
        sinch.raw(sinch.sms.get_status)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]

    async def the_whole_answer_awaited(sinch: AsyncSinchClient) -> None:
        assert_type(
            await sinch.raw(sinch.sms("+46700000000", "Hi").send), ApiAnswer[SendSmsResponse]
        )
        numbers = await sinch.with_options(timeout=1).raw(sinch.applications.numbers)
        assert_type(numbers, ApiAnswer[tuple[ApplicationNumber, ...]])

    async def asynchronous(sinch: AsyncSinchClient) -> None:
        assert_type(await sinch.sms("+46700000000", "Hi").send(), SendSmsResponse)
        assert_type(await sinch.verification(id="1").get(), VerificationStatusResponse)
        assert_type(await sinch.send(operations.get_sms_status("1")), SmsStatusResponse)
        async with sinch as entered:
            assert_type(entered, AsyncSinchClient)

    def forgotten_await(sinch: AsyncSinchClient) -> None:
        receipt = sinch.sms("+46700000000", "Hi").send()
        receipt.message_id  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
