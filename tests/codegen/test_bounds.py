"""Limits of a specification: refused before anything is sent, and never a reason not to read."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from .conftest import load_codegen, worker_cache

#: field -> its schema, values that are within its limits, and those that are not, with the rule.
FIELDS: dict[str, tuple[dict[str, Any], list[Any], dict[Any, str]]] = {
    "range": ({"type": "integer", "minimum": 1, "maximum": 3}, [1, 3], {0: "must be at least 1", 4: "must be at most 3"}),
    "edge": ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, [0.5], {0: "must be more than 0", 1: "must be less than 1"}),
    "old_edge": ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, [0.1], {0: "must be more than 0"}),
    "step": ({"type": "number", "multipleOf": 0.1}, [0.3, 2], {0.25: "must be a multiple of 0.1"}),
    "small": ({"type": "integer", "format": "int32"}, [2**31 - 1, -(2**31)], {2**31: "must be at most 2147483647"}),
    "large": ({"type": "integer", "format": "int64"}, [2**63 - 1], {-(2**63) - 1: "must be at least -9223372036854775808"}),
    "own": ({"type": "integer", "format": "int32", "minimum": 5}, [5], {4: "must be at least 5", 2**31: "must be at most 2147483647"}),
    "text": ({"type": "string", "minLength": 1, "maxLength": 2}, ["a", "😀😀"], {"": "must have at least 1 character", "abc": "must have at most 2 characters"}),
    "word": ({"type": "string", "pattern": "^[a-z]+$"}, ["abc"], {"abc\n": r"must match ^[a-z]+\Z", "é": r"must match ^[a-z]+\Z"}),
    "part": ({"type": "string", "pattern": "b"}, ["abc"], {"ac": "must match b"}),
    "list": ({"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": True, "items": {"type": "string", "maxLength": 2}},
             [("a",)], {(): "must have at least 1 element", ("a", "b", "c"): "must have at most 2 elements",
                        ("a", "a"): "must not have an element twice", ("a", "abc"): "[1] must have at most 2 characters"}),
    "maps": ({"type": "array", "uniqueItems": True, "items": {"type": "object", "additionalProperties": {"type": "string"}}},
             [({"a": "1"}, {"a": "2"})], {}),
    "pins": ({"type": "array", "uniqueItems": True, "items": {"$ref": "#/components/schemas/Pin"}}, [], {}),
    "wait": ({"type": "integer", "format": "seconds", "minimum": 5}, [timedelta(seconds=5)], {timedelta(seconds=4): "must be at least 5"}),
    "blob": ({"type": "string", "format": "byte", "maxLength": 4}, [b"abc"], {b"abcd": "must have at most 4 characters"}),
}  # fmt: skip
DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "Limits", "version": "1"},
    "paths": {"/things": {"get": {
        "operationId": "listThings",
        "parameters": [
            {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
            {"name": "name", "in": "header", "required": True, "schema": {"$ref": "#/components/schemas/Name"}},
        ],
        "responses": {"200": {"description": "", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}},
    }}},
    "components": {"schemas": {
        "Name": {"type": "string", "maxLength": 3},
        "Pin": {"type": "object", "properties": {"pin": {"type": "string", "x-secret": True}}},
        "Thing": {"type": "object", "properties": {
            **{name: schema for name, (schema, *_) in FIELDS.items()},
            "named": {"$ref": "#/components/schemas/Name"},
            "odd": {"type": "string", "pattern": "(?<x>a)"},
        }},
    }},
}  # fmt: skip


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package, and what was left out of it."""
    folder = tmp_path_factory.mktemp("limited")
    (folder / "api.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    options = ["--lenient", "--spec", str(folder / "api.json"), "--package", "limited"]
    options += ["--output", str(folder), "--cache", str(worker_cache())]
    assert load_codegen().main(options) == 0
    sys.path.insert(0, str(folder))
    try:
        yield SimpleNamespace(
            python={
                w: p for p, w in importlib.import_module("limited.models").Thing.WIRE_NAMES.items()
            },
            Thing=importlib.import_module("limited.models").Thing,
            Pin=importlib.import_module("limited.models").Pin,
            operations=importlib.import_module("limited.operations"),
            Wrong=importlib.import_module("limited.arguments").WrongArgument,
        )
    finally:
        sys.path.remove(str(folder))


@pytest.mark.parametrize("name", FIELDS)
def test_what_is_beyond_a_limit_is_refused_and_read_all_the_same(name: str, limited: Any) -> None:
    _, within, beyond = FIELDS[name]
    python = limited.python[name]
    for value in within:
        assert getattr(limited.Thing(**{python: value}), python) == value
    for value, rule in beyond.items():
        with pytest.raises(limited.Wrong) as caught:
            limited.Thing(**{python: value})
        assert str(caught.value).removeprefix(python).strip() == rule
    wire = {"range": 99, "text": "much too long", "list": ["same", "same"], "wait": 1}
    read = limited.Thing.from_wire(wire)
    assert read.problems == ()
    assert (read.range, read.text, read.wait) == (99, "much too long", timedelta(seconds=1))


def test_elements_are_compared_by_what_they_are(limited: Any) -> None:
    same = {"a": "1"}
    with pytest.raises(limited.Wrong, match="maps must not have an element twice"):
        limited.Thing(maps=(same, dict(same)))
    pins = [limited.Pin(pin=text) for text in ("1", "2")]  # which look alike
    assert limited.Thing(pins=pins).pins == tuple(pins)
    with pytest.raises(limited.Wrong, match="pins must not have an element twice"):
        limited.Thing(pins=(*pins, limited.Pin(pin="1")))


def test_named_schemas_and_arguments_have_limits_too(
    limited: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(limited.Wrong, match="named must have at most 3 characters"):
        limited.Thing(named="long")
    operation = limited.operations.list_things(limit=100, name="abc")
    assert operation.query == "limit=100"
    with pytest.raises(limited.Wrong, match="limit must be at most 100"):
        limited.operations.list_things(limit=101, name="abc")
    with pytest.raises(limited.Wrong, match="name must have at most 3 characters"):
        limited.operations.list_things(name="abcd")


def test_a_pattern_that_python_does_not_know_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "api.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    options = ["--lenient", "--spec", str(tmp_path / "api.json"), "--package", "limited"]
    assert (
        load_codegen().main([*options, "--output", str(tmp_path), "--cache", str(worker_cache())])
        == 0
    )
    assert capsys.readouterr().err == (
        "codegen: left out: api.json#/components/schemas/Thing/properties/odd/pattern: "
        "is not a pattern in Python: not checked\n"
    )
