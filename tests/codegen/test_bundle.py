"""``--bundle``: one document that says all, and that tools of others take."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from .conftest import ROOT, load_codegen

LINTERS = {"@redocly/cli": "redocly", "@stoplight/spectral-cli": "spectral"}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("bundle") / "bundle.json"
    assert load_codegen().main(["--check", "--bundle", str(file)]) == 0
    return file


def test_it_is_one_valid_document_that_says_all(bundle: Path, documents: dict[str, Any]) -> None:
    whole = json.loads(bundle.read_text(encoding="utf-8"))
    validate(whole, cls=OpenAPIV31SpecValidator)
    assert ".yaml#" not in bundle.read_text(encoding="utf-8")
    for section in ("paths", "webhooks"):
        assert set(whole[section]) == {
            name for d in documents.values() for name in d.get(section, {})
        }
    schemas = {
        name
        for d in documents.values()
        for name, said in d["components"].get("schemas", {}).items()
    }
    assert set(whole["components"]["schemas"]) == schemas
    call = whole["paths"]["/calling/v1/callouts"]["post"]
    assert call["servers"][0]["url"].startswith("https://calling{region}.")
    assert call["security"] == [{"ApplicationSigned": []}, {"Basic": []}]


def test_the_same_package_comes_of_it(bundle: Path) -> None:
    """What the parser reads of the bundle is what it reads of the documents."""
    codegen = load_codegen()
    faults = codegen.Faults()
    _, whole = codegen.understand(bundle, faults)
    _, parts = codegen.understand(ROOT / "spec", codegen.Faults())

    def fields(view: dict[str, Any]) -> Any:
        return {
            item["name"]: [(f["python"], f["annotation"], f["wire"]) for f in item.get("fields", [])]
            for module in view["modules"] for item in module["content"]
        }  # fmt: skip

    assert fields(whole) == fields(parts)
    assert whole["all_operations"] == parts["all_operations"]


@pytest.fixture(scope="session")
def linters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """redocly and spectral, in a folder of their own."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm")
    folder = tmp_path_factory.mktemp("linters")
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *LINTERS],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode:
        pytest.skip("the linters cannot be had")
    return folder / "node_modules" / ".bin"


def test_linters_of_others_find_no_error(bundle: Path, linters: Path) -> None:
    rules = bundle.with_name("rules.yaml")
    rules.write_text("extends: [spectral:oas]\n", encoding="utf-8")
    for command in (
        [linters / "redocly", "lint", "--extends=recommended", bundle],
        [linters / "spectral", "lint", "--fail-severity=error", "-r", rules, bundle],
    ):
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=120, cwd=bundle.parent,
            env={"PATH": str(Path(shutil.which("node") or "").parent), "REDOCLY_TELEMETRY": "off"},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
