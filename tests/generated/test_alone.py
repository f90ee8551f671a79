"""The generated package is complete by itself: a copy of it works where nothing of ours is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import sinch_api

PROGRAM = """
import sys
from datetime import timedelta
from sinch_api import codec, error_codes, operations, webhooks
from sinch_api.aio import AsyncTransport
from sinch_api.blocking import BlockingTransport
from sinch_api.models import sms, svaml, voice_events
from sinch_api.wire import WireFormat

operation = operations.send_sms("+46700000000", sms.SendSmsRequest(message="Hi"))
request = WireFormat(base_url="http://localhost").request(operation)
assert request.body == b'{"message":"Hi"}', request
assert request.headers["User-Agent"].startswith("sinch-api/1"), request
event = webhooks.event_model("ICE").from_wire({"event": "ice", "callid": "1", "cli": "46700000000"})
assert event.cli.numeric == "+46700000000", event
assert "sinch" not in sys.modules
"""


def test_a_copy_of_the_package_needs_nothing_of_sinch(tmp_path: Path):
    copy = tmp_path / "sinch_api"
    shutil.copytree(Path(sinch_api.__file__).parent, copy)
    # -I and -S: no current folder, no site-packages of ours; only what a copy would declare.
    needed = {str(Path(__import__(name).__file__).parents[1]) for name in ("attrs", "requests")}
    fence = "import sys\nclass Fence:\n def find_spec(self, name, *_):\n  if name == 'sinch': raise ImportError(name)\n"
    code = f"{fence}sys.meta_path.insert(0, Fence())\nsys.path[:0] = {[str(tmp_path), *needed]!r}\n{PROGRAM}"

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
