"""What the templates see of servers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .api import Operation
from .text import description

View = dict[str, Any]


def server_of(operation: Operation, known: Mapping[str, View]) -> View:
    """Where an operation is sent to, under the name that it has already where it is known."""
    listed = operation.source.node.get("servers") or []
    server: View = {"url": "/", "description": "Where it runs."}
    if listed and isinstance(listed[0], dict):
        server = listed[0]
    url = str(server.get("url", "/"))
    name = server.get("x-server-name")
    if not isinstance(name, str):
        same = (view["name"] for view in known.values() if view["url"] == url.rstrip("/"))
        name = next(same, "") or ("server" if not known else f"server_{len(known) + 1}")
    variables = {
        key: str(said.get("default", "")) for key, said in server.get("variables", {}).items()
        if isinstance(said, dict) and not (key == "region" and "x-server-name" in server and not said.get("default"))
    }  # fmt: skip
    relative = "" if "://" in url or url.startswith("{") else f"/{url.strip('/')}".rstrip("/")
    return {
        "name": name, "constant": name.upper(), "url": "" if relative or url == "/" else url.rstrip("/"),
        "shared_path": server.get("x-all-in-one-path", relative), "variables": variables,
        "doc": description(server) or "Where it runs.", "choices": {
            key: [str(value) for value in said["enum"]] if isinstance(said.get("enum"), list) else []
            for key, said in server.get("variables", {}).items() if isinstance(said, dict)
        },
    }  # fmt: skip
