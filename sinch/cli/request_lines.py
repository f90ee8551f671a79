"""The live log of a sandbox: one line an exchange, in both directions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from sinch.cli.exchange import words_of
from sinch.cli.output import Output, printable

if TYPE_CHECKING:
    from sinch.sandbox.delivery.callbacks import CallbackDelivery
    from sinch.sandbox.platform.records import LoggedRequest


def watcher(output: Output) -> Callable[[str, object], None]:
    """What prints the events of a sandbox's bus that are exchanges."""

    def watch(name: str, record: Any) -> None:
        if name == "request":
            line = _request(record)
        elif name == "delivery":
            line = _callback(record)
        else:
            return
        if output.as_json:
            output.value(line)
        else:
            click.echo(_shown(line))

    return watch


def _request(entry: LoggedRequest) -> dict[str, Any]:
    return {
        "kind": "request",
        "at": _time(entry.at),
        "method": entry.method,
        "path": entry.path,
        "status": entry.status,
        "says": _refusal(entry) if entry.status >= 400 else "",
    }


def _callback(record: CallbackDelivery) -> dict[str, Any]:
    callback, outcome = record.callback, record.outcome
    return {
        "kind": "callback",
        "at": _time(record.at),
        "method": callback.event,
        "path": callback.url,
        "status": outcome.status,
        "says": outcome.detail if outcome.failure else words_of(outcome.body),
    }


def _refusal(entry: LoggedRequest) -> str:
    from sinch.sandbox.control.verdicts import of_request

    return str(of_request(entry)["text"])


def _shown(line: Mapping[str, Any]) -> str:
    status = line["status"]
    good = status is not None and status < 400
    arrow = click.style("→" if line["kind"] == "callback" else "←", dim=True)
    says = printable(line["says"])
    return (
        f"{click.style(line['at'][11:19], dim=True)} {arrow} "
        f"{click.style(printable(line['method'])[:28].ljust(6), bold=True)} "
        f"{printable(line['path'])[:120]}  "
        f"{click.style(str(status or '---'), fg='green' if good else 'red')}"
        + (f"  {click.style(says, dim=True) if good else says}" if says else "")
    )


def _time(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
