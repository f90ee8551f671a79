"""Callouts as they are asked for: every field checked, reduced to what a call engine needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

import attrs

from sinch import limits
from sinch.engine import CallPlan
from sinch.sandbox.platform import checks
from sinch.sandbox.platform.errors import Refusal, malformed
from sinch.sandbox.platform.svaml_checks import action_name, dialled
from sinch_api.codec import Malformed, loads
from sinch_api.models.calling import (
    CalloutMethod,
    CalloutRequest,
    ConferenceCallout,
    CustomCallout,
    TtsCallout,
)
from sinch_api.models.common import CallDomain, Identity, IdentityType
from sinch_api.models.svaml import Svamlet

_SPOKEN: Final = re.compile(r"#(?:tts|ssml)\[([^\]]*)\]", re.IGNORECASE)
_OPENED: Final = re.compile(r"#(?:tts|ssml|href)\[[^\]]*\Z", re.IGNORECASE)
_CLI_NUMBER: Final = re.compile(r"\+?[0-9]+")


def read_callout(
    body: object, headers: Iterable[tuple[str, str]] = (), *, callbacks: bool = False
) -> CallPlan:
    """Check a callout. Raises :class:`.Refusal` 40001, 40002, 40003 or 40005.

    ``callbacks`` tells whether the application has a callback URL, which may decide for a custom
    callout where it goes. ``headers`` are those of the request, for ``X-CB-...``.
    """
    request = _read(body)
    match request.method:
        case CalloutMethod.TTS if request.tts_callout is not None:
            plan = _tts(request.tts_callout)
        case CalloutMethod.CONFERENCE if request.conference_callout is not None:
            plan = _conference(request.conference_callout)
        case CalloutMethod.CUSTOM if request.custom_callout is not None:
            plan = _custom(request.custom_callout, callbacks=callbacks)
        case method:
            raise Refusal(40002, f"Parameter {method.value} is required.")
    return attrs.evolve(plan, callback_headers=forwarded(headers))


def _read(body: object) -> CalloutRequest:
    """Read the settings named by ``method`` only: the 2018 SDK leaves those of earlier calls in."""
    try:
        method = CalloutRequest.from_wire({"method": _property(body, "method")}).method
        checks.known(method, "method")
        name = method.value
        return CalloutRequest.from_wire({"method": name, name: _property(body, name)})
    except Malformed as problem:
        raise malformed(problem, missing=40002) from None


def _property(body: object, name: str) -> Any:
    if not isinstance(body, Mapping):
        raise Malformed("expected an object")
    if name in body:
        return body[name]
    folded = name.casefold()
    return next((value for key, value in body.items() if str(key).casefold() == folded), None)


def _tts(callout: TtsCallout) -> CallPlan:
    to = checks.destination(callout.destination, "ttsCallout.destination")
    if not (callout.text or callout.prompts or callout.enable_ace):
        raise Refusal(40002, "One of the parameters ttsCallout.text and prompts is required.")
    checks.at_most(callout.text or "", "ttsCallout.text", limits.SPOKEN)
    _check_prompts(callout.prompts or "")
    _check_common(callout.dtmf, callout.custom, callout.domain)
    return CallPlan(
        method=CalloutMethod.TTS,
        to=to,
        cli=_cli(callout.cli),
        domain=_domain(callout.domain, to),
        custom=callout.custom,
        request=callout.to_wire(),
    )


def _conference(callout: ConferenceCallout) -> CallPlan:
    to = checks.destination(callout.destination, "conferenceCallout.destination")
    checks.text(callout.conference_id, "conferenceCallout.conferenceId", limits.CONFERENCE_ID)
    checks.at_most(callout.greeting or "", "conferenceCallout.greeting", limits.SPOKEN)
    checks.known(callout.moh_class, "conferenceCallout.mohClass")
    if (options := callout.conference_dtmf_options) is not None:
        checks.known(options.mode, "conferenceDtmfOptions.mode")
        if options.max_digits is not None and options.max_digits < 1:
            raise Refusal(40001, "Parameter conferenceDtmfOptions.maxDigits has to be at least 1.")
        if options.timeout is not None and options.timeout <= timedelta():
            raise Refusal(40001, "Parameter conferenceDtmfOptions.timeoutMills has to be positive.")
    _check_common(callout.dtmf, callout.custom, callout.domain)
    return CallPlan(
        method=CalloutMethod.CONFERENCE,
        to=to,
        cli=_cli(callout.cli),
        domain=_domain(callout.domain, to),
        custom=callout.custom,
        max_duration=_max_duration(callout.max_duration, "conferenceCallout"),
        conference_id=callout.conference_id,
        moh=callout.moh_class,
        request=callout.to_wire(),
    )


def _custom(callout: CustomCallout, *, callbacks: bool) -> CallPlan:
    _check_common(callout.dtmf, callout.custom, None)
    ice = _script(callout.ice, "ice")
    for name, text in (("ace", callout.ace), ("pie", callout.pie), ("dice", callout.dice)):
        _script(text, name)
    conference_id = None
    if ice is not None:
        if action_name(ice.action) not in limits.CONNECTING:
            raise Refusal(40001, "The action of customCallout.ice has to connect the call.")
        # what ice says counts; a destination beside it is superfluous, but no reason to refuse
        to, conference_id = dialled(ice.action, callout.destination)
    elif callout.destination is not None:
        to = checks.destination(callout.destination, "customCallout.destination")
    elif callout.ice or callbacks:
        # the answer to the ICE event will tell, and that is not asked for yet
        to = Identity(type=IdentityType.NUMBER, endpoint="")
    else:
        raise Refusal(40003, "A custom callout needs a destination, or ice to tell one.")
    return CallPlan(
        method=CalloutMethod.CUSTOM,
        to=to,
        cli=_cli(callout.cli),
        custom=callout.custom,
        max_duration=_max_duration(callout.max_duration, "customCallout"),
        conference_id=conference_id,
        request=callout.to_wire(),
    )


def _script(text: str | None, name: str) -> Svamlet | None:
    """The SVAML inside one of the texts of a custom callout; None for a URL and for nothing."""
    if not text or not text.strip() or re.match(r"\s*https?://", text, re.IGNORECASE):
        return None
    try:
        script = Svamlet.from_wire(loads(text))
    except Malformed as problem:
        where = f"Parameter customCallout.{name}"
        raise Refusal(40001, f"{where} is neither a URL nor SVAML: {problem}.") from None
    if name != "dice" and not action_name(script.action):
        raise Refusal(40001, f"Parameter customCallout.{name} holds no known action.")
    return script


def _check_prompts(prompts: str) -> None:
    if _OPENED.search(prompts):
        raise Refusal(40001, "Parameter ttsCallout.prompts holds a prompt without closing ].")
    spoken = sum(len(match[1]) for match in _SPOKEN.finditer(prompts))
    if spoken > limits.SPOKEN:
        raise Refusal(
            40001, f"Parameter ttsCallout.prompts speaks more than {limits.SPOKEN} characters."
        )


def _check_common(dtmf: str | None, custom: str | None, domain: CallDomain | None) -> None:
    checks.dtmf(dtmf, "dtmf")
    checks.at_most(custom or "", "custom", limits.CUSTOM, in_bytes=True)
    checks.known(domain, "domain")
    if domain == CallDomain.CONFERENCE:
        raise Refusal(40001, "Parameter domain has to be pstn or mxp.")


def _cli(value: str | None) -> str | None:
    """The caller to show: a number, ``private`` or a name. Blank, as 2018 clients send, is none."""
    cli = (value or "").strip()
    if not cli:
        return None
    if _CLI_NUMBER.fullmatch(cli):
        digits = cli.removeprefix("+")
        return checks.number(f"+{digits}", "cli")
    return checks.at_most(cli, "cli", limits.USER_NAME)


def _domain(given: CallDomain | None, to: Identity) -> CallDomain:
    return given or (CallDomain.MXP if to.type == IdentityType.USERNAME else CallDomain.PSTN)


def _max_duration(value: timedelta | None, where: str) -> timedelta:
    seconds = int(limits.LONGEST_CALL.total_seconds())
    return checks.between(value, f"{where}.maxDuration", 1, seconds) or limits.LONGEST_CALL


def forwarded(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The ``X-CB-...`` headers that go to your callbacks: the first five that fit (docs/platform/calling.md#callouts)."""
    kept: dict[str, str] = {}
    for name, value in headers:
        fits = limits.CALLBACK_HEADER_NAME.fullmatch(name) is not None
        fits = fits and limits.CALLBACK_HEADER_VALUE.fullmatch(value) is not None
        if fits and len(kept) < limits.CALLBACK_HEADERS:
            kept[name] = value
    return kept
