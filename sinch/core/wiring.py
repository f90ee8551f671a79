"""From a client's configuration to what the transports take."""

from __future__ import annotations

import sys

from sinch.core.config import Config
from sinch_api import __version__
from sinch_api.wire import Timeout, WireFormat

USER_AGENT = "sinch-server-sdk/{} (Python/{}.{})".format(__version__, *sys.version_info)


def wire_format(config: Config) -> WireFormat:
    """How requests of this client look: host, headers, signature."""
    return WireFormat(
        authorize=config.authorizer(),
        base_url=config.base_url,
        region=config.region,
        user_agent=f"{USER_AGENT} {config.user_agent}" if config.user_agent else USER_AGENT,
    )


def transport_timeout(config: Config) -> Timeout:
    """The limits of one exchange."""
    limits = config.timeout
    return Timeout(connect=limits.connect, read=limits.read, total=limits.total)
