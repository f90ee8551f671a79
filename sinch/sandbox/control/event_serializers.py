"""Events as watchers get them: what the record of each looks like at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sinch.engine import SimulatedCall
from sinch.sandbox.delivery.callbacks import CallbackDelivery
from sinch.sandbox.delivery.faults import Faults
from sinch.sandbox.platform.conferences import ConferenceService
from sinch.sandbox.platform.plan.records import Batch, Group
from sinch.sandbox.platform.records import LoggedRequest, TranscriptLine, Verification
from sinch.sandbox.platform.services import CallbackTargets
from sinch.sandbox.platform.state import State

from . import call_serializers as calls
from . import serializers


def event_data(record: object, state: State) -> Mapping[str, Any]:
    """The data of an event about a record; hold the lock, since the record goes on changing."""
    match record:
        case None:
            return {}
        case Mapping():
            return record
        case Verification():
            return serializers.verification(record, state.base_url)
        case Batch():
            return serializers.batch(record)
        case Group():
            return {"id": record.id, "name": record.name, "members": len(record.members)}
        case LoggedRequest():
            return serializers.request(record)
        case CallbackDelivery():
            return serializers.delivery(record)
        case Faults():
            return serializers.faults(record)
        case CallbackTargets():
            return serializers.callback_targets(record)
        case SimulatedCall():
            return calls.call(record, state.scheduler.now())
        case TranscriptLine():
            return {"callId": record.call_id, **calls.entry(record.index, record.entry)}
        case ConferenceService():
            return calls.rooms(record)
        case _:
            return serializers.shown(record)
