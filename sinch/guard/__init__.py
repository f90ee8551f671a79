"""A guard against fraud: decides which verifications may start (the extra ``guard``).

.. code-block:: python

    from sinch.guard import VerificationGuard, recommended_rules

    guard = VerificationGuard("redis://localhost:6379/0", recommended_rules("SE", "NO"))
    if guard.check(number, ip=address, user=account):
        sinch.verification(number).initiate(VerificationMethod.SMS)

    router.verification_request(guard.verification_request)
    router.verification_result(guard.verification_result)

Loading it loads neither ``limits`` nor ``phonenumbers``; the first rule or guard does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sinch.guard.asking import AsyncGuardStore, Book, GuardStore, Rate, Steps
from sinch.guard.budget import Budget
from sinch.guard.conversion import Conversion
from sinch.guard.destinations import Countries, NumberTypes
from sinch.guard.guards import AsyncVerificationGuard, VerificationGuard
from sinch.guard.limits import PerBlock, PerCountry, PerNetwork, PerNumber, PerUser
from sinch.guard.pacing import Attempts, CoolDown
from sinch.guard.recommended import recommended_rules
from sinch.guard.rule import Rule
from sinch.guard.start import Decision, Refusal, Start

if TYPE_CHECKING:
    from sinch.guard.django_cache import AsyncDjangoCacheStorage as AsyncDjangoCacheStorage
    from sinch.guard.django_cache import DjangoCacheStorage as DjangoCacheStorage

__all__ = [
    "VerificationGuard",
    "AsyncVerificationGuard",
    "Decision",
    # rules
    "recommended_rules",
    "Countries",
    "NumberTypes",
    "CoolDown",
    "PerNumber",
    "PerUser",
    "PerNetwork",
    "PerBlock",
    "PerCountry",
    "Conversion",
    "Budget",
    "Attempts",
    "Rate",
    # rules and stores of your own
    "Rule",
    "Start",
    "Refusal",
    "Book",
    "Steps",
    "GuardStore",
    "AsyncGuardStore",
    "DjangoCacheStorage",
    "AsyncDjangoCacheStorage",
]


def __getattr__(name: str) -> Any:
    if name not in {"DjangoCacheStorage", "AsyncDjangoCacheStorage"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sinch.guard.stores import limits_module

    limits_module()  # says what to install
    from sinch.guard import django_cache

    return getattr(django_cache, name)
