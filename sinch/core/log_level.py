"""``SINCH_LOG=debug``: what the package logs, on standard error, without a line of code."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Final

from sinch.errors import ConfigurationError

LOG_VARIABLE: Final = "SINCH_LOG"
_LEVELS: Final = ("debug", "info", "warning", "error")


def heed_environment(environ: Mapping[str, str] | None = None) -> None:
    """Do what ``SINCH_LOG`` says: ``debug``, ``info``, ``warning`` or ``error``; nothing without it.

    The logger ``sinch`` gets the level, and a handler of its own unless the program has set up
    logging, which then decides where lines go. Called where clients and routers are made.
    Raises :class:`~sinch.errors.ConfigurationError` for any other word.
    """
    text = (os.environ if environ is None else environ).get(LOG_VARIABLE, "").strip().lower()
    if not text:
        return
    if text not in _LEVELS:
        raise ConfigurationError(
            f"{LOG_VARIABLE} must be {', '.join(_LEVELS[:-1])} or {_LEVELS[-1]}",
            argument="log",
            variable=LOG_VARIABLE,
        )
    logger = logging.getLogger("sinch")
    logger.setLevel(text.upper())
    if not logger.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
        logger.addHandler(handler)
