"""What the templates of operations see: one function for each, by module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .answers import accepted, answers_of
from .api import Api, Operation, Parameter, Type
from .bounds import bounds_of
from .faults import Level, at
from .load import Spec
from .names import python_name, reader_name, snake
from .naming import Naming, parameter_names
from .pages import pages_of
from .paths import MARKS, in_path, path_text, quoted
from .prepare import JSON, TEXT, kind_of
from .servers import server_of
from .text import description, flat
from .types import PythonType, Typist, literal

View = dict[str, Any]

# ruff removes what a module does not use.
IMPORTS = """
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from ..arguments import within
from ..bounds import Bounds
from ..uploads import Upload
from ..bodies import bytes_body, form_body, multipart_body, text_body
from ..caller_id import Cli
from ..choices import either, exactly, map_of, nullable
from ..codec import (
    read_any, read_base64, read_bool, read_cli, read_clock, read_date, read_datetime,
    read_decimal, read_float, read_int, read_milliseconds, read_object, read_seconds,
    read_by_msisdn, read_msisdn, read_str, read_strings, read_text, read_uuid, write_any, write_base64, write_by_msisdn, write_cli,
    write_clock, write_date, write_datetime, write_decimal, write_message_id, write_milliseconds, write_msisdn, write_seconds,
)
from ..frozen import Frozen
from ..model import list_of
from ..operation import (
    ApiAnswer, Operation, Server, deprecated, given, json_body, no_content, read_content, read_json, read_plain, segment,
)
from ..pagination import Paged, by_link, by_number, by_offset, by_token
from ..parameters import cookies, json_text, query, text_of
"""


class Operations:
    """Makes the views of all operations of a specification."""

    def __init__(self, spec: Spec, api: Api, naming: Naming, typist: Typist) -> None:
        self.spec = spec
        self.api = api
        self.naming = naming
        self.typist = typist

    def modules(self) -> list[View]:
        """One module for each tag."""
        modules: dict[str, View] = {}
        for operation in self.api.operations.values():
            if operation.source.webhook or not self._has_a_path(operation):
                continue
            node, tag = operation.source.node, self.naming.tags[operation.at]
            module = modules.setdefault(
                tag, {"name": tag, "operations": [], "servers": {}, "uses": {}}
            )
            file, _ = self.spec.where(operation.at)
            info = self.spec.documents.get(file, {}).get("info", {})
            module.setdefault(
                "doc", flat(info.get("description") or info.get("title") or f"Operations of {tag}.")
            )
            server = server_of(operation, module["servers"])
            if module["servers"].setdefault(server["constant"], server) != server:
                problem = f"another server is called {server['name']} already"
                self.spec.fault(operation.at, problem)
            view = self._operation(operation)
            module["operations"].append(
                {**view, "server": server["constant"], "summary": node.get("summary", "")}
            )
            for used, runtime in view["uses"].items():
                module["uses"][used] = module["uses"].get(used, False) or runtime
        for module in modules.values():
            module["imports"] = IMPORTS + self._imports(module["uses"])
            module["servers"] = list(module["servers"].values())
            paged = [o["pages"]["python"] for o in module["operations"] if o["pages"]]
            module["error_readers"] = _shared_readers(module["operations"])
            module["result_readers"] = _result_readers(module["operations"])
            module["exports"] = [*(o["python"] for o in module["operations"]), *paged]
        return [modules[name] for name in sorted(modules)]

    def _operation(self, operation: Operation) -> View:
        uses: dict[str, bool] = {}

        def named(kind: Type, *, runtime: bool, uploads: bool = False) -> PythonType:
            found = (
                self.typist.nested(kind, uploads=uploads)
                if runtime
                else self.typist.of(kind, uploads=uploads)
            )
            for name in found.names:
                uses[name] = uses.get(name, False) or runtime
            return found

        names = parameter_names(operation)
        path = operation.source.name
        signature, template = [], quoted(path)
        for parameter in in_path(operation):
            python, kind = names["path", parameter.wire], named(parameter.type, runtime=False)
            signature.append(f"{python}: {kind.annotation}")
            text = path_text(kind, python)
            if text is None:
                problem = f"{parameter.wire} has to be text, an integer or an enumeration"
                if not self.spec.faults.lenient:
                    self.spec.fault(at(operation.at, "parameters"), problem, Level.OMITTED)
                text = f"text_of({kind.write.format(python)})"
            style = str(parameter.node.get("style", "simple"))
            mark = MARKS[style].format(quoted(parameter.wire))
            place = f"{mark}{{segment('{python}', {text})}}"
            template = template.replace(f"{{{parameter.wire}}}", place)
        body = self._body(operation, named)
        signature += body["signature"]
        keywords, headers, query, cookies = self._keywords(operation, names, named)
        signature += ["*", *keywords] if keywords else []
        answers = answers_of(operation, named, self.typist)
        return {
            "python": self.naming.functions[operation.at], "at": operation.at, "method": operation.source.method.upper(),
            "signature": ", ".join(signature), "route": path,
            # Single quotes inside, double outside: an f-string may repeat them from Python 3.12 on only.
            "path": f'{"f" if "{" in template else ""}"{template}"', "query": query,
            "headers": headers, "cookies": cookies, "uses": uses, "body": body["expression"],
            "content_type": body["content_type"], **answers,
            "checks": [
                (names[p.where, p.wire], bounds)
                for p in operation.parameters
                if (bounds := bounds_of(self.spec, p.type, self.typist.of(p.type)))
            ],
            "idempotent": self._idempotent(operation), "doc": self._doc(operation, names),
            "error_codes": operation.source.node.get("x-error-codes", []),
            "deprecated": bool(operation.source.node.get("deprecated")), "security": self._security(operation),
            "accept": accepted(operation), "pages": pages_of(
                self.spec, self.api, operation, function=self.naming.functions[operation.at],
                names=names, signature=signature, named=named,
            ),
            "body_type": body["type"], "parameters": [
                {
                    "python": names[p.where, p.wire], "wire": p.wire, "where": p.where, "required": p.required,
                    "annotation": self.typist.of(p.type).annotation, "node": p.node, "type": self.typist.of(p.type),
                    "at": p.type.at,
                }
                for p in operation.parameters
            ],
        }  # fmt: skip

    def _has_a_path(self, operation: Operation) -> bool:
        """Whether its path can be written: lists and objects only in the usual style."""
        for parameter in in_path(operation):
            style = parameter.node.get("style", "simple")
            one = path_text(self.typist.of(parameter.type), parameter.wire) is not None
            if style not in MARKS or (style != "simple" and not one):
                problem = f"{parameter.wire} cannot be written into the path with style {style}"
                self.spec.fault(at(operation.at, "parameters"), problem, Level.OMITTED)
                return False
        return True

    def _body(self, operation: Operation, named: Any) -> View:
        none: View = {"signature": [], "expression": "", "content_type": "", "type": None}
        content = operation.body
        if content is None or content.type is None:
            return none
        form = kind_of(content.media)
        multipart = content.media.startswith("multipart/")
        if form == JSON or multipart or form.endswith("urlencoded"):
            kind = named(content.type, runtime=False, uploads=multipart)
        elif form == TEXT:
            kind = PythonType("str", "read_str")
        else:
            kind = PythonType("bytes", "read_any")
        written = kind.write.format("body")
        if multipart:
            expression = f"multipart_body({written})"
        else:
            make = {JSON: "json_body", TEXT: "text_body"}.get(
                form, "form_body" if "urlencoded" in form else "bytes_body"
            )
            expression = f"{make}({written})"
        optional = not content.required
        if optional:
            expression = f"None if body is None else {expression}"
        media = content.media if content.media not in {JSON, "*/*"} else ""
        if multipart:
            media = ""
        return {
            "signature": [f"body: {kind.annotation}" + (" | None = None" if optional else "")],
            "expression": expression, "content_type": media, "type": kind, "multipart": multipart,
        }  # fmt: skip

    def _keywords(
        self, operation: Operation, names: Mapping[tuple[str, str], str], named: Any
    ) -> tuple[list[str], list[View], list[str], list[View]]:
        signature: list[str] = []
        headers: list[View] = []
        query: list[str] = []
        cookies: list[View] = []
        for parameter in operation.parameters:
            if parameter.where == "path":
                continue
            python, kind = (
                names[parameter.where, parameter.wire],
                named(parameter.type, runtime=False),
            )
            optional = not parameter.required or parameter.type.nullable
            annotation = (
                kind.annotation
                if not optional or kind.annotation == "Any"
                else f"{kind.annotation} | None"
            )
            signature.append(
                f"{python}: {annotation}" + (" = None" if not parameter.required else "")
            )
            written = kind.write.format(python)
            content = "schema" not in parameter.node and "content" in parameter.node
            if parameter.where == "query":
                value = f"json_text({written})" if content else written
                if optional and value != python:
                    value = f"None if {python} is None else {value}"
                query.append(f"({', '.join([literal(parameter.wire), value, *_style(parameter)])})")
                continue
            text = f"json_text({written})" if content else f"text_of({written})"
            if kind.annotation == "str" and kind.write == "{}":
                text = python
            elif optional:
                text = f"None if {python} is None else {text}"
            (headers if parameter.where == "header" else cookies).append(
                {"wire": parameter.wire, "python": text}
            )
        return signature, headers, query, cookies

    def _idempotent(self, operation: Operation) -> bool:
        said = operation.source.node.get("x-idempotent")
        return (
            said
            if isinstance(said, bool)
            else operation.source.method in {"get", "head", "put", "delete", "options"}
        )

    def _security(self, operation: Operation) -> list[list[str]] | None:
        if "security" not in operation.source.node:
            return None
        return [
            sorted(map(str, said))
            for said in operation.source.node.get("security", [])
            if isinstance(said, dict)
        ]

    def _doc(self, operation: Operation, names: Mapping[tuple[str, str], str]) -> str:
        node = operation.source.node
        summary = flat(node.get("summary") or "")
        lines = [summary, description(node)] if summary else [description(node)]
        if not lines[0]:
            lines = [f"{operation.source.method.upper()} {operation.source.name}."]
        lines += [
            f"``{names.get(key) or python_name(key[1], said)}``: {description(said)}"
            for key, said in self.spec.parameters(operation.source).items()
            if description(said)
        ]
        if codes := node.get("x-error-codes"):
            lines.append(f"Error codes: {', '.join(map(str, codes))}.")
        return "\n".join(lines)

    def _imports(self, uses: Mapping[str, bool]) -> str:
        """Results are needed to read answers; types of arguments only while type checking."""
        lines, checking = [], ["if TYPE_CHECKING:"]
        for name, runtime in sorted(uses.items()):
            found = self.naming.classes[name]
            line = f"from ..models.{self.naming.modules[name]} import {found}"
            if runtime and name in self.naming.tagged:
                line += f", {reader_name(found)}"
            if runtime:
                lines.append(line)
            else:
                checking.append(f"    {line}")
        return "\n".join([*lines, "", *(checking if len(checking) > 1 else [])]) + "\n"


def _style(parameter: Parameter) -> list[str]:
    """The style of a parameter in the query, where it is not the usual one."""
    node = parameter.node
    style = node.get("style", "form")
    explode = node.get("explode", style in {"form", "deepObject"})
    if style == "form" and explode:
        return []
    return [literal(str(style)), str(bool(explode))]


def _shared_readers(operations: list[View]) -> list[View]:
    """The readers of errors that a module's operations have, each once; operations name theirs."""
    shared: list[View] = []
    for operation in operations:
        if not operation["errors"]:
            continue
        found = next((one for one in shared if one["errors"] == operation["errors"]), None)
        if found is None:
            number = f"_{len(shared) + 1}" if shared else ""
            found = {"constant": f"_ERRORS{number}", "errors": operation["errors"]}
            shared.append(found)
        operation["error_readers"] = found["constant"]
    return shared


def _result_readers(operations: list[View]) -> dict[str, str]:
    """Constants for the methods that read results: made anew in each call, each call would keep one."""
    found: dict[str, str] = {}
    for operation in operations:
        read = operation["result_reader"] = operation["read"]
        model, _, method = (read or "").partition(".")
        if method == "from_wire":
            operation["result_reader"] = f"_READ_{snake(model).upper()}"
            found[operation["result_reader"]] = read
    return found
