"""Client configuration: everything a client is told, checked once and frozen.

A wrong setting fails when the client is made, not when the first request goes out, and the error
names the argument and the environment variable it came from.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, Self, Unpack, cast, get_args

import attrs

from sinch.core.base_url import base_url, is_private_enough
from sinch.core.mistakes import refuse_swapped, refuse_unknown, warn_of_region
from sinch.core.options import ClientOptions, names
from sinch.core.service_plan import Missing, ServicePlan, SmsApi, sms_api
from sinch.core.signing import (
    Authorizer,
    BasicAuth,
    Clock,
    Credentials,
    PublicAuth,
    SignedAuth,
    check_application_key,
    decode_secret,
    utc_now,
)
from sinch.errors import ConfigurationError
from sinch.values import Region
from sinch_api import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_VARIABLE: Final = "SINCH_APPLICATION_KEY"
SECRET_VARIABLE: Final = "SINCH_APPLICATION_SECRET"  # noqa: S105 - the name of a variable

AuthScheme = Literal["signed", "basic", "public"]


_LONGEST: Final = 86_400.0


def _check_seconds(value: object, argument: str, *, zero: bool = False) -> None:
    """Check a duration; nothing here may wait for ever, so infinity (and over a day) is refused."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        # False for NaN as well
        ok = 0 < value <= _LONGEST or (zero and value == 0)
    else:
        ok = False
    if not ok:
        raise ConfigurationError(
            f"{argument} must be a number of seconds, {'0 or more' if zero else 'above 0'} "
            f"and at most a day, not {value!r:.80}",
            argument=argument,
        )


def _timeout_seconds(_: Timeout, attribute: attrs.Attribute[float], value: float) -> None:
    _check_seconds(value, f"timeout.{attribute.name}")


def _retry_seconds(_: RetryPolicy, attribute: attrs.Attribute[float], value: float) -> None:
    _check_seconds(value, f"retry.{attribute.name}", zero=True)


def _deadline_seconds(
    _: RetryPolicy, attribute: attrs.Attribute[float | None], value: float | None
) -> None:
    if value is not None:
        _check_seconds(value, f"retry.{attribute.name}")


@attrs.frozen
class Timeout(wire.Timeout):
    """How long one attempt may take, in seconds; always finite.

    ``connect`` limits reaching the host (default 5): looking up its name, connecting, a proxy's
    part, TLS. ``read`` limits every single wait for the other side, to take bytes of the request or
    to send bytes of the answer (20); in the asyncio client, up to the end of the answer's headers is
    one such wait. ``total`` limits the whole attempt, from the name to the last
    byte of the answer (30); nothing the other side does can draw it out. Each retry gets the full
    time again: what limits all of them together is ``RetryPolicy(deadline=...)``, or a plain number
    in place of a ``Timeout``.
    """

    connect: float = attrs.field(default=5.0, validator=_timeout_seconds)
    read: float = attrs.field(default=20.0, validator=_timeout_seconds)
    total: float = attrs.field(default=30.0, validator=_timeout_seconds)

    @classmethod
    def of(cls, value: Timeout | float | timedelta | None) -> Timeout:
        """Read what users write: a number limits everything (connecting to 5 s at most)."""
        if value is None:
            return cls()
        if isinstance(value, Timeout):
            return value
        seconds = _number_of_seconds(value)
        return cls(connect=min(5.0, seconds), read=seconds, total=seconds)


def _whole_call(timeout: Timeout | float | timedelta | None) -> float | None:
    if timeout is None or isinstance(timeout, Timeout):
        return None
    return _number_of_seconds(timeout)


def _number_of_seconds(value: float | timedelta) -> float:
    seconds = value.total_seconds() if isinstance(value, timedelta) else value
    _check_seconds(seconds, "timeout")
    return seconds


@attrs.frozen(kw_only=True)
class RetryPolicy:
    """How often and how patiently a request that may be repeated is repeated.

    ``attempts`` counts the first one too (default 3). The pause starts at ``initial_delay``
    seconds (0.5) and doubles up to ``max_delay`` (8); ``jitter`` varies it, so that clients do not
    come back in step. A Retry-After longer than ``max_retry_after`` (60) ends the attempts.

    ``deadline`` is how many seconds all attempts and pauses may take together (default: no such
    limit; a plain number as ``timeout`` sets it). The last attempt gets what is left of it, and a
    pause that would not end before it is not begun: the error is raised at once.
    """

    attempts: int = attrs.field(default=3)
    initial_delay: float = attrs.field(default=0.5, validator=_retry_seconds)
    max_delay: float = attrs.field(default=8.0, validator=_retry_seconds)
    max_retry_after: float = attrs.field(default=60.0, validator=_retry_seconds)
    jitter: bool = True
    deadline: float | None = attrs.field(default=None, validator=_deadline_seconds)

    def __attrs_post_init__(self) -> None:
        if type(self.attempts) is not int or self.attempts < 1:
            raise ConfigurationError(
                f"retry.attempts must be a whole number, 1 or more, not {self.attempts!r:.80}",
                argument="retry.attempts",
            )
        if self.initial_delay > self.max_delay:
            raise ConfigurationError(
                f"retry.initial_delay ({self.initial_delay:g} s) must not exceed "
                f"retry.max_delay ({self.max_delay:g} s)",
                argument="retry.initial_delay",
            )

    @classmethod
    def none(cls) -> RetryPolicy:
        """Try once and never again."""
        return cls(attempts=1)


@attrs.frozen(kw_only=True)
class Config:
    """The checked settings of a client; make one with :meth:`build`.

    ``credentials`` is ``None`` for public authentication and without an application; then
    ``application_key`` is "". ``base_url`` is ``None`` when every API is reached at its own host.
    ``repr`` never shows a secret.
    """

    application_key: str
    credentials: Credentials | None
    auth: AuthScheme
    base_url: str | None
    region: Region
    timeout: Timeout
    retry: RetryPolicy
    user_agent: str | None
    service_plan: ServicePlan = attrs.field(factory=ServicePlan)
    sms_api: SmsApi = "classic"
    whole_call: float | None = None
    """Seconds for all attempts and pauses, where ``timeout`` was given as a plain number."""

    @property
    def policy(self) -> RetryPolicy:
        """How requests are repeated: ``retry``, within the time for the whole call.

        A deadline that ``retry`` has itself takes precedence; the number is then for each attempt.
        """
        if self.whole_call is None or self.retry.deadline is not None:
            return self.retry
        return attrs.evolve(self.retry, deadline=self.whole_call)

    @classmethod
    def build(
        cls,
        application_key: str | None = None,
        application_secret: str | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        **options: Unpack[ClientOptions],
    ) -> Self:
        """Check the settings and freeze them; ``None`` always means the default.

        Key and secret default to ``SINCH_APPLICATION_KEY`` and ``SINCH_APPLICATION_SECRET`` of
        ``environ`` (default ``os.environ``), ``base_url`` to ``SINCH_BASE_URL`` where that is set,
        so that a program can be pointed at the sandbox from outside. An argument that is given but
        blank is an error, it does not fall back. With ``auth="public"`` the secret is not even
        looked at. With a service plan, key and secret may be missing: what needs them says so.
        Plain http is allowed for the sake of local sandboxes and test hosts, except for
        ``auth="basic"`` to another machine, where it would give the secret away.
        Raises :class:`~sinch.errors.ConfigurationError`.
        """
        refuse_unknown(options, ("application_key", "application_secret", *names(ClientOptions)))
        timeout, retry = options.get("timeout"), options.get("retry")
        scheme = _auth_scheme(options.get("auth"))
        variables = os.environ if environ is None else environ
        plan = ServicePlan.build(
            options.get("service_plan_id"),
            options.get("api_token"),
            options.get("sms_region"),
            variables,
        )
        api = sms_api(options.get("sms_api"))
        key, credentials = "", None
        if not plan.is_named or _is_given(application_key, application_secret, variables, scheme):
            key = _application_key(application_key, variables)
            if scheme != "public":
                credentials = _credentials(key, application_secret, variables)
        url = base_url(options.get("base_url"), variables)
        checked_region = _region(options.get("region"))
        warn_of_region(checked_region, stacklevel=3)
        if url is not None and checked_region:
            raise ConfigurationError(
                "region and base_url contradict each other: a base_url already says where to go",
                argument="region",
            )
        if scheme == "basic" and url is not None and not is_private_enough(url):
            raise ConfigurationError(
                "auth='basic' would send the secret unencrypted: use an https base_url "
                "or auth='signed'",
                argument="auth",
            )
        return cls(
            application_key=key,
            credentials=credentials,
            auth=scheme,
            base_url=url,
            region=checked_region,
            timeout=Timeout.of(timeout),
            retry=_retry(retry),
            whole_call=_whole_call(timeout),
            user_agent=_user_agent(options.get("user_agent")),
            service_plan=plan,
            sms_api=api or ("classic" if key else "rest"),
        )

    def require_application(self) -> str:
        """The application key, or the error that says that it is missing."""
        if not self.application_key:
            raise _no_application()
        return self.application_key

    def require_service_plan(self) -> str:
        """The id of the service plan, or the error that says what is missing."""
        return self.service_plan.required(self.base_url)

    def replace(
        self, *, timeout: Timeout | float | timedelta | None, retry: RetryPolicy | None
    ) -> Self:
        """The same settings with another timeout or policy; ``None`` leaves it as it is."""
        return attrs.evolve(
            self,
            timeout=self.timeout if timeout is None else Timeout.of(timeout),
            whole_call=self.whole_call if timeout is None else _whole_call(timeout),
            retry=self.retry if retry is None else _retry(retry),
        )

    def authorizer(self, clock: Clock = utc_now) -> Authorizer:
        """Return what authorises each request in the chosen way; ``clock`` serves signing only."""
        if not self.application_key:
            return Missing(_no_application())
        if self.credentials is None:
            return PublicAuth(self.application_key)
        if self.auth == "basic":
            return BasicAuth(self.credentials)
        return SignedAuth(self.credentials, clock=clock)


def _auth_scheme(auth: str | None) -> AuthScheme:
    if auth is None:
        return "signed"
    if auth not in get_args(AuthScheme):
        raise ConfigurationError(
            f"auth must be 'signed', 'basic' or 'public', not {auth!r:.80}", argument="auth"
        )
    return cast("AuthScheme", auth)


def _no_application() -> ConfigurationError:
    return ConfigurationError(
        "application_key and application_secret are missing, which everything but the SMS REST API "
        f"needs: pass them or set {KEY_VARIABLE} and {SECRET_VARIABLE}",
        argument="application_key",
        variable=KEY_VARIABLE,
    )


def _is_given(
    key: str | None, secret: str | None, environ: Mapping[str, str], scheme: AuthScheme
) -> bool:
    """Whether there is an application: a pair, of which the environment may give each half."""
    if key is not None and secret is not None:
        return True
    has_secret = scheme == "public" or secret is not None or SECRET_VARIABLE in environ
    return has_secret and (key is not None or KEY_VARIABLE in environ)


def _application_key(value: str | None, environ: Mapping[str, str]) -> str:
    key, variable = _setting("application_key", value, KEY_VARIABLE, environ)
    try:
        return check_application_key(key)
    except ValueError as error:
        raise _refused(error, "application_key", variable) from None


def _setting(
    argument: str, value: str | None, variable: str, environ: Mapping[str, str]
) -> tuple[str, str | None]:
    """Return a value and the variable it came from, ``None`` when it was passed."""
    if value is not None:
        return value, None
    try:
        return environ[variable], variable
    except KeyError:
        raise ConfigurationError(
            f"{argument} is missing: pass {argument}=... or set {variable}",
            argument=argument,
            variable=variable,
        ) from None


def _credentials(key: str, secret: str | None, environ: Mapping[str, str]) -> Credentials:
    text, variable = _setting("application_secret", secret, SECRET_VARIABLE, environ)
    refuse_swapped(text, variable)
    try:
        decode_secret(text)
    except ValueError as error:
        raise _refused(error, "application_secret", variable) from None
    return Credentials(key, text)


def _refused(error: ValueError, argument: str, variable: str | None) -> ConfigurationError:
    source = f"{variable} (for {argument})" if variable else argument
    return ConfigurationError(f"{source}: {error}", argument=argument, variable=variable)


def _region(value: str | None) -> Region:
    try:
        return Region("" if value is None else value)
    except ValueError as error:
        raise _refused(error, "region", None) from None


def _retry(value: RetryPolicy | None) -> RetryPolicy:
    if value is None:
        return RetryPolicy()
    if not isinstance(value, RetryPolicy):
        raise ConfigurationError(
            "retry must be a RetryPolicy; RetryPolicy.none() switches it off", argument="retry"
        )
    return value


def _user_agent(value: str | None) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", value):
        raise ConfigurationError(
            "user_agent must be printable ASCII without space around it, and not blank",
            argument="user_agent",
        )
    return value
