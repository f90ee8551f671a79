"""The setting ``SINCH``: a client and a verifier from it, made when first needed.

Nothing is read while modules are imported, so routers may be made at module level, a wrong setting
is reported by ``manage.py check`` instead of a traceback, and ``override_settings`` works in tests.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import attrs
from django.conf import settings
from django.core.signals import setting_changed

from sinch.callbacks import CallbackVerifier, DjangoCacheSeenStore
from sinch.client import SinchClient
from sinch.core.config import KEY_VARIABLE, SECRET_VARIABLE, Config
from sinch.core.options import ClientOptions
from sinch.core.options import names as option_names
from sinch.errors import ConfigurationError

if TYPE_CHECKING:
    from sinch.callbacks import MessagesVerifier
    from sinch.guard import VerificationGuard

CLIENT_NAMES: Final = {
    name.upper(): name
    for name in ("application_key", "application_secret", *option_names(ClientOptions))
}
CALLBACK_NAMES: Final = {
    "CALLBACK_TOLERANCE": "tolerance",
    "PUBLIC_PREFIX": "public_path_prefix",
    "TRAILING_SLASH": "trailing_slash",
    "MAX_BODY": "max_body",
    "REPLAY_CACHE": "seen",
    "EXPLAIN": "explain",
}
NAMES: Final = (*CLIENT_NAMES, *CALLBACK_NAMES, "MESSAGES", "GUARD")
_OPTION_OF: Final = {
    **{argument: name for name, argument in (CLIENT_NAMES | CALLBACK_NAMES).items()},
    "alias": "REPLAY_CACHE",
    "config": "AUTH",
    "credentials": "APPLICATION_SECRET",
}


def given() -> dict[str, Any]:
    """Give the setting ``SINCH`` with whatever names are in it, ``{}`` when there is none."""
    found = getattr(settings, "SINCH", None)
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise ConfigurationError(f"SINCH must be a dict, not {type(found).__name__}")
    return dict(found)


def current() -> dict[str, Any]:
    """Give the setting ``SINCH``, ``{}`` when there is none; the names in it are checked."""
    found = given()
    for name in found:
        if name not in NAMES:
            raise ConfigurationError(f"SINCH {unknown(name)}", argument=str(name))
    return found


def unknown_names(found: Mapping[str, Any]) -> list[str]:
    """What to say of each name that is no option."""
    return [f"SINCH {unknown(name)}" for name in found if name not in NAMES]


#: A key and a secret that are right, for looking at one option at a time.
_ANY_KEY: Final = "any"
_ANY_SECRET: Final = "YW55"  # noqa: S105 - of nobody


def faults(found: Mapping[str, Any]) -> list[ConfigurationError]:
    """Everything that is wrong with the options of ``found``, each option looked at by itself.

    What is wrong only together, such as a region and a base URL, is found when nothing else is.
    That key or secret is missing is not reported here.
    """
    problems: dict[str, ConfigurationError] = {}

    def look(make: Callable[[], object]) -> None:
        try:
            make()
        except ConfigurationError as error:
            named = _named(error)
            problems.setdefault(named.message, named)

    def filled(value: Any, variable: str, otherwise: str) -> Any:
        return (os.environ.get(variable) or otherwise) if value is None else value

    key = filled(found.get("APPLICATION_KEY"), KEY_VARIABLE, _ANY_KEY)
    secrets = [filled(one, SECRET_VARIABLE, _ANY_SECRET) for one in _looked_at(found, look)]
    for secret in secrets:
        look(partial(Config.build, _ANY_KEY, secret, environ={}))
    look(lambda: Config.build(key, _ANY_SECRET, environ={}))
    rest = {argument: found.get(name) for name, argument in CLIENT_NAMES.items()}
    for argument in option_names(ClientOptions):
        if rest[argument] is not None:
            one: dict[str, Any] = {argument: rest[argument]}
            look(partial(Config.build, _ANY_KEY, _ANY_SECRET, environ={}, **one))
    for name, argument in CALLBACK_NAMES.items():
        if name in found and not (name == "REPLAY_CACHE" and isinstance(found[name], str)):
            one = {argument: found[name]}
            look(partial(CallbackVerifier, _ANY_KEY, _ANY_SECRET, **one))
    if not problems:
        whole = {**found, "APPLICATION_KEY": key, "APPLICATION_SECRET": secrets}
        look(lambda: _config_of(whole))
        look(lambda: _verifier_of(whole))
    return [*problems.values()]


def _looked_at(found: Mapping[str, Any], look: Callable[[Callable[[], object]], None]) -> list[Any]:
    """The secrets, or one that will do where even the list is wrong."""
    kept: list[Any] = []
    look(lambda: kept.extend(_secrets(found)))
    return kept or [_ANY_SECRET]


def unknown(name: object, names: Collection[str] = NAMES) -> str:
    """What to say of an option that there is none of, with the one that was meant or all there are."""
    close = get_close_matches(str(name).upper(), names, n=1)
    advice = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(names)}"
    return f"has no option {str(name)[:40]!r}; {advice}"


def _named(error: ConfigurationError) -> ConfigurationError:
    """Say which option of the setting an error is about."""
    option = _OPTION_OF.get(error.argument or "")
    if option is None or error.variable is not None:
        return error
    problem = error.message.removeprefix(f"{error.argument}: ")
    return ConfigurationError(f"SINCH[{option!r}]: {problem}", argument=option)


def client_options(found: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Give the arguments for a client: ``AsyncSinchClient(**client_options())``.

    Of several secrets the first one signs. ``None`` means the default, for key and secret the
    environment variables. Raises :class:`~sinch.errors.ConfigurationError`.
    """
    found = current() if found is None else found
    options = {argument: found.get(name) for name, argument in CLIENT_NAMES.items()}
    options["application_secret"] = _secrets(found)[0]
    return {name: value for name, value in options.items() if value is not None}


def _secrets(found: Mapping[str, Any]) -> list[Any]:
    value = found.get("APPLICATION_SECRET")
    if not isinstance(value, list | tuple):
        return [value]
    if not value:
        raise ConfigurationError(
            "SINCH['APPLICATION_SECRET'] is an empty list", argument="APPLICATION_SECRET"
        )
    return list(value)


def make_config() -> Config:
    """Check the options of the client and freeze them."""
    return _config_of(current())


def _config_of(found: Mapping[str, Any]) -> Config:
    try:
        return Config.build(**client_options(found))
    except ConfigurationError as error:
        raise _named(error) from None


def make_verifier() -> CallbackVerifier:
    """Make a verifier from the settings as they are now."""
    return _verifier_of(current())


def _verifier_of(found: Mapping[str, Any]) -> CallbackVerifier:
    config = _config_of(found)
    try:
        options = _callback_options(found)
        if len(_secrets(found)) == 1:
            return CallbackVerifier.from_config(config, **options)
        return CallbackVerifier({config.application_key: _secrets(found)}, **options)
    except ConfigurationError as error:
        raise _named(error) from None


def _callback_options(found: Mapping[str, Any]) -> dict[str, Any]:
    options = {arg: found[name] for name, arg in CALLBACK_NAMES.items() if name in found}
    alias = options.get("seen")
    if isinstance(alias, str):
        options["seen"] = DjangoCacheSeenStore(alias)
    return options


# --- made once ------------------------------------------------------------------------------------


class _SharedClient(SinchClient):
    """A client that ``with`` does not close, since others have it too."""

    def close(self) -> None:
        """Leave the connections open."""

    def really_close(self) -> None:
        """Close them."""
        super().close()


@attrs.define
class _Made:
    """What this process has made of the current settings."""

    lock: Lock = attrs.field(factory=Lock)
    client: _SharedClient | None = None
    verifier: CallbackVerifier | None = None
    guard: VerificationGuard | None = None
    messages: tuple[MessagesVerifier | None] | None = None
    """Whether there is a verifier of messages, once somebody asked."""

    def close(self) -> None:
        """Close what holds connections."""
        if self.client is not None:
            self.client.really_close()
        if self.guard is not None:
            self.guard.close()


_made = _Made()


def _forget() -> None:
    # a fork may have happened while another thread held the lock
    global _made
    _made = _Made()


def made() -> _Made:
    """What this process has made, for others who make something of the settings."""
    return _made


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def _changed(*, setting: str, **_: object) -> None:
    if setting in {"SINCH", "CACHES"}:
        old = _made
        _forget()
        old.close()


setting_changed.connect(_changed, dispatch_uid="sinch.web.django")


def get_client() -> SinchClient:
    """Give the client of this process, made from the setting ``SINCH`` at the first call.

    Threads share it, a forked worker makes its own, and closing it does nothing: it lasts as long
    as the process. Raises :class:`~sinch.errors.ConfigurationError`.
    """
    made = _made
    if made.client is None:
        with made.lock:
            if made.client is None:
                try:
                    made.client = _SharedClient(**client_options())
                except ConfigurationError as error:
                    raise _named(error) from None
    return made.client


def get_verifier() -> CallbackVerifier:
    """Give the verifier made from the setting ``SINCH``, the same one until settings change.

    They are read at the first call. ``CallbackRouter(get_verifier)``, without brackets, reads them
    when a callback comes, so that the router can be made before there are any. Raises
    :class:`~sinch.errors.ConfigurationError`.
    """
    made = _made
    if made.verifier is None:
        verifier = make_verifier()
        with made.lock:
            made.verifier = made.verifier or verifier
    return made.verifier
