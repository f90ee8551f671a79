"""What the documents say about commands, names and rules, compared with the code."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

import sinch
from sinch import AsyncSinchClient, SinchClient
from sinch.cli import COMMANDS
from sinch.cli import main as command
from sinch.core.base_url import BASE_URL_VARIABLE
from sinch.core.config import KEY_VARIABLE, SECRET_VARIABLE
from sinch.core.service_plan import PLAN_VARIABLE, TOKEN_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
LLMS = ROOT / "sinch" / "guide" / "llms.txt"
#: What errors-and-retries.md and llms.txt name as never repeated blindly.
NEVER_REPEATED = {
    "send_sms",
    "send_batch",
    "create_group",
    "place_callout",
    "update_call",
    "update_call_leg",
    "start_verification",
    "report_verification_by_id",
    "report_verification_by_number",
}


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def shell_commands() -> Iterator[tuple[str, list[str]]]:
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", text_of(page), re.DOTALL):
            for line in block.splitlines():
                words = line.partition("#")[0].split()
                if words:
                    yield page.name, words


def test_make_targets_exist() -> None:
    makefile = text_of(ROOT / "Makefile")
    named = {
        target for page in PAGES for target in re.findall(r"`make ([a-z ]+)`", text_of(page))
    } | {words[1] for _, words in shell_commands() if words[0] == "make"}

    for target in {part for names in named for part in names.split()}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"


def test_commands_and_options_of_sinch_exist() -> None:
    found = [words for _, words in shell_commands() if words[0] == "sinch"]
    assert found
    for words in found:
        assert {word for word in words if word.startswith("--")} <= command_options(words[1:]), (
            words
        )


def command_options(words: list[str]) -> set[str]:
    """Every option of the command that these words call, and of the groups on the way."""
    found: click.Command | None = command
    options: set[str] = set()
    for word in ["", *words]:
        if word.startswith("-"):
            break
        if isinstance(found, click.Group) and word:
            with click.Context(found) as context:
                found = found.get_command(context, word)
            assert found, f"sinch {' '.join(words)}"
        elif word:
            break
        options |= {option for parameter in found.params for option in parameter.opts}
    return options | {"--help"}


def test_what_the_makefile_runs_exists() -> None:
    for name in re.findall(r"\$\(BIN\)/sinch (\w+)", text_of(ROOT / "Makefile")):
        assert command_options([name])


def test_the_options_of_the_sandbox_are_all_documented() -> None:
    page = text_of(ROOT / "docs" / "sandbox.md")

    for parameter in COMMANDS["sandbox"].load().params:
        assert parameter.opts[0] in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text_of(page)):
        if "://" not in target and target not in {"agents.txt", "llms.txt"}:  # the site adds these
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_links_of_llms_txt_are_pages() -> None:
    for target in re.findall(r"\]\(([^)]+)\.html\)", text_of(LLMS)):
        assert (ROOT / "docs" / f"{target}.md").exists(), target


def test_calls_named_in_llms_txt_exist() -> None:
    pairs = {"service_plan_id": "plan", "api_token": "token"}
    with SinchClient("key", "c2VjcmV0", base_url="http://localhost:1", **pairs) as client:
        products = {
            name for name in dir(SinchClient) if not name.startswith("_") and hasattr(client, name)
        }
        for product, method in re.findall(r"- sinch\.(\w+)(?:\.(\w+))?", text_of(LLMS)):
            assert product in products
            assert not method or hasattr(getattr(client, product), method), f"{product}.{method}"


def options_of(client: type) -> list[str]:
    """What a client takes; ``**unknown`` is there to refuse the rest with advice."""
    return [name for name in inspect.signature(client).parameters if name != "unknown"]


def test_the_signature_in_llms_txt_is_the_real_one() -> None:
    written = re.search(r"`SinchClient\((application_key=.*?)\)`", text_of(LLMS), re.DOTALL)
    assert written is not None
    names = re.findall(r"(\w+)=", written[1])

    for client in (SinchClient, AsyncSinchClient):
        assert names == options_of(client)


def test_arguments_of_clients_are_all_documented() -> None:
    page = text_of(ROOT / "docs" / "clients.md")
    table = page.partition("| Argument |")[2].partition("\n\n")[0]

    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == options_of(SinchClient)
    for name in options_of(SinchClient):
        assert f"``{name}``" in (inspect.getdoc(SinchClient) or ""), name


def test_the_variables_are_named_in_the_readme() -> None:
    for variable in (
        KEY_VARIABLE,
        SECRET_VARIABLE,
        BASE_URL_VARIABLE,
        PLAN_VARIABLE,
        TOKEN_VARIABLE,
    ):
        assert f"`{variable}`" in text_of(ROOT / "README.md")


def test_the_list_of_what_is_never_repeated_is_complete() -> None:
    manifest = json.loads(text_of(ROOT / "generated" / "sinch_api" / "manifest.json"))
    names = set(manifest["operations"])
    assert names >= NEVER_REPEATED
    operations = import_module("sinch_api.operations")
    for name in names:
        module = next(
            module
            for part in ("sms", "messages", "verification", "calling")
            if hasattr(module := import_module(f"{operations.__name__}.{part}"), name)
        )
        source = inspect.getsource(getattr(module, name))
        assert ("idempotent=False" in source) == (name in NEVER_REPEATED), name


def test_the_error_tree_of_the_page_names_every_error() -> None:
    page = text_of(ROOT / "docs" / "errors-and-retries.md")
    errors = import_module("sinch.errors")

    for name in errors.__all__:
        if inspect.isclass(found := getattr(errors, name)) and issubclass(found, sinch.SinchError):
            assert name in page


def test_versions_agree() -> None:
    project = text_of(ROOT / "pyproject.toml")

    assert f'version = "{sinch.__version__}"' in project
    assert f"## {sinch.__version__}" in text_of(ROOT / "CHANGELOG.md")
