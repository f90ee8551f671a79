"""All services of one sandbox, on one state."""

from __future__ import annotations

from .applications import Applications
from .calls import Calls
from .conferences import Conferences
from .messages import Messages
from .state import State
from .verifications import Verifications


class Services:
    """What the operations and the read-back API work on."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.messages = Messages(state)
        self.verifications = Verifications(state)
        self.calls = Calls(state)
        self.conferences = Conferences(state, self.calls)
        self.applications = Applications(state)

    def reset(self) -> None:
        """Forget everything that happened, and return to the real time."""
        self.state.timeline.clear()
        self.messages.clear()
        self.verifications.clear()
        self.calls.clear()
        self.applications.clear()
