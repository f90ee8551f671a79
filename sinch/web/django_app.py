"""The Django app: system checks of the setting ``SINCH``."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.cache import InvalidCacheBackendError, caches

from sinch.core.config import KEY_VARIABLE, SECRET_VARIABLE
from sinch.core.service_plan import PLAN_VARIABLE, TOKEN_VARIABLE
from sinch.errors import ConfigurationError
from sinch.web import django_settings as ours

_PER_PROCESS: Final = ("LocMemCache", "FileBasedCache")


class SinchConfig(AppConfig):
    """Put ``"sinch.web.django.SinchConfig"`` into ``INSTALLED_APPS``."""

    name = "sinch.web.django"
    label = "sinch"
    verbose_name = "Sinch"

    def ready(self) -> None:
        """Register the checks."""
        checks.register(check_settings, checks.Tags.security)
        checks.register(check_deployment, checks.Tags.security, deploy=True)


def check_settings(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Report everything that is missing, unknown or malformed in ``SINCH``, at once."""
    del app_configs
    try:
        found = ours.given()
    except ConfigurationError as error:
        return [checks.Error(error.message, id="sinch.E002")]
    messages: list[checks.CheckMessage] = [
        checks.Error(text, id="sinch.E003") for text in ours.unknown_names(found)
    ]
    found = {name: value for name, value in found.items() if name in ours.NAMES}
    messages += _missing(found)
    messages += [checks.Error(fault.message, id="sinch.E002") for fault in ours.faults(found)]
    messages += _replay_cache(found)
    messages += _of_messages(found)
    if found.get("GUARD") is not None:
        messages += _guard()
    return messages


_APPLICATION: Final = {"APPLICATION_KEY": KEY_VARIABLE, "APPLICATION_SECRET": SECRET_VARIABLE}
_PLAN: Final = {"SERVICE_PLAN_ID": PLAN_VARIABLE, "API_TOKEN": TOKEN_VARIABLE}


def _missing(found: dict[str, Any]) -> Iterator[checks.CheckMessage]:
    """What lacks its other half; with a service plan, an application key may be missing altogether."""

    def lacking(pair: dict[str, str]) -> list[tuple[str, str]]:
        return [
            (name, variable)
            for name, variable in pair.items()
            if found.get(name) is None and not os.environ.get(variable)
        ]

    application, plan = lacking(_APPLICATION), lacking(_PLAN)
    if len(plan) == len(_PLAN):
        plan = []
    elif len(application) == len(_APPLICATION):
        application = []
    for name, variable in (*application, *plan):
        hint = f"Set SINCH = {{{name!r}: ...}}, or the environment variable {variable}."
        yield checks.Error(f"SINCH[{name!r}] is missing.", hint=hint, id="sinch.E001")


def _replay_cache(found: dict[str, Any]) -> Iterator[checks.CheckMessage]:
    alias = found.get("REPLAY_CACHE")
    if not isinstance(alias, str):
        return
    try:
        kind = type(caches[alias]).__name__
    except InvalidCacheBackendError as error:
        yield checks.Error(f"SINCH['REPLAY_CACHE']: {error}", id="sinch.E004")
        return
    if kind == "DummyCache":
        yield checks.Error(
            f"SINCH['REPLAY_CACHE']: the cache {alias!r} remembers nothing, so it finds no replay.",
            hint="Name another one of CACHES, or leave REPLAY_CACHE out.",
            id="sinch.E004",
        )
    elif kind in _PER_PROCESS and not settings.DEBUG:
        yield checks.Warning(
            f"SINCH['REPLAY_CACHE']: a {kind} lets a replay through now and then.",
            hint="Use a cache that all processes share: Redis, Memcached or the database.",
            id="sinch.W001",
        )


def _of_messages(found: dict[str, Any]) -> Iterator[checks.CheckMessage]:
    if found.get("MESSAGES") is None:
        return
    from sinch.web import django_messages_settings as messages

    try:
        messages.make_messages_verifier()
    except ConfigurationError as error:
        if error.argument == "MESSAGES":
            yield checks.Error(error.message, id="sinch.E006")


def _guard() -> Iterator[checks.CheckMessage]:
    from sinch.web import django_guard_settings as guards

    try:
        guards.make_guard().close()
    except ConfigurationError as error:
        yield checks.Error(error.message, id="sinch.E005")
        return
    alone = guards.per_process_store(guards.options())
    if alone is not None and not settings.DEBUG:
        yield checks.Warning(
            f"SINCH['GUARD']: {alone} is not shared, so that each process has limits of its own.",
            hint="Use a STORE that all processes share: a Redis, or a cache in Redis or Memcached.",
            id="sinch.W005",
        )


def check_deployment(
    app_configs: Sequence[AppConfig] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Report, for ``check --deploy``, what is fine only while developing."""
    del app_configs
    try:
        found = ours.current()
    except ConfigurationError:
        return []  # reported above
    return [*_unsafe(found)]


def _unsafe(found: dict[str, Any]) -> Iterator[checks.CheckMessage]:
    messages = found.get("MESSAGES")
    for name, given, option, usual in (
        ("SINCH['CALLBACK_TOLERANCE']", found, "CALLBACK_TOLERANCE", "5 minutes"),
        ("SINCH['MESSAGES']['TOLERANCE']", messages, "TOLERANCE", "a day"),
    ):
        if isinstance(given, Mapping) and option in given and given[option] is None:
            yield checks.Warning(
                f"{name} is None: a recorded callback stays valid for ever.",
                hint=f"Leave it out for {usual}, or give a number of seconds.",
                id="sinch.W002",
            )
    if str(found.get("BASE_URL") or "").startswith("http://"):
        yield checks.Warning(
            "SINCH['BASE_URL'] is not encrypted: messages and numbers can be read on the way.",
            hint="Leave it out to reach Sinch itself.",
            id="sinch.W003",
        )
    if logging.getLogger("urllib3.connectionpool").isEnabledFor(logging.DEBUG):
        yield checks.Warning(
            "urllib3 logs at level DEBUG: the paths of requests in it hold phone numbers.",
            hint="Give the logger 'urllib3' the level INFO.",
            id="sinch.W004",
        )
