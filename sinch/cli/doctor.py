"""What `sinch check` looks at. Each look gives findings, and a finding that is bad has a cure."""

from __future__ import annotations

import os
import platform
import ssl
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from sinch.cli.finding import Finding, callback_url, clock, place, unreached
from sinch.core.base_url import BASE_URL_VARIABLE
from sinch.errors import ApiError, ConfigurationError, SinchError, TransportError
from sinch.urls import is_loopback

if TYPE_CHECKING:
    from sinch.cli.session import Session
    from sinch.core.config import Config

_EXTRAS: Final = {
    "cli": ("click", "rich", "dotenv"),
    "django": ("django",),
    "starlette": ("starlette",),
    "flask": ("flask",),
    "redis": ("redis",),
    "opentelemetry": ("opentelemetry",),
}
_CURES: Final[dict[int | str, str]] = {
    40100: "the Authorization header was lost on the way: does a proxy remove it?",
    40101: "the time was not understood: does a proxy change headers?",
    40102: "SINCH_APPLICATION_SECRET is not the secret of this key: copy it anew from the dashboard",
    40105: "set the clock of this machine (NTP)",
    40107: "SINCH_APPLICATION_KEY is not known, or the secret is another's: copy both anew",
    40108: "SINCH_APPLICATION_KEY or the secret is wrong: copy both anew from the dashboard",
}


def findings(session: Session, *, offline: bool = False) -> Iterator[Finding]:
    """Everything, in the order in which one depends on the other."""
    yield from _installation()
    yield from _extras()
    try:
        config = session.config()
    except ConfigurationError as error:
        where = error.variable or error.argument or "settings"
        yield Finding(
            "credentials",
            "bad",
            str(error),
            f"put the right value of {where} into {session.source}",
        )
        return
    from sinch.cli.plan_check import plan_findings

    yield from _readable_by_others(session)
    if config.application_key:
        where = f"key {config.application_key} and a secret, from {session.source}"
        yield Finding("credentials", "ok", where)
    yield from _base_url(session, config)
    host = "calling" if config.application_key else f"{config.service_plan.region}.sms"
    yield from _way(config.base_url or f"https://{host}.api.sinch.com")
    if config.application_key and not offline:
        yield from _asked(session)
    if config.service_plan.is_named:
        yield from plan_findings(session, config, offline=offline)


# --- this machine -----------------------------------------------------------------------------


def _installation() -> Iterator[Finding]:
    import sinch

    home = str(Path(sinch.__file__ or "").parent)
    version = f"sinch-server-sdk {sinch.__version__}, Python {platform.python_version()}"
    yield Finding("installation", "ok", f"{version}, {home}")
    try:
        other = metadata.version("sinch")
    except metadata.PackageNotFoundError:
        return
    yield Finding(
        "installation",
        "bad",
        f"the distribution `sinch` {other} is installed as well: both are imported as `sinch`, and "
        "their files overwrite each other",
        "pip uninstall sinch sinch-server-sdk, then install sinch-server-sdk again",
    )


def _extras() -> Iterator[Finding]:
    there = [extra for extra, modules in _EXTRAS.items() if all(util.find_spec(m) for m in modules)]
    missing = [extra for extra in _EXTRAS if extra not in there]
    text = f"here: {', '.join(there)}" + (f"; not here: {', '.join(missing)}" if missing else "")
    hint = f"if you need one: pip install 'sinch-server-sdk[{missing[0]}]'" if missing else ""
    yield Finding("extras", "ok", text + (f" ({hint})" if hint else ""))


def _readable_by_others(session: Session) -> Iterator[Finding]:
    file = Path(session.source.removeprefix("the file "))
    if session.source.startswith("the profile "):
        from sinch.cli.session import profile_file

        file = profile_file(session.source.removeprefix("the profile "))
    if os.name == "posix" and file.is_file() and file.stat().st_mode & 0o077:
        yield Finding(
            "credentials", "note", f"others on this machine may read {file}", f"chmod 600 {file}"
        )


def _base_url(session: Session, config: Config) -> Iterator[Finding]:
    if config.base_url is not None:
        yield Finding("base URL", "note", f"everything goes to {place(config.base_url)}")
    elif session.environ.get(BASE_URL_VARIABLE) == "":
        yield Finding("base URL", "note", f"{BASE_URL_VARIABLE} is empty: the real Sinch is used")


def _way(url: str) -> Iterator[Finding]:
    from sinch_api.environment import proxy_for, trust_store
    from sinch_api.failures import Misconfigured

    try:
        proxy = proxy_for(url)
    except Misconfigured as problem:
        yield Finding("proxy", "bad", str(problem), f"correct {problem.variable or 'it'}")
    else:
        way = f"by {place(proxy)}" if proxy else "none"
        yield Finding("proxy", "ok", f"{way} (HTTP_PROXY, HTTPS_PROXY, NO_PROXY)")
    if urlsplit(url).scheme != "https":
        state: Literal["ok", "note"] = "ok" if is_loopback(urlsplit(url).hostname or "") else "note"
        yield Finding("certificate", state, "none: plain http")
        return
    try:
        store = trust_store()
    except Misconfigured as problem:
        yield Finding("certificate", "bad", str(problem), f"correct or unset {problem.variable}")
    else:
        yield Finding("certificate", "ok", f"{ssl.OPENSSL_VERSION}, trusting {store or 'certifi'}")


# --- Sinch ------------------------------------------------------------------------------------


def _asked(session: Session) -> Iterator[Finding]:
    with session.client() as client:
        try:
            answer = client.raw(client.applications.callbacks)
        except ApiError as error:
            yield from clock(error.headers.get("date"))
            yield _refused(error)
            return
        except TransportError as error:
            yield unreached(error)
            return
        except SinchError as error:
            yield Finding("connection", "bad", str(error), "see the message")
            return
        yield from clock(answer.headers.get("date"))
        yield Finding("signature", "ok", "Sinch accepts key and secret")
        urls: Any = answer.value
        yield from callback_url("callback URL", urls.primary)
        if urls.fallback:
            yield from callback_url("fallback URL", urls.fallback)


def _refused(error: ApiError) -> Finding:
    cure = _CURES.get(error.error_code or 0)
    if cure is None:
        cure = {
            401: "copy key and secret anew from the dashboard",
            403: "this application may not do that: look at its rights in the dashboard",
            404: "is the base URL that of Sinch or a sandbox?",
        }.get(error.status, "try again later; if it stays, ask Sinch with the reference")
    return Finding("signature", "bad", str(error), cure)
