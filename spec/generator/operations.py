"""What the templates of operations see: one function for each, by module."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .api import Api, Content, Model, Operation, Parameter, Type
from .bounds import bounds_of
from .faults import Level, at, keys_of
from .load import Spec
from .names import python_name, snake
from .naming import Naming, field_names, parameter_names
from .prepare import JSON, TEXT, kind_of
from .received import properties_of
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
    read_str, read_strings, read_text, read_uuid, write_any, write_base64, write_cli,
    write_clock, write_date, write_datetime, write_decimal, write_message_id, write_milliseconds, write_seconds,
)
from ..frozen import Frozen
from ..model import list_of
from ..operation import (
    Operation, Server, deprecated, given, json_body, no_content, read_content, read_json, read_plain, segment,
)
from ..pagination import Paged, by_number, by_offset, by_token
from ..parameters import cookies, json_text, query, text_of
"""
SAFE = "/:@+~._-"
#: What stands in a path before a value, by its style.
_MARKS = {"simple": "", "label": ".", "matrix": ";{}="}


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
            info = self.spec.documents[file]["info"] if file in self.spec.documents else {}
            module.setdefault(
                "doc", flat(info.get("description") or info.get("title") or f"Operations of {tag}.")
            )
            server = self._server(operation, module["servers"])
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
            module["exports"] = [*(o["python"] for o in module["operations"]), *paged]
        return [modules[name] for name in sorted(modules)]

    def _server(self, operation: Operation, known: Mapping[str, View]) -> View:
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
                key: [str(value) for value in said.get("enum", [])]
                for key, said in server.get("variables", {}).items() if isinstance(said, dict)
            },
        }  # fmt: skip

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
        signature, template = [], _quoted(path)
        for parameter in self._in_path(operation):
            python, kind = names["path", parameter.wire], named(parameter.type, runtime=False)
            signature.append(f"{python}: {kind.annotation}")
            text = _path_text(kind, python)
            if text is None:
                problem = f"{parameter.wire} has to be text, an integer or an enumeration"
                if not self.spec.faults.lenient:
                    self.spec.fault(at(operation.at, "parameters"), problem, Level.OMITTED)
                text = f"text_of({kind.write.format(python)})"
            style = str(parameter.node.get("style", "simple"))
            mark = _MARKS[style].format(_quoted(parameter.wire))
            place = f"{mark}{{segment('{python}', {text})}}"
            template = template.replace(f"{{{parameter.wire}}}", place)
        body = self._body(operation, named)
        signature += body["signature"]
        keywords, headers, query, cookies = self._keywords(operation, names, named)
        signature += ["*", *keywords] if keywords else []
        answers = self._answers(operation, named)
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
            "accept": self._accept(operation), "pages": self._pages(operation, names, signature, named),
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
        for parameter in self._in_path(operation):
            style = parameter.node.get("style", "simple")
            one = _path_text(self.typist.of(parameter.type), parameter.wire) is not None
            if style not in _MARKS or (style != "simple" and not one):
                problem = f"{parameter.wire} cannot be written into the path with style {style}"
                self.spec.fault(at(operation.at, "parameters"), problem, Level.OMITTED)
                return False
        return True

    @staticmethod
    def _in_path(operation: Operation) -> list[Parameter]:
        order = re.findall(r"\{([^{}/]+)\}", operation.source.name)
        found = [p for p in operation.parameters if p.where == "path"]
        return sorted(found, key=lambda parameter: order.index(parameter.wire))

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

    def _answers(self, operation: Operation, named: Any) -> View:
        good = {s: c for s, c in operation.answers.items() if s.startswith("2")}
        if not good and "default" in operation.answers:
            good = {"default": operation.answers["default"]}
        errors = {
            s: c for s, c in operation.answers.items()
            if s[0] in "45" or (s == "default" and "default" not in good)
        }  # fmt: skip
        types: list[str] = []
        readers: list[View] = []
        for status, content in good.items():
            kind, reader = self._reader(content, named)
            types.append(kind)
            readers.append({"status": status, "read": reader})
        result = " | ".join(dict.fromkeys(types)) or "None"
        if "Any" in types:
            result = "Any"
        simple = len(readers) == 1 and readers[0]["read"].startswith("read_json(")
        only = readers[0]["read"] if readers else "no_content"
        return {
            "result": result,
            "read": only.removeprefix("read_json(").removesuffix(")") if simple else None,
            "answers": [] if simple or all(r["read"] == "no_content" for r in readers) else readers,
            "errors": [
                {"status": status, "read": reader, "type": kind}
                for status, content in errors.items()
                for kind, reader in [self._reader(content, named)]
                if reader != "no_content"
            ],
            "answer_headers": [
                {"name": name, "read": named(kind, runtime=True).read, "annotation": self.typist.of(kind).annotation}
                for content in good.values() for name, kind in content.headers.items()
            ],
        }  # fmt: skip

    def _reader(self, content: Content, named: Any) -> tuple[str, str]:
        """The type of an answer, and what reads its bytes."""
        if content.type is None:
            return "None", "no_content"
        form = kind_of(content.media)
        if form == JSON:
            kind = named(content.type, runtime=True)
            return kind.annotation, f"read_json({kind.read})"
        if form == TEXT:
            kind = named(content.type, runtime=True)
            if kind.json in {"any", "list", "object"}:
                return "str", "read_plain(read_str)"
            return kind.annotation, f"read_plain({kind.read})"
        return "bytes", "read_content"

    @staticmethod
    def _accept(operation: Operation) -> str:
        """What to ask for, where that is not JSON alone."""
        kinds = [
            c.media.partition(";")[0].strip()
            for c in operation.answers.values()
            if c.type is not None
        ]
        if all(kind in {JSON, "*/*"} for kind in kinds):
            return ""
        return ", ".join(dict.fromkeys([*kinds, JSON]))

    def _pages(
        self,
        operation: Operation,
        names: Mapping[tuple[str, str], str],
        signature: list[str],
        named: Any,
    ) -> View | None:
        """How to go through all pages of a list: what ``x-pagination`` says."""
        said = operation.source.node.get("x-pagination")
        if said is None:
            return None
        pointer = at(operation.at, "x-pagination")
        style, wire = str(said.get("style", "token")), said.get("parameter")
        python = names.get(("query", str(wire)))
        answer = next(
            (c for s, c in operation.answers.items() if s.startswith("2") and c.type), None
        )
        model = self.api.models.get(answer.type.name) if answer and answer.type else None
        if python is None or style not in {"token", "page", "offset"}:
            self.spec.fault(
                pointer, "needs parameter, one in the query, and style: token, page or offset"
            )
            return None
        elements = self._through(model, said.get("items"))
        token = self._through(model, said.get("next")) if style == "token" else ("None", None)
        if elements is None or elements[1] is None or elements[1].kind != "list" or token is None:
            self.spec.fault(
                pointer, "needs items, the array in the answer, and next, what tells the next page"
            )
            return None
        kept = [entry for entry in signature if entry == "*" or not entry.startswith(f"{python}: ")]
        kept = kept[:-1] if kept[-1:] == ["*"] else kept
        arguments, by_name = [], False
        for entry in signature:
            if entry == "*":
                by_name = True
                continue
            name = entry.partition(":")[0]
            value = "_page" if name == python else name
            arguments.append(f"{name}={value}" if by_name else value)
        first = said.get("first", {"token": None, "page": 1, "offset": 0}[style])
        if style != "token" and type(first) is not int:
            self.spec.fault(at(pointer, "first"), "has to be an integer")
            return None
        reading = f"by_token(lambda _page: {token[0]})"
        return {
            "python": f"{self.naming.functions[operation.at]}_all", "signature": ", ".join(kept),
            "arguments": ", ".join(arguments), "elements": elements[0], "first": str(None if style == "token" else first),
            "element": named(Type(kind="list", at="", parts=elements[1].parts), runtime=False).items.annotation,
            "following": reading if style == "token" else {"page": "by_number", "offset": "by_offset"}[style],
            "doc": f"All elements of :func:`{self.naming.functions[operation.at]}`, page after page; "
                   "hand it to ``iterate`` of a transport.",
        }  # fmt: skip

    def _through(self, model: Model | None, pointer: Any) -> tuple[str, Type | None] | None:
        """The expression that follows a JSON pointer from ``_page``, through models only."""
        if not isinstance(pointer, str) or not pointer.startswith("/"):
            return None
        expression, found = "_page", None
        for key in keys_of(pointer):
            prop = next((p for p in model.properties if p.wire == key), None) if model else None
            if model is None or prop is None:
                return None
            python = field_names(model, properties_of(self.spec, model.at))[key]
            # A part that is missing ends the list.
            expression = (
                f"{expression}.{python}"
                if expression == "_page"
                else f"({expression} and {expression}.{python})"
            )
            found = prop.type
            model = self.api.models.get(prop.type.name)
        if found is not None and found.kind == "list":
            expression = f"({expression} or ())"
        return expression, found

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
                line += f", read_{snake(found)}"
            if runtime:
                lines.append(line)
            else:
                checking.append(f"    {line}")
        return "\n".join([*lines, "", *(checking if len(checking) > 1 else [])]) + "\n"


def _quoted(path: str) -> str:
    """A path with what would need quoting in a URL, or in an f-string, quoted."""
    from urllib.parse import quote

    parts = re.split(r"(\{[^{}/]+\})", path)
    return "".join(part if part.startswith("{") and part.endswith("}") else quote(part, safe="/:@+~._-!$&'()*,;=")
                   .replace('"', "%22").replace("'", "%27") for part in parts)  # fmt: skip


def _path_text(kind: PythonType, python: str) -> str | None:
    """The expression that makes text of a path parameter."""
    if kind.annotation == "str" and kind.write == "{}":
        return python
    if kind.annotation == "int" and kind.write == "{}":
        return f"str({python})"
    if kind.names and kind.json == "text" and kind.items is None:
        return kind.write.format(python)
    if kind.json in {"list", "object", "any"}:
        return None
    return f"text_of({kind.write.format(python)})"


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
