"""``SINCH["GUARD"]``: the guard of a Django project, made when first needed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.module_loading import import_string

from sinch.errors import ConfigurationError
from sinch.guard import Budget, DjangoCacheStorage, Rule, VerificationGuard, recommended_rules
from sinch.web import django_settings as ours

_MADE_OF: Final = ("COUNTRIES", "PER_COUNTRY", "BUDGET")
NAMES: Final = (
    *_MADE_OF,
    "RULES",
    "STORE",
    "FAIL",
    "OBSERVE",
    "SECRET",
    "ON_DECISION",
    "PROXIES",
)


def options() -> dict[str, Any]:
    """Give ``SINCH["GUARD"]``; the names in it are checked."""
    found = ours.current().get("GUARD")
    if not isinstance(found, Mapping):
        problem = "is missing" if found is None else f"must be a dict, not {type(found).__name__}"
        raise ConfigurationError(f"SINCH['GUARD'] {problem}", argument="GUARD")
    for name in found:
        if name not in NAMES:
            problem = ours.unknown(name, NAMES)
            raise ConfigurationError(f"SINCH['GUARD'] {problem}", argument="GUARD")
    return dict(found)


def make_guard() -> VerificationGuard:
    """Make a guard from the settings as they are now."""
    found = options()
    try:
        _proxies(found)
        return VerificationGuard(
            _store(found),
            _rules(found),
            fail=found.get("FAIL", "open"),
            observe=found.get("OBSERVE", False),
            secret=_secret(found),
            on_decision=_imported(found.get("ON_DECISION"), "ON_DECISION"),
        )
    except ConfigurationError as error:
        if error.message.startswith("SINCH["):
            raise
        raise ConfigurationError(f"SINCH['GUARD']: {error.message}", argument="GUARD") from None


def get_guard() -> VerificationGuard:
    """Give the guard of this process, made from ``SINCH["GUARD"]`` at the first call.

    Threads share it, and a forked worker makes its own. Raises
    :class:`~sinch.errors.ConfigurationError`.

    .. code-block:: python

        decision = get_guard().check("+46701234567", ip="198.51.100.7")
    """
    made = ours.made()
    if made.guard is None:
        guard = (
            make_guard()
        )  # outside of the lock: RULES may be a function that asks for the client
        with made.lock:
            made.guard = made.guard or guard
    return made.guard


def client_address(request: HttpRequest) -> str | None:
    """The address of whoever sent a request; None where the server does not know it.

    ``SINCH["GUARD"]["PROXIES"]`` says how many proxies of yours are in front, of which each adds the
    address that it sees to ``X-Forwarded-For``: the last ones are true, any before them may be made up.

    .. code-block:: python

        decision = get_guard().check(number, ip=client_address(request))
    """
    proxies = _proxies(options())
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR") if proxies else None
    if not forwarded:
        return request.META.get("REMOTE_ADDR") or None
    chain = [part.strip() for part in forwarded.split(",")]
    return chain[-min(proxies, len(chain))] or None


def per_process_store(found: Mapping[str, Any]) -> str | None:
    """The name of a store that other processes do not share, for a check of the settings."""
    store = found.get("STORE", "default")
    if not isinstance(store, str):
        return None
    if "://" in store:
        return store if store.startswith("memory:") else None
    kind = type(caches[store]).__name__
    return kind if kind == "LocMemCache" else None


def _store(found: Mapping[str, Any]) -> Any:
    store = found.get("STORE", "default")
    if isinstance(store, str) and "://" not in store:
        return DjangoCacheStorage(store)
    return store


def _rules(found: Mapping[str, Any]) -> Iterable[Rule]:
    rules = _imported(found.get("RULES"), "RULES")
    if rules is None:
        return _recommended(found)
    if both := [name for name in _MADE_OF if name in found]:
        raise ConfigurationError(
            f"SINCH['GUARD']: give RULES or {both[0]}, not both", argument="GUARD"
        )
    made = rules() if callable(rules) else rules
    if isinstance(made, str) or not isinstance(made, Iterable):
        raise ConfigurationError(
            "SINCH['GUARD']: RULES must be rules, or name a list or a function that gives them",
            argument="GUARD",
        )
    return list(made)


def _recommended(found: Mapping[str, Any]) -> list[Rule]:
    countries, budget = found.get("COUNTRIES"), found.get("BUDGET")
    if isinstance(countries, str) or not isinstance(countries, Iterable):
        raise ConfigurationError(
            "SINCH['GUARD']: COUNTRIES must be a list, such as ['SE', 'NO']", argument="GUARD"
        )
    if budget is not None and not isinstance(budget, Budget):
        if not isinstance(budget, list | tuple) or len(budget) != 2:
            raise ConfigurationError(
                "SINCH['GUARD']: BUDGET must be an amount and a currency, such as ('50.00', 'EUR')",
                argument="GUARD",
            )
        budget = Budget(*budget)
    return recommended_rules(*countries, per_country=found.get("PER_COUNTRY"), budget=budget)


def _secret(found: Mapping[str, Any]) -> str | bytes:
    secret = found.get("SECRET")
    if secret is None:
        secret = settings.SECRET_KEY
    text = secret if isinstance(secret, bytes) else str(secret).encode()
    return hashlib.blake2b(text, person=b"sinch.guard").digest()  # of any length


def _imported(value: Any, option: str) -> Callable[..., Any] | Any:
    if not isinstance(value, str):
        return value
    try:
        return import_string(value)
    except ImportError as error:
        raise ConfigurationError(
            f"SINCH['GUARD']: {option} cannot be imported: {error}", argument="GUARD"
        ) from None


def _proxies(found: Mapping[str, Any]) -> int:
    proxies = found.get("PROXIES", 0)
    if type(proxies) is not int or proxies < 0:
        raise ConfigurationError(
            "SINCH['GUARD']: PROXIES must be how many proxies are in front, 0 for none",
            argument="GUARD",
        )
    return proxies
