"""What names of other SDKs become here: the official ``sinch`` 1.x, Twilio's, and Sinch's for .NET.

A key is the end of a chain of names, as in ``client.sms.batches.send(...)``; calls and subscripts in
between do not count. The pages "Coming from ..." of the documentation explain each.
"""

from __future__ import annotations

from typing import Final

_REPORT: Final = "sinch.verification({who}, {what}).report(VerificationMethod.{method})"
_MESSAGES: Final = "one SMS: sinch.sms(number, text).send(); many at once: see the SMS page"
_NONE: Final = "no counterpart: this SDK takes an application key and secret; keep that SDK for it"


def _report(who: str, what: str, method: str) -> str:
    return _REPORT.format(who=who, what=what, method=method)


#: Chains of the official SDK 1.x, wherever they stand.
OFFICIAL: Final = {
    "verifications.start_sms": "sinch.verification(number).initiate(VerificationMethod.SMS)",
    "verifications.start_flash_call": "sinch.verification(number).initiate(VerificationMethod.FLASH_CALL)",
    "verifications.start_phone_call": "sinch.verification(number).initiate(VerificationMethod.CALLOUT)",
    "verifications.start_callout": "sinch.verification(number).initiate(VerificationMethod.CALLOUT)",
    "verifications.start_data": "sinch.verification(number).initiate(VerificationMethod.SEAMLESS)",
    "verifications.start_seamless": "sinch.verification(number).initiate(VerificationMethod.SEAMLESS)",
    "verifications.report_sms_by_id": _report("id=id", "code=code", "SMS"),
    "verifications.report_flash_call_by_id": _report("id=id", "cli=cli", "FLASH_CALL"),
    "verifications.report_phone_call_by_id": _report("id=id", "code=code", "CALLOUT"),
    "verifications.report_by_id": _report("id=id", "code=code", "SMS"),
    "verifications.report_sms_by_identity": _report("number", "code=code", "SMS"),
    "verifications.report_flash_call_by_identity": _report("number", "cli=cli", "FLASH_CALL"),
    "verifications.report_phone_call_by_identity": _report("number", "code=code", "CALLOUT"),
    "verifications.report_by_identity": _report("number", "code=code", "SMS"),
    "verification_status.get_by_id": "sinch.verification(id=id).get()",
    "verification_status.get_by_reference": "sinch.verification(reference=reference).get()",
    "verification_status.get_by_identity": "sinch.verification(number).get(VerificationMethod.SMS)",
    "callouts.text_to_speech": "sinch.callouts.tts(number, text, cli=cli).call()",
    "voice.callouts.conference": "sinch.callouts.conference(number, room, cli=cli).call()",
    "voice.callouts.custom": "sinch.callouts.custom(number, cli=cli, ace=svaml.ace()...).call()",
    "voice.calls.get": "sinch.calls(call_id).get()",
    "voice.calls.update": "sinch.calls(call_id).update(svaml.manage_call()...)",
    "calls.manage_with_call_leg": "sinch.calls(call_id).leg(leg).update(svaml.manage_call()...)",
    "voice.conferences.call": "sinch.callouts.conference(number, room, cli=cli).call()",
    "voice.conferences.get": "sinch.conferences(room).get()",
    "conferences.manage_participant": "sinch.conferences(room).participant(call_id).mute(), unmute(), hold(), resume()",
    "conferences.kick_participant": "sinch.conferences(room).participant(call_id).kick()",
    "conferences.kick_all": "sinch.conferences(room).end()",
    "applications.get_numbers": "sinch.applications.numbers()",
    "applications.assign_numbers": "sinch.applications.assign(numbers, application_key=key)",
    "applications.unassign_number": "sinch.applications.unassign(number, application_key=key)",
    "applications.get_callback_urls": "sinch.applications.callbacks(application_key=key)",
    "applications.update_callback_urls": "sinch.applications.update_callbacks(primary, fallback, application_key=key)",
    "voice.applications.query_number": "sinch.applications.query_number(number)",
    "sms.batches.*": _MESSAGES,
    "sms.delivery_reports.*": "sinch.sms.get_status(message_id) for one SMS; for many see the SMS page",
    "sms.inbounds.*": "@router.incoming_sms of a CallbackRouter",
    "sms.groups.*": _MESSAGES,
    "configuration.voice_region": 'SinchClient(region="euc1")',
    "configuration.voice_origin": "SinchClient(base_url=...) or SINCH_BASE_URL",
    "configuration.connection_timeout": "SinchClient(timeout=5)",
}

#: Names of the official SDK 1.x that are imported or used alone.
OFFICIAL_NAMES: Final = {
    "SinchClientAsync": "AsyncSinchClient",
    "SinchException": "SinchError",
    "VerificationException": "ApiError",
    "VoiceException": "ApiError",
    "SMSException": "ApiError",
    "HangupAction": "svaml.ice().hangup()",
    "ContinueAction": "svaml.ace().continue_()",
    "ConnectPstnAction": "svaml.ice().connect_pstn(number)",
    "ConnectMxpAction": "svaml.ice().connect_mxp(user)",
    "ConnectSipAction": "svaml.ice().connect_sip_destination(address)",
    "ConnectConfAction": "svaml.ice().connect_conference(room)",
    "RunMenuAction": 'svaml.ice().run_menu("main", menus)',
    "MenuOption": "svaml.menus().begin_menu(id, prompt)",
    "ParkAction": "svaml.ice().park(prompt, time)",
    "PlayFileInstruction": ".play(...)",
    "SayInstruction": ".say(text, locale=...)",
    "SendDtmfInstruction": ".send_dtmf(keys)",
    "SetCookieInstruction": ".set_cookie(key, value)",
    "AnswerInstruction": ".answer()",
    "StartRecordingInstruction": ".start_recording(destination, ...)",
    "StopRecordingInstruction": ".stop_recording()",
}

#: Keyword arguments of ``SinchClient`` that only the official SDK has.
OFFICIAL_ARGUMENTS: Final = {
    "key_id": _NONE,
    "key_secret": _NONE,
    "project_id": _NONE,
    "service_plan_id": "see the SMS page for the newer SMS API",
    "sms_api_token": "see the SMS page for the newer SMS API",
}

#: Chains of Twilio's, in files that import it.
TWILIO: Final = {
    "messages.create": "sinch.sms(number, text, cli=sender).send()",
    "messages.fetch": "sinch.sms.get_status(message_id)",
    "verifications.create": "sinch.verification(number).initiate(VerificationMethod.SMS)",
    "verification_checks.create": "sinch.verification(number, code=code).report(VerificationMethod.SMS)",
    "calls.create": "sinch.callouts.tts(number, text, cli=cli).call(), or custom(...) with SVAML",
    "calls.update": "sinch.calls(call_id).update(svaml.manage_call()...)",
    "calls.fetch": "sinch.calls(call_id).get()",
    "participants.update": "sinch.conferences(room).participant(call_id).mute(), unmute(), hold(), resume()",
    "participants.delete": "sinch.conferences(room).participant(call_id).kick()",
    "participants.list": "sinch.conferences(room).get().participants",
    "conferences.update": "sinch.conferences(room).end()",
    "incoming_phone_numbers.list": "sinch.applications.numbers()",
}

#: Names of Twilio's that are imported or used alone.
TWILIO_NAMES: Final = {
    "Client": "SinchClient(key, secret)",
    "AsyncTwilioHttpClient": "AsyncSinchClient(key, secret)",
    "TwilioRestException": "ApiError: .status, .error_code",
    "RequestValidator": "CallbackVerifier(key, secret)",
    "VoiceResponse": "svaml.ice(), the answer to an incoming call",
    "MessagingResponse": "sinch.sms(number, text).send() in @router.incoming_sms",
    "Gather": 'svaml.ice().run_menu("main", menus), and @router.pie',
    "Dial": "svaml.ice().connect_pstn(number)",
}

#: Methods of a ``VoiceResponse`` or ``Dial``, in files that import them.
TWIML: Final = {
    "say": "svaml.ice().say(text)",
    "play": 'svaml.ice().play("#href[https://...]")',
    "hangup": "svaml.ice().hangup()",
    "reject": 'svaml.ice().hangup("busy")',
    "dial": "svaml.ice().connect_pstn(number)",
    "conference": "svaml.ice().connect_conference(room)",
    "sip": "svaml.ice().connect_sip_destination(address)",
    "gather": 'svaml.ice().run_menu("main", menus), and @router.pie',
    "record": "svaml.ice().start_recording().connect_pstn(number)",
    "enqueue": "svaml.ice().park(prompt, time)",
    "redirect": "no counterpart: handlers are functions, call one from another",
}

#: Names of Sinch's SDK for .NET, in C#.
DOTNET: Final = {
    "SinchFactory": "SinchClient(key, secret)",
    "CreateApiFactory": "SinchClient(key, secret)",
    "CreateSmsApi": "sinch.sms",
    "CreateVerificationApi": "sinch.verification",
    "CreateCalloutApi": "sinch.callouts",
    "CreateConferenceApi": "sinch.conferences",
    "CreateCallbackResponseFactory": "Svaml(locale)",
    "CreateManageCallSvamletBuilder": "svaml.manage_call()",
    "CallbackResponseFactory": "Svaml(locale)",
    "CallbackEventModel": "read_event(body), or a CallbackRouter",
    "VerificationRequestEventResponse": "allow(...), deny()",
    "TtsCallout": "sinch.callouts.tts(number, text, cli=cli).call()",
    "ConferenceCallout": "sinch.callouts.conference(number, room, cli=cli).call()",
    "MenuCallout": "sinch.callouts.menu(number, cli=cli, menus=menus).call()",
    "GetSmsStatus": "sinch.sms.get_status(id)",
    "IIceSvamletBuilder": "IceBuilder",
    "IAceSvamletBuilder": "AceBuilder",
    "IManageCallSvamletBuilder": "ManageCallBuilder",
    "ISvamletResponse": "Reply",
    "IMenuBuilder": "Menus",
    "IIdentity": "Identity",
    "IMoney": "Money",
    "IMenuResult": "MenuResult",
    "Locale.EnUs": "Locale.EN_US",
}
