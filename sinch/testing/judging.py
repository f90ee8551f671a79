"""Whether what became of a callback is a mistake of the application or of the test's setup.

In production each of these makes Sinch retry, fail over, apologise to the caller and hang up, or
hang up at once: a call that a test may well take for one that went as it should.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sinch.core.signing import Credentials
from sinch.engine import CallbackFailure
from sinch.testing.delivering import Received
from sinch.testing.errors import (
    CallbackRefused,
    CallbackUnanswered,
    CallbackUnhandled,
    PhoneError,
    SvamlRefused,
)
from sinch.testing.steps import Lost, Post

__tracebackhide__ = True
#: The events whose safe default hangs up or denies: decorator, what it does, how to say so.
_DECISIVE: Final = {
    "ice": ("ice", "hangs up", "svaml.ice().hangup()"),
    "pie": ("pie", "hangs up", "svaml.pie().hangup()"),
    "verificationrequestevent": ("verification_request", "denies the verification", "deny()"),
}
_SHOWN: Final = 300


def judged(
    event: str,
    post: Post,
    outcome: Received | Lost,
    credentials: Credentials,
    *,
    decisive: bool,
) -> PhoneError | None:
    """What is wrong with the application or the setup, if anything.

    ``decisive`` is whether something depends on the answer.
    """
    witness = post.witness
    if isinstance(outcome, Lost):
        return _unanswered(event, post, outcome)
    if outcome.crash is not None:
        witness.failed("the app", outcome.crash)
    if outcome.crash is not None or not 200 <= outcome.status < 300:
        return _refused(event, post, outcome, credentials)
    if decisive and event in _DECISIVE:
        return _unhandled(event, post)
    return None


def unheard_menus(event: str, post: Post, reply: object) -> CallbackUnhandled | None:
    """A ``runMenu`` in an answer whose input nobody takes, where the router is known."""
    router = post.witness.router
    action = reply.get("action") if isinstance(reply, Mapping) else None
    if router is None or not isinstance(action, Mapping):
        return None
    if str(action.get("name")).lower() != "runmenu":
        return None
    menus: Any = action.get("menus")
    ids = [str(menu.get("id")) for menu in menus if isinstance(menu, Mapping)]
    if any(router.takes_menu(menu) for menu in ids):
        return None
    error = CallbackUnhandled(
        f"the app answered {event} with runMenu, but has no handler for its input: when the "
        "caller has chosen, Sinch sends a PIE event, and the router hangs up. Add one with "
        f"@router.pie (the menus are {', '.join(ids)})"
    )
    error.event = event
    return error


def illegal(notify: Mapping[str, Any], reply: object) -> SvamlRefused:
    """What Sinch tells an application whose SVAML it refuses."""
    code, message = notify.get("errorCode", 0), str(notify.get("errorMsg", ""))
    error = SvamlRefused(f"Sinch refused the SVAML of the app: {code} {message}")
    if reply is not None:
        shown = repr(reply)
        error.problem += "\nthe app answered " + (
            shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
        )
    error.notify, error.code, error.message, error.reply = notify, code, message, reply
    return error


def _unanswered(event: str, post: Post, outcome: Lost) -> CallbackUnanswered:
    late = outcome.failure is CallbackFailure.TIMEOUT
    problem = f"the app did not answer {event}: {outcome.detail}"
    if late:
        problem += f" (Sinch waits {post.limit:g} s)"
    error = CallbackUnanswered(problem)
    error.event = event
    return error


def _refused(
    event: str, post: Post, outcome: Received, credentials: Credentials
) -> CallbackRefused:
    cause = post.witness.cause
    body = outcome.body[:_SHOWN].decode("utf-8", "replace").strip()
    hint = _why(post) or _hint(post, outcome, credentials) or body
    error = CallbackRefused(
        f"the app answered {event} with HTTP {outcome.status}" + (f": {hint}" if hint else "")
    )
    error.event, error.status, error.body, error.__cause__ = event, outcome.status, body, cause
    return error


def _why(post: Post) -> str:
    if not post.witness.errors:
        return ""
    what, error = post.witness.errors[0]
    return f"{what} raised {type(error).__name__}: {error}".strip().removesuffix(":")


def _hint(post: Post, outcome: Received, credentials: Credentials) -> str:
    """What is usually the matter with a test whose application answers like this."""
    path = post.request.path
    hint = {
        401: f"are key ({credentials.application_key}), secret and clock those of its verifier?",
        404: f"is {path} the path of the callback?",
        405: f"is {path} the path of the callback?",
        403: "is there a CSRF check or a login in front of it?",
    }.get(outcome.status, "")
    if (rejected := post.witness.rejection) is not None:
        hint += f" The router refused it as {rejected.reason.value}" if hint else str(rejected)
    if outcome.location:
        hint = f"it redirects {path} to {outcome.location}, which Sinch does not follow"
    return hint


def _unhandled(event: str, post: Post) -> CallbackUnhandled | None:
    witness = post.witness
    decorator, default, meant = _DECISIVE[event]
    if witness.unhandled_event is not None:
        problem = (
            f"the app has no handler for {event}, so the router {default}: add one with "
            f"@router.{decorator}"
        )
    elif witness.idle_handler is not None:
        problem = (
            f"the handler {witness.idle_handler} returned None for {event}, so the router "
            f"{default}: is a return missing? If that is meant, return {meant}"
        )
    else:
        return None
    error = CallbackUnhandled(problem)
    error.event = event
    return error
