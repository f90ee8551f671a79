"""Why the copy for openapi-python-client is not the document itself, and that its result decides.

For each thing that is put differently: what the parser makes of it as it stands, and what comes out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from .conftest import ROOT, load_codegen

Document = dict[str, Any]
load_codegen()
from generator import adapt, complete, load, prepare, views  # noqa: E402  (codegen.py says where it is)
from generator.faults import Faults  # noqa: E402

TEXT = {"type": "string"}
LIST = {"type": "array", "items": TEXT}


def of_schemas(**schemas: Any) -> Document:
    return {
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {},
        "components": {"schemas": schemas},
    }  # fmt: skip


def of_operation(path: str = "/x", **said: Any) -> Document:
    node = {"operationId": "it", "responses": {"200": {"description": "It."}}, **said}
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {path: {"get": node}},
    }


def ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def plainly(document: Document) -> Any:
    """What the parser makes of a document as it stands: models with their annotations, and errors."""
    data = adapt.parse(json.loads(json.dumps(document)))
    if not hasattr(data, "models"):
        return "refused", []
    models = {
        str(model.class_info.name): {
            str(prop.name.get_untrusted_value()): prop.get_type_string(
                no_optional=True
            ).as_unembedded_code()
            for prop in [*(model.required_properties or []), *(model.optional_properties or [])]
        }
        for model in data.models
    }
    collections = data.endpoint_collections_by_tag.values()
    errors = [*data.errors, *(error for found in collections for error in found.parse_errors)]
    operations = [endpoint for found in collections for endpoint in found.endpoints]
    return {"models": models, "operations": operations}, errors


def understood(document: Document, tmp_path: Path) -> Any:
    file = tmp_path / "document.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    _, view = load_codegen().understand(file, Faults(lenient=True))
    return view


def fields(document: Document, tmp_path: Path, name: str) -> dict[str, str]:
    view = understood(document, tmp_path)
    items = {item["name"]: item for module in view["modules"] for item in module["content"]}
    return {field["wire"]: field["annotation"] for field in items[name].get("fields", [])}


SCHEMAS: dict[str, tuple[Document, dict[str, str], dict[str, str]]] = {
    # document, what the parser has in the class Out (an empty one: it has no such class), and we have
    "null in an enumeration": (
        of_schemas(Out={"type": "object", "properties": {"a": {"enum": ["x", None]}}}),
        {"a": "None | OutAType1"}, {"a": "OutA | None"},
    ),
    "nullable beside an enumeration": (
        of_schemas(Out={"type": "object", "required": ["a"], "properties": {"a": {"enum": ["x"], "nullable": True, "type": "string"}}}),
        {"a": "OutA"}, {"a": "OutA | None"},
    ),
    "const null": (
        of_schemas(Out={"type": "object", "properties": {"a": {"const": None}, "b": TEXT}}),
        {"a": "Any", "b": "str"}, {"a": "None", "b": "str | None"},
    ),
    "a list in a child": (
        of_schemas(
            Out={"type": "object", "properties": {"a": LIST}},
            Child={"allOf": [ref("Out"), {"type": "object", "properties": {"a": {"type": "array", "items": {"enum": ["x"], "type": "string"}}}}]},
        ),
        {"a": "list[ChildAItem]"}, {"a": "tuple[str, ...]"},
    ),
    "allOf in allOf": (
        of_schemas(
            A={"type": "object", "properties": {"a": TEXT}},
            Out={"allOf": [ref("A"), {"allOf": [{"type": "object", "properties": {"b": TEXT}}]}]},
        ),
        {"a": "str"}, {"a": "str | None", "b": "str | None"},
    ),
    "properties beside a single reference": (
        of_schemas(
            A={"type": "object", "properties": {"a": TEXT}},
            Out={"allOf": [ref("A")], "type": "object", "properties": {"b": TEXT}},
        ),
        {}, {"a": "str | None", "b": "str | None"},
    ),
    "names that differ in signs only": (
        of_schemas(Out={"type": "object", "properties": {"+1": {"type": "integer"}, "-1": {"type": "integer"}}}),
        {}, {"+1": "int | None", "-1": "int | None"},
    ),
    "values alike in capitals": (
        of_schemas(Out={"type": "object", "properties": {"a": {"type": "string", "enum": ["up", "UP"]}}}),
        {}, {"a": "OutA | None"},
    ),
    "numbers in an enumeration": (
        of_schemas(Out={"type": "object", "properties": {"a": {"type": "number", "enum": [1.5, 2]}}}),
        {}, {"a": "float | None"},
    ),
    "a default that does not fit": (
        of_schemas(Out={"type": "object", "properties": {"a": {"type": "integer", "default": "many"}}}),
        {}, {"a": "int | None"},
    ),
    "items without a type": (
        of_schemas(Out={"type": "object", "properties": {"a": {"items": TEXT}}}),
        {"a": "Any"}, {"a": "tuple[str, ...]"},
    ),
    "an array without items": (
        of_schemas(Out={"type": "object", "properties": {"a": {"type": "array"}}}),
        {}, {"a": "tuple[Any, ...]"},
    ),
    "a schema that is true": (
        of_schemas(Out={"type": "object", "properties": {"a": True}}), {}, {"a": "Any"},
    ),
    "a list that is part of itself": (
        of_schemas(
            Nest={"type": "array", "items": {"anyOf": [ref("Nest"), TEXT]}},
            Out={"type": "object", "properties": {"a": ref("Nest")}},
        ),
        {}, {"a": "tuple[Any, ...]"},
    ),
    "another name of an object": (
        of_schemas(A={"type": "object", "title": "A", "properties": {"a": TEXT}}, B=ref("A"),
                   Out={"type": "object", "properties": {"b": ref("B")}}),
        {}, {"b": "A | None"},
    ),
    "what a parent says of further properties": (
        of_schemas(
            A={"type": "object", "properties": {"a": TEXT}, "additionalProperties": {"type": "integer"}},
            Out={"allOf": [ref("A"), {"type": "object", "properties": {"b": TEXT}}]},
        ),
        {"a": "str", "b": "str"}, {"a": "str | None", "b": "str | None"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SCHEMAS)
def test_schema_is_read_right(case: str, tmp_path: Path) -> None:
    document, before, after = SCHEMAS[case]
    found, _ = plainly(document)
    plain = {} if found == "refused" else found["models"].get("Out", {})
    assert plain == before
    assert fields(document, tmp_path, "Out") == after


def test_a_choice_in_all_of_is_shared_out(tmp_path: Path) -> None:
    document = of_schemas(
        A={"type": "object", "properties": {"a": TEXT}},
        B={"type": "object", "properties": {"b": TEXT}}, C={"type": "object", "properties": {"c": TEXT}},
        Out={"allOf": [ref("A"), {"oneOf": [ref("B"), ref("C")]}]},
        Beside={"properties": {"d": TEXT}, "oneOf": [ref("B"), ref("C")]},
    )  # fmt: skip
    plain = plainly(document)[0]["models"]
    assert plain["Out"] == {"a": "str"}
    assert "Beside" not in plain
    view = understood(document, tmp_path)
    items = {item["name"]: item for module in view["modules"] for item in module["content"]}
    for name, own in (("Out", "a"), ("Beside", "d")):
        members = items[name]["annotation"].split(" | ")
        assert [sorted(f["wire"] for f in items[m]["fields"]) for m in members] == [
            sorted([own, "b"]),
            sorted([own, "c"]),
        ]


def parameter(**said: Any) -> Document:
    return of_operation(parameters=[{"name": "p", "in": "query", **said}])


OPERATIONS: dict[str, tuple[Document, str]] = {
    # what the parser drops or refuses, and the signature that comes out
    "a parameter with content": (parameter(content={"application/json": {"schema": LIST}}), "*, p: tuple[str, ...] | None = None"),
    "a list in a header": (
        of_operation(parameters=[{"name": "p", "in": "header", "schema": LIST}]), "*, p: tuple[str, ...] | None = None",
    ),
    "a date in a header": (
        of_operation(parameters=[{"name": "p", "in": "header", "schema": {"type": "string", "format": "date"}}]),
        "*, p: date | None = None",
    ),
    "a dot in a path": (
        of_operation("/x/{a.b}", parameters=[{"name": "a.b", "in": "path", "required": True, "schema": TEXT}]), "a_b: str",
    ),
    "a parameter called client": (
        of_operation(parameters=[{"name": "client", "in": "query", "schema": TEXT}]), "*, client: str | None = None",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OPERATIONS)
def test_operation_is_read_right(case: str, tmp_path: Path) -> None:
    document, signature = OPERATIONS[case]
    found, errors = plainly(document)
    named = [
        str(p.python_name)
        for endpoint in found["operations"]
        for p in endpoint.list_all_parameters()
    ]
    assert errors or named != [signature.replace("*, ", "").partition(":")[0]]
    view = understood(document, tmp_path)
    assert [o["signature"] for m in view["operation_modules"] for o in m["operations"]] == [
        signature
    ]


def test_answers_and_security(tmp_path: Path) -> None:
    """Of several content types the parser takes whichever comes first; what the root says is lost."""
    both = {"text/plain": {"schema": TEXT}, "application/json": {"schema": {"type": "integer"}}}
    document = of_operation(responses={"200": {"description": "B.", "content": both}})
    document["security"] = [{"key": []}]
    found, _ = plainly(document)
    assert (
        found["operations"][0].responses.patterns[0].prop.get_type_string().as_unembedded_code()
        == "str"
    )
    assert found["operations"][0].requires_security is False
    file = tmp_path / "document.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    faults = Faults(lenient=True)
    _, view = load_codegen().understand(file, faults)
    (operation,) = view["operation_modules"][0]["operations"]
    assert (operation["result"], operation["security"]) == ("int", [["key"]])
    assert [fault.pointer for fault in faults] == [
        "/paths/~1x/get/responses/200/content/text~1plain"
    ]


def test_operation_ids_that_differ_by_case(tmp_path: Path) -> None:
    document = of_operation()
    document["paths"] |= {
        f"/{name}": {"get": {"operationId": name, "responses": {"200": {"description": "It."}}}}
        for name in ("getX", "get_x", "GetX")
    }
    assert len(understood(document, tmp_path)["all_operations"]) == 4


def test_a_path_that_is_a_reference_and_webhooks(tmp_path: Path) -> None:
    document = of_operation()
    document["paths"]["/y"] = {"$ref": "#/paths/~1x"}
    document["components"] = {"schemas": {"Event": {"type": "object", "properties": {"a": TEXT}}}}
    body = {"content": {"application/json": {"schema": ref("Event")}}}
    document["webhooks"] = {
        "sent": {"post": {"requestBody": body, "responses": {"200": {"description": "O."}}}}
    }
    assert len(plainly(document)[0]["operations"]) == 1
    view = understood(document, tmp_path)
    assert sorted(o["route"] for m in view["operation_modules"] for o in m["operations"]) == [
        "/x",
        "/y",
    ]
    assert [hook["model"] for hook in view["webhooks"]] == ["Event"]


# --- the parser decides -------------------------------------------------------------------------


def outcome(change: Callable[[Any], Any]) -> tuple[list[str], Any]:
    """Our own specification, with something taken out of what the parser says: the faults, and the view."""
    faults = Faults()
    spec = load.Spec(ROOT / "spec", faults)
    api = change(adapt.read(spec, prepare.prepare(spec)))
    complete.check(spec, api)
    return [str(fault) for fault in faults], views.build(spec, api)


def model(api: Any, name: str, **changes: Any) -> Any:
    return attrs.evolve(api, models={**api.models, name: attrs.evolve(api.models[name], **changes)})


def test_a_property_less_is_refused() -> None:
    def change(api: Any) -> Any:
        left = [p for p in api.models["SendSmsRequest"].properties if p.wire != "from"]
        return model(api, "SendSmsRequest", properties=tuple(left))

    faults, _ = outcome(change)
    assert [fault.partition(": ")[0] for fault in faults] == [
        "sms.yaml#/components/schemas/SendSmsRequest/properties/from"
    ]


def test_a_requirement_less_is_refused() -> None:
    def change(api: Any) -> Any:
        freed = [attrs.evolve(p, required=False) for p in api.models["SendSmsRequest"].properties]
        return model(api, "SendSmsRequest", properties=tuple(freed))

    faults, view = outcome(change)
    assert faults[0].startswith(
        "sms.yaml#/components/schemas/SendSmsRequest/required: message got lost"
    )
    (item,) = [i for m in view["modules"] for i in m["content"] if i["name"] == "SendSmsRequest"]
    assert item["fields"][0]["annotation"] == "str | None"


@pytest.mark.parametrize("part", ["answers", "parameters", "body"])
def test_a_part_of_an_operation_less_is_refused(part: str) -> None:
    def change(api: Any) -> Any:
        place = next(
            at for at, o in api.operations.items() if o.source.node.get("operationId") == "sendSms"
        )
        without = {"answers": {}, "parameters": (), "body": None}[part]
        changed = attrs.evolve(api.operations[place], **{part: without})
        return attrs.evolve(api, operations={**api.operations, place: changed})

    try:
        faults, _ = outcome(change)
    except Exception as error:  # noqa: BLE001  (without its parameters nothing can be made of a path)
        faults = [str(error)]
    assert faults
    word = {"answers": "responses/200", "parameters": "", "body": "requestBody"}[part]
    assert any(word in fault for fault in faults)


def test_nothing_of_the_parser_is_replaced() -> None:
    """One module knows it, and assigns to nothing of it."""
    told = [
        file.name for file in (ROOT / "spec" / "generator").glob("*.py")
        if re_imports(file.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert told == ["adapt.py"]
    source = (ROOT / "spec" / "generator" / "adapt.py").read_text(encoding="utf-8")
    assert "setattr" not in source
    assert not re_imports((ROOT / "codegen.py").read_text(encoding="utf-8"))


def re_imports(source: str) -> bool:
    return any(
        line.startswith(("import openapi_python", "from openapi_python"))
        for line in map(str.strip, source.splitlines())
    )
