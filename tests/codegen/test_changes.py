"""What the summary says of an edit: a hundred of them, each with what it means for users."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import Workshop, document, load_codegen

Document = dict[str, Any]
SMS, COMMON = "sms.yaml", "common.yaml"
PATH = "/v1/sms/{numberOrId}"


def surface_of(spec: Path) -> Document:
    codegen = load_codegen()
    _, view = codegen.understand(spec, codegen.Faults())
    made: Document = codegen.surface.manifest(view)
    return json.loads(json.dumps(made))  # as it is read back from the file


def reached(node: Any, *keys: Any) -> Any:
    for key in keys:
        node = node[key]
    return node


def edit(file: str, *path: Any, value: Any = None) -> Callable[[dict[str, Document]], None]:
    """Set a keyword, or take it away."""

    def change(documents: dict[str, Document]) -> None:
        target = reached(documents[file], *path[:-1])
        if value is None:
            del target[path[-1]]
        else:
            target[path[-1]] = value

    return change


Edit = tuple[str, Callable[[dict[str, Document]], None], str, str]


def every_property() -> Iterator[Edit]:
    """Eight edits of each property of a message: its name, description, type, and what else is noticed."""
    for schema, name in (
        ("SendSmsRequest", "message"), ("SendSmsRequest", "from"), ("SmsStatusResponse", "status"),
        ("IncomingSmsEvent", "to"), ("IncomingSmsEvent", "message"), ("IncomingSmsEvent", "version"),
        ("IncomingSmsEvent", "from"),
    ):  # fmt: skip
        here = ("components", "schemas", schema, "properties")
        node = document(SMS)["components"]["schemas"][schema]["properties"][name]
        python = node.get("x-python-name", name)
        said = f"schema {schema}.{python}"

        def renamed(
            documents: dict[str, Document], here: Any = here, name: str = name, python: str = python
        ) -> None:
            properties = reached(documents[SMS], *here)
            properties["other"] = {**properties.pop(name), "x-python-name": python}
            owner = reached(documents[SMS], *here[:-1])
            for key in ("required", "x-identifies"):
                if name in owner.get(key, []):
                    owner[key] = ["other" if wire == name else wire for wire in owner[key]]

        yield f"{said} on the wire", renamed, "breaking", f"~ {said}: wire: {name} -> other"
        yield (
            f"{said} in Python",
            edit(SMS, *here, name, "x-python-name", value="named"),
            "breaking",
            f"- {said}",
        )
        text = edit(SMS, *here, name, "description", value="Something else.")
        yield f"{said} described", text, "documentation", f"~ {said}: description"
        old = edit(SMS, *here, name, "deprecated", value=True)
        yield f"{said} deprecated", old, "additive", f"~ {said}: deprecated: no -> yes"
        secret = edit(SMS, *here, name, "x-secret", value=True)
        yield f"{said} secret", secret, "additive", f"~ {said}: secret: no -> yes"
        spelt = edit(SMS, *here, name, "x-aliases", value=["elsewhere"])
        yield (
            f"{said} in another spelling",
            spelt,
            "additive",
            f"~ {said}: aliases: none -> elsewhere",
        )
        if "$ref" not in node:
            limit = edit(SMS, *here, name, "maxLength", value=3)
            yield f"{said} limited", limit, "breaking", f"~ {said}: maxLength: none -> 3"
            kind = edit(
                SMS,
                *here,
                name,
                value={
                    "type": "boolean",
                    **{k: v for k, v in node.items() if k.startswith(("d", "x-"))},
                },
            )
            yield f"{said} of another type", kind, "breaking", f"~ {said}: form"


def every_operation() -> Iterator[Edit]:
    for method, python in (("post", "send_sms"), ("get", "get_sms_status")):
        here, said = ("paths", PATH, method), f"operation {python}"
        node = document(SMS)["paths"][PATH][method]
        flipped = edit(SMS, *here, "x-idempotent", value=not node["x-idempotent"])
        if node["x-idempotent"]:
            flipped = edit(SMS, *here, value={**node, "x-idempotent": False})
        yield f"{said} twice", flipped, "breaking", f"~ {said}: idempotent"
        yield f"{said} gone", edit(SMS, *here), "breaking", f"- {said}"
        named = edit(SMS, *here, "operationId", value="renamed")
        yield f"{said} renamed", named, "breaking", f"- {said}"
        text = edit(SMS, *here, "description", value="Something else.")
        yield f"{said} described", text, "documentation", f"~ {said}: description"
        old = edit(SMS, *here, "deprecated", value=True)
        yield f"{said} deprecated", old, "additive", f"~ {said}: deprecated: no -> yes"
        open_ = edit(SMS, *here, "security", value=[{"Basic": []}])
        yield f"{said} signed", open_, "breaking", f"~ {said}: security"
        codes = edit(SMS, *here, "x-error-codes", value=[40001, 40400])
        yield (
            f"{said} fails otherwise",
            codes,
            "breaking" if method == "post" else "additive",
            f"~ {said}: error codes",
        )
        schema = {"$ref": "common.yaml#/components/schemas/Money"}
        answer = edit(
            SMS, *here, "responses", "200", "content", "application/json", "schema", value=schema
        )
        yield f"{said} answers", answer, "breaking", f"~ {said}: gives: "
        second = {"description": "Nothing.", "content": {}}
        yield (
            f"{said} answers nothing", edit(SMS, *here, "responses", "204", value=second), "breaking",
            f"~ {said}: gives: ",
        )  # fmt: skip
        asked = {"name": "Why", "in": "header", "description": "Why.", "schema": {"type": "string"}}
        more = [*node["parameters"], asked]
        yield (
            f"{said} asks",
            edit(SMS, *here, "parameters", value=more),
            "additive",
            f"+ {said}.why: str",
        )
        more = [*node["parameters"], {**asked, "required": True}]
        yield (
            f"{said} insists",
            edit(SMS, *here, "parameters", value=more),
            "breaking",
            f"+ {said}.why: required",
        )


def the_rest() -> Iterator[Edit]:
    url = edit(SMS, "servers", 0, "url", value="https://elsewhere.example")
    yield (
        "server moves",
        url,
        "breaking",
        "~ server sms.SMS: url: https://messagingapi.sinch.com -> https://elsewhere",
    )
    shared = edit(SMS, "servers", 0, "x-all-in-one-path", value="/sms")
    yield "shared path", shared, "breaking", "~ server sms.SMS: shared_path: /messaging -> /sms"
    status = ("components", "schemas", "SmsStatus")
    for index, name in enumerate(
        document(SMS)["components"]["schemas"]["SmsStatus"]["x-enum-varnames"]
    ):
        value = edit(SMS, *status, "enum", index, value="Gone")
        if name != "FAULTED":  # it has an alias
            yield f"value of {name}", value, "breaking", f"~ schema SmsStatus.{name}"
        called = edit(SMS, *status, "x-enum-varnames", index, value="CALLED")
        yield f"name of {name}", called, "breaking", f"- schema SmsStatus.{name}"
        text = edit(SMS, *status, "x-enum-descriptions", index, value="Something else.")
        yield f"text of {name}", text, "documentation", f"~ schema SmsStatus.{name}: description"
    yield (
        "alias gone",
        edit(SMS, *status, "x-enum-aliases"),
        "breaking",
        "- schema SmsStatus.FAILED",
    )
    event = ("components", "schemas", "IncomingSmsEvent")
    tag = edit(SMS, *event, "properties", "event", "const", value="smsIncoming")
    yield (
        "tag",
        tag,
        "breaking",
        "~ schema IncomingSmsEvent: tags: event incomingSms -> event smsIncoming",
    )
    yield "webhook", edit(SMS, "webhooks", "incomingSms"), "breaking", "- webhook incomingsms"
    reply = {"200": {"description": "It.", "content": {"application/json": {"schema": {
        "$ref": "#/components/schemas/SendSmsResponse"}}}}}  # fmt: skip
    answers = edit(SMS, "webhooks", "incomingSms", "post", "responses", value=reply)
    yield (
        "reply model",
        answers,
        "breaking",
        "~ webhook incomingsms: reply: none -> SendSmsResponse",
    )
    for format_, told in (
        ("lenient-text", "read_text"),
        ("cli", "read_cli"),
        ("date-time", "read_datetime"),
    ):
        wire = edit(
            SMS,
            "components",
            "schemas",
            "SendSmsRequest",
            "properties",
            "message",
            "format",
            value=format_,
        )
        yield (
            f"wire format {format_}",
            wire,
            "breaking",
            f"~ schema SendSmsRequest.message: form: read_str / {{}} -> {told}",
        )
    request = ("components", "schemas", "SendSmsRequest")
    yield (
        "optional",
        edit(SMS, *request, "required", value=["from"]),
        "breaking",
        "~ schema SendSmsRequest.from_: required",
    )
    extra = edit(SMS, *request, "additionalProperties", value=True)
    yield (
        "further properties",
        extra,
        "breaking",
        "~ schema SendSmsRequest: further properties: none -> Any",
    )
    new = {"type": "string", "description": "New."}
    yield (
        "new field",
        edit(SMS, *request, "properties", "new", value=new),
        "additive",
        "+ schema SendSmsRequest.new: str | None",
    )
    yield "signing gone", edit(COMMON, "components", "securitySchemes", "Basic", "scheme", value="bearer"), "breaking", (
        "~ security scheme Basic: scheme: basic -> bearer"
    )  # fmt: skip
    codes = ("components", "schemas", "ErrorBody", "x-error-codes")
    table = next(
        (("components", "schemas", name, "x-error-codes") for name, schema in document(COMMON)["components"]["schemas"].items()
         if "x-error-codes" in schema), codes)  # fmt: skip
    meaning = edit(COMMON, *table, "40001", "meaning", value="Something else.")
    yield "meaning of a code", meaning, "documentation", "~ error code 40001: description"
    fresh = edit(COMMON, *table, "40099", value={"status": 400, "meaning": "New."})
    yield "new code", fresh, "additive", "+ error code 40099"
    yield "code gone", edit(COMMON, *table, "50301"), "breaking", "- error code 50301"
    gone = edit(SMS, "components", "schemas", "SendSmsRequest", "properties", "from")
    yield "field gone", gone, "breaking", "- schema SendSmsRequest.from_"


EDITS: list[Edit] = [*every_property(), *every_operation(), *the_rest()]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return surface_of(Workshop(tmp_path_factory.mktemp("before"), (COMMON, SMS)).spec)


def test_there_are_a_hundred() -> None:
    assert len(EDITS) >= 100
    assert len({name for name, *_ in EDITS}) == len(EDITS)


@pytest.mark.parametrize("case", EDITS, ids=[name for name, *_ in EDITS])
def test_edit_is_told(case: Edit, workshop: Workshop, before: Document) -> None:
    _, change, grade, line = case
    documents = {name: copy.deepcopy(document(name)) for name in (COMMON, SMS)}
    change(documents)
    for name, changed in documents.items():
        (workshop.spec / name).write_text(json.dumps(changed), encoding="utf-8")
    changes = load_codegen().changes
    found = changes.compare(before, surface_of(workshop.spec))
    assert any(str(one).startswith(line) and one.grade == grade for one in found), found
    assert found[0].grade == grade
    assert (
        changes.hint(found)
        == {"breaking": "major", "additive": "minor", "documentation": "patch"}[grade]
    )


def test_no_edit_no_change(before: Document) -> None:
    changes = load_codegen().changes
    assert changes.compare(before, before) == []
    assert changes.summary([]) == ["no change that a caller or the wire could notice"]


def test_what_says_nothing_may_be_left_out(before: Document) -> None:
    """A manifest that an older version wrote lacks what came later: no change while it is empty."""
    changes = load_codegen().changes
    older = copy.deepcopy(before)
    for operation in older["operations"].values():
        operation["header prefix"] = ""
        for empty in ("headers", "pages", "deprecated"):
            assert not operation.pop(empty)
        for argument in operation["arguments"].values():
            assert argument.pop("deprecated") is False
    assert changes.compare(older, before) == changes.compare(before, older) == []
    older["operations"]["send_sms"]["header prefix"] = "X-CB-"
    assert changes.compare(older, before) != []


def test_words_and_change_log(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    assert workshop.run() == 0
    capsys.readouterr()
    with workshop.edited(SMS) as changed:
        changed["paths"][PATH]["post"]["x-idempotent"] = True
        changed["components"]["schemas"]["SendSmsRequest"]["properties"]["flash"] = {
            "type": "boolean", "description": "Whether it pops up.",
        }  # fmt: skip
    words = [
        "breaking:", "  ~ operation send_sms: idempotent: no -> yes",
        "additive:", "  + schema SendSmsRequest.flash: bool | None", "version: at least a major one",
    ]  # fmt: skip
    assert workshop.run("--check") == 1
    assert [line for line in capsys.readouterr().out.splitlines() if line in words] == words
    assert workshop.run("--changelog") == 0
    assert capsys.readouterr().out.startswith(
        "### Breaking\n\n- Changed operation `send_sms`: idempotent: no -> yes.\n\n"
        "### Added\n\n- New schema `SendSmsRequest.flash`: bool | None.\n"
    )
    assert workshop.run() == 0
    assert capsys.readouterr().out.startswith("no change that a caller or the wire could notice\n")
