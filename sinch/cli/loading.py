"""SVAML from where people have it: a JSON file, standard input, or an object in a module."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sinch.cli.output import ExitCode, Failed

#: What menus alone are spoken in, as text in a callout is.
_LOCALE: Final = "en-US"


def load_svaml(source: str) -> dict[str, Any]:
    """The SVAML object of FILE, ``-`` or MODULE:NAME.

    NAME may be menus, a reply, a builder, a model, a mapping, or a function without arguments that
    returns one. A file may also hold a list of menus only. Raises :class:`.Failed`.
    """
    if _is_object(source):
        return _wire(_object(source), source)
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        found = json.loads(text)
    except OSError as problem:
        raise Failed(f"{source}: {problem.strerror}", ExitCode.USAGE) from None
    except UnicodeDecodeError:
        raise Failed(f"{source} is no text in UTF-8", ExitCode.USAGE) from None
    except RecursionError:
        raise Failed(f"{source} is nested too deeply", ExitCode.USAGE) from None
    except ValueError as problem:
        raise Failed(f"{source} is not JSON: {problem}", ExitCode.USAGE) from None
    if isinstance(found, list):
        return _of_menus(found)
    if not isinstance(found, dict):
        raise Failed(
            f"{source} holds no SVAML: expected an object with instructions and an action",
            ExitCode.USAGE,
        )
    return found


def menus_of(svaml: Mapping[str, Any], source: str) -> tuple[list[dict[str, Any]], str]:
    """The menus in some SVAML, and the id of the one that it starts with."""
    action = svaml.get("action")
    found = action.get("menus") if isinstance(action, Mapping) else None
    if not isinstance(found, list) or not all(
        isinstance(menu, dict)
        and "id" in menu
        and isinstance(menu.get("options", []), list)
        and all(isinstance(one, dict) and "action" in one for one in menu.get("options", []))
        for menu in found
    ):
        raise Failed(f"{source} holds no menus: its action is no runMenu with menus that have ids")
    start = action.get("mainMenu") if isinstance(action, Mapping) else None
    return found, str(start or "main")


def _is_object(source: str) -> bool:
    module, colon, name = source.partition(":")
    return (
        bool(colon)
        and not Path(source).exists()
        and all(part.isidentifier() for part in [*module.split("."), *name.split(".")])
    )


def _object(source: str) -> Any:
    module, _, name = source.partition(":")
    here = os.getcwd()  # noqa: PTH109 - as python -m puts it there
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        found: Any = importlib.import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name is None or not f"{module}.".startswith(f"{missing.name}."):
            raise Failed(
                f"{module} needs {missing.name}, which is missing", ExitCode.USAGE
            ) from None
        raise Failed(
            f"There is no module {module} here; names are those of `import`", ExitCode.USAGE
        ) from None
    except Exception as problem:  # noqa: BLE001 - whatever that module does
        raise Failed(
            f"{module} cannot be imported: {type(problem).__name__}: {problem}", ExitCode.USAGE
        ) from None
    for part in name.split("."):
        found = getattr(found, part, None)
        if found is None:
            raise Failed(f"{module} has no {name}", ExitCode.USAGE)
    return found


def _wire(found: Any, source: str) -> dict[str, Any]:
    from sinch.reply import Reply
    from sinch.svaml.menus import Menus

    if callable(found) and not isinstance(found, Reply | Menus):
        try:
            found = found()
        except TypeError as problem:
            raise Failed(f"{source} needs arguments: {problem}", ExitCode.USAGE) from None
    if isinstance(found, Menus):
        menus = list(found._wires.values())  # noqa: SLF001
        return _of_menus(menus, str(found.svaml.locale or _LOCALE))
    if isinstance(found, Reply):
        found = json.loads(found.build().body)
    elif hasattr(found, "to_wire"):
        found = found.to_wire()
    if not isinstance(found, Mapping):
        raise Failed(
            f"{source} is no SVAML but {type(found).__name__}: expected menus, a reply or a model",
            ExitCode.USAGE,
        )
    return dict(found)


def _of_menus(menus: list[Any], locale: str = _LOCALE) -> dict[str, Any]:
    action = {"name": "runMenu", "locale": locale, "mainMenu": "main", "menus": menus}
    return {"instructions": [], "action": action}
