"""What codegen.py makes of an edited specification, and how --check and the summary behave."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from .conftest import ROOT, Workshop, load_codegen, tree_of

NASTY = 'Braces {x} {{ y }} {% z %}, percent %s, a \\ and """three quotes""". Says "stop."'


def _extend_sms(document: dict[str, Any]) -> None:
    """A field, an enum value, operations, a webhook, a union, and descriptions that bite."""
    schemas = document["components"]["schemas"]
    text = {"type": "string", "description": "Text."}
    schemas["SendSmsRequest"]["properties"] |= {
        "validityPeriod": {"type": "integer", "format": "seconds", "description": "How long."},
        "nasty": {"type": "string", "deprecated": True, "description": NASTY},
        "grid": {
            "type": "array", "description": "Rows.",
            "items": {"type": "array", "items": {"type": "string", "format": "date-time"}},
        },
        "labels": {
            "type": "object", "additionalProperties": {"type": "string"}, "description": "Labels.",
        },
        "shapes": {
            "type": "array", "items": {"$ref": "#/components/schemas/Figure"},
            "description": "Figures.",
        },
        "pin": {"type": "string", "x-secret": True, "description": "Secret."},
        "state": {"$ref": "#/components/schemas/SmsStatus", "description": "Beside the ref."},
    }  # fmt: skip
    status = schemas["SmsStatus"]
    status["enum"].append("Expired")
    status["x-enum-varnames"].append("EXPIRED")
    status["x-enum-descriptions"].append('Too old, "stale".')
    status["x-enum-aliases"]["TOO_LATE"] = "Expired"
    for name, const in (("BigSquare", "bigSquare"), ("Circle", "CIRCLE")):
        schemas[name] = {
            "type": "object", "description": f"A {name}.", "required": ["figureKind"],
            "properties": {
                "figureKind": {"type": "string", "const": const, "description": "Tag."},
                "size": {"type": "integer", "description": "Size."},
            },
        }  # fmt: skip
    schemas["Figure"] = {
        "description": "Either.",
        "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("BigSquare", "Circle")],
        "discriminator": {"propertyName": "figureKind"},
    }
    schemas["SmsReceiptEvent"] = {
        "type": "object", "description": "Receipt.", "required": ["event"],
        "properties": {
            "event": {"type": "string", "const": "smsReceipt", "description": "Kind."},
            "figure": {"$ref": "#/components/schemas/Figure", "description": "Figure."},
        },
    }  # fmt: skip
    document["webhooks"]["smsReceipt"] = {"post": {
        "operationId": "onSmsReceipt", "tags": ["sms"], "summary": "Receipt.", "description": "R.",
        "requestBody": {"description": "B.", "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/SmsReceiptEvent"},
        }}},
        "responses": {"200": {"description": "Answer.", "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/SendSmsResponse"},
        }}}},
    }}  # fmt: skip
    default = {"$ref": "common.yaml#/components/responses/Error"}
    base = {
        "tags": ["sms"],
        "summary": 'Ends in "quote".',
        "description": NASTY,
        "x-error-codes": [40001],
    }

    def content(schema: dict[str, Any]) -> dict[str, Any]:
        return {"description": "Answer.", "content": {"application/json": {"schema": schema}}}

    document["paths"]["/v1/batch/{batchNo}/{state}/{class}"] = {
        "parameters": [
            {"name": "batchNo", "in": "path", "required": True, "description": "No.", "schema": {"type": "integer"}},
            {"name": "state", "in": "path", "required": True, "description": "State.",
             "schema": {"$ref": "#/components/schemas/SmsStatus"}},
            {"name": "class", "in": "path", "required": True, "description": "Class.", "schema": text},
        ],
        "delete": {
            **base, "operationId": "abandonBatch", "x-idempotent": True, "deprecated": True,
            "parameters": [
                {"name": "X-Reason", "in": "header", "required": True, "description": "Why.", "schema": {"type": "string"}},
                {"name": "X-Note", "in": "header", "description": "Note.", "schema": {"type": "string"}},
            ],
            "responses": {"204": {"description": "Done."}, "default": default},
        },
        "get": {
            **base, "operationId": "listFigures", "x-idempotent": True,
            "responses": {
                "200": content({"type": "array", "items": {"$ref": "#/components/schemas/Figure"}}),
                "default": default,
            },
        },
    }  # fmt: skip


PROBE = r"""
import pickle
from datetime import UTC, datetime, timedelta
import sinch_api
assert sinch_api.__file__.startswith(OUTPUT), sinch_api.__file__
from sinch_api import operations, webhooks
from sinch_api.convert import structure, unstructure
from sinch_api.models import sms
from sinch_api.operations.sms import SMS

# a field, with its type; descriptions that bite come out as they went in
request = sms.SendSmsRequest.from_wire({
    "message": "m", "VALIDITYPERIOD": 90, "grid": [["2020-01-01T00:00:00"], []], "labels": {"a": "b"},
    "shapes": [{"FIGUREKIND": "BIGSQUARE", "size": 1}, {"figureKind": "Blob", "x": 1}], "pin": "1234",
})
assert request.validity_period == timedelta(seconds=90)
assert request.grid == ((datetime(2020, 1, 1, tzinfo=UTC),), ())
assert request.labels == {"a": "b"}
assert request.shapes[0] == sms.BigSquare(size=1)
assert request.shapes[0].figure_kind == "bigSquare"
assert request.shapes[1] == sms.UnknownFigure(figure_kind="Blob", raw={"figureKind": "Blob", "x": 1})
assert hash(request.shapes) and hash(request)
assert "1234" not in repr(request)
assert request.to_wire() == {
    "message": "m", "validityPeriod": 90, "grid": [["2020-01-01T00:00:00Z"], []], "labels": {"a": "b"},
    "shapes": [{"figureKind": "bigSquare", "size": 1}, {"figureKind": "Blob", "x": 1}], "pin": "1234",
}
assert sms.SendSmsRequest(message="m").to_wire() == {"message": "m"}
assert structure([{"figurekind": "circle"}], list[sms.Figure]) == [sms.Circle()]
assert unstructure({"a": sms.Circle()}) == {"a": {"figureKind": "CIRCLE"}}
source = open(sms.__file__).read()
docs = [node.value.value for node in __import__("ast").walk(__import__("ast").parse(source))
        if type(node).__name__ == "Expr" and isinstance(getattr(node.value, "value", None), str)]
flat = [" ".join(doc.split()) for doc in docs]
assert "Deprecated. " + NASTY in flat, flat
assert "Beside the ref." in flat

# an enum value and an alias of it
assert sms.SmsStatus("expired") is sms.SmsStatus.EXPIRED is sms.SmsStatus.TOO_LATE
assert sms.SmsStatus.EXPIRED.name == "EXPIRED"

# operations: formats in the path, headers, no content, an array
cancel = operations.abandon_batch(7, sms.SmsStatus.EXPIRED, "a/b", x_reason="because")
assert (cancel.method, cancel.path, cancel.idempotent) == ("DELETE", "/v1/batch/7/Expired/a%2Fb", True)
assert cancel.headers == {"X-Reason": "because"} and cancel.server is SMS
assert operations.abandon_batch(7, sms.SmsStatus.EXPIRED, "c", x_reason="r", x_note="n").headers["X-Note"] == "n"
assert cancel.read(204, {}, b"") is None
doc = " ".join(operations.abandon_batch.__doc__.split())
assert doc.startswith('Ends in "quote". Deprecated. ' + NASTY), doc
assert doc.endswith("``x_note``: Note. Error codes: 40001."), doc
found = operations.list_figures(1, sms.SmsStatus.EXPIRED, "c").read(200, {}, b'[{"figureKind":"circle"},{"figureKind":"?"}]')
assert found == (sms.Circle(), sms.UnknownFigure(figure_kind="?", raw={"figureKind": "?"}))

# a webhook
event = webhooks.event_model("SMSRECEIPT").from_wire({"event": "smsReceipt", "figure": {"figureKind": "circle"}, "z": 1})
assert isinstance(event, sms.SmsReceiptEvent) and event.figure == sms.Circle() and event.raw["z"] == 1
assert webhooks.REPLIES["smsreceipt"] == ("sms", "SendSmsResponse")
print("proved")
"""


def test_edited_specification(whole_workshop: Callable[[], Workshop]) -> None:
    workshop = whole_workshop()
    shutil.copytree(ROOT / "generated", workshop.output)
    with workshop.edited("sms.yaml") as document:
        _extend_sms(document)
        del document["components"]["schemas"]["SendSmsRequest"]["properties"]["from"]
    started = time.perf_counter()
    done = workshop.run_program()
    print(f"\npython codegen.py took {time.perf_counter() - started:.2f} s")
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[:-1] == [
        "breaking:",
        "  - schema SendSmsRequest.from_",
        "additive:",
        "  + operation abandon_batch",
        "  + operation list_figures",
        "  + schema BigSquare",
        "  + schema Circle",
        "  + schema Figure",
        "  + schema SendSmsRequest.grid: tuple[tuple[datetime, ...], ...]",
        "  + schema SendSmsRequest.labels: Mapping[str, str] | None",
        "  + schema SendSmsRequest.nasty: str | None",
        "  + schema SendSmsRequest.pin: str | None",
        "  + schema SendSmsRequest.shapes: tuple[Figure, ...]",
        "  + schema SendSmsRequest.state: SmsStatus | None",
        "  + schema SendSmsRequest.validity_period: timedelta | None",
        "  + schema SmsReceiptEvent",
        "  + schema SmsStatus.EXPIRED: Expired",
        "  + schema SmsStatus.TOO_LATE: Expired",
        "  + webhook smsreceipt",
        "version: at least a major one",
    ]
    probe = f"OUTPUT = {str(workshop.output)!r}\nNASTY = {NASTY!r}\n{PROBE}"
    path = os.pathsep.join([str(workshop.output), str(ROOT)])
    proved = subprocess.run(
        [sys.executable, "-c", probe], env={**os.environ, "PYTHONPATH": path},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert proved.returncode == 0, proved.stderr
    assert proved.stdout == "proved\n"


def test_check(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    assert workshop.run("--check") == 1
    assert "missing: sinch_api/codec.py" in capsys.readouterr().out
    assert not workshop.output.exists()
    assert workshop.run() == 0
    assert workshop.run("--check") == 0
    package = workshop.output / "sinch_api"
    before = workshop.tree()
    capsys.readouterr()

    (package / "models" / "sms.py").write_text("edited\n", encoding="utf-8")
    (package / "models" / "stray.py").write_text("stray\n", encoding="utf-8")
    (package / "stray.bin").write_bytes(b"\xff\x00")
    (package / "webhooks.py").unlink()
    stale = workshop.tree()
    assert workshop.run("--check") == 1
    said = capsys.readouterr().out
    for line in (
        "changed: sinch_api/models/sms.py",
        "-edited",
        "+class SendSmsRequest(Model):",
        "stray: sinch_api/models/stray.py",
        "-stray",
        "stray: sinch_api/stray.bin",
        "missing: sinch_api/webhooks.py",
        "+EVENTS: dict[str, tuple[str, str]] = {",
        "generated/ is stale: run python codegen.py",
    ):
        assert line in said.splitlines()
    assert workshop.tree() == stale

    assert workshop.run() == 0
    assert "2 changed, 2 removed" in capsys.readouterr().out
    assert workshop.tree() == before


def test_output_depends_on_the_specification_only(whole_workshop: Callable[[], Workshop]) -> None:
    """Not on the hash seed, the directory, the configuration around it, or the version of Python."""
    found = map(shutil.which, ("python3.12", "python3.13"))
    runs = [sys.executable, *(python for python in found if python and _has_tools(python))]
    for seed, python in enumerate(runs):
        workshop = whole_workshop()
        workshop.output = workshop.output / f"deep{seed}"
        workshop.output.mkdir(parents=True)
        (workshop.output / "ruff.toml").write_text("line-length = 60\n", encoding="utf-8")
        done = workshop.run_program(python, cwd=workshop.output, PYTHONHASHSEED=str(seed))
        assert done.returncode == 0, done.stderr
        (workshop.output / "ruff.toml").unlink()
        assert workshop.tree() == tree_of(ROOT / "generated")
    print(f"\nthe same as in generated/ from {runs}")


def _has_tools(python: str) -> bool:
    done = subprocess.run(
        [python, "-c", "import openapi_python_client, ruff"], capture_output=True, check=False
    )
    return done.returncode == 0


def test_committed_package_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert load_codegen().main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(file.name for file in (ROOT / "spec").glob("*.yaml")))
def test_document_is_valid_openapi(name: str, documents: dict[str, Any]) -> None:
    file: Path = ROOT / "spec" / name
    validate(documents[name], base_uri=file.as_uri(), cls=OpenAPIV31SpecValidator)
