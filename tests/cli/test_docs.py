"""Every command on the page of the command line is run, as it stands there but for ids and addresses."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import click
import pytest
import requests

from sinch.cli import main
from sinch.cli.output import ExitCode
from sinch.sandbox import Sandbox
from sinch.testing import signed_request

from .conftest import KEY, KEYS, SECRET, Run
from .test_callback_tools import App, app  # noqa: F401 - a fixture
from .test_products import MENUS, NUMBER, in_room

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("sinch ")]
#: They run until they are stopped, or for long, or need a service plan; that they are understood is enough here.
LONG = ("sinch listen", "sinch sandbox", "sinch demo", "sinch messages")


@pytest.fixture
def surroundings(
    server: Sandbox,
    sinch: Run,
    app: App,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, str]:
    """The files that the page names, and what stands here for ids and addresses of the page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    call_id = in_room(server)
    started = sinch("verify", "start", NUMBER, "--json").json["id"]
    sinch("callbacks", "set", f"{app.url}/sinch")  # type: ignore[attr-defined]
    listed = requests.get(f"{server.url}/_sandbox/verifications", timeout=5).json()
    code = next(v["code"] for v in listed["verifications"] if v["id"] == started)
    message = sinch("sms", "send", NUMBER, "Hello", "--json").json["messageId"]
    event = {"event": "ice", "callid": "c1"}
    recorded = {
        "at": "2026-11-25T10:00:00Z", "method": "POST", "path": "/sinch", "headers": {},
        "signature": "genuine", "body": json.dumps(event),
    }  # fmt: skip
    signed = signed_request(event, "/api/sinch", credentials=(KEY, SECRET))
    head = "".join(f"{name}: {value}\n" for name, value in signed.headers.items())
    files = {
        "menus.json": json.dumps(MENUS),
        "answer.json": '{"action": {"name": "hangup"}}',
        "event.json": json.dumps(event),
        "calls.jsonl": json.dumps({**recorded, "answer": ""}),
        "request.txt": f"POST /api/sinch HTTP/1.1\n{head}\n{signed.body.decode()}",
        "work.env": "".join(f"{name}={value}\n" for name, value in KEYS.items()),
        "src/app.py": "import sinch\n",
        "november.csv": f"number,name\n{NUMBER},Ada\n",
        "myapp/__init__.py": "",
        "myapp/phone.py": "from sinch.svaml import Svaml\n"
        "MENUS = Svaml().menus().begin_menu('main', '#tts[Hi]').trigger_pie(1, 'a').end_menu()\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(click, "get_app_dir", lambda _: str(tmp_path))
    return {
        "+46700000000": NUMBER,
        "4398599d1ba84ef3bde0a82dfb61abed": call_id,
        "1234567890": started,
        "123456789": str(message),
        "4711": code,
        "http://127.0.0.1:8000": app.url,  # type: ignore[attr-defined]
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page(command: str, sinch: Run, surroundings: dict[str, str]) -> None:
    words = shlex.split(command)[1:]
    if command.startswith(LONG):
        with main.make_context("sinch", words[:1]) as context:
            found = main.get_command(context, words[0])
            assert found is None or found.make_context(words[0], words[1:])
        return
    here = [surroundings.get(word, word) for word in words]
    here = [
        re.sub(r"^http://127\.0\.0\.1:8000", surroundings["http://127.0.0.1:8000"], word)
        for word in here
    ]
    if words[:2] == ["verify", "status"]:
        here.remove("--wait")  # nobody reports the code

    done = sinch(*here)

    assert done.code == ExitCode.OK, done.err + done.out


def test_every_command_is_on_the_page() -> None:
    named = {command.split()[1] for command in COMMANDS}
    named |= set(re.findall(r"`?sinch (completion)", PAGE.read_text(encoding="utf-8")))

    assert {*main.table} <= named  # type: ignore[attr-defined]
