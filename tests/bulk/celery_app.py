"""The application that Celery's workers load in tests: ``celery -A tests.bulk.celery_app worker``."""

from __future__ import annotations

import os

from celery import Celery

from sinch import SinchClient
from sinch.bulk.celery import bulk_task

app = Celery("shop", broker=os.environ["BROKER"])
app.conf.update(
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 3},
    worker_prefetch_multiplier=1,
)


def client() -> SinchClient:
    return SinchClient("key", "c2VjcmV0", base_url=os.environ["SINCH_BASE_URL"])


send = bulk_task(
    app, journal=lambda: os.environ["JOURNAL"], client=client, size=20, seconds=5, concurrency=2
)
