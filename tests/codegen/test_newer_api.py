"""A document beside ours that does all differently: texts.yaml, generated together with SMS."""

from __future__ import annotations

import copy
import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ruamel.yaml import YAML

from .conftest import Workshop

HERE = Path(__file__).parent
TEXTS: dict[str, Any] = YAML(typ="safe").load(HERE / "texts.yaml")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The modules of the package."""
    workshop = Workshop(tmp_path_factory.mktemp("texts"), ("common.yaml", "sms.yaml"))
    shutil.copy(HERE / "texts.yaml", workshop.spec)
    assert workshop.run("--package", "with_texts") == 0
    sys.path.insert(0, str(workshop.output))
    names = ("error_codes", "models.texts", "operations.texts", "webhooks", "wire", "credentials")
    try:
        yield SimpleNamespace(
            **{
                name.partition(".")[0]: importlib.import_module(f"with_texts.{name}")
                for name in names
            }
        )
    finally:
        sys.path.remove(str(workshop.output))


def test_a_region_is_a_variable_where_it_has_a_default(texts: Any) -> None:
    operation = texts.operations.list_batches("p", page=2, from_=("a b", "c"))
    url = texts.wire.WireFormat(variables={"region": "eu"}, region="euc1").request(operation).url
    assert url == "https://eu.texts.example/xms/p/batches?page=2&from=a%20b,c"
    assert texts.wire.WireFormat().request(operation).url.startswith("https://us.texts.example/")


def test_a_token_goes_where_it_is_asked_for(texts: Any) -> None:
    wire = texts.wire.WireFormat(credentials={"Plan": texts.credentials.bearer("secret")})
    headers = wire.request(texts.operations.list_batches("p")).headers
    assert headers["Authorization"] == "Bearer secret"
    assert "Authorization" not in wire.request(texts.operations.get_status(page=1)).headers


def test_pages_are_asked_for_by_number(texts: Any) -> None:
    paged = texts.operations.list_batches_all("p", page_size=7)
    assert paged.ask(paged.first).query == "page=0&page_size=7"
    page = texts.models.BatchPage.from_wire({"batches": [{"id": "1", "to": ["2"]}]})
    assert paged.following(page, 0, len(paged.elements(page))) == 1
    assert paged.following(texts.models.BatchPage.from_wire({}), 1, 0) is None


LINKS = {
    '<https://x/numbers?page=3&size=2>; rel="next", <https://x/numbers?page=9>; rel="last"': 3,
    '<https://x/?page=1>; rel="first", </numbers?page=3>; title="a"; rel="up next"': 3,
    "<?page=3>; rel=next": 3,
    '<https://x/?page=1>; rel="prev"': None,
    '<https://x/?other=3>; rel="next"': None,
    '<https://x/?page=three>; rel="next"': None,
    '<https://x/?page=2>; rel="next"': None,  # itself
    '<https://x/?page=3>; rel="nextish"': None,
    "nonsense": None,
    "": None,
}


@pytest.mark.parametrize("link", LINKS)
def test_pages_are_found_by_the_link_header(link: str, texts: Any) -> None:
    paged = texts.operations.list_numbers_all("p")
    asked = paged.ask(2)
    assert asked.query == "page=2"
    page = asked.read(200, {"link": link} if link else {}, b'["1","2"]')
    assert list(paged.elements(page)) == ["1", "2"]
    assert paged.following(page, 2, 2) == LINKS[link]
    assert paged.ask(paged.first).query == ""


def test_what_has_no_tag_is_what_the_document_says(texts: Any) -> None:
    read = texts.models.read_sent_batch
    assert read({"id": "1", "to": ["2"]}) == texts.models.SentTextBatch(id="1", to=("2",))
    assert isinstance(
        read({"type": "MT_BINARY", "id": "1", "body": ""}), texts.models.SentBinaryBatch
    )
    assert isinstance(read({"type": "mt_media", "id": "1"}), texts.models.UnknownSentBatch)
    assert texts.models.TextBatch(to=["2"]).to_wire() == {"type": "mt_text", "to": ["2"]}


def test_events_are_told_apart_by_another_property(texts: Any) -> None:
    hooks = texts.webhooks
    assert hooks.TAG == "event"
    assert hooks.event_model("incomingSms").__name__ == "IncomingSmsEvent"
    assert hooks.event_model("report") is None
    assert hooks.event_model("Report", "type") is texts.models.BatchReport
    for tag in ("recipient_sms", "recipient_mms"):
        assert hooks.event_model(tag, by="type") is texts.models.RecipientReport
    assert hooks.event_model("report", by="nothing") is None


def test_error_codes_may_be_words(texts: Any) -> None:
    codes = texts.error_codes
    named = codes.NAMED_ERROR_CODES
    assert named == {"syntax_invalid": codes.ErrorCode(400, "No JSON.")}
    assert all(isinstance(code, int) for code in codes.ERROR_CODES)


@pytest.mark.parametrize(
    ("region", "problem"),
    [
        ({"default": "us", "enum": True}, "/enum: has to be a list"),
        ({"enum": ["us"]}, ": needs a default, which is text"),
        ({"default": 1}, ": needs a default, which is text"),
        (["us"], ": needs a default, which is text"),
    ],
)
def test_variables_of_servers_that_are_described_wrongly(
    region: Any, problem: str, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = copy.deepcopy(TEXTS)
    edited["servers"][0]["variables"]["region"] = region
    (workshop.spec / "texts.yaml").write_text(json.dumps(edited), encoding="utf-8")
    assert workshop.run("--package", "with_texts") == 2
    place = f"codegen: texts.yaml#/servers/0/variables/region{problem}"
    assert capsys.readouterr().err.startswith(place)


@pytest.mark.parametrize(
    "said",
    [
        {"style": ["page"]}, {"style": "pages"}, {"first": "none"}, {"items": ["/batches"]},
        {"items": "/nothing"}, {"parameter": "nothing"},
    ],
)  # fmt: skip
def test_pages_that_are_described_wrongly(
    said: Any, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = copy.deepcopy(TEXTS)
    edited["paths"]["/xms/{plan}/batches"]["get"]["x-pagination"] |= said
    (workshop.spec / "texts.yaml").write_text(json.dumps(edited), encoding="utf-8")
    assert workshop.run("--package", "with_texts") == 2
    place = "codegen: texts.yaml#/paths/~1xms~1{plan}~1batches/get/x-pagination"
    assert capsys.readouterr().err.startswith(place)


@pytest.mark.parametrize(
    ("discriminator", "problem"),
    [
        ({"propertyName": "type", "x-if-missing": "mt_voice"}, "mt_voice is the tag of no member"),
        ({"propertyName": "type", "x-missing": "mt_text"}, "is not a keyword that is used here"),
        (
            {"propertyName": "type", "mapping": {"mt_text": "#/components/schemas/BinaryBatch"}},
            "has to say what each const says",
        ),
    ],
)
def test_a_wrong_discriminator(
    discriminator: Any, problem: str, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = copy.deepcopy(TEXTS)
    edited["components"]["schemas"]["Batch"]["discriminator"] = discriminator
    (workshop.spec / "texts.yaml").write_text(json.dumps(edited), encoding="utf-8")
    assert workshop.run("--package", "with_texts") == 2
    said = capsys.readouterr().err
    assert "texts.yaml#/components/schemas/Batch/discriminator" in said
    assert problem in said
