"""How a service says no: an error code, from which the HTTP status and Sinch's error body follow."""

from __future__ import annotations

from http import HTTPStatus

from sinch.reply import WireModel
from sinch_api.codec import Malformed
from sinch_api.error_codes import ERROR_CODES
from sinch_api.models.common import ErrorBody


class Refusal(Exception):
    """A request that Sinch would refuse.

    ``code`` is a documented error code (docs/platform/errors.md#codes). Where the documents have none, as for a wrong
    HTTP method, it is the HTTP status and two zeros, which is how all codes are built.
    ``headers`` go into the answer.
    """

    def __init__(self, code: int, message: str = "", *, allow: str = "") -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message or _meaning(code)
        self.headers = {"Allow": allow} if allow else {}

    @property
    def status(self) -> int:
        """The HTTP status; the first three digits of the code."""
        known = ERROR_CODES.get(self.code)
        return known.status if known is not None else self.code // 100

    def body(self, reference: str) -> WireModel | None:
        """Sinch's error body; ``reference`` is the id that support would ask for. None is no body."""
        return ErrorBody(error_code=self.code, message=self.message, reference=reference)


def _meaning(code: int) -> str:
    known = ERROR_CODES.get(code)
    return known.meaning if known is not None else HTTPStatus(code // 100).phrase


def malformed(problem: Malformed, *, missing: int = 40001) -> Refusal:
    """The refusal of a body that is not as specified; ``missing`` is the code for absent fields.

    Verification and configuration answer 40001 for those, SMS and calling 40002 (docs/platform/errors.md#codes).
    """
    absent = problem.problem == "is required"
    where = problem.path.removeprefix("/").replace("/", ".") or "body"
    return Refusal(missing if absent else 40001, f"Parameter {where} {_sentence(problem.problem)}")


def _sentence(problem: str) -> str:
    return problem if problem.startswith("is ") else f"is not valid: {problem}"
