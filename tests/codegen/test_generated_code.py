"""What is generated of shop.yaml, which has all that our own documents have not, run against a server."""

from __future__ import annotations

import asyncio
import importlib
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest

from .conftest import load_codegen
from .mock import Mock, serve

SPEC = Path(__file__).with_name("shop.yaml")
ID = UUID("12345678-1234-5678-1234-567812345678")
Send = Callable[..., Any]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package, generated and imported."""
    output = tmp_path_factory.mktemp("shop")
    cache = Path(tempfile.mkdtemp())
    options = [
        "--lenient",
        "--spec",
        str(SPEC),
        "--package",
        "shop",
        "--output",
        str(output),
        "--cache",
        str(cache),
    ]
    assert load_codegen().main(options) == 0
    sys.path.insert(0, str(output))
    yield importlib.import_module("shop")
    sys.path.remove(str(output))
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]


def part(name: str) -> Any:
    return importlib.import_module(f"shop.{name}")


@pytest.fixture
def server() -> Iterator[Mock]:
    with serve() as mock:
        yield mock


class Client:
    """Both transports behind one face: ``send``, ``save`` and ``iterate`` give what they give."""

    def __init__(self, kind: str, url: str, **wire: Any) -> None:
        self.kind = kind
        self.wire = part("wire").WireFormat(base_url=url, **wire)

    def __getattr__(self, verb: str) -> Any:
        def run(*given: Any, **named: Any) -> Any:
            if self.kind == "blocking":
                with part("blocking").BlockingTransport(self.wire) as transport:
                    found = getattr(transport, verb)(*given, **named)
                    return list(found) if verb == "iterate" else found

            async def away() -> Any:
                async with part("aio").AsyncTransport(self.wire) as transport:
                    found = getattr(transport, verb)(*given, **named)
                    return [one async for one in found] if verb == "iterate" else await found

            return asyncio.run(away())

        return run


@pytest.fixture(params=["blocking", "asyncio"])
def client(request: pytest.FixtureRequest, server: Mock, shop: Any) -> Client:
    return Client(request.param, server.url)


def test_parameters_of_all_kinds(client: Client, server: Mock) -> None:
    operations, models = part("operations"), part("models")
    server.will(200, b'{"items":[]}')
    client.send(operations.list_items(
        tag=("a b", "c&d"), ids=(1, 2), sizes=(1.5, 2.0), order=models.Order("down"),
        orders=(models.Order.UP, models.Order.UP_DOWN), since=date(2026, 1, 2), after=datetime(2026, 1, 2, tzinfo=UTC),
        sold=False, where={"x": "1", "y z": "2"}, query_=models.Point(x=1, y=2.5), x_trace=ID,
        x_days=(date(2026, 1, 2), date(2026, 1, 3)), x_order=models.Order.UP_DOWN_2, basket="b;1",
    ))  # fmt: skip
    asked = server.last()
    assert parse_qsl(urlsplit(asked.path).query) == [
        ("tag", "a b"), ("tag", "c&d"), ("ids", "1,2"), ("sizes", "1.5|2"), ("order", "down"), ("orders", "up"),
        ("orders", "Up-Down"), ("since", "2026-01-02"), ("after", "2026-01-02T00:00:00Z"), ("sold", "false"),
        ("where[x]", "1"), ("where[y z]", "2"), ("query", '{"x":1,"y":2.5}'),
    ]  # fmt: skip
    assert "ids=1,2&" in asked.path
    assert asked.headers["X-Trace"] == str(ID)
    assert asked.headers["X-Days"] == "2026-01-02,2026-01-03"
    assert asked.headers["X-Order"] == "up_down"
    assert asked.headers["Cookie"] == "basket=b%3B1"
    client.send(operations.list_items())
    assert server.last().path == "/items"
    assert not {"X-Trace", "X-Days", "Cookie"} & server.last().headers.keys()


def test_names_that_are_taken(client: Client, server: Mock) -> None:
    operations, models = part("operations"), part("models")
    server.will(200, b'{"value":1,"kids":[{"value":2,"kids":[{"value":3}]}]}')
    tree = client.send(operations.json_body_("a/b", (1, 2), given_=3, json_body_=4, from_="f"))
    assert server.last().path == "/kids/a%2Fb/1%2C2?given=3&from=f"
    assert server.last().headers["json_body"] == "4"
    assert tree.kids[0].kids[0].value == 3
    assert models.Tree.from_wire(tree.to_wire()).to_wire() == tree.to_wire()
    assert models.Operation_().to_wire() == {}
    with pytest.warns(DeprecationWarning, match="given_ is deprecated") as warned:
        operation = operations.given_(ID, date(2026, 1, 2))
    assert warned[0].filename == __file__
    server.will(204)
    assert client.send(operation) is None
    assert server.last().path == f"/items/{ID}/2026-01-02"


def test_answers_that_are_no_object(client: Client, server: Mock) -> None:
    operations, models = part("operations"), part("models")
    for operation, body, wanted in (
        (operations.count(), b"7", 7),
        (operations.names(), b'["a","b"]', ("a", "b")),
        (operations.stock(), b'{"a":{"x":1,"y":2}}', {"a": models.Point(x=1, y=2)}),
        (operations.maybe(), b'"text"', "text"),
        (operations.maybe(), b'{"x":1,"y":2}', models.Point(x=1, y=2)),
    ):
        server.asked.clear()
        server.will(200, body)
        assert client.send(operation) == wanted
    server.asked.clear()
    server.will(200, "Grüße".encode(), "text/plain; charset=utf-8")
    assert client.send(operations.segment_(ID, date(2026, 1, 2))) == "Grüße"
    assert server.last().headers["Accept"].startswith("text/plain")


def test_bytes_in_memory_and_in_a_file(client: Client, server: Mock) -> None:
    operations, failures = part("operations"), part("failures")
    content = bytes(range(256)) * 1000
    server.will(200, content, "image/png")
    assert client.send(operations.picture()) == content
    file = io.BytesIO()
    assert client.save(operations.picture(), file, limit=len(content)) == len(content)
    assert file.getvalue() == content
    with pytest.raises(failures.UnreadableResponse, match="too large"):
        client.save(operations.picture(), io.BytesIO(), limit=len(content) - 1)
    server.asked.clear()
    server.will(404, b"{}")
    file = io.BytesIO()
    with pytest.raises(failures.ErrorResponse):
        client.save(operations.picture(), file, limit=10)
    assert file.getvalue() == b""


def test_several_good_answers(client: Client, server: Mock) -> None:
    operations, models = part("operations"), part("models")
    item = models.Item(id=ID, note=None, price=Decimal("1.5"))
    for status, body, wanted in (
        (202, b'{"ticket":"t"}', models.Ticket(ticket="t")),
        (204, b"", None),
        (200, b'{"id":"%s","kind":"item","note":null,"price":1.5}' % str(ID).encode(), item),
    ):
        server.asked.clear()
        server.will(status, body)
        assert client.send(operations.add_item(item)) == wanted
    assert json.loads(server.last().body) == {
        "id": str(ID),
        "kind": "item",
        "note": None,
        "price": 1.5,
    }


def test_errors_have_bodies_by_status(client: Client, server: Mock) -> None:
    operations, models, failures = part("operations"), part("models"), part("failures")
    for status, body, wanted in (
        (404, b'{"missing":"it"}', models.Missing(missing="it")),
        (500, b'{"message":"oops"}', models.Fault(message="oops")),
        (404, b"<html>", None),
    ):
        server.asked.clear()
        server.will(status, body)
        with pytest.raises(failures.ErrorResponse) as failed:
            client.send(operations.list_items())
        assert failed.value.content == wanted


def test_headers_of_answers(client: Client, server: Mock) -> None:
    server.will(200, b'{"items":[]}', X_Left="3", X_Until="2026-01-02")
    answer = client.send(part("operations").list_items().with_answer())
    assert answer.described == {"X-Left": 3, "X-Until": date(2026, 1, 2)}
    server.asked.clear()
    server.will(200, b'{"items":[]}', X_Left="many")
    answer = client.send(part("operations").list_items().with_answer())
    assert answer.described == {"X-Left": None, "X-Until": None}


def test_pages(client: Client, server: Mock) -> None:
    operations, models = part("operations"), part("models")
    pages = [
        b'{"items":[{"x":1,"y":1},{"x":2,"y":2}],"paging":{"next":"n 1"}}',
        b'{"items":[{"x":3,"y":3}],"paging":{}}',
    ]
    server.answers = [(200, "application/json", page, {}) for page in pages]
    found = client.iterate(operations.list_items_all(tag=("t",)))
    assert found == [models.Point(x=n, y=n) for n in (1, 2, 3)]
    assert [asked.path for asked in server.asked] == ["/items?tag=t", "/items?cursor=n%201&tag=t"]


def test_forms_text_and_bytes(client: Client, server: Mock) -> None:
    operations, models, bodies = part("operations"), part("models"), part("bodies")
    body = models.UploadBody(
        title="T",
        picture=bodies.Upload(b"\x00\xff", "p.png"),
        more=(b"1", b"2"),
        point=models.Point(x=1, y=2),
    )
    for _ in range(2):
        client.send(operations.upload(body))
    first, second = server.asked
    assert first.body == second.body
    assert first.headers["Content-Type"] == second.headers["Content-Type"]
    boundary = first.headers["Content-Type"].partition("boundary=")[2].encode()
    parts = [part.strip(b"\r\n") for part in first.body.split(b"--" + boundary)[1:-1]]
    assert parts == [
        b'Content-Disposition: form-data; name="title"\r\n\r\nT',
        b'Content-Disposition: form-data; name="picture"; filename="p.png"\r\nContent-Type: image/png\r\n\r\n\x00\xff',
        b'Content-Disposition: form-data; name="more"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\n1',
        b'Content-Disposition: form-data; name="more"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\n2',
        b'Content-Disposition: form-data; name="point"\r\nContent-Type: application/json\r\n\r\n{"x":1,"y":2}',
    ]
    client.send(operations.upload())  # the body need not be there
    assert server.last().body == b""
    assert "Content-Type" not in server.last().headers
    client.send(operations.import__(models.ImportBody(self_="a b&c", str_=1, datetime_=("x", "y"))))
    assert server.last().headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(server.last().body.decode()) == [
        ("self", "a b&c"),
        ("str", "1"),
        ("datetime", "x"),
        ("datetime", "y"),
    ]
    client.send(operations.note("Grüße"))
    assert (server.last().body, server.last().headers["Content-Type"]) == (
        "Grüße".encode(),
        "text/plain",
    )
    client.send(operations.blob(b"\x00\x01"))
    assert (server.last().body, server.last().headers["Content-Type"]) == (
        b"\x00\x01",
        "application/octet-stream",
    )


@pytest.mark.parametrize("kind", ["blocking", "asyncio"])
def test_security_of_each_operation(kind: str, server: Mock, shop: Any) -> None:
    operations, credentials = part("operations"), part("credentials")
    given = {"user": credentials.basic("u", "p"), "token": credentials.bearer("t")}
    client = Client(kind, server.url, credentials=given)
    server.will(200, b'{"items":[]}')
    client.send(operations.list_items())
    assert server.last().headers["Authorization"] == "Basic dTpw"
    server.asked.clear()
    server.will(200, b"1")
    client.send(operations.count())
    assert server.last().headers["Authorization"] == "Bearer t"
    server.asked.clear()
    server.will(200, b'"m"')
    client.send(operations.maybe())
    assert "Authorization" not in server.last().headers
    client = Client(
        kind, server.url, credentials={"key": credentials.api_key("X-Key", "k"), **given}
    )
    server.asked.clear()
    server.will(200, b'{"items":[]}')
    client.send(operations.list_items())
    assert server.last().headers["X-Key"] == "k"
    assert "Authorization" not in server.last().headers
    client = Client(
        kind, server.url, credentials={"key": credentials.api_key("k", "a b", where="query")}
    )
    client.send(operations.list_items(sold=True))
    assert server.last().path == "/items?sold=true&k=a%20b"


def test_servers_have_variables(shop: Any) -> None:
    operation = part("operations").count()
    wire = part("wire").WireFormat
    assert wire().request(operation).url == "https://shop.example/v3/count"
    assert (
        wire(variables={"host": "test"}).request(operation).url == "https://test.example/v3/count"
    )


def test_models_of_all_kinds(shop: Any) -> None:
    models = part("models")
    wire = {
        "kind": "item", "id": str(ID), "since": "always", "note": None, "price": 1.5, "day": "2026-01-02",
        "link": "https://a.example", "mail": "a@b.example", "seal": "AP8=", "level": -3, "points": {"a": {"x": 1, "y": 2}},
        "colour": "red", "shape": {"side": 2}, "animal": {"kind": "dog", "tags": [1, 7]},
        "inner": {"deep": [{"deeper": True}]}, "more": 3,
    }  # fmt: skip
    item = models.Item.from_wire(wire)
    assert not item.problems
    assert (item.id, item.day, item.seal, item.extra) == (
        ID,
        date(2026, 1, 2),
        b"\x00\xff",
        {"more": 3},
    )
    assert item.level is models.Level.MINUS_3
    assert isinstance(item.shape, models.Square)
    assert isinstance(item.animal, models.Dog)
    assert [tag.is_known for tag in item.animal.tags] == [True, False]
    assert models.Cat.from_wire({"kind": "cat", "tags": ["a"]}).tags == (
        "a",
    )  # the parent is as it was
    assert {**item.to_wire(), "price": 1.5} == wire
    assert models.Item.from_wire({**wire, "shape": 5}).shape == 5
    assert isinstance(
        models.Item.from_wire({**wire, "shape": {"radius": 1, "x": 2}}).shape, models.Circle
    )
    assert models.Item.from_wire({**wire, "animal": {"kind": "newt"}}).animal.raw == {
        "kind": "newt"
    }
    # null is a value where it has to be there, and a constant is sent where it is wanted
    plain = models.Item(id=ID, note=None, price=Decimal(1))
    assert plain.to_wire() == {"kind": "item", "id": str(ID), "note": None, "price": 1}
    with pytest.raises(ValueError, match="note"):
        models.Item(id=ID, note=1, price=Decimal(1))
    with pytest.raises(ValueError, match=r"extra\['more'\]"):
        models.Item(id=ID, note=None, price=Decimal(1), extra={"more": "3"})
    with pytest.raises(ValueError, match="since must be 'always'"):
        models.Item(id=ID, note=None, price=Decimal(1), since="never")
    with pytest.warns(DeprecationWarning, match=r"ImportBody\.old is deprecated"):
        models.ImportBody(old="o")
    # what a server sends costs only what cannot be read
    odd = models.Item.from_wire(
        {**wire, "seal": "*", "points": {"a": {"x": 1}, "b": {"x": 1, "y": 2}}, "more": "three"}
    )
    assert (odd.seal, dict(odd.points), odd.extra) == (None, {"b": models.Point(x=1, y=2)}, {})
    assert {problem.where for problem in odd.problems} == {"/seal", "/points/a/y", "/more"}


def test_styles_of_paths_are_written_or_the_operation_is_left_out(shop: Any) -> None:
    operations = part("operations")

    assert operations.styled(7, "a/b").path == "/styled;id=7/.a%2Fb"
    assert not hasattr(operations, "listed"), "a list in that style"
