"""How the SMS REST API says no (docs/platform/sms-rest.md#errors)."""

from __future__ import annotations

from typing import Final

from sinch.sandbox.platform.errors import Refusal
from sinch_api.codec import Malformed
from sinch_api.models.messages import MessagesError, MessagesErrorCode

PREFIX: Final = "/xms/"
"""What all paths of this API begin with."""
_WITH_BODY: Final = frozenset({400, 403})


class PlanRefusal(Refusal):
    """A refusal with a word in place of a number.

    400 and 403 have it in their body, with ``text`` for people; other statuses have no body.
    """

    def __init__(
        self,
        status: int,
        word: MessagesErrorCode | str = "",
        text: str = "",
        *,
        challenge: str = "",
    ) -> None:
        super().__init__(status * 100, text)
        self.word = str(word)
        if challenge:
            self.headers["WWW-Authenticate"] = challenge

    def body(self, reference: str) -> MessagesError | None:  # noqa: ARG002
        """Word and text, or nothing."""
        if self.status not in _WITH_BODY:
            return None
        return MessagesError(code=MessagesErrorCode.from_wire(self.word), text=self.message)


def of_plan(refusal: Refusal) -> PlanRefusal:
    """A refusal as this API puts it, wherever it came from."""
    if isinstance(refusal, PlanRefusal):
        return refusal
    word = MessagesErrorCode.CONSTRAINT_VIOLATION if refusal.status == 400 else "forbidden"
    found = PlanRefusal(refusal.status, word, refusal.message)
    found.headers = refusal.headers
    return found


def unauthorized() -> PlanRefusal:
    """The token is not that of the plan, or there is no such plan: nobody is told which."""
    return PlanRefusal(401, challenge="Bearer")


def not_found() -> PlanRefusal:
    """There is no such thing."""
    return PlanRefusal(404)


def invalid_json(text: str) -> PlanRefusal:
    """The body is not JSON."""
    return PlanRefusal(400, MessagesErrorCode.INVALID_JSON, text)


def constraint(name: str, rule: str) -> PlanRefusal:
    """A field breaks a rule."""
    return PlanRefusal(400, MessagesErrorCode.CONSTRAINT_VIOLATION, f"{name} {rule}.")


def invalid_format(name: str, rule: str) -> PlanRefusal:
    """A field has the wrong form."""
    return PlanRefusal(400, MessagesErrorCode.INVALID_PARAMETER_FORMAT, f"{name} {rule}.")


def malformed(problem: Malformed) -> PlanRefusal:
    """What the reader of a model found."""
    where = problem.path.removeprefix("/").replace("/", ".") or "body"
    if problem.problem == "is required":
        return constraint(where, problem.problem)
    return invalid_format(where, f"is not valid: {problem.problem}")


def forbidden(word: MessagesErrorCode, text: str) -> PlanRefusal:
    """A rule of the account or of the moment."""
    return PlanRefusal(403, word, text)
