"""The credentials of the SMS REST API: a service plan and its token (docs/platform/sms-rest.md#hosts).

They stand alone or beside an application key. One that is missing is an error where it is needed,
not before: a program that only calls does not care for half a service plan in its environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, cast, get_args

import attrs

from sinch.core.base_url import is_private_enough
from sinch.errors import ConfigurationError
from sinch_api.credentials import Authorize, bearer

PLAN_VARIABLE: Final = "SINCH_SERVICE_PLAN_ID"
TOKEN_VARIABLE: Final = "SINCH_API_TOKEN"  # noqa: S105 - the name of a variable
REGION_VARIABLE: Final = "SINCH_SMS_REGION"
SCHEME: Final = "ServicePlanToken"
"""The name of the scheme in the specification."""

SmsApi = Literal["classic", "rest"]

_PLAN: Final = re.compile(r"[A-Za-z0-9_.~-]{1,128}")
_TOKEN: Final = re.compile(r"[!-~]{1,512}")
_REGION: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")


@attrs.frozen(kw_only=True)
class ServicePlan:
    """What a client was told about its service plan; ``repr`` never shows the token."""

    service_plan_id: str | None = None
    api_token: str | None = attrs.field(default=None, repr=False)
    region: str = "us"

    @classmethod
    def build(
        cls,
        service_plan_id: str | None,
        api_token: str | None,
        region: str | None,
        environ: Mapping[str, str],
    ) -> ServicePlan:
        """Check what is there; blank variables are as good as none, blank arguments are an error."""
        plan, plan_source = _found("service_plan_id", service_plan_id, PLAN_VARIABLE, environ)
        token, token_source = _found("api_token", api_token, TOKEN_VARIABLE, environ)
        if plan is not None and (_PLAN.fullmatch(plan) is None or plan in {".", ".."}):
            rule = "must be the id of a service plan as the dashboard shows it: letters, digits, '-', '_'"
            raise _wrong("service_plan_id", plan_source, rule)
        if token is not None and _TOKEN.fullmatch(token) is None:
            rule = "must be the token of a service plan: printable ASCII without spaces"
            raise _wrong("api_token", token_source, rule)
        place, place_source = _found("sms_region", region, REGION_VARIABLE, environ)
        if place is not None and _REGION.fullmatch(place) is None:
            rule = "must be a region such as 'us', 'eu', 'au', 'br' or 'ca'"
            raise _wrong("sms_region", place_source, rule)
        return cls(service_plan_id=plan, api_token=token, region=place or "us")

    @property
    def is_there(self) -> bool:
        """Whether both are known."""
        return self.service_plan_id is not None and self.api_token is not None

    @property
    def is_named(self) -> bool:
        """Whether at least one of them is known."""
        return self.service_plan_id is not None or self.api_token is not None

    def credentials(self, base_url: str | None) -> dict[str, Authorize]:
        """What authorises requests that the specification secures by a service plan's token."""
        if self.api_token is None:
            return {}
        try:
            ServicePlan(service_plan_id="any", api_token=self.api_token).required(base_url)
        except ConfigurationError as error:
            return {SCHEME: Missing(error)}
        return {SCHEME: bearer(self.api_token)}

    def required(self, base_url: str | None) -> str:
        """The id of the plan, or the error that says what is missing."""
        for argument, variable in (
            ("service_plan_id", PLAN_VARIABLE),
            ("api_token", TOKEN_VARIABLE),
        ):
            if getattr(self, argument) is None:
                raise ConfigurationError(
                    f"{argument} is missing, which the SMS REST API needs: "
                    f"pass {argument}=... or set {variable}",
                    argument=argument,
                    variable=variable,
                )
        if base_url is not None and not is_private_enough(base_url):
            raise ConfigurationError(
                "the SMS REST API would send the api_token unencrypted: use an https base_url",
                argument="base_url",
            )
        return cast("str", self.service_plan_id)


@attrs.frozen
class Missing:
    """Stands where an authorizer would: the error that using it is."""

    error: ConfigurationError

    def __call__(self, *_: Any) -> dict[str, str]:
        """Nothing can be authorised."""
        raise self.error


def sms_api(value: str | None) -> SmsApi | None:
    """Which of the two APIs ``sinch.sms`` speaks; None leaves it to what is configured."""
    if value is not None and value not in get_args(SmsApi):
        raise ConfigurationError(
            f"sms_api must be 'classic' or 'rest', not {value!r:.80}", argument="sms_api"
        )
    return cast("SmsApi | None", value)


def _found(
    argument: str, value: str | None, variable: str, environ: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """The value without space around it, and the variable that it came from."""
    if value is None:
        return (environ.get(variable) or "").strip() or None, variable
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise _wrong(argument, None, "is blank or not text")
    return text, None


def _wrong(argument: str, variable: str | None, rule: str) -> ConfigurationError:
    source = f"{variable} (for {argument})" if variable else argument
    return ConfigurationError(f"{source} {rule}", argument=argument, variable=variable)
