"""Our errors as the end of a command: what is said, and the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinch.cli.output import ExitCode, Failed

if TYPE_CHECKING:
    from sinch.errors import SinchError


def failed(error: SinchError) -> Failed:
    """Say an error of the SDK to somebody at a shell."""
    from sinch.errors import (
        ApiError,
        ConfigurationError,
        InvalidArgumentError,
        NotSent,
        OutcomeUnknown,
        SvamlError,
        Unauthorized,
        WaitTimedOut,
    )

    kind = type(error).__name__
    match error:
        case ApiError():
            advice = "\nRun `sinch check`: it finds a wrong secret or clock."
            return Failed(
                f"Sinch says no. {error}{advice if isinstance(error, Unauthorized) else ''}",
                ExitCode.REFUSED,
                kind=kind,
                status=error.status,
                errorCode=error.error_code,
                reference=error.reference,
            )
        case ConfigurationError():
            advice = ""
            if error.variable is not None and "is missing" in error.message:
                advice = ", or name a file with --env-file or a --profile"
            return Failed(f"{error}{advice}.", ExitCode.USAGE, kind=kind)
        case InvalidArgumentError() | SvamlError():
            return Failed(f"{error}.", ExitCode.USAGE, kind=kind)
        case WaitTimedOut():
            return Failed(f"{error}.", ExitCode.NO, kind=kind)
        case NotSent():
            return Failed(
                f"{error}\nNothing was sent; it is safe to try again.", ExitCode.NOT_SENT, kind=kind
            )
        case OutcomeUnknown():
            return Failed(
                f"{error}\nIt may have been done: look before you try again.",
                ExitCode.UNKNOWN,
                kind=kind,
            )
        case _:
            code = ExitCode.NOT_SENT if error.certainly_not_sent else ExitCode.UNKNOWN
            return Failed(str(error), code, kind=kind)
