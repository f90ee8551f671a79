"""How the values of an API look in Python, and how they are read and written."""

from __future__ import annotations

import attrs

from .api import Api, Type
from .faults import Level, at
from .load import Spec
from .names import reader_name
from .naming import Naming


@attrs.frozen
class PythonType:
    """How a value looks in Python.

    ``read`` is the expression of a function; in ``write``, ``{}`` is the value. ``strict`` is the
    function for a value inside of another, whose model decides whether to be lenient. ``names`` are
    the schemas that it is made of, ``json`` what it is in JSON. ``empty`` is what stands for nothing at
    all, where that is not None.
    """

    annotation: str
    read: str
    write: str = "{}"
    items: PythonType | None = None
    empty: str | None = None
    names: frozenset[str] = frozenset()
    json: str = "text"
    strict: str = attrs.field()

    @strict.default
    def _strict(self) -> str:
        return self.read

    @property
    def hashable(self) -> bool:
        """Whether values of this type, being immutable, can be hashed."""
        return "Mapping[" not in self.annotation and "Any" not in self.annotation


FORMATS = {
    ("text", "clock-duration"): PythonType("timedelta", "read_clock", "write_clock({})"),
    ("text", "cli"): PythonType("Cli", "read_cli", "write_cli({})"),
    ("text", "message-id"): PythonType("str", "read_text", "write_message_id({})"),
    ("text", "msisdn"): PythonType("str", "read_msisdn", "write_msisdn({})"),
    ("text", "lenient-text"): PythonType("str", "read_text"),
    ("text", "byte"): PythonType("bytes", "read_base64", "write_base64({})"),
    ("number", "decimal"): PythonType("Decimal", "read_decimal", "write_decimal({})", json="number"),
    ("integer", "seconds"): PythonType("timedelta", "read_seconds", "write_seconds({})", json="number"),
    ("integer", "milliseconds"): PythonType(
        "timedelta", "read_milliseconds", "write_milliseconds({})", json="number"
    ),
    ("integer", "lenient-int"): PythonType("int", "read_int", json="number"),
}  # fmt: skip
#: Formats that say more of a value, and change nothing in Python.
SAME = {
    "text": {
        "uri", "url", "uri-reference", "iri", "email", "idn-email", "hostname", "ipv4", "ipv6", "ip", "password",
        "regex", "time", "duration", "json-pointer", "char", "phone", "markdown", "html",
    },
    "integer": {"int32", "int64", "uint32", "uint64", "int", "long"},
    "number": {"float", "double"},
}  # fmt: skip
PLAIN = {
    "text": PythonType("str", "read_str"),
    "boolean": PythonType("bool", "read_bool", json="boolean"),
    "integer": PythonType("int", "read_int", json="integer"),
    "number": PythonType("float", "read_float", json="number"),
    "date-time": PythonType("datetime", "read_datetime", "write_datetime({})"),
    "date": PythonType("date", "read_date", "write_date({})"),
    "uuid": PythonType("UUID", "read_uuid", "str({})"),
    "any": PythonType("Any", "read_any", json="any"),
    "null": PythonType("None", "read_any", json="any"),
}
UPLOAD = PythonType("Upload", "read_upload", "{}", json="any")
OBJECT = PythonType("Mapping[str, Any]", "read_object", "dict({})", json="object")
STRINGS = PythonType("Mapping[str, str]", "read_strings", "dict({})", json="object")
#: Texts by phone number: keys with their plus sign, which come and go without it.
BY_MSISDN = PythonType("Mapping[str, str]", "read_by_msisdn", "write_by_msisdn({})", json="object")


class Typist:
    """Finds the Python type of what the parser found, with formats from the specification."""

    def __init__(self, spec: Spec, api: Api, naming: Naming) -> None:
        self.spec = spec
        self.api = api
        self.naming = naming

    def of(self, kind: Type, *, uploads: bool = False) -> PythonType:
        """The type of a value, null aside."""
        match kind.kind:
            case "list":
                return self._list(kind, uploads=uploads)
            case "map":
                return self._map(kind)
            case "model":
                name = self.naming.classes[kind.name]
                strict = f"{name}.from_wire_strictly"
                return PythonType(
                    name, f"{name}.from_wire", "{}.to_wire()", names=frozenset({kind.name}), json="object", strict=strict
                )  # fmt: skip
            case "enum":
                name = self.naming.classes[kind.name]
                text = isinstance(self.api.enums[kind.name].values[0], str)
                return PythonType(
                    name, f"{name}.from_wire", "{}.to_wire()", names=frozenset({kind.name}),
                    json="text" if text else "integer",
                )  # fmt: skip
            case "choice":
                return self._choice(kind)
            case "const":
                value = repr(kind.value) if not isinstance(kind.value, str) else literal(kind.value)
                return PythonType(
                    f"Literal[{value}]", f"exactly({value})", json=_json_of(kind.value)
                )
            case "binary":
                return UPLOAD if uploads else PLAIN["text"]
        return self._formatted(kind)

    def nested(self, kind: Type, *, uploads: bool = False) -> PythonType:
        """The type of a value that stands in a list or a map, where null is a value of its own."""
        found = self.of(kind, uploads=uploads)
        if not kind.nullable or found.annotation in {"Any", "None"}:
            return found
        write = (
            found.write
            if found.write == "{}"
            else f"(None if {{0}} is None else {found.write.replace('{}', '{0}')})"
        )
        return attrs.evolve(
            found, annotation=f"{found.annotation} | None", read=f"nullable({found.read})", write=write,
            strict=f"nullable({found.strict})", items=None,
            empty=None,
        )  # fmt: skip

    def _formatted(self, kind: Type) -> PythonType:
        node = self.spec.node(kind.at)
        given = node.get("format") if isinstance(node, dict) else None
        if isinstance(given, str):
            if (kind.kind, given) in FORMATS:
                return FORMATS[kind.kind, given]
            known = given in SAME.get(kind.kind, ()) or given == kind.kind
            if not known and not self.spec.faults.lenient:
                named = node.get("type")
                self.spec.fault(
                    at(kind.at, "format"), f"format {given} of type {named} is not one we know"
                )
        return PLAIN[kind.kind]

    def _is_pair(self, kind: Type) -> bool:
        model = self.api.models.get(kind.name)
        return model is not None and {"key", "value"} <= {prop.wire for prop in model.properties}

    def _pairs(self, kind: Type) -> PythonType:
        """An array of objects with key and value, as a mapping."""
        inner = self.of(kind.parts[0])
        return PythonType(
            "Pairs",
            f"pairs_of({inner.read})",
            "{}.to_wire()",
            empty="Pairs()",
            names=inner.names,
            json="list",
            strict=f"pairs_of({inner.strict})",
        )

    def _list(self, kind: Type, *, uploads: bool) -> PythonType:
        node = self.spec.node(kind.at)
        if node.get("format") == "pairs" and self._is_pair(kind.parts[0]):
            return self._pairs(kind)
        inner = self.nested(kind.parts[0], uploads=uploads)
        write = inner.write.format("element")
        return PythonType(
            f"tuple[{inner.annotation}, ...]",
            f"list_of({inner.read})",
            "list({})" if write == "element" else f"[{write} for element in {{}}]",
            items=inner,
            empty="()",
            names=inner.names,
            json="list",
            strict=f"list_of({inner.strict})",
        )

    def _map(self, kind: Type) -> PythonType:
        inner = self.nested(kind.parts[0])
        if inner.annotation == "Any":
            return OBJECT
        if inner == PLAIN["text"]:
            return BY_MSISDN if self.spec.node(kind.at).get("format") == "by-msisdn" else STRINGS
        write = inner.write.format("value")
        return PythonType(
            f"Mapping[str, {inner.annotation}]", f"map_of({inner.read})",
            "dict({})" if write == "value" else f"{{{{key: {write} for key, value in {{}}.items()}}}}",
            names=inner.names, json="object", strict=f"map_of({inner.strict})",
        )  # fmt: skip

    def _choice(self, kind: Type) -> PythonType:
        if kind.name in self.naming.tagged:
            name = self.naming.classes[kind.name]
            read = reader_name(name)
            return PythonType(
                name, read, "{}.to_wire()", names=frozenset({kind.name}), json="object", strict=f"{read}.strictly"
            )  # fmt: skip
        members = [self.nested(part) for part in kind.parts]
        if any(member.annotation == "Any" for member in members):
            return PLAIN["any"]
        for member in members:
            if "timedelta" in member.annotation:
                problem = "a duration cannot be told apart inside of a choice: read as any"
                self.spec.fault(kind.at, problem, Level.OMITTED)
                return PLAIN["any"]
        annotations = list(dict.fromkeys(member.annotation for member in members))
        options = [f'("{member.json}", {member.strict})' for member in members]
        return PythonType(
            " | ".join(annotations), f"either({', '.join(options)})", "write_any({})",
            names=frozenset().union(*(member.names for member in members)), json="any",
        )  # fmt: skip


def _json_of(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return {str: "text", int: "integer", float: "number"}.get(type(value), "any")


def literal(value: str) -> str:
    """Text as Python source: what the templates' filter of this name makes of it."""
    import json

    return json.dumps(value, ensure_ascii=False)
