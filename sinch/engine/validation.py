"""Reads an app's answer and says what is not legal about it (docs/platform/svaml.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sinch import limits
from sinch.values import PhoneNumber, dtmf_sequence
from sinch_api.codec import Malformed, loads
from sinch_api.models.svaml import (
    Action,
    ConnectConference,
    ConnectMxp,
    ConnectPstn,
    ConnectSip,
    ConnectStream,
    Instruction,
    Menu,
    PlayFiles,
    RunMenu,
    Say,
    SendDtmf,
    SetCookie,
    Svamlet,
    UnknownAction,
)

from .settings import EngineSettings

OPTION: Final = re.compile(r"\s*(return|menu)\s*\((.*)\)\s*", re.IGNORECASE | re.DOTALL)
_KEY: Final = re.compile(r"[0-9*#]")


class IllegalSvaml(Exception):
    """An answer that the platform would not execute; the message goes into the notify event."""


def read_script(body: object, context: str, settings: EngineSettings) -> Svamlet | None:
    """The SVAML of an answer; None for an empty one. Raises :class:`IllegalSvaml`.

    ``context`` is ice, ace or pie.
    """
    payload = _parse(body)
    if payload is None:
        return None
    try:
        script = Svamlet.from_wire(payload)
    except Malformed as problem:
        raise IllegalSvaml(f"The answer is not SVAML: {problem}.") from None
    if script.action is None:
        raise IllegalSvaml("The SVAML has no action.")
    allowed = settings.contexts[context]
    for part in (*script.instructions, script.action):
        if name_of(part) not in allowed:
            raise IllegalSvaml(f"{str(part.name)[:64]} is not allowed in an answer to {context}.")
    check(script)
    return script


def name_of(part: Action | Instruction) -> str:
    """The name of an action or instruction in lower case."""
    return str(part.name).lower()


def check(script: Svamlet) -> None:
    """Check the fields. Raises :class:`IllegalSvaml`."""
    for instruction in script.instructions:
        _check_instruction(instruction)
    if script.action is not None:
        _check_action(script.action)


def size(pairs: Mapping[str, str]) -> int:
    """Bytes of all keys and values, which is what cookies and headers are limited by."""
    return sum(len(text.encode(errors="replace")) for pair in pairs.items() for text in pair)


def _parse(body: object) -> Mapping[str, Any] | None:
    if body is None or (isinstance(body, bytes | str) and not body.strip()):
        return None
    payload: object = body
    if isinstance(body, bytes | str):
        try:
            payload = loads(body)
        except Malformed as problem:
            raise IllegalSvaml(f"The answer is not SVAML: {problem}.") from None
    if payload is None or payload == {}:
        return None
    if not isinstance(payload, Mapping):
        raise IllegalSvaml("The answer is not a JSON object.")
    names = [str(name).casefold() for name in payload]
    for name in ("action", "instructions"):
        if names.count(name) > 1:
            raise IllegalSvaml(f"The SVAML has more than one {name}.")
    return payload


def _check_instruction(instruction: Instruction) -> None:
    match instruction:
        case PlayFiles() if not instruction.ids:
            raise IllegalSvaml("playFiles has no ids.")
        case Say() if len(instruction.text or "") > limits.SPOKEN:
            raise IllegalSvaml(f"The text of say is longer than {limits.SPOKEN} characters.")
        case SetCookie() if not instruction.key:
            raise IllegalSvaml("setCookie has no key.")
        case SendDtmf():
            _check_tones(instruction.value)
        case _:
            pass


def _check_action(action: Action) -> None:
    match action:
        case ConnectPstn():
            number = action.number or (action.destination and action.destination.endpoint)
            if number:
                _check_number(number)
            _check_tones(action.dtmf)
            _check_time(action.max_duration, "maxDuration")
            _check_time(action.dial_timeout, "dialTimeout")
        case ConnectSip():
            endpoint = action.destination.endpoint if action.destination else ""
            if "@" not in endpoint and not action.account:
                raise IllegalSvaml("connectSip needs a destination user@host.")
            _check_headers(action)
            _check_time(action.max_duration, "maxDuration")
        case ConnectStream():
            if not action.destination.endpoint.lower().startswith(("wss://", "ws://")):
                raise IllegalSvaml("connectStream needs a wss:// address.")
            _check_headers(action)
            _check_time(action.max_duration, "maxDuration")
        case ConnectMxp():
            _check_headers(action)
        case ConnectConference():
            most = limits.CONFERENCE_ID
            if not action.conference_id.strip() or len(action.conference_id) > most:
                raise IllegalSvaml(f"connectConf needs a conferenceId of 1 to {most} characters.")
        case RunMenu():
            _check_menus(action)
        case _:
            pass


def _check_number(number: str) -> None:
    try:
        PhoneNumber.parse(number if number.startswith("+") else f"+{number}")
    except ValueError as problem:
        raise IllegalSvaml(f"The number cannot be called: {problem}.") from None


def _check_tones(tones: str | None) -> None:
    try:
        if tones:
            dtmf_sequence(tones)
    except ValueError as problem:
        raise IllegalSvaml(f"{problem}.") from None


def _check_time(value: timedelta | None, name: str) -> None:
    if value is not None and value < timedelta():
        raise IllegalSvaml(f"{name} is negative.")


def _check_headers(action: ConnectMxp | ConnectSip | ConnectStream) -> None:
    if size({header.key: header.value for header in action.call_headers}) > limits.CALL_HEADERS:
        raise IllegalSvaml(f"The callHeaders are larger than {limits.CALL_HEADERS} bytes.")


def _check_menus(action: RunMenu) -> None:
    ids = [menu.id for menu in action.menus]
    if len(set(ids)) != len(ids):
        raise IllegalSvaml("Two menus have the same id.")
    if "main" not in ids:
        raise IllegalSvaml("No menu has the id main.")
    if action.main_menu and action.main_menu not in ids:
        raise IllegalSvaml(f"There is no menu {action.main_menu[:64]}.")
    for menu in action.menus:
        _check_menu(menu)


def _check_menu(menu: Menu) -> None:
    keys = [option.dtmf.strip() for option in menu.options]
    if len(set(keys)) != len(keys):
        raise IllegalSvaml(f"The menu {menu.id[:64]} has two options for one key.")
    for option in menu.options:
        if _KEY.fullmatch(option.dtmf.strip()) is None:
            raise IllegalSvaml(f"The menu {menu.id[:64]} has an option for no key of a phone.")
        if OPTION.fullmatch(option.action) is None:
            raise IllegalSvaml("The action of a menu option has to be return(...) or menu(...).")


def is_old_recording_action(action: Action | None) -> str:
    """Startrecording or stoprecording where they are used as actions, as in 2021; else ""."""
    if isinstance(action, UnknownAction) and name_of(action) in {"startrecording", "stoprecording"}:
        return name_of(action)
    return ""
