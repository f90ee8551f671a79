"""From a client's configuration to what the transports take."""

from __future__ import annotations

import sys

from sinch.core.config import Config
from sinch_api import __version__
from sinch_api.wire import WireFormat

USER_AGENT = "sinch-server-sdk/{} (Python/{}.{})".format(__version__, *sys.version_info)


def wire_format(config: Config) -> WireFormat:
    """How requests of this client look: host, headers, signature."""
    plan = config.service_plan
    return WireFormat(
        authorize=config.authorizer(),
        credentials=plan.credentials(config.base_url),
        variables={"sms_region": plan.region},
        base_url=config.base_url,
        region=config.region,
        user_agent=f"{USER_AGENT} {config.user_agent}" if config.user_agent else USER_AGENT,
    )
