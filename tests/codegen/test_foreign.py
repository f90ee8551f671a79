"""Specifications of others, as they are: generated, imported, type-checked, every model read and written
back, and every operation called once with each client.

Three come out of packages of a registry and are skipped where there is none; one is our own words.
"""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import load_codegen, worker_cache
from .examples import Examples
from .mock import Mock, serve

HERE = Path(__file__).parent
#: name -> npm package, file in it, how many of its operations have to come out
FETCHED = {
    "petstore": ("@readme/oas-examples@8.2.2", "3.0/json/petstore.json", 20),
    "trek": ("@readme/oas-examples@8.2.2", "3.0/json/star-trek.json", 120),
    "travel": ("@readme/oas-examples@8.2.2", "3.1/json/train-travel.json", 7),
}
OURS = {"shop": (HERE / "shop.yaml", 15), "chats": (HERE / "chats.yaml", 6)}


@pytest.fixture(scope="session")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages, unpacked."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm")
    folder = tmp_path_factory.mktemp("fetched")
    for package in {name for name, *_ in FETCHED.values()}:
        done = subprocess.run(
            [npm, "pack", "--silent", package],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode:
            pytest.skip("cannot be fetched")
        with tarfile.open(folder / done.stdout.strip().splitlines()[-1]) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


@pytest.fixture(params=[*FETCHED, *OURS])
def specification(request: pytest.FixtureRequest) -> tuple[str, Path, int]:
    name = request.param
    if name in OURS:
        return name, *OURS[name]
    _, file, count = FETCHED[name]
    return name, request.getfixturevalue("fetched") / file, count


@pytest.fixture
def server() -> Iterator[Mock]:
    with serve() as mock:
        yield mock


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_all_of_it_works(
    specification: tuple[str, Path, int],
    tmp_path: Path,
    server: Mock,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name, spec, count = specification
    package = f"foreign_{name}"
    options = ["--lenient", "--spec", str(spec), "--package", package, "--output", str(tmp_path)]
    # Exit 0 is: it could be imported by a fresh interpreter, and mypy --strict found nothing in what
    # depends on the specification.
    assert load_codegen().main([*options, "--cache", str(worker_cache())]) == 0, (
        capsys.readouterr().err
    )
    assert typed_whole(package, tmp_path) == ""
    _, view = load_codegen().understand(spec, load_codegen().Faults(lenient=True))
    sys.path.insert(0, str(tmp_path))
    try:
        examples = Examples(package, view)
        operations = [o for module in view["operation_modules"] for o in module["operations"]]
        assert len(operations) == count
        for model in examples.models():
            wire = examples.wire(model)
            made = model.from_wire(wire)
            assert not getattr(made, "problems", ()), (model, wire, made.problems)
            assert plain(made.to_wire()) == wire
            assert model.from_wire(made.to_wire()) == made
        for operation in operations:
            call(package, server, examples, operation)
    finally:
        sys.path.remove(str(tmp_path))
        for module in [m for m in sys.modules if m.partition(".")[0] == package]:
            del sys.modules[module]


def typed_whole(package: str, folder: Path) -> str:
    """What mypy says of all of a package, its transports included."""
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file=", "-p", package,
         "--cache-dir", str(worker_cache() / "mypy")],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def call(package: str, server: Mock, examples: Examples, operation: dict[str, Any]) -> None:
    """Once with each client: they ask for the same, and give the same."""
    import asyncio

    wire_format = importlib.import_module(f"{package}.wire").WireFormat(base_url=server.url)
    blocking = importlib.import_module(f"{package}.blocking").BlockingTransport
    asynchronous = importlib.import_module(f"{package}.aio").AsyncTransport
    made = examples.call(operation)
    server.asked.clear()
    server.answers = [examples.answer(operation)]
    with blocking(wire_format) as transport:
        first = transport.send(made)

    async def away() -> Any:
        async with asynchronous(wire_format) as transport:
            return await transport.send(made)

    second = asyncio.run(away())
    assert first == second
    one, other = server.asked
    assert (one.method, one.path, one.body) == (other.method, other.path, other.body)
    assert one.method == operation["method"]


def test_swagger_2_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "old.json"
    file.write_text(
        '{"swagger":"2.0","info":{"title":"t","version":"1"},"paths":{}}', encoding="utf-8"
    )
    assert (
        load_codegen().main(
            ["--lenient", "--spec", str(file), "--package", "old", "--output", str(tmp_path)]
        )
        == 2
    )
    assert "old.json#/swagger: Swagger 2.0 is not OpenAPI 3" in capsys.readouterr().err


@pytest.mark.parametrize("info", [None, {}, {"title": 7, "description": ["x"]}])
def test_documents_that_say_nothing_of_themselves(info: Any, tmp_path: Path) -> None:
    """Two of them, also as one bundle."""
    folder = tmp_path / "spec"
    folder.mkdir()
    for name in ("one", "two"):
        answers = {"200": {"description": "G."}}
        document = {"openapi": "3.0.3", "paths": {f"/{name}": {"get": {"responses": answers}}}}
        document |= {} if info is None else {"info": info}
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    bundle = tmp_path / "bundle.json"
    options = ["--lenient", "--spec", str(folder), "--package", "silent", "--bundle", str(bundle)]
    options += ["--output", str(tmp_path), "--cache", str(worker_cache())]
    assert load_codegen().main(options) == 0
    assert set(json.loads(bundle.read_text(encoding="utf-8"))["paths"]) == {"/one", "/two"}


def test_what_cannot_be_generated_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Operation by operation, as long as something is left."""
    whole = {
        "openapi": "3.0.3", "info": {"title": "t", "version": "1"},
        "paths": {
            "/good": {"get": {"responses": {"200": {"description": "G."}}}},
            "/bad/{id}": {"get": {"operationId": "bad", "responses": {"200": {"description": "B."}}}},
        },
    }  # fmt: skip
    file = tmp_path / "part.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    options = ["--lenient", "--spec", str(file), "--package", "part", "--output", str(tmp_path)]
    assert load_codegen().main([*options, "--cache", str(tmp_path / "cache")]) == 0
    said = capsys.readouterr()
    assert (
        said.err
        == "codegen: left out: part.json#/paths/~1bad~1{id}/get/parameters: path parameter id is not declared\n"
    )
    assert "+ operation get_good" in said.out
    assert "bad" not in said.out
    del whole["paths"]["/good"]
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert load_codegen().main(options) == 2
