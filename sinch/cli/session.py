"""What every command that talks to Sinch shares: whose keys, which place, how to print.

Keys come from the environment, from a file (``--env-file``) or from a profile, which is such a file
in the folder of ``click.get_app_dir("sinch")``. What is named on the command line wins over the
environment. No option takes a secret, since others may read the arguments of a process, and a
shell keeps them.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs
import click

from sinch.cli.output import AS_JSON, ExitCode, Failed, Output

if TYPE_CHECKING:
    from sinch import AsyncSinchClient, SinchClient
    from sinch.core.config import Config

C = TypeVar("C")
PROFILE_VARIABLE: Final = "SINCH_PROFILE"


@attrs.frozen
class Session:
    """The surroundings of one command."""

    environ: Mapping[str, str] = attrs.field(repr=False)
    output: Output
    source: str
    """Where the keys come from, in words."""

    def config(self) -> Config:
        """The settings a client would have. Raises :class:`~sinch.errors.ConfigurationError`."""
        from sinch.core.config import Config

        return Config.build(environ=self.environ)

    def client(self) -> SinchClient:
        """A client; use it in a ``with`` block."""
        from sinch import SinchClient

        return self._client(SinchClient)

    def async_client(self) -> AsyncSinchClient:
        """A client for many requests at once; use it in an ``async with`` block."""
        from sinch import AsyncSinchClient

        return self._client(AsyncSinchClient)

    def _client(self, kind: Callable[..., C]) -> C:
        from sinch.core.base_url import BASE_URL_VARIABLE
        from sinch.core.config import KEY_VARIABLE, SECRET_VARIABLE

        config = self.config()  # which names the variable that is wrong
        return kind(
            self.environ[KEY_VARIABLE] if config.application_key else None,
            self.environ[SECRET_VARIABLE] if config.application_key else None,
            base_url=self.environ.get(BASE_URL_VARIABLE) or None,
            service_plan_id=config.service_plan.service_plan_id,
            api_token=config.service_plan.api_token,
            sms_region=config.service_plan.region,
            user_agent="sinch-cli",
        )


def profile_file(name: str) -> Path:
    """The file of a profile."""
    return Path(click.get_app_dir("sinch")) / f"{name}.env"


def with_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--json`` and, as its first argument, the output."""

    @click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
    @functools.wraps(command)
    def run(*args: Any, as_json: bool, **kwargs: Any) -> Any:
        click.get_current_context().meta[AS_JSON] = as_json
        return command(Output(as_json), *args, **kwargs)

    return run


def with_session(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options about keys and ``--json`` and, as its first argument, a session."""

    @click.option(
        "--env-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Take SINCH_... variables from this file, as `KEY=value` lines.",
    )
    @click.option(
        "--profile",
        envvar=PROFILE_VARIABLE,
        metavar="NAME",
        shell_complete=lambda *_: profiles(),
        help="Take them from the profile of this name; see `sinch check`.",
    )
    @with_json
    @functools.wraps(command)
    def run(
        output: Output, *args: Any, env_file: Path | None, profile: str | None, **kwargs: Any
    ) -> Any:
        return command(_session(output, env_file, profile), *args, **kwargs)

    return run


def profiles() -> list[str]:
    """The names of the profiles there are."""
    return sorted(file.stem for file in Path(click.get_app_dir("sinch")).glob("*.env"))


def _session(output: Output, env_file: Path | None, profile: str | None) -> Session:
    if env_file is not None:
        return Session({**os.environ, **_variables(env_file)}, output, f"the file {env_file}")
    if profile is not None:
        file = profile_file(profile)
        if not file.is_file():
            known = ", ".join(profiles()) or "none yet"
            raise Failed(
                f"There is no profile {profile!r} ({known}). Make one: put SINCH_APPLICATION_KEY=... "
                f"and SINCH_APPLICATION_SECRET=... into {file}",
                ExitCode.USAGE,
            )
        return Session({**os.environ, **_variables(file)}, output, f"the profile {profile}")
    return Session({**os.environ}, output, "the environment")


def _variables(file: Path) -> dict[str, str]:
    from dotenv import dotenv_values

    try:
        found = dotenv_values(file, interpolate=False)
    except (OSError, UnicodeDecodeError) as problem:
        # the text of a decoding error would show what is in the file
        raise Failed(f"{file} cannot be read: {type(problem).__name__}", ExitCode.USAGE) from None
    return {name: value for name, value in found.items() if value is not None}


def or_stdin(text: str) -> str:
    """An argument, or for ``-`` what is on standard input, without its last newline."""
    return sys.stdin.read().removesuffix("\n") if text == "-" else text
