"""Every fault in the specification is told with its file and pointer, never with a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Workshop

Document = dict[str, Any]
SEND = ("paths", "/v1/sms/{numberOrId}", "post")
STATUS = ("paths", "/v1/sms/{numberOrId}", "get")
REQUEST = ("components", "schemas", "SendSmsRequest")
ANSWER = ("components", "schemas", "SendSmsResponse")
RECEIPT = ("components", "schemas", "SmsStatusResponse")
EVENT = ("components", "schemas", "IncomingSmsEvent")
ENUM = ("components", "schemas", "SmsStatus")
SCHEMAS = ("components", "schemas")
TEXT = {"type": "string", "description": "Text."}


def at(document: Document, *keys: Any) -> Any:
    for key in keys:
        document = document[key]
    return document


def put(*path: Any, value: Any) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        at(document, *path[:-1])[path[-1]] = value

    return change


def drop(*path: Any) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        del at(document, *path[:-1])[path[-1]]

    return change


def both(*changes: Callable[[Document], None]) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        for each in changes:
            each(document)

    return change


def shape(tag: str = "kind", *, required: bool = True, **prop: Any) -> Document:
    node = {"type": "string", "description": "Tag.", **prop}
    found = {"type": "object", "description": "Shape.", "properties": {tag: node}}
    return {**found, "required": [tag]} if required else found


def union(first: Document, second: Document, **more: Any) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        refs = [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}]
        both = {"description": "Either.", "oneOf": refs, "discriminator": {"propertyName": "kind"}}
        document["components"]["schemas"] |= {"One": first, "Two": second, "Both": {**both, **more}}

    return change


def in_a_circle(document: Document) -> None:
    """No schema is part of itself, but module ``left`` needs ``right`` and the other way round."""
    for name, module, uses in (
        ("LeftOne", "left", "RightOne"), ("RightOne", "right", None),
        ("RightTwo", "right", "LeftTwo"), ("LeftTwo", "left", None),
    ):  # fmt: skip
        prop = {"$ref": f"#/components/schemas/{uses}", "description": "Other."} if uses else TEXT
        document["components"]["schemas"][name] = {
            "type": "object", "description": "Part.", "x-python-module": module,
            "properties": {"other": prop},
        }  # fmt: skip


def parameter(**changes: Any) -> Callable[[Document], None]:
    return lambda document: at(document, *SEND)["parameters"][0].update(changes)


CASES: dict[str, tuple[Callable[[Document], None], str, str]] = {
    "discriminator without oneOf": (
        put("components", "schemas", "Base", value={**shape(), "discriminator": {"propertyName": "kind"}}),
        "/components/schemas/Base/discriminator", "chooses nothing without oneOf",
    ),
    "subset of nothing": (
        union(shape(const="a"), shape(const="b"), **{"x-subset-of": "SmsStatus"}),
        "/components/schemas/Both/x-subset-of", "SmsStatus is no oneOf with a discriminator of its own",
    ),
    "subset with more": (
        both(
            union(shape(const="a"), shape(const="b")),
            lambda document: document["components"]["schemas"].update(
                Three=shape(const="c"),
                Less={
                    "description": "Less.", "x-subset-of": "Both", "discriminator": {"propertyName": "kind"},
                    "oneOf": [{"$ref": "#/components/schemas/Three"}],
                },
            ),
        ),
        "/components/schemas/Less/x-subset-of", "has members that Both has not",
    ),
    "headers that nobody sends": (
        put(*SEND, "x-header-prefix", value="X-CB-"),
        "/paths/~1v1~1sms~1{numberOrId}/post/x-header-prefix", "is not a keyword that is used here",
    ),
    # references
    "missing $ref": (
        put(*SEND, "requestBody", "content", "application/json", "schema", "$ref", value="#/components/schemas/Nope"),
        "/paths/~1v1~1sms~1{numberOrId}/post/requestBody/content/application~1json/schema/$ref",
        "refers to #/components/schemas/Nope, which does not exist",
    ),
    "$ref to a missing document": (
        put(*EVENT, "properties", "to", "$ref", value="other.yaml#/components/schemas/Identity"),
        "/components/schemas/IncomingSmsEvent/properties/to/$ref", "which does not exist",
    ),
    "response $ref missing": (
        put(*SEND, "responses", "default", "$ref", value="common.yaml#/components/responses/Nope"),
        "/paths/~1v1~1sms~1{numberOrId}/post/responses/default/$ref", "does not exist",
    ),
    "$ref to another section": (
        put(*EVENT, "properties", "to", "$ref", value="common.yaml#/components/responses/Error"),
        "/components/schemas/IncomingSmsEvent/properties/to/$ref", "one of components/schemas",
    ),
    "$ref into a schema": (
        put(*EVENT, "properties", "to", "$ref", value="#/components/schemas/IncomingSmsEvent/properties/message"),
        "/components/schemas/IncomingSmsEvent/properties/to/$ref", "one of components/schemas",
    ),
    "type beside $ref": (
        put(*EVENT, "properties", "to", "type", value="object"),
        "/components/schemas/IncomingSmsEvent/properties/to/type", "does nothing beside $ref",
    ),
    # keywords
    "misspelt keyword": (
        put(*REQUEST, "properties", "message", "maxLenght", value=5),
        "/components/schemas/SendSmsRequest/properties/message/maxLenght", "not a keyword",
    ),
    "x-idempotent as text": (
        put(*SEND, "x-idempotent", value="false"),
        "/paths/~1v1~1sms~1{numberOrId}/post/x-idempotent", "has to be true or false",
    ),
    "paths is a list": (put("paths", value=[]), "/paths", "has to be a mapping"),
    "schema is nothing": (
        put(*SCHEMAS, "SmsStatus", value=None), "/components/schemas/SmsStatus", "is missing",
    ),
    # types
    "unknown format": (
        put(*REQUEST, "properties", "message", "format", value="stardate"),
        "/components/schemas/SendSmsRequest", "format stardate of type string",
    ),
    "pairs of texts": (
        put(
            *REQUEST, "properties", "message",
            value={
                "type": "array", "format": "pairs", "description": "Pairs.",
                "items": {"type": "string", "description": "Text."},
            },
        ),
        "/components/schemas/SendSmsRequest/properties/message/items",
        "has to refer to a schema with key and value",
    ),
    "unknown type": (
        put(*REQUEST, "properties", "message", "type", value="text"),
        "/components/schemas/SendSmsRequest/properties/message/type", "has to be one of string",
    ),
    "array without items": (
        put(*REQUEST, "properties", "message", "type", value="array"),
        "/components/schemas/SendSmsRequest/properties/message", "items and type: array",
    ),
    "object without a name": (
        put(*REQUEST, "properties", "more", value={"type": "object", "description": "X.", "properties": {}}),
        "/components/schemas/SendSmsRequest/properties/more/properties", "need a name",
    ),
    # descriptions
    "no description": (
        drop(*REQUEST, "properties", "message", "description"),
        "/components/schemas/SendSmsRequest/properties/message", "needs a description",
    ),
    "no full stop": (
        put(*REQUEST, "description", value="What to send"),
        "/components/schemas/SendSmsRequest/description", "full stop",
    ),
    "no summary": (drop(*SEND, "summary"), "/paths/~1v1~1sms~1{numberOrId}/post", "needs a summary"),
    # enumerations
    "number in an enum": (
        put(*ENUM, "enum", 1, value=7), "/components/schemas/SmsStatus/enum/1", "has to be text",
    ),
    "boolean in an enum": (
        put(*ENUM, "enum", 1, value=False), "/components/schemas/SmsStatus/enum/1", "quote no",
    ),
    "enum values alike": (
        put(*ENUM, "enum", 1, value="UNKNOWN"), "/components/schemas/SmsStatus/enum", "listed twice",
    ),
    "names missing": (
        put(*ENUM, "x-enum-varnames", value=["A"]),
        "/components/schemas/SmsStatus/x-enum-varnames", "one entry for each value",
    ),
    "name twice": (
        put(*ENUM, "x-enum-varnames", 1, value="UNKNOWN"),
        "/components/schemas/SmsStatus/x-enum-varnames", "UNKNOWN is used twice",
    ),
    "alias of nothing": (
        put(*ENUM, "x-enum-aliases", "FAILED", value="Lost"),
        "/components/schemas/SmsStatus/x-enum-aliases/FAILED", "Lost is not a value",
    ),
    # names
    "two properties alike in Python": (
        put(*REQUEST, "properties", "Message", value=TEXT),
        "/components/schemas/SendSmsRequest/properties/Message", "is message in Python",
    ),
    "alias of two properties": (
        put(*REQUEST, "properties", "from", "x-aliases", value=["MESSAGE"]),
        "/components/schemas/SendSmsRequest/properties/from", "MESSAGE already means message",
    ),
    "reserved name": (
        put(*REQUEST, "properties", "toWire", value=TEXT),
        "/components/schemas/SendSmsRequest/properties/toWire", "set x-python-name",
    ),
    "required but not there": (
        put(*REQUEST, "required", value=["text"]),
        "/components/schemas/SendSmsRequest/required", "names text, which is not",
    ),
    "schema in two documents": (
        put(*SCHEMAS, "Money", value=shape()), "/components/schemas/Money", "in another document",
    ),
    "circle of modules": (in_a_circle, "/components/schemas/", "need each other"),
    # unions
    "no const": (
        union(shape(const="one"), shape()), "/components/schemas/Both/oneOf/1", "needs a const",
    ),
    "tag not required": (
        union(shape(const="one"), shape(const="two", required=False)),
        "/components/schemas/Both/oneOf/1", "must be required",
    ),
    "tags alike": (
        union(shape(const="one"), shape(const="ONE")), "/components/schemas/Both/oneOf", "same tag",
    ),
    "no discriminator": (
        union(shape(const="one"), shape(const="two"), discriminator={}),
        "/components/schemas/Both/discriminator", "propertyName",
    ),
    "mapping that is none": (
        union(shape(const="one"), shape(const="two"), discriminator={"propertyName": "kind", "mapping": None}),
        "/components/schemas/Both/discriminator/mapping", "has to be a mapping",
    ),
    "mapping to a number": (
        union(shape(const="one"), shape(const="two"), discriminator={"propertyName": "kind", "mapping": {"one": 1}}),
        "/components/schemas/Both/discriminator/mapping/one", "has to be text",
    ),
    "mapping that disagrees": (
        union(shape(const="one"), shape(const="two"), discriminator={
            "propertyName": "kind", "mapping": {"one": "#/components/schemas/Two"},
        }),
        "/components/schemas/Both/discriminator/mapping", "what each const says",
    ),
    # operations
    "no operationId": (
        drop(*SEND, "operationId"), "/paths/~1v1~1sms~1{numberOrId}/post", "needs operationId",
    ),
    "operationId twice": (
        put(*STATUS, "operationId", value="sendSMS"),
        "/paths/~1v1~1sms~1{numberOrId}/post/operationId", "same function as in sms.yaml#/paths",
    ),
    "no x-idempotent": (
        drop(*SEND, "x-idempotent"), "/paths/~1v1~1sms~1{numberOrId}/post", "needs x-idempotent",
    ),
    "path parameter missing": (
        put(*SEND, "parameters", value=[]),
        "/paths/~1v1~1sms~1{numberOrId}/post/parameters", "numberOrId is not declared",
    ),
    "path parameter too many": (
        parameter(name="other"), "/paths/~1v1~1sms~1{numberOrId}/post/parameters", "is not",
    ),
    "parameter called body": (
        parameter(**{"x-python-name": "body"}),
        "/paths/~1v1~1sms~1{numberOrId}/post/parameters", "body cannot be the name",
    ),
    "unknown error code": (
        put(*SEND, "x-error-codes", value=[49999]),
        "/paths/~1v1~1sms~1{numberOrId}/post/x-error-codes", "49999 is not in the table",
    ),
    "no default response": (
        drop(*SEND, "responses", "default"),
        "/paths/~1v1~1sms~1{numberOrId}/post/responses", "a 2xx and a default",
    ),
    "no server": (drop("servers"), "/paths/~1v1~1sms~1{numberOrId}/get", "needs a server"),
    "two servers of one name": (
        put(*SEND, "servers", value=[{"url": "https://x", "description": "X.", "x-server-name": "sms"}]),
        "/paths/~1v1~1sms~1{numberOrId}/post", "another server is called sms",
    ),
    # webhooks
    "webhook by another method": (
        put("webhooks", "incomingSms", value={"get": {}}), "/webhooks/incomingSms/get", "is posted",
    ),
    "webhook without a tag": (
        both(drop(*EVENT, "properties", "event", "const"), drop(*EVENT, "required")),
        "/webhooks/incomingSms/post", "with a const",
    ),
    # what is received
    "nothing said of what identifies": (
        drop(*ANSWER, "x-identifies"), "/components/schemas/SendSmsResponse", "x-identifies has to list",
    ),
    "identifies, but is not promised": (
        put(*ANSWER, "x-identifies", value=["messageId", "other"]),
        "/components/schemas/SendSmsResponse/x-identifies", "names other, which is not required",
    ),
    "stands in for what identifies": (
        put(*ANSWER, "properties", "messageId", "x-if-missing", value=""),
        "/components/schemas/SendSmsResponse/properties/messageId/x-if-missing", "does not identify",
    ),
    "stands in, but is not empty": (
        put(*RECEIPT, "properties", "status", "x-if-missing", value="Unknown"),
        "/components/schemas/SmsStatusResponse/properties/status/x-if-missing", "has to be empty",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_fault_is_located(
    case: str, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    change, pointer, problem = CASES[case]
    with workshop.edited("sms.yaml") as document:
        change(document)
    assert workshop.run() == 2
    told = capsys.readouterr().err.splitlines()
    assert told == sorted(told, key=lambda line: line.partition(": ")[2].partition(": ")[0])
    assert any(line.startswith(f"codegen: sms.yaml#{pointer}") and problem in line for line in told)
    assert not workshop.output.exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "servers:\n",
            "servers: []\nservers:\n",
            'sms.yaml: line 10: found duplicate key "servers"',
        ),
        (
            "  title:",
            "\ttitle:",
            "sms.yaml: line 3: found character",
        ),
        ("tags:\n", "tags: [\n", "sms.yaml: line "),
        ("- Unknown\n", "- no\n  no: [1]\n", "sms.yaml: line "),
        ("openapi: 3.1.0", "- a list", "sms.yaml"),
    ],
    ids=["duplicate key", "tab", "open bracket", "indentation", "list"],
)
def test_yaml_fault_has_a_line(
    old: str, new: str, told: str, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    file = workshop.spec / "sms.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert workshop.run() == 2
    assert capsys.readouterr().err.startswith(f"codegen: {told}")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "webhooks.py",
            "hook.module",
            "hook.modul",
            "line 24: 'dict object' has no attribute 'modul'",
        ),
        ("webhooks.py", "{% endfor %}", "{% endfr %}", "line 25: Encountered unknown tag 'endfr'"),
        ("webhooks.py", "| literal", "| literl", "line 15: No filter named 'literl'"),
        ("webhooks.py", "{{ header }}", "{{ webhooks }}", "line 1: prints a list"),
        ("webhooks.py", "def event_model", "deff event_model", "ruff check: webhooks.py:"),
    ],
)
def test_template_fault_has_a_line(
    name: str, old: str, new: str, told: str, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    file = workshop.spec / "templates" / f"{name}.jinja"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert workshop.run() == 2
    error = capsys.readouterr().err
    assert error.startswith("codegen: spec/templates")
    assert told in error
    assert "Traceback" not in error


def test_no_document(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    workshop.spec = workshop.spec / "templates"
    assert workshop.run() == 2
    assert "there is no .yaml document" in capsys.readouterr().err


def test_wrong_tool(
    workshop: Workshop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from .conftest import load_codegen

    monkeypatch.setitem(load_codegen().PINNED, "ruff", "0.0.1")
    assert workshop.run() == 2
    assert "needs ruff 0.0.1, found " in capsys.readouterr().err
