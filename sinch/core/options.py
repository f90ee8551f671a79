"""The options of the clients and of single calls, each listed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from inspect import Parameter, signature
from typing import TYPE_CHECKING, TypedDict, TypeVar

if TYPE_CHECKING:
    from sinch.core.config import RetryPolicy, Timeout

F = TypeVar("F", bound=Callable[..., object])


class ClientOptions(TypedDict, total=False):
    """What a client takes besides key and secret; ``None`` means the default."""

    base_url: str | None
    """One host for every API: the sandbox, a gateway. Default ``SINCH_BASE_URL``, else Sinch's hosts."""
    region: str | None
    """A calling region such as ``euc1``; default is the closest one."""
    timeout: Timeout | float | timedelta | None
    """Seconds for the whole call, or a :class:`~sinch.Timeout` for the parts of each attempt."""
    retry: RetryPolicy | None
    """How often what is safe to repeat is repeated; default 3 attempts."""
    auth: str | None
    """``signed`` (default), ``basic`` or ``public``."""
    service_plan_id: str | None
    """Service plan of the SMS REST API; default ``SINCH_SERVICE_PLAN_ID``."""
    api_token: str | None
    """API token of the service plan; default ``SINCH_API_TOKEN``."""
    sms_region: str | None
    """Region that the service plan lives in: ``us``, ``eu``, ``au``, ``br``, ``ca``; default ``SINCH_SMS_REGION``, else ``us``."""
    sms_api: str | None
    """What ``sinch.sms`` sends with: ``classic`` (default) or ``rest`` (default with a service plan alone)."""
    user_agent: str | None
    """Name and version of your program, sent after those of this package."""


class CallOptions(TypedDict, total=False):
    """What can be different for a single call; ``None`` leaves it as it is."""

    timeout: Timeout | float | timedelta | None
    """As for the client."""
    retry: RetryPolicy | None
    """As for the client."""
    headers: Mapping[str, str] | None
    """Headers that are sent along; they are not part of the signature."""


def names(options: type) -> tuple[str, ...]:
    """The names of all options."""
    return tuple(options.__annotations__)


def lists(options: type) -> Callable[[F], F]:
    """Have ``help()`` and shells show the options of a function that takes them as ``**options``."""

    def decorate(function: F) -> F:
        shown = signature(function)
        own = [it for it in shown.parameters.values() if it.kind is not Parameter.VAR_KEYWORD]
        named = [it for it in own if it.kind is Parameter.KEYWORD_ONLY]
        listed = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_text(annotation))
            for name, annotation in options.__annotations__.items()
        ]
        parameters = [*own[: len(own) - len(named)], *listed, *named]
        vars(function)["__signature__"] = shown.replace(parameters=parameters)
        return function

    return decorate


def _text(annotation: object) -> object:
    return getattr(annotation, "__forward_arg__", annotation)
