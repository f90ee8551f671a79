"""An error of a task comes out of Celery's result backend as it went in: with JSON, and with pickle."""

from __future__ import annotations

from pathlib import Path

import pytest
from celery import Celery

from sinch import SinchClient, errors

from ..test_errors import EXAMPLES, alike
from .conftest import Peer


@pytest.fixture(params=["json", "pickle"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Celery:
    app = Celery("shop", broker="memory://", backend=tmp_path.as_uri(), set_as_current=False)
    app.conf.update(
        result_serializer=request.param,
        accept_content=[request.param],
        task_always_eager=True,
        task_store_eager_result=True,
    )
    return app


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_stored_result_raises_the_same_error(app: Celery, error: errors.SinchError) -> None:
    @app.task
    def fail() -> None:
        raise error

    stored = app.AsyncResult(fail.delay().id)  # reads the file again, as another process would

    with pytest.raises(type(error)) as raised:
        stored.get(disable_sync_subtasks=False)
    assert alike(raised.value, error)


def test_a_refusal_from_the_wire_arrives_whole(app: Celery, peer: Peer) -> None:
    answer = {"errorCode": 40200, "message": "No credit", "reference": "r7"}
    peer.answers(answer, status=402, headers={"X-Request-Id": "abc"})

    @app.task
    def remind() -> None:
        with SinchClient("key", "c2VjcmV0", base_url=peer.url) as sinch:
            sinch.sms("+46700000000", "Hello").send()

    stored = app.AsyncResult(remind.delay().id)

    with pytest.raises(errors.PaymentRequired) as raised:
        stored.get(disable_sync_subtasks=False)
    error = raised.value
    assert (error.status, error.error_code, error.reference) == (402, 40200, "r7")
    assert error.headers["x-request-id"] == "abc"
    assert b"No credit" in error.body
    assert error.certainly_not_sent
