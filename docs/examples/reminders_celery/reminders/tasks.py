"""Three tasks: find what is due, send one reminder, look what became of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import cache

from celery import Celery, Task

from reminders import store
from sinch import SinchClient, SinchError, SmsStatus

AHEAD = timedelta(hours=24)

app = Celery("reminders", broker=os.environ.get("CELERY_BROKER", "redis://localhost:6379/0"))
app.conf.beat_schedule = {
    "find-what-is-due": {"task": "reminders.tasks.remind_all", "schedule": 300.0}
}


@cache
def sinch_client() -> SinchClient:
    """One client for each worker process; it notices forks, and nobody has to close it."""
    return SinchClient()


@app.task
def remind_all() -> int:
    """Every five minutes: queue a reminder for each appointment of the next 24 hours."""
    found = store.due(datetime.now(UTC), AHEAD)
    for appointment in found:
        remind.delay(appointment)
    return len(found)


# --8<-- [start:remind]
@app.task(bind=True, max_retries=5, acks_late=False)
def remind(self: Task[[int], None], appointment_id: int) -> None:
    """Send one reminder, at most once whatever happens."""
    if not store.claim(appointment_id):
        return  # sent already, or being sent, or nobody knows
    appointment = store.get(appointment_id)
    text = f"See you on {appointment.starts_at:%d %B at %H:%M}."
    try:
        receipt = sinch_client().sms(appointment.number, text).send()
    except SinchError as error:
        if not error.certainly_not_sent:
            raise  # the claim stays: a person decides, see store.unknown
        store.release(appointment_id)
        raise self.retry(exc=error, countdown=30 * 2**self.request.retries) from error
    store.sent(appointment_id, receipt.message_id)
    look_after.apply_async((appointment_id, receipt.message_id), countdown=60)
    # --8<-- [end:remind]


# --8<-- [start:look]
@app.task(bind=True, max_retries=10)
def look_after(self: Task[[int, str], None], appointment_id: int, message_id: str) -> None:
    """Ask what became of the message until it is known. Asking twice does no harm."""
    status = sinch_client().sms.get_status(message_id).status
    if status == SmsStatus.PENDING:
        raise self.retry(countdown=60)
    store.arrived(appointment_id, str(status))
    # --8<-- [end:look]
