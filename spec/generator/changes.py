"""How two surfaces of the package differ, and what that means for whoever uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

BREAKING, ADDITIVE, DOCUMENTATION = "breaking", "additive", "documentation"
HINTS = {BREAKING: "major", ADDITIVE: "minor", DOCUMENTATION: "patch"}
TITLES = {BREAKING: "Breaking", ADDITIVE: "Added", DOCUMENTATION: "Documentation"}
SECTIONS = {
    "operations": "operation", "schemas": "schema", "webhooks": "webhook", "servers": "server",
    "error codes": "error code", "security schemes": "security scheme",
}  # fmt: skip
#: Bounds that let more through the larger they are; all others let more through the smaller they are.
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")


@attrs.frozen(order=True)
class Change:
    """One thing that came (``+``), went (``-``) or changed (``~``)."""

    grade: str
    sign: str
    subject: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.sign} {self.subject}" + (f": {self.detail}" if self.detail else "")


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """All changes from one manifest to another, the gravest first."""
    found: list[Change] = []
    for section, kind in SECTIONS.items():
        old, new = before.get(section, {}), after.get(section, {})
        for name in sorted(old.keys() | new.keys()):
            subject = f"{kind} {name}"
            if name not in new:
                found.append(Change(BREAKING, "-", subject))
            elif name not in old:
                found.append(Change(ADDITIVE, "+", subject))
            else:
                found += _within(
                    subject, old[name], new[name], sent_only=not new[name].get("received", True)
                )
    grades = list(HINTS)
    return sorted(
        found, key=lambda change: (grades.index(change.grade), change.subject, change.detail)
    )


def hint(changes: list[Change]) -> str:
    """Which part of the version has to go up: major, minor, patch, or nothing."""
    return HINTS[changes[0].grade] if changes else ""


def summary(changes: list[Change]) -> list[str]:
    """The changes in words, grouped by what they mean."""
    if not changes:
        return ["no change that a caller or the wire could notice"]
    lines = []
    for grade in HINTS:
        group = [change for change in changes if change.grade == grade]
        lines += [f"{grade}:", *(f"  {change}" for change in group)] if group else []
    return [*lines, f"version: at least a {hint(changes)} one"]


def changelog(changes: list[Change]) -> list[str]:
    """The changes as Markdown for a change log."""
    lines: list[str] = []
    words = {"+": "New", "-": "Removed", "~": "Changed"}
    for grade, title in TITLES.items():
        group = [change for change in changes if change.grade == grade]
        if group:
            lines += [f"### {title}", ""]
            for change in group:
                kind, _, name = change.subject.rpartition(" ")
                detail = f": {change.detail}" if change.detail else ""
                lines.append(f"- {words[change.sign]} {kind} `{name}`{detail}.")
            lines.append("")
    return lines or ["No change.", ""]


def _within(subject: str, old: Any, new: Any, *, sent_only: bool) -> Iterator[Change]:
    for part in sorted(old.keys() | new.keys()):
        was, now = old.get(part), new.get(part)
        if _alike(was, now):
            continue
        if part in {"fields", "arguments"}:
            yield from _parts(subject, was or {}, now or {}, sent_only=sent_only)
        elif part == "values":
            yield from _values(subject, was or {}, now or {})
        elif part == "doc":
            yield Change(DOCUMENTATION, "~", subject, "description")
        elif part != "received":
            yield Change(
                _grade(part, was, now), "~", subject, f"{part}: {_told(was)} -> {_told(now)}"
            )


def _parts(
    subject: str, old: Mapping[str, Any], new: Mapping[str, Any], *, sent_only: bool
) -> Iterator[Change]:
    """Fields of a model, or arguments of an operation."""
    for name in sorted(old.keys() | new.keys()):
        place = f"{subject}.{name}"
        if name not in new:
            yield Change(BREAKING, "-", place)
        elif name not in old:
            needed = new[name]["required"]
            yield Change(
                BREAKING if needed else ADDITIVE,
                "+",
                place,
                "required" if needed else new[name]["type"],
            )
        else:
            yield from _part(place, old[name], new[name], sent_only=sent_only)


def _part(
    place: str, old: Mapping[str, Any], new: Mapping[str, Any], *, sent_only: bool
) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if _alike(was, now):
            continue
        if key == "doc":
            yield Change(DOCUMENTATION, "~", place, "description")
        elif key == "type" and now == f"{was} | None":
            # Whoever gives it may go on; whoever reads it has to cope with None now.
            grade = ADDITIVE if sent_only or place.startswith("operation ") else BREAKING
            yield Change(grade, "~", place, f"{was} -> {now}")
        elif key == "type":
            yield Change(BREAKING, "~", place, f"{was} -> {now}")
        elif key == "required":
            yield Change(
                BREAKING if now else ADDITIVE, "~", place, "required" if now else "optional"
            )
        elif key == "limits":
            yield from _limits(place, was or {}, now or {})
        else:
            yield Change(_grade(key, was, now), "~", place, f"{key}: {_told(was)} -> {_told(now)}")


def _limits(place: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was != now:
            looser = now is None or (
                was is not None and ((key in _UPPER and now > was) or (key in _LOWER and now < was))
            )
            yield Change(
                ADDITIVE if looser else BREAKING, "~", place, f"{key}: {_told(was)} -> {_told(now)}"
            )


def _values(subject: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in sorted(old.keys() | new.keys()):
        place = f"{subject}.{name}"
        if name not in new:
            yield Change(BREAKING, "-", place)
        elif name not in old:
            yield Change(ADDITIVE, "+", place, _told(new[name]["value"]))
        elif old[name]["value"] != new[name]["value"]:
            yield Change(
                BREAKING, "~", place, f"{_told(old[name]['value'])} -> {_told(new[name]['value'])}"
            )
        elif old[name] != new[name]:
            yield Change(DOCUMENTATION, "~", place, "description")


def _alike(was: Any, now: Any) -> bool:
    """Whether two values say the same; a manifest of another version may leave out what says nothing."""
    return was == now or (_says_nothing(was) and _says_nothing(now))


def _says_nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _grade(key: str, was: Any, now: Any) -> str:
    """What a change of this property means."""
    if key == "deprecated":
        return ADDITIVE
    if key == "secret":
        return ADDITIVE if now else BREAKING  # no longer hidden: it shows in logs
    if key == "promised":
        return ADDITIVE if now else BREAKING
    if key == "pages":
        return BREAKING if was else ADDITIVE
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        return ADDITIVE if was.items() <= now.items() else BREAKING
    if (
        isinstance(was, list)
        and isinstance(now, list)
        and key in {"aliases", "error codes", "security"}
    ):
        return (
            ADDITIVE if all(one in now for one in was) and (key != "security" or was) else BREAKING
        )
    return BREAKING


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value in ("", [], {}):
        return "none"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_told(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return str(value)
