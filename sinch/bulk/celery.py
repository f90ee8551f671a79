"""A job on Celery workers: a task sends a slice and queues itself while work is left (extra ``celery``).

.. code-block:: python

    app = Celery("shop", broker="redis://...")
    send = bulk_task(app, journal="postgresql://...", client=SinchClient)

    send.delay("november")             # as often as workers are to work on it at the same time

The journal decides who is sent to, Celery only lends processes. So it does no harm when a broker
delivers a task twice or a worker is killed: the task comes back, and nobody is sent to twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery import Celery
from celery.app.task import Task

from sinch.bulk.job import Job
from sinch.bulk.opening import Journal
from sinch.core.flow import Sender
from sinch.errors import SinchError


def bulk_task(
    app: Celery,
    *,
    journal: Journal,
    client: Callable[[], Any],
    size: int = 500,
    seconds: float = 30,
    concurrency: int = 10,
    name: str = "sinch.bulk.send_slice",
    **options: Any,
) -> Task[[str], None]:
    """Register the task that works on jobs; call it with the name of a job.

    ``journal`` is where the jobs are, or a function that tells or opens it, called on the worker: a
    URL with a password never goes through the broker. ``client`` makes a blocking client, which is closed
    after each slice. A slice is at most ``size`` recipients and ``seconds``, with ``concurrency``
    requests at once: have ``seconds`` shorter than your workers get for shutting down. Further
    ``options`` are those of Celery's tasks, such as ``queue`` or ``priority``.

    A slice is acknowledged when it is done, and given to another worker when its own was lost. It
    is tried again, later and later, when the journal cannot be reached. How long a broker waits for
    a machine that vanished is its own setting; with Redis it is ``visibility_timeout``, an hour.
    """
    settings: dict[str, Any] = {
        "acks_late": True,
        "reject_on_worker_lost": True,
        "ignore_result": True,
        "autoretry_for": (Exception,),
        "dont_autoretry_for": (SinchError,),
        "retry_backoff": True,
        "retry_backoff_max": 60,
        "max_retries": None,
        **options,
    }

    def send_slice(task: Task[[str], None], job_name: str) -> None:
        job: Job[Any] = Job.open(journal, job_name)
        with client() as sinch:
            sender: Sender = sinch
            again = job.run_slice(sender, size=size, seconds=seconds, concurrency=concurrency).again
        if again is not None:
            task.apply_async((job_name,), countdown=again)

    make: Any = app.task(name=name, bind=True, **settings)  # its types depend on the options
    task: Task[[str], None] = make(send_slice)
    return task
