"""A header of answers, since the bodies are Sinch's, for callback URLs that will never be called."""

from __future__ import annotations

from typing import Final

from sinch.sandbox.platform.services import Services

WARNING: Final = "X-Sandbox-Warning"


def warning(services: Services, *urls: str) -> dict[str, str]:
    """The header for these URLs, or nothing; "" is no URL."""
    found = services.warnings(*urls)
    return {WARNING: "; ".join(found).encode("ascii", "replace").decode()} if found else {}
