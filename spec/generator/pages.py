"""Lists that come in pages: what ``x-pagination`` says, as a function that asks for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .answers import Named
from .api import Api, Model, Operation, Type
from .faults import at, keys_of
from .load import Spec
from .naming import field_names
from .received import properties_of
from .types import literal

View = dict[str, Any]


def pages_of(
    spec: Spec,
    api: Api,
    operation: Operation,
    *,
    function: str,
    names: Mapping[tuple[str, str], str],
    signature: list[str],
    named: Named,
) -> View | None:
    """How to go through all pages of a list: what ``x-pagination`` says."""
    said = operation.source.node.get("x-pagination")
    if said is None:
        return None
    pointer = at(operation.at, "x-pagination")
    style, wire = str(said.get("style", "token")), said.get("parameter")
    python = names.get(("query", str(wire)))
    answer = next((c for s, c in operation.answers.items() if s.startswith("2") and c.type), None)
    model = api.models.get(answer.type.name) if answer and answer.type else None
    if python is None or style not in {"token", "page", "offset", "link"}:
        problem = "needs parameter, one in the query, and style: token, page, offset or link"
        spec.fault(pointer, problem)
        return None
    page = "_page.value" if style == "link" else "_page"
    if said.get("items") in (None, "") and answer and answer.type and answer.type.kind == "list":
        elements: tuple[str, Type | None] | None = (page, answer.type)
    else:
        elements = _through(spec, api, model, said.get("items"), page)
    token = _through(spec, api, model, said.get("next")) if style == "token" else ("None", None)
    if elements is None or elements[1] is None or elements[1].kind != "list" or token is None:
        spec.fault(
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
    first = said.get("first", {"page": 1, "offset": 0}.get(style))
    if style in {"page", "offset"} and type(first) is not int:
        spec.fault(at(pointer, "first"), "has to be an integer")
        return None
    element = named(Type(kind="list", at="", parts=elements[1].parts), runtime=False)
    asked = next(p for p in operation.parameters if (p.where, p.wire) == ("query", wire))
    following = {
        "token": f"by_token(lambda _page: {token[0]})",
        "link": f"by_link({literal(str(wire))}, {named(asked.type, runtime=True).read})",
        "page": "by_number",
        "offset": "by_offset",
    }
    numbered = style in {"page", "offset"}
    return {
        "python": f"{function}_all", "signature": ", ".join(kept),
        "arguments": ", ".join(arguments), "elements": elements[0], "first": str(first if numbered else None),
        "element": element.items.annotation if element.items else element.annotation,
        "following": following[style], "link": style == "link",
        "doc": f"All elements of :func:`{function}`, page after page; "
               "hand it to ``iterate`` of a transport.",
    }  # fmt: skip


def _through(
    spec: Spec, api: Api, model: Model | None, pointer: Any, page: str = "_page"
) -> tuple[str, Type | None] | None:
    """The expression that follows a JSON pointer from a page, through models only."""
    if not isinstance(pointer, str) or not pointer.startswith("/"):
        return None
    expression, found = page, None
    for key in keys_of(pointer):
        prop = next((p for p in model.properties if p.wire == key), None) if model else None
        if model is None or prop is None:
            return None
        python = field_names(model, properties_of(spec, model.at))[key]
        # A part that is missing ends the list.
        expression = (
            f"{expression}.{python}"
            if expression == page
            else f"({expression} and {expression}.{python})"
        )
        found = prop.type
        model = api.models.get(prop.type.name)
    if found is not None and found.kind == "list":
        expression = f"({expression} or ())"
    return expression, found
