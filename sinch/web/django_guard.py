"""The guard against fraud in Django: settings, a form field, a throttle for views, callbacks.

.. code-block:: python

    SINCH = {..., "GUARD": {"COUNTRIES": ["SE", "NO"], "BUDGET": ("50.00", "EUR"), "PROXIES": 1}}

    class StartForm(forms.Form):
        number = VerificationNumberField(region="SE")
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Final, TypeAlias, TypeVar, cast

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.core.exceptions import ValidationError
from django.forms import CharField, TelInput
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from sinch.callbacks import Reply, VerificationRequestEvent, VerificationResultEvent
from sinch.errors import ConfigurationError
from sinch.guard import Decision, VerificationGuard, numbering
from sinch.values import PhoneNumber
from sinch.web.django_guard_settings import client_address, get_guard

__all__ = [
    "get_guard",
    "VerificationNumberField",
    "verification_throttle",
    "check_request",
    "client_address",
    "guard_verification_request",
    "guard_verification_result",
]

V = TypeVar("V", bound=Callable[..., Any])
NumberOf: TypeAlias = "str | Callable[[HttpRequest], str]"

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_BETWEEN: Final = re.compile(r"\(0\)|[\s().\-/\u2010-\u2015]")
_NO_NUMBER: Final = gettext_lazy(
    "Enter a phone number with its country code, such as +46701234567."
)
_LATER: Final = gettext_lazy("Please try again later.")


def read_number(text: object, region: str | None = None) -> PhoneNumber | None:
    """The number that somebody typed, or None: ``+46 70-123 45 67``, in a region ``070-123 45 67``."""
    typed = unicodedata.normalize("NFKC", text).strip() if isinstance(text, str) else ""
    try:
        if region is None:
            return PhoneNumber.parse(_BETWEEN.sub("", typed))
        phonenumbers = numbering.needed("A region")
        found = phonenumbers.parse(typed, region)
        if not phonenumbers.is_possible_number(found):
            return None
        e164 = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
        return PhoneNumber.parse(e164)
    except ValueError:
        return None
    except ConfigurationError:
        raise
    except Exception:  # noqa: BLE001 - its error for what is no number has no base but Exception
        return None


def check_region(region: str | None) -> None:
    """Raise :class:`~sinch.errors.ConfigurationError` for a region that is none."""
    if region is not None and region not in numbering.regions():
        raise ConfigurationError(
            f"{region!r:.40} is no country: two letters such as 'SE'", argument="region"
        )


class VerificationNumberField(CharField):
    """A number that may be verified, as ``+46701234567`` whatever way it was typed.

    Refuses what is no number (``invalid_number``) and what the guard refuses by the look of it, such
    as countries that are not served (``refused_number``). With ``region`` numbers may be typed as in
    that country; phonenumbers has to be installed. It counts nothing, so a form may be sent again:
    use :func:`check_request` or :func:`verification_throttle` before the verification starts.
    """

    widget = TelInput
    default_error_messages = {  # noqa: RUF012 - as Django has it
        "invalid_number": _NO_NUMBER,
        "refused_number": gettext_lazy("This number cannot be verified here."),
    }

    def __init__(
        self,
        *,
        region: str | None = None,
        guard: Callable[[], VerificationGuard] = get_guard,
        **options: Any,
    ) -> None:
        check_region(region)
        self.region = region
        self.guard = guard
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """The number, or ``""`` where none is required and none was given.

        .. code-block:: python

            VerificationNumberField(region="SE").clean("070-123 45 67")  # "+46701234567"
        """
        text = super().clean(value)
        if text in self.empty_values:
            return str(text or "")
        number = read_number(text, self.region)
        if number is None:
            raise ValidationError(self.error_messages["invalid_number"], code="invalid_number")
        if not self.guard().screen(number):
            raise ValidationError(self.error_messages["refused_number"], code="refused_number")
        return number


def check_request(
    request: HttpRequest, number: str, *, guard: VerificationGuard | None = None
) -> Decision:
    """Decide about a start that a request asks for, and count it: call it once, before ``initiate``.

    The address is :func:`client_address`; the user is the one who is logged in, else the session, if
    there is one. In ``async`` views: ``await sync_to_async(check_request)(request, number)``.

    .. code-block:: python

        decision = check_request(request, number)
        if decision.allowed:
            sinch.verification(number).initiate(VerificationMethod.SMS)
    """
    asked = get_guard() if guard is None else guard
    return asked.check(number, ip=client_address(request), user=_user(request))


def _user(request: HttpRequest) -> str | None:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"user {user.pk}"
    session = getattr(request, "session", None)
    key = None if session is None else session.session_key
    return f"session {key}" if key else None


def verification_throttle(
    number: NumberOf = "number", *, region: str | None = None
) -> Callable[[V], V]:
    """Guard a view that starts verifications: ``@verification_throttle("number", region="SE")``.

    ``number`` is the name of the field in ``request.POST``, or a function that takes it from the
    request, for JSON. ``region`` is as for :class:`VerificationNumberField`. Requests that change
    nothing (GET) pass. A start that is refused is answered with 429 and ``Retry-After``, and what is
    no number with 400; the view is not called. One that is called finds the decision in
    ``request.sinch_decision``. Views may be ``async``.
    """
    check_region(region)
    take = number if callable(number) else lambda request: request.POST.get(number)

    def stopped(request: HttpRequest) -> HttpResponse | None:
        found = read_number(take(request), region)
        if found is None:
            return _answer(400, _NO_NUMBER)
        decision = check_request(request, found)
        request.sinch_decision = decision  # type: ignore[attr-defined]
        if decision:
            return None
        answer = _answer(429, _LATER)
        if decision.retry_after_seconds is not None:
            answer["Retry-After"] = str(decision.retry_after_seconds)
        return answer

    def decorate(view: V) -> V:
        # asgiref's, since class-based views are marked for it
        if iscoroutinefunction(view):  # pyright: ignore[reportDeprecated]

            @wraps(view)
            async def guarded_async(request: HttpRequest, *args: Any, **more: Any) -> Any:
                if request.method not in _SAFE:
                    # sessions, users and stores of Django block
                    answer = await sync_to_async(stopped)(request)
                    if answer is not None:
                        return answer
                return await cast("Awaitable[Any]", view(request, *args, **more))

            return cast("V", guarded_async)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> Any:
            answer = stopped(request) if request.method not in _SAFE else None
            return view(request, *args, **more) if answer is None else answer

        return cast("V", guarded)

    return decorate


def _answer(status: int, text: Any) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


def guard_verification_request(event: VerificationRequestEvent) -> Reply[VerificationRequestEvent]:
    """A handler by the settings, for verifications that an app in a phone starts.

    .. code-block:: python

        router.verification_request(guard_verification_request)
    """
    return get_guard().verification_request(event)


def guard_verification_result(event: VerificationResultEvent) -> None:
    """A handler by the settings, from which the guard learns who entered the code.

    .. code-block:: python

        router.verification_result(guard_verification_result)
    """
    get_guard().verification_result(event)
